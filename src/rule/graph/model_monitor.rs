//! Served models that nobody watches.

use crate::evidence::{Doubt, Evidence};
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-GOV-003.
pub(in crate::rule) static SERVED_MODEL_UNMONITORED: Rule = Rule {
    id: "SL-GOV-003",
    name: "served-model-unmonitored",
    title: "No drift or quality monitor for a served model",
    topic: Topic::ModelGovernance,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"],
    controls: &["AI-6"],
    references: "nist: AI RMF MEASURE; atlas: AML.T0031",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether a served model is watched for drift, and whether what it is asked is \
            collected at all.",
        matters: "A model is right about the world that it was trained on. When the world moves, \
            or somebody moves it, only a monitor tells.",
        pass: "A schedule with a `CreateMonitor` action names the deployment, and a data \
            collector or application insights is on.",
        fail: "No monitor names it, or nothing is collected.",
        unknown: "The collector, or a schedule's action, is a parameter.",
    },
    remedy: Remedy {
        text: "Add a monitor schedule for the deployment, and turn on its data collector.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "apiVersion": "2024-10-01", "name": "ml/scoring/blue",
            "properties": {"endpointComputeType": "Managed", "model": "azureml:credit:3"}}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "apiVersion": "2024-10-01", "name": "ml/scoring/blue",
            "properties": {"endpointComputeType": "Managed", "model": "azureml:credit:3",
            "dataCollector": {"collections": {"model_inputs": {"dataCollectionMode": "Enabled"}}}}},
            {"type": "Microsoft.MachineLearningServices/workspaces/schedules",
            "apiVersion": "2024-10-01", "name": "ml/monitor",
            "properties": {"action": {"actionType": "CreateMonitor",
            "monitorDefinition": {"monitoringTarget": {"taskType": "Classification",
            "deploymentId": "azureml:scoring:blue"}}}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const NOTHING_COLLECTED: Condition = All(&[
    property(
        "properties.appInsightsEnabled",
        IsNot(&["true"]),
        Means("false"),
    ),
    property("properties.dataCollector.collections", Empty, AbsentHolds),
]);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    ruling.judge(
        "no-monitor",
        "no monitor watches it for drift",
        is_unmonitored(scene),
    );
    ruling.judge(
        "not-collected",
        "what it is asked is not collected",
        NOTHING_COLLECTED.ask(scene),
    );
}

fn is_unmonitored(scene: &Scene<'_>) -> Answer {
    let inventory = scene.context.inventory;
    let mut names = scene.resource.name.rsplit('/');
    let deployment = names.next().unwrap_or("").to_ascii_lowercase();
    let endpoint = names.next().unwrap_or("").to_ascii_lowercase();
    let mut doubts = Vec::new();
    for (_, schedule) in inventory.of_type("Microsoft.MachineLearningServices/workspaces/schedules")
    {
        let action = schedule.properties().at("action");
        if let Some(unknown) = action.value().and_then(|value| value.as_unknown()) {
            doubts.push(Doubt::of(unknown, action.span(), "action"));
            continue;
        }
        let kind = action.at("actionType").text();
        let target = action
            .path("monitorDefinition.monitoringTarget.deploymentId")
            .symbol();
        let names_it = target.stated().is_some_and(|target| {
            let target = target.to_ascii_lowercase();
            target.contains(&deployment) && target.contains(&endpoint)
        });
        if kind.is("CreateMonitor") == Some(true) && names_it {
            return Answer::No;
        }
    }
    if doubts.is_empty() {
        let says = "no schedule in the inputs monitors it";
        Answer::yes(Evidence::default(scene.resource.span, says))
    } else {
        Answer::Open(doubts)
    }
}
