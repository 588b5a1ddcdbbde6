//! One search that keeps, for every place, some ways by which it is reached.
//!
//! Where many places are asked about at once, looking for the ways to each anew would go over the
//! same ground again and again. Here the search itself remembers: each trail is one way, and a place
//! keeps a new one only where it brings packets that the others did not.

use super::path::{Path, describe};
use super::search::{Question, transfer};
use crate::evidence::Doubt;
use crate::flow::Bounds;
use crate::graph::{EdgeId, EdgeKind, Model, Node, NodeId};
use std::collections::{BTreeSet, VecDeque};
use std::sync::Arc;

/// The most trails that a place keeps. What they lack together, [`search`](super::search()) has.
const TRAILS_AT_PLACE: usize = 6;
/// The most paths that are listed for one target.
const PATH_LIMIT: usize = 16;
/// The most ways past one door that are listed.
const INNER_LIMIT: usize = 4;
/// The most ways among which the best are chosen.
const CANDIDATE_LIMIT: usize = 64;
/// Doubts that stand for what no input tells of anybody, so that one way that hangs on them says it
/// all.
const GUESSES: [&str; 3] = [
    "role-assignments-not-exported",
    "object-id-not-known",
    "principal-not-placed",
];

/// One way to a place.
#[derive(Clone, Debug)]
struct Trail {
    node: NodeId,
    /// The last step and the trail that it goes on from; `None` at the start.
    step: Option<(EdgeId, usize)>,
    /// What arrives by it.
    arriving: Bounds,
    assumes_compromise: bool,
}

/// A way that may be listed.
struct Candidate {
    edges: Vec<EdgeId>,
    is_sure: bool,
    assumes_compromise: bool,
}

/// The trails from a foothold to every place.
#[derive(Clone, Debug, Default)]
pub struct Trails {
    trails: Vec<Trail>,
    /// The trails that end at each place, by the place's number.
    at: Vec<Vec<usize>>,
}

/// The trails that answer `question`, the shortest first at each place.
///
/// O(ways · trails a place) transfers.
pub fn find_trails(model: &Model, question: &Question) -> Trails {
    let mut trails = Trails {
        trails: Vec::new(),
        at: vec![Vec::new(); model.node_bound()],
    };
    let Some(start) = model.source(&question.from) else {
        return trails;
    };
    trails.keep(Trail {
        node: start,
        step: None,
        arriving: Bounds::exact(question.packets.clone()),
        assumes_compromise: false,
    });
    let mut waiting = VecDeque::from([0]);
    while let Some(at) = waiting.pop_front() {
        let Some(here) = trails.trails.get(at).cloned() else {
            continue;
        };
        for (id, to, edge) in model.leaving(here.node) {
            if !question.takes(id, edge) {
                continue;
            }
            let arriving = transfer(edge, &here.arriving, question);
            let next = Trail {
                node: to,
                step: Some((id, at)),
                arriving,
                assumes_compromise: here.assumes_compromise || edge.assumes_compromise,
            };
            waiting.extend(trails.keep(next));
        }
    }
    trails
}

impl Trails {
    /// Keeps `trail` where it brings something new to its place; its number where it does.
    fn keep(&mut self, trail: Trail) -> Option<usize> {
        let here = self.at.get_mut(trail.node.index())?;
        if trail.arriving.may.is_empty() || here.len() >= TRAILS_AT_PLACE {
            return None;
        }
        let known = here
            .iter()
            .filter_map(|at| self.trails.get(*at))
            .fold(Bounds::empty(), |bounds, one| bounds.union(&one.arriving));
        if known.must.contains(&trail.arriving.must) && known.may.contains(&trail.arriving.may) {
            return None;
        }
        let number = self.trails.len();
        here.push(number);
        self.trails.push(trail);
        Some(number)
    }

    /// Whether anything gets to `node`.
    pub fn reaches(&self, node: NodeId) -> bool {
        self.at.get(node.index()).is_some_and(|at| !at.is_empty())
    }

    /// The ways to `target`, one for each last step where there are that many: sure ones first, then
    /// those that break into nothing, then shorter ones, at most sixteen. Of ways that hang on what
    /// no input tells, one stands for all, and only where nothing is sure.
    pub fn paths_to(&self, model: &Model, question: &Question, target: NodeId) -> Vec<Path> {
        let guesses = usize::from(!self.surely_reaches(target));
        self.best(model, question, target, (PATH_LIMIT, guesses))
    }

    /// The best way to `target` of those whose steps `fits`: a sure one before others, one that
    /// breaks into nothing before others, then the shortest.
    pub fn find_path(
        &self,
        model: &Model,
        question: &Question,
        target: NodeId,
        fits: impl Fn(&[EdgeId]) -> bool,
    ) -> Option<Path> {
        let mut found: Vec<Candidate> = Vec::new();
        self.extend(model, question, (target, target), &[], &mut found);
        found.retain(|one| fits(&one.edges));
        found.sort_by_key(|one| (!one.is_sure, one.assumes_compromise, one.edges.len()));
        found
            .iter()
            .map(|one| describe(model, question, &one.edges))
            .find(|path| !path.arriving.may.is_empty())
    }

