//! Whole numbers.

use super::{ANY, Body, Function};
use crate::arm::context::{CopyIndex, CopyKind};
use crate::arm::evaluator::Evaluator;
use crate::arm::failure::{Failure, Outcome};
use crate::arm::site::Site;
use crate::arm::symbol;
use crate::value::{Data, Text, Unknown, Value};
use std::cmp::Ordering;

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("add", 2, 2, Body::Strict(add)),
    Function::new("copyIndex", 0, 2, Body::Open(copy_index)),
    Function::new("div", 2, 2, Body::Strict(div)),
    Function::new("max", 1, ANY, Body::Deep(max)),
    Function::new("min", 1, ANY, Body::Deep(min)),
    Function::new("mod", 2, 2, Body::Strict(modulo)),
    Function::new("mul", 2, 2, Body::Strict(mul)),
    Function::new("sub", 2, 2, Body::Strict(sub)),
];

fn add(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    calculate(site, arguments, i64::checked_add)
}

fn sub(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    calculate(site, arguments, i64::checked_sub)
}

fn mul(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    calculate(site, arguments, i64::checked_mul)
}

fn div(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    refuse_zero(site, arguments)?;
    calculate(site, arguments, i64::checked_div)
}

fn modulo(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    refuse_zero(site, arguments)?;
    calculate(site, arguments, i64::checked_rem)
}

fn refuse_zero(site: &Site<'_>, arguments: &[Value]) -> Result<(), Failure> {
    if site.integer_at(arguments, 1)? == 0 {
        return Err(site.failure("the divisor is 0"));
    }
    Ok(())
}

fn calculate(
    site: &Site<'_>,
    arguments: &[Value],
    operation: impl Fn(i64, i64) -> Option<i64>,
) -> Outcome {
    let (a, b) = (
        site.integer_at(arguments, 0)?,
        site.integer_at(arguments, 1)?,
    );
    match operation(a, b) {
        Some(result) => Ok(site.integer(result)),
        None => Err(site.failure("the result leaves the range of 64 bits")),
    }
}

fn max(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    extreme(site, arguments, Ordering::Greater)
}

fn min(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    extreme(site, arguments, Ordering::Less)
}

/// The number that compares as `winner` with all others: of the arguments, or of the one list that is given.
fn extreme(site: &Site<'_>, arguments: &[Value], winner: Ordering) -> Outcome {
    let numbers = match arguments {
        [one] if one.as_array().is_some() => one.items(),
        _ => arguments,
    };
    let mut best: Option<&Value> = None;
    let mut best_number = 0.0;
    for (at, value) in numbers.iter().enumerate() {
        #[expect(
            clippy::cast_precision_loss,
            reason = "only to compare an int with a float"
        )]
        let number = match value.data {
            Data::Integer(number) => number as f64,
            Data::Float(number) => number,
            _ => return Err(site.wrong(numbers, at, "ints, or one array of ints,")),
        };
        let order = match (value.as_integer(), best.and_then(Value::as_integer)) {
            // Ints beyond 53 bits may be the same as floats.
            (Some(number), Some(best)) => number.cmp(&best),
            _ => number.total_cmp(&best_number),
        };
        if best.is_none() || order == winner {
            best = Some(value);
            best_number = number;
        }
    }
    match best {
        Some(value) => Ok(value.clone().at(site.span())),
        None => Err(site.failure("the array is empty")),
    }
}

/// `copyIndex([offset])` of the resource's or output's loop, or `copyIndex('name'[, offset])`.
fn copy_index(_: &mut Evaluator<'_>, site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let (name, offset) = match arguments {
        [] => (None, None),
        [only] if only.as_str().is_some() => (only.as_str(), None),
        [only] => (None, Some(only)),
        [name, offset, ..] => (
            Some(site.string_at(std::slice::from_ref(name), 0)?),
            Some(offset),
        ),
    };
    let offset = match offset.map(|offset| &offset.data) {
        None => 0,
        Some(Data::Integer(offset)) => *offset,
        Some(_) => {
            return Err(site.wrong(arguments, arguments.len() - 1, "the loop's name or an int"));
        }
    };
    let frame = match name {
        Some(name) => site
            .context
            .find_copy(|frame| frame.name.eq_ignore_ascii_case(name))
            .ok_or_else(|| Failure::place(format!("no copy loop `{name}` is around this")))?,
        None => site
            .context
            .find_copy(|frame| frame.kind != CopyKind::Part)
            .ok_or_else(|| {
                Failure::place("`copyIndex` without a name stands in no copy loop of a resource")
            })?,
    };
    match &frame.index {
        CopyIndex::Known(index) => i64::from(*index)
            .checked_add(offset)
            .map(|index| site.integer(index))
            .ok_or_else(|| site.failure("the result leaves the range of 64 bits")),
        CopyIndex::Unknown(count) => {
            let name = Value::string(site.span(), Text::clone(&frame.name));
            let offset = site.integer(offset);
            let unknown = Unknown::union(
                [&**count],
                symbol::of_call("copyIndex", &[name, offset]),
                Text::clone(&site.context.text),
            );
            Ok(Value::unknown(site.span(), unknown))
        }
    }
}
