//! The routes in force on a subnet, and which of them carries what.
//!
//! Per "Virtual network traffic routing": the longest prefix wins; of equal ones the customer's
//! route, then a learned one, then the system's; but the system's routes within the network, to its
//! peers and to service endpoints win over learned ones whatever their length. A route of the
//! customer's for `0.0.0.0/0` takes out the system's routes that drop private addresses.

use super::route_table::ApplianceAddress;
use super::surroundings::LEARNED_DEFAULT;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Bounds, Entry, FlowSet, ServiceSet};
use crate::resource::ResourceIndex;
use crate::value::Text;
use std::cmp::Reverse;
use std::sync::Arc;

/// Where a route leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NextHop {
    /// Within the virtual network.
    VirtualNetwork,
    /// To the virtual network of a peering, by the key of its identifier.
    Peering(Text),
    /// To the virtual network gateway.
    Gateway,
    /// To the internet.
    Internet,
    /// To an appliance.
    Appliance(ApplianceAddress),
    /// To a service's public endpoint with the subnet's identity: `Microsoft.Storage`.
    ServiceEndpoint(Text),
    /// To a private endpoint.
    PrivateEndpoint(ResourceIndex),
    /// To a hub of a virtual WAN, by the key of its identifier.
    Hub(Text),
    /// Nowhere: it is dropped.
    None,
    /// Somewhere else; where is not known.
    Unknown,
}

/// Who made a route, the one that wins among equal prefixes first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RouteOrigin {
    /// The customer's route table.
    User,
    /// A gateway: by BGP or from a connection.
    Learned,
    /// Azure.
    System,
}

/// One route.
#[derive(Clone, Debug)]
pub struct Route {
    /// The destinations.
    pub addresses: AddressSet,
    /// The length of the prefix counted in IPv6's 128 bits.
    pub length: u8,
    /// Who made it.
    pub origin: RouteOrigin,
    /// Where it leads.
    pub next_hop: NextHop,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
    /// Why it may not be there; it is where all of these hold.
    pub doubts: Vec<Arc<Doubt>>,
}

/// Destinations and the route that carries them.
#[derive(Clone, Debug)]
pub struct RoutePart {
    /// The destinations that this route can carry.
    pub addresses: AddressSet,
    /// Where it leads.
    pub next_hop: NextHop,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
    /// What must hold for it, all of it; where it does not, a later part carries the same
    /// destinations.
    pub doubts: Vec<Arc<Doubt>>,
}

impl RoutePart {
    /// Whether it is a default route that a gateway may have learned.
    fn is_learned_default(&self) -> bool {
        self.doubts
            .iter()
            .any(|doubt| doubt.code == LEARNED_DEFAULT)
    }
}

/// The routes in force on a subnet.
#[derive(Clone, Debug, Default)]
pub struct EffectiveRoutes {
    /// In the order in which they win.
    routes: Vec<Route>,
}

impl EffectiveRoutes {
    /// The routes of `routes`, which stand in any order. Of two that are equal in everything that
    /// counts, the earlier wins. O(n log n).
    pub fn new(mut routes: Vec<Route>) -> Self {
        routes.sort_by_key(|route| (Reverse(route.length), route.origin));
        Self { routes }
    }

    /// The routes in the order in which they win.
    pub fn routes(&self) -> &[Route] {
        &self.routes
    }

    /// The routes that carry `destinations`, each with what it carries, in the order in which they
    /// win. Parts without a doubt do not overlap later ones, and everything in `destinations` that
    /// a route covers is in one. O(routes · set size).
    pub fn select(&self, destinations: &AddressSet) -> Vec<RoutePart> {
        let mut open = destinations.clone();
        let mut parts = Vec::new();
        for route in &self.routes {
            let carried = route.addresses.intersect(&open);
            if carried.is_empty() {
                continue;
            }
            if route.doubts.is_empty() {
                open = open.subtract(&carried);
            }
            parts.push(RoutePart {
                addresses: carried,
                next_hop: route.next_hop.clone(),
                evidence: route.evidence.clone(),
                doubts: route.doubts.clone(),
            });
            if open.is_empty() {
                break;
            }
        }
        parts
    }

