//! How much of what is written a content policy covers.

use super::content_filter::{is_custom_policy, lacks_filter};
use crate::rule::prelude::*;

/// SL-CS-005.
pub(in crate::rule) static ANSWERS_NOT_FILTERED: Rule = Rule {
    id: "SL-CS-005",
    name: "answers-not-filtered",
    title: "Answers are not filtered",
    topic: Topic::ContentSafety,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "azure-policy: af253d37-136a-42f8-a1fc-30010c083d41, \
        930f48f9-f07e-427c-9494-52603581c6a9; owasp-llm: LLM05, LLM02",
    safeguard: None,
    page: Page {
        checks: "Whether what the model answers is filtered for the four kinds of harm, and not \
            only what it is asked.",
        matters: "Harmful answers come from harmless questions, too. Only a filter on the answer \
            stops them.",
        pass: "For hate, sexual content, violence and self-harm there is an enabled and blocking \
            filter on completions, listed or supplied by the default base policy.",
        fail: "For at least one of the four there is none.",
        unknown: "The filters, or a switch of one, are a parameter.",
    },
    remedy: Remedy {
        text: "Add the four filters for completions, enabled and blocking.",
        edits: &[set(
            "properties.contentFilters",
            r#"[{"name": "Hate", "source": "Completion", "enabled": true, "blocking": true, "severityThreshold": "Medium"}, {"name": "Sexual", "source": "Completion", "enabled": true, "blocking": true, "severityThreshold": "Medium"}, {"name": "Violence", "source": "Completion", "enabled": true, "blocking": true, "severityThreshold": "Medium"}, {"name": "Selfharm", "source": "Completion", "enabled": true, "blocking": true, "severityThreshold": "Medium"}]"#,
        )],
        cli: "az rest --method put --url <policy id>?api-version=2025-06-01 --body @policy.json  \
            # with completion filters",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded", "properties": {"mode": "Blocking",
            "contentFilters": [{"name": "Hate", "source": "Prompt", "enabled": true,
            "blocking": true, "severityThreshold": "Medium"}, {"name": "Sexual",
            "source": "Prompt", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Violence", "source": "Prompt",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Selfharm", "source": "Prompt", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_custom_policy),
        parts: &[part(
            "answers",
            "answers are not filtered for every kind of harm",
            Custom(lacks_answer_filters),
        )],
    }),
    question: None,
};

/// SL-CS-006.
pub(in crate::rule) static FILTER_AFTER_STREAMING: Rule = Rule {
    id: "SL-CS-006",
    name: "filter-after-streaming",
    title: "Filter runs after the answer has streamed",
    topic: Topic::ContentSafety,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "azure-policy: c1ad46c6-37f8-4af0-9c71-c208375c87dd; owasp-llm: LLM05",
    safeguard: None,
    page: Page {
        checks: "Whether the answer is held back until it has been filtered.",
        matters: "An asynchronous filter stops a harmful answer after people have read it.",
        pass: "`mode` is `Blocking` or `Default`, or absent, which means that.",
        fail: "`mode` is `Asynchronous_filter`, or `Deferred` as it was called before 2025-06-01.",
        unknown: "A parameter decides the mode.",
    },
    remedy: Remedy {
        text: "Set `mode` to `Blocking` where answers go to people.",
        edits: &[set("properties.mode", r#""Blocking""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"mode": "Asynchronous_filter", "contentFilters": []}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "after",
            "it filters after the answer has streamed",
            property(
                "properties.mode",
                Is(&["Asynchronous_filter", "Deferred"]),
                Means("Default"),
            ),
        )],
    }),
    question: None,
};

