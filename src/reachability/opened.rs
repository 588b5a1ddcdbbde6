//! What a foothold opens.

use super::search::{Question, search};
use super::trail::{Trails, find_trails, reached};
use super::verdict::{Verdict, judge};
use crate::flow::Bounds;
use crate::graph::{Model, Node, NodeId};

/// A place that a foothold opens.
#[derive(Clone, Debug)]
pub struct Opened {
    /// The place: a door, what a resource holds, a key, an identity, or code that runs somewhere.
    pub node: NodeId,
    /// What arrives there: surely, and at most.
    pub arriving: Bounds,
    /// Whether it is surely opened.
    pub verdict: Verdict,
}

/// Everything that the caller of `question` gets at, in the order of places, with the trails to
/// it; the place where the caller stands is left out.
pub fn find_opened(model: &Model, question: &Question) -> (Vec<Opened>, Trails) {
    let reach = search(model, question);
    let trails = find_trails(model, question);
    let start = model.source(&question.from);
    let opened = reached(&trails)
        .into_iter()
        .filter(|node| Some(*node) != start)
        .filter(|node| {
            matches!(
                model.node(*node),
                Some(
                    Node::Door(_)
                        | Node::Data(_)
                        | Node::Key(_)
                        | Node::Identity(_)
                        | Node::Code(_)
                        | Node::External(_)
                )
            )
        })
        .map(|node| {
            let arriving = reach.at(node);
            Opened {
                node,
                verdict: judge(&arriving, false),
                arriving,
            }
        })
        .collect();
    (opened, trails)
}
