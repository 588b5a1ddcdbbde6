//! Subnets: `Microsoft.Network/virtualNetworks/subnets`.

use crate::rule::prelude::*;

/// SL-NET-004.
pub(in crate::rule) static SUBNET_WITHOUT_SECURITY_GROUP: Rule = Rule {
    id: "SL-NET-004",
    name: "subnet-without-security-group",
    title: "Workload subnet without NSG",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks/subnets"],
    controls: &["NS-1"],
    references: "azure-policy: e71308d3-144b-4262-b144-efdc3cc90517; psrule: Azure.VNET.UseNSGs \
        (AZR-000263); nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a subnet has a network security group.",
        matters: "Without one, every neighbour in the network, and everything peered with it, \
            reaches every port of what stands in the subnet.",
        pass: "`networkSecurityGroup.id` is set. The subnets of gateways, firewalls and route \
            servers, which take none, and those of dedicated HSMs are left out.",
        fail: "There is no security group. On the Bastion subnet, where it is optional, that is a \
            note.",
        unknown: "A parameter decides whether there is one, or the network's subnets.",
    },
    remedy: Remedy {
        text: "Attach a security group that allows what the subnet needs and denies the rest.",
        edits: &[set(
            "properties.networkSecurityGroup",
            r#"{"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/networkSecurityGroups/workload"}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2024-05-01",
            "name": "net/workload", "properties": {"addressPrefix": "10.0.1.0/24"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(takes_security_group),
        parts: &[
            part(
                "none",
                "it has no security group",
                All(&[
                    property("properties.networkSecurityGroup.id", Empty, AbsentHolds),
                    Unless(&Custom(is_bastion)),
                ]),
            ),
            part(
                "none-on-bastion",
                "the Bastion subnet has no security group",
                All(&[
                    property("properties.networkSecurityGroup.id", Empty, AbsentHolds),
                    Custom(is_bastion),
                ]),
            )
            .at(Info),
        ],
    }),
    question: None,
};

/// Subnets that take no security group ("How network security groups filter network traffic", and
/// the pages of each service).
const EXEMPT: [&str; 4] = [
    "GatewaySubnet",
    "AzureFirewallSubnet",
    "AzureFirewallManagementSubnet",
    "RouteServerSubnet",
];

fn takes_security_group(scene: &Scene<'_>) -> Answer {
    let name = scene.resource.short_name();
    let exempt = EXEMPT.iter().any(|other| name.eq_ignore_ascii_case(other));
    let delegations = scene.properties().at("delegations").items();
    let for_modules = delegations.iter().any(|delegation| {
        let service = delegation.path("properties.serviceName").text();
        service.is("Microsoft.HardwareSecurityModules/dedicatedHSMs") == Some(true)
    });
    if exempt || for_modules {
        Answer::No
    } else {
        Answer::Yes(Vec::new())
    }
}

fn is_bastion(scene: &Scene<'_>) -> Answer {
    if scene
        .resource
        .short_name()
        .eq_ignore_ascii_case("AzureBastionSubnet")
    {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}
