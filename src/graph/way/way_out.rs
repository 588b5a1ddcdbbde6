//! Out of networks: from a place in a subnet to what answers at public addresses.
//!
//! What leaves a subnet for the internet has an address of the device that it leaves by, and gets to
//! everything that lets such callers in ("Default outbound access", "Source network address
//! translation"). By a service endpoint it goes to the service's public side with the subnet's own
//! identity ("Virtual network service endpoints").

use super::identity::gate::{admitted_as, endpoint_of};
use super::service::{listening, presence_filter};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Bounds, Entry, FlowSet, Place, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Change, Edge, EdgeKind, Foothold, Node, NodeId};
use crate::network::identity::{service_endpoints, subnet_place};
use crate::network::{
    Egress, EgressSource, EgressWay, NextHop, PublicAddress, Reference, Subnet, Topology,
};
use crate::resource::{Placement, ResourceIndex};
use std::sync::Arc;

/// As many addresses as only the internet at large has: a /4.
const AT_LARGE: u64 = 1 << 28;
/// The doubt that an endpoint of the caller's subnet settles.
const ANY_ENDPOINT: &str = "any-service-endpoint";

/// A place that packets set out from.
struct Start<'a> {
    node: NodeId,
    subnet: Option<&'a Subnet>,
    egress: Egress,
}

/// Adds the ways that whoever stands at the machine or subnet at `index` has to what answers at
/// public addresses. O(doors · size of their lists).
pub(in crate::graph) fn add_ways_out(model: &mut Model, estate: &Estate<'_>, index: ResourceIndex) {
    for start in starts(model, estate.topology, index) {
        for way in &start.egress.ways {
            match way.next_hop {
                NextHop::ServiceEndpoint(_) => {}
                _ => add_to_internet(model, estate, &start, way),
            }
        }
        add_by_service_endpoints(model, estate, &start);
    }
}

fn starts<'a>(model: &mut Model, topology: &'a Topology, index: ResourceIndex) -> Vec<Start<'a>> {
    if let Some(subnet) = topology.subnets.get(&index) {
        let node = model.add_node(Node::Resource(index));
        let egress = topology.egress_of_subnet(index);
        let subnet = Some(subnet);
        return egress
            .map(|egress| Start {
                node,
                subnet,
                egress,
            })
            .into_iter()
            .collect();
    }
    let attached = topology.machines.iter();
    let owners = attached
        .filter(|(_, machine)| **machine == index)
        .map(|(interface, _)| interface)
        .chain([&index]);
    let interfaces = owners.filter_map(|owner| topology.interfaces.get(owner));
    let interfaces: Vec<_> = interfaces.flatten().collect();
    if interfaces.is_empty() {
        return Vec::new();
    }
    let node = model.add_node(Node::Code(index));
    interfaces
        .into_iter()
        .flat_map(|interface| {
            let configurations = interface.configurations.iter();
            configurations.map(move |configuration| Start {
                node,
                subnet: topology.subnet(configuration.subnet.as_ref()),
                egress: topology.egress_of_interface(interface, configuration),
            })
        })
        .collect()
}

/// The way to the internet by `way`.
fn add_to_internet(model: &mut Model, estate: &Estate<'_>, start: &Start<'_>, way: &EgressWay) {
    if way.allowed.may.is_empty() {
        return;
    }
    let internet = model.add_node(Node::Source(Foothold::Internet));
    let (numbered, unnumbered) = senders(estate.topology, &way.source);
    let services = services(way);
    let doubts = doubts_of(way, &start.egress);
    let mut add = |senders: &AddressSet, more: Option<Arc<Doubt>>| {
        if senders.is_empty() {
            return;
        }
        let flows = |services: &ServiceSet| FlowSet::new(senders, services.clone());
        let sure = Entry::exact(Access::Allow, flows(&services.0), way.evidence.clone());
        let perhaps = Entry {
            access: Access::Allow,
            matches: Bounds {
                must: FlowSet::empty(),
                may: flows(&services.1),
            },
            doubts: doubts.clone(),
            evidence: way.evidence.clone(),
        };
        let list = AccessList::new(vec![sure, perhaps]);
        let mut edge = Edge::new(EdgeKind::Route, Vec::new())
            .changing(Change::Restart(flows(&services.1)))
            .then_through(list);
        edge.doubt = more;
        model.add_edge(start.node, internet, edge);
    };
    add(&numbered, None);
    if unnumbered {
        add(&AddressSet::place(Place::AzureTenant), None);
        let listed = AddressSet::internet().subtract(&AddressSet::azure_public());
        add(&listed, Some(Arc::new(unlisted(way))));
    }
}

/// The doubt which address a caller has, that a door may list.
fn unlisted(way: &EgressWay) -> Doubt {
    let span = way.evidence.first().map(|one| one.span);
    Doubt::outside(
        "egress-address-not-known",
        format!("{span:?}|has a listed address"),
        "the public address from which the caller calls out is not known",
        "the public address from which the caller calls out",
        span,
    )
    .with_command(
        "az graph query -q \"resources | where type =~ 'microsoft.network/publicipaddresses'\" -o json",
    )
}

