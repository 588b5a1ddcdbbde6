//! Event Grid topics, domains and namespaces, and other services whose list of addresses narrows
//! their public side: `IoT` hubs and Kusto clusters.
//!
//! Template reference: `Microsoft.EventGrid/topics`, `…/domains`, `…/namespaces`,
//! `…/partnerNamespaces`.
//! Read: `publicNetworkAccess`, `inboundIpRules`, `disableLocalAuth`.
//! Absent: the topic is open to every network and takes keys.
//! Not modelled: whom a topic's events are sent to.

use super::firewall::Firewall;
use super::host::{region, suffix};
use super::proof::Proof;
use super::shown::{filled, shows};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    topic("Microsoft.EventGrid/topics", "Event Grid topic"),
    topic("Microsoft.EventGrid/domains", "Event Grid domain"),
    topic("Microsoft.EventGrid/namespaces", "Event Grid namespace"),
    topic(
        "Microsoft.EventGrid/partnerNamespaces",
        "Event Grid partner namespace",
    ),
    Kind {
        resource_type: "Microsoft.EventGrid/systemTopics",
        display: "Event Grid system topic",
        icon: "event-hub",
        zone: Zone::Data,
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.EventGrid/eventSubscriptions",
        "Event subscription",
    ),
    Kind::part(
        "Microsoft.EventGrid/systemTopics/eventSubscriptions",
        "Event subscription",
    ),
    Kind::part(
        "Microsoft.EventGrid/topics/eventSubscriptions",
        "Event subscription",
    ),
];

const fn topic(resource_type: &'static str, display: &'static str) -> Kind {
    Kind {
        resource_type,
        display,
        icon: "event-hub",
        zone: Zone::Data,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    }
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let suffix = suffix(
        context,
        [
            "eventgrid.azure.net",
            "eventgrid.azure.us",
            "eventgrid.azure.cn",
        ],
    );
    let name = context.resource.short_name();
    let group = match context
        .resource
        .resource_type
        .last_segment()
        .to_ascii_lowercase()
        .as_str()
    {
        "domains" => "domain",
        "partnernamespaces" => "partnernamespace",
        _ => "topic",
    };
    let name_of_switch = "disableLocalAuth";
    let switch = context.properties().at(name_of_switch).boolean();
    let proof = Proof::new(context)
        .keys_and_entra(
            AuthenticationMode::SharedKey,
            "a topic always takes Entra tokens",
        )
        .switch(
            AuthenticationMode::Sas,
            name_of_switch,
            &switch,
            false,
            Some(false),
        );
    vec![door(
        "main",
        vec![format!("{name}.{}-1.{suffix}", region(context))],
        ServiceSet::tcp(443),
        listed_or_open(context, "publicNetworkAccess", "inboundIpRules", "ipMask"),
        &[group],
        proof.finish(),
    )]
}

/// A public side that a list of addresses narrows: open while the list is empty, else the list
/// alone.
pub(super) fn listed_or_open(
    context: &DoorContext<'_>,
    access_name: &str,
    list_name: &str,
    field: &str,
) -> AccessList {
    let properties = context.properties();
    let access = properties.path(access_name).text();
    let rules = properties.path(list_name);
    let mut firewall = Firewall::new(context);
    let secured = firewall.perimeter(&access);
    if firewall.secure(secured) {
        return firewall.finish();
    }
    firewall.public_network_access(access_name, &access);
    firewall.addresses(list_name, rules, field);
    firewall.refuse_unlisted(list_name, &filled(rules));
    firewall.allow_all(vec![
        shows(access_name, &access, "Enabled"),
        Evidence::default(rules.span(), format!("{list_name} is empty")),
    ]);
    firewall.finish()
}
