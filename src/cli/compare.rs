//! `sightline compare`: what opened, closed and stayed between two versions.

use super::review::ReviewOptions;
use super::{input, output};
use crate::analysis::analyse;
use crate::compare::compare;
use crate::report::{TextStyle, write_comparison};
use clap::Args;
use std::io;
use std::path::PathBuf;

/// The options of `compare`.
#[derive(Debug, Args)]
pub struct Options {
    /// The old version: a file, a directory (searched for *.json), or - for standard input
    #[arg(value_name = "OLD")]
    old: PathBuf,
    /// The new version, likewise
    #[arg(value_name = "NEW")]
    new: PathBuf,
    #[command(flatten)]
    review: ReviewOptions,
    /// Write the result to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints what differs.
pub(super) fn run(options: &Options) -> io::Result<u8> {
    let chosen = options.review.read()?;
    let old = analyse(
        input::read_files(std::slice::from_ref(&options.old))?,
        &chosen,
    );
    let new = analyse(
        input::read_files(std::slice::from_ref(&options.new))?,
        &chosen,
    );
    let code = options.review.say(&old).max(options.review.say(&new));
    let style = TextStyle {
        colour: options.output.is_none() && output::wants_colour(),
    };
    let text = write_comparison(&old, &new, &compare(&old, &new), style);
    output::write(options.output.as_deref(), &text)?;
    Ok(code)
}
