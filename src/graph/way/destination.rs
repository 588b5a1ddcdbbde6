//! What has an address within virtual networks.

use super::interface::{At, node_of};
use super::{application_gateway, load_balancer};
use crate::evidence::Doubt;
use crate::flow::AddressSet;
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Node, NodeId};
use crate::network::{AddressBounds, Frontend, PrivateEndpoint, Reference, Topology};
use crate::resource::ResourceIndex;
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeSet;
use std::sync::Arc;

/// An address in a virtual network.
pub(super) struct Destination<'a> {
    /// The place in the model.
    pub(super) node: NodeId,
    /// The addresses of which it has one.
    pub(super) addresses: AddressSet,
    /// The private endpoint that it is, where it is one.
    pub(super) endpoint: Option<ResourceIndex>,
    /// What packets meet last.
    pub(super) filters: Filters<'a>,
}

/// What packets to a destination meet last.
pub(super) enum Filters<'a> {
    /// The security groups of an interface's address.
    Interface(At<'a>),
    /// Those of a private endpoint.
    Endpoint(&'a PrivateEndpoint),
    /// What stands behind a frontend is asked there.
    Frontend,
}

/// Everything with an address in one of the networks `near`.
pub(super) fn destinations<'a>(
    model: &mut Model,
    estate: &Estate<'a>,
    near: &BTreeSet<ResourceIndex>,
) -> Vec<Destination<'a>> {
    let topology = estate.topology;
    let is_near = |subnet: Option<&Reference>| {
        let network = topology.subnet(subnet).and_then(|subnet| subnet.network);
        network.is_some_and(|network| near.contains(&network))
    };
    let mut found = Vec::new();
    for interface in topology.interfaces.values().flatten() {
        let node = node_of(model, interface);
        for configuration in &interface.configurations {
            if is_near(configuration.subnet.as_ref()) {
                found.push(Destination {
                    node,
                    addresses: topology.addresses(configuration).may(),
                    endpoint: None,
                    filters: Filters::Interface((interface, configuration)),
                });
            }
        }
    }
    for endpoint in &topology.private_endpoints {
        if is_near(endpoint.subnet.as_ref()) {
            found.push(Destination {
                node: model.add_node(Node::Resource(endpoint.index)),
                addresses: endpoint.addresses.may(),
                endpoint: Some(endpoint.index),
                filters: Filters::Endpoint(endpoint),
            });
        }
    }
    for (node, frontend) in private_frontends(model, topology) {
        if is_near(frontend.subnet.as_ref()) {
            found.push(of_frontend(topology, node, frontend));
        }
    }
    found
}

fn of_frontend<'a>(topology: &Topology, node: NodeId, frontend: &Frontend) -> Destination<'a> {
    Destination {
        node,
        addresses: topology.frontend_addresses(frontend),
        endpoint: None,
        filters: Filters::Frontend,
    }
}

/// The private frontends of load balancers and application gateways, with their places.
fn private_frontends<'a>(model: &mut Model, topology: &'a Topology) -> Vec<(NodeId, &'a Frontend)> {
    let mut found = Vec::new();
    for balancer in topology.load_balancers.values() {
        for frontend in balancer.frontends.iter().filter(|one| one.is_private()) {
            let node = load_balancer::place_of(model, balancer, frontend);
            found.push((node, frontend));
        }
    }
    for gateway in topology.application_gateways.values() {
        for frontend in gateway.frontends.iter().filter(|one| one.is_private()) {
            let node = application_gateway::private_place(model, gateway, frontend);
            found.push((node, frontend));
        }
    }
    found
}

/// Who has an address that something is sent on to.
pub(super) struct Holder<'a> {
    /// Where it is.
    pub(super) destination: Destination<'a>,
    /// The addresses of which it has one, in doubt where that is not told.
    addresses: AddressBounds,
    /// Its name.
    pub(super) name: Text,
    /// The line that shows its address, or itself.
    pub(super) span: Span,
    /// Why it may not have the address, where it may not.
    pub(super) doubt: Option<Arc<Doubt>>,
}

