//! Truth values.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the functions of the table have one signature"
)]

use super::{ANY, Body, Function};
use crate::arm::call::open_unknown;
use crate::arm::evaluator::Evaluator;
use crate::arm::expression::Expression;
use crate::arm::failure::Outcome;
use crate::arm::site::Site;
use crate::value::{Data, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("and", 2, ANY, Body::Lazy(and)),
    Function::new("bool", 1, 1, Body::Strict(bool)),
    Function::new("false", 0, 0, Body::Strict(r#false)),
    Function::new("if", 3, 3, Body::Lazy(r#if)),
    Function::new("not", 1, 1, Body::Strict(not)),
    Function::new("or", 2, ANY, Body::Lazy(or)),
    Function::new("true", 0, 0, Body::Strict(r#true)),
];

fn r#true(site: &Site<'_>, _: &[Value]) -> Outcome {
    Ok(site.bool(true))
}

fn r#false(site: &Site<'_>, _: &[Value]) -> Outcome {
    Ok(site.bool(false))
}

fn not(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.bool(!site.bool_at(arguments, 0)?))
}

fn and(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    junction(run, site, arguments, false)
}

fn or(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    junction(run, site, arguments, true)
}

/// The value `decisive` of one argument decides, and the ones after it are not evaluated; an
/// argument after an unknown one may never count, so its failure does not either.
fn junction(
    run: &mut Evaluator<'_>,
    site: &Site<'_>,
    arguments: &[Expression],
    decisive: bool,
) -> Outcome {
    let mut values: Vec<Value> = Vec::new();
    let mut open: Vec<Value> = Vec::new();
    for argument in arguments {
        let value = if open.is_empty() {
            run.evaluate_expression(argument, site.context)?
        } else {
            let value = run.attempt(|run| run.evaluate_expression(argument, site.context));
            let Some(value) = value else { continue };
            value
        };
        match &value.data {
            Data::Bool(value) if *value == decisive => return Ok(site.bool(decisive)),
            Data::Bool(_) => {}
            Data::Unknown(_) => {
                if !open
                    .iter()
                    .any(|other| crate::arm::equality::same(other, &value))
                {
                    open.push(value.clone());
                }
            }
            _ => {
                let at = values.len();
                values.push(value);
                return Err(site.wrong(&values, at, "a bool"));
            }
        }
        values.push(value);
    }
    if open.is_empty() {
        return Ok(site.bool(!decisive));
    }
    if let [only] = open.as_slice() {
        return Ok(only.clone());
    }
    let made = open_unknown(site, &open);
    if made.secret {
        return Ok(Value::unknown(site.span(), made));
    }
    let both = vec![site.bool(false), site.bool(true)];
    run.settle(site, made, both)
}

fn bool(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let value = match arguments.first().map(|value| &value.data) {
        Some(Data::Bool(value)) => *value,
        Some(Data::Integer(number)) => *number != 0,
        Some(Data::Float(number)) => *number != 0.0,
        Some(Data::String(text)) => {
            let text = text.trim();
            if text.eq_ignore_ascii_case("true") {
                true
            } else if text.eq_ignore_ascii_case("false") {
                false
            } else {
                return Err(site.failure("the text is neither `true` nor `false`"));
            }
        }
        _ => return Err(site.wrong(arguments, 0, "a bool, number or string")),
    };
    Ok(site.bool(value))
}

/// Only the side that is taken is evaluated. Where the condition is not known, the result is one of
/// both sides, and a side that fails is not deployed.
fn r#if(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let [condition, positive, negative] = arguments else {
        return Err(site.failure("takes 3 arguments"));
    };
    let condition = run.evaluate_expression(condition, site.context)?;
    match &condition.data {
        Data::Bool(true) => run.evaluate_expression(positive, site.context),
        Data::Bool(false) => run.evaluate_expression(negative, site.context),
        Data::Unknown(_) => {
            let mut sides = Vec::new();
            for side in [positive, negative] {
                sides.extend(run.attempt(|run| run.evaluate_expression(side, site.context)));
            }
            let mut parts = vec![condition];
            parts.extend(sides.iter().cloned());
            let made = open_unknown(site, &parts);
            if made.secret {
                return Ok(Value::unknown(site.span(), made));
            }
            run.settle(site, made, sides)
        }
        _ => Err(site.wrong(&[condition], 0, "a bool")),
    }
}
