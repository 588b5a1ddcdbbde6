//! Who may write to an ML workspace.

use crate::evidence::Evidence;
use crate::network::identity::Assignment;
use crate::resource::{Resource, ResourceIndex};
use crate::rule::prelude::*;
use crate::rule::property::role::{CONTRIBUTOR, OWNER, name_of};
use crate::rule::rights::covers;
use crate::rule::{Context, Ruling};
use std::collections::{BTreeMap, BTreeSet};

/// SL-AML-032.
pub(in crate::rule) static WORKSPACE_WRITERS_TOO_MANY: Rule = Rule {
    id: "SL-AML-032",
    name: "workspace-writers-too-many",
    title: "Too many people hold write rights on the workspace",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-1", "PA-7"],
    references: "psrule: Azure.RBAC.UseGroups (AZR-000203); atlas: AML.T0012",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Who may write to an ML workspace: whether people hold Owner, Contributor or \
            AzureML Data Scientist directly, and whether more hold one than is laid down.",
        matters: "Each of these rights runs code as the workspace's computes. The more who have \
            one, the less anyone notices a stolen sign-in.",
        pass: "Such rights go to groups and identities, and no more of them than the reviewer's \
            limit (three unless another is laid down).",
        fail: "One goes straight to a person, or more principals than the limit hold one over the \
            workspace.",
        unknown: "`principalType` of such an assignment is a parameter.",
    },
    remedy: Remedy {
        text: "Grant the roles to groups; use AzureML Compute Operator or a custom role where \
            that is enough.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml", "properties": {}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f6c7c914-8db3-469d-8ca1-694a8f32e121",
            "principalId": "33333333-3333-3333-3333-333333333333", "principalType": "User"}}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml", "properties": {}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/f6c7c914-8db3-469d-8ca1-694a8f32e121",
            "principalId": "33333333-3333-3333-3333-333333333333", "principalType": "Group"}}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

/// Roles that run code in a workspace: the last is that of data scientists.
const WRITING: [&str; 3] = [OWNER, CONTRIBUTOR, "f6c7c914-8db3-469d-8ca1-694a8f32e121"];

const IS_PERSON: Condition = property("properties.principalType", Is(&["User"]), Not);

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let mut persons: BTreeMap<ResourceIndex, Ruling> = BTreeMap::new();
    let mut workspaces = Vec::new();
    let kind = "Microsoft.MachineLearningServices/workspaces";
    for (index, workspace) in context.inventory.of_type(kind) {
        if workspace.is_not_deployed() {
            continue;
        }
        let writers = writers_of(context, index, workspace);
        for assignment in &writers {
            persons
                .entry(assignment.declared)
                .or_insert_with(|| judge_person(context, assignment));
        }
        workspaces.push(judge_number(context, index, &writers));
    }
    persons.into_values().chain(workspaces).collect()
}

/// The assignments of a role that writes and that cover the workspace.
fn writers_of<'a>(
    context: &'a Context<'_>,
    index: ResourceIndex,
    workspace: &Resource,
) -> Vec<&'a Assignment> {
    let assignments = context.rights.assignments().iter();
    assignments
        .filter(|assignment| WRITING.contains(&&*assignment.role_key))
        .filter(|assignment| covers(context.inventory, &assignment.scope, index, workspace))
        .collect()
}

fn judge_person(context: &Context<'_>, assignment: &Assignment) -> Ruling {
    let mut ruling = Ruling::about(assignment.declared);
    if let Some(resource) = context.inventory.get(assignment.declared) {
        let scene = Scene::new(context, assignment.declared, resource);
        let role = name_of(&assignment.role_key);
        let says = format!("{role} over a workspace goes straight to a person");
        ruling.judge("person", says, IS_PERSON.ask(&scene));
    }
    ruling
}

fn judge_number(context: &Context<'_>, index: ResourceIndex, writers: &[&Assignment]) -> Ruling {
    let mut ruling = Ruling::about(index);
    let holders: BTreeSet<_> = writers.iter().map(|one| &one.holder.principal).collect();
    let limit = context.settings.writer_limit;
    if holders.len() > limit {
        let says = format!(
            "{} principals may write to it, more than {limit}",
            holders.len()
        );
        let evidence: Vec<Evidence> = writers
            .iter()
            .filter_map(|one| one.evidence.first().cloned())
            .collect();
        ruling.judge("too-many", says, Answer::Yes(evidence));
    }
    ruling
}
