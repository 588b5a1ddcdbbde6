//! Content policies: `Microsoft.CognitiveServices/accounts/raiPolicies`.

use super::content_filter::{is_custom_policy, lacks_filter};
use crate::rule::prelude::*;

/// SL-CS-002.
pub(in crate::rule) static JAILBREAK_SHIELD_MISSING: Rule = Rule {
    id: "SL-CS-002",
    name: "jailbreak-shield-missing",
    title: "Jailbreak shield missing, off or only annotating",
    topic: Topic::ContentSafety,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "azure-policy: f3a9c2e0-7b4d-4d8f-9c3a-2e1f6b9a8d4e; owasp-llm: LLM01; atlas: \
        AML.T0051.000, AML.T0054",
    safeguard: None,
    page: Page {
        checks: "Whether a content policy of your own blocks attempts to talk the model out of \
            its instructions.",
        matters: "A jailbreak turns an assistant into whatever its user wants, with the rights \
            that the assistant has. A custom policy has only the filters that it lists.",
        pass: "`contentFilters` has `Jailbreak` on prompts, enabled and blocking, or leaves it to \
            the base policy `Microsoft.DefaultV2`. System policies are left out.",
        fail: "The filter is not there, is not enabled, or only annotates.",
        unknown: "The filters, or a switch of this one, are a parameter.",
    },
    remedy: Remedy {
        text: "Add the filter `Jailbreak` for prompts, enabled and blocking.",
        edits: &[set("properties.contentFilters.0.blocking", "true")],
        cli: "az rest --method put --url <policy id>?api-version=2025-06-01 --body @policy.json  \
            # with the Jailbreak filter blocking",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"basePolicyName": "Microsoft.Default", "mode": "Blocking",
            "contentFilters": [{"name": "Jailbreak", "source": "Prompt", "enabled": true,
            "blocking": false}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_custom_policy),
        parts: &[part(
            "no-shield",
            "nothing in it blocks jailbreaks",
            Custom(lacks_jailbreak_shield),
        )],
    }),
    question: None,
};

/// SL-CS-004.
pub(in crate::rule) static HARM_FILTER_OFF_OR_LENIENT: Rule = Rule {
    id: "SL-CS-004",
    name: "harm-filter-off-or-lenient",
    title: "Harm filters off or set to let most content pass",
    topic: Topic::ContentSafety,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "azure-policy: 930f48f9-f07e-427c-9494-52603581c6a9, \
        f3a9c2e0-7b4d-4d8f-9c3a-2e1f6b9a8d4e; owasp-llm: LLM05",
    safeguard: None,
    page: Page {
        checks: "Whether the filters for hate, sexual content, violence and self-harm are on and \
            strict enough.",
        matters: "At the threshold `High` only the worst is stopped. What passes is said in your \
            name.",
        pass: "Every such filter in a policy of your own is enabled with the threshold `Low` or \
            `Medium`.",
        fail: "One of them is not enabled, or its threshold (`severityThreshold` from API version \
            2024-10-01, `allowedContentLevel` before) is `High`.",
        unknown: "The filters, or a threshold, are a parameter.",
    },
    remedy: Remedy {
        text: "Enable all four on both sides with the threshold `Medium` or `Low`.",
        edits: &[set(
            "properties.contentFilters.0.severityThreshold",
            r#""Medium""#,
        )],
        cli: "az rest --method put --url <policy id>?api-version=2025-06-01 --body @policy.json  \
            # with severityThreshold Medium",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"basePolicyName": "Microsoft.DefaultV2", "mode": "Blocking",
            "contentFilters": [{"name": "Violence", "source": "Completion", "enabled": true,
            "blocking": true, "severityThreshold": "High"}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_custom_policy),
        parts: &[part(
            "lenient",
            "a harm filter is off or lets most content pass",
            AnyItem(
                "properties.contentFilters",
                &All(&[
                    property("name", Is(&["Hate", "Sexual", "Violence", "Selfharm"]), Not),
                    Any(&[
                        property("enabled", Is(&["false"]), Not),
                        property("severityThreshold", Is(&["High"]), Not),
                        property("allowedContentLevel", Is(&["High"]), Not),
                    ]),
                ]),
            ),
        )],
    }),
    question: None,
};

fn lacks_jailbreak_shield(scene: &Scene<'_>) -> Answer {
    lacks_filter(scene, "jailbreak", "Prompt", true)
}
