//! Private zones that no network looks at.

use crate::evidence::{Doubt, Evidence};
use crate::network::{PrivateEndpoint, PrivateZone};
use crate::resource::ResourceIndex;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-011.
pub(in crate::rule) static ZONE_NOT_LINKED: Rule = Rule {
    id: "SL-NET-011",
    name: "zone-not-linked",
    title: "Private DNS zone not linked to the vnet that uses it",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/privateDnsZones"],
    controls: &["NS-10"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the private zones that endpoints register in are linked to the networks \
            of those endpoints.",
        matters: "A zone that no network looks at answers nobody; names keep resolving to the \
            public address.",
        pass: "A `virtualNetworkLinks` child leads to the network of each endpoint that registers \
            in the zone.",
        fail: "No link leads to such a network.",
        unknown: "The network of an endpoint, or of a link, is not in the inputs.",
    },
    remedy: Remedy {
        text: "Link the zone to the networks whose clients use the endpoints.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/privateDnsZones", "apiVersion": "2024-06-01",
            "name": "privatelink.blob.core.windows.net", "location": "global"},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "endpoints",
            "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}},
            {"type": "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            "apiVersion": "2024-05-01", "name": "endpoint/default",
            "properties": {"privateDnsZoneConfigs": [{"name": "privatelink-blob-core-windows-net",
            "properties": {"privateDnsZoneId": "[resourceId('Microsoft.Network/privateDnsZones', 'privatelink.blob.core.windows.net')]"}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/privateDnsZones", "apiVersion": "2024-06-01",
            "name": "privatelink.blob.core.windows.net", "location": "global"},
            {"type": "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            "apiVersion": "2024-06-01", "name": "privatelink.blob.core.windows.net/net",
            "location": "global", "properties": {"registrationEnabled": false,
            "virtualNetwork": {"id": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]"}}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "endpoints",
            "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}},
            {"type": "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            "apiVersion": "2024-05-01", "name": "endpoint/default",
            "properties": {"privateDnsZoneConfigs": [{"name": "privatelink-blob-core-windows-net",
            "properties": {"privateDnsZoneId": "[resourceId('Microsoft.Network/privateDnsZones', 'privatelink.blob.core.windows.net')]"}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    let Some(zone) = context.topology.private_zones.get(&scene.index) else {
        return;
    };
    let endpoints = &context.topology.private_endpoints;
    let registered: Vec<_> = endpoints
        .iter()
        .filter(|endpoint| {
            endpoint
                .zones
                .iter()
                .any(|named| named.resource() == Some(scene.index))
        })
        .collect();
    if registered.is_empty() {
        ruling.skip();
        return;
    }
    for endpoint in registered {
        let says = format!(
            "the network of `{}`, which registers in it, is not linked",
            endpoint.name
        );
        ruling.judge(&endpoint.name, says, is_unlinked(context, zone, endpoint));
    }
}

fn is_unlinked(context: &Context<'_>, zone: &PrivateZone, endpoint: &PrivateEndpoint) -> Answer {
    let subnet = context.topology.subnet(endpoint.subnet.as_ref());
    let Some(network) = subnet.and_then(|subnet| subnet.network) else {
        return Answer::open(Doubt::outside(
            "network-outside",
            format!("{:?}|network", endpoint.span),
            format!(
                "the network of private endpoint `{}` is not in the inputs",
                endpoint.name
            ),
            format!(
                "the template of the network of private endpoint `{}`",
                endpoint.name
            ),
            endpoint.span,
        ));
    };
    if zone
        .links
        .iter()
        .any(|(link, _)| link.resource() == Some(network))
    {
        return Answer::No;
    }
    let outside = zone
        .links
        .iter()
        .find(|(link, _)| link.resource().is_none());
    if let Some((link, span)) = outside.filter(|(link, _)| link.id.as_str().contains('{')) {
        return Answer::open(Doubt::outside(
            "link-outside",
            format!("{}|link", link.id),
            format!(
                "the network that a link of zone `{}` leads to is not known",
                zone.name
            ),
            format!("the network that a link of zone `{}` leads to", zone.name),
            *span,
        ));
    }
    let name = name_of(context, network);
    Answer::yes(Evidence::stated(
        zone.span,
        format!("no link leads to `{name}`"),
    ))
}

fn name_of(context: &Context<'_>, index: ResourceIndex) -> String {
    context
        .inventory
        .get(index)
        .map_or_else(String::new, |one| one.name.to_string())
}
