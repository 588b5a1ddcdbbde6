//! Apps on App Service and Container Apps.

use super::secret::{NamedValue, carries_reference};
use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;
use crate::value::Cause;

/// SL-APP-002.
pub(in crate::rule) static CONTAINER_APP_INGRESS_PUBLIC: Rule = Rule {
    id: "SL-APP-002",
    name: "container-app-ingress-public",
    title: "Container app ingress external or environment public",
    topic: Topic::AppHosting,
    severity: Medium,
    follows: Follows::Exposure,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.App/containerApps",
        "Microsoft.App/managedEnvironments",
    ],
    controls: &["NS-2"],
    references: "azure-policy: 783ea2a8-b8fd-46be-896a-9ae79643a0b1, \
        d074ddf8-01a5-4b5e-a2b8-964aed452c0a, 8b346db6-85af-419b-8557-92cee2c0f9bb; psrule: \
        Azure.ContainerApp.PublicAccess (AZR-000363), Azure.ContainerApp.ExternalIngress \
        (AZR-000362)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a container app takes requests from outside its environment, and whether \
            the environment faces the internet.",
        matters: "External ingress in a public environment is an address on the internet; an app \
            that talks to a model seldom needs one of its own.",
        pass: "Ingress is internal or absent, or the environment is internal or has public access \
            off.",
        fail: "An environment's `vnetConfiguration.internal` is not true, absent meaning public, \
            and its `publicNetworkAccess` is not `Disabled`; or an app in such an environment has \
            `ingress.external` true.",
        unknown: "The app's environment is not in the inputs, or a parameter decides.",
    },
    remedy: Remedy {
        text: "Make the environment with `vnetConfiguration.internal` true, and ingress internal \
            where only other apps call.",
        edits: &[set(
            "properties.vnetConfiguration",
            r#"{"internal": true, "infrastructureSubnetId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps"}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.App/managedEnvironments", "apiVersion": "2024-03-01",
            "name": "apps", "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part("environment", "it faces the internet", FACES_INTERNET)
                .on(&["Microsoft.App/managedEnvironments"]),
            part(
                "ingress",
                "it takes requests from the internet",
                All(&[
                    property(
                        "properties.configuration.ingress.external",
                        Is(&["true"]),
                        Means("false"),
                    ),
                    Custom(is_in_public_environment),
                ]),
            )
            .on(&["Microsoft.App/containerApps"]),
        ],
    }),
    question: None,
};

/// SL-APP-003.
pub(in crate::rule) static APP_KEY_INSTEAD_OF_IDENTITY: Rule = Rule {
    id: "SL-APP-003",
    name: "app-key-instead-of-identity",
    title: "App has no managed identity and carries a model key in settings",
    topic: Topic::AppHosting,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Web/sites",
        "Microsoft.Web/sites/slots",
        "Microsoft.App/containerApps",
    ],
    controls: &["IM-3", "IM-8"],
    references: "azure-policy: 2b9ad585-36bc-4615-b300-fd4435808332, \
        b874ab2d-72dd-47f1-8cb5-4a306478a4e7; checkov: CKV_AZURE_71, CKV_AZURE_16; psrule: \
        Azure.AppService.ManagedIdentity (AZR-000082), Azure.ContainerApp.ManagedIdentity \
        (AZR-000361); template-analyzer: TA-000019; atlas: AML.T0055; nist: AC-2, AC-3, IA-2",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether an app without an identity carries the key of a model, a search service \
            or a store in its settings.",
        matters: "Settings are read by everyone who may look at the app, and copied with it. The \
            key in them works from anywhere.",
        pass: "The app has an identity, or no setting holds such a key in the clear: references \
            to a key vault are fine.",
        fail: "`identity.type` is absent or `None`, and a setting or secret that is named like a \
            key of a model, search service or store holds a value that is no key vault reference.",
        unknown: "Such a setting, or the identity, is a parameter.",
    },
    remedy: Remedy {
        text: "Give the app an identity with a role on the model, and drop the key, or refer to \
            it in a key vault.",
        edits: &[set("identity", r#"{"type": "SystemAssigned"}"#)],
        cli: "az webapp identity assign --name <app> --resource-group <group>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat-web",
            "kind": "app",
            "properties": {"siteConfig": {"appSettings": [{"name": "AZURE_OPENAI_API_KEY",
            "value": "[listKeys(resourceId('Microsoft.CognitiveServices/accounts', 'ai'), '2024-10-01').key1]"}]}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "key-in-settings",
            "it has no identity and carries a key in its settings",
            All(&[
                property("identity.type", Is(&["None"]), Means("None")),
                Custom(carries_key),
            ]),
        )],
    }),
    question: None,
};

