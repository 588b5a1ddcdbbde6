//! Through the address translation of firewalls.

use super::destination::holders;
use super::front::front;
use super::interface::then_through;
use super::private::{Origin, add_ways_from, add_ways_to, last_filters};
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
        doubt: None,
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
    let found = holders(model, estate, address);
    if found.iter().all(|holder| holder.doubt.is_some()) {
        add_outside(model, rule, translation);
    }
    for holder in found {
        let says = format!("NAT rule `{}` leads to `{}`", translation.name, holder.name);
        let mut edge = Edge::new(EdgeKind::Route, vec![Evidence::stated(holder.span, says)])
            .changing(Change::Sender(sender.clone()));
        let filters = last_filters(estate.topology, &holder.destination);
        edge.doubt = holder.doubt;
        model.add_edge(rule, holder.destination.node, then_through(edge, filters));
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
