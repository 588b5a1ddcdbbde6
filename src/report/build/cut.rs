//! The fewest changes, in the form of the report.

use crate::analysis::{Analysis, TargetCut};
use crate::edit::edits_of;
use crate::evidence::Remedy;
use crate::report::form::{ReportChange, ReportCut};
use crate::value::{TextChange, to_json};

/// The changes of `cut`, place by place.
pub(super) fn cut(analysis: &Analysis, cut: &TargetCut) -> ReportCut {
    let resource = analysis.inventory.get(cut.resource);
    ReportCut {
        closes: resource
            .map(|resource| resource.id.to_string())
            .into_iter()
            .collect(),
        optimal: cut.cut.optimal,
        changes: cut
            .cut
            .remedies
            .iter()
            .flat_map(|one| changes(analysis, one))
            .collect(),
    }
}

/// The places that a remedy changes; none where the text cannot be changed so.
fn changes(analysis: &Analysis, remedy: &Remedy) -> Vec<ReportChange> {
    let owner = analysis
        .owner(remedy.span)
        .and_then(|index| analysis.inventory.get(index));
    let edits = edits_of(analysis, remedy).unwrap_or_default();
    edits
        .into_iter()
        .map(|edit| ReportChange {
            resource: owner.map_or_else(String::new, |owner| owner.id.to_string()),
            file: analysis
                .sources
                .get(edit.file)
                .map_or_else(String::new, |file| file.name().to_string()),
            from: analysis
                .value_at(edit.file, &edit.pointer)
                .map_or(serde_json::Value::Null, to_json),
            pointer: edit.pointer,
            to: match edit.change {
                TextChange::Set(value) => value,
                TextChange::Remove => serde_json::Value::Null,
            },
        })
        .collect()
}
