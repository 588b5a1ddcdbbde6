//! Functions that take a function.

use super::{Body, Function};
use crate::arm::budget::check_bytes;
use crate::arm::call::open_unknown;
use crate::arm::context::Context;
use crate::arm::evaluator::Evaluator;
use crate::arm::expression::{Expression, Head};
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::value::{Data, Member, Text, Value};
use indexmap::IndexMap;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("filter", 2, 2, Body::Lazy(filter)),
    Function::new("groupBy", 2, 3, Body::Lazy(group_by)),
    Function::new("lambda", 1, super::ANY, Body::Lazy(lambda)),
    Function::new("lambdaVariables", 1, 1, Body::Lazy(lambda_variables)),
    Function::new("map", 2, 2, Body::Lazy(map)),
    Function::new("mapValues", 2, 2, Body::Lazy(map_values)),
    Function::new("reduce", 3, 3, Body::Lazy(reduce)),
    Function::new("sort", 2, 2, Body::Lazy(sort)),
    Function::new("toObject", 2, 3, Body::Lazy(to_object)),
];

/// A function written as an argument.
struct Lambda<'a> {
    names: Vec<Text>,
    body: &'a Expression,
    text: String,
}

impl<'a> Lambda<'a> {
    /// Argument `at`, which is to be a lambda of `least` to `most` variables.
    fn read(
        site: &Site<'_>,
        arguments: &'a [Expression],
        at: usize,
        least: usize,
        most: usize,
    ) -> Result<Self, Failure> {
        let wrong = || {
            Failure::argument(format!(
                "`{}` takes a lambda of {least} to {most} variables as argument {}",
                site.name,
                at + 1
            ))
        };
        let argument = arguments.get(at).ok_or_else(wrong)?;
        let call = match &argument.head {
            Head::Call(call) if argument.accessors.is_empty() => call,
            _ => return Err(wrong()),
        };
        if call.namespace.is_some() || !call.name.eq_ignore_ascii_case("lambda") {
            return Err(wrong());
        }
        let (body, variables) = call.arguments.split_last().ok_or_else(wrong)?;
        let mut names: Vec<Text> = Vec::new();
        for variable in variables {
            match &variable.head {
                Head::String(name) if variable.accessors.is_empty() => {
                    names.push(Text::clone(name));
                }
                _ => return Err(wrong()),
            }
        }
        if !(least..=most).contains(&names.len()) {
            return Err(wrong());
        }
        Ok(Self {
            names,
            body,
            text: argument.to_string(),
        })
    }

    /// The lambda's value for `values`; those beyond its variables are not seen.
    fn call(&self, run: &mut Evaluator<'_>, context: &Context, values: &[&Value]) -> Outcome {
        run.budget.spend(1)?;
        let mut inner = context.clone();
        for (name, value) in self.names.iter().zip(values) {
            inner = inner.with_variable(Text::clone(name), (*value).clone());
        }
        run.evaluate_expression(self.body, &inner)
    }
}

/// The list or object that argument 0 is, or the unknown that the whole call is.
fn subject(
    run: &mut Evaluator<'_>,
    site: &Site<'_>,
    arguments: &[Expression],
) -> Result<Result<Value, Value>, Failure> {
    let Some(first) = arguments.first() else {
        return Err(site.failure("takes more arguments"));
    };
    let value = run.evaluate_expression(first, site.context)?;
    run.budget.spend_bytes(value.weight())?;
    if value.as_unknown().is_none() {
        return Ok(Ok(value));
    }
    Ok(Err(open(site, arguments, &[value])))
}

/// The unknown result of a call on `values`, named after the lambdas as they are written.
fn open(site: &Site<'_>, arguments: &[Expression], values: &[Value]) -> Value {
    let mut parts = values.to_vec();
    for argument in arguments.iter().skip(1) {
        parts.push(site.string(argument.to_string()));
    }
    Value::unknown(site.span(), open_unknown(site, &parts))
}

fn lambda(_: &mut Evaluator<'_>, _: &Site<'_>, _: &[Expression]) -> Outcome {
    Err(Failure::place(
        "`lambda` stands only as an argument of a function that takes one",
    ))
}

fn lambda_variables(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let names = run.evaluate_arguments(arguments, site.context)?;
    let name = site.string_at(&names, 0)?;
    site.context
        .lambda_variable(name)
        .cloned()
        .ok_or_else(|| Failure::undeclared(format!("no lambda around this declares `{name}`")))
}

fn filter(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let lambda = Lambda::read(site, arguments, 1, 1, 2)?;
    let list = match subject(run, site, arguments)? {
        Ok(list) => list,
        Err(open) => return Ok(open),
    };
    let mut kept = Vec::new();
    let items = site.items_at(std::slice::from_ref(&list), 0)?;
    for (at, item) in items.iter().enumerate() {
        let verdict = lambda.call(run, site.context, &[item, &site.count(at)])?;
        match &verdict.data {
            Data::Bool(true) => kept.push(item.clone()),
            Data::Bool(false) => {}
            Data::Unknown(_) => return Ok(open(site, arguments, &[list.clone(), verdict])),
            _ => {
                let message = format!(
                    "`{}` gives {}, not a bool",
                    lambda.text,
                    verdict.type_name()
                );
                return Err(site.failure(message));
            }
        }
    }
    site.array(kept)
}

