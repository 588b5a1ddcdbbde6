//! Content policies that deployments name and nobody has made.

use crate::evidence::{Doubt, Evidence};
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::content_filter::find_policy;

/// SL-CS-010.
pub(in crate::rule) static DEPLOYMENT_POLICY_MISSING: Rule = Rule {
    id: "SL-CS-010",
    name: "deployment-policy-missing",
    title: "Deployment points to a content policy that is not there",
    topic: Topic::ContentSafety,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/deployments"],
    controls: &["AI-2"],
    references: "",
    safeguard: None,
    page: Page {
        checks: "Whether the content policy that a deployment names is there.",
        matters: "A deployment that names a policy that nobody has made fails, or falls back to a \
            default without anyone noticing.",
        pass: "The policy is one of the system's, or a content policy of the account in the \
            inputs.",
        fail: "`raiPolicyName` names neither.",
        unknown: "The account is not in the inputs, or the name is a parameter.",
    },
    remedy: Remedy {
        text: "Add the policy to the template, or name one that is there.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o",
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}, "raiPolicyName": "guarded"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}}]"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o",
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}, "raiPolicyName": "guarded"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}},
            {"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"basePolicyName": "Microsoft.DefaultV2", "contentFilters": []}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let name = scene.properties().at("raiPolicyName").text();
    if let Some(unknown) = name.unknown() {
        let doubt = Doubt::of(unknown, name.span(), "raiPolicyName");
        ruling.judge(
            "missing",
            "its content policy is not there",
            Answer::open(doubt),
        );
        return;
    }
    let Some(stated) = name.stated() else { return };
    let is_system = stated.to_ascii_lowercase().starts_with("microsoft.");
    if is_system || find_policy(scene, stated).is_some() {
        return;
    }
    let has_account = scene
        .ancestor("Microsoft.CognitiveServices/accounts")
        .is_some();
    let answer = if has_account {
        Answer::yes(Evidence::stated(
            name.span(),
            format!("raiPolicyName is {stated}"),
        ))
    } else {
        Answer::open(Doubt::outside(
            "account-outside",
            format!("{}|raiPolicyName", scene.resource.id),
            format!(
                "the account of `{}` is not in the inputs",
                scene.resource.name
            ),
            format!("the template of the account of `{}`", scene.resource.name),
            name.span(),
        ))
    };
    ruling.judge("missing", "its content policy is not there", answer);
}
