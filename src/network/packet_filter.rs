//! The security groups between an interface and its network, in the order in which packets meet
//! them.
//!
//! Inbound a packet meets the subnet's group, then the interface's; outbound the other way round
//! ("How network security groups filter network traffic"). A missing group passes everything, but
//! a Standard public address without any group on its way is closed ("Public IP addresses").
//! Security admin rules of a network manager come before all of it. They never stand in a resource
//! group's export; that there are none is taken for granted.

use super::filter_decision::{FilterDecision, decide_cells, join, joined_list};
use super::network_security_group::{CELL_LIMIT, open_list, source_port_cells};
use super::{Direction, Fact, GroupList, Local, NetworkSecurityGroup, Site};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Bounds, Entry, FlowSet, PortSet};
use crate::resource::ResourceIndex;
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// The security group at one of the two levels.
#[derive(Clone, Debug)]
pub enum GroupAt<'a> {
    /// There is none.
    None,
    /// This one.
    Group(&'a NetworkSecurityGroup),
    /// This one if the doubt holds, else none.
    If(&'a NetworkSecurityGroup, Arc<Doubt>),
    /// One that is not in the inputs, named at the place.
    Outside(Arc<Doubt>, Span),
    /// One that is not in the inputs if the first doubt holds, else none.
    OutsideIf(Arc<Doubt>, Arc<Doubt>, Span),
}

impl<'a> GroupAt<'a> {
    fn group(&self) -> Option<&'a NetworkSecurityGroup> {
        match self {
            Self::Group(group) | Self::If(group, _) => Some(group),
            Self::None | Self::Outside(..) | Self::OutsideIf(..) => None,
        }
    }
}

/// The price class of a public address, which decides what it lets through without any group.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PublicAddressSku {
    /// Open without a group.
    Basic,
    /// Closed without a group; `StandardV2` counts as this.
    Standard,
}

/// Which of the lists on a packet's way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum FilterLevel {
    /// The subnet's group.
    Subnet,
    /// The interface's group.
    Interface,
    /// The platform's own rule.
    Platform,
}

/// What stands between an interface and its network for packets in one direction.
#[derive(Clone, Debug)]
pub struct Crossing<'a> {
    /// The direction.
    pub direction: Direction,
    /// The subnet's group.
    pub subnet: GroupAt<'a>,
    /// The interface's group.
    pub interface: GroupAt<'a>,
    /// The SKU of the public address by which packets come, with its place; `None` where they come
    /// by none.
    pub public_address: Option<(Fact<PublicAddressSku>, Span)>,
    /// The source ports asked about.
    pub source_ports: PortSet,
}

/// One list on a packet's way.
#[derive(Clone, Debug)]
pub struct FilterList {
    /// Where it stands.
    pub level: FilterLevel,
    /// The security group, where it is one in the inputs.
    pub group: Option<ResourceIndex>,
    /// Its entries and the names of their rules.
    pub rules: GroupList,
}

/// The lists on a packet's way, ready to decide.
///
/// The outer alternatives are the private addresses that the near end may have, of which the inputs
/// do not tell the true one; the inner ones are source ports, of which the sender picks. Nearly
/// always there is one of each.
#[derive(Clone, Debug, Default)]
pub struct PacketFilter {
    cases: Vec<Vec<Vec<FilterList>>>,
    /// The lists by source ports with the near end's address left open, where that makes cases.
    uncut: Option<Vec<Vec<FilterList>>>,
}

impl PacketFilter {
    /// The filter of `crossing` at `site`. O(rules · set size).
    pub fn new(crossing: &Crossing<'_>, site: &Site<'_>) -> Self {
        let groups = [crossing.subnet.group(), crossing.interface.group()];
        let groups = || groups.iter().copied().flatten();
        let cells = source_port_cells(groups(), crossing.direction, &crossing.source_ports);
        let by_port = |local: &Local| -> Vec<Vec<FilterList>> {
            let site = Site { local, ..*site };
            cells
                .iter()
                .map(|cell| lists(crossing, &site, cell))
                .collect()
        };
        let addresses = local_cells(groups(), crossing.direction, site);
        let uncut = (addresses.len() > 1).then(|| by_port(site.local));
        let cases = addresses
            .into_iter()
            .map(|addresses| by_port(&site.local.narrowed(addresses)))
            .collect();
        Self { cases, uncut }
    }

    /// The filter as lists in series, for whoever asks them one by one.
    ///
    /// Where the near end's address is open and rules tell addresses apart, their entries are in
    /// doubt, which is sound but can be wider than [`PacketFilter::decide`]. Where rules look at
    /// source ports, which the sender picks, one list says what some port gets through.
    pub fn access_lists(&self) -> Vec<AccessList> {
        match (&self.uncut, &self.cases[..]) {
            (Some(cells), _) | (None, [cells]) => match &cells[..] {
                [lists] => lists
                    .iter()
                    .map(|list| list.rules.list.clone().of_security_group())
                    .collect(),
                cells => {
                    vec![joined_list(&decide_cells(cells, &FlowSet::all())).of_security_group()]
                }
            },
            _ => Vec::new(),
        }
    }

