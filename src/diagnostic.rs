//! What is to say about an input or about our coverage of it.
//!
//! A diagnostic never speaks of the architecture under review; that is a finding's business.

use crate::source::Span;
use std::borrow::Cow;

/// How much a diagnostic matters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// Part of the input could not be used.
    Error,
    /// The input was used, but something is doubtful or not covered.
    Warning,
    /// Good to know.
    Note,
}

impl Level {
    /// The word of the report: `error`, `warning` or `note`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Error => "error",
            Self::Warning => "warning",
            Self::Note => "note",
        }
    }
}

/// A message about an input, with the place it concerns.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Diagnostic {
    /// How much it matters.
    pub level: Level,
    /// A stable kebab-case name for programs, for example `json-trailing-comma`.
    pub code: Cow<'static, str>,
    /// Lower case, no full stop, the user's text in backticks, no line break.
    pub message: String,
    /// The place, where there is one.
    pub span: Option<Span>,
}

impl Diagnostic {
    /// An error at `span`.
    pub fn error(
        code: &'static str,
        message: impl Into<String>,
        span: impl Into<Option<Span>>,
    ) -> Self {
        Self::new(Level::Error, code, message, span)
    }

    /// A warning at `span`.
    pub fn warning(
        code: &'static str,
        message: impl Into<String>,
        span: impl Into<Option<Span>>,
    ) -> Self {
        Self::new(Level::Warning, code, message, span)
    }

    /// A note at `span`.
    pub fn note(
        code: &'static str,
        message: impl Into<String>,
        span: impl Into<Option<Span>>,
    ) -> Self {
        Self::new(Level::Note, code, message, span)
    }

    fn new(
        level: Level,
        code: &'static str,
        message: impl Into<String>,
        span: impl Into<Option<Span>>,
    ) -> Self {
        Self {
            level,
            code: Cow::Borrowed(code),
            message: message.into(),
            span: span.into(),
        }
    }
}
