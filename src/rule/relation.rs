//! How resources hang together, read once for all rules.

use super::encryption_key::{KeyUse, find_key_uses};
use crate::evidence::Doubt;
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
        relations
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
