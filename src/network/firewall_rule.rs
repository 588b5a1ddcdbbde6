//! Rules of Azure Firewall, classic and of policies alike.
//!
//! Template reference: `Microsoft.Network/azureFirewalls` (rule collections),
//! `Microsoft.Network/firewallPolicies/ruleCollectionGroups`, `Microsoft.Network/ipGroups`.

use super::{AddressBounds, AddressSelector, AddressTerm, Fact, Reference, ServiceTags};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, PortSet, Protocol, ServiceSet, parse_prefix};
use crate::resource::{Inventory, Presence, Reader, Setting};
use crate::source::{FileId, Span};
use crate::value::Text;
use std::sync::Arc;

/// What a rule looks at.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FirewallRuleKind {
    /// Translates what comes to a public address.
    Nat,
    /// Addresses and ports.
    Network,
    /// Names of web servers and databases.
    Application,
}

/// One rule, read.
#[derive(Clone, Debug)]
pub struct FirewallRule {
    /// The name.
    pub name: Text,
    /// The name of its collection.
    pub collection: Text,
    /// Its text.
    pub span: Span,
    /// What it looks at.
    pub kind: FirewallRuleKind,
    /// What it does; of a NAT rule, `Allow`.
    pub access: Fact<Access>,
    /// The senders.
    pub sources: AddressBounds,
    /// The destinations; of an application rule, every address, if the name leads there.
    pub destinations: AddressBounds,
    /// The names and service tags among its destinations, as spelled, each with its place.
    pub named: Vec<(Text, Span)>,
    /// The protocols and ports in front, all of them if the doubt holds.
    pub services: ServiceSet,
    /// Why it can cover other services, where it can.
    pub other_services: Option<Arc<Doubt>>,
    /// Where a NAT rule leads.
    pub translation: Option<Translation>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// Where a NAT rule leads.
#[derive(Clone, Debug)]
pub struct Translation {
    /// The address behind; `None` where a name or an unknown stands for it.
    pub address: Option<AddressSet>,
    /// The name behind, where one stands for the address.
    pub name: Option<Text>,
    /// The port behind; `None` where ports stay or it is not known.
    pub port: Option<PortSet>,
    /// The place of the address or name.
    pub span: Span,
}

/// A collection of rules, before they are put in order.
pub(super) struct Collection<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) file: FileId,
    pub(super) service_tags: &'a ServiceTags,
    pub(super) name: Text,
    pub(super) action: Setting<Text>,
}

