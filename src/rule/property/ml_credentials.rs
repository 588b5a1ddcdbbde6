//! Credentials that an ML workspace keeps.

use crate::rule::prelude::*;

/// SL-AML-010.
pub(in crate::rule) static WORKSPACE_DATASTORES_BY_KEY: Rule = Rule {
    id: "SL-AML-010",
    name: "workspace-datastores-by-key",
    title: "Default datastores use the storage account key",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["IM-1", "IM-3"],
    references: "atlas: AML.T0055",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the workspace reaches its own default storage by identity or by the \
            account's key.",
        matters: "With keys, everyone who may use the workspace in effect holds the storage \
            account, and the account cannot turn keys off.",
        pass: "`systemDatastoresAuthMode` is `Identity` or `UserDelegationSAS`. Projects share \
            their hub's.",
        fail: "It is `AccessKey`, or absent, which means keys.",
        unknown: "An export at an API version before 2024-04-01 cannot show it, or a parameter \
            decides it.",
    },
    remedy: Remedy {
        text: "Set `systemDatastoresAuthMode` to `Identity` and give the users of the workspace \
            data roles on the account.",
        edits: &[set("properties.systemDatastoresAuthMode", r#""Identity""#)],
        cli: "az ml workspace update --name <workspace> --resource-group <group> \
            --system-datastores-auth-mode identity",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"systemDatastoresAuthMode": "AccessKey"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Unless(&property("kind", Is(&["Project"]), Not)),
        parts: &[part(
            "key",
            "its default datastores use the account key",
            property(
                "properties.systemDatastoresAuthMode",
                Is(&["AccessKey"]),
                InExport(
                    &Since(
                        "2024-04-01",
                        &Means("AccessKey"),
                        &Open(
                            "API versions before 2024-04-01 do not show systemDatastoresAuthMode",
                        ),
                    ),
                    &Means("AccessKey"),
                ),
            ),
        )],
    }),
    question: None,
};

/// SL-AML-011.
pub(in crate::rule) static DATASTORE_STORES_CREDENTIAL: Rule = Rule {
    id: "SL-AML-011",
    name: "datastore-stores-credential",
    title: "Datastore stores an account key, SAS or client secret",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/datastores"],
    controls: &["IM-3", "IM-8"],
    references: "atlas: AML.T0055, AML.T0037",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether a datastore keeps an account key, a signature, a certificate or a client \
            secret.",
        matters: "Whoever may use the datastore uses that credential, and it stays valid when \
            they leave. The credential also stands in the template that made it.",
        pass: "`credentials.credentialsType` is `None`, so that the caller's or the compute's \
            identity is used.",
        fail: "It is `AccountKey`, `Sas`, `ServicePrincipal` or `Certificate`.",
        unknown: "It is absent, though required, or a parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `credentialsType` to `None` and give the identities that use the datastore a \
            data role.",
        edits: &[set(
            "properties.credentials",
            r#"{"credentialsType": "None"}"#,
        )],
        cli: "az ml datastore create --file datastore.yml --workspace-name <workspace> \
            --resource-group <group>  # without credentials",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/datastores",
            "apiVersion": "2024-10-01", "name": "ml/raw",
            "properties": {"datastoreType": "AzureBlob", "accountName": "models",
            "containerName": "raw", "credentials": {"credentialsType": "AccountKey",
            "secrets": {"secretsType": "AccountKey"}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "stored-credential",
            "it keeps a credential",
            property(
                "properties.credentials.credentialsType",
                Is(&["AccountKey", "Sas", "ServicePrincipal", "Certificate"]),
                Open("credentialsType is required and not there"),
            ),
        )],
    }),
    question: None,
};

/// SL-AML-012.
pub(in crate::rule) static CONNECTION_STORES_KEY: Rule = Rule {
    id: "SL-AML-012",
    name: "connection-stores-key",
    title: "Workspace connection holds a key and is shared with every user",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/connections"],
    controls: &["IM-3", "IM-8"],
    references: "atlas: AML.T0083; owasp-llm: LLM06",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether a connection of the workspace signs in with a stored key, and who may \
            use it.",
        matters: "A connection with a key is the key, handed to every flow and agent in the \
            workspace. Shared with all users, it outlives every role that you take away.",
        pass: "`authType` is `AAD`, `ManagedIdentity`, `UserEntraToken` or another that stores no \
            secret.",
        fail: "`authType` is `ApiKey`, `AccountKey`, `AccessKey`, `PAT`, `SAS`, \
            `UsernamePassword` or `CustomKeys`; it counts as critical where `isSharedToAll` is \
            true.",
        unknown: "`authType` is absent or a parameter.",
    },
    remedy: Remedy {
        text: "Set `authType` to `AAD` or `ManagedIdentity`, and `isSharedToAll` to false.",
        edits: &[set("properties.authType", r#""AAD""#)],
        cli: "az ml connection create --file connection.yml --workspace-name <workspace> \
            --resource-group <group>  # with an Entra credential",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/connections",
            "apiVersion": "2024-10-01", "name": "ml/gpt",
            "properties": {"category": "AzureOpenAI", "target": "https://ai.openai.azure.com/",
            "authType": "ApiKey", "isSharedToAll": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "stored-key",
                "it keeps a key",
                All(&[
                    STORES_KEY,
                    property("properties.isSharedToAll", IsNot(&["true"]), Means("false")),
                ]),
            ),
            part(
                "shared-key",
                "it keeps a key that every user of the workspace may use",
                All(&[
                    STORES_KEY,
                    property("properties.isSharedToAll", Is(&["true"]), Means("false")),
                ]),
            )
            .at(Critical),
        ],
    }),
    question: None,
};

/// It signs in with a stored secret.
const STORES_KEY: Condition = property(
    "properties.authType",
    Is(&[
        "ApiKey",
        "AccountKey",
        "AccessKey",
        "PAT",
        "SAS",
        "UsernamePassword",
        "CustomKeys",
    ]),
    Open("authType is required and not there"),
);
