//! Traffic Manager: it answers names with other names and carries no packet.
//!
//! Template reference: `Microsoft.Network/trafficManagerProfiles`.

use super::{Fact, Reference};
use crate::evidence::Evidence;
use crate::resource::{Inventory, Reader, ResourceIndex};
use crate::source::{FileId, Span};
use crate::value::Text;

/// A profile, read.
#[derive(Clone, Debug)]
pub struct TrafficManager {
    /// The resource.
    pub index: ResourceIndex,
    /// Its text.
    pub span: Span,
    /// The name that it answers for, with holes in braces for what is not known.
    pub host_name: Option<Text>,
    /// Whether it is in force.
    pub enabled: Fact<bool>,
    /// What it answers with.
    pub endpoints: Vec<TrafficEndpoint>,
}

/// One answer of a profile.
#[derive(Clone, Debug)]
pub struct TrafficEndpoint {
    /// The name.
    pub name: Text,
    /// The resource that it stands for, where it names one.
    pub resource: Option<Reference>,
    /// The host name or address that it stands for.
    pub target: Option<Text>,
    /// Whether it is in force.
    pub enabled: Fact<bool>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// The type of a profile.
pub(super) const TRAFFIC_MANAGER: &str = "Microsoft.Network/trafficManagerProfiles";

impl TrafficManager {
    /// Reads the profile at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let mut endpoints = Vec::new();
        for item in properties.at("endpoints").items() {
            let name = item.at("name").symbol().stated().cloned();
            let name = name.unwrap_or_else(|| "endpoint".into());
            endpoints.push(endpoint(
                inventory,
                resource.file,
                name,
                item.at("properties"),
            ));
        }
        for segment in ["azureEndpoints", "externalEndpoints", "nestedEndpoints"] {
            for (_, child) in inventory.child_resources(resource, segment) {
                let name = Text::from(child.short_name());
                if !endpoints.iter().any(|known| known.name == name) {
                    endpoints.push(endpoint(inventory, child.file, name, child.properties()));
                }
            }
        }
        let label = properties.path("dnsConfig.relativeName").symbol();
        Some(Self {
            index,
            span: resource.span,
            host_name: label
                .stated()
                .map(|label| format!("{label}.trafficmanager.net").into()),
            enabled: super::front_door::enabled(properties.at("profileStatus")),
            endpoints,
        })
    }
}

fn endpoint(
    inventory: &Inventory,
    file: FileId,
    name: Text,
    properties: Reader<'_>,
) -> TrafficEndpoint {
    let named = properties.at("targetResourceId");
    let target = properties.at("target");
    let span = if named.value().is_some() {
        named.span()
    } else {
        target.span()
    };
    TrafficEndpoint {
        resource: Reference::read_text(inventory, file, named),
        target: target.symbol().stated().cloned(),
        enabled: super::front_door::enabled(properties.at("endpointStatus")),
        evidence: vec![Evidence::stated(
            span,
            format!("target of endpoint `{name}`"),
        )],
        name,
    }
}
