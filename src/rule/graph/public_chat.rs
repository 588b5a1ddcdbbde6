//! Public chat before a model that nothing shields.

use super::document_attack_shield::grounding;
use crate::rule::Ruling;
use crate::rule::callers::public_front_calls;
use crate::rule::prelude::*;
use crate::rule::property::content_filter::{find_policy, lacks_filter};

/// SL-CS-012.
pub(in crate::rule) static PUBLIC_CHAT_WITHOUT_SHIELD: Rule = Rule {
    id: "SL-CS-012",
    name: "public-chat-without-shield",
    title: "Public chat reaches a model with no injection shield",
    topic: Topic::ContentSafety,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/deployments"],
    controls: &["AI-2", "NS-2"],
    references: "owasp-llm: LLM01; atlas: AML.T0093",
    safeguard: None,
    page: Page {
        checks: "Whether people on the internet can talk, through an app, a gateway or a bot, to \
            a model that nothing shields from injected instructions.",
        matters: "This is the whole path of an attack: anyone may write, the model obeys, and \
            what it can reach is theirs.",
        pass: "Nothing on the internet leads to the deployment, or its policy blocks jailbreaks \
            and, where it is grounded on documents, attacks in them.",
        fail: "An app or gateway that the internet reaches calls the account, and the \
            deployment's policy lacks the jailbreak shield, or is grounded and lacks the shield \
            against attacks in documents.",
        unknown: "Whether the front is reached, who calls the account, or the policy is open.",
    },
    remedy: Remedy {
        text: "Name a policy with both shields, and put sign-in before the front.",
        edits: &[],
        cli: "az rest --method put --url <policy id>?api-version=2025-06-01 --body @policy.json  \
            # with Jailbreak and Indirect Attack blocking",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/m",
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o"},
            "raiPolicyName": "open"}}, {"type": "Microsoft.CognitiveServices/accounts",
            "apiVersion": "2025-06-01", "name": "ai", "kind": "OpenAI",
            "properties": {"customSubDomainName": "ai"}},
            {"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/open",
            "properties": {"contentFilters": [{"name": "Hate", "source": "Prompt",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Sexual", "source": "Prompt", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Violence", "source": "Prompt",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Selfharm", "source": "Prompt", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Hate", "source": "Completion",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Sexual", "source": "Completion", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Violence", "source": "Completion",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Selfharm", "source": "Completion", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}]}}, {"type": "Microsoft.Web/sites",
            "apiVersion": "2023-12-01", "name": "chat", "kind": "app",
            "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {"appSettings": [{"name": "OPENAI_ENDPOINT",
            "value": "https://ai.openai.azure.com"}]}}}]"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/m",
            "properties": {"model": {"format": "OpenAI", "name": "gpt-4o"},
            "raiPolicyName": "guarded"}}, {"type": "Microsoft.CognitiveServices/accounts",
            "apiVersion": "2025-06-01", "name": "ai", "kind": "OpenAI",
            "properties": {"customSubDomainName": "ai"}},
            {"type": "Microsoft.CognitiveServices/accounts/raiPolicies",
            "apiVersion": "2025-06-01", "name": "ai/guarded",
            "properties": {"contentFilters": [{"name": "Hate", "source": "Prompt",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Sexual", "source": "Prompt", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Violence", "source": "Prompt",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Selfharm", "source": "Prompt", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Hate", "source": "Completion",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Sexual", "source": "Completion", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Violence", "source": "Completion",
            "enabled": true, "blocking": true, "severityThreshold": "Medium"},
            {"name": "Selfharm", "source": "Completion", "enabled": true, "blocking": true,
            "severityThreshold": "Medium"}, {"name": "Jailbreak", "source": "Prompt",
            "enabled": true, "blocking": true}, {"name": "Indirect Attack", "source": "Prompt",
            "enabled": true, "blocking": true}]}}, {"type": "Microsoft.Web/sites",
            "apiVersion": "2023-12-01", "name": "chat", "kind": "app",
            "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {"appSettings": [{"name": "OPENAI_ENDPOINT",
            "value": "https://ai.openai.azure.com"}]}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let account = scene.ancestor("Microsoft.CognitiveServices/accounts");
    let Some((account, _)) = account else {
        ruling.skip();
        return;
    };
    let lacking = lacks_shield(scene);
    let answer = if lacking.is_no() {
        lacking
    } else {
        public_front_calls(scene.context, account).and(|| lacking)
    };
    ruling.judge(
        "unshielded",
        "people on the internet talk to it, and nothing blocks injected instructions",
        answer,
    );
}

/// Whether the deployment's policy lacks the jailbreak shield, or, where its models are grounded,
/// the one against attacks in documents, which no default policy has.
fn lacks_shield(scene: &Scene<'_>) -> Answer {
    let grounded = grounding(scene);
    let name = scene.properties().at("raiPolicyName").text();
    let policy = name.stated().and_then(|name| find_policy(scene, name));
    match (policy, name.unknown()) {
        (Some(policy), _) => {
            let at = scene.context.inventory.find(&policy.id, policy.file);
            let Some(index) = at else { return Answer::No };
            let policy = Scene::new(scene.context, index, policy);
            lacks_filter(&policy, "jailbreak", "Prompt", true).or(|| match grounded {
                Some(_) => lacks_filter(&policy, "indirectattack", "Prompt", true),
                None => Answer::No,
            })
        }
        (None, Some(unknown)) => Answer::open(crate::evidence::Doubt::of(
            unknown,
            name.span(),
            "raiPolicyName",
        )),
        (None, None) => match grounded {
            Some(evidence) => Answer::yes(evidence),
            None => Answer::No,
        },
    }
}
