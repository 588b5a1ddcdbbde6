//! From the internet to machines and scale sets by the public addresses at their interfaces.

use super::front::{front, of_family};
use super::interface::{node_of, public_filters, through};
use super::service::presence_filter;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::{DoorEntry, Model};
use crate::graph::{Edge, EdgeKind, Foothold, Node, NodeId};
use crate::network::{Interface, PublicAttachment, Reference};
use crate::resource::{
    Authentication, AuthenticationMode, Door, Placement, Presence, Reader, Resource, ResourceIndex,
};
use std::borrow::Cow;

const MACHINES: [&str; 2] = [
    "Microsoft.Compute/virtualMachines",
    "Microsoft.Compute/virtualMachineScaleSets",
];

/// Adds a door for every machine and scale set, its interfaces, and the ways to them.
pub(in crate::graph) fn add_machines(model: &mut Model, estate: &Estate<'_>) {
    for resource_type in MACHINES {
        for (index, resource) in estate.inventory.of_type(resource_type) {
            if !matches!(resource.presence, Presence::Existing) {
                add_machine(model, estate, (index, resource));
            }
        }
    }
}

fn add_machine(
    model: &mut Model,
    estate: &Estate<'_>,
    (index, resource): (ResourceIndex, &Resource),
) {
    let topology = estate.topology;
    let door = model.add_door(DoorEntry {
        resource: index,
        door: door(resource),
    });
    let machine = model.add_node(Node::Resource(index));
    let mut inside = Edge::new(EdgeKind::Attach, Vec::new());
    if let Some(filter) = presence_filter(resource) {
        inside = inside.through(filter);
    }
    model.add_edge(machine, door, inside);
    let mut found = false;
    for reference in Interface::of_machine(estate.inventory, index) {
        found = true;
        let Some(nic) = reference.resource() else {
            add_outside_interface(model, machine, &reference);
            continue;
        };
        let at = model.add_node(Node::Resource(nic));
        let name = reference.id.display_name();
        let says = format!("interface `{name}` belongs to `{}`", resource.short_name());
        let evidence = vec![Evidence::stated(reference.span, says)];
        model.add_edge(at, machine, Edge::new(EdgeKind::Attach, evidence));
        for interface in topology.interfaces.get(&nic).into_iter().flatten() {
            add_interface(model, estate, at, interface);
        }
    }
    for interface in topology.interfaces.get(&index).into_iter().flatten() {
        found = true;
        let at = node_of(model, interface);
        model.add_edge(at, machine, Edge::new(EdgeKind::Attach, Vec::new()));
        add_interface(model, estate, at, interface);
    }
    if !found {
        let span = resource.properties().at("networkProfile").span();
        close(
            model,
            machine,
            Evidence::stated(span, "it names no network interface"),
        );
    }
}

/// A way that is closed from the start because of `evidence`.
fn close(model: &mut Model, to: NodeId, evidence: Evidence) {
    let internet = model.add_node(Node::Source(Foothold::Internet));
    let edge = Edge::new(EdgeKind::Absent, Vec::new()).through(AccessList::closed(vec![evidence]));
    model.add_edge(internet, to, edge);
}

/// An interface outside the inputs can have a public address or not.
fn add_outside_interface(model: &mut Model, machine: NodeId, reference: &Reference) {
    let name = reference.id.display_name();
    let doubt = Doubt::outside(
        "interface-outside",
        format!("interface|{}|is reached", reference.id.key()),
        format!("network interface `{name}` is not in the inputs"),
        format!("an export with network interface `{name}`"),
        reference.span,
    )
    .with_command(reference.id.show_command());
    let internet = model.add_node(Node::Source(Foothold::Internet));
    let says = format!("interface `{name}` is named here");
    let edge = Edge::new(
        EdgeKind::Attach,
        vec![Evidence::stated(reference.span, says)],
    );
    model.add_edge(internet, machine, edge.doubted(Some(doubt)));
}

fn add_interface(model: &mut Model, estate: &Estate<'_>, at: NodeId, interface: &Interface) {
    for configuration in &interface.configurations {
        let place = (interface, configuration);
        match &configuration.public_address {
            Some(PublicAttachment::Address(reference)) => {
                let front = front(model, estate, reference);
                let address = reference.id.display_name();
                let says = format!("`{}` has public address `{address}`", interface.name);
                let evidence = vec![Evidence::stated(reference.span, says)];
                let edge = Edge::new(EdgeKind::Filter, evidence);
                let filters = public_filters(estate.topology, place, front.sku);
                let mut edge = through(of_family(edge, configuration.is_v6), filters);
                edge.doubt.clone_from(&reference.doubt);
                model.add_edge(front.node, at, edge);
            }
            Some(PublicAttachment::Configured {
                sku,
                sku_evidence,
                span,
            }) => {
                let internet = model.add_node(Node::Source(Foothold::Internet));
                let says = format!("each instance of `{}` has a public address", interface.name);
                let edge = Edge::new(EdgeKind::Filter, vec![Evidence::stated(*span, says)]);
                let public = (sku.clone(), sku_evidence.span);
                let filters = public_filters(estate.topology, place, public);
                let edge = of_family(edge, configuration.is_v6);
                model.add_edge(internet, at, through(edge, filters));
            }
            None => {}
        }
    }
}

/// Adds a closed way to every interface that no way leads to, so that the graph tells why.
pub(in crate::graph) fn close_unreached(model: &mut Model, estate: &Estate<'_>) {
    for (owner, interfaces) in &estate.topology.interfaces {
        for interface in interfaces {
            let at = node_of(model, interface);
            let Some(configuration) = interface.configurations.first() else {
                continue;
            };
            if model.arriving(at).is_empty() {
                let name = estate
                    .inventory
                    .get(*owner)
                    .map_or("", |one| one.short_name());
                let says = format!("`{name}` has no public address, and nothing leads to it");
                close(model, at, Evidence::stated(configuration.span, says));
            }
        }
    }
}

/// What answers on a machine: anything may, so every port is a door.
fn door(resource: &Resource) -> Door {
    let profile = match resource.properties().at("virtualMachineProfile") {
        profile if profile.value().is_some() => profile,
        _ => resource.properties(),
    };
    Door {
        name: Cow::Borrowed("main"),
        hosts: Vec::new(),
        services: ServiceSet::all(),
        placement: Placement::Public,
        admission: AccessList::open(Vec::new()).into(),
        group_ids: Vec::new(),
        authentication: authentication(profile.at("osProfile")),
    }
}

/// How people log in, as far as the template sets it; what the programs on it ask is not known.
fn authentication(profile: Reader<'_>) -> Authentication {
    let mut authentication = Authentication::new();
    let linux = profile.at("linuxConfiguration");
    let no_password = linux.at("disablePasswordAuthentication").boolean();
    if no_password.stated() == Some(&true) {
        let evidence =
            Evidence::stated(no_password.span(), "disablePasswordAuthentication is true");
        authentication.accept(AuthenticationMode::SshKey, evidence);
    } else if profile.at("adminUsername").value().is_some() {
        let says = "an administrator logs in with a password";
        let evidence = Evidence::stated(profile.at("adminUsername").span(), says);
        authentication.accept(AuthenticationMode::Password, evidence);
    }
    authentication
}
