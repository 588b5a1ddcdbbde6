//! The shield against instructions hidden in documents.

use crate::evidence::Evidence;
use crate::rule::prelude::*;
use crate::rule::property::content_filter::{is_custom_policy, lacks_filter};
use crate::rule::{Ruling, Severity};

/// SL-CS-003.
pub(in crate::rule) static DOCUMENT_ATTACK_SHIELD_MISSING: Rule = Rule {
    id: "SL-CS-003",
    name: "document-attack-shield-missing",
    title: "Indirect-attack shield missing on a policy that grounds on documents",
    topic: Topic::ContentSafety,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/raiPolicies"],
    controls: &["AI-2"],
    references: "azure-policy: f3a9c2e0-7b4d-4d8f-9c3a-2e1f6b9a8d4e; owasp-llm: LLM01; atlas: \
        AML.T0051.001, AML.T0070",
    safeguard: None,
    page: Page {
        checks: "Whether a content policy of your own blocks instructions that are hidden in \
            documents.",
        matters: "A model that reads documents obeys them, too: one sentence in white on white in \
            a grounded file tells the assistant to send what it knows elsewhere. No default \
            policy looks for that.",
        pass: "`contentFilters` has `Indirect Attack` on prompts, enabled and blocking. System \
            policies are left out.",
        fail: "The filter is not there, is not enabled, or only annotates. It counts as medium \
            where nothing in the inputs grounds the account's models.",
        unknown: "The filters, or a switch of this one, are a parameter.",
    },
    remedy: Remedy {
        text: "Add the filter `Indirect Attack` for prompts, enabled and blocking.",
        edits: &[],
        cli: "az rest --method put --url <policy id>?api-version=2025-06-01 --body @policy.json  \
            # with the Indirect Attack filter blocking",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"basePolicyName": "Microsoft.DefaultV2",
            "contentFilters": [{"name": "Jailbreak", "source": "Prompt", "enabled": true,
            "blocking": true}]}}, {"type": "Microsoft.CognitiveServices/accounts/connections",
            "apiVersion": "2025-06-01", "name": "ai/search",
            "properties": {"category": "CognitiveSearch",
            "target": "https://search.search.windows.net", "authType": "AAD"}}]"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"basePolicyName": "Microsoft.DefaultV2",
            "contentFilters": [{"name": "Jailbreak", "source": "Prompt", "enabled": true,
            "blocking": true}, {"name": "Indirect Attack", "source": "Prompt", "enabled": true,
            "blocking": true}]}}, {"type": "Microsoft.CognitiveServices/accounts/connections",
            "apiVersion": "2025-06-01", "name": "ai/search",
            "properties": {"category": "CognitiveSearch",
            "target": "https://search.search.windows.net", "authType": "AAD"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    if is_custom_policy(scene).is_no() {
        ruling.skip();
        return;
    }
    let lacks = lacks_filter(scene, "indirectattack", "Prompt", true);
    let says = "nothing in it blocks instructions hidden in documents";
    match grounding(scene) {
        Some(evidence) => {
            ruling.judge(
                "no-shield-grounded",
                says,
                lacks.and(|| Answer::yes(evidence)),
            );
        }
        None => ruling.judge_at("no-shield", says, Some(Severity::Medium), lacks),
    }
}

/// What grounds the models of the account: a connection of it or its projects, storage of its own,
/// or a search service in the estate.
pub(in crate::rule) fn grounding(scene: &Scene<'_>) -> Option<Evidence> {
    let inventory = scene.context.inventory;
    let says = |name: &str| format!("`{name}` grounds its models");
    let own = scene.ancestor("Microsoft.CognitiveServices/accounts");
    let within = |id: &str| own.is_some_and(|(_, account)| id.starts_with(&**account.id.key()));
    for kind in [
        "Microsoft.CognitiveServices/accounts/connections",
        "Microsoft.CognitiveServices/accounts/projects/connections",
    ] {
        // Where the account itself is elsewhere, its connections stand beside its policies.
        let mut connections = inventory
            .of_type(kind)
            .filter(|(_, one)| !one.is_not_deployed());
        let parent = scene.resource.id.parent();
        let found = connections.find(|(_, one)| {
            within(one.id.key())
                || parent
                    .as_ref()
                    .is_some_and(|id| one.id.key().starts_with(&**id.key()))
        });
        if let Some((_, connection)) = found {
            return Some(Evidence::stated(connection.span, says(&connection.name)));
        }
    }
    if let Some((_, account)) = own {
        let storage = account.properties().at("userOwnedStorage");
        if !storage.items().is_empty() {
            return Some(Evidence::stated(
                storage.span(),
                "storage of its own grounds its models",
            ));
        }
    }
    let mut searches = inventory.of_type("Microsoft.Search/searchServices");
    let (_, search) = searches.find(|(_, one)| !one.is_not_deployed())?;
    Some(Evidence::stated(search.span, says(&search.name)))
}