    /// A filter of packets from `senders` that come straight from the internet: what an address on
    /// the subnet answers must leave straight to the internet too.
    ///
    /// Per the same document (`0.0.0.0/0` address prefix), what is sent to an appliance, a gateway
    /// or nowhere instead makes the subnet's addresses unreachable from the internet but through
    /// that device. That no gateway announces a default route of its own is taken for granted: it
    /// stands in no template.
    pub fn reply_to(&self, senders: &AddressSet) -> AccessList {
        let (learned, parts): (Vec<RoutePart>, Vec<RoutePart>) = self
            .select(senders)
            .into_iter()
            .partition(RoutePart::is_learned_default);
        let granted: Vec<Evidence> = learned
            .iter()
            .filter_map(|part| part.evidence.first())
            .map(|one| {
                let says = "no gateway is taken to announce a default route";
                Evidence::assumed(one.span, says)
            })
            .collect();
        let entries = parts.into_iter().map(|part| {
            let packets = FlowSet::new(&part.addresses, ServiceSet::all());
            // A service endpoint is the platform's shorter way to the very same addresses.
            let is_direct = matches!(
                part.next_hop,
                NextHop::Internet | NextHop::ServiceEndpoint(_)
            );
            Entry {
                access: if is_direct {
                    Access::Allow
                } else {
                    Access::Deny
                },
                matches: Bounds {
                    must: if part.doubts.is_empty() {
                        packets.clone()
                    } else {
                        FlowSet::empty()
                    },
                    may: packets,
                },
                doubts: part.doubts,
                evidence: if is_direct {
                    part.evidence.into_iter().chain(granted.clone()).collect()
                } else {
                    part.evidence
                },
            }
        });
        let mut list = AccessList::new(entries.collect());
        // A sender that no route is known for keeps its own way back.
        list.entries_mut()
            .push(Entry::exact(Access::Allow, FlowSet::all(), Vec::new()));
        list
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find, set};
    use super::*;

