//! Identity, encryption and modes of an ML workspace.

use super::ask::is_marked_sensitive;
use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-AML-006.
pub(in crate::rule) static WORKSPACE_WITHOUT_OWN_IDENTITY: Rule = Rule {
    id: "SL-AML-006",
    name: "workspace-without-own-identity",
    title: "ML workspace identity missing or only system-assigned",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["IM-3"],
    references: "azure-policy: 5f0c7d88-c7de-45b8-ac49-db49e72eaa78; psrule: \
        Azure.ML.UserManagedIdentity (AZR-000407)",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether the workspace works under an identity that you made for it.",
        matters: "A system-assigned identity is created with broad rights on the workspace's \
            stores and dies with it. One of your own can be given just what it needs, before the \
            workspace exists.",
        pass: "`primaryUserAssignedIdentity` is set, whatever else the workspace has.",
        fail: "`identity.type` is absent or `None`, which counts as high, or no primary \
            user-assigned identity is named, which counts as low.",
        unknown: "A parameter decides the identity.",
    },
    remedy: Remedy {
        text: "Make a user-assigned identity, add it under `identity` and name it in \
            `primaryUserAssignedIdentity`.",
        edits: &[
            set(
                "identity",
                r#"{"type": "UserAssigned", "userAssignedIdentities": {"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ml": {}}}"#,
            ),
            set(
                "properties.primaryUserAssignedIdentity",
                r#""/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/ml""#,
            ),
        ],
        cli: "az ml workspace update --name <workspace> --resource-group <group> \
            --primary-user-assigned-identity <id>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "no-identity",
                "it has no identity",
                property("identity.type", Is(&["None"]), Means("None")),
            )
            .at(High),
            part(
                "no-primary",
                "it names no user-assigned identity as its primary one",
                All(&[
                    property("identity.type", IsNot(&["None"]), Means("None")),
                    property("properties.primaryUserAssignedIdentity", Empty, AbsentHolds),
                ]),
            )
            .at(Low),
        ],
    }),
    question: None,
};

/// SL-AML-007.
pub(in crate::rule) static WORKSPACE_PLATFORM_KEY: Rule = Rule {
    id: "SL-AML-007",
    name: "workspace-platform-key",
    title: "ML workspace metadata not under a customer-managed key",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["DP-5"],
    references: "azure-policy: ba769a63-b8cc-4b2d-abf6-ac33c7204be8, \
        7f40cee6-e933-4d0f-a782-b96615e0f4a6; nist: SC-12",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether the workspace's metadata is encrypted under a key of your own vault.",
        matters: "Run history, metrics and asset lists tell much about a model. The key can be \
            chosen only when the workspace is made.",
        pass: "`encryption.status` is `Enabled`. A project inherits from its hub and is left out.",
        fail: "It is `Disabled` or absent, which means a key of the platform.",
        unknown: "A parameter decides `encryption.status`.",
    },
    remedy: Remedy {
        text: "Make a new workspace with `encryption.status` `Enabled` and a key of your vault.",
        edits: &[set(
            "properties.encryption",
            r#"{"status": "Enabled", "keyVaultProperties": {"keyVaultArmId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.KeyVault/vaults/vault", "keyIdentifier": "https://vault.vault.azure.net/keys/ml"}}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Unless(&property("kind", Is(&["Project"]), Not)),
        parts: &[part(
            "platform-key",
            "its metadata is under a key of the platform",
            property(
                "properties.encryption.status",
                IsNot(&["Enabled"]),
                Means("Disabled"),
            ),
        )],
    }),
    question: None,
};

