//! A finished review with everything that the screens ask of it.

use super::inspector::card_of;
use super::scene::scene_of;
use super::{
    AssetQuery, AssetWindow, Assets, Card, CoverageView, FindingQuery, FindingWindow, Findings,
    Ground, Hits, ParameterRow, PathQuery, PathWindow, Paths, SceneOptions, SceneView, SearchIndex,
    Secrets, Selection, SourceMarks, SourceRow, SourceWindow, Summary,
};
use crate::analysis::Analysis;

/// A review and its tables, made once and asked for windows and cards.
#[derive(Debug)]
pub struct Workspace {
    analysis: Analysis,
    secrets: Secrets,
    assets: Assets,
    paths: Paths,
    findings: Findings,
    marks: SourceMarks,
    index: SearchIndex,
}

impl Workspace {
    /// The workspace of `analysis`. About linear in what was found and read.
    pub fn new(analysis: Analysis) -> Self {
        let secrets = Secrets::find(&analysis);
        let findings = Findings::new(&analysis);
        let assets = Assets::new(&analysis, &findings);
        let ground = Ground {
            analysis: &analysis,
            secrets: &secrets,
        };
        let paths = Paths::new(ground, &assets);
        let marks = SourceMarks::new(&analysis, &findings);
        let index = SearchIndex::new(&analysis, &assets, &findings);
        Self {
            analysis,
            secrets,
            assets,
            paths,
            findings,
            marks,
            index,
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

    /// A window of the table of paths.
    pub fn paths(&self, query: &PathQuery) -> PathWindow {
        self.paths.window(query)
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
        // A finding is seen where its resource is.
        let row = match &options.selection {
            Some(Selection::Finding(fingerprint)) => self.findings.find(fingerprint),
            _ => None,
        };
        let about = row.map(|row| SceneOptions {
            selection: Some(Selection::Resource(row.resource.clone())),
            ..options.clone()
        });
        let options = about.as_ref().unwrap_or(options);
        scene_of(&self.analysis, &self.assets, &self.findings, options)
    }

    /// The sentence on top, the counts, and the line at the bottom.
    pub fn summary(&self) -> Summary {
        Summary::new(&self.analysis, (&self.assets, &self.findings, &self.paths))
    }

    /// What was read, what could not be, and what that caps.
    pub fn coverage(&self) -> CoverageView {
        CoverageView::new(self.ground())
    }

    /// The declared parameters, those on which most hangs first.
    pub fn parameters(&self) -> Vec<ParameterRow> {
        ParameterRow::all(self.ground())
    }

    /// The files of the review.
    pub fn sources(&self) -> Vec<SourceRow> {
        self.marks.files(&self.analysis)
    }

    /// `count` lines of the file called `name` from line `first` on, which counts from 1; `None`
    /// for no file of the review.
    pub fn source(&self, name: &str, first: u32, count: usize) -> Option<SourceWindow> {
        self.marks.window(self.ground(), name, first, count)
    }

    /// What `query` finds among names, types, rules, parameters and files.
    pub fn search(&self, query: &str) -> Hits {
        self.index.find(query)
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{EXAMPLES, Estate};
    use super::super::{ChangesView, Difference};
    use super::*;
    use crate::input::RawFile;

    /// Everything that a page can ask, as the text that crosses to it.
    fn everything(workspace: &Workspace) -> String {
        let mut out = Vec::new();
        let mut write = |value: serde_json::Value| out.push(value.to_string());
        let json = |value: &dyn erased::Shown| value.json();
        write(json(&workspace.summary()));
        write(json(&workspace.coverage()));
        write(json(&workspace.parameters()));
        let analysis = workspace.analysis();
        let since = Difference::of(analysis, analysis);
        write(json(&ChangesView::new(analysis, Some(since), None)));
        write(json(&workspace.sources()));
        write(json(&workspace.search("")));
        let all = AssetQuery {
            count: AssetQuery::ROWS,
            ..AssetQuery::default()
        };
        let window = workspace.assets(&all);
        write(json(&window));
        let all = FindingQuery {
            count: FindingQuery::ROWS,
            ..FindingQuery::default()
        };
        write(json(&workspace.findings(&all)));
        for row in workspace.sources() {
            write(json(&workspace.source(&row.file, 1, SourceWindow::LINES)));
        }
        let resources = workspace.analysis.inventory.resources().iter();
        let selections = resources
            .step_by(7)
            .map(|one| Selection::Resource(one.id.to_string()))
            .chain(
                window
                    .rows
                    .iter()
                    .map(|row| Selection::Exposure(row.key.clone())),
            );
        for (at, selection) in selections.enumerate() {
            for path in 0..2 {
                write(json(&workspace.card(&selection, path)));
            }
            let options = SceneOptions {
                layers: super::super::Layer::ALL.into(),
                selection: Some(selection),
                ..SceneOptions::default()
            };
            if at % 5 == 0 {
                write(json(&workspace.scene(&options)));
            }
        }
        out.concat()
    }

    mod erased {
        pub(super) trait Shown {
            fn json(&self) -> serde_json::Value;
        }
        impl<T: serde::Serialize> Shown for T {
            fn json(&self) -> serde_json::Value {
                serde_json::to_value(self).unwrap()
            }
        }
    }

    const TEMPLATE: &str = r#"{"$schema": "https://x/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
      "parameters": {
        "word": {"type": "secureString", "defaultValue": "hunter2"},
        "bag": {"type": "secureObject", "defaultValue": {"inner": "hunter3"}},
        "given": {"type": "secureString"}},
      "variables": {"made": "[concat(parameters('word'), '-x')]"},
      "resources": [
        {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "[concat('st', parameters('word'))]",
         "location": "[parameters('given')]", "kind": "[parameters('word')]", "sku": {"name": "[variables('made')]"},
         "properties": {"publicNetworkAccess": "[parameters('word')]", "networkAcls": {"defaultAction": "[parameters('bag').inner]"}}},
        {"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2023-03-01", "name": "vm", "condition": "[equals(parameters('word'), 'hunter2')]",
         "properties": {"osProfile": {"adminPassword": "[parameters('given')]"}}},
        {"type": "Microsoft.Resources/deployments", "apiVersion": "2021-04-01", "name": "[parameters('bag').inner]", "properties": {"mode": "Incremental",
         "expressionEvaluationOptions": {"scope": "inner"},
         "parameters": {"inner": {"value": "hunter4"}},
         "template": {"$schema": "https://x/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0",
           "parameters": {"inner": {"type": "securestring"}}, "resources": [
           {"type": "Microsoft.KeyVault/vaults", "apiVersion": "2023-02-01", "name": "[parameters('inner')]",
            "properties": {"publicNetworkAccess": "[parameters('inner')]"}}]}}}]}"#;
    const VALUES: &str = r#"{"$schema": "https://x/2019-04-01/deploymentParameters.json#", "contentVersion": "1.0.0.0",
      "parameters": {"given": {"value": "hunter5"}}}"#;

    #[test]
    fn no_secure_value_is_in_anything_that_is_shown() {
        let estate = Estate::of(vec![
            RawFile::new("t.json", TEMPLATE.as_bytes()),
            RawFile::new("v.json", VALUES.as_bytes()),
        ]);
        let text = everything(&Workspace::new(estate.analysis));
        for secret in ["hunter3", "hunter4", "hunter5"] {
            assert!(!text.contains(secret), "{secret}");
        }
        // The one that a condition compares with stands in the condition itself.
        let without = text.replace("equals(parameters('word'), 'hunter2')", "");
        assert!(!without.contains("hunter2"));
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        for name in EXAMPLES {
            let write = || everything(&Workspace::new(Estate::example(name).analysis));
            assert!(write() == write(), "{name}");
        }
    }

    #[test]
    fn what_crosses_to_the_page_comes_back_as_it_was() {
        let workspace = Workspace::new(Estate::example("storage-selected-networks").analysis);
        let row = workspace.all_assets().rows().first().unwrap();
        let selection = Selection::Exposure(row.key.clone());
        let card = workspace.card(&selection, 0).unwrap();
        let text = serde_json::to_string(&card).unwrap();
        assert_eq!(serde_json::from_str::<Card>(&text).unwrap(), card);
        let options = SceneOptions {
            selection: Some(selection),
            ..SceneOptions::default()
        };
        let text = serde_json::to_string(&options).unwrap();
        assert_eq!(
            serde_json::from_str::<SceneOptions>(&text).unwrap(),
            options
        );
        let view = workspace.scene(&options);
        let text = serde_json::to_string(&view).unwrap();
        assert_eq!(serde_json::from_str::<SceneView>(&text).unwrap(), view);
    }
}
