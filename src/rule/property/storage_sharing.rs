//! How far objects of a storage account may travel.

use crate::evidence::{Doubt, Evidence};
use crate::input::Mode;
use crate::rule::prelude::*;

/// SL-STG-015.
pub(in crate::rule) static STORAGE_WITHOUT_DELETION_RULE: Rule = Rule {
    id: "SL-STG-015",
    name: "storage-without-deletion-rule",
    title: "No retention or deletion rule for prompts, logs and datasets",
    topic: Topic::DataProtection,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Storage/storageAccounts",
        "Microsoft.Storage/storageAccounts/managementPolicies",
    ],
    controls: &["DP-2"],
    references: "",
    safeguard: Some(Safeguard::Retention),
    page: Page {
        checks: "Whether something deletes prompts, logs and datasets when their time is over.",
        matters: "What is kept forever leaks one day, and the law asks that personal data go when \
            its purpose has.",
        pass: "The account has a lifecycle policy with a rule that deletes.",
        fail: "There is no lifecycle policy in the template, or none of its rules deletes.",
        unknown: "A parameter decides the rules, or an export holds the account without its \
            policies.",
    },
    remedy: Remedy {
        text: "Add a lifecycle policy that deletes blobs after the time that is laid down.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "kind": "StorageV2",
            "properties": {"publicNetworkAccess": "Disabled"}}"#,
        passes: r#"[{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "kind": "StorageV2",
            "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Storage/storageAccounts/managementPolicies",
            "apiVersion": "2023-05-01", "name": "models/default",
            "properties": {"policy": {"rules": [{"enabled": true, "name": "expire",
            "type": "Lifecycle",
            "definition": {"actions": {"baseBlob": {"delete": {"daysAfterModificationGreaterThan": 365}}},
            "filters": {"blobTypes": ["blockBlob"]}}}]}}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_policy_or_bare),
        parts: &[
            part(
                "no-policy",
                "no lifecycle policy deletes what is in it",
                Custom(lacks_lifecycle_policy),
            )
            .on(&["Microsoft.Storage/storageAccounts"]),
            part(
                "no-deletion",
                "none of its rules deletes",
                NoItem(
                    "properties.policy.rules",
                    &Any(&[
                        property("definition.actions.baseBlob.delete", Filled, Not),
                        property("definition.actions.version.delete", Filled, Not),
                        property("definition.actions.snapshot.delete", Filled, Not),
                    ]),
                    "no rule deletes",
                ),
            )
            .on(&["Microsoft.Storage/storageAccounts/managementPolicies"]),
        ],
    }),
    question: None,
};

/// SL-STG-016.
pub(in crate::rule) static STORAGE_COPIES_TO_OTHER_TENANTS: Rule = Rule {
    id: "SL-STG-016",
    name: "storage-copies-to-other-tenants",
    title: "Objects can be copied or replicated to another tenant",
    topic: Topic::Storage,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["DP-2"],
    references: "azure-policy: 92a89a79-6c52-4a7e-a03f-61306fc49312; atlas: AML.T0025",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether objects can be replicated, or copied with the account's own rights, to \
            accounts of another tenant.",
        matters: "Replication and copy jobs run inside Azure, past your egress controls. Whoever \
            can write a replication policy can drain the account to a tenant you have never seen.",
        pass: "`allowCrossTenantReplication` is false and `allowedCopyScope` is `AAD` or \
            `PrivateLink`.",
        fail: "`allowCrossTenantReplication` is true, or absent in a template with an API version \
            before 2023-01-01; or `allowedCopyScope` is absent, which allows any destination.",
        unknown: "Replication is absent in an export, which does not tell when the account was \
            made.",
    },
    remedy: Remedy {
        text: "Set `allowCrossTenantReplication` to false and `allowedCopyScope` to `AAD`.",
        edits: &[
            set("properties.allowCrossTenantReplication", "false"),
            set("properties.allowedCopyScope", r#""AAD""#),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"allowCrossTenantReplication": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "replication",
                "objects may be replicated to another tenant",
                property(
                    "properties.allowCrossTenantReplication",
                    Is(&["true"]),
                    InExport(
                        &Open(
                            "whether an absent allowCrossTenantReplication means true hangs on when the account was made",
                        ),
                        &Since("2023-01-01", &Means("false"), &Means("true")),
                    ),
                ),
            ),
            part(
                "copy-scope",
                "copies may go to accounts of any tenant",
                property("properties.allowedCopyScope", Empty, AbsentHolds),
            ),
        ],
    }),
    question: None,
};

