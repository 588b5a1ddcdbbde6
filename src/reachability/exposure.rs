//! The verdict about every door.

use super::blocker::{Blocker, find_blockers};
use super::path::{Path, find_paths};
use super::search::{Question, Reach, search};
use super::trail::{find_trails, inner_paths};
use super::verdict::{OpenTo, Verdict, classify, judge};
use crate::evidence::Doubt;
use crate::flow::Bounds;
use crate::graph::{Foothold, Model, Node, NodeId};
use crate::resource::ResourceIndex;
use std::sync::Arc;

/// How one door stands to one foothold.
#[derive(Clone, Debug)]
pub struct Exposure {
    /// The door's place in the model.
    pub node: NodeId,
    /// The resource that it belongs to.
    pub resource: ResourceIndex,
    /// The door's place in [`Model::doors`].
    pub door: usize,
    /// Where the caller stands.
    pub source: Foothold,
    /// Whether it is reached.
    pub verdict: Verdict,
    /// By whom; `None` unless it is reached.
    pub open_to: Option<OpenTo>,
    /// What arrives: for sure, and at most.
    pub arriving: Bounds,
    /// The ways, worst first.
    pub paths: Vec<Path>,
    /// The ways past the door's authentication that do not come by the door: by an identity or a
    /// key, mostly after something was broken into. They change no verdict.
    pub inner_paths: Vec<Path>,
    /// What closes it, where it is closed.
    pub blockers: Vec<Blocker>,
    /// What is open, where that keeps it from being decided.
    pub questions: Vec<OpenQuestion>,
}

/// A doubt on which a verdict hangs, with the verdict under each answer.
#[derive(Clone, Debug)]
pub struct OpenQuestion {
    /// The doubt.
    pub doubt: Arc<Doubt>,
    /// Each answer with the verdict that it would give, other doubts left as they are.
    pub if_settled: Vec<(String, Verdict)>,
}

/// The exposure of every door to the question's foothold, in the order of doors.
pub fn find_exposures(model: &Model, question: &Question) -> Vec<Exposure> {
    let reach = search(model, question);
    let broken_into = question.breaking_in();
    let trails = find_trails(model, &broken_into);
    // Who has a token or a key is asked what lies behind the door, not whether it answers.
    let start = model.source(&question.from);
    let holds_proof = matches!(
        start.and_then(|node| model.node(node)),
        Some(Node::Identity(_) | Node::Key(_) | Node::External(_))
    );
    (0..model.doors.len())
        .filter_map(|door| {
            let inside = model.find(&Node::Inside(door)).filter(|_| holds_proof);
            let node = inside.or_else(|| model.find(&Node::Door(door)))?;
            let resource = model.doors.get(door)?.resource;
            let mut exposure = expose(model, question, &reach, (node, door, resource));
            if !holds_proof {
                exposure.inner_paths = inner_paths(model, &broken_into, &trails, door);
            }
            Some(exposure)
        })
        .collect()
}

fn expose(
    model: &Model,
    question: &Question,
    reach: &Reach,
    (node, door, resource): (NodeId, usize, ResourceIndex),
) -> Exposure {
    let arriving = reach.at(node);
    let mut exposure = Exposure {
        node,
        resource,
        door,
        source: question.from.clone(),
        verdict: judge(&arriving, false),
        open_to: None,
        paths: Vec::new(),
        inner_paths: Vec::new(),
        blockers: Vec::new(),
        questions: Vec::new(),
        arriving,
    };
    if exposure.verdict == Verdict::Blocked {
        exposure.blockers = find_blockers(model, question, node);
        return exposure;
    }
    exposure.paths = find_paths(model, question, node);
    if exposure.verdict == Verdict::Reachable {
        // Behind a translation or a proxy the sender is another: the caller's own packets tell.
        let sure = exposure.paths.iter().filter(|path| path.is_sure());
        let open_to = sure.filter_map(|path| classify(&path.admitted)).min();
        exposure.open_to = open_to.or_else(|| classify(&exposure.arriving.must));
        return exposure;
    }
    let doubts = collect_doubts(&exposure.paths);
    let left_open = !doubts.is_empty() && doubts.iter().all(|doubt| doubt.left_open);
    exposure.verdict = judge(&exposure.arriving, left_open);
    exposure.questions = doubts
        .into_iter()
        .map(|doubt| OpenQuestion {
            if_settled: settle(model, question, node, &doubt),
            doubt,
        })
        .collect();
    exposure
}

/// The doubts of all `paths`, each once, in order.
fn collect_doubts(paths: &[Path]) -> Vec<Arc<Doubt>> {
    let mut doubts: Vec<Arc<Doubt>> = Vec::new();
    for doubt in paths.iter().flat_map(|path| &path.doubts) {
        if !doubts.iter().any(|known| known.key == doubt.key) {
            doubts.push(Arc::clone(doubt));
        }
    }
    doubts
}

/// The verdict under each answer to `doubt`.
fn settle(
    model: &Model,
    question: &Question,
    node: NodeId,
    doubt: &Doubt,
) -> Vec<(String, Verdict)> {
    if doubt.outcomes.is_empty() {
        return Vec::new();
    }
    let verdict = |holds: bool| {
        let mut assumption = question.assumption.clone();
        assumption.push((doubt.key.clone(), holds));
        let paths = find_paths(model, &question.assuming(assumption), node);
        let arriving = paths
            .iter()
            .fold(Bounds::empty(), |bounds, path| bounds.union(&path.arriving));
        let left_open = collect_doubts(&paths).iter().all(|doubt| doubt.left_open);
        judge(&arriving, left_open)
    };
    let (yes, no) = (verdict(true), verdict(false));
    let outcomes = doubt.outcomes.iter();
    outcomes
        .map(|(value, holds)| (value.clone(), if *holds { yes } else { no }))
        .collect()
}
