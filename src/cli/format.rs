//! The forms of the result of `review`.

use crate::analysis::Analysis;
use crate::diagram::{Layout, LayoutOptions, Scene, SvgOptions, layout_zones, write_svg};
use crate::report::{
    Baseline, DocumentOptions, Report, TextStyle, write_csv, write_dot, write_drawio, write_html,
    write_markdown, write_mermaid, write_sarif, write_text,
};
use crate::view::{SceneOptions, Workspace};
use clap::ValueEnum;
use std::io::{self, Write};

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
    /// The picture.
    Svg,
    /// The picture for draw.io.
    Drawio,
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
pub(super) struct Writing {
    form: Form,
    out: Box<dyn Write>,
    /// How many reviews were added.
    count: usize,
    /// Reports that one file holds together.
    kept: Vec<Report>,
}

impl Writing {
    pub(super) fn new(form: Form, out: Box<dyn Write>) -> Self {
        Self {
            form,
            out,
            count: 0,
            kept: Vec::new(),
        }
    }

    /// Adds the review `analysis`.
    ///
    /// # Errors
    ///
    /// Why the result cannot be written.
    pub(super) fn add(
        &mut self,
        analysis: Analysis,
        baseline: Option<&Baseline>,
    ) -> io::Result<()> {
        self.count += 1;
        let colour = self.form.colour;
        match self.form.format {
            Format::Text if !self.form.pseudonyms => {
                if self.count > 1 {
                    self.out.write_all(b"\n")?;
                }
                let text = write_text(&analysis, TextStyle { colour });
                self.out.write_all(text.as_bytes())?;
            }
            Format::Svg | Format::Drawio | Format::Mermaid | Format::Dot => {
                return self.add_picture(analysis);
            }
            Format::Html => {
                let report = self.report(&analysis, baseline);
                let mut document = self.form.document.clone();
                document.picture = Some(svg(&self.scene(analysis), false));
                let text = write_html(&report, &document);
                return self.out.write_all(text.as_bytes());
            }
            _ => self.add_report(&analysis, baseline)?,
        }
        self.leave(analysis);
        Ok(())
    }

    /// Leaves `done` to the program's end: after the only review there is nothing else to do, and to
    /// take a large one apart first takes a fifth of its time.
    fn leave<T>(&self, done: T) {
        if !self.form.each {
            std::mem::forget(done);
        }
    }

    fn add_picture(&mut self, analysis: Analysis) -> io::Result<()> {
        let scene = self.scene(analysis);
        let text = match self.form.format {
            Format::Svg => svg(&scene, true),
            Format::Drawio => write_drawio(&scene, &lay_out(&scene)),
            Format::Mermaid => write_mermaid(&scene),
            _ => write_dot(&scene),
        };
        self.out.write_all(text.as_bytes())
    }

    fn scene(&self, analysis: Analysis) -> Scene {
        let workspace = Workspace::new(analysis);
        let scene = workspace.scene(&SceneOptions::default()).scene;
        if self.form.pseudonyms {
            Report::of(workspace.analysis(), None).hide_names(scene)
        } else {
            scene
        }
    }

    fn report(&self, analysis: &Analysis, baseline: Option<&Baseline>) -> Report {
        let report = Report::of(analysis, baseline);
        if self.form.pseudonyms {
            report.with_pseudonyms()
        } else {
            report
        }
    }

    fn add_report(&mut self, analysis: &Analysis, baseline: Option<&Baseline>) -> io::Result<()> {
        let report = self.report(analysis, baseline);
        match self.form.format {
            Format::Json => {
                report.write_json(&mut self.out, !self.form.each)?;
                self.out.write_all(b"\n")?;
            }
            Format::Sarif | Format::Csv => {
                self.kept.push(report);
                return Ok(());
            }
            _ => {
                let text = write_markdown(&report, &self.form.document);
                self.out.write_all(text.as_bytes())?;
            }
        }
        self.leave(report);
        Ok(())
    }

    /// Writes what is left.
    ///
    /// # Errors
    ///
    /// Why it cannot be written.
    pub(super) fn finish(mut self) -> io::Result<()> {
        let rest = match self.form.format {
            Format::Sarif => write_sarif(&self.kept, &self.form.prefix),
            Format::Csv => write_csv(&self.kept),
            _ => String::new(),
        };
        self.out.write_all(rest.as_bytes())?;
        self.out.flush()
    }
}

fn lay_out(scene: &Scene) -> Layout {
    layout_zones(scene, LayoutOptions::default())
}

fn svg(scene: &Scene, alone: bool) -> String {
    let options = SvgOptions {
        legend: true,
        ..SvgOptions::default()
    };
    let mut text = write_svg(scene, &lay_out(scene), options);
    if alone {
        text.push('\n');
    }
    text
}
