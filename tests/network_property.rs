//! Networking against oracles written packet by packet, and properties that must hold whatever the
//! rules are.
//!
//! The oracles know nothing of sets: they look at one packet, settle every open fact in every way
//! that is possible, and see whether the outcomes agree.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use proptest::prelude::*;
use serde_json::{Map, Value, json};
use sightline::arm::{Condition, DeclaredResource, Evaluation};
use sightline::conformance::network_security_group::answer;
use sightline::flow::parse_prefix;
use sightline::input::Inputs;
use sightline::network::{NextHop, Topology};
use sightline::resource::Inventory;
use sightline::source::FileId;
use sightline::value::read_json;
use std::collections::BTreeSet;
use std::net::IpAddr;

// --- One packet at a security group -----------------------------------------------------------

const FAR: [&str; 10] = [
    "203.0.113.10",
    "20.38.98.5",
    "20.40.0.1",
    "10.0.2.9",
    "10.50.0.9",
    "192.168.7.7",
    "10.99.0.9",
    "168.63.129.16",
    "2001:db8::7",
    "fd00:1::9",
];
const NEAR: [&str; 3] = ["10.0.1.4", "10.0.1.5", "fd00:1::4"];
const PREFIXES: [&str; 20] = [
    "*",
    "*",
    "Any",
    "0.0.0.0/0",
    "::/0",
    "Internet",
    "internet",
    "VirtualNetwork",
    "AzureLoadBalancer",
    "AzureCloud",
    "Storage",
    "Storage.WestEurope",
    "203.0.113.0/24",
    "10.0.0.0/8",
    "10.0.1.4",
    "20.38.0.0/16",
    "2001:db8::/32",
    "10.0.1.0/24",
    "group:web",
    "group:far",
];
const PORTS: [&str; 5] = ["*", "443", "400-500", "22", "0-65535"];
const SOURCE_PORTS: [&str; 5] = ["*", "*", "*", "50001", "1-1023"];
const PROTOCOLS: [&str; 7] = ["Tcp", "tcp", "Udp", "Icmp", "Esp", "Ah", "*"];

#[derive(Clone, Debug)]
struct Rule {
    priority: Option<u32>,
    allow: Option<bool>,
    inbound: bool,
    protocol: usize,
    sources: Vec<usize>,
    destinations: Vec<usize>,
    source_port: usize,
    ports: Vec<usize>,
}

#[derive(Clone, Debug)]
enum Group {
    None,
    External,
    Rules(Vec<Rule>),
}

#[derive(Clone, Debug)]
struct Case {
    subnet: Group,
    interface: Group,
    inbound: bool,
    far: usize,
    near: usize,
    protocol: usize,
    source_port: u16,
    port: u16,
    sku: Option<bool>,
    resolved: [bool; 3],
    route: bool,
}

const TAGS: [&str; 3] = ["AzureCloud", "Storage", "Storage.WestEurope"];

/// What a tag holds where it is resolved.
fn content(tag: &str) -> &'static str {
    match tag {
        "AzureCloud" => "20.32.0.0/11",
        "Storage" => "20.38.0.0/15",
        _ => "20.38.98.0/24",
    }
}

fn rule() -> impl Strategy<Value = Rule> {
    (
        (1_u32..9).prop_map(|number| number * 100),
        any::<bool>(),
        prop::bool::weighted(0.7),
        0..PROTOCOLS.len(),
        prop::collection::vec(0..PREFIXES.len(), 1..3),
        prop::collection::vec(0..PREFIXES.len(), 1..3),
        0..SOURCE_PORTS.len(),
        prop::collection::vec(0..PORTS.len(), 0..3),
    )
        .prop_map(
            |(priority, allow, inbound, protocol, sources, destinations, source_port, ports)| {
                Rule {
                    priority: Some(priority),
                    allow: Some(allow),
                    inbound,
                    protocol,
                    sources,
                    destinations,
                    source_port,
                    ports,
                }
            },
        )
}

