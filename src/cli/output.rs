//! Where results go.

use std::io::{self, IsTerminal as _, Write as _};
use std::path::Path;

/// Writes `text` to the file, or to standard output where there is none.
///
/// # Errors
///
/// The file's name and why it cannot be written.
pub(super) fn write(file: Option<&Path>, text: &str) -> io::Result<()> {
    match file {
        Some(path) => std::fs::write(path, text)
            .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display()))),
        None => io::stdout().lock().write_all(text.as_bytes()),
    }
}

/// Whether standard output is a terminal whose user does not refuse colours.
pub(super) fn wants_colour() -> bool {
    io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none()
}

/// Today as `YYYY-MM-DD` in UTC.
#[expect(
    clippy::disallowed_methods,
    reason = "a face may ask the clock, and hands on the day"
)]
pub(super) fn today() -> String {
    let now = time::OffsetDateTime::from(std::time::SystemTime::now());
    let date = now.date();
    format!(
        "{:04}-{:02}-{:02}",
        date.year(),
        u8::from(date.month()),
        date.day()
    )
}
