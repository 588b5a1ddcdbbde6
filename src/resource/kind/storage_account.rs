//! Storage accounts.
//!
//! Template reference: `Microsoft.Storage/storageAccounts`.
//! Read: `publicNetworkAccess`, `networkAcls`, `allowSharedKeyAccess`, `allowBlobPublicAccess`,
//! `supportsHttpsTrafficOnly`, `isSftpEnabled`, `isLocalUserEnabled`, `isNfsV3Enabled`, and the
//! containers' `publicAccess`.
//! Not modelled: whether a static website is switched on, which no template shows.

use super::{Asset, Coverage, Kind, Zone, firewall};
use crate::evidence::{Doubt, Evidence};
use crate::flow::ServiceSet;
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Placement};

pub(super) static KIND: Kind = Kind {
    resource_type: "Microsoft.Storage/storageAccounts",
    display: "Storage account",
    icon: "storage",
    zone: Zone::Data,
    asset: Asset::Data,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    governed_by: None,
};

const CONTAINERS: &str = "Microsoft.Storage/storageAccounts/blobServices/containers";

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let name = context.resource.short_name();
    let https_only = context
        .properties()
        .at("supportsHttpsTrafficOnly")
        .boolean();
    let mut services = ServiceSet::tcp(443);
    if https_only.stated() == Some(&false) {
        services = services.union(&ServiceSet::tcp(80));
    }
    vec![Door {
        name: "blob".into(),
        hosts: vec![format!("{name}.blob.core.windows.net")],
        services,
        placement: Placement::Public,
        admission: firewall::account_firewall(context, Some(true)),
        group_ids: vec!["blob".into(), "blob_secondary".into()],
        authentication: blob_authentication(context),
    }]
}

fn blob_authentication(context: &DoorContext<'_>) -> Authentication {
    let properties = context.properties();
    let mut authentication = Authentication::new();
    anonymous(context, &mut authentication);
    // "Prevent Shared Key authorization": null counts as true, and false also ends service and
    // account signatures, which leaves those that Entra signs.
    let shared_key = properties.at("allowSharedKeyAccess").boolean();
    let evidence = || {
        if shared_key.is_absent() {
            Evidence::default(
                shared_key.span(),
                "allowSharedKeyAccess is absent, which means true",
            )
        } else {
            Evidence::stated(shared_key.span(), "allowSharedKeyAccess is true")
        }
    };
    let doubt = || {
        firewall::doubt_about(
            &shared_key,
            "allowSharedKeyAccess",
            &["true", "false"],
            "true",
        )
    };
    let accepted = shared_key.known_or(true);
    authentication.decide(AuthenticationMode::SharedKey, accepted, evidence, doubt);
    authentication.decide(AuthenticationMode::Sas, accepted, evidence, doubt);
    authentication.accept(
        AuthenticationMode::Entra,
        Evidence::platform(properties.span(), "storage always takes Entra tokens"),
    );
    authentication
}

/// Anonymous reading takes both the account's switch and a container's level.
fn anonymous(context: &DoorContext<'_>, authentication: &mut Authentication) {
    let switch = context.properties().at("allowBlobPublicAccess").boolean();
    if switch.stated() == Some(&false) {
        return;
    }
    for container in context.of_type(CONTAINERS) {
        let level = container.properties().at("publicAccess").text();
        let is_public = match (level.is("Blob"), level.is("Container")) {
            (Some(true), _) | (_, Some(true)) => Some(true),
            (None, _) => None,
            _ => Some(false),
        };
        let evidence = || {
            let word = level.stated().map_or("not known", |word| word);
            Evidence::stated(
                level.span(),
                format!("publicAccess of the container is {word}"),
            )
        };
        match (is_public, switch.stated()) {
            (Some(false), _) => {}
            (Some(true), Some(true)) => {
                authentication.accept(AuthenticationMode::Anonymous, evidence());
                return;
            }
            (None, _) => authentication.doubt(
                AuthenticationMode::Anonymous,
                firewall::doubt_about(&level, "publicAccess", &["None", "Blob"], "Blob"),
            ),
            (Some(true), _) => authentication.doubt(
                AuthenticationMode::Anonymous,
                match switch.unknown() {
                    Some(_) => firewall::doubt_about(
                        &switch,
                        "allowBlobPublicAccess",
                        &["true", "false"],
                        "true",
                    ),
                    None => Doubt::outside(
                        "blob-public-access-default",
                        format!("{:?}|allowBlobPublicAccess", switch.span()),
                        "an absent allowBlobPublicAccess meant true before 2023 and false since",
                        "allowBlobPublicAccess as Azure reports it",
                        switch.span(),
                    ),
                },
            ),
        }
    }
}
