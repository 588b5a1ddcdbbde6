//! Whole small estates against an evaluation packet by packet, and what must hold whatever they are.
//!
//! The oracle knows nothing of sets or graphs: it takes one packet of one sender, settles every open
//! value in every way, and follows the packet through the estate by hand.

#![allow(
    clippy::indexing_slicing,
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do, and writes JSON where it is used"
)]

#[allow(dead_code, reason = "only answers are asked for here")]
mod common {
    pub(crate) mod estate;
    pub(crate) mod unplaced;
}

use common::estate::Estate;
use common::unplaced::{turn_lists, unplaced_report};
use proptest::prelude::*;
use serde_json::{Map, Value, json};
use sightline::flow::{AddressSet, FlowSet, PortSet, Protocol, ServiceSet, parse_prefix};
use sightline::input::Mode;
use std::collections::BTreeMap;

/// Whether a sender, by its last bits, is among some.
type Senders = fn(u8) -> bool;
/// Whether a port is among some.
type Ports = fn(u16) -> bool;

/// The senders are the sixteen addresses of 203.0.113.0/28, by their last four bits.
const PREFIXES: [(&str, Senders); 7] = [
    ("*", |_| true),
    ("Internet", |_| true),
    ("0.0.0.0/0", |_| true),
    ("203.0.113.0/29", |at| at < 8),
    ("203.0.113.8/30", |at| at & 0b1100 == 0b1000),
    ("203.0.113.5", |at| at == 5),
    ("VirtualNetwork", |_| false),
];
/// The place of `VirtualNetwork` in that list.
const NETWORK: usize = 6;
/// Destinations, each with the machines that it holds.
const DESTINATIONS: [(&str, [bool; 2]); 5] = [
    ("*", [true, true]),
    ("VirtualNetwork", [true, true]),
    ("10.0.0.0/24", [true, true]),
    ("10.0.0.4", [true, false]),
    ("10.0.0.5", [false, true]),
];
const PORTS: [u16; 4] = [3, 5, 7, 9];
const RANGES: [(&str, Ports); 5] = [
    ("*", |_| true),
    ("3", |port| port == 3),
    ("4-8", |port| (4..=8).contains(&port)),
    ("9", |port| port == 9),
    ("5", |port| port == 5),
];
const PROTOCOLS: [&str; 3] = ["*", "Tcp", "Udp"];
/// The parameters, each of which is true or false.
const PARAMETERS: usize = 3;

/// One rule. What it does is stated, or a parameter says.
#[derive(Clone, Debug)]
struct Rule {
    allow: Result<bool, usize>,
    source: usize,
    destination: usize,
    protocol: usize,
    ports: usize,
}

#[derive(Clone, Debug)]
struct Machine {
    /// Whether it has a public address, and whether that is a Basic one.
    public: Option<bool>,
    group: Option<Vec<Rule>>,
    in_pool: bool,
}

/// One forwarding of the load balancer: protocol, port in front, port behind, and whether it floats.
#[derive(Clone, Debug)]
struct Forwarding {
    protocol: usize,
    front: usize,
    back: usize,
    floats: bool,
}

/// At most a public address for each of two machines, a load balancer, and two groups.
#[derive(Clone, Debug)]
struct Small {
    subnet: Option<Vec<Rule>>,
    machines: Vec<Machine>,
    balancer: Option<Vec<Forwarding>>,
    /// The next hop of answers to 203.0.113.0/29.
    route: Option<bool>,
}

fn rule(open: bool) -> impl Strategy<Value = Rule> {
    let allow = if open {
        prop_oneof![
            3 => any::<bool>().prop_map(Ok),
            1 => (0..PARAMETERS).prop_map(Err),
        ]
        .boxed()
    } else {
        any::<bool>().prop_map(Ok).boxed()
    };
    (
        allow,
        0..PREFIXES.len(),
        0..DESTINATIONS.len(),
        0..PROTOCOLS.len(),
        0..RANGES.len(),
    )
        .prop_map(|(allow, source, destination, protocol, ports)| Rule {
            allow,
            source,
            destination,
            protocol,
            ports,
        })
}

