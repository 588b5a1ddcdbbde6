//! Changes to a JSON text that leave everything else as it is: formatting, comments, order.

use super::{Data, Member, Value, pointer_token, value_at};
use serde_json::Value as Json;

/// What to do at a JSON pointer.
#[derive(Clone, Debug, PartialEq)]
pub enum TextChange {
    /// The value there becomes this one; members and enclosing objects that are missing are added,
    /// and `-` behind a list adds an item.
    Set(Json),
    /// The member or item there goes.
    Remove,
}

/// Why a text cannot be changed.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// The pointer leads through something that is no object or list.
    #[error("`{0}` leads through a value that has no members")]
    NoContainer(String),
    /// Nothing is at the pointer.
    #[error("nothing is at `{0}`")]
    Nothing(String),
    /// The whole file cannot be taken out.
    #[error("the whole file cannot be removed")]
    Whole,
}

/// `text`, whose whole value is `root`, with `change` made at `pointer` (RFC 6901).
pub fn edit_text(
    text: &str,
    root: &Value,
    pointer: &str,
    change: &TextChange,
) -> Result<String, EditError> {
    match change {
        TextChange::Set(value) => set(text, root, pointer, value),
        TextChange::Remove => remove(text, root, pointer),
    }
}

fn set(text: &str, root: &Value, pointer: &str, value: &Json) -> Result<String, EditError> {
    if let Some(old) = value_at(root, pointer) {
        let (start, end) = (old.span.start as usize, old.span.end as usize);
        let written = write(value, &indentation(text, start), &unit(text));
        return Ok(splice(text, start, end, &written));
    }
    // The innermost value on the way that is there gets the rest of the path as new members.
    let mut rest: Vec<&str> = Vec::new();
    let mut here = pointer;
    let parent = loop {
        let (head, last) = here
            .rsplit_once('/')
            .ok_or_else(|| EditError::Nothing(pointer.to_owned()))?;
        rest.push(last);
        here = head;
        if let Some(value) = value_at(root, here) {
            break value;
        }
    };
    let mut added = value.clone();
    let Some((first, inner)) = rest.split_last() else {
        return Err(EditError::Nothing(pointer.to_owned()));
    };
    for name in inner {
        let mut object = serde_json::Map::new();
        object.insert(unescape(name), added);
        added = Json::Object(object);
    }
    match &parent.data {
        Data::Object(object) => Ok(add_member(
            text,
            parent,
            object.members(),
            &unescape(first),
            &added,
        )),
        Data::Array(array) if *first == "-" => Ok(add_item(text, parent, array.items(), &added)),
        // An object in place of `null` says what `null` does not.
        Data::Null => {
            let mut object = serde_json::Map::new();
            object.insert(unescape(first), added);
            set(text, root, here, &Json::Object(object))
        }
        _ => Err(EditError::NoContainer(pointer.to_owned())),
    }
}

fn add_member(text: &str, parent: &Value, members: &[Member], name: &str, value: &Json) -> String {
    let end = parent.span.end as usize;
    let key = Json::String(name.to_owned()).to_string();
    let Some(last) = members.last() else {
        let outer = indentation(text, parent.span.start as usize);
        let inner = format!("{outer}{}", unit(text));
        let written = write(value, &inner, &unit(text));
        let body = format!("{{\n{inner}{key}: {written}\n{outer}}}");
        return splice(text, parent.span.start as usize, end, &body);
    };
    let after = last.value.span.end as usize;
    let indent = indentation(text, last.name_span.start as usize);
    let one_line = !between(
        text,
        parent.span.start as usize,
        last.name_span.start as usize,
    )
    .contains('\n');
    let written = write(value, &indent, &unit(text));
    let added = if one_line {
        format!(", {key}: {written}")
    } else {
        format!(",\n{indent}{key}: {written}")
    };
    splice(text, after, after, &added)
}

