//! Within and between virtual networks: from a place in a subnet to interfaces and private
//! endpoints.

use super::destination::{Destination, Filters, destinations, near_networks, networks_beside};
use super::interface::{At, private_filters};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Bounds, Entry, FlowSet, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Change, Edge, EdgeKind, NodeId};
use crate::network::{
    Appliance, ApplianceAddress, Direction, EffectiveRoutes, EndpointPolicies, Fact, NextHop,
    PrivateEndpoint, Reference, RoutePart, Topology,
};
use crate::resource::{Door, ResourceId, ResourceIndex};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Where packets set out.
#[derive(Clone)]
pub(in crate::graph) struct Origin<'a> {
    /// The place in the model.
    pub(in crate::graph) node: NodeId,
    /// The subnet; `None` where they come from outside all of them.
    pub(in crate::graph) subnet: Option<ResourceIndex>,
    /// The addresses that they have.
    pub(in crate::graph) addresses: AddressSet,
    /// The interface, where they leave by one of the customer's.
    pub(in crate::graph) interface: Option<At<'a>>,
    /// What shows that they set out there.
    pub(in crate::graph) evidence: Vec<Evidence>,
    /// Whether someone who should not be there sends them.
    pub(in crate::graph) assumes_compromise: bool,
    /// Why they may not be sent at all.
    pub(in crate::graph) doubt: Option<Arc<Doubt>>,
}

/// What an origin's packets meet first, read once.
struct Leaving {
    routes: Option<EffectiveRoutes>,
    /// By destination.
    groups: Vec<AccessList>,
}

/// Adds the ways from `origin` to everything in its network and the networks connected to it.
/// O(destinations · routes).
pub(in crate::graph) fn add_ways_from(model: &mut Model, estate: &Estate<'_>, origin: &Origin<'_>) {
    let near = near_networks(estate.topology, origin.subnet);
    add_ways_to(model, estate, origin, &near);
}

/// Adds the ways from an interface on `subnet`. Where that is not in the inputs, what leaves it may
/// get to the networks that are peered with its own.
pub(in crate::graph) fn add_ways_from_interface(
    model: &mut Model,
    estate: &Estate<'_>,
    origin: &Origin<'_>,
    subnet: &Reference,
) {
    if subnet.resource().is_some() {
        return add_ways_from(model, estate, origin);
    }
    let name = subnet.id.display_name();
    let doubt = Doubt::outside(
        "subnet-outside",
        format!("{}|lets out to networks beside it", subnet.id.key()),
        format!("what leaves subnet `{name}`, which is not in the inputs, is not known"),
        format!("an export with subnet `{name}`"),
        subnet.span,
    )
    .with_command(format!(
        "az network vnet subnet show --ids {} -o json",
        subnet.id
    ));
    let origin = Origin {
        doubt: Some(Arc::new(doubt)),
        ..origin.clone()
    };
    let networks = networks_beside(estate, subnet);
    add_ways_to(model, estate, &origin, &networks);
}

/// Adds the ways from `origin` to everything in `networks`. O(destinations · routes).
pub(in crate::graph) fn add_ways_to(
    model: &mut Model,
    estate: &Estate<'_>,
    origin: &Origin<'_>,
    networks: &BTreeSet<ResourceIndex>,
) {
    let leaving = leaving(estate.topology, origin);
    for destination in destinations(model, estate, networks) {
        if destination.node != origin.node {
            let edge = way(estate, origin, &leaving, &destination);
            model.add_edge(origin.node, destination.node, edge);
        }
    }
}

fn leaving(topology: &Topology, origin: &Origin<'_>) -> Leaving {
    let Some(subnet) = origin.subnet else {
        return Leaving {
            routes: None,
            groups: Vec::new(),
        };
    };
    let filter = if let Some((interface, configuration)) = origin.interface {
        topology.interface_filter(interface, configuration, Direction::Outbound, None)
    } else {
        let reference = topology.reference_to(subnet);
        let local = topology.local_in("origin", reference.as_ref());
        topology.subnet_filter(reference.as_ref(), &local, Direction::Outbound, None)
    };
    Leaving {
        routes: Some(topology.routes(subnet)),
        groups: filter.access_lists(),
    }
}

fn way(
    estate: &Estate<'_>,
    origin: &Origin<'_>,
    leaving: &Leaving,
    destination: &Destination<'_>,
) -> Edge {
    let senders = FlowSet::new(&origin.addresses, ServiceSet::all());
    let mut edge =
        Edge::new(EdgeKind::Route, origin.evidence.clone()).changing(Change::Restart(senders));
    edge.assumes_compromise = origin.assumes_compromise;
    edge.doubt.clone_from(&origin.doubt);
    filters_on_way(estate, leaving, destination)
        .into_iter()
        .fold(edge, Edge::then_through)
}

