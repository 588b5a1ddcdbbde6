//! The texts behind an evaluated value: what a parameter file or a list of Azure's says.
//!
//! A property that is `[parameters('access')]` is decided where the parameter gets its value, so
//! what cites the property cites that place too.

use crate::arm::expression::{Accessor, Expression, Head, Meaning, meaning, parse};
use crate::arm::{DeclaredParameter, Evaluation, ParameterSource};
use crate::evidence::Evidence;
use crate::input::Document;
use crate::network::{ResourceEgress, ServiceTags};
use crate::reachability::Exposure;
use crate::source::FileId;
use crate::value::{Value, pointer_at, to_json, value_at};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// The most values below one statement that are looked at.
const VALUE_LIMIT: usize = 200;
/// The longest value that is told.
const TEXT_LIMIT: usize = 60;

/// Where values come from.
pub(super) struct Origins<'a> {
    documents: BTreeMap<FileId, &'a Document>,
    /// Those whose value stands in another file, by file and name in lower case.
    parameters: BTreeMap<(FileId, String), &'a DeclaredParameter>,
    tags: &'a ServiceTags,
}

impl<'a> Origins<'a> {
    /// The origins in a run; `None` where every value stands in the template itself.
    pub(super) fn of(
        documents: &'a [Document],
        evaluation: &'a Evaluation,
        tags: &'a ServiceTags,
    ) -> Option<Self> {
        let given = evaluation.parameters.iter();
        let parameters: BTreeMap<_, _> = given
            .filter(|one| one.source == ParameterSource::File && one.value.span.file != one.file)
            .map(|one| ((one.file, one.name.to_ascii_lowercase()), one))
            .collect();
        if parameters.is_empty() && !tags.is_listed() {
            return None;
        }
        Some(Self {
            documents: documents.iter().map(|one| (one.file, one)).collect(),
            parameters,
            tags,
        })
    }

    /// Adds to what `exposures` rest on the places that their values come from.
    pub(super) fn cite(&self, exposures: &mut [Exposure]) {
        for exposure in exposures {
            let paths = exposure.paths.iter_mut().chain(&mut exposure.inner_paths);
            for hop in paths.flat_map(|path| &mut path.hops) {
                self.add(&mut hop.evidence);
            }
            for blocker in &mut exposure.blockers {
                self.add(&mut blocker.evidence);
            }
        }
    }

    /// The same for what gets out.
    pub(super) fn cite_egress<'e>(&self, egress: impl Iterator<Item = &'e mut ResourceEgress>) {
        for one in egress {
            self.add(&mut one.evidence);
            for way in &mut one.ways {
                self.add(&mut way.evidence);
            }
        }
    }

    /// Adds to `evidence` the places that its values come from, each once.
    pub(super) fn add(&self, evidence: &mut Vec<Evidence>) {
        let mut found: Vec<Evidence> = Vec::new();
        for one in evidence.iter() {
            let Some(document) = self.documents.get(&one.span.file) else {
                continue;
            };
            let pointer = pointer_at(&document.whole, one.span);
            // A template within a template has parameters of its own.
            if pointer.contains("/template/resources/") {
                continue;
            }
            if let Some(value) = value_at(&document.whole, &pointer)
                && value.span == one.span
            {
                self.walk(one.span.file, value, &mut found);
            }
        }
        for one in found {
            if !evidence.contains(&one) {
                evidence.push(one);
            }
        }
    }

    fn walk(&self, file: FileId, value: &Value, found: &mut Vec<Evidence>) {
        let mut left = vec![value];
        for _ in 0..VALUE_LIMIT {
            let Some(value) = left.pop() else { return };
            if let Some(text) = value.as_str() {
                self.of_text(file, text, found);
            }
            left.extend(value.items());
            left.extend(value.members().iter().map(|member| &member.value));
        }
    }

    fn of_text(&self, file: FileId, text: &str, found: &mut Vec<Evidence>) {
        match meaning(text) {
            Meaning::Literal(text) => {
                let says = || format!("the addresses of service tag `{text}` are listed here");
                found.extend(
                    self.tags
                        .listed(&text)
                        .map(|span| Evidence::stated(span, says())),
                );
            }
            Meaning::Expression(text) => {
                let Ok(expression) = parse(text) else { return };
                for name in parameters_of(&expression) {
                    let key = (file, name.to_ascii_lowercase());
                    found.extend(self.parameters.get(&key).map(|one| given(one)));
                }
            }
        }
    }
}

/// What a parameter file gives a parameter; a secret, a list or an object is not told.
fn given(parameter: &DeclaredParameter) -> Evidence {
    let name = &parameter.name;
    let short = match to_json(&parameter.value) {
        _ if parameter.secure => None,
        Json::String(text) => Some(text),
        value @ (Json::Bool(_) | Json::Number(_)) => Some(value.to_string()),
        _ => None,
    };
    let says = match short.filter(|text| text.len() <= TEXT_LIMIT) {
        Some(text) => format!("parameter `{name}` is given as `{text}`"),
        None => format!("parameter `{name}` is given here"),
    };
    Evidence::stated(parameter.value.span, says)
}

/// The names of the parameters that `expression` reads, in order.
fn parameters_of(expression: &Expression) -> Vec<&str> {
    let mut names = Vec::new();
    let mut left = vec![expression];
    while let Some(expression) = left.pop() {
        for accessor in &expression.accessors {
            if let Accessor::Index(index) = accessor {
                left.push(index);
            }
        }
        let Head::Call(call) = &expression.head else {
            continue;
        };
        if let (true, Some(Head::String(name))) = (
            call.namespace.is_none() && call.name.eq_ignore_ascii_case("parameters"),
            call.arguments.first().map(|argument| &argument.head),
        ) {
            names.push(&**name);
        }
        left.extend(&call.arguments);
    }
    names
}