fn add_item(text: &str, parent: &Value, items: &[Value], value: &Json) -> String {
    let start = parent.span.start as usize;
    let Some(last) = items.last() else {
        let outer = indentation(text, start);
        let inner = format!("{outer}{}", unit(text));
        let written = write(value, &inner, &unit(text));
        return splice(
            text,
            start,
            parent.span.end as usize,
            &format!("[\n{inner}{written}\n{outer}]"),
        );
    };
    let after = last.span.end as usize;
    let indent = indentation(text, last.span.start as usize);
    let one_line = !between(text, start, last.span.start as usize).contains('\n');
    let written = write(value, &indent, &unit(text));
    let added = if one_line {
        format!(", {written}")
    } else {
        format!(",\n{indent}{written}")
    };
    splice(text, after, after, &added)
}

fn remove(text: &str, root: &Value, pointer: &str) -> Result<String, EditError> {
    let (head, _) = pointer.rsplit_once('/').ok_or(EditError::Whole)?;
    let nothing = || EditError::Nothing(pointer.to_owned());
    let parent = value_at(root, head).ok_or_else(nothing)?;
    let target = value_at(root, pointer).ok_or_else(nothing)?.span;
    // The extents of the elements, names included.
    let extents: Vec<(usize, usize)> = match &parent.data {
        Data::Object(object) => object
            .members()
            .iter()
            .map(|member| {
                (
                    member.name_span.start as usize,
                    member.value.span.end as usize,
                )
            })
            .collect(),
        _ => parent
            .items()
            .iter()
            .map(|item| (item.span.start as usize, item.span.end as usize))
            .collect(),
    };
    let at = extents
        .iter()
        .position(|(_, end)| *end == target.end as usize)
        .ok_or_else(nothing)?;
    let (start, end) = extents.get(at).copied().ok_or_else(nothing)?;
    // With its comma: the one behind it, or, of the last one, the one before it.
    let (from, to) = match (
        at.checked_sub(1).and_then(|at| extents.get(at)),
        extents.get(at + 1),
    ) {
        (_, Some((next, _))) => (start, *next),
        (Some((_, previous)), None) => (*previous, end),
        (None, None) => (parent.span.start as usize + 1, parent.span.end as usize - 1),
    };
    Ok(splice(text, from, to, ""))
}

/// `text` with its bytes `start..end` replaced by `new`.
fn splice(text: &str, start: usize, end: usize, new: &str) -> String {
    let (before, after) = (
        text.get(..start).unwrap_or(text),
        text.get(end..).unwrap_or(""),
    );
    [before, new, after].concat()
}

fn between(text: &str, start: usize, end: usize) -> &str {
    text.get(start..end).unwrap_or("")
}

/// The white space at the start of the line of byte `at`.
fn indentation(text: &str, at: usize) -> String {
    let before = text.get(..at).unwrap_or("");
    let line = before.rsplit('\n').next().unwrap_or("");
    line.chars()
        .take_while(|one| *one == ' ' || *one == '\t')
        .collect()
}

/// One level of the text's indentation: that of its first indented line.
fn unit(text: &str) -> String {
    let first = text
        .lines()
        .find(|line| line.starts_with([' ', '\t']) && !line.trim().is_empty());
    first.map_or_else(|| "  ".to_owned(), |line| indentation(line, line.len()))
}

/// `value` as JSON text whose further lines start at `indent`.
fn write(value: &Json, indent: &str, unit: &str) -> String {
    let formatter = serde_json::ser::PrettyFormatter::with_indent(unit.as_bytes());
    let mut bytes = Vec::new();
    let mut serializer = serde_json::Serializer::with_formatter(&mut bytes, formatter);
    // Writing a JSON value to memory cannot fail.
    let _ = serde::Serialize::serialize(value, &mut serializer);
    let text = String::from_utf8(bytes).unwrap_or_default();
    text.replace('\n', &format!("\n{indent}"))
}

fn unescape(token: &str) -> String {
    token.replace("~1", "/").replace("~0", "~")
}

/// The pointer of member `name` below `pointer`.
pub fn pointer_to(pointer: &str, name: &str) -> String {
    format!("{pointer}/{}", pointer_token(name))
}

#[cfg(test)]
mod tests {
    use super::super::{read_json, to_json};
    use super::*;
    use crate::source::FileId;
    use proptest::prelude::*;
    use serde_json::json;

    fn edit(text: &str, pointer: &str, change: &TextChange) -> Result<String, EditError> {
        let root = read_json(FileId::new(0), text, &mut Vec::new()).unwrap();
        edit_text(text, &root, pointer, change)
    }

