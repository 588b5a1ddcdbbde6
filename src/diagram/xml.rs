//! Text for XML.

use super::text::is_hidden;
use std::fmt::{self, Display, Formatter, Write};

/// A text that is harmless in XML, as content and in a quoted attribute.
///
/// Markup and quotes are escaped; line breaks and tabs become spaces; control characters, marks of
/// writing direction and other invisible characters are replaced by U+FFFD, so that what is read is
/// what is there.
#[derive(Clone, Copy, Debug)]
pub struct Escaped<'a>(pub &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                '\'' => formatter.write_str("&#39;")?,
                '\t' | '\n' | '\r' => formatter.write_char(' ')?,
                other if is_hidden(other) => formatter.write_char('\u{fffd}')?,
                other => formatter.write_char(other)?,
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_of_a_hostile_name_acts() {
        let text = "</text><script>'\"&\u{0}\u{202e}\u{200b}\n\u{ffff}";
        assert_eq!(
            Escaped(text).to_string(),
            "&lt;/text&gt;&lt;script&gt;&#39;&quot;&amp;\u{fffd}\u{fffd}\u{fffd} \u{fffd}"
        );
    }
}
