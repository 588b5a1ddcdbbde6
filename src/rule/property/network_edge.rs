//! What stands at the edge of a virtual network.

use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-NET-006.
pub(in crate::rule) static INTERFACE_WITH_PUBLIC_ADDRESS: Rule = Rule {
    id: "SL-NET-006",
    name: "interface-with-public-address",
    title: "NIC or scale set carries a public IP",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/networkInterfaces", "Microsoft.Compute/virtualMachineScaleSets"],
    controls: &["NS-2"],
    references: "azure-policy: 83a86a26-fd1f-447c-b59d-e51f44264114; psrule: \
        Azure.VM.PublicIPAttached, Azure.VMSS.PublicIPAttached",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a network interface, or the instances of a scale set, carry public \
            addresses of their own.",
        matters: "A host with its own public address stands at the edge without a gateway, a \
            firewall or a log in between; only its security groups are left.",
        pass: "No IP configuration has a public address.",
        fail: "An IP configuration has `publicIPAddress`, or a scale set's \
            `publicIPAddressConfiguration`.",
        unknown: "The configurations, or an address, are a parameter.",
    },
    remedy: Remedy {
        text: "Take the address away; use Bastion for administration, and a load balancer or \
            gateway for traffic.",
        edits: &[
            set("properties.ipConfigurations.0.properties.publicIPAddress", ""),
        ],
        cli: "az network nic ip-config update --nic-name <interface> --resource-group <group> \
            --name <configuration> --remove publicIpAddress",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "properties": {"ipConfigurations": [{"name": "ipconfig1",
            "properties": {"privateIPAllocationMethod": "Dynamic",
            "subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'workload')]"},
            "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part("public-address", "it carries a public address", AnyItem("properties.ipConfigurations", &property("properties.publicIPAddress", Filled, Not))).on(&["Microsoft.Network/networkInterfaces"]),
            part("public-address", "its instances carry public addresses", AnyItem("properties.virtualMachineProfile.networkProfile.networkInterfaceConfigurations", &AnyItem("properties.ipConfigurations", &property("properties.publicIPAddressConfiguration", Filled, Not)))).on(&["Microsoft.Compute/virtualMachineScaleSets"]),
        ],
    }),
    question: None,
};

/// SL-NET-012.
pub(in crate::rule) static PRIVATE_ENDPOINT_NOT_APPROVED: Rule = Rule {
    id: "SL-NET-012",
    name: "private-endpoint-not-approved",
    title: "Private endpoint connection not approved",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/privateEndpoints"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a private endpoint's connection is approved, so that traffic takes it.",
        matters: "Until it is, clients go on using the public side, and closing that breaks them.",
        pass: "The connection is automatic, or an export reports it as approved.",
        fail: "A manual connection is used that no export reports as approved, or a connection is \
            reported as pending, rejected or disconnected.",
        unknown: "The connections or a status are a parameter.",
    },
    remedy: Remedy {
        text: "Approve the connection on the target, or use an automatic one.",
        edits: &[set("properties.manualPrivateLinkServiceConnections", "[]")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "manualPrivateLinkServiceConnections": [{"name": "search",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Search/searchServices', 'search')]",
            "groupIds": ["searchService"], "requestMessage": "please"}}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "manual",
                "its manual connection waits for approval",
                AnyItem(
                    "properties.manualPrivateLinkServiceConnections",
                    &property(
                        "properties.privateLinkServiceConnectionState.status",
                        IsNot(&["Approved"]),
                        AbsentHolds,
                    ),
                ),
            ),
            part(
                "not-approved",
                "its connection is not approved",
                AnyItem(
                    "properties.privateLinkServiceConnections",
                    &property(
                        "properties.privateLinkServiceConnectionState.status",
                        Is(&["Pending", "Rejected", "Disconnected"]),
                        Not,
                    ),
                ),
            ),
        ],
    }),
    question: None,
};

/// SL-NET-027.
pub(in crate::rule) static INTERFACE_FORWARDS_PACKETS: Rule = Rule {
    id: "SL-NET-027",
    name: "interface-forwards-packets",
    title: "NIC forwards packets",
    topic: Topic::Network,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/networkInterfaces"],
    controls: &["NS-3"],
    references: "azure-policy: 88c0b9da-ce96-4b03-9635-f29a937e2900, \
        bd352bd5-2853-4985-bf0d-73806b4a5744; nist: AC-4, SC-5, SC-7",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a network interface passes on packets that are not for it.",
        matters: "A host that forwards can be made a way around the firewall by whoever holds it.",
        pass: "`enableIPForwarding` is false or absent, or a route in the inputs makes the \
            interface its next hop, as an appliance is.",
        fail: "`enableIPForwarding` is true and nothing in the inputs routes through it.",
        unknown: "A parameter decides the switch.",
    },
    remedy: Remedy {
        text: "Set `enableIPForwarding` to false unless the host is an appliance.",
        edits: &[set("properties.enableIPForwarding", "false")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "properties": {"enableIPForwarding": true,
            "ipConfigurations": [{"name": "ipconfig1",
            "properties": {"privateIPAddress": "10.0.1.4"}}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "forwards",
            "it forwards packets, and no route leads through it",
            All(&[
                property(
                    "properties.enableIPForwarding",
                    Is(&["true"]),
                    Means("false"),
                ),
                Unless(&Custom(is_next_hop)),
            ]),
        )],
    }),
    question: None,
};

/// Whether a route of the estate leads through the interface.
fn is_next_hop(scene: &Scene<'_>) -> Answer {
    let configurations = scene.properties().at("ipConfigurations").items();
    let own: Vec<_> = configurations
        .iter()
        .filter_map(|item| {
            item.path("properties.privateIPAddress")
                .symbol()
                .stated()
                .cloned()
        })
        .collect();
    for hop in scene.context.relations.next_hops() {
        if own.contains(&hop.address) {
            return Answer::yes(Evidence::stated(hop.span, "a route leads through it"));
        }
    }
    Answer::No
}
