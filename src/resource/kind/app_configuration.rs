//! App Configuration stores.
//!
//! Template reference: `Microsoft.AppConfiguration/configurationStores`.
//! Read: `publicNetworkAccess`, `disableLocalAuth`.
//! Absent: the store is open, and closed once a private endpoint leads to it; keys are accepted.
//! Not modelled: replicas, which follow the same settings.

use super::firewall::Firewall;
use super::host::own_host;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext, PrivateEndpointState};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.AppConfiguration/configurationStores",
        display: "App Configuration",
        icon: "app-configuration",
        zone: Zone::Data,
        asset: Asset::Secret,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.AppConfiguration/configurationStores/keyValues",
        "Setting",
    ),
    Kind::part(
        "Microsoft.AppConfiguration/configurationStores/replicas",
        "Replica",
    ),
    Kind::part(
        "Microsoft.AppConfiguration/configurationStores/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let proof = Proof::new(context).keys_and_entra(
        AuthenticationMode::SharedKey,
        "a store always takes Entra tokens",
    );
    vec![door(
        "main",
        own_host(
            context,
            ["azconfig.io", "azconfig.azure.us", "azconfig.azure.cn"],
        ),
        ServiceSet::tcp(443),
        admission(context),
        &["configurationStores"],
        proof.finish(),
    )]
}

/// The switch is about "traffic coming from public networks while private endpoint is enabled":
/// unset, a private endpoint closes the public side.
fn admission(context: &DoorContext<'_>) -> AccessList {
    let name = "publicNetworkAccess";
    let access = context.properties().at(name).text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access(name, &access);
    let span = access.span();
    let closes =
        "publicNetworkAccess is absent, which means Disabled once a private endpoint exists";
    if access.is_absent() {
        match &context.private_endpoint {
            PrivateEndpointState::Approved(endpoint) => firewall.push(Entry::exact(
                Access::Deny,
                FlowSet::all(),
                vec![Evidence::assumed(span, closes), endpoint.clone()],
            )),
            PrivateEndpointState::Unknown(doubt) => firewall.rule(
                Access::Deny,
                &AddressSet::all(),
                vec![(**doubt).clone()],
                Evidence::assumed(span, closes),
            ),
            PrivateEndpointState::None => {}
        }
    }
    firewall.allow_all(vec![shows(
        name,
        &access,
        "Enabled without a private endpoint",
    )]);
    firewall.finish()
}
