//! Key vaults and what they hold: `Microsoft.KeyVault/vaults`.

use super::ask::is_whole_internet;
use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-KV-001.
pub(in crate::rule) static VAULT_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-KV-001",
    name: "vault-open-to-internet",
    title: "Vault answers from the internet",
    topic: Topic::KeyVault,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["NS-2", "DP-8"],
    references: "azure-policy: 55615ac9-af46-4a59-874e-391cc3dfb490, \
        405c5871-3e91-4644-8a63-58e19d68ff5b; checkov: CKV_AZURE_189, CKV_AZURE_109; psrule: \
        Azure.KeyVault.Firewall (AZR-000355); nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the vault's own firewall lets any address on the internet reach it.",
        matters: "A vault holds what opens everything else. Open to the internet, one stolen \
            token of any identity with secret rights is enough, from anywhere, and the network \
            gives no second chance to notice.",
        pass: "`publicNetworkAccess` is `Disabled` or `SecuredByPerimeter`, or \
            `networkAcls.defaultAction` is `Deny` and no address rule lets the whole internet in.",
        fail: "Public access is on and the default action is not `Deny`. Both absent mean \
            `Enabled` and `Allow`; address rules alone do not close a vault whose default action \
            is `Allow`.",
        unknown: "A parameter or a run-time value decides either property.",
    },
    remedy: Remedy {
        text: "Close the public side and reach the vault by a private endpoint, or set the \
            default action to `Deny`.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az keyvault update --name <vault> --public-network-access Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"publicNetworkAccess": "Enabled",
            "networkAcls": {"defaultAction": "Allow", "bypass": "AzureServices"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "public",
            "its public endpoint admits any address",
            All(&[
                property(
                    "properties.publicNetworkAccess",
                    IsNot(&["Disabled", "SecuredByPerimeter"]),
                    Means("Enabled"),
                ),
                Any(&[
                    property(
                        "properties.networkAcls.defaultAction",
                        IsNot(&["Deny"]),
                        Means("Allow"),
                    ),
                    AnyItem(
                        "properties.networkAcls.ipRules",
                        &property("value", Such(is_whole_internet), Not),
                    ),
                ]),
            ]),
        )],
    }),
    question: None,
};

/// SL-KV-002.
pub(in crate::rule) static VAULT_CAN_BE_PURGED: Rule = Rule {
    id: "SL-KV-002",
    name: "vault-can-be-purged",
    title: "Vault purge protection off",
    topic: Topic::KeyVault,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["DP-8", "BR-2"],
    references: "azure-policy: 0b60c0b2-2dc2-4e1c-b5c9-abbed971de53; checkov: CKV_AZURE_110, \
        CKV_AZURE_42; psrule: Azure.KeyVault.PurgeProtect (AZR-000125); kics: \
        7c25f361-7c66-44bf-9b69-022acd5eb4bd; cis: 3.3.5; nist: CP-9",
    safeguard: Some(Safeguard::Recovery),
    page: Page {
        checks: "Whether a deleted vault, and what was in it, can be destroyed before its \
            retention is over.",
        matters: "Whoever may delete and purge can make every encrypted store, model and secret \
            unreadable in two calls. With purge protection nobody can, not even Microsoft, until \
            the retention has run out.",
        pass: "`enablePurgeProtection` is true.",
        fail: "It is false or absent, which means off. It counts as high where the vault holds a \
            key that encrypts another resource.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `enablePurgeProtection` to true. It cannot be taken back.",
        edits: &[set("properties.enablePurgeProtection", "true")],
        cli: "az keyvault update --name <vault> --enable-purge-protection true",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"enableSoftDelete": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "purgeable",
                "it can be purged after deletion",
                All(&[
                    property(
                        "properties.enablePurgeProtection",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    Unless(&Custom(holds_encryption_key)),
                ]),
            ),
            part(
                "purgeable-key",
                "it can be purged after deletion, and it holds an encryption key",
                All(&[
                    property(
                        "properties.enablePurgeProtection",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    Custom(holds_encryption_key),
                ]),
            )
            .at(High),
        ],
    }),
    question: None,
};

