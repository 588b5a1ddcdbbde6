//! The packets of security rules with names that stand for addresses of their own.

use super::selector::AddressSelector;
use super::service_tag::ancestors;
use super::shadow::{Names, Packets, Residual};
use super::{AddressBounds, AddressTerm, SecurityRule};
use crate::flow::{AddressSet, Place, PortSet, Protocol, ServiceSet};
use crate::value::Text;
use indexmap::IndexSet;

/// The names in a group's rules, each as an address of its own.
pub(super) struct Symbols<'a> {
    names: &'a Names<'a>,
    known: IndexSet<Text>,
    /// The addresses that packets on the subnet can have.
    universe: AddressSet,
}

impl<'a> Symbols<'a> {
    pub(super) fn new(names: &'a Names<'a>) -> Self {
        let has_v6 = names
            .vicinity
            .is_none_or(|vicinity| vicinity.member_space.meets(&AddressSet::all_v6()));
        Self {
            names,
            known: IndexSet::new(),
            universe: if has_v6 {
                AddressSet::all()
            } else {
                AddressSet::all_v4()
            },
        }
    }

    pub(super) fn learn(&mut self, selector: &AddressSelector) {
        for (term, _) in &selector.terms {
            match term {
                AddressTerm::Tag(tag) => drop(self.known.insert(tag_name(tag))),
                AddressTerm::Group(id) => {
                    self.known.insert(group_name(id.key()));
                }
                AddressTerm::Addresses(_) | AddressTerm::Open(..) => {}
            }
        }
    }

    fn symbol(&self, name: &str) -> AddressSet {
        let at = self.known.get_index_of(name);
        let number = at.and_then(|at| u32::try_from(at).ok());
        number.map_or_else(AddressSet::empty, |number| {
            AddressSet::place(Place::NamedInstance(number))
        })
    }

    /// The symbols of the names that satisfy `test`.
    fn symbols(&self, test: impl Fn(&str) -> bool) -> AddressSet {
        let names = self.known.iter().filter(|name| test(name));
        names.fold(AddressSet::empty(), |set, name| {
            set.union(&self.symbol(name))
        })
    }

    fn term(&self, term: &AddressTerm) -> AddressSet {
        match term {
            AddressTerm::Addresses(set) => set.clone(),
            AddressTerm::Open(..) => AddressSet::empty(),
            AddressTerm::Group(id) => {
                let members = self.names.application_security_groups.known_members(id);
                match members {
                    Some(members) if members.is_exact() => members.sure.clone(),
                    _ => self.symbol(&group_name(id.key())),
                }
            }
            AddressTerm::Tag(tag) => self.tag(tag),
        }
    }

    fn tag(&self, tag: &str) -> AddressSet {
        let key = tag.to_ascii_lowercase();
        let vicinity = self.names.vicinity;
        match &*key {
            "virtualnetwork" => {
                let bounds = vicinity.map(|vicinity| &vicinity.virtual_network);
                let groups = self.symbols(|name| name.starts_with(GROUP));
                self.place(tag, bounds, &AddressSet::empty()).union(&groups)
            }
            "azureloadbalancer" => super::vicinity::platform_address(),
            "internet" => {
                let bounds = vicinity.map(|vicinity| &vicinity.internet);
                let services = self.symbols(|name| {
                    name.strip_prefix(TAG)
                        .is_some_and(|tag| !BY_PLACE.contains(&tag))
                });
                self.place(tag, bounds, &AddressSet::internet())
                    .union(&services)
            }
            _ => {
                if let Some(set) = self.names.service_tags.resolved(&key) {
                    return set.clone();
                }
                self.symbols(|name| {
                    name.strip_prefix(TAG).is_some_and(|other| {
                        *other == *key
                            || !BY_PLACE.contains(&other) && ancestors(other).contains(&key)
                    })
                })
            }
        }
    }

