//! Evidence against the text that it points to: in the examples, and in the public templates where
//! they are at hand.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::Value;
use sightline::analysis::{Analysis, Options, analyse};
use sightline::input::RawFile;
use sightline::reachability::{Question, Verdict, find_exposures};
use sightline::report::report_value;
use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

/// Every template as its name and its text.
fn templates() -> Vec<(String, String)> {
    let mut found = Vec::new();
    for folder in ["public/examples", "../shared/corpus"] {
        if !Path::new(folder).is_dir() {
            eprintln!("SKIPPED: {folder} is not beside the repository");
            continue;
        }
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            let is_template = path.extension().is_some_and(|it| it == "json")
                && path.file_name().is_some_and(|name| name != "truth.json");
            let bytes = if is_template {
                fs::read(&path).unwrap()
            } else {
                continue;
            };
            let name = path.file_name().unwrap().to_string_lossy().into_owned();
            if let Ok(text) = String::from_utf8(bytes) {
                found.push((name, text.trim_start_matches('\u{feff}').to_owned()));
            }
        }
    }
    found.sort();
    found
}

fn review(name: &str, text: &str) -> Analysis {
    analyse(
        vec![RawFile::new(name, text.as_bytes())],
        &Options::default(),
    )
}

/// Every piece of evidence in a report.
fn evidence<'a>(value: &'a Value, found: &mut Vec<&'a Value>) {
    match value {
        Value::Object(members) => {
            if members.contains_key("says") && members.contains_key("basis") {
                found.push(value);
            }
            members.values().for_each(|member| evidence(member, found));
        }
        Value::Array(items) => items.iter().for_each(|item| evidence(item, found)),
        _ => {}
    }
}

fn word<'a>(value: &'a Value, member: &str) -> &'a str {
    value[member].as_str().unwrap()
}

/// The text from a line and a column of UTF-16 units on, both counted from 1.
fn text_from(text: &str, line: u64, column: u64) -> Option<&str> {
    let mut rest = text;
    for _ in 1..line {
        rest = rest.split_once('\n')?.1;
    }
    let mut units = 1;
    for (at, character) in rest.char_indices() {
        if units == column {
            return rest.get(at..);
        }
        units += character.len_utf16() as u64;
    }
    None
}

/// The first JSON value in `text`.
fn first_value(text: &str) -> Option<Value> {
    serde_json::Deserializer::from_str(text)
        .into_iter::<Value>()
        .next()?
        .ok()
}

/// The member at a path of names with dots, in any case.
fn member<'a>(value: &'a Value, path: &str) -> Option<&'a Value> {
    path.split('.').try_fold(value, |here, name| {
        let members = here.as_object()?;
        let found = members
            .iter()
            .find(|(own, value)| own.eq_ignore_ascii_case(name) && !value.is_null());
        found.map(|(_, value)| value)
    })
}

fn is_expression(value: &Value) -> bool {
    value
        .as_str()
        .is_some_and(|text| text.starts_with('[') && !text.starts_with("[["))
}

fn as_text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), Into::into)
}

/// What is wrong with a statement about the value at `pointer`.
fn check(document: &Value, one: &Value) -> Option<String> {
    let (pointer, says) = (word(one, "pointer"), word(one, "says"));
    let value = document.pointer(pointer)?;
    let last = pointer
        .rsplit('/')
        .find(|part| part.parse::<usize>().is_err())?;
    if let Some((property, rest)) = says.split_once(" is ")
        && !property.contains([' ', '`'])
        && !rest.contains(' ')
        && rest != "absent"
        && word(one, "basis") == "stated"
        && !pointer.starts_with("/parameters/")
    {
        let name = property.rsplit('.').next()?;
        // A property with the statement's name, or one that says it by an expression.
        if !last.eq_ignore_ascii_case(name) && !is_expression(value) {
            return Some(format!("it is `{last}`"));
        }
        let is_scalar = value.is_string() || value.is_boolean() || value.is_number();
        let told = rest.trim_matches('`');
        if is_scalar && !is_expression(value) && !as_text(value).eq_ignore_ascii_case(told) {
            return Some(format!("it is {value}"));
        }
    }
    let absent = [" is absent", " holds no rule"];
    if let Some((property, _)) = absent.iter().find_map(|words| says.split_once(words))
        && !property.contains(' ')
        && member(value, property)
            .is_some_and(|one| *one != Value::Array(Vec::new()) && !is_expression(one))
    {
        return Some("it is there".to_owned());
    }
    if let Some((_, name)) = says.split_once(" of security rule `") {
        let name = name.trim_end_matches(['`']).split('`').next()?;
        let ancestors = pointer
            .match_indices('/')
            .filter_map(|(at, _)| pointer.get(..at));
        let named: Vec<&Value> = ancestors
            .filter_map(|at| document.pointer(at)?.get("name"))
            .collect();
        let is_named = named
            .iter()
            .any(|own| is_expression(own) || as_text(own).rsplit('/').next() == Some(name));
        if !is_named && !is_expression(value) {
            return Some("no such rule holds it".to_owned());
        }
    }
    None
}

