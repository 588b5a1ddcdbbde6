//! Databricks workspaces.
//!
//! Template reference: `Microsoft.Databricks/workspaces`.
//! Read: `publicNetworkAccess`. `requiredNsgRules` is about the way between the platform and the
//! clusters, `parameters.enableNoPublicIp` about the clusters' own addresses.
//! Absent: the front end is public.
//! Not modelled: the workspace's own IP access lists, which no template shows and which can only
//! narrow what is said here; what `enableNoPublicIp` means where it is absent.

use super::firewall::Firewall;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::ServiceSet;
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Databricks/workspaces",
        display: "Databricks workspace",
        icon: "databricks",
        zone: Zone::Platform,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.Databricks/accessConnectors",
        display: "Databricks access connector",
        icon: "managed-identity",
        zone: Zone::Identity,
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.Databricks/workspaces/virtualNetworkPeerings",
        "Network peering",
    ),
    Kind::part(
        "Microsoft.Databricks/workspaces/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let access = context.properties().at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access("publicNetworkAccess", &access);
    firewall.allow_all(vec![
        shows("publicNetworkAccess", &access, "Enabled"),
        Evidence::assumed(
            context.properties().span(),
            "the workspace has no IP access list of its own",
        ),
    ]);
    let proof = Proof::new(context)
        .always(AuthenticationMode::Entra, "a workspace takes Entra tokens")
        .always(
            AuthenticationMode::Pat,
            "a workspace takes personal access tokens",
        );
    vec![door(
        "main",
        vec!["adb-{workspace}.azuredatabricks.net".to_owned()],
        ServiceSet::tcp(443),
        firewall.finish(),
        &["databricks_ui_api", "browser_authentication"],
        proof.finish(),
    )]
}
