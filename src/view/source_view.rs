//! The templates as given, in windows of lines, with marks where paths, blockers, questions and
//! findings point.

use super::{Findings, Ground, Selection, key_of};
use crate::analysis::Analysis;
use crate::diagram::Tone;
use crate::evidence::Evidence;
use crate::source::{FileId, Span};
use crate::view::standing::{all_paths, tone_of};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A file of the review.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceRow {
    /// The name.
    pub file: String,
    /// How many lines it has.
    pub lines: usize,
    /// How many of them have marks.
    pub marked: usize,
}

/// What a mark stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum MarkKind {
    /// It lets a hop of a path through.
    Hop,
    /// It blocks a way.
    Blocker,
    /// It leaves a verdict open.
    Question,
    /// A finding is about it.
    Finding,
}

/// A mark on a line.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct LineMark {
    /// The first column, from 1, in UTF-16 code units.
    pub column: u32,
    /// What it stands for.
    pub kind: MarkKind,
    /// The colour.
    pub tone: Tone,
    /// What is said there.
    pub says: String,
    /// What to select for it.
    pub selection: Selection,
}

/// One line.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceLine {
    /// Its number, from 1.
    pub number: u32,
    /// Its text; secrets are masked.
    pub text: String,
    /// Whether the text is longer than what is given.
    pub cut: bool,
    /// Its marks, by column.
    pub marks: Vec<LineMark>,
}

/// A window of lines.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SourceWindow {
    /// The file.
    pub file: String,
    /// How many lines it has.
    pub total: usize,
    /// The lines.
    pub lines: Vec<SourceLine>,
    /// The numbers of all lines with marks, at most [`SourceWindow::STOPS`], to jump along.
    pub stops: Vec<u32>,
}

impl SourceWindow {
    /// The most lines of a window.
    pub const LINES: usize = 400;
    /// The most stops that are handed out.
    pub const STOPS: usize = 2_000;
}

/// The longest line that is given in full, in characters.
const LENGTH: usize = 2_000;
/// The most marks of one line that are given.
const MARKS: usize = 24;

/// The marks of all files, by file and line.
#[derive(Clone, Debug, Default)]
pub struct SourceMarks {
    by_line: BTreeMap<(FileId, u32), Vec<LineMark>>,
}

impl SourceMarks {
    /// The marks of `analysis`. O(evidence).
    pub fn new(analysis: &Analysis, findings: &Findings) -> Self {
        let mut marks = Self::default();
        for exposure in &analysis.exposures {
            let selection = Selection::Exposure(key_of(analysis, exposure));
            let tone = tone_of(exposure);
            let mut add = |kind, evidence: &Evidence| {
                marks.add(
                    analysis,
                    evidence.span,
                    (kind, tone),
                    &evidence.says,
                    &selection,
                );
            };
            let hops = all_paths(exposure).next().map(|path| path.hops.as_slice());
            for evidence in hops
                .unwrap_or_default()
                .iter()
                .flat_map(|hop| &hop.evidence)
            {
                add(MarkKind::Hop, evidence);
            }
            let deciding = exposure
                .blockers
                .iter()
                .filter_map(|one| one.evidence.first());
            deciding.for_each(|evidence| add(MarkKind::Blocker, evidence));
            for question in &exposure.questions {
                if let Some(span) = question.doubt.span {
                    let what = (MarkKind::Question, tone);
                    marks.add(analysis, span, what, &question.doubt.why, &selection);
                }
            }
        }
        marks.add_findings(analysis, findings);
        marks
    }

    fn add(
        &mut self,
        analysis: &Analysis,
        span: Span,
        (kind, tone): (MarkKind, Tone),
        says: &str,
        selection: &Selection,
    ) {
        let Some((_, position)) = analysis.sources.locate(span) else {
            return;
        };
        let mark = LineMark {
            column: position.column,
            kind,
            tone,
            says: says.to_owned(),
            selection: selection.clone(),
        };
        let line = self.by_line.entry((span.file, position.line)).or_default();
        if !line.contains(&mark) {
            line.push(mark);
        }
    }

    fn add_findings(&mut self, analysis: &Analysis, findings: &Findings) {
        let files: BTreeMap<&str, FileId> = analysis
            .sources
            .iter()
            .map(|(id, file)| (&**file.name(), id))
            .collect();
        for row in findings.rows() {
            if let Some(file) = files.get(row.file.as_str()) {
                let line = self.by_line.entry((*file, row.line)).or_default();
                line.push(LineMark {
                    column: 1,
                    kind: MarkKind::Finding,
                    tone: Tone::Neutral,
                    says: row.message.clone(),
                    selection: Selection::Finding(row.fingerprint.clone()),
                });
            }
        }
    }

