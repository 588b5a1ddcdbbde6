//! What the doors of services take as proof.

use crate::case::{Asked, Case, STORAGE, case, check, resource, shown, storage, template, with};
use serde_json::{Value as Json, json};

const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";

fn proof(
    code: &'static str,
    resources: Json,
    (name, door): (&'static str, &'static str),
    mode: &'static str,
    answer: Json,
) -> Case {
    case(code, resources, (name, door))
        .asked(Asked::Proof(name, door, mode))
        .settled_by(answer, "accepted")
}

pub(crate) fn cases() -> Vec<Case> {
    let cluster = json!({
        "computeType": "AmlCompute",
        "properties": { "remoteLoginPortPublicAccess": "Enabled", "vmSize": "x" },
    });
    let mut administered = cluster.clone();
    administered["properties"]["userAccountCredentials"] =
        json!({ "adminUserName": "me", "adminUserSshPublicKey": "ssh-rsa A" });
    let computes = format!("{WORKSPACE}/computes");
    let containers = "Microsoft.Storage/storageAccounts/blobServices/containers";
    vec![
        proof("credentials-not-shown",
            json!([resource(WORKSPACE, "ws", json!({})), resource(&computes, "ws/nodes", cluster)]),
            ("nodes", "ssh"), "SshKey", shown(&computes, "ws/nodes", administered)),
        proof("local-users",
            json!([storage("acct", json!({ "isSftpEnabled": true, "isLocalUserEnabled": true, "isHnsEnabled": true }))]),
            ("acct", "sftp"), "Password",
            json!([shown("Microsoft.Storage/storageAccounts/localUsers", "acct/me", json!({ "hasSshPassword": true, "hasSshKey": false }))])),
        proof("profile-not-known",
            json!([resource("Microsoft.ContainerService/managedClusters", "aks", json!({ "aadProfile": "[parameters('profile')]" }))]),
            ("aks", "main"), "Entra",
            shown("Microsoft.ContainerService/managedClusters", "aks", json!({ "aadProfile": { "managed": true } })))
            .parameters(json!({ "profile": { "type": "object" } })),
        proof("subdomain-not-known",
            json!([with(resource("Microsoft.CognitiveServices/accounts", "ai", json!("[parameters('all')]")), "kind", json!("OpenAI"))]),
            ("ai", "main"), "Entra",
            shown("Microsoft.CognitiveServices/accounts", "ai", json!({ "customSubDomainName": "ai", "publicNetworkAccess": "Enabled" })))
            .parameters(json!({ "all": { "type": "object" } })),
        proof("auth-options",
            json!([resource("Microsoft.Search/searchServices", "find", json!({ "authOptions": { "aadOrApiKey": "[parameters('both')]" } }))]),
            ("find", "main"), "Entra",
            shown("Microsoft.Search/searchServices", "find", json!({ "authOptions": { "aadOrApiKey": { "aadAuthFailureMode": "http403" } } })))
            .parameters(json!({ "both": { "type": "object" } })),
        proof("database-not-shown",
            json!([resource("Microsoft.Cache/redisEnterprise", "cache", json!({}))]),
            ("cache", "main"), "SharedKey",
            shown("Microsoft.Cache/redisEnterprise/databases", "cache/default", json!({ "accessKeysAuthentication": "Enabled" }))),
        proof("apis-not-shown",
            json!([resource("Microsoft.ApiManagement/service", "apim", json!({}))]),
            ("apim", "main"), "SharedKey",
            template(json!([resource("Microsoft.ApiManagement/service/apis", "apim/one", json!({ "subscriptionRequired": true, "path": "one" }))]))),
        proof("function-level",
            json!([with(resource("Microsoft.Web/sites", "fn", json!({})), "kind", json!("functionapp"))]),
            ("fn", "main"), "Anonymous",
            json!([shown("Microsoft.Web/sites/functions", "fn/hello", json!({ "config": { "bindings": [{ "type": "httpTrigger", "authLevel": "anonymous", "direction": "in" }] } }))])),
        proof("entra-administrator",
            json!([resource("Microsoft.Sql/servers", "sql", json!({ "administratorLogin": "me" }))]),
            ("sql", "main"), "Entra",
            json!([shown("Microsoft.Sql/servers/administrators", "sql/ActiveDirectory", json!({ "administratorType": "ActiveDirectory", "login": "admins", "sid": "x" }))])),
        proof("integration-runtime-key",
            json!([resource("Microsoft.DataFactory/factories", "adf", json!({}))]),
            ("adf", "runtime"), "SharedKey",
            json!([shown("Microsoft.DataFactory/factories/integrationRuntimes", "adf/own", json!({ "type": "SelfHosted" }))])),
        proof("policies-not-known",
            json!([resource("Microsoft.Logic/workflows", "flow", json!({
                "accessControl": { "triggers": { "openAuthenticationPolicies": "[parameters('policies')]" } },
                "definition": { "triggers": { "manual": { "type": "Request", "kind": "Http" } } },
            }))]),
            ("flow", "main"), "Entra",
            shown("Microsoft.Logic/workflows", "flow", json!({ "accessControl": { "triggers": { "openAuthenticationPolicies": { "policies": { "one": { "type": "AAD" } } } } } })))
            .parameters(json!({ "policies": { "type": "object" } })),
        proof("blob-public-access-default",
            json!([
                storage("acct", json!({})),
                resource(containers, "acct/default/open", json!({ "publicAccess": "Blob" })),
            ]),
            ("acct", "blob"), "Anonymous",
            shown(STORAGE, "acct", json!({ "allowBlobPublicAccess": true }))),
    ]
}

#[test]
fn what_doors_take_is_settled() {
    check(&cases());
}
