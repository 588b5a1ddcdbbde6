//! Where results go.

use std::fs::File;
use std::io::{self, BufWriter, IsTerminal as _, Write};
use std::path::Path;

/// How many bytes are written at once.
const BUFFER: usize = 1 << 16;

/// The file that results are written to, emptied first, or standard output where there is none.
///
/// # Errors
///
/// The file's name and why it cannot be written.
pub(super) fn open(file: Option<&Path>) -> io::Result<Box<dyn Write>> {
    match file {
        Some(path) => {
            let file = File::create(path).map_err(|error| {
                io::Error::new(error.kind(), format!("{}: {error}", path.display()))
            })?;
            Ok(Box::new(BufWriter::with_capacity(BUFFER, file)))
        }
        None => Ok(Box::new(BufWriter::with_capacity(
            BUFFER,
            io::stdout().lock(),
        ))),
    }
}

/// Writes `text` to the file, or to standard output where there is none.
///
/// # Errors
///
/// The file's name and why it cannot be written.
pub(super) fn write(file: Option<&Path>, text: &str) -> io::Result<()> {
    let mut out = open(file)?;
    out.write_all(text.as_bytes())?;
    out.flush()
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
