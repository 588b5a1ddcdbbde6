//! What closes a target.

use super::blocker_pair::pairs_on;
use super::path::Leading;
use super::search::Question;
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, Assumption, Bounds, Entry, FlowSet, decide_entries};
use crate::graph::{Edge, EdgeId, EdgeKind, Model, NodeId};
use std::collections::BTreeSet;

/// One control that refuses what would otherwise come through.
#[derive(Clone, Debug)]
pub struct Blocker {
    /// The way on which it stands.
    pub edge: EdgeId,
    /// What proves it; the first is the deciding line.
    pub evidence: Vec<Evidence>,
    /// Whether it is a single point of protection: without it alone the target is reached.
    pub alone: bool,
}

/// The most closed ways that are looked at for one target.
const WAY_LIMIT: usize = 64;
/// The most steps that looking for them takes.
const STEP_LIMIT: usize = 4_000;
/// The longest way that is followed.
const LENGTH_LIMIT: usize = 12;
/// The most controls that are listed.
const BLOCKER_LIMIT: usize = 24;

/// Every control that keeps the question's caller from `target` on some way: those that do so alone,
/// then those of which two do so together, then those of the way with the fewest. Behind a control that refuses, the ones that would refuse next are listed too,
/// as if it were not there.
pub fn find_blockers(model: &Model, question: &Question, target: NodeId) -> Vec<Blocker> {
    let ways = closed_ways(model, question, target);
    let mut found: Vec<Vec<Blocker>> = ways
        .iter()
        .map(|way| blockers_on(model, question, way))
        .collect();
    found.sort_by_key(Vec::len);
    let alone = ways.iter().flat_map(|way| alone_on(model, question, way));
    let pairs = ways.iter().flat_map(|way| pairs_on(model, question, way));
    let mut blockers: Vec<Blocker> = Vec::new();
    for blocker in alone.chain(pairs).chain(found.into_iter().flatten()) {
        let known = blockers
            .iter()
            .any(|other| other.evidence == blocker.evidence);
        if !known && blockers.len() < BLOCKER_LIMIT {
            blockers.push(blocker);
        }
    }
    blockers
}

/// The simple ways to `target`, filters left aside, in depth-first order.
fn closed_ways(model: &Model, question: &Question, target: NodeId) -> Vec<Vec<EdgeId>> {
    let Some(start) = model.source(&question.from) else {
        return Vec::new();
    };
    let leading = Leading::to(model, question, target);
    let mut ways = Vec::new();
    let mut steps = 0;
    let mut waiting = vec![(start, Vec::new(), BTreeSet::from([start]))];
    while let Some((node, taken, seen)) = waiting.pop() {
        if node == target {
            ways.push(taken);
            if ways.len() >= WAY_LIMIT {
                break;
            }
            continue;
        }
        if taken.len() >= LENGTH_LIMIT {
            continue;
        }
        for (id, to) in leading.leaving(node).iter().rev().copied() {
            steps += 1;
            if steps > STEP_LIMIT {
                break;
            }
            if !seen.contains(&to) {
                let mut taken = taken.clone();
                taken.push(id);
                let mut seen = seen.clone();
                seen.insert(to);
                waiting.push((to, taken, seen));
            }
        }
    }
    ways
}

/// The controls that close the way along `edges`, in order, each as if those before it were open.
fn blockers_on(model: &Model, question: &Question, edges: &[EdgeId]) -> Vec<Blocker> {
    let mut blockers = Vec::new();
    let mut here = question.packets.clone();
    for id in edges {
        let Some(edge) = model.edge(*id) else {
            continue;
        };
        for filter in edge.filters.iter() {
            here = collect(filter, here, *id, &question.assumption, &mut blockers);
        }
        here = apply(edge, &here);
        for filter in edge.filters_after.iter() {
            here = collect(filter, here, *id, &question.assumption, &mut blockers);
        }
    }
    blockers
}

/// What an edge's change makes of `packets`; where it carries none of them, of those it carries.
fn apply(edge: &Edge, packets: &FlowSet) -> FlowSet {
    let changed = edge.change.apply(packets);
    if changed.is_empty() {
        edge.change.apply(&FlowSet::all())
    } else {
        changed
    }
}

