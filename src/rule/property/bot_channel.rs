//! Channels and connections of a bot.

use super::secret::literal_at;
use crate::rule::prelude::*;

/// SL-BOT-006.
pub(in crate::rule) static WEB_CHAT_FROM_ANY_SITE: Rule = Rule {
    id: "SL-BOT-006",
    name: "web-chat-from-any-site",
    title: "Direct Line or Web Chat without enhanced site protection",
    topic: Topic::BotService,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices/channels"],
    controls: &["IM-4", "NS-2"],
    references: "owasp-llm: LLM10",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether Direct Line and Web Chat take conversations only from sites that you \
            name.",
        matters: "Without enhanced authentication, a page anywhere can open a conversation as a \
            user of its choice, with the secret it finds in your page.",
        pass: "Every site of the channel has `isSecureSiteEnabled` true and lists \
            `trustedOrigins`.",
        fail: "A site has it false or absent, or lists no origin, which trusts any.",
        unknown: "The sites, or a switch of one, are a parameter. Channels of other kinds are \
            left out.",
    },
    remedy: Remedy {
        text: "Set `isSecureSiteEnabled` to true and list the origins of your pages.",
        edits: &[
            set("properties.properties.sites.0.isSecureSiteEnabled", "true"),
            set(
                "properties.properties.sites.0.trustedOrigins",
                r#"["https://www.contoso.com"]"#,
            ),
        ],
        cli: "az bot directline update --name <bot> --resource-group <group> --site-name <site> \
            --enable-enhanced-auth true --trusted-origins https://www.contoso.com",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices/channels", "apiVersion": "2022-09-15",
            "name": "bot/WebChatChannel", "properties": {"channelName": "WebChatChannel",
            "properties": {"sites": [{"siteName": "web", "isEnabled": true,
            "isV1Enabled": false, "isV3Enabled": true, "isSecureSiteEnabled": false}]}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.channelName",
            Is(&["DirectLineChannel", "WebChatChannel"]),
            Open("channelName is required and not there"),
        ),
        parts: &[
            part(
                "not-secured",
                "enhanced authentication is off for a site",
                AnyItem(
                    "properties.properties.sites",
                    &property("isSecureSiteEnabled", IsNot(&["true"]), Means("false")),
                ),
            ),
            part(
                "any-origin",
                "a site trusts pages of any origin",
                AnyItem(
                    "properties.properties.sites",
                    &property("trustedOrigins", Empty, AbsentHolds),
                ),
            ),
        ],
    }),
    question: None,
};

/// SL-BOT-010.
pub(in crate::rule) static BOT_CONNECTION_SECRET_LITERAL: Rule = Rule {
    id: "SL-BOT-010",
    name: "bot-connection-secret-literal",
    title: "OAuth connection secret literal in the template",
    topic: Topic::BotService,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices/connections"],
    controls: &["IM-8"],
    references: "atlas: AML.T0055",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether the client secret of an OAuth connection stands in the template.",
        matters: "Whoever reads the template, its history or its deployment record can sign in as \
            the application.",
        pass: "`clientSecret` is absent or comes from a parameter without a default, a key vault \
            or a run-time value.",
        fail: "`clientSecret` is a literal text.",
        unknown: "This is always told by the template: what is not a literal is not in it.",
    },
    remedy: Remedy {
        text: "Take the secret from a secure parameter with a key vault reference, rotate the one \
            that was written down.",
        edits: &[set(
            "properties.clientSecret",
            r#""[parameters('clientSecret')]""#,
        )],
        cli: "az bot authsetting create --name <bot> --resource-group <group> --setting-name \
            <connection> --client-id <id> --client-secret <new secret> --service <provider> \
            --provider-scope-string <scopes>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.BotService/botServices/connections", "apiVersion": "2022-09-15",
            "name": "bot/graph",
            "properties": {"clientId": "11111111-1111-1111-1111-111111111111",
            "clientSecret": "Zx8-example-Secret-000",
            "serviceProviderId": "30dd229c-58e3-4a48-bdfd-91ec48eb906c"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "literal",
            "the client secret stands in the template",
            Custom(has_literal_client_secret),
        )],
    }),
    question: None,
};

fn has_literal_client_secret(scene: &Scene<'_>) -> Answer {
    literal_at(scene.properties().at("clientSecret"), "clientSecret")
}
