//! AI and machine learning services.

use super::table::check;

#[test]
fn an_ai_account_is_open_until_something_closes_it() {
    const BOTH: &str = "SharedKey Entra";
    check(
        "Microsoft.CognitiveServices/accounts",
        "2024-10-01",
        &[
            (
                r#"{"k": "AIServices", "p": {"customSubDomainName": "x"}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.7"}]}}}"#,
                "198.51.100.7",
                "open",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.7"}]}}}"#,
                "203.0.113.7",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": null}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "disableLocalAuth": "[parameters('a')]"}}"#,
                "internet",
                "open",
                "Entra | SharedKey",
            ),
            // The regional host, which all accounts share, takes keys only.
            (
                r#"{"k": "FormRecognizer"}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"k": "FormRecognizer", "p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "",
            ),
            // The bypass came with the versions of 2024.
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"}}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny", "bypass": "None"}}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny"}}}"#,
                "AzureTrusted",
                "unknown",
                "Entra",
            ),
            (
                r#"{"v": "2023-05-01", "k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny"}}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"v": "2023-05-01", "k": "OpenAI", "p": {"customSubDomainName": "x", "networkAcls": {"defaultAction": "Deny"}}, "x": {"mode": "export"}}"#,
                "AzureTrusted",
                "unknown",
                "Entra",
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x"}, "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                "198.51.100.9",
                "open",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x"}, "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "OpenAI", "p": {"customSubDomainName": "x"}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                BOTH,
            ),
        ],
    );
    check(
        "Microsoft.CognitiveServices/accounts/projects",
        "2025-06-01",
        &[
            (
                r#"{"x": {"account": {"customSubDomainName": "x"}}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"x": {"account": {"customSubDomainName": "x", "publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"x": {"account": {"customSubDomainName": "x", "disableLocalAuth": true}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            ("{}", "internet", "unknown", "Entra | SharedKey"),
        ],
    );
}

#[test]
fn an_ml_workspace_follows_its_switches_and_its_private_endpoint() {
    check(
        "Microsoft.MachineLearningServices/workspaces",
        "2024-04-01",
        &[
            ("{}", "internet", "open", "Entra"),
            (r#"{"x": {"mode": "export"}}"#, "internet", "open", "Entra"),
            (r#"{"k": "Hub"}"#, "internet", "open", "Entra"),
            (
                r#"{"k": "FeatureStore", "p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "unknown",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled"}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "[parameters('a')]"}}"#,
                "internet",
                "unknown",
                "Entra",
            ),
            // The older switch counts where the newer says nothing.
            (
                r#"{"p": {"allowPublicAccessWhenBehindVnet": true}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"allowPublicAccessWhenBehindVnet": false}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"allowPublicAccessWhenBehindVnet": true, "publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"allowPublicAccessWhenBehindVnet": false, "publicNetworkAccess": "Enabled"}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            // Before July 2021 every workspace said false, also those that were never behind a network.
            (
                r#"{"v": "2021-01-01", "p": {"allowPublicAccessWhenBehindVnet": false}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"allowPublicAccessWhenBehindVnet": false}}"#,
                "internet",
                "unknown",
                "Entra",
            ),
            // Selected addresses count while public access is on.
            (
                r#"{"p": {"publicNetworkAccess": "Enabled", "ipAllowlist": ["198.51.100.0/24"]}}"#,
                "198.51.100.9",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled", "ipAllowlist": ["198.51.100.0/24"]}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled", "ipAllowlist": []}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled", "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]}}}"#,
                "198.51.100.9",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled", "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled", "networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]}}}"#,
                "198.51.100.9",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled", "networkAcls": {"defaultAction": "Allow"}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            // The way out and the old API form say nothing of the way in.
            (
                r#"{"p": {"managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}, "v1LegacyMode": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            // A project is as its hub.
            (
                r#"{"k": "Project", "p": {"publicNetworkAccess": "Enabled"}, "x": {"workspace": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"k": "Project", "p": {"publicNetworkAccess": "Disabled"}, "x": {"workspace": {"publicNetworkAccess": "Enabled"}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "Project", "x": {"workspace": {}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "Project", "p": {"hubResourceId": "/s/hub"}}"#,
                "internet",
                "unknown",
                "Entra",
            ),
            (r#"{"k": "Project"}"#, "internet", "unknown", "Entra"),
            (
                r#"{"k": "Project", "p": {}, "x": {"workspace": {"publicNetworkAccess": "Enabled", "ipAllowlist": ["198.51.100.0/24"]}}}"#,
                "203.0.113.7",
                "closed",
                "Entra",
            ),
        ],
    );
}

