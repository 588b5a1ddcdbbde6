//! The evaluator: whatever the template, evaluation ends without a panic, and what it returns can
//! be written.
//!
//! A text that is no template is taken as an expression.

#![no_main]

use libfuzzer_sys::fuzz_target;
use sightline::arm::{Environment, TypedParameters, evaluate_inputs};
use sightline::input::{Inputs, RawFile, Role};
use sightline::value::to_json;

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else {
        return;
    };
    let inputs = Inputs::read(vec![RawFile::new("a.json", bytes)]);
    if inputs.documents.iter().any(|it| it.role == Role::Template) {
        evaluate(&inputs);
        return;
    }
    let escaped = text
        .replace('\\', "\\\\")
        .replace('"', "\\\"")
        .replace(|character: char| character.is_control(), " ");
    let template = format!(
        r#"{{"parameters": {{"s": {{"type": "string"}}, "b": {{"type": "bool"}}, "pw": {{"type": "securestring", "defaultValue": "hunter2hunter2"}},
        "e": {{"type": "string", "allowedValues": ["a", "b"]}}}}, "variables": {{"o": {{"a": [1, {{"b": "c"}}]}}}},
        "resources": [{{"type": "a.b/c", "name": "[{escaped}]", "properties": {{"x": "[{escaped}]",
        "copy": [{{"name": "l", "count": 2, "input": "[{escaped}]"}}]}}}}], "outputs": {{"o": {{"type": "string", "value": "[{escaped}]"}}}}}}"#
    );
    let inputs = Inputs::read(vec![RawFile::new("a.json", template.as_bytes())]);
    let written = evaluate(&inputs);
    if !text.contains("hunter2") {
        assert!(!written.contains("hunter2hunter2"), "{written}");
    }
});

fn evaluate(inputs: &Inputs) -> String {
    let evaluation = evaluate_inputs(inputs, &Environment::default(), &TypedParameters::new());
    let mut written = String::new();
    for resource in &evaluation.resources {
        written.push_str(&to_json(&resource.body).to_string());
        written.push_str(&resource.name);
        written.push_str(&resource.id);
    }
    for output in &evaluation.outputs {
        written.push_str(&to_json(&output.value).to_string());
    }
    for diagnostic in &evaluation.diagnostics {
        written.push_str(&diagnostic.message);
    }
    written
}
