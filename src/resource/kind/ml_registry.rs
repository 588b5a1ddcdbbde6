//! ML registries.
//!
//! Template reference: `Microsoft.MachineLearningServices/registries`.
//! Read: `publicNetworkAccess`.
//! Absent: the public side is open to every network.
//! Not modelled: the storage accounts and container registries that it keeps for itself, which
//! follow its switch.

use super::firewall::Firewall;
use super::host::region;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::ServiceSet;
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[Kind {
    resource_type: "Microsoft.MachineLearningServices/registries",
    display: "ML registry",
    icon: "ml-registry",
    zone: Zone::Platform,
    asset: Asset::Registry,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    ..Kind::SHOWN
}];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let access = context.properties().at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access("publicNetworkAccess", &access);
    firewall.allow_all(vec![shows("publicNetworkAccess", &access, "Enabled")]);
    let proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "a registry takes Entra tokens only",
    );
    vec![door(
        "main",
        vec![format!(
            "{{registry}}.registry.{}.api.azureml.ms",
            region(context)
        )],
        ServiceSet::tcp(443),
        firewall.finish(),
        &["amlregistry"],
        proof.finish(),
    )]
}
