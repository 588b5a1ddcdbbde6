//! What can be asked of one value.

use crate::value::{Data, Value};
use std::borrow::Cow;

/// A question about a value. Words compare without regard to case.
#[derive(Clone, Copy, Debug)]
pub enum Test {
    /// It is one of these words.
    Is(&'static [&'static str]),
    /// It is none of these words.
    IsNot(&'static [&'static str]),
    /// It is a number under this one.
    Below(i64),
    /// It is a number over this one.
    Above(i64),
    /// There is something in it.
    Filled,
    /// There is nothing in it.
    Empty,
    /// The list, or the words between commas, hold one of these.
    Holds(&'static [&'static str]),
    /// The list, or the words between commas, hold none of these.
    HoldsNone(&'static [&'static str]),
    /// It starts with one of these.
    Begins(&'static [&'static str]),
    /// It starts with none of these.
    BeginsNot(&'static [&'static str]),
    /// Nothing that is there; only absence can hold.
    Nothing,
    /// It is a text of which this holds.
    Such(fn(&str) -> bool),
}

/// The longest value that is repeated in a message.
const SHOWN: usize = 80;

impl Test {
    /// Whether it holds of `value`; `None` where the value is not of a kind that it can be asked of,
    /// or is in part unknown.
    pub fn holds(&self, value: &Value) -> Option<bool> {
        match self {
            Self::Nothing => Some(false),
            Self::Filled => Some(!is_empty(value)),
            Self::Empty => Some(is_empty(value)),
            Self::Holds(words) => holds_one(value, words),
            Self::HoldsNone(words) => holds_one(value, words).map(|holds| !holds),
            _ => word(value).map(|word| self.holds_word(&word)),
        }
    }

    /// Whether it holds of a value that is written `word`.
    pub fn holds_word(&self, word: &str) -> bool {
        let is_one = |words: &[&str]| words.iter().any(|other| word.eq_ignore_ascii_case(other));
        let begins = |words: &[&str]| {
            words.iter().any(|other| {
                word.get(..other.len())
                    .is_some_and(|start| start.eq_ignore_ascii_case(other))
            })
        };
        match self {
            Self::Is(words) => is_one(words),
            Self::IsNot(words) => !is_one(words),
            Self::Below(bound) => word
                .trim()
                .parse::<i64>()
                .is_ok_and(|number| number < *bound),
            Self::Above(bound) => word
                .trim()
                .parse::<i64>()
                .is_ok_and(|number| number > *bound),
            Self::Nothing => false,
            Self::Filled => !word.is_empty(),
            Self::Empty => word.is_empty(),
            Self::Holds(words) => word.split(',').any(|part| is_in(part.trim(), words)),
            Self::HoldsNone(words) => !word.split(',').any(|part| is_in(part.trim(), words)),
            Self::Begins(words) => begins(words),
            Self::BeginsNot(words) => !begins(words),
            Self::Such(ask) => ask(word),
        }
    }

    /// Whether it holds of every text of the form `symbol`, which has holes in braces for what is
    /// not known; `None` where that does not decide.
    pub(super) fn holds_form(&self, symbol: &str) -> Option<bool> {
        let head = symbol.split('{').next().unwrap_or("");
        match self {
            Self::Begins(words) | Self::BeginsNot(words) => {
                let shorter = |word: &&str| word.len() <= head.len();
                words.iter().all(shorter).then(|| self.holds_word(head))
            }
            Self::Filled if has_literal(symbol) => Some(true),
            Self::Empty if has_literal(symbol) => Some(false),
            _ => None,
        }
    }

    /// What `value`, which stands in the property called `name` and of which the test holds, says.
    pub(super) fn describe(&self, name: &str, value: &Value) -> String {
        match self {
            Self::Empty => format!("{name} is empty"),
            Self::Holds(words) => {
                let found = words
                    .iter()
                    .find(|word| holds_one(value, &[**word]) == Some(true));
                format!("{name} holds {}", found.unwrap_or(&"it"))
            }
            Self::HoldsNone(words) => format!("{name} does not hold {}", words.join(" or ")),
            Self::Filled => format!("{name} is set"),
            _ => match word(value) {
                Some(word) if word.len() <= SHOWN => format!("{name} is {word}"),
                _ => format!("{name} is set"),
            },
        }
    }

