//! Who may read the models of a workspace.

use crate::network::identity::Assignment;
use crate::resource::{Resource, ResourceIndex};
use crate::rule::prelude::*;
use crate::rule::property::role::name_of;
use crate::rule::rights::covers;
use crate::rule::{Context, Ruling};

/// SL-GOV-008.
pub(in crate::rule) static MODELS_READABLE_TOO_WIDELY: Rule = Rule {
    id: "SL-GOV-008",
    name: "models-readable-too-widely",
    title: "Model read access is wider than its users",
    topic: Topic::ModelGovernance,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-7", "DS-6"],
    references: "atlas: AML.T0044, AML.T0035",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Who may read a workspace's models: its storage, its registries and the images in \
            which they are served.",
        matters: "A model file is the model. Whoever may pull it may take it home.",
        pass: "Those roles go to what serves and trains, and to groups.",
        fail: "AzureML Registry User, Storage Blob Data Reader or AcrPull over a model store goes \
            to a person, or to an identity that neither serves nor trains.",
        unknown: "Whose identity it is, or the kind of principal, is open.",
    },
    remedy: Remedy {
        text: "Take the role from who does not serve models, and give people access by group.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "containerRegistry": "[resourceId('Microsoft.ContainerRegistry/registries','images')]"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "properties": {}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "33333333-3333-3333-3333-333333333333", "principalType": "User"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "containerRegistry": "[resourceId('Microsoft.ContainerRegistry/registries','images')]"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "properties": {}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "33333333-3333-3333-3333-333333333333", "principalType": "Group"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Roles that read models, their files or the images that serve them.
const READING: [&str; 3] = [
    "1823dd4f-9b8c-4ab6-ab4e-7397a3684615",
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "7f951dda-4ed3-4680-a7ca-43fe172d538d",
];

/// Types that train or serve models and so have to read them.
const SERVING: [&str; 8] = [
    "Microsoft.MachineLearningServices/workspaces",
    "Microsoft.MachineLearningServices/workspaces/computes",
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    "Microsoft.MachineLearningServices/workspaces/batchEndpoints",
    "Microsoft.MachineLearningServices/registries",
    "Microsoft.ContainerService/managedClusters",
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.CognitiveServices/accounts/projects",
];

const IS_PERSON: Condition = property("properties.principalType", Is(&["User"]), Not);
const KIND_IS_OPEN: Condition = property(
    "properties.principalType",
    Nothing,
    Open("principalType is absent"),
);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let mut asked = false;
    let stated = scene.context.rights.stated_by(scene.index);
    for assignment in stated.filter(|one| READING.contains(&&*one.role_key)) {
        let stores = model_stores(scene.context);
        let covers_store = stores.iter().any(|(index, store)| {
            covers(scene.context.inventory, &assignment.scope, *index, store)
        });
        if !covers_store {
            continue;
        }
        asked = true;
        let says = format!(
            "{} over a model store goes to who does not serve models",
            name_of(&assignment.role_key)
        );
        ruling.judge("reader", says, is_other(scene, assignment));
    }
    if !asked {
        ruling.skip();
    }
}

/// Whether whoever holds `assignment` neither serves nor trains, and is no group.
fn is_other(scene: &Scene<'_>, assignment: &Assignment) -> Answer {
    let holder = &assignment.holder;
    let context = scene.context;
    let carriers: Vec<_> = context.rights.carriers_of(&holder.principal).collect();
    if !carriers.is_empty() {
        let serves = carriers.iter().any(|carrier| {
            let resource = context.inventory.get(carrier.resource);
            resource.is_some_and(|one| SERVING.iter().any(|kind| one.resource_type.is(kind)))
        });
        return Answer::of(!serves, || {
            assignment.evidence.first().cloned().unwrap_or_else(|| {
                crate::evidence::Evidence::stated(scene.resource.span, "it is assigned here")
            })
        });
    }
    let person = IS_PERSON.ask(scene).or(|| KIND_IS_OPEN.ask(scene));
    match &holder.may_be_ours {
        Some(doubt) if person.is_no() => {
            let is_group = property("properties.principalType", Is(&["Group"]), Not).ask(scene);
            if is_group.is_yes() {
                Answer::No
            } else {
                Answer::open(doubt.clone())
            }
        }
        _ => person,
    }
}

/// The stores in which workspaces keep their models: accounts and registries that they name, and
/// model registries.
fn model_stores<'a>(context: &Context<'a>) -> Vec<(ResourceIndex, &'a Resource)> {
    let inventory = context.inventory;
    let mut stores: Vec<_> = inventory
        .of_type("Microsoft.MachineLearningServices/registries")
        .collect();
    for (_, workspace) in inventory.of_type("Microsoft.MachineLearningServices/workspaces") {
        for name in ["storageAccount", "containerRegistry"] {
            let id = workspace.properties().at(name).symbol();
            let found = id
                .stated()
                .and_then(|id| inventory.find_text(id, workspace.file));
            stores.extend(found.and_then(|index| Some((index, inventory.get(index)?))));
        }
    }
    stores
}
