//! From one type to another.

#![expect(
    clippy::unnecessary_wraps,
    reason = "the functions of the table have one signature"
)]

use super::number_format::float_text;
use super::{Body, Function};
use crate::arm::failure::{Failure, Outcome};
use crate::arm::json_text;
use crate::arm::site::Site;
use crate::arm::symbol;
use crate::value::{Data, Text, Value};

pub(super) const FUNCTIONS: &[Function] = &[
    Function::new("float", 1, 1, Body::Strict(float)),
    Function::new("int", 1, 1, Body::Strict(int)),
    Function::new("json", 1, 1, Body::Strict(json)),
    Function::new("string", 1, 1, Body::Deep(string)).with_symbol(string_symbol),
];

fn int(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    match arguments.first().map(|value| &value.data) {
        Some(Data::Integer(number)) => Ok(site.integer(*number)),
        Some(Data::String(text)) => match text.trim().parse::<i64>() {
            Ok(number) => Ok(site.integer(number)),
            Err(_) => Err(site.failure("the text is no whole number of 64 bits")),
        },
        _ => Err(site.wrong(arguments, 0, "an int or a string")),
    }
}

#[expect(clippy::cast_precision_loss, reason = "what the function is for")]
fn float(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let number = match arguments.first().map(|value| &value.data) {
        Some(Data::Integer(number)) => *number as f64,
        Some(Data::Float(number)) => *number,
        Some(Data::String(text)) => {
            let text = text.trim().replace(',', "");
            let plain = text
                .chars()
                .all(|character| matches!(character, '0'..='9' | '+' | '-' | '.' | 'e' | 'E'));
            text.parse()
                .ok()
                .filter(|_| plain)
                .ok_or_else(|| site.failure("the text is no number"))?
        }
        _ => return Err(site.wrong(arguments, 0, "a number or a string")),
    };
    Ok(site.make(Data::Float(number)))
}

fn string(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    let text = match arguments.first().map(|value| &value.data) {
        Some(Data::String(text)) => return Ok(site.string(Text::clone(text))),
        Some(Data::Null) => String::new(),
        Some(Data::Bool(value)) => if *value { "True" } else { "False" }.to_owned(),
        Some(Data::Integer(number)) => number.to_string(),
        Some(Data::Float(number)) => float_text(*number),
        _ => arguments.first().map(json_text::write).unwrap_or_default(),
    };
    Ok(site.string(text))
}

/// A text made from a text is that text.
fn string_symbol(_: &Site<'_>, arguments: &[Value]) -> Option<Text> {
    match arguments {
        [value] if value.as_unknown().is_some_and(|it| symbol::has_text(it)) => {
            value.as_unknown().map(|it| Text::clone(&it.symbol))
        }
        _ => None,
    }
}

fn json(site: &Site<'_>, arguments: &[Value]) -> Outcome {
    read(site, site.string_at(arguments, 0)?)
}

/// The value that the JSON text `text` holds, at the call's place.
pub(super) fn read(site: &Site<'_>, text: &str) -> Result<Value, Failure> {
    json_text::read(text, site.span()).map_err(|why| site.failure(format!("no JSON: {why}")))
}
