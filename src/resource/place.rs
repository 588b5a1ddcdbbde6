//! Numbers for the senders that have no address.

use super::ResourceId;
use crate::flow::Place;
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
