//! Through bastion hosts.
//!
//! A host ends its callers' sessions and opens RDP and SSH to machines of its network and its peers
//! with an address of its own. It lets in who signs in with Entra and has rights on the host and the
//! machine, or, where it makes shareable links, who holds one ("About Azure Bastion"). So the way
//! onward starts past the sign-in: nobody takes it by getting to the host alone.

use super::destination::near_networks_of;
use super::front::front;
use super::interface::node_of;
use super::private::{Origin, filters_to_interface};
use super::service::{listening, presence_filter};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, AddressSet, FlowSet, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::{DoorEntry, Model};
use crate::graph::{Change, Edge, EdgeKind, Foothold, Node, NodeId};
use crate::network::{Bastion, Direction, Fact, Reference};
use crate::resource::{
    Authentication, AuthenticationMode, Door, Placement, Resource, ResourceIndex, Setting,
};
use std::borrow::Cow;
use std::sync::Arc;

/// Adds a door for every bastion host with the way from the internet to it.
pub(in crate::graph) fn add_bastions(model: &mut Model, estate: &Estate<'_>) {
    for bastion in estate.topology.bastions.values() {
        let Some(resource) = estate.inventory.get(bastion.index) else {
            continue;
        };
        let entry = DoorEntry {
            resource: bastion.index,
            door: door(bastion, resource),
        };
        let listening = listening(&entry.door);
        let at = model.add_door(entry);
        model.add_node(Node::Resource(bastion.index));
        let internet = model.add_node(Node::Source(Foothold::Internet));
        let (from, edge) = match (&bastion.public_address, &bastion.private_only) {
            (_, Setting::Stated(true, span)) => {
                let says = "enablePrivateOnlyBastion is true";
                let closed = AccessList::closed(vec![Evidence::stated(*span, says)]);
                let edge = Edge::new(EdgeKind::Absent, Vec::new()).through(closed);
                (internet, edge)
            }
            (Some(address), only) => {
                let says = format!(
                    "`{}` takes requests at `{}`",
                    resource.short_name(),
                    address.id.display_name()
                );
                let evidence = vec![Evidence::stated(address.span, says)];
                let doubt = only
                    .unknown()
                    .map(|unknown| Doubt::of(unknown, only.span(), "is false"));
                let edge = Edge::new(EdgeKind::Filter, evidence).doubted(doubt);
                (front(model, estate, address).node, edge)
            }
            (None, _) => {
                let says = "a bastion without an address of its own answers at a shared one";
                let evidence = vec![Evidence::assumed(bastion.span, says)];
                (internet, Edge::new(EdgeKind::Filter, evidence))
            }
        };
        let filters = presence_filter(resource)
            .into_iter()
            .chain([listening])
            .chain(subnet_filters(estate, bastion, resource));
        let edge = filters.fold(edge, Edge::through);
        model.add_edge(from, at, edge);
    }
}

/// Adds the ways from every bastion's door past the sign-in, where a link is enough to pass it.
/// The ways of credentials are to be there already.
pub(in crate::graph) fn add_behind(model: &mut Model, estate: &Estate<'_>) {
    for at in 0..model.doors.len() {
        let Some(entry) = model.doors.get(at) else {
            continue;
        };
        let index = entry.resource;
        if !estate.topology.bastions.contains_key(&index) {
            continue;
        }
        if let Some(inside) = model.find(&Node::Inside(at)) {
            let host = model.add_node(Node::Resource(index));
            model.add_edge(inside, host, Edge::new(EdgeKind::Attach, Vec::new()));
        }
    }
}

