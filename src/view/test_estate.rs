//! The bundled examples, reviewed once for all tests of views.

use super::{Ground, Secrets};
use crate::analysis::{Analysis, Options, analyse};
use crate::input::RawFile;

/// The names of the bundled examples.
pub(super) const EXAMPLES: [&str; 5] = [
    "exposed-workspace",
    "exposed-workspace-fixed",
    "private-hub-and-spoke",
    "storage-selected-networks",
    "open-parameters",
];

const TEXTS: [(&str, &[u8]); 5] = [
    (
        "exposed-workspace",
        include_bytes!("../../public/examples/exposed-workspace.json"),
    ),
    (
        "exposed-workspace-fixed",
        include_bytes!("../../public/examples/exposed-workspace-fixed.json"),
    ),
    (
        "private-hub-and-spoke",
        include_bytes!("../../public/examples/private-hub-and-spoke.json"),
    ),
    (
        "storage-selected-networks",
        include_bytes!("../../public/examples/storage-selected-networks.json"),
    ),
    (
        "open-parameters",
        include_bytes!("../../public/examples/open-parameters.json"),
    ),
];

/// A review with its secrets.
pub(super) struct Estate {
    pub(super) analysis: Analysis,
    pub(super) secrets: Secrets,
}

impl Estate {
    /// The review of the example `name`.
    pub(super) fn example(name: &str) -> Self {
        let (_, bytes) = TEXTS.iter().find(|(known, _)| *known == name).unwrap();
        Self::of(vec![RawFile::new(format!("{name}.json"), *bytes)])
    }

    /// The review of a template called `a.json`.
    pub(super) fn template(text: &str) -> Self {
        Self::of(vec![RawFile::new("a.json", text.as_bytes())])
    }

    pub(super) fn of(files: Vec<RawFile>) -> Self {
        let analysis = analyse(files, &Options::default());
        let secrets = Secrets::find(&analysis);
        Self { analysis, secrets }
    }

    pub(super) fn ground(&self) -> Ground<'_> {
        Ground {
            analysis: &self.analysis,
            secrets: &self.secrets,
        }
    }
}
