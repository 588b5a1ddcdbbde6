//! What the reviewer laid down, as the JSON report tells it.

use super::evidence;
use super::form::{ReportDeviation, ReportNote, ReportWaived, ReportWaiver};
use crate::analysis::Analysis;
use crate::report::Baseline;
use crate::rule::Waived;

/// `new` or `unchanged`; `None` where there is no baseline.
pub(super) fn baseline_state(
    analysis: &Analysis,
    baseline: Option<&Baseline>,
    fingerprint: &str,
) -> Option<&'static str> {
    let known = baseline?.knows(analysis.first_file(), fingerprint);
    Some(if known { "unchanged" } else { "new" })
}

pub(super) fn waived(waived: &Waived) -> ReportWaived<'_> {
    ReportWaived {
        reason: waived.reason.as_str(),
        text: &waived.text,
        owner: waived.owner.as_deref(),
        expires: waived.expires.as_deref(),
        by_intent: waived.by_intent,
    }
}

pub(super) fn deviations<'a>(
    analysis: &'a Analysis,
    baseline: Option<&Baseline>,
) -> Vec<ReportDeviation<'a>> {
    let lines = &analysis.reviewed.intent.expectations;
    let deviations = analysis.reviewed.deviations.iter();
    deviations
        .map(|one| ReportDeviation {
            kind: one.kind.as_str(),
            severity: one.severity.as_str(),
            status: one.status.as_str(),
            expectation: one
                .expectation
                .and_then(|at| lines.get(at))
                .map(crate::reviewer::Expectation::title),
            source: &one.from,
            resource: one
                .resource
                .and_then(|index| analysis.inventory.get(index))
                .map(|resource| resource.id.as_str()),
            door: &one.door,
            message: &one.message,
            evidence: evidence(analysis, &one.evidence),
            fingerprint: &one.fingerprint,
            baseline_state: baseline_state(analysis, baseline, &one.fingerprint),
        })
        .collect()
}

pub(super) fn waivers(analysis: &Analysis) -> Vec<ReportWaiver<'_>> {
    let waivers = analysis.reviewed.waivers.iter();
    waivers
        .map(|(waiver, state)| ReportWaiver {
            rule: &waiver.rule,
            fingerprint: waiver.fingerprint.as_deref(),
            resource: waiver.resource.as_deref(),
            reason: waiver.reason.as_str(),
            text: &waiver.text,
            owner: &waiver.owner,
            expires: waiver.expires.as_deref(),
            state: state.as_str(),
        })
        .collect()
}

pub(super) fn notes(analysis: &Analysis) -> Vec<ReportNote<'_>> {
    let notes = analysis.reviewed.notes.iter();
    notes
        .map(|note| ReportNote {
            about: &note.about,
            text: &note.text,
            by: note.by.as_deref(),
            on: note.on.as_deref(),
        })
        .collect()
}
