//! Types of parameters, user functions and outputs, and what they demand of a value.
//!
//! Source: "Type definitions in ARM templates", "Parameters in ARM templates".

use super::equality;
use crate::value::{Data, Value};

/// The most `$ref` and member steps that a type is followed for.
pub(crate) const DEPTH: u32 = 64;

/// The definition that `$ref` in `node` names, or `None`.
fn referred<'a>(root: &'a Value, node: &Value) -> Option<&'a Value> {
    let path = node.get("$ref")?.as_str()?;
    let name = path.strip_prefix("#/definitions/")?;
    let name = name.replace("~1", "/").replace("~0", "~");
    root.get("definitions")?.get(&name)
}

/// `node` and what it refers to, nearest first.
pub(crate) fn chain<'a>(root: &'a Value, node: &'a Value) -> Vec<&'a Value> {
    let mut nodes = vec![node];
    let mut here = node;
    while let Some(next) = referred(root, here) {
        if nodes.len() >= DEPTH as usize {
            break;
        }
        nodes.push(next);
        here = next;
    }
    nodes
}

/// Member `name` of `node`, or of what it refers to.
pub(crate) fn facet<'a>(root: &'a Value, node: &'a Value, name: &str) -> Option<&'a Value> {
    chain(root, node)
        .into_iter()
        .find_map(|node| node.get(name))
}

/// The type in lower case; empty where none is given.
pub(crate) fn base_type(root: &Value, node: &Value) -> String {
    facet(root, node, "type")
        .and_then(Value::as_str)
        .unwrap_or("")
        .to_ascii_lowercase()
}

/// Whether Azure knows the type `base`, in lower case.
pub(crate) fn is_known_type(base: &str) -> bool {
    let known = [
        "string",
        "securestring",
        "int",
        "bool",
        "object",
        "secureobject",
        "array",
    ];
    known.contains(&base)
}

/// Whether values of the type are secrets.
pub(crate) fn is_secure(root: &Value, node: &Value) -> bool {
    matches!(
        base_type(root, node).as_str(),
        "securestring" | "secureobject"
    )
}

/// Whether `null` is a value of the type.
pub(crate) fn is_nullable(root: &Value, node: &Value) -> bool {
    facet(root, node, "nullable").and_then(Value::as_bool) == Some(true)
}

/// What is wrong with a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Problem {
    /// A clause about the value, without the value itself: `is shorter than 3`.
    pub(crate) what: String,
    /// Whether it is of another type altogether.
    pub(crate) is_type: bool,
}

fn mistyped(what: impl Into<String>) -> Problem {
    Problem {
        what: what.into(),
        is_type: true,
    }
}

fn limited(what: impl Into<String>) -> Problem {
    Problem {
        what: what.into(),
        is_type: false,
    }
}

/// Checks `value` against the type `node` of template `root`; what is unknown passes.
pub(crate) fn check(root: &Value, node: &Value, value: &Value) -> Result<(), Problem> {
    check_node(root, node, value, 0)
}

fn check_node(root: &Value, node: &Value, value: &Value, depth: u32) -> Result<(), Problem> {
    if value.as_unknown().is_some() || depth >= DEPTH {
        return Ok(());
    }
    let nodes = chain(root, node);
    if let Some(path) = nodes.last().and_then(|last| last.get("$ref")) {
        let path = path.as_str().unwrap_or("");
        return Err(mistyped(format!(
            "is of type `{path}`, which is not defined"
        )));
    }
    if value.is_null() {
        return if is_nullable(root, node) {
            Ok(())
        } else {
            Err(mistyped("is null"))
        };
    }
    let base = base_type(root, node);
    if !is_of_type(value, &base) {
        return Err(mistyped(format!("is {}, not {base}", value.type_name())));
    }
    for node in nodes {
        check_allowed(node, value)?;
        check_limits(node, value)?;
        check_members(root, node, value, depth)?;
    }
    Ok(())
}

fn is_of_type(value: &Value, base: &str) -> bool {
    match base {
        "string" | "securestring" => value.as_str().is_some(),
        "int" => match value.data {
            Data::Integer(_) => true,
            Data::Float(number) => number.fract() == 0.0,
            _ => false,
        },
        "bool" => value.as_bool().is_some(),
        "object" | "secureobject" => value.as_object().is_some(),
        "array" => value.as_array().is_some(),
        // A type that Azure does not know is told where it is declared.
        _ => true,
    }
}

