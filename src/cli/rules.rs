//! `sightline rules` and `sightline explain`: what is checked, and one rule's page.

use super::{exit_code, message, output};
use crate::rule;
use clap::{Args, ValueEnum};
use std::fmt::Write as _;
use std::io;

/// The widest line of a rule's page in a terminal.
const WIDTH: usize = 88;

/// The options of `rules`.
#[derive(Debug, Args)]
pub struct RulesOptions {
    /// The form of the list
    #[arg(long, value_enum, default_value = "text")]
    format: RulesFormat,
}

/// The forms of the list of rules.
#[derive(Clone, Copy, Debug, ValueEnum)]
enum RulesFormat {
    /// A line each.
    Text,
    /// For programs.
    Json,
    /// Every page.
    Markdown,
}

/// The options of `explain`.
#[derive(Debug, Args)]
pub struct ExplainOptions {
    /// The rule's identifier or name
    #[arg(value_name = "RULE")]
    rule: String,
}

/// Prints the list of rules.
pub(super) fn list(options: &RulesOptions) -> io::Result<u8> {
    let mut text = String::new();
    match options.format {
        RulesFormat::Text => {
            for rule in rule::all() {
                let severity = rule.severity.as_str();
                let _ = writeln!(text, "{:<12} {severity:<9} {}", rule.id, rule.title);
            }
        }
        RulesFormat::Json => {
            text = serde_json::to_string_pretty(&rule::catalogue())?;
            text.push('\n');
        }
        RulesFormat::Markdown => {
            for rule in rule::all() {
                text.push_str(&rule::page::markdown(rule));
                text.push('\n');
            }
        }
    }
    output::write(None, &text)?;
    Ok(exit_code::DONE)
}

/// Prints one rule's page.
pub(super) fn explain(options: &ExplainOptions) -> io::Result<u8> {
    let Some(found) = rule::find(&options.rule) else {
        message::say(&format!("error: there is no rule `{}`", options.rule));
        return Ok(exit_code::USAGE);
    };
    output::write(None, &rule::page::plain(found, WIDTH))?;
    Ok(exit_code::DONE)
}
