//! The native program.

use std::process::ExitCode;

fn main() -> ExitCode {
    sightline::cli::run()
}
