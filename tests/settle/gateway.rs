//! What lies around a network: peers, gateways, hubs, bastions.

use crate::case::{
    Asked, Case, NETWORK, SUBNET, case, check, firewall, group, id, machine, network, real,
    resource, shown, template,
};
use serde_json::{Value as Json, json};

const VM: (&str, &str) = ("vm", "main");
const GATEWAY: &str = "Microsoft.Network/virtualNetworkGateways";
const CONNECTION: &str = "Microsoft.Network/connections";
const LOCAL: &str = "Microsoft.Network/localNetworkGateways";
const PEERING: &str = "Microsoft.Network/virtualNetworks/virtualNetworkPeerings";
const HUB: &str = "Microsoft.Network/virtualHubs";

/// A subnet behind the default rules of a security group.
fn guarded() -> Json {
    json!({
        "networkSecurityGroup": { "id": id(crate::case::GROUP, "guard") },
        "defaultOutboundAccess": true,
    })
}

/// A machine behind the default rules of a security group in network `net`, and `more`.
fn estate(more: &[Json]) -> Json {
    let subnets = [
        ("a", guarded()),
        ("GatewaySubnet", json!({})),
        ("AzureFirewallSubnet", json!({})),
    ];
    let mut all = vec![network("net", &subnets), group("guard", &[])];
    all.extend(machine("vm", "a", json!({}), json!({})));
    all.extend_from_slice(more);
    json!(all)
}

/// A second machine at 10.1.0.4 of network `spoke`.
fn second(subnet: &str) -> Vec<Json> {
    let at = json!({
        "subnet": { "id": id(SUBNET, subnet) },
        "privateIPAddress": "10.1.0.4", "privateIPAllocationMethod": "Static",
    });
    machine("vm2", "a", at, json!({}))
}

fn spoke(more: Json) -> Json {
    let mut properties = json!({
        "addressSpace": { "addressPrefixes": ["10.1.0.0/16"] },
        "subnets": [{ "name": "b", "properties": { "addressPrefix": "10.1.0.0/24" } }],
    });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    resource(NETWORK, "spoke", properties)
}

fn peering(from: &str, to: &str, more: Json) -> Json {
    let mut properties = json!({
        "remoteVirtualNetwork": { "id": id(NETWORK, to) }, "allowVirtualNetworkAccess": true,
    });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    resource(PEERING, &format!("{from}/to-{to}"), properties)
}

/// The peering back, as `az resource show` answers about network `spoke`.
fn peered_back(peerings: Json) -> Json {
    shown(
        NETWORK,
        "spoke",
        json!({
            "addressSpace": { "addressPrefixes": ["10.1.0.0/16"] },
            "virtualNetworkPeerings": peerings,
        }),
    )
}

fn gateway(more: Json) -> Json {
    let mut properties = json!({
        "gatewayType": "Vpn", "vpnType": "RouteBased", "enableBgp": false,
        "ipConfigurations": [{ "name": "c", "properties": {
            "subnet": { "id": id(SUBNET, "net/GatewaySubnet") },
            "publicIPAddress": { "id": id(crate::case::ADDRESS, "front") },
        } }],
    });
    for (name, value) in more.as_object().unwrap() {
        properties[name] = value.clone();
    }
    resource(GATEWAY, "gate", properties)
}

fn connection() -> Json {
    resource(
        CONNECTION,
        "office",
        json!({
            "connectionType": "IPsec",
            "virtualNetworkGateway1": { "id": id(GATEWAY, "gate") },
            "localNetworkGateway2": { "id": id(LOCAL, "office") },
        }),
    )
}

