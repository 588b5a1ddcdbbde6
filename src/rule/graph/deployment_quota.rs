//! Model deployments whose callers nothing limits.

use crate::evidence::{Doubt, Evidence};
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::gateway_policy::{holds_any, own_policy};

/// SL-AOAI-013.
pub(in crate::rule) static DEPLOYMENT_QUOTA_UNBOUNDED: Rule = Rule {
    id: "SL-AOAI-013",
    name: "deployment-quota-unbounded",
    title: "Deployment quota unbounded for its callers",
    topic: Topic::RateLimiting,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/deployments"],
    controls: &["NS-6", "AI-6"],
    references: "owasp-llm: LLM10; atlas: AML.T0034.000, AML.T0029",
    safeguard: None,
    page: Page {
        checks: "Whether a model deployment has more capacity than is laid down, or may exceed \
            it, with no gateway in the inputs that limits callers.",
        matters: "Capacity is money and, for everyone else in the region, room. One runaway agent \
            or stolen key uses all there is before anyone looks.",
        pass: "The capacity is within the ceiling and dynamic throttling is off, or a gateway's \
            policy limits tokens.",
        fail: "`sku.capacity` is above the reviewer's ceiling (500 thousand tokens a minute \
            unless another is laid down) or the account has `dynamicThrottlingEnabled` true, and \
            no gateway policy in the inputs holds a token limit. Provisioned capacity is bought \
            by the hour and left out.",
        unknown: "The capacity, or a policy that could limit, is a parameter.",
    },
    remedy: Remedy {
        text: "Lower `sku.capacity`, and put a gateway with `llm-token-limit` in front.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o", "sku": {"name": "Standard",
            "capacity": 1000}, "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}}}"#,
        passes: r#"{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o", "sku": {"name": "Standard",
            "capacity": 60}, "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}}}"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Policies of a gateway that limit tokens.
const TOKEN_LIMITS: [&str; 2] = ["llm-token-limit", "azure-openai-token-limit"];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let sku = scene.resource.reader().at("sku");
    if sku
        .at("name")
        .text()
        .stated()
        .is_some_and(|name| name.contains("Provisioned"))
    {
        return;
    }
    let limited = || match is_limited(scene) {
        Answer::Yes(_) => Answer::No,
        Answer::No => Answer::Yes(Vec::new()),
        open @ Answer::Open(_) => open,
    };
    let ceiling = scene.context.settings.capacity_ceiling;
    let capacity = sku.at("capacity").integer();
    let over = match (capacity.stated(), capacity.unknown()) {
        (Some(stated), _) => Answer::of(*stated > ceiling, || {
            Evidence::stated(
                capacity.span(),
                format!("capacity is {stated}, more than {ceiling}"),
            )
        }),
        (None, Some(unknown)) => Answer::open(Doubt::of(unknown, capacity.span(), "capacity")),
        (None, None) => Answer::No,
    };
    ruling.judge(
        "capacity",
        "its capacity is above the ceiling and nothing limits callers",
        over.and(limited),
    );
    let account = scene.ancestor("Microsoft.CognitiveServices/accounts");
    let throttling = account.map_or(Answer::No, |(index, account)| {
        property(
            "properties.dynamicThrottlingEnabled",
            Is(&["true"]),
            Means("false"),
        )
        .ask(&Scene::new(scene.context, index, account))
    });
    ruling.judge(
        "throttling",
        "it may exceed its capacity and nothing limits callers",
        throttling.and(limited),
    );
}

/// Whether a gateway of the estate limits tokens.
fn is_limited(scene: &Scene<'_>) -> Answer {
    let inventory = scene.context.inventory;
    let policies: Vec<_> = [
        "Microsoft.ApiManagement/service/policies",
        "Microsoft.ApiManagement/service/apis/policies",
        "Microsoft.ApiManagement/service/apis/operations/policies",
        "Microsoft.ApiManagement/service/products/policies",
    ]
    .iter()
    .flat_map(|kind| inventory.of_type(kind))
    .map(|(_, policy)| own_policy(policy))
    .collect();
    holds_any(&policies, &TOKEN_LIMITS)
}
