//! Subnets of private endpoints for which no rules hold.

use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-NET-013.
pub(in crate::rule) static ENDPOINT_SUBNET_WITHOUT_POLICIES: Rule = Rule {
    id: "SL-NET-013",
    name: "endpoint-subnet-without-policies",
    title: "NSG and routes do not apply to private endpoints in this subnet",
    topic: Topic::Network,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks/subnets"],
    controls: &["NS-1"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether security groups and routes hold for the private endpoints in a subnet.",
        matters: "Without network policies, a private endpoint is reached from anywhere in the \
            network, whatever the security group says.",
        pass: "`privateEndpointNetworkPolicies` is `Enabled`, `NetworkSecurityGroupEnabled` or \
            `RouteTableEnabled`. Subnets without private endpoints are left out.",
        fail: "It is `Disabled`, or absent at a newer API version, where it means that, and the \
            subnet holds a private endpoint.",
        unknown: "It is absent at an API version before 2022-07-01, whose default is disputed, or \
            in an export; or a parameter decides.",
    },
    remedy: Remedy {
        text: "Set `privateEndpointNetworkPolicies` to `Enabled`.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "endpoints", "properties": {"addressPrefix": "10.0.1.0/24",
            "privateEndpointNetworkPolicies": "Disabled"}}]}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "endpoints", "properties": {"addressPrefix": "10.0.1.0/24",
            "privateEndpointNetworkPolicies": "Enabled"}}]}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const DISPUTED: Absent = Open(
    "whether an absent privateEndpointNetworkPolicies means off hangs on the API version that made the subnet",
);

const IS_OFF: Condition = property(
    "properties.privateEndpointNetworkPolicies",
    Is(&["Disabled"]),
    InExport(
        &DISPUTED,
        &Since("2022-07-01", &Means("Disabled"), &DISPUTED),
    ),
);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    if scene
        .context
        .neighbours
        .endpoints_in(scene.index)
        .is_empty()
    {
        ruling.skip();
        return;
    }
    ruling.judge(
        "no-policies",
        "security groups and routes do not hold for its private endpoints",
        IS_OFF.ask(scene),
    );
}
