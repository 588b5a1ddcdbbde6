//! Secrets that stand in the text of a template.

use crate::evidence::Evidence;
use crate::resource::Reader;
use crate::rule::{Answer, Scene};
use crate::source::Span;

/// Whether a literal text stands at `place`, the property called `name`. The text itself is never
/// repeated. What a parameter without a value, a vault or Azure supplies is no literal.
pub(super) fn literal_at(place: Reader<'_>, name: &str) -> Answer {
    let text = place.text();
    Answer::of(text.stated().is_some(), || {
        Evidence::stated(text.span(), format!("{name} is a literal"))
    })
}

/// A setting of an app.
#[derive(Clone, Debug)]
pub(in crate::rule) struct NamedValue<'a> {
    /// Its name.
    pub(in crate::rule) name: String,
    /// Its value.
    pub(in crate::rule) value: Reader<'a>,
    /// Whether it is declared as a reference to a key vault.
    pub(in crate::rule) is_reference: bool,
    /// Its place.
    pub(in crate::rule) span: Span,
}

/// The settings, connection strings and secrets of an app on App Service or Container Apps, those
/// that stand inside it and those beside it.
pub(in crate::rule) fn app_settings<'a>(scene: &Scene<'a>) -> Vec<NamedValue<'a>> {
    let mut settings = Vec::new();
    let properties = scene.properties();
    for (list, value) in [
        ("siteConfig.appSettings", "value"),
        ("siteConfig.connectionStrings", "connectionString"),
        ("configuration.secrets", "value"),
    ] {
        for item in properties.path(list).items() {
            settings.extend(named(item, value));
        }
    }
    for container in properties.path("template.containers").items() {
        for item in container.at("env").items() {
            settings.extend(named(item, "value"));
        }
    }
    for child in scene.children("config") {
        let is_settings = child.short_name().eq_ignore_ascii_case("appsettings");
        let is_strings = child.short_name().eq_ignore_ascii_case("connectionstrings");
        if !is_settings && !is_strings {
            continue;
        }
        let members = child
            .properties()
            .value()
            .map_or(&[][..], crate::value::Value::members);
        settings.extend(members.iter().map(|member| {
            let own = Reader::new(&member.value);
            NamedValue {
                name: member.name.to_string(),
                value: if is_strings { own.at("value") } else { own },
                is_reference: false,
                span: member.value.span,
            }
        }));
    }
    settings
}

fn named<'a>(item: Reader<'a>, value: &str) -> Option<NamedValue<'a>> {
    let name = item.at("name").symbol();
    let place = item.at(value);
    Some(NamedValue {
        name: name.stated()?.to_string(),
        value: place,
        is_reference: item.at("keyVaultUrl").value().is_some()
            || item.at("secretRef").value().is_some(),
        span: place.span(),
    })
}

/// Whether `text` refers to a key vault in place of a value.
pub(in crate::rule) fn carries_reference(text: &str) -> bool {
    text.trim_start()
        .to_ascii_lowercase()
        .starts_with("@microsoft.keyvault(")
}

/// Whether `name` is that of a setting that holds a key, a password or a token.
pub(in crate::rule) fn is_secret_name(name: &str) -> bool {
    let name = name.to_ascii_lowercase();
    let ends = [
        "key",
        "secret",
        "password",
        "pwd",
        "token",
        "connectionstring",
        "accountkey",
    ];
    !name.contains("instrumentationkey")
        && !name.contains("publickey")
        && ends.iter().any(|end| name.ends_with(end))
}

/// How long a piece of a connection string must be to be a key.
const KEY_LENGTH: usize = 20;

/// Whether `text` holds a key, a signature, a token or a private key by its form alone.
pub(in crate::rule) fn looks_like_secret(text: &str) -> bool {
    let lower = text.to_ascii_lowercase();
    let long_after = |word: &str| {
        lower.match_indices(word).any(|(at, _)| {
            let rest = text.get(at + word.len()..).unwrap_or("");
            let value = rest
                .split([';', '&', '"', '\'', ' ', '\n'])
                .next()
                .unwrap_or("");
            value.len() >= KEY_LENGTH && !value.contains('{') && !value.starts_with('<')
        })
    };
    let in_connection = lower.contains(';')
        && ["password=", "pwd="].iter().any(|word| {
            lower.split(';').any(|part| {
                let value = part.trim().strip_prefix(word).unwrap_or("");
                !value.is_empty() && !value.starts_with(['{', '<', '*', '@'])
            })
        });
    let is_signature = lower.contains("sig=") && lower.contains("sv=") && long_after("sig=");
    let is_token = [
        "ghp_",
        "github_pat_",
        "xoxb-",
        "xoxp-",
        "sk-proj-",
        "glpat-",
    ]
    .iter()
    .any(|start| text.starts_with(start) && text.len() >= KEY_LENGTH);
    long_after("accountkey=")
        || long_after("sharedaccesskey=")
        || in_connection
        || is_signature
        || is_token
        || is_web_token(text)
        || (text.contains("-----BEGIN ") && text.contains("PRIVATE KEY-----"))
}

/// Whether `text` is a signed token: three pieces of base64 between dots, the first an object.
fn is_web_token(text: &str) -> bool {
    let mut pieces = text.split('.');
    let first = pieces.next().unwrap_or("");
    let rest: Vec<&str> = pieces.collect();
    first.starts_with("eyJ")
        && rest.len() == 2
        && rest.iter().all(|piece| piece.len() >= KEY_LENGTH)
}

/// The script in start-up data, which is base64 where it is not plain.
pub(in crate::rule) fn start_up_text(text: &str) -> String {
    use base64::Engine as _;
    base64::engine::general_purpose::STANDARD
        .decode(text.trim())
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .unwrap_or_else(|| text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_their_form() {
        for text in [
            "DefaultEndpointsProtocol=https;AccountName=a;AccountKey=q83vEjRWeJCrze8SNFZ4kKvN7xI0VniQ==",
            "Server=tcp:x;User ID=a;Password=hunter22;Encrypt=true",
            "https://a.blob.core.windows.net/c?sv=2022-11-02&se=2030-01-01&sig=abcdefghijklmnopqrstuvwxyz0123",
            "-----BEGIN RSA PRIVATE KEY-----\nMIIE",
        ] {
            assert!(looks_like_secret(text), "{text}");
        }
        for text in [
            "InstrumentationKey=00000000-0000-0000-0000-000000000000;IngestionEndpoint=https://x",
            "Server=tcp:x;Authentication=Active Directory Default;",
            "https://a.blob.core.windows.net/c",
            "Password={your_password};x",
        ] {
            assert!(!looks_like_secret(text), "{text}");
        }
    }
}