fn filters_on_way(
    estate: &Estate<'_>,
    leaving: &Leaving,
    destination: &Destination<'_>,
) -> Vec<AccessList> {
    let towards = (&destination.addresses, destination.endpoint);
    let mut filters = filters_between(estate, leaving, towards);
    filters.extend(last_filters(estate.topology, destination));
    filters
}

/// What packets meet in front of `destination` itself.
pub(super) fn last_filters(topology: &Topology, destination: &Destination<'_>) -> Vec<AccessList> {
    match &destination.filters {
        Filters::Interface(at) => private_filters(topology, *at),
        Filters::Endpoint(endpoint) => endpoint_filters(topology, endpoint),
        Filters::Frontend => Vec::new(),
    }
}

/// What packets meet on their way out of their subnet and along its routes to `addresses`.
fn filters_between(
    estate: &Estate<'_>,
    leaving: &Leaving,
    (addresses, endpoint): (&AddressSet, Option<ResourceIndex>),
) -> Vec<AccessList> {
    let mut filters: Vec<AccessList> = leaving
        .groups
        .iter()
        .map(|group| group.towards(addresses))
        .collect();
    let Some(routes) = &leaving.routes else {
        return filters;
    };
    let parts = routes.select(addresses);
    filters.push(route_filter(estate, &parts, endpoint, addresses));
    for part in &parts {
        if let NextHop::Appliance(appliance) = &part.next_hop
            && let Some(firewall) = firewall_at(estate, appliance)
        {
            filters.push(firewall.transit_to(addresses));
        }
    }
    filters
}

/// What packets from `origin` meet on their way to an address of an interface.
pub(in crate::graph) fn filters_to_interface(
    estate: &Estate<'_>,
    origin: &Origin<'_>,
    at: At<'_>,
) -> Vec<AccessList> {
    let leaving = leaving(estate.topology, origin);
    let addresses = estate.topology.addresses(at.1).may();
    let mut filters = filters_between(estate, &leaving, (&addresses, None));
    filters.extend(private_filters(estate.topology, at));
    filters
}

/// What packets from `origin` meet on their way to `destination`.
pub(super) fn filters_to(
    estate: &Estate<'_>,
    origin: &Origin<'_>,
    destination: &Destination<'_>,
) -> Vec<AccessList> {
    let leaving = leaving(estate.topology, origin);
    filters_on_way(estate, &leaving, destination)
}

/// What packets from `origin` meet on their way to a private endpoint; `None` where its network is
/// not connected to theirs.
pub(in crate::graph) fn filters_to_endpoint(
    estate: &Estate<'_>,
    origin: &Origin<'_>,
    endpoint: &PrivateEndpoint,
) -> Option<Vec<AccessList>> {
    let network = estate.topology.subnet(endpoint.subnet.as_ref())?.network?;
    if !near_networks(estate.topology, origin.subnet).contains(&network) {
        return None;
    }
    let leaving = leaving(estate.topology, origin);
    let addresses = endpoint.addresses.may();
    let mut filters = filters_between(estate, &leaving, (&addresses, Some(endpoint.index)));
    filters.extend(endpoint_filters(estate.topology, endpoint));
    Some(filters)
}

/// What packets from `origin` meet on their way to a service in the subnet with identifier `id`.
pub(in crate::graph) fn filters_to_subnet(
    estate: &Estate<'_>,
    origin: &Origin<'_>,
    (id, span): (&str, Span),
    door: &Door,
) -> Vec<AccessList> {
    let topology = estate.topology;
    let file = span.file;
    let reference = Reference::to(estate.inventory, file, &Text::from(id), span);
    let leaving = leaving(topology, origin);
    let local = topology.local_in(door.name.to_string(), Some(&reference));
    let mut filters = filters_between(estate, &leaving, (&local.addresses, None));
    let last = topology.subnet_filter(Some(&reference), &local, Direction::Inbound, None);
    filters.extend(last.access_lists());
    filters
}

