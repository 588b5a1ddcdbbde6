//! Who gets to an AI services account: `Microsoft.CognitiveServices/accounts`.

use super::ask::{is_whole_internet, is_wide_prefix};
use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-AOAI-001.
pub(in crate::rule) static AI_ACCOUNT_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-AOAI-001",
    name: "ai-account-open-to-internet",
    title: "AI services account answers from the internet",
    topic: Topic::AiServices,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["NS-2"],
    references: "azure-policy: 037eea7a-bd0a-46c5-9a66-03aea78705d3, \
        0725b4dd-7e76-479c-a735-68e7ee23d5ca, 47ba1dd7-28d9-4b07-a8d5-9813bed64e0c; psrule: \
        Azure.AI.PublicAccess (AZR-000280), Azure.AI.PrivateEndpoints (AZR-000283); checkov: \
        CKV_AZURE_134; atlas: AML.T0040, AML.T0049; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the account's own firewall lets any address on the internet reach its \
            models and services.",
        matters: "Prompts, answers, files and fine-tuned models stand behind this door. Open to \
            anyone, a leaked key or token works from anywhere, and the endpoint can be hammered \
            until the quota is gone.",
        pass: "`publicNetworkAccess` is `Disabled` or `SecuredByPerimeter`, or \
            `networkAcls.defaultAction` is `Deny` and no address rule lets the whole internet in.",
        fail: "Public access is on and the default action is not `Deny`. Both absent mean \
            `Enabled` and `Allow`, at every API version.",
        unknown: "A parameter or a run-time value decides either property.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` and reach the account by a private \
            endpoint, or deny by default and list who may call.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az resource update --ids <account id> --set properties.publicNetworkAccess=Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"customSubDomainName": "ai",
            "networkAcls": {"defaultAction": "Allow"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "public",
            "its public endpoint admits any address",
            IS_OPEN,
        )],
    }),
    question: None,
};

/// SL-AOAI-002.
pub(in crate::rule) static AI_ACCOUNT_ALLOW_LIST_TOO_WIDE: Rule = Rule {
    id: "SL-AOAI-002",
    name: "ai-account-allow-list-too-wide",
    title: "AI account allow list is too wide",
    topic: Topic::AiServices,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the addresses that the account's firewall lets in are few.",
        matters: "A wide range is a list in name only: it holds strangers, and nobody notices \
            when one of them calls.",
        pass: "Every address rule is a /24 or narrower.",
        fail: "The default action is `Deny` and an address rule is `0.0.0.0/0` or shorter than \
            /24.",
        unknown: "The rules, or one of them, are a parameter.",
    },
    remedy: Remedy {
        text: "List single addresses or small ranges, or drop them and use a private endpoint.",
        edits: &[set(
            "properties.networkAcls.ipRules",
            r#"[{"value": "203.0.113.7"}]"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI",
            "properties": {"networkAcls": {"defaultAction": "Deny",
            "ipRules": [{"value": "203.0.0.0/16"}]}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: All(&[
            property(
                "properties.networkAcls.defaultAction",
                Is(&["Deny"]),
                Means("Allow"),
            ),
            property(
                "properties.publicNetworkAccess",
                IsNot(&["Disabled", "SecuredByPerimeter"]),
                Means("Enabled"),
            ),
        ]),
        parts: &[part(
            "wide-range",
            "an address rule lets in more than a /24",
            AnyItem(
                "properties.networkAcls.ipRules",
                &property("value", Such(is_wide_prefix), Not),
            ),
        )],
    }),
    question: None,
};

/// SL-AOAI-003.
pub(in crate::rule) static AI_ACCOUNT_ACCEPTS_KEYS: Rule = Rule {
    id: "SL-AOAI-003",
    name: "ai-account-accepts-keys",
    title: "AI account accepts API keys",
    topic: Topic::AiServices,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["IM-1", "IM-3"],
    references: "azure-policy: 71ef260a-8f18-47b7-abcb-62d0673d94dc, \
        14de9e63-1b31-492e-a5a3-c3f7fd57f555, 55eff01b-f2bd-4c32-9203-db285f709d30; psrule: \
        Azure.AI.DisableLocalAuth (AZR-000282); checkov: CKV_AZURE_236; atlas: AML.T0055, \
        AML.T0012; owasp-llm: LLM10; nist: AC-2, AC-2(1), AC-2(7)",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the account still accepts its two keys.",
        matters: "A key is shared, names nobody, and opens every deployment of the account. It \
            lands in notebooks, app settings and repositories, and whoever finds it spends your \
            quota and reads your files.",
        pass: "`disableLocalAuth` is true at API version 2021-04-30 or newer.",
        fail: "It is false or absent, which means keys work, or the API version is older and \
            cannot turn them off.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Give callers the role Cognitive Services OpenAI User or its like and set \
            `disableLocalAuth` to true.",
        edits: &[set("properties.disableLocalAuth", "true")],
        cli: "az resource update --ids <account id> --set properties.disableLocalAuth=true",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"customSubDomainName": "ai",
            "disableLocalAuth": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "keys",
                "its keys are accepted",
                All(&[
                    FromVersion("2021-04-30"),
                    property(
                        "properties.disableLocalAuth",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                ]),
            ),
            part(
                "keys-at-old-version",
                "its keys are accepted, since its API version cannot turn them off",
                Custom(is_too_old_to_turn_keys_off),
            ),
        ],
    }),
    question: None,
};

