//! AI services accounts that one leaked key opens.

use super::ai_account_access::IS_OPEN;
use crate::rule::prelude::*;

/// SL-AOAI-004.
pub(in crate::rule) static AI_ACCOUNT_ONE_KEY_AWAY: Rule = Rule {
    id: "SL-AOAI-004",
    name: "ai-account-one-key-away",
    title: "Open endpoint and keys together: one leaked key is enough",
    topic: Topic::AiServices,
    severity: Critical,
    follows: Follows::Exposure,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["NS-2", "IM-1"],
    references: "atlas: AML.T0034, AML.T0096; owasp-llm: LLM10",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an account is open to any address and accepts keys, so that one leaked \
            key is enough.",
        matters: "Each alone is a weakness; together they are a way in. Keys of such accounts are \
            found in public code every day, and are sold by what they can spend.",
        pass: "The account's public side is closed or narrowed, or its keys are off.",
        fail: "Its firewall admits any address and its keys are accepted.",
        unknown: "A parameter or a run-time value decides one side while the other is open.",
    },
    remedy: Remedy {
        text: "Close either side, both preferably: public access off, and `disableLocalAuth` true.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az resource update --ids <account id> --set properties.disableLocalAuth=true \
            properties.publicNetworkAccess=Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"customSubDomainName": "ai",
            "publicNetworkAccess": "Enabled", "disableLocalAuth": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "open-and-keyed",
            "one leaked key is enough, from anywhere",
            All(&[
                IS_OPEN,
                property(
                    "properties.disableLocalAuth",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            ]),
        )],
    }),
    question: None,
};
