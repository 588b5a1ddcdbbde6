//! The report as JSON.

use super::Report;
use crate::analysis::Analysis;
use std::io;

impl Report {
    /// The report as JSON text, indented where `pretty`, without a line break at its end.
    pub fn json(&self, pretty: bool) -> String {
        let mut text = Vec::new();
        // A vector takes everything.
        let _ = self.write_json(&mut text, pretty);
        String::from_utf8(text).unwrap_or_default()
    }

    /// Writes [`Report::json`] to `out` piece by piece, so that it is nowhere in memory as a whole.
    ///
    /// # Errors
    ///
    /// What `out` refuses.
    pub fn write_json(&self, out: impl io::Write, pretty: bool) -> io::Result<()> {
        let written = if pretty {
            serde_json::to_writer_pretty(out, self)
        } else {
            serde_json::to_writer(out, self)
        };
        written.map_err(io::Error::from)
    }
}

/// The report as a JSON value.
pub fn report_value(analysis: &Analysis) -> serde_json::Value {
    serde_json::to_value(Report::of(analysis, None)).unwrap_or_default()
}