fn group() -> impl Strategy<Value = Group> {
    prop_oneof![
        1 => Just(Group::None),
        1 => Just(Group::External),
        6 => prop::collection::vec(rule(), 0..5).prop_map(Group::Rules),
    ]
}

/// A case in which at most one rule is invalid.
fn case() -> impl Strategy<Value = Case> {
    (
        (group(), group()),
        any::<bool>(),
        (0..FAR.len(), 0..NEAR.len()),
        0..5_usize,
        prop_oneof![Just(50001_u16), Just(443), Just(3000)],
        prop_oneof![Just(443_u16), Just(22), Just(8080)],
        prop::option::of(any::<bool>()),
        any::<[bool; 3]>(),
        any::<bool>(),
        prop::option::of((0..4_usize, any::<bool>())),
    )
        .prop_map(
            |(
                (subnet, interface),
                inbound,
                (far, near),
                protocol,
                source_port,
                port,
                sku,
                resolved,
                route,
                spoil,
            )| {
                let mut case = Case {
                    subnet,
                    interface,
                    inbound,
                    // The platform's own address is told apart outbound.
                    far: if inbound || far != 7 { far } else { 0 },
                    near,
                    protocol,
                    source_port,
                    port,
                    sku,
                    resolved,
                    route,
                };
                if let (Some((at, priority)), Group::Rules(rules)) = (spoil, &mut case.interface)
                    && let Some(rule) = rules.get_mut(at)
                {
                    if priority {
                        rule.priority = None;
                    } else {
                        rule.allow = None;
                    }
                }
                case
            },
        )
}

fn side(
    prefix: &'static str,
    plural: &'static str,
    groups: &'static str,
    texts: &[usize],
) -> Map<String, Value> {
    let mut fields = Map::new();
    let named: Vec<&str> = texts.iter().map(|at| PREFIXES[*at]).collect();
    let members: Vec<Value> = named
        .iter()
        .filter_map(|text| text.strip_prefix("group:"))
        .map(|id| json!({ "id": id }))
        .collect();
    let plain: Vec<&str> = named
        .into_iter()
        .filter(|text| !text.starts_with("group:"))
        .collect();
    match &plain[..] {
        [one] => drop(fields.insert(prefix.into(), json!(one))),
        [] => {}
        many => drop(fields.insert(plural.into(), json!(many))),
    }
    if !members.is_empty() {
        fields.insert(groups.into(), json!(members));
    }
    fields
}

fn rule_json(at: usize, rule: &Rule) -> Value {
    let mut properties = Map::new();
    properties.insert(
        "direction".into(),
        json!(if rule.inbound { "Inbound" } else { "Outbound" }),
    );
    if let Some(allow) = rule.allow {
        properties.insert("access".into(), json!(if allow { "Allow" } else { "Deny" }));
    }
    if let Some(priority) = rule.priority {
        properties.insert("priority".into(), json!(priority));
    }
    properties.insert("protocol".into(), json!(PROTOCOLS[rule.protocol]));
    properties.insert(
        "sourcePortRange".into(),
        json!(SOURCE_PORTS[rule.source_port]),
    );
    let ports: Vec<&str> = rule.ports.iter().map(|at| PORTS[*at]).collect();
    match &ports[..] {
        [one] => drop(properties.insert("destinationPortRange".into(), json!(one))),
        many => drop(properties.insert("destinationPortRanges".into(), json!(many))),
    }
    properties.extend(side(
        "sourceAddressPrefix",
        "sourceAddressPrefixes",
        "sourceApplicationSecurityGroups",
        &rule.sources,
    ));
    properties.extend(side(
        "destinationAddressPrefix",
        "destinationAddressPrefixes",
        "destinationApplicationSecurityGroups",
        &rule.destinations,
    ));
    json!({ "name": format!("r{at}"), "properties": properties })
}

