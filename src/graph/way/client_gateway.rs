//! Through gateways that single clients dial in to: point-to-site.
//!
//! Whoever shows what the gateway asks for gets an address of its pool and is then within the
//! networks that the gateway serves ("About Point-to-Site VPN"). So the way onward starts past the
//! sign-in: nobody takes it by getting to the gateway alone.

use super::front::front;
use super::private::{Origin, add_ways_to};
use super::service::{listening, presence_filter};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AccessList;
use crate::graph::build::Estate;
use crate::graph::model::{DoorEntry, Model};
use crate::graph::{Edge, EdgeKind, Node};
use crate::network::{Gateway, PointToSite};
use crate::resource::{
    Authentication, AuthenticationMode, Door, Placement, Resource, ResourceIndex,
};
use std::borrow::Cow;
use std::collections::BTreeSet;

/// Adds a door for every gateway that clients dial in to, with the ways from its public addresses.
pub(in crate::graph) fn add_client_gateways(model: &mut Model, estate: &Estate<'_>) {
    for (gateway, clients) in client_gateways(estate) {
        let Some(resource) = estate.inventory.get(gateway.index) else {
            continue;
        };
        let entry = DoorEntry {
            resource: gateway.index,
            door: door(clients, resource),
        };
        let listening = listening(&entry.door);
        let at = model.add_door(entry);
        model.add_node(Node::Resource(gateway.index));
        for address in &gateway.public_addresses {
            let from = front(model, estate, address).node;
            let says = format!(
                "clients dial in to `{}` at `{}`",
                resource.short_name(),
                address.id.display_name()
            );
            let evidence = vec![
                Evidence::stated(address.span, says),
                Evidence::stated(clients.span, "vpnClientConfiguration is set"),
            ];
            let mut edge = Edge::new(EdgeKind::Filter, evidence).through(listening.clone());
            if let Some(filter) = presence_filter(resource) {
                edge = edge.through(filter);
            }
            edge.doubt.clone_from(&address.doubt);
            model.add_edge(from, at, edge);
        }
    }
}

/// Adds the ways that a client of the gateway at `index` has: to everything in the networks that the
/// gateway serves.
pub(in crate::graph) fn add_ways_from_client(
    model: &mut Model,
    estate: &Estate<'_>,
    index: ResourceIndex,
) {
    let found = client_gateways(estate).find(|(gateway, _)| gateway.index == index);
    let Some((_, clients)) = found else {
        return;
    };
    let says = "a client has an address of the gateway's pool";
    let origin = Origin {
        node: model.add_node(Node::Resource(index)),
        subnet: None,
        addresses: clients.pool.may(),
        interface: None,
        evidence: vec![Evidence::stated(clients.span, says)],
        assumes_compromise: false,
        doubt: None,
    };
    let topology = estate.topology;
    let served: BTreeSet<ResourceIndex> = topology
        .virtual_networks()
        .keys()
        .copied()
        .filter(|network| {
            topology
                .on_premises(*network)
                .may()
                .meets(&origin.addresses)
        })
        .collect();
    add_ways_to(model, estate, &origin, &served);
}

/// Whether clients dial in to the gateway at `index`.
pub(in crate::graph) fn is_client_gateway(estate: &Estate<'_>, index: ResourceIndex) -> bool {
    client_gateways(estate).any(|(gateway, _)| gateway.index == index)
}

fn client_gateways<'a>(
    estate: &Estate<'a>,
) -> impl Iterator<Item = (&'a Gateway, &'a PointToSite)> {
    let gateways = estate.topology.gateways().values().flatten();
    gateways.filter_map(|gateway| Some((gateway, gateway.point_to_site.as_ref()?)))
}

fn door(clients: &PointToSite, resource: &Resource) -> Door {
    let mut authentication = Authentication::new();
    for (mode, evidence) in &clients.authentication {
        authentication.accept(*mode, evidence.clone());
    }
    if clients.authentication.is_empty() {
        for mode in [AuthenticationMode::Cert, AuthenticationMode::Entra] {
            let name = resource.short_name();
            let doubt = Doubt::outside(
                "client-authentication",
                format!(
                    "client authentication|{}|{}",
                    resource.id.key(),
                    mode.as_str()
                ),
                format!("what clients of `{name}` show is not in the inputs"),
                format!("vpnAuthenticationTypes of `{name}`"),
                clients.span,
            );
            authentication.doubt(mode, doubt.with_command(resource.show_command()));
        }
    }
    Door {
        name: Cow::Borrowed("vpn"),
        hosts: Vec::new(),
        services: clients.services.clone(),
        placement: Placement::Public,
        admission: AccessList::open(Vec::new()).into(),
        group_ids: Vec::new(),
        authentication,
    }
}
