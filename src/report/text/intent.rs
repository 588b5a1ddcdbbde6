//! What the reviewer laid down, and what differs from it.

use super::{TextStyle, write_evidence};
use crate::analysis::Analysis;
use crate::rule::{Finding, Status, WaiverState};
use std::fmt::Write as _;

/// How the estate differs from the intent, or that it does not.
pub(super) fn write_deviations(out: &mut String, analysis: &Analysis, style: TextStyle) {
    let reviewed = &analysis.reviewed;
    if reviewed.intent.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style.strong("Intent"));
    if reviewed.deviations.is_empty() {
        let _ = writeln!(out, "  The estate is as meant.");
    }
    for deviation in &reviewed.deviations {
        let mut word = deviation.severity.as_str().to_owned();
        if deviation.status == Status::Undetermined {
            word.push('?');
        }
        let kind = deviation.kind.as_str();
        let _ = writeln!(out, "  {word:<10}{kind:<11}  {}", deviation.message);
        let first = deviation.evidence.get(..1).unwrap_or_default();
        write_evidence(out, analysis, first, "            ");
    }
}

/// How many findings stand by the reviewer's word, and what has become of waivers that let nothing
/// stand.
pub(super) fn write_waived(out: &mut String, analysis: &Analysis, waived: &[&Finding]) {
    let by_intent = |finding: &&&Finding| finding.waived.as_ref().is_some_and(|one| one.by_intent);
    let intended = waived.iter().filter(by_intent).count();
    let expired = analysis
        .reviewed
        .waivers
        .iter()
        .filter(|(_, state)| *state == WaiverState::Expired)
        .count();
    let mut parts = Vec::new();
    let others = waived.len() - intended;
    if others > 0 {
        parts.push(format!("{others} let stand by waivers"));
    }
    if intended > 0 {
        parts.push(format!("{intended} meant to be so"));
    }
    if expired > 0 {
        let plural = if expired == 1 { "" } else { "s" };
        parts.push(format!("{expired} waiver{plural} expired"));
    }
    if !parts.is_empty() {
        let _ = writeln!(out, "\nBesides: {}", parts.join(", "));
    }
}
