//! Texts from templates, made harmless to read.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Whether `letter` acts on how text is shown without being seen itself: a control character, a mark
/// of writing direction, an invisible joiner or space, a line or paragraph separator.
fn is_hidden(letter: char) -> bool {
    letter.is_control()
        || !letter.is_ascii()
            && matches!(
                letter,
                '\u{ad}'
                    | '\u{61c}'
                    | '\u{115f}'..='\u{1160}'
                    | '\u{180e}'
                    | '\u{200b}'..='\u{200f}'
                    | '\u{2028}'..='\u{202e}'
                    | '\u{2060}'..='\u{206f}'
                    | '\u{3164}'
                    | '\u{feff}'
                    | '\u{ffa0}'
                    | '\u{fff9}'..='\u{fffb}'
                    | '\u{fffe}'..='\u{ffff}'
                    | '\u{e0000}'..='\u{e007f}'
            )
}

/// `text` on one line, in which everything hidden is spelled out as `<U+202E>`. Line breaks and tabs
/// become spaces.
pub(super) fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(is_hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for letter in text.chars() {
        match letter {
            '\n' | '\r' | '\t' => out.push(' '),
            hidden if is_hidden(hidden) => {
                let _ = write!(out, "<U+{:04X}>", u32::from(hidden));
            }
            seen => out.push(seen),
        }
    }
    Cow::Owned(out)
}

/// `text`, which has lines of ours and, where `coloured`, the colours of a terminal, with everything
/// else that is hidden spelled out.
pub(super) fn harmless(text: &str, coloured: bool) -> String {
    const OURS: [&str; 6] = [
        "\u{1b}[0m",
        "\u{1b}[1m",
        "\u{1b}[31m",
        "\u{1b}[32m",
        "\u{1b}[34m",
        "\u{1b}[35m",
    ];
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(is_hidden) {
        let (shown, from) = rest.split_at(at);
        out.push_str(shown);
        let mut letters = from.chars();
        let letter = letters.next().unwrap_or_default();
        rest = letters.as_str();
        if letter == '\n' {
            out.push('\n');
        } else if let Some(colour) = OURS.iter().find(|one| coloured && from.starts_with(**one)) {
            out.push_str(colour);
            rest = from.get(colour.len()..).unwrap_or_default();
        } else {
            out.push_str(&plain(letter.encode_utf8(&mut [0; 4])));
        }
    }
    out.push_str(rest);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_letters_are_spelled_out() {
        assert_eq!(
            plain("a\u{202e}b\u{1b}[2J\nc\u{0}"),
            "a<U+202E>b<U+001B>[2J c<U+0000>"
        );
        assert!(matches!(plain("kv-prod é 日本"), Cow::Borrowed(_)));
    }

    #[test]
    fn our_own_lines_and_colours_stay() {
        let text = "\u{1b}[1mname\u{1b}[0m\n\u{1b}]0;title\u{7}\u{1b}[31mred";
        assert_eq!(
            harmless(text, true),
            "\u{1b}[1mname\u{1b}[0m\n<U+001B>]0;title<U+0007>\u{1b}[31mred"
        );
    }
}