/// The environment answers the internet.
const FACES_INTERNET: Condition = All(&[
    property(
        "properties.vnetConfiguration.internal",
        IsNot(&["true"]),
        Means("false"),
    ),
    property(
        "properties.publicNetworkAccess",
        IsNot(&["Disabled"]),
        Means("Enabled"),
    ),
]);

/// Whether the app's environment answers the internet.
fn is_in_public_environment(scene: &Scene<'_>) -> Answer {
    let properties = scene.properties();
    let (old, new) = (
        properties.at("managedEnvironmentId"),
        properties.at("environmentId"),
    );
    let id = if old.value().is_some() {
        old.symbol()
    } else {
        new.symbol()
    };
    let inventory = scene.context.inventory;
    let found = id
        .stated()
        .and_then(|id| inventory.find_text(id, scene.resource.file));
    match found.and_then(|index| Some((index, inventory.get(index)?))) {
        Some((index, environment)) => {
            FACES_INTERNET.ask(&Scene::new(scene.context, index, environment))
        }
        None => Answer::open(Doubt::outside(
            "environment-outside",
            format!("{}|environment", scene.resource.id),
            format!(
                "the environment of `{}` is not in the inputs",
                scene.resource.name
            ),
            format!(
                "the template of the environment of `{}`",
                scene.resource.name
            ),
            id.span(),
        )),
    }
}

/// Words of which a setting's name holds one where it is about a model, a search service or a store.
const SERVICES: [&str; 10] = [
    "openai",
    "cognitive",
    "aiservices",
    "ai_services",
    "ai-services",
    "search",
    "storage",
    "cosmos",
    "aoai",
    "foundry",
];
/// Words of which it holds one where it is a key.
const KEYS: [&str; 5] = ["key", "secret", "connection", "token", "password"];

/// Whether a setting of the app holds the key of a model, a search service or a store in the clear.
fn carries_key(scene: &Scene<'_>) -> Answer {
    let settings = super::secret::app_settings(scene);
    Answer::any(
        settings
            .iter()
            .filter(|setting| is_key_name(&setting.name))
            .map(judge_setting),
    )
}

fn is_key_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let holds = |words: &[&str]| words.iter().any(|word| name.contains(word));
    (holds(&SERVICES) && holds(&KEYS)) || name == "azurewebjobsstorage"
}

fn judge_setting(setting: &NamedValue<'_>) -> Answer {
    if setting.is_reference {
        return Answer::No;
    }
    let says = || Evidence::stated(setting.span, format!("{} holds a value", setting.name));
    let text = setting.value.text();
    match (text.stated(), text.unknown()) {
        (Some(text), _) => Answer::of(!carries_reference(text), says),
        // A key that Azure looks up while it deploys ends up in the settings all the same.
        (None, Some(unknown))
            if unknown
                .atoms
                .iter()
                .all(|atom| atom.cause == Cause::Runtime) =>
        {
            Answer::of(!carries_reference(&unknown.symbol), says)
        }
        (None, Some(unknown)) => {
            Answer::open(Doubt::of(unknown, setting.span, "a key vault reference"))
        }
        (None, None) => Answer::No,
    }
}
