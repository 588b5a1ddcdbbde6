//! What each bundled example is meant to be: the expectations hold, and break where they should.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::{Value, json};
use sightline::analysis::{Analysis, Options, analyse};
use sightline::input::RawFile;
use std::fs;
use std::path::Path;
use std::process::{Command, Output};

const EXAMPLES: &str = "public/examples";

fn names() -> Vec<String> {
    let mut names: Vec<String> = fs::read_dir(EXAMPLES)
        .unwrap()
        .map(|entry| entry.unwrap().file_name().to_string_lossy().into_owned())
        .filter(|name| Path::new(name).extension().is_some_and(|one| one == "json"))
        .collect();
    names.sort();
    assert!(names.len() >= 5, "{names:?}");
    names
}

fn intent_of(name: &str) -> Value {
    let text = fs::read_to_string(format!("{EXAMPLES}/intent/{name}"))
        .unwrap_or_else(|error| panic!("{name} has no expectations: {error}"));
    serde_json::from_str(&text).unwrap()
}

fn review(name: &str, intent: &Value) -> Analysis {
    let files = vec![
        RawFile::new(name, fs::read(format!("{EXAMPLES}/{name}")).unwrap()),
        RawFile::new("intent.json", intent.to_string().into_bytes()),
    ];
    let analysis = analyse(files, &Options::default());
    assert!(analysis.rejected.is_empty(), "{:?}", analysis.rejected);
    analysis
}

#[test]
fn the_expectations_of_every_example_hold() {
    for name in names() {
        let analysis = review(&name, &intent_of(&name));
        assert!(!analysis.reviewed.intent.expectations.is_empty(), "{name}");
        let deviations: Vec<_> = analysis
            .reviewed
            .deviations
            .iter()
            .map(|one| &one.message)
            .collect();
        assert!(deviations.is_empty(), "{name}: {deviations:#?}");
        let about: Vec<_> = analysis
            .diagnostics
            .iter()
            .filter(|one| one.code.starts_with("intent"))
            .collect();
        assert!(about.is_empty(), "{name}: {about:#?}");
    }
}

/// A line that is turned round, or taken out where it lets something be, is told by its name.
#[test]
fn every_line_that_is_turned_round_is_told() {
    for name in names() {
        let intent = intent_of(&name);
        let lines = intent["intent"]["expect"].as_array().unwrap().len();
        for at in 0..lines {
            let mut turned = intent.clone();
            let line = &mut turned["intent"]["expect"][at];
            let id = line["id"].as_str().unwrap().to_owned();
            let (reach, kind) = match line["reach"].as_str().unwrap() {
                "mustNot" => ("must", "missing"),
                _ => ("mustNot", "forbidden"),
            };
            line["reach"] = json!(reach);
            let analysis = review(&name, &turned);
            let told = analysis.reviewed.deviations.iter().any(|one| {
                one.kind.as_str() == kind
                    && one
                        .expectation
                        .is_some_and(|line| analysis.reviewed.intent.expectations[line].id == id)
            });
            assert!(told, "{name}: `{id}` {:#?}", analysis.reviewed.deviations);
        }
    }
}

fn program(folder: &Path, intent: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_sightline"))
        .args(["review", "--quiet", "--fail-on", "critical", "--expect"])
        .arg(intent)
        .arg(folder)
        .output()
        .unwrap()
}

#[test]
fn breaking_an_example_on_purpose_fails_the_program_and_says_what_is_broken() {
    let name = "exposed-workspace-fixed.json";
    let text = fs::read_to_string(format!("{EXAMPLES}/{name}")).unwrap();
    let intent = Path::new(EXAMPLES).join("intent").join(name);
    let folder = tempfile();
    let file = folder.join(name);
    fs::write(&file, &text).unwrap();
    let whole = program(&file, &intent);
    let said = String::from_utf8_lossy(&whole.stdout).into_owned();
    assert_eq!(whole.status.code(), Some(0), "{said}");
    // The vault of the example is opened to everyone.
    let mut template: Value = serde_json::from_str(&text).unwrap();
    let resources = template["resources"].as_array_mut().unwrap();
    let vault = resources
        .iter_mut()
        .find(|one| one["type"] == "Microsoft.KeyVault/vaults")
        .unwrap();
    vault["properties"]["publicNetworkAccess"] = json!("Enabled");
    vault["properties"]["networkAcls"] = json!({ "defaultAction": "Allow", "bypass": "None" });
    fs::write(&file, template.to_string()).unwrap();
    let broken = program(&file, &intent);
    let said = String::from_utf8_lossy(&broken.stdout).into_owned();
    fs::remove_dir_all(&folder).unwrap();
    assert_eq!(broken.status.code(), Some(1), "{said}");
    for words in [
        "forbidden",
        "kv-churn",
        "must not",
        "only the workspace reads them",
    ] {
        assert!(said.contains(words), "`{words}` is not in\n{said}");
    }
}

/// A folder of this test's own.
fn tempfile() -> std::path::PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("intent");
    fs::create_dir_all(&folder).unwrap();
    folder
}
