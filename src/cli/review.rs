//! `sightline review`: what the internet reaches, and what is to say about it.

use super::arguments::EvaluationOptions;
use super::fail_on::FailOn;
use super::reviewer::{ReviewerOptions, read_baseline};
use super::{exit_code, input, message, output};
use crate::analysis::{self, Analysis, analyse};
use crate::input::{Mode, RawFile};
use crate::report::{TextStyle, write_json, write_text};
use clap::{Args, ValueEnum};
use std::io;
use std::path::PathBuf;

/// The options of every command that reviews.
#[derive(Debug, Args)]
pub(super) struct ReviewOptions {
    #[command(flatten)]
    evaluation: EvaluationOptions,
    /// Read every template as this, whatever its content says
    #[arg(long, value_enum)]
    mode: Option<ModeName>,
    /// Where the attacker stands: internet, azure, on-premises, a resource's name,
    /// identity:NAME or key:NAME (default: internet)
    #[arg(long, value_name = "SOURCE")]
    from: Option<String>,
    /// The day of the review, YYYY-MM-DD (default: today)
    #[arg(long, value_name = "DATE")]
    as_of: Option<String>,
    #[command(flatten)]
    reviewer: ReviewerOptions,
    /// Print no progress and no hints
    #[arg(long)]
    quiet: bool,
}

/// The options of `review`.
#[derive(Debug, Args)]
pub struct Options {
    /// Files, directories (searched for *.json), or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    review: ReviewOptions,
    /// Review every template on its own
    #[arg(long)]
    each: bool,
    /// The form of the result
    #[arg(long, value_enum, default_value = "text")]
    format: Format,
    /// Exit with 1 where a finding, or a deviation from the intent, is at least this severe
    #[arg(long, value_enum, default_value = "never")]
    fail_on: FailOn,
    /// An earlier JSON report or SARIF file: only what is new fails the run
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
    /// Write the result to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// How templates are read.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModeName {
    /// As written by Azure from what runs.
    Export,
    /// As written to be deployed.
    Deployment,
}

/// The forms of the result.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Format {
    /// To be read in a terminal.
    Text,
    /// The report that other programs read.
    Json,
}

/// Prints the review of all inputs together, or of each.
pub(super) fn run(options: &Options) -> io::Result<u8> {
    let files = input::read_files(&options.inputs)?;
    let chosen = options.review.read()?;
    let baseline = options.baseline.as_deref().map(read_baseline).transpose()?;
    let mut result = String::new();
    let mut code = exit_code::DONE;
    let runs: Vec<Vec<RawFile>> = if options.each {
        files.into_iter().map(|file| vec![file]).collect()
    } else {
        vec![files]
    };
    for files in runs {
        let analysis = analyse(files, &chosen);
        code = code.max(options.review.say(&analysis));
        if options.fail_on.count(&analysis, baseline.as_ref()) > 0 {
            code = code.max(exit_code::FINDING);
        }
        match options.format {
            Format::Json => {
                result.push_str(&write_json(&analysis, baseline.as_ref(), !options.each));
                result.push('\n');
            }
            Format::Text => {
                let colour = options.output.is_none() && output::wants_colour();
                result.push_str(&write_text(&analysis, TextStyle { colour }));
            }
        }
    }
    output::write(options.output.as_deref(), &result)?;
    Ok(code)
}

impl ReviewOptions {
    /// What the engine is to be told.
    pub(super) fn read(&self) -> io::Result<analysis::Options> {
        let (environment, mut parameters) = input::read_options(&self.evaluation)?;
        let mut reviewer = self.reviewer.read()?;
        if let Some(values) = reviewer.parameters.take() {
            parameters.add_fallback(values);
        }
        Ok(analysis::Options {
            environment,
            parameters,
            mode: self.mode.map(|mode| match mode {
                ModeName::Export => Mode::Export,
                ModeName::Deployment => Mode::Deployment,
            }),
            from: self.from.clone(),
            settings: reviewer.settings.take().unwrap_or_default(),
            ignore_waivers: self.reviewer.ignore_waivers,
            reviewer,
            as_of: Some(self.as_of.clone().unwrap_or_else(output::today)),
        })
    }

    /// Says on standard error what is to say about the inputs, and returns the exit code for it.
    pub(super) fn say(&self, analysis: &Analysis) -> u8 {
        if let Err(error) = &analysis.from {
            message::say(&format!("error: --from: {error}"));
            return exit_code::USAGE;
        }
        for rejected in &analysis.rejected {
            message::say_rejected(&analysis.sources, rejected);
        }
        if !self.quiet {
            for diagnostic in &analysis.diagnostics {
                message::say_diagnostic(&analysis.sources, diagnostic);
            }
        }
        if analysis.rejected.is_empty() && analysis.has_template() {
            return exit_code::DONE;
        }
        if analysis.rejected.is_empty() {
            message::say("error: none of the inputs is a template");
        }
        exit_code::UNREADABLE
    }
}
