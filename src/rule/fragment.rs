//! Fragments of templates: read, edited, and written out for people.

use super::declare::{Edit, Rule};
use crate::source::{FileId, Span};
use crate::value::{Data, Member, Value, read_json};
use std::fmt::Write as _;

/// The rule's failing fragment; `None` for a rule that has none.
pub fn failing_fragment(rule: &Rule) -> Option<Value> {
    read(rule.example.fails)
}

/// The rule's corrected fragment: the one it gives, or the failing one with the remedy's edits.
pub fn corrected_fragment(rule: &Rule) -> Option<Value> {
    if rule.example.passes.is_empty() {
        let failing = failing_fragment(rule)?;
        return Some(
            rule.remedy
                .edits
                .iter()
                .fold(failing, |value, edit| apply(&value, edit)),
        );
    }
    read(rule.example.passes)
}

/// The fragment with nothing but the edits of the remedy, as it would be merged into a resource;
/// `None` where the remedy is not an edit.
pub fn patch_fragment(rule: &Rule) -> Option<Value> {
    if rule.remedy.edits.is_empty() {
        return None;
    }
    let nothing = Value::object(nowhere(), Vec::new());
    Some(
        rule.remedy
            .edits
            .iter()
            .fold(nothing, |value, edit| apply(&value, edit)),
    )
}

fn nowhere() -> Span {
    Span::new(FileId::new(0), 0, 0)
}

fn read(text: &str) -> Option<Value> {
    if text.is_empty() {
        return None;
    }
    read_json(FileId::new(0), text, &mut Vec::new()).ok()
}

/// `value` with `edit` made.
pub fn apply(value: &Value, edit: &Edit) -> Value {
    let steps: Vec<&str> = edit.path.split('.').collect();
    put(value, &steps, read(edit.value).as_ref())
}

/// `value` with what is at `steps` replaced by `new`, or taken out. The recursion is as deep as the
/// path is long. Objects on the way that are missing are made; list items are not.
fn put(value: &Value, steps: &[&str], new: Option<&Value>) -> Value {
    let Some((step, rest)) = steps.split_first() else {
        return new.map_or_else(|| Value::null(value.span), Value::clone);
    };
    if let (Some(items), Ok(at)) = (value.as_array(), step.parse::<usize>()) {
        let changed = items
            .iter()
            .enumerate()
            .map(|(place, item)| {
                if place == at {
                    put(item, rest, new)
                } else {
                    item.clone()
                }
            })
            .collect();
        return Value::array(value.span, changed);
    }
    let mut members: Vec<Member> = value.members().to_vec();
    let place = members
        .iter()
        .position(|member| member.name.eq_ignore_ascii_case(step));
    match place {
        Some(place) if rest.is_empty() && new.is_none() => {
            members.remove(place);
        }
        Some(place) => {
            if let Some(member) = members.get_mut(place) {
                member.value = put(&member.value, rest, new);
            }
        }
        None if new.is_none() => {}
        None => {
            let empty = Value::object(value.span, Vec::new());
            members.push(Member {
                name: (*step).into(),
                name_span: value.span,
                value: put(&empty, rest, new),
            });
        }
    }
    Value::object(value.span, members)
}

/// `value` as indented JSON.
pub fn write_json(value: &Value) -> String {
    let mut out = String::new();
    json_at(value, 0, &mut out);
    out
}

fn json_at(value: &Value, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth + 1);
    let end = "  ".repeat(depth);
    match &value.data {
        Data::Object(object) if !object.members().is_empty() => {
            out.push_str("{\n");
            for (at, member) in object.members().iter().enumerate() {
                let comma = if at == 0 { "" } else { ",\n" };
                let _ = write!(out, "{comma}{pad}{}: ", quoted(&member.name));
                json_at(&member.value, depth + 1, out);
            }
            let _ = write!(out, "\n{end}}}");
        }
        Data::Array(array) if !array.items().is_empty() => {
            out.push_str("[\n");
            for (at, item) in array.items().iter().enumerate() {
                let comma = if at == 0 { "" } else { ",\n" };
                let _ = write!(out, "{comma}{pad}");
                json_at(item, depth + 1, out);
            }
            let _ = write!(out, "\n{end}]");
        }
        Data::Object(_) => out.push_str("{}"),
        Data::Array(_) => out.push_str("[]"),
        Data::String(text) => out.push_str(&quoted(text)),
        Data::Bool(truth) => out.push_str(if *truth { "true" } else { "false" }),
        Data::Integer(number) => {
            let _ = write!(out, "{number}");
        }
        Data::Float(number) => {
            let _ = write!(out, "{number}");
        }
        Data::Null | Data::Unknown(_) => out.push_str("null"),
    }
}

