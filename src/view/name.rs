//! Names with holes, put so that people can read them.

use std::borrow::Cow;

/// How deep calls within a hole are followed.
const DEPTH: usize = 8;

/// The template functions that occur in names, longest first where one ends in another.
const FUNCTIONS: [&str; 19] = [
    "uniquestring",
    "substring",
    "padleft",
    "resourcegroup",
    "subscription",
    "deployment",
    "parameters",
    "variables",
    "tolower",
    "toupper",
    "replace",
    "concat",
    "format",
    "string",
    "first",
    "guid",
    "take",
    "trim",
    "last",
];

/// `name` with what is not known between `‹` and `›`: `kv-{parameters('env')}` becomes `kv-‹env›`.
/// Of calls that only change how a text is spelled, the text is kept.
pub(super) fn shown_name(name: &str) -> Cow<'_, str> {
    if !name.contains('{') {
        return Cow::Borrowed(name);
    }
    let mut out = String::new();
    let mut rest = name;
    while let Some(open) = rest.find('{') {
        let (before, behind) = rest.split_at(open);
        out.push_str(before);
        let end = closing(behind, '{', '}');
        let inner = behind.get(1..end).unwrap_or("");
        out.push_str(&put(inner, 0));
        rest = behind.get(end + 1..).unwrap_or("");
    }
    out.push_str(rest);
    Cow::Owned(out.replace("›‹", ""))
}

/// The place of the bracket that closes the one with which `text` begins; the end where none does.
fn closing(text: &str, open: char, close: char) -> usize {
    let mut depth = 0_usize;
    for (at, letter) in text.char_indices() {
        if letter == open {
            depth += 1;
        } else if letter == close {
            depth = depth.saturating_sub(1);
            if depth == 0 {
                return at;
            }
        }
    }
    text.len()
}

/// The content of a hole: texts beside calls, each call by what it is made from.
fn put(text: &str, depth: usize) -> String {
    let Some(open) = text.find('(').filter(|_| depth < DEPTH) else {
        let word = text.trim_matches(|letter: char| !letter.is_alphanumeric());
        return if depth == 0 && !word.is_empty() {
            format!("‹{word}›")
        } else {
            text.to_owned()
        };
    };
    let (head, behind) = text.split_at(open);
    let end = closing(behind, '(', ')');
    let arguments = behind.get(1..end).unwrap_or("");
    let rest = behind.get(end + 1..).unwrap_or("");
    let lower = head.to_ascii_lowercase();
    let known = FUNCTIONS.iter().find(|name| lower.ends_with(*name));
    let function = known.copied().unwrap_or(&lower);
    let before = head.get(..head.len() - function.len()).unwrap_or("");
    let first = first_argument(arguments);
    let middle = match function {
        "parameters" | "variables" => format!("‹{}›", first.trim_matches('\'')),
        "tolower" | "toupper" | "replace" | "concat" | "trim" | "string" | "take" | "substring"
        | "padleft" | "first" | "last" => {
            let inner = put(first, depth + 1);
            if inner.contains('‹') {
                inner
            } else {
                format!("‹{}›", inner.trim_matches('\''))
            }
        }
        "uniquestring" | "guid" => "‹unique›".to_owned(),
        other => format!("‹{other}›"),
    };
    let rest = if rest.contains('(') {
        put(rest, depth + 1)
    } else {
        rest.to_owned()
    };
    format!("{before}{middle}{rest}")
}

/// What stands before the first comma outside brackets.
fn first_argument(arguments: &str) -> &str {
    let mut depth = 0_i32;
    for (at, letter) in arguments.char_indices() {
        match letter {
            '(' | '{' => depth += 1,
            ')' | '}' => depth -= 1,
            ',' if depth == 0 => return arguments.get(..at).unwrap_or(arguments),
            _ => {}
        }
    }
    arguments
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn holes_are_named_by_what_fills_them() {
        for (name, want) in [
            ("plain", "plain"),
            ("{parameters('vnetName')}", "‹vnetName›"),
            (
                "kv-{parameters('env')}-x{parameters('no')}",
                "kv-‹env›-x‹no›",
            ),
            ("ple-{toLower(prefix)}-tez2-kv", "ple-‹prefix›-tez2-kv"),
            ("{replace(crtoLower(prefix)tez2,'-','')}", "cr‹prefix›tez2"),
            ("{uniqueString(/subscriptions/x)}", "‹unique›"),
            ("a{b", "a‹b›"),
            ("{}", ""),
            ("{a(b(c(d)))}{e}", "‹a›‹e›"),
            ("{parameters('é')}", "‹é›"),
        ] {
            let want = want.replace("›‹", "");
            assert_eq!(shown_name(name), want, "{name}");
        }
    }
}
