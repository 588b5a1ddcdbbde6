//! What stands on the ways of a network.

use crate::case::{
    ADDRESS, Case, GROUP, INTERFACE, MACHINE, NETWORK, SUBNET, behind, case, check, firewall,
    group, id, machine, network, public_address, resource, shown, template,
};
use serde_json::{Value as Json, json};

const VM: (&str, &str) = ("vm", "main");

fn ssh_from(source: &str) -> Json {
    json!([100, "Allow", "Inbound", source, "*", "22"])
}

/// A machine with an address of its own that says where it is, without any security group.
fn bare(address: &Json) -> Json {
    let mut all = vec![network("net", &[("a", json!({}))])];
    all.extend(machine(
        "vm",
        "a",
        json!({ "publicIPAddress": { "id": id(ADDRESS, "ip") } }),
        json!({}),
    ));
    if !address.is_null() {
        all.push(address.clone());
    }
    json!(all)
}

/// A firewall with a public address in front of a machine at 10.0.0.4.
fn behind_firewall(more: Json, configuration: Json) -> Json {
    let mut all = vec![network(
        "net",
        &[("a", json!({})), ("AzureFirewallSubnet", json!({}))],
    )];
    all.extend(firewall(json!({}), more));
    all.extend(machine("vm", "a", configuration, json!({})));
    json!(all)
}

const BALANCER: &str = "Microsoft.Network/loadBalancers";

/// A firewall that leads to 10.0.0.9, and there perhaps to the private frontend of a load balancer
/// in front of a machine.
fn before_balancer() -> Json {
    let part = |segment: &str, name: &str| json!({ "id": id(&format!("{BALANCER}/{segment}"), &format!("lb/{name}")) });
    let mut leading = translation(("sourceAddresses", json!(["*"])));
    leading["translatedAddress"] = json!("10.0.0.9");
    let mut configuration = fixed();
    configuration["loadBalancerBackendAddressPools"] = json!([part("backendAddressPools", "pool")]);
    let Json::Array(mut all) = behind_firewall(classic(leading), configuration) else {
        panic!("a list")
    };
    all.push(resource(
        BALANCER,
        "lb",
        json!({
            "frontendIPConfigurations": [{ "name": "front", "properties": {
                "subnet": { "id": id(SUBNET, "net/a") } } }],
            "backendAddressPools": [{ "name": "pool" }],
            "loadBalancingRules": [{ "name": "ssh", "properties": {
                "frontendIPConfiguration": part("frontendIPConfigurations", "front"),
                "backendAddressPool": part("backendAddressPools", "pool"),
                "protocol": "Tcp", "frontendPort": 22, "backendPort": 22 } }],
        }),
    ));
    json!(all)
}

/// Two machines on subnets of their own, of which one has a route table outside.
fn aside() -> Json {
    let routes = json!({ "routeTable": { "id": id("Microsoft.Network/routeTables", "routes") } });
    let mut all = vec![network("net", &[("a", routes), ("b", json!({}))])];
    all.extend(machine("vm", "a", json!({}), json!({})));
    all.extend(machine("vm2", "b", json!({}), json!({})));
    json!(all)
}

fn fixed() -> Json {
    json!({ "privateIPAddress": "10.0.0.4", "privateIPAllocationMethod": "Static" })
}

fn translation(source: (&str, Json)) -> Json {
    let mut rule = json!({
        "name": "ssh", "ruleType": "NatRule", "protocols": ["TCP"], "ipProtocols": ["TCP"],
        "destinationAddresses": ["20.1.1.1"], "destinationPorts": ["22"],
        "translatedAddress": "10.0.0.4", "translatedPort": "22",
    });
    rule[source.0] = source.1;
    rule
}

fn classic(rule: Json) -> Json {
    json!({ "natRuleCollections": [{ "name": "in", "properties": {
        "priority": 100, "action": { "type": "Dnat" }, "rules": [rule],
    } }] })
}

