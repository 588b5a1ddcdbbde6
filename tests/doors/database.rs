//! Databases and caches.

use super::table::check;

#[test]
fn a_cosmos_account_is_open_until_it_filters() {
    const BOTH: &str = "SharedKey Entra";
    check(
        "Microsoft.DocumentDB/databaseAccounts",
        "2023-04-15",
        &[
            ("{}", "internet", "open", BOTH),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"p": {"ipRules": [{"ipAddressOrRange": "198.51.100.7"}]}}"#,
                "198.51.100.7",
                "open",
                BOTH,
            ),
            (
                r#"{"p": {"ipRules": [{"ipAddressOrRange": "198.51.100.7"}]}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (r#"{"p": {"ipRules": []}}"#, "internet", "open", BOTH),
            (
                r#"{"p": {"ipRules": [{"ipAddressOrRange": "0.0.0.0"}]}}"#,
                "AzureSameRegion",
                "open",
                BOTH,
            ),
            (
                r#"{"p": {"ipRules": [{"ipAddressOrRange": "0.0.0.0"}]}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"p": {"ipRules": [{"ipAddressOrRange": "0.0.0.0"}]}}"#,
                "AzureFrontDoorOtherProfile",
                "open",
                BOTH,
            ),
            (
                r#"{"p": {"ipRules": [{"ipAddressOrRange": "198.51.100.7"}]}}"#,
                "AzureOtherTenant",
                "closed",
                BOTH,
            ),
            // Before April 2020 the addresses stood in one text.
            (
                r#"{"v": "2019-12-12", "p": {"ipRangeFilter": "198.51.100.7,203.0.113.0/24"}}"#,
                "203.0.113.9",
                "open",
                BOTH,
            ),
            (
                r#"{"v": "2019-12-12", "p": {"ipRangeFilter": "198.51.100.7,203.0.113.0/24"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"v": "2019-12-12", "p": {"ipRangeFilter": ""}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"v": "2019-12-12", "p": {"ipRangeFilter": "0.0.0.0"}}"#,
                "AzureOtherTenant",
                "open",
                BOTH,
            ),
            (
                r#"{"v": "2019-12-12", "p": {"ipRangeFilter": "[parameters('a')]"}}"#,
                "internet",
                "unknown",
                BOTH,
            ),
            // Subnets.
            (
                r#"{"p": {"isVirtualNetworkFilterEnabled": true, "virtualNetworkRules": [{"id": "/s/subnets/a"}]}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"p": {"isVirtualNetworkFilterEnabled": true, "virtualNetworkRules": []}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"p": {"isVirtualNetworkFilterEnabled": false, "virtualNetworkRules": []}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"p": {"virtualNetworkRules": [{"id": "/s/subnets/a"}]}}"#,
                "internet",
                "unknown",
                BOTH,
            ),
            (
                r#"{"p": {"isVirtualNetworkFilterEnabled": true, "ipRules": [{"ipAddressOrRange": "198.51.100.7"}]}}"#,
                "198.51.100.7",
                "open",
                BOTH,
            ),
            (
                r#"{"p": {"isVirtualNetworkFilterEnabled": true, "ipRules": [{"ipAddressOrRange": "198.51.100.7"}]}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            // Services and instances that may pass.
            (
                r#"{"p": {"publicNetworkAccess": "Disabled", "networkAclBypass": "AzureServices"}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled", "networkAclBypassResourceIds": ["/s/synapse"]}}"#,
                "NamedInstance:/s/synapse",
                "open",
                "Entra",
            ),
            // Interfaces and keys.
            (
                r#"{"p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (r#"{"k": "MongoDB"}"#, "internet", "open", "SharedKey"),
            (
                r#"{"p": {"capabilities": [{"name": "EnableCassandra"}]}}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"p": {"capabilities": [{"name": "EnableTable"}]}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                BOTH,
            ),
        ],
    );
}

#[test]
fn a_sql_server_admits_its_rules_only() {
    const PASSWORD: &str = "Password | Entra";
    check(
        "Microsoft.Sql/servers",
        "2023-05-01-preview",
        &[
            ("{}", "internet", "closed", PASSWORD),
            (
                r#"{"x": {"mode": "export"}}"#,
                "internet",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "all", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "open",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "all", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "AzureOtherTenant",
                "open",
                PASSWORD,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "c": [["firewallRules", "all", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "office", {"startIpAddress": "198.51.100.1", "endIpAddress": "198.51.100.20"}]]}"#,
                "198.51.100.7",
                "open",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "office", {"startIpAddress": "198.51.100.1", "endIpAddress": "198.51.100.20"}]]}"#,
                "198.51.100.21",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "office", {"startIpAddress": "198.51.100.1", "endIpAddress": "198.51.100.20"}]]}"#,
                "internet",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "AllowAllWindowsAzureIps", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#,
                "AzureOtherTenant",
                "open",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "AllowAllWindowsAzureIps", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#,
                "AzureSameRegion",
                "open",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "AllowAllWindowsAzureIps", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#,
                "internet",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "AllowAllWindowsAzureIps", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#,
                "203.0.113.7",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "127.255.255.255"}], ["firewallRules", "b", {"startIpAddress": "128.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "AzureOtherTenant",
                "open",
                PASSWORD,
            ),
            (
                r#"{"c": [["firewallRules", "a", {"startIpAddress": "[parameters('a')]", "endIpAddress": "[parameters('a')]"}]]}"#,
                "internet",
                "unknown",
                PASSWORD,
            ),
            (
                r#"{"c": [["virtualNetworkRules", "a", {"virtualNetworkSubnetId": "/s/subnets/a"}]]}"#,
                "internet",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"p": {"administrators": {"azureADOnlyAuthentication": true}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"administrators": {"azureADOnlyAuthentication": false, "login": "a"}}}"#,
                "internet",
                "closed",
                "Password Entra",
            ),
            (
                r#"{"c": [["azureADOnlyAuthentications", "Default", {"azureADOnlyAuthentication": true}]]}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}, "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                "198.51.100.9",
                "open",
                PASSWORD,
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                PASSWORD,
            ),
        ],
    );
    check(
        "Microsoft.Sql/managedInstances",
        "2023-05-01-preview",
        &[
            (
                r#"{"p": {"subnetId": "/s/subnets/a"}}"#,
                "internet",
                "closed",
                PASSWORD,
            ),
            (
                r#"{"p": {"subnetId": "/s/subnets/a", "publicDataEndpointEnabled": true}, "x": {"door": "public"}}"#,
                "internet",
                "unknown",
                PASSWORD,
            ),
        ],
    );
}

