//! One resource as a rule looks at it.

use super::Context;
use crate::evidence::Doubt;
use crate::resource::{Reader, Resource, ResourceIndex};

/// A resource, and the part of it that is looked at.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// Everything around it.
    pub context: &'a Context<'a>,
    /// The resource's number.
    pub index: ResourceIndex,
    /// The resource.
    pub resource: &'a Resource,
    /// The whole declaration, or the item of a list that is looked at.
    pub here: Reader<'a>,
}

impl<'a> Scene<'a> {
    /// The whole of `resource`.
    pub fn new(context: &'a Context<'a>, index: ResourceIndex, resource: &'a Resource) -> Self {
        Self {
            context,
            index,
            resource,
            here: resource.reader(),
        }
    }

    /// The same resource, looking at `here`.
    #[must_use]
    pub fn at(&self, here: Reader<'a>) -> Self {
        Self { here, ..*self }
    }

    /// A reader of the resource's `properties`.
    pub fn properties(&self) -> Reader<'a> {
        self.resource.properties()
    }

    /// The children that may be deployed and whose type ends in `segment`, in order.
    pub fn children(&self, segment: &'a str) -> impl Iterator<Item = &'a Resource> {
        self.context
            .inventory
            .child_resources(self.resource, segment)
            .map(|(_, child)| child)
    }

    /// The parent, where it is in the inputs.
    pub fn parent(&self) -> Option<(ResourceIndex, &'a Resource)> {
        let index = self.resource.parent?;
        Some((index, self.context.inventory.get(index)?))
    }

    /// The nearest resource of type `resource_type` above this one, where it is in the inputs.
    pub fn ancestor(&self, resource_type: &str) -> Option<(ResourceIndex, &'a Resource)> {
        let inventory = self.context.inventory;
        let mut id = self.resource.id.parent()?;
        loop {
            if let Some(index) = inventory.find(&id, self.resource.file)
                && let Some(found) = inventory.get(index)
                && found.resource_type.is(resource_type)
            {
                return Some((index, found));
            }
            id = id.parent()?;
        }
    }

    /// Whether the resource's API version is the date `version` or newer; a preview of that date
    /// counts. `None` where the resource has no version that is known.
    pub fn is_from(&self, version: &str) -> Option<bool> {
        let own = self.resource.api_version.as_deref()?.get(..10)?;
        own.starts_with(|first: char| first.is_ascii_digit())
            .then(|| own >= version)
    }

    /// The doubt that an unknown API version casts.
    pub fn version_doubt(&self) -> Doubt {
        Doubt::outside(
            "api-version-unknown",
            format!("{}|apiVersion", self.resource.id),
            "an absent property means different things at different API versions, and this one is not known",
            format!("the API version of `{}`", self.resource.name),
            self.resource.span,
        )
    }
}