/// The rows of the local network gateway and, with `connected`, of the connection to it.
fn office(connected: bool) -> Json {
    let space = json!({ "localNetworkAddressSpace": { "addressPrefixes": ["192.168.0.0/16"] } });
    let mut rows = vec![shown(LOCAL, "office", space)];
    if connected {
        let ends = json!({
            "virtualNetworkGateway1": { "id": real(GATEWAY, "gate") },
            "localNetworkGateway2": { "id": real(LOCAL, "office") },
        });
        rows.push(shown(CONNECTION, "office", ends));
    }
    json!(rows)
}

fn hub(configuration: Json, more: &[Json]) -> Vec<Json> {
    let join = |network: &str| {
        resource(
            &format!("{HUB}/hubVirtualNetworkConnections"),
            &format!("hub/{network}"),
            json!({
                "remoteVirtualNetwork": { "id": id(NETWORK, network) },
                "enableInternetSecurity": true,
                "routingConfiguration": configuration,
            }),
        )
    };
    let mut all = vec![
        resource(HUB, "hub", json!({ "addressPrefix": "10.9.0.0/23" })),
        join("net"),
        join("spoke"),
    ];
    all.extend_from_slice(more);
    all
}

fn in_hub(configuration: Json) -> Json {
    let mut more = hub(configuration, &[]);
    more.push(spoke(json!({})));
    more.extend(second("spoke/b"));
    estate(&more)
}

