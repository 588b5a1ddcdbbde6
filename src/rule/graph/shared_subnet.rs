//! Public hosts beside data in one subnet.

use crate::evidence::Evidence;
use crate::resource::ResourceIndex;
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-025.
pub(in crate::rule) static WEB_AND_DATA_SHARE_SUBNET: Rule = Rule {
    id: "SL-NET-025",
    name: "web-and-data-share-subnet",
    title: "AI, data and web share one subnet",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks/subnets"],
    controls: &["NS-1"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether hosts that the internet reaches stand in one subnet with private \
            endpoints, data stores or training.",
        matters: "Nothing stands between neighbours in a subnet but the rules of their own \
            security group, which default to letting each other in.",
        pass: "They stand in different subnets.",
        fail: "The subnet holds a host that anyone on the internet reaches, and a private \
            endpoint, a database, or an ML compute.",
        unknown: "Whether the host is reached is open.",
    },
    remedy: Remedy {
        text: "Give private endpoints and data their own subnets, each with a security group.",
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
            "linuxConfiguration": {"disablePasswordAuthentication": true}}}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'hosts')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}}]"#,
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
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupIds": ["blob"]}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Types that train models or keep data.
const DATA: [&str; 3] = [
    "Microsoft.MachineLearningServices/workspaces/computes",
    "Microsoft.Sql/managedInstances",
    "Microsoft.DBforPostgreSQL/flexibleServers",
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    let Some(kept) = kept_in(context, scene.index) else {
        return;
    };
    let tenants = context.neighbours.in_subnet(scene.index).iter();
    let others = tenants.filter(|tenant| **tenant != kept);
    let exposed = Answer::any(others.map(|host| internet_reaches(context, *host)));
    let Some(resource) = context.inventory.get(kept) else {
        return;
    };
    let says = format!(
        "a host that the internet reaches stands in it beside `{}`",
        resource.name
    );
    let evidence = Evidence::stated(
        resource.span,
        format!("`{}` stands in it too", resource.name),
    );
    ruling.judge("mixed", says, exposed.and(|| Answer::yes(evidence)));
}

/// A private endpoint, database or training compute in `subnet`.
fn kept_in(context: &Context<'_>, subnet: ResourceIndex) -> Option<ResourceIndex> {
    let neighbours = &context.neighbours;
    let endpoint = neighbours.endpoints_in(subnet).first().copied();
    endpoint.or_else(|| {
        let mut tenants = neighbours.in_subnet(subnet).iter().copied();
        tenants.find(|tenant| {
            let resource = context.inventory.get(*tenant);
            resource.is_some_and(|one| DATA.iter().any(|kind| one.resource_type.is(kind)))
        })
    })
}
