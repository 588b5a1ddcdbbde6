//! Lines of a text around a place.

use crate::source::{SourceFile, Span};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A few lines of a text, with the part that matters marked.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Excerpt {
    /// The lines, in order.
    pub lines: Vec<ExcerptLine>,
    /// How many spaces were taken off the beginning of each.
    pub indent: usize,
}

/// One line of an excerpt, cut into what stands before, in and after the mark.
///
/// A line without a mark is all `before`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExcerptLine {
    /// The line's number, from 1.
    pub number: u32,
    /// The text before the mark.
    pub before: String,
    /// The marked text, or `None` on a line without a mark; empty where the mark is a mere place.
    pub marked: Option<String>,
    /// The text after the mark.
    pub after: String,
}

/// Characters of a line that are shown; templates may be one line of megabytes.
const LINE_CHARACTERS: usize = 160;

/// Characters that are shown before the mark where a line is cut.
const BEFORE_CHARACTERS: usize = 48;

/// The lines of `file` that `span` starts in and `around` more on either side.
///
/// Only the line where `span` starts is marked, to the end of the span or of the line. Lines of
/// more than 160 characters are cut around the mark, with `…` where they were cut.
/// O(lines shown × their length).
pub fn excerpt_at(file: &SourceFile, span: Span, around: u32) -> Excerpt {
    let at = file.position(span.start);
    let first = at.line.saturating_sub(around).max(1);
    let last = at.line.saturating_add(around);
    let lines = (first..=last)
        .map_while(|number| Some((number, file.lines().line(file.text(), number)?)))
        .map(|(number, text)| {
            let text = text.trim_start_matches('\u{feff}');
            if number == at.line {
                marked_line(number, text, at.column, span.end.saturating_sub(span.start))
            } else {
                ExcerptLine {
                    number,
                    before: cut_end(text, LINE_CHARACTERS),
                    marked: None,
                    after: String::new(),
                }
            }
        })
        .collect();
    Excerpt { lines, indent: 0 }
}

impl Excerpt {
    /// Both excerpts as one, where they are of one text and share a line or follow one another;
    /// each is handed back where they do not. O(lines).
    pub fn join(self, other: Self) -> Result<Self, (Self, Self)> {
        let numbers = |excerpt: &Self| {
            let first = excerpt.lines.first()?.number;
            Some((first, excerpt.lines.last()?.number))
        };
        let (Some(mine), Some(others)) = (numbers(&self), numbers(&other)) else {
            return Err((self, other));
        };
        if others.0 > mine.1 + 1 || mine.0 > others.1 + 1 {
            return Err((self, other));
        }
        let indent = self.indent.min(other.indent);
        let mut lines: BTreeMap<u32, ExcerptLine> = BTreeMap::new();
        for excerpt in [self, other] {
            let more = " ".repeat(excerpt.indent - indent);
            for mut line in excerpt.lines {
                line.before.insert_str(0, &more);
                let known = lines.entry(line.number).or_insert_with(|| line.clone());
                if known.marked.is_none() {
                    *known = line;
                }
            }
        }
        Ok(Self {
            lines: lines.into_values().collect(),
            indent,
        })
    }
}

/// The line `text`, marked from `column` (UTF-16 units, from 1) for `bytes` bytes.
fn marked_line(number: u32, text: &str, column: u32, bytes: u32) -> ExcerptLine {
    let start = byte_of_column(text, column);
    let mut end = start.saturating_add(bytes as usize).min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    let part = |from, to| text.get(from..to).unwrap_or("");
    let before = part(0, start);
    let cut = text.chars().nth(LINE_CHARACTERS).is_some();
    let before = if cut {
        cut_start(before, BEFORE_CHARACTERS)
    } else {
        before.to_owned()
    };
    let room = LINE_CHARACTERS.saturating_sub(before.chars().count());
    let marked = cut_end(part(start, end), room);
    let room = room.saturating_sub(marked.chars().count());
    ExcerptLine {
        number,
        before,
        after: cut_end(part(end, text.len()), room),
        marked: Some(marked),
    }
}

