//! Service doors: the shared vectors, and for each kind a table that flips what decides.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]
#![allow(
    clippy::too_many_lines,
    reason = "a table of cases is long and still one thing"
)]

#[path = "doors/ai.rs"]
mod ai;
#[path = "doors/app.rs"]
mod app;
#[path = "doors/database.rs"]
mod database;
#[path = "doors/front.rs"]
mod front;
#[path = "doors/messaging.rs"]
mod messaging;
#[path = "doors/plain.rs"]
mod plain;
#[path = "doors/platform.rs"]
mod platform;
#[path = "doors/storage.rs"]
mod storage;
#[path = "doors/table.rs"]
mod table;

use serde_json::{Value, json};
use sightline::arm::Environment;
use sightline::conformance::service_door;

/// Whether `answer` agrees with what the vector expects: the same verdict, every sure mode, and no
/// mode beyond the sure and the possible ones.
fn disagreement(case: &Value, answer: &Value) -> Option<String> {
    let expect = &case["expect"];
    let words = |value: &Value| -> Vec<String> {
        value
            .as_array()
            .into_iter()
            .flatten()
            .map(|word| word.as_str().unwrap_or_default().to_owned())
            .collect()
    };
    let (sure, maybe, got) = (
        words(&expect["auth"]),
        words(&expect["authUnknown"]),
        words(&answer["auth"]),
    );
    let agrees = answer["net"] == expect["net"]
        && sure.iter().all(|mode| got.contains(mode))
        && got
            .iter()
            .all(|mode| sure.contains(mode) || maybe.contains(mode));
    (!agrees).then(|| format!("{}: want {expect}, got {answer}", case["id"]))
}

