//! Container registries.
//!
//! Template reference: `Microsoft.ContainerRegistry/registries`.
//! Read: `sku.name`, `publicNetworkAccess`, `networkRuleSet`, `networkRuleBypassOptions`,
//! `adminUserEnabled`, `anonymousPullEnabled`, `dataEndpointEnabled`, and the `tokens` of the
//! registry.
//! Absent: the public side is open to every network, trusted services pass, nobody pulls without
//! proof, and there is no administrator.
//! Not modelled: which repositories a token or a condition on a role names; connected registries.

use super::doubt::doubt_about;
use super::firewall::Firewall;
use super::host::{own_host, region, suffix};
use super::proof::Proof;
use super::shown::shows;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::{Access, AccessList, AddressSet, ServiceSet};
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.ContainerRegistry/registries",
        display: "Container registry",
        icon: "container-registry",
        zone: Zone::Platform,
        asset: Asset::Registry,
        coverage: Coverage::Modelled,
        doors: Some(doors),
        ..Kind::SHOWN
    },
    Kind::modelled_part(
        "Microsoft.ContainerRegistry/registries/tokens",
        "Registry token",
    ),
    Kind::part(
        "Microsoft.ContainerRegistry/registries/scopeMaps",
        "Scope map",
    ),
    Kind::part(
        "Microsoft.ContainerRegistry/registries/replications",
        "Replication",
    ),
    Kind::part("Microsoft.ContainerRegistry/registries/webhooks", "Webhook"),
    Kind::part(
        "Microsoft.ContainerRegistry/registries/tasks",
        "Registry task",
    ),
    Kind::part(
        "Microsoft.ContainerRegistry/registries/agentPools",
        "Agent pool",
    ),
    Kind::part(
        "Microsoft.ContainerRegistry/registries/cacheRules",
        "Cache rule",
    ),
    Kind::part(
        "Microsoft.ContainerRegistry/registries/credentialSets",
        "Credential set",
    ),
    Kind::part(
        "Microsoft.ContainerRegistry/registries/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let suffixes = ["azurecr.io", "azurecr.us", "azurecr.cn"];
    let main = door(
        "main",
        own_host(context, suffixes),
        ServiceSet::tcp(443),
        admission(context),
        &["registry"],
        authentication(context),
    );
    let separate = context.properties().at("dataEndpointEnabled").boolean();
    if separate.truth(false) == Some(false) {
        return vec![main];
    }
    let name = context.resource.short_name();
    let data = Door {
        name: "data".into(),
        hosts: vec![format!(
            "{name}.{}.data.{}",
            region(context),
            suffix(context, suffixes)
        )],
        ..main.clone()
    };
    vec![main, data]
}

/// Trusted services pass the network rules and a closed public side alike ("Allow trusted services
/// to securely access a network-restricted container registry"). Only Premium has network rules.
fn admission(context: &DoorContext<'_>) -> AccessList {
    let properties = context.properties();
    let access = properties.at("publicNetworkAccess").text();
    let rules = properties.at("networkRuleSet");
    let mut firewall = Firewall::new(context);
    firewall.bypass(
        "networkRuleBypassOptions",
        &properties.at("networkRuleBypassOptions").text(),
        Some(true),
    );
    firewall.public_network_access("publicNetworkAccess", &access);
    let sku = context.sku();
    let has_rules = sku.is_absent() || sku.is("Premium") != Some(false);
    let action = rules.at("defaultAction").text();
    let name = "networkRuleSet.defaultAction";
    if has_rules && action.is("Deny") != Some(false) {
        firewall.addresses("networkRuleSet.ipRules", rules.at("ipRules"), "value");
        let subnets = rules.at("virtualNetworkRules");
        firewall.subnets("networkRuleSet.virtualNetworkRules", subnets, "id");
        let is_deny = |word: &str| word.eq_ignore_ascii_case("Deny");
        firewall.decide(
            Access::Deny,
            &AddressSet::all(),
            action.satisfies(is_deny),
            shows(name, &action, "Allow"),
            || doubt_about(context, &action, name, &["Allow", "Deny"], is_deny),
        );
    }
    let mut proofs = vec![
        shows("publicNetworkAccess", &access, "Enabled"),
        shows(name, &action, "Allow"),
    ];
    if !has_rules {
        proofs.push(shows("sku, which has no network rules,", &sku, "Premium"));
    }
    firewall.allow_all(proofs);
    let list = firewall.finish();
    // Below Premium neither property can be changed so that it closes anything.
    if has_rules {
        list
    } else {
        list.without_remedies()
    }
}

fn authentication(context: &DoorContext<'_>) -> Authentication {
    let properties = context.properties();
    let anonymous = properties.at("anonymousPullEnabled").boolean();
    let administrator = properties.at("adminUserEnabled").boolean();
    let mut proof = Proof::new(context)
        .switch(
            AuthenticationMode::Anonymous,
            "anonymousPullEnabled",
            &anonymous,
            true,
            Some(false),
        )
        .switch(
            AuthenticationMode::Password,
            "adminUserEnabled",
            &administrator,
            true,
            Some(false),
        )
        .always(
            AuthenticationMode::Entra,
            "a registry always takes Entra tokens",
        );
    let token = context
        .of_segment("tokens")
        .map(|token| token.properties().at("status").text())
        .find(|status| status.is("Disabled") != Some(true));
    if let Some(status) = token {
        let evidence = shows("status of a token of the registry", &status, "enabled");
        proof = proof.accept(AuthenticationMode::Password, evidence);
    }
    proof.finish()
}
