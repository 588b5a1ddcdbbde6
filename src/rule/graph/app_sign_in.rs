//! Apps that answer anyone without sign-in.

use crate::rule::Ruling;
use crate::rule::Severity;
use crate::rule::callers::calls;
use crate::rule::exposed::anyone_enters;
use crate::rule::prelude::*;

/// SL-APP-001.
pub(in crate::rule) static APP_PUBLIC_WITHOUT_SIGN_IN: Rule = Rule {
    id: "SL-APP-001",
    name: "app-public-without-sign-in",
    title: "App that calls a model is public with no sign-in",
    topic: Topic::AppHosting,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Web/sites",
        "Microsoft.Web/sites/slots",
        "Microsoft.App/containerApps",
    ],
    controls: &["IM-4", "NS-2"],
    references: "azure-policy: 1b5ef780-c53c-4a64-87f3-bb9c8c8094ba, \
        95bccee9-a7f8-4bec-9ee9-62c3473701fc, 2b585559-a78e-4cc4-b1aa-fb169d2f6b96; checkov: \
        CKV_AZURE_222, CKV_AZURE_13, CKV_AZURE_56; kics: 83130a07-235b-4a80-918b-a370e53f0bd9; \
        owasp-llm: LLM10; atlas: AML.T0093; cis: 9.2",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an app answers anyone on the internet without sign-in.",
        matters: "An open chat page is a free model for the world: whoever finds it spends your \
            quota, and tries what your assistant will give away.",
        pass: "The app has an access restriction or no public side, or asks callers to sign in.",
        fail: "Anyone on the internet reaches the app and it asks for nothing. It counts as \
            critical where its identity or a setting leads to a model in the inputs.",
        unknown: "Whether it is reached, or what it asks for, is open, as it is for function \
            apps, whose triggers decide.",
    },
    remedy: Remedy {
        text: "Turn on authentication, or put the app behind a private endpoint and a gateway.",
        edits: &[],
        cli: "az webapp auth update --name <app> --resource-group <group> --enabled true \
            --unauthenticated-client-action Return401",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}]"#,
        passes: r#"[{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}, {"type": "Microsoft.Web/sites/config",
            "apiVersion": "2023-12-01", "name": "chat/authsettingsV2",
            "properties": {"platform": {"enabled": true},
            "globalValidation": {"requireAuthentication": true,
            "unauthenticatedClientAction": "Return401"},
            "identityProviders": {"azureActiveDirectory": {"enabled": true,
            "registration": {"clientId": "11111111-1111-1111-1111-111111111111"}}}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const MODELS: [&str; 2] = [
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let open = anyone_enters(scene.context, scene.index);
    if open.is_no() {
        return;
    }
    let models = MODELS
        .iter()
        .flat_map(|kind| scene.context.inventory.of_type(kind));
    let leads = Answer::any(models.map(|(model, _)| calls(scene.context, scene.index, model)));
    match leads {
        Answer::Yes(evidence) => ruling.judge_at(
            "open-before-model",
            "anyone enters it without sign-in, and it leads to a model",
            Some(Severity::Critical),
            open.and(|| Answer::Yes(evidence)),
        ),
        _ => ruling.judge("open", "anyone enters it without sign-in", open),
    }
}
