//! A template beside itself written differently: nothing differs.

#![allow(
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::Value;
use sightline::analysis::{Analysis, Options, analyse};
use sightline::compare::{Trend, compare};
use sightline::input::RawFile;
use std::fs;
use std::path::PathBuf;

/// The bundled examples.
fn templates() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir("public/examples")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|one| one == "json"))
        .collect();
    files.sort();
    files
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

#[test]
fn a_template_reformatted_or_reordered_is_the_same() {
    let mut wrong = Vec::new();
    let mut compared = 0;
    for path in templates() {
        let text = fs::read_to_string(&path).unwrap();
        // What is no plain JSON, with comments for example, cannot be written anew here.
        let Ok(whole) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}')) else {
            continue;
        };
        let old = review(&text);
        let mut turned = whole.clone();
        if let Some(resources) = turned.get_mut("resources").and_then(Value::as_array_mut) {
            resources.reverse();
        }
        let mut note = |what: &str, text: &str| {
            let found = differences(&old, &review(text));
            if let Some(first) = found.first() {
                let count = found.len();
                wrong.push(format!("{} {what}: {count}, as {first}", path.display()));
            }
        };
        // Members come out by name, so that their order is another one too.
        note("reformatted", &whole.to_string());
        note("reordered", &turned.to_string());
        compared += 1;
    }
    assert!(compared >= 5, "only {compared} templates");
    assert!(wrong.is_empty(), "\n{}\n", wrong.join("\n"));
}
