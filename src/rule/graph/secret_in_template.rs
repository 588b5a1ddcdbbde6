//! Secrets in the text of templates.

use crate::evidence::Evidence;
use crate::resource::{Presence, Reader, Resource, ResourceIndex};
use crate::rule::prelude::*;
use crate::rule::property::secret::{
    app_settings, carries_reference, is_secret_name, looks_like_secret, start_up_text,
};
use crate::rule::written::{is_secure, templates};
use crate::rule::{Context, Ruling};
use crate::source::FileId;
use crate::value::{Data, Value};
use std::collections::BTreeMap;

/// SL-SEC-001.
pub(in crate::rule) static SECRET_IN_TEMPLATE: Rule = Rule {
    id: "SL-SEC-001",
    name: "secret-in-template",
    title: "Literal secret in template, parameter default, app setting or custom data",
    topic: Topic::SecretsInTemplate,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["*"],
    controls: &["IM-8"],
    references: "checkov: CKV_AZURE_131, CKV_AZURE_45, CKV_AZURE_239; psrule: \
        Azure.Deployment.SecureValue (AZR-000316), Azure.Deployment.SecretLeak, \
        Azure.VM.ScriptExtensions (AZR-000332); kics: 4d2cf896-c053-4be5-9c95-8b4771112f29; \
        atlas: AML.T0055; owasp-llm: LLM02",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether a password, key, token or connection string stands in the text: as the \
            default of a secure parameter, in a property or app setting, in start-up data, or in \
            the settings of a script.",
        matters: "Templates are kept in repositories, sent by mail and recorded with each \
            deployment. A secret in one has been given away, and usually works for years.",
        pass: "Secrets come from secure parameters without defaults, from key vault references, \
            or are not needed.",
        fail: "A secure parameter has a literal default; a property that is named like a password \
            or key holds a literal; a value looks like a key, signature, token or private key; or \
            a script's settings carry a secret outside `protectedSettings`. The secret itself is \
            never repeated.",
        unknown: "This is always told by the template: what is not in it is not a literal. A \
            value that only a parameter file supplies is not reported.",
    },
    remedy: Remedy {
        text: "Take the secret out and rotate it; use a managed identity, or a key vault \
            reference through a secure parameter.",
        edits: &[],
        cli: "az keyvault secret set --vault-name <vault> --name <secret> --file <file>  # then \
            refer to it, and rotate the old one",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "properties": {"osProfile": {"computerName": "host",
            "adminUsername": "azureuser", "adminPassword": "example-Passw0rd"}}}"#,
        passes: r#"{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2024-07-01",
            "name": "host", "properties": {"osProfile": {"computerName": "host",
            "adminUsername": "azureuser", "adminPassword": "[parameters('adminPassword')]"}}}"#,
    },
    check: Check::Estate(check),
    question: None,
};

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let mut rulings = parameters(context);
    for (index, resource) in context.inventory.iter() {
        if matches!(
            resource.presence,
            Presence::NotDeployed(_) | Presence::Existing
        ) {
            continue;
        }
        let mut ruling = Ruling::about(index);
        settings(context, index, resource, &mut ruling);
        start_up(resource, &mut ruling);
        walk(resource, &mut ruling);
        rulings.push(ruling);
    }
    rulings
}

/// Secure parameters with a literal default, one ruling a file.
fn parameters(context: &Context<'_>) -> Vec<Ruling> {
    let mut by_file: BTreeMap<FileId, Ruling> = BTreeMap::new();
    for template in templates(context.documents) {
        let parameters = template.get("parameters").map_or(&[][..], Value::members);
        for parameter in parameters
            .iter()
            .filter(|one| is_secure(template, &one.value))
        {
            let file = parameter.name_span.file;
            let ruling = by_file
                .entry(file)
                .or_insert_with(|| Ruling::about_file(file));
            let default = parameter.value.get("defaultValue");
            let Some(default) = default.filter(|value| is_literal_secret(value)) else {
                continue;
            };
            let says = format!(
                "the secure parameter `{}` has a literal default",
                parameter.name
            );
            let evidence = Evidence::stated(default.span, "the default is a literal");
            ruling.judge("parameter-default", says, Answer::yes(evidence));
        }
    }
    by_file.into_values().collect()
}

/// Whether a default is more than an empty text or object, and no expression.
fn is_literal_secret(value: &Value) -> bool {
    match &value.data {
        Data::String(text) => {
            !text.is_empty() && (!text.starts_with('[') || text.starts_with("[["))
        }
        Data::Object(object) => object
            .members()
            .iter()
            .any(|member| is_literal_secret(&member.value)),
        Data::Array(array) => array.items().iter().any(is_literal_secret),
        Data::Integer(_) | Data::Float(_) => true,
        Data::Null | Data::Bool(_) | Data::Unknown(_) => false,
    }
}

fn report(ruling: &mut Ruling, key: &str, name: &str, value: &Value) {
    let evidence = Evidence::stated(value.span, format!("{name} is a literal"));
    ruling.judge(
        key,
        format!("a secret stands in `{name}`"),
        Answer::yes(evidence),
    );
}