#[test]
fn the_text_at_every_pointer_holds_what_the_evidence_says() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    for (name, text) in templates() {
        // Templates with comments are for other tests: this reader of JSON takes none.
        let Ok(document) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        let report = report_value(&review(&name, &text));
        let mut found = Vec::new();
        evidence(&report, &mut found);
        let mut seen = BTreeSet::new();
        for one in found {
            let (pointer, says) = (word(one, "pointer"), word(one, "says"));
            if !seen.insert((pointer, says)) {
                continue;
            }
            count += 1;
            let mut note = |what: &str| {
                wrong.push(format!("{name} {pointer}: {says}: {what}"));
            };
            let Some(value) = document.pointer(pointer) else {
                note("nothing is there");
                continue;
            };
            let (line, column) = (
                one["line"].as_u64().unwrap(),
                one["column"].as_u64().unwrap(),
            );
            let read = text_from(&text, line, column).and_then(first_value);
            // Of a member that is there by its name alone, the name is the text.
            let name = pointer
                .rsplit('/')
                .next()
                .unwrap()
                .replace("~1", "/")
                .replace("~0", "~");
            let is_name = read.as_ref().and_then(Value::as_str) == Some(&*name);
            if read.as_ref() != Some(value) && !is_name {
                note("line and column lead elsewhere");
            }
            if let Some(what) = check(&document, one) {
                note(&what);
            }
        }
    }
    assert!(count > 300, "only {count} pieces of evidence");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// Another value of the same kind, where one is known that says something else.
fn changed(value: &Value) -> Option<Value> {
    const PAIRS: [(&str, &str); 5] = [
        ("Allow", "Deny"),
        ("Enabled", "Disabled"),
        ("Standard", "Basic"),
        ("Internet", "None"),
        ("Prevention", "Detection"),
    ];
    match value {
        Value::Bool(truth) => Some(Value::Bool(!truth)),
        Value::Number(number) => Some((number.as_u64()? + 1).into()),
        Value::String(text) => {
            let pair = PAIRS.iter().find_map(|(a, b)| {
                if text.eq_ignore_ascii_case(a) {
                    Some(*b)
                } else {
                    text.eq_ignore_ascii_case(b).then_some(*a)
                }
            });
            let other = pair.or_else(|| {
                let first = text.chars().next()?;
                (first.is_ascii_digit() || text == "*").then_some(if text.contains('.') {
                    "192.0.2.77"
                } else {
                    "47"
                })
            });
            other.map(Into::into)
        }
        _ => None,
    }
}

/// The exposures of a report without what a change of the text moves: places.
fn outcome(report: &Value) -> Value {
    let mut exposures = report["exposures"].clone();
    without_places(&mut exposures);
    exposures
}

fn without_places(value: &mut Value) {
    match value {
        Value::Object(members) => {
            members.remove("line");
            members.remove("column");
            members.values_mut().for_each(without_places);
        }
        Value::Array(items) => items.iter_mut().for_each(without_places),
        _ => {}
    }
}

#[test]
fn changing_what_a_hop_or_blocker_rests_on_changes_the_outcome() {
    let (mut wrong, mut count) = (Vec::new(), 0);
    // A fixed share of all there is, always the same.
    let mut turn = 0_u32;
    for (name, text) in templates() {
        let Ok(document) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        let report = report_value(&review(&name, &text));
        let before = outcome(&report);
        let mut found = Vec::new();
        evidence(&report["exposures"], &mut found);
        let pointers: BTreeSet<&str> = found
            .iter()
            .filter(|one| word(one, "basis") == "stated")
            .map(|one| word(one, "pointer"))
            .collect();
        for pointer in pointers {
            let Some(other) = document.pointer(pointer).and_then(changed) else {
                continue;
            };
            turn += 1;
            if !turn.is_multiple_of(SHARE) {
                continue;
            }
            let mut edited = document.clone();
            *edited.pointer_mut(pointer).unwrap() = other.clone();
            let after = report_value(&review(&name, &edited.to_string()));
            count += 1;
            if outcome(&after) == before {
                wrong.push(format!("{name} {pointer}: {other} changes nothing"));
            }
        }
    }
    assert!(count > 5, "only {count} changes");
    assert!(
        wrong.is_empty(),
        "{} of {count}:\n{}",
        wrong.len(),
        wrong.join("\n")
    );
}