fn group_json(group: &Group) -> Value {
    match group {
        Group::None => Value::Null,
        Group::External => json!("external"),
        Group::Rules(rules) => rules
            .iter()
            .enumerate()
            .map(|(at, rule)| rule_json(at, rule))
            .collect(),
    }
}

const NAMES: [&str; 5] = ["Tcp", "Udp", "Icmp", "Esp", "Ah"];

impl Case {
    fn ends(&self) -> (&'static str, &'static str) {
        if self.inbound {
            (FAR[self.far], NEAR[self.near])
        } else {
            (NEAR[self.near], FAR[self.far])
        }
    }

    fn json(&self) -> Value {
        let (source, destination) = self.ends();
        let tags: Map<String, Value> = TAGS
            .iter()
            .zip(self.resolved)
            .filter(|(_, resolved)| *resolved)
            .map(|(tag, _)| ((*tag).to_owned(), json!([content(tag)])))
            .collect();
        let mut context = json!({
            "vnet": ["10.0.0.0/16", "fd00:1::/48"], "peered": ["10.50.0.0/16"],
            "onprem": ["192.168.0.0/16"], "tags": tags,
            "udr": if self.route { json!(["203.0.113.0/25"]) } else { json!([]) },
            "asg": { "web": ["10.0.1.4", "10.0.2.9"] },
        });
        if let Some(basic) = self.sku {
            context["viaPublicIpSku"] = json!(if basic { "Basic" } else { "Standard" });
        }
        json!({
            "id": "case", "kind": "nsg", "context": context,
            "subnetNsg": group_json(&self.subnet), "nicNsg": group_json(&self.interface),
            "direction": if self.inbound { "Inbound" } else { "Outbound" },
            "packet": { "src": source, "dst": destination, "protocol": NAMES[self.protocol],
                "srcPort": self.source_port, "dstPort": self.port },
        })
    }
}

fn within(prefix: &str, address: &str) -> bool {
    let address: IpAddr = address.parse().unwrap();
    let (network, length) = match prefix.split_once('/') {
        Some((network, length)) => (network, length.parse::<u32>().unwrap()),
        None => (prefix, if prefix.contains(':') { 128 } else { 32 }),
    };
    match (network.parse::<IpAddr>().unwrap(), address) {
        (IpAddr::V4(a), IpAddr::V4(b)) => {
            let mask = u32::MAX.checked_shl(32 - length).unwrap_or(0);
            a.to_bits() & mask == b.to_bits() & mask
        }
        (IpAddr::V6(a), IpAddr::V6(b)) => {
            let mask = u128::MAX.checked_shl(128 - length).unwrap_or(0);
            a.to_bits() & mask == b.to_bits() & mask
        }
        _ => false,
    }
}

fn is_public(address: &str) -> bool {
    let private = ["10.0.0.0/8", "192.168.0.0/16", "168.63.129.16", "fc00::/7"];
    !private.iter().any(|prefix| within(prefix, address))
}

/// One way of settling everything that is open.
#[derive(Clone, Copy)]
struct World {
    /// Whether the far end is in each of the tags.
    tags: [bool; 3],
    /// Whether the far and the near end are in the application security group `far`.
    far_member: bool,
    near_member: bool,
    /// What the external groups do.
    external: [bool; 2],
    /// Where rules share a priority: whether those that allow come first, in each group.
    ties: u32,
    /// Where the invalid rule stands, and what it does.
    place: usize,
    allow: bool,
}

const GROUPS_NETWORK: [&str; 4] = [
    "10.0.0.0/16",
    "fd00:1::/48",
    "10.50.0.0/16",
    "192.168.0.0/16",
];

