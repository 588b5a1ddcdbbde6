//! What the reviewer laid down, as the JSON report tells it.

use super::evidence;
use crate::analysis::Analysis;
use crate::report::Baseline;
use crate::report::form::{
    ReportDeviation, ReportExpectation, ReportNote, ReportWaived, ReportWaiver,
};
use crate::rule::Waived;

/// `new` or `unchanged`; `None` where there is no baseline.
pub(super) fn baseline_state(
    analysis: &Analysis,
    baseline: Option<&Baseline>,
    fingerprint: &str,
) -> Option<String> {
    let known = baseline?.knows(analysis.first_file(), fingerprint);
    Some(if known { "unchanged" } else { "new" }.to_owned())
}

pub(super) fn waived(waived: &Waived) -> ReportWaived {
    ReportWaived {
        reason: waived.reason.as_str().to_owned(),
        text: waived.text.clone(),
        owner: waived.owner.clone(),
        expires: waived.expires.clone(),
        by_intent: waived.by_intent,
    }
}

pub(super) fn deviations(analysis: &Analysis, baseline: Option<&Baseline>) -> Vec<ReportDeviation> {
    let lines = &analysis.reviewed.intent.expectations;
    let deviations = analysis.reviewed.deviations.iter();
    deviations
        .map(|one| ReportDeviation {
            kind: one.kind.as_str().to_owned(),
            severity: one.severity.as_str().to_owned(),
            status: one.status.as_str().to_owned(),
            expectation: one
                .expectation
                .and_then(|at| lines.get(at))
                .map(crate::reviewer::Expectation::title),
            source: one.from.clone(),
            resource: one
                .resource
                .and_then(|index| analysis.inventory.get(index))
                .map(|resource| resource.id.to_string()),
            door: one.door.clone(),
            message: one.message.clone(),
            evidence: evidence(analysis, &one.evidence),
            fingerprint: one.fingerprint.clone(),
            baseline_state: baseline_state(analysis, baseline, &one.fingerprint),
        })
        .collect()
}

pub(super) fn waivers(analysis: &Analysis) -> Vec<ReportWaiver> {
    let waivers = analysis.reviewed.waivers.iter();
    waivers
        .map(|(waiver, state)| ReportWaiver {
            rule: waiver.rule.clone(),
            fingerprint: waiver.fingerprint.clone(),
            resource: waiver.resource.clone(),
            reason: waiver.reason.as_str().to_owned(),
            text: waiver.text.clone(),
            owner: waiver.owner.clone(),
            expires: waiver.expires.clone(),
            state: state.as_str().to_owned(),
        })
        .collect()
}

pub(super) fn notes(analysis: &Analysis) -> Vec<ReportNote> {
    let notes = analysis.reviewed.notes.iter();
    notes
        .map(|note| ReportNote {
            about: note.about.clone(),
            text: note.text.clone(),
            by: note.by.clone(),
            on: note.on.clone(),
        })
        .collect()
}

pub(super) fn intent(analysis: &Analysis) -> Vec<ReportExpectation> {
    let reviewed = &analysis.reviewed;
    let lines = reviewed.intent.expectations.iter().enumerate();
    lines
        .map(|(at, line)| ReportExpectation {
            title: line.title(),
            source: line.from.clone(),
            to: line.to.clone(),
            reach: line.reach.as_str().to_owned(),
            why: line.why.clone(),
            holds: reviewed
                .deviations
                .iter()
                .all(|one| one.expectation != Some(at)),
        })
        .collect()
}
