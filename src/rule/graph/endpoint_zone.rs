//! Private endpoints that register nowhere.

use crate::evidence::{Doubt, Evidence};
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-NET-009.
pub(in crate::rule) static PRIVATE_ENDPOINT_WITHOUT_ZONE: Rule = Rule {
    id: "SL-NET-009",
    name: "private-endpoint-without-zone",
    title: "Private endpoint without its DNS zone group",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/privateEndpoints"],
    controls: &["NS-10"],
    references: "azure-policy: c4bc6f10-cb41-49eb-b000-d5ab82e2a091, \
        ee40564d-486e-4f68-a5ca-7a621edae0fb, fbc14a67-53e4-4932-abcc-2049c6706009, \
        6a4e6f44-f2af-4082-9702-033c9e88b9f8, 75973700-529f-4de2-b794-fb9b6781b6b0, \
        83c6fe0f-2316-444a-99a1-1ecd8a7872ca, 6df98d03-368a-4438-8730-a93c4d7693d6, \
        e9585a95-5b8c-4d03-b193-dc7eb5ac4c32",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a private endpoint writes its address into a private DNS zone.",
        matters: "Without that the name keeps resolving to the public address, and clients take \
            the public way, or fail once it is closed.",
        pass: "The endpoint has a `privateDnsZoneGroups` child.",
        fail: "It has none in the inputs.",
        unknown: "The configurations of the zone group are a parameter.",
    },
    remedy: Remedy {
        text: "Add a DNS zone group with the zones of the service.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
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
    let groups = scene.children("privateDnsZoneGroups");
    let registers = Answer::any(groups.map(|group| {
        let zones = group.properties().at("privateDnsZoneConfigs");
        match zones.value().and_then(|value| value.as_unknown()) {
            Some(unknown) => {
                Answer::open(Doubt::of(unknown, zones.span(), "privateDnsZoneConfigs"))
            }
            None if zones.items().is_empty() => Answer::No,
            None => Answer::Yes(Vec::new()),
        }
    }));
    let answer = match registers {
        Answer::Yes(_) => Answer::No,
        Answer::No => {
            let says = "no zone group in the inputs writes its address into a private zone";
            Answer::yes(Evidence::default(scene.resource.span, says))
        }
        open @ Answer::Open(_) => open,
    };
    ruling.judge(
        "no-zone",
        "names keep resolving to the public address",
        answer,
    );
}
