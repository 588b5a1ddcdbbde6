//! Stores beside models with a key of their own.

use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-DATA-009.
pub(in crate::rule) static STORE_WITHOUT_THE_MODELS_KEY: Rule = Rule {
    id: "SL-DATA-009",
    name: "store-without-the-models-key",
    title: "Data stores under a platform key while the ML workspace uses a customer key",
    topic: Topic::DataProtection,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.DocumentDB/databaseAccounts",
        "Microsoft.Sql/servers",
        "Microsoft.Search/searchServices",
        "Microsoft.ContainerRegistry/registries",
    ],
    controls: &["DP-5"],
    references: "azure-policy: 1f905d99-2ab7-462c-a6b0-f709acca6c8f, \
        0a370ff3-6cab-4e85-8995-295fd854c5b8; checkov: CKV_AZURE_100; nist: SC-12",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether the stores around a workspace or account with a customer-managed key \
            have one too.",
        matters: "The key of the model protects little while the index, the threads or the images \
            that hold the same data are under another.",
        pass: "The store is under a key of your own, or nothing in the inputs asks for one.",
        fail: "An ML workspace or AI account in the inputs has a customer-managed key and the \
            store has none.",
        unknown: "A parameter decides the key.",
    },
    remedy: Remedy {
        text: "Put each store under a key of your vault.",
        edits: &[set(
            "properties.keyVaultKeyUri",
            r#""https://vault.vault.azure.net/keys/threads""#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15",
            "name": "threads", "kind": "GlobalDocumentDB",
            "properties": {"databaseAccountOfferType": "Standard"}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"encryption": {"status": "Enabled",
            "keyVaultProperties": {"keyIdentifier": "https://vault.vault.azure.net/keys/ml"}}}}]"#,
        passes: r#"[{"type": "Microsoft.DocumentDB/databaseAccounts", "apiVersion": "2024-05-15",
            "name": "threads", "kind": "GlobalDocumentDB",
            "properties": {"databaseAccountOfferType": "Standard",
            "keyVaultKeyUri": "https://vault.vault.azure.net/keys/threads"}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"encryption": {"status": "Enabled",
            "keyVaultProperties": {"keyIdentifier": "https://vault.vault.azure.net/keys/ml"}}}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(models_have_key),
        parts: &[
            part(
                "platform-key",
                "it is under a key of the platform beside a model that is not",
                property("properties.keyVaultKeyUri", Empty, AbsentHolds),
            )
            .on(&["Microsoft.DocumentDB/databaseAccounts"]),
            part(
                "platform-key",
                "it is under a key of the platform beside a model that is not",
                All(&[
                    property("properties.keyId", Empty, AbsentHolds),
                    Custom(lacks_protector),
                ]),
            )
            .on(&["Microsoft.Sql/servers"]),
            part(
                "platform-key",
                "keys of your own are not enforced beside a model that has one",
                property(
                    "properties.encryptionWithCmk.enforcement",
                    IsNot(&["Enabled"]),
                    Means("Unspecified"),
                ),
            )
            .on(&["Microsoft.Search/searchServices"]),
            part(
                "platform-key",
                "it is under a key of the platform beside a model that is not",
                property(
                    "properties.encryption.status",
                    IsNot(&["enabled"]),
                    Means("disabled"),
                ),
            )
            .on(&["Microsoft.ContainerRegistry/registries"]),
        ],
    }),
    question: None,
};

/// Whether a workspace or account of the estate has a customer-managed key.
fn models_have_key(scene: &Scene<'_>) -> Answer {
    let context = scene.context;
    let keyed = context.relations.key_uses().iter().find(|used| {
        context.inventory.get(used.by).is_some_and(|resource| {
            [
                "Microsoft.MachineLearningServices/workspaces",
                "Microsoft.CognitiveServices/accounts",
            ]
            .iter()
            .any(|kind| resource.resource_type.is(kind))
        })
    });
    if let Some(used) = keyed {
        return Answer::yes(Evidence::stated(
            used.span,
            format!("`{}` has a key of its own", used.name),
        ));
    }
    let by_switch = property(
        "properties.encryption.keySource",
        Is(&["Microsoft.KeyVault"]),
        Not,
    );
    let accounts = context
        .inventory
        .of_type("Microsoft.CognitiveServices/accounts");
    Answer::any(
        accounts.map(|(index, account)| by_switch.ask(&Scene::new(context, index, account))),
    )
}

/// Whether no protector beside the server refers to a key vault.
fn lacks_protector(scene: &Scene<'_>) -> Answer {
    let by_vault = property("properties.serverKeyType", Is(&["AzureKeyVault"]), Not);
    match Answer::any(
        scene
            .children("encryptionProtector")
            .map(|one| by_vault.ask(&scene.at(one.reader()))),
    ) {
        Answer::Yes(_) => Answer::No,
        Answer::No => Answer::Yes(Vec::new()),
        open @ Answer::Open(_) => open,
    }
}
