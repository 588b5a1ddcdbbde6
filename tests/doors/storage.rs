//! Storage accounts, containers, vaults.

use super::table::check;

#[test]
fn a_storage_account_is_open_until_something_closes_it() {
    const KEYS: &str = "SharedKey SAS Entra";
    check(
        "Microsoft.Storage/storageAccounts",
        "2023-05-01",
        &[
            ("{}", "internet", "open", KEYS),
            (r#"{"x": {"mode": "export"}}"#, "internet", "open", KEYS),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled"}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": null}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": ""}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "disabled"}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "[parameters('a')]"}}"#,
                "internet",
                "unknown",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Allow"}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "deny"}}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": null}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"ipRules": [{"value": "198.51.100.1"}]}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": "[parameters('a')]"}}"#,
                "internet",
                "unknown",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled", "networkAcls": "[parameters('a')]"}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": "[parameters('a')]"}}}"#,
                "internet",
                "unknown",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "[parameters('a')]"}]}}}"#,
                "203.0.113.7",
                "unknown",
                KEYS,
            ),
            // One listed office is not the internet; both halves of it are.
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]}}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.0/24"}]}}}"#,
                "198.51.100.200",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "0.0.0.0/1"}, {"value": "128.0.0.0/1"}]}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "0.0.0.0/1"}, {"value": "128.0.0.0/1"}]}}}"#,
                "AzureOtherTenant",
                "open",
                KEYS,
            ),
            // Address rules do not see callers in the account's own region.
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "0.0.0.0/0"}]}}}"#,
                "AzureSameRegion",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "0.0.0.0/0"}]}}}"#,
                "AzureOtherTenant",
                "open",
                KEYS,
            ),
            ("{}", "AzureSameRegion", "open", KEYS),
            ("{}", "AzureFrontDoorOtherProfile", "open", KEYS),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}}"#,
                "AzureFrontDoorOtherProfile",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "virtualNetworkRules": [{"id": "/s/subnets/a"}]}}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            // A private endpoint does not close the public side.
            (
                r#"{"x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                KEYS,
            ),
            // Conditions that an estate leaves open, with the answers it gives.
            (
                r#"{"p": {"publicNetworkAccess": "[if(true(), 'Disabled', 'Enabled')]"}}"#,
                "internet",
                "closed",
                KEYS,
            ),
        ],
    );
}

#[test]
fn trusted_services_and_named_instances_pass_a_closed_account() {
    check(
        "Microsoft.Storage/storageAccounts",
        "2023-05-01",
        &[
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "bypass": "None"}}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "bypass": "Logging, Metrics"}}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "bypass": "Logging, AzureServices"}}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "bypass": "[parameters('a')]"}}}"#,
                "AzureTrusted",
                "unknown",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Allow", "bypass": "None"}}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled", "networkAcls": {"resourceAccessRules": [{"resourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"}]}}}"#,
                "NamedInstance:/subscriptions/S/resourcegroups/G/providers/Microsoft.MachineLearningServices/workspaces/W",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "resourceAccessRules": [{"resourceId": "/subscriptions/s/resourceGroups/*/providers/Microsoft.MachineLearningServices/workspaces/*"}]}}}"#,
                "NamedInstance:/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "resourceAccessRules": [{"resourceId": "/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/w"}]}}}"#,
                "NamedInstance:/subscriptions/s/resourceGroups/g/providers/Microsoft.MachineLearningServices/workspaces/other",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}}"#,
                "NamedInstance:/subscriptions/s/x",
                "closed",
                "Entra",
            ),
            ("{}", "NamedInstance:/subscriptions/s/x", "open", "Entra"),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "resourceAccessRules": "[parameters('a')]"}}}"#,
                "NamedInstance:/subscriptions/s/x",
                "unknown",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "virtualNetworkRules": "[parameters('a')]"}}}"#,
                "203.0.113.7",
                "closed",
                "SharedKey SAS Entra",
            ),
        ],
    );
}