/// What surely gets out to whatever is asked, and what does to some of it.
fn services(way: &EgressWay) -> (ServiceSet, ServiceSet) {
    let may = way.allowed.may.services();
    if way.destinations.v4_count() < AT_LARGE {
        return (ServiceSet::empty(), may);
    }
    let groups = way.allowed.must.by_services();
    let everywhere = groups
        .iter()
        .filter(|(_, addresses)| addresses.contains(&way.destinations));
    let sure = everywhere.fold(ServiceSet::empty(), |all, (services, _)| {
        all.union(services)
    });
    (sure, may)
}

/// Why what may get out by `way` may not.
fn doubts_of(way: &EgressWay, egress: &Egress) -> Vec<Arc<Doubt>> {
    let all = if way.doubts.is_empty() {
        &egress.doubts
    } else {
        &way.doubts
    };
    if !all.is_empty() {
        return all.clone();
    }
    let span = way.evidence.first().map(|one| one.span);
    vec![Arc::new(Doubt::outside(
        "outbound-filter",
        format!("{span:?}|lets the call out"),
        "some calls are let out, and the target's address is not known",
        "the addresses at which the target answers",
        span,
    ))]
}

/// The public addresses that packets have by `source`, and whether they may be others.
fn senders(topology: &Topology, source: &EgressSource) -> (AddressSet, bool) {
    let references: Vec<&Reference> = match source {
        EgressSource::PublicAddress(reference) => vec![reference],
        EgressSource::NatGateway(index) => {
            let gateway = topology.nat_gateways.get(index);
            gateway.map_or_else(Vec::new, |one| one.public_addresses.iter().collect())
        }
        EgressSource::Firewall(index) => {
            let firewall = topology.firewalls.get(index);
            firewall.map_or_else(Vec::new, |one| one.public_addresses.iter().collect())
        }
        EgressSource::LoadBalancer(index) => {
            let balancer = topology.load_balancers.get(index);
            let frontends = balancer.map_or(&[][..], |one| &one.frontends);
            frontends
                .iter()
                .filter_map(|one| one.public_address.as_ref())
                .collect()
        }
        _ => Vec::new(),
    };
    let mut numbered = AddressSet::empty();
    let mut unnumbered = references.is_empty();
    for reference in references {
        let known = reference
            .resource()
            .and_then(|index| topology.public_addresses.get(&index));
        match known.filter(|one: &&PublicAddress| one.address.is_some()) {
            Some(address) => numbered = numbered.union(&address.addresses()),
            None => unnumbered = true,
        }
    }
    (numbered, unnumbered)
}

/// The ways to doors that let the subnet in by a service endpoint that it has.
fn add_by_service_endpoints(model: &mut Model, estate: &Estate<'_>, start: &Start<'_>) {
    let Some(subnet) = start.subnet else { return };
    let Some(resource) = estate.inventory.get(subnet.index) else {
        return;
    };
    let by_endpoint = |way: &&EgressWay| matches!(way.next_hop, NextHop::ServiceEndpoint(_));
    let gets_out = start.egress.ways.iter().filter(by_endpoint);
    let told = gets_out.fold(ServiceSet::empty(), |all, way| {
        all.union(&way.allowed.may.services())
    });
    // Of endpoints that are not told no route is known.
    let services = if subnet.service_endpoints.is_empty() {
        start.egress.filtered.services()
    } else {
        told
    };
    let id = resource.id.as_str();
    let place = subnet_place(estate.inventory, estate.places, id, resource.file);
    let mut found: Vec<(usize, Edge)> = Vec::new();
    for (at, entry) in model.doors.iter().enumerate() {
        let Some(target) = estate.inventory.get(entry.resource) else {
            continue;
        };
        if !matches!(entry.door.placement, Placement::Public) {
            continue;
        }
        let (endpoint, doubt) = endpoint_of(resource, service_endpoints(target));
        let is_there = endpoint.is_some();
        if !is_there && doubt.is_none() {
            continue;
        }
        let extra: Vec<Evidence> = endpoint.into_iter().collect();
        let own = AddressSet::place(place);
        let Some(mut admitted) = admitted_as(&entry.door.admission, place, &own, &extra, doubt)
        else {
            continue;
        };
        if is_there {
            admitted.doubts.retain(|doubt| doubt.code != ANY_ENDPOINT);
            if admitted.doubts.is_empty() {
                admitted.matches.must = admitted.matches.may.clone();
            }
        }
        let senders = FlowSet::new(&own, services.clone());
        let mut edge = Edge::new(EdgeKind::Route, Vec::new())
            .changing(Change::Restart(senders))
            .then_through(AccessList::new(vec![admitted]))
            .then_through(listening(&entry.door));
        if let Some(filter) = presence_filter(target) {
            edge = edge.then_through(filter);
        }
        found.push((at, edge));
    }
    for (at, edge) in found {
        let door = model.add_node(Node::Door(at));
        model.add_edge(start.node, door, edge);
    }
}
