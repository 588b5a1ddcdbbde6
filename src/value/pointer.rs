//! JSON pointers (RFC 6901) and the way back from a place to its pointer.

use super::{Data, Value};
use crate::source::Span;
use std::borrow::Cow;
use std::fmt::Write as _;

/// One reference token: `name` with `~` and `/` escaped.
pub fn pointer_token(name: &str) -> Cow<'_, str> {
    if name.contains(['~', '/']) {
        Cow::Owned(name.replace('~', "~0").replace('/', "~1"))
    } else {
        Cow::Borrowed(name)
    }
}

/// The pointer, within the text that `root` was read from, of the innermost value that holds
/// `span`. O(depth · log children) plus the pointer's length.
pub fn pointer_at(root: &Value, span: Span) -> String {
    let mut pointer = String::new();
    let mut here = root;
    while here.span != span {
        match &here.data {
            Data::Object(object) => {
                let members = object.members();
                let next = members.partition_point(|member| member.name_span.start <= span.start);
                let Some(member) = next.checked_sub(1).and_then(|at| members.get(at)) else {
                    break;
                };
                if !member.value.span.contains(span) && !member.name_span.contains(span) {
                    break;
                }
                pointer.push('/');
                pointer.push_str(&pointer_token(&member.name));
                here = &member.value;
                if !here.span.contains(span) {
                    break;
                }
            }
            Data::Array(array) => {
                let items = array.items();
                let next = items.partition_point(|item| item.span.start <= span.start);
                let Some(at) = next.checked_sub(1) else { break };
                let Some(item) = items.get(at).filter(|item| item.span.contains(span)) else {
                    break;
                };
                let _ = write!(pointer, "/{at}");
                here = item;
            }
            _ => break,
        }
    }
    pointer
}

/// The value that `pointer` names below `root`, or `None`.
pub fn value_at<'a>(root: &'a Value, pointer: &str) -> Option<&'a Value> {
    if pointer.is_empty() {
        return Some(root);
    }
    pointer
        .strip_prefix('/')?
        .split('/')
        .try_fold(root, |value, token| match &value.data {
            Data::Object(object) => {
                let name = token.replace("~1", "/").replace("~0", "~");
                object
                    .members()
                    .iter()
                    .find(|member| *member.name == *name)
                    .map(|member| &member.value)
            }
            Data::Array(array) => array.items().get(token.parse::<usize>().ok()?),
            _ => None,
        })
}

#[cfg(test)]
mod tests {
    use super::super::read_json;
    use super::*;
    use crate::source::{SourceFile, Sources};

    #[test]
    fn every_value_is_found_again_by_its_pointer() {
        let text = r#"{"a/b": [1, {"x~y": [true, null]}, []], "c": {"d": "e"}, "": 7}"#;
        let mut sources = Sources::new();
        let id = sources.add(SourceFile::new("t.json", text));
        let root = read_json(id, text, &mut Vec::new()).unwrap();
        let mut waiting = vec![&root];
        let mut seen = 0;
        while let Some(value) = waiting.pop() {
            let pointer = pointer_at(&root, value.span);
            assert_eq!(
                value_at(&root, &pointer).unwrap().span,
                value.span,
                "{pointer}"
            );
            waiting.extend(value.items());
            waiting.extend(value.members().iter().map(|member| &member.value));
            seen += 1;
        }
        assert_eq!(seen, 11);
    }
}