    fn surely_reaches(&self, node: NodeId) -> bool {
        let here = self.at.get(node.index()).into_iter().flatten();
        here.filter_map(|at| self.trails.get(*at))
            .any(|trail| !trail.arriving.must.is_empty())
    }

    /// The best `limit` ways, of which at most `guesses` hang on what no input tells.
    fn best(
        &self,
        model: &Model,
        question: &Question,
        target: NodeId,
        (limit, mut guesses): (usize, usize),
    ) -> Vec<Path> {
        let mut found: Vec<Candidate> = Vec::new();
        self.extend(model, question, (target, target), &[], &mut found);
        found.sort_by_key(|one| (!one.is_sure, one.assumes_compromise, one.edges.len()));
        let mut paths: Vec<Path> = Vec::new();
        for candidate in found.iter().take(3 * limit) {
            if paths.len() >= limit {
                break;
            }
            let path = describe(model, question, &candidate.edges);
            if path.arriving.may.is_empty() {
                continue;
            }
            if is_guess(&path) {
                if guesses == 0 {
                    continue;
                }
                guesses -= 1;
            }
            paths.push(path);
        }
        paths
    }

    /// Adds the ways that lead to `node` and from there by `rest` to `target`. Of a role or a key,
    /// which many hold, each holder's way counts.
    fn extend(
        &self,
        model: &Model,
        question: &Question,
        (node, target): (NodeId, NodeId),
        rest: &[EdgeId],
        found: &mut Vec<Candidate>,
    ) {
        for (id, from, edge) in model.arriving(node) {
            if found.len() >= CANDIDATE_LIMIT || !question.takes(id, edge) {
                continue;
            }
            let rest: Vec<EdgeId> = std::iter::once(id).chain(rest.iter().copied()).collect();
            let passes_on = matches!(model.node(from), Some(Node::Role(..) | Node::Key(_)));
            let starts = model.source(&question.from) == Some(from);
            if passes_on && !starts && rest.len() < 3 {
                self.extend(model, question, (from, target), &rest, found);
                continue;
            }
            for at in self.at.get(from.index()).into_iter().flatten() {
                found.extend(self.candidate(model, question, *at, &rest, target));
            }
        }
    }

    /// The way by trail `at` and then `rest`; `None` where nothing gets through or it comes by
    /// `target` already.
    fn candidate(
        &self,
        model: &Model,
        question: &Question,
        at: usize,
        rest: &[EdgeId],
        target: NodeId,
    ) -> Option<Candidate> {
        let trail = self.trails.get(at)?;
        let mut arriving = trail.arriving.clone();
        let mut assumes_compromise = trail.assumes_compromise;
        for edge in rest.iter().filter_map(|id| model.edge(*id)) {
            arriving = transfer(edge, &arriving, question);
            assumes_compromise |= edge.assumes_compromise;
        }
        if arriving.may.is_empty() {
            return None;
        }
        let mut edges = self.edges(at, target)?;
        edges.extend(rest);
        Some(Candidate {
            edges,
            is_sure: !arriving.must.is_empty(),
            assumes_compromise,
        })
    }

    /// The steps of trail `at`; `None` where it goes through `without`.
    fn edges(&self, at: usize, without: NodeId) -> Option<Vec<EdgeId>> {
        let mut edges = Vec::new();
        let mut here = self.trails.get(at)?;
        loop {
            if here.node == without {
                return None;
            }
            let Some((edge, before)) = here.step else {
                break;
            };
            edges.push(edge);
            here = self.trails.get(before)?;
        }
        edges.reverse();
        Some(edges)
    }
}

fn is_guess(path: &Path) -> bool {
    path.doubts
        .iter()
        .any(|doubt| GUESSES.contains(&doubt.code))
}

/// The ways to what lies behind door number `door` that do not come by the door itself: by an
/// identity, a key, or code that was broken into.
pub(super) fn inner_paths(
    model: &Model,
    question: &Question,
    trails: &Trails,
    door: usize,
) -> Vec<Path> {
    let (Some(inside), Some(front)) = (
        model.find(&Node::Inside(door)),
        model.find(&Node::Door(door)),
    ) else {
        return Vec::new();
    };
    if !trails.reaches(inside) {
        return Vec::new();
    }
    // What hangs on the rights of which no input tells is said once for the estate.
    let mut paths = trails.best(model, question, inside, (INNER_LIMIT, 0));
    paths.retain(|path| {
        let last = path.hops.last();
        last.is_some_and(|hop| hop.from != front || hop.kind != EdgeKind::Authenticate)
    });
    paths
}

/// What no input tells of the rights in the estate, each doubt once, in the order of ways.
pub fn find_guesses(model: &Model) -> Vec<Arc<Doubt>> {
    let mut found: Vec<Arc<Doubt>> = Vec::new();
    for (_, _, _, edge) in model.edges() {
        if let Some(doubt) = &edge.doubt
            && GUESSES.contains(&doubt.code)
            && !found.iter().any(|known| known.key == doubt.key)
        {
            found.push(Arc::clone(doubt));
        }
    }
    found
}

/// The places that `trails` get to, each once, in order of number.
pub(super) fn reached(trails: &Trails) -> BTreeSet<NodeId> {
    trails.trails.iter().map(|trail| trail.node).collect()
}