/// One change of so many is tried.
const SHARE: u32 = 11;

#[test]
fn without_a_way_of_the_graph_its_paths_are_gone() {
    let mut count = 0;
    for (name, text) in templates().into_iter().step_by(4) {
        let analysis = review(&name, &text);
        let question = Question::internet();
        for exposure in analysis.exposures.iter().take(6) {
            for path in exposure.paths.iter().take(2) {
                for hop in &path.hops {
                    let mut model = analysis.model.clone();
                    model.remove_edge(hop.edge);
                    let after = find_exposures(&model, &question);
                    let same = after.iter().find(|one| one.door == exposure.door).unwrap();
                    let hops = same.paths.iter().flat_map(|path| &path.hops);
                    assert!(hops.clone().all(|one| one.edge != hop.edge), "{name}");
                    let all_take_it = exposure
                        .paths
                        .iter()
                        .all(|path| path.hops.iter().any(|one| one.edge == hop.edge));
                    if all_take_it && exposure.paths.len() < 16 {
                        assert_eq!(same.verdict, Verdict::Blocked, "{name} {:?}", hop.kind);
                    }
                    count += 1;
                }
            }
        }
    }
    assert!(count > 10, "only {count} ways were taken out");
}

// --- Order ----------------------------------------------------------------------------------------

/// The report with every pointer below `/resources/<place>` as if the resource stood at `order[place]`,
/// every list whose order says nothing in one order, and no lines and columns.
fn canonical(value: &Value, order: &[usize]) -> Value {
    match value {
        Value::Object(members) => members
            .iter()
            .filter(|(name, _)| !matches!(name.as_str(), "line" | "column"))
            .map(|(name, member)| {
                let member = canonical(member, order);
                // Steps follow one another, and evidence names the deciding line first.
                let keeps = matches!(name.as_str(), "hops" | "evidence");
                (name.clone(), if keeps { member } else { sorted(member) })
            })
            .collect(),
        Value::Array(items) => items.iter().map(|item| canonical(item, order)).collect(),
        Value::String(text) => replaced(text, order).into(),
        other => other.clone(),
    }
}

fn sorted(value: Value) -> Value {
    match value {
        Value::Array(mut items) => {
            items.sort_by_key(ToString::to_string);
            Value::Array(items)
        }
        other => other,
    }
}

fn replaced(text: &str, order: &[usize]) -> String {
    let Some(rest) = text.strip_prefix("/resources/") else {
        return text.to_owned();
    };
    let (number, tail) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    match number.parse::<usize>() {
        Ok(at) => format!("/resources/{}{tail}", order[at]),
        Err(_) => text.to_owned(),
    }
}

/// What the report says of the network, whose order the estate alone gives.
const PARTS: [&str; 2] = ["exposures", "egress"];

#[test]
fn the_order_of_resources_changes_no_exposure_and_no_way_out() {
    let mut wrong = Vec::new();
    for (name, text) in templates() {
        let Ok(document) = serde_json::from_str::<Value>(&text) else {
            continue;
        };
        // Two calls of `utcNow` are told apart by where they stand.
        let Some(resources) = document["resources"]
            .as_array()
            .filter(|_| !text.contains("utcNow"))
        else {
            continue;
        };
        let count = resources.len();
        let plain: Vec<usize> = (0..count).collect();
        let before = report_value(&review(&name, &text));
        let mut turned = document.clone();
        let list = turned["resources"].as_array_mut().unwrap();
        list.reverse();
        let order: Vec<usize> = (0..count).rev().collect();
        let after = report_value(&review(&name, &turned.to_string()));
        for part in PARTS {
            let before = sorted(canonical(&before[part], &plain));
            let after = sorted(canonical(&after[part], &order));
            if before != after {
                let difference = first_difference(&before, &after, part);
                wrong.push(format!("{name}: {difference}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn first_difference(a: &Value, b: &Value, at: &str) -> String {
    match (a, b) {
        (Value::Array(a), Value::Array(b)) => {
            for (number, (one, other)) in a.iter().zip(b).enumerate() {
                if one != other {
                    return first_difference(one, other, &format!("{at}/{number}"));
                }
            }
            format!("{at}: {} or {}", a.len(), b.len())
        }
        (Value::Object(a), Value::Object(b)) => {
            for (name, one) in a {
                match b.get(name) {
                    Some(other) if other == one => {}
                    Some(other) => return first_difference(one, other, &format!("{at}/{name}")),
                    None => return format!("{at}/{name} is there or not"),
                }
            }
            format!("{at}: more members")
        }
        _ => format!("{at}: {a} or {b}"),
    }
}
