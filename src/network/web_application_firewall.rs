//! Web application firewalls, which look into requests and leave reachability as it is.
//!
//! Template reference: `Microsoft.Network/applicationGatewayWebApplicationFirewallPolicies`,
//! `Microsoft.Network/frontDoorWebApplicationFirewallPolicies`.

use super::{Fact, Reference};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, Setting};
use std::sync::Arc;

/// What a web application firewall does with requests that its rules match.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum WebApplicationFirewallMode {
    /// Nothing: it is off, or there is none.
    Off,
    /// It records them.
    Detection,
    /// It refuses them.
    Prevention,
}

/// The web application firewall in front of something.
#[derive(Clone, Debug)]
pub struct WebApplicationFirewall {
    /// What it does.
    pub mode: Fact<WebApplicationFirewallMode>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

impl WebApplicationFirewall {
    /// The firewall that the policy at `reference` sets up.
    pub fn of_policy(inventory: &Inventory, reference: &Reference) -> Self {
        let resource = reference.resource().and_then(|index| inventory.get(index));
        let name = reference.id.display_name();
        let linked = Evidence::stated(
            reference.span,
            format!("firewall policy `{name}` is linked"),
        );
        let Some(resource) = resource else {
            let doubt = Doubt::outside(
                "firewall-policy-outside",
                format!("firewall policy|{}", reference.id.key()),
                format!("web application firewall policy `{name}` is not in the inputs"),
                format!("an export with policy `{name}`"),
                reference.span,
            );
            return Self {
                mode: Fact::Open(Arc::new(doubt)),
                evidence: vec![linked],
            };
        };
        let settings = resource.properties().at("policySettings");
        let state = match settings.at("enabledState").value() {
            Some(_) => settings.at("enabledState"),
            None => settings.at("state"),
        };
        let mut own = Self::of_settings(state, "Disabled", settings.at("mode"));
        own.evidence.push(linked);
        own
    }

    /// The firewall whose switch `state` says `off` where it is off, and whose mode stands at
    /// `mode`.
    pub(super) fn of_settings(state: Reader<'_>, off: &str, mode: Reader<'_>) -> Self {
        let (state, mode) = (state.text(), mode.text());
        let fact = match (state.is(off), mode.is("Prevention"), mode.is("Detection")) {
            (Some(true), ..) => Fact::Known(WebApplicationFirewallMode::Off),
            (Some(false), Some(true), _) => Fact::Known(WebApplicationFirewallMode::Prevention),
            (Some(false), _, Some(true)) => Fact::Known(WebApplicationFirewallMode::Detection),
            _ => Fact::Open(Arc::new(unknown_mode(&state, &mode))),
        };
        let says = |name: &str, setting: &Setting<crate::value::Text>| match setting {
            Setting::Stated(word, span) => Evidence::stated(
                *span,
                format!("{name} of the web application firewall is {word}"),
            ),
            other => Evidence::stated(
                other.span(),
                format!("{name} of the web application firewall is not stated"),
            ),
        };
        let evidence = if fact.known() == Some(&WebApplicationFirewallMode::Off) {
            says("state", &state)
        } else {
            says("mode", &mode)
        };
        Self {
            mode: fact,
            evidence: vec![evidence],
        }
    }
}

fn unknown_mode(state: &Setting<crate::value::Text>, mode: &Setting<crate::value::Text>) -> Doubt {
    let outcomes = vec![("Prevention".into(), true), ("Detection".into(), false)];
    let open = [state, mode].into_iter().find(|one| one.is_unknown());
    match open.and_then(|one| Some((one.unknown()?, one.span()))) {
        Some((unknown, span)) => Doubt::of(unknown, span, "is Prevention"),
        None => Doubt::outside(
            "undocumented-default",
            format!("{:?}|mode is Prevention", mode.span()),
            "what an absent mode of the web application firewall means is not certain",
            "the mode as Azure reports it",
            mode.span(),
        ),
    }
    .with_outcomes(outcomes)
}
