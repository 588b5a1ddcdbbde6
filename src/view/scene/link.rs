//! Lines for layers: private links, peerings, connections, logs, names, ways out, identities.

use super::cast::Cast;
use super::line::Lines;
use super::way::add_blocked;
use super::{Layer, SceneOptions};
use crate::analysis::{End, Landmark, Relation};
use crate::diagram::{EdgeStyle, NodeId};
use crate::resource::{Reader, ResourceIndex};
use std::collections::BTreeMap;

/// The most targets of a role that are drawn.
const WIDE: usize = 6;

/// Adds what the layers show.
pub(super) fn add_links(cast: &Cast<'_>, options: &SceneOptions, lines: &mut Lines) {
    let analysis = cast.analysis;
    if options.shows(Layer::Network) {
        add_devices(cast, lines);
    }
    if options.shows(Layer::Identity) {
        add_rights(cast, lines);
    }
    for reference in analysis.placement.references() {
        let says = match reference.relation {
            Relation::PrivateLink if options.shows(Layer::Network) => "private link",
            Relation::PublicAddress if options.shows(Layer::Network) => "public address",
            Relation::VirtualNetwork if options.shows(Layer::Network) => "peering",
            Relation::Backend if options.shows(Layer::Network) => "hands on",
            Relation::Logs if options.shows(Layer::Monitoring) => "logs",
            _ => continue,
        };
        let from = cast.node_of(Some(Landmark::Resource(reference.from)));
        let to = end_node(cast, &reference.to);
        if let (Some(from), Some(to)) = (from, to) {
            match reference.relation {
                Relation::PublicAddress => link(lines, to, from, says),
                Relation::VirtualNetwork if lines.has(&to, &from) => {}
                _ => link(lines, from, to, says),
            }
        }
    }
    if options.shows(Layer::Network) {
        add_gateways(cast, lines);
    }
    if options.shows(Layer::Dns) {
        add_zones(cast, lines);
    }
    if options.shows(Layer::Egress) {
        add_exits(cast, lines);
    }
    for exposure in &analysis.exposures {
        add_blocked(cast, exposure, false, lines);
    }
}

/// Adds what load balancers and gateways hand on to.
fn add_devices(cast: &Cast<'_>, lines: &mut Lines) {
    let analysis = cast.analysis;
    for (_, from, to, edge) in analysis.model.edges() {
        if !matches!(edge.kind.as_str(), "translate" | "proxy") {
            continue;
        }
        let from = analysis.landmark(from).filter(|one| !is_foothold(*one));
        let (Some(from), Some(to)) = (cast.node_of(from), cast.node_of(analysis.landmark(to)))
        else {
            continue;
        };
        if !lines.has(&from, &to) {
            link(lines, from, to, "hands on");
        }
    }
}

/// Whether it is outside the inputs and no resource: somebody, or whatever may be assigned there.
fn is_hearsay(landmark: Landmark<'_>) -> bool {
    matches!(landmark, Landmark::Outside(id) if !id.starts_with('/'))
}

fn is_foothold(landmark: Landmark<'_>) -> bool {
    matches!(landmark, Landmark::Internet | Landmark::OnPremises)
}

/// Adds identities and what they have rights on. A role over more than a handful is told on the
/// card of its holder and not drawn.
fn add_rights(cast: &Cast<'_>, lines: &mut Lines) {
    let analysis = cast.analysis;
    let mut holders: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
    let mut targets: BTreeMap<_, Vec<NodeId>> = BTreeMap::new();
    for (_, from, to, edge) in analysis.model.edges() {
        if !edge.kind.is_identity() {
            continue;
        }
        let start = analysis.landmark(from).filter(|one| !is_foothold(*one));
        let end = analysis.landmark(to);
        // What may be assigned outside the inputs stands on cards and not in the picture.
        if [start, end].into_iter().flatten().any(is_hearsay) {
            continue;
        }
        // A place without a landmark is a role, which stands between its holders and its targets.
        match (cast.node_of(start), cast.node_of(end)) {
            (Some(start), Some(end)) if start != end => {
                lines.add(start, end, EdgeStyle::Identity, String::new());
            }
            (Some(start), None) if end.is_none() => push(holders.entry(to).or_default(), start),
            (None, Some(end)) if analysis.landmark(from).is_none() => {
                push(targets.entry(from).or_default(), end);
            }
            _ => {}
        }
    }
    for (role, holders) in holders {
        let targets = targets.get(&role).map_or(&[][..], Vec::as_slice);
        if targets.len() > WIDE {
            continue;
        }
        for (from, to) in holders
            .iter()
            .flat_map(|from| targets.iter().map(move |to| (from, to)))
        {
            if from != to {
                lines.add(from.clone(), to.clone(), EdgeStyle::Identity, String::new());
            }
        }
    }
}

