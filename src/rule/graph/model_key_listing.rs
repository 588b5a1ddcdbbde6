//! Workloads that may read the keys of the models they call.

use crate::evidence::{Doubt, Evidence};
use crate::network::identity::{Assignment, Power};
use crate::resource::ResourceIndex;
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::rights::gives;

/// SL-AOAI-023.
pub(in crate::rule) static WORKLOAD_CAN_LIST_MODEL_KEYS: Rule = Rule {
    id: "SL-AOAI-023",
    name: "workload-can-list-model-keys",
    title: "A workload identity can list account keys",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-7", "IM-3"],
    references: "atlas: AML.T0055",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether an app or compute holds a role with which it can read an AI account's \
            keys.",
        matters: "A workload needs to call a model, not to administer it. With Contributor, \
            whoever takes over the app takes the keys along and uses them from elsewhere.",
        pass: "Workload identities hold roles that call models only, such as Cognitive Services \
            OpenAI User, or the account's keys are off.",
        fail: "An identity of the estate holds a role over an AI account that lists its keys, and \
            the keys are accepted.",
        unknown: "Whose identity it is, the role, or a condition of the assignment is open.",
    },
    remedy: Remedy {
        text: "Give the workload Cognitive Services OpenAI User on the account, and take the \
            wider role away.",
        edits: &[],
        cli: "az role assignment create --assignee <principal> --role 'Cognitive Services OpenAI \
            User' --scope <account id>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "principalId": "[reference(resourceId('Microsoft.Web/sites', 'chat'), '2023-12-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}]"#,
        passes: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
            "principalId": "[reference(resourceId('Microsoft.Web/sites', 'chat'), '2023-12-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"disableLocalAuth": false}},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const ACCOUNT: &str = "Microsoft.CognitiveServices/accounts";
const KEYS_WORK: Condition = property(
    "properties.disableLocalAuth",
    IsNot(&["true"]),
    Means("false"),
);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    for assignment in context.rights.stated_by(scene.index) {
        for (index, account) in context.inventory.of_type(ACCOUNT) {
            let lists = gives(context.inventory, assignment, index, &[Power::ListKeys]);
            if lists.is_no() {
                continue;
            }
            let keys = KEYS_WORK.ask(&Scene::new(context, index, account));
            let says = format!(
                "a workload identity may read the keys of `{}`",
                account.name
            );
            let answer = is_workload(scene, assignment).and(|| lists).and(|| keys);
            ruling.judge(account.short_name(), says, answer);
        }
    }
}

/// Whether whoever holds `assignment` is an identity that code of the estate acts as.
fn is_workload(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let holder = &assignment.holder;
    let mut carriers = scene.context.rights.carriers_of(&holder.principal);
    if let Some(carrier) = carriers.next() {
        return Answer::yes(runs_as(scene, carrier.resource));
    }
    match &holder.may_be_ours {
        Some(doubt) if !scene.context.rights.carriers().is_empty() => {
            Answer::open(Doubt::clone(doubt))
        }
        _ => Answer::No,
    }
}

fn runs_as(scene: &Scene<'_>, carrier: ResourceIndex) -> Evidence {
    let found = scene.context.inventory.get(carrier);
    let (span, name) = found.map_or((scene.resource.span, ""), |one| (one.span, &*one.name));
    Evidence::stated(span, format!("`{name}` acts as it"))
}
