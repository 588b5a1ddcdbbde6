//! Public doors beside private endpoints.

use crate::rule::Ruling;
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;

/// SL-NET-008.
pub(in crate::rule) static PRIVATE_ENDPOINT_BESIDE_OPEN_DOOR: Rule = Rule {
    id: "SL-NET-008",
    name: "private-endpoint-beside-open-door",
    title: "Private endpoint exists, public side still open",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/privateEndpoints"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the public side of what a private endpoint leads to is still open.",
        matters: "A private endpoint adds a way in. It takes none away, and everybody believes \
            that it does.",
        pass: "The internet does not reach the target. Targets outside the inputs are left out.",
        fail: "Anyone on the internet, or any customer of Azure, also reaches the target directly.",
        unknown: "Whether the target is reached is open.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` on the target.",
        edits: &[],
        cli: "az resource update --ids <target id> --set properties.publicNetworkAccess=Disabled",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}}, {"type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-05-01", "name": "acct",
            "properties": {"networkAcls": {"defaultAction": "Allow"}}}]"#,
        passes: r#"[{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}}, {"type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-05-01", "name": "acct",
            "properties": {"publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    let endpoints = &context.topology.private_endpoints;
    let own = endpoints
        .iter()
        .find(|endpoint| endpoint.index == scene.index);
    let targets: Vec<_> = own
        .map_or(&[][..], |endpoint| &endpoint.connections)
        .iter()
        .filter_map(|connection| connection.target.resource())
        .collect();
    if targets.is_empty() {
        ruling.skip();
        return;
    }
    for target in targets {
        let name = context
            .inventory
            .get(target)
            .map_or("", |target| target.short_name());
        let says = format!("`{name}`, to which it leads, is still open on its public side");
        ruling.judge(name, says, internet_reaches(context, target));
    }
}
