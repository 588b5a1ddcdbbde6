//! Resources inside others, stated in their parents or beside them.

use super::merge::merge;
use super::{Inventory, Presence, Reader, Resource, ResourceIndex, Setting};
use crate::value::{Member, Text, Value};
use indexmap::IndexMap;

/// A child as its parent and the resources beside it state it together.
#[derive(Clone, Debug)]
pub struct Child {
    /// The name in the form of a symbol, so that equal names have equal texts.
    pub name: Text,
    /// The joined statement: an object with `name` and `properties`.
    pub body: Value,
    /// Whether it is there; one stated inside its parent is there when the parent is.
    pub presence: Presence,
}

impl Child {
    /// A reader of its `properties`.
    pub fn properties(&self) -> Reader<'_> {
        Reader::new(&self.body).at("properties")
    }
}

impl Inventory {
    /// The children of `parent` that stand in its property `property` and beside it as
    /// `<type>/<segment>`, joined by name, in order. One without a name goes by its place in the
    /// list.
    pub fn children_of(&self, parent: &Resource, property: &str, segment: &str) -> Vec<Child> {
        let mut children: IndexMap<String, Child> = IndexMap::new();
        for (at, item) in parent
            .properties()
            .at(property)
            .items()
            .into_iter()
            .enumerate()
        {
            let Some(value) = item.value() else {
                continue;
            };
            let name = match item.at("name").symbol() {
                Setting::Stated(name, _) if value.as_unknown().is_none() => name,
                _ => format!("{property}[{at}]").into(),
            };
            let child = Child {
                name: Text::clone(&name),
                body: value.clone(),
                presence: Presence::Deployed,
            };
            children.insert(name.to_ascii_lowercase(), child);
        }
        for index in &parent.children {
            let Some(resource) = self.get(*index) else {
                continue;
            };
            if !resource
                .resource_type
                .last_segment()
                .eq_ignore_ascii_case(segment)
                || resource.inline
                || resource.is_not_deployed()
            {
                continue;
            }
            // In the form of a symbol, as inside the parent: what looks alike to people may differ.
            let name = Text::from(resource.id.short_name());
            match children.entry(name.to_ascii_lowercase()) {
                indexmap::map::Entry::Occupied(mut entry) => {
                    // Names are spelled in full beside the parent, and short inside it.
                    let child = entry.get_mut();
                    child.body = merge(&without_name(&child.body), &resource.body, &name);
                }
                indexmap::map::Entry::Vacant(entry) => {
                    entry.insert(Child {
                        name,
                        body: resource.body.clone(),
                        presence: resource.presence.clone(),
                    });
                }
            }
        }
        children.into_values().collect()
    }

    /// The deployed children of `parent` whose type ends in `segment`, in order.
    pub fn child_resources<'a>(
        &'a self,
        parent: &'a Resource,
        segment: &'a str,
    ) -> impl Iterator<Item = (ResourceIndex, &'a Resource)> {
        parent
            .children
            .iter()
            .filter_map(|index| Some((*index, self.get(*index)?)))
            .filter(move |(_, child)| {
                child
                    .resource_type
                    .last_segment()
                    .eq_ignore_ascii_case(segment)
                    && !child.is_not_deployed()
            })
    }
}

/// `value` without its member `name`, which is short inside a parent and full beside it.
pub(super) fn without_name(value: &Value) -> Value {
    let members: Vec<Member> = value
        .members()
        .iter()
        .filter(|member| !member.name.eq_ignore_ascii_case("name"))
        .cloned()
        .collect();
    Value::object(value.span, members)
}
