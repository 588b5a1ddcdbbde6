//! Numbers for the senders that have no address.

use super::ResourceId;
use crate::flow::{AddressSet, Place};
use crate::value::Text;
use indexmap::IndexSet;
use std::cell::RefCell;

/// The subnets and resources that services list by name, each with the [`Place`] it stands for.
///
/// Numbers are given in the order of first asking, which the engine's fixed order makes the same
/// each time.
#[derive(Debug, Default)]
pub struct Places {
    subnets: RefCell<IndexSet<Text>>,
    instances: RefCell<IndexSet<Text>>,
}

impl Places {
    /// The place of the subnet `id`.
    pub fn subnet(&self, id: &ResourceId) -> Place {
        Place::Subnet(number(&self.subnets, id.key()))
    }

    /// The place of the resource `id` that a service lists by name; it may hold a wildcard.
    pub fn named_instance(&self, id: &ResourceId) -> Place {
        Place::NamedInstance(number(&self.instances, id.key()))
    }

    /// The places of all resources listed so far that the resource `id` is one of; a listed
    /// identifier may hold a `*` for any one segment, and one at its end for anything.
    pub fn instances_for(&self, id: &ResourceId) -> AddressSet {
        let listed = self.instances.borrow();
        (0..)
            .zip(listed.iter())
            .filter(|(_, pattern)| covers(pattern, id.key()))
            .fold(AddressSet::empty(), |set, (number, _)| {
                set.union(&AddressSet::place(Place::NamedInstance(number)))
            })
    }

    /// The keys of every resource that is listed by name, in the order of first asking.
    pub fn named_instances(&self) -> Vec<Text> {
        self.instances.borrow().iter().cloned().collect()
    }

    /// The identifier's key that `place` stands for, or `None` for another kind of place.
    pub fn key(&self, place: Place) -> Option<Text> {
        let (names, number) = match place {
            Place::Subnet(number) => (&self.subnets, number),
            Place::NamedInstance(number) => (&self.instances, number),
            _ => return None,
        };
        names.borrow().get_index(number as usize).cloned()
    }
}

fn number(names: &RefCell<IndexSet<Text>>, key: &Text) -> u32 {
    let (index, _) = names.borrow_mut().insert_full(Text::clone(key));
    u32::try_from(index).unwrap_or(u32::MAX)
}

/// Whether the identifier `key` is one of those that `pattern` stands for.
fn covers(pattern: &str, key: &str) -> bool {
    let mut segments = key.split('/');
    let mut parts = pattern.split('/').peekable();
    while let Some(part) = parts.next() {
        let Some(segment) = segments.next() else {
            return false;
        };
        if part == "*" && parts.peek().is_none() {
            return true;
        }
        if part != "*" && part != segment {
            return false;
        }
    }
    segments.next().is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_listed_wildcard_stands_for_what_it_covers() {
        let places = Places::default();
        let id = |text: &str| ResourceId::new(text);
        let all = places.named_instance(&id("/subscriptions/s/*/a/providers/M.X/y/*"));
        let one = places.named_instance(&id("/subscriptions/s/resourceGroups/a/providers/M.X/y/z"));
        let here = places.instances_for(&id("/subscriptions/S/resourcegroups/A/providers/M.X/y/z"));
        assert_eq!(here, AddressSet::place(all).union(&AddressSet::place(one)));
        let elsewhere =
            places.instances_for(&id("/subscriptions/t/resourceGroups/a/providers/M.X/y/z"));
        assert!(elsewhere.is_empty());
    }
}