    fn value(text: &str) -> Json {
        to_json(&read_json(FileId::new(0), text, &mut Vec::new()).unwrap())
    }

    const TEXT: &str = "{\n    \"a\": 1, // one\n    \"b\": {\n        \"c\": [1, 2]\n    }\n}\n";

    #[test]
    fn only_the_affected_text_changes() {
        let set = |pointer, new| edit(TEXT, pointer, &TextChange::Set(new)).unwrap();
        assert_eq!(
            set("/a", json!("x")),
            TEXT.replace("\"a\": 1", "\"a\": \"x\"")
        );
        assert_eq!(
            set("/b/d", json!(true)),
            TEXT.replace("[1, 2]", "[1, 2],\n        \"d\": true")
        );
        assert_eq!(set("/b/c/-", json!(3)), TEXT.replace("[1, 2]", "[1, 2, 3]"));
        assert_eq!(
            set("/b/e/f", json!(1)),
            TEXT.replace(
                "[1, 2]",
                "[1, 2],\n        \"e\": {\n            \"f\": 1\n        }"
            )
        );
        assert_eq!(
            edit(TEXT, "/b/c/0", &TextChange::Remove).unwrap(),
            TEXT.replace("[1, 2]", "[2]")
        );
        assert_eq!(
            edit("{}", "/a/b", &TextChange::Set(json!(1))).map(|text| value(&text)),
            Ok(json!({"a": {"b": 1}}))
        );
        assert_eq!(
            edit("{\"a\": null}", "/a/b", &TextChange::Set(json!(1))).map(|text| value(&text)),
            Ok(json!({"a": {"b": 1}}))
        );
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        assert_eq!(
            edit(TEXT, "/x", &TextChange::Remove),
            Err(EditError::Nothing("/x".into()))
        );
        assert_eq!(
            edit(TEXT, "/a/x", &TextChange::Set(json!(1))),
            Err(EditError::NoContainer("/a/x".into()))
        );
        assert_eq!(edit(TEXT, "", &TextChange::Remove), Err(EditError::Whole));
    }

    fn tree() -> impl Strategy<Value = Json> {
        let leaf = prop_oneof![
            Just(json!(1)),
            Just(json!("t")),
            Just(json!(false)),
            Just(json!({})),
            Just(json!([]))
        ];
        leaf.prop_recursive(3, 20, 4, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..4).prop_map(Json::Array),
                prop::collection::btree_map("[a-d~/]{1,2}", inner, 0..4)
                    .prop_map(|members| Json::Object(members.into_iter().collect())),
            ]
        })
    }

    fn pointers(value: &Json, at: &str, out: &mut Vec<String>) {
        out.push(at.to_owned());
        match value {
            Json::Object(members) => {
                members
                    .iter()
                    .for_each(|(name, inner)| pointers(inner, &pointer_to(at, name), out));
            }
            Json::Array(items) => {
                items
                    .iter()
                    .enumerate()
                    .for_each(|(index, inner)| pointers(inner, &format!("{at}/{index}"), out));
            }
            _ => {}
        }
    }

    proptest! {
        /// The oracle changes the parsed value; the edited text must parse to the same.
        #[test]
        fn edits_agree_with_the_same_change_to_the_value(tree in tree(), pick in any::<prop::sample::Index>(), pretty in any::<bool>(), new in tree()) {
            let text = if pretty { serde_json::to_string_pretty(&tree).unwrap() } else { tree.to_string() };
            let mut all = Vec::new();
            pointers(&tree, "", &mut all);
            let pointer = pick.get(&all);
            let mut want = tree.clone();
            *want.pointer_mut(pointer).unwrap() = new.clone();
            prop_assert_eq!(value(&edit(&text, pointer, &TextChange::Set(new)).unwrap()), want);
            if let Some((head, last)) = pointer.rsplit_once('/') {
                let mut want = tree.clone();
                match want.pointer_mut(head).unwrap() {
                    Json::Object(members) => { members.remove(&unescape(last)); }
                    Json::Array(items) => { items.remove(last.parse().unwrap()); }
                    _ => {}
                }
                prop_assert_eq!(value(&edit(&text, pointer, &TextChange::Remove).unwrap()), want);
            }
        }
    }
}
