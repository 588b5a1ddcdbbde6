//! Models of other providers that a gateway hands prompts to unchecked.

use super::ai_api::{Leads, leads_to};
use crate::evidence::Evidence;
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::gateway_policy::{holds_any, policies_in_effect};

/// SL-APIM-007.
pub(in crate::rule) static THIRD_PARTY_MODEL_UNFILTERED: Rule = Rule {
    id: "SL-APIM-007",
    name: "third-party-model-unfiltered",
    title: "Gateway adds no content-safety check in front of third-party models",
    topic: Topic::ContentSafety,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.ApiManagement/service/apis"],
    controls: &["AI-2"],
    references: "owasp-llm: LLM01",
    safeguard: None,
    page: Page {
        checks: "Whether a gateway checks prompts on their way to a model that has no filter of \
            Azure's.",
        matters: "Models of other providers filter by their own taste, or not at all. The gateway \
            is the one place where yours counts.",
        pass: "A policy in effect holds `llm-content-safety`, or the API leads to Azure OpenAI, \
            which filters by itself.",
        fail: "The API leads to another model and no policy in effect holds `llm-content-safety`.",
        unknown: "A policy in effect is a parameter or a link.",
    },
    remedy: Remedy {
        text: "Add the `llm-content-safety` policy with a Content Safety backend.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.ApiManagement/service/apis", "apiVersion": "2024-05-01",
            "name": "gateway/chat", "properties": {"path": "chat", "displayName": "Chat",
            "serviceUrl": "https://api.mistral.ai/v1"}},
            {"type": "Microsoft.ApiManagement/service/apis/policies",
            "apiVersion": "2024-05-01", "name": "gateway/chat/policy",
            "properties": {"format": "rawxml",
            "value": "<policies><inbound><base /></inbound></policies>"}}]"#,
        passes: r#"[{"type": "Microsoft.ApiManagement/service/apis", "apiVersion": "2024-05-01",
            "name": "gateway/chat", "properties": {"path": "chat", "displayName": "Chat",
            "serviceUrl": "https://api.mistral.ai/v1"}},
            {"type": "Microsoft.ApiManagement/service/apis/policies",
            "apiVersion": "2024-05-01", "name": "gateway/chat/policy",
            "properties": {"format": "rawxml",
            "value": "<policies><inbound><base /><llm-content-safety backend-id=\"safety\" shield-prompt=\"true\" /></inbound></policies>"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let Some((Leads::ToModel, span)) = leads_to(scene) else {
        ruling.skip();
        return;
    };
    let answer = match holds_any(&policies_in_effect(scene), &["llm-content-safety"]) {
        Answer::Yes(_) => Answer::No,
        Answer::No => Answer::yes(Evidence::stated(
            span,
            "it leads to a model without filters of Azure's",
        )),
        open @ Answer::Open(_) => open,
    };
    ruling.judge("unfiltered", "prompts reach the model unchecked", answer);
}
