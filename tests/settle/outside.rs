//! What decides about doors and machines from outside the template.

use crate::case::{
    ADDRESS, Asked, Case, GROUP, INTERFACE, SUBNET, behind, case, check, export, group, id,
    machine, network, public_address, real, resource, shown, storage, with,
};
use serde_json::{Value as Json, json};

const VM: (&str, &str) = ("vm", "main");
const APP: (&str, &str) = ("app", "main");
const BALANCER: &str = "Microsoft.Network/loadBalancers";
const APPLICATION_GROUP: &str = "Microsoft.Network/applicationSecurityGroups";
const PROFILE: &str = "Microsoft.Cdn/profiles";
const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const FRONT_DOOR: &str = "55555555-2222-3333-4444-555555555555";

/// A public load balancer that forwards SSH to machine `vm`, with `more` in its rule.
fn balanced(more: Json, guard: &[Json]) -> Json {
    let mut rule = json!({
        "frontendIPConfiguration": { "id": format!("[resourceId('{BALANCER}/frontendIPConfigurations', 'lb', 'front')]") },
        "backendAddressPool": { "id": format!("[resourceId('{BALANCER}/backendAddressPools', 'lb', 'pool')]") },
        "protocol": "Tcp", "frontendPort": 22, "backendPort": 22,
    });
    for (name, value) in more.as_object().unwrap() {
        rule[name] = value.clone();
    }
    let balancer = with(
        resource(
            BALANCER,
            "lb",
            json!({
                "frontendIPConfigurations": [{ "name": "front", "properties": {
                    "publicIPAddress": { "id": id(ADDRESS, "ip") } } }],
                "backendAddressPools": [{ "name": "pool" }],
                "loadBalancingRules": [{ "name": "ssh", "properties": rule }],
            }),
        ),
        "sku",
        json!({ "name": "Standard" }),
    );
    let mut all = vec![
        network(
            "net",
            &[(
                "a",
                json!({ "networkSecurityGroup": { "id": id(GROUP, "guard") } }),
            )],
        ),
        public_address("ip", "Standard"),
        group("guard", guard),
        balancer,
    ];
    let pool =
        json!([{ "id": format!("[resourceId('{BALANCER}/backendAddressPools', 'lb', 'pool')]") }]);
    let configuration = json!({
        "loadBalancerBackendAddressPools": pool,
        "privateIPAddress": "10.0.0.4", "privateIPAllocationMethod": "Static",
    });
    all.extend(machine("vm", "a", configuration, json!({})));
    json!(all)
}

/// The rule of the balancer as Azure reports it.
fn reported_rule(more: Json) -> Json {
    let part = |segment: &str, name: &str| json!({ "id": format!("{}/{segment}/{name}", real(BALANCER, "lb")) });
    let mut rule = json!({
        "frontendIPConfiguration": part("frontendIPConfigurations", "front"),
        "backendAddressPool": part("backendAddressPools", "pool"),
        "protocol": "Tcp", "frontendPort": 22, "backendPort": 22,
    });
    for (name, value) in more.as_object().unwrap() {
        rule[name] = value.clone();
    }
    let rules = json!([{ "name": "ssh", "properties": rule }]);
    shown(BALANCER, "lb", json!({ "loadBalancingRules": rules }))
}

fn restricted(rule: Json) -> Json {
    json!({ "siteConfig": { "ipSecurityRestrictions": [rule] } })
}

fn site(properties: Json) -> Json {
    with(
        resource("Microsoft.Web/sites", "app", properties),
        "kind",
        json!("app"),
    )
}

