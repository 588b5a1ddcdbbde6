//! Through private link services, to the load balancers behind them.
//!
//! What comes in is sent on from addresses of the service's own subnets, so that filters behind see
//! the virtual network ("What is Azure Private Link service?"). Only an approved connection carries
//! anything. Where everybody's connection is approved by itself, anybody with a subscription of
//! Azure makes one.

use super::load_balancer::place_of;
use super::private_endpoint::connected;
use super::service::presence_filter;
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Change, Edge, EdgeKind, Foothold, Node, NodeId};
use crate::network::{Fact, PrivateLinkService};
use std::sync::Arc;

/// Adds the ways through every private link service. The frontends behind are to be there already.
pub(in crate::graph) fn add_private_link_services(model: &mut Model, estate: &Estate<'_>) {
    for service in estate.topology.private_link_services.values() {
        let at = model.add_node(Node::Resource(service.index));
        for endpoint in &estate.topology.private_endpoints {
            for connection in endpoint.connections_to(service.index) {
                let from = model.add_node(Node::Resource(endpoint.index));
                model.add_edge(from, at, connected(connection));
            }
        }
        add_anybody(model, service, at);
        add_frontends(model, estate, service, at);
    }
}

/// The way of whoever makes an endpoint in a subscription of their own, where that takes nobody's
/// approval.
fn add_anybody(model: &mut Model, service: &PrivateLinkService, at: NodeId) {
    let (seen, approved) = (
        service.visibility.is_everyone(),
        service.auto_approval.is_everyone(),
    );
    let mut doubt = None;
    for fact in [&seen, &approved] {
        match fact {
            Fact::Known(true) => {}
            Fact::Known(false) => return,
            Fact::Open(open) => doubt = Some(Arc::clone(open)),
        }
    }
    let evidence = vec![
        service.auto_approval.evidence("autoApproval"),
        service.visibility.evidence("visibility"),
    ];
    let senders = FlowSet::new(&AddressSet::azure_public(), ServiceSet::all());
    let tenants = AccessList::new(vec![Entry::exact(Access::Allow, senders, Vec::new())]);
    let mut edge = Edge::new(EdgeKind::PrivateLink, evidence).through(tenants);
    edge.doubt = doubt;
    let internet = model.add_node(Node::Source(Foothold::Internet));
    model.add_edge(internet, at, edge);
}

fn add_frontends(model: &mut Model, estate: &Estate<'_>, service: &PrivateLinkService, at: NodeId) {
    let Some(resource) = estate.inventory.get(service.index) else {
        return;
    };
    let name = resource.short_name();
    for named in &service.frontends {
        let balancer = named
            .owner
            .and_then(|owner| estate.topology.load_balancers.get(&owner));
        let found = balancer.and_then(|one| Some((one, one.frontend(named.name())?)));
        let to = match found {
            Some((balancer, frontend)) => place_of(model, balancer, frontend),
            None => model.add_node(Node::External(named.id.text().clone())),
        };
        let says = format!("private link service `{name}` leads to `{}`", named.name());
        let mut edge = Edge::new(
            EdgeKind::PrivateLink,
            vec![Evidence::stated(named.span, says)],
        );
        if let Some(filter) = presence_filter(resource) {
            edge = edge.through(filter);
        }
        edge.doubt.clone_from(&named.doubt);
        let edge = edge.changing(Change::Sender(senders(estate, service)));
        model.add_edge(at, to, edge);
    }
}

/// The addresses that it sends from: those of its own subnets.
fn senders(estate: &Estate<'_>, service: &PrivateLinkService) -> AddressSet {
    let subnets = service.subnets.iter();
    let known = subnets.map(|one| estate.topology.subnet(Some(one)));
    known
        .map(|subnet| subnet.map_or_else(AddressSet::private, |one| one.prefixes.may()))
        .reduce(|all, one| all.union(&one))
        .unwrap_or_else(AddressSet::private)
}
