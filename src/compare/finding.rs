//! Findings that came and went.

use super::matching::Pair;
use crate::analysis::Analysis;
use crate::resource::ResourceIndex;
use crate::rule::{Check, Finding, Status};
use std::collections::BTreeMap;

/// One finding in either version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FindingChange {
    /// Its place in the old analysis.
    pub old: Option<usize>,
    /// Its place in the new analysis.
    pub new: Option<usize>,
}

impl FindingChange {
    /// Whether only the new version has it.
    pub fn came(&self) -> bool {
        self.old.is_none()
    }

    /// Whether only the old version has it.
    pub fn went(&self) -> bool {
        self.new.is_none()
    }
}

/// What makes two findings one: the rule, whether it is sure, the resource in the new version's
/// numbers (of one that is gone, in the old version's), and what is wrong.
type Key<'a> = (&'a str, Status, Option<(bool, ResourceIndex)>, Vec<&'a str>);

/// Every finding of either version: those of the new one in its order, then those that went.
pub(super) fn compare_findings(
    old: &Analysis,
    new: &Analysis,
    pairs: &[Pair],
) -> Vec<FindingChange> {
    let new_of: BTreeMap<ResourceIndex, ResourceIndex> =
        pairs.iter().map(|pair| (pair.old, pair.new)).collect();
    let mut before: BTreeMap<Key<'_>, Vec<usize>> = BTreeMap::new();
    for (at, finding) in old.findings.iter().enumerate().rev() {
        let resource = finding.resource.map(|index| match new_of.get(&index) {
            Some(new) => (true, *new),
            None => (false, index),
        });
        before.entry(key(finding, resource)).or_default().push(at);
    }
    let mut changes = Vec::new();
    for (at, finding) in new.findings.iter().enumerate() {
        let resource = finding.resource.map(|index| (true, index));
        let known = before.get_mut(&key(finding, resource));
        changes.push(FindingChange {
            old: known.and_then(Vec::pop),
            new: Some(at),
        });
    }
    let mut gone: Vec<usize> = before.into_values().flatten().collect();
    gone.sort_unstable();
    changes.extend(gone.into_iter().map(|at| FindingChange {
        old: Some(at),
        new: None,
    }));
    changes
}

fn key(finding: &Finding, resource: Option<(bool, ResourceIndex)>) -> Key<'_> {
    // What sums up several resources stands at the first of them, whichever that is.
    let resource = resource.filter(|_| !matches!(finding.rule.check, Check::Undecided));
    let parts = finding.parts.iter().map(|part| &**part).collect();
    (finding.rule.id, finding.status, resource, parts)
}
