//! The portal's download: a zip that holds the template and its parameters.

use super::{RawFile, Rejected};
use crate::diagnostic::Diagnostic;
use std::io::{Cursor, Read};

/// The most bytes that one file of an archive may unpack to, against archives that unpack without
/// end; a template is at most 4 MB.
const UNPACKED_LIMIT: u64 = 64 * 1024 * 1024;
/// The most files that are taken from one archive.
const FILES_LIMIT: usize = 1000;

/// Adds `file` to `out`, or, where it is a zip archive, the JSON files in it.
pub(super) fn unpack(file: RawFile, out: &mut Vec<RawFile>, rejected: &mut Vec<Rejected>) {
    if !file.bytes.starts_with(b"PK\x03\x04") && !file.bytes.starts_with(b"PK\x05\x06") {
        out.push(file);
        return;
    }
    let mut reject = |message: String| {
        rejected.push(Rejected {
            file: file.name.clone(),
            diagnostic: Diagnostic::error("input-bad-archive", message, None),
        });
    };
    let mut archive = match zip::ZipArchive::new(Cursor::new(&file.bytes)) {
        Ok(archive) => archive,
        Err(error) => return reject(format!("the zip archive cannot be read: {error}")),
    };
    let before = out.len();
    for index in 0..archive.len().min(FILES_LIMIT) {
        let mut entry = match archive.by_index(index) {
            Ok(entry) => entry,
            Err(error) => {
                reject(format!("a file of the zip archive cannot be read: {error}"));
                continue;
            }
        };
        let name = entry.name().to_owned();
        if !entry.is_file() || !name.to_ascii_lowercase().ends_with(".json") {
            continue;
        }
        let mut bytes = Vec::new();
        match entry
            .by_ref()
            .take(UNPACKED_LIMIT + 1)
            .read_to_end(&mut bytes)
        {
            Ok(size) if size as u64 <= UNPACKED_LIMIT => {
                out.push(RawFile::new(format!("{}/{name}", file.name), bytes));
            }
            Ok(_) => reject(format!("`{name}` of the zip archive is larger than 64 MB")),
            Err(error) => reject(format!(
                "`{name}` of the zip archive cannot be read: {error}"
            )),
        }
    }
    if out.len() == before {
        reject("the zip archive holds no JSON file that can be read".to_owned());
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Inputs, Role};
    use super::*;
    use std::io::Write as _;

    #[test]
    fn the_portals_download_is_opened() {
        let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
        let options = zip::write::SimpleFileOptions::default();
        for (name, text) in [
            (
                "template.json",
                r#"{"$schema": "x/deploymentTemplate.json#", "resources": []}"#,
            ),
            (
                "parameters.json",
                r#"{"$schema": "x/deploymentParameters.json#", "parameters": {}}"#,
            ),
            ("readme.txt", "no"),
        ] {
            writer.start_file(name, options).unwrap();
            writer.write_all(text.as_bytes()).unwrap();
        }
        let bytes = writer.finish().unwrap().into_inner();
        let inputs = Inputs::read(vec![RawFile::new("ExportedTemplate-rg.zip", bytes)]);
        let roles: Vec<_> = inputs
            .documents
            .iter()
            .map(|document| &document.role)
            .collect();
        assert_eq!(roles, [&Role::Parameters, &Role::Template]);
        assert!(inputs.rejected.is_empty());
    }

    #[test]
    fn a_broken_archive_is_refused() {
        let inputs = Inputs::read(vec![RawFile::new("a.zip", b"PK\x03\x04broken".to_vec())]);
        assert_eq!(inputs.rejected.len(), 1);
    }
}
