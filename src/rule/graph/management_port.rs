//! Management ports that a security group lets the internet to.

use crate::network::{NetworkSecurityGroup, SecurityRule};
use crate::rule::group_filter::{Admitted, admitted, from_internet, is_attached, tcp};
use crate::rule::prelude::*;
use crate::rule::{Ruling, Severity};

/// SL-NET-001.
pub(in crate::rule) static MANAGEMENT_PORT_OPEN: Rule = Rule {
    id: "SL-NET-001",
    name: "management-port-open",
    title: "Management ports open to the internet",
    topic: Topic::Network,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Network/networkSecurityGroups",
        "Microsoft.Network/networkSecurityGroups/securityRules",
    ],
    controls: &["NS-1", "NS-3"],
    references: "azure-policy: 22730e10-96f6-4aac-ad84-9383d35b5917, \
        9daedab3-fb2d-461e-b861-71790eead4f6; checkov: CKV_AZURE_9, CKV_AZURE_10; psrule: \
        Azure.NSG.AnyInboundSource (AZR-000137); kics: 2ade1579-4b2c-4590-bebb-f99bf597f612, \
        59cb3da7-f206-4ae6-b827-7abf0a9cab9d; cis: 7; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a security group lets the internet to SSH, RDP or WinRM, with all its \
            rules weighed in order.",
        matters: "These ports are tried within minutes of being opened, and behind them is a \
            shell.",
        pass: "No packet from the internet gets to 22, 3389, 5985 or 5986.",
        fail: "Some packet does; a group that nothing in the inputs uses counts as low.",
        unknown: "A rule that decides is open.",
    },
    remedy: Remedy {
        text: "Name the sources that administer, or use Bastion or just-in-time access.",
        edits: &[],
        cli: "az network nsg rule update --nsg-name <group> --resource-group <group> --name \
            <rule> --source-address-prefixes <range>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "ssh", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "ssh", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "203.0.113.7/32", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const GROUP: &str = "Microsoft.Network/networkSecurityGroups";
/// The ports of SSH, RDP and `WinRM`.
const PORTS: [(u16, &str); 4] = [(22, "SSH"), (3389, "RDP"), (5985, "WinRM"), (5986, "WinRM")];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    if scene.resource.resource_type.is(GROUP) {
        if let Some(group) = context.topology.security_groups.get(&scene.index) {
            judge(scene, group, is_attached(context, scene.index), ruling);
        }
        return;
    }
    if scene.parent().is_some() {
        // Its group says what all rules together do.
        ruling.skip();
        return;
    }
    let name = scene.resource.short_name().into();
    let resource = scene.resource;
    let rule = SecurityRule::read(
        &name,
        resource.properties(),
        resource.span,
        &resource.presence,
    );
    judge(
        scene,
        &NetworkSecurityGroup::new(name, resource.span, [rule]),
        true,
        ruling,
    );
}

fn judge(scene: &Scene<'_>, group: &NetworkSecurityGroup, attached: bool, ruling: &mut Ruling) {
    for (port, called) in PORTS {
        let admitted: Admitted = admitted(scene.context, group, &from_internet(tcp(port)));
        let says = format!("it lets the internet to {called} on {port}");
        if attached {
            ruling.judge(&format!("port-{port}"), says, admitted.anyone());
        } else {
            let says = format!("{says}, though nothing in the inputs uses it");
            let key = format!("unattached-port-{port}");
            ruling.judge_at(&key, says, Some(Severity::Low), admitted.anyone());
        }
    }
}