fn group() -> impl Strategy<Value = Option<Vec<Rule>>> {
    prop::option::weighted(0.7, prop::collection::vec(rule(true), 0..4))
}

fn small() -> impl Strategy<Value = Small> {
    let machine = (
        prop::option::of(prop::bool::weighted(0.3)),
        group(),
        any::<bool>(),
    )
        .prop_map(|(public, group, in_pool)| Machine {
            public,
            group,
            in_pool,
        });
    // No two of one protocol at one port in front.
    let forwarding = (
        0..2_usize,
        0..PORTS.len(),
        0..PORTS.len(),
        prop::bool::weighted(0.2),
    );
    let balancer = prop::collection::vec(forwarding, 1..3).prop_map(|all| {
        let mut seen = BTreeMap::new();
        for (protocol, front, back, floats) in all {
            seen.entry((protocol, front)).or_insert(Forwarding {
                protocol,
                front,
                back,
                floats,
            });
        }
        seen.into_values().collect::<Vec<_>>()
    });
    (
        group(),
        prop::collection::vec(machine, 1..3),
        prop::option::of(balancer),
        prop::option::weighted(0.3, any::<bool>()),
    )
        .prop_map(|(subnet, machines, balancer, route)| Small {
            subnet,
            machines,
            balancer,
            route,
        })
}

// --- As a template ------------------------------------------------------------------------------

fn id(kind: &str, name: &str) -> Value {
    let names = name.replace('/', "', '");
    json!({ "id": format!("[resourceId('Microsoft.Network/{kind}', '{names}')]") })
}

fn resource(kind: &str, name: &str, sku: Option<&str>, properties: Value) -> Value {
    let mut out = json!({ "type": format!("Microsoft.Network/{kind}"), "name": name,
        "apiVersion": "2024-05-01", "properties": properties });
    if let Some(sku) = sku {
        out["sku"] = json!({ "name": sku });
    }
    out
}

fn group_json(name: &str, rules: &[Rule]) -> Value {
    let rules: Vec<Value> = rules
        .iter()
        .enumerate()
        .map(|(at, rule)| {
            let access = match rule.allow {
                Ok(allow) => json!(if allow { "Allow" } else { "Deny" }),
                Err(parameter) => {
                    json!(format!("[if(parameters('p{parameter}'), 'Allow', 'Deny')]"))
                }
            };
            json!({ "name": format!("r{at}"), "properties": { "direction": "Inbound",
                "priority": 100 + at, "access": access, "protocol": PROTOCOLS[rule.protocol],
                "sourceAddressPrefix": PREFIXES[rule.source].0, "sourcePortRange": "*",
                "destinationAddressPrefix": DESTINATIONS[rule.destination].0,
                "destinationPortRange": RANGES[rule.ports].0 } })
        })
        .collect();
    resource(
        "networkSecurityGroups",
        name,
        None,
        json!({ "securityRules": rules }),
    )
}

impl Small {
    fn resources(&self) -> Vec<Value> {
        let mut out = Vec::new();
        let mut subnet = json!({ "addressPrefix": "10.0.0.0/24" });
        if let Some(rules) = &self.subnet {
            out.push(group_json("g", rules));
            subnet["networkSecurityGroup"] = id("networkSecurityGroups", "g");
        }
        if let Some(internet) = self.route {
            let hop = if internet { "Internet" } else { "None" };
            let routes = json!([{ "name": "r", "properties": {
                "addressPrefix": "203.0.113.0/29", "nextHopType": hop } }]);
            out.push(resource(
                "routeTables",
                "t",
                None,
                json!({ "routes": routes }),
            ));
            subnet["routeTable"] = id("routeTables", "t");
        }
        out.push(resource(
            "virtualNetworks",
            "net",
            None,
            json!({ "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] },
                "subnets": [{ "name": "a", "properties": subnet }] }),
        ));
        out.extend(self.balancer_json());
        for (at, machine) in self.machines.iter().enumerate() {
            out.extend(machine_json(at, machine, self.balancer.is_some()));
        }
        out
    }

