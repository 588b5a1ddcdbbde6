//! What Azure reports of resources that templates state.

use super::inventory::from_declaration;
use super::{Inventory, ResourceId, ResourceIndex, ResourceType};
use crate::arm::DeclaredResource;
use crate::input::Mode;
use crate::source::{FileId, Span};
use crate::value::Text;

impl Inventory {
    /// The text of the first row in which Azure answers about the resource at `index`.
    pub fn reported(&self, index: ResourceIndex) -> Option<Span> {
        self.reported.get(&index).copied()
    }

    /// The identifier `id`, which stands in `file`, as the resource that it names spells it; itself
    /// where it names none.
    pub fn own_id(&self, id: ResourceId, file: FileId) -> ResourceId {
        let found = self.find(&id, file).and_then(|index| self.get(index));
        found.map_or(id, |resource| resource.id.clone())
    }

    /// Joins what Azure reports with what a template states of the same resource: the one of that
    /// identifier, or the only one of that type and name. Below a resource that a template puts in
    /// another subscription, it goes there.
    pub(super) fn declare_answer(&mut self, stated: &DeclaredResource) {
        let mut resource = from_declaration(stated, Mode::Export);
        if let Some(kind) = resource.kind() {
            resource.resource_type = ResourceType::new(kind.resource_type);
        }
        let asked = resource.id.clone();
        if let Some(known) = self.find(&asked, resource.file) {
            self.by_key.entry(Text::clone(asked.key())).or_insert(known);
            if let Some(known) = self.get(known) {
                resource.id = known.id.clone();
            }
        } else {
            let mut holder = asked.parent();
            while let Some(one) = holder {
                let found = self.find(&one, resource.file);
                if let Some(found) = found.and_then(|index| self.get(index)) {
                    let rest = asked.as_str().get(one.as_str().len()..).unwrap_or("");
                    resource.id = ResourceId::new(format!("{}{rest}", found.id));
                    break;
                }
                holder = one.parent();
            }
        }
        self.add(resource);
        if let Some(index) = self.by_key.get(asked.key()).copied().or_else(|| {
            // Moved below another: known by both identifiers.
            self.find(&asked, stated.file)
        }) {
            self.by_key.entry(Text::clone(asked.key())).or_insert(index);
        }
    }
}
