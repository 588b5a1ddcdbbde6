//! Automation accounts and Batch accounts.
//!
//! Template reference: `Microsoft.Automation/automationAccounts`, `Microsoft.Batch/batchAccounts`.
//! Read: `publicNetworkAccess` (of automation accounts a truth value), `disableLocalAuth`; of batch
//! accounts `networkProfile.accountAccess`, `allowedAuthenticationModes`.
//! Absent: the account is open to every network and takes keys.
//! Not modelled: webhooks, whose addresses are secrets; nodes of batch pools.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::{region, suffix};
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Reader, Setting};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.Automation/automationAccounts",
        display: "Automation account",
        doors: Some(automation_doors),
        ..ACCOUNT
    },
    Kind {
        resource_type: "Microsoft.Batch/batchAccounts",
        display: "Batch account",
        doors: Some(batch_doors),
        ..ACCOUNT
    },
    Kind {
        asset: Asset::Compute,
        ..Kind::part("Microsoft.Batch/batchAccounts/pools", "Batch pool")
    },
    Kind::part(
        "Microsoft.Batch/batchAccounts/applications",
        "Batch application",
    ),
    Kind::part(
        "Microsoft.Automation/automationAccounts/runbooks",
        "Runbook",
    ),
    Kind::part(
        "Microsoft.Automation/automationAccounts/webhooks",
        "Webhook",
    ),
    Kind::part(
        "Microsoft.Automation/automationAccounts/schedules",
        "Schedule",
    ),
    Kind::part(
        "Microsoft.Automation/automationAccounts/variables",
        "Variable",
    ),
    Kind::part("Microsoft.Automation/automationAccounts/modules", "Module"),
    Kind::part(
        "Microsoft.Automation/automationAccounts/jobSchedules",
        "Schedule",
    ),
];

const ACCOUNT: Kind = Kind {
    icon: "compute",
    zone: Zone::Platform,
    asset: Asset::Compute,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

fn automation_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let name = "publicNetworkAccess";
    let switch = context.properties().at(name).boolean();
    let mut firewall = Firewall::new(context);
    firewall.decide(
        Access::Deny,
        &AddressSet::all(),
        switch.truth(true).map(|open| !open),
        shows(name, &switch, "true"),
        || {
            let holds = |word: &str| word.eq_ignore_ascii_case("false");
            doubt_about(context, &switch, name, &["true", "false"], holds)
        },
    );
    firewall.allow_all(vec![shows(name, &switch, "true")]);
    let proof = Proof::new(context).keys_and_entra(
        AuthenticationMode::SharedKey,
        "an account always takes Entra tokens",
    );
    vec![door(
        "main",
        vec![format!(
            "{{account}}.agentsvc.{}.azure-automation.net",
            region(context)
        )],
        ServiceSet::tcp(443),
        firewall.finish(),
        &["DSCAndHybridWorker", "Webhook"],
        proof.finish(),
    )]
}

fn batch_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let suffix = suffix(
        context,
        [
            "batch.azure.com",
            "batch.usgovcloudapi.net",
            "batch.chinacloudapi.cn",
        ],
    );
    let name = context.resource.short_name();
    vec![door(
        "main",
        vec![format!("{name}.{}.{suffix}", region(context))],
        ServiceSet::tcp(443),
        batch_admission(context),
        &["batchAccount"],
        batch_authentication(context),
    )]
}

fn batch_admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let rules = properties.path("networkProfile.accountAccess");
    let mut firewall = Firewall::new(context);
    let secured = firewall.perimeter(&access);
    if firewall.secure(secured) {
        return firewall.finish();
    }
    firewall.public_network_access("publicNetworkAccess", &access);
    let name = "networkProfile.accountAccess.defaultAction";
    let action = rules.at("defaultAction").text();
    let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
    if action.is("Deny") != Some(false) {
        let addresses = rules.at("ipRules");
        firewall.addresses("networkProfile.accountAccess.ipRules", addresses, "value");
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            action.satisfies(is_deny),
            shows(name, &action, "Allow"),
            || doubt_about(context, &action, name, &["Allow", "Deny"], is_deny),
        );
    }
    firewall.allow_all(vec![
        shows("publicNetworkAccess", &access, "Enabled"),
        shows(name, &action, "Allow"),
    ]);
    firewall.finish()
}

fn batch_authentication(context: &DoorContext<'_>) -> Authentication {
    let name = "allowedAuthenticationModes";
    let modes = context.properties().at(name).list();
    let mut proof = Proof::new(context);
    for (word, mode) in [
        ("SharedKey", AuthenticationMode::SharedKey),
        ("AAD", AuthenticationMode::Entra),
    ] {
        let names_it =
            |items: &[Reader<'_>]| items.iter().any(|item| item.text().is(word) == Some(true));
        proof = match &modes {
            Setting::Unknown(unknown, span) => {
                proof.doubt(mode, Doubt::of(unknown, *span, &format!("names {word}")))
            }
            Setting::Stated(items, _) if !items.is_empty() && !names_it(items) => proof,
            Setting::Stated(items, span) if !items.is_empty() => proof.accept(
                mode,
                Evidence::stated(*span, format!("{name} names {word}")),
            ),
            absent => proof.accept(
                mode,
                Evidence::default(absent.span(), format!("{name} is absent, which means all")),
            ),
        };
    }
    proof.finish()
}