pub(crate) fn cases() -> Vec<Case> {
    let connected = json!({ "peeringState": "Connected" });
    let told = json!({ "remoteAddressSpace": { "addressPrefixes": ["10.1.0.0/16"] } });
    let with_subnet = |more: &[Json]| {
        let subnet = resource(SUBNET, "spoke/b", json!({ "addressPrefix": "10.1.0.0/24" }));
        let mut all = vec![subnet];
        all.extend(second("spoke/b"));
        all.extend_from_slice(more);
        all
    };
    let pooled = || {
        let Json::Array(mut all) = estate(&machine("vm2", "a", json!({}), json!({}))) else {
            panic!("a list")
        };
        all[0]["properties"]["addressSpace"] =
            json!({ "ipamPoolPrefixAllocations": [{ "numberOfIpAddresses": "256" }] });
        json!(all)
    };
    let space = json!({ "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] } });
    let own_tables = json!({
        "associatedRouteTable": { "id": id(&format!("{HUB}/hubRouteTables"), "hub/own") },
    });
    let default_tables = json!({
        "associatedRouteTable": { "id": id(&format!("{HUB}/hubRouteTables"), "hub/defaultRouteTable") },
    });
    let bastion = || {
        let front = crate::case::public_address("front", "Standard");
        let host = resource(
            "Microsoft.Network/bastionHosts",
            "host",
            json!({ "ipConfigurations": [{ "name": "c", "properties": {
                "subnet": { "id": id(SUBNET, "net/AzureBastionSubnet") },
                "publicIPAddress": { "id": id(crate::case::ADDRESS, "front") },
            } }] }),
        );
        estate(&[front, host])
    };
    let intent = resource(
        &format!("{HUB}/routingIntent"),
        "hub/intent",
        json!({ "routingPolicies": [{
            "name": "out", "destinations": ["Internet"],
            "nextHop": id("Microsoft.Network/azureFirewalls", "fw"),
        }] }),
    );
    let mut hub_firewall = firewall(json!({}), json!({}))[0].clone();
    hub_firewall["properties"] = json!({
        "sku": { "name": "AZFW_Hub", "tier": "Standard" },
        "virtualHub": { "id": id(HUB, "hub") },
        "hubIPAddresses": { "privateIPAddress": "10.9.0.132" },
    });
    let remote = json!({ "useRemoteGateways": true, "peeringState": "Connected", "remoteAddressSpace": { "addressPrefixes": ["10.1.0.0/16"] } });
    vec![
        case("address-space", pooled(), VM).from("vm2").settled_by(shown(NETWORK, "net", space), "reachable"),
        case("peer-outside", estate(&{
            let mut more = second("spoke/b");
            let mut unspaced = spoke(json!({}));
            unspaced["properties"]["addressSpace"] = json!({ "ipamPoolPrefixAllocations": [{ "numberOfIpAddresses": "256" }] });
            more.push(unspaced);
            more.push(peering("net", "spoke", connected.clone()));
            more.push(peering("spoke", "net", connected.clone()));
            more
        }), ("vm2", "main"))
            .from("vm")
            .settled_by(shown(NETWORK, "spoke", json!({ "addressSpace": { "addressPrefixes": ["10.1.0.0/16"] } })), "reachable"),
        case("peering-state", estate(&with_subnet(&[peering("net", "spoke", told)])), ("vm2", "main"))
            .from("vm")
            .referring(NETWORK, "spoke")
            .settled_by(peered_back(json!([{
                "name": "to-net", "properties": {
                    "remoteVirtualNetwork": { "id": real(NETWORK, "net") },
                    "allowVirtualNetworkAccess": true, "peeringState": "Connected",
                },
            }])), "reachable"),
        case("learned-default-route", estate(&[gateway(json!({}))]), ("", ""))
            .asked(Asked::Egress("vm"))
            .settled_by(office(true), "open")
            .proved_elsewhere(),
        case("learned-routes", estate(&[gateway(json!({}))]), VM)
            .from("on-premises")
            .settled_by(office(true), "reachable"),
        case("remote-network", estate(&[gateway(json!({})), connection()]), VM)
            .from("on-premises")
            .settled_by(office(false), "reachable"),
        case("remote-gateway", estate(&[peering("net", "spoke", remote)]), VM)
            .from("on-premises")
            .settled_by(json!([
                shown(NETWORK, "spoke", json!({
                    "addressSpace": { "addressPrefixes": ["10.1.0.0/16"] },
                    "subnets": [{ "name": "GatewaySubnet", "id": real(SUBNET, "spoke/GatewaySubnet"), "properties": { "addressPrefix": "10.1.1.0/24" } }],
                    "virtualNetworkPeerings": [{ "name": "to-net", "properties": {
                        "remoteVirtualNetwork": { "id": real(NETWORK, "net") },
                        "allowVirtualNetworkAccess": true, "allowGatewayTransit": true, "peeringState": "Connected",
                    } }],
                })),
                shown(GATEWAY, "gate", json!({
                    "gatewayType": "Vpn", "enableBgp": false,
                    "ipConfigurations": [{ "name": "c", "properties": { "subnet": { "id": real(SUBNET, "spoke/GatewaySubnet") } } }],
                })),
                office(true)[0].clone(), office(true)[1].clone(),
            ]), "reachable"),
        case("hub-route-tables", in_hub(own_tables), VM).from("vm2").corrected_by(in_hub(default_tables), "reachable"),
        case("next-hop-outside", {
            let mut more = hub(json!({}), &[intent]);
            more.push(spoke(json!({})));
            estate(&more)
        }, ("", ""))
            .asked(Asked::Egress("vm"))
            .settled_by(template(json!([hub_firewall])), "closed"),
        case("bastion-address", bastion(), VM)
            .from("host")
            .settled_by(shown(SUBNET, "net/AzureBastionSubnet", json!({ "addressPrefix": "10.0.9.0/26" })), "reachable"),
        case("client-authentication",
            estate(&[gateway(json!({ "vpnClientConfiguration": { "vpnClientAddressPool": { "addressPrefixes": ["172.16.0.0/24"] } } }))]),
            ("gate", "vpn"))
            .asked(Asked::Proof("gate", "vpn", "Cert"))
            .settled_by(shown(GATEWAY, "gate", json!({ "vpnClientConfiguration": {
                "vpnClientAddressPool": { "addressPrefixes": ["172.16.0.0/24"] }, "vpnAuthenticationTypes": ["Certificate"],
            } })), "accepted"),
    ]
}

#[test]
fn what_lies_around_a_network_is_settled() {
    check(&cases());
}
