//! The files of a run: what each one is, and the value that counts in it.
//!
//! In: named bytes. Out: [`Inputs`]: texts in the order of their names, a [`Document`] for each one
//! that is JSON, its role read from its content, and the files that could not be used.

mod archive;
mod document;
mod mode;
mod name;

pub use document::{Document, Role};
pub use mode::{Mode, ModeChoice};
pub use name::shorten;

use crate::diagnostic::Diagnostic;
use crate::source::{SourceFile, Sources};
use crate::value::read_json;
use std::sync::Arc;

/// A file as handed over: a name (a path, with `/` or `\`) and its bytes.
#[derive(Clone, Debug)]
pub struct RawFile {
    /// The path or name.
    pub name: String,
    /// The content.
    pub bytes: Arc<[u8]>,
}

impl RawFile {
    /// A file called `name` that holds `bytes`.
    pub fn new(name: impl Into<String>, bytes: impl Into<Arc<[u8]>>) -> Self {
        Self {
            name: name.into(),
            bytes: bytes.into(),
        }
    }
}

/// A file that could not be used.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Rejected {
    /// The name as shown.
    pub file: String,
    /// Why, with the place in the file where there is one.
    pub diagnostic: Diagnostic,
}

/// The files of a run, read.
#[derive(Clone, Debug, Default)]
pub struct Inputs {
    /// The texts, sorted by name.
    pub sources: Sources,
    /// What is in them, in the same order; texts that are no JSON have none.
    pub documents: Vec<Document>,
    /// Files that are no text, no JSON, or nothing that a review can use.
    pub rejected: Vec<Rejected>,
    /// What is doubtful in those that were read.
    pub diagnostics: Vec<Diagnostic>,
}

impl Inputs {
    /// Reads `files`: archives are opened, names are cut to the path below the common folder, and
    /// everything is sorted by name, so that the order of handing over does not matter.
    pub fn read(files: Vec<RawFile>) -> Self {
        Self::read_named(files, name::shorten)
    }

    /// Reads `files` likewise, each under the name that it has.
    pub fn read_as_named(files: Vec<RawFile>) -> Self {
        Self::read_named(files, |_| ())
    }

    fn read_named(files: Vec<RawFile>, rename: impl Fn(&mut [RawFile])) -> Self {
        let mut inputs = Self::default();
        let mut texts = Vec::new();
        for file in files {
            archive::unpack(file, &mut texts, &mut inputs.rejected);
        }
        rename(&mut texts);
        texts.sort_by(|a, b| a.name.cmp(&b.name));
        for file in texts {
            inputs.add(&file);
        }
        inputs
    }

    /// Reads every template in `mode`, whatever its content says.
    pub fn override_mode(&mut self, mode: Mode) {
        let templates = self
            .documents
            .iter_mut()
            .filter(|document| document.role != Role::Answer);
        for document in templates {
            document.mode = ModeChoice {
                mode,
                because: "the reviewer says so".to_owned(),
            };
        }
    }

    fn add(&mut self, file: &RawFile) {
        let text = match std::str::from_utf8(&file.bytes) {
            Ok(text) => text,
            Err(error) => {
                let message = format!(
                    "the file is no UTF-8 text: byte {} starts no character",
                    error.valid_up_to() + 1
                );
                self.reject(
                    &file.name,
                    Diagnostic::error("input-not-text", message, None),
                );
                return;
            }
        };
        let id = self.sources.add(SourceFile::new(file.name.as_str(), text));
        let root = match read_json(id, text, &mut self.diagnostics) {
            Ok(root) => root,
            Err(error) => {
                let diagnostic = Diagnostic::error("input-not-json", error.message, error.span);
                self.reject(&file.name, diagnostic);
                return;
            }
        };
        let document = Document::new(id, root);
        if let Role::Other(what) = &document.role {
            let diagnostic =
                Diagnostic::error("input-no-template", what.clone(), document.root.span);
            self.reject(&file.name, diagnostic);
        }
        self.documents.push(document);
    }

    fn reject(&mut self, file: &str, diagnostic: Diagnostic) {
        self.rejected.push(Rejected {
            file: file.to_owned(),
            diagnostic,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEMPLATE: &str = r#"{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "resources": []}"#;

    fn read(files: &[(&str, &str)]) -> Inputs {
        Inputs::read(
            files
                .iter()
                .map(|(name, text)| RawFile::new(*name, text.as_bytes()))
                .collect(),
        )
    }

    #[test]
    fn a_bad_file_does_not_lose_the_others() {
        let inputs = read(&[
            ("x/b.json", TEMPLATE),
            ("x/a.json", "{"),
            ("x/c.json", "\u{feff}[]"),
        ]);
        assert_eq!(inputs.documents.len(), 2);
        let names: Vec<_> = inputs
            .rejected
            .iter()
            .map(|file| file.file.as_str())
            .collect();
        assert_eq!(names, ["a.json", "c.json"]);
    }

    #[test]
    fn order_of_handing_over_does_not_matter() {
        let names = |inputs: &Inputs| -> Vec<String> {
            inputs
                .sources
                .iter()
                .map(|(_, file)| file.name().to_string())
                .collect()
        };
        let forth = read(&[("d/p/a.json", TEMPLATE), ("d/q.json", TEMPLATE)]);
        let back = read(&[("d/q.json", TEMPLATE), ("d/p/a.json", TEMPLATE)]);
        assert_eq!(names(&forth), names(&back));
        assert_eq!(names(&forth), ["p/a.json", "q.json"]);
    }
}
