//! Expressions, against vectors that others made or computed.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::Value as Json;
use sightline::conformance::expression;
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
    let mut environment = sightline::arm::Environment::default();
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
