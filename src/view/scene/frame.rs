//! Frames: virtual networks, subnets, and networks that Microsoft manages.

use super::cast::{Cast, Role};
use crate::analysis::{End, Relation, outside_name};
use crate::diagram::{Badge, Container, ContainerKind, NodeId, Scene, Tone, Zone};
use crate::resource::{Reader, Resource, ResourceId, ResourceIndex};
use std::collections::BTreeSet;

const COMPUTES: &str = "Microsoft.MachineLearningServices/workspaces/computes";
const NETWORKS: &str = "Microsoft.Network/virtualNetworks";

/// Adds the frames: networks with most peers first, each followed by its subnets.
pub(super) fn add_frames(cast: &Cast<'_>, scene: &mut Scene) {
    let analysis = cast.analysis;
    let mut networks: Vec<(ResourceIndex, &Resource)> = Vec::new();
    let mut subnets: Vec<(ResourceIndex, &Resource)> = Vec::new();
    for (index, resource, role) in cast.iter() {
        if role == Role::Frame {
            if resource.resource_type.is(NETWORKS) {
                networks.push((index, resource));
            } else {
                subnets.push((index, resource));
            }
        }
    }
    networks.sort_by_key(|(index, _)| std::cmp::Reverse(peers(cast, *index)));
    for (_, network) in &networks {
        scene.containers.push(network_frame(network));
    }
    for (index, subnet) in subnets {
        let frame = subnet_frame(cast, index, subnet);
        let parent = frame.parent.clone();
        scene.containers.push(frame);
        ensure_network(scene, parent, &subnet.id);
    }
    for (index, _, role) in cast.iter() {
        if let Role::Box(_) = role {
            for end in analysis.placement.subnets(index) {
                if let End::Outside(id) = end {
                    add_outside_subnet(cast, scene, id);
                }
            }
        }
    }
    add_managed_networks(cast, scene);
}

/// The networks that are peered with `index`, either way.
fn peers(cast: &Cast<'_>, index: ResourceIndex) -> usize {
    let placement = &cast.analysis.placement;
    let inventory = &cast.analysis.inventory;
    let children = inventory
        .get(index)
        .map_or(&[][..], |network| &network.children);
    placement.of(index, Relation::VirtualNetwork).count()
        + children
            .iter()
            .map(|child| placement.of(*child, Relation::VirtualNetwork).count())
            .sum::<usize>()
}

fn network_frame(network: &Resource) -> Container {
    let space = network.properties().path("addressSpace.addressPrefixes");
    Container {
        id: NodeId::from(network.id.as_str()),
        kind: ContainerKind::VirtualNetwork,
        zone: Zone::Network,
        title: network.short_name().to_owned(),
        prefix: prefixes(space),
        subtitle: if matches!(network.presence, crate::resource::Presence::Existing) {
            "deployed elsewhere".to_owned()
        } else {
            String::new()
        },
        ..Container::default()
    }
}

fn subnet_frame(cast: &Cast<'_>, index: ResourceIndex, subnet: &Resource) -> Container {
    let properties = subnet.properties();
    let single = properties.at("addressPrefix");
    let prefix = match single.value() {
        Some(_) => first_words(&single),
        None => prefixes(properties.at("addressPrefixes")),
    };
    let network = subnet
        .parent
        .and_then(|parent| cast.node(parent))
        .or_else(|| subnet.id.parent().map(|id| NodeId::from(id.as_str())));
    Container {
        id: NodeId::from(subnet.id.as_str()),
        kind: ContainerKind::Subnet,
        parent: network,
        zone: Zone::Network,
        title: subnet.short_name().to_owned(),
        prefix,
        subtitle: edge_devices(cast, index),
        badges: badges(cast, index, subnet),
        ..Container::default()
    }
}

/// The devices that have an address in the subnet and are drawn at the edge.
fn edge_devices(cast: &Cast<'_>, subnet: ResourceIndex) -> String {
    let placement = &cast.analysis.placement;
    let names: Vec<&str> = placement
        .naming(subnet, Relation::Subnet)
        .filter(|index| cast.role(*index) == Role::Box(Zone::Edge))
        .filter_map(|index| cast.analysis.inventory.get(index))
        .map(Resource::short_name)
        .collect();
    if names.is_empty() {
        String::new()
    } else {
        format!("for {}", names.join(", "))
    }
}

