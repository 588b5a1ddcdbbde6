//! How resources hang together, read once for all rules.

use super::encryption_key::{KeyUse, find_key_uses};
use super::{Answer, Scene};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, Resource, ResourceId, ResourceIndex};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;

/// The links that rules ask for again and again.
#[derive(Debug, Default)]
pub struct Relations {
    endpoints: BTreeMap<ResourceIndex, Vec<EndpointLink>>,
    unknown_endpoints: Vec<Doubt>,
    diagnostics: BTreeMap<ResourceIndex, Vec<ResourceIndex>>,
    extensions: BTreeMap<ResourceIndex, Vec<ResourceIndex>>,
    key_uses: Vec<KeyUse>,
    next_hops: Vec<NextHop>,
    model_hosts: BTreeMap<ResourceIndex, Vec<(ResourceIndex, Span)>>,
}

/// An address through which a route leads.
#[derive(Clone, Debug)]
pub struct NextHop {
    /// The address, or the symbol of an open one.
    pub address: Text,
    /// The route's place.
    pub span: Span,
}

/// A private endpoint that leads to a resource.
#[derive(Clone, Debug)]
pub struct EndpointLink {
    /// The endpoint, or the resource itself where only its own list of connections tells.
    pub endpoint: ResourceIndex,
    /// The parts of the service that it leads to, in lower case; empty where that is not known.
    pub groups: Vec<String>,
    /// Whether the connection waits for an approval that the template cannot give.
    pub manual: bool,
    /// The status that an export reports, in lower case.
    pub status: Option<Text>,
    /// The connection's place.
    pub span: Span,
}

impl EndpointLink {
    /// Whether it may carry traffic: its status, where one is reported, is `Approved`.
    pub fn is_approved(&self) -> bool {
        self.status
            .as_deref()
            .is_none_or(|status| status == "approved")
    }

    /// Whether it leads to one of `groups`; an endpoint of unknown groups may.
    pub fn leads_to(&self, groups: &[&str]) -> bool {
        groups.is_empty()
            || self.groups.is_empty()
            || groups.iter().any(|group| {
                self.groups
                    .iter()
                    .any(|own| own.eq_ignore_ascii_case(group))
            })
    }
}

impl Relations {
    /// The links among the resources of `inventory`. O(n log n).
    pub fn build(inventory: &Inventory) -> Self {
        let mut relations = Self::default();
        for (index, resource) in inventory.iter() {
            if resource.is_not_deployed() {
                continue;
            }
            if resource
                .resource_type
                .is("Microsoft.Network/privateEndpoints")
            {
                relations.add_endpoint(inventory, index, resource);
            }
            relations.add_own_connections(inventory, index, resource);
            if resource.id.tail().len() < resource.id.key().len()
                && resource.id.head().contains("/providers/")
            {
                relations.add_extension(inventory, index, resource);
            }
        }
        relations.key_uses = find_key_uses(inventory);
        relations.next_hops = find_next_hops(inventory);
        relations.model_hosts = find_model_hosts(inventory);
        relations
    }

    /// What trains or serves models in `subnet`, each with the place that says so.
    pub fn model_hosts_in(&self, subnet: ResourceIndex) -> &[(ResourceIndex, Span)] {
        self.model_hosts.get(&subnet).map_or(&[], Vec::as_slice)
    }

    /// Every address through which a route leads.
    pub fn next_hops(&self) -> &[NextHop] {
        &self.next_hops
    }

    /// Every use of a customer-managed key.
    pub fn key_uses(&self) -> &[KeyUse] {
        &self.key_uses
    }

    /// The uses of keys in `vault`.
    pub fn keys_in(&self, vault: ResourceIndex) -> Vec<&KeyUse> {
        self.key_uses
            .iter()
            .filter(|used| used.vault == Some(vault))
            .collect()
    }

    /// The private endpoints that lead to `resource`, in order.
    pub fn endpoints_of(&self, resource: ResourceIndex) -> &[EndpointLink] {
        self.endpoints.get(&resource).map_or(&[], Vec::as_slice)
    }

