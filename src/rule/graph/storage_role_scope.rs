//! Roles over whole accounts where a container would do.

use super::workload_privilege::is_workload;
use crate::network::identity::{Assignment, Code, Scope};
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::role::name_of;

/// SL-IAM-008.
pub(in crate::rule) static STORAGE_ROLE_OVER_WHOLE_ACCOUNT: Rule = Rule {
    id: "SL-IAM-008",
    name: "storage-role-over-whole-account",
    title: "Storage data role without an attribute condition or container scope",
    topic: Topic::Identity,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-7"],
    references: "atlas: AML.T0035",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether an app or model server may change every container of an account.",
        matters: "An inference identity needs the container of its model. With the account, it \
            also changes the training data and everyone else's models.",
        pass: "The role covers a container, or has a condition that narrows it.",
        fail: "Storage Blob Data Contributor or Owner over a whole account, without a condition, \
            goes to an identity of an app, endpoint or cluster.",
        unknown: "Whose identity it is, or whether the assignment has a condition, is open.",
    },
    remedy: Remedy {
        text: "Grant the role on the container, or add a condition on the container's name.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "principalId": "[reference(resourceId('Microsoft.Web/sites', 'chat'), '2023-12-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}, {"type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-05-01", "name": "acct",
            "properties": {"publicNetworkAccess": "Disabled"}}]"#,
        passes: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "principalId": "[reference(resourceId('Microsoft.Web/sites', 'chat'), '2023-12-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts/blobServices/containers', 'acct', 'default', 'models')]"},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}, {"type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-05-01", "name": "acct",
            "properties": {"publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Storage Blob Data Contributor and Owner.
const WRITING: [&str; 2] = [
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
];
const ACCOUNT: &str = "Microsoft.Storage/storageAccounts";
const NO_CONDITION: Condition = property("properties.condition", Nothing, AbsentHolds);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    for assignment in scene.context.rights.stated_by(scene.index) {
        if !WRITING.contains(&&*assignment.role_key) || !is_over_account(scene, assignment) {
            continue;
        }
        let says = format!(
            "{} over a whole account goes to what serves",
            name_of(&assignment.role_key)
        );
        let answer = serves(scene, assignment)
            .and(|| NO_CONDITION.ask(scene))
            .and(|| Answer::Yes(assignment.evidence.clone()));
        ruling.judge("whole-account", says, answer);
    }
}

fn is_over_account(scene: &Scene<'_>, assignment: &Assignment) -> bool {
    let Scope::Resource(index) = assignment.scope else {
        return false;
    };
    let resource = scene.context.inventory.get(index);
    resource.is_some_and(|resource| resource.resource_type.is(ACCOUNT))
}

/// Whether code that answers callers acts as whoever holds `assignment`.
fn serves(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let mut carriers = scene
        .context
        .rights
        .carriers_of(&assignment.holder.principal)
        .peekable();
    if carriers.peek().is_none() {
        return is_workload(scene, assignment);
    }
    if carriers.any(|carrier| carrier.code == Code::Answers) {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}
