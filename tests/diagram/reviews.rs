//! The pictures of real reviews: the bundled examples, and the corpus where it is at hand.

use sightline::analysis::{Options, analyse};
use sightline::diagram::Scene;
use sightline::input::RawFile;
use sightline::view::{AssetQuery, Layer, SceneOptions, Selection, Workspace};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// The templates in `folder`, sorted; none where there is no such folder.
pub(crate) fn templates(folder: &str) -> Vec<PathBuf> {
    let Ok(entries) = std::fs::read_dir(Path::new(folder)) else {
        return Vec::new();
    };
    let mut files: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|it| it == "json"));
    files.retain(|path| !path.ends_with("truth.json"));
    files.sort();
    files
}

/// The pictures of one template: as it opens, with all layers, and with its worst door selected.
pub(crate) fn scenes(path: &Path) -> Vec<(String, Scene)> {
    let name = path.file_stem().unwrap().to_string_lossy().into_owned();
    let file = RawFile::new(name.clone(), std::fs::read(path).unwrap());
    let workspace = Workspace::new(analyse(vec![file], &Options::default()));
    let worst = workspace.assets(&AssetQuery {
        count: 1,
        ..AssetQuery::default()
    });
    let first = SceneOptions::default();
    let all = SceneOptions {
        layers: BTreeSet::from(Layer::ALL),
        ..SceneOptions::default()
    };
    let selected = SceneOptions {
        selection: (worst.rows.first()).map(|row| Selection::Exposure(row.key.clone())),
        ..SceneOptions::default()
    };
    [
        ("", first),
        (" with all layers", all),
        (" with its worst", selected),
    ]
    .into_iter()
    .map(|(how, options)| (format!("{name}{how}"), workspace.scene(&options).scene))
    .collect()
}
