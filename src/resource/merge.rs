//! One resource that the inputs state twice.

use crate::value::{Array, Atom, Cause, Data, Member, Object, Text, Unknown, Value};
use std::sync::Arc;

/// Members that Azure writes and that say nothing of the configuration.
const READ_ONLY: [&str; 6] = [
    "etag",
    "provisioningState",
    "resourceGuid",
    "id",
    "type",
    "systemData",
];

/// How deep two statements are compared; deeper differences count as none.
const DEPTH_LIMIT: usize = 32;

/// The union of two statements about one resource called `name`. Where they contradict each other
/// the value is an unknown that rests on both places.
pub(super) fn merge(first: &Value, second: &Value, name: &str) -> Value {
    merge_at(first, second, name, 0)
}

fn merge_at(first: &Value, second: &Value, name: &str, depth: usize) -> Value {
    if first.is_null() || depth > DEPTH_LIMIT {
        return second.clone();
    }
    if second.is_null() {
        return first.clone();
    }
    match (&first.data, &second.data) {
        (Data::Object(a), Data::Object(b)) => {
            let mut members: Vec<Member> = Vec::with_capacity(a.members().len());
            for member in a.members() {
                let value = match b.get(&member.name) {
                    Some(other) if !is_read_only(&member.name) => {
                        merge_at(&member.value, other, name, depth + 1)
                    }
                    _ => member.value.clone(),
                };
                members.push(Member {
                    value,
                    ..member.clone()
                });
            }
            members.extend(
                b.members()
                    .iter()
                    .filter(|m| a.get(&m.name).is_none())
                    .cloned(),
            );
            Value::new(first.span, Data::Object(Arc::new(Object::new(members))))
        }
        // Two lists of the same length are compared item by item, which keeps most of a conflict
        // small; of lists of different lengths neither is the whole truth.
        (Data::Array(a), Data::Array(b)) if a.items().len() == b.items().len() => {
            let items = a.items().iter().zip(b.items());
            let items = items
                .map(|(a, b)| merge_at(a, b, name, depth + 1))
                .collect();
            Value::new(first.span, Data::Array(Arc::new(Array::new(items))))
        }
        _ if same(first, second) => first.clone(),
        _ => {
            let atom = Atom {
                cause: Cause::Conflict,
                refers_to: format!("`{name}`").into(),
                path: Vec::new(),
                span: Some(second.span),
            };
            let mut unknown = Unknown::of(atom, "");
            // Two conflicts are two doubts, whatever resource they are about.
            unknown.symbol = Text::from(format!("{{conflict at {:?}}}", first.span));
            unknown.alternatives = vec![first.clone(), second.clone()];
            Value::unknown(first.span, unknown)
        }
    }
}

fn is_read_only(name: &str) -> bool {
    READ_ONLY
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether two scalars say the same; texts compare as Azure compares words.
fn same(first: &Value, second: &Value) -> bool {
    match (&first.data, &second.data) {
        (Data::Bool(a), Data::Bool(b)) => a == b,
        (Data::Integer(a), Data::Integer(b)) => a == b,
        (Data::Float(a), Data::Float(b)) => a.to_bits() == b.to_bits(),
        (Data::String(a), Data::String(b)) => a.eq_ignore_ascii_case(b),
        (Data::Unknown(a), Data::Unknown(b)) => a.symbol == b.symbol,
        _ => false,
    }
}
