//! Model APIs whose callers nothing limits.

use super::ai_api::{Leads, leads_to};
use crate::evidence::Evidence;
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::gateway_policy::{holds_any, policies_in_effect};

/// SL-APIM-002.
pub(in crate::rule) static AI_API_WITHOUT_LIMIT: Rule = Rule {
    id: "SL-APIM-002",
    name: "ai-api-without-limit",
    title: "AI API without token or rate limit",
    topic: Topic::RateLimiting,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.ApiManagement/service/apis"],
    controls: &["NS-6", "AI-6"],
    references: "owasp-llm: LLM10; atlas: AML.T0034, AML.M0004",
    safeguard: None,
    page: Page {
        checks: "Whether callers of a model through a gateway are limited.",
        matters: "One caller in a loop uses up the quota of all, and the budget of the month.",
        pass: "A policy in effect for the API limits tokens, calls or quota. APIs that do not \
            lead to a model are left out.",
        fail: "The API leads to a model and no policy in effect holds `llm-token-limit`, \
            `azure-openai-token-limit`, `rate-limit` or `quota`, with or without a key.",
        unknown: "A policy in effect is a parameter or a link.",
    },
    remedy: Remedy {
        text: "Add `llm-token-limit` by subscription, and a quota.",
        edits: &[],
        cli: "az rest --method put --url <api id>/policies/policy?api-version=2024-05-01 --body \
            @policy.json  # with llm-token-limit",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.ApiManagement/service/apis", "apiVersion": "2024-05-01",
            "name": "gateway/chat", "properties": {"path": "chat", "displayName": "Chat",
            "serviceUrl": "https://ai.openai.azure.com/openai"}},
            {"type": "Microsoft.ApiManagement/service/apis/policies",
            "apiVersion": "2024-05-01", "name": "gateway/chat/policy",
            "properties": {"format": "rawxml",
            "value": "<policies><inbound><base /></inbound></policies>"}}]"#,
        passes: r#"[{"type": "Microsoft.ApiManagement/service/apis", "apiVersion": "2024-05-01",
            "name": "gateway/chat", "properties": {"path": "chat", "displayName": "Chat",
            "serviceUrl": "https://ai.openai.azure.com/openai"}},
            {"type": "Microsoft.ApiManagement/service/apis/policies",
            "apiVersion": "2024-05-01", "name": "gateway/chat/policy",
            "properties": {"format": "rawxml",
            "value": "<policies><inbound><base /><llm-token-limit counter-key=\"@(context.Subscription.Id)\" tokens-per-minute=\"5000\" estimate-prompt-tokens=\"true\" /></inbound></policies>"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const LIMITS: [&str; 6] = [
    "llm-token-limit",
    "azure-openai-token-limit",
    "rate-limit",
    "rate-limit-by-key",
    "quota",
    "quota-by-key",
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let Some((Leads::ToModel | Leads::ToAzureOpenAi, span)) = leads_to(scene) else {
        ruling.skip();
        return;
    };
    let answer = match holds_any(&policies_in_effect(scene), &LIMITS) {
        Answer::Yes(_) => Answer::No,
        Answer::No => Answer::yes(Evidence::stated(
            span,
            "it leads to a model, and no policy in effect limits callers",
        )),
        open @ Answer::Open(_) => open,
    };
    ruling.judge("no-limit", "nothing limits what its callers use", answer);
}
