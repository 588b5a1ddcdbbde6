//! Names as a reviewer writes them for several resources at once.

use crate::resource::Resource;

/// A name in which `*` stands for any text, the empty one too; case does not count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct NamePattern<'a>(&'a str);

impl<'a> NamePattern<'a> {
    /// The pattern that `text` writes.
    pub fn new(text: &'a str) -> Self {
        Self(text)
    }

    /// Whether the resource's identifier, full name or last name is of the pattern.
    pub fn matches(self, resource: &Resource) -> bool {
        self.matches_text(&resource.name)
            || self.matches_text(resource.short_name())
            || self.matches_text(resource.id.as_str())
    }

    /// Whether `text` as a whole is of the pattern. O(pattern · text) at worst.
    pub fn matches_text(self, text: &str) -> bool {
        let mut parts = self.0.split('*');
        let first = parts.next().unwrap_or("");
        let Some(mut rest) = strip_prefix(text, first) else {
            return false;
        };
        let mut parts: Vec<&str> = parts.collect();
        let Some(last) = parts.pop() else {
            return rest.is_empty();
        };
        // The first place of each part leaves the most text for those behind it.
        for part in parts {
            let found = rest
                .char_indices()
                .map(|(at, _)| at)
                .chain([rest.len()])
                .find_map(|at| strip_prefix(rest.get(at..)?, part));
            match found {
                Some(behind) => rest = behind,
                None => return false,
            }
        }
        rest.len()
            .checked_sub(last.len())
            .and_then(|at| rest.get(at..))
            .is_some_and(|end| end.eq_ignore_ascii_case(last))
    }
}

fn strip_prefix<'t>(text: &'t str, prefix: &str) -> Option<&'t str> {
    let head = text.get(..prefix.len())?;
    head.eq_ignore_ascii_case(prefix)
        .then(|| text.get(prefix.len()..).unwrap_or(""))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// The definition itself: a star is nothing, or one character and a star.
    fn slow(pattern: &[char], text: &[char]) -> bool {
        match pattern.split_first() {
            None => text.is_empty(),
            Some(('*', rest)) => {
                slow(rest, text) || (!text.is_empty() && slow(pattern, &text[1..]))
            }
            Some((first, rest)) => {
                text.first()
                    .is_some_and(|one| one.eq_ignore_ascii_case(first))
                    && slow(rest, &text[1..])
            }
        }
    }

    proptest! {
        #[test]
        fn patterns_mean_what_their_definition_says(pattern in "[aBé*]{0,6}", text in "[abé]{0,8}") {
            let letters = |text: &str| text.chars().collect::<Vec<_>>();
            prop_assert_eq!(
                NamePattern::new(&pattern).matches_text(&text),
                slow(&letters(&pattern), &letters(&text))
            );
        }
    }
}
