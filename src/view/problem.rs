//! Diagnostics as the page shows them.

use super::{Excerpt, excerpt_at};
use crate::diagnostic::{Diagnostic, Level};
use crate::source::Sources;
use serde::{Deserialize, Serialize};

/// How much a problem matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub enum ProblemLevel {
    /// Part of the input could not be used.
    Error,
    /// The input was used, but something is doubtful or not covered.
    Warning,
    /// Good to know.
    Note,
}

/// Something to say about an input.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// How much it matters.
    pub level: ProblemLevel,
    /// The file, where there is one.
    pub file: Option<String>,
    /// What is the matter: lower case, no full stop.
    pub message: String,
    /// Where.
    pub place: Option<Place>,
}

/// A place in a file, with the lines around it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    /// The line, from 1.
    pub line: u32,
    /// The column, from 1, in UTF-16 code units.
    pub column: u32,
    /// The lines around it.
    pub excerpt: Excerpt,
}

/// Lines shown on either side of the place.
const LINES_AROUND: u32 = 2;

impl Problem {
    /// `diagnostic` as a problem of its file, or of `file` where it names no place.
    pub fn new(sources: &Sources, diagnostic: &Diagnostic, file: Option<&str>) -> Self {
        let source = diagnostic
            .span
            .and_then(|span| Some((sources.get(span.file)?, span)));
        let place = source.map(|(file, span)| {
            let at = file.position(span.start);
            Place {
                line: at.line,
                column: at.column,
                excerpt: excerpt_at(file, span, LINES_AROUND),
            }
        });
        Self {
            level: match diagnostic.level {
                Level::Error => ProblemLevel::Error,
                Level::Warning => ProblemLevel::Warning,
                Level::Note => ProblemLevel::Note,
            },
            file: source
                .map(|(file, _)| file.name().to_string())
                .or_else(|| file.map(str::to_owned)),
            message: diagnostic.message.clone(),
            place,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{SourceFile, Span};

    #[test]
    fn a_problem_carries_its_place_and_lines() {
        let mut sources = Sources::new();
        let file = sources.add(SourceFile::new("a.json", "{\n  x\n}"));
        let diagnostic = Diagnostic::error("c", "no value", Span::new(file, 4, 5));
        let problem = Problem::new(&sources, &diagnostic, None);
        let place = problem.place.unwrap();
        assert_eq!(
            (problem.file.as_deref(), place.line, place.column),
            (Some("a.json"), 2, 3)
        );
        assert_eq!(place.excerpt.lines.len(), 3);
    }

    #[test]
    fn a_problem_without_a_place_still_names_its_file() {
        let diagnostic = Diagnostic::error("c", "no text", None);
        let problem = Problem::new(&Sources::new(), &diagnostic, Some("b.bin"));
        assert_eq!(problem.file.as_deref(), Some("b.bin"));
        assert_eq!(problem.place, None);
    }
}
