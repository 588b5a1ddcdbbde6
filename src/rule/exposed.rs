//! What the internet gets to, as an answer with its reasons.

use super::{Answer, Context};
use crate::evidence::{Doubt, Evidence};
use crate::reachability::{Exposure, OpenTo, Path, Verdict};
use crate::resource::{AuthenticationMode, ResourceIndex};

/// Whether anyone on the internet, or any customer of Azure, gets to a door of `resource`. What has
/// no door is not reached, and neither is what only listed addresses get to.
pub(super) fn internet_reaches(context: &Context<'_>, resource: ResourceIndex) -> Answer {
    Answer::any(
        context
            .exposures_of(resource)
            .into_iter()
            .map(|exposure| is_open(context, exposure)),
    )
}

/// Whether anyone gets to the door of `exposure`.
pub(super) fn is_open(context: &Context<'_>, exposure: &Exposure) -> Answer {
    match exposure.verdict {
        Verdict::Reachable if exposure.open_to == Some(OpenTo::Listed) => Answer::No,
        Verdict::Reachable => Answer::Yes(proof(context, exposure)),
        Verdict::Blocked => Answer::No,
        Verdict::Conditional | Verdict::Undetermined => Answer::Open(doubts(context, exposure)),
    }
}

/// Whether anyone on the internet gets to a door of `resource` that asks for nothing.
pub(super) fn anyone_enters(context: &Context<'_>, resource: ResourceIndex) -> Answer {
    Answer::any(
        context
            .exposures_of(resource)
            .into_iter()
            .map(|exposure| is_open(context, exposure).and(|| takes_anyone(context, exposure))),
    )
}

/// Whether the door of `exposure` asks callers for nothing.
fn takes_anyone(context: &Context<'_>, exposure: &Exposure) -> Answer {
    let Some(entry) = context.model.doors.get(exposure.door) else {
        return Answer::No;
    };
    let authentication = &entry.door.authentication;
    let anonymous = |mode: &AuthenticationMode| *mode == AuthenticationMode::Anonymous;
    if let Some((_, evidence)) = authentication
        .accepted
        .iter()
        .find(|(mode, _)| anonymous(mode))
    {
        return Answer::yes(evidence.clone());
    }
    match authentication
        .uncertain
        .iter()
        .find(|(mode, _)| anonymous(mode))
    {
        Some((_, doubt)) => Answer::open(doubt.clone()),
        None => Answer::No,
    }
}

/// What proves an open door: what decides on its first path, at most two statements.
pub(super) fn proof(context: &Context<'_>, exposure: &Exposure) -> Vec<Evidence> {
    let mut evidence = exposure.paths.first().map(deciding).unwrap_or_default();
    evidence.truncate(2);
    if evidence.is_empty()
        && let Some(resource) = context.inventory.get(exposure.resource)
    {
        let says = format!("the internet reaches `{}`", resource.name);
        evidence.push(Evidence::stated(resource.span, says));
    }
    evidence
}

/// What decides on `path`: the evidence of its last hop that has any.
pub(super) fn deciding(path: &Path) -> Vec<Evidence> {
    let last = path.hops.iter().rev().find(|hop| !hop.evidence.is_empty());
    last.map(|hop| hop.evidence.clone()).unwrap_or_default()
}

fn doubts(context: &Context<'_>, exposure: &Exposure) -> Vec<Doubt> {
    let mut doubts: Vec<Doubt> = exposure
        .questions
        .iter()
        .map(|question| (*question.doubt).clone())
        .collect();
    if doubts.is_empty()
        && let Some(resource) = context.inventory.get(exposure.resource)
    {
        doubts.push(Doubt::outside(
            "exposure-unknown",
            format!("{}|reached", resource.id),
            format!(
                "whether the internet reaches `{}` is not decided",
                resource.name
            ),
            format!(
                "what decides whether the internet reaches `{}`",
                resource.name
            ),
            resource.span,
        ));
    }
    doubts
}
