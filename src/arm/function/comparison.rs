//! Comparisons.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the functions of the table have one signature"
)]

use super::{ANY, Body, Function};
use crate::arm::call::open_unknown;
use crate::arm::equality;
use crate::arm::evaluator::Evaluator;
use crate::arm::expression::Expression;
use crate::arm::failure::Outcome;
use crate::arm::site::Site;
use crate::value::{Data, Value};
use std::cmp::Ordering;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("coalesce", 1, ANY, Body::Lazy(coalesce)),
    Function::new("equals", 2, 2, Body::Open(equals)),
    Function::new("greater", 2, 2, Body::Strict(greater)),
    Function::new("greaterOrEquals", 2, 2, Body::Strict(greater_or_equals)),
    Function::new("less", 2, 2, Body::Strict(less)),
    Function::new("lessOrEquals", 2, 2, Body::Strict(less_or_equals)),
];

fn equals(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    const PLAIN: Function = Function::new("equals", 2, 2, Body::Deep(equals_known));
    if let [a, b] = arguments
        && let Some(result) = equality::equal(a, b)
    {
        return Ok(site.bool(result));
    }
    run.apply(&PLAIN, site, arguments)
}

fn equals_known(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let equal = match arguments {
        [a, b] => equality::equal(a, b),
        _ => None,
    };
    Ok(site.bool(equal == Some(true)))
}

fn less(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.bool(compare(site, arguments)?.is_lt()))
}

fn less_or_equals(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.bool(compare(site, arguments)?.is_le()))
}

fn greater(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.bool(compare(site, arguments)?.is_gt()))
}

fn greater_or_equals(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    Ok(site.bool(compare(site, arguments)?.is_ge()))
}

/// Two numbers by value, or two texts by culture; `null` counts as a text.
fn compare(site: &Site<'_>, arguments: &[Value]) -> Result<Ordering, crate::arm::failure::Failure> {
    let [a, b] = arguments else {
        return Err(site.failure("takes 2 arguments"));
    };
    let is_text = |value: &Value| matches!(value.data, Data::String(_) | Data::Null);
    if is_text(a) && is_text(b) {
        return Ok(compare_texts(
            site.text(arguments, 0)?,
            site.text(arguments, 1)?,
        ));
    }
    if let (Some(a), Some(b)) = (a.as_integer(), b.as_integer()) {
        return Ok(a.cmp(&b));
    }
    match (number(a), number(b)) {
        (Some(a), Some(b)) => Ok(a.total_cmp(&b)),
        (None, _) => Err(site.wrong(arguments, 0, "two numbers or two strings; it takes no such")),
        (_, None) => Err(site.wrong(arguments, 1, "a value of the kind of the first")),
    }
}

#[expect(
    clippy::cast_precision_loss,
    reason = "Azure compares an int with a float as floats"
)]
fn number(value: &Value) -> Option<f64> {
    match value.data {
        Data::Integer(number) => Some(number as f64),
        Data::Float(number) => Some(number),
        _ => None,
    }
}

/// As .NET's invariant culture sorts: signs before digits before letters, letters without regard
/// to case; of texts that differ by case only, the one with the first small letter comes first.
fn compare_texts(a: &str, b: &str) -> Ordering {
    let primary = |text: &str| -> Vec<(u8, char)> { text.chars().map(weight).collect() };
    let case = |text: &str| -> Vec<bool> { text.chars().map(char::is_uppercase).collect() };
    primary(a)
        .cmp(&primary(b))
        .then_with(|| case(a).cmp(&case(b)))
        .then_with(|| a.cmp(b))
}

fn weight(character: char) -> (u8, char) {
    let class = if character.is_alphabetic() {
        2
    } else {
        u8::from(character.is_numeric())
    };
    let lower = character.to_lowercase().next().unwrap_or(character);
    (class, lower)
}

/// The first argument that is not `null`; what comes after it is not evaluated.
fn coalesce(run: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Expression]) -> Outcome {
    let mut open: Vec<Value> = Vec::new();
    for (at, argument) in arguments.iter().enumerate() {
        if open.is_empty() {
            let value = run.evaluate_expression(argument, site.context)?;
            if value.as_unknown().is_some() && at + 1 < arguments.len() {
                open.push(value);
            } else if !value.is_null() {
                return Ok(value);
            }
            continue;
        }
        // An earlier one may be null, so that this one may count.
        let value = run.attempt(|run| run.evaluate_expression(argument, site.context));
        let Some(value) = value.filter(|value| !value.is_null()) else {
            continue;
        };
        let is_last = value.as_unknown().is_none();
        open.push(value);
        if is_last {
            break;
        }
    }
    if open.is_empty() {
        return Ok(site.null());
    }
    let made = open_unknown(site, &open);
    if made.secret {
        return Ok(Value::unknown(site.span(), made));
    }
    // Only where every unknown before has alternatives of its own is the list complete.
    let complete = open.iter().all(|value| {
        value
            .as_unknown()
            .is_none_or(|unknown| !unknown.alternatives.is_empty())
    });
    if !complete {
        return Ok(Value::unknown(site.span(), made));
    }
    // None of them is null in the end: what is null is passed over.
    let mut alternatives = Vec::new();
    for value in open {
        match value.as_unknown() {
            Some(unknown) => alternatives.extend(unknown.alternatives.iter().cloned()),
            None => alternatives.push(value),
        }
    }
    alternatives.retain(|value| !value.is_null());
    run.settle(site, made, alternatives)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_sort_as_people_expect() {
        for (a, b) in [
            ("a", "B"),
            ("A", "b"),
            ("a", "A"),
            ("1", "a"),
            ("-", "1"),
            ("ab", "Abc"),
        ] {
            assert_eq!(compare_texts(a, b), Ordering::Less, "{a} {b}");
            assert_eq!(compare_texts(b, a), Ordering::Greater, "{b} {a}");
        }
    }
}
