//! Security rules that can never match.

use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, Assumption, FlowSet, PortSet};
use crate::network::{
    AddressSelector, AddressTerm, Direction, GroupList, Local, NetworkSecurityGroup, SecurityRule,
    Site, source_port_cells,
};
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling, Severity};
use crate::value::Text;

/// SL-NET-003.
pub(in crate::rule) static SECURITY_RULE_DEAD: Rule = Rule {
    id: "SL-NET-003",
    name: "security-rule-dead",
    title: "NSG rule can never match (shadowed)",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/networkSecurityGroups"],
    controls: &["NS-1"],
    references: "",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Whether a rule of a security group can never match, because rules before it \
            already decide everything it is about.",
        matters: "A deny that never comes up is a door that somebody believes shut.",
        pass: "Every rule decides some packet.",
        fail: "A rule is wholly covered by earlier ones that do the opposite; one that is covered \
            by rules that do the same is a note.",
        unknown: "An earlier rule, or the rule itself, is open.",
    },
    remedy: Remedy {
        text: "Give the rule a lower priority number, or take it out.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "allow-all",
            "properties": {"priority": 100, "direction": "Inbound", "access": "Allow",
            "protocol": "*", "sourceAddressPrefix": "*", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "*"}}, {"name": "deny-ssh",
            "properties": {"priority": 200, "direction": "Inbound", "access": "Deny",
            "protocol": "Tcp", "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}}]}},
            {"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/networkSecurityGroups", "apiVersion": "2024-05-01",
            "name": "rules", "location": "westeurope",
            "properties": {"securityRules": [{"name": "deny-ssh", "properties": {"priority": 90,
            "direction": "Inbound", "access": "Deny", "protocol": "Tcp",
            "sourceAddressPrefix": "Internet", "sourcePortRange": "*",
            "destinationAddressPrefix": "*", "destinationPortRange": "22"}},
            {"name": "allow-all", "properties": {"priority": 100, "direction": "Inbound",
            "access": "Allow", "protocol": "*", "sourceAddressPrefix": "*",
            "sourcePortRange": "*", "destinationAddressPrefix": "*",
            "destinationPortRange": "*"}}]}}, {"type": "Microsoft.Network/virtualNetworks",
            "apiVersion": "2024-05-01", "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "hosts", "properties": {"addressPrefix": "10.0.1.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'rules')]"}}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let Some(group) = scene.context.topology.security_groups.get(&scene.index) else {
        return;
    };
    for rule in group.rules.iter().filter(|rule| !rule.is_default) {
        let Some(direction) = rule.direction.known() else {
            continue;
        };
        judge(scene.context, group, rule, *direction, ruling);
    }
}

fn judge(
    context: &Context<'_>,
    group: &NetworkSecurityGroup,
    rule: &SecurityRule,
    direction: Direction,
    ruling: &mut Ruling,
) {
    let lists = lists_at(context, group, rule, direction);
    let sure = shadow(&lists, &rule.name, &[]);
    let name = &rule.name;
    let key = |kind: &str| format!("{kind} {name}");
    match sure {
        Some(Shadow { opposite: Some(by) }) => {
            let says =
                format!("its rule `{name}` never matches: `{by}` decides first, the other way");
            let evidence = Evidence::stated(rule.span, format!("`{by}` comes first"));
            ruling.judge_at(
                &key("dead"),
                says,
                Some(Severity::Medium),
                Answer::yes(evidence),
            );
        }
        Some(Shadow { opposite: None }) => {
            let says = format!("its rule `{name}` never matches: earlier ones do the same");
            let evidence = Evidence::stated(rule.span, "earlier rules cover it");
            ruling.judge_at(
                &key("needless"),
                says,
                Some(Severity::Info),
                Answer::yes(evidence),
            );
        }
        None => {
            let doubts = doubts_before(&lists, name);
            let settled: Vec<(Text, bool)> = doubts
                .iter()
                .map(|doubt| (Text::clone(&doubt.key), true))
                .collect();
            if !doubts.is_empty() && shadow(&lists, name, &settled).is_some() {
                let says = format!("its rule `{name}` never matches");
                ruling.judge(&key("dead"), says, Answer::Open(doubts));
            }
        }
    }
}

/// What stands before a rule that never matches.
struct Shadow {
    /// The first rule before it that takes some of its packets and does the opposite.
    opposite: Option<Text>,
}

/// The group's list for addresses that `rule` is about, one for each part of the source ports.
fn lists_at(
    context: &Context<'_>,
    group: &NetworkSecurityGroup,
    rule: &SecurityRule,
    direction: Direction,
) -> Vec<GroupList> {
    let near = match direction {
        Direction::Inbound => &rule.destination,
        Direction::Outbound => &rule.source,
    };
    let local = Local {
        in_network: true,
        ..Local::new("any", addresses(near))
    };
    let topology = context.topology;
    let site = Site {
        vicinity: topology.vicinity(None),
        local: &local,
        application_security_groups: &topology.application_security_groups,
        service_tags: &topology.service_tags,
    };
    source_port_cells([group], direction, &PortSet::all())
        .iter()
        .map(|cell| group.access_list(direction, &site, cell))
        .collect()
}

/// The addresses that `selector` names; all private ones where it names them otherwise.
fn addresses(selector: &AddressSelector) -> AddressSet {
    let mut set = AddressSet::empty();
    for (term, _) in &selector.terms {
        match term {
            AddressTerm::Addresses(part) => set = set.union(part),
            _ => return AddressSet::private(),
        }
    }
    let private = set.intersect(&AddressSet::private());
    if private.is_empty() { set } else { private }
}

/// Whether the rule `name` is never the first to match, with `assumption`; `None` where it is, or
/// where it matches nothing anyway.
fn shadow(lists: &[GroupList], name: &Text, assumption: &Assumption) -> Option<Shadow> {
    let mut opposite = None;
    let mut is_about_something = false;
    for list in lists {
        let decision = list.list.decide(&FlowSet::all(), assumption);
        for (at, entry) in list.list.entries().iter().enumerate() {
            if list.names.get(at) != Some(name) {
                continue;
            }
            let first = decision.first_matches.get(at)?;
            if !first.is_empty() {
                return None;
            }
            is_about_something |= !entry.matches.may.is_empty();
            let before = list.list.entries().iter().zip(&list.names).take(at);
            let other = before.clone().find(|(earlier, _)| {
                earlier.access != entry.access && earlier.matches.may.meets(&entry.matches.may)
            });
            opposite = opposite.or_else(|| other.map(|(_, name)| Text::clone(name)));
        }
    }
    is_about_something.then_some(Shadow { opposite })
}

/// What is open about the rules before `name`.
fn doubts_before(lists: &[GroupList], name: &Text) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = Vec::new();
    for list in lists {
        let before = list
            .list
            .entries()
            .iter()
            .zip(&list.names)
            .take_while(|(_, own)| *own != name);
        for doubt in before.flat_map(|(entry, _)| &entry.doubts) {
            if !doubts.iter().any(|known| known.key == doubt.key) {
                doubts.push((**doubt).clone());
            }
        }
    }
    doubts
}
