//! Fronts that face the internet.

use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-NET-021.
pub(in crate::rule) static PUBLIC_FRONT_WITHOUT_WAF: Rule = Rule {
    id: "SL-NET-021",
    name: "public-front-without-waf",
    title: "Public gateway without WAF",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Network/applicationGateways",
        "Microsoft.Network/frontDoors",
        "Microsoft.Cdn/profiles",
    ],
    controls: &["NS-6"],
    references: "azure-policy: 564feb30-bf6a-4854-b4bb-0d2d2d1e6c66, \
        055aa869-bc98-4af8-bafc-23f1ab6ffe2c, ff1f1879-a60d-4f23-9641-41e7391ec19a; checkov: \
        CKV_AZURE_121; psrule: Azure.AppGw.UseWAF (AZR-000063), Azure.FrontDoor.UseWAF \
        (AZR-000111); nist: SC-5, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a gateway or Front Door that faces the internet has a web application \
            firewall.",
        matters: "Prompts and uploads are requests like any other; the common attacks in them are \
            stopped at the edge or by nobody.",
        pass: "The gateway's tier is `WAF` or `WAF_v2`, or a firewall policy is attached; a Front \
            Door profile has a security policy, a classic one a policy link on every endpoint.",
        fail: "It faces the internet and has none.",
        unknown: "A parameter decides the tier or the policy.",
    },
    remedy: Remedy {
        text: "Attach a web application firewall policy in prevention mode.",
        edits: &[],
        cli: "az network application-gateway waf-policy create --name <policy> --resource-group \
            <group>  # then attach it to the gateway",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2024-05-01",
            "name": "front", "location": "westeurope",
            "properties": {"sku": {"name": "Standard_v2", "tier": "Standard_v2"},
            "gatewayIPConfigurations": [{"name": "g",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'front')]"}}}],
            "frontendIPConfigurations": [{"name": "public",
            "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}}]"#,
        passes: r#"[{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2024-05-01",
            "name": "front", "location": "westeurope", "properties": {"sku": {"name": "WAF_v2",
            "tier": "WAF_v2"}, "gatewayIPConfigurations": [{"name": "g",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'front')]"}}}],
            "frontendIPConfigurations": [{"name": "public",
            "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "no-firewall",
                "it faces the internet without a web application firewall",
                All(&[
                    property(
                        "properties.sku.tier",
                        BeginsNot(&["WAF"]),
                        Means("Standard"),
                    ),
                    property("properties.firewallPolicy.id", Empty, AbsentHolds),
                    AnyItem(
                        "properties.frontendIPConfigurations",
                        &property("properties.publicIPAddress", Filled, Not),
                    ),
                ]),
            )
            .on(&["Microsoft.Network/applicationGateways"]),
            part(
                "no-firewall",
                "it faces the internet without a web application firewall",
                All(&[
                    property(
                        "sku.name",
                        Is(&["Standard_AzureFrontDoor", "Premium_AzureFrontDoor"]),
                        Not,
                    ),
                    Custom(lacks_security_policy),
                ]),
            )
            .on(&["Microsoft.Cdn/profiles"]),
            part(
                "no-firewall",
                "an endpoint of it faces the internet without a web application firewall",
                AnyItem(
                    "properties.frontendEndpoints",
                    &property(
                        "properties.webApplicationFirewallPolicyLink.id",
                        Empty,
                        AbsentHolds,
                    ),
                ),
            )
            .on(&["Microsoft.Network/frontDoors"]),
        ],
    }),
    question: None,
};

/// Whether no security policy is declared for the profile.
fn lacks_security_policy(scene: &Scene<'_>) -> Answer {
    if scene.children("securityPolicies").next().is_some() {
        Answer::No
    } else {
        let says = "no security policy is declared for it";
        Answer::yes(Evidence::default(scene.resource.span, says))
    }
}
