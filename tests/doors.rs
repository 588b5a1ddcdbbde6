//! Service doors: the shared vectors, and for each kind a table that flips what decides.

use serde_json::{Value, json};

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
        problems.extend(disagreement(
            &case,
            &sightline::conformance::service_door::answer(&case),
        ));
    }
    assert!(count >= 50, "only {count} vectors");
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
