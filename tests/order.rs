//! In which order a template lists its resources and rules changes nothing but the places told.

#![allow(
    clippy::print_stderr,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

mod common {
    pub(crate) mod unplaced;
}

use common::unplaced::{turn_lists, unplaced_report};
use serde_json::Value;
use std::fs;

#[test]
fn reports_are_the_same_in_whatever_order_resources_and_rules_stand() {
    let mut reviewed = 0;
    for folder in ["public/examples", "../shared/corpus"] {
        let Ok(entries) = fs::read_dir(folder) else {
            eprintln!("{folder} is not there, so it is not turned");
            continue;
        };
        for path in entries.map(|entry| entry.unwrap().path()) {
            let text = fs::read_to_string(&path).unwrap_or_default();
            let Ok(template) = serde_json::from_str::<Value>(text.trim_start_matches('\u{feff}'))
            else {
                continue;
            };
            if template["resources"].as_array().is_none_or(Vec::is_empty) {
                continue;
            }
            let want = unplaced_report(&template);
            for turn in [1, 2, 5] {
                let mut turned = template.clone();
                turn_lists(&mut turned, turn);
                let found = unplaced_report(&turned);
                assert!(
                    found == want,
                    "{} turned by {turn}: {}",
                    path.display(),
                    first_difference(&want, &found, "")
                );
            }
            reviewed += 1;
        }
    }
    assert!(reviewed >= 3, "{reviewed} templates were reviewed");
}

/// Where two values differ first, and how.
fn first_difference(want: &Value, found: &Value, at: &str) -> String {
    match (want, found) {
        (Value::Object(a), Value::Object(b)) => {
            let differing = a.iter().find(|(name, value)| b.get(*name) != Some(value));
            if let Some((name, value)) = differing {
                let other = b.get(name).unwrap_or(&Value::Null);
                return first_difference(value, other, &format!("{at}/{name}"));
            }
        }
        (Value::Array(a), Value::Array(b)) if a.len() == b.len() => {
            let mut pairs = (0..).zip(a.iter().zip(b));
            if let Some((number, (a, b))) = pairs.find(|(_, (a, b))| a != b) {
                return first_difference(a, b, &format!("{at}/{number}"));
            }
        }
        _ => {}
    }
    format!("{at}: {want} and {found}")
}
