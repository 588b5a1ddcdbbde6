//! References from one resource to another.

use crate::evidence::Doubt;
use crate::resource::{Inventory, Reader, ResourceId, ResourceIndex, Setting};
use crate::source::{FileId, Span};
use crate::value::{Text, Unknown};
use std::sync::Arc;

/// What a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// A resource of the inputs.
    Resource(ResourceIndex),
    /// One that is not in the inputs.
    Outside(ResourceId),
}

/// A part of a resource named by another: a pool of a load balancer, a rule of it.
#[derive(Clone, Debug)]
pub struct PartReference {
    /// The resource that the part belongs to, where it is in the inputs.
    pub owner: Option<ResourceIndex>,
    /// The identifier as given, with holes in braces for what is not known.
    pub id: ResourceId,
    /// Where it is named.
    pub span: Span,
    /// Why there may be no reference at all, where there may be none.
    pub doubt: Option<Arc<Doubt>>,
}

impl PartReference {
    /// The part's name.
    pub fn name(&self) -> &str {
        self.id.short_name()
    }

    /// Whether it names the part `name` of `owner`, in any case.
    pub fn is(&self, owner: ResourceIndex, name: &str) -> bool {
        self.owner == Some(owner) && self.name().eq_ignore_ascii_case(name)
    }

    /// Reads an object with the `id` of a part. `None` where there is none.
    pub fn read(inventory: &Inventory, file: FileId, object: Reader<'_>) -> Option<Self> {
        Reference::read(inventory, file, object).map(|one| Self::of(inventory, file, one))
    }

    /// Reads a list of objects with the `id` of a part, in order.
    pub fn read_list(inventory: &Inventory, file: FileId, list: Reader<'_>) -> Vec<Self> {
        Reference::read_list(inventory, file, list)
            .into_iter()
            .map(|one| Self::of(inventory, file, one))
            .collect()
    }

    fn of(inventory: &Inventory, file: FileId, reference: Reference) -> Self {
        let owner = reference
            .id
            .parent()
            .and_then(|parent| inventory.find(&parent, file));
        Self {
            owner,
            id: reference.id,
            span: reference.span,
            doubt: reference.doubt,
        }
    }
}

/// One resource named by another.
#[derive(Clone, Debug)]
pub struct Reference {
    /// What is named.
    pub target: Target,
    /// The identifier as given, with holes in braces for what is not known.
    pub id: ResourceId,
    /// Where it is named.
    pub span: Span,
    /// Why there may be no reference at all, where there may be none.
    pub doubt: Option<Arc<Doubt>>,
}

impl Reference {
    /// The resource of the inputs that it leads to.
    pub fn resource(&self) -> Option<ResourceIndex> {
        match self.target {
            Target::Resource(index) => Some(index),
            Target::Outside(_) => None,
        }
    }

    /// The reference to the identifier `id`, which stands at `span` in `file`.
    pub fn to(inventory: &Inventory, file: FileId, id: &Text, span: Span) -> Self {
        let id = ResourceId::new(Text::clone(id));
        let target = match inventory.find(&id, file) {
            Some(index) => Target::Resource(index),
            None => Target::Outside(id.clone()),
        };
        Self {
            target,
            id,
            span,
            doubt: None,
        }
    }

    /// Reads an object with an `id`, as ARM refers to resources. `None` where there is none.
    pub fn read(inventory: &Inventory, file: FileId, object: Reader<'_>) -> Option<Self> {
        let value = object.value()?;
        match value.as_unknown() {
            Some(unknown) => Self::of_unknown(inventory, file, unknown, object.span(), "id"),
            None => Self::read_text(inventory, file, object.at("id")),
        }
    }

    /// Reads an identifier that is a text. `None` where there is none.
    pub fn read_text(inventory: &Inventory, file: FileId, text: Reader<'_>) -> Option<Self> {
        match text.text() {
            Setting::Stated(id, span) => Some(Self::to(inventory, file, &id, span)),
            Setting::Absent(_) => None,
            Setting::Unknown(unknown, span) => {
                Self::of_unknown(inventory, file, &unknown, span, "")
            }
        }
    }

    /// Reads a list of objects with an `id`, in order; nothing for a list that is not known.
    pub fn read_list(inventory: &Inventory, file: FileId, list: Reader<'_>) -> Vec<Self> {
        list.items()
            .into_iter()
            .filter_map(|item| Self::read(inventory, file, item))
            .collect()
    }

    /// What a value that is not known can refer to: the one identifier among its alternatives,
    /// which may hold one in `member`, else what its symbol finds. Where one alternative is
    /// nothing, the reference is in doubt.
    fn of_unknown(
        inventory: &Inventory,
        file: FileId,
        unknown: &Unknown,
        span: Span,
        member: &str,
    ) -> Option<Self> {
        let mut ids: Vec<Text> = Vec::new();
        let mut may_be_none = false;
        for value in &unknown.alternatives {
            let inner = Reader::new(value);
            let inner = if member.is_empty() || value.as_str().is_some() {
                inner
            } else {
                inner.at(member)
            };
            match inner.symbol() {
                Setting::Stated(id, _) if !ids.contains(&id) => ids.push(id),
                Setting::Stated(..) => {}
                _ => may_be_none = true,
            }
        }
        if may_be_none && ids.is_empty() {
            return None;
        }
        let id = match &ids[..] {
            [id] => Text::clone(id),
            _ => Text::clone(&unknown.symbol),
        };
        let mut reference = Self::to(inventory, file, &id, span);
        if may_be_none {
            let outcomes = vec![("null".into(), false), (id.to_string(), true)];
            let doubt = Doubt::of(unknown, span, "names a resource").with_outcomes(outcomes);
            reference.doubt = Some(Arc::new(doubt));
        }
        Some(reference)
    }
}