/// SL-AML-008.
pub(in crate::rule) static WORKSPACE_SENSITIVE_WITHOUT_FLAG: Rule = Rule {
    id: "SL-AML-008",
    name: "workspace-sensitive-without-flag",
    title: "High-business-impact flag off for sensitive workspaces",
    topic: Topic::AzureMl,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["DP-2"],
    references: "",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether a workspace for sensitive data carries the flag for high business impact.",
        matters: "The flag stops the service from collecting diagnostic data of the workspace and \
            encrypts scratch disks. It can be set only when the workspace is made.",
        pass: "`hbiWorkspace` is true. Workspaces that nobody has marked sensitive are left out.",
        fail: "The workspace is marked sensitive and `hbiWorkspace` is false or absent, which \
            means false.",
        unknown: "A parameter decides the flag.",
    },
    remedy: Remedy {
        text: "Make a new workspace with `hbiWorkspace` true.",
        edits: &[set("properties.hbiWorkspace", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "tags": {"dataClassification": "Confidential"},
            "properties": {"hbiWorkspace": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_marked_sensitive),
        parts: &[part(
            "flag-off",
            "it is marked sensitive and its flag for high business impact is off",
            property("properties.hbiWorkspace", IsNot(&["true"]), Means("false")),
        )],
    }),
    question: None,
};

/// SL-AML-009.
pub(in crate::rule) static WORKSPACE_LEGACY_MODE: Rule = Rule {
    id: "SL-AML-009",
    name: "workspace-legacy-mode",
    title: "v1 legacy mode keeps ARM v2 calls out of the private path",
    topic: Topic::AzureMl,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["NS-2"],
    references: "azure-policy: e413671a-dd10-4cc1-a943-45b598596cb7",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Which way the workspace's management calls take, so that it is known and not an \
            accident.",
        matters: "In v1 legacy mode the newer interface is shut off. Without it, creating jobs \
            and models goes through Azure's public management endpoint, even from inside a \
            private network. A built-in policy asks for the first, Azure's own advice for the \
            second.",
        pass: "`v1LegacyMode` is false or absent, and the workspace is public or the inputs hold \
            a private link for resource management.",
        fail: "`v1LegacyMode` is true, or the workspace is private and management calls still \
            leave the network.",
        unknown: "A parameter decides the mode or the public side.",
    },
    remedy: Remedy {
        text: "Decide `v1LegacyMode` knowingly; for a private workspace add a private link for \
            Azure Resource Manager.",
        edits: &[set("properties.v1LegacyMode", "false")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Enabled",
            "v1LegacyMode": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "legacy",
                "v1 legacy mode is on",
                property("properties.v1LegacyMode", Is(&["true"]), Means("false")),
            ),
            part(
                "public-management",
                "its management calls leave the private network",
                All(&[
                    property("properties.publicNetworkAccess", Is(&["Disabled"]), Not),
                    property("properties.v1LegacyMode", IsNot(&["true"]), Means("false")),
                    Unless(&Custom(has_management_link)),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-AML-031.
pub(in crate::rule) static HUB_WITHOUT_DATA_ISOLATION: Rule = Rule {
    id: "SL-AML-031",
    name: "hub-without-data-isolation",
    title: "Hub lets projects read each other's data",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["DP-2", "PA-7"],
    references: "owasp-llm: LLM08",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether projects of a hub are kept from reading each other's data.",
        matters: "Without isolation all projects share the hub's containers, so that an agent or \
            user of one can read what another was given.",
        pass: "`enableDataIsolation` is true. Only hubs are asked.",
        fail: "`enableDataIsolation` is false.",
        unknown: "It is absent: hubs that the portal makes today have it on, others may not.",
    },
    remedy: Remedy {
        text: "Make the hub with `enableDataIsolation` true; it cannot be changed later.",
        edits: &[set("properties.enableDataIsolation", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "kind": "Hub", "properties": {"enableDataIsolation": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property("kind", Is(&["Hub"]), Not),
        parts: &[part(
            "shared",
            "its projects read each other's data",
            property(
                "properties.enableDataIsolation",
                Is(&["false"]),
                Open(
                    "whether an absent enableDataIsolation means on hangs on how the hub was made",
                ),
            ),
        )],
    }),
    question: None,
};

/// Whether the estate has a private link for Azure Resource Manager.
fn has_management_link(scene: &Scene<'_>) -> Answer {
    let inventory = scene.context.inventory;
    let mut links = inventory.of_type("Microsoft.Authorization/resourceManagementPrivateLinks");
    match links.next() {
        Some((_, link)) => Answer::yes(Evidence::stated(
            link.span,
            format!("`{}` is a private link for management", link.name),
        )),
        None => Answer::No,
    }
}
