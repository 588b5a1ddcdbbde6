//! The fewest changes, resource by resource.

use super::Analysis;
use crate::evidence::Remedy;
use crate::graph::{Model, Node, NodeId};
use crate::input::Document;
use crate::reachability::{Cut, Exposure, Path, Question, Reach, Verdict, find_cut, search};
use crate::resource::kind::Asset;
use crate::resource::{Inventory, Resource, ResourceIndex};
use crate::value::value_at;
use indexmap::IndexMap;

/// The fewest changes that close every door of a resource, and what lies behind them.
#[derive(Clone, Debug)]
pub struct TargetCut {
    /// The resource.
    pub resource: ResourceIndex,
    /// The changes.
    pub cut: Cut,
}

/// The most resources for which changes are looked for in one review.
const TARGET_LIMIT: usize = 2_000;
/// The most resources for which ways through what is broken into are closed too.
const INNER_LIMIT: usize = 60;

/// The cuts of every resource that holds something and is open, in the order of `exposures`. One
/// that nothing in the template could close has none. `reach` is what arrives where for a caller who
/// breaks in.
pub(super) fn find_cuts(
    inventory: &Inventory,
    model: &Model,
    (question, reach): (&Question, &Reach),
    exposures: &[Exposure],
    documents: &[Document],
) -> Vec<TargetCut> {
    let targets = open_targets(inventory, model, exposures);
    let broken_into = question.breaking_in();
    let plainly = search(model, question);
    let mut inner_left = INNER_LIMIT;
    let mut cuts = Vec::new();
    for (resource, mut target) in targets.into_iter().take(TARGET_LIMIT) {
        let (question, reach) = if !target.inner.is_empty() && inner_left > 0 {
            inner_left -= 1;
            target.known.append(&mut target.inner);
            (&broken_into, reach)
        } else {
            (question, &plainly)
        };
        let cut = find_cut(
            model,
            question,
            (&target.nodes, &target.known),
            reach,
            |remedy| is_usable(documents, remedy),
        )
        .filter(|cut| !cut.remedies.is_empty());
        cuts.extend(cut.map(|cut| TargetCut { resource, cut }));
    }
    cuts
}

/// What of a resource is open.
#[derive(Default)]
struct OpenTarget<'a> {
    /// The doors, and what lies behind them.
    nodes: Vec<NodeId>,
    /// The ways to the doors.
    known: Vec<&'a Path>,
    /// The ways past them, by what is broken into.
    inner: Vec<&'a Path>,
}

/// Every resource that holds something and is open, in the order of `exposures`.
fn open_targets<'a>(
    inventory: &Inventory,
    model: &Model,
    exposures: &'a [Exposure],
) -> IndexMap<ResourceIndex, OpenTarget<'a>> {
    let mut targets: IndexMap<ResourceIndex, OpenTarget<'a>> = IndexMap::new();
    for exposure in exposures {
        let open = exposure.verdict != Verdict::Blocked;
        let inner = !exposure.inner_paths.is_empty();
        if !(open || inner) || !is_worth(inventory, exposure.resource) {
            continue;
        }
        let target = targets.entry(exposure.resource).or_default();
        if open {
            target.nodes.push(exposure.node);
            target.known.extend(&exposure.paths);
        }
        if inner {
            let inside = model.find(&Node::Inside(exposure.door));
            target.nodes.extend(inside);
            target.inner.extend(&exposure.inner_paths);
        }
    }
    targets
}

/// The fewest changes that close all of `targets` together; `None` where they cannot be closed
/// within the bound of steps. Resources that have no cut of their own are left out.
pub fn cut_together(analysis: &Analysis, targets: &[ResourceIndex]) -> Option<Cut> {
    let can_close = |index: &ResourceIndex| analysis.cuts.iter().any(|cut| cut.resource == *index);
    let open = open_targets(&analysis.inventory, &analysis.model, &analysis.exposures);
    let chosen = || {
        let chosen = open.iter().filter(|(index, _)| targets.contains(index));
        chosen
            .filter(|(index, _)| can_close(index))
            .map(|(_, target)| target)
    };
    let foothold = analysis.from.clone().ok()?;
    let question = Question {
        with_compromise: chosen().any(|target| !target.inner.is_empty()),
        ..Question::from_foothold(foothold)
    };
    let nodes: Vec<NodeId> = chosen().flat_map(|target| target.nodes.clone()).collect();
    let ways = chosen().flat_map(|target| target.known.iter().chain(&target.inner));
    let known: Vec<&Path> = ways.copied().collect();
    let reach = search(&analysis.model, &question);
    find_cut(
        &analysis.model,
        &question,
        (&nodes, &known),
        &reach,
        |remedy| is_usable(&analysis.documents, remedy),
    )
}

/// Whether the text can be changed so: the property stands there by its own name, or what would
/// hold it is an object, and neither is made by an expression as a whole.
fn is_usable(documents: &[Document], remedy: &Remedy) -> bool {
    let document = documents
        .iter()
        .find(|document| document.file == remedy.span.file);
    let Some(document) = document else {
        return false;
    };
    let pointer = document.pointer(remedy.span);
    if remedy.is_stated {
        let name = remedy.property.rsplit('.').next().unwrap_or_default();
        return pointer
            .rsplit('/')
            .next()
            .is_some_and(|token| token.eq_ignore_ascii_case(name));
    }
    let holder = value_at(&document.whole, &pointer);
    holder.is_some_and(|value| value.as_object().is_some() || value.is_null())
}

/// Whether a resource holds something of its own, so that to close it is worth a change.
fn is_worth(inventory: &Inventory, resource: ResourceIndex) -> bool {
    let kind = inventory.get(resource).and_then(Resource::kind);
    kind.is_some_and(|kind| !matches!(kind.asset, Asset::None | Asset::Gateway))
}
