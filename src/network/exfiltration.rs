//! Rules by which data can be carried to somebody else's instance of a service.
//!
//! A service tag, or a wildcard over a service's names, holds the instances of every customer, so a
//! rule that lets out to it lets out to an attacker's own ("Configure data exfiltration prevention
//! for Azure Machine Learning").

use super::service_endpoint::has_service_endpoint;
use super::{
    AddressTerm, AzureFirewall, Direction, Fact, FirewallRule, GroupAt, NetworkSecurityGroup,
    SecurityRule, Subnet,
};
use crate::evidence::Evidence;
use crate::flow::Access;
use crate::resource::{Resource, Setting};
use crate::value::Text;

/// A rule that lets out to other tenants' instances of a service that takes data.
#[derive(Clone, Debug)]
pub struct WideRule {
    /// The name.
    pub name: Text,
    /// What it lets out to, as spelled: `Storage.WestEurope`, `*.blob.core.windows.net`.
    pub destination: Text,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// Services that anyone can have an instance of and that take data, by tag in lower case.
const TAKES_DATA: [&str; 13] = [
    "apimanagement",
    "appservice",
    "azurecloud",
    "azurecosmosdb",
    "azurecontainerregistry",
    "azuredevops",
    "azurefrontdoor.frontend",
    "datafactory",
    "eventhub",
    "internet",
    "servicebus",
    "sql",
    "storage",
];

/// Name endings under which anyone can have an instance.
const SHARED_NAMES: [&str; 12] = [
    "azure-api.net",
    "azurecr.io",
    "azureedge.net",
    "azurefd.net",
    "azurewebsites.net",
    "blob.core.windows.net",
    "core.windows.net",
    "dfs.core.windows.net",
    "documents.azure.com",
    "github.com",
    "servicebus.windows.net",
    "database.windows.net",
];

/// Whether service tag `tag` holds other tenants' instances of a service that takes data.
pub(super) fn takes_data(tag: &str) -> bool {
    let tag = tag.to_ascii_lowercase();
    let base = tag.split('.').next().unwrap_or(&tag);
    TAKES_DATA.contains(&&*tag) || TAKES_DATA.contains(&base)
}

/// Whether `name` is a wildcard over names that any tenant can have one of.
pub(super) fn is_shared(name: &str) -> bool {
    let Some(rest) = name.strip_prefix("*.") else {
        return name == "*";
    };
    let rest = rest.to_ascii_lowercase();
    SHARED_NAMES
        .iter()
        .any(|shared| rest == *shared || shared.ends_with(&format!(".{rest}")))
}

/// The wide rules of a security group that lets out from a subnet, default rules left aside.
/// Where the subnet's service endpoint policies limit its storage accounts, rules for those are none.
pub(super) fn of_group(group: &GroupAt<'_>, subnet: Option<&Subnet>) -> Vec<WideRule> {
    let (GroupAt::Group(group) | GroupAt::If(group, _)) = group else {
        return Vec::new();
    };
    // A policy has a say about what goes by a service endpoint, and about nothing else.
    let limits_storage = subnet.is_some_and(|subnet| {
        !subnet.service_endpoint_policies.is_empty()
            && has_service_endpoint(subnet, "Microsoft.Storage")
    });
    let is_limited = |tag: &str| {
        limits_storage
            && tag
                .split('.')
                .next()
                .is_some_and(|base| base.eq_ignore_ascii_case("storage"))
    };
    rules_out(group)
        .filter_map(|rule| {
            let mut terms = rule.destination.terms.iter();
            let (tag, span) = terms.find_map(|(term, span)| match term {
                AddressTerm::Tag(tag) if takes_data(tag) && !is_limited(tag) => Some((tag, *span)),
                _ => None,
            })?;
            let says = format!(
                "rule `{}` lets out to {tag}, other tenants' instances included",
                rule.name
            );
            Some(WideRule {
                name: Text::clone(&rule.name),
                destination: Text::clone(tag),
                evidence: vec![Evidence::stated(span, says)],
            })
        })
        .collect()
}

fn rules_out(group: &NetworkSecurityGroup) -> impl Iterator<Item = &SecurityRule> {
    group.rules.iter().filter(|rule| {
        !rule.is_default
            && rule.is_for(Direction::Outbound)
            && !matches!(rule.access, Fact::Known(Access::Deny))
    })
}

/// The wide rules of a firewall.
pub(super) fn of_firewall(firewall: &AzureFirewall) -> Vec<WideRule> {
    let lets_out = |rule: &&FirewallRule| {
        rule.translation.is_none() && !matches!(rule.access, Fact::Known(Access::Deny))
    };
    firewall
        .rules
        .iter()
        .filter(lets_out)
        .flat_map(|rule| {
            let wide = rule
                .named
                .iter()
                .filter(|(name, _)| is_shared(name) || takes_data(name));
            wide.map(|(name, span)| {
                let says = format!(
                    "firewall rule `{}` lets out to {name}, other tenants' instances included",
                    rule.name
                );
                WideRule {
                    name: Text::clone(&rule.name),
                    destination: Text::clone(name),
                    evidence: vec![Evidence::stated(*span, says)],
                }
            })
        })
        .collect()
}

/// The wide rules of a list of names at `property` of a resource that may call only those.
pub(super) fn of_names(resource: &Resource, property: &str) -> Vec<WideRule> {
    let items = resource.properties().at(property).items();
    items
        .into_iter()
        .filter_map(|item| match item.text() {
            Setting::Stated(name, span) if is_shared(&name) => Some(WideRule {
                evidence: vec![Evidence::stated(span, format!("{property} holds {name}"))],
                destination: Text::clone(&name),
                name,
            }),
            _ => None,
        })
        .collect()
}
