//! Byte offsets to lines and columns.

/// A place in a text as people and editors count it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Position {
    /// The line, from 1; `\r\n`, `\n` and a lone `\r` each end one.
    pub line: u32,
    /// The column, from 1, in UTF-16 code units; a leading byte order mark counts nothing.
    pub column: u32,
}

/// The starts of a text's lines.
#[derive(Clone, Debug)]
pub struct LineIndex {
    starts: Vec<u32>,
}

const BYTE_ORDER_MARK: char = '\u{feff}';

impl LineIndex {
    /// The line starts of `text`. O(bytes).
    pub fn new(text: &str) -> Self {
        let bytes = text.as_bytes();
        let mut starts = vec![0];
        for (at, byte) in bytes.iter().enumerate() {
            let ends_line = match byte {
                b'\n' => true,
                b'\r' => bytes.get(at + 1) != Some(&b'\n'),
                _ => false,
            };
            if ends_line {
                starts.push(u32::try_from(at + 1).unwrap_or(u32::MAX));
            }
        }
        Self { starts }
    }

    /// The position of byte `offset` of `text`, the text this index was made from. An offset inside
    /// a character means that character's start; one past the end means the end.
    pub fn position(&self, text: &str, offset: u32) -> Position {
        let line = self
            .starts
            .partition_point(|start| *start <= offset)
            .saturating_sub(1);
        let start = self.starts.get(line).copied().unwrap_or(0);
        let mut end = (offset as usize).min(text.len());
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let before = text.get(start as usize..end).unwrap_or("");
        let before = if line == 0 {
            before.trim_start_matches(BYTE_ORDER_MARK)
        } else {
            before
        };
        let units: usize = before.chars().map(char::len_utf16).sum();
        Position {
            line: u32::try_from(line + 1).unwrap_or(u32::MAX),
            column: u32::try_from(units + 1).unwrap_or(u32::MAX),
        }
    }

    /// The number of lines; an empty text has one.
    pub fn len(&self) -> usize {
        self.starts.len()
    }

    /// Never true: every text has a line.
    pub fn is_empty(&self) -> bool {
        self.starts.is_empty()
    }

    /// The first byte of line `number` (from 1), or `None` past the end.
    pub fn start(&self, number: u32) -> Option<u32> {
        self.starts.get((number as usize).checked_sub(1)?).copied()
    }

    /// The text of line `number` (from 1) without its line break, or `None` past the end.
    pub fn line<'a>(&self, text: &'a str, number: u32) -> Option<&'a str> {
        let index = (number as usize).checked_sub(1)?;
        let start = *self.starts.get(index)? as usize;
        let end = self
            .starts
            .get(index + 1)
            .map_or(text.len(), |end| *end as usize);
        text.get(start..end)
            .map(|line| line.trim_end_matches(['\r', '\n']))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_utf16_units_and_skip_the_byte_order_mark() {
        let text = "\u{feff}ab\r\n\u{1f600}x\ry";
        let index = LineIndex::new(text);
        let at =
            |needle: &str| index.position(text, u32::try_from(text.find(needle).unwrap()).unwrap());
        assert_eq!(at("a"), Position { line: 1, column: 1 });
        assert_eq!(at("b"), Position { line: 1, column: 2 });
        assert_eq!(at("x"), Position { line: 2, column: 3 });
        assert_eq!(at("y"), Position { line: 3, column: 1 });
        assert_eq!(index.line(text, 2), Some("\u{1f600}x"));
        assert_eq!(index.line(text, 4), None);
    }

    #[test]
    fn an_offset_past_the_end_is_the_end() {
        let index = LineIndex::new("ab");
        assert_eq!(index.position("ab", 99), Position { line: 1, column: 3 });
    }
}
