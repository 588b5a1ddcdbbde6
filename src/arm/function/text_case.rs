//! Letter case as .NET's invariant culture has it: character by character, never changing a length.

/// `text` in upper case.
pub(super) fn upper(text: &str) -> String {
    text.chars().map(upper_character).collect()
}

/// `text` in lower case.
pub(super) fn lower(text: &str) -> String {
    text.chars()
        .map(|character| single(character, character.to_lowercase()))
        .collect()
}

/// A text that is the same for texts that differ by case only, character for character.
pub(super) fn fold(text: &str) -> String {
    upper(text)
}

/// Whether the texts differ by case only.
pub(super) fn equal_ignoring_case(a: &str, b: &str) -> bool {
    a.chars()
        .map(upper_character)
        .eq(b.chars().map(upper_character))
}

fn upper_character(character: char) -> char {
    single(character, character.to_uppercase())
}

/// The one character of `mapped`, or `character` where the mapping has several.
fn single(character: char, mut mapped: impl Iterator<Item = char>) -> char {
    match (mapped.next(), mapped.next()) {
        (Some(only), None) => only,
        _ => character,
    }
}
