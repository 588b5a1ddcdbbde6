//! Which content policy a model deployment names.

use super::content_filter::find_policy;
use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-CS-001.
pub(in crate::rule) static DEPLOYMENT_NAMES_NO_CONTENT_POLICY: Rule = Rule {
    id: "SL-CS-001",
    name: "deployment-names-no-content-policy",
    title: "Model deployment names no content policy",
    topic: Topic::ContentSafety,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/deployments"],
    controls: &["AI-2"],
    references: "owasp-llm: LLM01; atlas: AML.M0020",
    safeguard: None,
    page: Page {
        checks: "Whether a deployment of a model that can be filtered says which content policy \
            holds.",
        matters: "Without a name the service's default holds: harm filters and the jailbreak \
            shield, but no shield against instructions hidden in documents, and whatever the \
            default becomes next.",
        pass: "`raiPolicyName` names a policy other than the first default. Models without \
            content filters, such as embeddings and speech, are left out.",
        fail: "`raiPolicyName` is absent; `Microsoft.Default`, the older and weaker default, \
            counts as low.",
        unknown: "A parameter decides the policy's name or the model.",
    },
    remedy: Remedy {
        text: "Name a policy of your own, or `Microsoft.DefaultV2`.",
        edits: &[set("properties.raiPolicyName", r#""Microsoft.DefaultV2""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o", "sku": {"name": "Standard",
            "capacity": 30}, "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Unless(&property(
            "properties.model.name",
            Begins(&[
                "text-embedding",
                "whisper",
                "tts",
                "embed",
                "cohere-embed",
                "cohere-rerank",
            ]),
            Not,
        )),
        parts: &[
            part(
                "no-name",
                "it names no content policy",
                property("properties.raiPolicyName", Nothing, AbsentHolds),
            ),
            part(
                "old-default",
                "it names the older default policy",
                property("properties.raiPolicyName", Is(&["Microsoft.Default"]), Not),
            )
            .at(Low),
        ],
    }),
    question: None,
};

/// SL-CS-011.
pub(in crate::rule) static DEPLOYMENT_WITHOUT_FILTERS: Rule = Rule {
    id: "SL-CS-011",
    name: "deployment-without-filters",
    title: "Deployment uses the empty system policy",
    topic: Topic::ContentSafety,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/deployments"],
    controls: &["AI-2"],
    references: "azure-policy: 930f48f9-f07e-427c-9494-52603581c6a9; owasp-llm: LLM01, LLM05",
    safeguard: None,
    page: Page {
        checks: "Whether a deployment uses a content policy that filters nothing.",
        matters: "Nothing then stands between people and the raw model, on either side.",
        pass: "The policy named is a default, or one of the account's with at least one enabled \
            filter.",
        fail: "`raiPolicyName` is the empty system policy `Microsoft.Nil`, whose name is known \
            from use and not from documentation, or a policy of the account whose filters are all \
            off.",
        unknown: "A parameter decides the name, or the filters of the policy.",
    },
    remedy: Remedy {
        text: "Name a policy that filters.",
        edits: &[set("properties.raiPolicyName", r#""Microsoft.DefaultV2""#)],
        cli: "az rest --method put --url <deployment id>?api-version=2025-06-01 --body \
            @deployment.json  # with raiPolicyName Microsoft.DefaultV2",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o", "sku": {"name": "Standard",
            "capacity": 30}, "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}, "raiPolicyName": "Microsoft.Nil"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "empty-system-policy",
                "its content policy is the empty one",
                property("properties.raiPolicyName", Is(&["Microsoft.Nil"]), Not),
            ),
            part(
                "all-off",
                "every filter of its content policy is off",
                Custom(is_policy_all_off),
            ),
        ],
    }),
    question: None,
};

/// Whether the policy of the account that the deployment names has no filter that is on.
fn is_policy_all_off(scene: &Scene<'_>) -> Answer {
    let name = scene.properties().at("raiPolicyName").text();
    let Some(policy) = name.stated().and_then(|name| find_policy(scene, name)) else {
        return Answer::No;
    };
    let filters = policy.properties().at("contentFilters");
    if let Some(unknown) = filters.value().and_then(|value| value.as_unknown()) {
        return Answer::open(Doubt::of(unknown, filters.span(), "contentFilters"));
    }
    let items = filters.items();
    if items.is_empty() {
        return Answer::No;
    }
    Answer::all(
        items
            .into_iter()
            .map(|item| property("enabled", Is(&["false"]), Not).ask(&scene.at(item))),
    )
    .and(|| Answer::yes(Evidence::stated(name.span(), "raiPolicyName names it")))
}
