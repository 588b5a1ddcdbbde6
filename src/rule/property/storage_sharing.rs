//! How far objects of a storage account may travel.

use crate::rule::prelude::*;

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
