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

    /// The same question of a caller who breaks into what is on the way.
    #[must_use]
    pub fn breaking_in(&self) -> Self {
        Self {
            with_compromise: true,
            ..self.clone()
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
    let mut reach = Reach::empty(model.node_bound());
    let Some(start) = model.source(&question.from) else {
        return reach;
    };
    reach.grow(start, &Bounds::exact(question.packets.clone()));
    spread(model, question, &mut reach, [start].into());
    reach
}

/// Brings `reach`, which answered `question` when `model` had the first `edges` of its ways, up to
/// what it has now. As [`search`], but O(ways to which something new gets · sweeps).
pub fn search_further(model: &Model, question: &Question, reach: &mut Reach, edges: usize) {
    let places = model.node_bound();
    reach.bounds.resize_with(places, Bounds::empty);
    spread(model, question, reach, model.starts_since(edges).collect());
}

/// Follows the ways that leave the places `is_waiting` until nothing new arrives anywhere.
fn spread(model: &Model, question: &Question, reach: &mut Reach, mut is_waiting: BTreeSet<NodeId>) {
    let mut waiting: VecDeque<NodeId> = is_waiting.iter().copied().collect();
    while let Some(node) = waiting.pop_front() {
        is_waiting.remove(&node);
        let here = reach.at(node);
        for (id, to, edge) in model.leaving(node) {
            if !question.takes(id, edge) {
                continue;
            }
            let arriving = transfer(edge, &here, question);
            if reach.grow(to, &arriving) && is_waiting.insert(to) {
                waiting.push_back(to);
            }
        }
    }
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::flow::{Access, Entry, PortSet, Protocol};
    use crate::graph::{EdgeKind, Node};
    use proptest::prelude::*;

    /// From, to, the first and the last port that pass.
    type Toy = (usize, usize, u16, u16);

    fn edge((_, _, first, last): Toy) -> Edge {
        let ports = (first.min(last)..=first.max(last)).fold(PortSet::empty(), |all, port| {
            all.union(&PortSet::single(port))
        });
        let passing = FlowSet::new(&AddressSet::all(), ServiceSet::of(Protocol::Tcp, ports));
        let filter = AccessList::new(vec![Entry::exact(Access::Allow, passing, Vec::new())]);
        Edge::new(EdgeKind::Filter, Vec::new()).through(filter)
    }

    proptest! {
        /// The oracle begins anew.
        #[test]
        fn going_on_tells_the_same_as_beginning_anew(
            ways in prop::collection::vec((0usize..6, 0usize..8, 1u16..6, 1u16..6), 0..20),
            first in 0usize..20,
        ) {
            let first = first.min(ways.len());
            let question = Question::internet();
            let mut model = Model::new();
            let mut places = vec![model.add_node(Node::Source(Foothold::Internet))];
            let mut place = |model: &mut Model, number: usize| {
                while places.len() <= number {
                    let name = format!("{}", places.len()).into();
                    places.push(model.add_node(Node::External(name)));
                }
                places[number]
            };
            let mut reach = Reach::default();
            for (at, way) in ways.iter().enumerate() {
                if at == first {
                    reach = search(&model, &question);
                }
                let (from, to) = (place(&mut model, way.0), place(&mut model, way.1));
                model.add_edge(from, to, edge(*way));
            }
            if first == ways.len() {
                reach = search(&model, &question);
            }
            search_further(&model, &question, &mut reach, first);
            let anew = search(&model, &question);
            for (node, _) in model.nodes() {
                prop_assert_eq!(reach.at(node), anew.at(node));
            }
        }
    }
}
