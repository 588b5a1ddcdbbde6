//! What closes the doors of services.

use crate::case::{
    Case, NETWORK, STORAGE, SUBNET, case, check, elsewhere, id, machine, network, real, resource,
    shown, storage, template, with,
};
use serde_json::{Value as Json, json};

const PERIMETER: &str = "Microsoft.Network/networkSecurityPerimeters";
const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const DOOR: (&str, &str) = ("acct", "blob");

/// An account in a perimeter: the association's mode, the profile's identifier, the rules.
fn in_perimeter(access: &str, mode: &str, profile: &str, rules: Json) -> Json {
    let mut all = vec![
        storage("acct", json!({ "publicNetworkAccess": access })),
        resource(PERIMETER, "around", json!({})),
        resource(&format!("{PERIMETER}/profiles"), "around/rules", json!({})),
        resource(
            &format!("{PERIMETER}/resourceAssociations"),
            "around/acct",
            json!({
                "accessMode": mode,
                "privateLinkResource": { "id": id(STORAGE, "acct") },
                "profile": { "id": profile },
            }),
        ),
    ];
    for rule in rules.as_array().unwrap() {
        all.push(resource(
            &format!("{PERIMETER}/profiles/accessRules"),
            "around/rules/in",
            rule.clone(),
        ));
    }
    json!(all)
}

fn profile() -> String {
    id(&format!("{PERIMETER}/profiles"), "around/rules")
}

fn inbound() -> Json {
    json!([{ "direction": "Inbound", "addressPrefixes": ["198.51.100.0/24"] }])
}

/// An account that lets in what stands in `list` of its firewall.
fn selected(address: &str) -> Json {
    json!([storage(
        "acct",
        json!({
            "publicNetworkAccess": "Enabled",
            "networkAcls": { "defaultAction": "Deny", "ipRules": [{ "value": address, "action": "Allow" }] },
        })
    )])
}

fn site(properties: Json) -> Json {
    json!([with(
        resource("Microsoft.Web/sites", "app", properties),
        "kind",
        json!("app")
    )])
}

fn batch(workspace: Json) -> Json {
    json!([
        resource(WORKSPACE, "ws", workspace),
        resource(
            &format!("{WORKSPACE}/batchEndpoints"),
            "ws/scores",
            json!({ "authMode": "AADToken" })
        ),
    ])
}

fn namespace(own: &str, rules: &str) -> Json {
    json!([
        resource(
            "Microsoft.EventHub/namespaces",
            "hub",
            json!({ "publicNetworkAccess": own })
        ),
        resource(
            "Microsoft.EventHub/namespaces/networkRuleSets",
            "hub/default",
            json!({ "publicNetworkAccess": rules, "defaultAction": "Allow" })
        ),
    ])
}

/// A private endpoint to the account that somebody has to approve, beside a machine.
fn endpoint() -> Json {
    let mut all = vec![
        network("net", &[("a", json!({})), ("ends", json!({}))]),
        storage("acct", json!({ "publicNetworkAccess": "Disabled" })),
        resource(
            "Microsoft.Network/privateEndpoints",
            "pe",
            json!({
                "subnet": { "id": id(SUBNET, "net/ends") },
                "manualPrivateLinkServiceConnections": [{ "name": "pe", "properties": {
                    "privateLinkServiceId": id(STORAGE, "acct"), "groupIds": ["blob"],
                } }],
            }),
        ),
        resource(
            "Microsoft.Network/privateDnsZones",
            "privatelink.blob.core.windows.net",
            json!({}),
        ),
        resource(
            "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            "privatelink.blob.core.windows.net/net",
            json!({ "registrationEnabled": false, "virtualNetwork": { "id": id(NETWORK, "net") } }),
        ),
        resource(
            "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            "pe/default",
            json!({
                "privateDnsZoneConfigs": [{ "name": "z", "properties": { "privateDnsZoneId":
                    id("Microsoft.Network/privateDnsZones", "privatelink.blob.core.windows.net") } }],
            }),
        ),
    ];
    all.extend(machine("vm", "a", json!({}), json!({})));
    json!(all)
}

/// What `az network private-endpoint-connection list` answers.
fn connections(state: &str) -> Json {
    let mut row = shown(
        "Microsoft.Storage/storageAccounts/privateEndpointConnections",
        "acct/pe.0123",
        json!({
            "privateEndpoint": { "id": real("Microsoft.Network/privateEndpoints", "pe") },
            "privateLinkServiceConnectionState": { "status": state },
            "provisioningState": "Succeeded",
        }),
    );
    row["resourceGroup"] = json!("real");
    json!([row])
}

