//! Storage accounts.
//!
//! Template reference: `Microsoft.Storage/storageAccounts`.
//! Read: `kind`, `publicNetworkAccess`, `networkAcls`, `allowSharedKeyAccess`,
//! `allowBlobPublicAccess`, `supportsHttpsTrafficOnly`, `isSftpEnabled`, `isLocalUserEnabled`,
//! `isNfsV3Enabled`, `dnsEndpointType`, the containers' `publicAccess`, the shares'
//! `enabledProtocols`.
//! Absent: `supportsHttpsTrafficOnly` means true from API version 2019-04-01 on and false before;
//! `allowBlobPublicAccess` is undetermined, since its documented default changed; all else means
//! that it is open.
//! Not modelled: whether a static website is switched on, which no template shows; custom domains.

use super::account_firewall::AccountFirewall;
use super::doubt::{deployment_doubt, doubt_about};
use super::host::{Suffixes, suffix};
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door, storage_protocol};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Resource, Setting};
use std::sync::Arc;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Storage/storageAccounts",
        display: "Storage account",
        icon: "storage",
        zone: Zone::Data,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.Storage/storageAccounts/blobServices",
        "Blob service",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/fileServices",
        "File service",
    ),
    Kind::modelled_part(
        "Microsoft.Storage/storageAccounts/fileServices/shares",
        "File share",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/queueServices",
        "Queue service",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/queueServices/queues",
        "Queue",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/tableServices",
        "Table service",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/tableServices/tables",
        "Table",
    ),
    Kind::modelled_part("Microsoft.Storage/storageAccounts/localUsers", "Local user"),
    Kind::part(
        "Microsoft.Storage/storageAccounts/managementPolicies",
        "Lifecycle policy",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/inventoryPolicies",
        "Inventory policy",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/encryptionScopes",
        "Encryption scope",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/objectReplicationPolicies",
        "Replication policy",
    ),
    Kind::part(
        "Microsoft.Storage/storageAccounts/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

const CONTAINERS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers";
pub(super) const CORE: Suffixes = [
    "core.windows.net",
    "core.usgovcloudapi.net",
    "core.chinacloudapi.cn",
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let admission = Arc::new(firewall(context));
    let kind = context.kind();
    let is = |word| kind.is(word) == Some(true);
    let has_blobs = !is("FileStorage");
    let has_all = has_blobs && !is("BlobStorage") && !is("BlockBlobStorage");
    let mut doors = Vec::new();
    if has_blobs {
        doors.push(blob_door(context, Arc::clone(&admission)));
        doors.push(Door {
            authentication: key_proof(context).finish(),
            ..service_door(context, "dfs", Arc::clone(&admission))
        });
    }
    if has_all || is("FileStorage") {
        doors.push(file_door(context, Arc::clone(&admission)));
    }
    if has_all {
        for name in ["queue", "table"] {
            doors.push(Door {
                authentication: key_proof(context).finish(),
                ..service_door(context, name, Arc::clone(&admission))
            });
        }
    }
    if has_blobs && !is("BlobStorage") && !is("Storage") {
        doors.push(web_door(context, Arc::clone(&admission)));
    }
    doors.extend(storage_protocol::sftp_door(context, &admission));
    doors.extend(storage_protocol::nfs_door(context, &admission));
    doors
}

/// The account's firewall, which stands before all its doors. `bypass` lets trusted services pass
/// where it is absent, and address rules do not see callers in the account's region ("Azure
/// Storage firewall rules", restrictions for IP network rules).
pub(super) fn firewall(context: &DoorContext<'_>) -> AccessList {
    AccountFirewall {
        bypass_when_absent: Some(true),
        misses_own_region: true,
    }
    .of(context)
}

/// The blob door of the account of `context`, before `admission`.
pub(super) fn blob_door(context: &DoorContext<'_>, admission: Arc<AccessList>) -> Door {
    Door {
        authentication: blob_authentication(context),
        ..service_door(context, "blob", admission)
    }
}

/// A door of one of the account's services on HTTPS, and on HTTP where that is allowed, whose
/// authentication is still to be put in.
fn service_door(context: &DoorContext<'_>, name: &'static str, admission: Arc<AccessList>) -> Door {
    let account = context.resource.short_name();
    let suffix = suffix(context, CORE);
    let zoned = context
        .properties()
        .at("dnsEndpointType")
        .text()
        .is("AzureDnsZone")
        == Some(true);
    let host = if zoned {
        format!("{account}.{{zone}}.{name}.storage.azure.net")
    } else {
        format!("{account}.{name}.{suffix}")
    };
    let groups: &[&'static str] = match name {
        "blob" => &["blob", "blob_secondary"],
        "dfs" => &["dfs", "dfs_secondary"],
        "file" => &["file"],
        "queue" => &["queue", "queue_secondary"],
        "table" => &["table", "table_secondary"],
        _ => &["web", "web_secondary"],
    };
    door(
        name,
        vec![host],
        web_services(context),
        admission,
        groups,
        Authentication::new(),
    )
}

/// Ports of the REST interface. `supportsHttpsTrafficOnly` became true by default with API version
/// 2019-04-01.
fn web_services(context: &DoorContext<'_>) -> ServiceSet {
    let https_only = context
        .properties()
        .at("supportsHttpsTrafficOnly")
        .boolean();
    let default = context.api_version_at_least("2019-04-01").unwrap_or(true);
    if https_only.truth(default) == Some(true) {
        ServiceSet::tcp(443)
    } else {
        ServiceSet::tcp(443).union(&ServiceSet::tcp(80))
    }
}

/// Account keys, the signatures made with them, and Entra.
///
/// "Prevent Shared Key authorization": null counts as true, and false also ends service and account
/// signatures, which leaves those that an Entra user delegation signs.
fn key_proof<'c, 'a>(context: &'c DoorContext<'a>) -> Proof<'c, 'a> {
    let name = "allowSharedKeyAccess";
    let switch = context.properties().at(name).boolean();
    let proof = Proof::new(context).switch(
        AuthenticationMode::SharedKey,
        name,
        &switch,
        true,
        Some(true),
    );
    let proof = if switch.truth(true) == Some(false) {
        proof.perhaps(
            AuthenticationMode::Sas,
            "user-delegation-signature",
            "with allowSharedKeyAccess off only signatures by an Entra user delegation pass",
            "whether anyone signs by user delegation",
        )
    } else {
        proof.switch(AuthenticationMode::Sas, name, &switch, true, Some(true))
    };
    proof.always(
        AuthenticationMode::Entra,
        "storage always takes Entra tokens",
    )
}

fn blob_authentication(context: &DoorContext<'_>) -> Authentication {
    let mut authentication = Authentication::new();
    for container in context.of_type(CONTAINERS) {
        match anonymous(context, container) {
            Anonymous::Surely(evidence) => {
                authentication.uncertain.clear();
                authentication.accept(AuthenticationMode::Anonymous, evidence);
                break;
            }
            Anonymous::Perhaps(doubt) if authentication.uncertain.is_empty() => {
                authentication.doubt(AuthenticationMode::Anonymous, doubt);
            }
            Anonymous::Perhaps(_) | Anonymous::No => {}
        }
    }
    let keys = key_proof(context).finish();
    authentication.accepted.extend(keys.accepted);
    authentication.uncertain.extend(keys.uncertain);
    authentication
}

/// What a caller must show to read the container `container` of the account of `context`.
pub(super) fn container_authentication(
    context: &DoorContext<'_>,
    container: &Resource,
) -> Authentication {
    let mut authentication = key_proof(context).finish();
    match anonymous(context, container) {
        Anonymous::Surely(evidence) => {
            authentication
                .accepted
                .insert(0, (AuthenticationMode::Anonymous, evidence));
        }
        Anonymous::Perhaps(doubt) => authentication.doubt(AuthenticationMode::Anonymous, doubt),
        Anonymous::No => {}
    }
    authentication
}

/// Whether a container can be read without any proof.
enum Anonymous {
    Surely(Evidence),
    Perhaps(Doubt),
    No,
}

/// Anonymous reading takes both the account's switch and the container's level.
fn anonymous(context: &DoorContext<'_>, container: &Resource) -> Anonymous {
    let switch = context.properties().at("allowBlobPublicAccess").boolean();
    let level = container.properties().at("publicAccess").text();
    let is_public =
        |word: &str| word.eq_ignore_ascii_case("Blob") || word.eq_ignore_ascii_case("Container");
    let allowed = if switch.is_absent() {
        None
    } else {
        switch.truth(false)
    };
    match (level.satisfies(is_public), allowed) {
        (Some(false), _) | (_, Some(false)) => Anonymous::No,
        (None, _) => Anonymous::Perhaps(doubt_about(
            context,
            &level,
            "publicAccess",
            &["None", "Blob", "Container"],
            is_public,
        )),
        (Some(true), None) => Anonymous::Perhaps(switch_doubt(context, &switch)),
        (Some(true), Some(true)) => match deployment_doubt(container) {
            Some(doubt) => Anonymous::Perhaps(doubt),
            // Of the two, what an answer adds to the template is told.
            None if switch.span().file != level.span().file => Anonymous::Surely(Evidence::stated(
                switch.span(),
                "allowBlobPublicAccess is true, and the container is public",
            )),
            None => Anonymous::Surely(shows("publicAccess of the container", &level, "None")),
        },
    }
}

fn switch_doubt(context: &DoorContext<'_>, switch: &Setting<bool>) -> Doubt {
    let name = "allowBlobPublicAccess";
    if switch.is_unknown() {
        let holds = |word: &str| word.eq_ignore_ascii_case("true");
        return doubt_about(context, switch, name, &["true", "false"], holds);
    }
    Doubt::outside(
        "blob-public-access-default",
        format!("{:?}|{name}", switch.span()),
        "an absent allowBlobPublicAccess meant true for older accounts and means false for newer \
         ones",
        "allowBlobPublicAccess as Azure reports it",
        switch.span(),
    )
    .with_outcomes(vec![("true".into(), true), ("false".into(), false)])
    .with_command(context.show_command())
}

/// The file door: REST, and SMB on 445; NFS on 2049 where a share speaks it, which knows no other
/// proof than the network.
fn file_door(context: &DoorContext<'_>, admission: Arc<AccessList>) -> Door {
    let mut authentication = key_proof(context).finish();
    let mut services = web_services(context).union(&ServiceSet::tcp(445));
    for share in context.of_segment("shares") {
        let protocols = share.properties().at("enabledProtocols").text();
        if protocols.is("NFS") == Some(true) {
            services = services.union(&ServiceSet::tcp(2049));
            let evidence = shows("enabledProtocols of the share", &protocols, "SMB");
            authentication.accept(AuthenticationMode::NetworkOnly, evidence);
            break;
        }
    }
    Door {
        services,
        authentication,
        ..service_door(context, "file", admission)
    }
}

/// The door of the static website, which is anonymous whatever the containers say. Its switch is
/// set through the blob service itself and in no template.
fn web_door(context: &DoorContext<'_>, admission: Arc<AccessList>) -> Door {
    let proof = Proof::new(context).perhaps(
        AuthenticationMode::Anonymous,
        "static-website",
        "whether a static website is switched on is in no template",
        "the account's static website setting",
    );
    Door {
        authentication: proof.finish(),
        ..service_door(context, "web", admission)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{context_of, resource_of};
    use super::*;
    use crate::resource::{Places, Resource};

    fn first_door(text: &str, version: &str) -> Door {
        let account = Resource {
            api_version: Some(version.into()),
            ..resource_of("Microsoft.Storage/storageAccounts", text)
        };
        let places = Places::default();
        doors(&context_of(&account, &places)).remove(0)
    }

    #[test]
    fn plain_http_is_open_where_it_is_allowed_or_was_by_default() {
        for (text, version, plain) in [
            ("{}", "2019-04-01", false),
            ("{}", "2018-11-01", true),
            (
                r#"{"properties": {"supportsHttpsTrafficOnly": false}}"#,
                "2023-01-01",
                true,
            ),
            (
                r#"{"properties": {"supportsHttpsTrafficOnly": true}}"#,
                "2018-11-01",
                false,
            ),
        ] {
            let services = first_door(text, version).services;
            let plain_http = ServiceSet::tcp(80);
            let is_open = services.intersect(&plain_http) == plain_http;
            assert_eq!(is_open, plain, "{text} {version}");
        }
    }

    #[test]
    fn hosts_follow_the_cloud() {
        for (text, host) in [
            ("{}", "one.blob.core.windows.net"),
            (
                r#"{"location": "West Europe"}"#,
                "one.blob.core.windows.net",
            ),
            (
                r#"{"location": "usgovvirginia"}"#,
                "one.blob.core.usgovcloudapi.net",
            ),
            (
                r#"{"location": "China East 2"}"#,
                "one.blob.core.chinacloudapi.cn",
            ),
            (
                r#"{"properties": {"dnsEndpointType": "AzureDnsZone"}}"#,
                "one.{zone}.blob.storage.azure.net",
            ),
        ] {
            assert_eq!(first_door(text, "2023-01-01").hosts, [host], "{text}");
        }
    }
}
