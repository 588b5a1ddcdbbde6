//! How a storage account keeps what is in it.

use crate::evidence::{Doubt, Evidence};
use crate::input::Mode;
use crate::rule::prelude::*;

/// SL-STG-011.
pub(in crate::rule) static STORAGE_PLATFORM_KEY: Rule = Rule {
    id: "SL-STG-011",
    name: "storage-platform-key",
    title: "Storage without customer-managed key",
    topic: Topic::DataProtection,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["DP-5"],
    references: "azure-policy: 6fac406b-40ca-413b-bf8e-0bf964659c25; cis: 6.1.3; nist: SC-12",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether the account's data is encrypted under a key of your own vault.",
        matters: "Under the platform's key, access cannot be withdrawn by taking the key away, \
            and the separation of duties that many frameworks ask for is missing.",
        pass: "`encryption.keySource` is `Microsoft.Keyvault`.",
        fail: "It is `Microsoft.Storage`, or absent, which means that.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Give the account a managed identity with a key role and point \
            `encryption.keyvaultproperties` to a versionless key.",
        edits: &[set(
            "properties.encryption",
            r#"{"keySource": "Microsoft.Keyvault", "keyvaultproperties": {"keyvaulturi": "https://vault.vault.azure.net", "keyname": "storage"}}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"encryption": {"keySource": "Microsoft.Storage"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "platform-key",
            "its data is under a key of the platform",
            property(
                "properties.encryption.keySource",
                IsNot(&["Microsoft.Keyvault"]),
                Means("Microsoft.Storage"),
            ),
        )],
    }),
    question: None,
};

/// SL-STG-012.
pub(in crate::rule) static STORAGE_SINGLE_ENCRYPTION: Rule = Rule {
    id: "SL-STG-012",
    name: "storage-single-encryption",
    title: "No double encryption for sensitive training data",
    topic: Topic::DataProtection,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["DP-4", "DP-5"],
    references: "azure-policy: 4733ea7b-a883-42fe-8cac-97454c2a9e4a, \
        bfecdea6-31c4-4045-ad42-71b9dc87247d; cis: 4.2; nist: SC-28, SC-28(1)",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether data is encrypted a second time in the storage infrastructure, with \
            another key and algorithm.",
        matters: "For training data of the highest class a second layer covers the loss of the \
            first. It can be chosen only when the account is made.",
        pass: "`encryption.requireInfrastructureEncryption` is true.",
        fail: "It is false or absent, which means false.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Make a new account with `requireInfrastructureEncryption` and move the data.",
        edits: &[set(
            "properties.encryption.requireInfrastructureEncryption",
            "true",
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models",
            "properties": {"encryption": {"requireInfrastructureEncryption": false}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "single",
            "its data is encrypted once only",
            property(
                "properties.encryption.requireInfrastructureEncryption",
                IsNot(&["true"]),
                Means("false"),
            ),
        )],
    }),
    question: None,
};

/// SL-STG-013.
pub(in crate::rule) static STORAGE_SOFT_DELETE_OFF: Rule = Rule {
    id: "SL-STG-013",
    name: "storage-soft-delete-off",
    title: "Blob or container soft delete off",
    topic: Topic::DataProtection,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts",
    ],
    controls: &["BR-2", "DP-8"],
    references: "azure-policy: 9fbd64e3-67b8-489b-98e5-fa0007d17e76; psrule: \
        Azure.Storage.SoftDelete (AZR-000197), Azure.Storage.ContainerSoftDelete (AZR-000289); \
        atlas: AML.T0059",
    safeguard: Some(Safeguard::Recovery),
    page: Page {
        checks: "Whether deleted blobs and containers can be brought back for at least seven days.",
        matters: "Without it, one wrong command or one intruder with write rights removes a \
            dataset or a model for good.",
        pass: "`deleteRetentionPolicy` and `containerDeleteRetentionPolicy` are enabled for seven \
            days or more.",
        fail: "Either is off or shorter, or a template declares an account for blobs without its \
            `blobServices`, which leaves both off.",
        unknown: "A parameter decides one of them, or an export holds an account without its blob \
            service.",
    },
    remedy: Remedy {
        text: "Enable both policies on the account's blob service.",
        edits: &[
            set(
                "properties.deleteRetentionPolicy",
                r#"{"enabled": true, "days": 14}"#,
            ),
            set(
                "properties.containerDeleteRetentionPolicy",
                r#"{"enabled": true, "days": 14}"#,
            ),
        ],
        cli: "az storage account blob-service-properties update --account-name <account> \
            --enable-delete-retention true --delete-retention-days 14 \
            --enable-container-delete-retention true --container-delete-retention-days 14",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts/blobServices",
            "apiVersion": "2023-05-01", "name": "models/default",
            "properties": {"deleteRetentionPolicy": {"enabled": false},
            "containerDeleteRetentionPolicy": {"enabled": true, "days": 3}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_blob_service_or_bare_account),
        parts: &[
            part(
                "blobs",
                "deleted blobs cannot be brought back for a week",
                Any(&[
                    property(
                        "properties.deleteRetentionPolicy.enabled",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    property("properties.deleteRetentionPolicy.days", Below(7), Not),
                ]),
            )
            .on(&["Microsoft.Storage/storageAccounts/blobServices"]),
            part(
                "containers",
                "deleted containers cannot be brought back for a week",
                Any(&[
                    property(
                        "properties.containerDeleteRetentionPolicy.enabled",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    property(
                        "properties.containerDeleteRetentionPolicy.days",
                        Below(7),
                        Not,
                    ),
                ]),
            )
            .on(&["Microsoft.Storage/storageAccounts/blobServices"]),
            part(
                "no-blob-service",
                "soft delete is off, since no blob service is configured",
                Custom(lacks_blob_service),
            )
            .on(&["Microsoft.Storage/storageAccounts"]),
        ],
    }),
    question: None,
};