    /// A doubt for each private endpoint whose target is not known.
    pub fn unknown_endpoints(&self) -> &[Doubt] {
        &self.unknown_endpoints
    }

    /// The diagnostic settings on `resource`, in order.
    pub fn diagnostics_of(&self, resource: ResourceIndex) -> &[ResourceIndex] {
        self.diagnostics.get(&resource).map_or(&[], Vec::as_slice)
    }

    /// The extension resources on `resource` (locks, assignments, settings), in order.
    pub fn extensions_of(&self, resource: ResourceIndex) -> &[ResourceIndex] {
        self.extensions.get(&resource).map_or(&[], Vec::as_slice)
    }

    fn add_endpoint(&mut self, inventory: &Inventory, index: ResourceIndex, resource: &Resource) {
        for (property, manual) in [
            ("privateLinkServiceConnections", false),
            ("manualPrivateLinkServiceConnections", true),
        ] {
            for connection in resource.properties().at(property).items() {
                let connection = connection.at("properties");
                let target = connection.at("privateLinkServiceId").symbol();
                let Some(id) = target.stated() else { continue };
                let Some(found) = inventory.find_text(id, resource.file) else {
                    if id.contains('{') {
                        self.unknown_endpoints.push(Doubt::outside(
                            "endpoint-target-unknown",
                            format!("{}|privateLinkServiceId", resource.id),
                            format!(
                                "the target of private endpoint `{}` is not known",
                                resource.name
                            ),
                            format!("the target of private endpoint `{}`", resource.name),
                            target.span(),
                        ));
                    }
                    continue;
                };
                self.endpoints.entry(found).or_default().push(EndpointLink {
                    endpoint: index,
                    groups: groups(connection),
                    manual,
                    status: status(connection),
                    span: connection.span(),
                });
            }
        }
    }

    /// Exports list a resource's connections inside it or as its children.
    fn add_own_connections(
        &mut self,
        inventory: &Inventory,
        index: ResourceIndex,
        resource: &Resource,
    ) {
        let link = |properties: Reader<'_>| EndpointLink {
            endpoint: index,
            groups: groups(properties),
            manual: false,
            status: status(properties),
            span: properties.span(),
        };
        for connection in resource
            .properties()
            .at("privateEndpointConnections")
            .items()
        {
            let link = link(connection.at("properties"));
            self.endpoints.entry(index).or_default().push(link);
        }
        for (_, child) in inventory.child_resources(resource, "privateEndpointConnections") {
            let link = link(child.properties());
            self.endpoints.entry(index).or_default().push(link);
        }
    }

    fn add_extension(&mut self, inventory: &Inventory, index: ResourceIndex, resource: &Resource) {
        let target = ResourceId::new(resource.id.head());
        let Some(found) = inventory.find(&target, resource.file) else {
            return;
        };
        if resource
            .resource_type
            .last_segment()
            .eq_ignore_ascii_case("diagnosticSettings")
        {
            self.diagnostics.entry(found).or_default().push(index);
        }
        self.extensions.entry(found).or_default().push(index);
    }
}

fn groups(connection: Reader<'_>) -> Vec<String> {
    let items = connection.at("groupIds").items();
    items
        .iter()
        .filter_map(|item| item.text().stated().map(|text| text.to_ascii_lowercase()))
        .collect()
}

fn status(connection: Reader<'_>) -> Option<Text> {
    let status = connection
        .path("privateLinkServiceConnectionState.status")
        .text();
    status.stated().map(|text| text.to_ascii_lowercase().into())
}

fn find_next_hops(inventory: &Inventory) -> Vec<NextHop> {
    let mut hops = Vec::new();
    for (_, table) in inventory.of_type("Microsoft.Network/routeTables") {
        for route in inventory.children_of(table, "routes", "routes") {
            let address = route.properties().at("nextHopIpAddress").symbol();
            if let Some(text) = address.stated() {
                hops.push(NextHop {
                    address: Text::clone(text),
                    span: address.span(),
                });
            }
        }
    }
    hops
}

