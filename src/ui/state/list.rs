//! What the lists are narrowed to.

use crate::diagram::Mark;
use crate::view::{AssetSort, Outcome};
use leptos::prelude::*;
use std::collections::BTreeSet;

/// Which assets are listed, and in what order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AssetFilter {
    /// Words that must occur.
    pub text: String,
    /// The verdicts; all where empty.
    pub outcomes: BTreeSet<Outcome>,
    /// The types; all where empty.
    pub kinds: BTreeSet<String>,
    /// The order.
    pub sort: AssetSort,
}

/// Which findings are listed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FindingFilter {
    /// Words that must occur.
    pub text: String,
    /// The severities; all where empty.
    pub marks: BTreeSet<Mark>,
}

/// The filters of all lists.
#[derive(Clone, Copy, Debug)]
pub struct Lists {
    /// Of assets.
    pub assets: RwSignal<AssetFilter>,
    /// Of findings.
    pub findings: RwSignal<FindingFilter>,
    /// Of paths: words that must occur.
    pub paths: RwSignal<String>,
}

impl Lists {
    pub(super) fn new() -> Self {
        Self {
            assets: RwSignal::new(AssetFilter::default()),
            findings: RwSignal::new(FindingFilter::default()),
            paths: RwSignal::new(String::new()),
        }
    }

    /// Takes every filter off.
    pub fn clear(self) {
        self.assets.set(AssetFilter::default());
        self.findings.set(FindingFilter::default());
        self.paths.set(String::new());
    }
}
