//! Hubs and spokes.

use super::{Estate, child_id, id};
use serde_json::{Value, json};

const NET: &str = "Microsoft.Network/virtualNetworks";
const GROUP: &str = "Microsoft.Network/networkSecurityGroups";
const TABLE: &str = "Microsoft.Network/routeTables";
const ADDRESS: &str = "Microsoft.Network/publicIPAddresses";
const FIREWALL: &str = "Microsoft.Network/azureFirewalls";
const POLICY: &str = "Microsoft.Network/firewallPolicies";

/// A network with a firewall, a VPN gateway and private zones.
pub(super) fn add_hub(estate: &mut Estate, hub: usize) {
    let net = format!("net-hub-{hub}");
    let range = format!("10.{}", 200 + hub % 50);
    estate.add(NET, &net, "2023-09-01", json!({"properties": {
        "addressSpace": {"addressPrefixes": [format!("{range}.0.0/16")]},
        "subnets": [
            {"name": "AzureFirewallSubnet", "properties": {"addressPrefix": format!("{range}.0.0/26")}},
            {"name": "GatewaySubnet", "properties": {"addressPrefix": format!("{range}.1.0/27")}},
            {"name": "AzureBastionSubnet", "properties": {"addressPrefix": format!("{range}.2.0/26")}}
        ]
    }}));
    for part in ["fw", "gw", "bas"] {
        add_address(estate, &format!("pip-{part}-{hub}"), "Standard");
    }
    add_firewall(estate, hub, &net, &range);
    estate.add(
        "Microsoft.Network/virtualNetworkGateways",
        &format!("gw-{hub}"),
        "2023-09-01",
        json!({
            "properties": {"gatewayType": "Vpn", "vpnType": "RouteBased", "enableBgp": false,
                "sku": {"name": "VpnGw2AZ", "tier": "VpnGw2AZ"},
                "ipConfigurations": [{"name": "default", "properties": {
                    "privateIPAllocationMode": "Dynamic",
                    "subnet": child_id(NET, &net, "subnets", "GatewaySubnet"),
                    "publicIPAddress": id(ADDRESS, &format!("pip-gw-{hub}"))}}]}
        }),
    );
    estate.add(
        "Microsoft.Network/bastionHosts",
        &format!("bas-{hub}"),
        "2023-09-01",
        json!({
            "sku": {"name": "Standard"},
            "properties": {"ipConfigurations": [{"name": "default", "properties": {
                "subnet": child_id(NET, &net, "subnets", "AzureBastionSubnet"),
                "publicIPAddress": id(ADDRESS, &format!("pip-bas-{hub}"))}}]}
        }),
    );
    for zone in [
        "blob.core.windows.net",
        "vaultcore.azure.net",
        "api.azureml.ms",
    ] {
        let name = format!("privatelink.{zone}-{hub}");
        estate.add(
            "Microsoft.Network/privateDnsZones",
            &name,
            "2020-06-01",
            json!({"properties": {}}),
        );
        estate.add_child(
            "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            ("Microsoft.Network/privateDnsZones", &name),
            "hub",
            json!({"properties": {"registrationEnabled": false, "virtualNetwork": id(NET, &net)}}),
        );
    }
}

fn add_firewall(estate: &mut Estate, hub: usize, net: &str, range: &str) {
    let policy = format!("fwp-{hub}");
    estate.add(
        POLICY,
        &policy,
        "2023-09-01",
        json!({"properties": {"threatIntelMode": "Deny"}}),
    );
    let address = format!("20.{}.{}.4", 10 + hub / 200, hub % 200);
    let rules: Vec<Value> = (0..6).map(|at| json!({
        "ruleType": "NetworkRule", "name": format!("r{at}"), "ipProtocols": ["TCP"],
        "sourceAddresses": [format!("10.{}.0.0/16", at * 7)], "destinationAddresses": ["AzureCloud.WestEurope"],
        "destinationPorts": ["443"]
    })).collect();
    estate.add_child(
        "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
        (POLICY, &policy),
        "default",
        json!({"properties": {"priority": 200, "ruleCollections": [
            {"ruleCollectionType": "FirewallPolicyNatRuleCollection", "name": "in", "priority": 100,
             "action": {"type": "DNAT"}, "rules": [{
                "ruleType": "NatRule", "name": "web", "ipProtocols": ["TCP"], "sourceAddresses": ["*"],
                "destinationAddresses": [address], "destinationPorts": ["443"],
                "translatedAddress": "10.0.1.4", "translatedPort": "8443"}]},
            {"ruleCollectionType": "FirewallPolicyFilterRuleCollection", "name": "out", "priority": 300,
             "action": {"type": "Allow"}, "rules": rules}
        ]}}),
    );
    estate.add(
        FIREWALL,
        &format!("fw-{hub}"),
        "2023-09-01",
        json!({"properties": {
            "sku": {"name": "AZFW_VNet", "tier": "Standard"},
            "firewallPolicy": id(POLICY, &policy),
            "ipConfigurations": [{"name": "default", "properties": {
                "privateIPAddress": format!("{range}.0.4"),
                "subnet": child_id(NET, net, "subnets", "AzureFirewallSubnet"),
                "publicIPAddress": id(ADDRESS, &format!("pip-fw-{hub}"))}}]
        }}),
    );
}

