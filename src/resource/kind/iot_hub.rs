//! `IoT` hubs and device provisioning services.
//!
//! Template reference: `Microsoft.Devices/IotHubs`, `Microsoft.Devices/provisioningServices`.
//! Read: `publicNetworkAccess`, `networkRuleSets`, `ipFilterRules`, `disableLocalAuth`.
//! Absent: the hub is open to every network; devices come with keys, signatures or certificates.
//! Not modelled: the built-in event endpoint where the rules do not cover it.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::own_host;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::{Access, AccessList, AddressSet, PortSet, Protocol, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Devices/IotHubs",
        display: "IoT hub",
        doors: Some(hub_doors),
        ..HUB
    },
    Kind {
        resource_type: "Microsoft.Devices/provisioningServices",
        display: "Device provisioning service",
        doors: Some(provisioning_doors),
        ..HUB
    },
    Kind::part(
        "Microsoft.Devices/IotHubs/eventHubEndpoints/ConsumerGroups",
        "Consumer group",
    ),
    Kind::part(
        "Microsoft.Devices/IotHubs/certificates",
        "Device certificate",
    ),
];

const HUB: Kind = Kind {
    icon: "event-hub",
    zone: Zone::Data,
    asset: Asset::Data,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

fn hub_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let hosts = ["azure-devices.net", "azure-devices.us", "azure-devices.cn"];
    vec![main_door(context, own_host(context, hosts), "iotHub")]
}

fn provisioning_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let hosts = [
        "azure-devices-provisioning.net",
        "azure-devices-provisioning.us",
        "azure-devices-provisioning.cn",
    ];
    vec![main_door(context, own_host(context, hosts), "iotDps")]
}

fn main_door(context: &DoorContext<'_>, hosts: Vec<String>, group: &'static str) -> Door {
    let ports = PortSet::single(443)
        .union(&PortSet::single(5671))
        .union(&PortSet::single(8883));
    let proof = Proof::new(context)
        .keys_and_entra(
            AuthenticationMode::Sas,
            "the service side takes Entra tokens",
        )
        .always(
            AuthenticationMode::Cert,
            "devices may come with certificates",
        );
    door(
        "main",
        hosts,
        ServiceSet::of(Protocol::Tcp, ports),
        admission(context),
        &[group],
        proof.finish(),
    )
}

fn admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access("publicNetworkAccess", &access);
    // The older list: by order, and whom none matches is accepted.
    firewall.each(
        properties.at("ipFilterRules"),
        "ipFilterRules",
        |firewall, item| {
            let access = if item.at("action").text().is("Reject") == Some(true) {
                Access::Deny
            } else {
                Access::Allow
            };
            firewall.address(access, "ipFilterRules", &item.at("ipMask").text());
        },
    );
    let rules = properties.at("networkRuleSets");
    let name = "networkRuleSets.defaultAction";
    let action = rules.at("defaultAction").text();
    let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
    // A rule set without default action refuses whom it does not list.
    let denies = if action.is_absent() {
        Some(rules.value().is_some())
    } else {
        action.satisfies(is_deny)
    };
    if denies != Some(false) {
        firewall.addresses("networkRuleSets.ipRules", rules.at("ipRules"), "ipMask");
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            denies,
            shows(name, &action, "Deny"),
            || doubt_about(context, &action, name, &["Allow", "Deny"], is_deny),
        );
    }
    firewall.allow_all(vec![shows("publicNetworkAccess", &access, "Enabled")]);
    firewall.finish()
}
