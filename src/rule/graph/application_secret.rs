//! Roles of application registrations.

use crate::evidence::{Doubt, Evidence};
use crate::input::Mode;
use crate::network::identity::{Assignment, Principal};
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-IAM-016.
pub(in crate::rule) static APPLICATION_SECRET_INSTEAD_OF_IDENTITY: Rule = Rule {
    id: "SL-IAM-016",
    name: "application-secret-instead-of-identity",
    title: "Role given to an application secret instead of a managed identity",
    topic: Topic::Identity,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["IM-1", "IM-3"],
    references: "nist: IA-5",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether a role goes to an application registration, which signs in with a \
            secret, instead of a managed identity.",
        matters: "A secret is copied, stored and forgotten; an identity has none.",
        pass: "The principal is a managed identity of the estate, a group or a person.",
        fail: "`principalType` is `ServicePrincipal` and a template that is deployed names an \
            object identifier that is no identity of the estate.",
        unknown: "The principal is a parameter, a run-time value of another group, or an export \
            names it, so that it can be an identity of another group.",
    },
    remedy: Remedy {
        text: "Use a managed identity, or a federated credential for what runs elsewhere.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "33333333-3333-3333-3333-333333333333",
            "principalType": "ServicePrincipal"}}]"#,
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

const IS_SERVICE: Condition = property("properties.principalType", Is(&["ServicePrincipal"]), Not);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let service = IS_SERVICE.ask(scene);
    // Several statements of one assignment differ by role only.
    let Some(assignment) = scene.context.rights.stated_by(scene.index).next() else {
        return;
    };
    let answer = service.and(|| is_application(scene, assignment));
    ruling.judge(
        "application",
        "the role goes to an application that signs in with a secret",
        answer,
    );
}

fn is_application(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let Principal::Outside(_) = assignment.holder.principal else {
        return Answer::No;
    };
    let id = scene.properties().at("principalId").text();
    if let (Some(stated), Mode::Deployment) = (id.stated(), scene.resource.mode) {
        let says = format!("principalId is {stated}, which is no identity of the estate");
        return Answer::yes(Evidence::stated(id.span(), says));
    }
    Answer::open(match (&assignment.holder.may_be_ours, id.unknown()) {
        (_, Some(unknown)) => Doubt::of(unknown, id.span(), "is an application"),
        (Some(doubt), None) => doubt.clone(),
        (None, None) => Doubt::outside(
            "principal-outside",
            format!("{}|principalId", scene.resource.id),
            "the principal can be an identity of another group",
            "what kind of principal it is",
            id.span(),
        ),
    })
}
