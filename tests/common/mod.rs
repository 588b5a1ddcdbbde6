//! What tests of whole templates share.

#![allow(
    dead_code,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "each test file uses a part of it, and says by panicking what it cannot do"
)]

use sightline::arm::{DeclaredResource, Environment, Evaluation, TypedParameters, evaluate_inputs};
use sightline::diagnostic::Level;
use sightline::input::{Inputs, RawFile};
use sightline::value::Value;

/// The files as inputs.
pub(crate) fn inputs(files: &[(&str, &str)]) -> Inputs {
    let files = files
        .iter()
        .map(|(name, text)| RawFile::new(*name, text.as_bytes()))
        .collect();
    Inputs::read(files)
}

/// What the files declare, in the placeholder environment.
pub(crate) fn evaluate(files: &[(&str, &str)]) -> Evaluation {
    evaluate_with(files, &TypedParameters::new())
}

/// What the files declare with typed parameters.
pub(crate) fn evaluate_with(files: &[(&str, &str)], typed: &TypedParameters) -> Evaluation {
    evaluate_inputs(&inputs(files), &Environment::default(), typed)
}

/// A template with the given sections, resource-group scope.
pub(crate) fn template(sections: &str) -> String {
    format!(
        r#"{{"$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#", "contentVersion": "1.0.0.0", {sections}}}"#
    )
}

/// The messages of errors.
pub(crate) fn errors(evaluation: &Evaluation) -> Vec<&str> {
    messages(evaluation, Level::Error)
}

/// The messages of warnings.
pub(crate) fn warnings(evaluation: &Evaluation) -> Vec<&str> {
    messages(evaluation, Level::Warning)
}

fn messages(evaluation: &Evaluation, level: Level) -> Vec<&str> {
    evaluation
        .diagnostics
        .iter()
        .filter(|diagnostic| diagnostic.level == level)
        .map(|diagnostic| diagnostic.message.as_str())
        .collect()
}

/// The only resource of that name.
pub(crate) fn resource<'a>(evaluation: &'a Evaluation, name: &str) -> &'a DeclaredResource {
    let mut found = evaluation
        .resources
        .iter()
        .filter(|resource| &*resource.name == name);
    let resource = found.next().unwrap_or_else(|| {
        let names: Vec<_> = evaluation.resources.iter().map(|it| &*it.name).collect();
        panic!("no resource `{name}` among {names:?}")
    });
    assert!(found.next().is_none(), "several resources `{name}`");
    resource
}

/// The value at the end of a path of member names below a resource's properties.
pub(crate) fn property<'a>(resource: &'a DeclaredResource, path: &[&str]) -> &'a Value {
    resource
        .body
        .get("properties")
        .and_then(|properties| properties.get_path(path))
        .unwrap_or_else(|| panic!("`{}` has no {path:?}", resource.name))
}
