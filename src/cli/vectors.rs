//! `sightline vectors`: answers to conformance vectors.

use super::exit_code;
use crate::arm::Environment;
use crate::conformance::{expression, network_security_group, service_door};
use clap::Args;
use serde_json::{Value as Json, json};
use std::io::{self, BufRead as _, Write as _};

/// The options of `vectors`: none.
#[derive(Debug, Args)]
pub struct Options {}

/// Answers each line of standard input with one line of standard output.
pub(super) fn run(_: &Options) -> io::Result<u8> {
    let mut environment = Environment::default();
    let mut out = io::stdout().lock();
    for line in io::stdin().lock().lines() {
        let line = line?;
        if line.trim().is_empty() {
            continue;
        }
        let answer = match serde_json::from_str::<Json>(&line) {
            Ok(vector) => match vector.get("_schema") {
                Some(schema) => {
                    environment = expression::environment(schema);
                    continue;
                }
                None => answer(&vector, &environment),
            },
            Err(error) => json!({ "id": null, "error": format!("the line is no JSON: {error}") }),
        };
        writeln!(out, "{answer}")?;
    }
    Ok(exit_code::DONE)
}

/// Each kind of vector has a module of its own.
fn answer(vector: &Json, environment: &Environment) -> Json {
    match vector.get("kind").and_then(Json::as_str) {
        None => expression::answer(vector, environment),
        Some("nsg") => network_security_group::answer(vector),
        Some("paas") => service_door::answer(vector, environment),
        Some(kind) => json!({
            "id": vector.get("id").cloned().unwrap_or(Json::Null),
            "error": format!("there is no kind of vector called `{kind}`"),
        }),
    }
}
