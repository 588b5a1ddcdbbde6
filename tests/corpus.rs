//! Real public templates, where they are at hand beside the repository.

#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test that cannot run says so"
)]

use sightline::arm::{Environment, TypedParameters, evaluate_inputs};
use sightline::diagnostic::Level;
use sightline::input::{Inputs, RawFile, Role};
use sightline::value::{Cause, Value};
use std::fs;
use std::path::{Path, PathBuf};

/// What Azure would refuse in templates of the corpus: file and message.
const WRONG: &[(&str, &str)] = &[
    // The exported parameter was removed, and its use left.
    ("exp-aqmd-iot.json", "no parameter `location` is declared"),
];

fn files() -> Vec<PathBuf> {
    let folder = Path::new("../shared/corpus");
    if !folder.is_dir() {
        eprintln!("SKIPPED: the corpus is not beside the repository");
        return Vec::new();
    }
    let mut files = Vec::new();
    for folder in [folder.to_owned(), folder.join("odd")] {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_json = path.extension().is_some_and(|it| it == "json");
            if is_json && !path.ends_with("truth.json") {
                files.push(path);
            }
        }
    }
    files.sort();
    files
}

#[test]
fn every_template_expands_to_what_only_azure_can_add_to() {
    let mut wrong = Vec::new();
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let inputs = Inputs::read(vec![RawFile::new(name.as_str(), fs::read(&path).unwrap())]);
        if !inputs.documents.iter().any(|it| it.role == Role::Template) {
            assert_eq!(name, "ntier-linux.json", "no template");
            continue;
        }
        let evaluation = evaluate_inputs(&inputs, &Environment::default(), &TypedParameters::new());
        if evaluation.resources.is_empty() {
            wrong.push(format!("{name}: nothing is declared"));
        }
        for diagnostic in &evaluation.diagnostics {
            let known = WRONG.contains(&(name.as_str(), diagnostic.message.as_str()));
            if diagnostic.level == Level::Error && !known {
                wrong.push(format!("{name}: {}", diagnostic.message));
            }
        }
        let is_known = WRONG.iter().any(|(file, _)| *file == name);
        let mut check = |value: &Value| {
            value.for_each_unknown(&mut |_, unknown| {
                assert!(!unknown.atoms.is_empty(), "{name}");
                for atom in &unknown.atoms {
                    if atom.cause == Cause::Failed && !is_known {
                        wrong.push(format!("{name}: `{}` failed", atom.refers_to));
                    }
                }
            });
        };
        let deployed = evaluation
            .resources
            .iter()
            .filter(|resource| !matches!(resource.condition, sightline::arm::Condition::False(_)));
        for resource in deployed {
            check(&resource.body);
        }
        for output in &evaluation.outputs {
            check(&output.value);
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn evaluating_twice_gives_the_same() {
    for path in files() {
        let name = path.file_name().unwrap().to_string_lossy().into_owned();
        let inputs = Inputs::read(vec![RawFile::new(name, fs::read(&path).unwrap())]);
        let once = || {
            let evaluation =
                evaluate_inputs(&inputs, &Environment::default(), &TypedParameters::new());
            format!("{evaluation:?}")
        };
        assert_eq!(once(), once(), "{}", path.display());
    }
}
