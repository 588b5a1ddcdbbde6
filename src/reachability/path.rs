//! Ways from a foothold to a place, hop by hop.

use super::backward::{behind_change, pull_back};
use super::search::{Question, Reach, pass, transfer};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, Bounds, FlowSet};
use crate::graph::{Edge, EdgeId, EdgeKind, Model, NodeId};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The most paths that are listed for one target.
const PATH_LIMIT: usize = 16;
/// The most steps that looking for them takes.
const STEP_LIMIT: usize = 20_000;
/// The longest path that is followed.
const LENGTH_LIMIT: usize = 24;

/// One step of a path.
#[derive(Clone, Debug)]
pub struct Hop {
    /// The way.
    pub edge: EdgeId,
    /// Where it starts.
    pub from: NodeId,
    /// Where it ends.
    pub to: NodeId,
    /// What kind of step it is.
    pub kind: EdgeKind,
    /// What admits it: why the way is there, then the deciding entry of each filter.
    pub evidence: Vec<Evidence>,
    /// The witness packet as it sets out on this hop, a set of one.
    pub packet: FlowSet,
    /// Whether it is taken only after something was broken into.
    pub after_compromise: bool,
}

/// A way from a foothold to a target.
#[derive(Clone, Debug)]
pub struct Path {
    /// The steps in order.
    pub hops: Vec<Hop>,
    /// What arrives by this path alone.
    pub arriving: Bounds,
    /// What of the caller's packets gets through to the end.
    pub admitted: FlowSet,
    /// Whether something on the way is broken into.
    pub assumes_compromise: bool,
    /// The doubts on which it hangs, each once; none where it surely holds.
    pub doubts: Vec<Arc<Doubt>>,
}

impl Path {
    /// Whether some packet surely takes it.
    pub fn is_sure(&self) -> bool {
        !self.arriving.must.is_empty()
    }
}

/// The ways from the question's foothold to `target` that some packet can take: sure ones first,
/// then those that break into nothing, then shorter ones. At most sixteen, found within a bound of
/// steps, so that of a very tangled estate some may be missing.
pub fn find_paths(model: &Model, question: &Question, target: NodeId) -> Vec<Path> {
    let Some(start) = model.source(&question.from) else {
        return Vec::new();
    };
    let leading = Leading::to(model, question, target);
    walk(model, question, (start, target), leading)
}

/// How a place stands, where only that and some ways to it are asked for.
pub(super) enum Standing {
    /// Nothing gets there.
    Closed,
    /// These ways lead there, of which there is at least one.
    Open(Vec<Path>),
    /// Something may get there, but no single way was found within the bound of steps.
    Unsearched,
}

/// How `target` stands to the caller of `question`, which makes more remedies than were made in
/// `before`, what arrives where for that caller without them.
pub(super) fn find_standing(
    model: &Model,
    question: &Question,
    target: NodeId,
    before: &Reach,
) -> Standing {
    let Some(start) = model.source(&question.from) else {
        return Standing::Closed;
    };
    let leading = Leading::among(model, question, target, |node| before.gets_to(node));
    if !arrives_still(model, question, (start, target), &leading, before) {
        return Standing::Closed;
    }
    match walk(model, question, (start, target), leading) {
        none if none.is_empty() => Standing::Unsearched,
        paths => Standing::Open(paths),
    }
}

/// Whether anything gets from one place to the other by ways of `leading`. As [`search`], so that
/// a tangle of closed ways takes no longer than what there is of it; and only behind the ways that
/// the question's remedies change is anything searched anew.
///
/// [`search`]: super::search()
fn arrives_still(
    model: &Model,
    question: &Question,
    (start, target): (NodeId, NodeId),
    leading: &Leading,
    before: &Reach,
) -> bool {
    let changed = leading.behind(|id| {
        let edge = model.edge(id);
        edge.is_some_and(|edge| edge.is_changed_by(&question.remedies))
    });
    if !changed.contains(&target) {
        return before.gets_to(target);
    }
    let mut reach: BTreeMap<NodeId, Bounds> = BTreeMap::new();
    let mut waiting: Vec<NodeId> = leading.ways.keys().copied().collect();
    waiting.retain(|node| !changed.contains(node));
    if changed.contains(&start) {
        reach.insert(start, Bounds::exact(question.packets.clone()));
        waiting.push(start);
    }
    while let Some(node) = waiting.pop() {
        let here = match reach.get(&node) {
            Some(here) => here.clone(),
            None => before.at(node),
        };
        for (id, to) in leading.leaving(node) {
            let Some(edge) = model.edge(*id).filter(|_| changed.contains(to)) else {
                continue;
            };
            let arriving = transfer(edge, &here, question);
            if *to == target && !arriving.may.is_empty() {
                return true;
            }
            let known = reach.entry(*to).or_default();
            let grown = known.union(&arriving);
            if grown != *known {
                *known = grown;
                waiting.push(*to);
            }
        }
    }
    false
}