#[test]
fn open_source_databases_are_private_or_admit_their_rules() {
    for resource_type in [
        "Microsoft.DBforPostgreSQL/flexibleServers",
        "Microsoft.DBforMySQL/flexibleServers",
    ] {
        check(
            resource_type,
            "2023-06-30",
            &[
                ("{}", "internet", "closed", "Password"),
                (
                    r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                    "internet",
                    "open",
                    "Password",
                ),
                (
                    r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#,
                    "AzureOtherTenant",
                    "open",
                    "Password",
                ),
                (
                    r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#,
                    "internet",
                    "closed",
                    "Password",
                ),
                (
                    r#"{"p": {"network": {"publicNetworkAccess": "Disabled"}}, "c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                    "internet",
                    "closed",
                    "Password",
                ),
                (
                    r#"{"p": {"network": {"delegatedSubnetResourceId": "/s/subnets/a"}}, "c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                    "internet",
                    "closed",
                    "Password",
                ),
                (
                    r#"{"p": {"authConfig": {"passwordAuth": "Disabled", "activeDirectoryAuth": "Enabled"}}}"#,
                    "internet",
                    "closed",
                    "Entra",
                ),
                (
                    r#"{"p": {"authConfig": {"passwordAuth": "Enabled", "activeDirectoryAuth": "Enabled"}}}"#,
                    "internet",
                    "closed",
                    "Password Entra",
                ),
            ],
        );
    }
    check(
        "Microsoft.DBforMySQL/flexibleServers",
        "2023-06-30",
        &[
            (
                r#"{"c": [["administrators", "ActiveDirectory", {}]]}"#,
                "internet",
                "closed",
                "Password Entra",
            ),
            (
                r#"{"c": [["administrators", "ActiveDirectory", {}], ["configurations", "aad_auth_only", {"value": "ON"}]]}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.DBforPostgreSQL/servers",
        "2017-12-01",
        &[
            ("{}", "internet", "closed", "Password"),
            (
                r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "open",
                "Password",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "closed",
                "Password",
            ),
        ],
    );
    check(
        "Microsoft.DocumentDB/mongoClusters",
        "2024-07-01",
        &[
            ("{}", "internet", "closed", "Password"),
            (
                r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "open",
                "Password",
            ),
        ],
    );
}

#[test]
fn caches_are_open_without_rules() {
    check(
        "Microsoft.Cache/Redis",
        "2023-08-01",
        &[
            ("{}", "internet", "open", "SharedKey"),
            (
                r#"{"p": {"redisConfiguration": {"authnotrequired": "true"}}}"#,
                "internet",
                "open",
                "SharedKey Anonymous",
            ),
            (
                r#"{"p": {"redisConfiguration": {"authnotrequired": "false"}}}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SharedKey",
            ),
            (
                r#"{"p": {"subnetId": "/s/subnets/a"}}"#,
                "internet",
                "closed",
                "SharedKey",
            ),
            (
                r#"{"c": [["firewallRules", "a", {"startIP": "198.51.100.1", "endIP": "198.51.100.9"}]]}"#,
                "internet",
                "closed",
                "SharedKey",
            ),
            (
                r#"{"c": [["firewallRules", "a", {"startIP": "198.51.100.1", "endIP": "198.51.100.9"}]]}"#,
                "198.51.100.7",
                "open",
                "SharedKey",
            ),
            (
                r#"{"c": [["firewallRules", "a", {"startIP": "0.0.0.0", "endIP": "255.255.255.255"}]]}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"p": {"disableAccessKeyAuthentication": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"redisConfiguration": {"aad-enabled": "true"}}}"#,
                "internet",
                "open",
                "SharedKey Entra",
            ),
        ],
    );
    check(
        "Microsoft.Cache/redisEnterprise",
        "2024-10-01",
        &[
            (
                r#"{"c": [["databases", "default", {"accessKeysAuthentication": "Enabled"}]]}"#,
                "internet",
                "open",
                "SharedKey Entra",
            ),
            (
                r#"{"c": [["databases", "default", {"accessKeysAuthentication": "Disabled"}]]}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"c": [["databases", "default", {}]], "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "unknown",
                "Entra | SharedKey",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "| SharedKey",
            ),
        ],
    );
}

#[test]
fn analytics_follow_their_switches_and_rules() {
    check(
        "Microsoft.Synapse/workspaces",
        "2021-06-01",
        &[
            ("{}", "internet", "closed", "Password Entra"),
            (
                r#"{"c": [["firewallRules", "allowAll", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "open",
                "Password Entra",
            ),
            (
                r#"{"c": [["firewallRules", "azure", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#,
                "AzureOtherTenant",
                "open",
                "Password Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "c": [["firewallRules", "allowAll", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "closed",
                "Password Entra",
            ),
            (
                r#"{"p": {"azureADOnlyAuthentication": true}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"trustedServiceBypassEnabled": true}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"c": [["firewallRules", "allowAll", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]], "x": {"door": "dev"}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.Databricks/workspaces",
        "2023-02-01",
        &[
            ("{}", "internet", "open", "Entra PAT"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra PAT",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled", "requiredNsgRules": "NoAzureDatabricksRules", "parameters": {"enableNoPublicIp": {"value": true}}}}"#,
                "internet",
                "open",
                "Entra PAT",
            ),
        ],
    );
    check(
        "Microsoft.Kusto/clusters",
        "2023-08-15",
        &[
            ("{}", "internet", "open", "Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"allowedIpRangeList": ["198.51.100.0/24"]}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.DataFactory/factories",
        "2018-06-01",
        &[
            ("{}", "internet", "open", "Entra | SharedKey"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra | SharedKey",
            ),
        ],
    );
}
