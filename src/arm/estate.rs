//! All templates of a run as one estate.

use super::environment::Environment;
use super::evaluation::Evaluation;
use super::linked_file::{LinkedFile, LinkedFiles};
use super::parameter_file::{TypedParameters, file_values, match_files};
use super::run::{Outcome, Template, evaluate_template};
use super::symbol;
use crate::diagnostic::Diagnostic;
use crate::input::{Inputs, Role};
use crate::source::FileId;
use crate::value::{Text, Value};
use std::collections::BTreeSet;

/// Everything that the templates among `inputs` declare.
///
/// Parameter files go to the templates they belong to, and templates that others link to are
/// evaluated where they are linked and not on their own. The order is that of the inputs.
/// Evaluation never fails: what has no value is an unknown, and a diagnostic says why.
pub fn evaluate_inputs(
    inputs: &Inputs,
    environment: &Environment,
    typed: &TypedParameters,
) -> Evaluation {
    let mut whole = Evaluation::default();
    let files = linked_files(inputs);
    let chosen = match_files(&files, &mut whole.diagnostics);
    let mut outcomes: Vec<(FileId, Outcome)> = Vec::new();
    for (at, file) in files.templates.iter().enumerate() {
        let mut given = Vec::new();
        for (parameters, template) in &chosen {
            if *template == at
                && let Some(parameters) = files.parameters.get(*parameters)
            {
                given.extend(file_values(&parameters.root));
            }
        }
        let mut diagnostics: Vec<Diagnostic> = Vec::new();
        given.extend(typed.values(&file.name, &file.root, &mut diagnostics));
        let template = Template {
            file: file.file,
            root: file.root.clone(),
            qualifier: qualifier(file, &files),
            given,
        };
        let mut outcome = evaluate_template(&template, &files, environment);
        outcome.evaluation.diagnostics.splice(0..0, diagnostics);
        outcomes.push((file.file, outcome));
    }
    let linked: BTreeSet<FileId> = outcomes
        .iter()
        .flat_map(|(_, outcome)| outcome.linked.iter().copied())
        .collect();
    // Templates that only link to each other in a ring have no outermost one: all are kept.
    let has_outermost = outcomes.iter().any(|(file, _)| !linked.contains(file));
    for (file, outcome) in outcomes {
        if has_outermost && linked.contains(&file) {
            continue;
        }
        let part = outcome.evaluation;
        whole.resources.extend(part.resources);
        whole.parameters.extend(part.parameters);
        whole.outputs.extend(part.outputs);
        whole.diagnostics.extend(part.diagnostics);
    }
    whole
}

fn linked_files(inputs: &Inputs) -> LinkedFiles {
    let mut files = LinkedFiles::default();
    for document in &inputs.documents {
        let list = match document.role {
            Role::Template => &mut files.templates,
            Role::Parameters => &mut files.parameters,
            Role::Reviewer | Role::Answer | Role::Other(_) => continue,
        };
        let source = inputs.sources.get(document.file);
        list.push(LinkedFile {
            name: source.map_or_else(String::new, |source| source.name().to_string()),
            file: document.file,
            root: document.root.clone(),
        });
    }
    files
}

/// What keeps the open parameters of `file` apart from those of other templates: its name, where
/// another one declares a parameter of the same name.
fn qualifier(file: &LinkedFile, files: &LinkedFiles) -> Text {
    let names = |root: &Value| -> BTreeSet<String> {
        let members = root.get("parameters").map_or(&[][..], Value::members);
        members
            .iter()
            .map(|it| it.name.to_ascii_lowercase())
            .collect()
    };
    let own = names(&file.root);
    let is_shared = files
        .templates
        .iter()
        .any(|other| other.file != file.file && !own.is_disjoint(&names(&other.root)));
    if is_shared {
        format!("{}:", symbol::escape(&file.name)).into()
    } else {
        Text::from("")
    }
}
