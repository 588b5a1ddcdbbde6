//! Files from the command line.

use super::arguments::EvaluationOptions;
use crate::arm::{Environment, TypedParameters};
use crate::input::RawFile;
use crate::source::FileId;
use crate::value::{Value, read_json};
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

/// Reads `paths`: files, directories (searched for `*.json`, sorted), or `-` for standard input.
///
/// # Errors
///
/// The first path that cannot be read, with its name.
pub fn read_files(paths: &[PathBuf]) -> io::Result<Vec<RawFile>> {
    let mut files = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            io::stdin().lock().read_to_end(&mut bytes)?;
            files.push(RawFile::new("-", bytes));
        } else {
            for file in find(path).map_err(|error| named(path, &error))? {
                files.push(read_file(&file)?);
            }
        }
    }
    Ok(files)
}

/// The environment and the parameter values that `options` name.
///
/// # Errors
///
/// The first file that cannot be read or is no JSON, with its name.
pub fn read_options(options: &EvaluationOptions) -> io::Result<(Environment, TypedParameters)> {
    let environment = match &options.environment {
        Some(path) => Environment::read(&read_value(path)?),
        None => Environment::default(),
    };
    let mut parameters = TypedParameters::new();
    for path in &options.parameters {
        parameters.add_file(read_value(path)?);
    }
    Ok((environment, parameters))
}

fn read_value(path: &Path) -> io::Result<Value> {
    let text = std::fs::read_to_string(path).map_err(|error| named(path, &error))?;
    // A file apart from the run's: its places are never shown.
    let value = read_json(FileId::new(u32::MAX), &text, &mut Vec::new());
    value.map_err(|error| {
        let message = format!("{}: {}", path.display(), error.message);
        io::Error::new(io::ErrorKind::InvalidData, message)
    })
}

fn read_file(path: &Path) -> io::Result<RawFile> {
    let bytes = std::fs::read(path).map_err(|error| named(path, &error))?;
    Ok(RawFile::new(path.to_string_lossy(), bytes))
}

fn find(path: &Path) -> io::Result<Vec<PathBuf>> {
    if !path.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut found = Vec::new();
    let mut folders = vec![path.to_owned()];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder)? {
            let entry = entry?;
            let path = entry.path();
            // Links may lead in circles.
            if entry.file_type()?.is_dir() {
                folders.push(path);
            } else if path
                .extension()
                .is_some_and(|extension| extension.eq_ignore_ascii_case("json"))
            {
                found.push(path);
            }
        }
    }
    found.sort();
    Ok(found)
}

fn named(path: &Path, error: &io::Error) -> io::Error {
    io::Error::new(error.kind(), format!("{}: {error}", path.display()))
}
