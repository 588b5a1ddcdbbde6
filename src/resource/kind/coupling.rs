//! The couplings that declarations state, kind by kind.
//!
//! Template reference: `Microsoft.MachineLearningServices/workspaces` and its `connections` and
//! `datastores`, `Microsoft.CognitiveServices/accounts` and its `connections`, and others.
//! Not modelled: data sources and indexers of a search service, which no template shows; settings
//! of applications, which may name anything.

use super::stored_credential::{connection_credential, datastore_credential};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{
    AuthenticationMode, Coupling, CouplingTarget, Credential, Reader, Resource, Setting,
};
use crate::value::Text;
use std::borrow::Cow;

/// The services that `resource` says it uses, in order.
pub fn couplings(resource: &Resource) -> Vec<Coupling> {
    let properties = resource.properties();
    let is = |name: &str| resource.resource_type.is(name);
    let last = resource.resource_type.last_segment();
    if is("Microsoft.MachineLearningServices/workspaces") {
        of_workspace(properties)
    } else if is("Microsoft.MachineLearningServices/workspaces/datastores") {
        of_datastore(resource)
    } else if last.eq_ignore_ascii_case("connections")
        && !is("Microsoft.Network/connections")
        && !is("Microsoft.Web/connections")
        && !is("Microsoft.BotService/botServices/connections")
    {
        of_connection(resource)
    } else {
        of_others(resource)
    }
}

/// The one at `reader`, an identifier, shown `credential`.
fn named(
    reader: Reader<'_>,
    purpose: impl Into<Cow<'static, str>>,
    credential: Credential,
) -> Option<Coupling> {
    let purpose = purpose.into();
    let (target, span) = match reader.symbol() {
        Setting::Absent(_) => return None,
        Setting::Stated(text, span) => (target_of(&text), span),
        Setting::Unknown(unknown, span) => {
            let doubt = Doubt::of(&unknown, span, "is the target");
            (CouplingTarget::Unknown(Box::new(doubt)), span)
        }
    };
    Some(Coupling {
        target,
        credential,
        evidence: Evidence::stated(span, format!("this names {purpose}")),
        purpose,
    })
}

/// An identifier's resource, or an address's host. What is nothing but a hole may be either, and
/// finds its fellows as an identifier.
fn target_of(text: &Text) -> CouplingTarget {
    if text.starts_with('/') || (text.starts_with('{') && text.ends_with('}')) {
        return CouplingTarget::Resource(Text::clone(text));
    }
    let rest = text.split_once("://").map_or(&**text, |(_, rest)| rest);
    let host = rest.split(['/', ':', '?']).next().unwrap_or(rest);
    CouplingTarget::Host(host.to_ascii_lowercase().into())
}

/// A workspace and its four companions. "systemDatastoresAuthMode" says whether the default storage
/// is read by key, which is so where it is absent.
fn of_workspace(properties: Reader<'_>) -> Vec<Coupling> {
    let mode = properties.at("systemDatastoresAuthMode").text();
    let by_identity = |word: &str| !word.eq_ignore_ascii_case("AccessKey");
    let storage = match mode.satisfies(by_identity) {
        Some(true) => Credential::OwnIdentity,
        Some(false) => Credential::Stored(AuthenticationMode::SharedKey),
        None => match mode.unknown() {
            Some(unknown) => Credential::Unknown(Box::new(Doubt::of(
                unknown,
                mode.span(),
                "reads storage by key",
            ))),
            None => Credential::OwnIdentity,
        },
    };
    [
        ("storageAccount", "the default storage", storage),
        ("keyVault", "the key vault", Credential::OwnIdentity),
        (
            "containerRegistry",
            "the container registry",
            Credential::OwnIdentity,
        ),
        (
            "applicationInsights",
            "the application insights",
            Credential::Stored(AuthenticationMode::SharedKey),
        ),
    ]
    .into_iter()
    .filter_map(|(name, purpose, credential)| named(properties.at(name), purpose, credential))
    .collect()
}

