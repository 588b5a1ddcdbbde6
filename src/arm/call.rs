//! Evaluates expressions: calls, and what is taken from their results.
//!
//! Functions are written for known values. This module carries them over unknown ones: where an
//! argument has a short list of alternatives, the function is applied to each; otherwise the result
//! is an unknown that names the call.

use super::access::Key;
use super::budget;
use super::context::Context;
use super::equality;
use super::evaluator::Evaluator;
use super::expression::{Accessor, Call, Expression, Head};
use super::failure::{Failure, Outcome};
use super::function::{self, Body, Function};
use super::site::Site;
use super::symbol;
use crate::value::{Data, Text, Unknown, Value};
use std::sync::Arc;

/// The most alternatives that are kept of an unknown.
pub(crate) const ALTERNATIVES: usize = 16;

impl Evaluator<'_> {
    /// The value of `expression`.
    pub(crate) fn evaluate_expression(
        &mut self,
        expression: &Expression,
        context: &Context,
    ) -> Outcome {
        let mut value = match &expression.head {
            Head::String(text) => Value::string(context.span, Text::clone(text)),
            Head::Integer(number) => Value::new(context.span, Data::Integer(*number)),
            Head::Call(call) => {
                self.budget.descend()?;
                let outcome = self.evaluate_call(call, context);
                self.budget.ascend();
                outcome?
            }
        };
        for accessor in &expression.accessors {
            value = match accessor {
                Accessor::Member(name) => self.access(&value, &Key::Member(name), context)?,
                Accessor::Index(index) => {
                    self.budget.descend()?;
                    let index = self.evaluate_expression(index, context);
                    self.budget.ascend();
                    self.access_by(&value, &index?, context)?
                }
            };
        }
        Ok(value)
    }

    fn evaluate_call(&mut self, call: &Call, context: &Context) -> Outcome {
        self.budget.spend(1)?;
        if let Some(namespace) = &call.namespace {
            return self.call_user_function(namespace, call, context);
        }
        let Some(function) = function::find(&call.name) else {
            return Err(Failure::new(
                "arm-unknown-function",
                format!("there is no function `{}`", call.name),
            ));
        };
        let site = Site {
            name: function.display_name(&call.name),
            context,
        };
        function.check_count(&site, call.arguments.len())?;
        if let Body::Lazy(body) = function.body {
            return body(self, &site, &call.arguments);
        }
        let arguments = self.evaluate_arguments(&call.arguments, context)?;
        self.apply(function, &site, &arguments)
    }

    /// The values of `arguments` in order.
    pub(crate) fn evaluate_arguments(
        &mut self,
        arguments: &[Expression],
        context: &Context,
    ) -> Result<Vec<Value>, Failure> {
        arguments
            .iter()
            .map(|argument| self.evaluate_expression(argument, context))
            .collect()
    }

    /// The result of `function` on `arguments`, some of which may be unknown.
    pub(crate) fn apply(
        &mut self,
        function: &Function,
        site: &Site<'_>,
        arguments: &[Value],
    ) -> Outcome {
        let bytes = arguments
            .iter()
            .fold(0_usize, |sum, value| sum.saturating_add(value.weight()));
        self.budget.spend_bytes(bytes)?;
        let outcome = match function.body {
            Body::Open(body) => body(self, site, arguments),
            Body::Strict(body) | Body::Deep(body) => {
                let deep = matches!(function.body, Body::Deep(_));
                if arguments.iter().any(|value| is_open(value, deep)) {
                    self.apply_open(function, site, arguments)
                } else {
                    body(site, arguments)
                }
            }
            Body::Lazy(_) => Err(site.failure("cannot be applied to values")),
        };
        let value = budget::admit(outcome?)?;
        // What is only handed on costs nothing.
        if !matches!(function.body, Body::Open(_)) {
            self.budget.spend_made(value.weight())?;
        }
        Ok(value)
    }

    /// The result of a function that needs known arguments on arguments that are not.
    fn apply_open(&mut self, function: &Function, site: &Site<'_>, arguments: &[Value]) -> Outcome {
        let symbol = function
            .symbol
            .and_then(|make| make(site, arguments))
            .unwrap_or_else(|| symbol::of_call(site.name, arguments));
        let unknown = Unknown::union(
            unknowns(arguments).iter().map(|unknown| &**unknown),
            symbol,
            Text::clone(&site.context.text),
        );
        let Some(candidates) = self.candidates(arguments) else {
            return Ok(Value::unknown(site.span(), unknown));
        };
        let mut results: Vec<Value> = Vec::new();
        let mut failure = None;
        for candidate in candidates {
            match self.apply(function, site, &candidate) {
                Ok(value) => results.push(value),
                Err(reason) if reason.code == "arm-budget" => return Err(reason),
                // That alternative cannot be what is deployed.
                Err(reason) => failure = Some(reason),
            }
        }
        if let (true, Some(failure)) = (results.is_empty(), failure) {
            return Err(if unknown.secret {
                site.failure("does not take the value of a secure parameter")
            } else {
                failure
            });
        }
        if unknown.secret {
            return Ok(self.conceal(site, unknown, &results));
        }
        self.settle(site, unknown, results)
    }

    /// What a secret unknown becomes whose value is one of `results`: a truth value tells too
    /// little to be kept back, everything else stays a secret.
    pub(crate) fn conceal(
        &mut self,
        site: &Site<'_>,
        unknown: Unknown,
        results: &[Value],
    ) -> Value {
        if let [only] = results
            && only.as_unknown().is_none()
        {
            if only.as_bool().is_some() {
                return only.clone().at(site.span());
            }
            self.secrets
                .insert(Text::clone(&unknown.symbol), only.clone());
        }
        Value::unknown(site.span(), unknown)
    }

    /// `unknown` as one of `results`, of which each counts once; the value itself where they are all
    /// the same.
    pub(crate) fn settle(
        &mut self,
        site: &Site<'_>,
        mut unknown: Unknown,
        results: Vec<Value>,
    ) -> Outcome {
        // Each is compared with all others.
        let bytes = results
            .iter()
            .fold(0_usize, |sum, it| sum.saturating_add(it.weight()));
        self.budget
            .spend_bytes(bytes.saturating_mul(results.len()))?;
        let alternatives = flatten(results);
        if let [only] = alternatives.as_slice()
            && only.as_unknown().is_none()
        {
            return Ok(only.clone().at(site.span()));
        }
        if alternatives.len() <= ALTERNATIVES {
            unknown.alternatives = alternatives;
        }
        budget::admit(Value::unknown(site.span(), unknown))
    }

    /// Every combination of what `arguments` can be, or `None` where one of them can be anything or
    /// there are too many.
    fn candidates(&self, arguments: &[Value]) -> Option<Vec<Vec<Value>>> {
        let mut combinations: Vec<Vec<Value>> = vec![Vec::new()];
        for argument in arguments {
            let choices = match argument.as_unknown() {
                None if is_open(argument, true) => return None,
                None => vec![argument.clone()],
                Some(unknown) if unknown.secret => {
                    vec![self.secrets.get(&unknown.symbol)?.clone()]
                }
                Some(unknown) if unknown.alternatives.is_empty() => return None,
                Some(unknown) => unknown.alternatives.clone(),
            };
            if combinations.len() * choices.len() > ALTERNATIVES {
                return None;
            }
            combinations = combinations
                .iter()
                .flat_map(|before| {
                    choices.iter().map(|choice| {
                        let mut arguments = before.clone();
                        arguments.push(choice.clone());
                        arguments
                    })
                })
                .collect();
        }
        Some(combinations)
    }
}

