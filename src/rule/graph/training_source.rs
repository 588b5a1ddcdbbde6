//! Training identities that may change what they train on.

use crate::evidence::Evidence;
use crate::network::identity::{Assignment, Scope};
use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::role::{CONTRIBUTOR, OWNER, name_of};
use crate::rule::rights::{covers, unless_doubtful};

/// SL-GOV-009.
pub(in crate::rule) static TRAINING_CAN_REWRITE_ITS_SOURCE: Rule = Rule {
    id: "SL-GOV-009",
    name: "training-can-rewrite-its-source",
    title: "Fine-tuned or training data identity can rewrite its own source",
    topic: Topic::ModelGovernance,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["DP-2", "PA-7"],
    references: "owasp-llm: LLM04; atlas: AML.T0020",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether the identity that trains may change the raw data that it trains on.",
        matters: "Training code that can write its own source can hide what it learned from, or \
            be made to poison the next run.",
        pass: "Training identities read raw data and write elsewhere.",
        fail: "An ML compute's identity holds a blob role that writes, over a container that is \
            named for raw or source data, or over the whole account of one.",
        unknown: "Whose identity it is, or the scope, is open.",
    },
    remedy: Remedy {
        text: "Give the identity the reader role on raw data, and the contributor role on the \
            output container only.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/ba92f5b4-2d11-453d-a403-e96b0029c9fe",
            "principalId": "[reference(resourceId('Microsoft.MachineLearningServices/workspaces/computes', 'ml', 'trainer'), '2024-10-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"},
            {"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "identity": {"type": "SystemAssigned"}, "properties": {"computeType": "AmlCompute",
            "properties": {}}}, {"type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-05-01", "name": "acct",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Storage/storageAccounts/blobServices/containers",
            "apiVersion": "2023-05-01", "name": "acct/default/raw", "properties": {}}]"#,
        passes: r#"[{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.MachineLearningServices/workspaces/computes', 'ml', 'trainer'), '2024-10-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"},
            {"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "identity": {"type": "SystemAssigned"}, "properties": {"computeType": "AmlCompute",
            "properties": {}}}, {"type": "Microsoft.Storage/storageAccounts",
            "apiVersion": "2023-05-01", "name": "acct",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Storage/storageAccounts/blobServices/containers",
            "apiVersion": "2023-05-01", "name": "acct/default/raw", "properties": {}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Roles that write blobs.
const WRITING: [&str; 4] = [
    "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
    "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
    OWNER,
    CONTRIBUTOR,
];
const TRAINING: &str = "Microsoft.MachineLearningServices/workspaces/computes";
const CONTAINER: &str = "Microsoft.Storage/storageAccounts/blobServices/containers";
/// Words by which containers for raw data are called.
const RAW: [&str; 7] = [
    "raw",
    "source",
    "landing",
    "ingest",
    "dataset",
    "training-data",
    "bronze",
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    for assignment in scene.context.rights.stated_by(scene.index) {
        if !WRITING.contains(&&*assignment.role_key) {
            continue;
        }
        let Some(source) = raw_source(scene, assignment) else {
            continue;
        };
        let says = format!(
            "{} lets training change its own source",
            name_of(&assignment.role_key)
        );
        let evidence: Vec<Evidence> = assignment
            .evidence
            .iter()
            .cloned()
            .chain([source])
            .collect();
        let answer =
            trains(scene, assignment).and(|| unless_doubtful(&assignment.doubts, evidence));
        ruling.judge("rewrites-source", says, answer);
    }
}

/// Whether whoever holds `assignment` is what a compute trains as.
fn trains(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let context = scene.context;
    let holder = &assignment.holder;
    let mut carriers = context.rights.carriers_of(&holder.principal).peekable();
    if carriers.peek().is_none() {
        let has_computes = context.inventory.of_type(TRAINING).next().is_some();
        return match &holder.may_be_ours {
            Some(doubt) if has_computes => Answer::open(doubt.clone()),
            _ => Answer::No,
        };
    }
    let is_training = carriers.any(|carrier| {
        let resource = context.inventory.get(carrier.resource);
        resource.is_some_and(|one| one.resource_type.is(TRAINING))
    });
    if is_training {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}

/// The container for raw data that `assignment` covers.
fn raw_source(scene: &Scene<'_>, assignment: &Assignment) -> Option<Evidence> {
    let is_raw = |name: &str| {
        let name = name.to_ascii_lowercase();
        RAW.iter().any(|word| name.contains(word))
    };
    if let Scope::PartOf(_, name) = &assignment.scope {
        let says = format!("it covers the container `{name}`");
        return is_raw(name).then(|| Evidence::stated(scene.resource.span, says));
    }
    let inventory = scene.context.inventory;
    let (_, container) = inventory.of_type(CONTAINER).find(|(index, container)| {
        is_raw(container.short_name())
            && !container.is_not_deployed()
            && covers(inventory, &assignment.scope, *index, container)
    })?;
    let says = format!("it covers `{}`", container.name);
    Some(Evidence::stated(container.span, says))
}