fn push(list: &mut Vec<NodeId>, id: NodeId) {
    if !list.contains(&id) {
        list.push(id);
    }
}

fn link(lines: &mut Lines, from: NodeId, to: NodeId, says: &str) {
    if from != to {
        lines.add(from, to, EdgeStyle::Plumbing, says.to_owned());
    }
}

fn end_node(cast: &Cast<'_>, end: &End) -> Option<NodeId> {
    match end {
        End::Resource(index) => cast.node_of(Some(Landmark::Resource(*index))),
        End::Outside(id) => Some(NodeId::from(id.as_str())),
    }
}

/// Gateways lead to one another, or to what is on the premises, where a connection says so.
fn add_gateways(cast: &Cast<'_>, lines: &mut Lines) {
    let analysis = cast.analysis;
    let connections = analysis.inventory.of_type("Microsoft.Network/connections");
    for (index, _) in connections {
        let ends = analysis.placement.of(index, Relation::Connection);
        let gateways: Vec<NodeId> = ends
            .filter_map(|end| cast.node_of(Some(Landmark::Resource(end.resource()?))))
            .collect();
        match gateways.as_slice() {
            [only] => link(
                lines,
                NodeId::from("on-premises"),
                only.clone(),
                "connection",
            ),
            [one, other, ..] if !lines.has(other, one) => {
                link(lines, one.clone(), other.clone(), "connection");
            }
            _ => {}
        }
    }
}

/// Private zones to the networks that ask them.
fn add_zones(cast: &Cast<'_>, lines: &mut Lines) {
    for (_, resource, _) in cast.iter() {
        if !resource
            .resource_type
            .is("Microsoft.Network/privateDnsZones/virtualNetworkLinks")
        {
            continue;
        }
        let zone = resource
            .parent
            .and_then(|zone| cast.node_of(Some(Landmark::Resource(zone))));
        let index = cast.analysis.inventory.find(&resource.id, resource.file);
        let Some(index) = index else { continue };
        let networks = cast.analysis.placement.of(index, Relation::VirtualNetwork);
        for network in networks {
            if let (Some(zone), Some(network)) = (zone.clone(), end_node(cast, network)) {
                link(lines, network, zone, "asks for names");
            }
        }
    }
}

/// Subnets to what sends for them: their NAT gateway, or the firewall of a default route.
fn add_exits(cast: &Cast<'_>, lines: &mut Lines) {
    let analysis = cast.analysis;
    for reference in analysis.placement.references() {
        match reference.relation {
            Relation::NatGateway => {
                let from = cast.node_of(Some(Landmark::Resource(reference.from)));
                if let (Some(from), Some(to)) = (from, end_node(cast, &reference.to)) {
                    link(lines, from, to.clone(), "sends by NAT");
                    link(lines, to, NodeId::from("internet"), "sends");
                }
            }
            Relation::RouteTable => {
                let table = reference.to.resource();
                if let (Some(from), Some(to)) = (
                    cast.node_of(Some(Landmark::Resource(reference.from))),
                    table.and_then(|table| appliance_of(cast, table)),
                ) {
                    link(lines, from, to, "default route");
                }
            }
            _ => {}
        }
    }
}

/// The firewall that the default route of `table` leads to, by its address, or else the only one.
fn appliance_of(cast: &Cast<'_>, table: ResourceIndex) -> Option<NodeId> {
    let inventory = &cast.analysis.inventory;
    let routes = inventory.children_of(inventory.get(table)?, "routes", "routes");
    let default = routes.iter().find(|route| {
        route
            .properties()
            .at("addressPrefix")
            .text()
            .is("0.0.0.0/0")
            == Some(true)
            && route
                .properties()
                .at("nextHopType")
                .text()
                .is("VirtualAppliance")
                == Some(true)
    })?;
    let hop = default.properties().at("nextHopIpAddress").text();
    let firewalls: Vec<_> = inventory
        .of_type("Microsoft.Network/azureFirewalls")
        .collect();
    let stands_at = |configurations: Vec<Reader<'_>>| {
        configurations.iter().any(|one| {
            let address = one.path("properties.privateIPAddress").text();
            hop.stated()
                .is_some_and(|hop| address.is(hop) == Some(true))
        })
    };
    let told = firewalls
        .iter()
        .find(|(_, firewall)| stands_at(firewall.properties().at("ipConfigurations").items()));
    let (index, _) = told.or(match firewalls.as_slice() {
        [only] => Some(only),
        _ => None,
    })?;
    cast.node(*index)
}
