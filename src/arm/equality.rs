//! When two values are the same.

use crate::value::{Data, Value};
use std::fmt::Write as _;

/// Whether `a` and `b` are equal, as far as that is known: deep, case-sensitive, without regard to
/// the order of members. An int equals a float of the same value at the top only.
///
/// `None` where it hangs on what is unknown. O(bytes).
pub(crate) fn equal(a: &Value, b: &Value) -> Option<bool> {
    #[expect(
        clippy::cast_precision_loss,
        clippy::float_cmp,
        reason = "Azure compares an int and a float as floats"
    )]
    match (&a.data, &b.data) {
        (Data::Integer(a), Data::Float(b)) | (Data::Float(b), Data::Integer(a)) => {
            Some(*a as f64 == *b)
        }
        _ => deep(a, b),
    }
}

/// Whether `a` and `b` are the same for sure; unknowns are where their symbols are.
pub(crate) fn same(a: &Value, b: &Value) -> bool {
    deep(a, b) == Some(true)
}

/// The recursion is as deep as the values, which the budget bounds.
fn deep(a: &Value, b: &Value) -> Option<bool> {
    #[expect(clippy::float_cmp, reason = "Azure compares floats so")]
    match (&a.data, &b.data) {
        (Data::Unknown(a), Data::Unknown(b)) if a.symbol == b.symbol => Some(true),
        (Data::Unknown(_), _) | (_, Data::Unknown(_)) => None,
        (Data::Null, Data::Null) => Some(true),
        (Data::Bool(a), Data::Bool(b)) => Some(a == b),
        (Data::Integer(a), Data::Integer(b)) => Some(a == b),
        (Data::Float(a), Data::Float(b)) => Some(a == b),
        (Data::String(a), Data::String(b)) => Some(a == b),
        (Data::Array(a), Data::Array(b)) => {
            if a.items().len() != b.items().len() {
                return Some(false);
            }
            all(a.items().iter().zip(b.items()).map(|(a, b)| deep(a, b)))
        }
        (Data::Object(a), Data::Object(b)) => {
            if a.members().len() != b.members().len() {
                return Some(false);
            }
            let mut sorted: Vec<_> = b.members().iter().collect();
            sorted.sort_by(|a, b| a.name.cmp(&b.name));
            all(a.members().iter().map(|member| {
                let found = sorted.binary_search_by(|other| other.name.cmp(&member.name));
                match found.ok().and_then(|at| sorted.get(at)) {
                    Some(other) => deep(&member.value, &other.value),
                    None => Some(false),
                }
            }))
        }
        _ => Some(false),
    }
}

/// Whether all parts are true: one that is false decides, one that is unknown leaves it open.
fn all(parts: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = true;
    for part in parts {
        match part {
            Some(false) => return Some(false),
            Some(true) => {}
            None => known = false,
        }
    }
    known.then_some(true)
}

/// A text that two values share where they are equal as [`same`] has it. O(bytes · log members).
pub(crate) fn canonical(value: &Value) -> String {
    let mut out = String::new();
    write(value, &mut out);
    out
}

fn write(value: &Value, out: &mut String) {
    let text = |text: &str, out: &mut String| {
        let _ = write!(out, "{}:{text}", text.len());
    };
    match &value.data {
        Data::Null => out.push('n'),
        Data::Bool(value) => out.push(if *value { 't' } else { 'f' }),
        Data::Integer(number) => {
            let _ = write!(out, "i{number};");
        }
        Data::Float(number) => {
            let _ = write!(out, "d{number};");
        }
        Data::String(string) => {
            out.push('s');
            text(string, out);
        }
        Data::Unknown(unknown) => {
            out.push('u');
            text(&unknown.symbol, out);
        }
        Data::Array(array) => {
            out.push('[');
            for item in array.items() {
                write(item, out);
            }
            out.push(']');
        }
        Data::Object(object) => {
            let mut members: Vec<_> = object.members().iter().collect();
            members.sort_by(|a, b| a.name.cmp(&b.name));
            out.push('{');
            for member in members {
                text(&member.name, out);
                write(&member.value, out);
            }
            out.push('}');
        }
    }
}
