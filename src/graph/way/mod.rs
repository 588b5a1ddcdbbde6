//! The ways, one kind a file.

pub(super) mod application_gateway;
pub(super) mod backend;
pub(super) mod bastion;
pub(super) mod client_gateway;
pub(super) mod coupling;
mod destination;
pub(super) mod firewall;
mod front;
pub(super) mod front_door;
pub(super) mod host;
pub(super) mod identity;
mod interface;
pub(super) mod load_balancer;
pub(super) mod machine;
pub(super) mod private;
pub(super) mod private_endpoint;
pub(super) mod private_link_service;
pub(super) mod service;
pub(super) mod way_out;
