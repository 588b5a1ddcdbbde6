//! Stores, vaults and endpoints whose logs reach no sink.

use crate::rule::prelude::*;

/// SL-STG-021.
pub(in crate::rule) static BLOB_SERVICE_WITHOUT_LOGS: Rule = Rule {
    id: "SL-STG-021",
    name: "blob-service-without-logs",
    title: "Storage read, write and delete logs absent",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts/blobServices"],
    controls: &["LT-3"],
    references: "checkov: CKV_AZURE_33; kics: 43f6e60c-9cdb-4e77-864d-a66595d26518",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether a diagnostic setting sends the logs of the account's blob service \
            anywhere.",
        matters: "Without them nobody can tell who read the training data, or changed it.",
        pass: "A diagnostic setting on the blob service has `StorageRead`, `StorageWrite` and \
            `StorageDelete` enabled, or the group `allLogs`.",
        fail: "There is no diagnostic setting in the inputs, or none of them sends these logs. \
            One that sends metrics only does not count.",
        unknown: "The logs of a setting, or whether they are enabled, are a parameter.",
    },
    remedy: Remedy {
        text: "Add a diagnostic setting that sends the logs to a log workspace.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts/blobServices",
            "apiVersion": "2023-05-01", "name": "models/default",
            "properties": {"isVersioningEnabled": true}}"#,
        passes: r#"[{"type": "Microsoft.Storage/storageAccounts/blobServices",
            "apiVersion": "2023-05-01", "name": "models/default",
            "properties": {"isVersioningEnabled": true}},
            {"type": "Microsoft.Insights/diagnosticSettings",
            "apiVersion": "2021-05-01-preview", "name": "logs",
            "scope": "[resourceId('Microsoft.Storage/storageAccounts/blobServices', 'models', 'default')]",
            "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
            "logs": [{"category": "StorageRead", "enabled": true}, {"category": "StorageWrite",
            "enabled": true}, {"category": "StorageDelete", "enabled": true}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "no-read",
                "reads are not logged",
                NoLogs(&["StorageRead", "allLogs"]),
            ),
            part(
                "no-write",
                "writes are not logged",
                NoLogs(&["StorageWrite", "allLogs"]),
            ),
            part(
                "no-delete",
                "deletions are not logged",
                NoLogs(&["StorageDelete", "allLogs"]),
            ),
        ],
    }),
    question: None,
};

/// SL-KV-008.
pub(in crate::rule) static VAULT_WITHOUT_AUDIT_LOG: Rule = Rule {
    id: "SL-KV-008",
    name: "vault-without-audit-log",
    title: "Vault audit log absent",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["LT-3", "DP-8"],
    references: "azure-policy: cf820ca0-f99e-4f3e-84fb-66e913812d21; psrule: Azure.KeyVault.Logs \
        (AZR-000119); cis: 6.1.4; nist: AU-6(4), AU-6(5), AU-12",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether a diagnostic setting sends the logs of the vault anywhere.",
        matters: "Without it nobody can tell who read which secret.",
        pass: "A diagnostic setting has one of `AuditEvent`, `audit` enabled, or the group \
            `allLogs`.",
        fail: "There is no diagnostic setting in the inputs, or none of them sends these logs. \
            One that sends metrics only does not count.",
        unknown: "The logs of a setting, or whether they are enabled, are a parameter.",
    },
    remedy: Remedy {
        text: "Add a diagnostic setting that sends the logs to a log workspace.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"enablePurgeProtection": true}}"#,
        passes: r#"[{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"enablePurgeProtection": true}},
            {"type": "Microsoft.Insights/diagnosticSettings",
            "apiVersion": "2021-05-01-preview", "name": "logs",
            "scope": "[resourceId('Microsoft.KeyVault/vaults', 'vault')]",
            "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
            "logs": [{"category": "AuditEvent", "enabled": true}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-logs",
            "its logs reach no sink",
            NoLogs(&["AuditEvent", "audit", "allLogs"]),
        )],
    }),
    question: None,
};

/// SL-MON-002.
pub(in crate::rule) static ENDPOINT_WITHOUT_TRAFFIC_LOG: Rule = Rule {
    id: "SL-MON-002",
    name: "endpoint-without-traffic-log",
    title: "Online endpoint traffic and console logs off",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/onlineEndpoints"],
    controls: &["LT-3", "AI-6"],
    references: "azure-policy: 5cfb9e8a-2f13-40bd-a527-c89bc596d299; atlas: AML.T0024",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether a diagnostic setting sends the logs of the endpoint anywhere.",
        matters: "A model that is being copied shows in its traffic long before anywhere else.",
        pass: "A diagnostic setting has one of `AmlOnlineEndpointTrafficLog` enabled, or the \
            group `allLogs`.",
        fail: "There is no diagnostic setting in the inputs, or none of them sends these logs. \
            One that sends metrics only does not count.",
        unknown: "The logs of a setting, or whether they are enabled, are a parameter.",
    },
    remedy: Remedy {
        text: "Add a diagnostic setting that sends the logs to a log workspace.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            "apiVersion": "2024-10-01", "name": "ml/scoring",
            "properties": {"authMode": "AADToken"}}"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            "apiVersion": "2024-10-01", "name": "ml/scoring",
            "properties": {"authMode": "AADToken"}},
            {"type": "Microsoft.Insights/diagnosticSettings",
            "apiVersion": "2021-05-01-preview", "name": "logs",
            "scope": "[resourceId('Microsoft.MachineLearningServices/workspaces/onlineEndpoints', 'ml', 'scoring')]",
            "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
            "logs": [{"category": "AmlOnlineEndpointTrafficLog", "enabled": true}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-logs",
            "its logs reach no sink",
            NoLogs(&["AmlOnlineEndpointTrafficLog", "allLogs"]),
        )],
    }),
    question: None,
};