impl Case {
    /// Whether the far end can be in the tags as `tags` say.
    fn is_possible(&self, tags: [bool; 3]) -> bool {
        let far = FAR[self.far];
        let [cloud, storage, west] = tags;
        let nested = (!west || storage) && (!storage || cloud);
        let fixed = TAGS
            .iter()
            .zip(tags)
            .zip(self.resolved)
            .all(|((tag, holds), resolved)| {
                if resolved {
                    holds == within(content(tag), far)
                } else {
                    !holds || is_public(far)
                }
            });
        nested && fixed
    }

    fn in_network(&self, address: &str) -> bool {
        GROUPS_NETWORK.iter().any(|prefix| within(prefix, address))
            || within("168.63.129.16", address)
            || (self.route && within("203.0.113.0/25", address))
    }

    fn selects(&self, text: &str, address: &str, is_far: bool, world: &World) -> bool {
        match text {
            "*" | "Any" => true,
            "Internet" | "internet" => {
                is_public(address) && !GROUPS_NETWORK.iter().any(|prefix| within(prefix, address))
            }
            "VirtualNetwork" => self.in_network(address),
            "AzureLoadBalancer" => within("168.63.129.16", address),
            "group:web" => ["10.0.1.4", "10.0.2.9"].contains(&address),
            "group:far" => {
                let possible = ["10.0.0.0/16", "fd00:1::/48", "10.50.0.0/16"]
                    .iter()
                    .any(|prefix| within(prefix, address));
                possible
                    && if is_far {
                        world.far_member
                    } else {
                        world.near_member
                    }
            }
            tag if TAGS.contains(&tag) => {
                let at = TAGS.iter().position(|one| *one == tag).unwrap();
                // The near end is private and in no service's tag.
                is_far && world.tags[at]
            }
            prefix => within(prefix, address),
        }
    }

    fn matches(&self, rule: &Rule, world: &World) -> bool {
        let (source, destination) = self.ends();
        let protocol = PROTOCOLS[rule.protocol];
        let is_protocol = protocol == "*" || protocol.eq_ignore_ascii_case(NAMES[self.protocol]);
        let has_ports = self.protocol < 2;
        let port = |text: &str, port: u16| match text.split_once('-') {
            Some((first, last)) => {
                (first.parse::<u16>().unwrap()..=last.parse().unwrap()).contains(&port)
            }
            None => text == "*" || text.parse() == Ok(port),
        };
        is_protocol
            && (!has_ports
                || port(SOURCE_PORTS[rule.source_port], self.source_port)
                    && rule.ports.iter().any(|at| port(PORTS[*at], self.port)))
            && rule
                .sources
                .iter()
                .any(|at| self.selects(PREFIXES[*at], source, self.inbound, world))
            && rule
                .destinations
                .iter()
                .any(|at| self.selects(PREFIXES[*at], destination, !self.inbound, world))
    }

    /// Whether a group lets the packet pass, and by which rule.
    fn passes(&self, group: &Group, at: usize, world: &World) -> Option<(bool, String)> {
        let rules = match group {
            Group::None => return None,
            Group::External => return Some((world.external[at], "<external>".into())),
            Group::Rules(rules) => rules,
        };
        let mut order: Vec<(f64, bool, &Rule, usize)> = Vec::new();
        for (number, rule) in rules
            .iter()
            .enumerate()
            .filter(|(_, rule)| rule.inbound == self.inbound)
        {
            let priority = match rule.priority {
                // Between any two of the others, or before or behind them all.
                None => f64::from(u32::try_from(world.place).unwrap()) * 100.0 + 50.0,
                Some(priority) => f64::from(priority),
            };
            let allow = rule.allow.unwrap_or(world.allow);
            order.push((priority, allow, rule, number));
        }
        order.sort_by(|a, b| {
            let allows_first = world.ties >> at & 1 == 1;
            let late = |allow: bool| allow != allows_first;
            a.0.total_cmp(&b.0)
                .then(late(a.1).cmp(&late(b.1)))
                .then(a.3.cmp(&b.3))
        });
        let custom = order
            .iter()
            .find(|(_, _, rule, _)| self.matches(rule, world));
        if let Some((_, allow, _, number)) = custom {
            return Some((*allow, format!("r{number}")));
        }
        let (source, destination) = self.ends();
        let both = self.in_network(source) && self.in_network(destination);
        let internet = self.selects("Internet", destination, true, world);
        Some(match self.inbound {
            true if both => (true, "AllowVnetInBound".into()),
            true if within("168.63.129.16", source) => {
                (true, "AllowAzureLoadBalancerInBound".into())
            }
            true => (false, "DenyAllInBound".into()),
            false if both => (true, "AllowVnetOutBound".into()),
            false if internet => (true, "AllowInternetOutBound".into()),
            false => (false, "DenyAllOutBound".into()),
        })
    }

