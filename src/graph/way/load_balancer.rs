//! From frontends of load balancers to the interfaces behind them.

use super::front::{add_once, front};
use super::interface::{forwarded_filters, node_of, then_through};
use super::service::presence_filter;
use crate::evidence::Evidence;
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Change, Edge, EdgeKind, Foothold, Node, NodeId, PortChange};
use crate::network::{Floating, Forwarding, Frontend, LoadBalancer};
use crate::resource::Setting;

/// Adds the ways through every load balancer with a public frontend.
pub(in crate::graph) fn add_load_balancers(model: &mut Model, estate: &Estate<'_>) {
    for balancer in estate.topology.load_balancers.values() {
        for frontend in &balancer.frontends {
            if let Some(at) = add_frontend(model, estate, balancer, frontend) {
                add_forwardings(model, estate, balancer, (frontend, at));
            }
        }
    }
}

/// Adds the ways from every private frontend of a load balancer. Who gets to it, the ways within
/// networks say.
pub(in crate::graph) fn add_private_frontends(model: &mut Model, estate: &Estate<'_>) {
    for balancer in estate.topology.load_balancers.values() {
        for frontend in balancer.frontends.iter().filter(|one| one.is_private()) {
            let at = place_of(model, balancer, frontend);
            add_forwardings(model, estate, balancer, (frontend, at));
        }
    }
}

/// The place of a frontend.
pub(in crate::graph) fn place_of(
    model: &mut Model,
    balancer: &LoadBalancer,
    frontend: &Frontend,
) -> NodeId {
    model.add_node(Node::Part(balancer.index, frontend.name.clone()))
}

fn add_forwardings(
    model: &mut Model,
    estate: &Estate<'_>,
    balancer: &LoadBalancer,
    (frontend, at): (&Frontend, NodeId),
) {
    for forwarding in &balancer.forwardings {
        let named = forwarding.frontend.as_ref();
        if named.is_some_and(|one| one.is(balancer.index, &frontend.name)) {
            add_forwarding(model, estate, balancer, (frontend, at), forwarding);
        }
    }
}

/// The place of a frontend with the way from its public address; `None` for a private one.
fn add_frontend(
    model: &mut Model,
    estate: &Estate<'_>,
    balancer: &LoadBalancer,
    frontend: &Frontend,
) -> Option<NodeId> {
    let resource = estate.inventory.get(balancer.index)?;
    let named = frontend
        .public_address
        .as_ref()
        .or(frontend.public_prefix.as_ref())?;
    let from = if frontend.public_address.is_some() {
        front(model, estate, named).node
    } else {
        model.add_node(Node::Source(Foothold::Internet))
    };
    let at = place_of(model, balancer, frontend);
    let (name, address) = (resource.short_name(), named.id.short_name());
    let says = format!("frontend `{}` of `{name}` has `{address}`", frontend.name);
    let evidence = vec![Evidence::stated(named.span, says)];
    match presence_filter(resource) {
        Some(filter) => {
            let edge = Edge::new(EdgeKind::Attach, evidence).through(filter);
            model.add_edge(from, at, edge);
        }
        None => add_once(model, from, at, || evidence),
    }
    Some(at)
}

/// The ways by one rule to all that it forwards to. The sender stays the client, and the filters
/// behind see the port behind ("Network security groups").
fn add_forwarding(
    model: &mut Model,
    estate: &Estate<'_>,
    balancer: &LoadBalancer,
    (frontend, from): (&Frontend, NodeId),
    forwarding: &Forwarding,
) {
    let topology = estate.topology;
    let members = topology.forwarded_to(balancer, forwarding);
    let change = Change::Ports(vec![PortChange {
        protocol: forwarding.protocol,
        from: forwarding.from.clone(),
        to: forwarding.to.clone(),
    }]);
    let public =
        (!frontend.is_private()).then(|| (balancer.sku.clone(), balancer.sku_evidence.span));
    let floating = Floating::of(topology, forwarding, frontend);
    for member in members.interfaces {
        let at = node_of(model, member.interface);
        let mut evidence = forwarding.evidence.clone();
        evidence.extend(member.evidence);
        // Where an answer tells it, what the answer says counts.
        if let Setting::Stated(word, span) = &forwarding.floating
            && span.file != forwarding.span.file
        {
            let says = format!("enableFloatingIP of `{}` is {word}", forwarding.name);
            evidence.push(Evidence::stated(*span, says));
        }
        let place = (member.interface, member.configuration);
        let filters = forwarded_filters(topology, place, (public.clone(), floating.clone()));
        let edge = Edge::new(EdgeKind::Translate, evidence).changing(change.clone());
        let mut edge = then_through(edge, filters);
        edge.doubt = forwarding.doubt.clone().or(member.doubt);
        model.add_edge(from, at, edge);
    }
}