/// A Front Door in front of the app, which lets in one Front Door by its identifier.
fn fronted() -> Json {
    let below = |segment: &str, name: &str, properties: Json| {
        resource(&format!("{PROFILE}/{segment}"), name, properties)
    };
    let group = id(&format!("{PROFILE}/originGroups"), "fd/group");
    json!([
        site(restricted(json!({
            "ipAddress": "AzureFrontDoor.Backend", "tag": "ServiceTag", "action": "Allow", "priority": 100,
            "name": "front", "headers": { "x-azure-fdid": [FRONT_DOOR] },
        }))),
        with(
            resource(PROFILE, "fd", json!({})),
            "sku",
            json!({ "name": "Standard_AzureFrontDoor" })
        ),
        below(
            "afdEndpoints",
            "fd/end",
            json!({ "enabledState": "Enabled" })
        ),
        below("originGroups", "fd/group", json!({})),
        below(
            "originGroups/origins",
            "fd/group/app",
            json!({
                "hostName": "app.azurewebsites.net", "enabledState": "Enabled",
            })
        ),
        below(
            "afdEndpoints/routes",
            "fd/end/all",
            json!({
                "originGroup": { "id": group }, "enabledState": "Enabled",
                "supportedProtocols": ["Https"], "patternsToMatch": ["/*"], "linkToDefaultDomain": "Enabled",
            })
        ),
    ])
}

/// A machine, a second one beside it, and a rule that lets in the members of a group.
fn grouped() -> Json {
    let mut rule = json!({
        "priority": 100, "access": "Allow", "direction": "Inbound", "protocol": "*",
        "sourceApplicationSecurityGroups": [{ "id": id(APPLICATION_GROUP, "admins") }],
        "sourcePortRange": "*", "destinationAddressPrefix": "*", "destinationPortRange": "22",
    });
    let mut rules = vec![json!({ "name": "in", "properties": rule.clone() })];
    rule = json!({
        "priority": 200, "access": "Deny", "direction": "Inbound", "protocol": "*",
        "sourceAddressPrefix": "*", "sourcePortRange": "*",
        "destinationAddressPrefix": "*", "destinationPortRange": "*",
    });
    rules.push(json!({ "name": "rest", "properties": rule }));
    let mut all = vec![
        network(
            "net",
            &[
                (
                    "a",
                    json!({ "networkSecurityGroup": { "id": id(GROUP, "guard") } }),
                ),
                ("b", json!({})),
            ],
        ),
        resource(GROUP, "guard", json!({ "securityRules": rules })),
    ];
    all.extend(machine("vm", "a", json!({}), json!({})));
    json!(all)
}

/// The group and an interface of it on the second subnet.
fn admin(member: bool) -> Json {
    let mut configuration = json!({
        "subnet": { "id": real(SUBNET, "net/b") }, "privateIPAddress": "10.0.1.9",
        "privateIPAllocationMethod": "Static",
    });
    if member {
        configuration["applicationSecurityGroups"] =
            json!([{ "id": real(APPLICATION_GROUP, "admins") }]);
    }
    json!([
        shown(APPLICATION_GROUP, "admins", json!({})),
        shown(
            INTERFACE,
            "desk",
            json!({ "ipConfigurations": [{ "name": "c", "properties": configuration }] })
        ),
    ])
}

/// A group that lets in from the internet over TCP to `port`.
fn over_tcp(port: &str) -> Json {
    let mut one = group("guard", &[ssh(port)]);
    one["properties"]["securityRules"][0]["properties"]["protocol"] = json!("Tcp");
    one
}

fn ssh(port: &str) -> Json {
    json!([100, "Allow", "Inbound", "Internet", "*", port])
}

fn approved(rule: Json) -> Json {
    json!([resource(
        WORKSPACE,
        "ws",
        json!({ "managedNetwork": {
            "isolationMode": "AllowOnlyApprovedOutbound", "outboundRules": { "one": rule },
        } })
    )])
}

