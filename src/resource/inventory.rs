//! All resources of a run.

use super::child::without_name;
use super::merge::{merge, settle};
use super::{Kind, Presence, Reader, ResourceId, ResourceType, fold_case};
use crate::answer::read_answers;
use crate::arm::{Condition, DeclaredResource, Evaluation};
use crate::input::{Inputs, Mode};
use crate::source::{FileId, Span};
use crate::value::symbol;
use crate::value::{Text, Value};
use indexmap::IndexMap;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// A resource's place in its [`Inventory`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct ResourceIndex(u32);

impl ResourceIndex {
    /// The position in [`Inventory::resources`].
    pub fn index(self) -> usize {
        self.0 as usize
    }
}

/// One resource.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The identifier, with holes in braces for what is not known.
    pub id: ResourceId,
    /// The type, as spelled.
    pub resource_type: ResourceType,
    /// The full name, `net/default` for a subnet.
    pub name: Text,
    /// The file that declares it first.
    pub file: FileId,
    /// The text of its first declaration.
    pub span: Span,
    /// The API version.
    pub api_version: Option<Text>,
    /// Whether it is there.
    pub presence: Presence,
    /// How its template is to be read.
    pub mode: Mode,
    /// The evaluated declaration.
    pub body: Value,
    /// Whether it is stated inside its parent only.
    pub inline: bool,
    /// The names of the nested deployments that hold it.
    pub deployment: Vec<Text>,
    /// The resource that holds it, where that is in the inputs.
    pub parent: Option<ResourceIndex>,
    /// The resources that it holds, in order.
    pub children: Vec<ResourceIndex>,
}

impl Resource {
    /// A reader of the whole declaration.
    pub fn reader(&self) -> Reader<'_> {
        Reader::new(&self.body)
    }

    /// A reader of its `properties`.
    pub fn properties(&self) -> Reader<'_> {
        self.reader().at("properties")
    }

    /// The last segment of its name.
    pub fn short_name(&self) -> &str {
        self.name.rsplit('/').next().unwrap_or(&self.name)
    }

    /// What kind of resource it is, for a type that we know.
    pub fn kind(&self) -> Option<&'static Kind> {
        self.resource_type.kind()
    }

    /// Whether it surely is not deployed.
    pub fn is_not_deployed(&self) -> bool {
        matches!(self.presence, Presence::NotDeployed(_))
    }
}

/// All resources of a run, each once.
#[derive(Debug, Default)]
pub struct Inventory {
    resources: Vec<Resource>,
    pub(super) by_key: IndexMap<Text, ResourceIndex>,
    /// By what follows the last `/providers/`, for identifiers that name another subscription.
    by_tail: IndexMap<Text, Vec<ResourceIndex>>,
    by_type: IndexMap<Text, Vec<ResourceIndex>>,
    /// For each file, the groups that its parameters say lie outside it.
    outside_groups: BTreeMap<FileId, BTreeSet<Text>>,
    /// The files that are answers of Azure's.
    answers: BTreeSet<FileId>,
    /// The first row of Azure's answers about each resource that has one.
    pub(super) reported: BTreeMap<ResourceIndex, Span>,
    /// What Azure answered about the addresses of its service tags, which are no resources.
    pub(super) service_tag_lists: Vec<Value>,
}

/// Children that may stand inside their parent and that others refer to by identifier: the parent's
/// type, the property, the child's type segment.
const INLINE: [(&str, &str, &str); 1] =
    [("Microsoft.Network/virtualNetworks", "subnets", "subnets")];