/// A datastore's account, by its name and endpoint.
fn of_datastore(resource: &Resource) -> Vec<Coupling> {
    let properties = resource.properties();
    let account = properties.at("accountName").symbol();
    let Setting::Stated(account, span) = account else {
        return Vec::new();
    };
    let kind = properties.at("datastoreType").text();
    let service = if kind.is("AzureFile") == Some(true) {
        "file"
    } else if kind.is("AzureDataLakeGen2") == Some(true) {
        "dfs"
    } else {
        "blob"
    };
    let endpoint = properties.at("endpoint").text();
    let endpoint = endpoint.stated().map_or("core.windows.net", |text| text);
    let purpose = format!("datastore `{}`", resource.short_name());
    vec![Coupling {
        target: CouplingTarget::Host(format!("{account}.{service}.{endpoint}").into()),
        credential: datastore_credential(properties.at("credentials")),
        evidence: Evidence::stated(span, format!("this is the account of {purpose}")),
        purpose: purpose.into(),
    }]
}

/// A connection's target, by identifier where its metadata has one, else by address.
fn of_connection(resource: &Resource) -> Vec<Coupling> {
    let properties = resource.properties();
    let metadata = properties.path("metadata.ResourceId");
    let target = if metadata.value().is_some() {
        metadata
    } else {
        properties.at("target")
    };
    let purpose = format!("connection `{}`", resource.short_name());
    let credential = connection_credential(properties.at("authType"));
    named(target, purpose, credential).into_iter().collect()
}

/// Properties that name one other service by its identifier or address, and how the service that
/// has them comes in there.
static NAMES: &[(&str, &str, &str, Credential)] = &[
    (
        "Microsoft.CognitiveServices/accounts",
        "apiProperties.qnaAzureSearchEndpointId",
        "the search service behind it",
        Credential::Stored(AuthenticationMode::AdminKey),
    ),
    (
        "Microsoft.Search/searchServices/sharedPrivateLinkResources",
        "privateLinkResourceId",
        "a shared private link",
        Credential::OwnIdentity,
    ),
    (
        "Microsoft.Kusto/clusters/databases/dataConnections",
        "eventHubResourceId",
        "a data connection",
        Credential::OwnIdentity,
    ),
    (
        "Microsoft.ApiManagement/service/backends",
        "url",
        "a backend",
        Credential::Callers,
    ),
    (
        "Microsoft.Insights/components",
        "WorkspaceResourceId",
        "the log workspace",
        Credential::OwnIdentity,
    ),
    (
        "Microsoft.BotService/botServices",
        "endpoint",
        "the bot's application",
        Credential::OwnIdentity,
    ),
];

/// Lists whose items name another service each, and the member of an item that keeps a secret.
static LISTS: &[(&str, &str, &str, &str, &str)] = &[
    (
        "Microsoft.CognitiveServices/accounts",
        "userOwnedStorage",
        "resourceId",
        "the account's own storage",
        "",
    ),
    (
        "Microsoft.App/containerApps",
        "configuration.registries",
        "server",
        "an image registry",
        "passwordSecretRef",
    ),
    (
        "Microsoft.ContainerInstance/containerGroups",
        "imageRegistryCredentials",
        "server",
        "an image registry",
        "password",
    ),
];

