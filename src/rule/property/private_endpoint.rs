//! Resources without the private endpoint that they should have.

use crate::rule::prelude::*;

/// SL-AML-003.
pub(in crate::rule) static WORKSPACE_WITHOUT_PRIVATE_ENDPOINT: Rule = Rule {
    id: "SL-AML-003",
    name: "workspace-without-private-endpoint",
    title: "ML workspace has no private endpoint",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["NS-2"],
    references: "azure-policy: 45e05259-1eb5-4f70-9574-baf73e9d219b, \
        40cec1dd-a100-4920-b15b-3024fe8901ab, 7838fd83-5cbb-4b5d-888c-bfa240972597; checkov: \
        CKV_AZURE_243; nist: AC-4, AC-17, AC-17(1)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a private endpoint for `amlworkspace` leads to the workspace.",
        matters: "Without one every call goes over the public side, so that it cannot be closed. \
            Endpoints that the workspace's managed network makes lead out of it, not in.",
        pass: "A private endpoint in the inputs, or a connection that an export reports as \
            approved, leads there for `amlworkspace`.",
        fail: "There is none that is not rejected or disconnected. An endpoint of another \
            template has to be among the inputs to count.",
        unknown: "The target of a private endpoint in the inputs is a parameter.",
    },
    remedy: Remedy {
        text: "Add a private endpoint with the group `amlworkspace`, and its DNS zone group.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled"}}"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.MachineLearningServices/workspaces', 'ml')]",
            "groupIds": ["amlworkspace"]}}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Unless(&property("kind", Is(&["Project"]), Not)),
        parts: &[part(
            "no-endpoint",
            "no private endpoint leads to it",
            NoEndpoint(&["amlworkspace"]),
        )],
    }),
    question: None,
};

/// SL-AOAI-005.
pub(in crate::rule) static AI_ACCOUNT_WITHOUT_PRIVATE_ENDPOINT: Rule = Rule {
    id: "SL-AOAI-005",
    name: "ai-account-without-private-endpoint",
    title: "AI account without a private endpoint",
    topic: Topic::AiServices,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["NS-2"],
    references: "azure-policy: d6759c02-b87f-42b7-892e-71b3f471d782, \
        cddd188c-4b82-4c48-a19d-ddf74ee66a01, db630ad5-52e9-4f4d-9c44-53912fe40053; eu-ai-act: \
        15.5, 55.1d",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a private endpoint for `account` leads to the account.",
        matters: "Without one, prompts and answers cross the public side, and closing it would \
            cut everyone off.",
        pass: "A private endpoint in the inputs, or a connection that an export reports as \
            approved, leads there for `account`.",
        fail: "There is none that is not rejected or disconnected. An endpoint of another \
            template has to be among the inputs to count.",
        unknown: "The target of a private endpoint in the inputs is a parameter.",
    },
    remedy: Remedy {
        text: "Add a private endpoint with the group `account`, and its DNS zone group.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "properties": {"publicNetworkAccess": "Disabled"}, "kind": "OpenAI"}"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "properties": {"publicNetworkAccess": "Disabled"}, "kind": "OpenAI"},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]",
            "groupIds": ["account"]}}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-endpoint",
            "no private endpoint leads to it",
            NoEndpoint(&["account"]),
        )],
    }),
    question: None,
};

/// SL-BOT-007.
pub(in crate::rule) static ISOLATED_BOT_WITHOUT_PRIVATE_ENDPOINT: Rule = Rule {
    id: "SL-BOT-007",
    name: "isolated-bot-without-private-endpoint",
    title: "Bot without private endpoint while isolated",
    topic: Topic::BotService,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["NS-2"],
    references: "azure-policy: ad5621d6-a877-4407-aa93-a950b428315e, \
        29261f8e-efdb-4255-95b8-8215414515d6",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a bot whose public side is off can be reached by a private endpoint for \
            `Bot` or `Token`.",
        matters: "Without one nobody reaches it, and somebody will open it again.",
        pass: "A private endpoint for `Bot` or `Token` leads to it, or its public side is on.",
        fail: "`publicNetworkAccess` is `Disabled` and no such endpoint is in the inputs.",
        unknown: "The public side, or the target of a private endpoint, is a parameter.",
    },
    remedy: Remedy {
        text: "Add private endpoints for `Bot` and `Token`.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot",
            "properties": {"publicNetworkAccess": "Disabled"}}"#,
        passes: r#"[{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.BotService/botServices', 'bot')]",
            "groupIds": ["Bot"]}}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.publicNetworkAccess",
            Is(&["Disabled"]),
            Means("Enabled"),
        ),
        parts: &[part(
            "no-endpoint",
            "it is closed and no private endpoint leads to it",
            NoEndpoint(&["Bot", "Token"]),
        )],
    }),
    question: None,
};

/// SL-SRCH-004.
pub(in crate::rule) static SEARCH_WITHOUT_PRIVATE_ENDPOINT: Rule = Rule {
    id: "SL-SRCH-004",
    name: "search-without-private-endpoint",
    title: "Search without a private endpoint",
    topic: Topic::AiSearch,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["NS-2"],
    references: "azure-policy: d6759c02-b87f-42b7-892e-71b3f471d782, \
        0fda3595-9f2b-4592-8675-4231d6fa82fe, b698b005-b660-4837-b833-a7aaab26ddba; eu-ai-act: \
        15.5, 55.1d",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a private endpoint for `searchService` leads to the search service.",
        matters: "Without one the index is asked over the public side, so that it stays open.",
        pass: "A private endpoint in the inputs, or a connection that an export reports as \
            approved, leads there for `searchService`.",
        fail: "There is none that is not rejected or disconnected. An endpoint of another \
            template has to be among the inputs to count.",
        unknown: "The target of a private endpoint in the inputs is a parameter.",
    },
    remedy: Remedy {
        text: "Add a private endpoint with the group `searchService`, and its DNS zone group.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "properties": {"publicNetworkAccess": "disabled"},
            "sku": {"name": "basic"}}"#,
        passes: r#"[{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "properties": {"publicNetworkAccess": "disabled"},
            "sku": {"name": "basic"}}, {"type": "Microsoft.Network/privateEndpoints",
            "apiVersion": "2024-05-01", "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.Search/searchServices', 'search')]",
            "groupIds": ["searchService"]}}]}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-endpoint",
            "no private endpoint leads to it",
            NoEndpoint(&["searchService"]),
        )],
    }),
    question: None,
};
