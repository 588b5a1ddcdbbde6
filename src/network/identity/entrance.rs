//! Private ways into services: private endpoints, shared private links, managed networks.

use super::sender::{own_network, subnet_place};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, FlowSet, Place, ServiceSet, decide_series};
use crate::network::{
    Direction, EndpointPolicies, Fact, PrivateEndpoint, Reference, Subnet, Topology,
};
use crate::resource::{Inventory, Places, Reader, Resource, ResourceIndex, Setting};
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
    around: &[Around],
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
        for callers in around {
            let mut doubts: Vec<Doubt> = doubt.clone().into_iter().collect();
            doubts.extend(callers.doubts.iter().cloned());
            let mut evidence = connection.evidence.clone();
            evidence.extend(callers.evidence.iter().cloned());
            found.entry(target).or_default().push(Entrance {
                group_ids: connection
                    .group_ids
                    .iter()
                    .map(|group| group.to_ascii_lowercase())
                    .collect(),
                senders: callers.senders.clone(),
                evidence,
                doubts,
            });
        }
    }
}

/// Callers of an endpoint.
struct Around {
    /// The places where they stand.
    senders: AddressSet,
    /// Why they may not get there; all of them have to fall their way.
    doubts: Vec<Doubt>,
    /// What lets them in, where something has a say.
    evidence: Vec<Evidence>,
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
) -> Vec<Around> {
    let read = topology.subnet(Some(subnet));
    let guard = |addresses: &AddressSet| match read {
        Some(read) => guard(topology, (subnet, read), addresses),
        None => Guard::Open(None, Vec::new()),
    };
    let Some(network) = read.and_then(|read| read.network) else {
        let near = topology.vicinity(subnet.resource()).virtual_network.may();
        return guard(&near)
            .admit(AddressSet::place(own), None)
            .into_iter()
            .collect();
    };
    let of_network = |network| networks.get(&network).cloned().unwrap_or_default();
    let space = |network| {
        let known = topology.virtual_networks().get(&network);
        known.map_or_else(AddressSet::private, |network| network.space.may())
    };
    let mut found: Vec<Around> = Vec::new();
    found.extend(guard(&space(network)).admit(of_network(network), None));
    for peering in topology.peerings(network) {
        let Some(remote) = peering.remote_network() else {
            continue;
        };
        let doubt = match &peering.connected {
            Fact::Known(true) => None,
            Fact::Known(false) => continue,
            Fact::Open(doubt) => Some(Doubt::clone(doubt)),
        };
        found.extend(guard(&space(remote)).admit(of_network(remote), doubt));
    }
    found
}

/// What a security group does with callers of the endpoints behind it.
enum Guard {
    /// It lets them in, if the doubt falls its way, because of what is cited.
    Open(Option<Doubt>, Vec<Evidence>),
    /// It lets none of them in.
    Closed,
}

impl Guard {
    /// The callers `senders`, who come if `doubt` holds, as far as it lets them in.
    fn admit(self, senders: AddressSet, doubt: Option<Doubt>) -> Option<Around> {
        match self {
            Self::Open(own, evidence) => Some(Around {
                senders,
                doubts: own.into_iter().chain(doubt).collect(),
                evidence,
            }),
            Self::Closed => None,
        }
    }
}

/// What the security group of the endpoints' subnet, where it counts for them, does with callers at
/// `addresses` who ask on port 443.
fn guard(
    topology: &Topology,
    (reference, subnet): (&Reference, &Subnet),
    addresses: &AddressSet,
) -> Guard {
    let counts = match EndpointPolicies::of(subnet).security_groups {
        Fact::Known(true) => None,
        Fact::Known(false) => return Guard::Open(None, Vec::new()),
        Fact::Open(doubt) => Some(Doubt::clone(&doubt)),
    };
    let Some(group) = &subnet.network_security_group else {
        return Guard::Open(None, Vec::new());
    };
    let local = topology.local_in(format!("{}|lets callers in", subnet.name), Some(reference));
    let filter = topology.subnet_filter(Some(reference), &local, Direction::Inbound, None);
    let lists = filter.access_lists();
    let lists: Vec<&AccessList> = lists.iter().collect();
    let packets = FlowSet::new(addresses, ServiceSet::tcp(443));
    let allowed = decide_series(&lists, &packets).allowed;
    if allowed.must.contains(&packets) {
        let entries = lists
            .iter()
            .flat_map(|list| list.deciding(&packets, Access::Allow));
        let evidence = entries.flat_map(|entry| entry.evidence.iter().cloned());
        return Guard::Open(None, evidence.collect());
    }
    if allowed.may.is_empty() && counts.is_none() {
        return Guard::Closed;
    }
    let doubt = Doubt::outside(
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
        reference.span,
    )
    .with_command(group.id.show_command());
    Guard::Open(Some(counts.unwrap_or(doubt)), Vec::new())
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
    let mut evidence = vec![Evidence::stated(service.span(), says)];
    if let Setting::Stated(word, span) = &status {
        let says = format!("status of the shared private link is {word}");
        evidence.push(Evidence::stated(*span, says));
    }
    let group = properties.at("groupId").text();
    found.entry(target).or_default().push(Entrance {
        group_ids: group
            .stated()
            .map(|group| group.to_ascii_lowercase())
            .into_iter()
            .collect(),
        senders: AddressSet::place(own_network(places, &search)),
        evidence,
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
