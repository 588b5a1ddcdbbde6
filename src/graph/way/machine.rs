//! From the internet to machines and scale sets by the public addresses at their interfaces.

use super::service::presence_filter;
use crate::evidence::{Basis, Evidence};
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::{DoorEntry, Model};
use crate::graph::{Edge, EdgeKind, Foothold, Node, NodeId};
use crate::network::{
    Direction, Fact, Interface, InterfaceConfiguration, PublicAddressSku, PublicAttachment,
    Reference, Topology,
};
use crate::resource::{
    Authentication, AuthenticationMode, Door, Placement, Presence, Reader, Resource, ResourceIndex,
};
use crate::source::Span;
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
        let name = reference.id.short_name();
        let says = format!("interface `{name}` belongs to `{}`", resource.short_name());
        let evidence = vec![Evidence::stated(reference.span, says)];
        model.add_edge(at, machine, Edge::new(EdgeKind::Attach, evidence));
        for interface in topology.interfaces.get(&nic).into_iter().flatten() {
            add_interface(model, topology, at, interface);
        }
    }
    for interface in topology.interfaces.get(&index).into_iter().flatten() {
        found = true;
        let at = model.add_node(Node::Part(index, interface.name.clone()));
        model.add_edge(at, machine, Edge::new(EdgeKind::Attach, Vec::new()));
        add_interface(model, topology, at, interface);
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
    let edge = Edge::new(EdgeKind::Filter, Vec::new()).through(AccessList::closed(vec![evidence]));
    model.add_edge(internet, to, edge);
}

/// An interface outside the inputs can have a public address or not.
fn add_outside_interface(model: &mut Model, machine: NodeId, reference: &Reference) {
    let name = reference.id.short_name();
    let doubt = crate::evidence::Doubt::outside(
        "interface-outside",
        format!("interface|{}|is reached", reference.id.key()),
        format!("network interface `{name}` is not in the inputs"),
        format!("an export with network interface `{name}`"),
        reference.span,
    )
    .with_command(format!("az network nic show --ids {}", reference.id));
    let internet = model.add_node(Node::Source(Foothold::Internet));
    let says = format!("interface `{name}` is named here");
    let edge = Edge::new(
        EdgeKind::Attach,
        vec![Evidence::stated(reference.span, says)],
    );
    model.add_edge(internet, machine, edge.doubted(Some(doubt)));
}

fn add_interface(model: &mut Model, topology: &Topology, at: NodeId, interface: &Interface) {
    for configuration in &interface.configurations {
        match &configuration.public_address {
            Some(PublicAttachment::Address(reference)) => {
                add_public_way(model, topology, at, (interface, configuration), reference);
            }
            Some(PublicAttachment::Configured {
                sku,
                sku_evidence,
                span,
            }) => {
                let internet = model.add_node(Node::Source(Foothold::Internet));
                let public = (sku.clone(), sku_evidence.span);
                let says = format!("each instance of `{}` has a public address", interface.name);
                let evidence = vec![Evidence::stated(*span, says)];
                let edge = Edge::new(EdgeKind::Filter, evidence);
                let edge = filtered(topology, edge, (interface, configuration), Some(public));
                model.add_edge(internet, at, edge);
            }
            None => {
                let says = format!("`{}` has no public address", interface.name);
                close(model, at, Evidence::stated(configuration.span, says));
            }
        }
    }
}

/// The way by the public address that `reference` names.
fn add_public_way(
    model: &mut Model,
    topology: &Topology,
    at: NodeId,
    (interface, configuration): (&Interface, &InterfaceConfiguration),
    reference: &Reference,
) {
    let internet = model.add_node(Node::Source(Foothold::Internet));
    let address = reference
        .resource()
        .and_then(|index| topology.public_addresses.get(&index));
    let name = reference.id.short_name();
    let says = format!("`{}` has public address `{name}`", interface.name);
    let evidence = vec![Evidence::stated(reference.span, says)];
    let (from, public) = if let Some(address) = address {
        let node = model.add_node(Node::Resource(address.index));
        add_once(model, internet, node, || vec![address.sku_evidence.clone()]);
        (node, (address.sku.clone(), address.sku_evidence.span))
    } else {
        let node = model.add_node(Node::External(reference.id.text().clone()));
        add_once(model, internet, node, Vec::new);
        (node, (outside_sku(reference), reference.span))
    };
    let mut edge = Edge::new(EdgeKind::Filter, evidence);
    edge.doubt.clone_from(&reference.doubt);
    let edge = filtered(topology, edge, (interface, configuration), Some(public));
    model.add_edge(from, at, edge);
}

/// Adds an open way between two places unless there is one.
pub(in crate::graph) fn add_once(
    model: &mut Model,
    from: NodeId,
    to: NodeId,
    evidence: impl FnOnce() -> Vec<Evidence>,
) {
    if !model
        .arriving(to)
        .iter()
        .any(|(_, other, _)| *other == from)
    {
        model.add_edge(from, to, Edge::new(EdgeKind::Attach, evidence()));
    }
}

fn outside_sku(reference: &Reference) -> Fact<PublicAddressSku> {
    let name = reference.id.short_name();
    let doubt = crate::evidence::Doubt::outside(
        "public-address-outside",
        format!("public address|{}|is Basic", reference.id.key()),
        format!("public address `{name}` is not in the inputs"),
        format!("the SKU of public address `{name}`"),
        reference.span,
    )
    .with_command(format!("az network public-ip show --ids {}", reference.id))
    .with_outcomes(vec![("Basic".into(), true), ("Standard".into(), false)]);
    Fact::Open(std::sync::Arc::new(doubt))
}

/// `edge` behind the way back and the security groups of an interface's address.
///
/// Where the subnet's routes send answers to the internet elsewhere, nothing gets an answer that
/// comes in directly ("Virtual network traffic routing").
pub(in crate::graph) fn filtered(
    topology: &Topology,
    edge: Edge,
    (interface, configuration): (&Interface, &InterfaceConfiguration),
    public: Option<(Fact<PublicAddressSku>, Span)>,
) -> Edge {
    let subnet = configuration.subnet.as_ref().and_then(Reference::resource);
    let mut edge = edge;
    if let Some(subnet) = subnet.filter(|_| public.is_some()) {
        edge = edge.through(way_back(topology, subnet));
    }
    let filter = topology.interface_filter(interface, configuration, Direction::Inbound, public);
    filter.access_lists().into_iter().fold(edge, Edge::through)
}

/// The filter of packets whose answers do not leave straight to the internet. That the platform
/// sends them there needs no proof; what sends them elsewhere does.
fn way_back(topology: &Topology, subnet: ResourceIndex) -> AccessList {
    let mut filter = topology.routes(subnet).reply_to(&AddressSet::internet());
    for entry in &mut filter.entries {
        if entry.access == Access::Allow {
            entry
                .evidence
                .retain(|evidence| evidence.basis != Basis::Platform);
        }
    }
    filter
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
        admission: AccessList::open(Vec::new()),
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