    fn balancer_json(&self) -> Vec<Value> {
        let Some(forwardings) = &self.balancer else {
            return Vec::new();
        };
        let part = |kind: &str, name: &str| id(&format!("loadBalancers/{kind}"), name);
        let rules: Vec<Value> = forwardings
            .iter()
            .enumerate()
            .map(|(at, rule)| {
                json!({ "name": format!("f{at}"), "properties": {
                    "frontendIPConfiguration": part("frontendIPConfigurations", "lb/front"),
                    "backendAddressPool": part("backendAddressPools", "lb/pool"),
                    "protocol": PROTOCOLS[rule.protocol + 1], "frontendPort": PORTS[rule.front],
                    "backendPort": PORTS[rule.back], "enableFloatingIP": rule.floats } })
            })
            .collect();
        let properties = json!({ "frontendIPConfigurations": [{ "name": "front", "properties": {
                "publicIPAddress": id("publicIPAddresses", "front") } }],
            "backendAddressPools": [{ "name": "pool" }], "loadBalancingRules": rules });
        vec![
            resource("publicIPAddresses", "front", Some("Standard"), json!({})),
            resource("loadBalancers", "lb", Some("Standard"), properties),
        ]
    }

    fn template(&self, settled: &BTreeMap<usize, bool>) -> String {
        template_of(&self.resources(), settled)
    }

    fn estate(&self, settled: &BTreeMap<usize, bool>) -> Estate {
        Estate::of(&self.template(settled), Mode::Deployment)
    }
}

fn template_of(resources: &[Value], settled: &BTreeMap<usize, bool>) -> String {
    let parameters: Map<String, Value> = (0..PARAMETERS)
        .map(|at| {
            let mut parameter = json!({ "type": "bool" });
            if let Some(value) = settled.get(&at) {
                parameter["defaultValue"] = json!(value);
            }
            (format!("p{at}"), parameter)
        })
        .collect();
    json!({ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "parameters": parameters, "resources": resources })
    .to_string()
}

fn machine_json(at: usize, machine: &Machine, has_pool: bool) -> Vec<Value> {
    let mut out = Vec::new();
    let mut configuration = json!({ "subnet": id("virtualNetworks/subnets", "net/a"),
        "privateIPAddress": format!("10.0.0.{}", at + 4), "privateIPAllocationMethod": "Static" });
    if let Some(basic) = machine.public {
        let name = format!("pip{at}");
        let sku = if basic { "Basic" } else { "Standard" };
        out.push(resource("publicIPAddresses", &name, Some(sku), json!({})));
        configuration["publicIPAddress"] = id("publicIPAddresses", &name);
    }
    if machine.in_pool && has_pool {
        configuration["loadBalancerBackendAddressPools"] =
            json!([id("loadBalancers/backendAddressPools", "lb/pool")]);
    }
    let mut properties =
        json!({ "ipConfigurations": [{ "name": "c", "properties": configuration }] });
    if let Some(rules) = &machine.group {
        let name = format!("g{at}");
        out.push(group_json(&name, rules));
        properties["networkSecurityGroup"] = id("networkSecurityGroups", &name);
    }
    let nic = format!("nic{at}");
    out.push(resource("networkInterfaces", &nic, None, properties));
    out.push(
        json!({ "type": "Microsoft.Compute/virtualMachines", "name": format!("vm{at}"),
        "apiVersion": "2024-03-01", "properties": { "networkProfile": {
            "networkInterfaces": [id("networkInterfaces", &nic)] } } }),
    );
    out
}

// --- Packet by packet ---------------------------------------------------------------------------

/// One packet as it arrives: the sender's last bits, TCP or UDP, the port.
type Packet = (u8, bool, u16);

/// One way of settling what is open: the parameters, and whether a rule for private destinations is
/// meant by packets that keep a frontend's address.
#[derive(Clone, Copy)]
struct World {
    parameters: u8,
    floating: u32,
}