/// SL-KV-003.
pub(in crate::rule) static VAULT_SOFT_DELETE_OFF: Rule = Rule {
    id: "SL-KV-003",
    name: "vault-soft-delete-off",
    title: "Vault soft delete off",
    topic: Topic::KeyVault,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Platform,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["DP-8"],
    references: "azure-policy: 1e66c121-a66a-4b1f-9b83-0fd99bf0fc2d; checkov: CKV_AZURE_111; \
        psrule: Azure.KeyVault.SoftDelete (AZR-000124); kics: \
        7c25f361-7c66-44bf-9b69-022acd5eb4bd; cis: 3.3.5; nist: CP-9",
    safeguard: Some(Safeguard::Recovery),
    page: Page {
        checks: "Whether deleted vaults, keys and secrets are kept for a while.",
        matters: "Without soft delete, deletion is at once and for good. The service has switched \
            it on for every new vault since 2020 and no longer lets it be turned off, so this is \
            about templates that still say otherwise.",
        pass: "`enableSoftDelete` is true or, at API version 2019-09-01 or newer, absent, and the \
            retention is at least seven days.",
        fail: "`enableSoftDelete` is false, or `softDeleteRetentionInDays` is under seven.",
        unknown: "It is absent at an older API version, whose vaults may predate the service's \
            default.",
    },
    remedy: Remedy {
        text: "Set `enableSoftDelete` to true, or take the property out.",
        edits: &[set("properties.enableSoftDelete", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"enableSoftDelete": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "off",
                "soft delete is off",
                property(
                    "properties.enableSoftDelete",
                    Is(&["false"]),
                    Since(
                        "2019-09-01",
                        &Means("true"),
                        &Open(
                            "before 2019-09-01 an absent enableSoftDelete left it to the vault's age",
                        ),
                    ),
                ),
            ),
            part(
                "short",
                "what is deleted is kept for less than seven days",
                property(
                    "properties.softDeleteRetentionInDays",
                    Below(7),
                    Means("90"),
                ),
            ),
        ],
    }),
    question: None,
};

/// SL-KV-004.
pub(in crate::rule) static VAULT_ACCESS_POLICIES: Rule = Rule {
    id: "SL-KV-004",
    name: "vault-access-policies",
    title: "Vault uses access policies",
    topic: Topic::KeyVault,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.KeyVault/vaults"],
    controls: &["PA-7", "IM-1"],
    references: "azure-policy: 12d4fa5e-1f9f-4c21-97a9-b99b3c6611b5; psrule: Azure.KeyVault.RBAC \
        (AZR-000388); cis: 3.3.6",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether the vault decides by its own access policies instead of roles.",
        matters: "Access policies know no scope below the vault, no conditions, no just-in-time \
            and no group reviews, and whoever may write the vault can write themselves into them.",
        pass: "`enableRbacAuthorization` is true, or absent in a template that deploys with API \
            version 2026-02-01 or newer.",
        fail: "It is false, or absent before API version 2026-02-01, or absent in an export, \
            where a `null` keeps meaning access policies.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Assign Key Vault data roles to those who need them, then set \
            `enableRbacAuthorization` to true.",
        edits: &[set("properties.enableRbacAuthorization", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "vault",
            "properties": {"enableRbacAuthorization": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "access-policies",
            "access policies decide who gets in",
            property(
                "properties.enableRbacAuthorization",
                IsNot(&["true"]),
                InExport(
                    &Means("false"),
                    &Since("2026-02-01", &Means("true"), &Means("false")),
                ),
            ),
        )],
    }),
    question: None,
};

/// Whether a key in the vault encrypts another resource of the estate.
fn holds_encryption_key(scene: &Scene<'_>) -> Answer {
    let relations = &scene.context.relations;
    match relations.keys_in(scene.index).first() {
        Some(used) => Answer::yes(Evidence::stated(used.span, used.says())),
        None => Answer::No,
    }
}