#[test]
fn a_perimeter_decides_as_its_table_says() {
    const KEYS: &str = "SharedKey SAS Entra";
    const IN: &str = "198.51.100.7";
    const OUT: &str = "203.0.113.7";
    check(
        "Microsoft.Storage/storageAccounts",
        "2023-05-01",
        &[
            // Enabled: learning adds the perimeter's rules, enforced leaves nothing else.
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}, "x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                IN,
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}, "x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                OUT,
                "closed",
                KEYS,
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": []}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                IN,
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "203.0.113.0/24"}]}}, "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                OUT,
                "closed",
                KEYS,
            ),
            // Disabled: the perimeter's rules admit all the same.
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                IN,
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                OUT,
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                IN,
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["0.0.0.0/0"]}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            // Secured by the perimeter: its rules alone, in every mode; without one, nobody.
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}, "x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                IN,
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}, "x": {"nsp": {"accessMode": "Learning", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                OUT,
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}, "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                OUT,
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}}"#,
                IN,
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            // Learning is the default mode; audit is documented for nothing but records.
            (
                r#"{"x": {"nsp": {"inboundPrefixes": []}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Audit", "inboundPrefixes": []}}}"#,
                "internet",
                "open",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"nsp": {"accessMode": "Audit", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"nsp": {"accessMode": "Audit", "inboundPrefixes": ["198.51.100.0/24"]}}}"#,
                IN,
                "unknown",
                KEYS,
            ),
            // Trusted services are documented both ways where the perimeter secures.
            (
                r#"{"x": {"nsp": {"accessMode": "Learning"}}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "x": {"nsp": {"accessMode": "Learning"}}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Enforced"}}}"#,
                "AzureTrusted",
                "unknown",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "SecuredByPerimeter"}, "x": {"nsp": {"accessMode": "Learning"}}}"#,
                "AzureTrusted",
                "unknown",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"bypass": "None"}}, "x": {"nsp": {"accessMode": "Enforced"}}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
        ],
    );
}

