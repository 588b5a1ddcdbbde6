//! Values that a template leaves open.

use crate::case::{ANSWER, Case, STORAGE, case, check, id, resource, shown, storage, template};
use serde_json::{Value as Json, json};

const DOOR: (&str, &str) = ("acct", "blob");

/// An account whose switch is `access`.
fn account(access: &str) -> Json {
    json!([storage("acct", json!({ "publicNetworkAccess": access }))])
}

/// What Azure answers about the account.
fn answered(access: &str) -> Json {
    shown(STORAGE, "acct", json!({ "publicNetworkAccess": access }))
}

pub(crate) fn cases() -> Vec<Case> {
    let parameter = || {
        case(
            "parameter-without-value",
            account("[parameters('access')]"),
            DOOR,
        )
        .parameters(json!({ "access": { "type": "string" } }))
    };
    let vault = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentParameters.json#",
        "contentVersion": "1.0.0.0",
        "parameters": { "access": { "reference": {
            "keyVault": { "id": crate::case::real("Microsoft.KeyVault/vaults", "vault") },
            "secretName": "access",
        } } },
    });
    let linked = || {
        let deployment = json!({
            "type": "Microsoft.Resources/deployments", "apiVersion": "2022-09-01", "name": "inner",
            "properties": { "mode": "Incremental", "templateLink": { "relativePath": "inner.json" } },
        });
        let access = "[reference('inner').outputs.access.value]";
        json!([
            deployment,
            storage("acct", json!({ "publicNetworkAccess": access }))
        ])
    };
    let mut inner = template(json!([]));
    inner["outputs"] = json!({ "access": { "type": "string", "value": "Disabled" } });
    let mut by_file = case("missing-file", linked(), DOOR)
        .settled_by(inner, "blocked")
        .proved_elsewhere();
    by_file.answer.0 = "inner.json";
    vec![
        parameter().settled_by(json!({ "parameters": { "access": { "value": "Disabled" } } }), "blocked"),
        parameter().settled_by(json!({ "parameters": { "access": { "value": "Enabled" } } }), "reachable"),
        parameter().settled_by(answered("Disabled"), "blocked"),
        case("key-vault-secret", account("[parameters('access')]"), DOOR)
            .parameters(json!({ "access": { "type": "string" } }))
            .beside("p.json", vault)
            .settled_by(answered("Disabled"), "blocked"),
        case(
            "runtime-value",
            json!([
                resource("Microsoft.App/containerApps", "app", json!({})),
                storage("acct", json!({ "publicNetworkAccess":
                    "[reference(resourceId('Microsoft.App/containerApps', 'app'), '2023-05-01').access]" })),
            ]),
            DOOR,
        )
        .settled_by(answered("Enabled"), "reachable"),
        case("new-each-time", account("[if(startsWith(parameters('t'), 'a'), 'Enabled', 'Disabled')]"), DOOR)
            .parameters(json!({ "t": { "type": "string", "defaultValue": "[newGuid()]" } }))
            .settled_by(answered("Disabled"), "blocked"),
        by_file,
        case("not-evaluated", account("[substring('x', 5)]"), DOOR).settled_by(answered("Disabled"), "blocked"),
            case("conflicting-statements", account("Enabled"), DOOR)
                .beside(ANSWER, answered("Disabled"))
                .corrected_by(account("Disabled"), "blocked"),
        // Among doors that nothing decides, what an absent setting means.
        case(
            "undocumented-default",
            json!([resource("Microsoft.MachineLearningServices/workspaces", "ws", json!({
                "allowPublicAccessWhenBehindVnet": false,
                "storageAccount": id(STORAGE, "acct"),
            }))]),
            ("ws", "main"),
        )
        .settled_by(
            shown("Microsoft.MachineLearningServices/workspaces", "ws", json!({ "publicNetworkAccess": "Disabled" })),
            "blocked",
        ),
    ]
}

#[test]
fn values_left_open_are_settled() {
    check(&cases());
}
