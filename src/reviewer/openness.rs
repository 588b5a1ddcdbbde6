//! Findings that say no more than that something is open which is meant to be.

use super::intent::{Deviation, Intent, Reach};
use super::judge::{Estate, concerns};
use crate::reachability::{Exposure, Verdict};
use crate::resource::ResourceIndex;
use crate::rule::{Finding, Reason, Waived};
use crate::source::Span;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Marks the findings that are borne out by nothing but what opens a door which the intent means to
/// be open to the internet; `exposures` are those to the internet. A resource about which there is a
/// deviation keeps its findings. O(findings · log exposures).
pub fn mark_intended(
    estate: Estate<'_>,
    intent: &Intent,
    exposures: &[Exposure],
    deviations: &[Deviation],
    findings: &mut [Finding],
) {
    let deviating: BTreeSet<ResourceIndex> =
        deviations.iter().filter_map(|one| one.resource).collect();
    let mut opening: BTreeSet<(ResourceIndex, Span)> = BTreeSet::new();
    for exposure in exposures {
        let meant = intent.expectations.iter().any(|line| {
            line.from.eq_ignore_ascii_case("internet")
                && line.reach != Reach::MustNot
                && concerns(estate, line, exposure)
        });
        if !meant || exposure.verdict == Verdict::Blocked || deviating.contains(&exposure.resource)
        {
            continue;
        }
        let hops = exposure.paths.iter().flat_map(|path| &path.hops);
        let spans = hops.flat_map(|hop| &hop.evidence).map(|one| one.span);
        opening.extend(spans.map(|span| (exposure.resource, span)));
    }
    let waived = Arc::new(Waived {
        reason: Reason::Intended,
        text: "the intent means it to be open".to_owned(),
        owner: None,
        expires: None,
        by_intent: true,
    });
    for finding in findings.iter_mut().filter(|one| one.waived.is_none()) {
        let Some(resource) = finding.resource else {
            continue;
        };
        let is_meant = !finding.evidence.is_empty()
            && finding
                .evidence
                .iter()
                .all(|one| opening.contains(&(resource, one.span)));
        if is_meant {
            finding.waived = Some(Arc::clone(&waived));
        }
    }
}
