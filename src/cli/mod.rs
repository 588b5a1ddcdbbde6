//! The native program.
//!
//! In: the command line, files, standard input. Out: results on standard output and nothing else
//! there; messages on standard error; an exit code.
//!
//! To add a command: a variant of [`arguments::Command`] and a file with its options and `run`.

pub mod arguments;
mod compare;
mod cut;
mod each;
pub mod exit_code;
mod expand;
mod fail_on;
mod format;
pub mod input;
mod manual;
mod message;
mod output;
mod review;
mod reviewer;
mod rules;
mod trace;
mod vectors;

use arguments::{Arguments, Command};
use clap::Parser as _;
use std::process::ExitCode;

/// Runs the program with the process's arguments and returns its exit code.
pub fn run() -> ExitCode {
    let arguments = match Arguments::try_parse() {
        Ok(arguments) => arguments,
        Err(error) => {
            // Where even that cannot be written, nobody reads.
            let _ = error.print();
            return if error.use_stderr() {
                exit_code::USAGE.into()
            } else {
                exit_code::DONE.into()
            };
        }
    };
    let outcome = match &arguments.command {
        Command::Compare(options) => compare::run(options),
        Command::Completions(options) => manual::completions(options),
        Command::Man => manual::manual(),
        Command::Cut(options) => cut::run(options),
        Command::Expand(options) => expand::run(options),
        Command::Review(options) => review::run(options),
        Command::Rules(options) => rules::list(options),
        Command::Explain(options) => rules::explain(options),
        Command::Trace(options) => trace::run(options),
        Command::Vectors(options) => vectors::run(options),
    };
    match outcome {
        Ok(code) => code.into(),
        // The reader went away, as `head` does: nothing is wrong.
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => exit_code::DONE.into(),
        Err(error) => {
            message::say(&format!("error: {error}"));
            exit_code::UNREADABLE.into()
        }
    }
}
