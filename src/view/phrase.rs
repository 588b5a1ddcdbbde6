//! Sentences cut into plain words and names.

use serde::{Deserialize, Serialize};

/// A stretch of a sentence.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Phrase {
    /// The words.
    pub text: String,
    /// Whether they are the user's own, or what the sentence is about: to be set off.
    pub strong: bool,
}

impl Phrase {
    /// Plain words.
    pub fn plain(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: false,
        }
    }

    /// Words to be set off.
    pub fn strong(text: impl Into<String>) -> Self {
        Self {
            text: text.into(),
            strong: true,
        }
    }
}

/// `sentence` cut at its backticks, which set off what stands between them.
pub fn phrases(sentence: &str) -> Vec<Phrase> {
    sentence
        .split('`')
        .enumerate()
        .filter(|(_, text)| !text.is_empty())
        .map(|(at, text)| Phrase {
            text: text.to_owned(),
            strong: at % 2 == 1,
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_in_backticks_is_set_off() {
        let want = [
            Phrase::strong("a"),
            Phrase::plain(" meets "),
            Phrase::strong("b"),
        ];
        assert_eq!(phrases("`a` meets `b`"), want);
        assert!(phrases("").is_empty());
    }
}