impl Inventory {
    /// The resources of `evaluation`, which came from `inputs`. O(n log n).
    pub fn build(inputs: &Inputs, evaluation: &Evaluation) -> Self {
        let modes: BTreeMap<FileId, Mode> = inputs
            .documents
            .iter()
            .map(|document| (document.file, document.mode.mode))
            .collect();
        let mut inventory = Self::default();
        for parameter in &evaluation.parameters {
            if let (true, Some(id)) = (
                parameter.name.ends_with("_externalid"),
                parameter.value.as_str(),
            ) {
                let head = Text::from(ResourceId::new(id).head());
                inventory
                    .outside_groups
                    .entry(parameter.file)
                    .or_default()
                    .insert(head);
            }
        }
        // By identifier: in what order a template lists its resources means nothing, so nothing that
        // is told about them hangs on it.
        let mut resources: Vec<&DeclaredResource> = evaluation.resources.iter().collect();
        resources.sort_by_cached_key(|declared| {
            let id = fold_case(&declared.id);
            (id, declared.file, &declared.deployment)
        });
        for declared in resources {
            let mode = modes
                .get(&declared.file)
                .copied()
                .unwrap_or(Mode::Deployment);
            inventory.declare(declared, mode);
        }
        for stated in &read_answers(inputs) {
            inventory.answers.insert(stated.file);
            if !inventory.take_service_tags(stated) {
                inventory.declare_answer(stated);
            }
        }
        for at in 0..inventory.resources.len() {
            inventory.declare_inline(at);
        }
        inventory.link();
        inventory
    }

    /// The resources in order: by identifier, then those of answers, then those stated inside their
    /// parents only.
    pub fn resources(&self) -> &[Resource] {
        &self.resources
    }

    /// The resources with their indices, in order.
    pub fn iter(&self) -> impl Iterator<Item = (ResourceIndex, &Resource)> {
        (0..).map(ResourceIndex).zip(&self.resources)
    }

    /// The resource at `index`.
    pub fn get(&self, index: ResourceIndex) -> Option<&Resource> {
        self.resources.get(index.index())
    }

    /// The resources of type `resource_type` in any case, in order.
    pub fn of_type(&self, resource_type: &str) -> impl Iterator<Item = (ResourceIndex, &Resource)> {
        self.by_type
            .get(&*fold_case(resource_type))
            .into_iter()
            .flatten()
            .filter_map(|index| Some((*index, self.get(*index)?)))
    }

    /// Whether `file` is an answer of Azure's.
    pub fn is_answer(&self, file: FileId) -> bool {
        self.answers.contains(&file)
    }

    /// The key of every identifier by which a resource is known, in order of first mention.
    pub fn keys(&self) -> impl Iterator<Item = (&Text, ResourceIndex)> {
        self.by_key.iter().map(|(key, index)| (key, *index))
    }

    /// The resource that `id` names when it stands in `file`.
    ///
    /// Identifiers differ by case, and an export names its own subscription and group where ours
    /// are placeholders. So the very identifier comes first; then the only resource of that type
    /// and name, unless the file itself says that the identifier's group lies outside it.
    pub fn find(&self, id: &ResourceId, file: FileId) -> Option<ResourceIndex> {
        if let Some(index) = self.by_key.get(id.key()) {
            return Some(*index);
        }
        let outside = self
            .outside_groups
            .get(&file)
            .is_some_and(|groups| groups.contains(id.head()));
        let mut candidates = self
            .by_tail
            .get(id.tail())?
            .iter()
            .copied()
            .filter(|index| {
                !outside
                    || self
                        .get(*index)
                        .is_some_and(|resource| resource.file != file)
            });
        let found = candidates.next()?;
        candidates.next().is_none().then_some(found)
    }

    /// The resource that the identifier text `id` names when it stands in `file`.
    pub fn find_text(&self, id: &str, file: FileId) -> Option<ResourceIndex> {
        self.find(&ResourceId::new(id), file)
    }

    fn declare(&mut self, declared: &DeclaredResource, mode: Mode) {
        self.add(from_declaration(declared, mode));
    }
}

/// The resource that `declared` states.
pub(super) fn from_declaration(declared: &DeclaredResource, mode: Mode) -> Resource {
    let presence = match (&declared.condition, declared.existing) {
        (_, true) => Presence::Existing,
        (Condition::True, false) => Presence::Deployed,
        (Condition::False(span), false) => Presence::NotDeployed(*span),
        (Condition::Unknown(span, unknown), false) => Presence::Unknown(*span, Arc::clone(unknown)),
    };
    Resource {
        id: ResourceId::new(Text::clone(&declared.id)),
        resource_type: ResourceType::new(Text::clone(&declared.resource_type)),
        name: Text::clone(&declared.name),
        file: declared.file,
        span: declared.span,
        api_version: declared.api_version.clone(),
        presence,
        mode,
        body: declared.body.clone(),
        inline: false,
        deployment: declared.deployment.clone(),
        parent: None,
        children: Vec::new(),
    }
}

