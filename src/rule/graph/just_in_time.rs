//! Management ports that are open all the time.

use crate::evidence::Doubt;
use crate::flow::FlowSet;
use crate::network::{Direction, GroupAt};
use crate::reachability::{OpenTo, classify};
use crate::resource::ResourceIndex;
use crate::rule::Ruling;
use crate::rule::group_filter::{from_internet, tcp};
use crate::rule::prelude::*;

/// SL-IAM-013.
pub(in crate::rule) static MACHINE_PORTS_ALWAYS_OPEN: Rule = Rule {
    id: "SL-IAM-013",
    name: "machine-ports-always-open",
    title: "Just-in-time opening of VM management ports",
    topic: Topic::Identity,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Compute/virtualMachines"],
    controls: &["PA-2", "NS-3"],
    references: "azure-policy: b0f33259-77d7-4c9e-aac6-3aabcfae693c; nist: AC-2(12), AC-4, AC-4(3)",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether the management ports of a machine are open all the time, where \
            just-in-time access would open them on request.",
        matters: "A port that is open for an hour a month is tried by nobody.",
        pass: "The machine's security groups let nobody from the internet to SSH or RDP, or a \
            just-in-time policy in the inputs covers it. Machines without a security group are \
            left to other rules.",
        fail: "A security group lets the internet to port 22 or 3389 of the machine, and no \
            just-in-time policy covers it.",
        unknown: "A rule of the security group is open.",
    },
    remedy: Remedy {
        text: "Cover the machine with a just-in-time policy, and close the ports.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}},
            {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "ssh", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static",
            "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}}]"#,
        passes: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}},
            {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "ssh", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static",
            "publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}},
            {"type": "Microsoft.Security/locations/jitNetworkAccessPolicies",
            "apiVersion": "2020-01-01", "name": "westeurope/default",
            "properties": {"virtualMachines": [{"id": "[resourceId('Microsoft.Compute/virtualMachines', 'host')]",
            "ports": [{"number": 22, "protocol": "TCP", "allowedSourceAddressPrefix": "*",
            "maxRequestAccessDuration": "PT3H"}]}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const POLICY: &str = "Microsoft.Security/locations/jitNetworkAccessPolicies";

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    if is_covered(scene) {
        return;
    }
    let topology = scene.context.topology;
    let own = topology
        .machines
        .iter()
        .filter(|(_, machine)| **machine == scene.index);
    let owners = own.map(|(interface, _)| *interface).chain([scene.index]);
    let packets = from_internet(tcp(22).union(&tcp(3389)));
    let answers: Vec<Answer> = owners.map(|owner| let_in(scene, owner, &packets)).collect();
    ruling.judge(
        "always-open",
        "its management ports are open all the time",
        Answer::any(answers),
    );
}

/// Whether a just-in-time policy covers the machine.
fn is_covered(scene: &Scene<'_>) -> bool {
    let inventory = scene.context.inventory;
    inventory.of_type(POLICY).any(|(_, policy)| {
        policy
            .properties()
            .at("virtualMachines")
            .items()
            .iter()
            .any(|machine| {
                let id = machine.id();
                let found = id
                    .stated()
                    .and_then(|id| inventory.find_text(id, policy.file));
                found == Some(scene.index)
            })
    })
}

/// Whether the security groups at the interfaces of `owner` let in `packets` from anyone.
fn let_in(scene: &Scene<'_>, owner: ResourceIndex, packets: &FlowSet) -> Answer {
    let topology = scene.context.topology;
    let interfaces = topology
        .interfaces
        .get(&owner)
        .map_or(&[][..], Vec::as_slice);
    Answer::any(interfaces.iter().flat_map(|interface| {
        interface.configurations.iter().map(|configuration| {
            let groups = [
                topology.group_at(interface.network_security_group.as_ref()),
                topology.subnet_group_at(configuration.subnet.as_ref()),
            ];
            if groups.iter().all(|group| matches!(group, GroupAt::None)) {
                return Answer::No;
            }
            let filter =
                topology.interface_filter(interface, configuration, Direction::Inbound, None);
            let decision = filter.decide(packets);
            let anyone = |set: &FlowSet| classify(set) == Some(OpenTo::Anyone);
            if anyone(&decision.allowed.must) {
                let rules = decision.levels.iter().flat_map(|level| &level.rules);
                let evidence = rules.filter_map(|rule| rule.evidence.first().cloned());
                return Answer::Yes(evidence.take(2).collect());
            }
            if !anyone(&decision.allowed.may) {
                return Answer::No;
            }
            let doubts: Vec<Doubt> = decision
                .doubts()
                .into_iter()
                .map(|doubt| (**doubt).clone())
                .collect();
            Answer::Open(doubts)
        })
    }))
}
