//! The reviewer's files and an earlier report, from the command line.

use super::message;
use crate::diagnostic::Diagnostic;
use crate::report::Baseline;
use crate::reviewer::{Part, Reviewer, read_reviewer};
use crate::source::{FileId, SourceFile};
use crate::value::read_json;
use clap::Args;
use std::io;
use std::path::{Path, PathBuf};

/// The options that name reviewer's files.
#[derive(Debug, Args)]
pub(super) struct ReviewerOptions {
    /// The reviewer's settings and answers
    #[arg(long, value_name = "FILE")]
    settings: Option<PathBuf>,
    /// The findings that may stand
    #[arg(long, value_name = "FILE")]
    waivers: Option<PathBuf>,
    /// Who is meant to reach what; deviations count as findings
    #[arg(long, value_name = "FILE")]
    expect: Option<PathBuf>,
    /// Let no finding stand, whatever waivers and intent say
    #[arg(long)]
    pub(super) ignore_waivers: bool,
}

impl ReviewerOptions {
    /// What the files lay down; one file may be all of them.
    ///
    /// # Errors
    ///
    /// The first file that cannot be read or holds what is no part of a reviewer's file, after its
    /// problems were said.
    pub(super) fn read(&self) -> io::Result<Reviewer> {
        let mut reviewer = Reviewer::default();
        let parts = [
            (Part::Intent, &self.expect),
            (Part::Waivers, &self.waivers),
            (Part::Settings, &self.settings),
        ];
        for (part, path) in parts {
            if let Some(path) = path {
                let found = read_part(path, part)?.only(part);
                reviewer.add(found);
            }
        }
        Ok(reviewer)
    }
}

fn read_part(path: &Path, part: Part) -> io::Result<Reviewer> {
    let name = path.display().to_string();
    let text = read_text(path)?;
    // Reports name it without the folders of this machine.
    let short = path.file_name().unwrap_or(path.as_os_str());
    let source = SourceFile::new(&*short.to_string_lossy(), text.as_str());
    let mut problems = Vec::new();
    // A file apart from the run's inputs.
    let root = read_json(FileId::new(u32::MAX), &text, &mut problems);
    let (reviewer, wrong) = match root {
        Ok(root) => read_reviewer(&part.within_file(root), &source),
        Err(error) => {
            let wrong = Diagnostic::error("reviewer-file", error.message, error.span);
            (Reviewer::default(), vec![wrong])
        }
    };
    for diagnostic in problems.iter().chain(&wrong) {
        let (level, says) = (diagnostic.level.as_str(), &diagnostic.message);
        let at = diagnostic.span.map(|span| source.position(span.start));
        let place = at.map_or(String::new(), |at| format!(":{}:{}", at.line, at.column));
        message::say(&format!("{name}{place}: {level}: {says}"));
    }
    if wrong.is_empty() {
        return Ok(reviewer);
    }
    let message = format!("{name}: this is no reviewer's file that can be used as a whole");
    Err(io::Error::new(io::ErrorKind::InvalidData, message))
}

/// The earlier report in `path`.
///
/// # Errors
///
/// The file's name, and why it cannot be read or is no report.
pub(super) fn read_baseline(path: &Path) -> io::Result<Baseline> {
    Baseline::read(&read_text(path)?).map_err(|error| {
        let message = format!("{}: {error}", path.display());
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

fn read_text(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}
