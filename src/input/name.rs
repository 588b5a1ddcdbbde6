//! Names as shown: paths below the common folder.

use super::RawFile;
use std::collections::BTreeMap;

/// Cuts every name to the path below the folder that all share, with `/`, and tells files of the
/// same name apart by a number.
pub fn shorten(files: &mut [RawFile]) {
    for file in files.iter_mut() {
        file.name = file.name.replace('\\', "/");
    }
    let folders = |name: &str| -> Vec<String> {
        let mut parts: Vec<String> = name.split('/').map(str::to_owned).collect();
        parts.pop();
        parts
    };
    let mut common: Option<Vec<String>> = None;
    for file in files.iter() {
        let here = folders(&file.name);
        common = Some(match common {
            None => here,
            Some(known) => known
                .into_iter()
                .zip(here)
                .take_while(|(a, b)| a == b)
                .map(|(a, _)| a)
                .collect(),
        });
    }
    let depth = common.map_or(0, |folders| folders.len());
    let mut seen: BTreeMap<String, u32> = BTreeMap::new();
    for file in files.iter_mut() {
        file.name = file
            .name
            .split('/')
            .skip(depth)
            .collect::<Vec<_>>()
            .join("/");
        let count = seen.entry(file.name.clone()).or_insert(0);
        *count += 1;
        if *count > 1 {
            file.name = format!("{} ({count})", file.name);
        }
    }
}
