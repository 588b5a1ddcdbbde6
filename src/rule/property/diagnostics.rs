//! AI resources whose logs reach no sink.

use crate::rule::prelude::*;

/// SL-AOAI-012.
pub(in crate::rule) static AI_ACCOUNT_WITHOUT_LOGS: Rule = Rule {
    id: "SL-AOAI-012",
    name: "ai-account-without-logs",
    title: "AI account audit and request logs reach no sink",
    topic: Topic::Monitoring,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["LT-3", "LT-5", "AI-6"],
    references: "azure-policy: 1b4d1c4e-934c-4703-944c-27c82c06bebb, \
        55d1f543-d1b0-4811-9663-d6d0dbc6326d; atlas: AML.M0024; nist: AI RMF 4.2.3, AI RMF 3.2.4, \
        AI RMF 4.3.2, AI RMF 4.4.1; eu-ai-act: 12.1, 12.2, 15.5, 55.1d",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether a diagnostic setting sends the logs of the account anywhere.",
        matters: "Without them nobody can tell who used a model, with which key, and what came of \
            it.",
        pass: "A diagnostic setting has `Audit` or the group `audit`, and `RequestResponse`, \
            enabled, or the group `allLogs`.",
        fail: "There is no diagnostic setting in the inputs, or none of them sends these logs. \
            One that sends metrics only does not count.",
        unknown: "The logs of a setting, or whether they are enabled, are a parameter.",
    },
    remedy: Remedy {
        text: "Add a diagnostic setting that sends the logs to a log workspace.",
        edits: &[],
        cli: "az monitor diagnostic-settings create --name logs --resource <account id> \
            --workspace <workspace id> --logs '[{\"categoryGroup\":\"allLogs\",\"enabled\":true}]'",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "properties": {"publicNetworkAccess": "Disabled"}, "kind": "OpenAI"}"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "properties": {"publicNetworkAccess": "Disabled"}, "kind": "OpenAI"},
            {"type": "Microsoft.Insights/diagnosticSettings",
            "apiVersion": "2021-05-01-preview", "name": "logs",
            "scope": "[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]",
            "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
            "logs": [{"category": "Audit", "enabled": true}, {"category": "RequestResponse",
            "enabled": true}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "no-audit",
                "its audit log reaches no sink",
                NoLogs(&["Audit", "audit", "allLogs"]),
            ),
            part(
                "no-requests",
                "its request log reaches no sink",
                NoLogs(&["RequestResponse", "allLogs"]),
            )
            .at(Medium),
        ],
    }),
    question: None,
};

/// SL-BOT-008.
pub(in crate::rule) static BOT_WITHOUT_LOGS: Rule = Rule {
    id: "SL-BOT-008",
    name: "bot-without-logs",
    title: "Bot logs reach no sink",
    topic: Topic::BotService,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["LT-3"],
    references: "azure-policy: 415eaa04-e9db-476a-ba43-092d70ebe1e7; atlas: AML.M0024",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether a diagnostic setting sends the logs of the bot anywhere.",
        matters: "Without them nobody can tell what was said to the bot, and from where.",
        pass: "A diagnostic setting has one of `BotRequest` enabled, or the group `allLogs`.",
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
        fails: r#"{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "properties": {"publicNetworkAccess": "Disabled"},
            "kind": "azurebot"}"#,
        passes: r#"[{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "properties": {"publicNetworkAccess": "Disabled"},
            "kind": "azurebot"}, {"type": "Microsoft.Insights/diagnosticSettings",
            "apiVersion": "2021-05-01-preview", "name": "logs",
            "scope": "[resourceId('Microsoft.BotService/botServices', 'bot')]",
            "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
            "logs": [{"category": "BotRequest", "enabled": true}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-logs",
            "its logs reach no sink",
            NoLogs(&["BotRequest", "allLogs"]),
        )],
    }),
    question: None,
};

/// SL-SRCH-008.
pub(in crate::rule) static SEARCH_WITHOUT_LOGS: Rule = Rule {
    id: "SL-SRCH-008",
    name: "search-without-logs",
    title: "Search logs reach no sink",
    topic: Topic::AiSearch,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["LT-3", "AI-6"],
    references: "azure-policy: b4330a05-a843-4bc8-bf9a-cacce50c67f4, \
        1b4d1c4e-934c-4703-944c-27c82c06bebb, 8def4bdd-4362-4ed6-a26f-7bf8f2c58839, \
        08ba64b8-738f-4918-9686-730d2ed79c7d, 3d5da587-71bd-41f5-ac95-dd3330c2d58d; nist: AI RMF \
        4.2.3, AI RMF 3.2.4, AI RMF 4.3.2, AI RMF 4.4.1, AU-6(4), AU-6(5), AU-12; eu-ai-act: \
        12.1, 12.2, 15.5, 55.1d",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether a diagnostic setting sends the logs of the search service anywhere.",
        matters: "Without them nobody can tell who read the index, or who wrote into what the \
            model grounds on.",
        pass: "A diagnostic setting has one of `OperationLogs` enabled, or the group `allLogs`.",
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
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "properties": {"publicNetworkAccess": "disabled"},
            "sku": {"name": "basic"}}"#,
        passes: r#"[{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "properties": {"publicNetworkAccess": "disabled"},
            "sku": {"name": "basic"}}, {"type": "Microsoft.Insights/diagnosticSettings",
            "apiVersion": "2021-05-01-preview", "name": "logs",
            "scope": "[resourceId('Microsoft.Search/searchServices', 'search')]",
            "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
            "logs": [{"category": "OperationLogs", "enabled": true}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-logs",
            "its logs reach no sink",
            NoLogs(&["OperationLogs", "allLogs"]),
        )],
    }),
    question: None,
};

/// SL-MON-001.
pub(in crate::rule) static WORKSPACE_WITHOUT_LOGS: Rule = Rule {
    id: "SL-MON-001",
    name: "workspace-without-logs",
    title: "ML workspace logs reach no sink",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["LT-3", "AI-6"],
    references: "azure-policy: afe0c3be-ba3b-4544-ba52-0c99672a8ad6, \
        f59276f0-5740-4aaf-821d-45d185aa210e, 90c90eda-bfe7-4c67-bf26-410420ed1047, \
        33835ef6-bc67-4bde-bf5f-5a857f195a57; atlas: \
        AML.M0024",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether a diagnostic setting sends the logs of the workspace anywhere.",
        matters: "Without them nobody can tell who ran which job on whose data.",
        pass: "A diagnostic setting has one of `AmlComputeClusterEvent`, `AmlComputeJobEvent`, \
            `audit` enabled, or the group `allLogs`.",
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
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled"}}"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Insights/diagnosticSettings",
            "apiVersion": "2021-05-01-preview", "name": "logs",
            "scope": "[resourceId('Microsoft.MachineLearningServices/workspaces', 'ml')]",
            "properties": {"workspaceId": "[resourceId('Microsoft.OperationalInsights/workspaces', 'logs')]",
            "logs": [{"category": "AmlComputeClusterEvent", "enabled": true}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-logs",
            "its logs reach no sink",
            NoLogs(&[
                "AmlComputeClusterEvent",
                "AmlComputeJobEvent",
                "audit",
                "allLogs",
            ]),
        )],
    }),
    question: None,
};
