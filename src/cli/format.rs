//! The forms of the result of `review`.

use crate::analysis::Analysis;
use crate::report::{
    Baseline, DocumentOptions, Report, TextStyle, write_csv, write_dot, write_html, write_markdown,
    write_mermaid, write_sarif, write_text,
};
use crate::view::{SceneOptions, Workspace};
use clap::ValueEnum;

/// The forms of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// To be read in a terminal.
    Text,
    /// The report that other programs read.
    Json,
    /// For code scanning.
    Sarif,
    /// For a pull request.
    Markdown,
    /// A document to read, print and sign.
    Html,
    /// A list for a spreadsheet or a backlog.
    Csv,
    /// The picture in Mermaid's language.
    Mermaid,
    /// The picture in Graphviz's language.
    Dot,
}

/// How the result is to be written.
#[derive(Debug)]
pub(super) struct Form {
    pub(super) format: Format,
    pub(super) colour: bool,
    /// Whether every input is reviewed on its own.
    pub(super) each: bool,
    pub(super) document: DocumentOptions,
    /// What goes before every file's name in SARIF.
    pub(super) prefix: String,
    pub(super) pseudonyms: bool,
}

/// The result of one or several reviews, written as they come where the form allows.
#[derive(Debug)]
pub(super) struct Writing {
    form: Form,
    text: String,
    /// Reports that one file holds together.
    kept: Vec<Report>,
}

impl Writing {
    pub(super) fn new(form: Form) -> Self {
        Self {
            form,
            text: String::new(),
            kept: Vec::new(),
        }
    }

    /// Adds the review `analysis`.
    pub(super) fn add(&mut self, analysis: Analysis, baseline: Option<&Baseline>) {
        let colour = self.form.colour;
        match self.form.format {
            Format::Text if !self.form.pseudonyms => {
                if !self.text.is_empty() {
                    self.text.push('\n');
                }
                self.text
                    .push_str(&write_text(&analysis, TextStyle { colour }));
            }
            Format::Mermaid => self.text.push_str(&write_mermaid(&scene(analysis))),
            Format::Dot => self.text.push_str(&write_dot(&scene(analysis))),
            _ => self.add_report(&analysis, baseline),
        }
    }

    fn add_report(&mut self, analysis: &Analysis, baseline: Option<&Baseline>) {
        let mut report = Report::of(analysis, baseline);
        if self.form.pseudonyms {
            report = report.with_pseudonyms();
        }
        let document = &self.form.document;
        match self.form.format {
            Format::Json => {
                self.text.push_str(&report.json(!self.form.each));
                self.text.push('\n');
            }
            Format::Html => self.text.push_str(&write_html(&report, document)),
            Format::Sarif | Format::Csv => self.kept.push(report),
            _ => self.text.push_str(&write_markdown(&report, document)),
        }
    }

    /// The whole result.
    pub(super) fn finish(self) -> String {
        match self.form.format {
            Format::Sarif => write_sarif(&self.kept, &self.form.prefix),
            Format::Csv => write_csv(&self.kept),
            _ => self.text,
        }
    }
}

fn scene(analysis: Analysis) -> crate::diagram::Scene {
    Workspace::new(analysis)
        .scene(&SceneOptions::default())
        .scene
}
