//! `sightline trace`: the ways to one resource.

use super::review::ReviewOptions;
use super::{exit_code, input, message, output};
use crate::analysis::analyse;
use crate::report::{TextStyle, write_trace};
use clap::Args;
use std::io;
use std::path::PathBuf;

/// The options of `trace`.
#[derive(Debug, Args)]
pub struct Options {
    /// The resource: its name, the last part of its name, or its identifier
    #[arg(long, value_name = "NAME")]
    to: String,
    /// Files, directories (searched for *.json), or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    review: ReviewOptions,
}

/// Prints the paths to the resource, or what blocks them.
pub(super) fn run(options: &Options) -> io::Result<u8> {
    let files = input::read_files(&options.inputs)?;
    let analysis = analyse(files, &options.review.read()?);
    let code = options.review.say(&analysis);
    let style = TextStyle {
        colour: output::wants_colour(),
    };
    let Some(text) = write_trace(&analysis, &options.to, style) else {
        message::say(&format!(
            "error: nothing called `{}` has a door in the inputs",
            options.to
        ));
        return Ok(code.max(exit_code::USAGE));
    };
    output::write(None, &text)?;
    Ok(code)
}