#[test]
fn keys_and_anonymity_of_an_account_follow_their_switches() {
    check(
        "Microsoft.Storage/storageAccounts",
        "2023-05-01",
        &[
            (
                r#"{"p": {"allowSharedKeyAccess": true}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"allowSharedKeyAccess": null}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"allowSharedKeyAccess": false}}"#,
                "internet",
                "open",
                "Entra | SAS",
            ),
            (
                r#"{"p": {"allowSharedKeyAccess": "[parameters('a')]"}}"#,
                "internet",
                "open",
                "Entra | SharedKey SAS",
            ),
            (
                r#"{"p": {"allowBlobPublicAccess": true}, "c": [["blobServices/containers", "default/a", {"publicAccess": "Container"}]]}"#,
                "internet",
                "open",
                "Anonymous SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"allowBlobPublicAccess": true}, "c": [["blobServices/containers", "default/a", {}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {}, "c": [["blobServices/containers", "default/a", {"publicAccess": "Blob"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra | Anonymous",
            ),
            (
                r#"{"v": "2021-02-01", "c": [["blobServices/containers", "default/a", {"publicAccess": "Blob"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra | Anonymous",
            ),
            (
                r#"{"x": {"mode": "export"}, "c": [["blobServices/containers", "default/a", {"publicAccess": "Blob"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra | Anonymous",
            ),
            (
                r#"{"p": {}, "c": [["blobServices/containers", "default/a", {"publicAccess": "None"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"allowBlobPublicAccess": true}, "c": [["blobServices/containers", "default/a", {"publicAccess": "[parameters('a')]"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra | Anonymous",
            ),
            (
                r#"{"p": {"allowBlobPublicAccess": false}, "c": [["blobServices/containers", "default/a", {"publicAccess": "[parameters('a')]"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            // The other doors of the account.
            (
                r#"{"x": {"door": "file"}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"x": {"door": "file"}, "c": [["fileServices/shares", "default/one", {"enabledProtocols": "NFS"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra NetworkOnly",
            ),
            (
                r#"{"x": {"door": "file"}, "c": [["fileServices/shares", "default/one", {"enabledProtocols": "SMB"}]]}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"x": {"door": "queue"}, "p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"x": {"door": "table"}, "p": {"allowSharedKeyAccess": false}}"#,
                "internet",
                "open",
                "Entra | SAS",
            ),
            (
                r#"{"x": {"door": "dfs"}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"x": {"door": "web"}}"#,
                "internet",
                "open",
                "| Anonymous",
            ),
            (
                r#"{"x": {"door": "web"}, "p": {"networkAcls": {"defaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                "| Anonymous",
            ),
            (
                r#"{"x": {"door": "sftp"}, "p": {"isSftpEnabled": true}}"#,
                "internet",
                "open",
                "| Password SshKey",
            ),
            (
                r#"{"x": {"door": "sftp"}, "p": {"isSftpEnabled": true, "isLocalUserEnabled": false}}"#,
                "internet",
                "open",
                "",
            ),
            (
                r#"{"x": {"door": "sftp"}, "p": {"isSftpEnabled": true}, "c": [["localUsers", "u", {"hasSshKey": true}]]}"#,
                "internet",
                "open",
                "SshKey | Password",
            ),
            (
                r#"{"x": {"door": "sftp"}, "p": {"isSftpEnabled": "[parameters('a')]"}}"#,
                "internet",
                "unknown",
                "| Password SshKey",
            ),
            (
                r#"{"x": {"door": "nfs"}, "p": {"isNfsV3Enabled": true, "networkAcls": {"defaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                "NetworkOnly",
            ),
            (
                r#"{"k": "FileStorage"}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
        ],
    );
}

#[test]
fn a_container_stands_behind_its_account() {
    check(
        "Microsoft.Storage/storageAccounts/blobServices/containers",
        "2023-05-01",
        &[
            (
                r#"{"p": {"publicAccess": "Blob"}, "x": {"account": {"allowBlobPublicAccess": true}}}"#,
                "internet",
                "open",
                "Anonymous SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"publicAccess": "Blob"}, "x": {"account": {"allowBlobPublicAccess": false}}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"publicAccess": "Blob"}, "x": {"account": {}}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra | Anonymous",
            ),
            (
                r#"{"p": {"publicAccess": "None"}, "x": {"account": {"allowBlobPublicAccess": true}}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"publicAccess": "Blob"}, "x": {"account": {"allowBlobPublicAccess": true, "networkAcls": {"defaultAction": "Deny"}}}}"#,
                "internet",
                "closed",
                "Anonymous SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"publicAccess": "Blob"}, "x": {"account": {"publicNetworkAccess": "Disabled", "allowSharedKeyAccess": false}}}"#,
                "internet",
                "closed",
                "Entra | Anonymous SAS",
            ),
            (
                r#"{"p": {"publicAccess": "Blob"}}"#,
                "internet",
                "unknown",
                "Entra | Anonymous SharedKey SAS",
            ),
            (
                r#"{"p": {"publicAccess": "None"}}"#,
                "internet",
                "unknown",
                "Entra | SharedKey SAS",
            ),
        ],
    );
}

#[test]
fn a_vault_is_open_until_something_closes_it() {
    check(
        "Microsoft.KeyVault/vaults",
        "2023-07-01",
        &[
            ("{}", "internet", "open", "Entra"),
            (r#"{"x": {"mode": "export"}}"#, "internet", "open", "Entra"),
            (r#"{"v": "2026-02-01"}"#, "internet", "open", "Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled", "networkAcls": {"bypass": "None"}}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"}}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "bypass": "None"}}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "0.0.0.0/0"}]}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"ipRules": [{"value": "198.51.100.7/32"}]}}}"#,
                "203.0.113.7",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny", "ipRules": [{"value": "198.51.100.7/32"}]}}}"#,
                "AzureOtherTenant",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "[parameters('a')]"}}}"#,
                "internet",
                "unknown",
                "Entra",
            ),
            (
                r#"{"x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.KeyVault/managedHSMs",
        "2023-07-01",
        &[
            ("{}", "internet", "open", "Entra"),
            (
                r#"{"p": {"networkAcls": {"defaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
}