fn badges(cast: &Cast<'_>, index: ResourceIndex, subnet: &Resource) -> Vec<Badge> {
    let analysis = cast.analysis;
    let mut badges = Vec::new();
    for end in analysis.placement.of(index, Relation::SecurityGroup) {
        badges.push(
            match end.resource().and_then(|at| analysis.inventory.get(at)) {
                Some(group) => {
                    let children =
                        analysis
                            .inventory
                            .children_of(group, "securityRules", "securityRules");
                    let count = match children.len() {
                        0 => "default rules".to_owned(),
                        count => plural(count, "rule"),
                    };
                    Badge {
                        text: format!("NSG {count}"),
                        description: format!(
                            "network security group {}, {count}",
                            group.short_name()
                        ),
                        tone: Tone::Neutral,
                    }
                }
                None => outside_badge("NSG", "network security group", end),
            },
        );
    }
    for end in analysis.placement.of(index, Relation::RouteTable) {
        badges.push(
            match end.resource().and_then(|at| analysis.inventory.get(at)) {
                Some(table) => route_badge(cast, table),
                None => outside_badge("routes", "route table", end),
            },
        );
    }
    for end in analysis.placement.of(index, Relation::NatGateway) {
        let name = match end.resource().and_then(|at| analysis.inventory.get(at)) {
            Some(gateway) => gateway.short_name().to_owned(),
            None => end_name(end),
        };
        badges.push(Badge {
            text: "NAT".to_owned(),
            description: format!("NAT gateway {name}"),
            tone: Tone::Neutral,
        });
    }
    badges.extend(endpoint_badge(subnet));
    badges
}

/// The badge of the service endpoints, where there are any.
fn endpoint_badge(subnet: &Resource) -> Option<Badge> {
    let endpoints = subnet.properties().at("serviceEndpoints").items();
    let services: Vec<String> = endpoints
        .iter()
        .filter_map(|one| one.at("service").text().stated().map(ToString::to_string))
        .collect();
    let first = services.first()?;
    let word = first.strip_prefix("Microsoft.").unwrap_or(first);
    Some(Badge {
        text: match services.len() {
            1 => format!("{word} endpoint"),
            many => format!("{many} service endpoints"),
        },
        description: format!("service endpoints: {}", services.join(", ")),
        tone: Tone::Neutral,
    })
}

fn route_badge(cast: &Cast<'_>, table: &Resource) -> Badge {
    let routes = cast
        .analysis
        .inventory
        .children_of(table, "routes", "routes");
    let default = routes.iter().find(|route| {
        let prefix = route.properties().at("addressPrefix").text();
        prefix.is("0.0.0.0/0") == Some(true)
    });
    let count = plural(routes.len(), "route");
    let name = table.short_name();
    match default {
        Some(route) => {
            let hop = route.properties().at("nextHopType").text();
            let hop = hop.stated().map_or("an unknown hop", |hop| &**hop);
            Badge {
                text: "route 0/0".to_owned(),
                description: format!("route table {name}, {count}, 0.0.0.0/0 to {hop}"),
                tone: Tone::Neutral,
            }
        }
        None => Badge {
            text: count.clone(),
            description: format!("route table {name}, {count}"),
            tone: Tone::Neutral,
        },
    }
}

fn outside_badge(short: &str, long: &str, end: &End) -> Badge {
    Badge {
        text: format!("{short} outside"),
        description: format!("{long} {}, which is not in the inputs", end_name(end)),
        tone: Tone::Undetermined,
    }
}

fn end_name(end: &End) -> String {
    match end {
        End::Outside(id) => outside_name(id.as_str()),
        End::Resource(_) => String::new(),
    }
}