/// SL-STG-014.
pub(in crate::rule) static MODELS_WITHOUT_HISTORY: Rule = Rule {
    id: "SL-STG-014",
    name: "models-without-history",
    title: "No version history or immutability on model and audit stores",
    topic: Topic::DataProtection,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts/blobServices"],
    controls: &["BR-2", "LT-6"],
    references: "azure-policy: c36a325b-ae04-4863-ad4f-19c6678f8e08, \
        978deb5d-c9a7-41f8-b4b2-b76880d0de1f; atlas: AML.T0059, AML.T0018",
    safeguard: Some(Safeguard::Recovery),
    page: Page {
        checks: "Whether what is overwritten in a blob service can be brought back, or the \
            containers for models, datasets and logs cannot be overwritten.",
        matters: "Poisoning is quiet: without versions nobody can say what the model file was \
            last month, or put it back.",
        pass: "`isVersioningEnabled` is true, or every container that is named for models, \
            datasets or logs has an immutability policy.",
        fail: "Neither holds, so that an overwritten file is gone.",
        unknown: "A parameter decides either.",
    },
    remedy: Remedy {
        text: "Turn on versioning, and immutability for audit logs.",
        edits: &[set("properties.isVersioningEnabled", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts/blobServices",
            "apiVersion": "2023-05-01", "name": "models/default",
            "properties": {"isVersioningEnabled": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-history",
            "nothing keeps what is overwritten",
            All(&[
                property(
                    "properties.isVersioningEnabled",
                    IsNot(&["true"]),
                    Means("false"),
                ),
                Unless(&Custom(keeps_named_containers)),
            ]),
        )],
    }),
    question: None,
};

const ACCOUNT: &str = "Microsoft.Storage/storageAccounts";

/// A blob service, or an account for blobs that has none.
fn is_blob_service_or_bare_account(scene: &Scene<'_>) -> Answer {
    let resource = scene.resource;
    if !resource.resource_type.is(ACCOUNT) {
        return Answer::Yes(Vec::new());
    }
    let for_files_only = resource.reader().at("kind").text().is("FileStorage") == Some(true);
    if for_files_only || scene.children("blobServices").next().is_some() {
        return Answer::No;
    }
    Answer::Yes(Vec::new())
}

/// An account without a blob service has both policies off, unless the export left it out.
fn lacks_blob_service(scene: &Scene<'_>) -> Answer {
    let span = scene.resource.span;
    match scene.resource.mode {
        Mode::Deployment => Answer::yes(Evidence::default(
            span,
            "no `blobServices` is declared, which leaves soft delete off",
        )),
        Mode::Export => Answer::open(
            Doubt::outside(
                "not-exported",
                format!("{}|blobServices", scene.resource.id),
                "the export holds the account without its blob service",
                format!("the blob service of `{}`", scene.resource.name),
                span,
            )
            .with_command(
                "az storage account blob-service-properties show --account-name <account>",
            ),
        ),
    }
}

/// Words by which containers for models, datasets and logs are called.
const KEPT: [&str; 6] = ["model", "dataset", "data", "log", "audit", "artifact"];

/// Whether every container that is called so, and there is one, cannot be overwritten.
fn keeps_named_containers(scene: &Scene<'_>) -> Answer {
    let named: Vec<_> = scene
        .children("containers")
        .filter(|container| {
            let name = container.short_name().to_ascii_lowercase();
            KEPT.iter().any(|word| name.contains(word))
        })
        .collect();
    if named.is_empty() {
        return Answer::No;
    }
    let versions = property(
        "properties.immutableStorageWithVersioning.enabled",
        Is(&["true"]),
        Not,
    );
    Answer::all(named.into_iter().map(|container| {
        let has_policy = scene
            .context
            .inventory
            .child_resources(container, "immutabilityPolicies")
            .next()
            .is_some();
        if has_policy {
            return Answer::Yes(Vec::new());
        }
        versions.ask(&scene.at(container.reader()))
    }))
}