/// The ways of `leading` from one place to the other.
fn walk(
    model: &Model,
    question: &Question,
    (start, target): (NodeId, NodeId),
    leading: Leading,
) -> Vec<Path> {
    let mut walk = Walk {
        model,
        question,
        target,
        leading,
        steps: 0,
        found: Vec::new(),
    };
    walk.follow(
        start,
        &Bounds::exact(question.packets.clone()),
        &mut Vec::new(),
    );
    let breaks_in = |edges: &[EdgeId]| {
        let mut edges = edges.iter().filter_map(|id| model.edge(*id));
        edges.any(|edge| edge.assumes_compromise)
    };
    let mut found = walk.found;
    found.sort_by_key(|(edges, sure)| (!sure, breaks_in(edges), edges.len()));
    let mut paths: Vec<Path> = found
        .iter()
        .take(PATH_LIMIT)
        .map(|(edges, _)| describe(model, question, edges))
        .filter(|path| !path.arriving.may.is_empty())
        .collect();
    paths.sort_by_key(|path| (!path.is_sure(), path.assumes_compromise, path.hops.len()));
    paths
}

/// The ways on which `target` can be reached, filters left aside, by the place that they leave.
///
/// Only these are walked: of the many ways that leave the internet, few lead to one target.
pub(super) struct Leading {
    ways: BTreeMap<NodeId, Vec<(EdgeId, NodeId)>>,
}

impl Leading {
    /// The ways that lead to `target`. O(ways that do).
    pub(super) fn to(model: &Model, question: &Question, target: NodeId) -> Self {
        Self::among(model, question, target, |_| true)
    }

    /// Those of them that leave places which `is_reached`.
    fn among(
        model: &Model,
        question: &Question,
        target: NodeId,
        is_reached: impl Fn(NodeId) -> bool,
    ) -> Self {
        let mut ways: BTreeMap<NodeId, Vec<(EdgeId, NodeId)>> = BTreeMap::new();
        let mut seen = BTreeSet::from([target]);
        let mut waiting = vec![target];
        while let Some(node) = waiting.pop() {
            for (id, from, edge) in model.arriving(node) {
                if question.takes(id, edge) && is_reached(from) {
                    ways.entry(from).or_default().push((id, node));
                    if seen.insert(from) {
                        waiting.push(from);
                    }
                }
            }
        }
        for leaving in ways.values_mut() {
            leaving.sort();
        }
        Self { ways }
    }

    /// The places that are reached over a way that `is_changed`, and those behind them.
    fn behind(&self, is_changed: impl Fn(EdgeId) -> bool) -> BTreeSet<NodeId> {
        let ways = self.ways.values().flatten();
        let mut waiting: Vec<NodeId> = ways
            .filter(|(id, _)| is_changed(*id))
            .map(|(_, to)| *to)
            .collect();
        let mut behind: BTreeSet<NodeId> = waiting.iter().copied().collect();
        while let Some(node) = waiting.pop() {
            for (_, to) in self.leaving(node) {
                if behind.insert(*to) {
                    waiting.push(*to);
                }
            }
        }
        behind
    }

    /// The ways that leave `node`, in the order in which they were added to the model.
    pub(super) fn leaving(&self, node: NodeId) -> &[(EdgeId, NodeId)] {
        self.ways.get(&node).map_or(&[], Vec::as_slice)
    }
}

struct Walk<'a> {
    model: &'a Model,
    question: &'a Question,
    target: NodeId,
    leading: Leading,
    steps: usize,
    found: Vec<(Vec<EdgeId>, bool)>,
}

impl Walk<'_> {
    /// Depth first over simple paths; the recursion is as deep as the longest path followed.
    fn follow(&mut self, node: NodeId, packets: &Bounds, taken: &mut Vec<(EdgeId, NodeId)>) {
        if node == self.target {
            let steps = taken.iter().map(|(edge, _)| *edge).collect();
            self.found.push((steps, !packets.must.is_empty()));
            return;
        }
        if taken.len() >= LENGTH_LIMIT {
            return;
        }
        for (id, to) in self.leading.leaving(node).to_vec() {
            self.steps += 1;
            if self.steps > STEP_LIMIT || self.found.len() >= 4 * PATH_LIMIT {
                return;
            }
            let seen = to == node || taken.iter().any(|(_, from)| *from == to);
            let Some(edge) = self.model.edge(id).filter(|_| !seen) else {
                continue;
            };
            let arriving = transfer(edge, packets, self.question);
            if arriving.may.is_empty() {
                continue;
            }
            taken.push((id, node));
            self.follow(to, &arriving, taken);
            taken.pop();
        }
    }
}