    /// Values that settle it one way and the other.
    pub(super) fn outcomes(&self) -> Vec<(String, bool)> {
        let pair = |words: &[&str], holds: bool| {
            let first = words.first().copied().unwrap_or_default().to_owned();
            let other = match words {
                ["true"] => "false",
                ["false"] => "true",
                _ => "anything else",
            };
            vec![(first, holds), (other.to_owned(), !holds)]
        };
        match self {
            Self::Is(words) | Self::Holds(words) => pair(words, true),
            Self::IsNot(words) | Self::HoldsNone(words) => pair(words, false),
            _ => Vec::new(),
        }
    }
}

/// Whether something of `symbol` stands outside its holes.
fn has_literal(symbol: &str) -> bool {
    let mut depth = 0_usize;
    symbol.chars().any(|letter| {
        match letter {
            '{' => depth += 1,
            '}' => depth = depth.saturating_sub(1),
            _ => return depth == 0,
        }
        false
    })
}

fn is_in(part: &str, words: &[&str]) -> bool {
    words.iter().any(|word| part.eq_ignore_ascii_case(word))
}

fn is_empty(value: &Value) -> bool {
    match &value.data {
        Data::Null => true,
        Data::String(text) => text.is_empty(),
        Data::Array(array) => array.items().iter().all(Value::is_null),
        Data::Object(object) => object.members().is_empty(),
        _ => false,
    }
}

/// The value as one word; `None` for lists, objects, `null` and what is unknown.
pub(super) fn word(value: &Value) -> Option<Cow<'_, str>> {
    match &value.data {
        Data::String(text) => Some(Cow::Borrowed(text)),
        Data::Bool(true) => Some(Cow::Borrowed("true")),
        Data::Bool(false) => Some(Cow::Borrowed("false")),
        Data::Integer(number) => Some(Cow::Owned(number.to_string())),
        Data::Float(number) => Some(Cow::Owned(number.to_string())),
        Data::Null | Data::Array(_) | Data::Object(_) | Data::Unknown(_) => None,
    }
}

/// The value as a message shows it.
pub(super) fn show(value: &Value) -> String {
    word(value).map_or_else(|| value.type_name().to_owned(), Cow::into_owned)
}

fn holds_one(value: &Value, words: &[&str]) -> Option<bool> {
    match &value.data {
        Data::Array(array) => {
            let mut open = false;
            for item in array.items() {
                match word(item) {
                    Some(word) if is_in(word.trim(), words) => return Some(true),
                    Some(_) => {}
                    None => open |= item.as_unknown().is_some(),
                }
            }
            (!open).then_some(false)
        }
        Data::String(text) => Some(text.split(',').any(|part| is_in(part.trim(), words))),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;
    use crate::value::read_json;

    #[test]
    fn tests_hold_of_values_as_azure_reads_them() {
        let holds = |test: Test, text: &str| {
            test.holds(&read_json(FileId::new(0), text, &mut Vec::new()).unwrap())
        };
        for (test, text, want) in [
            (Test::Is(&["Enabled"]), "\"enabled\"", Some(true)),
            (Test::Is(&["true"]), "true", Some(true)),
            (Test::Is(&["true"]), "\"True\"", Some(true)),
            (Test::IsNot(&["1.2", "1.3"]), "1.2", Some(false)),
            (Test::Is(&["true"]), "{}", None),
            (Test::Below(7), "6", Some(true)),
            (Test::Below(7), "\"7\"", Some(false)),
            (Test::Empty, "[]", Some(true)),
            (Test::Empty, "[null]", Some(true)),
            (Test::Filled, "{\"a\": 1}", Some(true)),
            (Test::Holds(&["all"]), "[\"get\", \"ALL\"]", Some(true)),
            (
                Test::Holds(&["AzureServices"]),
                "\"Logging, AzureServices\"",
                Some(true),
            ),
            (Test::HoldsNone(&["all"]), "[\"get\"]", Some(true)),
            (Test::BeginsNot(&["https://"]), "\"HTTP://x\"", Some(true)),
        ] {
            assert_eq!(holds(test, text), want, "{test:?} of {text}");
        }
    }
}