/// Who surely has the private address `address`, or, where nobody has, who may have it: interfaces,
/// private endpoints, private frontends. O(endpoints + frontends), and of interfaces as well where
/// nobody surely has it.
pub(super) fn holders<'a>(
    model: &mut Model,
    estate: &Estate<'a>,
    address: &AddressSet,
) -> Vec<Holder<'a>> {
    let topology = estate.topology;
    let others = others(model, topology);
    let mut found: Vec<Holder<'a>> = Vec::new();
    for at in topology.interfaces_at(address, None) {
        found.push(interface_holder(model, topology, at, None));
    }
    let (sure, mut rest): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|holder| holder.addresses.sure.contains(address));
    found.extend(sure);
    if !found.is_empty() {
        return found;
    }
    for (interface, configuration, doubt) in topology.interfaces_perhaps_at(address) {
        let at = (interface, configuration);
        found.push(interface_holder(model, topology, at, Some(doubt)));
    }
    for holder in &mut rest {
        let doubtful = &holder.addresses.doubtful;
        let perhaps = doubtful.iter().find(|(may, _)| may.meets(address));
        holder.doubt = perhaps.map(|(_, doubt)| Arc::clone(doubt));
    }
    found.extend(rest.into_iter().filter(|holder| holder.doubt.is_some()));
    found
}

fn interface_holder<'a>(
    model: &mut Model,
    topology: &Topology,
    at: At<'a>,
    doubt: Option<Arc<Doubt>>,
) -> Holder<'a> {
    let (interface, configuration) = at;
    let stated = configuration.address.as_ref();
    let addresses = topology.addresses(configuration);
    Holder {
        destination: Destination {
            node: node_of(model, interface),
            addresses: addresses.may(),
            endpoint: None,
            filters: Filters::Interface(at),
        },
        addresses,
        name: interface.name.clone(),
        span: stated.map_or(configuration.span, |(_, span)| *span),
        doubt,
    }
}

/// Everything but interfaces that has a private address.
fn others<'a>(model: &mut Model, topology: &'a Topology) -> Vec<Holder<'a>> {
    let mut found: Vec<Holder<'a>> = Vec::new();
    for endpoint in &topology.private_endpoints {
        found.push(Holder {
            destination: Destination {
                node: model.add_node(Node::Resource(endpoint.index)),
                addresses: endpoint.addresses.may(),
                endpoint: Some(endpoint.index),
                filters: Filters::Endpoint(endpoint),
            },
            addresses: endpoint.addresses.clone(),
            name: endpoint.name.clone(),
            span: endpoint.span,
            doubt: None,
        });
    }
    for (node, frontend) in private_frontends(model, topology) {
        let stated = frontend.private_address.as_ref();
        found.push(Holder {
            destination: of_frontend(topology, node, frontend),
            addresses: topology.private_frontend_addresses(frontend),
            name: frontend.name.clone(),
            span: stated.map_or(frontend.span, |(_, span)| *span),
            doubt: None,
        });
    }
    found
}

/// The subnet's own network, its peers, and those on the same hubs.
pub(super) fn near_networks(
    topology: &Topology,
    subnet: Option<ResourceIndex>,
) -> BTreeSet<ResourceIndex> {
    subnet
        .and_then(|index| topology.subnets.get(&index))
        .and_then(|subnet| subnet.network)
        .map_or_else(BTreeSet::new, |own| near_networks_of(topology, own))
}

/// The network `own`, its peers, and those on the same hubs.
pub(super) fn near_networks_of(topology: &Topology, own: ResourceIndex) -> BTreeSet<ResourceIndex> {
    let mut near = BTreeSet::from([own]);
    near.extend(
        topology
            .peerings(own)
            .iter()
            .filter_map(crate::network::Peering::remote_network),
    );
    for hub in topology.hubs() {
        let connected = || {
            hub.connections
                .iter()
                .filter_map(|one| one.network.resource())
        };
        if connected().any(|network| network == own) {
            near.extend(connected());
        }
    }
    near
}

/// The networks in the inputs that a subnet outside them is in or beside: the one that has its name,
/// and those that are peered with it.
pub(super) fn networks_beside(estate: &Estate<'_>, subnet: &Reference) -> BTreeSet<ResourceIndex> {
    let Some(holder) = subnet.id.parent() else {
        return BTreeSet::new();
    };
    let own = estate.inventory.find(&holder, subnet.span.file);
    let mut beside = own.map_or_else(BTreeSet::new, |own| near_networks_of(estate.topology, own));
    for network in estate.topology.virtual_networks().keys() {
        let peerings = estate.topology.peerings(*network);
        if peerings
            .iter()
            .any(|one| one.remote.id.key() == holder.key())
        {
            beside.insert(*network);
        }
    }
    beside
}