/// The path along `edges` with its evidence.
pub(super) fn describe(model: &Model, question: &Question, edges: &[EdgeId]) -> Path {
    let ways: Vec<(EdgeId, &Edge)> = edges
        .iter()
        .filter_map(|id| Some((*id, model.edge(*id)?)))
        .collect();
    let sent = Bounds::exact(question.packets.clone());
    let arriving = ways.iter().fold(sent.clone(), |here, (_, edge)| {
        transfer(edge, &here, question)
    });
    let sure = !arriving.must.is_empty();
    let mut doubts: Vec<Arc<Doubt>> = Vec::new();
    if !sure {
        ways.iter().fold(sent, |here, (_, edge)| {
            note_doubts(&mut doubts, edge, &here, question);
            transfer(edge, &here, question)
        });
    }
    // Backward: what gets through to the end from before each hop, and from behind its change.
    let pick = |bounds: Bounds| if sure { bounds.must } else { bounds.may };
    let mut wanted = Bounds::exact(FlowSet::all());
    let mut through = Vec::with_capacity(ways.len());
    for (_, edge) in ways.iter().rev() {
        through.push(pick(behind_change(edge, &wanted, question)));
        wanted = pull_back(edge, &wanted, question);
    }
    through.reverse();
    let admitted = question.packets.intersect(&pick(wanted));
    let start = admitted.single().unwrap_or_default();
    let hops = walk_with(model, &ways, &through, start);
    let assumes_compromise = ways.iter().any(|(_, edge)| edge.assumes_compromise);
    Path {
        hops,
        arriving,
        admitted,
        assumes_compromise,
        doubts,
    }
}

/// The hops along `ways` that the one packet in `packet` takes.
fn walk_with(
    model: &Model,
    ways: &[(EdgeId, &Edge)],
    through: &[FlowSet],
    mut packet: FlowSet,
) -> Vec<Hop> {
    let mut hops: Vec<Hop> = Vec::with_capacity(ways.len());
    let mut after_compromise = false;
    for ((id, edge), wanted) in ways.iter().zip(through) {
        let Some((from, to)) = model.ends(*id) else {
            continue;
        };
        after_compromise |= edge.assumes_compromise;
        let mut evidence = edge.evidence.clone();
        let setting_out = packet.clone();
        cite(&edge.filters, &packet, &mut evidence);
        let changed = edge.change.apply(&packet).intersect(wanted);
        packet = changed.single().unwrap_or_default();
        cite(&edge.filters_after, &packet, &mut evidence);
        // A step inside one resource that nothing decides is no step to anybody.
        let owner = model.resource_of(from);
        let is_inside = owner.is_some() && owner == model.resource_of(to);
        match hops.last_mut() {
            Some(previous) if is_inside && evidence.is_empty() => previous.to = to,
            _ => hops.push(Hop {
                edge: *id,
                from,
                to,
                kind: edge.kind,
                evidence,
                packet: setting_out,
                after_compromise,
            }),
        }
    }
    hops
}

/// Adds what admits `packet` at each of `filters`.
fn cite(filters: &[Arc<AccessList>], packet: &FlowSet, evidence: &mut Vec<Evidence>) {
    for filter in filters {
        for entry in filter.deciding(packet, Access::Allow) {
            evidence.extend(entry.evidence.iter().cloned());
        }
    }
}

/// Adds the doubts that `edge` casts on `packets`.
fn note_doubts(doubts: &mut Vec<Arc<Doubt>>, edge: &Edge, packets: &Bounds, question: &Question) {
    let settled = |doubt: &Doubt| question.assumption.iter().any(|(key, _)| *key == doubt.key);
    let mut add = |doubt: &Arc<Doubt>| {
        if !settled(doubt) && !doubts.iter().any(|known| known.key == doubt.key) {
            doubts.push(Arc::clone(doubt));
        }
    };
    edge.doubt.iter().for_each(&mut add);
    let mut here = packets.clone();
    for filter in edge.filters.iter() {
        filter.doubts(&here.may).into_iter().for_each(&mut add);
        here = pass(filter, &here, question);
    }
    here = edge.change.apply_bounds(&here);
    for filter in edge.filters_after.iter() {
        filter.doubts(&here.may).into_iter().for_each(&mut add);
        here = pass(filter, &here, question);
    }
}
