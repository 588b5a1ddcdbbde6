//! JSON text within expressions.

use crate::source::Span;
use crate::value::{Data, Member, Text, Value, read_json};
use std::fmt::Write as _;

/// The value that `text` holds, all of it at `span`; or why it is no JSON.
///
/// Takes what Azure's reader takes: comments, single quotes, trailing commas, bare names.
pub(crate) fn read(text: &str, span: Span) -> Result<Value, String> {
    let value = read_json(span.file, text, &mut Vec::new()).map_err(|error| error.message)?;
    Ok(place(&value, span))
}

/// `value` with every part at `span`. The recursion is as deep as the reader allows, 512 levels.
pub(crate) fn place(value: &Value, span: Span) -> Value {
    match &value.data {
        Data::Array(array) => {
            let items = array.items().iter();
            Value::array(span, items.map(|item| place(item, span)).collect())
        }
        Data::Object(object) => {
            let members = object.members().iter().map(|member| Member {
                name: Text::clone(&member.name),
                name_span: span,
                value: place(&member.value, span),
            });
            Value::object(span, members.collect())
        }
        data => Value::new(span, data.clone()),
    }
}

/// `value` as compact JSON, as Azure's writer has it.
pub(crate) fn write(value: &Value) -> String {
    let mut out = String::new();
    write_value(value, &mut out);
    out
}

/// The recursion is as deep as the value, which the budget bounds.
fn write_value(value: &Value, out: &mut String) {
    match &value.data {
        // Callers write known values only.
        Data::Null | Data::Unknown(_) => out.push_str("null"),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Integer(number) => {
            let _ = write!(out, "{number}");
        }
        Data::Float(number) => {
            let text = super::function::float_text(*number);
            out.push_str(&text);
            if !text.contains(['.', 'E', 'N', 'I']) {
                out.push_str(".0");
            }
        }
        Data::String(text) => write_string(text, out),
        Data::Array(array) => {
            out.push('[');
            for (at, item) in array.items().iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_value(item, out);
            }
            out.push(']');
        }
        Data::Object(object) => {
            out.push('{');
            for (at, member) in object.members().iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_string(&member.name, out);
                out.push(':');
                write_value(&member.value, out);
            }
            out.push('}');
        }
    }
}

fn write_string(text: &str, out: &mut String) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            '\u{8}' => out.push_str("\\b"),
            '\u{c}' => out.push_str("\\f"),
            '\0'..='\u{1f}' | '\u{85}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(out, "\\u{:04x}", u32::from(character));
            }
            _ => out.push(character),
        }
    }
    out.push('"');
}