impl Collection<'_> {
    /// Reads one rule of the collection.
    pub(super) fn rule(&self, rule: Reader<'_>, kind: FirewallRuleKind) -> FirewallRule {
        let name = rule.at("name").symbol();
        let name = name.stated().cloned().unwrap_or_else(|| "rule".into());
        let (services, other_services) = match kind {
            FirewallRuleKind::Application => application_services(rule.at("protocols")),
            _ => network_services(rule),
        };
        let access = match kind {
            FirewallRuleKind::Nat => Fact::Known(Access::Allow),
            _ => self.access(),
        };
        FirewallRule {
            sources: self.addresses(rule, "sourceAddresses", "sourceIpGroups", "source"),
            destinations: self.destinations(rule, kind),
            named: named(rule),
            translation: (kind == FirewallRuleKind::Nat).then(|| translation(rule)),
            evidence: {
                let mut proof = self.prove(&name, rule, kind);
                proof.extend(self.prove_groups(rule));
                proof
            },
            collection: Text::clone(&self.name),
            span: rule.span(),
            name,
            kind,
            access,
            services,
            other_services,
        }
    }

    fn access(&self) -> Fact<Access> {
        match (self.action.is("Deny"), &self.action) {
            (_, Setting::Absent(span)) => Fact::Open(Arc::new(Doubt::outside(
                "invalid-rule",
                format!("{span:?}|action"),
                format!("rule collection `{}` states no action", self.name),
                "the action as Azure reports it",
                *span,
            ))),
            (Some(true), _) => Fact::Known(Access::Deny),
            (None, Setting::Unknown(unknown, span)) => {
                Fact::Open(Arc::new(Doubt::of(unknown, *span, "is Allow")))
            }
            (Some(false), _) | (None, Setting::Stated(..)) => Fact::Known(Access::Allow),
        }
    }

    fn prove(&self, name: &Text, rule: Reader<'_>, kind: FirewallRuleKind) -> Vec<Evidence> {
        let (member, says) = match kind {
            FirewallRuleKind::Nat if rule.at("translatedFqdn").value().is_some() => (
                "translatedFqdn",
                format!("translatedFqdn of NAT rule `{name}`"),
            ),
            FirewallRuleKind::Nat => (
                "translatedAddress",
                format!("translatedAddress of NAT rule `{name}`"),
            ),
            FirewallRuleKind::Network => {
                ("name", format!("network rule `{name}` of `{}`", self.name))
            }
            FirewallRuleKind::Application => (
                "name",
                format!("application rule `{name}` of `{}`", self.name),
            ),
        };
        let mut out = vec![Evidence::stated(rule.at(member).span(), says)];
        if kind != FirewallRuleKind::Nat
            && let Setting::Stated(word, span) = &self.action
        {
            let says = format!("action of rule collection `{}` is {word}", self.name);
            out.push(Evidence::stated(*span, says));
        }
        let sources = rule.at("sourceAddresses");
        if sources.value().is_some() {
            let says = format!("sourceAddresses of rule `{name}`");
            out.push(Evidence::stated(sources.span(), says));
        }
        out
    }

    fn destinations(&self, rule: Reader<'_>, kind: FirewallRuleKind) -> AddressBounds {
        if kind == FirewallRuleKind::Application {
            return names(
                rule,
                &["targetFqdns", "fqdnTags", "webCategories", "targetUrls"],
            );
        }
        let mut bounds = self.addresses(
            rule,
            "destinationAddresses",
            "destinationIpGroups",
            "destination",
        );
        if rule.at("destinationFqdns").value().is_some() {
            bounds.join(&names(rule, &["destinationFqdns"]));
        }
        bounds
    }

    /// The addresses of a list of texts and of a list of IP groups.
    fn addresses(&self, rule: Reader<'_>, plain: &str, groups: &str, side: &str) -> AddressBounds {
        let mut bounds = AddressBounds::default();
        match rule.at(plain).list() {
            Setting::Stated(items, _) => {
                for item in items {
                    self.add_text(&mut bounds, &item.text(), side);
                }
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => {
                let doubt = Doubt::of(&unknown, span, "covers the address");
                bounds.add_doubtful(AddressSet::all(), Arc::new(doubt));
            }
        }
        for item in rule.at(groups).items() {
            if let Some(group) = Reference::read_text(self.inventory, self.file, item) {
                self.add_group(&mut bounds, &group, side);
            }
        }
        bounds
    }

    /// What the IP groups state that `rule` names.
    fn prove_groups(&self, rule: Reader<'_>) -> Vec<Evidence> {
        let names = ["sourceIpGroups", "destinationIpGroups"];
        let items = names.into_iter().flat_map(|name| rule.at(name).items());
        let groups = items.filter_map(|item| {
            let group = Reference::read_text(self.inventory, self.file, item)?;
            let resource = self.inventory.get(group.resource()?)?;
            let list = resource.properties().at("ipAddresses");
            let says = format!("ipAddresses of IP group `{}`", resource.short_name());
            Some(Evidence::stated(list.span(), says))
        });
        groups.collect()
    }

    fn add_group(&self, bounds: &mut AddressBounds, group: &Reference, side: &str) {
        let resource = group.resource().and_then(|index| self.inventory.get(index));
        let told = resource.filter(|one| !matches!(one.presence, Presence::Existing));
        if let Some(resource) = told {
            for item in resource.properties().at("ipAddresses").items() {
                self.add_text(bounds, &item.text(), side);
            }
            return;
        }
        let name = group.id.display_name();
        let doubt = Doubt::outside(
            "ip-group-outside",
            format!("IP group|{}|{side}", group.id.key()),
            format!("IP group `{name}` is not in the inputs"),
            format!("an export with IP group `{name}`"),
            group.span,
        )
        .with_command(group.id.show_command());
        bounds.add_doubtful(AddressSet::all(), Arc::new(doubt));
    }

    fn add_text(&self, bounds: &mut AddressBounds, text: &Setting<Text>, side: &str) {
        let (text, span) = match text {
            Setting::Stated(text, span) => (text, *span),
            Setting::Absent(_) => return,
            Setting::Unknown(unknown, span) => {
                let doubt = Doubt::of(unknown, *span, &format!("covers the {side}"));
                return bounds.add_doubtful(AddressSet::all(), Arc::new(doubt));
            }
        };
        for (term, span) in AddressSelector::of(text, span).terms {
            match term {
                AddressTerm::Addresses(set) => bounds.add(&set),
                AddressTerm::Tag(tag) if tag.eq_ignore_ascii_case("Internet") => {
                    bounds.add(&AddressSet::internet());
                }
                AddressTerm::Tag(tag) => bounds.join(&self.service_tags.addresses(
                    &tag,
                    self.access().known().copied().unwrap_or(Access::Allow),
                    side,
                    span,
                )),
                AddressTerm::Group(_) => {}
                AddressTerm::Open(set, doubt) => bounds.add_doubtful(set, doubt),
            }
        }
    }
}