    fn worlds(&self) -> Vec<World> {
        let mut worlds = Vec::new();
        let spoiled = |group: &Group| match group {
            Group::Rules(rules) => rules
                .iter()
                .any(|rule| rule.priority.is_none() || rule.allow.is_none()),
            _ => false,
        };
        let places = if spoiled(&self.interface) { 9 } else { 1 };
        for bits in 0..1_u32 << 10 {
            let bit = |at: u32| bits >> at & 1 == 1;
            let tags = [bit(0), bit(1), bit(2)];
            if !self.is_possible(tags) || (places == 1 && bit(9)) {
                continue;
            }
            for place in 0..places {
                worlds.push(World {
                    tags,
                    far_member: bit(3),
                    near_member: bit(4),
                    external: [bit(5), bit(6)],
                    ties: bits >> 7 & 3,
                    place,
                    allow: bit(9),
                });
            }
        }
        worlds
    }

    /// The decision, and the rules that can decide at each level.
    fn expected(&self) -> (&'static str, Vec<(&'static str, BTreeSet<String>)>) {
        let subnet = ("subnet", &self.subnet, 0);
        let interface = ("nic", &self.interface, 1);
        let levels = if self.inbound {
            [subnet, interface]
        } else {
            [interface, subnet]
        };
        let mut outcomes = BTreeSet::new();
        let mut by: Vec<(&'static str, BTreeSet<String>)> = Vec::new();
        // Whether anything gets past each level that something gets to.
        let mut passed = [false; 3];
        for world in self.worlds() {
            let mut open = true;
            for (number, (name, group, at)) in levels.iter().enumerate() {
                let Some((lets, rule)) = self.passes(group, *at, &world) else {
                    continue;
                };
                match by.iter_mut().find(|(known, _)| known == name) {
                    Some((_, rules)) => drop(rules.insert(rule)),
                    None => by.push((name, BTreeSet::from([rule]))),
                }
                passed[number] |= lets;
                if !lets {
                    open = false;
                    break;
                }
            }
            let no_group = matches!((&self.subnet, &self.interface), (Group::None, Group::None));
            if no_group && self.inbound && self.sku == Some(false) {
                by = vec![(
                    "platform",
                    BTreeSet::from(["StandardSkuDefaultDeny".to_owned()]),
                )];
                open = false;
            }
            outcomes.insert(open);
        }
        let order = |name: &str| {
            levels
                .iter()
                .position(|(level, ..)| *level == name)
                .unwrap_or(2)
        };
        by.sort_by_key(|(name, _)| order(name));
        if let Some(at) = by.iter().position(|(name, _)| !passed[order(name)]) {
            by = vec![by.swap_remove(at)];
        }
        let word = match (outcomes.contains(&true), outcomes.contains(&false)) {
            (true, true) => "unknown",
            (true, false) => "allow",
            (false, _) => "deny",
        };
        (word, by)
    }
}

fn deciding(answer: &Value) -> Vec<(String, BTreeSet<String>)> {
    let levels = answer["by"].as_array().unwrap().iter();
    levels
        .map(|level| {
            let rules = level["rules"].as_array().unwrap().iter();
            (
                level["nsg"].as_str().unwrap().to_owned(),
                rules
                    .map(|rule| rule.as_str().unwrap().to_owned())
                    .collect(),
            )
        })
        .collect()
}

