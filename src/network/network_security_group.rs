//! Network security groups.
//!
//! Template reference: `Microsoft.Network/networkSecurityGroups`.
//! Read: `securityRules`, inside the group and beside it. Exports carry `defaultSecurityRules`,
//! which nobody can change, so the six default rules are appended whether they are there or not.

use super::host_service::{HOST_SERVICE, host_services, host_tag};
use super::rule_match::{Piece, pieces};
use super::rule_order::{Slot, order};
use super::security_rule::DEFAULT_RULES;
use super::{AddressTerm, Direction, Fact, SecurityRule, Site};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, Bounds, Entry, FlowSet, PortSet};
use crate::resource::{Inventory, Presence, Resource, ResourceId, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::{Text, symbol};
use std::sync::Arc;

/// A group, read.
#[derive(Clone, Debug)]
pub struct NetworkSecurityGroup {
    /// The name.
    pub name: Text,
    /// The resource; `None` for one that no inventory holds.
    pub index: Option<ResourceIndex>,
    /// The place of its rules, which stands for the default ones too.
    pub span: Span,
    /// The rules, the default ones last, in the order in which they are tried; those whose priority
    /// is not known come first.
    pub rules: Vec<SecurityRule>,
    /// Why the rules as a whole are not known, where they are not.
    pub open: Option<Arc<Doubt>>,
}

/// A group in one direction at one place: a list, and the rule that each entry is from.
#[derive(Clone, Debug, Default)]
pub struct GroupList {
    /// The entries.
    pub list: AccessList,
    /// For each entry, the name of its rule.
    pub names: Vec<Text>,
}

impl GroupList {
    pub(super) fn push(&mut self, name: &Text, entry: Entry) {
        self.list.entries_mut().push(entry);
        self.names.push(Text::clone(name));
    }
}

impl NetworkSecurityGroup {
    /// Reads the group at `index`. `None` where that is no resource. O(rules log rules).
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let rules = inventory
            .children_of(resource, "securityRules", "securityRules")
            .into_iter()
            .map(|child| {
                let name = Text::from(symbol::display(&child.name));
                let properties = child.properties();
                let rule = SecurityRule::read(&name, properties, child.body.span, &child.presence);
                rule.with_own_ids(inventory)
            });
        let list = resource.properties().at("securityRules");
        let mut group = Self::new(Text::from(resource.short_name()), list.span(), rules);
        group.index = Some(index);
        group.open = match (list.list(), &resource.presence) {
            (_, Presence::Existing) => Some(Arc::new(outside(resource))),
            (Setting::Unknown(unknown, span), _) => {
                Some(Arc::new(Doubt::of(&unknown, span, "lets it pass")))
            }
            _ => None,
        };
        Some(group)
    }

    /// A group of `rules` in any order, with the default rules appended.
    pub fn new(name: Text, span: Span, rules: impl IntoIterator<Item = SecurityRule>) -> Self {
        let mut rules: Vec<SecurityRule> = rules
            .into_iter()
            .filter(|rule| !is_exported_default(rule))
            .collect();
        let defaults = DEFAULT_RULES.iter();
        rules.extend(defaults.map(|default| SecurityRule::default(default, span)));
        rules.sort_by_key(|rule| rule.priority.known().copied().unwrap_or(i64::MIN));
        Self {
            name,
            index: None,
            span,
            rules,
            open: None,
        }
    }

    /// What the group does with packets in `direction` at `site` that come from the source ports in
    /// `cell`, of which each rule matches all or none (see [`source_port_cells`]).
    ///
    /// The addresses of the list are those of the far end: the sources inbound, the destinations
    /// outbound. O(rules · set size).
    pub fn access_list(&self, direction: Direction, site: &Site<'_>, cell: &PortSet) -> GroupList {
        if let Some(doubt) = &self.open {
            return open_list(&self.name, doubt, self.span);
        }
        let mut out = GroupList::default();
        let order = order(&self.name, self.span, &self.rules, direction);
        if direction == Direction::Outbound {
            self.push_host_services(&mut out, &order, site, cell);
        }
        for slot in &order {
            push_rule(&mut out, slot, direction, site, cell);
        }
        out
    }

    /// The platform's pass for the host's own services, and the rules that are made to refuse it.
    fn push_host_services(
        &self,
        out: &mut GroupList,
        order: &[Slot<'_>],
        site: &Site<'_>,
        cell: &PortSet,
    ) {
        for slot in order {
            let targets = host_targets(slot.rule);
            if targets.is_empty() {
                continue;
            }
            let from = out.list.entries().len();
            push_rule(out, slot, Direction::Outbound, site, cell);
            for entry in out.list.entries_mut().iter_mut().skip(from) {
                entry.matches = Bounds {
                    must: entry.matches.must.intersect(&targets),
                    may: entry.matches.may.intersect(&targets),
                };
            }
        }
        let says = "the host's own services are not subject to security groups";
        let evidence = vec![Evidence::platform(self.span, says)];
        let entry = Entry::exact(Access::Allow, host_services(), evidence);
        out.push(&Text::from(HOST_SERVICE), entry);
    }
}

/// What of the host's own services the destination tags of `rule` name.
fn host_targets(rule: &SecurityRule) -> FlowSet {
    let terms = rule.destination.terms.iter();
    let targets = terms.filter_map(|(term, _)| match term {
        AddressTerm::Tag(tag) => host_tag(tag),
        _ => None,
    });
    targets.fold(FlowSet::empty(), |set, (addresses, services)| {
        set.union(&FlowSet::new(&addresses, services))
    })
}

/// Whether an export lists `rule`, one of the default rules, among the custom ones.
fn is_exported_default(rule: &SecurityRule) -> bool {
    DEFAULT_RULES.iter().any(|default| {
        rule.priority.known() == Some(&default.priority)
            && rule.name.eq_ignore_ascii_case(default.name)
    })
}

/// Adds the entries of the rule at `slot`.
fn push_rule(
    out: &mut GroupList,
    slot: &Slot<'_>,
    direction: Direction,
    site: &Site<'_>,
    cell: &PortSet,
) {
    let rule = slot.rule;
    let mut add = |access: Access, extra: Option<&Arc<Doubt>>| {
        let found = pieces(rule, direction, access, site, cell);
        let (sure, doubtful): (Vec<Piece>, Vec<Piece>) =
            found.into_iter().partition(|piece| piece.doubts.is_empty());
        for group in [sure, doubtful] {
            for piece in group {
                let mut doubts = piece.doubts;
                doubts.extend(extra.cloned());
                doubts.extend(slot.if_here.clone());
                let packets = FlowSet::new(&piece.addresses, piece.services);
                let must = if doubts.is_empty() {
                    packets.clone()
                } else {
                    FlowSet::empty()
                };
                let mut evidence = rule.evidence.clone();
                evidence.extend(site.proof_of(rule, direction));
                let entry = Entry {
                    access,
                    matches: Bounds { must, may: packets },
                    doubts,
                    evidence,
                };
                out.push(&rule.name, entry);
            }
        }
    };
    match &rule.access {
        Fact::Known(access) => add(*access, None),
        Fact::Open(doubt) => {
            add(Access::Allow, Some(doubt));
            if !slot.only_allow {
                add(Access::Deny, None);
            }
        }
    }
}

/// A list that lets anything through if `doubt` holds.
pub(super) fn open_list(name: &Text, doubt: &Arc<Doubt>, span: Span) -> GroupList {
    let evidence = vec![Evidence::stated(
        span,
        format!("the rules of security group `{name}` are not known"),
    )];
    let mut out = GroupList::default();
    let allow = Entry {
        doubts: vec![Arc::clone(doubt)],
        matches: Bounds {
            must: FlowSet::empty(),
            may: FlowSet::all(),
        },
        access: Access::Allow,
        evidence: evidence.clone(),
    };
    let label = Text::from(EXTERNAL);
    out.push(&label, allow);
    out.push(&label, Entry::exact(Access::Deny, FlowSet::all(), evidence));
    out
}

/// The name that stands for the rules of a group that is not in the inputs.
const EXTERNAL: &str = "<external>";

/// The doubt about a group whose rules are not in the inputs.
fn outside(resource: &Resource) -> Doubt {
    outside_group(&resource.id, resource.span)
}

/// The doubt about the group `id`, which is named at `span` and not in the inputs.
pub fn outside_group(id: &ResourceId, span: Span) -> Doubt {
    let name = id.short_name();
    Doubt::outside(
        "security-group-outside",
        format!("security group|{}", id.key()),
        format!("security group `{name}` is not in the inputs"),
        format!("an export of the resource group that holds security group `{name}`"),
        span,
    )
    .with_command(id.show_command())
}

/// The parts into which the source ports of `groups` cut `asked` for packets in `direction`: within
/// one, every rule matches all ports or none. A single part where no rule looks at source ports,
/// and where they cut it into more than [`CELL_LIMIT`].
pub fn source_port_cells<'a>(
    groups: impl IntoIterator<Item = &'a NetworkSecurityGroup>,
    direction: Direction,
    asked: &PortSet,
) -> Vec<PortSet> {
    let mut cells = vec![asked.clone()];
    for group in groups {
        for rule in group.rules.iter().filter(|rule| rule.is_for(direction)) {
            let ports = &rule.source_ports.sure;
            if *ports == PortSet::all() || ports.is_empty() {
                continue;
            }
            let outside = ports.complement();
            cells = cells
                .iter()
                .flat_map(|cell| [cell.intersect(ports), cell.intersect(&outside)])
                .filter(|cell| !cell.is_empty())
                .collect();
            if cells.len() > CELL_LIMIT {
                return vec![asked.clone()];
            }
        }
    }
    cells
}

/// How many parts an axis is cut into on demand; beyond, what is not cut is in doubt.
pub(super) const CELL_LIMIT: usize = 16;
