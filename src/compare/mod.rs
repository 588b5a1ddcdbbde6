//! Two versions of an estate, side by side.
//!
//! In: two analyses. Out: a [`Comparison`]: which resources belong together, which properties
//! differ, which exposures opened, closed or stayed, and which findings came and went.
//!
//! **Invariant.** Formatting, order and the names of parameters make no difference.

mod exposure;
mod finding;
mod matching;
mod property;
mod renaming;

pub use exposure::{ControlChange, ExposureChange, Trend};
pub use finding::FindingChange;
pub use matching::{MatchedBy, Pair};
pub use property::PropertyChange;

use crate::analysis::Analysis;
use crate::resource::ResourceIndex;
use matching::match_resources;
use renaming::Renaming;

/// What differs between an old and a new version.
#[derive(Clone, Debug, Default)]
pub struct Comparison {
    /// The resources that stand in both, in the order of the new version.
    pub pairs: Vec<Pair>,
    /// The resources that only the new version has, in its order.
    pub added: Vec<ResourceIndex>,
    /// The resources that only the old version had, in its order.
    pub removed: Vec<ResourceIndex>,
    /// The properties of paired resources that differ.
    pub properties: Vec<PropertyChange>,
    /// Every exposure of either version, those that got worse first.
    pub exposures: Vec<ExposureChange>,
    /// Every finding of either version: the new version's in its order, then those that went.
    pub findings: Vec<FindingChange>,
}

impl Comparison {
    /// Whether nothing that a review looks at differs.
    pub fn is_empty(&self) -> bool {
        self.added.is_empty()
            && self.removed.is_empty()
            && self.properties.is_empty()
            && self
                .exposures
                .iter()
                .all(|change| change.trend == Trend::Unchanged)
            && self
                .findings
                .iter()
                .all(|change| !change.came() && !change.went())
    }
}

/// What differs between `old` and `new`. O(n log n) but for resources that only likeness can pair,
/// which are compared with each other of their type.
pub fn compare(old: &Analysis, new: &Analysis) -> Comparison {
    let mut renaming = Renaming::default();
    let matched = match_resources(old, new, &mut renaming);
    let mut properties = Vec::new();
    for pair in &matched.pairs {
        property::compare_pair(old, new, pair, &mut renaming, &mut properties);
    }
    let exposures = exposure::compare_exposures(old, new, &matched.pairs);
    let findings = finding::compare_findings(old, new, &matched.pairs);
    Comparison {
        pairs: matched.pairs,
        added: matched.added,
        removed: matched.removed,
        properties,
        exposures,
        findings,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Options, analyse};
    use crate::input::RawFile;

    const OLD: &str = r#"{
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "parameters": {"vaultName": {"type": "string"}, "access": {"type": "string", "defaultValue": "Enabled"}},
        "resources": [
            {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-07-01", "name": "[parameters('vaultName')]",
             "properties": {"publicNetworkAccess": "[parameters('access')]", "enableRbacAuthorization": true}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01", "name": "acct",
             "properties": {"networkAcls": {"defaultAction": "Deny"}}}
        ]
    }"#;

    fn review(text: &str) -> Analysis {
        analyse(
            vec![RawFile::new("t.json", text.as_bytes())],
            &Options::default(),
        )
    }

    #[test]
    fn reformatting_reordering_and_renaming_parameters_is_no_change() {
        let compact = serde_json::from_str::<serde_json::Value>(OLD).unwrap();
        let mut moved = compact.clone();
        let resources = moved.get_mut("resources").unwrap().as_array_mut().unwrap();
        resources.reverse();
        let renamed = moved
            .to_string()
            .replace("vaultName", "kvName")
            .replace("access", "reach");
        for text in [compact.to_string(), moved.to_string(), renamed] {
            let comparison = compare(&review(OLD), &review(&text));
            assert!(comparison.is_empty(), "{comparison:#?}");
        }
    }

    #[test]
    fn one_flipped_property_is_just_that_and_what_follows() {
        let new = OLD.replace(
            "\"defaultValue\": \"Enabled\"",
            "\"defaultValue\": \"Disabled\"",
        );
        let comparison = compare(&review(OLD), &review(&new));
        let paths: Vec<_> = comparison
            .properties
            .iter()
            .map(|one| one.path.as_str())
            .collect();
        assert_eq!(paths, ["properties.publicNetworkAccess"]);
        let closed = |one: &&ExposureChange| one.trend == Trend::Closed;
        assert_eq!(comparison.exposures.iter().filter(closed).count(), 1);
        let went: Vec<_> = comparison
            .findings
            .iter()
            .filter(|one| one.went())
            .collect();
        assert!(!went.is_empty());
        assert!(went.iter().all(|one| one.old.is_some()));
        let back = compare(&review(&new), &review(OLD));
        assert_eq!(
            back.exposures
                .iter()
                .filter(|one| one.trend == Trend::Opened)
                .count(),
            1
        );
    }
}