fn check_allowed(node: &Value, value: &Value) -> Result<(), Problem> {
    let Some(allowed) = node.get("allowedValues").and_then(Value::as_array) else {
        return Ok(());
    };
    let is_allowed = |value: &Value| allowed.iter().any(|other| equality::same(other, value));
    // A list passes as a whole or item by item.
    let each = value
        .as_array()
        .is_some_and(|items| items.iter().all(is_allowed));
    if each || is_allowed(value) {
        return Ok(());
    }
    Err(limited("is none of the allowed values"))
}

fn check_limits(node: &Value, value: &Value) -> Result<(), Problem> {
    let limit = |name: &str| node.get(name).and_then(Value::as_integer);
    let length = match &value.data {
        Data::String(text) => i64::try_from(text.encode_utf16().count()).ok(),
        Data::Array(array) => i64::try_from(array.items().len()).ok(),
        _ => None,
    };
    if let Some(length) = length {
        if let Some(least) = limit("minLength").filter(|least| length < *least) {
            return Err(limited(format!("is shorter than {least}")));
        }
        if let Some(most) = limit("maxLength").filter(|most| length > *most) {
            return Err(limited(format!("is longer than {most}")));
        }
    }
    if let Some(number) = value.as_integer() {
        if let Some(least) = limit("minValue").filter(|least| number < *least) {
            return Err(limited(format!("is below {least}")));
        }
        if let Some(most) = limit("maxValue").filter(|most| number > *most) {
            return Err(limited(format!("is above {most}")));
        }
    }
    Ok(())
}

fn within(place: String) -> impl Fn(Problem) -> Problem {
    move |problem| Problem {
        what: format!("has {place}, which {}", problem.what),
        ..problem
    }
}

fn check_members(root: &Value, node: &Value, value: &Value, depth: u32) -> Result<(), Problem> {
    if let Some(items) = value.as_array() {
        let prefix = node.get("prefixItems").map_or(&[][..], Value::items);
        for (at, item) in items.iter().enumerate() {
            let kind = match prefix.get(at) {
                Some(kind) => Some(kind),
                None => match node.get("items") {
                    Some(Value {
                        data: Data::Bool(false),
                        ..
                    }) => return Err(limited(format!("has more than {at} items"))),
                    kind => kind.filter(|kind| kind.as_object().is_some()),
                },
            };
            if let Some(kind) = kind {
                check_node(root, kind, item, depth + 1).map_err(within(format!("item {at}")))?;
            }
        }
        return Ok(());
    }
    let Some(object) = value.as_object() else {
        return Ok(());
    };
    let declared = node.get("properties").map_or(&[][..], Value::members);
    for member in declared {
        match object.get(&member.name) {
            Some(found) => check_node(root, &member.value, found, depth + 1)
                .map_err(within(format!("member `{}`", member.name)))?,
            None if is_nullable(root, &member.value) => {}
            None => return Err(limited(format!("lacks member `{}`", member.name))),
        }
    }
    check_discriminator(root, node, value, depth)?;
    let additional = node.get("additionalProperties");
    let is_sealed = node.get("sealed").and_then(Value::as_bool) == Some(true)
        || additional.and_then(Value::as_bool) == Some(false);
    let kind = additional.filter(|kind| kind.as_object().is_some());
    let others = object.members().iter().filter(|member| {
        !declared
            .iter()
            .any(|known| known.name.eq_ignore_ascii_case(&member.name))
    });
    for member in others {
        if is_sealed {
            return Err(limited(format!(
                "has member `{}`, which its type does not",
                member.name
            )));
        }
        if let Some(kind) = kind {
            check_node(root, kind, &member.value, depth + 1)
                .map_err(within(format!("member `{}`", member.name)))?;
        }
    }
    Ok(())
}

