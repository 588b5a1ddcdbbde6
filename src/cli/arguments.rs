//! The command line.

use super::{compare, cut, expand, manual, review, rules, trace, vectors};
use clap::{Args, Parser, Subcommand};
use std::path::PathBuf;

/// Reviews exported Azure templates offline.
#[derive(Debug, Parser)]
#[command(name = "sightline", version, about)]
pub struct Arguments {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Review templates: what the internet reaches, by which path, and which line lets it
    Review(review::Options),
    /// Print the paths to one resource, or what blocks them
    Trace(trace::Options),
    /// Print what opened, closed and stayed between two versions
    Compare(compare::Options),
    /// Print the fewest changes that close every way to one target, or to all
    Cut(cut::Options),
    /// Print the rule catalogue
    Rules(rules::RulesOptions),
    /// Print one rule's page
    Explain(rules::ExplainOptions),
    /// Print the evaluated resources as a JSON array
    Expand(expand::Options),
    /// Print the completions of a shell
    Completions(manual::CompletionsOptions),
    /// Print the manual page
    Man,
    /// Answer conformance vectors, a JSON object a line on standard input
    Vectors(vectors::Options),
}

/// Options of every command that evaluates templates.
#[derive(Clone, Debug, Default, Args)]
pub struct EvaluationOptions {
    /// A file of parameter values, for every template that declares them
    #[arg(long = "parameters", value_name = "FILE")]
    pub parameters: Vec<PathBuf>,
    /// A file that tells the subscription, resource group, tenant and cloud
    #[arg(long, value_name = "FILE")]
    pub environment: Option<PathBuf>,
}
