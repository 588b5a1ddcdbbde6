//! Service endpoints that go round the firewall.

use crate::flow::AddressSet;
use crate::network::NextHop;
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-NET-016.
pub(in crate::rule) static SERVICE_ENDPOINT_PAST_FIREWALL: Rule = Rule {
    id: "SL-NET-016",
    name: "service-endpoint-past-firewall",
    title: "Service endpoint or peering goes round the firewall",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks/subnets"],
    controls: &["NS-2", "NS-3", "DP-2"],
    references: "azure-policy: 60d21c4f-21a3-4d94-85f4-b924e6aeeda4, \
        ea4d6841-2173-4317-9747-ff522a45120f, e0a2b1a3-f7f9-4569-807f-2a9edebdf4d9; atlas: \
        AML.T0025",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a subnet that is routed to a firewall reaches services of Azure past it.",
        matters: "A service endpoint for storage leads to every account in Azure, the attacker's \
            too, and the firewall sees none of it.",
        pass: "The subnet has no service endpoints, or service endpoint policies name the \
            accounts that it may reach. Only subnets that are routed to an appliance are asked.",
        fail: "It has service endpoints and no service endpoint policy.",
        unknown: "The endpoints, the policies, or the route are open.",
    },
    remedy: Remedy {
        text: "Use private endpoints, or add a service endpoint policy.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "work", "properties": {"addressPrefix": "10.0.1.0/24",
            "routeTable": {"id": "[resourceId('Microsoft.Network/routeTables', 'routes')]"},
            "serviceEndpoints": [{"service": "Microsoft.Storage"}]}}]}},
            {"type": "Microsoft.Network/routeTables", "apiVersion": "2024-05-01",
            "name": "routes", "location": "westeurope",
            "properties": {"routes": [{"name": "default",
            "properties": {"addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": "10.0.9.4"}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "work", "properties": {"addressPrefix": "10.0.1.0/24",
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

const UNGUARDED: Condition = All(&[
    property("properties.serviceEndpoints", Filled, Not),
    property("properties.serviceEndpointPolicies", Empty, AbsentHolds),
]);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let topology = scene.context.topology;
    let has_table = topology
        .subnets
        .get(&scene.index)
        .is_some_and(|subnet| subnet.route_table.is_some());
    if !has_table {
        ruling.skip();
        return;
    }
    let internet = AddressSet::internet().intersect(&AddressSet::all_v4());
    let routes = topology.routes(scene.index);
    let parts = routes.select(&internet);
    let to_appliance = parts
        .iter()
        .find(|part| matches!(part.next_hop, NextHop::Appliance(_)));
    let unknown = parts.iter().find(|part| part.next_hop == NextHop::Unknown);
    let diverted = match (to_appliance, unknown) {
        (Some(part), _) if part.doubts.is_empty() => Answer::Yes(part.evidence.clone()),
        (Some(part), _) | (None, Some(part)) => {
            Answer::Open(part.doubts.iter().map(|doubt| (**doubt).clone()).collect())
        }
        (None, None) => Answer::No,
    };
    let endpoints = UNGUARDED.ask(scene);
    ruling.judge(
        "unguarded",
        "its service endpoints lead past the firewall to any account in Azure",
        endpoints.and(|| diverted),
    );
}