pub(crate) fn cases() -> Vec<Case> {
    let open = || template(json!([group("guard", &[ssh_from("Internet")])]));
    let interface = || {
        json!([resource(
            MACHINE,
            "vm",
            json!({
                "networkProfile": { "networkInterfaces": [{ "id": id(INTERFACE, "vm-nic") }] },
            })
        )])
    };
    let with_interface = |sku: &str| {
        let Json::Array(mut all) = bare(&public_address("ip", sku)) else {
            panic!("a list")
        };
        all.retain(|one| one["type"] != MACHINE);
        template(json!(all))
    };
    let in_subnet = || {
        let Json::Array(mut all) = bare(&public_address("ip", "Standard")) else {
            panic!("a list")
        };
        all.retain(|one| one["type"] != NETWORK);
        json!(all)
    };
    let guarded = |rules: &[Json]| {
        template(json!([
            network(
                "net",
                &[(
                    "a",
                    json!({ "networkSecurityGroup": { "id": id(GROUP, "guard") } })
                )]
            ),
            group("guard", rules),
        ]))
    };
    let tags = |region: &str, prefix: &str| {
        json!({
            "changeNumber": "1", "cloud": "Public", "name": "public",
            "id": "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Network/serviceTags/public",
            "type": "Microsoft.Network/serviceTags",
            "values": [{ "id": region, "name": region, "properties": {
                "changeNumber": "1", "region": "", "state": "GA", "systemService": "AzureDevOps",
                "addressPrefixes": [prefix],
            } }],
        })
    };
    let ip_groups = json!([id("Microsoft.Network/ipGroups", "offices")]);
    let untold = |access: &str| {
        json!({ "name": "rule", "properties": {
            "priority": 100, "access": access, "direction": "Inbound", "protocol": "*",
            "sourceAddressPrefix": "*", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22",
        } })
    };
    let ruled = |rules: Json| behind(resource(GROUP, "guard", json!({ "securityRules": rules })));
    let mut twice = json!([untold("Allow"), untold("Deny")]);
    twice[1]["name"] = json!("other");
    let mut apart = twice.clone();
    apart[1]["properties"]["priority"] = json!(200);
    vec![
        case("interface-outside", interface(), VM).settled_by(with_interface("Basic"), "reachable"),
        case("interface-outside", interface(), VM)
            .settled_by(with_interface("Standard"), "blocked"),
        case("security-group-outside", behind(Json::Null), VM).settled_by(open(), "reachable"),
        case("security-group-outside", behind(Json::Null), VM)
            .settled_by(template(json!([group("guard", &[])])), "blocked"),
        case("public-address-outside", bare(&Json::Null), VM).settled_by(
            template(json!([public_address("ip", "Basic")])),
            "reachable",
        ),
        case("public-address-outside", bare(&Json::Null), VM).settled_by(
            template(json!([public_address("ip", "Standard")])),
            "blocked",
        ),
        case("subnet-outside", in_subnet(), VM)
            .settled_by(guarded(&[ssh_from("Internet")]), "reachable"),
        case("subnet-outside", in_subnet(), VM).settled_by(guarded(&[]), "blocked"),
        case(
            "service-tag",
            behind(group("guard", &[ssh_from("AzureDevOps")])),
            VM,
        )
        .settled_by(tags("AzureDevOps", "20.37.158.0/23"), "reachable"),
        case(
            "ip-group-outside",
            behind_firewall(classic(translation(("sourceIpGroups", ip_groups))), fixed()),
            VM,
        )
        .settled_by(
            template(json!([resource(
                "Microsoft.Network/ipGroups",
                "offices",
                json!({ "ipAddresses": ["198.51.100.0/24"] })
            )])),
            "reachable",
        ),
        case("frontend-address", before_balancer(), VM).settled_by(
            shown(
                BALANCER,
                "lb",
                json!({ "frontendIPConfigurations": [{ "name": "front", "properties": {
                    "privateIPAddress": "10.0.0.9", "privateIPAllocationMethod": "Dynamic",
                    "subnet": { "id": crate::case::real(SUBNET, "net/a") } } }] }),
            ),
            "reachable",
        ),
        case(
            "private-address",
            behind(group(
                "guard",
                &[json!([100, "Allow", "Inbound", "*", "10.0.0.4", "22"])],
            )),
            VM,
        )
        .settled_by(
            shown(
                INTERFACE,
                "vm-nic",
                json!({ "ipConfigurations": [{ "name": "c", "properties": {
                    "subnet": { "id": crate::case::real(SUBNET, "net/a") },
                    "publicIPAddress": { "id": crate::case::real(ADDRESS, "ip") },
                    "privateIPAddress": "10.0.0.4", "privateIPAllocationMethod": "Dynamic",
                } }] }),
            ),
            "reachable",
        ),
        case("route-unknown", aside(), ("vm2", "main"))
            .from("vm")
            .settled_by(
                shown(
                    "Microsoft.Network/routeTables",
                    "routes",
                    json!({ "routes": [{ "name": "none", "properties": {
                        "addressPrefix": "10.0.1.0/24", "nextHopType": "None",
                    } }] }),
                ),
                "blocked",
            ),
        case("invalid-rule", ruled(json!([untold("Permit")])), VM)
            .corrected_by(ruled(json!([untold("Allow")])), "reachable"),
        case("equal-priority", ruled(twice), VM).corrected_by(ruled(apart), "reachable"),
    ]
}

#[test]
fn ways_of_a_network_are_settled() {
    check(&cases());
}
