//! The packets that arrive at each place.

use super::backward::packets_of;
use crate::evidence::Remedy;
use crate::flow::{AccessList, AddressSet, Bounds, FilterSeries, FlowSet, ServiceSet};
use crate::graph::{Edge, EdgeId, Foothold, Model, NodeId};
use crate::value::Text;
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// What is asked.
#[derive(Clone, Debug)]
pub struct Question {
    /// Where the caller stands.
    pub from: Foothold,
    /// What the caller can send.
    pub packets: FlowSet,
    /// Doubts that are settled for the sake of argument.
    pub assumption: Vec<(Text, bool)>,
    /// Ways that must not be taken.
    pub without: BTreeSet<EdgeId>,
    /// Changes of the template that are made for the sake of argument.
    pub remedies: BTreeSet<Arc<Remedy>>,
    /// Whether breaking into something on the way counts as a way.
    pub with_compromise: bool,
}

impl Question {
    /// What the internet reaches without breaking into anything.
    pub fn internet() -> Self {
        Self {
            from: Foothold::Internet,
            packets: FlowSet::new(&AddressSet::internet(), ServiceSet::all()),
            assumption: Vec::new(),
            without: BTreeSet::new(),
            remedies: BTreeSet::new(),
            with_compromise: false,
        }
    }

    /// What somebody at `foothold` reaches without breaking into anything further.
    pub fn from_foothold(foothold: Foothold) -> Self {
        Self {
            packets: packets_of(&foothold),
            from: foothold,
            ..Self::internet()
        }
    }

    /// The same question with `assumption`.
    #[must_use]
    pub fn assuming(&self, assumption: Vec<(Text, bool)>) -> Self {
        Self {
            assumption,
            ..self.clone()
        }
    }

    /// Whether `edge` may be taken.
    pub fn takes(&self, id: EdgeId, edge: &Edge) -> bool {
        (self.with_compromise || !edge.assumes_compromise) && !self.without.contains(&id)
    }
}

/// The packets that arrive at each place, by the place's number.
#[derive(Clone, Debug, Default)]
pub struct Reach {
    bounds: Vec<Bounds>,
}

impl Reach {
    /// Nothing anywhere, of `places` places.
    pub(super) fn empty(places: usize) -> Self {
        Self {
            bounds: vec![Bounds::empty(); places],
        }
    }

    /// Adds `arriving` to what arrives at `node`; whether that is more than before.
    pub(super) fn grow(&mut self, node: NodeId, arriving: &Bounds) -> bool {
        let Some(known) = self.bounds.get_mut(node.index()) else {
            return false;
        };
        let grown = known.union(arriving);
        let is_more = grown != *known;
        *known = grown;
        is_more
    }

    /// Whether anything may arrive at `node`.
    pub fn gets_to(&self, node: NodeId) -> bool {
        let here = self.bounds.get(node.index());
        here.is_some_and(|bounds| !bounds.may.is_empty())
    }

    /// What arrives at `node`.
    pub fn at(&self, node: NodeId) -> Bounds {
        self.bounds.get(node.index()).cloned().unwrap_or_default()
    }
}

/// What arrives at each place of `model` that answers `question`.
///
/// A monotone work list: sets only grow, and only by cells that the model's filters tell apart, so
/// it ends. O(ways · sweeps), with sweeps as many as the longest chain of growing sets, in practice
/// two to four.
pub fn search(model: &Model, question: &Question) -> Reach {
    let mut reach = Reach {
        bounds: vec![Bounds::empty(); model.node_bound()],
    };
    let Some(start) = model.source(&question.from) else {
        return reach;
    };
    if let Some(here) = reach.bounds.get_mut(start.index()) {
        *here = Bounds::exact(question.packets.clone());
    }
    let mut waiting = VecDeque::from([start]);
    let mut is_waiting = BTreeSet::from([start]);
    while let Some(node) = waiting.pop_front() {
        is_waiting.remove(&node);
        let here = reach.at(node);
        for (id, to, edge) in model.leaving(node) {
            if !question.takes(id, edge) {
                continue;
            }
            let arriving = transfer(edge, &here, question);
            let Some(known) = reach.bounds.get_mut(to.index()) else {
                continue;
            };
            let grown = known.union(&arriving);
            if grown != *known {
                *known = grown;
                if is_waiting.insert(to) {
                    waiting.push_back(to);
                }
            }
        }
    }
    reach
}

/// What of `packets` comes out at the other end of `edge`.
pub(super) fn transfer(edge: &Edge, packets: &Bounds, question: &Question) -> Bounds {
    let mut here = enter(edge, packets, question);
    here = edge.change.apply_bounds(&here);
    here = pass_all(&edge.filters_after, &here, question);
    if let Some(doubt) = &edge.doubt {
        match question
            .assumption
            .iter()
            .find(|(key, _)| *key == doubt.key)
        {
            Some((_, true)) => {}
            Some((_, false)) => return Bounds::empty(),
            None => here.must = FlowSet::empty(),
        }
    }
    here
}

/// What of `packets` gets past the filters in front of `edge`'s change.
pub(super) fn enter(edge: &Edge, packets: &Bounds, question: &Question) -> Bounds {
    pass_all(&edge.filters, packets, question)
}

/// What of `packets` passes all of `filters`.
pub(super) fn pass_all(filters: &FilterSeries, packets: &Bounds, question: &Question) -> Bounds {
    if packets.may.is_empty() {
        return Bounds::empty();
    }
    let is_applied = |remedy: &Remedy| question.remedies.contains(remedy);
    if question.remedies.is_empty() {
        filters.allowed(packets, &question.assumption)
    } else {
        filters.allowed_after(packets, &question.assumption, is_applied)
    }
}

/// What of `packets` passes `filter`.
pub(super) fn pass(filter: &AccessList, packets: &Bounds, question: &Question) -> Bounds {
    if packets.may.is_empty() {
        return Bounds::empty();
    }
    if question.remedies.is_empty() {
        return filter.allowed(packets, &question.assumption);
    }
    filter
        .with_remedies(|remedy| question.remedies.contains(remedy))
        .allowed(packets, &question.assumption)
}