/// The destinations of `rule` that are no addresses: names, and what may be a service tag.
fn named(rule: Reader<'_>) -> Vec<(Text, Span)> {
    ["targetFqdns", "destinationFqdns", "destinationAddresses"]
        .iter()
        .flat_map(|member| rule.at(member).items())
        .filter_map(|item| match item.text() {
            Setting::Stated(text, span) if parse_prefix(&text).is_none() => Some((text, span)),
            _ => None,
        })
        .collect()
}

/// Every address, if the names in the lists `members` of `rule` lead there; for sure where a list
/// holds `*`.
fn names(rule: Reader<'_>, members: &[&str]) -> AddressBounds {
    let mut bounds = AddressBounds::default();
    for member in members {
        let list = rule.at(member);
        for item in list.items() {
            if item.text().is("*") == Some(true) {
                return AddressBounds::exact(AddressSet::all());
            }
        }
        if list.value().is_some() {
            let doubt = Doubt::outside(
                "names-of-destinations",
                format!("{:?}|{member} lead there", list.span()),
                format!(
                    "which addresses the {member} of a firewall rule lead to is not in the inputs"
                ),
                "the addresses of the names",
                list.span(),
            );
            bounds.add_doubtful(AddressSet::all(), Arc::new(doubt));
        }
    }
    bounds
}

/// The protocols and ports of a NAT or network rule.
fn network_services(rule: Reader<'_>) -> (ServiceSet, Option<Arc<Doubt>>) {
    let mut open = None;
    let mut ports = PortSet::empty();
    let mut note = |setting: &Setting<Text>, about: &str| {
        if let Setting::Unknown(unknown, span) = setting {
            open = Some(Arc::new(Doubt::of(unknown, *span, about)));
        }
    };
    for item in rule.at("destinationPorts").items() {
        let text = item.text();
        match text.stated().and_then(|text| PortSet::parse(text)) {
            Some(set) => ports = ports.union(&set),
            None => note(&text, "covers the port"),
        }
    }
    let list = ["ipProtocols", "protocols"]
        .into_iter()
        .flat_map(|member| rule.at(member).items());
    let mut services = ServiceSet::empty();
    for item in list {
        let text = item.text();
        match text.stated() {
            Some(word) => match Protocol::parse(word) {
                Some(protocol) => {
                    services = services.union(&ServiceSet::of(protocol, ports.clone()));
                }
                None => services = services.union(&ServiceSet::any_protocol(ports.clone())),
            },
            None => note(&text, "covers the protocol"),
        }
    }
    for member in ["destinationPorts", "ipProtocols", "protocols"] {
        if let Setting::Unknown(unknown, span) = rule.at(member).list() {
            open = Some(Arc::new(Doubt::of(&unknown, span, "covers the service")));
        }
    }
    (services, open)
}

/// The ports of an application rule's protocols.
fn application_services(protocols: Reader<'_>) -> (ServiceSet, Option<Arc<Doubt>>) {
    let mut services = ServiceSet::empty();
    for item in protocols.items() {
        let usual = match item.at("protocolType").text() {
            Setting::Stated(word, _) if word.eq_ignore_ascii_case("Http") => 80,
            Setting::Stated(word, _) if word.eq_ignore_ascii_case("Mssql") => 1433,
            _ => 443,
        };
        let port = item.at("port").integer();
        let port = port.stated().and_then(|port| u16::try_from(*port).ok());
        services = services.union(&ServiceSet::tcp(port.unwrap_or(usual)));
    }
    let open = match protocols.list() {
        Setting::Unknown(unknown, span) => {
            Some(Arc::new(Doubt::of(&unknown, span, "covers the service")))
        }
        _ => None,
    };
    (services, open)
}

fn translation(rule: Reader<'_>) -> Translation {
    let address = rule.at("translatedAddress").text();
    let name = rule.at("translatedFqdn").text();
    let port = rule.at("translatedPort").text();
    let known = address
        .stated()
        .and_then(|text| crate::flow::parse_prefix(text));
    Translation {
        address: known,
        span: if name.is_absent() {
            address.span()
        } else {
            name.span()
        },
        name: name.stated().cloned(),
        port: port.stated().and_then(|text| PortSet::parse(text)),
    }
}
