//! AI Search services.
//!
//! Template reference: `Microsoft.Search/searchServices`.
//! Read: `publicNetworkAccess`, `networkRuleSet.ipRules`, `networkRuleSet.bypass`,
//! `disableLocalAuth`, `authOptions`.
//! Absent: the public side is open to every network, no bypass, and keys only.
//! Not modelled: shared private links, which are about the way out.

use super::firewall::Firewall;
use super::host::own_host;
use super::proof::Proof;
use super::shown::{filled, shows};
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::Evidence;
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Search/searchServices",
        display: "AI Search",
        icon: "search",
        zone: Zone::Platform,
        asset: Asset::Data,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::part(
        "Microsoft.Search/searchServices/sharedPrivateLinkResources",
        "Shared private link",
    ),
    Kind::part(
        "Microsoft.Search/searchServices/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    vec![door(
        "main",
        own_host(
            context,
            ["search.windows.net", "search.azure.us", "search.azure.cn"],
        ),
        ServiceSet::tcp(443),
        admission(context),
        &["searchService"],
        authentication(context),
    )]
}

/// "NetworkRuleSet": the rules, and the bypass around them, apply only while public access is
/// enabled; else nobody passes in public.
fn admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let rules = properties.at("networkRuleSet");
    let mut firewall = Firewall::new(context);
    let secured = firewall.perimeter(&access);
    if firewall.secure(secured) {
        return firewall.finish();
    }
    firewall.public_network_access("publicNetworkAccess", &access);
    firewall.bypass(
        "networkRuleSet.bypass",
        &rules.at("bypass").text(),
        Some(false),
    );
    let addresses = rules.at("ipRules");
    firewall.addresses("networkRuleSet.ipRules", addresses, "value");
    firewall.refuse_unlisted("networkRuleSet.ipRules", &filled(addresses));
    firewall.allow_all(vec![
        shows("publicNetworkAccess", &access, "Enabled"),
        Evidence::default(addresses.span(), "networkRuleSet.ipRules is empty"),
    ]);
    firewall.finish()
}

/// "Enable or disable role-based access control in Azure AI Search": keys only by default;
/// `disableLocalAuth` leaves Entra only; `authOptions.aadOrApiKey` takes both.
fn authentication(context: &DoorContext<'_>) -> Authentication {
    let properties = context.properties();
    let name = "disableLocalAuth";
    let switch = properties.at(name).boolean();
    let proof = Proof::new(context).switch(
        AuthenticationMode::AdminKey,
        name,
        &switch,
        false,
        Some(false),
    );
    let options = properties.at("authOptions");
    let both = options.at("aadOrApiKey");
    let proof = if both
        .value()
        .is_some_and(|value| value.as_unknown().is_none())
    {
        proof.accept(
            AuthenticationMode::Entra,
            Evidence::stated(both.span(), "authOptions is aadOrApiKey"),
        )
    } else if both.value().is_some() {
        proof.perhaps(
            AuthenticationMode::Entra,
            "auth-options",
            "whether Entra tokens are accepted hangs on authOptions, which is not known",
            "authOptions of the search service",
        )
    } else {
        proof.switch(AuthenticationMode::Entra, name, &switch, true, Some(false))
    };
    proof.finish()
}
