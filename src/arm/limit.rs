//! Azure's limits of a template.
//!
//! What exceeds one is still reviewed; the diagnostic says that Azure would refuse it.
//! Source: "Template best practices", "Azure subscription and service limits".

use crate::diagnostic::Diagnostic;
use crate::source::Span;
use crate::value::{Text, Value};
use std::collections::BTreeSet;

/// The most characters of an expression.
const EXPRESSION: usize = 24_576;
/// The most turns of a copy loop.
pub(crate) const COPIES: i64 = 800;
/// The most resources of a template, copies counted.
const RESOURCES: usize = 800;
/// The most locations of the deployments that a template makes outside resource groups.
const LOCATIONS: usize = 10;
/// The most bytes of a template and of a parameter file.
const TEMPLATE_BYTES: u32 = 4 * 1024 * 1024;
/// The most bytes of one resource's definition.
const RESOURCE_BYTES: usize = 1024 * 1024;

fn exceeded(message: String, span: Span) -> Diagnostic {
    Diagnostic::warning("arm-limit", message, span)
}

/// What is to say about the length of the expression `text` at `span`.
pub(crate) fn check_expression(text: &Text, span: Span) -> Option<Diagnostic> {
    if text.len() <= EXPRESSION {
        return None;
    }
    let count = text.encode_utf16().count();
    (count > EXPRESSION).then(|| {
        let message =
            format!("the expression has {count} characters, and Azure takes {EXPRESSION}");
        exceeded(message, span)
    })
}

/// What is to say about the sections and the size of template `root`.
pub(crate) fn check_template(root: &Value) -> Vec<Diagnostic> {
    let mut found = Vec::new();
    for (name, most) in [("parameters", 256), ("variables", 256), ("outputs", 64)] {
        let Some(section) = root.get(name) else {
            continue;
        };
        let count = section.members().len();
        if count > most {
            let message = format!("the template has {count} {name}, and Azure takes {most}");
            found.push(exceeded(message, section.span));
        }
    }
    let bytes = root.span.end - root.span.start;
    if bytes > TEMPLATE_BYTES {
        let message = format!("the template has {bytes} bytes, and Azure takes {TEMPLATE_BYTES}");
        found.push(exceeded(
            message,
            Span {
                end: root.span.start + 1,
                ..root.span
            },
        ));
    }
    found
}

/// What is to say about a template with `count` resources at `span`.
pub(crate) fn check_resources(count: usize, span: Span) -> Option<Diagnostic> {
    (count > RESOURCES).then(|| {
        let message = format!("the template has {count} resources, and Azure takes {RESOURCES}");
        exceeded(message, span)
    })
}

/// What is to say about the `locations` of the deployments that a template with `resources` at
/// `span` makes outside resource groups.
pub(crate) fn check_locations<'a>(
    locations: impl Iterator<Item = &'a str>,
    span: Span,
) -> Option<Diagnostic> {
    let distinct: BTreeSet<String> = locations
        .map(|location| location.replace(' ', "").to_ascii_lowercase())
        .collect();
    let count = distinct.len();
    (count > LOCATIONS).then(|| {
        let message =
            format!("the template deploys to {count} locations, and Azure takes {LOCATIONS}");
        exceeded(message, span)
    })
}

/// What is to say about the size of the evaluated resource `body` declared at `span`.
pub(crate) fn check_resource(body: &Value, span: Span) -> Option<Diagnostic> {
    let bytes = body.weight();
    (bytes > RESOURCE_BYTES).then(|| {
        let message =
            format!("the resource has about {bytes} bytes, and Azure takes {RESOURCE_BYTES}");
        exceeded(message, span)
    })
}
