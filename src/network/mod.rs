//! What Azure's networking does with packets: pure functions over the inventory.
//!
//! In: an [`Inventory`](crate::resource::Inventory). Out: plain values that say what a security
//! group, a route table, a load balancer does, each with what proves it and what is in doubt. The
//! graph is built from these; nothing here knows it.
//!
//! **Invariant.** What the inputs do not tell is a doubt, never open and never closed.

mod address_bounds;
mod appliance;
mod application_gateway;
mod application_security_group;
mod azure_firewall;
mod bastion;
mod doubts;
mod egress;
mod egress_source;
mod egress_verdict;
mod exfiltration;
mod fact;
mod filter_decision;
mod firewall_filter;
mod firewall_rule;
mod floating;
mod front_door;
mod front_door_classic;
mod frontend_address;
mod gateway;
mod host_service;
pub mod identity;
mod interface;
mod load_balancer;
mod local;
mod managed_network;
mod member;

mod nat_gateway;
mod network_security_group;
mod packet_filter;
mod peering;
mod perimeter;
mod prefix_list;
mod private_endpoint;
mod private_link_service;
mod private_zone;
mod public_address;
mod reference;
mod resource_egress;
mod route;
mod route_table;
mod rule_match;
mod rule_order;
mod security_rule;
mod selector;
mod service_egress;
mod service_endpoint;
mod service_tag;
mod shadow;
mod subnet_routes;
mod surroundings;
mod symbol;
mod system_routes;
#[cfg(test)]
mod test_estate;
mod topology;
mod topology_read;
mod traffic_manager;
mod vicinity;
mod virtual_network;
mod virtual_wan;
mod web_application_firewall;

pub use address_bounds::AddressBounds;
pub use appliance::Appliance;
pub use application_gateway::{ApplicationGateway, BackendAddress, GatewayBackend, GatewayRoute};
pub use application_security_group::ApplicationSecurityGroups;
pub use azure_firewall::AzureFirewall;
pub use bastion::Bastion;
pub use egress::{Egress, EgressSource, EgressVerdict, EgressWay};
pub use exfiltration::WideRule;
pub use fact::Fact;
pub use filter_decision::{DecidingRule, FilterDecision, LevelDecision};
pub use firewall_filter::DestinationNat;
pub use firewall_rule::{FirewallRule, FirewallRuleKind, Translation};
pub use floating::Floating;
pub use front_door::{FrontDoor, FrontDoorRoute, Origin, OriginPrivateLink};
pub use gateway::{Gateway, GatewayKind, PointToSite, RemoteNetwork};
pub use interface::{Interface, InterfaceConfiguration, PublicAttachment};
pub use load_balancer::{
    BackendPool, ForwardTarget, Forwarding, Frontend, LoadBalancer, PoolAddress,
};
pub use local::Local;
pub use managed_network::{IsolationMode, ManagedNetwork, OutboundRule, OutboundTarget};
pub use member::{Member, Members};
pub use nat_gateway::NatGateway;
pub use network_security_group::{
    GroupList, NetworkSecurityGroup, outside_group, source_port_cells,
};
pub use packet_filter::{
    Crossing, FilterLevel, FilterList, GroupAt, PacketFilter, PublicAddressSku,
};
pub use peering::{Peering, read_peerings};
pub use perimeter::read_perimeters;
pub use private_endpoint::{
    EndpointPolicies, PrivateEndpoint, PrivateLinkConnection, private_endpoint_state,
};
pub use private_link_service::{Audience, PrivateLinkService};
pub use private_zone::{PrivateZone, read_private_zones};
pub use public_address::{PublicAddress, family};
pub use reference::{PartReference, Reference, Target};
pub use resource_egress::ResourceEgress;
pub use route::{EffectiveRoutes, NextHop, Route, RouteOrigin, RoutePart};
pub use route_table::{ApplianceAddress, RoutePrefix, RouteTable, UserHop, UserRoute};
pub use rule_match::Site;
pub use security_rule::{Direction, SecurityRule};
pub use selector::{AddressSelector, AddressTerm, PortSelector};
pub use service_endpoint::{EndpointLimit, endpoint_limit};
pub use service_tag::ServiceTags;
pub use shadow::{Names, Residual, Shadow, find_shadowed};
pub use subnet_routes::{EndpointRoute, RouteSources, effective_routes};
pub use topology::Topology;
pub use traffic_manager::{TrafficEndpoint, TrafficManager};
pub use vicinity::{Surroundings, Vicinity};
pub use virtual_network::{ServiceEndpoint, Subnet, SubnetPurpose, VirtualNetwork};
pub use virtual_wan::{Hub, HubConnection};
pub use web_application_firewall::{WebApplicationFirewall, WebApplicationFirewallMode};
