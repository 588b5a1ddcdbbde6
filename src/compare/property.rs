//! What a resource states, and where two versions of it differ.

use super::matching::Pair;
use super::renaming::Renaming;
use crate::analysis::Analysis;
use crate::resource::{Resource, ResourceIndex};
use crate::source::Span;
use crate::value::{Data, Value};
use std::collections::BTreeMap;

/// A property that differs between two versions of a resource.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PropertyChange {
    /// The resource in the new version.
    pub resource: ResourceIndex,
    /// The path below the resource: `properties.networkAcls.defaultAction`.
    pub path: String,
    /// The old value and its place; `None` where it was absent.
    pub old: Option<(String, Span)>,
    /// The new value and its place; `None` where it is absent.
    pub new: Option<(String, Span)>,
}

/// One value that a resource states.
pub(super) struct Statement {
    pub(super) path: String,
    pub(super) text: String,
    span: Span,
}

/// Members that say nothing of how a resource is set up.
const ASIDE: [&str; 10] = [
    "name",
    "type",
    "apiVersion",
    "dependsOn",
    "comments",
    "condition",
    "copy",
    "etag",
    "provisioningState",
    "scope",
];
/// How deep statements are looked for.
const DEPTH_LIMIT: usize = 32;

/// Everything that `resource` states, in document order; names in lower case, since Azure takes
/// them in any.
pub(super) fn statements(resource: &Resource) -> Vec<Statement> {
    let mut out = Vec::new();
    for member in resource.body.members() {
        if !ASIDE
            .iter()
            .any(|name| member.name.eq_ignore_ascii_case(name))
        {
            collect(
                &member.value,
                &member.name.to_ascii_lowercase(),
                0,
                &mut out,
            );
        }
    }
    out
}

fn collect(value: &Value, path: &str, depth: usize, out: &mut Vec<Statement>) {
    let mut leaf = |text: String| {
        out.push(Statement {
            path: path.to_owned(),
            text,
            span: value.span,
        });
    };
    match &value.data {
        // Absent.
        Data::Null => {}
        Data::Bool(one) => leaf(one.to_string()),
        Data::Integer(number) => leaf(number.to_string()),
        Data::Float(number) => leaf(number.to_string()),
        Data::String(text) => leaf(without_places(text)),
        // A secret's symbol names the parameter, never the value.
        Data::Unknown(unknown) => leaf(without_places(&unknown.symbol)),
        Data::Array(_) | Data::Object(_) if depth > DEPTH_LIMIT => {}
        Data::Array(array) => {
            for (at, item) in array.items().iter().enumerate() {
                // Items with a name are told apart by it, so that order makes no difference.
                let name = item.get("name").and_then(Value::as_str);
                let key = name.map_or_else(|| at.to_string(), str::to_ascii_lowercase);
                collect(item, &format!("{path}[{key}]"), depth + 1, out);
            }
        }
        Data::Object(object) => {
            for member in object.members() {
                if !ASIDE
                    .iter()
                    .any(|name| member.name.eq_ignore_ascii_case(name))
                    || depth < 1
                {
                    let path = format!("{path}.{}", member.name);
                    collect(&member.value, &path, depth + 1, out);
                }
            }
        }
    }
}

/// `text` without the places, `{0:571:newGuid()}`, by which values that differ each time are told
/// apart: the same call stands elsewhere in another version.
fn without_places(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (at, part) in text.split('{').enumerate() {
        if at > 0 {
            out.push('{');
        }
        out.push_str(match behind_place(part) {
            Some(rest) if at > 0 => rest,
            _ => part,
        });
    }
    out
}

/// What stands behind a place, `0:571:`, at the start of `text`, where one does.
fn behind_place(text: &str) -> Option<&str> {
    let mut parts = text.splitn(3, ':');
    let is_number = |part: &str| !part.is_empty() && part.bytes().all(|one| one.is_ascii_digit());
    let (file, offset, rest) = (parts.next()?, parts.next()?, parts.next()?);
    (is_number(file) && is_number(offset)).then_some(rest)
}

/// Adds the properties in which the two of `pair` differ, in the order of the new version, then
/// those that only the old one has.
pub(super) fn compare_pair(
    old: &Analysis,
    new: &Analysis,
    pair: &Pair,
    renaming: &mut Renaming,
    out: &mut Vec<PropertyChange>,
) {
    let (Some(a), Some(b)) = (old.inventory.get(pair.old), new.inventory.get(pair.new)) else {
        return;
    };
    let mut before: BTreeMap<String, Statement> = statements(a)
        .into_iter()
        .map(|one| (one.path.to_ascii_lowercase(), one))
        .collect();
    for statement in statements(b) {
        let path = statement.path.to_ascii_lowercase();
        let old = before.remove(&path).or_else(|| {
            // A member may be named by a parameter.
            let has_hole = path.contains('{');
            let mut known = before.keys().filter(|_| has_hole);
            let key = known.find(|key| renaming.unify(key, &path)).cloned()?;
            before.remove(&key)
        });
        if old
            .as_ref()
            .is_some_and(|old| renaming.unify(&old.text, &statement.text))
        {
            continue;
        }
        out.push(PropertyChange {
            resource: pair.new,
            path: statement.path,
            old: old.map(|old| (old.text, old.span)),
            new: Some((statement.text, statement.span)),
        });
    }
    for (_, statement) in before {
        out.push(PropertyChange {
            resource: pair.new,
            path: statement.path,
            old: Some((statement.text, statement.span)),
            new: None,
        });
    }
}
