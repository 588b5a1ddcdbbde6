//! Writes symbols, the form of which [`crate::value::symbol`] tells and reads.

use super::unique_string::unique_string;
pub(crate) use crate::value::symbol::{Piece, display, pieces, split_segments, unescape};
use crate::value::{Data, Text, Unknown, Value};
use std::fmt::Write as _;
use uuid::Uuid;

/// The longest symbol in bytes; a longer hole is replaced by a digest of it.
const LIMIT: usize = 2048;

/// Known text as part of a symbol.
pub(crate) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for character in text.chars() {
        if matches!(character, '{' | '}' | '\\') {
            out.push('\\');
        }
        out.push(character);
    }
    out
}

/// What a value contributes to the symbol of a text that holds it: its text, or its own symbol.
pub(crate) fn of_part(value: &Value) -> String {
    match &value.data {
        Data::String(text) => escape(text),
        Data::Bool(true) => "True".to_owned(),
        Data::Bool(false) => "False".to_owned(),
        Data::Integer(number) => number.to_string(),
        Data::Unknown(unknown) => unknown.symbol.to_string(),
        Data::Null => String::new(),
        Data::Float(_) | Data::Array(_) | Data::Object(_) => hole(&of_argument(value)),
    }
}

/// A symbol that is one hole holding `content`.
pub(crate) fn hole(content: &str) -> String {
    if content.len() > LIMIT {
        let digest = Uuid::new_v5(&Uuid::NAMESPACE_OID, content.as_bytes());
        let name: String = content
            .chars()
            .take_while(|character| character.is_alphanumeric())
            .take(40)
            .collect();
        return format!("{{{name}({})}}", digest.hyphenated());
    }
    format!("{{{content}}}")
}

/// `symbol`, or a digest of it in a hole where it is too long.
pub(crate) fn bounded(symbol: String) -> Text {
    if symbol.len() > LIMIT {
        hole(&format!("text{symbol}")).into()
    } else {
        symbol.into()
    }
}

/// The symbol of a call whose result is not known: `{name(arguments)}`.
pub(crate) fn of_call(name: &str, arguments: &[Value]) -> Text {
    let mut content = format!("{name}(");
    for (at, argument) in arguments.iter().enumerate() {
        if at > 0 {
            content.push(',');
        }
        write_argument(argument, &mut content);
    }
    content.push(')');
    hole(&content).into()
}

/// The symbol of `step` taken from a value of symbol `target`.
pub(crate) fn of_access(target: &str, step: &str) -> Text {
    match pieces(target).as_slice() {
        [Piece::Hole(inner)] => hole(&format!("{inner}.{step}")).into(),
        _ => hole(&format!("text({target}).{step}")).into(),
    }
}

/// `value` as an argument within a hole.
pub(crate) fn of_argument(value: &Value) -> String {
    let mut out = String::new();
    write_argument(value, &mut out);
    out
}

/// Stops soon after the limit: what is longer ends up as a digest. Values are at most as deep as
/// the budget admits.
fn write_argument(value: &Value, out: &mut String) {
    if out.len() > 64 * LIMIT {
        return;
    }
    match &value.data {
        Data::Null => out.push_str("null"),
        Data::Bool(value) => out.push_str(if *value { "true" } else { "false" }),
        Data::Integer(number) => out.push_str(&number.to_string()),
        Data::Float(number) => out.push_str(&number.to_string()),
        // Nobody reads so long a text, but it has to stay apart from others.
        Data::String(text) if text.len() > LIMIT => {
            let _ = write!(out, "text({},'{}')", text.len(), unique_string(text));
        }
        Data::String(text) => {
            out.push('\'');
            out.push_str(&escape(text).replace('\'', "''"));
            out.push('\'');
        }
        Data::Unknown(unknown) => out.push_str(&unknown.symbol),
        Data::Array(array) => {
            out.push('[');
            for (at, item) in array.items().iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                write_argument(item, out);
            }
            out.push(']');
        }
        Data::Object(object) => {
            out.push('(');
            for (at, member) in object.members().iter().enumerate() {
                if at > 0 {
                    out.push(',');
                }
                out.push_str(&escape(&member.name));
                out.push(':');
                write_argument(&member.value, out);
            }
            out.push(')');
        }
    }
}

/// Applies `change` to the known text and wraps the holes as `name(hole)`, as for a function that
/// works on each character by itself, such as `toLower`.
pub(crate) fn map_text(symbol: &str, name: &str, change: impl Fn(&str) -> String) -> Text {
    let mut out = String::new();
    for piece in pieces(symbol) {
        match piece {
            Piece::Text(text) => out.push_str(&change(text)),
            Piece::Hole(inner) => {
                let done = inner
                    .strip_prefix(name)
                    .is_some_and(|rest| rest.starts_with("({") && rest.ends_with("})"));
                if done {
                    out.push('{');
                    out.push_str(inner);
                    out.push('}');
                } else {
                    out.push_str(&hole(&format!("{name}({{{inner}}})")));
                }
            }
        }
    }
    bounded(out)
}

/// Whether a value of this symbol is certainly a text that is not empty.
pub(crate) fn has_text(unknown: &Unknown) -> bool {
    pieces(&unknown.symbol)
        .iter()
        .any(|piece| matches!(piece, Piece::Text(_)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn known_text_is_one_piece() {
        assert_eq!(pieces(&escape("a{b}\\")), [Piece::Text(r"a\{b\}\\")]);
        assert_eq!(unescape(&escape("a{b}\\")), "a{b}\\");
    }

    #[test]
    fn changing_case_twice_changes_it_once() {
        let once = map_text("KV-{x}", "toLower", str::to_lowercase);
        assert_eq!(&*once, "kv-{toLower({x})}");
        assert_eq!(map_text(&once, "toLower", str::to_lowercase), once);
    }
}
