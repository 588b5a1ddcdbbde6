//! The search the other way round: who gets to a place.

use super::search::{Question, Reach, pass_all};
use crate::flow::{AddressSet, Bounds, FlowSet};
use crate::graph::{Change, Edge, Foothold, Model, Node, NodeId};
use std::collections::{BTreeSet, VecDeque};

/// For each place of `model`, the packets that get from there to `target`: surely, and at most.
///
/// The footholds and packets of `question` count nothing; its assumption and the ways that it takes
/// do. Agrees with [`search`](super::search()) from every place. O(ways · sweeps), as that.
pub fn search_back(model: &Model, question: &Question, target: NodeId) -> Reach {
    let mut reach = Reach::empty(model.node_bound());
    reach.grow(target, &Bounds::exact(FlowSet::all()));
    let mut waiting = VecDeque::from([target]);
    let mut is_waiting = BTreeSet::from([target]);
    while let Some(node) = waiting.pop_front() {
        is_waiting.remove(&node);
        let wanted = reach.at(node);
        for (id, from, edge) in model.arriving(node) {
            if question.takes(id, edge) {
                let needed = pull_back(edge, &wanted, question);
                if reach.grow(from, &needed) && is_waiting.insert(from) {
                    waiting.push_back(from);
                }
            }
        }
    }
    reach
}

/// The packets that come out of `edge` as part of `wanted`.
pub(super) fn pull_back(edge: &Edge, wanted: &Bounds, question: &Question) -> Bounds {
    let mut here = behind_change(edge, wanted, question);
    here = Bounds {
        must: origin(&edge.change, &here.must),
        may: origin(&edge.change, &here.may),
    };
    here = pass_all(&edge.filters, &here, question);
    if let Some(doubt) = &edge.doubt {
        let settled = question
            .assumption
            .iter()
            .find(|(key, _)| *key == doubt.key);
        match settled {
            Some((_, true)) => {}
            Some((_, false)) => return Bounds::empty(),
            None => here.must = FlowSet::empty(),
        }
    }
    here
}

/// Of the packets that the change of `edge` makes, those that come out as part of `wanted`.
pub(super) fn behind_change(edge: &Edge, wanted: &Bounds, question: &Question) -> Bounds {
    pass_all(&edge.filters_after, wanted, question)
}

/// The packets of which `change` makes part of `after`.
fn origin(change: &Change, after: &FlowSet) -> FlowSet {
    let made = match change {
        Change::Keep | Change::Ports(_) => after.clone(),
        Change::Restart(flows) => after.intersect(flows),
        Change::Sender(senders) => after.from_sources(senders),
    };
    change.pull_back(&FlowSet::all(), &made)
}

/// Somewhere to start from, and what gets through to the target from there.
#[derive(Clone, Debug)]
pub struct ReachingFoothold {
    /// Where the caller stands.
    pub from: Foothold,
    /// What of the caller's packets gets to the target.
    pub through: Bounds,
}

/// Every foothold from which something gets, or may get, to `target`: outside ones first, then in
/// the order of places. Breaking into something on the way counts where `with_compromise`.
pub fn find_footholds(
    model: &Model,
    target: NodeId,
    with_compromise: bool,
) -> Vec<ReachingFoothold> {
    let question = Question {
        with_compromise,
        ..Question::internet()
    };
    let reach = search_back(model, &question, target);
    let outside = [
        Foothold::Internet,
        Foothold::AzureTenant,
        Foothold::OnPremises,
    ];
    let inside = model.nodes().filter_map(|(_, node)| match node {
        Node::Code(index) => Some(Foothold::At(*index)),
        Node::Identity(index) => Some(Foothold::Identity(*index)),
        Node::Key(index) => Some(Foothold::KeyOf(*index)),
        Node::External(id) => Some(Foothold::Principal(id.clone())),
        _ => None,
    });
    outside
        .into_iter()
        .chain(inside)
        .filter_map(|from| {
            let start = model.source(&from)?;
            let asked = Bounds::exact(packets_of(&from));
            let through = reach.at(start).intersect(&asked);
            (!through.may.is_empty() && start != target)
                .then_some(ReachingFoothold { from, through })
        })
        .collect()
}

/// What somebody at `foothold` can send.
///
/// A token or a key is good from anywhere, so whoever holds one sends from the internet.
pub fn packets_of(foothold: &Foothold) -> FlowSet {
    let senders = match foothold {
        Foothold::Internet
        | Foothold::Identity(_)
        | Foothold::Principal(_)
        | Foothold::KeyOf(_) => AddressSet::internet(),
        Foothold::AzureTenant => AddressSet::azure_public(),
        Foothold::OnPremises => AddressSet::private(),
        Foothold::At(_) => AddressSet::all(),
    };
    FlowSet::new(&senders, crate::flow::ServiceSet::all())
}
