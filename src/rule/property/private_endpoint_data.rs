//! Stores and vaults without the private endpoint that they should have.

use crate::rule::prelude::*;

/// SL-STG-018.
pub(in crate::rule) static STORAGE_WITHOUT_PRIVATE_ENDPOINT: Rule = Rule {
    id: "SL-STG-018",
    name: "storage-without-private-endpoint",
    title: "Storage without private endpoint for the sub-service in use",
    topic: Topic::Storage,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-2"],
    references: "azure-policy: 6edd7eda-6dd8-40f7-810d-67160c639cd9, \
        9f766f00-8d11-464e-80e1-4091d7874074; cis: 4.9; nist: AC-4, AC-17, AC-17(1)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether private endpoints lead to the parts of the account that are in use: \
            blobs, files where an ML workspace uses the account, and the file system interface \
            where it is on.",
        matters: "Each part has a name and an endpoint of its own. A workspace with an endpoint \
            for blobs alone reads notebooks and snapshots over the public side.",
        pass: "Private endpoints for `blob`, for `file` on a workspace's account, and for `dfs` \
            on one with a hierarchical namespace lead to it.",
        fail: "One of them is missing.",
        unknown: "The target of a private endpoint, or the account of a workspace, is a parameter.",
    },
    remedy: Remedy {
        text: "Add a private endpoint for each part in use.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "kind": "StorageV2",
            "properties": {"publicNetworkAccess": "Disabled"}}"#,
        passes: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "kind": "StorageV2",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Storage/storageAccounts', 'models')]",
            "groupIds": ["blob"]}}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "blob",
                "no private endpoint leads to its blobs",
                All(&[
                    NoEndpoint(&["blob"]),
                    property("kind", IsNot(&["FileStorage"]), AbsentHolds),
                ]),
            ),
            part(
                "file",
                "no private endpoint leads to its files, which an ML workspace uses",
                All(&[NoEndpoint(&["file"]), Custom(serves_workspace)]),
            ),
            part(
                "dfs",
                "no private endpoint leads to its file system interface",
                All(&[
                    NoEndpoint(&["dfs"]),
                    property("properties.isHnsEnabled", Is(&["true"]), Means("false")),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-KV-007.
pub(in crate::rule) static VAULT_WITHOUT_PRIVATE_ENDPOINT: Rule = Rule {
    id: "SL-KV-007",
    name: "vault-without-private-endpoint",
    title: "Vault without private endpoint",
    topic: Topic::KeyVault,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["NS-2", "DP-8"],
    references: "azure-policy: a6abeaec-4d90-4a02-805f-6b26c4d3fbe9, \
        9d4fad1f-5189-4a42-b29e-cf7929c6b6df; nist: AC-4, AC-17, AC-17(1)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a private endpoint for `vault` leads to the vault.",
        matters: "Without one, everything that needs a secret crosses the public side, and \
            closing it breaks the workload.",
        pass: "A private endpoint in the inputs, or a connection that an export reports as \
            approved, leads there for `vault`.",
        fail: "There is none that is not rejected or disconnected. An endpoint of another \
            template has to be among the inputs to count.",
        unknown: "The target of a private endpoint in the inputs is a parameter.",
    },
    remedy: Remedy {
        text: "Add a private endpoint with the group `vault`, and its DNS zone group.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"publicNetworkAccess": "Disabled"}}"#,
        passes: r#"[{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.KeyVault/vaults', 'vault')]",
            "groupIds": ["vault"]}}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-endpoint",
            "no private endpoint leads to it",
            NoEndpoint(&["vault"]),
        )],
    }),
    question: None,
};

/// Whether an ML workspace of the estate keeps its files in the account.
fn serves_workspace(scene: &Scene<'_>) -> Answer {
    if scene.context.workspaces_of(scene.index).is_empty() {
        Answer::No
    } else {
        Answer::Yes(Vec::new())
    }
}
