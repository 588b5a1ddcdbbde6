//! Machines, with what leads to them.

use super::network::add_address;
use super::{Estate, child_id, id};
use serde_json::{Value, json};

const NET: &str = "Microsoft.Network/virtualNetworks";
const INTERFACE: &str = "Microsoft.Network/networkInterfaces";
const ADDRESS: &str = "Microsoft.Network/publicIPAddresses";
const BALANCER: &str = "Microsoft.Network/loadBalancers";

/// Two machines, one with a public address in a third of the spokes, and a load balancer in a fifth.
pub(super) fn add_machines(estate: &mut Estate, spoke: usize) {
    let net = format!("net-{spoke}");
    let is_balanced = spoke.is_multiple_of(5);
    if is_balanced {
        add_balancer(estate, spoke);
    }
    for at in 0..2 {
        let name = format!("vm-{spoke}-{at}");
        let mut configuration = json!({
            "privateIPAddress": format!("10.{}.{}.{}", spoke / 64 % 200, spoke % 64 * 4, 4 + at),
            "privateIPAllocationMode": "Static", "primary": true, "privateIPAddressVersion": "IPv4",
            "subnet": child_id(NET, &net, "subnets", "work")
        });
        if at == 0 && spoke.is_multiple_of(3) {
            let sku = if estate.chance(80) {
                "Standard"
            } else {
                "Basic"
            };
            add_address(estate, &format!("pip-{name}"), sku);
            set(
                &mut configuration,
                "publicIPAddress",
                id(ADDRESS, &format!("pip-{name}")),
            );
        }
        if is_balanced {
            let pool = child_id(
                BALANCER,
                &format!("lb-{spoke}"),
                "backendAddressPools",
                "pool",
            );
            set(
                &mut configuration,
                "loadBalancerBackendAddressPools",
                json!([pool]),
            );
        }
        estate.add(
            INTERFACE,
            &format!("nic-{name}"),
            "2023-09-01",
            json!({"properties": {
                "enableIPForwarding": false, "enableAcceleratedNetworking": false,
                "ipConfigurations": [{"name": "ipconfig1", "properties": configuration}]
            }}),
        );
        add_machine(estate, &name, at == 0);
    }
}

fn add_machine(estate: &mut Estate, name: &str, has_identity: bool) {
    let identity = if has_identity {
        "SystemAssigned"
    } else {
        "None"
    };
    estate.add("Microsoft.Compute/virtualMachines", name, "2023-09-01", json!({
        "identity": {"type": identity},
        "properties": {
            "hardwareProfile": {"vmSize": "Standard_D4s_v5"},
            "storageProfile": {
                "imageReference": {"publisher": "canonical", "offer": "ubuntu-24_04-lts", "sku": "server", "version": "latest"},
                "osDisk": {"osType": "Linux", "name": format!("{name}-os"), "createOption": "FromImage",
                    "managedDisk": {"storageAccountType": "Premium_LRS"}, "deleteOption": "Delete"},
                "dataDisks": []},
            "osProfile": {"computerName": name, "adminUsername": "azureuser",
                "linuxConfiguration": {"disablePasswordAuthentication": true, "provisionVMAgent": true},
                "secrets": [], "allowExtensionOperations": true},
            "securityProfile": {"uefiSettings": {"secureBootEnabled": true, "vTpmEnabled": true}, "securityType": "TrustedLaunch"},
            "networkProfile": {"networkInterfaces": [id(INTERFACE, &format!("nic-{name}"))]}
        }
    }));
}

fn add_balancer(estate: &mut Estate, spoke: usize) {
    let name = format!("lb-{spoke}");
    add_address(estate, &format!("pip-{name}"), "Standard");
    let front = child_id(BALANCER, &name, "frontendIPConfigurations", "front");
    let pool = child_id(BALANCER, &name, "backendAddressPools", "pool");
    estate.add(
        BALANCER,
        &name,
        "2023-09-01",
        json!({
            "sku": {"name": "Standard", "tier": "Regional"},
            "properties": {
                "frontendIPConfigurations": [{"name": "front", "properties": {
                    "publicIPAddress": id(ADDRESS, &format!("pip-{name}"))}}],
                "backendAddressPools": [{"name": "pool", "properties": {}}],
                "loadBalancingRules": [{"name": "web", "properties": {
                    "frontendIPConfiguration": front, "backendAddressPool": pool,
                    "protocol": "Tcp", "frontendPort": 443, "backendPort": 8443,
                    "enableFloatingIP": false, "disableOutboundSnat": true}}]
            }
        }),
    );
}

fn set(value: &mut Value, member: &str, to: Value) {
    if let Some(body) = value.as_object_mut() {
        body.insert(member.to_owned(), to);
    }
}