fn quoted(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

/// The resources of fragment `value` in Bicep.
pub fn write_bicep(value: &Value) -> String {
    let resources: Vec<&Value> = match value.as_array() {
        Some(items) => items.iter().collect(),
        None => vec![value],
    };
    let mut out = String::new();
    for (at, resource) in resources.into_iter().enumerate() {
        if at > 0 {
            out.push('\n');
        }
        let text = |name: &str| resource.get(name).and_then(Value::as_str).unwrap_or("");
        let symbol = symbol(text("name"));
        let _ = writeln!(
            out,
            "resource {symbol} '{}@{}' = {{",
            text("type"),
            text("apiVersion")
        );
        for member in resource.members() {
            if !matches!(&*member.name, "type" | "apiVersion" | "dependsOn") {
                bicep_member(&member.name, &member.value, 1, &mut out);
            }
        }
        out.push_str("}\n");
    }
    out
}

/// A name that Bicep takes: letters and digits, the words joined in camel case.
fn symbol(name: &str) -> String {
    let last = name.rsplit('/').next().unwrap_or(name);
    let mut out = String::new();
    let mut upper = false;
    for letter in last.chars() {
        if letter.is_ascii_alphanumeric() {
            let starts = out.is_empty() && letter.is_ascii_digit();
            if starts {
                out.push('_');
            }
            out.push(if upper {
                letter.to_ascii_uppercase()
            } else {
                letter
            });
            upper = false;
        } else {
            upper = !out.is_empty();
        }
    }
    if out.is_empty() {
        "example".to_owned()
    } else {
        out
    }
}

fn bicep_member(name: &str, value: &Value, depth: usize, out: &mut String) {
    let plain = name.starts_with(|first: char| first.is_ascii_alphabetic() || first == '_')
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let pad = "  ".repeat(depth);
    if plain {
        let _ = write!(out, "{pad}{name}: ");
    } else {
        let _ = write!(out, "{pad}{}: ", bicep_text(name));
    }
    bicep_at(value, depth, out);
    out.push('\n');
}

fn bicep_at(value: &Value, depth: usize, out: &mut String) {
    let pad = "  ".repeat(depth + 1);
    let end = "  ".repeat(depth);
    match &value.data {
        Data::Object(object) if !object.members().is_empty() => {
            out.push_str("{\n");
            for member in object.members() {
                bicep_member(&member.name, &member.value, depth + 1, out);
            }
            let _ = write!(out, "{end}}}");
        }
        Data::Array(array) if !array.items().is_empty() => {
            out.push_str("[\n");
            for item in array.items() {
                out.push_str(&pad);
                bicep_at(item, depth + 1, out);
                out.push('\n');
            }
            let _ = write!(out, "{end}]");
        }
        Data::String(text) => match expression(text) {
            Some(inner) => out.push_str(inner),
            None => out.push_str(&bicep_text(text)),
        },
        // Bicep has whole numbers only.
        Data::Float(number) => {
            let _ = write!(out, "json('{number}')");
        }
        _ => json_at(value, depth, out),
    }
}

/// The template expression in `text`, which Bicep takes without brackets.
fn expression(text: &str) -> Option<&str> {
    let inner = text.strip_prefix('[')?.strip_suffix(']')?;
    (!inner.starts_with('[')).then_some(inner)
}

fn bicep_text(text: &str) -> String {
    let escaped = text.replace('\\', "\\\\").replace('\'', "\\'");
    format!("'{}'", escaped.replace("${", "\\${"))
}

#[cfg(test)]
mod tests {
    use super::super::declare::set;
    use super::*;

    #[test]
    fn edits_reach_into_lists_and_make_what_is_missing() {
        let value = read(r#"{"a": [{"b": 1}, {"b": 2}], "c": 3}"#).unwrap();
        let edits = [set("a.1.b", "5"), set("d.e", "\"x\""), set("c", "")];
        let edited = edits.iter().fold(value, |value, edit| apply(&value, edit));
        assert_eq!(
            write_json(&edited).replace([' ', '\n'], ""),
            r#"{"a":[{"b":1},{"b":5}],"d":{"e":"x"}}"#
        );
    }

    #[test]
    fn bicep_quotes_what_it_must() {
        let text = r#"{"type": "A/b", "apiVersion": "2020-01-01", "name": "my-x/9y",
            "tags": {"a b": "it's ${x}"}, "properties": {"n": 1, "l": [true], "id": "[resourceId('a/b', 'c')]"}}"#;
        let bicep = write_bicep(&read(text).unwrap());
        assert_eq!(
            bicep,
            "resource _9y 'A/b@2020-01-01' = {\n  name: 'my-x/9y'\n  tags: {\n    'a b': 'it\\'s \\${x}'\n  }\n  properties: {\n    n: 1\n    l: [\n      true\n    ]\n    id: resourceId('a/b', 'c')\n  }\n}\n"
        );
    }
}
