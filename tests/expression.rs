//! Expressions, against vectors that others made or computed.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::Value as Json;
use sightline::arm::{Environment, evaluate_expression};
use sightline::conformance::expression;
use sightline::diagnostic::Level;
use sightline::source::FileId;
use sightline::value::{Value, read_json, to_json};
use std::fs;

fn same(a: &Json, b: &Json) -> bool {
    match (a, b) {
        (Json::Number(a), Json::Number(b)) => a.as_f64() == b.as_f64(),
        (Json::Array(a), Json::Array(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b))
        }
        (Json::Object(a), Json::Object(b)) => {
            a.len() == b.len() && a.iter().all(|(k, a)| b.get(k).is_some_and(|b| same(a, b)))
        }
        _ => a == b,
    }
}

#[test]
fn every_vector_is_answered_as_expected() {
    let text = fs::read_to_string("tests/cases/arm/vectors.jsonl").unwrap();
    let mut environment = Environment::default();
    let mut wrong = Vec::new();
    let mut count = 0;
    for line in text.lines() {
        let vector: Json = serde_json::from_str(line).unwrap();
        if let Some(schema) = vector.get("_schema") {
            environment = expression::environment(schema);
            continue;
        }
        let answer = expression::answer(&vector, &environment);
        let fine = if vector.get("expect_error").is_some() {
            answer.get("error").is_some()
        } else if vector.get("expect_unknown").is_some() {
            let wanted = vector.get("refers_to");
            answer
                .get("unknown")
                .is_some_and(|unknown| wanted.is_none() || unknown.get("refersTo") == wanted)
        } else {
            answer
                .get("value")
                .is_some_and(|value| same(value, &vector["expect"]))
        };
        count += 1;
        if !fine {
            wrong.push(format!("{} gives {answer}", vector["id"]));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(count, 500);
}

/// One row of a table of ours.
#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Row {
    note: String,
    expression: String,
    #[serde(default, deserialize_with = "some")]
    want: Option<Json>,
    want_error: Option<String>,
    want_symbol: Option<String>,
}

/// Null is a value to want.
fn some<'de, D: serde::Deserializer<'de>>(source: D) -> Result<Option<Json>, D::Error> {
    serde::Deserialize::deserialize(source).map(Some)
}

#[test]
fn every_row_of_our_tables_holds() {
    let mut wrong = Vec::new();
    let mut paths: Vec<_> = fs::read_dir("tests/cases/expression")
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    paths.sort();
    assert!(paths.len() > 10);
    for path in paths {
        let rows: Vec<Row> = serde_json::from_str(&fs::read_to_string(&path).unwrap()).unwrap();
        for row in rows {
            let expression = read(&Json::from(row.expression.as_str()).to_string());
            let (value, diagnostics) =
                evaluate_expression(&expression, &read("{}"), &[], &Environment::default());
            let error = diagnostics
                .iter()
                .find(|it| it.level == Level::Error)
                .map(|it| it.message.as_str());
            let found = value.as_unknown().map(|it| it.symbol.to_string());
            let fine = match (&row.want, &row.want_error, &row.want_symbol) {
                (None, Some(part), None) => error.is_some_and(|it| it.contains(part.as_str())),
                (None, None, Some(symbol)) => error.is_none() && found.as_ref() == Some(symbol),
                (Some(want), None, None) => {
                    error.is_none() && found.is_none() && same(want, &to_json(&value))
                }
                _ => panic!("{}: one thing is to be wanted", row.note),
            };
            if !fine {
                wrong.push(format!(
                    "{}: {} gives {} {error:?} {found:?}",
                    row.note,
                    row.expression,
                    to_json(&value)
                ));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn read(text: &str) -> Value {
    read_json(FileId::new(0), text, &mut Vec::new()).unwrap()
}
