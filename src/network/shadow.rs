//! Rules of a security group that never decide, because rules before them match all they match.
//!
//! Worked out with sets over both ends, protocols and ports of both ends, never by comparing rules
//! in pairs. A name whose addresses are not known (a service tag, a group outside the inputs)
//! counts as one address of its own, which the names that surely hold it hold too.

use super::symbol::Symbols;
use super::{
    ApplicationSecurityGroups, Direction, Fact, NetworkSecurityGroup, ServiceTags, Vicinity,
};
use crate::flow::{Access, AddressSet, PortSet, ServiceSet};

/// What becomes of a rule under the rules before it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Shadow {
    /// It never decides.
    Dead {
        /// The rules that match before it, by their places in [`NetworkSecurityGroup::rules`].
        by: Vec<usize>,
        /// Whether one of them does the opposite.
        opposite: bool,
    },
    /// Rules that do the opposite match some of what it matches.
    Partly {
        /// Those rules.
        by: Vec<usize>,
        /// What is left to it.
        residual: Vec<Residual>,
    },
}

/// Packets left to a rule, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Residual {
    /// The sources: prefixes and names.
    pub sources: Vec<String>,
    /// The destinations: prefixes and names.
    pub destinations: Vec<String>,
    /// The protocols and destination ports.
    pub services: String,
    /// The source ports.
    pub source_ports: String,
}

/// What the names in a group's rules stand for.
#[derive(Clone, Copy, Debug)]
pub struct Names<'a> {
    /// What lies around the subnet; `None` for a group that is on no subnet.
    pub vicinity: Option<&'a Vicinity>,
    /// The application security groups' members.
    pub application_security_groups: &'a ApplicationSecurityGroups,
    /// The service tags' content.
    pub service_tags: &'a ServiceTags,
}

/// How many boxes what is left to a rule may fall into; beyond, nothing is said of the rule.
const BOX_LIMIT: usize = 256;

/// Packets whose dimensions are independent of one another.
#[derive(Clone, Debug)]
pub(super) struct Packets {
    pub(super) sources: AddressSet,
    pub(super) destinations: AddressSet,
    pub(super) services: ServiceSet,
    pub(super) source_ports: PortSet,
}

/// The custom rules of `group` in `direction` that never decide, or decide less than they say
/// because of rules that do the opposite; by place in [`NetworkSecurityGroup::rules`], in order.
/// Rules that are in doubt shadow nothing. O(rules² · boxes).
pub fn find_shadowed(
    group: &NetworkSecurityGroup,
    direction: Direction,
    names: &Names<'_>,
) -> Vec<(usize, Shadow)> {
    let mut symbols = Symbols::new(names);
    for rule in &group.rules {
        symbols.learn(&rule.source);
        symbols.learn(&rule.destination);
    }
    let mut before: Vec<Earlier> = Vec::new();
    let mut out = Vec::new();
    for (at, rule) in group.rules.iter().enumerate() {
        let (Fact::Known(priority), Fact::Known(access)) = (&rule.priority, &rule.access) else {
            continue;
        };
        if rule.is_default || !rule.is_for(direction) {
            continue;
        }
        if let Some(all) = symbols.can_match(rule) {
            let earlier: Vec<&Earlier> = before
                .iter()
                .filter(|one| one.priority < *priority)
                .collect();
            out.extend(shadow(&symbols, &all, *access, &earlier).map(|shadow| (at, shadow)));
        }
        if let Some(sure) = symbols.surely_matches(rule) {
            before.push(Earlier {
                at,
                priority: *priority,
                access: *access,
                packets: sure,
            });
        }
    }
    out
}

/// A rule that comes before, with what it surely matches.
struct Earlier {
    at: usize,
    priority: i64,
    access: Access,
    packets: Vec<Packets>,
}

fn shadow(
    symbols: &Symbols<'_>,
    all: &[Packets],
    access: Access,
    earlier: &[&Earlier],
) -> Option<Shadow> {
    let mut left = all.to_vec();
    let mut by = Vec::new();
    for one in earlier {
        let touches = |packets: &Packets| all.iter().any(|part| part.meets(packets));
        if !one.packets.iter().any(touches) {
            continue;
        }
        by.push((one.at, one.access));
        for packets in &one.packets {
            left = left
                .iter()
                .flat_map(|part| part.subtract(packets))
                .collect();
            if left.len() > BOX_LIMIT {
                return None;
            }
        }
    }
    let opposite = |list: &[(usize, Access)]| -> Vec<usize> {
        let others = list.iter().filter(|(_, other)| *other != access);
        others.map(|(at, _)| *at).collect()
    };
    if left.is_empty() {
        return Some(Shadow::Dead {
            opposite: !opposite(&by).is_empty(),
            by: by.into_iter().map(|(at, _)| at).collect(),
        });
    }
    let by = opposite(&by);
    (!by.is_empty()).then(|| Shadow::Partly {
        by,
        residual: left.iter().map(|one| symbols.describe(one)).collect(),
    })
}

impl Packets {
    pub(super) fn is_empty(&self) -> bool {
        self.sources.is_empty()
            || self.destinations.is_empty()
            || self.services.is_empty()
            || self.source_ports.is_empty()
    }

    fn meets(&self, other: &Self) -> bool {
        let common = Self {
            sources: self.sources.intersect(&other.sources),
            destinations: self.destinations.intersect(&other.destinations),
            services: self.services.intersect(&other.services),
            source_ports: self.source_ports.intersect(&other.source_ports),
        };
        !common.is_empty()
    }

