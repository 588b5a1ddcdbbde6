//! Resources that one command deletes.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Presence;
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-MON-013.
pub(in crate::rule) static CRITICAL_RESOURCE_UNLOCKED: Rule = Rule {
    id: "SL-MON-013",
    name: "critical-resource-unlocked",
    title: "Critical AI resources can be deleted at once",
    topic: Topic::Monitoring,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.MachineLearningServices/workspaces",
        "Microsoft.MachineLearningServices/registries",
        "Microsoft.ContainerRegistry/registries",
        "Microsoft.KeyVault/vaults",
    ],
    controls: &["AM-3", "BR-2"],
    references: "",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Whether a lock keeps a workspace, registry or vault from being deleted by \
            mistake.",
        matters: "One wrong name in a command is enough; a lock makes it two commands.",
        pass: "A lock on the resource, or on its group, is in the inputs.",
        fail: "No lock in the inputs covers it.",
        unknown: "Whether a lock that would cover it is deployed hangs on an open condition.",
    },
    remedy: Remedy {
        text: "Add a lock of level `CanNotDelete`.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "location": "westeurope", "properties": {"publicNetworkAccess": "Disabled",
            "enablePurgeProtection": true}}]"#,
        passes: r#"[{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "location": "westeurope", "properties": {"publicNetworkAccess": "Disabled",
            "enablePurgeProtection": true}}, {"type": "Microsoft.Authorization/locks",
            "apiVersion": "2020-05-01", "name": "keep",
            "scope": "[resourceId('Microsoft.KeyVault/vaults', 'vault')]",
            "properties": {"level": "CanNotDelete"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    ruling.judge(
        "no-lock",
        "no lock keeps it from being deleted",
        is_unlocked(scene),
    );
}

fn is_unlocked(scene: &Scene<'_>) -> Answer {
    let own: &str = scene.resource.id.key();
    let mut doubts = Vec::new();
    for (_, lock) in scene
        .context
        .inventory
        .of_type("Microsoft.Authorization/locks")
    {
        let covered = own
            .strip_prefix(lock.id.head())
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
        if !covered {
            continue;
        }
        match &lock.presence {
            Presence::NotDeployed(_) => {}
            Presence::Unknown(span, unknown) => doubts.push(Doubt::of(unknown, *span, "is true")),
            Presence::Deployed | Presence::Existing => return Answer::No,
        }
    }
    if doubts.is_empty() {
        Answer::yes(Evidence::default(
            scene.resource.span,
            "no lock in the inputs covers it",
        ))
    } else {
        Answer::Open(doubts)
    }
}
