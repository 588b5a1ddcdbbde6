//! What a resource keeps, or is given by the platform.

use crate::estate::{Estate, Reached, SYSTEM, account, machine, network, of, own, role, storage};
use sightline::graph::{Foothold, Node};

const WORKSPACE: &str = "[resourceId('Microsoft.MachineLearningServices/workspaces', 'ws')]";
const SCIENTIST: &str = "f6c7c914-8db3-469d-8ca1-694a8f32e121";

fn vault(properties: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "kv", "location": "x",
        "properties": {{"tenantId": "x", "sku": {{"family": "A", "name": "standard"}}, "enableRbacAuthorization": true{properties}}}}}"#
    )
}

fn ai(properties: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2023-05-01", "name": "ai", "location": "x",
        "kind": "OpenAI", "sku": {{"name": "S0"}}, "properties": {{"customSubDomainName": "ai-sub"{properties}}}}}"#
    )
}

fn workspace(properties: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-04-01", "name": "ws", "location": "x",
        "identity": {{"type": "SystemAssigned"}}, "properties": {{"storageAccount": "{}",
        "keyVault": "[resourceId('Microsoft.KeyVault/vaults', 'kv')]"{properties}}}}}"#,
        account("acct")
    )
}

fn connection(auth: &str, target: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.MachineLearningServices/workspaces/connections", "apiVersion": "2024-04-01", "name": "ws/c",
        "properties": {{"category": "AzureOpenAI", "authType": "{auth}", {target}}}}}"#
    )
}

/// A machine that is a data scientist of the workspace, with more resources.
fn scientist(workspace_properties: &str, more: &[String]) -> Estate {
    let mut resources = vec![
        network("net", ""),
        machine("vm", "net", "a", SYSTEM),
        storage("acct", ""),
        vault(""),
        workspace(workspace_properties),
        role("[guid('a')]", WORKSPACE, &own("vm"), SCIENTIST),
    ];
    resources.extend_from_slice(more);
    of("", &resources.join(","))
}

#[test]
fn who_reads_a_connection_has_the_key_in_it() {
    let by_address = r#""target": "https://ai-sub.openai.azure.com/""#;
    let by_id = r#""target": "https://x", "metadata": {"ResourceId": "[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]"}"#;
    for (auth, target, account, want) in [
        ("ApiKey", by_address, "", Reached::Surely),
        ("ApiKey", by_id, "", Reached::Surely),
        ("AAD", by_id, "", Reached::Not),
        (
            "ApiKey",
            by_id,
            r#", "disableLocalAuth": true"#,
            Reached::Not,
        ),
        (
            "ApiKey",
            by_id,
            r#", "publicNetworkAccess": "Disabled""#,
            Reached::Not,
        ),
    ] {
        let estate = scientist("", &[ai(account), connection(auth, target)]);
        assert_eq!(
            estate.by_code("vm", "ai"),
            want,
            "{auth} {target} {account}"
        );
    }
}

#[test]
fn default_datastores_keep_the_key_unless_they_go_by_identity() {
    for (properties, want) in [
        ("", Reached::Surely),
        (
            r#", "systemDatastoresAuthMode": "accessKey""#,
            Reached::Surely,
        ),
        (r#", "systemDatastoresAuthMode": "identity""#, Reached::Not),
    ] {
        assert_eq!(
            scientist(properties, &[]).by_code("vm", "acct"),
            want,
            "{properties}"
        );
    }
    let datastore = |kind: &str| {
        format!(
            r#"{{"type": "Microsoft.MachineLearningServices/workspaces/datastores", "apiVersion": "2024-04-01", "name": "ws/d",
            "properties": {{"datastoreType": "AzureBlob", "accountName": "other", "containerName": "c", "credentials": {{"credentialsType": "{kind}"}}}}}}"#
        )
    };
    for (kind, want) in [
        ("AccountKey", Reached::Surely),
        ("Sas", Reached::Surely),
        ("None", Reached::Not),
    ] {
        let estate = scientist("", &[storage("other", ""), datastore(kind)]);
        assert_eq!(estate.by_code("vm", "other"), want, "{kind}");
    }
}