/// SL-CS-007.
pub(in crate::rule) static FILTER_ONLY_ANNOTATES: Rule = Rule {
    id: "SL-CS-007",
    name: "filter-only-annotates",
    title: "Filter annotates without blocking",
    topic: Topic::ContentSafety,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "azure-policy: af253d37-136a-42f8-a1fc-30010c083d41, \
        f3a9c2e0-7b4d-4d8f-9c3a-2e1f6b9a8d4e; owasp-llm: LLM01",
    safeguard: None,
    page: Page {
        checks: "Whether every filter that is on also blocks.",
        matters: "A filter that annotates tells the application; whether the application listens \
            is another matter, and usually it does not.",
        pass: "Every enabled filter blocks.",
        fail: "An enabled filter has `blocking` false.",
        unknown: "The filters, or a switch of one, are a parameter.",
    },
    remedy: Remedy {
        text: "Set `blocking` to true on each enabled filter.",
        edits: &[set("properties.contentFilters.0.blocking", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"contentFilters": [{"name": "Hate", "source": "Prompt",
            "enabled": true, "blocking": false, "severityThreshold": "Medium"}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_custom_policy),
        parts: &[part(
            "annotates",
            "a filter annotates without blocking",
            AnyItem(
                "properties.contentFilters",
                &All(&[
                    property("enabled", IsNot(&["false"]), Means("true")),
                    property("blocking", Is(&["false"]), Not),
                ]),
            ),
        )],
    }),
    question: None,
};

/// SL-CS-008.
pub(in crate::rule) static PROTECTED_MATERIAL_UNFILTERED: Rule = Rule {
    id: "SL-CS-008",
    name: "protected-material-unfiltered",
    title: "Protected-material filters absent",
    topic: Topic::ContentSafety,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "azure-policy: af253d37-136a-42f8-a1fc-30010c083d41",
    safeguard: None,
    page: Page {
        checks: "Whether answers are checked for protected texts and code.",
        matters: "A model can recite lyrics, articles or licensed code; whoever publishes it \
            answers for it.",
        pass: "`Protected Material Text` and `Protected Material Code` are enabled on \
            completions, listed or supplied by the base policy `Microsoft.DefaultV2`.",
        fail: "Either is missing or not enabled.",
        unknown: "The filters, or a switch of one, are a parameter.",
    },
    remedy: Remedy {
        text: "Add both filters for completions.",
        edits: &[set(
            "properties.contentFilters",
            r#"[{"name": "Protected Material Text", "source": "Completion", "enabled": true, "blocking": true}, {"name": "Protected Material Code", "source": "Completion", "enabled": true, "blocking": true}]"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"contentFilters": [{"name": "Protected Material Text",
            "source": "Completion", "enabled": true, "blocking": true}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_custom_policy),
        parts: &[
            part(
                "text",
                "protected texts are not looked for",
                Custom(lacks_protected_text),
            ),
            part(
                "code",
                "protected code is not looked for",
                Custom(lacks_protected_code),
            ),
        ],
    }),
    question: None,
};

/// SL-CS-009.
pub(in crate::rule) static NO_BLOCKLIST: Rule = Rule {
    id: "SL-CS-009",
    name: "no-blocklist",
    title: "No blocklist attached",
    topic: Topic::ContentSafety,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "",
    safeguard: None,
    page: Page {
        checks: "Whether a content policy of your own uses a list of words that must not pass.",
        matters: "Names of projects, people or competitors are nothing that a general filter \
            knows.",
        pass: "`customBlocklists`, or in older versions `promptBlocklists` or \
            `completionBlocklists`, name a list.",
        fail: "All of them are empty or absent.",
        unknown: "A parameter decides one of them and the others are empty.",
    },
    remedy: Remedy {
        text: "Make a blocklist and name it in `customBlocklists`.",
        edits: &[set(
            "properties.customBlocklists",
            r#"[{"source": "Prompt", "blocklistName": "projects", "blocking": true}]"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"contentFilters": []}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_custom_policy),
        parts: &[part(
            "no-list",
            "no blocklist is attached",
            All(&[
                property("properties.customBlocklists", Empty, AbsentHolds),
                property("properties.promptBlocklists", Empty, AbsentHolds),
                property("properties.completionBlocklists", Empty, AbsentHolds),
            ]),
        )],
    }),
    question: None,
};

fn lacks_answer_filters(scene: &Scene<'_>) -> Answer {
    let kinds = ["hate", "sexual", "violence", "selfharm"];
    Answer::any(kinds.map(|kind| lacks_filter(scene, kind, "Completion", true)))
}

fn lacks_protected_text(scene: &Scene<'_>) -> Answer {
    lacks_filter(scene, "protectedmaterialtext", "Completion", false)
}

fn lacks_protected_code(scene: &Scene<'_>) -> Answer {
    lacks_filter(scene, "protectedmaterialcode", "Completion", false)
}
