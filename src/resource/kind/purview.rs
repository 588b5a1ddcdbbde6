//! Purview accounts.
//!
//! Template reference: `Microsoft.Purview/accounts`.
//! Read: `publicNetworkAccess`, `ingestionStorage.publicNetworkAccess`.
//! Absent: both are open.
//! Not modelled: `managedResourcesPublicNetworkAccess`, which is about resources that Purview keeps
//! for itself.

use super::firewall::Firewall;
use super::host::own_host;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[Kind {
    resource_type: "Microsoft.Purview/accounts",
    display: "Purview account",
    icon: "purview",
    zone: Zone::Data,
    asset: Asset::Data,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    ..Kind::SHOWN
}];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let proof = || {
        Proof::new(context)
            .always(
                AuthenticationMode::Entra,
                "an account takes Entra tokens only",
            )
            .finish()
    };
    vec![
        door(
            "main",
            own_host(
                context,
                ["purview.azure.com", "purview.azure.us", "purview.azure.cn"],
            ),
            ServiceSet::tcp(443),
            admission(context, "publicNetworkAccess"),
            &["account", "portal", "platform"],
            proof(),
        ),
        door(
            "ingestion",
            vec!["{account}.blob.storage.azure.net".to_owned()],
            ServiceSet::tcp(443),
            admission(context, "ingestionStorage.publicNetworkAccess"),
            &[],
            proof(),
        ),
    ]
}

/// `NotSpecified` is as good as absent.
fn admission(context: &DoorContext<'_>, name: &str) -> AccessList {
    let access = context.properties().path(name).text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access(name, &access);
    firewall.allow_all(vec![shows(name, &access, "Enabled")]);
    firewall.finish()
}
