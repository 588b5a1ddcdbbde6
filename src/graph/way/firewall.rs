//! Through the address translation of firewalls.

use super::front::front;
use super::interface::{node_of, private_filters, then_through};
use super::load_balancer::place_of;
use super::private::{Origin, add_ways_from, add_ways_to};
use crate::evidence::{Doubt, Evidence};
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
        // What a policy outside the inputs translates may lead to anything.
        if let (Some(doubt), false) = (&firewall.open, firewall.public_addresses.is_empty()) {
            let rule = Node::Part(firewall.index, "rules outside the inputs".into());
            let rule = model.add_node(rule);
            let mut edge = Edge::new(EdgeKind::Translate, Vec::new());
            edge.doubt = Some(Arc::clone(doubt));
            model.add_edge(at, rule, edge);
            add_ways_anywhere(model, estate, firewall, rule);
        }
    }
}

/// Adds the ways from `rule` to everything that the firewall's network leads to.
fn add_ways_anywhere(
    model: &mut Model,
    estate: &Estate<'_>,
    firewall: &AzureFirewall,
    rule: NodeId,
) {
    let subnet = firewall.subnet.as_ref().and_then(Reference::resource);
    let origin = Origin {
        node: rule,
        subnet,
        addresses: sender(estate, firewall),
        interface: None,
        evidence: Vec::new(),
        assumes_compromise: false,
    };
    if subnet.is_some() {
        add_ways_from(model, estate, &origin);
    } else {
        // It stands in a hub, or in a network that is not told: what it leads to may be any.
        let networks = estate.topology.virtual_networks().keys().copied();
        add_ways_to(model, estate, &origin, &networks.collect());
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
    let Some(address) = &translation.address else {
        add_unknown_target(model, estate, firewall, rule, translation);
        return;
    };
    let mut found: Vec<_> = estate
        .topology
        .interfaces_at(address, None)
        .into_iter()
        .map(|(interface, configuration)| (interface, configuration, None))
        .collect();
    let is_ours = add_frontends(model, estate, rule, (translation, address), &sender);
    if found.is_empty() && !is_ours {
        add_outside(model, rule, translation);
        // One whose address is not told may have it.
        let perhaps = estate.topology.interfaces_perhaps_at(address).into_iter();
        found.extend(perhaps.map(|(interface, at, doubt)| (interface, at, Some(doubt))));
    }
    for (interface, configuration, doubt) in found {
        let to = node_of(model, interface);
        let says = format!(
            "NAT rule `{}` leads to `{}`",
            translation.name, interface.name
        );
        let span = configuration
            .address
            .as_ref()
            .map_or(configuration.span, |(_, span)| *span);
        let mut edge = Edge::new(EdgeKind::Route, vec![Evidence::stated(span, says)])
            .changing(Change::Sender(sender.clone()));
        edge.doubt = doubt;
        let filters = private_filters(estate.topology, (interface, configuration));
        model.add_edge(rule, to, then_through(edge, filters));
    }
}

/// Adds the ways of a translation to an address that is not known: to where its name leads, or else
/// perhaps to everything that the firewall's network leads to.
fn add_unknown_target(
    model: &mut Model,
    estate: &Estate<'_>,
    firewall: &AzureFirewall,
    rule: NodeId,
    translation: &DestinationNat,
) {
    add_outside(model, rule, translation);
    let name = &translation.name;
    let somewhere = Node::Part(firewall.index, format!("{name}, wherever it leads").into());
    let somewhere = model.add_node(somewhere);
    let span = translation.evidence.first().map(|one| one.span);
    let doubt = Doubt::outside(
        "private-address",
        format!("NAT rule|{}|{name}|{span:?}", firewall.index.index()),
        format!("where NAT rule `{name}` leads is not in the inputs"),
        format!("the translated address of NAT rule `{name}`"),
        span,
    );
    let edge = Edge::new(EdgeKind::Route, translation.evidence.clone());
    model.add_edge(rule, somewhere, edge.doubted(Some(doubt)));
    add_ways_anywhere(model, estate, firewall, somewhere);
}

/// Adds the ways to the private frontends of load balancers that a translation leads to; whether
/// there are any.
fn add_frontends(
    model: &mut Model,
    estate: &Estate<'_>,
    rule: NodeId,
    (translation, address): (&DestinationNat, &AddressSet),
    sender: &AddressSet,
) -> bool {
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
