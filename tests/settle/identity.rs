//! What identities open.

use crate::case::{
    Case, MACHINE, STORAGE, case, check, export, machine, network, real, shown, storage, with,
};
use serde_json::{Value as Json, json};

const ASSIGNMENT: &str = "Microsoft.Authorization/roleAssignments";
const ROLE: &str = "Microsoft.Authorization/roleDefinitions";
const PRINCIPAL: &str = "aaaaaaaa-bbbb-cccc-dddd-eeeeeeeeeeee";
const SUBSCRIPTION: &str = "/subscriptions/11111111-1111-1111-1111-111111111111";
const BLOB_READER: &str = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
const DOOR: (&str, &str) = ("acct", "blob");

/// A machine with an identity beside an open account without keys, as an export.
fn exported(identity: Json) -> Json {
    let mut all = vec![
        network("net", &[("a", json!({ "defaultOutboundAccess": true }))]),
        storage(
            "acct",
            json!({ "allowSharedKeyAccess": false, "publicNetworkAccess": "Enabled" }),
        ),
    ];
    let mut machine = machine("vm", "a", json!({}), json!({}));
    machine[1] = with(machine[1].clone(), "identity", identity);
    all.extend(machine);
    json!(all)
}

fn known() -> Json {
    json!({ "type": "SystemAssigned", "principalId": PRINCIPAL, "tenantId": "t" })
}

/// What `az role assignment list` answers.
fn listed(scope: &str, role: &str) -> Json {
    json!([{
        "id": format!("{scope}/providers/{ASSIGNMENT}/12121212-0000-0000-0000-000000000000"),
        "name": "12121212-0000-0000-0000-000000000000", "type": ASSIGNMENT,
        "principalId": PRINCIPAL, "principalType": "ServicePrincipal", "scope": scope,
        "roleDefinitionId": format!("{SUBSCRIPTION}/providers/{ROLE}/{role}"),
    }])
}

fn identity(code: &'static str, resources: Json) -> Case {
    let mut case = case(code, json!([]), DOOR).from("identity:vm");
    case.files[0].1 = export(resources);
    case
}

pub(crate) fn cases() -> Vec<Case> {
    let account = real(STORAGE, "acct");
    let own_role = "99999999-0000-0000-0000-000000000001";
    vec![
        identity("role-assignments-not-exported", exported(known()))
            .settled_by(listed(&account, BLOB_READER), "reachable"),
        identity("scope-not-placed", exported(known()))
            .beside("r.json", listed(&format!("{SUBSCRIPTION}/resourceGroups/real"), BLOB_READER))
            .settled_by(shown(STORAGE, "acct", json!({})), "reachable")
            .proved_elsewhere(),
        identity("object-id-not-known", exported(json!({ "type": "SystemAssigned" })))
            .beside("r.json", listed(&account, BLOB_READER))
            .settled_by(with(shown(MACHINE, "vm", json!({})), "identity", known()), "reachable")
            .proved_elsewhere(),
        identity("principal-not-placed", exported(json!({ "type": "SystemAssigned" })))
            .beside("r.json", listed(&account, BLOB_READER))
            .settled_by(with(shown(MACHINE, "vm", json!({})), "identity", known()), "reachable")
            .proved_elsewhere(),
        identity("role-not-known", exported(known()))
            .beside("r.json", listed(&account, own_role))
            .settled_by(
                json!([{
                    "id": format!("{SUBSCRIPTION}/providers/{ROLE}/{own_role}"), "name": own_role, "type": ROLE,
                    "roleName": "own reader", "roleType": "CustomRole", "assignableScopes": ["/"],
                    "permissions": [{ "actions": [], "notActions": [], "notDataActions": [],
                        "dataActions": ["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"] }],
                }]),
                "reachable",
            )
            .proved_elsewhere(),
    ]
}

#[test]
fn what_identities_open_is_settled() {
    check(&cases());
}