impl Inventory {
    /// Adds a resource, or joins it with the statement that is already there. Of two statements one
    /// of which is not deployed, the other counts.
    pub(super) fn add(&mut self, resource: Resource) {
        let key = Text::clone(resource.id.key());
        let is_answer = self.answers.contains(&resource.span.file);
        let rank = |presence: &Presence| match presence {
            Presence::Deployed => 3,
            Presence::Unknown(..) => 2,
            Presence::Existing => 1,
            Presence::NotDeployed(_) => 0,
        };
        if let Some(known) = self
            .by_key
            .get(&key)
            .and_then(|index| self.resources.get_mut(index.index()))
        {
            if is_answer {
                if let Some(index) = self.by_key.get(&key) {
                    self.reported.entry(*index).or_insert(resource.span);
                }
                if matches!(known.presence, Presence::Existing) {
                    known.mode = resource.mode;
                }
                known.presence = resource.presence;
                known.body = settle(&known.body, &resource.body, &resource.name);
                return;
            }
            // What stands inside its parent comes after the answers about it.
            if self.answers.contains(&known.file) {
                known.body = settle(&resource.body, &known.body, &resource.name);
                known.api_version = known.api_version.take().or(resource.api_version);
                (known.mode, known.inline) = (resource.mode, resource.inline);
                return;
            }
            match rank(&resource.presence).cmp(&rank(&known.presence)) {
                std::cmp::Ordering::Greater => *known = resource,
                std::cmp::Ordering::Equal => {
                    known.body = merge(&known.body, &resource.body, &resource.name);
                }
                std::cmp::Ordering::Less => {}
            }
            return;
        }
        let index = ResourceIndex(u32::try_from(self.resources.len()).unwrap_or(u32::MAX));
        if is_answer {
            self.reported.insert(index, resource.span);
        }
        self.by_tail
            .entry(Text::from(resource.id.tail()))
            .or_default()
            .push(index);
        let type_key = Text::from(super::fold_case(resource.resource_type.as_str()).as_ref());
        self.by_type.entry(type_key).or_default().push(index);
        self.by_key.insert(key, index);
        self.resources.push(resource);
    }

    /// Adds the children that the resource at `at` states inside it, joined with those beside it.
    fn declare_inline(&mut self, at: usize) {
        let Some(parent) = self.resources.get(at) else {
            return;
        };
        let Some(&(_, property, segment)) = INLINE
            .iter()
            .find(|(parent_type, _, _)| parent.resource_type.is(parent_type))
        else {
            return;
        };
        let parent = parent.clone();
        for item in parent.properties().at(property).items() {
            let (Some(value), Some(name)) =
                (item.value(), item.at("name").symbol().stated().cloned())
            else {
                continue;
            };
            let id = ResourceId::new(format!("{}/{segment}/{name}", parent.id));
            let resource = Resource {
                id,
                resource_type: ResourceType::new(format!("{}/{segment}", parent.resource_type)),
                name: format!("{}/{}", parent.name, symbol::display(&name)).into(),
                file: parent.file,
                span: item.span(),
                api_version: parent.api_version.clone(),
                presence: parent.presence.clone(),
                mode: parent.mode,
                body: without_name(value),
                inline: true,
                deployment: parent.deployment.clone(),
                parent: None,
                children: Vec::new(),
            };
            self.add(resource);
        }
    }

    /// Ties every resource to the nearest one around it: exports and hand-written templates leave
    /// out the `default` services between an account and its containers.
    fn link(&mut self) {
        for at in 0..self.resources.len() {
            let own = self.resources.get(at).map(|resource| resource.id.clone());
            let around = std::iter::successors(own.and_then(|id| id.parent()), ResourceId::parent);
            let mut found = around.filter_map(|id| self.by_key.get(id.key()).copied());
            let Some(parent) = found.next() else {
                continue;
            };
            let index = ResourceIndex(u32::try_from(at).unwrap_or(u32::MAX));
            if let Some(resource) = self.resources.get_mut(at) {
                resource.parent = Some(parent);
            }
            if let Some(resource) = self.resources.get_mut(parent.index()) {
                resource.children.push(index);
            }
        }
    }
}