/// SL-AOAI-006.
pub(in crate::rule) static AI_ACCOUNT_WITHOUT_SUBDOMAIN: Rule = Rule {
    id: "SL-AOAI-006",
    name: "ai-account-without-subdomain",
    title: "No custom subdomain: token sign-in and private link cannot work",
    topic: Topic::AiServices,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["IM-1"],
    references: "",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the account has a host name of its own.",
        matters: "Without one it answers under a shared regional name, where Entra tokens, \
            private endpoints and network rules do not work and keys are all there is.",
        pass: "`customSubDomainName` is set. Only accounts of kind `OpenAI` and `AIServices` are \
            asked.",
        fail: "`customSubDomainName` is absent or empty.",
        unknown: "The whole name, or the kind of the account, is a parameter without a value. A \
            name that is only built with one passes.",
    },
    remedy: Remedy {
        text: "Set `customSubDomainName`; it cannot be changed later.",
        edits: &[set("properties.customSubDomainName", r#""ai-contoso""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"publicNetworkAccess": "Disabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property("kind", Is(&["OpenAI", "AIServices"]), Not),
        parts: &[part(
            "no-subdomain",
            "it has no host name of its own",
            property("properties.customSubDomainName", Empty, AbsentHolds),
        )],
    }),
    question: None,
};

/// SL-AOAI-010.
pub(in crate::rule) static AI_ACCOUNT_TRUSTED_SERVICES_BYPASS: Rule = Rule {
    id: "SL-AOAI-010",
    name: "ai-account-trusted-services-bypass",
    title: "Trusted-services bypass on the AI account firewall",
    topic: Topic::AiServices,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether trusted services of the platform pass the account's firewall.",
        matters: "The bypass lets listed Azure services call the account whatever its rules say; \
            only roles then stand in between. AI Search indexers are the usual reason to keep it.",
        pass: "`networkAcls.bypass` is `None` or absent, which means that.",
        fail: "`networkAcls.bypass` is `AzureServices`.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `networkAcls.bypass` to `None` unless an indexer or another service needs it; \
            then record which.",
        edits: &[set("properties.networkAcls.bypass", r#""None""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI",
            "properties": {"networkAcls": {"defaultAction": "Deny", "bypass": "AzureServices"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "bypass",
            "trusted services pass its firewall",
            property(
                "properties.networkAcls.bypass",
                Holds(&["AzureServices"]),
                Means("None"),
            ),
        )],
    }),
    question: None,
};

/// Its firewall admits any address.
pub(super) const IS_OPEN: Condition = All(&[
    property(
        "properties.publicNetworkAccess",
        IsNot(&["Disabled", "SecuredByPerimeter"]),
        Means("Enabled"),
    ),
    Any(&[
        property(
            "properties.networkAcls.defaultAction",
            IsNot(&["Deny"]),
            Means("Allow"),
        ),
        AnyItem(
            "properties.networkAcls.ipRules",
            &property("value", Such(is_whole_internet), Not),
        ),
    ]),
]);

/// Whether the API version is one that has no `disableLocalAuth`, which came with 2021-04-30.
fn is_too_old_to_turn_keys_off(scene: &Scene<'_>) -> Answer {
    match scene.is_from("2021-04-30") {
        Some(from) => Answer::of(!from, || {
            let version = scene.resource.api_version.as_deref().unwrap_or_default();
            Evidence::platform(
                scene.resource.reader().at("apiVersion").span(),
                format!("API version {version} has no disableLocalAuth"),
            )
        }),
        None => Answer::open(scene.version_doubt()),
    }
}
