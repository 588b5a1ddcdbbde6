//! The fewest changes, against trying every set of them in small estates.
//!
//! `PROPTEST_CASES=10000` tries ten thousand estates; a plain run tries fewer.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use proptest::prelude::*;
use sightline::evidence::{Evidence, Remedy, RemedyValue};
use sightline::flow::{Access, AccessList, AddressSet, Entry, FlowSet, ServiceSet};
use sightline::graph::{Edge, EdgeKind, Foothold, Model, Node, NodeId};
use sightline::reachability::{Question, find_cut, search};
use sightline::source::{FileId, Span};
use std::collections::BTreeSet;
use std::net::{IpAddr, Ipv4Addr};

/// Places in an estate; the caller stands at the first, the target is the last.
const PLACES: usize = 6;
/// Senders.
const SENDERS: u8 = 8;
/// Properties that can be changed.
const LABELS: usize = 12;

/// One entry: whether it lets pass, the senders it matches as bits, and the property with which it
/// would refuse them, where there is one.
type Toy = (bool, u8, Option<usize>);

/// A way: from, to, and the entries of its filters, each of which ends closed.
#[derive(Clone, Debug)]
struct Way {
    from: usize,
    to: usize,
    filters: Vec<Vec<Toy>>,
}

/// What each property costs.
type Costs = Vec<u8>;

fn estates() -> impl Strategy<Value = (Vec<Way>, Costs)> {
    let label = prop_oneof![1 => Just(None), 6 => (0..LABELS).prop_map(Some)];
    let entry = (prop::bool::weighted(0.8), any::<u8>(), label);
    let filter = prop::collection::vec(entry, 1..4);
    let way = (0..PLACES, 0..PLACES, prop::collection::vec(filter, 1..3));
    let way = way.prop_map(|(from, to, filters)| Way { from, to, filters });
    let costs = prop::collection::vec(1..5_u8, LABELS);
    (prop::collection::vec(way, 4..12), costs)
}

fn passes(filter: &[Toy], sender: u8, changed: u16) -> bool {
    let matching = filter
        .iter()
        .find(|(_, senders, _)| senders & (1 << sender) != 0);
    matching.is_some_and(|(allows, _, label)| {
        *allows && label.is_none_or(|label| changed & (1 << label) == 0)
    })
}

/// Whether any sender gets from the first place to the last with these properties changed.
fn is_open(ways: &[Way], changed: u16) -> bool {
    (0..SENDERS).any(|sender| {
        let mut reached = BTreeSet::from([0]);
        loop {
            let next: Vec<usize> = ways
                .iter()
                .filter(|way| reached.contains(&way.from) && !reached.contains(&way.to))
                .filter(|way| way.filters.iter().all(|one| passes(one, sender, changed)))
                .map(|way| way.to)
                .collect();
            if next.is_empty() {
                return reached.contains(&(PLACES - 1));
            }
            reached.extend(next);
        }
    })
}

fn cost_of(changed: u16, costs: &Costs) -> u32 {
    let labels = (0..LABELS).filter(|label| changed & (1 << label) != 0);
    labels.map(|label| u32::from(costs[label])).sum()
}

/// What the cheapest set costs that closes the target; `None` where none does.
fn cheapest(ways: &[Way], costs: &Costs) -> Option<u32> {
    let mut best: Option<u32> = None;
    for changed in 0..1_u16 << LABELS {
        let cost = cost_of(changed, costs);
        if best.is_none_or(|known| cost < known) && !is_open(ways, changed) {
            best = Some(cost);
        }
    }
    best
}

fn place(label: usize) -> Span {
    Span::new(FileId::new(0), label, label + 1)
}

fn evidence(label: Option<usize>, costs: &Costs) -> Vec<Evidence> {
    let Some(label) = label else {
        return Vec::new();
    };
    let remedy = Remedy {
        span: place(label),
        is_stated: true,
        property: "switch".into(),
        value: RemedyValue::Truth(false),
        cost: costs[label],
    };
    vec![Evidence::stated(place(label), "a switch").with_remedy(remedy)]
}

fn senders(bits: u8) -> FlowSet {
    let chosen = (0..SENDERS).filter(|sender| bits & (1 << sender) != 0);
    let addresses = chosen.fold(AddressSet::empty(), |all, sender| {
        let one = IpAddr::V4(Ipv4Addr::new(9, 9, 9, sender));
        all.union(&AddressSet::single(one))
    });
    FlowSet::new(&addresses, ServiceSet::tcp(443))
}

fn build(ways: &[Way], costs: &Costs) -> (Model, NodeId) {
    let mut model = Model::new();
    let places: Vec<NodeId> = (0..PLACES)
        .map(|at| match at {
            0 => model.add_node(Node::Source(Foothold::Internet)),
            _ => model.add_node(Node::External(at.to_string().into())),
        })
        .collect();
    for way in ways {
        let mut edge = Edge::new(EdgeKind::Filter, Vec::new());
        for filter in &way.filters {
            let entry = |(allows, bits, label): &Toy| {
                let access = if *allows { Access::Allow } else { Access::Deny };
                let label = label.filter(|_| *allows);
                Entry::exact(access, senders(*bits), evidence(label, costs))
            };
            let mut all: Vec<Entry> = filter.iter().map(entry).collect();
            all.push(Entry::exact(Access::Deny, FlowSet::all(), Vec::new()));
            edge = edge.through(AccessList::new(all));
        }
        model.add_edge(places[way.from], places[way.to], edge);
    }
    (model, places[PLACES - 1])
}

proptest! {
    #[test]
    fn no_cheaper_set_closes_what_a_cut_closes((ways, costs) in estates()) {
        let (model, target) = build(&ways, &costs);
        let question = Question {
            packets: senders(u8::MAX),
            ..Question::internet()
        };
        let reach = search(&model, &question);
        let cut = find_cut(&model, &question, (&[target], &[]), &reach, |_| true);
        let Some(cut) = cut else {
            prop_assert_eq!(cheapest(&ways, &costs), None);
            return Ok(());
        };
        let changed = cut
            .remedies
            .iter()
            .fold(0_u16, |all, remedy| all | 1 << remedy.span.start);
        prop_assert!(!is_open(&ways, changed), "it is still open");
        prop_assert!(cut.optimal, "so small an estate is searched to the end");
        prop_assert_eq!(Some(cost_of(changed, &costs)), cheapest(&ways, &costs));
    }
}
