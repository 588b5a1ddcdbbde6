//! `sightline trace`: the ways to one resource.

use super::review::ReviewOptions;
use super::{exit_code, input, message, output};
use crate::analysis::{Omission, analyse};
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
    /// Leave this out and ask again (repeatable): a step, as FROM -> TO, or every step to and from
    /// what has this name
    #[arg(long, value_name = "STEP")]
    without: Vec<String>,
    /// Ignore the control at this line, `FILE:LINE` as printed, and ask again (repeatable)
    #[arg(long, value_name = "LINE")]
    ignore: Vec<String>,
    /// Files, directories (searched for *.json), or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    review: ReviewOptions,
}

/// Prints the paths to the resource, or what blocks them.
pub(super) fn run(options: &Options) -> io::Result<u8> {
    let files = input::read_files(&options.inputs)?;
    let mut analysis = analyse(files, &options.review.read()?);
    let code = options.review.say(&analysis);
    let steps = options.without.iter().cloned().map(Omission::Step);
    let controls = options.ignore.iter().cloned().map(Omission::Control);
    let omissions: Vec<Omission> = steps.chain(controls).collect();
    if !omissions.is_empty()
        && let Some(unknown) = analysis.leave_out(&omissions).first()
    {
        message::say(&match unknown {
            Omission::Step(name) => format!("error: no step is called `{name}`"),
            Omission::Control(place) => format!("error: no control stands at `{place}`"),
        });
        return Ok(code.max(exit_code::USAGE));
    }
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