/// Settings of apps that are named like keys.
fn settings(context: &Context<'_>, index: ResourceIndex, resource: &Resource, ruling: &mut Ruling) {
    let scene = Scene::new(context, index, resource);
    let is_app = [
        "Microsoft.Web/sites",
        "Microsoft.Web/sites/slots",
        "Microsoft.App/containerApps",
    ]
    .iter()
    .any(|kind| resource.resource_type.is(kind));
    if !is_app {
        return;
    }
    for setting in app_settings(&scene) {
        let Some(value) = setting.value.value() else {
            continue;
        };
        let Some(text) = value.as_str() else { continue };
        if setting.is_reference || carries_reference(text) {
            continue;
        }
        if is_secret_name(&setting.name) && looks_random(text) && !looks_like_secret(text) {
            report(
                ruling,
                &format!("setting {}", setting.name),
                &setting.name,
                value,
            );
        }
    }
}

/// Whether `text` looks made by a machine: long, in one piece, with letters and digits.
fn looks_random(text: &str) -> bool {
    text.len() >= 16
        && !text.contains(char::is_whitespace)
        && !text.contains("://")
        && text.contains(|letter: char| letter.is_ascii_digit())
        && text.contains(|letter: char| letter.is_ascii_alphabetic())
}

/// Start-up data and the open settings of scripts.
fn start_up(resource: &Resource, ruling: &mut Ruling) {
    let properties = resource.properties();
    for path in [
        "osProfile.customData",
        "virtualMachineProfile.osProfile.customData",
        "userData",
    ] {
        let place = properties.path(path);
        let Some(value) = place.value() else { continue };
        if value
            .as_str()
            .is_some_and(|text| carries_secret(&start_up_text(text)))
        {
            report(ruling, path, path, value);
        }
    }
    let is_extension = resource
        .resource_type
        .last_segment()
        .eq_ignore_ascii_case("extensions");
    let command = properties.path("settings.commandToExecute");
    if let (true, Some(value)) = (is_extension, command.value()) {
        let open = value.as_unknown().is_some_and(|unknown| unknown.secret);
        if open || value.as_str().is_some_and(carries_secret) {
            let evidence = Evidence::stated(value.span, "settings are not protected");
            ruling.judge(
                "commandToExecute",
                "the command of a script carries a secret outside protectedSettings",
                Answer::yes(evidence),
            );
        }
    }
}

/// Whether a script sets a password or holds a key.
fn carries_secret(script: &str) -> bool {
    let lower = script.to_ascii_lowercase();
    let sets = [
        "password=",
        "passwd=",
        "secret=",
        "token=",
        "api_key=",
        "apikey=",
        "accountkey=",
    ];
    let literal = |at: usize, word: &str| {
        let rest = script.get(at + word.len()..).unwrap_or("");
        let value = rest.trim_start_matches(['"', '\'']);
        value.starts_with(|first: char| first.is_ascii_alphanumeric())
    };
    looks_like_secret(script)
        || sets
            .iter()
            .any(|word| lower.match_indices(word).any(|(at, _)| literal(at, word)))
}

/// Every member of the declaration that is named like a secret, or that holds what looks like one.
fn walk(resource: &Resource, ruling: &mut Ruling) {
    let is_vault_secret = resource
        .resource_type
        .is("Microsoft.KeyVault/vaults/secrets");
    let is_named_value = resource
        .resource_type
        .is("Microsoft.ApiManagement/service/namedValues")
        && resource.properties().at("secret").boolean().stated() == Some(&true);
    let mut waiting: Vec<(String, Reader<'_>)> = vec![(String::new(), resource.reader())];
    while let Some((path, here)) = waiting.pop() {
        let Some(value) = here.value() else { continue };
        for (at, item) in value.items().iter().enumerate() {
            waiting.push((format!("{path}[{at}]"), Reader::new(item)));
        }
        for member in value.members() {
            let inner = if path.is_empty() {
                member.name.to_string()
            } else {
                format!("{path}.{}", member.name)
            };
            if matches!(&*inner, "tags" | "metadata" | "dependsOn") {
                continue;
            }
            let Some(text) = member.value.as_str() else {
                waiting.push((inner, Reader::new(&member.value)));
                continue;
            };
            let own_value = (is_vault_secret || is_named_value) && inner == "properties.value";
            let named = is_password_name(&member.name) || own_value;
            let suspicious = (named && is_plain(text)) || looks_like_secret(text);
            if suspicious {
                report(ruling, &without_places(&inner), &inner, &member.value);
            }
        }
    }
}

/// The path without places in lists, which move when a template is reordered.
fn without_places(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for piece in path.split('[') {
        out.push_str(piece.split_once(']').map_or(piece, |(_, rest)| rest));
    }
    out
}

/// Properties that hold a password or key whatever the resource.
fn is_password_name(name: &str) -> bool {
    const NAMES: [&str; 16] = [
        "clientsecret",
        "accountkey",
        "accesskey",
        "sharedkey",
        "sharedaccesskey",
        "apikey",
        "storageaccountkey",
        "storageaccountaccesskey",
        "workspacekey",
        "sastoken",
        "privatekey",
        "serviceprincipalkey",
        "accesstoken",
        "passphrase",
        "subscriptionkey",
        "sharedsecret",
    ];
    let name = name.to_ascii_lowercase();
    NAMES.contains(&name.as_str()) || name.ends_with("password")
}

/// Whether `text` is a value and not a reference or a place to fill in.
fn is_plain(text: &str) -> bool {
    !text.is_empty()
        && !carries_reference(text)
        && !text.starts_with('<')
        && !text.starts_with("{{")
        && !text.chars().all(|letter| letter == '*')
}