    /// What is in this and not in `other`, as boxes apart.
    fn subtract(&self, other: &Self) -> Vec<Self> {
        let mut out = Vec::new();
        let mut rest = self.clone();
        let mut cut = |piece: Self| {
            if !piece.is_empty() {
                out.push(piece);
            }
        };
        cut(Self {
            sources: rest.sources.subtract(&other.sources),
            ..rest.clone()
        });
        rest.sources = rest.sources.intersect(&other.sources);
        cut(Self {
            destinations: rest.destinations.subtract(&other.destinations),
            ..rest.clone()
        });
        rest.destinations = rest.destinations.intersect(&other.destinations);
        cut(Self {
            services: rest.services.subtract(&other.services),
            ..rest.clone()
        });
        rest.services = rest.services.intersect(&other.services);
        cut(Self {
            source_ports: rest
                .source_ports
                .intersect(&other.source_ports.complement()),
            ..rest.clone()
        });
        out
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AddressBounds, SecurityRule, Surroundings};
    use super::*;
    use crate::flow::parse_prefix;
    use crate::resource::{Presence, Reader};
    use crate::source::FileId;
    use crate::value::read_json;

    fn rule(name: &str, priority: u32, access: &str, from: &str, port: &str) -> String {
        format!(
            r#"{{"name": "{name}", "properties": {{"priority": {priority}, "direction": "Inbound",
                "access": "{access}", "protocol": "Tcp", "sourceAddressPrefix": "{from}",
                "sourcePortRange": "*", "destinationAddressPrefix": "*",
                "destinationPortRange": "{port}"}}}}"#
        )
    }

    fn shadows(rules: &[String]) -> Vec<(String, Shadow)> {
        let text = format!("[{}]", rules.join(","));
        let value = read_json(FileId::new(0), &text, &mut Vec::new()).unwrap();
        let rules = Reader::new(&value).items().into_iter().map(|item| {
            let name = item.at("name").text().stated().unwrap().clone();
            SecurityRule::read(
                &name,
                item.at("properties"),
                item.span(),
                &Presence::Deployed,
            )
        });
        let group = NetworkSecurityGroup::new("g".into(), value.span, rules);
        let vicinity = Vicinity::new(&Surroundings {
            own: AddressBounds::exact(parse_prefix("10.0.0.0/16").unwrap()),
            ..Surroundings::default()
        });
        let names = Names {
            vicinity: Some(&vicinity),
            application_security_groups: &ApplicationSecurityGroups::default(),
            service_tags: &ServiceTags::default(),
        };
        find_shadowed(&group, Direction::Inbound, &names)
            .into_iter()
            .map(|(at, shadow)| (group.rules[at].name.to_string(), shadow))
            .collect()
    }

    fn dead(by: &[usize], opposite: bool) -> Shadow {
        Shadow::Dead {
            by: by.to_vec(),
            opposite,
        }
    }

    #[test]
    fn a_deny_below_a_wider_allow_is_dead() {
        let found = shadows(&[
            rule("all", 100, "Allow", "*", "443"),
            rule("bad", 200, "Deny", "203.0.113.0/24", "443"),
        ]);
        assert_eq!(found, [("bad".to_owned(), dead(&[0], true))]);
    }

    #[test]
    fn several_rules_together_can_kill_one() {
        let found = shadows(&[
            rule("low", 100, "Allow", "0.0.0.0/1", "22"),
            rule("high", 110, "Allow", "128.0.0.0/1", "22"),
            rule("office", 200, "Allow", "203.0.113.0/24", "22"),
            rule("home", 210, "Allow", "203.0.113.0/24", "22-23"),
        ]);
        assert_eq!(found, [("office".to_owned(), dead(&[1], false))]);
    }

    #[test]
    fn tags_nest_in_one_another_and_in_the_internet() {
        for wide in ["Storage", "AzureCloud", "Internet", "*"] {
            let found = shadows(&[
                rule("wide", 100, "Deny", wide, "443"),
                rule("west", 200, "Allow", "Storage.WestEurope", "443"),
            ]);
            assert_eq!(found, [("west".to_owned(), dead(&[0], true))], "{wide}");
        }
        let apart = shadows(&[
            rule("east", 100, "Deny", "Storage.EastUS", "443"),
            rule("west", 200, "Allow", "Storage.WestEurope", "443"),
            rule("all", 300, "Allow", "Storage", "443"),
        ]);
        assert_eq!(apart.len(), 1);
        let inside = shadows(&[
            rule("network", 100, "Allow", "VirtualNetwork", "443"),
            rule("subnet", 200, "Deny", "10.0.3.0/24", "443"),
        ]);
        assert_eq!(inside, [("subnet".to_owned(), dead(&[0], true))]);
    }

    #[test]
    fn what_is_left_of_a_rule_is_exact() {
        let found = shadows(&[
            rule("bad", 100, "Deny", "203.0.113.0/25", "443"),
            rule("web", 200, "Allow", "203.0.113.0/24", "443-444"),
        ]);
        let [(name, Shadow::Partly { by, residual })] = &found[..] else {
            panic!("{found:?}");
        };
        assert_eq!((name.as_str(), &by[..]), ("web", &[0][..]));
        let left: Vec<_> = residual
            .iter()
            .map(|one| (one.sources.join(","), one.services.clone()))
            .collect();
        assert_eq!(
            left,
            [
                ("203.0.113.128/25".to_owned(), "tcp 443-444".to_owned()),
                ("203.0.113.0/25".to_owned(), "tcp 444".to_owned())
            ]
        );
    }
}
