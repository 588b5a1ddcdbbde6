//! Pipelines and the clusters that run them.

use crate::evidence::Evidence;
use crate::rule::prelude::*;
use crate::value::Value;

/// SL-DATA-005.
pub(in crate::rule) static DATABRICKS_PUBLIC: Rule = Rule {
    id: "SL-DATA-005",
    name: "databricks-public",
    title: "Databricks public or with public cluster IPs",
    topic: Topic::DataPlatform,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Databricks/workspaces"],
    controls: &["NS-2"],
    references: "azure-policy: 0e7849de-b939-4c50-ab48-fc6b0f5eeba2, \
        51c1490f-3319-459c-bbbc-7f391bbed753, 9c25c9e4-ee12-4882-afd2-11fb9d87893f; checkov: \
        CKV_AZURE_158; psrule: Azure.Databricks.PublicAccess (AZR-000410), \
        Azure.Databricks.SecureConnectivity (AZR-000393)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a Databricks workspace has a public side, and whether its cluster nodes \
            have public addresses or a network that is not yours.",
        matters: "Notebooks reach every dataset that the workspace mounts; nodes with public \
            addresses and without your network pass no filter of yours.",
        pass: "Public access is off, nodes have no public addresses, and the workspace is in your \
            network.",
        fail: "`publicNetworkAccess` is not `Disabled`, absent meaning on; `enableNoPublicIp` is \
            not true; or `customVirtualNetworkId` is absent.",
        unknown: "`enableNoPublicIp` is absent at an API version before 2024-05-01, whose default \
            is disputed, or a parameter decides.",
    },
    remedy: Remedy {
        text: "Deploy into your network with `enableNoPublicIp` true, and set \
            `publicNetworkAccess` to `Disabled` with private endpoints.",
        edits: &[
            set("properties.publicNetworkAccess", r#""Disabled""#),
            set(
                "properties.parameters",
                r#"{"enableNoPublicIp": {"value": true}, "customVirtualNetworkId": {"value": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net"}}"#,
            ),
        ],
        cli: "az databricks workspace update --name <workspace> --resource-group <group> \
            --public-network-access Disabled --required-nsg-rules NoAzureDatabricksRules",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Databricks/workspaces", "apiVersion": "2024-05-01",
            "name": "spark", "sku": {"name": "premium"},
            "properties": {"publicNetworkAccess": "Enabled",
            "parameters": {"enableNoPublicIp": {"value": false}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "its public side is on",
                property(
                    "properties.publicNetworkAccess",
                    IsNot(&["Disabled"]),
                    Means("Enabled"),
                ),
            ),
            part(
                "public-nodes",
                "its nodes have public addresses",
                property(
                    "properties.parameters.enableNoPublicIp.value",
                    IsNot(&["true"]),
                    Since(
                        "2024-05-01",
                        &Means("true"),
                        &Open(
                            "before 2024-05-01 an absent enableNoPublicIp meant public addresses, and an export does not tell",
                        ),
                    ),
                ),
            ),
            part(
                "foreign-network",
                "it does not stand in your network",
                property(
                    "properties.parameters.customVirtualNetworkId.value",
                    Empty,
                    AbsentHolds,
                ),
            ),
        ],
    }),
    question: None,
};

/// SL-DATA-006.
pub(in crate::rule) static PIPELINE_OPEN_OR_LEAKY: Rule = Rule {
    id: "SL-DATA-006",
    name: "pipeline-open-or-leaky",
    title: "Synapse or Data Factory open or free to exfiltrate",
    topic: Topic::DataPlatform,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Synapse/workspaces",
        "Microsoft.DataFactory/factories",
        "Microsoft.DataFactory/factories/linkedservices",
    ],
    controls: &["NS-2", "DP-2"],
    references: "azure-policy: 38d8df46-cf4e-4073-8e03-48c24b29de0d, \
        3484ce98-c0c5-4c83-994b-c5ac24785218, 2d9dbfa3-927b-4cf0-9d0f-08747f971650, \
        1cf164be-6819-4a50-b8fa-4bcaa4f98fb6, 127ef6d7-242f-43b3-9eef-947faf1725d0; checkov: \
        CKV_AZURE_104, CKV_AZURE_157; atlas: AML.T0020",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a Synapse workspace or a data factory has a public side, may carry data \
            anywhere, or keeps keys in its connections.",
        matters: "Pipelines move data by trade. One that may reach any destination is a \
            ready-made way out, and inline keys in it are read by every author.",
        pass: "Public access is off; a Synapse workspace has a managed network that prevents \
            exfiltration; and connections use identities or vault references.",
        fail: "`publicNetworkAccess` is not `Disabled`, absent meaning on; the managed network is \
            absent or does not prevent exfiltration; or a connection holds a key or password.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Turn public access off, make the workspace with a managed network that prevents \
            exfiltration, and use managed identities in connections.",
        edits: &[
            set("properties.publicNetworkAccess", r#""Disabled""#),
            set("properties.managedVirtualNetwork", r#""default""#),
            set(
                "properties.managedVirtualNetworkSettings",
                r#"{"preventDataExfiltration": true}"#,
            ),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Synapse/workspaces", "apiVersion": "2021-06-01",
            "name": "synapse", "properties": {"publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "its public side is on",
                property(
                    "properties.publicNetworkAccess",
                    IsNot(&["Disabled"]),
                    Means("Enabled"),
                ),
            )
            .on(&[
                "Microsoft.Synapse/workspaces",
                "Microsoft.DataFactory/factories",
            ]),
            part(
                "no-managed-network",
                "it has no managed network",
                property("properties.managedVirtualNetwork", Empty, AbsentHolds),
            )
            .on(&["Microsoft.Synapse/workspaces"]),
            part(
                "exfiltration",
                "it may carry data to any tenant",
                property(
                    "properties.managedVirtualNetworkSettings.preventDataExfiltration",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            )
            .on(&["Microsoft.Synapse/workspaces"]),
            part(
                "inline-key",
                "it holds a key or password",
                Custom(holds_inline_key),
            )
            .on(&["Microsoft.DataFactory/factories/linkedservices"]),
        ],
    }),
    question: None,
};

/// Members of a connection in which keys and passwords stand.
const SECRET_MEMBERS: [&str; 8] = [
    "password",
    "accountkey",
    "sasuri",
    "sastoken",
    "serviceprincipalkey",
    "apikey",
    "accesstoken",
    "clientsecret",
];
/// Pieces of a connection string that are keys.
const SECRET_PIECES: [&str; 4] = [
    "accountkey=",
    "sharedaccesskey=",
    "password=",
    "sharedaccesssignature=",
];

/// Whether a connection of a data factory holds a key or password in the clear.
fn holds_inline_key(scene: &Scene<'_>) -> Answer {
    let properties = scene.properties().at("typeProperties");
    let members = properties.value().map_or(&[][..], Value::members);
    Answer::any(members.iter().map(|member| {
        let name = member.name.to_ascii_lowercase();
        let value = &member.value;
        // A secure string holds its text in `value`; a vault reference holds none.
        let text = value
            .as_str()
            .or_else(|| value.get("value")?.as_str())
            .unwrap_or("");
        let in_string = SECRET_PIECES
            .iter()
            .any(|piece| text.to_ascii_lowercase().contains(piece));
        let named = SECRET_MEMBERS.contains(&name.as_str()) && !text.is_empty();
        Answer::of(in_string || named, || {
            Evidence::stated(
                value.span,
                format!("{} holds a key or password", member.name),
            )
        })
    }))
}
