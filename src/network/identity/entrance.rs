//! Private ways into services: private endpoints, shared private links, managed networks.

use super::sender::{own_network, subnet_place};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, Place};
use crate::network::{EndpointPolicies, Fact, PrivateEndpoint, Reference, Subnet, Topology};
use crate::resource::{Inventory, Places, Reader, Resource, ResourceIndex, Setting};
use crate::source::Span;
use std::collections::BTreeMap;

/// A private way into a service.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// The parts of the service to which it leads, in lower case; every part where there is none.
    pub group_ids: Vec<String>,
    /// Who gets to it, as the places of subnets and of networks that services keep.
    pub senders: AddressSet,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Why it may not carry anything; all of them have to fall its way.
    pub doubts: Vec<Doubt>,
}

const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const SEARCH_LINK: &str = "Microsoft.Search/searchServices/sharedPrivateLinkResources";

/// The private ways into each resource, in order.
pub fn read_entrances(
    inventory: &Inventory,
    topology: &Topology,
    places: &Places,
) -> BTreeMap<ResourceIndex, Vec<Entrance>> {
    let mut found: BTreeMap<ResourceIndex, Vec<Entrance>> = BTreeMap::new();
    let networks = subnets_by_network(inventory, topology, places);
    for endpoint in &topology.private_endpoints {
        let Some(subnet) = &endpoint.subnet else {
            continue;
        };
        let own = subnet_place(inventory, places, subnet.id.as_str(), subnet.span.file);
        let around = around(topology, &networks, subnet, own);
        read_endpoint(endpoint, &around, &mut found);
    }
    for (_, link) in inventory.of_type(SEARCH_LINK) {
        if !link.is_not_deployed() {
            read_search_link(inventory, places, link, &mut found);
        }
    }
    for (_, workspace) in inventory.of_type(WORKSPACE) {
        if !workspace.is_not_deployed() {
            read_managed(inventory, places, workspace, &mut found);
        }
    }
    found
}

/// The subnets of each network as places.
fn subnets_by_network(
    inventory: &Inventory,
    topology: &Topology,
    places: &Places,
) -> BTreeMap<ResourceIndex, AddressSet> {
    let mut networks: BTreeMap<ResourceIndex, AddressSet> = BTreeMap::new();
    for subnet in topology.subnets.values() {
        if let (Some(network), Some(resource)) = (subnet.network, inventory.get(subnet.index)) {
            let place = AddressSet::place(places.subnet(&resource.id));
            let known = networks.entry(network).or_default();
            *known = known.union(&place);
        }
    }
    networks
}

fn read_endpoint(
    endpoint: &PrivateEndpoint,
    around: &[(AddressSet, Option<Doubt>)],
    found: &mut BTreeMap<ResourceIndex, Vec<Entrance>>,
) {
    for connection in &endpoint.connections {
        let Some(target) = connection.target.resource() else {
            continue;
        };
        let doubt = match &connection.approved {
            Fact::Known(true) => None,
            Fact::Known(false) => continue,
            Fact::Open(doubt) => Some(Doubt::clone(doubt)),
        };
        for (senders, more) in around {
            let mut doubts: Vec<Doubt> = doubt.clone().into_iter().collect();
            doubts.extend(more.clone());
            found.entry(target).or_default().push(Entrance {
                group_ids: connection
                    .group_ids
                    .iter()
                    .map(|group| group.to_ascii_lowercase())
                    .collect(),
                senders: senders.clone(),
                evidence: connection.evidence.clone(),
                doubts,
            });
        }
    }
}

/// The subnets from which an endpoint on `subnet` is reached, with why those may not get there.
///
/// "What is a private endpoint?": it is reached from its own network, from peers, and from what is
/// connected to them. Security groups on its subnet count only where the subnet says so.
fn around(
    topology: &Topology,
    networks: &BTreeMap<ResourceIndex, AddressSet>,
    subnet: &Reference,
    own: Place,
) -> Vec<(AddressSet, Option<Doubt>)> {
    let read = topology.subnet(Some(subnet));
    let guard = read.and_then(|read| guard(read, subnet.span));
    let Some(network) = read.and_then(|read| read.network) else {
        return vec![(AddressSet::place(own), guard)];
    };
    let of_network = |network| networks.get(&network).cloned().unwrap_or_default();
    let mut found = vec![(of_network(network), guard.clone())];
    for peering in topology.peerings(network) {
        let Some(remote) = peering.remote_network() else {
            continue;
        };
        let doubt = match &peering.connected {
            Fact::Known(true) => guard.clone(),
            Fact::Known(false) => continue,
            Fact::Open(doubt) => Some(Doubt::clone(doubt)),
        };
        found.push((of_network(remote), doubt));
    }
    found
}