proptest! {
    #[test]
    fn pairs_of_groups_agree_with_packets_in_every_possible_world(case in case()) {
        let answer = answer(&case.json());
        let (decision, by) = case.expected();
        prop_assert_eq!(&answer["decision"], decision);
        let by: Vec<_> = by.into_iter().map(|(name, rules)| (name.to_owned(), rules)).collect();
        prop_assert_eq!(deciding(&answer), by);
    }

    #[test]
    fn settling_a_tag_never_turns_a_decision(case in case(), at in 0..3_usize) {
        let before = answer(&case.json());
        let mut settled = case;
        settled.resolved[at] = true;
        let after = answer(&settled.json());
        if before["decision"] != "unknown" {
            prop_assert_eq!(&before["decision"], &after["decision"]);
        }
    }

    #[test]
    fn one_more_allow_never_closes(case in case(), extra in rule()) {
        let openness = |case: &Case| match answer(&case.json())["decision"].as_str().unwrap() {
            "deny" => 0,
            "unknown" => 1,
            _ => 2,
        };
        let before = openness(&case);
        let mut more = case;
        if let Group::Rules(rules) = &mut more.interface {
            // A priority that no other rule has.
            let priority = extra.priority.map(|number| number + 50);
            rules.push(Rule { allow: Some(true), priority, ..extra });
        }
        prop_assert!(openness(&more) >= before);
    }

    #[test]
    fn the_order_in_which_rules_are_written_changes_nothing(case in case(), turn in 0..5_usize) {
        let mut line = case.json();
        let before = answer(&line);
        for level in ["subnetNsg", "nicNsg"] {
            if let Some(rules) = line[level].as_array_mut() {
                let mut seen = BTreeSet::new();
                let distinct = rules.iter().all(|rule| {
                    let properties = &rule["properties"];
                    seen.insert((properties["priority"].to_string(), properties["direction"].to_string()))
                });
                if distinct && !rules.is_empty() {
                    let count = rules.len();
                    rules.rotate_left(turn % count);
                }
            }
        }
        prop_assert_eq!(answer(&line), before);
    }
}

// --- One packet at a route table --------------------------------------------------------------

/// What may be a prefix of the customer's, and addresses that fall on all sides of them.
const ROUTED: [&str; 12] = [
    "0.0.0.0/0",
    "10.0.0.0/8",
    "10.0.0.0/16",
    "10.0.1.0/24",
    "10.0.1.4/32",
    "10.1.0.0/16",
    "10.2.0.0/15",
    "10.2.0.0/16",
    "192.168.0.0/16",
    "203.0.113.0/24",
    "128.0.0.0/1",
    "::/0",
];
const DESTINATIONS: [&str; 13] = [
    "10.0.1.4",
    "10.0.1.9",
    "10.0.2.1",
    "10.1.0.1",
    "10.2.0.1",
    "10.3.0.1",
    "10.9.0.1",
    "172.16.0.1",
    "192.168.1.1",
    "100.64.0.1",
    "203.0.113.10",
    "8.8.8.8",
    "2001:db8::1",
];
const HOPS: [&str; 5] = [
    "VirtualAppliance",
    "VirtualNetworkGateway",
    "VnetLocal",
    "Internet",
    "None",
];

#[derive(Clone, Debug)]
struct Routing {
    /// Prefix and next hop; no prefix twice.
    user: Vec<(usize, usize)>,
    own: Vec<usize>,
    peer: Option<usize>,
    learned: Vec<usize>,
    disable: bool,
}

/// Spaces of networks; the peer's do not overlap the own ones.
const OWN: [&str; 3] = ["10.0.0.0/16", "10.1.0.0/16", "10.0.0.0/8"];
const PEER: [&str; 2] = ["10.2.0.0/16", "172.16.0.0/12"];
const LEARNED: [&str; 5] = [
    "192.168.0.0/16",
    "10.0.1.0/24",
    "10.2.0.0/24",
    "10.0.0.0/8",
    "203.0.113.0/24",
];