#[test]
fn the_vault_of_a_workspace_holds_what_its_connections_keep() {
    let reads = role(
        "[guid('b')]",
        "[resourceId('Microsoft.KeyVault/vaults', 'kv')]",
        &own("vm"),
        "4633458b-17de-408a-b874-0445c86b69e6",
    );
    let resources = [
        network("net", ""),
        machine("vm", "net", "a", SYSTEM),
        storage("acct", ""),
        vault(""),
        workspace(""),
    ];
    let without = of("", &resources.join(","));
    assert_eq!(without.by_code("vm", "acct"), Reached::Not);
    let with = of("", &format!("{}, {reads}", resources.join(",")));
    assert_eq!(with.by_code("vm", "kv"), Reached::Surely);
    assert_eq!(with.by_code("vm", "acct"), Reached::Surely);
}

#[test]
fn azure_assigns_workspaces_and_endpoints_their_own_resources() {
    let endpoint = r#"{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints", "apiVersion": "2024-04-01", "name": "ws/e", "location": "x",
        "identity": {"type": "SystemAssigned"}, "properties": {"authMode": "Key"}}"#;
    let estate = scientist(
        r#", "systemDatastoresAuthMode": "identity""#,
        &[endpoint.to_owned()],
    );
    assert_eq!(estate.by_code("ws/e", "acct"), Reached::Surely);
    assert_eq!(estate.by_code("ws/e", "kv"), Reached::Not);
    let workspace = Foothold::Identity(estate.index("ws"));
    for name in ["acct", "kv"] {
        let data = Node::Data(estate.index(name));
        assert_eq!(
            estate.reached(workspace.clone(), &data),
            Reached::Surely,
            "{name}"
        );
    }
    // The scientist deploys to the endpoint, and so acts as it.
    assert_eq!(estate.by_code("vm", "acct"), Reached::Surely);
}

#[test]
fn a_setting_or_secret_that_a_template_fills_with_a_key_opens_what_the_key_does() {
    let key = "[listKeys(resourceId('Microsoft.Storage/storageAccounts', 'acct'), '2023-01-01').keys[0].value]";
    let text = "[concat('DefaultEndpointsProtocol=https;AccountName=acct;AccountKey=', listKeys(resourceId('Microsoft.Storage/storageAccounts', 'acct'), '2023-01-01').keys[0].value)]";
    let inline = |value: &str| {
        format!(
            r#"{{"type": "Microsoft.Web/sites", "apiVersion": "2022-09-01", "name": "app", "location": "x",
            "properties": {{"siteConfig": {{"appSettings": [{{"name": "S", "value": "{value}"}}]}}}}}}"#
        )
    };
    let beside = format!(
        r#"{{"type": "Microsoft.Web/sites", "apiVersion": "2022-09-01", "name": "app", "location": "x", "properties": {{}}}},
        {{"type": "Microsoft.Web/sites/config", "apiVersion": "2022-09-01", "name": "app/appsettings", "properties": {{"S": "{text}"}}}}"#
    );
    let endpoint = "[reference(resourceId('Microsoft.Storage/storageAccounts', 'acct')).primaryEndpoints.blob]";
    for (app, want) in [
        (inline(key), Reached::Surely),
        (inline(text), Reached::Surely),
        (beside, Reached::Surely),
        (inline(endpoint), Reached::Not),
        (inline("plain"), Reached::Not),
    ] {
        let estate = of("", &format!("{}, {app}", storage("acct", "")));
        assert_eq!(estate.by_code("app", "acct"), want, "{app}");
    }
    let secret = format!(
        r#"{{"type": "Microsoft.KeyVault/vaults/secrets", "apiVersion": "2023-07-01", "name": "kv/s", "properties": {{"value": "{key}"}}}}"#
    );
    let reads = role(
        "[guid('b')]",
        "[resourceId('Microsoft.KeyVault/vaults', 'kv')]",
        &own("vm"),
        "4633458b-17de-408a-b874-0445c86b69e6",
    );
    let resources = [
        network("net", ""),
        machine("vm", "net", "a", SYSTEM),
        storage("acct", ""),
        vault(""),
        secret,
        reads,
    ];
    assert_eq!(
        of("", &resources.join(",")).by_code("vm", "acct"),
        Reached::Surely
    );
}
