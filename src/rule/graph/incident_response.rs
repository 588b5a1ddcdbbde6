//! Sentinel without a response of its own.

use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Resource};
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-MON-014.
pub(in crate::rule) static NO_AUTOMATED_RESPONSE: Rule = Rule {
    id: "SL-MON-014",
    name: "no-automated-response",
    title: "Sentinel without an automated response for AI incidents",
    topic: Topic::Monitoring,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.SecurityInsights/automationRules",
        "Microsoft.Logic/workflows",
    ],
    controls: &["IR-4", "LT-4"],
    references: "nist: IR-4",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether Sentinel, where it is in the inputs, does something by itself when it \
            raises an incident.",
        matters: "A stolen key spends through the night. A rule that revokes it does not sleep.",
        pass: "An automation rule or a playbook is in the inputs. Estates without AI resources \
            are left out.",
        fail: "Sentinel is onboarded in the inputs, and no automation rule or playbook is.",
        unknown: "Sentinel itself is not in the inputs.",
    },
    remedy: Remedy {
        text: "Add an automation rule that isolates the resource or revokes the key.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}},
            {"type": "Microsoft.OperationalInsights/workspaces", "apiVersion": "2023-09-01",
            "name": "logs", "properties": {}},
            {"type": "Microsoft.SecurityInsights/onboardingStates", "apiVersion": "2024-03-01",
            "name": "default",
            "scope": "[resourceId('Microsoft.OperationalInsights/workspaces','logs')]",
            "properties": {}}]"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}},
            {"type": "Microsoft.OperationalInsights/workspaces", "apiVersion": "2023-09-01",
            "name": "logs", "properties": {}},
            {"type": "Microsoft.SecurityInsights/onboardingStates", "apiVersion": "2024-03-01",
            "name": "default",
            "scope": "[resourceId('Microsoft.OperationalInsights/workspaces','logs')]",
            "properties": {}}, {"type": "Microsoft.SecurityInsights/automationRules",
            "apiVersion": "2024-03-01", "name": "respond",
            "scope": "[resourceId('Microsoft.OperationalInsights/workspaces','logs')]",
            "properties": {}}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

const AI: [&str; 2] = [
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.MachineLearningServices/workspaces",
];
const SENTINEL: [&str; 2] = [
    "Microsoft.SecurityInsights/onboardingStates",
    "Microsoft.OperationsManagement/solutions",
];
const RESPONSES: [&str; 2] = [
    "Microsoft.SecurityInsights/automationRules",
    "Microsoft.Logic/workflows",
];

fn first<'a>(
    inventory: &'a Inventory,
    kinds: &[&str],
    fits: fn(&Resource) -> bool,
) -> Option<&'a Resource> {
    kinds
        .iter()
        .flat_map(|kind| inventory.of_type(kind))
        .map(|(_, resource)| resource)
        .find(|resource| !resource.is_not_deployed() && fits(resource))
}

fn is_sentinel(resource: &Resource) -> bool {
    !resource
        .resource_type
        .last_segment()
        .eq_ignore_ascii_case("solutions")
        || resource
            .name
            .to_ascii_lowercase()
            .starts_with("securityinsights")
}

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let inventory = context.inventory;
    let Some(model) = first(inventory, &AI, |_| true) else {
        return Vec::new();
    };
    let answer = match first(inventory, &SENTINEL, is_sentinel) {
        None => Answer::open(Doubt::outside(
            "sentinel-outside",
            "sentinel",
            "Sentinel is not in the inputs",
            "the template of the log workspace that Sentinel watches",
            model.span,
        )),
        Some(_) if first(inventory, &RESPONSES, |_| true).is_some() => Answer::No,
        Some(sentinel) => Answer::yes(Evidence::stated(
            sentinel.span,
            "Sentinel is onboarded, and no automation rule or playbook is in the inputs",
        )),
    };
    let mut ruling = Ruling::about_file(model.file);
    ruling.judge(
        "no-response",
        "nothing responds by itself to an incident of the AI workload",
        answer,
    );
    vec![ruling]
}
