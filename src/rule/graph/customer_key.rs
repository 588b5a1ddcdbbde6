//! Customer-managed keys that can be lost.

use crate::evidence::{Doubt, Evidence};
use crate::rule::encryption_key::KeyUse;
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling, Severity};

/// SL-KV-010.
pub(in crate::rule) static CUSTOMER_KEY_CAN_BE_LOST: Rule = Rule {
    id: "SL-KV-010",
    name: "customer-key-can-be-lost",
    title: "CMK in a vault that can be purged, or version pinned",
    topic: Topic::DataProtection,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["*"],
    controls: &["DP-5", "DP-6", "DP-8"],
    references: "",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether the customer-managed key that a resource uses can be destroyed, is \
            pinned to one version, or lies in a public vault of another region.",
        matters: "A key that is purged takes the data with it; one that is pinned is never \
            rotated; and one far away adds an outage and a border.",
        pass: "The key lies in a vault with purge protection, without a version, in the \
            resource's region or behind a closed door.",
        fail: "Its vault can be purged, the reference names a version, or the vault is public and \
            in another region.",
        unknown: "The vault is not in the inputs, or the reference is a run-time value.",
    },
    remedy: Remedy {
        text: "Turn on purge protection, and refer to the key without a version.",
        edits: &[],
        cli: "az keyvault update --name <vault> --enable-purge-protection true",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "location": "westeurope",
            "properties": {"encryption": {"keySource": "Microsoft.Keyvault",
            "keyvaultproperties": {"keyvaulturi": "https://vault.vault.azure.net",
            "keyname": "k", "keyversion": "0f9a3b8f0d7f1f0c9c6a6b4c1d2e3f40"}}}},
            {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "location": "westeurope", "properties": {"publicNetworkAccess": "Disabled",
            "enablePurgeProtection": null}}]"#,
        passes: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "location": "westeurope",
            "properties": {"encryption": {"keySource": "Microsoft.Keyvault",
            "keyvaultproperties": {"keyvaulturi": "https://vault.vault.azure.net",
            "keyname": "k"}}}}, {"type": "Microsoft.KeyVault/vaults",
            "apiVersion": "2023-07-01", "name": "vault", "location": "westeurope",
            "properties": {"publicNetworkAccess": "Disabled", "enablePurgeProtection": true}}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

const PURGEABLE: Condition = property(
    "properties.enablePurgeProtection",
    IsNot(&["true"]),
    Means("false"),
);

fn check(context: &Context<'_>) -> Vec<Ruling> {
    context
        .relations
        .key_uses()
        .iter()
        .map(|used| judge(context, used))
        .collect()
}

fn judge(context: &Context<'_>, used: &KeyUse) -> Ruling {
    let mut ruling = Ruling::about(used.by);
    let pinned = match used.pinned {
        Some(pinned) => Answer::of(pinned, || {
            Evidence::stated(used.span, "the key's version is fixed")
        }),
        None => Answer::open(outside(used)),
    };
    let says = "its key is pinned to one version and never rotates";
    ruling.judge_at("pinned", says, Some(Severity::Medium), pinned);
    let vault = used
        .vault
        .and_then(|index| Some((index, context.inventory.get(index)?)));
    let Some((index, vault)) = vault else {
        ruling.judge(
            "purgeable",
            "its key can be destroyed",
            Answer::open(outside(used)),
        );
        return ruling;
    };
    let purgeable = PURGEABLE.ask(&Scene::new(context, index, vault));
    let says = format!("its key can be destroyed with the vault `{}`", vault.name);
    ruling.judge("purgeable", says, purgeable);
    let says = format!(
        "its key lies in the public vault `{}` of another region",
        vault.name
    );
    let far = is_far(context, used, index).and(|| internet_reaches(context, index));
    ruling.judge_at("far", says, Some(Severity::Medium), far);
    ruling
}

fn outside(used: &KeyUse) -> Doubt {
    Doubt::outside(
        "vault-outside",
        format!("{}|key", used.name),
        format!(
            "the vault with the key of `{}` is not in the inputs",
            used.name
        ),
        format!("the template of the vault with the key of `{}`", used.name),
        used.span,
    )
}

/// Whether the vault stands in another region than what its key encrypts.
fn is_far(context: &Context<'_>, used: &KeyUse, vault: crate::resource::ResourceIndex) -> Answer {
    let region = |index| {
        let location = context.inventory.get(index)?.reader().at("location").text();
        let text = location.stated()?;
        let plain = text
            .chars()
            .filter(|letter| !letter.is_whitespace())
            .collect::<String>();
        Some((plain.to_ascii_lowercase(), location.span()))
    };
    match (region(used.by), region(vault)) {
        (Some((own, _)), Some((other, span))) if own != other => Answer::yes(Evidence::stated(
            span,
            format!("the vault's location is {other}"),
        )),
        _ => Answer::No,
    }
}
