//! Load balancers that lead to management ports.

use crate::evidence::Doubt;
use crate::flow::Protocol;
use crate::reachability::{Exposure, Path, Verdict};
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-NET-028.
pub(in crate::rule) static BALANCER_OPENS_MANAGEMENT_PORT: Rule = Rule {
    id: "SL-NET-028",
    name: "balancer-opens-management-port",
    title: "Load balancer NAT rule opens a management port",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/loadBalancers"],
    controls: &["NS-1"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a public load balancer leads to SSH or RDP of a host, and the host's \
            security groups let it.",
        matters: "The port in front may be any number; scanners find it all the same.",
        pass: "No rule of a public frontend leads to 22 or 3389, or the security groups stop the \
            internet there.",
        fail: "One does, and they do not.",
        unknown: "A rule of the balancer or a security group is open.",
    },
    remedy: Remedy {
        text: "Take the rule out; use Bastion.",
        edits: &[],
        cli: "az network lb inbound-nat-rule delete --lb-name <balancer> --resource-group <group> \
            --name <rule>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2024-05-01",
            "name": "balancer", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"frontendIPConfigurations": [{"name": "public",
            "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}],
            "inboundNatRules": [{"name": "ssh",
            "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'balancer', 'public')]"},
            "protocol": "Tcp", "frontendPort": 50022, "backendPort": 22}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static",
            "loadBalancerInboundNatRules": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatRules', 'balancer', 'ssh')]"}]}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}},
            {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "ssh", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/loadBalancers", "apiVersion": "2024-05-01",
            "name": "balancer", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"frontendIPConfigurations": [{"name": "public",
            "properties": {"publicIPAddress": {"id": "[resourceId('Microsoft.Network/publicIPAddresses', 'host-ip')]"}}}],
            "inboundNatRules": [{"name": "ssh",
            "properties": {"frontendIPConfiguration": {"id": "[resourceId('Microsoft.Network/loadBalancers/frontendIPConfigurations', 'balancer', 'public')]"},
            "protocol": "Tcp", "frontendPort": 50022, "backendPort": 443}}]}},
            {"type": "Microsoft.Network/publicIPAddresses", "apiVersion": "2024-05-01",
            "name": "host-ip", "location": "westeurope", "sku": {"name": "Standard"},
            "properties": {"publicIPAllocationMethod": "Static"}},
            {"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2024-05-01",
            "name": "host-nic", "location": "westeurope",
            "properties": {"ipConfigurations": [{"name": "ip",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateIPAddress": "10.0.1.4", "privateIPAllocationMethod": "Static",
            "loadBalancerInboundNatRules": [{"id": "[resourceId('Microsoft.Network/loadBalancers/inboundNatRules', 'balancer', 'ssh')]"}]}}]}},
            {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "location": "westeurope", "identity": {"type": "SystemAssigned"},
            "properties": {"networkProfile": {"networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'host-nic')]"}]},
            "osProfile": {"computerName": "host",
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}},
            {"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "ssh", "properties": {"priority": 100,
            "direction": "Inbound", "access": "Allow", "protocol": "Tcp",
            "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    for exposure in context.exposures_through(scene.index) {
        let through = exposure.paths.iter().find(|path| leads(scene, path));
        let Some(path) = through else { continue };
        let host = context.inventory.get(exposure.resource);
        let name = host.map_or("", |host| host.short_name());
        let says = format!("it leads the internet to SSH or RDP of `{name}`");
        ruling.judge(name, says, judge(exposure, path));
    }
}

fn judge(exposure: &Exposure, path: &Path) -> Answer {
    if exposure.verdict == Verdict::Reachable && path.is_sure() {
        let hops = path.hops.iter();
        return Answer::Yes(
            hops.filter_map(|hop| hop.evidence.first().cloned())
                .collect(),
        );
    }
    Answer::Open(
        path.doubts
            .iter()
            .map(|doubt| Doubt::clone(doubt))
            .collect(),
    )
}

/// Whether the path goes through the balancer and ends at SSH or RDP.
fn leads(scene: &Scene<'_>, path: &Path) -> bool {
    let passes = path.hops.iter().any(|hop| {
        scene.context.model.resource_of(hop.from) == Some(scene.index)
            || scene.context.model.resource_of(hop.to) == Some(scene.index)
    });
    let ports = path.arriving.may.services().ports(Protocol::Tcp);
    passes && (ports.contains(22) || ports.contains(3389))
}