/// Whether no private endpoint for one of `groups` leads to the resource.
pub(super) fn lacks_endpoint(scene: &Scene<'_>, groups: &[&str]) -> Answer {
    let relations = &scene.context.relations;
    let links = relations.endpoints_of(scene.index);
    if links
        .iter()
        .any(|link| link.is_approved() && link.leads_to(groups))
    {
        return Answer::No;
    }
    if !relations.unknown_endpoints.is_empty() {
        return Answer::Open(relations.unknown_endpoints.clone());
    }
    let named = if groups.is_empty() {
        String::new()
    } else {
        format!(" for {}", groups.join(" or "))
    };
    Answer::yes(Evidence::default(
        scene.resource.span,
        format!("no private endpoint{named} is in the inputs"),
    ))
}

/// Whether no diagnostic setting on the resource sends logs of one of `categories`.
pub(super) fn lacks_logs(scene: &Scene<'_>, categories: &[&str]) -> Answer {
    let settings = scene.context.relations.diagnostics_of(scene.index);
    let mut doubts = Vec::new();
    for setting in settings
        .iter()
        .filter_map(|at| scene.context.inventory.get(*at))
    {
        let logs = setting.properties().at("logs");
        if let Some(unknown) = logs.value().and_then(|value| value.as_unknown()) {
            doubts.push(Doubt::of(unknown, logs.span(), "logs"));
            continue;
        }
        for log in logs.items() {
            let enabled = log.at("enabled").boolean();
            let named = [log.at("category").text(), log.at("categoryGroup").text()];
            let is_wanted = named.iter().any(|name| {
                categories
                    .iter()
                    .any(|category| name.is(category) == Some(true))
            });
            match (is_wanted, enabled.stated(), enabled.unknown()) {
                (true, Some(true), _) => return Answer::No,
                (true, _, Some(unknown)) => {
                    doubts.push(Doubt::of(unknown, enabled.span(), "enabled"));
                }
                _ => {}
            }
        }
    }
    if !doubts.is_empty() {
        return Answer::Open(doubts);
    }
    Answer::yes(
        match settings
            .first()
            .and_then(|at| scene.context.inventory.get(*at))
        {
            Some(setting) => Evidence::stated(
                setting.span,
                format!(
                    "`{}` sends none of {}",
                    setting.short_name(),
                    categories.join(", ")
                ),
            ),
            None => Evidence::default(
                scene.resource.span,
                "no diagnostic setting is in the inputs",
            ),
        },
    )
}

/// Where each type that trains or serves models names its subnet: a list, empty for none, and the
/// path in each of its items or in the properties.
const MODEL_HOSTS: [(&str, &str, &str); 5] = [
    (
        "Microsoft.MachineLearningServices/workspaces/computes",
        "",
        "properties.subnet.id",
    ),
    (
        "Microsoft.ContainerService/managedClusters",
        "agentPoolProfiles",
        "vnetSubnetID",
    ),
    (
        "Microsoft.ContainerService/managedClusters/agentPools",
        "",
        "vnetSubnetID",
    ),
    (
        "Microsoft.App/managedEnvironments",
        "",
        "vnetConfiguration.infrastructureSubnetId",
    ),
    (
        "Microsoft.CognitiveServices/accounts",
        "networkInjections",
        "subnetArmId",
    ),
];

fn find_model_hosts(inventory: &Inventory) -> BTreeMap<ResourceIndex, Vec<(ResourceIndex, Span)>> {
    let mut hosts: BTreeMap<ResourceIndex, Vec<(ResourceIndex, Span)>> = BTreeMap::new();
    for (resource_type, list, path) in MODEL_HOSTS {
        for (index, resource) in inventory.of_type(resource_type) {
            if resource.is_not_deployed() {
                continue;
            }
            let holders = if list.is_empty() {
                vec![resource.properties()]
            } else {
                resource.properties().at(list).items()
            };
            for holder in holders {
                let id = holder.path(path).symbol();
                let subnet = id
                    .stated()
                    .and_then(|id| inventory.find_text(id, resource.file));
                if let Some(subnet) = subnet {
                    hosts.entry(subnet).or_default().push((index, id.span()));
                }
            }
        }
    }
    hosts
}