#[test]
fn an_online_endpoint_is_its_own_switch_and_the_selected_addresses() {
    check(
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
        "2024-04-01",
        &[
            (
                r#"{"x": {"workspace": {}}}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"p": {"authMode": "AMLToken"}, "x": {"workspace": {}}}"#,
                "internet",
                "open",
                "AMLToken",
            ),
            (
                r#"{"p": {"authMode": "aadToken"}, "x": {"workspace": {}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"authMode": "[parameters('a')]"}, "x": {"workspace": {}}}"#,
                "internet",
                "open",
                "| SharedKey AMLToken Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"workspace": {}}}"#,
                "internet",
                "closed",
                "SharedKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled"}, "x": {"workspace": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled"}, "x": {"workspace": {"publicNetworkAccess": "Disabled", "ipAllowlist": ["198.51.100.0/24"]}}}"#,
                "203.0.113.7",
                "closed",
                "SharedKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled"}, "x": {"workspace": {"publicNetworkAccess": "Disabled", "ipAllowlist": ["198.51.100.0/24"]}}}"#,
                "198.51.100.7",
                "open",
                "SharedKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"workspace": {"publicNetworkAccess": "Enabled", "ipAllowlist": ["198.51.100.0/24"]}}}"#,
                "198.51.100.7",
                "closed",
                "SharedKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "[parameters('a')]"}, "x": {"workspace": {}}}"#,
                "internet",
                "unknown",
                "SharedKey",
            ),
            // On Kubernetes the cluster decides.
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"workspace": {}, "computeType": "Kubernetes"}}"#,
                "internet",
                "unknown",
                "SharedKey",
            ),
            (
                r#"{"x": {"workspace": {}, "computeType": "Managed"}}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"c": [["deployments", "blue", {"endpointComputeType": "Kubernetes"}]], "x": {"workspace": {}}}"#,
                "internet",
                "unknown",
                "SharedKey",
            ),
            (
                r#"{"p": {"compute": "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/one/computes/aks"}, "x": {"workspace": {}}}"#,
                "internet",
                "unknown",
                "SharedKey",
            ),
            // The workspace may lie elsewhere.
            ("{}", "internet", "open", "SharedKey"),
        ],
    );
}

#[test]
fn batch_and_serverless_endpoints_answer_through_their_workspace() {
    check(
        "Microsoft.MachineLearningServices/workspaces/batchEndpoints",
        "2024-04-01",
        &[
            (r#"{"x": {"workspace": {}}}"#, "internet", "open", "Entra"),
            (
                r#"{"x": {"workspace": {"publicNetworkAccess": "Enabled"}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"x": {"workspace": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"x": {"workspace": {"publicNetworkAccess": "Disabled"}, "hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"x": {"workspace": {"publicNetworkAccess": "Enabled"}, "hasPrivateEndpoint": true}}"#,
                "internet",
                "unknown",
                "Entra",
            ),
            (
                r#"{"x": {"workspace": {"publicNetworkAccess": "Enabled", "ipAllowlist": ["198.51.100.0/24"]}}}"#,
                "198.51.100.7",
                "unknown",
                "Entra",
            ),
            (
                r#"{"x": {"workspace": {"publicNetworkAccess": "Disabled", "ipAllowlist": ["198.51.100.0/24"]}}}"#,
                "198.51.100.7",
                "closed",
                "Entra",
            ),
            ("{}", "internet", "unknown", "Entra"),
        ],
    );
    check(
        "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints",
        "2024-04-01",
        &[
            (
                r#"{"x": {"workspace": {}}}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"p": {"authMode": "AAD"}, "x": {"workspace": {}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"authMode": "KeyAndAAD"}, "x": {"workspace": {}}}"#,
                "internet",
                "open",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"authMode": "Key"}, "x": {"workspace": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                "SharedKey",
            ),
        ],
    );
}

#[test]
fn computes_open_ssh_as_their_settings_say() {
    const UNSHOWN: &str = "| SshKey Password";
    check(
        "Microsoft.MachineLearningServices/workspaces/computes",
        "2024-04-01",
        &[
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {}}}"#,
                "internet",
                "open",
                UNSHOWN,
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"remoteLoginPortPublicAccess": "Enabled"}}}"#,
                "internet",
                "open",
                UNSHOWN,
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"remoteLoginPortPublicAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                UNSHOWN,
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"subnet": {"id": "/s/subnets/a"}}}}"#,
                "internet",
                "closed",
                UNSHOWN,
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"remoteLoginPortPublicAccess": "Disabled", "subnet": {"id": "/s/subnets/a"}}}}"#,
                "internet",
                "closed",
                UNSHOWN,
            ),
            // The rules of a subnet that is not shown decide.
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"remoteLoginPortPublicAccess": "Enabled", "subnet": {"id": "/s/subnets/a"}}}}"#,
                "internet",
                "unknown",
                UNSHOWN,
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"remoteLoginPortPublicAccess": "Enabled", "enableNodePublicIp": false}}}"#,
                "internet",
                "closed",
                UNSHOWN,
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"remoteLoginPortPublicAccess": "Enabled", "userAccountCredentials": {"adminUserName": "a", "adminUserSshPublicKey": "k"}}}}"#,
                "internet",
                "open",
                "SshKey | Password",
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"userAccountCredentials": {"adminUserPassword": "k"}}}}"#,
                "internet",
                "open",
                "Password | SshKey",
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "disableLocalAuth": true, "properties": {"remoteLoginPortPublicAccess": "Enabled"}}}"#,
                "internet",
                "closed",
                "",
            ),
            (
                r#"{"p": {"computeType": "AmlCompute", "properties": {"remoteLoginPortPublicAccess": "[parameters('a')]"}}}"#,
                "internet",
                "unknown",
                UNSHOWN,
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {}}}"#,
                "internet",
                "closed",
                "SshKey",
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {"isolatedNetwork": true, "sshSettings": {"sshPublicAccess": "Enabled"}}}}"#,
                "internet",
                "closed",
                "SshKey",
            ),
            (
                r#"{"p": {"computeType": "[parameters('a')]", "properties": {}}}"#,
                "internet",
                "unknown",
                "| SshKey Password",
            ),
            (
                r#"{"p": {"computeType": "Kubernetes", "properties": {}}}"#,
                "internet",
                "closed",
                "",
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {"sshSettings": {"sshPublicAccess": "Enabled"}}}}"#,
                "internet",
                "open",
                "SshKey",
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {"sshSettings": {"sshPublicAccess": "Enabled"}, "subnet": {"id": "/s/subnets/a"}}}}"#,
                "internet",
                "unknown",
                "SshKey",
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {"sshSettings": {"sshPublicAccess": "Enabled"}, "enableNodePublicIp": false}}}"#,
                "internet",
                "closed",
                "SshKey",
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "disableLocalAuth": true, "properties": {"sshSettings": {"sshPublicAccess": "Enabled"}}}}"#,
                "internet",
                "closed",
                "",
            ),
            // Its applications follow the workspace, not the node.
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {}}, "x": {"door": "apps", "workspace": {}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {"enableNodePublicIp": false}}, "x": {"door": "apps", "workspace": {"publicNetworkAccess": "Enabled"}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"computeType": "ComputeInstance", "properties": {}}, "x": {"door": "apps", "workspace": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
}