fn map(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let lambda = Lambda::read(site, arguments, 1, 1, 2)?;
    let list = match subject(run, site, arguments)? {
        Ok(list) => list,
        Err(open) => return Ok(open),
    };
    let mut made = Vec::new();
    let mut bytes = 0_usize;
    let items = site.items_at(std::slice::from_ref(&list), 0)?;
    for (at, item) in items.iter().enumerate() {
        let result = lambda.call(run, site.context, &[item, &site.count(at)])?;
        bytes = bytes.saturating_add(result.weight());
        check_bytes(bytes)?;
        made.push(result);
    }
    site.array(made)
}

fn map_values(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let lambda = Lambda::read(site, arguments, 1, 1, 1)?;
    let object = match subject(run, site, arguments)? {
        Ok(object) => object,
        Err(open) => return Ok(open),
    };
    let object = site.object_at(std::slice::from_ref(&object), 0)?;
    let mut members: Vec<Member> = Vec::new();
    let mut bytes = 0_usize;
    for member in object.members() {
        let value = lambda.call(run, site.context, &[&member.value])?;
        bytes = bytes.saturating_add(value.weight());
        check_bytes(bytes)?;
        members.push(Member {
            value,
            ..member.clone()
        });
    }
    site.object(members)
}

fn reduce(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let lambda = Lambda::read(site, arguments, 2, 2, 3)?;
    let list = match subject(run, site, arguments)? {
        Ok(list) => list,
        Err(open) => return Ok(open),
    };
    let Some(initial) = arguments.get(1) else {
        return Err(site.failure("takes 3 arguments"));
    };
    let mut current = run.evaluate_expression(initial, site.context)?;
    let items = site.items_at(std::slice::from_ref(&list), 0)?;
    for (at, item) in items.iter().enumerate() {
        current = lambda.call(run, site.context, &[&current, item, &site.count(at)])?;
    }
    Ok(current)
}

/// Sorts by merging, stably: one of two goes first where the lambda says so, and the earlier one
/// where it says so of neither.
fn sort(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let lambda = Lambda::read(site, arguments, 1, 2, 2)?;
    let list = match subject(run, site, arguments)? {
        Ok(list) => list,
        Err(open) => return Ok(open),
    };
    let items = site.items_at(std::slice::from_ref(&list), 0)?;
    let mut runs: Vec<Vec<Value>> = items.iter().map(|item| vec![item.clone()]).collect();
    while runs.len() > 1 {
        let mut merged = Vec::with_capacity(runs.len().div_ceil(2));
        let mut pairs = runs.into_iter();
        while let Some(first) = pairs.next() {
            let Some(second) = pairs.next() else {
                merged.push(first);
                break;
            };
            let mut out = Vec::with_capacity(first.len() + second.len());
            let mut left = first.into_iter().peekable();
            let mut right = second.into_iter().peekable();
            while let (Some(a), Some(b)) = (left.peek(), right.peek()) {
                let verdict = lambda.call(run, site.context, &[b, a])?;
                match &verdict.data {
                    Data::Bool(true) => out.extend(right.next()),
                    Data::Bool(false) => out.extend(left.next()),
                    Data::Unknown(_) => {
                        return Ok(open(site, arguments, &[list.clone(), verdict]));
                    }
                    _ => {
                        let found = verdict.type_name();
                        let message = format!("`{}` gives {found}, not a bool", lambda.text);
                        return Err(site.failure(message));
                    }
                }
            }
            out.extend(left);
            out.extend(right);
            merged.push(out);
        }
        runs = merged;
    }
    site.array(runs.pop().unwrap_or_default())
}

/// The keys and values that `toObject` and `groupBy` make of a list, in order; `Err` holds the
/// unknown that the call is where a key is not known.
fn entries(
    run: &mut Evaluator<'_>,
    site: &Site<'_>,
    arguments: &[Expression],
) -> Result<Result<Vec<(Text, Value)>, Value>, Failure> {
    let key = Lambda::read(site, arguments, 1, 1, 1)?;
    let value = match arguments.get(2) {
        Some(_) => Some(Lambda::read(site, arguments, 2, 1, 1)?),
        None => None,
    };
    let list = match subject(run, site, arguments)? {
        Ok(list) => list,
        Err(open) => return Ok(Err(open)),
    };
    let mut found = Vec::new();
    let mut bytes = 0_usize;
    for item in site.items_at(std::slice::from_ref(&list), 0)? {
        let name = key.call(run, site.context, &[item])?;
        let name = match &name.data {
            Data::String(name) => Text::clone(name),
            Data::Unknown(_) => return Ok(Err(open(site, arguments, &[list.clone(), name]))),
            _ => {
                let message = format!("`{}` gives {}, not a string", key.text, name.type_name());
                return Err(site.failure(message));
            }
        };
        let value = match &value {
            Some(value) => value.call(run, site.context, &[item])?,
            None => item.clone(),
        };
        bytes = bytes.saturating_add(value.weight());
        check_bytes(bytes)?;
        found.push((name, value));
    }
    Ok(Ok(found))
}

fn to_object(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let entries = match entries(run, site, arguments)? {
        Ok(entries) => entries,
        Err(open) => return Ok(open),
    };
    let mut members: IndexMap<Text, Member> = IndexMap::new();
    for (name, value) in entries {
        members.insert(Text::clone(&name), site.member(name, value));
    }
    site.object(members.into_values().collect())
}

fn group_by(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let entries = match entries(run, site, arguments)? {
        Ok(entries) => entries,
        Err(open) => return Ok(open),
    };
    let mut groups: IndexMap<Text, Vec<Value>> = IndexMap::new();
    for (name, value) in entries {
        groups.entry(name).or_default().push(value);
    }
    let mut members = Vec::new();
    for (name, values) in groups {
        members.push(site.member(name, site.array(values)?));
    }
    site.object(members)
}
