//! Symbols: values written with what is known of them and holes in braces for the rest.
//!
//! `concat('kv-', parameters('n'))` has the symbol `kv-{parameters('n')}`.
//! Braces and backslashes of known text stand behind a backslash, so a symbol reads in one way only.

use super::unique_string::unique_string;
use crate::value::{Data, Text, Unknown, Value};
use std::fmt::Write as _;
use uuid::Uuid;

/// The longest symbol in bytes; a longer hole is replaced by a digest of it.
const LIMIT: usize = 2048;

/// One part of a symbol.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Piece<'a> {
    /// Known text, its braces still behind backslashes.
    Text(&'a str),
    /// What stands between the braces of a hole.
    Hole(&'a str),
}

/// The parts of `symbol` in order. O(bytes).
pub(crate) fn pieces(symbol: &str) -> Vec<Piece<'_>> {
    let bytes = symbol.as_bytes();
    let mut found = Vec::new();
    let mut depth = 0_usize;
    let mut start = 0;
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'\\' => at += 1,
            b'{' => {
                if depth == 0 {
                    push(&mut found, Piece::Text, symbol.get(start..at));
                    start = at + 1;
                }
                depth += 1;
            }
            b'}' if depth > 0 => {
                depth -= 1;
                if depth == 0 {
                    push(&mut found, Piece::Hole, symbol.get(start..at));
                    start = at + 1;
                }
            }
            _ => {}
        }
        at += 1;
    }
    push(&mut found, Piece::Text, symbol.get(start..));
    found
}

fn push<'a>(
    found: &mut Vec<Piece<'a>>,
    kind: impl Fn(&'a str) -> Piece<'a>,
    text: Option<&'a str>,
) {
    if let Some(text) = text.filter(|text| !text.is_empty()) {
        found.push(kind(text));
    }
}

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

/// Part of a symbol as known text.
pub(crate) fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut characters = text.chars();
    while let Some(character) = characters.next() {
        if character == '\\' {
            out.extend(characters.next());
        } else {
            out.push(character);
        }
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

/// Functions whose result still looks like their first argument.
const SHAPING: [&str; 9] = [
    "toLower",
    "toUpper",
    "trim",
    "replace",
    "substring",
    "take",
    "string",
    "format",
    "padLeft",
];

/// `symbol` for people: an open parameter shows its name alone, a call its function's name, and of
/// a call that merely shapes a text the text: `kv-{n}`, `st{uniqueString}`. O(bytes · nesting).
pub(crate) fn display(symbol: &str) -> String {
    let mut shown = String::new();
    display_into(symbol, 0, &mut shown);
    shown
}

fn display_into(symbol: &str, depth: u32, shown: &mut String) {
    for piece in pieces(symbol) {
        match piece {
            Piece::Text(text) => shown.push_str(&unescape(text)),
            Piece::Hole(hole) => display_hole(hole, depth, shown),
        }
    }
}

fn display_hole(hole: &str, depth: u32, shown: &mut String) {
    let parameter = hole
        .split_once("parameters('")
        .filter(|(before, _)| before.is_empty() || before.ends_with(':'))
        .and_then(|(_, rest)| rest.strip_suffix("')"))
        .filter(|name| !name.contains(['\'', '(', '{']));
    let call = hole.split_once('(').map(|(name, rest)| {
        let name = name.rsplit([':', '.']).next().unwrap_or(name);
        (name, rest)
    });
    match (parameter, call) {
        (Some(name), _) => braced(&unescape(name), shown),
        (None, Some((name, arguments))) if SHAPING.contains(&name) && depth < 8 => {
            let first = first_argument(arguments);
            match first
                .strip_prefix('\'')
                .and_then(|text| text.strip_suffix('\''))
            {
                Some(text) => shown.push_str(&unescape(&text.replace("''", "'"))),
                None => display_into(first, depth + 1, shown),
            }
        }
        (None, Some((name, _))) => braced(name, shown),
        (None, None) => braced(&unescape(hole), shown),
    }
}

fn braced(text: &str, shown: &mut String) {
    shown.push('{');
    shown.push_str(text);
    shown.push('}');
}

/// The text of `arguments` up to the first comma or closing parenthesis that is in no quotes,
/// braces or parentheses of its own. O(bytes).
fn first_argument(arguments: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (0_u32, false, false);
    for (at, one) in arguments.char_indices() {
        match one {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '\'' => quoted = !quoted,
            _ if quoted => {}
            '(' | '{' | '[' => depth += 1,
            ',' | ')' if depth == 0 => return arguments.get(..at).unwrap_or(arguments),
            ')' | '}' | ']' => depth = depth.saturating_sub(1),
            _ => {}
        }
    }
    arguments
}

/// `symbol` split at each `/` of its known text. O(bytes).
pub(crate) fn split_segments(symbol: &str) -> Vec<String> {
    let mut segments = vec![String::new()];
    for piece in pieces(symbol) {
        match piece {
            Piece::Text(text) => {
                for (at, part) in text.split('/').enumerate() {
                    if at > 0 {
                        segments.push(String::new());
                    }
                    if let Some(last) = segments.last_mut() {
                        last.push_str(part);
                    }
                }
            }
            Piece::Hole(inner) => {
                if let Some(last) = segments.last_mut() {
                    last.push('{');
                    last.push_str(inner);
                    last.push('}');
                }
            }
        }
    }
    segments
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
    fn symbols_come_apart_as_they_were_put_together() {
        assert_eq!(
            pieces(r"kv-{parameters('n')}\}-{f({a},'\}')}"),
            [
                Piece::Text("kv-"),
                Piece::Hole("parameters('n')"),
                Piece::Text(r"\}-"),
                Piece::Hole(r"f({a},'\}')"),
            ]
        );
        assert_eq!(pieces(&escape("a{b}\\")), [Piece::Text(r"a\{b\}\\")]);
        assert_eq!(unescape(r"a\{b\}\\"), "a{b}\\");
        assert_eq!(pieces(""), []);
    }

    #[test]
    fn open_parameters_show_their_name_alone() {
        assert_eq!(display("kv-{parameters('n')}"), "kv-{n}");
        assert_eq!(display("{b.json:parameters('n')}/x"), "{n}/x");
        assert_eq!(display("{toLower({d:parameters('n')})}-x"), "{n}-x");
        assert_eq!(
            display("{replace(st{toLower({parameters('p')})}x,'-','')}"),
            "st{p}x"
        );
        assert_eq!(
            display("hub-{substring({uniqueString('/a,b',{utcNow('y')})},0,4)}"),
            "hub-{uniqueString}"
        );
        assert_eq!(display("{take('a,b)c',3)}"), "a,b)c");
    }

    #[test]
    fn slashes_within_holes_do_not_split() {
        assert_eq!(split_segments("a/{f('x/y')}b/c"), ["a", "{f('x/y')}b", "c"]);
    }

    #[test]
    fn changing_case_twice_changes_it_once() {
        let once = map_text("KV-{x}", "toLower", str::to_lowercase);
        assert_eq!(&*once, "kv-{toLower({x})}");
        assert_eq!(map_text(&once, "toLower", str::to_lowercase), once);
    }
}
