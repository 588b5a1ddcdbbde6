//! The native program.

use std::process::ExitCode;

/// A review makes and drops many small things, which the system's allocator is slow at.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    sightline::cli::run()
}
