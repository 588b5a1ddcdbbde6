//! Logic apps of the consumption plan. Those of the standard plan are web sites.
//!
//! Template reference: `Microsoft.Logic/workflows`.
//! Read: `state`, the triggers of `definition`, `accessControl.triggers` with
//! `allowedCallerIpAddresses`, `openAuthenticationPolicies` and `sasAuthenticationPolicy`.
//! Absent: any caller who holds the signed address starts the workflow. Without a trigger that
//! waits for requests nothing listens.
//! Not modelled: who may read the runs' contents; conditions inside a trigger.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::region;
use super::proof::Proof;
use super::shown::shows;
use super::standing::is_set;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Reader};
use crate::value::Value;

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Logic/workflows",
        display: "Logic app",
        icon: "web-app",
        zone: Zone::Platform,
        asset: Asset::Compute,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind {
        resource_type: "Microsoft.Logic/integrationAccounts",
        display: "Integration account",
        ..Kind::SHOWN
    },
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let triggers = context.properties().path("definition.triggers");
    let unknown = triggers
        .value()
        .is_some_and(|value| value.as_unknown().is_some());
    let waits = triggers
        .value()
        .into_iter()
        .flat_map(Value::members)
        .any(|trigger| {
            let kind = Reader::new(&trigger.value).at("type").text();
            let is_request = |word: &str| word.eq_ignore_ascii_case("Request");
            kind.satisfies(is_request) != Some(false)
        });
    if !waits && !unknown {
        return Vec::new();
    }
    vec![door(
        "main",
        vec![format!(
            "prod-{{stamp}}.{}.logic.azure.com",
            region(context)
        )],
        ServiceSet::tcp(443),
        admission(context, triggers, unknown),
        &[],
        authentication(context),
    )]
}

fn admission(context: &DoorContext<'_>, triggers: Reader<'_>, unknown: bool) -> AccessList {
    let mut firewall = Firewall::new(context);
    if unknown && let Some(value) = triggers.value().and_then(|value| value.as_unknown()) {
        let doubt = Doubt::of(value, triggers.span(), "has no request trigger")
            .with_command(context.show_command());
        let evidence = Evidence::stated(triggers.span(), "the triggers are not known");
        firewall.rule(Access::Deny, &AddressSet::all(), vec![doubt], evidence);
    }
    let state = context.properties().at("state").text();
    let is_off = |word: &str| word.eq_ignore_ascii_case("Disabled");
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        state.satisfies(is_off),
        shows("state", &state, "Enabled"),
        || doubt_about(context, &state, "state", &["Enabled", "Disabled"], is_off),
    );
    let name = "accessControl.triggers.allowedCallerIpAddresses";
    let callers = context.properties().path(name);
    firewall.addresses(name, callers, "addressRange");
    if callers
        .value()
        .is_some_and(|value| value.as_unknown().is_none())
    {
        // Even an empty list leaves none but other logic apps.
        let says = format!("{name} lists who may call, and refuses everyone else");
        firewall.deny_all(Evidence::stated(callers.span(), says));
    } else {
        firewall.refuse_unlisted(name, &super::shown::filled(callers));
    }
    let says = format!("{name} is absent, which means anyone");
    firewall.allow_all(vec![Evidence::default(callers.span(), says)]);
    firewall.finish()
}

fn authentication(context: &DoorContext<'_>) -> Authentication {
    let triggers = context.properties().path("accessControl.triggers");
    let signed = triggers.path("sasAuthenticationPolicy.state").text();
    let policies = triggers.path("openAuthenticationPolicies.policies");
    let is_off = |word: &str| word.eq_ignore_ascii_case("Disabled");
    let name = "sasAuthenticationPolicy.state";
    let proof = Proof::new(context);
    let proof = match signed.satisfies(is_off) {
        Some(true) => proof,
        Some(false) => proof.accept(AuthenticationMode::Sas, shows(name, &signed, "Enabled")),
        None => proof.doubt(
            AuthenticationMode::Sas,
            doubt_about(context, &signed, name, &["Enabled", "Disabled"], |word| {
                !is_off(word)
            }),
        ),
    };
    let proof = match is_set(policies) {
        Some(true) => proof.accept(
            AuthenticationMode::Entra,
            Evidence::stated(policies.span(), "openAuthenticationPolicies let tokens in"),
        ),
        Some(false) => proof,
        None => proof.perhaps(
            AuthenticationMode::Entra,
            "policies-not-known",
            "whether tokens are let in hangs on openAuthenticationPolicies, which is not known",
            "openAuthenticationPolicies of the workflow",
        ),
    };
    proof.finish()
}