pub(crate) fn cases() -> Vec<Case> {
    let floating = || {
        balanced(
            json!({ "enableFloatingIP": "[parameters('floats')]" }),
            &[json!([
                100, "Allow", "Inbound", "Internet", "10.0.0.4", "22"
            ])],
        )
    };
    let any_service = || {
        let mut all = vec![
            network(
                "net",
                &[(
                    "a",
                    json!({ "serviceEndpoints": "[parameters('endpoints')]" }),
                )],
            ),
            site(restricted(
                json!({ "ipAddress": "AnyVnets", "action": "Allow", "priority": 100, "name": "any" }),
            )),
        ];
        all.extend(machine("vm", "a", json!({}), json!({})));
        json!(all)
    };
    let endpoint_out = || {
        let table = resource(
            "Microsoft.Network/routeTables",
            "routes",
            json!({ "routes": [{ "name": "out", "properties": { "addressPrefix": "0.0.0.0/0", "nextHopType": "None" } }] }),
        );
        let subnet = json!({
            "routeTable": { "id": id("Microsoft.Network/routeTables", "routes") },
            "serviceEndpoints": [{ "service": "Microsoft.Storage" }],
        });
        let mut all = vec![network("net", &[("a", subnet)]), table];
        all.extend(machine("vm", "a", json!({}), json!({})));
        json!(all)
    };
    let storage_tag = json!({
        "changeNumber": "1", "cloud": "Public", "name": "public",
        "id": "/subscriptions/11111111-1111-1111-1111-111111111111/providers/Microsoft.Network/serviceTags/public",
        "type": "Microsoft.Network/serviceTags",
        "values": [{ "id": "Storage", "name": "Storage", "properties": {
            "changeNumber": "1", "region": "", "state": "GA", "systemService": "AzureStorage",
            "addressPrefixes": ["20.60.0.0/16"],
        } }],
    });
    let exported = || {
        let mut all = vec![
            network("net", &[("a", json!({}))]),
            storage("acct", json!({})),
        ];
        all.extend(machine("vm", "a", json!({}), json!({})));
        let mut one =
            case("default-outbound-access", json!([]), ("", "")).asked(Asked::Egress("vm"));
        one.files[0].1 = export(json!(all));
        one
    };
    let open_access = |open: bool| {
        shown(
            SUBNET,
            "net/a",
            json!({ "addressPrefix": "10.0.0.0/24", "defaultOutboundAccess": open }),
        )
    };
    vec![
        case("port-not-understood", behind(over_tcp("ssh")), VM)
            .corrected_by(behind(over_tcp("22")), "reachable"),
        case("port-not-understood", balanced(json!({ "frontendPort": null }), &[ssh("22")]), VM)
            .corrected_by(balanced(json!({}), &[ssh("22")]), "reachable"),
        case("floating-destination", floating(), VM)
            .parameters(json!({ "floats": { "type": "bool" } }))
            .settled_by(reported_rule(json!({ "enableFloatingIP": false })), "reachable"),
        case("front-door-id", fronted(), APP)
            .settled_by(with(shown(PROFILE, "fd", json!({ "frontDoorId": FRONT_DOOR })), "sku", json!({ "name": "Standard_AzureFrontDoor" })), "reachable"),
        case("any-service-endpoint", any_service(), APP)
            .parameters(json!({ "endpoints": { "type": "array" } }))
            .from("vm")
            .settled_by(shown(SUBNET, "net/a", json!({ "addressPrefix": "10.0.0.0/24", "serviceEndpoints": [{ "service": "Microsoft.Web" }] })), "reachable"),
        case("application-security-group-outside", grouped(), VM).from("b").settled_by(admin(true), "reachable"),
        case("outbound-rule", approved(json!({ "type": "[parameters('kind')]", "destination": "pypi.org" })), ("", ""))
            .parameters(json!({ "kind": { "type": "string" } }))
            .asked(Asked::Egress("ws"))
            .settled_by(shown(&format!("{WORKSPACE}/outboundRules"), "ws/one", json!({ "type": "FQDN", "destination": "pypi.org" })), "filtered"),
        case("service-addresses", endpoint_out(), ("", "")).asked(Asked::Egress("vm")).settled_by(storage_tag, "filtered"),
        exported().settled_by(open_access(true), "open"),
        exported().settled_by(open_access(false), "closed"),
    ]
}

#[test]
fn what_decides_outside_is_settled() {
    check(&cases());
}
