//! Models whose use no alert watches.

use crate::evidence::{Doubt, Evidence};
use crate::resource::ResourceId;
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-MON-012.
pub(in crate::rule) static MODEL_USE_WITHOUT_ALERT: Rule = Rule {
    id: "SL-MON-012",
    name: "model-use-without-alert",
    title: "No alert on token use, blocked prompts or 401/429 bursts",
    topic: Topic::Monitoring,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.CognitiveServices/accounts",
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    ],
    controls: &["AI-6", "LT-1"],
    references: "owasp-llm: LLM10; atlas: AML.T0029",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether some alert watches the use of an AI account or online endpoint.",
        matters: "A stolen key shows as a jump in tokens, an attack as a run of blocked prompts. \
            Without an alert it shows on the bill.",
        pass: "A metric or log alert in the inputs has the resource, or the group it is in, in \
            its scopes. Accounts of kinds without language models are left out.",
        fail: "No alert rule in the inputs watches it.",
        unknown: "The scopes of an alert rule are a parameter.",
    },
    remedy: Remedy {
        text: "Alert on token use, blocked prompts and refused sign-ins.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}}]"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}},
            {"type": "Microsoft.Insights/metricAlerts", "apiVersion": "2018-03-01",
            "name": "spend", "location": "global",
            "properties": {"scopes": ["[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]"],
            "severity": 2, "enabled": true}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const ALERTS: [&str; 2] = [
    "Microsoft.Insights/metricAlerts",
    "Microsoft.Insights/scheduledQueryRules",
];
const ACCOUNT: &str = "Microsoft.CognitiveServices/accounts";
const HAS_LANGUAGE_MODELS: Condition = property("kind", Is(&["OpenAI", "AIServices"]), Not);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    if scene.resource.resource_type.is(ACCOUNT) && HAS_LANGUAGE_MODELS.ask(scene).is_no() {
        ruling.skip();
        return;
    }
    ruling.judge("no-alert", "no alert watches its use", is_unwatched(scene));
}

fn is_unwatched(scene: &Scene<'_>) -> Answer {
    let mut doubts = Vec::new();
    let inventory = scene.context.inventory;
    for kind in ALERTS {
        for (_, alert) in inventory
            .of_type(kind)
            .filter(|(_, one)| !one.is_not_deployed())
        {
            let scopes = alert.properties().at("scopes");
            if let Some(unknown) = scopes.value().and_then(|value| value.as_unknown()) {
                doubts.push(Doubt::of(unknown, scopes.span(), "scopes"));
            }
            for scope in scopes.items() {
                let id = scope.symbol();
                if id.stated().is_some_and(|id| covers(scene, id)) {
                    return Answer::No;
                }
            }
        }
    }
    if doubts.is_empty() {
        let says = "no alert rule in the inputs has it in its scopes";
        Answer::yes(Evidence::default(scene.resource.span, says))
    } else {
        Answer::Open(doubts)
    }
}

/// Whether the scope `id` is the resource or holds it.
fn covers(scene: &Scene<'_>, id: &str) -> bool {
    let scope = ResourceId::new(id);
    let found = scene.context.inventory.find(&scope, scene.resource.file);
    let own: &str = scene.resource.id.key();
    found == Some(scene.index)
        || own
            .strip_prefix(&**scope.key())
            .is_some_and(|rest| rest.starts_with('/'))
}
