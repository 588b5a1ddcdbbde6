//! What shells and readers of manuals are told about the program.

use super::arguments::Arguments;
use super::{exit_code, output};
use clap::{Args, CommandFactory as _};
use clap_complete::Shell;
use std::io;

/// The options of `completions`.
#[derive(Debug, Args)]
pub struct CompletionsOptions {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

/// Prints the completions of a shell.
pub(super) fn completions(options: &CompletionsOptions) -> io::Result<u8> {
    let mut text = Vec::new();
    clap_complete::generate(
        options.shell,
        &mut Arguments::command(),
        "sightline",
        &mut text,
    );
    output::write(None, &String::from_utf8_lossy(&text))?;
    Ok(exit_code::DONE)
}

/// Prints the manual page: the program's own, then those of its commands.
pub(super) fn manual() -> io::Result<u8> {
    let mut text = Vec::new();
    let whole = Arguments::command();
    clap_mangen::Man::new(whole.clone()).render(&mut text)?;
    for command in whole.get_subcommands() {
        let name = format!("sightline-{}", command.get_name());
        clap_mangen::Man::new(command.clone().display_name(name)).render(&mut text)?;
    }
    output::write(None, &String::from_utf8_lossy(&text))?;
    Ok(exit_code::DONE)
}
