//! Services: stores, vaults, ML workspaces, AI services, identities, roles and diagnostics.

use super::{Estate, child_id, child_id_text, id_text};
use serde_json::{Value, json};

const NET: &str = "Microsoft.Network/virtualNetworks";
const STORAGE: &str = "Microsoft.Storage/storageAccounts";
const VAULT: &str = "Microsoft.KeyVault/vaults";
const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const ACCOUNT: &str = "Microsoft.CognitiveServices/accounts";
const SEARCH: &str = "Microsoft.Search/searchServices";
const IDENTITY: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";
const LOGS: &str = "Microsoft.OperationalInsights/workspaces";
const ENDPOINT: &str = "Microsoft.Network/privateEndpoints";

/// The services of one spoke.
pub(super) fn add_services(estate: &mut Estate, spoke: usize) {
    let name = |kind: &str| format!("{kind}{spoke}");
    add_stores(estate, spoke);
    estate.add(IDENTITY, &name("id"), "2023-01-31", json!({}));
    estate.add(
        LOGS,
        &name("log"),
        "2023-09-01",
        json!({"properties": {"retentionInDays": 30}}),
    );
    add_workspace(estate, spoke);
    let open = estate.chance(30);
    estate.add(ACCOUNT, &name("ai"), "2024-10-01", json!({
        "kind": "OpenAI", "sku": {"name": "S0"},
        "identity": {"type": "SystemAssigned"},
        "properties": {"customSubDomainName": name("ai"), "publicNetworkAccess": pna(open),
            "disableLocalAuth": !open, "networkAcls": {"defaultAction": if open { "Allow" } else { "Deny" },
                "virtualNetworkRules": [], "ipRules": []}}
    }));
    estate.add_child("Microsoft.CognitiveServices/accounts/deployments", (ACCOUNT, &name("ai")), "gpt-4o",
        json!({"sku": {"name": "Standard", "capacity": 10},
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o", "version": "2024-11-20"},
                "versionUpgradeOption": "OnceNewDefaultVersionAvailable", "raiPolicyName": "Microsoft.DefaultV2"}}));
    let open = estate.chance(30);
    estate.add(SEARCH, &name("srch"), "2024-03-01-preview", json!({
        "sku": {"name": "standard"},
        "properties": {"replicaCount": 1, "partitionCount": 1, "publicNetworkAccess": pna(open).to_lowercase(),
            "networkRuleSet": {"ipRules": [], "bypass": "None"}, "disableLocalAuth": false,
            "authOptions": {"apiKeyOnly": {}}}
    }));
    add_endpoint(estate, spoke, &name("st"), STORAGE, "blob");
    add_endpoint(estate, spoke, &name("kv"), VAULT, "vault");
    add_endpoint(estate, spoke, &name("ml"), WORKSPACE, "amlworkspace");
    add_roles(estate, spoke);
    add_diagnostics(estate, spoke);
}

fn pna(open: bool) -> &'static str {
    if open { "Enabled" } else { "Disabled" }
}

fn add_stores(estate: &mut Estate, spoke: usize) {
    for kind in ["st", "lake"] {
        let name = format!("{kind}{spoke}");
        let open = estate.chance(25);
        let listed: Vec<Value> = (0..estate.pick(4))
            .map(|at| json!({"value": format!("51.{}.7.{at}", spoke % 250), "action": "Allow"}))
            .collect();
        estate.add(STORAGE, &name, "2023-05-01", json!({
            "sku": {"name": "Standard_LRS", "tier": "Standard"}, "kind": "StorageV2",
            "properties": {
                "minimumTlsVersion": "TLS1_2", "allowBlobPublicAccess": open, "allowSharedKeyAccess": true,
                "supportsHttpsTrafficOnly": true, "publicNetworkAccess": "Enabled", "accessTier": "Hot",
                "isHnsEnabled": kind == "lake",
                "networkAcls": {"bypass": "AzureServices", "ipRules": listed,
                    "virtualNetworkRules": [{"id": child_id_text(NET, &format!("net-{spoke}"), "subnets", "work"), "action": "Allow", "state": "Succeeded"}],
                    "defaultAction": if open { "Allow" } else { "Deny" }},
                "encryption": {"services": {"blob": {"keyType": "Account", "enabled": true}}, "keySource": "Microsoft.Storage"}
            }
        }));
        estate.add_child("Microsoft.Storage/storageAccounts/blobServices", (STORAGE, &name), "default",
            json!({"properties": {"deleteRetentionPolicy": {"enabled": true, "days": 7}, "isVersioningEnabled": false}}));
    }
    let open = estate.chance(25);
    estate.add(VAULT, &format!("kv{spoke}"), "2023-07-01", json!({"properties": {
        "sku": {"family": "A", "name": "standard"}, "tenantId": "11111111-2222-3333-4444-555555555555",
        "accessPolicies": [], "enableRbacAuthorization": true, "enableSoftDelete": true,
        "enablePurgeProtection": true, "publicNetworkAccess": pna(open),
        "networkAcls": {"bypass": "AzureServices", "defaultAction": if open { "Allow" } else { "Deny" },
            "ipRules": [], "virtualNetworkRules": []}
    }}));
}

