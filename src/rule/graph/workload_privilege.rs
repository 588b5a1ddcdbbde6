//! Workload identities with roles that administer.

use crate::evidence::Doubt;
use crate::network::identity::Assignment;
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::role::{
    CONTRIBUTOR, OWNER, RBAC_ADMINISTRATOR, USER_ACCESS_ADMINISTRATOR,
};

/// SL-IAM-002.
pub(in crate::rule) static WORKLOAD_IDENTITY_PRIVILEGED: Rule = Rule {
    id: "SL-IAM-002",
    name: "workload-identity-privileged",
    title: "Workload identity holds a privileged role",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-7", "IM-3"],
    references: "atlas: AML.T0012; owasp-llm: LLM06",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether an identity that a workload of the estate acts as holds a role that \
            administers, or owns data.",
        matters: "Code with a bug has the rights of its identity. With Owner, the bug is the \
            subscription's.",
        pass: "Workload identities hold roles that do one thing on one resource.",
        fail: "An identity of the estate holds Owner, Contributor, User Access Administrator, \
            Role Based Access Control Administrator, or a role whose name ends in Data Owner.",
        unknown: "Whose identity it is, or the role, is open.",
    },
    remedy: Remedy {
        text: "Give the identity the data role that it needs, on the resource that it needs it on.",
        edits: &[],
        cli: "az role assignment delete --assignee <principal> --role Contributor --scope <scope>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/b24988ac-6180-42a0-ab88-20f7382dd24c",
            "principalId": "[reference(resourceId('Microsoft.Web/sites', 'chat'), '2023-12-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}}, {"type": "Microsoft.Web/sites",
            "apiVersion": "2023-12-01", "name": "chat", "kind": "app",
            "identity": {"type": "SystemAssigned"}, "properties": {"siteConfig": {}}}]"#,
        passes: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.Web/sites', 'chat'), '2023-12-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"}}, {"type": "Microsoft.Web/sites",
            "apiVersion": "2023-12-01", "name": "chat", "kind": "app",
            "identity": {"type": "SystemAssigned"}, "properties": {"siteConfig": {}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const PRIVILEGED: [&str; 4] = [
    OWNER,
    CONTRIBUTOR,
    USER_ACCESS_ADMINISTRATOR,
    RBAC_ADMINISTRATOR,
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    for assignment in scene.context.rights.stated_by(scene.index) {
        let role = &assignment.role;
        let privileged = PRIVILEGED.contains(&&*assignment.role_key)
            || role.name.to_ascii_lowercase().ends_with("data owner");
        if !privileged && role.open.is_none() {
            continue;
        }
        let answer = is_workload(scene, assignment).and(|| match &role.open {
            Some(doubt) => Answer::open(doubt.clone()),
            None => Answer::Yes(assignment.evidence.clone()),
        });
        ruling.judge(
            "privileged",
            format!("a workload identity holds {}", role.name),
            answer,
        );
    }
}

/// Whether whoever holds `assignment` is an identity of the estate.
pub(in crate::rule) fn is_workload(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let holder = &assignment.holder;
    let rights = &scene.context.rights;
    if rights.carriers_of(&holder.principal).next().is_some() {
        return Answer::Yes(Vec::new());
    }
    match &holder.may_be_ours {
        Some(doubt) if !rights.carriers().is_empty() => Answer::open(Doubt::clone(doubt)),
        _ => Answer::No,
    }
}
