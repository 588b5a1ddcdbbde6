//! Texts with changes made, and their review.

use super::{ChangeError, TextEdit};
use crate::analysis::{Analysis, analyse};
use crate::input::RawFile;
use crate::source::FileId;
use crate::value::{TextChange, edit_text, read_json};
use std::collections::BTreeMap;

/// The files of `analysis` with `edits` made, in the order of the files. Only the text at the
/// places of the edits changes.
pub fn apply(analysis: &Analysis, edits: &[TextEdit]) -> Result<Vec<RawFile>, ChangeError> {
    let mut by_file: BTreeMap<FileId, Vec<&TextEdit>> = BTreeMap::new();
    for edit in edits {
        by_file.entry(edit.file).or_default().push(edit);
    }
    let mut files = Vec::new();
    for (id, source) in analysis.sources.iter() {
        let mut text = source.text().to_string();
        let mut here = by_file.remove(&id).unwrap_or_default();
        // What is taken out moves what stands behind it, so it goes last and from the back.
        here.sort_by_key(|edit| {
            let removes = edit.change == TextChange::Remove;
            (
                removes,
                std::cmp::Reverse(removes.then(|| indices(&edit.pointer))),
            )
        });
        for edit in here {
            let root = read_json(id, &text, &mut Vec::new())
                .map_err(|_| ChangeError::Unreadable(source.name().to_string()))?;
            text = edit_text(&text, &root, &edit.pointer, &edit.change)?;
        }
        files.push(RawFile::new(source.name().to_string(), text.into_bytes()));
    }
    Ok(files)
}

/// The tokens of a pointer, with numbers in a form that sorts by size.
fn indices(pointer: &str) -> Vec<(usize, String)> {
    pointer
        .split('/')
        .map(|token| (token.parse().unwrap_or(0), token.to_owned()))
        .collect()
}

/// The review of the same files with `edits` made, by the same choices.
pub fn review_with(analysis: &Analysis, edits: &[TextEdit]) -> Result<Analysis, ChangeError> {
    Ok(analyse(apply(analysis, edits)?, &analysis.options))
}
