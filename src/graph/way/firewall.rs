//! Through the address translation of firewalls.

use super::front::front;
use super::interface::{node_of, private_filters, then_through};
use super::load_balancer::place_of;
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Change, Edge, EdgeKind, Node, NodeId, PortChange};
use crate::network::{AzureFirewall, DestinationNat, PublicAddress, Reference};
use std::sync::Arc;

/// Adds the ways by which firewalls let the internet in.
pub(in crate::graph) fn add_firewalls(model: &mut Model, estate: &Estate<'_>) {
    for firewall in estate.topology.firewalls.values() {
        let at = model.add_node(Node::Resource(firewall.index));
        for reference in &firewall.public_addresses {
            let from = front(model, estate, reference).node;
            let says = format!(
                "the firewall has public address `{}`",
                reference.id.display_name()
            );
            let evidence = vec![Evidence::stated(reference.span, says)];
            model.add_edge(from, at, Edge::new(EdgeKind::Attach, evidence));
        }
        let public: Vec<&PublicAddress> = firewall
            .public_addresses
            .iter()
            .filter_map(Reference::resource)
            .filter_map(|index| estate.topology.public_addresses.get(&index))
            .collect();
        for translation in firewall.translations(&public) {
            add_translation(model, estate, firewall, at, &translation);
        }
    }
}

/// One translation: the ports first, then the sender, which the firewall replaces by itself
/// ("Azure Firewall DNAT", from experience; backends see an address of the network).
fn add_translation(
    model: &mut Model,
    estate: &Estate<'_>,
    firewall: &AzureFirewall,
    at: NodeId,
    translation: &DestinationNat,
) {
    let rule = model.add_node(Node::Part(firewall.index, translation.name.clone()));
    let services = FlowSet::new(&AddressSet::all(), translation.services.clone());
    let taken = AccessList::new(vec![Entry::exact(Access::Allow, services, Vec::new())]);
    let changes = translation
        .services
        .parts()
        .map(|(protocol, from)| PortChange {
            protocol: Some(protocol),
            from,
            to: translation.port.clone(),
        })
        .collect();
    let edge = Edge::new(EdgeKind::Translate, Vec::new())
        .through(translation.admission.clone())
        .through(taken)
        .changing(Change::Ports(changes))
        .then_through(translation.afterwards.clone());
    model.add_edge(at, rule, edge);
    let sender = sender(estate, firewall);
    let found = translation
        .address
        .as_ref()
        .map(|address| estate.topology.interfaces_at(address, None))
        .unwrap_or_default();
    let is_ours = add_frontends(model, estate, rule, translation, &sender);
    if found.is_empty() && !is_ours {
        add_outside(model, rule, translation);
    }
    for (interface, configuration) in found {
        let to = node_of(model, interface);
        let says = format!(
            "NAT rule `{}` leads to `{}`",
            translation.name, interface.name
        );
        let span = configuration
            .address
            .as_ref()
            .map_or(configuration.span, |(_, span)| *span);
        let edge = Edge::new(EdgeKind::Route, vec![Evidence::stated(span, says)])
            .changing(Change::Sender(sender.clone()));
        let filters = private_filters(estate.topology, (interface, configuration));
        model.add_edge(rule, to, then_through(edge, filters));
    }
}

/// Adds the ways to the private frontends of load balancers that a translation leads to; whether
/// there are any.
fn add_frontends(
    model: &mut Model,
    estate: &Estate<'_>,
    rule: NodeId,
    translation: &DestinationNat,
    sender: &AddressSet,
) -> bool {
    let Some(address) = &translation.address else {
        return false;
    };
    let frontends = estate.topology.frontends_at(address);
    for (balancer, frontend) in &frontends {
        let to = place_of(model, balancer, frontend);
        let says = format!(
            "NAT rule `{}` leads to `{}`",
            translation.name, frontend.name
        );
        let evidence = vec![Evidence::stated(frontend.span, says)];
        let edge = Edge::new(EdgeKind::Route, evidence);
        model.add_edge(rule, to, edge.changing(Change::Sender(sender.clone())));
    }
    !frontends.is_empty()
}

/// The address that goes on: the firewall's own, or any of its subnet.
fn sender(estate: &Estate<'_>, firewall: &AzureFirewall) -> AddressSet {
    if let Some((address, _)) = &firewall.private_address {
        return address.clone();
    }
    let subnet = estate.topology.subnet(firewall.subnet.as_ref());
    subnet.map_or_else(AddressSet::private, |subnet| subnet.prefixes.may())
}

/// What a translation leads to that is not in the inputs.
fn add_outside(model: &mut Model, rule: NodeId, translation: &DestinationNat) {
    let name = match (&translation.address, &translation.target_name) {
        (Some(address), _) => address.describe().join(", "),
        (None, Some(name)) => name.to_string(),
        (None, None) => return,
    };
    let outside = model.add_node(Node::External(Arc::from(name)));
    model.add_edge(
        rule,
        outside,
        Edge::new(EdgeKind::Route, translation.evidence.clone()),
    );
}
