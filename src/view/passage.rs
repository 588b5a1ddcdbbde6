//! The lines of a template that a statement rests on.

use super::changes::Switch;
use super::excerpt::{Excerpt, ExcerptLine, cut_end, cut_start};
use super::secret::Secrets;
use crate::analysis::Analysis;
use crate::evidence::{Basis, Evidence};
use crate::source::{SourceFile, Span};
use crate::value::value_at;
use serde::{Deserialize, Serialize};

/// A place in a template with the lines around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Passage {
    /// The file.
    pub file: String,
    /// The line of the value, from 1.
    pub line: u32,
    /// The column of the value, from 1, in UTF-16 code units.
    pub column: u32,
    /// The JSON pointer into the file as given.
    pub pointer: String,
    /// The lines, with the property marked; common indentation is taken off.
    pub excerpt: Excerpt,
}

/// What proves a statement, with the lines that say so.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Proof {
    /// The statement: `publicNetworkAccess is Enabled`.
    pub says: String,
    /// On what it rests: `stated`, `default`, `platform` or `assumed`.
    pub basis: String,
    /// What that means, to stand beside it; empty where the template states it.
    pub basis_note: String,
    /// The lines.
    pub passage: Passage,
    /// The change that would make it otherwise, where the text has one.
    pub switch: Option<Switch>,
}

/// The finished review with the places that must not be shown.
#[derive(Clone, Copy, Debug)]
pub struct Ground<'a> {
    /// The review.
    pub analysis: &'a Analysis,
    /// The secrets in its texts.
    pub secrets: &'a Secrets,
}

/// The most lines of a value that are marked; of a longer one only the first is.
const MARKED_LINES: u32 = 8;
/// Lines shown behind the first of a value that is too long to be marked.
const OPENING_LINES: u32 = 3;
/// The longest line that is shown in full, in characters.
const LINE_CHARACTERS: usize = 320;
/// Characters shown before the mark of a longer one.
const BEFORE_CHARACTERS: usize = 48;

impl<'a> Ground<'a> {
    /// The passage around `span`; `None` for a place of another review.
    pub fn passage(self, span: Span) -> Option<Passage> {
        let location = self.analysis.locate(span)?;
        let file = self.analysis.sources.get(span.file)?;
        let mark = self.with_name(span, &location.pointer);
        Some(Passage {
            file: location.file.to_owned(),
            line: location.position.line,
            column: location.position.column,
            excerpt: self.excerpt(file, mark),
            pointer: location.pointer,
        })
    }

    /// The evidence with its passages.
    pub fn proofs(self, evidence: &[Evidence]) -> Vec<Proof> {
        let proof = |one: &Evidence| {
            Some(Proof {
                says: one.says.to_string(),
                basis: one.basis.as_str().to_owned(),
                basis_note: note_of(one.basis).to_owned(),
                switch: one
                    .remedy
                    .as_ref()
                    .and_then(|remedy| Switch::of(self.analysis, self.secrets, remedy)),
                passage: self.passage(one.span)?,
            })
        };
        let mut proofs: Vec<Proof> = Vec::new();
        for proof in evidence.iter().filter_map(proof) {
            if !proofs.contains(&proof) {
                proofs.push(proof);
            }
        }
        proofs
    }

    /// The extent of the value at `pointer`, which is that of `span`, from its member's name on.
    fn with_name(self, span: Span, pointer: &str) -> Span {
        let named = || {
            let documents = &self.analysis.documents;
            let document = documents.iter().find(|one| one.file == span.file)?;
            let (parent, token) = pointer.rsplit_once('/')?;
            let name = token.replace("~1", "/").replace("~0", "~");
            let object = value_at(&document.whole, parent)?.as_object()?;
            let member = object.members().iter().find(|one| *one.name == *name)?;
            (member.value.span == span).then_some(member.name_span.start)
        };
        Span {
            start: named().unwrap_or(span.start),
            ..span
        }
    }

    fn excerpt(self, file: &'a SourceFile, mark: Span) -> Excerpt {
        let first = file.position(mark.start).line;
        let last = file
            .position(mark.end.max(mark.start + 1) - 1)
            .line
            .max(first);
        let is_long = last - first >= MARKED_LINES;
        let (mark, until) = if is_long {
            let lines = file.lines();
            let end = lines.start(first + 1).unwrap_or(mark.end);
            (Span { end, ..mark }, first + OPENING_LINES)
        } else {
            (mark, last + u32::from(last == first))
        };
        let from = if last == first { first - 1 } else { first }.max(1);
        let mut lines: Vec<ExcerptLine> = (from..=until)
            .map_while(|number| self.line(file, number, mark))
            .collect();
        let indent = dedent(&mut lines);
        for line in &mut lines {
            shorten(line);
        }
        Excerpt { lines, indent }
    }

    /// Line `number` of `file`, cut where `mark` begins and ends.
    fn line(self, file: &SourceFile, number: u32, mark: Span) -> Option<ExcerptLine> {
        let text = file.text();
        let line = file.lines().line(text, number)?;
        let mut start = file.lines().start(number)? as usize;
        let end = start + line.len();
        if number == 1 {
            start += line.len() - line.trim_start_matches('\u{feff}').len();
        }
        let masked = |from, to| self.secrets.mask(mark.file, text, from, to);
        let blank = line.len() - line.trim_start().len();
        let from = (mark.start as usize).max(file.lines().start(number)? as usize + blank);
        let to = (mark.end as usize).min(end);
        let is_marked = (mark.start as usize) < end && (mark.end as usize) > start && from < to;
        Some(if is_marked {
            ExcerptLine {
                number,
                before: masked(start, from),
                marked: Some(masked(from, to)),
                after: masked(to, end),
            }
        } else {
            ExcerptLine {
                number,
                before: masked(start, end),
                marked: None,
                after: String::new(),
            }
        })
    }
}

