//! Data Explorer clusters.
//!
//! Template reference: `Microsoft.Kusto/clusters`.
//! Read: `publicNetworkAccess`, `allowedIpRangeList`, `virtualNetworkConfiguration`.
//! Absent: the cluster is open to every network.
//! Not modelled: `trustedExternalTenants`, which is about who may sign in.

use super::doubt::perhaps_refused;
use super::event_grid::listed_or_open;
use super::host::{region, suffix};
use super::proof::Proof;
use super::standing::{Standing, standing};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::ServiceSet;
use crate::resource::{AuthenticationMode, Door, DoorContext, Placement};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Kusto/clusters",
        display: "Data Explorer cluster",
        icon: "sql",
        zone: Zone::Data,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.Kusto/clusters/databases",
        "Data Explorer database",
    ),
    Kind::part(
        "Microsoft.Kusto/clusters/databases/scripts",
        "Data Explorer script",
    ),
    Kind::part(
        "Microsoft.Kusto/clusters/databases/dataConnections",
        "Data connection",
    ),
    Kind::part(
        "Microsoft.Kusto/clusters/principalAssignments",
        "Data Explorer role",
    ),
    Kind::part(
        "Microsoft.Kusto/clusters/managedPrivateEndpoints",
        "Managed private endpoint",
    ),
    Kind::part(
        "Microsoft.Kusto/clusters/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let name = context.resource.short_name();
    let region = region(context);
    let suffix = suffix(
        context,
        [
            "kusto.windows.net",
            "kusto.usgovcloudapi.net",
            "kusto.chinacloudapi.cn",
        ],
    );
    let proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "a cluster takes Entra tokens only",
    );
    let main = door(
        "main",
        vec![
            format!("{name}.{region}.{suffix}"),
            format!("ingest-{name}.{region}.{suffix}"),
        ],
        ServiceSet::tcp(443).union(&ServiceSet::tcp(1433)),
        listed_or_open(context, "publicNetworkAccess", "allowedIpRangeList", ""),
        &["cluster"],
        proof.finish(),
    );
    match standing(context, "virtualNetworkConfiguration.subnetId") {
        Standing::Subnet(id, span) => vec![Door {
            placement: Placement::PublicInSubnet(id, span),
            ..main
        }],
        Standing::NoSubnet => vec![main],
        Standing::Perhaps(doubt, span) => {
            let evidence = Evidence::stated(span, "a subnet's rules may stand before the cluster");
            vec![Door {
                admission: perhaps_refused(context, &main.admission, *doubt, &evidence).into(),
                ..main
            }]
        }
    }
}
