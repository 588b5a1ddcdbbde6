//! Who gets to a search service: `Microsoft.Search/searchServices`.

use super::ask::is_whole_internet;
use crate::rule::prelude::*;

/// SL-SRCH-001.
pub(in crate::rule) static SEARCH_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-SRCH-001",
    name: "search-open-to-internet",
    title: "Search service answers from the internet",
    topic: Topic::AiSearch,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["NS-2"],
    references: "azure-policy: ee980b6d-0eca-4501-8d54-f6290fd512c3, \
        037eea7a-bd0a-46c5-9a66-03aea78705d3, 9cee519f-d9c1-4fd9-9f79-24ec3449ed30; atlas: \
        AML.T0085.000; owasp-llm: LLM08; eu-ai-act: 15.5, 55.1d; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the search service lets any address on the internet reach it.",
        matters: "The index holds the text of your documents in the clear. Open to anyone, one \
            query key copies it whole.",
        pass: "`publicNetworkAccess` is `disabled` or `securedByPerimeter`, or \
            `networkRuleSet.ipRules` lists addresses, which shuts out all others.",
        fail: "Public access is on, or absent, which means on, and no address is listed, or the \
            whole internet is.",
        unknown: "A parameter or a run-time value decides either property.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `disabled` and reach the service by a private \
            endpoint.",
        edits: &[set("properties.publicNetworkAccess", r#""disabled""#)],
        cli: "az search service update --name <service> --resource-group <group> \
            --public-network-access disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "standard"},
            "properties": {"publicNetworkAccess": "enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "public",
            "it admits any address",
            All(&[
                property(
                    "properties.publicNetworkAccess",
                    IsNot(&["disabled", "securedByPerimeter"]),
                    Means("enabled"),
                ),
                Any(&[
                    property("properties.networkRuleSet.ipRules", Empty, AbsentHolds),
                    AnyItem(
                        "properties.networkRuleSet.ipRules",
                        &property("value", Such(is_whole_internet), Not),
                    ),
                ]),
            ]),
        )],
    }),
    question: None,
};

/// SL-SRCH-002.
pub(in crate::rule) static SEARCH_ACCEPTS_KEYS: Rule = Rule {
    id: "SL-SRCH-002",
    name: "search-accepts-keys",
    title: "Search accepts admin and query keys",
    topic: Topic::AiSearch,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["IM-1"],
    references: "azure-policy: 6300012e-e9a4-4649-b41f-a85f5c43be91, \
        71ef260a-8f18-47b7-abcb-62d0673d94dc, 4eb216f2-9dba-4979-86e6-5d7e63ce3b75, \
        d45520cb-31ca-44ba-8da2-fcf914608544; owasp-llm: LLM08; atlas: AML.T0082; nist: AC-2, \
        AC-2(1), AC-2(7)",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the search service accepts its admin and query keys.",
        matters: "An admin key rewrites every index, so that a model grounds on an attacker's \
            text; a query key reads all of it. Neither names a person.",
        pass: "`disableLocalAuth` is true.",
        fail: "It is false or absent, which means that keys work, and by default they are the \
            only way in.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Switch callers to roles, then set `disableLocalAuth` to true.",
        edits: &[set("properties.disableLocalAuth", "true")],
        cli: "az search service update --name <service> --resource-group <group> \
            --disable-local-auth true",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "standard"},
            "properties": {"disableLocalAuth": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "keys",
            "its keys are accepted",
            property(
                "properties.disableLocalAuth",
                IsNot(&["true"]),
                Means("false"),
            ),
        )],
    }),
    question: None,
};

/// SL-SRCH-003.
pub(in crate::rule) static SEARCH_KEY_ONLY: Rule = Rule {
    id: "SL-SRCH-003",
    name: "search-key-only",
    title: "Search is key-only: no Entra sign-in configured",
    topic: Topic::AiSearch,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["IM-1"],
    references: "",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether callers can sign in to the search service by Entra at all.",
        matters: "While keys are the only way in, no caller can stop using them.",
        pass: "`authOptions.aadOrApiKey` is set, or keys are off, which leaves Entra.",
        fail: "`authOptions` is absent or `apiKeyOnly`, and `disableLocalAuth` is not true.",
        unknown: "A parameter decides either property.",
    },
    remedy: Remedy {
        text: "Set `authOptions.aadOrApiKey`, move callers to roles, then turn keys off.",
        edits: &[set(
            "properties.authOptions",
            r#"{"aadOrApiKey": {"aadAuthFailureMode": "http401WithBearerChallenge"}}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "standard"},
            "properties": {"authOptions": {"apiKeyOnly": {}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "key-only",
            "only keys open it",
            All(&[
                property(
                    "properties.disableLocalAuth",
                    IsNot(&["true"]),
                    Means("false"),
                ),
                property("properties.authOptions.aadOrApiKey", Nothing, AbsentHolds),
            ]),
        )],
    }),
    question: None,
};

/// SL-SRCH-007.
pub(in crate::rule) static SEARCH_FIREWALL_BYPASS: Rule = Rule {
    id: "SL-SRCH-007",
    name: "search-firewall-bypass",
    title: "Search firewall bypass for Azure services or the portal",
    topic: Topic::AiSearch,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether Azure services or the portal pass the firewall of the search service.",
        matters: "What passes by the bypass comes from addresses that you do not list; roles and \
            keys alone then decide.",
        pass: "`networkRuleSet.bypass` is `None` or absent, which means that.",
        fail: "`networkRuleSet.bypass` is `AzureServices` or `AzurePortal`.",
        unknown: "A parameter decides the bypass.",
    },
    remedy: Remedy {
        text: "Set `networkRuleSet.bypass` to `None` and use shared private links.",
        edits: &[set("properties.networkRuleSet.bypass", r#""None""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "standard"},
            "properties": {"publicNetworkAccess": "enabled",
            "networkRuleSet": {"ipRules": [{"value": "198.51.100.7"}],
            "bypass": "AzureServices"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "bypass",
            "Azure services or the portal pass its firewall",
            property(
                "properties.networkRuleSet.bypass",
                Holds(&["AzureServices", "AzurePortal"]),
                Means("None"),
            ),
        )],
    }),
    question: None,
};
