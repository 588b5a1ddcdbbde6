//! Agents that may write without a person in between.

use crate::evidence::Doubt;
use crate::network::identity::Assignment;
use crate::resource::ResourceIndex;
use crate::rule::Ruling;
use crate::rule::callers::calls;
use crate::rule::prelude::*;
use crate::rule::property::role::{CONTRIBUTOR, OWNER, name_of};
use crate::rule::rights::unless_doubtful;

/// SL-CS-013.
pub(in crate::rule) static AGENT_MAY_WRITE_UNATTENDED: Rule = Rule {
    id: "SL-CS-013",
    name: "agent-may-write-unattended",
    title: "Agent tools can write without a person in between",
    topic: Topic::ContentSafety,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["AI-4", "AI-5"],
    references: "owasp-llm: LLM06; atlas: AML.T0053, AML.T0101, AML.M0026",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether the identity of a Foundry account, a project or an app that calls a \
            model may write or delete data.",
        matters: "What a model is talked into, its identity does. With a write role, a sentence \
            in a document can delete or change data, and nobody pressed a key.",
        pass: "Such identities hold roles that read.",
        fail: "One holds Contributor, Owner, or a data role that writes storage, tables, queues, \
            indexes or secrets.",
        unknown: "Whose identity it is, the role, or a condition of the assignment is open.",
    },
    remedy: Remedy {
        text: "Give agents read roles, and let a person approve what writes.",
        edits: &[],
        cli: "az role assignment delete --assignee <principal> --role 'Storage Blob Data \
            Contributor' --scope <scope>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "principalId": "[reference(resourceId('Microsoft.CognitiveServices/accounts', 'ai'), '2025-06-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "AIServices", "properties": {"disableLocalAuth": false},
            "identity": {"type": "SystemAssigned"}}]"#,
        passes: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.CognitiveServices/accounts', 'ai'), '2025-06-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "AIServices", "properties": {"disableLocalAuth": false},
            "identity": {"type": "SystemAssigned"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Roles that write or delete data: Owner, Contributor, then data roles on blobs, files, queues,
/// tables, search indexes, secrets and messages.
const WRITING: [&str; 11] = [
    OWNER,
    CONTRIBUTOR,
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    "69566ab7-960f-475b-8e7c-b3118f30c6bd",
    "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
    "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
    "8ebe5a00-799e-43f5-93ac-243d3dce84a7",
    "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
    "00482a5a-887f-4fb3-b363-3b7fe8e74483",
    "f526a384-b230-433a-b45c-95f59c4a2dec",
];

/// Types whose identity a model's output moves.
const AGENTS: [&str; 2] = [
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.CognitiveServices/accounts/projects",
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    for assignment in scene.context.rights.stated_by(scene.index) {
        if !WRITING.contains(&&*assignment.role_key) {
            continue;
        }
        let says = format!(
            "{} goes to an identity that a model moves",
            name_of(&assignment.role_key)
        );
        let evidence = assignment.evidence.clone();
        let answer =
            is_agent(scene, assignment).and(|| unless_doubtful(&assignment.doubts, evidence));
        ruling.judge("writes", says, answer);
    }
}

/// Whether whoever holds `assignment` does what a model says.
fn is_agent(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let holder = &assignment.holder;
    let mut carriers = scene
        .context
        .rights
        .carriers_of(&holder.principal)
        .peekable();
    if carriers.peek().is_none() {
        let has_agents = AGENTS
            .iter()
            .any(|kind| scene.context.inventory.of_type(kind).next().is_some());
        return match &holder.may_be_ours {
            Some(doubt) if has_agents => Answer::open(Doubt::clone(doubt)),
            _ => Answer::No,
        };
    }
    Answer::any(carriers.map(|carrier| moves(scene, carrier.resource)))
}

/// Whether `carrier` is an account or project, or an app that calls a model.
fn moves(scene: &Scene<'_>, carrier: ResourceIndex) -> Answer {
    let inventory = scene.context.inventory;
    let Some(resource) = inventory.get(carrier) else {
        return Answer::No;
    };
    if AGENTS.iter().any(|kind| resource.resource_type.is(kind)) {
        return Answer::Yes(Vec::new());
    }
    let models = inventory.of_type("Microsoft.CognitiveServices/accounts");
    Answer::any(models.map(|(model, _)| calls(scene.context, carrier, model)))
}
