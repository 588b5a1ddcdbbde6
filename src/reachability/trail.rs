//! One search that keeps, for every place, some ways by which it is reached.
//!
//! Where many places are asked about at once, looking for the ways to each anew would go over the
//! same ground again and again. Here the search itself remembers: each trail is one way, and a place
//! keeps a new one only where it brings packets that the others did not.

use super::path::{Path, describe};
use super::search::{Question, transfer};
use crate::flow::Bounds;
use crate::graph::{EdgeId, EdgeKind, Model, Node, NodeId};
use std::collections::{BTreeSet, VecDeque};

/// The most trails that a place keeps. What they lack together, [`search`](super::search()) has.
const TRAILS_AT_PLACE: usize = 6;
/// The most paths that are listed for one target.
const PATH_LIMIT: usize = 16;
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
    length: usize,
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
        length: 0,
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
                length: here.length + 1,
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

    /// The ways to `target`, one at least for each last step: sure ones first, then those that break
    /// into nothing, then shorter ones, at most sixteen. Of ways that hang on what no input tells,
    /// one stands for all.
    pub fn paths_to(&self, model: &Model, question: &Question, target: NodeId) -> Vec<Path> {
        let mut found: Vec<Vec<EdgeId>> = Vec::new();
        self.extend(model, question, target, &[], 0, &mut found);
        let mut paths: Vec<Path> = found
            .iter()
            .map(|edges| describe(model, question, edges))
            .filter(|path| !path.arriving.may.is_empty())
            .collect();
        paths.sort_by_key(|path| (!path.is_sure(), path.assumes_compromise, path.hops.len()));
        let mut guessed = paths.iter().any(Path::is_sure);
        paths.retain(|path| !is_guess(path) || !std::mem::replace(&mut guessed, true));
        paths.truncate(PATH_LIMIT);
        paths
    }

    /// Adds the ways to `node`, each followed by `rest`. Of a role or a key, which many hold, each
    /// holder's way counts.
    fn extend(
        &self,
        model: &Model,
        question: &Question,
        node: NodeId,
        rest: &[EdgeId],
        depth: usize,
        found: &mut Vec<Vec<EdgeId>>,
    ) {
        for (id, from, edge) in model.arriving(node) {
            if found.len() >= 4 * PATH_LIMIT || !question.takes(id, edge) {
                continue;
            }
            let rest: Vec<EdgeId> = std::iter::once(id).chain(rest.iter().copied()).collect();
            let passes_on = matches!(model.node(from), Some(Node::Role(..) | Node::Key(_)));
            let starts = model.source(&question.from) == Some(from);
            if passes_on && !starts && depth < 2 {
                self.extend(model, question, from, &rest, depth + 1, found);
                continue;
            }
            for at in self.at.get(from.index()).into_iter().flatten() {
                if let Some(mut edges) = self.edges(*at, node) {
                    edges.extend(&rest);
                    found.push(edges);
                }
            }
        }
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
    let mut paths = trails.paths_to(model, question, inside);
    paths.retain(|path| {
        path.hops
            .last()
            .is_some_and(|hop| hop.from != front || hop.kind != EdgeKind::Authenticate)
    });
    paths
}

/// The places that `trails` get to, each once, in order of number.
pub(super) fn reached(trails: &Trails) -> BTreeSet<NodeId> {
    trails.trails.iter().map(|trail| trail.node).collect()
}
