//! Rules that let anyone to everything.

use crate::flow::{AddressSet, FlowSet, Protocol, ServiceSet};
use crate::reachability::{OpenTo, classify};
use crate::rule::Ruling;
use crate::rule::group_filter::{admitted, from_internet};
use crate::rule::prelude::*;

/// SL-NET-002.
pub(in crate::rule) static ANY_SOURCE_TO_ANY_PORT: Rule = Rule {
    id: "SL-NET-002",
    name: "any-source-to-any-port",
    title: "Inbound rule lets any internet source to any port",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/networkSecurityGroups"],
    controls: &["NS-1"],
    references: "azure-policy: 9daedab3-fb2d-461e-b861-71790eead4f6; psrule: \
        Azure.NSG.AnyInboundSource (AZR-000137); checkov: CKV_AZURE_160; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a security group lets the internet to every port, or to a great range of \
            them.",
        matters: "What is behind such a rule is whatever listens, today and after the next update.",
        pass: "The internet gets to a thousand ports at most.",
        fail: "The internet gets to more than a thousand ports of TCP or UDP, by one rule or by \
            several together.",
        unknown: "A rule that decides is open.",
    },
    remedy: Remedy {
        text: "Name the ports and the sources.",
        edits: &[],
        cli: "az network nsg rule update --nsg-name <group> --resource-group <group> --name \
            <rule> --destination-port-ranges 443",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "all", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "*",
            "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
            "destinationPortRange": "*"}}]}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "web", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "*", "sourcePortRange": "*", "destinationAddressPrefix": "*",
            "destinationPortRange": "443"}}]}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// How many ports of one protocol are a great range.
const MANY: u32 = 1000;

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let Some(group) = scene.context.topology.security_groups.get(&scene.index) else {
        return;
    };
    let admitted = admitted(scene.context, group, &from_internet(ServiceSet::all()));
    let answer = if opens_many(&admitted.sure) {
        Answer::Yes(admitted.evidence)
    } else if opens_many(&admitted.possible) && !admitted.doubts.is_empty() {
        Answer::Open(admitted.doubts)
    } else {
        Answer::No
    };
    ruling.judge(
        "many-ports",
        "it lets anyone on the internet to more than a thousand ports",
        answer,
    );
}

/// Whether anyone gets to more than a thousand ports of one protocol.
fn opens_many(flows: &FlowSet) -> bool {
    [Protocol::Tcp, Protocol::Udp].into_iter().any(|protocol| {
        let wide = flows
            .by_services()
            .into_iter()
            .filter(|(services, sources)| {
                let one = FlowSet::new(
                    &AddressSet::intersect(sources, &AddressSet::internet()),
                    services.clone(),
                );
                classify(&one) == Some(OpenTo::Anyone)
            });
        let open = wide.fold(ServiceSet::empty(), |sum, (services, _)| {
            sum.union(&services)
        });
        open.ports(protocol).len() > MANY
    })
}