/// SL-STG-017.
pub(in crate::rule) static STORAGE_SIGNATURES_WITHOUT_LIMIT: Rule = Rule {
    id: "SL-STG-017",
    name: "storage-signatures-without-limit",
    title: "SAS lifetime unlimited",
    topic: Topic::Storage,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["IM-3", "DP-6"],
    references: "azure-policy: bc1b984e-ddae-40cc-801a-050a030e4fbe, \
        7aa1c9d5-3d7e-4579-8117-d85e99211757, 044985bb-afe1-42cd-8a36-9d5d42424537",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether the account says how long a shared access signature may last and how old \
            a key may be.",
        matters: "A signature made with an account key for ten years works for ten years, and \
            nobody can list the ones that are out. The policy makes over-long ones visible and \
            keys grow old on record.",
        pass: "`sasPolicy.sasExpirationPeriod` is seven days or less and `keyPolicy` is set. \
            Nothing is said where account keys are off.",
        fail: "Account keys work and the period is absent or longer, or `keyPolicy` is absent.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Set a period of at most seven days and a key expiry, or turn account keys off.",
        edits: &[
            set(
                "properties.sasPolicy",
                r#"{"sasExpirationPeriod": "1.00:00:00", "expirationAction": "Log"}"#,
            ),
            set(
                "properties.keyPolicy",
                r#"{"keyExpirationPeriodInDays": 90}"#,
            ),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models",
            "properties": {"sasPolicy": {"sasExpirationPeriod": "30.00:00:00"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.allowSharedKeyAccess",
            IsNot(&["false"]),
            Means("true"),
        ),
        parts: &[
            part(
                "signature-lifetime",
                "signatures may last longer than seven days",
                property(
                    "properties.sasPolicy.sasExpirationPeriod",
                    Such(is_over_a_week),
                    AbsentHolds,
                ),
            ),
            part(
                "key-age",
                "no age is set for its keys",
                property("properties.keyPolicy", Empty, AbsentHolds),
            ),
        ],
    }),
    question: None,
};

/// Whether `period`, written `days.hours:minutes:seconds`, is longer than seven days.
fn is_over_a_week(period: &str) -> bool {
    let (days, rest) = period.split_once('.').unwrap_or(("0", period));
    let days: u64 = days.trim().parse().unwrap_or(0);
    let more = rest.chars().any(|letter| ('1'..='9').contains(&letter));
    days > 7 || (days == 7 && more)
}

/// A lifecycle policy, or an account for blobs that has none.
fn is_policy_or_bare(scene: &Scene<'_>) -> Answer {
    if scene
        .resource
        .resource_type
        .is("Microsoft.Storage/storageAccounts/managementPolicies")
    {
        return Answer::Yes(Vec::new());
    }
    let for_files_only = scene.resource.reader().at("kind").text().is("FileStorage") == Some(true);
    if for_files_only || scene.children("managementPolicies").next().is_some() {
        return Answer::No;
    }
    Answer::Yes(Vec::new())
}

/// An account without a lifecycle policy deletes nothing, unless the export left the policy out.
fn lacks_lifecycle_policy(scene: &Scene<'_>) -> Answer {
    let span = scene.resource.span;
    match scene.resource.mode {
        Mode::Deployment => Answer::yes(Evidence::default(
            span,
            "no `managementPolicies` is declared",
        )),
        Mode::Export => Answer::open(
            Doubt::outside(
                "not-exported",
                format!("{}|managementPolicies", scene.resource.id),
                "the export holds the account without a lifecycle policy",
                format!("the lifecycle policy of `{}`", scene.resource.name),
                span,
            )
            .with_command("az storage account management-policy show --account-name <account>"),
        ),
    }
}