/// Adds the ways that somebody signed in at the bastion at `index` has: to RDP and SSH, or with
/// tunnels to any TCP port, of every machine in its network and that network's peers.
pub(in crate::graph) fn add_ways_from_bastion(
    model: &mut Model,
    estate: &Estate<'_>,
    index: ResourceIndex,
) {
    let topology = estate.topology;
    let (Some(bastion), Some(resource)) =
        (topology.bastions.get(&index), estate.inventory.get(index))
    else {
        return;
    };
    let Some(network) = bastion.network else {
        return;
    };
    let from = model.add_node(Node::Resource(index));
    let origin = origin(estate, bastion, resource, from);
    let flows = FlowSet::new(&origin.addresses, bastion.services());
    let near = near_networks_of(topology, network);
    for interface in topology.interfaces.values().flatten() {
        for configuration in &interface.configurations {
            let subnet = topology.subnet(configuration.subnet.as_ref());
            let is_near = subnet
                .and_then(|subnet| subnet.network)
                .is_some_and(|own| near.contains(&own));
            if !is_near {
                continue;
            }
            let at = (interface, configuration);
            let to = node_of(model, interface);
            let mut edge = Edge::new(EdgeKind::Proxy, origin.evidence.clone())
                .changing(Change::Restart(flows.clone()));
            edge.doubt.clone_from(&origin.doubt);
            let filters = filters_to_interface(estate, &origin, at);
            let edge = filters.into_iter().fold(edge, Edge::then_through);
            model.add_edge(from, to, edge);
        }
    }
}

/// Where a bastion's sessions set out.
fn origin<'a>(
    estate: &Estate<'a>,
    bastion: &Bastion,
    resource: &Resource,
    node: NodeId,
) -> Origin<'a> {
    let name = resource.short_name();
    let mut evidence = vec![Evidence::platform(
        bastion.span,
        format!("somebody has signed in at `{name}`"),
    )];
    if let Setting::Stated(true, span) = bastion.tunneling {
        evidence.push(Evidence::stated(span, "enableTunneling is true"));
    }
    let subnet = bastion.subnet.as_ref();
    let known = estate.topology.subnet(subnet);
    if let Some(known) = known {
        let says = format!("its sessions have addresses of subnet `{}`", known.name);
        evidence.push(Evidence::stated(known.span, says));
    }
    let doubt = known.is_none().then(|| {
        let doubt = Doubt::outside(
            "bastion-address",
            format!("bastion address|{}", resource.id.key()),
            format!("from which addresses `{name}` asks is not in the inputs"),
            format!("the subnet of `{name}`"),
            bastion.span,
        );
        Arc::new(match subnet {
            Some(subnet) => doubt.with_command(subnet.id.show_command()),
            None => doubt.with_command(resource.show_command()),
        })
    });
    Origin {
        node,
        subnet: subnet.and_then(Reference::resource),
        addresses: known.map_or_else(AddressSet::private, |subnet| subnet.prefixes.may()),
        interface: None,
        evidence,
        assumes_compromise: false,
        doubt,
    }
}

/// The security group of the host's own subnet, which is optional there.
fn subnet_filters(estate: &Estate<'_>, bastion: &Bastion, resource: &Resource) -> Vec<AccessList> {
    let Some(subnet) = bastion.subnet.as_ref() else {
        return Vec::new();
    };
    let topology = estate.topology;
    let local = topology.local_in(resource.id.text().clone(), Some(subnet));
    topology
        .subnet_filter(Some(subnet), &local, Direction::Inbound, None)
        .access_lists()
}

fn door(bastion: &Bastion, resource: &Resource) -> Door {
    let mut authentication = Authentication::new();
    let says = "a session takes signing in with Entra and rights on the host and the machine";
    authentication.accept(
        AuthenticationMode::Entra,
        Evidence::platform(resource.span, says),
    );
    // A link works like a signature: whoever holds it gets in.
    match &bastion.shareable_link {
        Fact::Known(true) => authentication.accept(
            AuthenticationMode::Sas,
            bastion.shareable_link_evidence.clone(),
        ),
        Fact::Known(false) => {}
        Fact::Open(doubt) => authentication.doubt(AuthenticationMode::Sas, (**doubt).clone()),
    }
    let placement = match &bastion.subnet {
        Some(subnet) => {
            let id = subnet.id.text().to_string();
            if matches!(bastion.private_only, Setting::Stated(true, _)) {
                Placement::Subnet(id, subnet.span)
            } else {
                Placement::PublicInSubnet(id, subnet.span)
            }
        }
        None => Placement::Public,
    };
    Door {
        name: Cow::Borrowed("main"),
        hosts: Vec::new(),
        services: ServiceSet::tcp(443),
        placement,
        admission: AccessList::open(Vec::new()).into(),
        group_ids: Vec::new(),
        authentication,
    }
}
