//! Single points of protection, over the whole estate.

use super::Analysis;
use crate::evidence::Evidence;
use crate::reachability::Exposure;
use crate::source::Span;
use indexmap::IndexMap;

/// One control without which alone something is reached.
#[derive(Clone, Debug)]
pub struct SinglePoint<'a> {
    /// What the control says.
    pub evidence: &'a Evidence,
    /// The doors that it alone keeps closed, in the order of exposures.
    pub protects: Vec<&'a Exposure>,
}

impl Analysis {
    /// Every control without which alone a door is reached; those that protect the most resources
    /// come first.
    pub fn single_points(&self) -> Vec<SinglePoint<'_>> {
        let mut points: IndexMap<(Span, &str), SinglePoint<'_>> = IndexMap::new();
        for exposure in &self.exposures {
            for blocker in exposure.blockers.iter().filter(|blocker| blocker.alone) {
                let Some(evidence) = blocker.evidence.first() else {
                    continue;
                };
                let point = points.entry((evidence.span, &evidence.says));
                let point = point.or_insert_with(|| SinglePoint {
                    evidence,
                    protects: Vec::new(),
                });
                point.protects.push(exposure);
            }
        }
        let mut points: Vec<_> = points.into_values().collect();
        points.sort_by_key(|point| std::cmp::Reverse(point.resources()));
        points
    }
}

impl SinglePoint<'_> {
    /// How many resources it protects.
    pub fn resources(&self) -> usize {
        let mut resources: Vec<_> = self.protects.iter().map(|one| one.resource).collect();
        resources.sort_unstable();
        resources.dedup();
        resources.len()
    }
}