    /// A network 10.0.0.0/16 with a subnet `a` of 10.0.1.0/24 whose table holds `routes`.
    fn routes(table: &str, routes: &str, more: &str) -> EffectiveRoutes {
        let (inventory, topology) = estate(&format!(
            r#"[{{"type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {{
                "addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}},
                "subnets": [{{"name": "a", "properties": {{
                    "addressPrefix": "10.0.1.0/24", "routeTable": {{"id": "@routeTables:table"}}
                }}}}]
            }}}},
            {{"type": "Microsoft.Network/routeTables", "name": "table",
              "properties": {{{table} "routes": [{routes}]}}}} {more}]"#
        ));
        topology.routes(find(&inventory, "virtualNetworks/subnets", "net/a"))
    }

    fn route(name: &str, prefix: &str, hop: &str) -> String {
        format!(
            r#"{{"name": "{name}", "properties": {{"addressPrefix": "{prefix}",
                "nextHopType": "{hop}", "nextHopIpAddress": "10.0.9.4"}}}}"#
        )
    }

    fn hop(routes: &EffectiveRoutes, address: &str) -> NextHop {
        let parts = routes.select(&set(address));
        assert_eq!(parts.len(), 1, "{address}: {parts:?}");
        assert!(parts[0].doubts.is_empty());
        parts[0].next_hop.clone()
    }

    fn appliance() -> NextHop {
        NextHop::Appliance(ApplianceAddress::Address("10.0.9.4".parse().unwrap()))
    }

    #[test]
    fn the_system_keeps_the_network_drops_private_blocks_and_leads_to_the_internet() {
        let routes = routes("", "", "");
        assert_eq!(hop(&routes, "10.0.7.7"), NextHop::VirtualNetwork);
        assert_eq!(hop(&routes, "10.1.0.1"), NextHop::None);
        assert_eq!(hop(&routes, "100.64.0.1"), NextHop::None);
        assert_eq!(hop(&routes, "8.8.8.8"), NextHop::Internet);
        assert_eq!(hop(&routes, "2001:db8::1"), NextHop::Internet);
    }

    #[test]
    fn a_default_route_takes_out_the_dropped_blocks_but_not_the_network() {
        let routes = routes("", &route("all", "0.0.0.0/0", "VirtualAppliance"), "");
        assert_eq!(hop(&routes, "10.0.7.7"), NextHop::VirtualNetwork);
        assert_eq!(hop(&routes, "10.1.0.1"), appliance());
        assert_eq!(hop(&routes, "8.8.8.8"), appliance());
        assert_eq!(hop(&routes, "2001:db8::1"), NextHop::Internet);
    }

    #[test]
    fn the_customers_route_wins_a_tie_and_loses_to_a_longer_prefix() {
        let tie = routes("", &route("tie", "10.0.0.0/16", "None"), "");
        assert_eq!(hop(&tie, "10.0.7.7"), NextHop::None);
        let shorter = routes("", &route("wide", "10.0.0.0/8", "VirtualAppliance"), "");
        assert_eq!(hop(&shorter, "10.0.7.7"), NextHop::VirtualNetwork);
        assert_eq!(hop(&shorter, "10.1.7.7"), appliance());
        let longer = routes(
            "",
            &format!(
                "{},{}",
                route("wide", "10.0.0.0/16", "None"),
                route("own", "10.0.1.0/24", "VnetLocal")
            ),
            "",
        );
        assert_eq!(hop(&longer, "10.0.1.7"), NextHop::VirtualNetwork);
        assert_eq!(hop(&longer, "10.0.2.7"), NextHop::None);
    }

    #[test]
    fn a_route_beside_its_table_counts() {
        let beside = r#", {"type": "Microsoft.Network/routeTables/routes", "name": "table/all",
            "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "None"}}"#;
        assert_eq!(hop(&routes("", "", beside), "8.8.8.8"), NextHop::None);
    }

    #[test]
    fn a_gateway_leads_to_its_local_networks_unless_the_table_keeps_them_out() {
        let gateway = r#",
            {"type": "Microsoft.Network/virtualNetworks/subnets", "name": "net/GatewaySubnet",
             "properties": {"addressPrefix": "10.0.255.0/27"}},
            {"type": "Microsoft.Network/virtualNetworkGateways", "name": "gw", "properties": {
             "gatewayType": "Vpn", "ipConfigurations": [{"properties": {
               "subnet": {"id": "@virtualNetworks/subnets:net/GatewaySubnet"}}}]}},
            {"type": "Microsoft.Network/localNetworkGateways", "name": "office", "properties": {
             "localNetworkAddressSpace": {"addressPrefixes": ["192.168.0.0/16", "10.0.1.0/24"]}}},
            {"type": "Microsoft.Network/connections", "name": "c", "properties": {
             "virtualNetworkGateway1": {"id": "@virtualNetworkGateways:gw"},
             "localNetworkGateway2": {"id": "@localNetworkGateways:office"}}}"#;
        let open = routes("", "", gateway);
        assert_eq!(hop(&open, "192.168.1.1"), NextHop::Gateway);
        // What is learned does not count within the network, however long its prefix.
        assert_eq!(hop(&open, "10.0.1.1"), NextHop::VirtualNetwork);
        let shut = routes(r#""disableBgpRoutePropagation": true,"#, "", gateway);
        assert_eq!(hop(&shut, "192.168.1.1"), NextHop::None);
    }

    #[test]
    fn a_tag_may_carry_what_a_prefix_carries_otherwise() {
        let routes = routes(
            "",
            &format!(
                "{},{}",
                route("all", "0.0.0.0/0", "VirtualAppliance"),
                route("storage", "Storage", "Internet")
            ),
            "",
        );
        let parts = routes.select(&set("20.38.98.5"));
        assert_eq!(parts[0].next_hop, NextHop::Internet);
        assert_eq!(parts[0].doubts[0].code, "service-tag");
        assert_eq!(parts[1].next_hop, appliance());
        assert!(parts[1].doubts.is_empty());
    }

    #[test]
    fn replies_must_leave_the_way_the_packet_came() {
        let internet = FlowSet::new(&AddressSet::internet(), ServiceSet::all());
        let replies = |table: &str| {
            routes("", table, "")
                .reply_to(&AddressSet::internet())
                .decide(&internet.from_sources(&AddressSet::all_v4()), &[])
                .allowed
        };
        assert!(
            replies("")
                .must
                .contains(&FlowSet::new(&set("8.8.8.8"), ServiceSet::all()))
        );
        for hop in ["VirtualAppliance", "VirtualNetworkGateway", "None"] {
            assert!(
                replies(&route("all", "0.0.0.0/0", hop)).may.is_empty(),
                "{hop}"
            );
        }
        let kept = replies(&route("all", "0.0.0.0/0", "Internet"));
        assert_eq!(kept.must, kept.may);
        assert!(!kept.must.is_empty());
    }

    #[test]
    fn an_unknown_table_leaves_replies_open() {
        let (inventory, topology) = estate(
            r#"[{"type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {
                "addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
                "subnets": [{"name": "a", "properties": {"addressPrefix": "10.0.1.0/24",
                    "routeTable": {"id": "@routeTables:elsewhere"}}}]}}]"#,
        );
        let routes = topology.routes(find(&inventory, "virtualNetworks/subnets", "net/a"));
        let packets = FlowSet::new(&set("8.8.8.8"), ServiceSet::all());
        let list = routes.reply_to(&AddressSet::internet());
        let allowed = list.decide(&packets, &[]).allowed;
        assert!(allowed.must.is_empty());
        assert_eq!(allowed.may, packets);
    }
}
