//! One resource that the inputs state twice.

use super::ResourceId;
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
    let join = Join {
        name,
        settles: false,
    };
    join.at(first, second, 0)
}

/// The same, where `second` is what Azure reports: it tells what `first` leaves open.
pub(super) fn settle(first: &Value, second: &Value, name: &str) -> Value {
    let join = Join {
        name,
        settles: true,
    };
    join.at(first, second, 0)
}

struct Join<'a> {
    name: &'a str,
    settles: bool,
}

impl Join<'_> {
    fn at(&self, first: &Value, second: &Value, depth: usize) -> Value {
        if first.is_null() || depth > DEPTH_LIMIT {
            return second.clone();
        }
        if second.is_null() {
            return first.clone();
        }
        if self.settles {
            if second.as_unknown().is_some() {
                return first.clone();
            }
            if first.as_unknown().is_some() {
                return second.clone();
            }
        }
        match (&first.data, &second.data) {
            (Data::Object(a), Data::Object(b)) => {
                let mut members: Vec<Member> = Vec::with_capacity(a.members().len());
                for member in a.members() {
                    let value = match b.get(&member.name) {
                        Some(other) if !is_read_only(&member.name) => {
                            self.at(&member.value, other, depth + 1)
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
                let items = items.map(|(a, b)| self.at(a, b, depth + 1)).collect();
                Value::new(first.span, Data::Array(Arc::new(Array::new(items))))
            }
            _ if same(first, second) || (self.settles && same_id(first, second)) => first.clone(),
            _ => {
                let atom = Atom {
                    cause: Cause::Conflict,
                    refers_to: format!("`{}`", self.name).into(),
                    path: Vec::new(),
                    span: Some(second.span),
                };
                let mut unknown = Unknown::of(atom, "");
                // Two conflicts are two doubts, whatever resource they are about.
                let (file, start) = (first.span.file.index(), first.span.start);
                unknown.symbol = Text::from(format!("{{{file}:{start}:conflict()}}"));
                unknown.alternatives = vec![first.clone(), second.clone()];
                Value::unknown(first.span, unknown)
            }
        }
    }
}

fn is_read_only(name: &str) -> bool {
    READ_ONLY
        .iter()
        .any(|known| known.eq_ignore_ascii_case(name))
}

/// Whether both are identifiers of one resource, in whatever subscription a template puts it.
fn same_id(first: &Value, second: &Value) -> bool {
    let (Some(first), Some(second)) = (first.as_str(), second.as_str()) else {
        return false;
    };
    let (first, second) = (ResourceId::new(first), ResourceId::new(second));
    first.resource_type().is_some() && first.tail() == second.tail()
}

/// Whether two texts say the same: case and blanks aside, as in `SystemAssigned, UserAssigned`.
fn same_text(first: &str, second: &str) -> bool {
    let plain = |text: &str| -> Vec<u8> {
        text.bytes()
            .filter(|byte| *byte != b' ')
            .map(|byte| byte.to_ascii_lowercase())
            .collect()
    };
    first.eq_ignore_ascii_case(second) || plain(first) == plain(second)
}

/// Whether two scalars say the same; texts compare as Azure compares words.
fn same(first: &Value, second: &Value) -> bool {
    match (&first.data, &second.data) {
        (Data::Bool(a), Data::Bool(b)) => a == b,
        (Data::Integer(a), Data::Integer(b)) => a == b,
        (Data::Float(a), Data::Float(b)) => a.to_bits() == b.to_bits(),
        (Data::String(a), Data::String(b)) => same_text(a, b),
        (Data::Unknown(a), Data::Unknown(b)) => a.symbol == b.symbol,
        _ => false,
    }
}