    /// What a tag holds that stands for a place: what is sure of it there, `otherwise` where there
    /// is no place, and its symbol for what is not known.
    fn place(
        &self,
        tag: &str,
        bounds: Option<&AddressBounds>,
        otherwise: &AddressSet,
    ) -> AddressSet {
        match bounds {
            Some(bounds) if bounds.is_exact() => bounds.sure.clone(),
            Some(bounds) => bounds.sure.union(&self.symbol(&tag_name(tag))),
            None => otherwise.union(&self.symbol(&tag_name(tag))),
        }
    }

    fn selector(&self, selector: &AddressSelector) -> AddressSet {
        let terms = selector.terms.iter();
        let all = terms.fold(AddressSet::empty(), |all, (term, _)| {
            all.union(&self.term(term))
        });
        all.intersect(&self.universe)
    }

    /// What a rule can match; `None` where part of it is not known at all.
    pub(super) fn can_match(&self, rule: &SecurityRule) -> Option<Vec<Packets>> {
        let is_open = |selector: &AddressSelector| {
            let mut terms = selector.terms.iter();
            terms.any(|(term, _)| matches!(term, AddressTerm::Open(..)))
        };
        let is_known = !is_open(&rule.source)
            && !is_open(&rule.destination)
            && rule.source_ports.open.is_none()
            && rule.destination_ports.open.is_none()
            && rule.protocol.known().is_some();
        is_known
            .then(|| self.packets(rule))
            .filter(|all| !all.is_empty())
    }

    /// What a rule surely matches; `None` where it is in doubt as a whole.
    pub(super) fn surely_matches(&self, rule: &SecurityRule) -> Option<Vec<Packets>> {
        let is_sure = rule.doubts.is_empty()
            && rule.direction.known().is_some()
            && rule.protocol.known().is_some();
        is_sure.then(|| self.packets(rule))
    }

    /// The packets of a rule: those with ports, and those without, which match whatever the port
    /// fields say.
    fn packets(&self, rule: &SecurityRule) -> Vec<Packets> {
        let protocols = match rule.protocol.known().copied().flatten() {
            Some(protocol) => vec![protocol],
            None => Protocol::ALL.to_vec(),
        };
        let part = |with_ports: bool| {
            let services = protocols
                .iter()
                .filter(|protocol| protocol.has_ports() == with_ports)
                .fold(ServiceSet::empty(), |set, protocol| {
                    let ports = rule.destination_ports.sure.clone();
                    set.union(&ServiceSet::of(*protocol, ports))
                });
            Packets {
                sources: self.selector(&rule.source),
                destinations: self.selector(&rule.destination),
                services,
                source_ports: if with_ports {
                    rule.source_ports.sure.clone()
                } else {
                    PortSet::all()
                },
            }
        };
        let parts = [part(true), part(false)];
        parts.into_iter().filter(|one| !one.is_empty()).collect()
    }

    pub(super) fn describe(&self, packets: &Packets) -> Residual {
        Residual {
            sources: self.describe_addresses(&packets.sources),
            destinations: self.describe_addresses(&packets.destinations),
            services: packets.services.to_string(),
            source_ports: packets.source_ports.to_string(),
        }
    }

    fn describe_addresses(&self, set: &AddressSet) -> Vec<String> {
        if *set == self.universe {
            return vec!["*".to_owned()];
        }
        let mut out = set.describe();
        for name in &self.known {
            let symbol = self.symbol(name);
            if set.contains(&symbol) && !out.iter().any(|one| one == "*" || one == "0.0.0.0/0") {
                let bare = name.strip_prefix(TAG).or_else(|| name.strip_prefix(GROUP));
                out.push(bare.unwrap_or(name).to_owned());
            }
        }
        out
    }
}

const TAG: &str = "tag ";
const GROUP: &str = "group ";
/// The tags that stand for places of the network and no service's.
const BY_PLACE: [&str; 3] = ["virtualnetwork", "internet", "azureloadbalancer"];

fn tag_name(tag: &str) -> Text {
    format!("{TAG}{}", tag.to_ascii_lowercase()).into()
}

fn group_name(key: &str) -> Text {
    format!("{GROUP}{key}").into()
}
