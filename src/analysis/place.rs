//! The names of the model's places.

use super::Analysis;
use crate::graph::{Foothold, Node, NodeId};
use crate::reachability::Blocker;
use crate::resource::{Resource, ResourceIndex};
use crate::value::symbol;

/// What people call something outside the inputs that `id` names: its last segment, with holes in
/// braces for what is not known.
pub fn outside_name(id: &str) -> String {
    let shown = symbol::display(id);
    let last = shown.trim_end_matches('/').rsplit('/').next();
    last.unwrap_or(&shown).to_owned()
}

/// What a place of the model is in the estate.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Landmark<'a> {
    /// Anywhere with a public address.
    Internet,
    /// The networks behind the estate's gateways.
    OnPremises,
    /// A resource, a part or a door of it, or an identity that stands for it.
    Resource(ResourceIndex),
    /// Something outside the inputs, by its identifier.
    Outside(&'a str),
}

impl Analysis {
    /// What `node` is in the estate; `None` for a number of another model.
    pub fn landmark(&self, node: NodeId) -> Option<Landmark<'_>> {
        if let Some(index) = self.model.resource_of(node) {
            return Some(Landmark::Resource(index));
        }
        match self.model.node(node)? {
            Node::Source(Foothold::Internet) => Some(Landmark::Internet),
            Node::Source(Foothold::OnPremises) => Some(Landmark::OnPremises),
            Node::Source(
                Foothold::At(index) | Foothold::Identity(index) | Foothold::KeyOf(index),
            ) => Some(Landmark::Resource(*index)),
            Node::Source(Foothold::Principal(id)) | Node::External(id) => {
                Some(Landmark::Outside(id))
            }
            _ => None,
        }
    }

    /// What a program calls a place: its resource's identifier, or the word for a foothold.
    pub fn place_id(&self, node: NodeId) -> String {
        if let Some(resource) = self.resource_at(node) {
            return resource.id.to_string();
        }
        match self.model.node(node) {
            Some(Node::Source(source)) => self.foothold_id(source),
            Some(Node::External(id)) => id.to_string(),
            Some(Node::Role(scope, _)) => scope.to_string(),
            _ => String::new(),
        }
    }

    /// What people call a place: its resource's short name, or the word for a foothold.
    pub fn place_name(&self, node: NodeId) -> String {
        if let Some(resource) = self.resource_at(node) {
            return resource.short_name().to_owned();
        }
        match self.model.node(node) {
            Some(Node::Source(Foothold::Internet)) => "Internet".to_owned(),
            Some(Node::Source(Foothold::OnPremises)) => "On-premises".to_owned(),
            Some(Node::External(id) | Node::Role(id, _)) => outside_name(id),
            _ => "outside".to_owned(),
        }
    }

    /// What a program calls a foothold.
    pub fn foothold_id(&self, foothold: &Foothold) -> String {
        let id = |index: &crate::resource::ResourceIndex| {
            self.inventory
                .get(*index)
                .map_or_else(String::new, |one| one.id.to_string())
        };
        match foothold {
            Foothold::Internet => "internet".to_owned(),
            Foothold::AzureTenant => "azure".to_owned(),
            Foothold::OnPremises => "on-premises".to_owned(),
            Foothold::At(index) => id(index),
            Foothold::Identity(index) => format!("identity of {}", id(index)),
            Foothold::Principal(id) => id.to_string(),
            Foothold::KeyOf(index) => format!("key of {}", id(index)),
        }
    }

    /// The resource that a place belongs to.
    pub fn resource_at(&self, node: NodeId) -> Option<&Resource> {
        self.inventory.get(self.model.resource_of(node)?)
    }

    /// The resource whose setting a blocker is, or else the one that it protects.
    pub fn owner_of_blocker(&self, blocker: &Blocker) -> Option<&Resource> {
        let stated = blocker
            .evidence
            .first()
            .and_then(|one| self.owner(one.span));
        let index = stated.or_else(|| {
            let (_, to) = self.model.ends(blocker.edge)?;
            self.model.resource_of(to)
        })?;
        self.inventory.get(index)
    }
}