fn check_discriminator(
    root: &Value,
    node: &Value,
    value: &Value,
    depth: u32,
) -> Result<(), Problem> {
    let Some(discriminator) = node.get("discriminator") else {
        return Ok(());
    };
    let Some(name) = discriminator.get("propertyName").and_then(Value::as_str) else {
        return Ok(());
    };
    let Some(choice) = value.get(name) else {
        return Err(limited(format!(
            "lacks member `{name}`, which tells its type"
        )));
    };
    let Some(choice) = choice.as_str() else {
        return Ok(());
    };
    let mapping = discriminator.get("mapping").map_or(&[][..], Value::members);
    match mapping.iter().find(|member| *member.name == *choice) {
        Some(kind) => check_node(root, &kind.value, value, depth + 1),
        None => Err(limited(format!("has no type for its member `{name}`"))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::value::read_json;

    fn read(text: &str) -> Value {
        read_json(FileId::new(0), text, &mut Vec::new()).unwrap()
    }

    #[test]
    fn types_demand_what_they_say() {
        let root = read(
            r##"{"definitions": {
                "pair": {"type": "array", "prefixItems": [{"type": "int"}, {"type": "bool"}], "items": false},
                "box": {"type": "object", "properties": {
                    "name": {"type": "string", "minLength": 2},
                    "size": {"type": "int", "nullable": true},
                    "inner": {"$ref": "#/definitions/box", "nullable": true}},
                    "additionalProperties": false},
                "shape": {"type": "object", "discriminator": {"propertyName": "kind", "mapping": {
                    "a": {"type": "object", "properties": {"kind": {"type": "string", "allowedValues": ["a"]}, "x": {"type": "int"}}},
                    "b": {"$ref": "#/definitions/box"}}}}
            }}"##,
        );
        for (kind, value, fine) in [
            (r#"{"type": "String"}"#, r#""x""#, true),
            (r#"{"type": "int"}"#, r#""12""#, false),
            (r#"{"type": "int"}"#, "3.0", true),
            (r#"{"type": "bool"}"#, "null", false),
            (r#"{"type": "bool", "nullable": true}"#, "null", true),
            (r#"{"type": "string", "maxLength": 2}"#, r#""abc""#, false),
            (
                r#"{"type": "int", "minValue": 3, "maxValue": 5}"#,
                "5",
                true,
            ),
            (r#"{"type": "int", "minValue": 3}"#, "2", false),
            (
                r#"{"type": "array", "allowedValues": ["a", "b"]}"#,
                r#"["b"]"#,
                true,
            ),
            (
                r#"{"type": "array", "allowedValues": [["a"]]}"#,
                r#"["a"]"#,
                true,
            ),
            (
                r#"{"type": "array", "allowedValues": ["a", "b"]}"#,
                r#"["c"]"#,
                false,
            ),
            (
                r#"{"type": "array", "items": {"type": "int"}}"#,
                r#"[1, "x"]"#,
                false,
            ),
            (r##"{"$ref": "#/definitions/pair"}"##, "[1, true]", true),
            (r##"{"$ref": "#/definitions/pair"}"##, r#"[1, "x"]"#, false),
            (r##"{"$ref": "#/definitions/pair"}"##, "[1, true, 3]", false),
            (
                r##"{"$ref": "#/definitions/box"}"##,
                r#"{"name": "ab"}"#,
                true,
            ),
            (
                r##"{"$ref": "#/definitions/box"}"##,
                r#"{"name": "a"}"#,
                false,
            ),
            (
                r##"{"$ref": "#/definitions/box"}"##,
                r#"{"size": 1}"#,
                false,
            ),
            (
                r##"{"$ref": "#/definitions/box"}"##,
                r#"{"name": "ab", "y": 1}"#,
                false,
            ),
            (
                r##"{"$ref": "#/definitions/box"}"##,
                r#"{"name": "ab", "inner": {"name": "c"}}"#,
                false,
            ),
            (
                r##"{"$ref": "#/definitions/shape"}"##,
                r#"{"kind": "a", "x": 1}"#,
                true,
            ),
            (
                r##"{"$ref": "#/definitions/shape"}"##,
                r#"{"kind": "a", "x": "1"}"#,
                false,
            ),
            (
                r##"{"$ref": "#/definitions/shape"}"##,
                r#"{"kind": "c"}"#,
                false,
            ),
            (r##"{"$ref": "#/definitions/none"}"##, "1", false),
        ] {
            let outcome = check(&root, &read(kind), &read(value));
            assert_eq!(outcome.is_ok(), fine, "{kind} {value} {outcome:?}");
        }
    }

    #[test]
    fn a_type_that_refers_to_itself_ends() {
        let root = read(r##"{"definitions": {"a": {"$ref": "#/definitions/a"}}}"##);
        let node = read(r##"{"$ref": "#/definitions/a"}"##);
        assert!(check(&root, &node, &read("1")).is_err());
        assert!(!is_secure(&root, &node));
    }
}