fn byte_of_column(text: &str, column: u32) -> usize {
    let mut units = 1;
    for (at, character) in text.char_indices() {
        if units >= column {
            return at;
        }
        units += u32::try_from(character.len_utf16()).unwrap_or(1);
    }
    text.len()
}

pub(super) fn cut_end(text: &str, characters: usize) -> String {
    match text.char_indices().nth(characters) {
        None => text.to_owned(),
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or("")),
    }
}

pub(super) fn cut_start(text: &str, characters: usize) -> String {
    let kept = text.char_indices().rev().nth(characters.saturating_sub(1));
    match kept {
        None | Some((0, _)) => text.to_owned(),
        Some((at, _)) => format!("…{}", text.get(at..).unwrap_or("")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::FileId;

    fn excerpt(text: &str, needle: &str, around: u32) -> Excerpt {
        let start = text.find(needle).unwrap();
        let span = Span::new(FileId::new(0), start, start + needle.len());
        excerpt_at(&SourceFile::new("a.json", text), span, around)
    }

    fn shown(excerpt: &Excerpt) -> Vec<String> {
        excerpt
            .lines
            .iter()
            .map(|line| match &line.marked {
                None => format!("{} {}", line.number, line.before),
                Some(marked) => {
                    format!("{} {}[{}]{}", line.number, line.before, marked, line.after)
                }
            })
            .collect()
    }

    #[test]
    fn the_marked_line_stands_among_its_neighbours() {
        let text = "{\n  \"a\": 1,\r\n  \"b\": x,\n  \"c\": 3\n}";
        assert_eq!(
            shown(&excerpt(text, "x", 1)),
            ["2   \"a\": 1,", "3   \"b\": [x],", "4   \"c\": 3"]
        );
        assert_eq!(shown(&excerpt(text, "{", 1)), ["1 [{]", "2   \"a\": 1,"]);
    }

    #[test]
    fn excerpts_that_touch_become_one_with_all_marks() {
        let line = |number, before: &str, marked: Option<&str>| ExcerptLine {
            number,
            before: before.to_owned(),
            marked: marked.map(str::to_owned),
            after: String::new(),
        };
        let one = Excerpt {
            lines: vec![line(4, "", Some("a")), line(5, "b", None)],
            indent: 4,
        };
        let two = Excerpt {
            lines: vec![line(5, "  ", Some("b")), line(6, "}", None)],
            indent: 2,
        };
        let joined = one.clone().join(two.clone()).unwrap();
        assert_eq!(shown(&joined), ["4   [a]", "5   [b]", "6 }"]);
        assert_eq!(two.clone().join(one.clone()), Ok(joined));
        let far = Excerpt {
            lines: vec![line(9, "c", None)],
            indent: 0,
        };
        assert_eq!(one.clone().join(far.clone()), Err((one, far)));
    }

    #[test]
    fn a_mark_over_several_lines_ends_with_the_first() {
        assert_eq!(shown(&excerpt("ab\ncd", "b\nc", 0)), ["1 a[b]"]);
    }

    #[test]
    fn a_place_past_the_end_marks_nothing_there() {
        let span = Span::new(FileId::new(0), 9, 9);
        let excerpt = excerpt_at(&SourceFile::new("a.json", "{"), span, 2);
        assert_eq!(shown(&excerpt), ["1 {[]"]);
    }

    #[test]
    fn a_long_line_is_cut_around_the_mark() {
        let text = format!("{}\u{1f600}needle{}", "a".repeat(1_000), "b".repeat(1_000));
        let excerpt = excerpt(&text, "needle", 0);
        let line = excerpt.lines.first().unwrap();
        assert!(line.before.starts_with('…') && line.before.ends_with('\u{1f600}'));
        assert_eq!(line.marked.as_deref(), Some("needle"));
        assert!(line.after.ends_with('…'));
        assert!(line.before.chars().count() + line.after.chars().count() < 170);
    }

    #[test]
    fn a_byte_order_mark_is_not_shown() {
        assert_eq!(shown(&excerpt("\u{feff}{x", "x", 0)), ["1 {[x]"]);
    }
}
