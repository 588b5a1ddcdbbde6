//! What Azure's networking does with packets: pure functions over the inventory.
//!
//! In: an [`Inventory`](crate::resource::Inventory). Out: plain values that say what a security
//! group, a route table, a load balancer does, each with what proves it and what is in doubt. The
//! graph is built from these; nothing here knows it.
//!
//! **Invariant.** What the inputs do not tell is a doubt, never open and never closed.

mod address_bounds;
mod application_security_group;
mod fact;
mod filter_decision;
mod host_service;
mod local;
mod network_security_group;
mod packet_filter;
mod rule_match;
mod rule_order;
mod security_rule;
mod selector;
mod service_tag;
mod vicinity;

pub use address_bounds::AddressBounds;
pub use application_security_group::ApplicationSecurityGroups;
pub use fact::Fact;
pub use filter_decision::{DecidingRule, FilterDecision, LevelDecision};
pub use local::Local;
pub use network_security_group::{
    GroupList, NetworkSecurityGroup, outside_group, source_port_cells,
};
pub use packet_filter::{
    Crossing, FilterLevel, FilterList, GroupAt, PacketFilter, PublicAddressSku,
};
pub use rule_match::Site;
pub use security_rule::{Direction, SecurityRule};
pub use selector::{AddressSelector, AddressTerm, PortSelector};
pub use service_tag::ServiceTags;
pub use vicinity::{Surroundings, Vicinity};
