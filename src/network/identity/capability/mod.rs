//! The actions that matter, each with the step that it opens.
//!
//! "Azure permissions" lists thousands of actions; these are the ones that lead to data, to keys, to
//! code or to an identity. An action that ends in `*` stands for any that starts so.

mod machine;
mod machine_learning;
mod store;

use super::power::{Power, Through};
use super::role::Plane;
use crate::resource::ResourceType;

/// An action on one resource type and the step that it opens.
#[derive(Debug)]
pub(super) struct Capability {
    /// The full type.
    pub(super) resource_type: &'static str,
    /// Where a role definition lists the action.
    pub(super) plane: Plane,
    /// The action.
    pub(super) action: &'static str,
    /// The step that it opens.
    pub(super) power: Power,
    /// Where it is used.
    pub(super) through: Through,
    /// What its holder may do, as the end of a sentence.
    pub(super) says: &'static str,
}

const ANY_DOOR: Through = Through::Doors(&[]);

/// An action of the control plane that is used there.
const fn control(
    resource_type: &'static str,
    action: &'static str,
    power: Power,
    says: &'static str,
) -> Capability {
    Capability {
        resource_type,
        plane: Plane::Control,
        action,
        power,
        through: Through::ControlPlane,
        says,
    }
}

/// An action on data, used at the doors `through`.
const fn data(
    resource_type: &'static str,
    action: &'static str,
    power: Power,
    through: Through,
    says: &'static str,
) -> Capability {
    Capability {
        resource_type,
        plane: Plane::Data,
        action,
        power,
        through,
        says,
    }
}

/// An action that roles list for the control plane and that is used at the resource's own doors.
const fn at_door(
    resource_type: &'static str,
    action: &'static str,
    says: &'static str,
) -> Capability {
    Capability {
        resource_type,
        plane: Plane::Control,
        action,
        power: Power::UseData,
        through: ANY_DOOR,
        says,
    }
}

/// What can be done to a resource of type `resource_type`, in order.
pub(super) fn of_type(resource_type: &ResourceType) -> impl Iterator<Item = &'static Capability> {
    table().filter(move |one| resource_type.is(one.resource_type))
}

/// Whether the actions on `resource_type` are known.
pub(super) fn is_listed(resource_type: &ResourceType) -> bool {
    of_type(resource_type).next().is_some()
}

fn table() -> impl Iterator<Item = &'static Capability> {
    store::TABLE
        .iter()
        .chain(machine_learning::TABLE)
        .chain(machine::TABLE)
}