fn add_workspace(estate: &mut Estate, spoke: usize) {
    let name = format!("ml{spoke}");
    let open = estate.chance(25);
    let mode = if estate.chance(50) {
        "AllowOnlyApprovedOutbound"
    } else {
        "AllowInternetOutbound"
    };
    estate.add(WORKSPACE, &name, "2024-04-01", json!({
        "kind": "Default", "identity": {"type": "SystemAssigned"},
        "properties": {"friendlyName": name, "publicNetworkAccess": pna(open),
            "storageAccount": id_text(STORAGE, &format!("st{spoke}"), ""),
            "keyVault": id_text(VAULT, &format!("kv{spoke}"), ""),
            "hbiWorkspace": false, "managedNetwork": {"isolationMode": mode, "outboundRules": {
                "packages": {"type": "FQDN", "destination": "pypi.org", "category": "UserDefined"}}}}
    }));
    estate.add_child("Microsoft.MachineLearningServices/workspaces/computes", (WORKSPACE, &name), "ci",
        json!({"properties": {"computeType": "ComputeInstance", "disableLocalAuth": true,
            "properties": {"vmSize": "Standard_DS3_v2", "enableNodePublicIp": open,
                "sshSettings": {"sshPublicAccess": "Disabled"}, "applicationSharingPolicy": "Personal"}}}));
    estate.add_child("Microsoft.MachineLearningServices/workspaces/onlineEndpoints", (WORKSPACE, &name), "score",
        json!({"kind": "Managed", "identity": {"type": "SystemAssigned"},
            "properties": {"authMode": if open { "Key" } else { "AADToken" }, "publicNetworkAccess": pna(open)}}));
}

fn add_endpoint(estate: &mut Estate, spoke: usize, target: &str, kind: &str, group: &str) {
    estate.add(ENDPOINT, &format!("pe-{target}"), "2023-09-01", json!({"properties": {
        "privateLinkServiceConnections": [{"name": format!("pe-{target}"), "properties": {
            "privateLinkServiceId": id_text(kind, target, ""), "groupIds": [group],
            "privateLinkServiceConnectionState": {"status": "Approved", "description": "Auto-Approved", "actionsRequired": "None"}}}],
        "manualPrivateLinkServiceConnections": [],
        "subnet": child_id(NET, &format!("net-{spoke}"), "subnets", "link"),
        "ipConfigurations": [], "customDnsConfigs": []
    }}));
}

fn add_roles(estate: &mut Estate, spoke: usize) {
    const ROLES: [&str; 3] = [
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe", // Storage Blob Data Contributor
        "4633458b-17de-408a-b874-0445c86b69e6", // Key Vault Secrets User
        "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd", // Cognitive Services OpenAI User
    ];
    let targets = [
        (STORAGE, format!("st{spoke}")),
        (VAULT, format!("kv{spoke}")),
        (ACCOUNT, format!("ai{spoke}")),
    ];
    for (at, (role, (kind, target))) in ROLES.iter().zip(&targets).enumerate() {
        let principal = match at {
            0 => format!(
                "[reference({}, '2023-09-01', 'Full').identity.principalId]",
                inner(&id_text(
                    "Microsoft.Compute/virtualMachines",
                    &format!("vm-{spoke}-0"),
                    ""
                ))
            ),
            1 => format!(
                "[reference({}, '2024-04-01', 'Full').identity.principalId]",
                inner(&id_text(WORKSPACE, &format!("ml{spoke}"), ""))
            ),
            _ => format!(
                "[reference({}, '2023-01-31').principalId]",
                inner(&id_text(IDENTITY, &format!("id{spoke}"), ""))
            ),
        };
        estate.add("Microsoft.Authorization/roleAssignments", &format!("0000{at}000-0000-4000-8000-{spoke:012}"), "2022-04-01", json!({
            "scope": id_text(kind, target, ""),
            "properties": {"principalType": "ServicePrincipal", "principalId": principal,
                "roleDefinitionId": format!("[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{role}')]")}
        }));
    }
}

fn add_diagnostics(estate: &mut Estate, spoke: usize) {
    let targets = [
        (VAULT, format!("kv{spoke}")),
        (ACCOUNT, format!("ai{spoke}")),
        (WORKSPACE, format!("ml{spoke}")),
    ];
    for (kind, target) in &targets {
        estate.add(
            "Microsoft.Insights/diagnosticSettings",
            &format!("diag-{target}"),
            "2021-05-01-preview",
            json!({
                "scope": id_text(kind, target, ""),
                "properties": {"workspaceId": id_text(LOGS, &format!("log{spoke}"), ""),
                    "logs": [{"categoryGroup": "allLogs", "enabled": true}], "metrics": []}
            }),
        );
    }
}

/// The expression within its brackets.
fn inner(expression: &str) -> &str {
    expression.trim_start_matches('[').trim_end_matches(']')
}