impl Rule {
    fn allows(&self, world: World) -> bool {
        self.allow
            .unwrap_or_else(|parameter| world.parameters >> parameter & 1 == 1)
    }

    fn matches(
        &self,
        at: usize,
        (sender, tcp, port): Packet,
        floats: bool,
        world: World,
        in_network: bool,
    ) -> bool {
        let (name, holds) = DESTINATIONS[self.destination];
        let is_named = name == "*" || name == "VirtualNetwork";
        // Each destination is a fact of its own.
        let is_meant = !floats || is_named || world.floating >> self.destination & 1 == 1;
        let protocol = match PROTOCOLS[self.protocol] {
            "Tcp" => tcp,
            "Udp" => !tcp,
            _ => true,
        };
        protocol
            && (PREFIXES[self.source].1(sender) || self.source == NETWORK && in_network)
            && RANGES[self.ports].1(port)
            && holds[at]
            && is_meant
    }
}

impl Small {
    fn passes(&self, at: usize, packet: Packet, floats: bool, basic: bool, world: World) -> bool {
        let route = self.route == Some(false) && packet.0 < 8;
        // The tag holds the prefixes of routes too.
        let in_network = self.route.is_some() && packet.0 < 8;
        let groups = [self.subnet.as_ref(), self.machines[at].group.as_ref()];
        let groups = || groups.iter().flatten();
        let lets = |rules: &Vec<Rule>| {
            rules
                .iter()
                .find(|rule| rule.matches(at, packet, floats, world, in_network))
                .map_or(in_network, |rule| rule.allows(world))
        };
        let has_group = groups().next().is_some();
        !route && (has_group || basic) && groups().all(|rules| lets(rules))
    }

    /// Whether the packet gets to machine `at` by some way.
    fn arrives(&self, at: usize, packet: Packet, world: World) -> bool {
        let machine = &self.machines[at];
        let direct = machine
            .public
            .is_some_and(|basic| self.passes(at, packet, false, basic, world));
        let forwardings = self.balancer.as_ref().filter(|_| machine.in_pool);
        let balanced = forwardings.into_iter().flatten().any(|rule| {
            (rule.protocol == 0) == packet.1
                && PORTS[rule.back] == packet.2
                && self.passes(at, packet, rule.floats, false, world)
        });
        direct || balanced
    }

    fn worlds(&self) -> Vec<World> {
        let floats = self.balancer.iter().flatten().any(|rule| rule.floats);
        (0..1_u8 << PARAMETERS)
            .flat_map(|parameters| {
                (0..if floats { 1 << DESTINATIONS.len() } else { 1 }).map(move |floating| World {
                    parameters,
                    floating,
                })
            })
            .collect()
    }

    /// Whether more than one way leads to machine `at`: one fact can then decide about each of them
    /// differently, which only widens what is known.
    fn has_one_way(&self, at: usize) -> bool {
        let machine = &self.machines[at];
        let balanced = self
            .balancer
            .as_ref()
            .map_or(0, |list| if machine.in_pool { list.len() } else { 0 });
        usize::from(machine.public.is_some()) + balanced < 2
    }
}

fn packets() -> impl Iterator<Item = Packet> {
    (0..16_u8).flat_map(|sender| {
        [true, false]
            .into_iter()
            .flat_map(move |tcp| PORTS.into_iter().map(move |port| (sender, tcp, port)))
    })
}

fn set((sender, tcp, port): Packet) -> FlowSet {
    let protocol = if tcp { Protocol::Tcp } else { Protocol::Udp };
    let senders: AddressSet = parse_prefix(&format!("203.0.113.{sender}")).unwrap();
    FlowSet::new(&senders, ServiceSet::of(protocol, PortSet::single(port)))
}

