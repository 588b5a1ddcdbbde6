//! Two versions side by side, as text to be read in a terminal.

use super::TextStyle;
use crate::analysis::{Analysis, summarise};
use crate::compare::{Comparison, ExposureChange, Trend};
use crate::resource::ResourceIndex;
use crate::source::Span;
use std::fmt::Write as _;

/// The most properties and resources of one list.
const LIST_LIMIT: usize = 50;

/// What `comparison` says of `old` and `new`.
pub fn write_comparison(
    old: &Analysis,
    new: &Analysis,
    comparison: &Comparison,
    style: TextStyle,
) -> String {
    let mut out = String::new();
    if comparison.is_empty() {
        let count = comparison.pairs.len();
        let _ = writeln!(
            out,
            "Nothing differs: {count} resources, the same in both versions."
        );
        return out;
    }
    let titles = [
        (Trend::Opened, "Opened"),
        (
            Trend::Changed,
            "Open in another way, or blocked by something else",
        ),
        (Trend::Closed, "Closed"),
    ];
    let _ = writeln!(out, "{}", style.strong(&headline(comparison)));
    for (trend, title) in titles {
        let changes = || comparison.exposures.iter().filter(|one| one.trend == trend);
        if changes().next().is_none() {
            continue;
        }
        let _ = writeln!(out, "\n{}", style.strong(title));
        for change in changes() {
            write_exposure(&mut out, old, new, change);
        }
    }
    write_findings(&mut out, old, new, comparison, style);
    write_resources(&mut out, old, new, comparison, style);
    write_properties(&mut out, old, new, comparison, style);
    out
}

/// The one line above all others.
fn headline(comparison: &Comparison) -> String {
    let ways = |trend| {
        comparison
            .exposures
            .iter()
            .filter(|one| one.trend == trend)
            .count()
    };
    let came = comparison.findings.iter().filter(|one| one.came()).count();
    let went = comparison.findings.iter().filter(|one| one.went()).count();
    format!(
        "{} opened, {} closed, {} unchanged; {} came, {} went",
        count(ways(Trend::Opened), "way in", "ways in"),
        ways(Trend::Closed),
        ways(Trend::Unchanged),
        count(came, "finding", "findings"),
        went
    )
}

fn count(number: usize, one: &str, many: &str) -> String {
    format!("{number} {}", if number == 1 { one } else { many })
}

fn write_exposure(out: &mut String, old: &Analysis, new: &Analysis, change: &ExposureChange) {
    let before = change.old.and_then(|at| old.exposures.get(at));
    let after = change.new.and_then(|at| new.exposures.get(at));
    match (before, after) {
        (Some(before), Some(after)) => {
            let _ = writeln!(out, "  {}", summarise(new, after));
            let before = summarise(old, before);
            if before != summarise(new, after) {
                let _ = writeln!(out, "      before: {before}");
            }
        }
        (None, Some(after)) => {
            let _ = writeln!(out, "  {} (new)", summarise(new, after));
        }
        (Some(before), None) => {
            let _ = writeln!(out, "  gone with its resource: {}", summarise(old, before));
        }
        (None, None) => {}
    }
    for control in &change.controls {
        let word = if control.came { "now" } else { "no longer" };
        let _ = writeln!(out, "      {word}: {}", control.says);
    }
}

fn write_findings(
    out: &mut String,
    old: &Analysis,
    new: &Analysis,
    comparison: &Comparison,
    style: TextStyle,
) {
    let mut lists = [
        ("Findings that came", Vec::new()),
        ("Findings that went", Vec::new()),
    ];
    let [(_, came), (_, went)] = &mut lists;
    for change in &comparison.findings {
        match (change.old, change.new) {
            (None, Some(at)) => came.extend(new.findings.get(at)),
            (Some(at), None) => went.extend(old.findings.get(at)),
            _ => {}
        }
    }
    for (title, findings) in lists {
        if findings.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{}", style.strong(title));
        for finding in findings {
            let severity = finding.severity.as_str();
            let _ = writeln!(
                out,
                "  {severity:<10}{}  {}",
                finding.rule.id, finding.message
            );
        }
    }
}

fn write_resources(
    out: &mut String,
    old: &Analysis,
    new: &Analysis,
    comparison: &Comparison,
    style: TextStyle,
) {
    let lists = [
        ("Resources that came", new, &comparison.added),
        ("Resources that went", old, &comparison.removed),
    ];
    for (title, analysis, indices) in lists {
        if indices.is_empty() {
            continue;
        }
        let _ = writeln!(out, "\n{}", style.strong(title));
        for index in indices.iter().take(LIST_LIMIT) {
            let _ = writeln!(out, "  {}", resource(analysis, *index));
        }
        write_rest(out, indices.len());
    }
}

fn write_properties(
    out: &mut String,
    old: &Analysis,
    new: &Analysis,
    comparison: &Comparison,
    style: TextStyle,
) {
    if comparison.properties.is_empty() {
        return;
    }
    let _ = writeln!(out, "\n{}", style.strong("Properties"));
    for change in comparison.properties.iter().take(LIST_LIMIT) {
        let text = |side: &Option<(String, Span)>| {
            side.as_ref()
                .map_or("absent".to_owned(), |(text, _)| text.clone())
        };
        let place = match (&change.new, &change.old) {
            (Some((_, span)), _) => place(new, *span),
            (None, Some((_, span))) => place(old, *span),
            (None, None) => String::new(),
        };
        let _ = writeln!(
            out,
            "  {place}  `{}` of {}: {} -> {}",
            change.path,
            resource(new, change.resource),
            text(&change.old),
            text(&change.new)
        );
    }
    write_rest(out, comparison.properties.len());
}

/// That a list goes on, where it does.
fn write_rest(out: &mut String, length: usize) {
    if length > LIST_LIMIT {
        let _ = writeln!(out, "  and {} more", length - LIST_LIMIT);
    }
}

fn resource(analysis: &Analysis, index: ResourceIndex) -> String {
    let resource = analysis.inventory.get(index);
    resource.map_or(String::new(), |resource| {
        let kind = resource
            .kind()
            .map_or(resource.resource_type.as_str(), |kind| kind.display);
        format!("{kind} `{}`", resource.name)
    })
}

fn place(analysis: &Analysis, span: Span) -> String {
    analysis.locate(span).map_or(String::new(), |place| {
        let (line, column) = (place.position.line, place.position.column);
        format!("{}:{line}:{column}", place.file)
    })
}