fn routing() -> impl Strategy<Value = Routing> {
    (
        prop::collection::btree_map(0..ROUTED.len(), 0..HOPS.len(), 0..6),
        prop_oneof![Just(vec![0]), Just(vec![0, 1]), Just(vec![2]),],
        prop::option::of(0..PEER.len()),
        prop::collection::btree_set(0..LEARNED.len(), 0..4),
        any::<bool>(),
    )
        .prop_map(|(user, own, peer, learned, disable)| Routing {
            user: user.into_iter().collect(),
            // A peer may not overlap.
            peer: peer.filter(|peer| own != [2] || *peer == 1),
            own,
            learned: learned.into_iter().collect(),
            disable,
        })
}

fn id(kind: &str, name: &str) -> String {
    let start = "/subscriptions/s/resourceGroups/g/providers/Microsoft.Network".to_owned();
    kind.split('/')
        .zip(name.split('/'))
        .fold(start, |id, (kind, name)| format!("{id}/{kind}/{name}"))
}

impl Routing {
    fn resources(&self) -> Value {
        let spaces = |list: &[usize], from: &[&str]| -> Vec<String> {
            list.iter().map(|at| from[*at].to_owned()).collect()
        };
        let peering = |to: &str| {
            json!([{ "name": to, "properties": { "allowVirtualNetworkAccess": true,
                "remoteVirtualNetwork": { "id": id("virtualNetworks", to) } } }])
        };
        let routes: Vec<Value> = self
            .user
            .iter()
            .map(|(prefix, hop)| {
                json!({ "name": format!("r{prefix}"), "properties": {
                    "addressPrefix": ROUTED[*prefix], "nextHopType": HOPS[*hop],
                    "nextHopIpAddress": "10.0.1.4" } })
            })
            .collect();
        let mut list = vec![
            json!({ "type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {
                "addressSpace": { "addressPrefixes": spaces(&self.own, &OWN) },
                "virtualNetworkPeerings": if self.peer.is_some() { peering("peer") } else { json!([]) },
                "subnets": [
                    { "name": "a", "properties": { "addressPrefix": "10.0.1.0/24",
                        "routeTable": { "id": id("routeTables", "t") } } },
                    { "name": "GatewaySubnet", "properties": { "addressPrefix": "10.0.255.0/27" } },
                ] } }),
            json!({ "type": "Microsoft.Network/routeTables", "name": "t", "properties": {
                "disableBgpRoutePropagation": self.disable, "routes": routes } }),
        ];
        if let Some(peer) = self.peer {
            list.push(
                json!({ "type": "Microsoft.Network/virtualNetworks", "name": "peer",
                "properties": { "addressSpace": { "addressPrefixes": [PEER[peer]] },
                "virtualNetworkPeerings": peering("net") } }),
            );
        }
        if !self.learned.is_empty() {
            list.push(json!({ "type": "Microsoft.Network/virtualNetworkGateways", "name": "gw",
                "properties": { "gatewayType": "Vpn", "ipConfigurations": [{ "properties": {
                    "subnet": { "id": id("virtualNetworks/subnets", "net/GatewaySubnet") } } }] } }));
            list.push(
                json!({ "type": "Microsoft.Network/localNetworkGateways", "name": "l",
                "properties": { "localNetworkAddressSpace": {
                    "addressPrefixes": spaces(&self.learned, &LEARNED) } } }),
            );
            list.push(
                json!({ "type": "Microsoft.Network/connections", "name": "c", "properties": {
                "virtualNetworkGateway1": { "id": id("virtualNetworkGateways", "gw") },
                "localNetworkGateway2": { "id": id("localNetworkGateways", "l") } } }),
            );
        }
        Value::Array(list)
    }

    /// Where Azure sends a packet to `address`: by the longest prefix, then by who made the route.
    fn expected(&self, address: &str) -> &'static str {
        let mut routes: Vec<(u32, u32, &'static str)> = Vec::new();
        let length = |prefix: &str| prefix.split_once('/').unwrap().1.parse::<u32>().unwrap();
        let mut add = |prefix: &str, rank: u32, hop: &'static str| {
            if within(prefix, address) {
                routes.push((length(prefix), rank, hop));
            }
        };
        let own: Vec<&str> = self.own.iter().map(|at| OWN[*at]).collect();
        for prefix in &own {
            add(prefix, 0, "local");
        }
        if let Some(peer) = self.peer {
            add(PEER[peer], 0, "peer");
        }
        let is_inside = own.iter().any(|prefix| within(prefix, address))
            || self.peer.is_some_and(|peer| within(PEER[peer], address));
        if !self.disable && !is_inside {
            for at in &self.learned {
                add(LEARNED[*at], 1, "gateway");
            }
        }
        for (prefix, hop) in &self.user {
            let hop = ["appliance", "gateway", "local", "internet", "none"][*hop];
            add(ROUTED[*prefix], 2, hop);
        }
        if !self
            .user
            .iter()
            .any(|(prefix, _)| ROUTED[*prefix] == "0.0.0.0/0")
        {
            for prefix in [
                "10.0.0.0/8",
                "172.16.0.0/12",
                "192.168.0.0/16",
                "100.64.0.0/10",
            ] {
                if !own.contains(&prefix) {
                    add(prefix, 0, "none");
                }
            }
        }
        add("0.0.0.0/0", 0, "internet");
        add("::/0", 0, "internet");
        routes.iter().max().unwrap().2
    }
}

