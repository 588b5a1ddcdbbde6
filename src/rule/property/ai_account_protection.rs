//! What an AI services account calls, keeps and reports.

use crate::rule::prelude::*;

/// SL-AOAI-007.
pub(in crate::rule) static AI_ACCOUNT_WITHOUT_IDENTITY: Rule = Rule {
    id: "SL-AOAI-007",
    name: "ai-account-without-identity",
    title: "AI account without managed identity",
    topic: Topic::AiServices,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["IM-3"],
    references: "azure-policy: fe3fd216-4f83-4fc1-8984-2bbec80a3418; psrule: \
        Azure.AI.ManagedIdentity (AZR-000281); checkov: CKV_AZURE_238",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether an account that reaches storage, a key vault or other resources has an \
            identity to do it with.",
        matters: "Without an identity it can only use stored keys, or cannot use a \
            customer-managed key at all.",
        pass: "`identity.type` names a system-assigned or a user-assigned identity.",
        fail: "`identity.type` is absent or `None`. It counts as a note where nothing in the \
            template shows that the account reaches anything.",
        unknown: "A parameter decides the identity.",
    },
    remedy: Remedy {
        text: "Give the account an identity and that identity the roles it needs.",
        edits: &[set("identity", r#"{"type": "SystemAssigned"}"#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "AIServices",
            "properties": {"userOwnedStorage": [{"resourceId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files"}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "needed",
                "it reaches other resources and has no identity",
                All(&[
                    property("identity.type", Is(&["None"]), Means("None")),
                    NEEDS_IDENTITY,
                ]),
            ),
            part(
                "none",
                "it has no identity",
                All(&[
                    property("identity.type", Is(&["None"]), Means("None")),
                    Unless(&NEEDS_IDENTITY),
                ]),
            )
            .at(Info),
        ],
    }),
    question: None,
};

/// SL-AOAI-008.
pub(in crate::rule) static AI_ACCOUNT_PLATFORM_KEY: Rule = Rule {
    id: "SL-AOAI-008",
    name: "ai-account-platform-key",
    title: "AI account data at rest not under a customer-managed key",
    topic: Topic::AiServices,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["DP-5"],
    references: "azure-policy: 67121cc7-ff39-4ab8-b7e3-95b84dab487d, \
        2bdd0062-9d75-436e-89df-487dd8e4b3c7, 11566b39-f7f7-4b82-ab06-68d8700eb0a4; nist: SC-12",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether what the account stores is encrypted under a key of your own vault.",
        matters: "Training files, fine-tuned models and agent threads rest there. With your own \
            key you can withdraw access to all of it at once.",
        pass: "`encryption.keySource` is `Microsoft.KeyVault`.",
        fail: "It is `Microsoft.CognitiveServices` or absent, which means that.",
        unknown: "A parameter decides `encryption.keySource`.",
    },
    remedy: Remedy {
        text: "Give the account an identity with a key role and set `encryption` to a key of your \
            vault.",
        edits: &[set(
            "properties.encryption",
            r#"{"keySource": "Microsoft.KeyVault", "keyVaultProperties": {"keyVaultUri": "https://vault.vault.azure.net", "keyName": "ai"}}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI",
            "properties": {"encryption": {"keySource": "Microsoft.CognitiveServices"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "platform-key",
            "what it stores is under a key of the platform",
            property(
                "properties.encryption.keySource",
                IsNot(&["Microsoft.KeyVault"]),
                Means("Microsoft.CognitiveServices"),
            ),
        )],
    }),
    question: None,
};