pub(crate) fn cases() -> Vec<Case> {
    let compute = |isolation: &str| {
        json!([
            resource(
                WORKSPACE,
                "ws",
                json!({ "managedNetwork": { "isolationMode": isolation } })
            ),
            resource(
                &format!("{WORKSPACE}/computes"),
                "ws/box",
                json!({
                    "computeType": "ComputeInstance",
                    "properties": { "sshSettings": { "sshPublicAccess": "Enabled", "adminPublicKey": "ssh-rsa A" } },
                })
            ),
        ])
    };
    let reported = |public: Json| {
        shown(
            &format!("{WORKSPACE}/computes"),
            "ws/box",
            json!({
                "computeType": "ComputeInstance",
                "properties": {
                    "sshSettings": { "sshPublicAccess": "Enabled", "adminPublicKey": "ssh-rsa A" },
                    "connectivityEndpoints": { "publicIpAddress": public, "privateIpAddress": "10.0.0.4" },
                },
            }),
        )
    };
    let app = json!([resource(
        "Microsoft.App/containerApps",
        "app",
        json!({
            "environmentId": id("Microsoft.App/managedEnvironments", "env"),
            "configuration": { "ingress": { "external": true, "targetPort": 80 } },
        })
    )]);
    let environment = |internal: bool| {
        template(json!([resource(
            "Microsoft.App/managedEnvironments",
            "env",
            json!({
                "vnetConfiguration": { "internal": internal },
            })
        )]))
    };
    vec![
        case("address-not-understood", selected("the office"), DOOR)
            .corrected_by(selected("198.51.100.7"), "reachable"),
        case("perimeter-mode", in_perimeter("Enabled", "[parameters('mode')]", &profile(), json!([])), DOOR)
            .parameters(json!({ "mode": { "type": "string" } }))
            .settled_by(shown(&format!("{PERIMETER}/resourceAssociations"), "around/acct", json!({ "accessMode": "Enforced" })), "blocked"),
        case("perimeter-audit", in_perimeter("Disabled", "Audit", &profile(), inbound()), DOOR)
            .corrected_by(in_perimeter("Disabled", "Enforced", &profile(), inbound()), "reachable"),
        case("perimeter-outside", in_perimeter("Enabled", "Enforced", &elsewhere(&format!("{PERIMETER}/profiles"), "other/strict"), json!([])), DOOR)
            .settled_by(json!([
                shown(&format!("{PERIMETER}/profiles"), "other/strict", json!({})),
                shown(&format!("{PERIMETER}/profiles/accessRules"), "other/strict/in", inbound()[0].clone()),
            ]), "reachable"),
        case("managed-network-node", compute("AllowInternetOutbound"), ("box", "ssh"))
            .settled_by(reported(json!("20.1.2.3")), "reachable"),
        case("managed-network-node", compute("AllowInternetOutbound"), ("box", "ssh"))
            .settled_by(reported(Json::Null), "blocked"),
        case("restrictions-before-ftp",
            site(json!({ "siteConfig": { "ipSecurityRestrictions": [{ "ipAddress": "198.51.100.7/32", "action": "Allow", "priority": 100, "name": "office" }] } })),
            ("app", "ftp"))
            .settled_by(shown("Microsoft.Web/sites", "app", json!({ "siteConfig": { "ftpsState": "Disabled" } })), "gone"),
        case("governing-resource-outside", app.clone(), ("app", "main"))
            .settled_by(environment(true), "blocked"),
        case("governing-resource-outside", app, ("app", "main"))
            .settled_by(environment(false), "reachable"),
        case("conflicting-access", namespace("Enabled", "Disabled"), ("hub", "main"))
            .corrected_by(namespace("Enabled", "Enabled"), "reachable"),
        case("selected-addresses-unsupported", batch(json!({ "publicNetworkAccess": "Enabled", "ipAllowlist": ["198.51.100.7"] })), ("scores", "main"))
            .corrected_by(batch(json!({ "publicNetworkAccess": "Enabled" })), "reachable"),
        case("connection-approval", endpoint(), DOOR).from("vm").settled_by(connections("Approved"), "reachable"),
        case("connection-approval", endpoint(), DOOR).from("vm").settled_by(connections("Pending"), "blocked"),
    ]
}

#[test]
fn doors_of_services_are_settled() {
    check(&cases());
}
