//! Vectors of the template language: an expression, perhaps within a part of a template.

use crate::arm::{Environment, evaluate_expression};
use crate::diagnostic::Level;
use crate::source::FileId;
use crate::value::{Value, read_json, to_json};
use serde_json::{Value as Json, json};

/// The environment that the first line of a vector file, `schema`, sets.
pub fn environment(schema: &Json) -> Environment {
    match schema.get("environment").map(read) {
        Some(settings) => Environment::read(&settings),
        None => Environment::default(),
    }
}

/// The answer to the vector `line`: its `id` and a `value`, an `error`, or what the `unknown`
/// refers to.
///
/// An error anywhere in the evaluation counts as one of the expression, since Azure would refuse
/// the deployment.
pub fn answer(line: &Json, environment: &Environment) -> Json {
    let id = line.get("id").cloned().unwrap_or(Json::Null);
    let expression = line.get("expr").map_or_else(|| read(&Json::Null), read);
    let template = line.get("template").map_or_else(|| read(&json!({})), read);
    let given = template
        .get("parameterValues")
        .map_or(&[][..], Value::members);
    let (value, diagnostics) = evaluate_expression(&expression, &template, given, environment);
    let error = diagnostics
        .iter()
        .find(|diagnostic| diagnostic.level == Level::Error);
    if let Some(error) = error {
        return json!({ "id": id, "error": error.message });
    }
    match value.as_unknown() {
        Some(unknown) => json!({ "id": id, "unknown": { "refersTo": unknown.refers_to() } }),
        None => json!({ "id": id, "value": to_json(&value) }),
    }
}

fn read(part: &Json) -> Value {
    let file = FileId::new(0);
    let text = part.to_string();
    let null = Value::null(crate::source::Span::new(file, 0, 0));
    read_json(file, &text, &mut Vec::new()).unwrap_or(null)
}