/// For each machine and packet: whether it surely arrives, and whether it can.
fn answers(estate: &Estate, machines: usize) -> BTreeMap<(usize, Packet), (bool, bool)> {
    let mut out = BTreeMap::new();
    for at in 0..machines {
        let found = estate.exposures.iter().find(|exposure| {
            let resource = estate.inventory.get(exposure.resource).unwrap();
            *resource.name == *format!("vm{at}")
        });
        let arriving = &found.unwrap().arriving;
        for packet in packets() {
            let one = set(packet);
            let answer = (arriving.must.contains(&one), arriving.may.contains(&one));
            out.insert((at, packet), answer);
        }
    }
    out
}

/// A case is a whole review of an estate, so that fewer are tried unless somebody asks for more by
/// `PROPTEST_CASES`.
fn config() -> ProptestConfig {
    let default = ProptestConfig::default();
    if default.cases == 256 {
        ProptestConfig::with_cases(64)
    } else {
        default
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn small_estates_agree_with_packets_in_every_possible_world(small in small()) {
        let estate = small.estate(&BTreeMap::new());
        let answers = answers(&estate, small.machines.len());
        let worlds = small.worlds();
        for ((at, packet), (must, may)) in answers {
            let mut outcomes = worlds.iter().map(|world| small.arrives(at, packet, *world));
            let first = outcomes.next().unwrap();
            let (all, some) = outcomes.fold((first, first), |(all, some), one| (all && one, some || one));
            // What is told is so.
            prop_assert!(!must || all, "vm{} {:?} surely arrives", at, packet);
            prop_assert!(may || !some, "vm{} {:?} never arrives", at, packet);
            // And nothing more is left open than must be.
            if small.has_one_way(at) {
                prop_assert_eq!((must, may), (all, some), "vm{} {:?}", at, packet);
            }
        }
    }

    #[test]
    fn one_more_allow_never_shrinks_what_may_arrive(small in small(), extra in rule(false), at in 0..4_usize) {
        let before = answers(&small.estate(&BTreeMap::new()), small.machines.len());
        let mut more = small.clone();
        let allow = Rule { allow: Ok(true), ..extra };
        let groups = std::iter::once(&mut more.subnet)
            .chain(more.machines.iter_mut().map(|machine| &mut machine.group));
        for rules in groups.flatten() {
            rules.insert(at.min(rules.len()), allow.clone());
        }
        let after = answers(&more.estate(&BTreeMap::new()), small.machines.len());
        for (key, (must, may)) in before {
            prop_assert!(!may || after[&key].1, "{:?}", key);
            prop_assert!(!must || after[&key].0, "{:?}", key);
        }
    }

    #[test]
    fn settling_a_parameter_never_turns_what_is_sure(small in small(), at in 0..PARAMETERS, value in any::<bool>()) {
        let before = answers(&small.estate(&BTreeMap::new()), small.machines.len());
        let settled = BTreeMap::from([(at, value)]);
        let after = answers(&small.estate(&settled), small.machines.len());
        for (key, (must, may)) in before {
            prop_assert!(!must || after[&key].0, "{:?}", key);
            prop_assert!(may || !after[&key].1, "{:?}", key);
        }
    }

    #[test]
    fn the_order_of_resources_and_rules_changes_only_places_in_the_report(small in small(), turn in 1..12_usize) {
        let template: Value = serde_json::from_str(&small.template(&BTreeMap::new())).unwrap();
        let mut turned = template.clone();
        turn_lists(&mut turned, turn);
        prop_assert_eq!(unplaced_report(&turned), unplaced_report(&template));
    }
}

// --- Chains of translations -----------------------------------------------------------------------

/// A firewall's NAT rule to a private frontend, whose rule leads to the machine: ports in front, at
/// the frontend, and at the machine.
#[derive(Clone, Debug)]
struct Chain {
    nat: Vec<(u16, u16)>,
    rules: Vec<(u16, u16)>,
}

fn chain() -> impl Strategy<Value = Chain> {
    let pairs = || prop::collection::btree_map(1_u16..16, 1_u16..16, 1..4);
    (pairs(), pairs()).prop_map(|(nat, rules)| Chain {
        nat: nat.into_iter().collect(),
        rules: rules.into_iter().collect(),
    })
}

impl Chain {
    fn template(&self) -> String {
        let part = |kind: &str, name: &str| id(&format!("loadBalancers/{kind}"), name);
        let nat: Vec<Value> = self
            .nat
            .iter()
            .map(|(front, back)| {
                json!({ "name": format!("n{front}"), "protocols": ["TCP"], "sourceAddresses": ["*"],
                    "destinationAddresses": ["198.51.100.4"], "destinationPorts": [front.to_string()],
                    "translatedAddress": "10.0.0.10", "translatedPort": back.to_string() })
            })
            .collect();
        let rules: Vec<Value> = self
            .rules
            .iter()
            .map(|(front, back)| {
                json!({ "name": format!("f{front}"), "properties": {
                    "frontendIPConfiguration": part("frontendIPConfigurations", "lb/front"),
                    "backendAddressPool": part("backendAddressPools", "lb/pool"),
                    "protocol": "Tcp", "frontendPort": front, "backendPort": back } })
            })
            .collect();
        let resources = [
            resource(
                "publicIPAddresses",
                "pip",
                Some("Standard"),
                json!({ "ipAddress": "198.51.100.4" }),
            ),
            resource(
                "virtualNetworks",
                "net",
                None,
                json!({ "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] }, "subnets": [
                    { "name": "a", "properties": { "addressPrefix": "10.0.0.0/24" } },
                    { "name": "AzureFirewallSubnet", "properties": { "addressPrefix": "10.0.1.0/24" } }] }),
            ),
            resource(
                "azureFirewalls",
                "fw",
                None,
                json!({ "ipConfigurations": [{ "name": "c", "properties": {
                        "privateIPAddress": "10.0.1.4",
                        "subnet": id("virtualNetworks/subnets", "net/AzureFirewallSubnet"),
                        "publicIPAddress": id("publicIPAddresses", "pip") } }],
                    "natRuleCollections": [{ "name": "nat", "properties": { "priority": 100,
                        "action": { "type": "Dnat" }, "rules": nat } }] }),
            ),
            resource(
                "loadBalancers",
                "lb",
                Some("Standard"),
                json!({ "frontendIPConfigurations": [{ "name": "front", "properties": {
                        "subnet": id("virtualNetworks/subnets", "net/a"),
                        "privateIPAddress": "10.0.0.10",
                        "privateIPAllocationMethod": "Static" } }],
                    "backendAddressPools": [{ "name": "pool" }], "loadBalancingRules": rules }),
            ),
        ];
        let machine = Machine {
            public: None,
            group: None,
            in_pool: true,
        };
        let mut all = resources.to_vec();
        all.extend(machine_json(0, &machine, true));
        json!({ "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
            "contentVersion": "1.0.0.0", "resources": all })
        .to_string()
    }
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn a_chain_of_translations_keeps_ports_right(chain in chain()) {
        let estate = Estate::of(&chain.template(), Mode::Deployment);
        let machine = estate
            .exposures
            .iter()
            .find(|exposure| &*estate.inventory.get(exposure.resource).unwrap().name == "vm0")
            .unwrap();
        let services = |bounds: &FlowSet| bounds.services();
        let (must, may) = (services(&machine.arriving.must), services(&machine.arriving.may));
        for port in 1..17_u16 {
            let expected = chain.nat.iter().any(|(_, middle)| {
                chain.rules.iter().any(|(front, back)| front == middle && *back == port)
            });
            let one = ServiceSet::tcp(port);
            let has = |all: &ServiceSet| !all.intersect(&one).is_empty();
            prop_assert_eq!((has(&must), has(&may)), (expected, expected), "{}", port);
        }
        // And of the caller's ports those are told that lead somewhere.
        for path in &machine.paths {
            for (front, middle) in &chain.nat {
                let leads = chain.rules.iter().any(|(front, _)| front == middle);
                let told = !path.admitted.services().intersect(&ServiceSet::tcp(*front)).is_empty();
                prop_assert!(!told || leads, "{}", front);
            }
        }
    }
}
