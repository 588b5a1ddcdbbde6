//! Bots: `Microsoft.BotService/botServices`.

use crate::rule::prelude::*;

/// SL-BOT-001.
pub(in crate::rule) static BOT_PUBLIC: Rule = Rule {
    id: "SL-BOT-001",
    name: "bot-public",
    title: "Bot resource public",
    topic: Topic::BotService,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["NS-2"],
    references: "azure-policy: 5e8168db-69e3-4beb-9822-57cb59202a9d, \
        52152f42-0dda-40d9-976e-abb1acdd611e",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the bot's channels are open to the internet.",
        matters: "A bot for staff need not be reachable by everyone; each public channel is a way \
            to put text before your model.",
        pass: "`publicNetworkAccess` is `Disabled`.",
        fail: "It is `Enabled` or absent, which means that. It counts as a note where the only \
            channel is Direct Line by its app service extension.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` and use the Direct Line app service \
            extension.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot",
            "properties": {"endpoint": "https://chat.contoso.com/api/messages",
            "publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "its channels are open to the internet",
                All(&[
                    property(
                        "properties.publicNetworkAccess",
                        IsNot(&["Disabled"]),
                        Means("Enabled"),
                    ),
                    Unless(&Custom(uses_extension_only)),
                ]),
            ),
            part(
                "public-unused",
                "it is public though only the Direct Line extension is used",
                All(&[
                    property(
                        "properties.publicNetworkAccess",
                        IsNot(&["Disabled"]),
                        Means("Enabled"),
                    ),
                    Custom(uses_extension_only),
                ]),
            )
            .at(Info),
        ],
    }),
    question: None,
};

/// SL-BOT-002.
pub(in crate::rule) static BOT_ACCEPTS_SECRETS: Rule = Rule {
    id: "SL-BOT-002",
    name: "bot-accepts-secrets",
    title: "Bot accepts local (secret) sign-in",
    topic: Topic::BotService,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["IM-1"],
    references: "azure-policy: ffea632e-4e3a-4424-bf78-10e179bb2e1a",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the bot's channels can be opened with secrets.",
        matters: "A Direct Line secret lets its holder speak as any user of the bot, without end.",
        pass: "`disableLocalAuth` is true.",
        fail: "It is false or absent, which means that secrets work.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `disableLocalAuth` to true and exchange Entra tokens.",
        edits: &[set("properties.disableLocalAuth", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot", "properties": {"disableLocalAuth": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "secrets",
            "secrets open its channels",
            property(
                "properties.disableLocalAuth",
                IsNot(&["true"]),
                Means("false"),
            ),
        )],
    }),
    question: None,
};

/// SL-BOT-003.
pub(in crate::rule) static BOT_ENDPOINT_NOT_HTTPS: Rule = Rule {
    id: "SL-BOT-003",
    name: "bot-endpoint-not-https",
    title: "Bot messaging endpoint not https",
    topic: Topic::BotService,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["DP-3"],
    references: "azure-policy: 6164527b-e1ee-4882-8673-572f425f5e0a",
    safeguard: Some(Safeguard::EncryptionInTransit),
    page: Page {
        checks: "Whether messages travel to the bot's code encrypted.",
        matters: "What people write to the bot, and the token that proves the sender, can be read \
            on the way otherwise.",
        pass: "`endpoint` starts with `https://`.",
        fail: "It starts with anything else; an empty endpoint is a note.",
        unknown: "The endpoint hangs on a parameter from its first letter.",
    },
    remedy: Remedy {
        text: "Set `endpoint` to an address with `https://`.",
        edits: &[set(
            "properties.endpoint",
            r#""https://chat.contoso.com/api/messages""#,
        )],
        cli: "az bot update --name <bot> --resource-group <group> --endpoint \
            https://<host>/api/messages",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot",
            "properties": {"endpoint": "http://chat.contoso.com/api/messages"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "plain",
                "messages travel to it unencrypted",
                property("properties.endpoint", BeginsNot(&["https://"]), Not),
            ),
            part(
                "no-endpoint",
                "it has no messaging endpoint",
                property("properties.endpoint", Empty, AbsentHolds),
            )
            .at(Info),
        ],
    }),
    question: None,
};

/// SL-BOT-004.
pub(in crate::rule) static BOT_MULTI_TENANT_IDENTITY: Rule = Rule {
    id: "SL-BOT-004",
    name: "bot-multi-tenant-identity",
    title: "Bot identity is multi-tenant or password based",
    topic: Topic::BotService,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["IM-1", "IM-3"],
    references: "",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Under which identity the bot signs in.",
        matters: "A multi-tenant application with a password can be used from any tenant by \
            whoever has the password; such bots can no longer be made.",
        pass: "`msaAppType` is `UserAssignedMSI`.",
        fail: "It is `MultiTenant` or absent, which means that; `SingleTenant`, which still has a \
            password, counts as low.",
        unknown: "A parameter decides the type.",
    },
    remedy: Remedy {
        text: "Make the bot again with a user-assigned identity.",
        edits: &[set("properties.msaAppType", r#""UserAssignedMSI""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot", "properties": {"msaAppType": "MultiTenant"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "multi-tenant",
                "its identity is a multi-tenant application with a password",
                property(
                    "properties.msaAppType",
                    Is(&["MultiTenant"]),
                    Means("MultiTenant"),
                ),
            ),
            part(
                "password",
                "its identity is an application with a password",
                property("properties.msaAppType", Is(&["SingleTenant"]), Not),
            )
            .at(Low),
        ],
    }),
    question: None,
};

/// SL-BOT-005.
pub(in crate::rule) static BOT_PLATFORM_KEY: Rule = Rule {
    id: "SL-BOT-005",
    name: "bot-platform-key",
    title: "Bot data without a customer-managed key",
    topic: Topic::BotService,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["DP-5"],
    references: "azure-policy: 51522a96-0869-4791-82f3-981000c2c67f; nist: SC-12",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether what the bot service keeps is encrypted under a key of your own vault.",
        matters: "Conversation state and channel secrets rest there under a key that you cannot \
            withdraw otherwise.",
        pass: "`isCmekEnabled` is true.",
        fail: "It is false or absent, which means a key of the platform.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `isCmekEnabled` to true and name the key in `cmekKeyVaultUrl`.",
        edits: &[set("properties.isCmekEnabled", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot", "properties": {"isCmekEnabled": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "platform-key",
            "its data is under a key of the platform",
            property("properties.isCmekEnabled", IsNot(&["true"]), Means("false")),
        )],
    }),
    question: None,
};

/// Whether the bot's only channel is Direct Line by its app service extension.
fn uses_extension_only(scene: &Scene<'_>) -> Answer {
    let channels: Vec<_> = scene.children("channels").collect();
    let is_extension = |channel: &&crate::resource::Resource| {
        let properties = channel.properties();
        properties.at("channelName").text().is("DirectLineChannel") == Some(true)
            && properties
                .path("properties.extensionKey1")
                .value()
                .is_some()
    };
    if !channels.is_empty() && channels.iter().all(is_extension) {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}