fn inventory(resources: &Value) -> Inventory {
    let file = FileId::new(0);
    let text = resources.to_string();
    let list = read_json(file, &text, &mut Vec::new()).unwrap();
    let resources = list.items().iter().map(|body| {
        let word = |name: &str| body.get(name).unwrap().as_str().unwrap();
        let (kind, name) = (word("type"), word("name"));
        let short = kind.strip_prefix("Microsoft.Network/").unwrap();
        DeclaredResource {
            file,
            span: body.span,
            resource_type: kind.into(),
            name: name.into(),
            name_unknown: None,
            id: id(short, name).into(),
            scope: "/subscriptions/s/resourceGroups/g".into(),
            api_version: Some("2024-05-01".into()),
            condition: Condition::True,
            existing: false,
            symbolic_name: None,
            copy_index: None,
            deployment: Vec::new(),
            body: body.clone(),
        }
    });
    let evaluation = Evaluation {
        resources: resources.collect(),
        ..Evaluation::default()
    };
    Inventory::build(&Inputs::default(), &evaluation)
}

proptest! {
    #[test]
    fn route_selection_agrees_with_the_longest_prefix_of_each_packet(routing in routing()) {
        let inventory = inventory(&routing.resources());
        let topology = Topology::read(&inventory);
        let subnet = inventory
            .find_text(&id("virtualNetworks/subnets", "net/a"), FileId::new(0))
            .unwrap();
        let routes = topology.routes(subnet);
        for address in DESTINATIONS {
            let parts = routes.select(&parse_prefix(address).unwrap());
            prop_assert_eq!(parts.len(), 1);
            prop_assert!(parts[0].doubts.is_empty());
            let hop = match &parts[0].next_hop {
                NextHop::VirtualNetwork => "local",
                NextHop::Peering(_) => "peer",
                NextHop::Gateway => "gateway",
                NextHop::Internet => "internet",
                NextHop::Appliance(_) => "appliance",
                NextHop::None => "none",
                other => return Err(TestCaseError::fail(format!("{other:?}"))),
            };
            prop_assert_eq!(hop, routing.expected(address), "{}", address);
        }
    }
}
