//! Public addresses without protection against floods.

use crate::network::{PublicAttachment, Reference};
use crate::resource::ResourceIndex;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-020.
pub(in crate::rule) static PUBLIC_FRONT_WITHOUT_DDOS_PROTECTION: Rule = Rule {
    id: "SL-NET-020",
    name: "public-front-without-ddos-protection",
    title: "Public front without DDoS protection",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks"],
    controls: &["NS-5"],
    references: "azure-policy: 94de2ad3-e0c1-4caf-ad78-5d47bbc83d3d, \
        a7aca53f-2ed4-4466-a25e-0b45ade68efd; nist: SC-5",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether public addresses in a network are protected against floods.",
        matters: "The basic protection keeps Azure up, not your endpoint.",
        pass: "The network has `enableDdosProtection` with a plan, or every public address in it \
            has protection of its own. Networks without public addresses are left out.",
        fail: "A host, gateway or balancer in the network has a public address that is not \
            protected.",
        unknown: "A parameter decides either.",
    },
    remedy: Remedy {
        text: "Turn on a DDoS protection plan on the network, or IP protection on the addresses.",
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
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}],
            "enableDdosProtection": true,
            "ddosProtectionPlan": {"id": "[resourceId('Microsoft.Network/ddosProtectionPlans', 'plan')]"}}},
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
    },
    check: Check::Resource(check),
    question: None,
};

const NETWORK_UNPROTECTED: Condition = property(
    "properties.enableDdosProtection",
    IsNot(&["true"]),
    Means("false"),
);
const ADDRESS_UNPROTECTED: Condition = property(
    "properties.ddosSettings.protectionMode",
    IsNot(&["Enabled"]),
    Means("VirtualNetworkInherited"),
);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    let addresses = public_addresses(context, scene.index);
    if addresses.is_empty() {
        ruling.skip();
        return;
    }
    let unprotected = Answer::any(addresses.iter().filter_map(|index| {
        let address = context.inventory.get(*index)?;
        Some(ADDRESS_UNPROTECTED.ask(&Scene::new(context, *index, address)))
    }));
    let network = NETWORK_UNPROTECTED.ask(scene);
    let says = "public addresses in it are not protected against floods";
    ruling.judge("unprotected", says, network.and(|| unprotected));
}

/// The public addresses of hosts, gateways, firewalls and bastions in `network`.
fn public_addresses(context: &Context<'_>, network: ResourceIndex) -> Vec<ResourceIndex> {
    let topology = context.topology;
    let mut found: Vec<ResourceIndex> = Vec::new();
    let mut add = |reference: Option<&Reference>| {
        found.extend(reference.and_then(Reference::resource));
    };
    for configuration in topology
        .interfaces
        .values()
        .flatten()
        .flat_map(|one| &one.configurations)
    {
        let subnet = topology.subnet(configuration.subnet.as_ref());
        if subnet.and_then(|subnet| subnet.network) == Some(network)
            && let Some(PublicAttachment::Address(address)) = &configuration.public_address
        {
            add(Some(address));
        }
    }
    let gateways = topology.application_gateways.values();
    for gateway in gateways.filter(|gateway| gateway.network == Some(network)) {
        for frontend in &gateway.frontends {
            add(frontend.public_address.as_ref());
        }
    }
    let firewalls = topology.firewalls.values();
    for firewall in firewalls.filter(|firewall| firewall.network == Some(network)) {
        for address in &firewall.public_addresses {
            add(Some(address));
        }
    }
    found.sort_unstable();
    found.dedup();
    found
}