#[test]
fn an_ml_registry_follows_its_switch() {
    check(
        "Microsoft.MachineLearningServices/registries",
        "2024-04-01",
        &[
            ("{}", "internet", "open", "Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
}

#[test]
fn a_search_service_takes_keys_unless_told_otherwise() {
    check(
        "Microsoft.Search/searchServices",
        "2023-11-01",
        &[
            ("{}", "internet", "open", "AdminKey"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "AdminKey",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": []}}}"#,
                "internet",
                "open",
                "AdminKey",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": [{"value": "198.51.100.7"}]}}}"#,
                "198.51.100.7",
                "open",
                "AdminKey",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": [{"value": "198.51.100.7"}]}}}"#,
                "internet",
                "closed",
                "AdminKey",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": [{"value": "0.0.0.0/1"}, {"value": "128.0.0.0/1"}]}}}"#,
                "internet",
                "open",
                "AdminKey",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": "[parameters('a')]"}}}"#,
                "internet",
                "unknown",
                "AdminKey",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": [{"value": "198.51.100.7"}], "bypass": "AzureServices"}}}"#,
                "AzureTrusted",
                "open",
                "",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": [{"value": "198.51.100.7"}], "bypass": "None"}}}"#,
                "AzureTrusted",
                "closed",
                "",
            ),
            (
                r#"{"p": {"networkRuleSet": {"ipRules": [{"value": "198.51.100.7"}]}}}"#,
                "AzureTrusted",
                "closed",
                "",
            ),
            (
                r#"{"p": {"authOptions": {"apiKeyOnly": {}}}}"#,
                "internet",
                "open",
                "AdminKey",
            ),
            (
                r#"{"p": {"authOptions": {"aadOrApiKey": {"aadAuthFailureMode": "http401WithBearerChallenge"}}}}"#,
                "internet",
                "open",
                "AdminKey Entra",
            ),
            (
                r#"{"p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"disableLocalAuth": false}}"#,
                "internet",
                "open",
                "AdminKey",
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                "AdminKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "disabled"}, "x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                "198.51.100.9",
                "open",
                "AdminKey",
            ),
        ],
    );
}

#[test]
fn a_bot_is_open_and_takes_its_channels_secrets() {
    check(
        "Microsoft.BotService/botServices",
        "2022-09-15",
        &[
            ("{}", "internet", "open", "SharedKey | Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SharedKey | Entra",
            ),
            (
                r#"{"p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
}