/// Whether routes carry packets to `addresses`, which one of `parts` does.
fn route_filter(
    estate: &Estate<'_>,
    parts: &[RoutePart],
    endpoint: Option<ResourceIndex>,
    addresses: &AddressSet,
) -> AccessList {
    let entries = parts.iter().flat_map(|part| {
        let (mut access, mut open) = carries(estate, part, endpoint);
        let mut evidence = part.evidence.clone();
        let span = evidence.first().map(|one| one.span);
        if open.is_some()
            && matches!(part.next_hop, NextHop::Appliance(_))
            && let Some(refusal) = span.and_then(|span| estate.topology.refusal_unseen(span))
        {
            evidence.insert(0, refusal);
            (access, open) = (Access::Deny, None);
        }
        // A route that is perhaps there and perhaps carries it on may be there and not do so.
        let may_hold = (open.is_some() && !part.doubts.is_empty()).then(|| Entry {
            access: Access::Deny,
            matches: Bounds {
                must: FlowSet::empty(),
                may: FlowSet::all(),
            },
            doubts: part.doubts.clone(),
            evidence: part.evidence.clone(),
        });
        let mut doubts = part.doubts.clone();
        doubts.extend(open.map(Arc::new));
        // Of a destination whose address is not known a part may hold it or not.
        if !part.addresses.contains(addresses) {
            doubts.push(Arc::new(Doubt::outside(
                "private-address",
                format!("{:?}|route", part.addresses.describe()),
                "which private address the destination has is not in the inputs",
                "the destination's private address",
                part.evidence.first().map(|one| one.span),
            )));
        }
        let matches = if doubts.is_empty() {
            Bounds::exact(FlowSet::all())
        } else {
            Bounds {
                must: FlowSet::empty(),
                may: FlowSet::all(),
            }
        };
        let own = Entry {
            access,
            matches,
            doubts,
            evidence,
        };
        std::iter::once(own).chain(may_hold)
    });
    AccessList::new(entries.collect())
}

/// Whether a route's next hop leads to the destination, and why that is open.
fn carries(
    estate: &Estate<'_>,
    part: &RoutePart,
    endpoint: Option<ResourceIndex>,
) -> (Access, Option<Doubt>) {
    let span = part.evidence.first().map(|one| one.span);
    let open = |code: &'static str, why: &str, settle: &str| {
        let key = format!("{:?}|{code}|{span:?}", part.next_hop);
        (
            Access::Allow,
            Some(Doubt::outside(code, key, why, settle, span)),
        )
    };
    match &part.next_hop {
        NextHop::VirtualNetwork | NextHop::Peering(_) | NextHop::Hub(_) => (Access::Allow, None),
        NextHop::PrivateEndpoint(index) if Some(*index) == endpoint => (Access::Allow, None),
        // What the firewall passes is a filter of its own.
        NextHop::Appliance(appliance) if firewall_at(estate, appliance).is_some() => {
            (Access::Allow, None)
        }
        NextHop::Appliance(appliance) => {
            let found = span.map(|span| estate.topology.appliance(appliance, None, span));
            match found {
                Some(Appliance::Outside(doubt)) => (Access::Allow, Some((*doubt).clone())),
                _ => open(
                    "appliance-rules",
                    "what the appliance passes is not in the inputs",
                    "the appliance's rules",
                ),
            }
        }
        NextHop::Gateway => open(
            "gateway-route",
            "a route sends it to the virtual network gateway",
            "the routes behind the gateway",
        ),
        NextHop::Unknown => open("route-unknown", "the route is not known", "the route table"),
        NextHop::Internet
        | NextHop::ServiceEndpoint(_)
        | NextHop::PrivateEndpoint(_)
        | NextHop::None => (Access::Deny, None),
    }
}

/// The firewall of the estate that a route names as its next hop.
fn firewall_at<'a>(
    estate: &Estate<'a>,
    appliance: &ApplianceAddress,
) -> Option<&'a crate::network::AzureFirewall> {
    estate
        .topology
        .firewalls
        .iter()
        .find_map(|(index, firewall)| {
            let is_it = match appliance {
                ApplianceAddress::Address(address) => firewall
                    .private_address
                    .as_ref()
                    .is_some_and(|(own, _)| *own == AddressSet::single(*address)),
                ApplianceAddress::Of(id) => estate
                    .inventory
                    .get(*index)
                    .is_some_and(|one| one.id == ResourceId::new(Arc::clone(id))),
                ApplianceAddress::Unknown => false,
            };
            is_it.then_some(firewall)
        })
}

/// The filters in front of a private endpoint: the subnet's group where its policies apply.
fn endpoint_filters(topology: &Topology, endpoint: &PrivateEndpoint) -> Vec<AccessList> {
    let Some(subnet) = topology.subnet(endpoint.subnet.as_ref()) else {
        return Vec::new();
    };
    let policies = EndpointPolicies::of(subnet);
    let applies = &policies.security_groups;
    if matches!(applies, Fact::Known(false)) {
        return Vec::new();
    }
    let local = crate::network::Local {
        in_network: true,
        groups: endpoint.groups.clone(),
        other_groups: endpoint.other_groups.clone(),
        ..crate::network::Local::new(endpoint.name.clone(), endpoint.addresses.may())
    };
    let filter = topology.subnet_filter(endpoint.subnet.as_ref(), &local, Direction::Inbound, None);
    let mut lists = filter.access_lists();
    if let Fact::Open(doubt) = applies {
        for entry in lists.iter_mut().flat_map(AccessList::entries_mut) {
            entry.matches.must = FlowSet::empty();
            entry.doubts.push(Arc::clone(doubt));
        }
        for list in &mut lists {
            list.entries_mut()
                .push(Entry::exact(Access::Allow, FlowSet::all(), Vec::new()));
        }
    }
    lists
}