fn of_others(resource: &Resource) -> Vec<Coupling> {
    let properties = resource.properties();
    let is = |name: &str| resource.resource_type.is(name);
    let mut found = Vec::new();
    for (resource_type, path, purpose, credential) in NAMES {
        if is(resource_type) {
            found.extend(named(properties.path(path), *purpose, credential.clone()));
        }
    }
    for (resource_type, path, field, purpose, secret) in LISTS {
        let items = if is(resource_type) {
            properties.path(path).items()
        } else {
            Vec::new()
        };
        for item in items {
            let credential = if !secret.is_empty() && item.at(secret).value().is_some() {
                Credential::Stored(AuthenticationMode::Password)
            } else {
                Credential::OwnIdentity
            };
            found.extend(named(item.at(field), *purpose, credential));
        }
    }
    if is("Microsoft.Synapse/workspaces") {
        let storage = properties.at("defaultDataLakeStorage");
        let target = if storage.at("resourceId").value().is_some() {
            storage.at("resourceId")
        } else {
            storage.at("accountUrl")
        };
        found.extend(named(
            target,
            "the default storage",
            Credential::OwnIdentity,
        ));
    } else if is("Microsoft.Batch/batchAccounts") {
        let storage = properties.at("autoStorage");
        let mode = storage.at("authenticationMode").text();
        let credential = if mode.is("BatchAccountManagedIdentity") == Some(true) {
            Credential::OwnIdentity
        } else {
            Credential::Stored(AuthenticationMode::SharedKey)
        };
        let target = storage.at("storageAccountId");
        found.extend(named(target, "the storage of its jobs", credential));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::tests::resource_of;
    use super::*;

    fn of(resource_type: &str, text: &str) -> Vec<(CouplingTarget, Credential)> {
        couplings(&resource_of(resource_type, text))
            .into_iter()
            .map(|coupling| (coupling.target, coupling.credential))
            .collect()
    }

    fn host(name: &str) -> CouplingTarget {
        CouplingTarget::Host(name.into())
    }

    #[test]
    fn a_workspace_names_its_companions() {
        let by_key = of(
            "Microsoft.MachineLearningServices/workspaces",
            r#"{"properties": {"storageAccount": "/s/store", "keyVault": "/s/vault"}}"#,
        );
        let vault = (
            CouplingTarget::Resource("/s/vault".into()),
            Credential::OwnIdentity,
        );
        let store = CouplingTarget::Resource("/s/store".into());
        let key = Credential::Stored(AuthenticationMode::SharedKey);
        assert_eq!(by_key, [(store.clone(), key), vault.clone()]);
        let by_identity = of(
            "Microsoft.MachineLearningServices/workspaces",
            r#"{"properties": {"storageAccount": "/s/store", "keyVault": "/s/vault",
                "systemDatastoresAuthMode": "identity"}}"#,
        );
        assert_eq!(by_identity, [(store, Credential::OwnIdentity), vault]);
    }

    #[test]
    fn connections_and_datastores_keep_credentials() {
        for (auth_type, credential) in [
            ("ApiKey", Credential::Stored(AuthenticationMode::SharedKey)),
            (
                "AccountKey",
                Credential::Stored(AuthenticationMode::SharedKey),
            ),
            ("PAT", Credential::Stored(AuthenticationMode::Pat)),
            ("SAS", Credential::Stored(AuthenticationMode::Sas)),
            ("AAD", Credential::OwnIdentity),
            ("None", Credential::None),
        ] {
            let text = format!(
                r#"{{"properties": {{"authType": "{auth_type}",
                    "target": "https://One.openai.azure.com/path"}}}}"#
            );
            for holder in [
                "Microsoft.MachineLearningServices/workspaces/connections",
                "Microsoft.CognitiveServices/accounts/connections",
                "Microsoft.CognitiveServices/accounts/projects/connections",
            ] {
                let found = of(holder, &text);
                assert_eq!(found, [(host("one.openai.azure.com"), credential.clone())]);
            }
        }
        let datastore = of(
            "Microsoft.MachineLearningServices/workspaces/datastores",
            r#"{"properties": {"datastoreType": "AzureFile", "accountName": "one",
                "credentials": {"credentialsType": "AccountKey"}}}"#,
        );
        let key = Credential::Stored(AuthenticationMode::SharedKey);
        assert_eq!(datastore, [(host("one.file.core.windows.net"), key)]);
    }

    #[test]
    fn a_connection_of_networks_is_none() {
        let text = r#"{"properties": {"target": "/s/a"}}"#;
        assert!(of("Microsoft.Network/connections", text).is_empty());
    }
}
