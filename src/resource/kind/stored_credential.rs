//! What connections and datastores keep to come in at their targets.

use crate::evidence::Doubt;
use crate::resource::{AuthenticationMode, Credential, Reader, Setting};
use crate::value::Text;

/// What a connection shows, by its `authType`.
pub(super) fn connection_credential(auth_type: Reader<'_>) -> Credential {
    match auth_type.text() {
        Setting::Stated(word, _) => of_auth_type(&word),
        Setting::Absent(_) => Credential::None,
        Setting::Unknown(unknown, span) => {
            Credential::Unknown(Box::new(Doubt::of(&unknown, span, "is a key")))
        }
    }
}

fn of_auth_type(word: &str) -> Credential {
    match word.to_ascii_lowercase().as_str() {
        "apikey" | "accountkey" | "accesskey" | "customkeys" => {
            Credential::Stored(AuthenticationMode::SharedKey)
        }
        "sas" => Credential::Stored(AuthenticationMode::Sas),
        "pat" => Credential::Stored(AuthenticationMode::Pat),
        "usernamepassword" => Credential::Stored(AuthenticationMode::Password),
        // A secret of an application, with which tokens of its identity are had.
        "serviceprincipal" | "oauth2" => Credential::Stored(AuthenticationMode::Entra),
        "aad" | "managedidentity" | "projectmanagedidentity" | "accountmanagedidentity" => {
            Credential::OwnIdentity
        }
        "useridentity" | "userentratoken" => Credential::Callers,
        _ => Credential::None,
    }
}

/// What a datastore shows, by the kind of its `credentials`. Without any the identity of whoever
/// reads counts.
pub(super) fn datastore_credential(credentials: Reader<'_>) -> Credential {
    let kind: Setting<Text> = credentials.at("credentialsType").text();
    match kind {
        Setting::Stated(word, _) => match word.to_ascii_lowercase().as_str() {
            "accountkey" => Credential::Stored(AuthenticationMode::SharedKey),
            "sas" => Credential::Stored(AuthenticationMode::Sas),
            "serviceprincipal" => Credential::Stored(AuthenticationMode::Entra),
            "certificate" => Credential::Stored(AuthenticationMode::Cert),
            _ => Credential::Callers,
        },
        Setting::Absent(_) => Credential::Callers,
        Setting::Unknown(unknown, span) => {
            Credential::Unknown(Box::new(Doubt::of(&unknown, span, "is a key")))
        }
    }
}
