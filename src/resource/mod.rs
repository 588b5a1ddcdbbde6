//! Azure resources as the rest of the engine sees them.
//!
//! In: the flat list that the template language yields. Out: an [`Inventory`]: every resource of
//! the run once, children that stand both inside their parent and beside it joined, found by
//! identifier whatever its case and whatever subscription it names; and for each kind we know, in
//! a file of its own under `kind`, what it is and which [`Door`]s it opens.

mod answered;
mod child;
mod command;
mod coupling;
mod door;
mod id;
mod inventory;
pub mod kind;
mod merge;
mod place;
mod presence;
mod service_tag_list;
mod setting;

pub use child::Child;
pub use coupling::{Coupling, CouplingTarget, Credential};
pub use door::{
    Authentication, AuthenticationMode, Door, DoorContext, Governing, Perimeter, PerimeterMode,
    Placement, PrivateEndpointState,
};
pub use id::{ResourceId, ResourceType, fold_case};
pub use inventory::{Inventory, Resource, ResourceIndex};
pub use kind::{Coverage, Kind, Zone};
pub use place::Places;
pub use presence::Presence;
pub use setting::{Reader, Setting};
