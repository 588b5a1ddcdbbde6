//! One identity on both sides of the fence.

use crate::evidence::Evidence;
use crate::network::identity::Principal;
use crate::rule::Ruling;
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;

/// SL-IAM-005.
pub(in crate::rule) static IDENTITY_SPANS_ZONES: Rule = Rule {
    id: "SL-IAM-005",
    name: "identity-spans-zones",
    title: "One user-assigned identity spans trust zones",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.ManagedIdentity/userAssignedIdentities"],
    controls: &["IM-3", "NS-1"],
    references: "atlas: AML.T0012",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether one user-assigned identity is carried by a host that the internet \
            reaches and by one that it does not.",
        matters: "Whoever gets into the public host is then also the private one, with all its \
            rights, wherever they are used.",
        pass: "Each identity stands on one side only.",
        fail: "The identity is carried by a host that anyone on the internet reaches and by \
            another that nobody does.",
        unknown: "Whether one of its hosts is reached is open.",
    },
    remedy: Remedy {
        text: "Make an identity for each zone, each with the rights that its zone needs.",
        edits: &[],
        cli: "az webapp identity remove --name <app> --resource-group <group> --identities \
            <identity id>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.ManagedIdentity/userAssignedIdentities",
            "apiVersion": "2023-01-31", "name": "shared", "location": "westeurope"},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "UserAssigned",
            "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'shared')]": {}}},
            "properties": {"siteConfig": {}}},
            {"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "identity": {"type": "UserAssigned",
            "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'shared')]": {}}},
            "properties": {"computeType": "AmlCompute",
            "properties": {"remoteLoginPortPublicAccess": "Disabled"}}}]"#,
        passes: r#"[{"type": "Microsoft.ManagedIdentity/userAssignedIdentities",
            "apiVersion": "2023-01-31", "name": "shared", "location": "westeurope"},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}},
            {"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "identity": {"type": "UserAssigned",
            "userAssignedIdentities": {"[resourceId('Microsoft.ManagedIdentity/userAssignedIdentities', 'shared')]": {}}},
            "properties": {"computeType": "AmlCompute",
            "properties": {"remoteLoginPortPublicAccess": "Disabled"}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    let carriers: Vec<_> = context
        .rights
        .carriers_of(&Principal::Of(scene.index))
        .filter(|carrier| carrier.code.may_run())
        .map(|carrier| {
            (
                carrier.resource,
                internet_reaches(context, carrier.resource),
            )
        })
        .collect();
    let exposed = Answer::any(carriers.iter().map(|(_, reached)| reached.clone()));
    let private = carriers.iter().find(|(_, reached)| reached.is_no());
    let both = match private.and_then(|(index, _)| context.inventory.get(*index)) {
        Some(host) => {
            let says = format!(
                "`{}`, which the internet does not reach, acts as it too",
                host.name
            );
            exposed.and(|| Answer::yes(Evidence::stated(host.span, says)))
        }
        None => Answer::No,
    };
    ruling.judge(
        "spans",
        "a host on the internet and a private one act as it",
        both,
    );
}