/// Adds the frame of a network that only identifiers of its subnets name.
fn ensure_network(scene: &mut Scene, network: Option<NodeId>, subnet: &ResourceId) {
    let (Some(id), Some(network)) = (network, subnet.parent()) else {
        return;
    };
    if scene.containers.iter().any(|one| one.id == id) {
        return;
    }
    scene.containers.push(Container {
        id,
        kind: ContainerKind::VirtualNetwork,
        zone: Zone::Network,
        title: outside_name(network.as_str()),
        subtitle: "outside the inputs".to_owned(),
        ..Container::default()
    });
}

/// Adds the frame of a subnet that is not in the inputs, within that of its network.
fn add_outside_subnet(cast: &Cast<'_>, scene: &mut Scene, subnet: &ResourceId) {
    let id = NodeId::from(subnet.as_str());
    if scene.containers.iter().any(|one| one.id == id) {
        return;
    }
    let network = subnet.parent();
    let known = network.as_ref().and_then(|network| {
        let inventory = &cast.analysis.inventory;
        let (index, _) = inventory.iter().find(|(_, one)| one.id == *network)?;
        cast.node(index)
    });
    let parent = known.or_else(|| network.map(|network| NodeId::from(network.as_str())));
    scene.containers.push(Container {
        id,
        kind: ContainerKind::Subnet,
        parent: parent.clone(),
        zone: Zone::Network,
        title: outside_name(subnet.as_str()),
        subtitle: "outside the inputs".to_owned(),
        ..Container::default()
    });
    ensure_network(scene, parent, subnet);
}

/// The frame in which the computes of `workspace` stand that have no subnet of the customer's.
pub(super) fn managed_network_of(workspace: &Resource) -> NodeId {
    NodeId(format!("{}/managedNetwork", workspace.id))
}

/// Whether `index` is a compute outside the customer's networks; the workspace that has it.
pub(super) fn managed_by(cast: &Cast<'_>, index: ResourceIndex) -> Option<ResourceIndex> {
    let resource = cast.analysis.inventory.get(index)?;
    if !resource.resource_type.is(COMPUTES) {
        return None;
    }
    let stands = !cast.analysis.placement.subnets(index).is_empty();
    resource.parent.filter(|_| !stands)
}

fn add_managed_networks(cast: &Cast<'_>, scene: &mut Scene) {
    let mut workspaces: BTreeSet<ResourceIndex> = BTreeSet::new();
    for (index, _, role) in cast.iter() {
        if let (Role::Box(_), Some(workspace)) = (role, managed_by(cast, index)) {
            workspaces.insert(workspace);
        }
    }
    for workspace in workspaces {
        let Some(workspace) = cast.analysis.inventory.get(workspace) else {
            continue;
        };
        let mode = workspace.properties().path("managedNetwork.isolationMode");
        let mode = mode.text();
        let (title, detail) = match mode.stated().map(|mode| &**mode) {
            Some("AllowOnlyApprovedOutbound") => ("Managed network", "approved outbound"),
            Some("AllowInternetOutbound") => ("Managed network", "internet outbound"),
            _ if mode.is_unknown() => ("Managed network", "isolation unknown"),
            _ => ("Microsoft's network", "not isolated"),
        };
        scene.containers.push(Container {
            id: managed_network_of(workspace),
            kind: ContainerKind::ManagedNetwork,
            zone: Zone::Network,
            title: title.to_owned(),
            subtitle: format!("{} · {detail}", workspace.short_name()),
            description: format!(
                "computes of {} stand in a network that Microsoft manages: {detail}",
                workspace.short_name()
            ),
            ..Container::default()
        });
    }
}

/// A list of prefixes: two, then how many more.
fn prefixes(list: Reader<'_>) -> String {
    let all: Vec<String> = list.items().iter().map(first_words).collect();
    match all.as_slice() {
        [] if list.value().is_some() => "prefix not known".to_owned(),
        [first, second, rest @ ..] if !rest.is_empty() => {
            format!("{first}, {second} +{}", rest.len())
        }
        few => few.join(", "),
    }
}

fn first_words(reader: &Reader<'_>) -> String {
    match reader.text().stated() {
        Some(text) => text.to_string(),
        None => "prefix not known".to_owned(),
    }
}

pub(super) fn plural(count: usize, word: &str) -> String {
    if count == 1 {
        format!("1 {word}")
    } else {
        format!("{count} {word}s")
    }
}
