//! Bots, whose real surface is the application behind `endpoint`.
//!
//! Template reference: `Microsoft.BotService/botServices`.
//! Read: `publicNetworkAccess`, `disableLocalAuth`, `endpoint`.
//! Absent: the public side is open, and the channels' secrets are accepted.
//! Not modelled: what each channel lets in; the check of tokens in the application.

use super::firewall::Firewall;
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::ServiceSet;
use crate::resource::{AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.BotService/botServices",
        display: "Bot",
        icon: "bot",
        zone: Zone::Platform,
        asset: Asset::Gateway,
        coverage: Coverage::Partial,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::part("Microsoft.BotService/botServices/channels", "Bot channel"),
    Kind::part(
        "Microsoft.BotService/botServices/connections",
        "Bot connection",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let access = context.properties().at("publicNetworkAccess").text();
    let mut firewall = Firewall::new(context);
    firewall.public_network_access("publicNetworkAccess", &access);
    firewall.allow_all(vec![shows("publicNetworkAccess", &access, "Enabled")]);
    let name = "disableLocalAuth";
    let switch = context.properties().at(name).boolean();
    let mut proof = Proof::new(context).switch(
        AuthenticationMode::SharedKey,
        name,
        &switch,
        false,
        Some(false),
    );
    proof = if switch.truth(false) == Some(true) {
        proof.switch(AuthenticationMode::Entra, name, &switch, true, Some(false))
    } else {
        proof.perhaps(
            AuthenticationMode::Entra,
            "application-checks-tokens",
            "which tokens the application behind the bot takes is not in the template",
            "the code behind the bot's endpoint",
        )
    };
    vec![door(
        "main",
        vec!["directline.botframework.com".to_owned()],
        ServiceSet::tcp(443),
        firewall.finish(),
        &["Bot", "Token"],
        proof.finish(),
    )]
}
