//! Single points of protection, against trying every control in small estates.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use proptest::prelude::*;
use sightline::evidence::Evidence;
use sightline::flow::{Access, AccessList, AddressSet, Entry, FlowSet, ServiceSet};
use sightline::graph::{Edge, EdgeKind, Foothold, Model, Node, NodeId};
use sightline::reachability::{Question, find_blockers, search};
use sightline::source::{FileId, Span};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

/// Places in an estate; the caller stands at the first, the target is the last.
const PLACES: usize = 6;
/// Senders.
const SENDERS: u8 = 16;

/// One entry: whether it lets pass, the senders it matches as bits, and the control that it is.
type Toy = (bool, u16, usize);

/// A way: from, to, and the entries of its filters. Every filter ends closed, which is a control
/// too.
#[derive(Clone, Debug)]
struct Way {
    from: usize,
    to: usize,
    filters: Vec<(Vec<Toy>, usize)>,
}

fn ways() -> impl Strategy<Value = Vec<Way>> {
    let entry = (any::<bool>(), any::<u16>(), 0..8_usize);
    let filter = (prop::collection::vec(entry, 0..3), 8..12_usize);
    let way = (0..PLACES, 0..PLACES, prop::collection::vec(filter, 0..3));
    let way = way.prop_map(|(from, to, filters)| Way { from, to, filters });
    prop::collection::vec(way, 1..9)
}

/// Whether `sender` gets past a filter with `gone` taken away.
fn passes((entries, last): &(Vec<Toy>, usize), sender: u8, gone: &[usize]) -> bool {
    let bit = 1_u16 << sender;
    for (allows, senders, control) in entries {
        if senders & bit == 0 {
            continue;
        }
        if *allows {
            return true;
        }
        if !gone.contains(control) {
            return false;
        }
    }
    gone.contains(last)
}

/// Whether any sender gets from the first place to the last.
fn is_open(ways: &[Way], gone: &[usize]) -> bool {
    (0..SENDERS).any(|sender| {
        let mut reached = BTreeSet::from([0]);
        loop {
            let next: Vec<usize> = ways
                .iter()
                .filter(|way| reached.contains(&way.from) && !reached.contains(&way.to))
                .filter(|way| way.filters.iter().all(|one| passes(one, sender, gone)))
                .map(|way| way.to)
                .collect();
            if next.is_empty() {
                return reached.contains(&(PLACES - 1));
            }
            reached.extend(next);
        }
    })
}

fn evidence(control: usize) -> Vec<Evidence> {
    let span = Span::new(FileId::new(0), control, control + 1);
    vec![Evidence::stated(span, "a control")]
}

fn senders(bits: u16) -> FlowSet {
    let chosen = (0..SENDERS).filter(|sender| bits & (1 << sender) != 0);
    let addresses = chosen.fold(AddressSet::empty(), |all, sender| {
        let one = IpAddr::V4(Ipv4Addr::new(9, 9, 9, sender));
        all.union(&AddressSet::single(one))
    });
    FlowSet::new(&addresses, ServiceSet::tcp(443))
}

fn build(ways: &[Way]) -> (Model, NodeId) {
    let mut model = Model::new();
    let places: Vec<NodeId> = (0..PLACES)
        .map(|at| match at {
            0 => model.add_node(Node::Source(Foothold::Internet)),
            _ => model.add_node(Node::External(at.to_string().into())),
        })
        .collect();
    for way in ways {
        let mut edge = Edge::new(EdgeKind::Filter, Vec::new());
        for (entries, last) in &way.filters {
            let entry = |(allows, bits, control): &Toy| {
                let access = if *allows { Access::Allow } else { Access::Deny };
                Entry::exact(access, senders(*bits), evidence(*control))
            };
            let mut all: Vec<Entry> = entries.iter().map(entry).collect();
            all.push(Entry::exact(Access::Deny, FlowSet::all(), evidence(*last)));
            edge = edge.through(AccessList::new(all));
        }
        model.add_edge(places[way.from], places[way.to], edge);
    }
    (model, places[PLACES - 1])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn a_control_is_alone_just_where_taking_it_away_opens_the_target(ways in ways()) {
        let (model, target) = build(&ways);
        let question = Question {
            packets: senders(u16::MAX),
            ..Question::internet()
        };
        let open = !search(&model, &question).at(target).may.is_empty();
        prop_assert_eq!(open, is_open(&ways, &[]));
        if open {
            return Ok(());
        }
        let blockers = find_blockers(&model, &question, target);
        let found: BTreeSet<usize> = blockers
            .iter()
            .filter(|blocker| blocker.alone)
            .map(|blocker| usize::try_from(blocker.evidence[0].span.start).unwrap())
            .collect();
        let wanted: BTreeSet<usize> =
            (0..12).filter(|control| is_open(&ways, &[*control])).collect();
        prop_assert_eq!(found, wanted);
    }

    /// Two controls that only together keep the target closed are both told.
    #[test]
    fn of_two_controls_that_close_only_together_each_is_told(ways in ways()) {
        let (model, target) = build(&ways);
        let question = Question {
            packets: senders(u16::MAX),
            ..Question::internet()
        };
        if is_open(&ways, &[]) {
            return Ok(());
        }
        let alone: BTreeSet<usize> =
            (0..12).filter(|control| is_open(&ways, &[*control])).collect();
        let blockers = find_blockers(&model, &question, target);
        let found: BTreeSet<usize> = blockers
            .iter()
            .map(|blocker| usize::try_from(blocker.evidence[0].span.start).unwrap())
            .collect();
        for first in (0..12).filter(|one| !alone.contains(one)) {
            for second in (first + 1..12).filter(|one| !alone.contains(one)) {
                if is_open(&ways, &[first, second]) {
                    prop_assert!(found.contains(&first), "{} of {}, {}", first, first, second);
                    prop_assert!(found.contains(&second), "{} of {}, {}", second, first, second);
                }
            }
        }
    }
}
