//! The ways, one kind a file.

pub(super) mod application_gateway;
pub(super) mod backend;
pub(super) mod coupling;
pub(super) mod firewall;
mod front;
pub(super) mod front_door;
pub(super) mod identity;
mod interface;
pub(super) mod load_balancer;
pub(super) mod machine;
pub(super) mod private;
pub(super) mod private_endpoint;
pub(super) mod service;
