//! `sightline expand`: the evaluated resources.

use super::arguments::EvaluationOptions;
use super::{exit_code, input, message};
use crate::arm::{Condition, DeclaredResource, evaluate_inputs};
use crate::input::Inputs;
use crate::value::{Value, to_json};
use clap::Args;
use serde_json::{Map, Value as Json, json};
use std::io::{self, Write as _};
use std::path::PathBuf;

/// The options of `expand`.
#[derive(Debug, Args)]
pub struct Options {
    /// A file, a directory, or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    input: PathBuf,
    #[command(flatten)]
    evaluation: EvaluationOptions,
    /// Print no messages
    #[arg(long)]
    quiet: bool,
}

/// Prints the resources of the input, and on standard error what is doubtful in it.
pub(super) fn run(options: &Options) -> io::Result<u8> {
    let (environment, parameters) = input::read_options(&options.evaluation)?;
    let inputs = Inputs::read(input::read_files(std::slice::from_ref(&options.input))?);
    let evaluation = evaluate_inputs(&inputs, &environment, &parameters);
    let resources: Json = evaluation
        .resources
        .iter()
        .map(|resource| describe(resource, &inputs))
        .collect();
    if !options.quiet {
        for rejected in &inputs.rejected {
            message::say_rejected(&inputs.sources, rejected);
        }
        let found = inputs.diagnostics.iter().chain(&evaluation.diagnostics);
        for diagnostic in found {
            message::say_diagnostic(&inputs.sources, diagnostic);
        }
    }
    let mut out = io::stdout().lock();
    serde_json::to_writer_pretty(&mut out, &resources)?;
    writeln!(out)?;
    Ok(if inputs.rejected.is_empty() {
        exit_code::DONE
    } else {
        exit_code::UNREADABLE
    })
}

fn describe(resource: &DeclaredResource, inputs: &Inputs) -> Json {
    let mut members = Map::new();
    let mut add = |name: &str, value: Json| members.insert(name.to_owned(), value);
    add("type", json!(&*resource.resource_type));
    add("name", json!(&*resource.name));
    if let Some(version) = &resource.api_version {
        add("apiVersion", json!(&**version));
    }
    add("id", json!(&*resource.id));
    add("scope", json!(&*resource.scope));
    let condition = match &resource.condition {
        Condition::True => json!(true),
        Condition::False(_) => json!(false),
        Condition::Unknown(span, unknown) => to_json(&Value::unknown(*span, (**unknown).clone())),
    };
    add("condition", condition);
    if resource.existing {
        add("existing", json!(true));
    }
    if let Some(symbol) = &resource.symbolic_name {
        add("symbolicName", json!(&**symbol));
    }
    if let Some(index) = resource.copy_index {
        add("copyIndex", json!(index));
    }
    if !resource.deployment.is_empty() {
        add("deployment", json!(resource.deployment.join("/")));
    }
    for member in resource.body.members() {
        let known = [
            "type",
            "name",
            "apiVersion",
            "id",
            "scope",
            "condition",
            "existing",
        ];
        if !known
            .iter()
            .any(|name| member.name.eq_ignore_ascii_case(name))
        {
            add(&member.name, to_json(&member.value));
        }
    }
    if resource
        .resource_type
        .eq_ignore_ascii_case("Microsoft.Resources/deployments")
        && let Some(Json::Object(properties)) = members.get_mut("properties")
        && !properties.contains_key("templateLink")
    {
        // Its resources follow it.
        properties.insert("template".to_owned(), json!("(nested)"));
    }
    let document = inputs.documents.iter().find(|it| it.file == resource.file);
    let source = inputs.sources.get(resource.file);
    if let (Some(document), Some(source)) = (document, source) {
        members.insert("file".to_owned(), json!(&**source.name()));
        let pointer = json!(document.pointer(resource.span));
        members.insert("pointer".to_owned(), pointer);
    }
    Json::Object(members)
}
