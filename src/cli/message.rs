//! Messages on standard error.

use crate::diagnostic::Diagnostic;
use crate::input::Rejected;
use crate::source::Sources;
use std::io::Write as _;

/// Writes `text` and a line break to standard error.
pub(super) fn say(text: &str) {
    // A message that cannot be written has nowhere else to go.
    let _ = writeln!(std::io::stderr().lock(), "{text}");
}

/// Writes `diagnostic` as `file:line:column: level: message`.
pub(super) fn say_diagnostic(sources: &Sources, diagnostic: &Diagnostic) {
    let place = diagnostic.span.and_then(|span| sources.locate(span));
    let level = diagnostic.level.as_str();
    let message = &diagnostic.message;
    match place {
        Some((file, at)) => say(&format!(
            "{file}:{}:{}: {level}: {message}",
            at.line, at.column
        )),
        None => say(&format!("{level}: {message}")),
    }
}

/// Writes why a file could not be used, as `file:line:column: error: message`.
pub(super) fn say_rejected(sources: &Sources, rejected: &Rejected) {
    let diagnostic = &rejected.diagnostic;
    if diagnostic.span.is_some() {
        say_diagnostic(sources, diagnostic);
    } else {
        let level = diagnostic.level.as_str();
        say(&format!(
            "{}: {level}: {}",
            rejected.file, diagnostic.message
        ));
    }
}
