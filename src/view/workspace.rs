//! A finished review with everything that the screens ask of it.

use super::inspector::card_of;
use super::scene::scene_of;
use super::{
    AssetQuery, AssetWindow, Assets, Card, FindingQuery, FindingWindow, Findings, Ground,
    SceneOptions, SceneView, Secrets, Selection,
};
use crate::analysis::Analysis;

/// A review and its tables, made once and asked for windows and cards.
#[derive(Debug)]
pub struct Workspace {
    analysis: Analysis,
    secrets: Secrets,
    assets: Assets,
    findings: Findings,
}

impl Workspace {
    /// The workspace of `analysis`. About linear in what was found and read.
    pub fn new(analysis: Analysis) -> Self {
        let secrets = Secrets::find(&analysis);
        let findings = Findings::new(&analysis);
        let assets = Assets::new(&analysis, &findings);
        Self {
            analysis,
            secrets,
            assets,
            findings,
        }
    }

    /// The review.
    pub fn analysis(&self) -> &Analysis {
        &self.analysis
    }

    /// All rows of the table of assets.
    pub fn all_assets(&self) -> &Assets {
        &self.assets
    }

    fn ground(&self) -> Ground<'_> {
        Ground {
            analysis: &self.analysis,
            secrets: &self.secrets,
        }
    }

    /// A window of the table of assets.
    pub fn assets(&self, query: &AssetQuery) -> AssetWindow {
        self.assets.window(query)
    }

    /// A window of the table of findings.
    pub fn findings(&self, query: &FindingQuery) -> FindingWindow {
        self.findings.window(query)
    }

    /// The card of `selection` with path `path` in full; `None` for what is not in the review.
    pub fn card(&self, selection: &Selection, path: usize) -> Option<Card> {
        card_of(
            self.ground(),
            (&self.assets, &self.findings),
            selection,
            path,
        )
    }

    /// The picture.
    pub fn scene(&self, options: &SceneOptions) -> SceneView {
        scene_of(&self.analysis, &self.assets, &self.findings, options)
    }
}