    /// The files, in order. O(marks).
    pub(super) fn files(&self, analysis: &Analysis) -> Vec<SourceRow> {
        let files = analysis.sources.iter();
        files
            .map(|(id, file)| SourceRow {
                file: file.name().to_string(),
                lines: file.lines().len(),
                marked: self.of(id).count(),
            })
            .collect()
    }

    fn of(&self, file: FileId) -> impl Iterator<Item = (u32, &Vec<LineMark>)> {
        self.by_line
            .range((file, 0)..=(file, u32::MAX))
            .map(|((_, line), marks)| (*line, marks))
    }

    /// The lines of the file called `name` from `first` on; `None` for no file of the review.
    pub(super) fn window(
        &self,
        ground: Ground<'_>,
        name: &str,
        first: u32,
        count: usize,
    ) -> Option<SourceWindow> {
        let mut files = ground.analysis.sources.iter();
        let (id, file) = files.find(|(_, file)| **file.name() == *name)?;
        let first = first.max(1);
        let lines = (first..)
            .take(count.min(SourceWindow::LINES))
            .map_while(|number| {
                let start = file.lines().start(number)? as usize;
                let line = file.lines().line(file.text(), number)?;
                let (text, cut) = shorten(line);
                let end = start + text.len();
                let text = ground.secrets.mask(id, file.text(), start, end);
                let marks = self.by_line.get(&(id, number));
                let mut marks: Vec<LineMark> = marks.cloned().unwrap_or_default();
                marks.sort();
                marks.truncate(MARKS);
                Some(SourceLine {
                    number,
                    text: text.trim_start_matches('\u{feff}').to_owned(),
                    cut,
                    marks,
                })
            })
            .collect();
        let stops = self.of(id).map(|(line, _)| line);
        Some(SourceWindow {
            file: name.to_owned(),
            total: file.lines().len(),
            lines,
            stops: stops.take(SourceWindow::STOPS).collect(),
        })
    }
}

/// The beginning of a line, and whether there is more.
fn shorten(line: &str) -> (&str, bool) {
    match line.char_indices().nth(LENGTH) {
        Some((at, _)) => (line.get(..at).unwrap_or(line), true),
        None => (line, false),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{EXAMPLES, Estate};
    use super::*;

    #[test]
    fn windows_together_are_the_file_and_marks_stand_where_evidence_points() {
        for name in EXAMPLES {
            let estate = Estate::example(name);
            let marks = SourceMarks::new(&estate.analysis, &Findings::default());
            let file = format!("{name}.json");
            let (_, source) = estate.analysis.sources.iter().next().unwrap();
            let mut text = Vec::new();
            let mut marked = 0;
            for first in (1..=source.lines().len()).step_by(100) {
                let first = u32::try_from(first).unwrap();
                let window = marks.window(estate.ground(), &file, first, 100).unwrap();
                assert_eq!(window.total, source.lines().len());
                marked += window
                    .lines
                    .iter()
                    .filter(|line| !line.marks.is_empty())
                    .count();
                text.extend(window.lines.into_iter().map(|line| line.text));
            }
            let written: Vec<&str> = source.text().lines().collect();
            assert_eq!(
                text.iter().take(written.len()).collect::<Vec<_>>(),
                written.iter().collect::<Vec<_>>()
            );
            let rows = marks.files(&estate.analysis);
            assert_eq!(rows.first().unwrap().marked, marked);
            assert!(marked > 0);
            for exposure in &estate.analysis.exposures {
                for evidence in exposure
                    .blockers
                    .iter()
                    .filter_map(|one| one.evidence.first())
                {
                    let (_, position) = estate.analysis.sources.locate(evidence.span).unwrap();
                    let window = marks
                        .window(estate.ground(), &file, position.line, 1)
                        .unwrap();
                    let line = window.lines.first().unwrap();
                    assert!(line.marks.iter().any(|mark| *mark.says == *evidence.says));
                }
            }
        }
    }

    #[test]
    fn a_file_that_is_not_there_has_no_window() {
        let estate = Estate::example("exposed-workspace");
        let marks = SourceMarks::default();
        assert_eq!(marks.window(estate.ground(), "other.json", 1, 9), None);
        let past = marks
            .window(estate.ground(), "exposed-workspace.json", 99_999, 9)
            .unwrap();
        assert!(past.lines.is_empty());
    }
}