/// Adds the controls with which `filter` refuses all of `packets`, and returns what goes on.
fn collect(
    filter: &AccessList,
    packets: FlowSet,
    edge: EdgeId,
    assumption: &Assumption,
    blockers: &mut Vec<Blocker>,
) -> FlowSet {
    let sent = Bounds::exact(packets.clone());
    let passing = filter.allowed(&sent, assumption).may;
    if !passing.is_empty() {
        return passing;
    }
    let mut left: Vec<&Entry> = filter.entries().iter().collect();
    loop {
        let decision = decide_entries(left.iter().copied(), &packets, assumption);
        if !decision.allowed.may.is_empty() {
            return decision.allowed.may;
        }
        let refusing = left
            .iter()
            .zip(&decision.first_matches)
            .position(|(entry, first)| entry.access == Access::Deny && !first.is_empty());
        // Where nothing matches any more, the list ends closed.
        let Some(at) = refusing else { return packets };
        let entry = left.remove(at);
        if !entry.evidence.is_empty() {
            blockers.push(Blocker {
                edge,
                evidence: entry.evidence.clone(),
                alone: false,
            });
        }
    }
}

/// The controls without which alone the way along `edges` would be open.
fn alone_on(model: &Model, question: &Question, edges: &[EdgeId]) -> Vec<Blocker> {
    let is_absent = |id: &EdgeId| {
        let edge = model.edge(*id);
        edge.is_some_and(|edge| edge.kind == EdgeKind::Absent)
    };
    if edges.iter().any(is_absent) {
        return Vec::new();
    }
    let mut refusing: Vec<(EdgeId, &[Evidence])> = Vec::new();
    let _ = follow(model, question, edges, None, |edge, filter, packets| {
        let decision = filter.decide(packets, &question.assumption);
        let entries = filter.entries().iter().zip(&decision.first_matches);
        let entries = entries.filter(|(entry, first)| {
            entry.access == Access::Deny && !entry.evidence.is_empty() && !first.is_empty()
        });
        refusing.extend(entries.map(|(entry, _)| (edge, &*entry.evidence)));
    });
    refusing
        .into_iter()
        .take(BLOCKER_LIMIT)
        .filter(|(_, evidence)| {
            let evidence = Some(*evidence);
            follow(model, question, edges, evidence, |_, _, _| {}) == End::Open
        })
        .map(|(edge, evidence)| Blocker {
            edge,
            evidence: evidence.to_vec(),
            alone: true,
        })
        .collect()
}

/// How following a way ends.
#[derive(PartialEq)]
enum End {
    /// At its target.
    Open,
    /// At a filter that refuses all that gets to it, or at a change that carries none of it.
    Closed,
}

/// How the way along `edges` ends with the control that `left_out` proves taken away. `visit` sees
/// every filter on it with what gets there.
fn follow<'a>(
    model: &'a Model,
    question: &Question,
    edges: &[EdgeId],
    left_out: Option<&[Evidence]>,
    mut visit: impl FnMut(EdgeId, &'a AccessList, &FlowSet),
) -> End {
    let mut here = question.packets.clone();
    for id in edges {
        let Some(edge) = model.edge(*id) else {
            return End::Closed;
        };
        let before = edge.filters.iter().map(Some);
        let after = edge.filters_after.iter().map(Some);
        for filter in before.chain([None]).chain(after) {
            here = match filter {
                Some(filter) => {
                    visit(*id, filter, &here);
                    pass_without(filter, &here, question, left_out)
                }
                None => edge.change.apply(&here),
            };
            if here.is_empty() {
                return End::Closed;
            }
        }
    }
    End::Open
}

/// What of `packets` may pass `filter` with the control that `left_out` proves taken away.
fn pass_without(
    filter: &AccessList,
    packets: &FlowSet,
    question: &Question,
    left_out: Option<&[Evidence]>,
) -> FlowSet {
    let is_left_out = |entry: &Entry| {
        entry.access == Access::Deny && left_out.is_some_and(|evidence| entry.evidence == evidence)
    };
    if !filter.entries().iter().any(is_left_out) {
        let sent = Bounds::exact(packets.clone());
        return filter.allowed(&sent, &question.assumption).may;
    }
    let (gone, left): (Vec<&Entry>, Vec<&Entry>) = filter
        .entries()
        .iter()
        .partition(|entry| is_left_out(entry));
    // What it refused passes where no other entry matches it.
    let refused = gone
        .iter()
        .fold(FlowSet::empty(), |all, entry| all.union(&entry.matches.may));
    let passing = Entry::exact(Access::Allow, refused, Vec::new());
    let changed = left.into_iter().chain([&passing]);
    decide_entries(changed, packets, &question.assumption)
        .allowed
        .may
}