pub(super) fn add_address(estate: &mut Estate, name: &str, sku: &str) {
    let number = estate.resources.len();
    let address = format!(
        "20.{}.{}.{}",
        100 + number / 65_000,
        number / 256 % 256,
        number % 256
    );
    estate.add(
        ADDRESS,
        name,
        "2023-09-01",
        json!({
            "sku": {"name": sku, "tier": "Regional"},
            "properties": {"ipAddress": address, "publicIPAddressVersion": "IPv4",
                "publicIPAllocationMode": "Static", "idleTimeoutInMinutes": 4, "ipTags": []}
        }),
    );
}

/// A network peered with its hub, with two security groups and a route table.
pub(super) fn add_spoke(estate: &mut Estate, spoke: usize, hub: usize) {
    let net = format!("net-{spoke}");
    let range = format!("10.{}.{}", spoke / 64 % 200, spoke % 64 * 4);
    for side in ["work", "link"] {
        let rules: Vec<Value> = (0..10).map(|at| rule(estate, at)).collect();
        estate.add(
            GROUP,
            &format!("nsg-{side}-{spoke}"),
            "2023-09-01",
            json!({
                "properties": {"securityRules": rules}
            }),
        );
    }
    let is_forced = estate.chance(50);
    let mut routes = vec![json!({"name": "hub", "properties": {
        "addressPrefix": format!("10.{}.0.0/16", 200 + hub % 50), "nextHopType": "VirtualAppliance",
        "nextHopIpAddress": format!("10.{}.0.4", 200 + hub % 50)}})];
    if is_forced {
        routes.push(json!({"name": "out", "properties": {
            "addressPrefix": "0.0.0.0/0", "nextHopType": "VirtualAppliance",
            "nextHopIpAddress": format!("10.{}.0.4", 200 + hub % 50)}}));
    }
    estate.add(
        TABLE,
        &format!("rt-{spoke}"),
        "2023-09-01",
        json!({
            "properties": {"disableBgpRoutePropagation": true, "routes": routes}
        }),
    );
    let hub_net = format!("net-hub-{hub}");
    estate.add(NET, &net, "2023-09-01", json!({"properties": {
        "addressSpace": {"addressPrefixes": [format!("{range}.0/22")]},
        "enableDdosProtection": false,
        "subnets": [
            {"name": "work", "properties": {"addressPrefix": format!("{range}.0/24"),
                "networkSecurityGroup": id(GROUP, &format!("nsg-work-{spoke}")),
                "routeTable": id(TABLE, &format!("rt-{spoke}")),
                "serviceEndpoints": [{"service": "Microsoft.Storage", "locations": ["westeurope"]}],
                "privateEndpointNetworkPolicies": "Disabled"}},
            {"name": "link", "properties": {
                "addressPrefix": next(&range, 1),
                "networkSecurityGroup": id(GROUP, &format!("nsg-link-{spoke}")),
                "privateEndpointNetworkPolicies": "Enabled"}}
        ],
        "virtualNetworkPeerings": [{"name": "hub", "properties": {"peeringState": "Connected",
            "remoteVirtualNetwork": id(NET, &hub_net), "allowVirtualNetworkAccess": true,
            "allowForwardedTraffic": true, "allowGatewayTransit": false, "useRemoteGateways": true}}]
    }}));
    estate.add_child(
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        (NET, &hub_net),
        &format!("to-{spoke}"),
        json!({"properties": {"peeringState": "Connected", "remoteVirtualNetwork": id(NET, &net),
            "allowVirtualNetworkAccess": true, "allowForwardedTraffic": true,
            "allowGatewayTransit": true, "useRemoteGateways": false}}),
    );
}

/// The /24 of the spoke's range that is `at` after the first.
fn next(range: &str, at: usize) -> String {
    let (head, last) = range.rsplit_once('.').unwrap_or((range, "0"));
    let last: usize = last.parse().unwrap_or_default();
    format!("{head}.{}.0/24", last + at)
}

fn rule(estate: &mut Estate, at: usize) -> Value {
    const SOURCES: [&str; 8] = [
        "*",
        "Internet",
        "VirtualNetwork",
        "203.0.113.0/24",
        "10.0.0.0/8",
        "AzureLoadBalancer",
        "AzureCloud",
        "198.51.100.7",
    ];
    const PORTS: [&str; 8] = ["22", "443", "3389", "8080-8090", "1433", "80", "*", "5432"];
    let source = SOURCES.get(usize::try_from(estate.pick(8)).unwrap_or_default());
    let port = PORTS.get(usize::try_from(estate.pick(8)).unwrap_or_default());
    let source = match source {
        Some(text) if estate.chance(70) => (*text).to_owned(),
        _ => format!("51.{}.{}.0/24", estate.pick(200), estate.pick(250)),
    };
    let outbound = at >= 8;
    json!({"name": format!("rule-{at}"), "properties": {
        "protocol": if estate.chance(80) { "Tcp" } else { "*" },
        "sourcePortRange": "*", "destinationPortRange": port,
        "sourceAddressPrefix": source, "destinationAddressPrefix": "*",
        "access": if estate.chance(60) { "Allow" } else { "Deny" },
        "priority": 100 + at * 10, "direction": if outbound { "Outbound" } else { "Inbound" },
        "sourcePortRanges": [], "destinationPortRanges": [],
        "sourceAddressPrefixes": [], "destinationAddressPrefixes": []
    }})
}