/// `values` without repetitions, an unknown replaced by its alternatives where it has some. Empty
/// where there are more than are kept.
fn flatten(values: Vec<Value>) -> Vec<Value> {
    let mut flat: Vec<Value> = Vec::new();
    for value in values {
        let parts = match value.as_unknown() {
            Some(unknown) if !unknown.alternatives.is_empty() => unknown.alternatives.clone(),
            _ => vec![value],
        };
        for part in parts {
            if !flat.iter().any(|other| equality::same(other, &part)) {
                flat.push(part);
            }
        }
        if flat.len() > ALTERNATIVES {
            return Vec::new();
        }
    }
    flat
}

/// Whether `value` is unknown, or, where `deep`, holds an unknown.
pub(crate) fn is_open(value: &Value, deep: bool) -> bool {
    if value.as_unknown().is_some() {
        return true;
    }
    let mut found = false;
    if deep {
        value.for_each_unknown(&mut |_, _| found = true);
    }
    found
}

/// The unknown that a call on `arguments`, not all of them known, results in.
pub(crate) fn open_unknown(site: &Site<'_>, arguments: &[Value]) -> Unknown {
    Unknown::union(
        unknowns(arguments).iter().map(|unknown| &**unknown),
        symbol::of_call(site.name, arguments),
        Text::clone(&site.context.text),
    )
}

/// [`open_unknown`] as a value.
pub(crate) fn open_result(site: &Site<'_>, arguments: &[Value]) -> Value {
    Value::unknown(site.span(), open_unknown(site, arguments))
}

/// Every unknown in `values`.
pub(crate) fn unknowns(values: &[Value]) -> Vec<Arc<Unknown>> {
    let mut found = Vec::new();
    for value in values {
        value.for_each_unknown(&mut |_, unknown| found.push(Arc::clone(unknown)));
    }
    found
}
