//! `SignalR` and Web `PubSub` services.
//!
//! Template reference: `Microsoft.SignalRService/SignalR`, `Microsoft.SignalRService/WebPubSub`.
//! Read: `publicNetworkAccess`, `networkACLs` with `defaultAction`, `publicNetwork` and `ipRules`,
//! `disableLocalAuth`, `disableAadAuth`.
//! Absent: the service is open and takes keys and Entra tokens.
//! Not modelled: which kind of request comes in where some are allowed and others are not; what
//! handlers behind the service do.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::own_host;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.SignalRService/SignalR",
        display: "SignalR service",
        doors: Some(signalr_doors),
        ..SERVICE
    },
    Kind {
        resource_type: "Microsoft.SignalRService/WebPubSub",
        display: "Web PubSub service",
        doors: Some(pubsub_doors),
        ..SERVICE
    },
    Kind::part("Microsoft.SignalRService/WebPubSub/hubs", "Web PubSub hub"),
];

const SERVICE: Kind = Kind {
    icon: "service-bus",
    zone: Zone::Platform,
    asset: Asset::Gateway,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

fn signalr_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let hosts = [
        "service.signalr.net",
        "signalr.azure.us",
        "signalr.azure.cn",
    ];
    vec![main_door(context, own_host(context, hosts), "signalr")]
}

fn pubsub_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let hosts = [
        "webpubsub.azure.com",
        "webpubsub.azure.us",
        "webpubsub.azure.cn",
    ];
    vec![main_door(context, own_host(context, hosts), "webpubsub")]
}

fn main_door(context: &DoorContext<'_>, hosts: Vec<String>, group: &'static str) -> Door {
    let properties = context.properties();
    let keys = properties.at("disableLocalAuth").boolean();
    let tokens = properties.at("disableAadAuth").boolean();
    let proof = Proof::new(context)
        .switch(
            AuthenticationMode::SharedKey,
            "disableLocalAuth",
            &keys,
            false,
            Some(false),
        )
        .switch(
            AuthenticationMode::Entra,
            "disableAadAuth",
            &tokens,
            false,
            Some(false),
        );
    door(
        "main",
        hosts,
        ServiceSet::tcp(443),
        admission(context),
        &[group],
        proof.finish(),
    )
}

/// The lists name kinds of request, of which the public side lets all, some or none in.
fn admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let lists = properties.at("networkACLs");
    let mut firewall = Firewall::new(context);
    firewall.public_network_access("publicNetworkAccess", &access);
    let name = "networkACLs.defaultAction";
    let action = lists.at("defaultAction").text();
    let public = lists.at("publicNetwork");
    let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
    let denies = action.satisfies(is_deny);
    let allows_some = !public.at("allow").items().is_empty();
    let refuses_all = public.at("deny").items().len() >= 4;
    if denies != Some(false) && !allows_some && !public.at("allow").list().is_unknown() {
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            denies,
            shows(name, &action, "Allow"),
            || doubt_about(context, &action, name, &["Allow", "Deny"], is_deny),
        );
    } else if refuses_all {
        let says = "networkACLs.publicNetwork.deny names every kind of request";
        firewall.deny_all(crate::evidence::Evidence::stated(
            public.at("deny").span(),
            says,
        ));
    }
    firewall.each(
        lists.at("ipRules"),
        "networkACLs.ipRules",
        |firewall, item| {
            let access = if item.at("action").text().is("Deny") == Some(true) {
                Access::Deny
            } else {
                Access::Allow
            };
            firewall.address(access, "networkACLs.ipRules", &item.at("value").text());
        },
    );
    firewall.allow_all(vec![
        shows("publicNetworkAccess", &access, "Enabled"),
        shows(name, &action, "Allow"),
    ]);
    firewall.finish()
}
