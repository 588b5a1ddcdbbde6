//! Exposures that opened, closed or stayed.

use super::matching::Pair;
use crate::analysis::Analysis;
use crate::reachability::{Exposure, OpenTo, Verdict};
use crate::resource::{AuthenticationMode, ResourceIndex};
use std::collections::{BTreeMap, BTreeSet};

/// Which way an exposure went.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trend {
    /// It is wider than before, or new and not surely closed.
    Opened,
    /// It is as wide as before but by other ports, proofs or controls.
    Changed,
    /// It is narrower than before, or gone with its resource.
    Closed,
    /// It is as it was.
    Unchanged,
}

/// A control that came or went.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ControlChange {
    /// What it says.
    pub says: String,
    /// Whether it came; otherwise it went.
    pub came: bool,
}

/// One exposure in both versions.
#[derive(Clone, Debug)]
pub struct ExposureChange {
    /// Its place in the old analysis.
    pub old: Option<usize>,
    /// Its place in the new analysis.
    pub new: Option<usize>,
    /// Which way it went.
    pub trend: Trend,
    /// The controls that came and went.
    pub controls: Vec<ControlChange>,
}

/// What of an exposure is compared.
#[derive(PartialEq)]
struct Standing {
    width: (Verdict, Option<OpenTo>),
    ports: String,
    authentication: BTreeSet<AuthenticationMode>,
    controls: BTreeSet<String>,
}

/// Every exposure of either version, those that opened first, else in the order of the new version
/// and then of the old one.
pub(super) fn compare_exposures(
    old: &Analysis,
    new: &Analysis,
    pairs: &[Pair],
) -> Vec<ExposureChange> {
    let old_of: BTreeMap<ResourceIndex, ResourceIndex> =
        pairs.iter().map(|pair| (pair.new, pair.old)).collect();
    let mut before: BTreeMap<(ResourceIndex, String), usize> = BTreeMap::new();
    for (at, exposure) in old.exposures.iter().enumerate() {
        before.insert((exposure.resource, old.door_name(exposure).to_owned()), at);
    }
    let mut changes = Vec::new();
    for (at, exposure) in new.exposures.iter().enumerate() {
        let key = old_of
            .get(&exposure.resource)
            .map(|index| (*index, new.door_name(exposure).to_owned()));
        let other = key.and_then(|key| before.remove(&key));
        let old_standing = other
            .and_then(|at| old.exposures.get(at))
            .map(|exposure| standing(old, exposure));
        changes.push(change(
            (other, Some(at)),
            old_standing.as_ref(),
            Some(&standing(new, exposure)),
        ));
    }
    for at in before.into_values() {
        let standing = old
            .exposures
            .get(at)
            .map(|exposure| standing(old, exposure));
        changes.push(change((Some(at), None), standing.as_ref(), None));
    }
    changes.sort_by_key(|change| (change.trend, change.new.is_none(), change.new, change.old));
    changes
}

fn standing(analysis: &Analysis, exposure: &Exposure) -> Standing {
    let flows = if exposure.verdict == Verdict::Reachable {
        &exposure.arriving.must
    } else {
        &exposure.arriving.may
    };
    let door = analysis.model.doors.get(exposure.door);
    let accepted = door.map(|entry| &entry.door.authentication.accepted);
    Standing {
        width: (exposure.verdict, exposure.open_to),
        ports: flows.services().to_string(),
        authentication: accepted
            .into_iter()
            .flatten()
            .map(|(mode, _)| *mode)
            .collect(),
        controls: exposure
            .blockers
            .iter()
            .filter_map(|blocker| blocker.evidence.first())
            .map(|evidence| evidence.says.to_string())
            .collect(),
    }
}

fn change(
    (old_at, new_at): (Option<usize>, Option<usize>),
    old: Option<&Standing>,
    new: Option<&Standing>,
) -> ExposureChange {
    let trend = match (old, new) {
        (Some(old), Some(new)) if old == new => Trend::Unchanged,
        (Some(old), Some(new)) => match new.width.cmp(&old.width) {
            std::cmp::Ordering::Less => Trend::Opened,
            std::cmp::Ordering::Greater => Trend::Closed,
            std::cmp::Ordering::Equal => Trend::Changed,
        },
        (None, Some(new)) if new.width.0 == Verdict::Blocked => Trend::Changed,
        (None, _) => Trend::Opened,
        (Some(old), None) if old.width.0 == Verdict::Blocked => Trend::Changed,
        (Some(_), None) => Trend::Closed,
    };
    let none = BTreeSet::new();
    let before = old.map_or(&none, |standing| &standing.controls);
    let after = new.map_or(&none, |standing| &standing.controls);
    let came = after.difference(before).map(|says| ControlChange {
        says: says.clone(),
        came: true,
    });
    let went = before.difference(after).map(|says| ControlChange {
        says: says.clone(),
        came: false,
    });
    ExposureChange {
        old: old_at,
        new: new_at,
        trend,
        controls: came.chain(went).collect(),
    }
}
