//! What has an address within virtual networks.

use super::interface::{At, node_of};
use super::load_balancer::place_of;
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Node, NodeId};
use crate::network::{AddressBounds, PrivateEndpoint, Reference, Topology};
use crate::resource::ResourceIndex;
use std::collections::BTreeSet;

/// An address in a virtual network.
pub(super) struct Destination<'a> {
    /// The place in the model.
    pub(super) node: NodeId,
    /// The addresses that it can have.
    pub(super) addresses: AddressBounds,
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
                    addresses: topology.addresses(configuration),
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
                addresses: endpoint.addresses.clone(),
                endpoint: Some(endpoint.index),
                filters: Filters::Endpoint(endpoint),
            });
        }
    }
    for balancer in topology.load_balancers.values() {
        for frontend in balancer.frontends.iter().filter(|one| one.is_private()) {
            if is_near(frontend.subnet.as_ref()) {
                found.push(Destination {
                    node: place_of(model, balancer, frontend),
                    addresses: topology.frontend_addresses(frontend),
                    endpoint: None,
                    filters: Filters::Frontend,
                });
            }
        }
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
