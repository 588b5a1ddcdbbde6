//! The fewest changes, as text to be read in a terminal.

use super::TextStyle;
use crate::analysis::Analysis;
use crate::edit::edits_of;
use crate::evidence::Remedy;
use crate::reachability::Cut;
use crate::resource::ResourceIndex;
use crate::value::{TextChange, to_json};
use std::fmt::Write as _;

/// The changes of `cut`, which close `closes`.
pub fn write_cut(
    analysis: &Analysis,
    closes: &[ResourceIndex],
    cut: &Cut,
    style: TextStyle,
) -> String {
    let mut out = String::new();
    let names: Vec<String> = closes
        .iter()
        .filter_map(|index| analysis.inventory.get(*index))
        .map(|resource| format!("`{}`", resource.name))
        .collect();
    let count = cut.remedies.len();
    let (changes, close) = match count {
        1 => ("1 change".to_owned(), "closes"),
        _ => (format!("{count} changes"), "close"),
    };
    let title = format!("{changes} {close} every way to {}", names.join(", "));
    let _ = writeln!(out, "{}", style.strong(&title));
    for remedy in &cut.remedies {
        write_remedy(&mut out, analysis, remedy);
    }
    let least = match (cut.optimal, count) {
        (true, 1) => "",
        (true, _) => "  No cheaper set of changes does.\n",
        (false, _) => "  A cheaper set of changes may do.\n",
    };
    out.push_str(least);
    out
}

fn write_remedy(out: &mut String, analysis: &Analysis, remedy: &Remedy) {
    let owner = analysis.owner(remedy.span);
    let owner = owner.and_then(|index| analysis.inventory.get(index));
    let owner = owner.map_or(String::new(), |owner| format!(" of `{}`", owner.name));
    for edit in edits_of(analysis, remedy).unwrap_or_default() {
        let to = match edit.change {
            TextChange::Set(value) => format!("set `{}`{owner} to {value}", remedy.property),
            TextChange::Remove => format!("remove `{}`{owner}", remedy.property),
        };
        let old = analysis.value_at(edit.file, &edit.pointer);
        let now = old.map_or("absent".to_owned(), |value| to_json(value).to_string());
        let place = place_of(analysis, old.map_or(remedy.span, |value| value.span));
        let _ = writeln!(out, "  {place}  {to} (now {now})");
    }
}

fn place_of(analysis: &Analysis, span: crate::source::Span) -> String {
    analysis.locate(span).map_or(String::new(), |place| {
        let (line, column) = (place.position.line, place.position.column);
        format!("{}:{line}:{column}", place.file)
    })
}
