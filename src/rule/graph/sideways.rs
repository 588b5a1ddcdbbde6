//! SSH and RDP from host to host.

use crate::evidence::{Doubt, Evidence};
use crate::flow::FlowSet;
use crate::network::{Direction, Reference, Subnet, SubnetPurpose};
use crate::rule::group_filter::tcp;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-024.
pub(in crate::rule) static SIDEWAYS_MANAGEMENT_ALLOWED: Rule = Rule {
    id: "SL-NET-024",
    name: "sideways-management-allowed",
    title: "Sideways SSH and RDP inside the vnet",
    topic: Topic::Network,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/networkSecurityGroups"],
    controls: &["NS-1"],
    references: "psrule: Azure.NSG.LateralTraversal (AZR-000139); atlas: AML.T0072",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether hosts of a subnet may open SSH or RDP to others in the network.",
        matters: "From one taken host, those ports are the way to the next.",
        pass: "The security group's outbound rules refuse 22 and 3389 to the network. Groups of \
            management subnets, which the reviewer names, and of Bastion, are left out.",
        fail: "One of the two gets through to the network; the default rules let it.",
        unknown: "A rule that decides is open.",
    },
    remedy: Remedy {
        text: "Deny 22 and 3389 to `VirtualNetwork` outbound, with a lower priority number than \
            65000.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope", "properties": {"securityRules": []}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "no", "properties": {"priority": 100,
            "direction": "Outbound", "access": "Deny", "protocol": "Tcp",
            "sourceAddressPrefix": "*", "sourcePortRange": "*",
            "destinationAddressPrefix": "VirtualNetwork", "destinationPortRange": "22"}},
            {"name": "no2", "properties": {"priority": 110, "direction": "Outbound",
            "access": "Deny", "protocol": "Tcp", "sourceAddressPrefix": "*",
            "sourcePortRange": "*", "destinationAddressPrefix": "VirtualNetwork",
            "destinationPortRange": "3389"}}]}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    let subnets = context.topology.subnets.values();
    let own: Vec<&Subnet> = subnets
        .filter(|subnet| {
            let group = subnet
                .network_security_group
                .as_ref()
                .and_then(Reference::resource);
            group == Some(scene.index) && !is_for_management(context, subnet)
        })
        .collect();
    if own.is_empty() {
        ruling.skip();
        return;
    }
    for subnet in own {
        let says = format!(
            "hosts of `{}` may open SSH or RDP to others in the network",
            subnet.name
        );
        ruling.judge(&subnet.name, says, lets_sideways(context, subnet));
    }
}

fn is_for_management(context: &Context<'_>, subnet: &Subnet) -> bool {
    let named = context.settings.management_subnets.iter().any(|name| {
        let resource = context.inventory.get(subnet.index);
        name.eq_ignore_ascii_case(&subnet.name)
            || resource.is_some_and(|one| {
                name.eq_ignore_ascii_case(&one.name) || name.eq_ignore_ascii_case(one.id.as_str())
            })
    });
    named || subnet.purpose != SubnetPurpose::Ordinary
}

/// Whether the group lets packets of the subnet to SSH or RDP somewhere in its network.
fn lets_sideways(context: &Context<'_>, subnet: &Subnet) -> Answer {
    let topology = context.topology;
    let networks = topology.virtual_networks();
    let space = subnet
        .network
        .and_then(|network| networks.get(&network))
        .map_or_else(
            || subnet.prefixes.sure.clone(),
            |network| network.space.sure.clone(),
        );
    let reference = topology.reference_to(subnet.index);
    let local = topology.local_in(subnet.name.clone(), reference.as_ref());
    let filter = topology.subnet_filter(reference.as_ref(), &local, Direction::Outbound, None);
    let packets = FlowSet::new(&space, tcp(22).union(&tcp(3389)));
    let decision = filter.decide(&packets);
    if !decision.allowed.must.is_empty() {
        let rules = decision.levels.iter().flat_map(|level| &level.rules);
        let evidence: Vec<Evidence> = rules
            .filter_map(|rule| rule.evidence.first().cloned())
            .take(1)
            .collect();
        return Answer::Yes(evidence);
    }
    if decision.allowed.may.is_empty() {
        return Answer::No;
    }
    Answer::Open(
        decision
            .doubts()
            .into_iter()
            .map(|one| Doubt::clone(one))
            .collect(),
    )
}