    /// Whether nothing stands in the way.
    pub fn is_open(&self) -> bool {
        self.cases.iter().flatten().all(Vec::is_empty)
    }

    /// What of `packets`, whose addresses are those of the far end, is let through.
    pub fn decide(&self, packets: &FlowSet) -> FilterDecision {
        let mut outcome: Option<FilterDecision> = None;
        for cells in &self.cases {
            let case = decide_cells(cells, packets);
            outcome = Some(match outcome {
                Some(sum) => join(sum, case, |a, b| Bounds {
                    must: a.must.intersect(&b.must),
                    may: a.may.union(&b.may),
                }),
                None => case,
            });
        }
        outcome.unwrap_or_default()
    }
}

/// The parts into which the groups' rules cut the addresses that the near end may have.
fn local_cells<'a>(
    groups: impl Iterator<Item = &'a NetworkSecurityGroup>,
    direction: Direction,
    site: &Site<'_>,
) -> Vec<AddressSet> {
    let whole = &site.local.addresses;
    let mut cells = vec![whole.clone()];
    for group in groups {
        for rule in group.rules.iter().filter(|rule| rule.is_for(direction)) {
            let (_, near) = rule.ends(direction);
            let set = site.sure_near(near);
            if set.contains(whole) || !set.meets(whole) {
                continue;
            }
            cells = cells
                .iter()
                .flat_map(|cell| [cell.intersect(&set), cell.subtract(&set)])
                .filter(|cell| !cell.is_empty())
                .collect();
            if cells.len() > CELL_LIMIT {
                return vec![whole.clone()];
            }
        }
    }
    cells
}

fn lists(crossing: &Crossing<'_>, site: &Site<'_>, cell: &PortSet) -> Vec<FilterList> {
    let mut out = Vec::new();
    let subnet = (FilterLevel::Subnet, &crossing.subnet);
    let interface = (FilterLevel::Interface, &crossing.interface);
    let order = match crossing.direction {
        Direction::Inbound => [subnet, interface],
        Direction::Outbound => [interface, subnet],
    };
    for (level, group) in order {
        if let Some(rules) = group_list(group, crossing.direction, site, cell) {
            out.push(FilterList {
                level,
                group: group.group().and_then(|group| group.index),
                rules,
            });
        }
    }
    if crossing.direction == Direction::Inbound
        && let Some((sku, span)) = &crossing.public_address
        && let Some(rules) = public_address_list(crossing, sku, *span)
    {
        out.push(FilterList {
            level: FilterLevel::Platform,
            group: None,
            rules,
        });
    }
    out
}

fn group_list(
    group: &GroupAt<'_>,
    direction: Direction,
    site: &Site<'_>,
    cell: &PortSet,
) -> Option<GroupList> {
    let (mut rules, condition) = match group {
        GroupAt::None => return None,
        GroupAt::Group(group) => (group.access_list(direction, site, cell), None),
        GroupAt::If(group, doubt) => (group.access_list(direction, site, cell), Some(doubt)),
        GroupAt::Outside(doubt, span) => (open_list(&"".into(), doubt, *span), None),
        GroupAt::OutsideIf(condition, doubt, span) => {
            (open_list(&"".into(), doubt, *span), Some(condition))
        }
    };
    if let Some(condition) = condition {
        for entry in rules.list.entries_mut() {
            entry.doubts.push(Arc::clone(condition));
            entry.matches.must = FlowSet::empty();
        }
        let passes = Entry::exact(Access::Allow, FlowSet::all(), Vec::new());
        rules.push(&Text::from(NO_GROUP), passes);
    }
    Some(rules)
}

/// The name that stands for a level that may have no group.
const NO_GROUP: &str = "<none>";
/// The name of the rule that closes a Standard public address.
const STANDARD_DENY: &str = "StandardSkuDefaultDeny";

/// What a public address lets through where there may be no group on the way; `None` where there
/// surely is one, or none is needed.
fn public_address_list(
    crossing: &Crossing<'_>,
    sku: &Fact<PublicAddressSku>,
    span: Span,
) -> Option<GroupList> {
    let mut conditions = Vec::new();
    for group in [&crossing.subnet, &crossing.interface] {
        match group {
            GroupAt::None => {}
            GroupAt::Group(_) | GroupAt::Outside(..) => return None,
            GroupAt::If(_, doubt) | GroupAt::OutsideIf(doubt, ..) => conditions.push(doubt),
        }
    }
    match sku {
        Fact::Known(PublicAddressSku::Basic) => return None,
        Fact::Known(PublicAddressSku::Standard) => {}
        Fact::Open(doubt) => conditions.push(doubt),
    }
    let name = Text::from(STANDARD_DENY);
    let mut rules = GroupList::default();
    for doubt in conditions {
        let entry = Entry {
            access: Access::Allow,
            matches: Bounds {
                must: FlowSet::empty(),
                may: FlowSet::all(),
            },
            doubts: vec![Arc::clone(doubt)],
            evidence: Vec::new(),
        };
        rules.push(&name, entry);
    }
    let says = "a Standard public address without a security group admits nothing";
    let evidence = vec![Evidence::platform(span, says)];
    rules.push(&name, Entry::exact(Access::Deny, FlowSet::all(), evidence));
    Some(rules)
}