/// Takes off the spaces that all lines begin with, and says how many; tabs are left.
fn dedent(lines: &mut [ExcerptLine]) -> usize {
    let indent = |line: &ExcerptLine| {
        let text = &line.before;
        let blank = text.len() - text.trim_start_matches(' ').len();
        let is_empty = blank == text.len() && line.marked.is_none();
        (!is_empty).then_some(blank)
    };
    let common = lines.iter().filter_map(indent).min().unwrap_or(0);
    for line in lines {
        line.before = line.before.get(common..).unwrap_or("").to_owned();
    }
    common
}

/// Cuts a long line around its mark.
fn shorten(line: &mut ExcerptLine) {
    let count = |text: &str| text.chars().count();
    let marked = line.marked.as_deref().unwrap_or("");
    if count(&line.before) + count(marked) + count(&line.after) <= LINE_CHARACTERS {
        return;
    }
    if line.marked.is_none() {
        line.before = cut_end(&line.before, LINE_CHARACTERS);
        return;
    }
    if count(&line.before) > BEFORE_CHARACTERS {
        line.before = cut_start(&line.before, BEFORE_CHARACTERS);
    }
    let room = LINE_CHARACTERS.saturating_sub(count(&line.before));
    let marked = cut_end(marked, room);
    line.after = cut_end(&line.after, room.saturating_sub(count(&marked)));
    line.marked = Some(marked);
}

/// What a basis means, for those that are not written down in the template.
fn note_of(basis: Basis) -> &'static str {
    match basis {
        Basis::Stated => "",
        Basis::Default => "Azure's default, since the template does not set it",
        Basis::Platform => "Azure's platform always does so",
        Basis::Assumed => "assumed: not documented, or taken for granted",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::{Options, analyse};
    use crate::input::RawFile;

    fn shown(text: &str, needle: &str) -> Vec<String> {
        let file = RawFile::new("a.json", text.as_bytes());
        let analysis = analyse(vec![file], &Options::default());
        let secrets = Secrets::find(&analysis);
        let ground = Ground {
            analysis: &analysis,
            secrets: &secrets,
        };
        let (id, _) = analysis.sources.iter().next().unwrap();
        let start = text.find(needle).unwrap();
        let span = Span::new(id, start, start + needle.len());
        let passage = ground.passage(span).unwrap();
        passage
            .excerpt
            .lines
            .iter()
            .map(|line| match &line.marked {
                None => format!("{} {}", line.number, line.before),
                Some(marked) => format!("{} {}[{marked}]{}", line.number, line.before, line.after),
            })
            .collect()
    }

    const TEMPLATE: &str = "{\n  \"resources\": [\n    {\n      \"type\": \"a/b\",\n      \"properties\": {\n        \"open\": \"yes\",\n        \"list\": [\n          1\n        ]\n      }\n    }\n  ]\n}";

    #[test]
    fn the_property_is_marked_with_its_name_among_its_neighbours() {
        assert_eq!(
            shown(TEMPLATE, "\"yes\""),
            [
                "5 \"properties\": {",
                "6   [\"open\": \"yes\"],",
                "7   \"list\": ["
            ]
        );
    }

    #[test]
    fn a_value_of_several_lines_is_marked_in_full() {
        let value = "[\n          1\n        ]";
        assert_eq!(
            shown(TEMPLATE, value),
            ["7 [\"list\": []", "8   [1]", "9 []]"]
        );
    }

    #[test]
    fn a_long_value_is_shown_by_its_beginning() {
        let filling = "\n\"p\": 0,".repeat(20);
        let value = format!("{{{filling}\n\"q\": 0}}");
        let text =
            format!("{{\"resources\": [{{\"type\": \"a/b\",\n  \"properties\": {value}}}]}}");
        assert_eq!(
            shown(&text, &value),
            [
                "2   [\"properties\": {]",
                "3 \"p\": 0,",
                "4 \"p\": 0,",
                "5 \"p\": 0,"
            ]
        );
    }

    #[test]
    fn a_template_of_one_line_is_cut_around_the_property() {
        let filling = "\"x\": 1, ".repeat(500);
        let text =
            format!("{{\"resources\": [{{{filling}\"open\": \"yes\", {filling}\"y\": 2}}]}}");
        let lines = shown(&text, "\"yes\"");
        assert_eq!(lines.len(), 1);
        assert!(lines[0].contains("[\"open\": \"yes\"]") && lines[0].len() < LINE_CHARACTERS + 20);
    }

    #[test]
    fn a_secret_default_is_not_shown() {
        let text = "{\"parameters\": {\"p\": {\"type\": \"secureString\",\n\"defaultValue\": \"hunter2\"}}, \"resources\": []}";
        assert!(!shown(text, "\"hunter2\"").concat().contains("hunter2"));
        assert!(!shown(text, "\"secureString\"").concat().contains("hunter2"));
    }
}