#[test]
fn every_shared_vector_agrees() {
    let mut problems = Vec::new();
    let mut count = 0;
    for line in include_str!("cases/access.jsonl").lines() {
        let case: Value = serde_json::from_str(line).unwrap();
        if case["kind"] != json!("paas") {
            continue;
        }
        count += 1;
        if let Some(verdict) = table::review(&case)
            && case["expect"]["net"] != json!(verdict)
        {
            problems.push(format!("{}: {verdict} in a review", case["id"]));
        }
        problems.extend(disagreement(
            &case,
            &service_door::answer(&case, &Environment::default()),
        ));
    }
    assert!(count >= 50, "only {count} vectors");
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_kind_is_listed_once_and_drawn_with_an_icon_that_there_is() {
    use sightline::diagram::Icon;
    use sightline::resource::{ResourceType, kind};
    let mut problems = Vec::new();
    let kinds = kind::all();
    for pair in kinds.windows(2) {
        if pair[0]
            .resource_type
            .eq_ignore_ascii_case(pair[1].resource_type)
        {
            problems.push(format!("{} is there twice", pair[0].resource_type));
        }
    }
    for one in kinds {
        let mut words = one.icon.split('-');
        let first = words.next().unwrap().to_owned();
        let camel = words.fold(first, |name, word| {
            let (head, tail) = word.split_at(1);
            format!("{name}{}{tail}", head.to_ascii_uppercase())
        });
        if serde_json::from_value::<Icon>(json!(camel)).is_err() {
            problems.push(format!("{}: no icon `{}`", one.resource_type, one.icon));
        }
        let other_case = ResourceType::new(one.resource_type.to_ascii_uppercase());
        if !kind::find(other_case.as_str()).is_some_and(|found| std::ptr::eq(found, *one)) {
            problems.push(format!("{} is not found", one.resource_type));
        }
        if one.display.is_empty() || !one.resource_type.contains('/') {
            problems.push(format!("{} is not complete", one.resource_type));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

#[test]
fn every_file_of_a_kind_is_registered() {
    let registry = std::fs::read_to_string("src/resource/kind/mod.rs").unwrap();
    let mut missing = Vec::new();
    for entry in std::fs::read_dir("src/resource/kind").unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        let text = std::fs::read_to_string(&path).unwrap();
        if text.contains("static KINDS") && !registry.contains(&format!("    {stem}::KINDS,")) {
            missing.push(stem);
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}

/// The types that occur in the shared templates, where those are at hand.
#[test]
fn every_type_of_the_shared_templates_has_a_kind() {
    use sightline::resource::kind;
    let Ok(folder) = std::fs::read_dir("../shared/corpus") else {
        return;
    };
    let mut missing = std::collections::BTreeSet::new();
    for entry in folder.flatten() {
        let Ok(text) = std::fs::read_to_string(entry.path()) else {
            continue;
        };
        for part in text.split("\"type\"").skip(1) {
            let Some(name) = part.trim_start_matches([':', ' ']).strip_prefix('"') else {
                continue;
            };
            let name = name.split('"').next().unwrap_or_default();
            let is_type = name.to_ascii_lowercase().starts_with("microsoft.")
                && name.contains('/')
                && !name.contains('@');
            if is_type && kind::find(name).is_none() {
                missing.insert(name.to_owned());
            }
        }
    }
    assert!(missing.is_empty(), "{missing:#?}");
}

/// Types that refuse everyone without a rule beside them, whatever their own settings are, or that
/// stand in the customer's network only.
const CLOSED_BY_THEMSELVES: &[&str] = &[
    "Microsoft.DBforMariaDB/servers",
    "Microsoft.DBforMySQL/flexibleServers",
    "Microsoft.DBforMySQL/servers",
    "Microsoft.DBforPostgreSQL/flexibleServers",
    "Microsoft.DBforPostgreSQL/serverGroupsv2",
    "Microsoft.DBforPostgreSQL/servers",
    "Microsoft.DocumentDB/mongoClusters",
    "Microsoft.Sql/managedInstances",
    "Microsoft.Sql/servers",
    "Microsoft.Synapse/workspaces",
];

#[test]
fn settings_that_are_not_known_decide_nothing() {
    let mut problems = Vec::new();
    for one in sightline::resource::kind::all() {
        if one.doors.is_none() || CLOSED_BY_THEMSELVES.contains(&one.resource_type) {
            continue;
        }
        for mode in ["deploy", "export"] {
            let line = json!({
                "id": one.resource_type, "kind": "paas", "source": "internet",
                "context": { "mode": mode },
                "resource": {
                    "type": one.resource_type, "apiVersion": "2024-01-01",
                    "properties": "[parameters('all')]",
                },
            });
            let answer = service_door::answer(&line, &Environment::default());
            if answer["net"] != json!("unknown") {
                problems.push(answer.to_string());
            }
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}

/// Files of kinds without doors of their own, or whose doors stand in a network.
const WITHOUT_DOORS: &[&str] = &[
    "coupling",
    "dns",
    "identity",
    "monitoring",
    "network",
    "network_edge",
    "sql_audit",
    "stored_credential",
];

/// The paths of the properties that `text` reads.
fn properties_read(text: &str) -> Vec<&str> {
    let marks = [".at(\"", ".path(\"", "name = \""];
    let after = marks.iter().flat_map(|mark| text.split(mark).skip(1));
    after
        .filter_map(|rest| rest.split('"').next())
        .filter(|path| {
            path.chars()
                .all(|one| one.is_ascii_alphanumeric() || "-.".contains(one))
        })
        .collect()
}

#[test]
fn every_property_that_a_kind_reads_for_its_doors_is_in_a_row() {
    let mut rows = include_str!("cases/access.jsonl").to_owned();
    for entry in std::fs::read_dir("tests/doors").unwrap() {
        rows.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let rows = rows.to_ascii_lowercase();
    let is_in_a_row = |name: &str| rows.contains(&format!("\"{}\"", name.to_ascii_lowercase()));
    let mut missing = Vec::new();
    let mut read: Vec<String> = Vec::new();
    for entry in std::fs::read_dir("src/resource/kind").unwrap() {
        let path = entry.unwrap().path();
        let stem = path.file_stem().unwrap().to_string_lossy().into_owned();
        if WITHOUT_DOORS.contains(&stem.as_str()) || stem == "mod" {
            continue;
        }
        let text = std::fs::read_to_string(&path).unwrap();
        let text = text.split("#[cfg(test)]").next().unwrap();
        for name in properties_read(text)
            .iter()
            .flat_map(|path| path.split('.'))
        {
            read.push(name.to_owned());
            if !is_in_a_row(name) {
                missing.push(format!("{stem}: {name}"));
            }
        }
    }
    assert!(read.len() > 200, "only {} properties", read.len());
    assert!(missing.is_empty(), "in no row: {missing:#?}");
}

#[test]
fn every_kind_with_doors_has_rows() {
    let mut rows = include_str!("cases/access.jsonl").to_owned();
    for entry in std::fs::read_dir("tests/doors").unwrap() {
        rows.push_str(&std::fs::read_to_string(entry.unwrap().path()).unwrap());
    }
    let rows = rows.to_ascii_lowercase();
    let missing: Vec<_> = sightline::resource::kind::all()
        .iter()
        .filter(|kind| kind.doors.is_some())
        .map(|kind| kind.resource_type)
        .filter(|one| !rows.contains(&format!("\"{}\"", one.to_ascii_lowercase())))
        .collect();
    assert!(missing.is_empty(), "{missing:#?}");
}
