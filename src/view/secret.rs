//! Where secrets stand in the texts, so that no view shows them.
//!
//! A parameter of type `secureString` or `secureObject` is a secret wherever its value is written:
//! as its default, in a parameter file, or handed to a nested template.

use crate::analysis::Analysis;
use crate::source::{FileId, Span};
use crate::value::{Data, Value};
use std::collections::{BTreeMap, BTreeSet};

/// What stands in place of a secret, whatever its length.
pub const MASK: &str = "••••••••";

/// The places of secrets, by file and start.
#[derive(Clone, Debug, Default)]
pub struct Secrets {
    by_file: BTreeMap<FileId, Vec<(u32, u32)>>,
}

impl Secrets {
    /// The secrets in the texts of `analysis`. O(values).
    pub fn find(analysis: &Analysis) -> Self {
        let mut names: BTreeSet<String> = analysis
            .parameters()
            .filter(|(parameter, _)| parameter.secure)
            .map(|(parameter, _)| parameter.name.to_ascii_lowercase())
            .collect();
        for document in &analysis.documents {
            each_parameter(&document.whole, &mut |name, declaration| {
                if is_secure(declaration) {
                    names.insert(name.to_ascii_lowercase());
                }
            });
        }
        let mut secrets = Self::default();
        for document in &analysis.documents {
            each_parameter(&document.whole, &mut |name, declaration| {
                if names.contains(&name.to_ascii_lowercase()) {
                    for place in ["value", "defaultValue"] {
                        secrets.add(declaration.get(place));
                    }
                }
            });
        }
        for spans in secrets.by_file.values_mut() {
            spans.sort_unstable();
            spans.dedup();
        }
        secrets
    }

    fn add(&mut self, value: Option<&Value>) {
        let mut waiting: Vec<&Value> = value.into_iter().collect();
        while let Some(value) = waiting.pop() {
            match &value.data {
                Data::Object(_) | Data::Array(_) => {
                    waiting.extend(value.items());
                    waiting.extend(value.members().iter().map(|member| &member.value));
                }
                Data::String(text) if is_reference(text) || text.is_empty() => {}
                Data::Null => {}
                _ => {
                    let spans = self.by_file.entry(value.span.file).or_default();
                    spans.push((value.span.start, value.span.end));
                }
            }
        }
    }

    /// The part of `text`, the text of `file`, between the bytes `start` and `end`, with
    /// [`MASK`] in place of every secret that begins in it and nothing in place of the rest of one
    /// that began before.
    pub fn mask(&self, file: FileId, text: &str, start: usize, end: usize) -> String {
        let part = |from: usize, to: usize| text.get(from..to).unwrap_or("");
        let mut out = String::new();
        let mut here = start;
        let spans = self.by_file.get(&file).map_or(&[][..], Vec::as_slice);
        let first = spans.partition_point(|span| (span.1 as usize) <= start);
        for span in spans.get(first..).unwrap_or_default() {
            let (from, to) = (span.0 as usize, span.1 as usize);
            if from >= end {
                break;
            }
            if from >= here {
                out.push_str(part(here, from));
                out.push_str(MASK);
            }
            here = here.max(to);
        }
        if here < end {
            out.push_str(part(here, end));
        }
        out
    }

    /// Whether a secret stands in, or reaches into, `span`.
    pub fn touches(&self, span: Span) -> bool {
        self.by_file.get(&span.file).is_some_and(|spans| {
            spans
                .iter()
                .any(|(start, end)| *start < span.end && span.start < *end)
        })
    }
}

/// Visits every member of every object called `parameters` in `root`.
fn each_parameter(root: &Value, visit: &mut impl FnMut(&str, &Value)) {
    let mut waiting = vec![root];
    while let Some(value) = waiting.pop() {
        waiting.extend(value.items());
        for member in value.members() {
            if member.name.eq_ignore_ascii_case("parameters") {
                for parameter in member.value.members() {
                    visit(&parameter.name, &parameter.value);
                }
            }
            waiting.push(&member.value);
        }
    }
}

fn is_secure(declaration: &Value) -> bool {
    let kind = declaration.get("type").and_then(Value::as_str);
    kind.is_some_and(|kind| {
        kind.eq_ignore_ascii_case("secureString") || kind.eq_ignore_ascii_case("secureObject")
    })
}

/// Whether `text` only hands on another value: `[parameters('name')]`.
fn is_reference(text: &str) -> bool {
    let inner = text
        .strip_prefix("[parameters('")
        .or_else(|| text.strip_prefix("[variables('"));
    inner
        .and_then(|rest| rest.strip_suffix("')]"))
        .is_some_and(|name| !name.contains('\''))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Options, analyse};
    use crate::input::RawFile;

    const TEMPLATE: &str = r#"{"parameters": {
        "word": {"type": "SecureString", "defaultValue": "hunter2"},
        "bag": {"type": "secureObject", "defaultValue": {"inner": ["hunter3"], "more": 4711}},
        "plain": {"type": "string", "defaultValue": "shown"}},
      "resources": [{"type": "Microsoft.Resources/deployments", "name": "n", "apiVersion": "2020-01-01", "properties": {
        "mode": "Incremental",
        "parameters": {"word": {"value": "[parameters('word')]"}, "other": {"value": "hunter4"}},
        "template": {"parameters": {"word": {"type": "securestring"}, "other": {"type": "securestring"}}, "resources": []}}}]}"#;
    const VALUES: &str =
        r#"{"parameters": {"word": {"value": "hunter5"}, "plain": {"value": "x"}}}"#;

    #[test]
    fn secrets_are_masked_wherever_they_are_written() {
        let files = [("t.json", TEMPLATE), ("v.json", VALUES)];
        let files = files.map(|(name, text)| RawFile::new(name, text.as_bytes()));
        let analysis = analyse(files.to_vec(), &Options::default());
        let secrets = Secrets::find(&analysis);
        for (id, file) in analysis.sources.iter() {
            let text = file.text();
            let shown = secrets.mask(id, text, 0, text.len());
            assert!(
                !shown.contains("hunter") && !shown.contains("4711"),
                "{shown}"
            );
            assert!(shown.contains(MASK));
            // However the text is cut, nothing comes out.
            let pieces = (0..text.len()).map(|at| secrets.mask(id, text, at, at + 1));
            assert!(!pieces.collect::<String>().contains("hunter"));
        }
        let (id, file) = analysis.sources.iter().next().unwrap();
        let shown = secrets.mask(id, file.text(), 0, file.text().len());
        assert!(shown.contains("\"shown\"") && shown.contains("[parameters('word')]"));
    }
}
