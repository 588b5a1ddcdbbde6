//! What is taken from values: members of objects and items of lists.
//!
//! From an unknown, a step is kept in its path; where the unknown is an output of a nested
//! deployment of the run, the step leads to the output's value.

use super::call::{ALTERNATIVES, open_unknown};
use super::context::Context;
use super::evaluator::Evaluator;
use super::failure::{Failure, Outcome};
use super::function;
use super::output::Asked;
use super::site::Site;
use super::symbol;
use crate::value::{Atom, Cause, Data, Text, Unknown, Value};
use std::sync::Arc;

impl Evaluator<'_> {
    /// What `value` holds at the value `index`.
    pub(crate) fn access_by(&mut self, value: &Value, index: &Value, context: &Context) -> Outcome {
        match &index.data {
            Data::String(name) => self.access(value, &Key::Member(name), context),
            Data::Integer(at) => self.access(value, &Key::Item(*at), context),
            Data::Unknown(unknown) => {
                let choices = if unknown.secret {
                    Vec::new()
                } else {
                    unknown.alternatives.clone()
                };
                self.access_unknown_index(value, index, choices, context)
            }
            _ => Err(Failure::access(format!(
                "an index is to be a string or an int, not {}",
                index.type_name()
            ))),
        }
    }

    fn access_unknown_index(
        &mut self,
        value: &Value,
        index: &Value,
        choices: Vec<Value>,
        context: &Context,
    ) -> Outcome {
        let site = Site {
            name: "item",
            context,
        };
        let made = open_unknown(&site, &[value.clone(), index.clone()]);
        // A list that is known, taken at an index that is not, gives one of its items.
        let results = if choices.is_empty() {
            value
                .as_array()
                .filter(|items| items.len() <= ALTERNATIVES)
                .map(<[Value]>::to_vec)
                .unwrap_or_default()
        } else {
            let mut results = Vec::new();
            for choice in choices {
                if choice.as_unknown().is_none()
                    && let Some(result) = self.attempt(|run| run.access_by(value, &choice, context))
                {
                    results.push(result);
                }
            }
            results
        };
        if made.secret {
            return Ok(Value::unknown(context.span, made));
        }
        self.settle(&site, made, results)
    }

    /// What `value` holds at `key`.
    pub(crate) fn access(&mut self, value: &Value, key: &Key<'_>, context: &Context) -> Outcome {
        self.budget.spend(1 + value.members().len() / 64)?;
        match (&value.data, key) {
            (Data::Object(object), Key::Member(name)) => object
                .get(name)
                .cloned()
                .ok_or_else(|| Failure::access(format!("the object has no member `{name}`"))),
            (Data::Array(array), Key::Item(at)) => usize::try_from(*at)
                .ok()
                .and_then(|at| array.items().get(at))
                .cloned()
                .ok_or_else(|| {
                    let count = array.items().len();
                    Failure::access(format!("the array has {count} items, and none at `{at}`"))
                }),
            (Data::Unknown(unknown), _) => self.access_unknown(unknown, key, context),
            (_, Key::Member(name)) => Err(Failure::access(format!(
                "`{name}` cannot be taken from {}",
                value.type_name()
            ))),
            (_, Key::Item(at)) => Err(Failure::access(format!(
                "item `{at}` cannot be taken from {}",
                value.type_name()
            ))),
        }
    }

    fn access_unknown(
        &mut self,
        target: &Arc<Unknown>,
        key: &Key<'_>,
        context: &Context,
    ) -> Outcome {
        let step = key.to_string();
        let mut made = Unknown {
            alternatives: Vec::new(),
            symbol: symbol::of_access(&target.symbol, &step),
            expression: Text::clone(&context.text),
            ..(**target).clone()
        };
        if let Some((atom, others)) = target.atoms.split_first()
            && is_direct(target, atom)
        {
            let mut path = atom.path.clone();
            path.push(step.into());
            let mut atom = Atom {
                path,
                ..(**atom).clone()
            };
            match self.deployment_output(&atom)? {
                Asked::Output(output) => return Ok(output),
                Asked::Missing => atom.cause = Cause::MissingFile,
                Asked::Other => {}
            }
            made.atoms = std::iter::once(Arc::new(atom))
                .chain(others.iter().cloned())
                .collect();
        }
        let site = Site {
            name: "access",
            context,
        };
        if target.secret {
            let Some(value) = self.secrets.get(&target.symbol).cloned() else {
                return Ok(Value::unknown(context.span, made));
            };
            let result = self.access(&value, key, context)?;
            return Ok(self.conceal(&site, made, &[result]));
        }
        let mut results = Vec::new();
        for alternative in &target.alternatives {
            if let Some(result) = self.attempt(|run| run.access(alternative, key, context)) {
                results.push(result);
            }
        }
        self.settle(&site, made, results)
    }
}

/// One step into a value.
pub(crate) enum Key<'a> {
    /// A member of an object.
    Member(&'a str),
    /// An item of a list.
    Item(i64),
}

impl std::fmt::Display for Key<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Member(name) => write!(out, "{}", symbol::escape(name)),
            Self::Item(at) => write!(out, "[{at}]"),
        }
    }
}

/// Whether `unknown` is the fact `atom` itself, or taken from it, and nothing made from it.
fn is_direct(unknown: &Unknown, atom: &Atom) -> bool {
    let [symbol::Piece::Hole(hole)] = symbol::pieces(&unknown.symbol)[..] else {
        return false;
    };
    let mut path = String::new();
    for step in &atom.path {
        path.push('.');
        path.push_str(step);
    }
    let Some(call) = hole.strip_suffix(path.as_str()) else {
        return false;
    };
    let name = call.split('(').next().unwrap_or("");
    let name = name.rsplit(':').next().unwrap_or(name);
    call.ends_with(')') && function::is_fact(name)
}
