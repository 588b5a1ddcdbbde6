//! Subnets that leave straight to the internet.

use crate::network::SubnetPurpose;
use crate::rule::Ruling;
use crate::rule::egress::is_open;
use crate::rule::prelude::*;

/// SL-NET-014.
pub(in crate::rule) static SUBNET_LEAVES_UNFILTERED: Rule = Rule {
    id: "SL-NET-014",
    name: "subnet-leaves-unfiltered",
    title: "Workload subnet leaves straight to the internet",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks/subnets"],
    controls: &["NS-3", "DP-2"],
    references: "azure-policy: fc5e4038-4584-4632-8c85-c0448d374b2c, \
        7bca8353-aa3b-429b-904a-9229c4385837; psrule: Azure.VNET.PrivateSubnet, \
        Azure.VNET.FirewallSubnet (AZR-000322); atlas: AML.T0025; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether what stands in a subnet gets out to the internet without a firewall on \
            the way.",
        matters: "Free egress is how data leaves and how code on a taken host calls home.",
        pass: "A route leads everything to a firewall, an appliance or a gateway, whatever that \
            then lets out, nothing gets out, or rules choose what does. Subnets of the platform's \
            own services are left out.",
        fail: "Everything gets out, by a NAT gateway, a load balancer, public addresses, or the \
            access that the platform lends, which `defaultOutboundAccess` true or an old API \
            version means.",
        unknown: "Whether the platform lends access hangs on how the network was made, or on \
            another open value.",
    },
    remedy: Remedy {
        text: "Route `0.0.0.0/0` to Azure Firewall, and set `defaultOutboundAccess` to false.",
        edits: &[],
        cli: "az network vnet subnet update --vnet-name <network> --resource-group <group> --name \
            <subnet> --route-table <table> --default-outbound false",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "work", "properties": {"addressPrefix": "10.0.1.0/24",
            "defaultOutboundAccess": true}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "work", "properties": {"addressPrefix": "10.0.1.0/24",
            "defaultOutboundAccess": true,
            "routeTable": {"id": "[resourceId('Microsoft.Network/routeTables', 'routes')]"}}}]}},
            {"type": "Microsoft.Network/routeTables", "apiVersion": "2024-05-01",
            "name": "routes", "location": "westeurope",
            "properties": {"routes": [{"name": "default",
            "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": "10.0.9.4"}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let topology = scene.context.topology;
    let ordinary = topology
        .subnets
        .get(&scene.index)
        .is_some_and(|subnet| subnet.purpose == SubnetPurpose::Ordinary);
    let egress = topology.egress_of_subnet(scene.index);
    let (true, Some(egress)) = (ordinary, egress) else {
        ruling.skip();
        return;
    };
    let answer = is_open(&egress, scene.resource);
    ruling.judge(
        "unfiltered",
        "everything in it gets out to the internet unfiltered",
        answer,
    );
}
