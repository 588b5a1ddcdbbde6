//! Apps behind bots that check no caller.

use crate::rule::Ruling;
use crate::rule::exposed::anyone_enters;
use crate::rule::host::resource_at;
use crate::rule::prelude::*;

/// SL-BOT-009.
pub(in crate::rule) static BOT_BACKEND_OPEN: Rule = Rule {
    id: "SL-BOT-009",
    name: "bot-backend-open",
    title: "Bot back end is public and checks no caller",
    topic: Topic::BotService,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.BotService/botServices"],
    controls: &["NS-2", "IM-4"],
    references: "owasp-llm: LLM01",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the app behind a bot takes messages from anyone, past the bot service.",
        matters: "The bot service signs what it forwards. An app that answers the internet \
            without a restriction depends on its code alone to check that, and code forgets.",
        pass: "The app has an access restriction, a sign-in or no public side. Bots whose app is \
            not in the inputs are left out.",
        fail: "The app that `endpoint` names is reached from the internet and asks for nothing.",
        unknown: "Whether the app is reached, or what it asks for, is open.",
    },
    remedy: Remedy {
        text: "Restrict the app to the service tag `AzureBotService`, or put it behind a private \
            endpoint.",
        edits: &[],
        cli: "az webapp config access-restriction add --name <app> --resource-group <group> \
            --rule-name bot --action Allow --service-tag AzureBotService --priority 100",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot",
            "properties": {"endpoint": "https://chat.azurewebsites.net/api/messages"}},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {}}}]"#,
        passes: r#"[{"type": "Microsoft.BotService/botServices", "apiVersion": "2022-09-15",
            "name": "bot", "kind": "azurebot",
            "properties": {"endpoint": "https://chat.azurewebsites.net/api/messages"}},
            {"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat",
            "kind": "app", "identity": {"type": "SystemAssigned"},
            "properties": {"siteConfig": {"ipSecurityRestrictions": [{"tag": "ServiceTag",
            "ipAddress": "AzureBotService", "action": "Allow", "priority": 100}]}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// A restriction of the app names the service, whatever addresses it has today.
const NAMES_BOT_SERVICE: Condition = AnyItem(
    "properties.siteConfig.ipSecurityRestrictions",
    &property("ipAddress", Is(&["AzureBotService"]), Not),
);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let endpoint = scene.properties().at("endpoint");
    let app = resource_at(scene.context, endpoint, scene.resource.file);
    let Some(app) = app.filter(|index| *index != scene.index) else {
        ruling.skip();
        return;
    };
    let Some(resource) = scene.context.inventory.get(app) else {
        return;
    };
    let says = format!(
        "the app `{}` behind it takes messages from anyone",
        resource.name
    );
    let named = NAMES_BOT_SERVICE.ask(&Scene::new(scene.context, app, resource));
    if !named.is_yes() {
        ruling.judge("open", says, anyone_enters(scene.context, app));
    }
}