/// SL-AOAI-009.
pub(in crate::rule) static AI_ACCOUNT_FREE_OUTBOUND: Rule = Rule {
    id: "SL-AOAI-009",
    name: "ai-account-free-outbound",
    title: "AI account may fetch any outside URL",
    topic: Topic::AiServices,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["NS-2", "DP-2"],
    references: "atlas: AML.T0025; owasp-llm: LLM02",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether the account may fetch any address that a request hands it.",
        matters: "A prompt can make the service fetch an image or a file from an attacker's host, \
            with what it knows in the address. A list of allowed hosts ends that.",
        pass: "`restrictOutboundNetworkAccess` is true and `allowedFqdnList` names hosts.",
        fail: "`restrictOutboundNetworkAccess` is false or absent, which means free outbound, or \
            the list is empty or holds a wildcard for everything.",
        unknown: "A parameter decides the switch or the list.",
    },
    remedy: Remedy {
        text: "Set `restrictOutboundNetworkAccess` to true and list the hosts that the workload \
            needs.",
        edits: &[
            set("properties.restrictOutboundNetworkAccess", "true"),
            set("properties.allowedFqdnList", r#"["models.contoso.com"]"#),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "AIServices",
            "properties": {"restrictOutboundNetworkAccess": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "free",
                "it may fetch any outside address",
                property(
                    "properties.restrictOutboundNetworkAccess",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            ),
            part(
                "no-list",
                "outbound is restricted without a list of hosts",
                All(&[
                    property(
                        "properties.restrictOutboundNetworkAccess",
                        Is(&["true"]),
                        Means("false"),
                    ),
                    Any(&[
                        property("properties.allowedFqdnList", Empty, AbsentHolds),
                        property("properties.allowedFqdnList", Holds(&["*"]), Not),
                    ]),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-AOAI-011.
pub(in crate::rule) static AI_ACCOUNT_SERVICE_OWNED_STORAGE: Rule = Rule {
    id: "SL-AOAI-011",
    name: "ai-account-service-owned-storage",
    title: "Fine-tuning and batch files sit in service-owned storage",
    topic: Topic::AiServices,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["DP-2", "DP-5"],
    references: "azure-policy: 46aa9b05-0e60-4eae-a88b-1e9d374fa515",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether files that the account keeps stand in storage of your own.",
        matters: "In the service's storage you set no retention, read no logs and cannot delete \
            by yourself.",
        pass: "`userOwnedStorage` names an account. Only kinds that can use one are asked.",
        fail: "`userOwnedStorage` is empty or absent.",
        unknown: "A parameter decides it, or the kind of the account.",
    },
    remedy: Remedy {
        text: "Name a storage account in `userOwnedStorage` when the account is made.",
        edits: &[set(
            "properties.userOwnedStorage",
            r#"[{"resourceId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Storage/storageAccounts/files"}]"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "SpeechServices", "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Any(&[
            property(
                "kind",
                Is(&[
                    "OpenAI",
                    "AIServices",
                    "SpeechServices",
                    "TextAnalytics",
                    "ComputerVision",
                ]),
                Not,
            ),
            AnyItem(
                "properties.capabilities",
                &property("name", Is(&["CustomManagedStorage"]), Not),
            ),
        ]),
        parts: &[part(
            "service-storage",
            "its files stand in storage of the service",
            property("properties.userOwnedStorage", Empty, AbsentHolds),
        )],
    }),
    question: None,
};

/// SL-AOAI-017.
pub(in crate::rule) static ABUSE_MONITORING_OFF: Rule = Rule {
    id: "SL-AOAI-017",
    name: "abuse-monitoring-off",
    title: "Abuse monitoring switched off for the account",
    topic: Topic::AbuseMonitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["AI-6", "LT-1"],
    references: "owasp-llm: LLM10",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether Microsoft's abuse monitoring is switched off for the account.",
        matters: "An approved opt-out means that nobody but you sees misuse. Without monitoring \
            of your own, nobody does.",
        pass: "No capability named `ContentLogging` has the value `false`; absent means monitored.",
        fail: "An export lists the capability `ContentLogging` with the value `false`.",
        unknown: "The capabilities are a parameter or a run-time value.",
    },
    remedy: Remedy {
        text: "Record the approval, and watch prompts and answers by your own means.",
        edits: &[set("properties.capabilities.0.value", r#""true""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI",
            "properties": {"capabilities": [{"name": "ContentLogging", "value": "false"}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "off",
            "abuse monitoring is off",
            AnyItem(
                "properties.capabilities",
                &All(&[
                    property("name", Is(&["ContentLogging"]), Not),
                    property("value", Is(&["false"]), Not),
                ]),
            ),
        )],
    }),
    question: None,
};

/// SL-AOAI-018.
pub(in crate::rule) static ABUSE_DETECTION_WITHOUT_STORE: Rule = Rule {
    id: "SL-AOAI-018",
    name: "abuse-detection-without-store",
    title: "Abusive-user detection not wired to a store",
    topic: Topic::AbuseMonitoring,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts"],
    controls: &["AI-6", "LT-1"],
    references: "",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether findings about abusive users are written to a store of your own.",
        matters: "The service can tell which of your users misuse a model, but only if it has \
            somewhere to write it.",
        pass: "`raiMonitorConfig` names a store. Only accounts of kind `OpenAI` and `AIServices` \
            are asked.",
        fail: "`raiMonitorConfig` is absent or empty.",
        unknown: "A parameter decides it, or the kind of the account.",
    },
    remedy: Remedy {
        text: "Set `raiMonitorConfig` to a database for the findings and an identity that writes \
            them.",
        edits: &[set(
            "properties.raiMonitorConfig",
            r#"{"adxStorageResourceId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Kusto/clusters/abuse/databases/findings"}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property("kind", Is(&["OpenAI", "AIServices"]), Not),
        parts: &[part(
            "no-store",
            "findings about abusive users go nowhere",
            property("properties.raiMonitorConfig", Empty, AbsentHolds),
        )],
    }),
    question: None,
};

/// Something in the template shows that the account reaches other resources.
const NEEDS_IDENTITY: Condition = Any(&[
    property("properties.userOwnedStorage", Filled, Not),
    property(
        "properties.encryption.keySource",
        Is(&["Microsoft.KeyVault"]),
        Not,
    ),
    Custom(has_connections),
]);

fn has_connections(scene: &Scene<'_>) -> Answer {
    if scene.children("connections").next().is_some() {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}
