//! `sightline review`: what the internet reaches, and what is to say about it.

use super::arguments::EvaluationOptions;
use super::fail_on::FailOn;
use super::format::{Form, Format, Writing};
use super::reviewer::{ReviewerOptions, read_baseline};
use super::{each, exit_code, input, message, output};
use crate::analysis::{self, Analysis, Assumption, analyse};
use crate::input::Mode;
use crate::report::{DocumentOptions, Section};
use clap::{Args, ValueEnum};
use std::io::{self, IsTerminal as _};
use std::path::PathBuf;
use std::str::FromStr;

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
    /// Do not take this for granted (repeatable): health-probes, administrator-rules,
    /// peers-outside, experience
    #[arg(long, value_name = "ASSUMPTION")]
    doubt: Vec<Doubted>,
    /// Take this for granted, which otherwise is left open (repeatable): appliances-outside
    #[arg(long, value_name = "ASSUMPTION")]
    assume: Vec<Assumed>,
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
    /// The sections of an HTML or Markdown document (default: all)
    #[arg(long, value_name = "SECTION,...", value_delimiter = ',', value_parser = section)]
    sections: Vec<Section>,
    /// Replace names by pseudonyms that stay the same from review to review
    #[arg(long)]
    pseudonyms: bool,
    /// The folder that the inputs stand in, as the repository names it: goes before every file's
    /// name in SARIF
    #[arg(long, value_name = "FOLDER", default_value = "")]
    prefix: String,
}

fn section(text: &str) -> Result<Section, String> {
    let mut all = Section::ALL.into_iter();
    all.find(|one| one.as_str() == text).ok_or_else(|| {
        let all = Section::ALL.map(Section::as_str);
        format!("the sections are {}", all.join(", "))
    })
}

impl Options {
    fn document(&self) -> DocumentOptions {
        let mut document = DocumentOptions::default();
        if !self.sections.is_empty() {
            document.sections.clone_from(&self.sections);
        }
        document
    }
}

/// How templates are read.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModeName {
    /// As written by Azure from what runs.
    Export,
    /// As written to be deployed.
    Deployment,
}

/// Prints the review of all inputs together, or of each.
pub(super) fn run(options: &Options) -> io::Result<u8> {
    let files = input::read_files(&options.inputs)?;
    let chosen = options.review.read()?;
    let baseline = options.baseline.as_deref().map(read_baseline).transpose()?;
    let mut code = exit_code::DONE;
    let out = output::open(options.output.as_deref())?;
    let form = Form {
        format: options.format,
        colour: options.output.is_none() && output::wants_colour(),
        each: options.each,
        document: options.document(),
        prefix: options.prefix.clone(),
        pseudonyms: options.pseudonyms,
    };
    let mut writing = Writing::new(form, out);
    let mut add = |analysis: Analysis| -> io::Result<()> {
        code = code.max(options.review.say(&analysis));
        let failing = options.fail_on.count(&analysis, baseline.as_ref());
        if failing > 0 {
            code = code.max(exit_code::FINDING);
            options.review.hint(&options.fail_on.describe(failing));
        }
        writing.add(analysis, baseline.as_ref())
    };
    if options.each {
        // Where the results run over the terminal, they show the progress themselves.
        let is_seen = options.output.is_none() && io::stdout().is_terminal();
        let quiet = options.review.quiet || is_seen;
        each::review_each(files, &chosen, quiet, &mut add)?;
    } else {
        add(analyse(files, &chosen))?;
    }
    writing.finish()?;
    Ok(code)
}

/// An assumption that is usually granted, by its name.
#[derive(Clone, Copy, Debug)]
struct Doubted(Assumption);

/// An assumption that usually is not.
#[derive(Clone, Copy, Debug)]
struct Assumed(Assumption);

impl FromStr for Doubted {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, true).map(Self)
    }
}

impl FromStr for Assumed {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        named(text, false).map(Self)
    }
}

/// The assumption called `text` that is usually granted, or of those that are not.
fn named(text: &str, is_usual: bool) -> Result<Assumption, String> {
    let fits = |one: &Assumption| one.is_usual() == is_usual;
    Assumption::named(text).filter(fits).ok_or_else(|| {
        let all = Assumption::ALL.into_iter().filter(fits);
        let ids: Vec<&str> = all.map(Assumption::id).collect();
        format!("there is `{}`", ids.join("`, `"))
    })
}

impl ReviewOptions {
    /// What the engine is to be told.
    pub(super) fn read(&self) -> io::Result<analysis::Options> {
        let (environment, mut parameters) = input::read_options(&self.evaluation)?;
        let mut reviewer = self.reviewer.read()?;
        if let Some(values) = reviewer.parameters.take() {
            parameters.add_fallback(values);
        }
        let doubted = self.doubt.iter().map(|one| one.0);
        let assumed = self.assume.iter().map(|one| one.0);
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
            as_named: false,
            switched: doubted.chain(assumed).collect(),
            as_of: Some(self.as_of.clone().unwrap_or_else(output::today)),
        })
    }

    /// Says `text` on standard error, unless quiet is wanted.
    pub(super) fn hint(&self, text: &str) {
        if !self.quiet {
            message::say(text);
        }
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