/// Why a security group may keep callers from the endpoints of `subnet`.
fn guard(subnet: &Subnet, span: Span) -> Option<Doubt> {
    let policies = EndpointPolicies::of(subnet);
    subnet.network_security_group.as_ref()?;
    match policies.security_groups {
        Fact::Known(false) => None,
        Fact::Open(doubt) => Some(Doubt::clone(&doubt)),
        Fact::Known(true) => Some(Doubt::outside(
            "private-endpoint-filter",
            format!("{}|lets callers in", subnet.name),
            format!(
                "a security group counts for the private endpoints on subnet `{}`",
                subnet.name
            ),
            format!(
                "what the security group of subnet `{}` lets in",
                subnet.name
            ),
            span,
        )),
    }
}

fn read_search_link(
    inventory: &Inventory,
    places: &Places,
    link: &Resource,
    found: &mut BTreeMap<ResourceIndex, Vec<Entrance>>,
) {
    let properties = link.properties();
    let service = properties.at("privateLinkResourceId").symbol();
    let (Some(target), Some(search)) = (
        service
            .stated()
            .and_then(|id| inventory.find_text(id, link.file)),
        link.id.parent(),
    ) else {
        return;
    };
    let status = properties.at("status").text();
    if status.is("Rejected") == Some(true) || status.is("Disconnected") == Some(true) {
        return;
    }
    let doubt = (status.is("Approved") != Some(true)).then(|| {
        Doubt::outside(
            "private-endpoint-approval",
            format!("{}|is approved", link.id.key()),
            format!(
                "whether the shared private link `{}` was approved is not known",
                link.short_name()
            ),
            format!(
                "the state of the shared private link `{}`",
                link.short_name()
            ),
            link.span,
        )
        .with_command(link.show_command())
    });
    let search = inventory
        .find(&search, link.file)
        .and_then(|index| inventory.get(index))
        .map_or(search, |resource| resource.id.clone());
    let says = "a shared private link of the search service leads to it";
    let group = properties.at("groupId").text();
    found.entry(target).or_default().push(Entrance {
        group_ids: group
            .stated()
            .map(|group| group.to_ascii_lowercase())
            .into_iter()
            .collect(),
        senders: AddressSet::place(own_network(places, &search)),
        evidence: vec![Evidence::stated(service.span(), says)],
        doubts: doubt.into_iter().collect(),
    });
}

/// "Managed virtual network isolation": the workspace's own resources get endpoints by themselves,
/// others by rules.
fn read_managed(
    inventory: &Inventory,
    places: &Places,
    workspace: &Resource,
    found: &mut BTreeMap<ResourceIndex, Vec<Entrance>>,
) {
    let properties = workspace.properties();
    let network = properties.at("managedNetwork");
    let mode = network.at("isolationMode").text();
    if mode.is_absent() || mode.is("Disabled") == Some(true) {
        return;
    }
    let senders = AddressSet::place(own_network(places, &workspace.id));
    let mut add = |target: Option<ResourceIndex>, group_ids: Vec<String>, evidence: Evidence| {
        if let Some(target) = target {
            found.entry(target).or_default().push(Entrance {
                group_ids,
                senders: senders.clone(),
                evidence: vec![evidence],
                doubts: Vec::new(),
            });
        }
    };
    for name in ["storageAccount", "keyVault", "containerRegistry"] {
        if let Setting::Stated(id, span) = properties.at(name).symbol() {
            let says = "the managed network has private endpoints to the workspace's own resources";
            let target = inventory.find_text(&id, workspace.file);
            add(target, Vec::new(), Evidence::platform(span, says));
        }
    }
    let inline = network.at("outboundRules");
    let rules = inline
        .value()
        .map_or(&[][..], crate::value::Value::members)
        .iter()
        .map(|member| Reader::new(&member.value));
    let beside: Vec<&Resource> = inventory
        .child_resources(workspace, "outboundRules")
        .map(|(_, rule)| rule)
        .collect();
    for rule in rules.chain(beside.iter().map(|rule| rule.properties())) {
        let destination = rule.at("destination");
        if rule.at("type").text().is("PrivateEndpoint") != Some(true) {
            continue;
        }
        if let Setting::Stated(id, span) = destination.at("serviceResourceId").symbol() {
            let says = "a rule of the managed network has a private endpoint to it";
            let group = destination.at("subresourceTarget").text();
            let groups = group
                .stated()
                .map(|group| group.to_ascii_lowercase())
                .into_iter()
                .collect();
            let target = inventory.find_text(&id, workspace.file);
            add(target, groups, Evidence::stated(span, says));
        }
    }
}
