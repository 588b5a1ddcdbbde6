//! A template beside itself written differently: nothing differs.

#![allow(
    clippy::print_stderr,
    clippy::string_slice,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde::de::IgnoredAny;
use sightline::analysis::{Analysis, Options, analyse};
use sightline::compare::{Trend, compare};
use sightline::input::RawFile;
use sightline::source::FileId;
use sightline::value::read_json;
use std::collections::BTreeSet;
use std::fs;
use std::path::PathBuf;

/// The bundled examples, and the corpus where it is there.
fn templates() -> Vec<PathBuf> {
    let mut files = Vec::new();
    for folder in ["public/examples", "../shared/corpus"] {
        let Ok(entries) = fs::read_dir(folder) else {
            eprintln!("{folder} is not there, so it is not compared");
            continue;
        };
        let paths = entries.map(|entry| entry.unwrap().path());
        files.extend(paths.filter(|path| path.extension().is_some_and(|one| one == "json")));
    }
    files.sort();
    files
}

/// Those of them that are plain JSON, with their texts: one with comments, for example, is not the
/// same on one line.
fn plain_templates() -> impl Iterator<Item = (PathBuf, String)> {
    let read = |path: PathBuf| {
        let text = fs::read_to_string(&path).unwrap();
        let body = text.trim_start_matches('\u{feff}');
        let is_plain = serde_json::from_str::<IgnoredAny>(body).is_ok();
        is_plain.then_some((path, text))
    };
    templates().into_iter().filter_map(read)
}

fn review(text: &str) -> Analysis {
    analyse(
        vec![RawFile::new("t.json", text.as_bytes())],
        &Options::default(),
    )
}

/// What differs, in words; empty where nothing does.
fn differences(old: &Analysis, new: &Analysis) -> Vec<String> {
    let comparison = compare(old, new);
    let mut found: Vec<String> = Vec::new();
    found.extend(comparison.added.iter().map(|one| format!("new {one:?}")));
    found.extend(comparison.removed.iter().map(|one| format!("gone {one:?}")));
    found.extend(comparison.properties.iter().map(|one| one.path.clone()));
    let exposures = comparison.exposures.iter();
    let moved = exposures.filter(|one| one.trend != Trend::Unchanged);
    found.extend(moved.map(|one| format!("{one:?}")));
    let findings = comparison.findings.iter();
    let moved = findings.filter(|one| one.came() || one.went());
    found.extend(moved.map(|one| format!("{one:?}")));
    found
}

/// `text` with its resources in reverse.
fn turned(text: &str) -> String {
    let whole = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
    let resources = whole.get("resources").and_then(|value| value.as_array());
    let items = resources.unwrap_or_default();
    let (Some(first), Some(last)) = (items.first(), items.last()) else {
        return text.to_owned();
    };
    let reversed: Vec<&str> = items
        .iter()
        .rev()
        .map(|item| &text[item.span.start as usize..item.span.end as usize])
        .collect();
    let (before, after) = (
        &text[..first.span.start as usize],
        &text[last.span.end as usize..],
    );
    format!("{before}{}{after}", reversed.join(", "))
}

/// `text` with every parameter called otherwise; `None` where it has none, or templates within it
/// whose parameters may have the same names, or where it is not used as it is declared.
fn renamed(text: &str) -> Option<String> {
    let whole = read_json(FileId::new(0), text, &mut Vec::new()).ok()?;
    let declared = whole.get("parameters")?;
    let (start, end) = (declared.span.start as usize, declared.span.end as usize);
    let names: Vec<&str> = declared
        .members()
        .iter()
        .map(|member| &*member.name)
        .collect();
    if names.is_empty() || text.contains("Microsoft.Resources/deployments\"") {
        return None;
    }
    let mut declarations = text[start..end].to_owned();
    let mut rest = text[end..].to_owned();
    for name in names {
        let declared = format!("\"{name}\":");
        let used = format!("parameters('{name}')");
        let in_any_case = text.to_lowercase().matches(&used.to_lowercase()).count();
        if !declarations.contains(&declared) || in_any_case != text.matches(&used).count() {
            return None;
        }
        let new = other(name);
        declarations = declarations.replacen(&declared, &format!("\"{new}\":"), 1);
        for part in [&mut declarations, &mut rest] {
            *part = part.replace(&used, &format!("parameters('{new}')"));
        }
    }
    Some(format!("{}{declarations}{rest}", &text[..start]))
}

/// Another name for the parameter `name`, whose end stays: exports name parameters by their use.
fn other(name: &str) -> String {
    match name.rsplit_once('_') {
        Some((start, end)) => format!("{start}2_{end}"),
        None => format!("{name}2"),
    }
}

fn fingerprints(analysis: &Analysis) -> BTreeSet<&str> {
    let findings = analysis.findings.iter();
    findings.map(|one| one.fingerprint.as_str()).collect()
}

#[test]
fn fingerprints_stay_where_only_the_writing_differs() {
    let mut wrong = Vec::new();
    let mut renamed_count = 0;
    for (path, text) in plain_templates() {
        let old = review(&text);
        let mut note = |what: &str, text: &str| {
            let new = review(text);
            let (old, new) = (fingerprints(&old), fingerprints(&new));
            let first = old.symmetric_difference(&new).next();
            let count = old.symmetric_difference(&new).count();
            if let Some(first) = first {
                wrong.push(format!("{} {what}: {count}, as {first}", path.display()));
            }
        };
        note("reordered", &turned(&text));
        if let Some(renamed) = renamed(&text) {
            renamed_count += 1;
            note("renamed", &renamed);
            let found = differences(&old, &review(&renamed));
            if let Some(first) = found.first() {
                let count = found.len();
                wrong.push(format!("{} compared: {count}, as {first}", path.display()));
            }
        }
    }
    assert!(renamed_count >= 1, "no template has parameters to rename");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}

#[test]
fn a_template_reformatted_or_reordered_is_the_same() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for (path, text) in plain_templates() {
        let old = review(&text);
        let mut note = |what: &str, text: &str| {
            let found = differences(&old, &review(text));
            if let Some(first) = found.first() {
                let count = found.len();
                wrong.push(format!("{} {what}: {count}, as {first}", path.display()));
            }
        };
        let line: String = text.lines().map(str::trim).collect();
        note("reformatted", &line);
        note("reordered", &turned(&text));
        compared += 1;
    }
    assert!(compared >= 5, "only {compared} templates");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
