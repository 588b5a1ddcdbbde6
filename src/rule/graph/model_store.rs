//! The storage account in which a workspace keeps its models.

use crate::rule::Ruling;
use crate::rule::prelude::*;
use crate::rule::property::storage_access::{
    ANONYMOUS_BLOB_ACCESS, STORAGE_OPEN_TO_INTERNET, STORAGE_SHARED_KEY,
};
use crate::rule::property::storage_protection::{STORAGE_PLATFORM_KEY, STORAGE_SOFT_DELETE_OFF};

/// SL-GOV-007.
pub(in crate::rule) static MODEL_STORE_UNPROTECTED: Rule = Rule {
    id: "SL-GOV-007",
    name: "model-store-unprotected",
    title: "Model artefact store is not protected as a model store",
    topic: Topic::ModelGovernance,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["AI-1", "DP-2"],
    references: "atlas: AML.T0048.004, AML.M0005",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether the storage account in which a workspace keeps its models is protected \
            as such: closed, without anonymous access and keys, with soft delete, and under a key \
            of your own where that is laid down.",
        matters: "The model files, the notebooks and the data of every run stand there. It is the \
            one account that an attacker of the workspace wants.",
        pass: "The account passes all of these. Only accounts that a workspace names are asked.",
        fail: "It fails one of them; the message says which.",
        unknown: "One of them is open and none fails.",
    },
    remedy: Remedy {
        text: "Mend what the other findings about the account say.",
        edits: &[],
        cli: "az storage account update --name <account> --resource-group <group> \
            --public-network-access Disabled --allow-blob-public-access false \
            --allow-shared-key-access false",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "kind": "StorageV2", "properties": {"allowBlobPublicAccess": false,
            "allowSharedKeyAccess": true, "publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml",
            "properties": {"storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}}]"#,
        passes: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "kind": "StorageV2", "properties": {"allowBlobPublicAccess": false,
            "allowSharedKeyAccess": false, "publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Storage/storageAccounts/blobServices",
            "apiVersion": "2023-05-01", "name": "acct/default",
            "properties": {"deleteRetentionPolicy": {"enabled": true, "days": 14},
            "containerDeleteRetentionPolicy": {"enabled": true, "days": 14}}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml",
            "properties": {"storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    if !keeps_models(scene) {
        ruling.skip();
        return;
    }
    let mut rules: Vec<&'static Rule> = vec![
        &ANONYMOUS_BLOB_ACCESS,
        &STORAGE_OPEN_TO_INTERNET,
        &STORAGE_SHARED_KEY,
    ];
    if scene.context.settings.customer_keys_required {
        rules.push(&STORAGE_PLATFORM_KEY);
    }
    for rule in rules {
        take_over(scene, rule, ruling);
    }
    take_over(scene, &STORAGE_SOFT_DELETE_OFF, ruling);
    let inventory = scene.context.inventory;
    for (index, service) in inventory.child_resources(scene.resource, "blobServices") {
        take_over(
            &Scene::new(scene.context, index, service),
            &STORAGE_SOFT_DELETE_OFF,
            ruling,
        );
    }
}

/// Whether a workspace keeps its models in the account.
fn keeps_models(scene: &Scene<'_>) -> bool {
    let inventory = scene.context.inventory;
    let mut workspaces = scene.context.workspaces_of(scene.index).iter();
    workspaces.any(|workspace| {
        let workspace = inventory.get(*workspace);
        workspace.is_some_and(|one| !one.is_not_deployed())
    })
}

/// Adds what `rule` says of what `scene` looks at, under the rule's name.
fn take_over(scene: &Scene<'_>, rule: &'static Rule, ruling: &mut Ruling) {
    let Check::Property(check) = rule.check else {
        return;
    };
    let mut own = Ruling::default();
    check.judge(scene, &mut own);
    if own.skipped {
        return;
    }
    for failing in own.failing {
        ruling.judge(rule.name, failing.says, Answer::Yes(failing.evidence));
    }
    for open in own.open {
        ruling.judge(rule.name, open.says, Answer::Open(open.doubts));
    }
}
