//! What-if: a change made in the text, against the same change made in the value that the text is.

#![allow(
    clippy::indexing_slicing,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use serde_json::Value as Json;
use sightline::analysis::{Analysis, Options, analyse};
use sightline::edit::{TextEdit, review_with};
use sightline::input::RawFile;
use sightline::value::TextChange;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

/// Edits of the public templates, or of the examples where those are not at hand.
const EDITS: usize = 500;

/// The bundled examples, and the public templates where they are at hand.
fn templates() -> Vec<PathBuf> {
    let mut found = json_files(Path::new("public/examples"));
    let corpus = Path::new("../shared/corpus");
    if corpus.is_dir() {
        found.extend(json_files(corpus));
    } else {
        let _ = writeln!(
            std::io::stderr(),
            "skipped: the public templates are not at hand"
        );
    }
    found
}

fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|one| one == "json"))
        .collect();
    files.sort();
    files
}

/// Numbers that look drawn by lot and are the same in every run (Knuth's linear congruence).
struct Lot(u64);

impl Lot {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        usize::try_from(self.0 >> 33).unwrap() % bound
    }
}

/// The pointers of everything scalar inside the resources.
fn places(value: &Json, pointer: &str, inside: bool, found: &mut Vec<String>) {
    let inside = inside || pointer.ends_with("/properties");
    match value {
        Json::Object(members) => {
            for (name, value) in members {
                let token = name.replace('~', "~0").replace('/', "~1");
                places(value, &format!("{pointer}/{token}"), inside, found);
            }
        }
        Json::Array(items) => {
            for (at, value) in items.iter().enumerate() {
                places(value, &format!("{pointer}/{at}"), inside, found);
            }
        }
        _ if inside => found.push(pointer.to_owned()),
        _ => {}
    }
}

/// Another value of the same sort, or one that is none.
fn other(value: &Json, lot: &mut Lot) -> Json {
    let words = [
        "Enabled",
        "Disabled",
        "Allow",
        "Deny",
        "*",
        "10.0.0.0/8",
        "[parameters('p')]",
    ];
    match value {
        Json::Bool(truth) => Json::Bool(!truth),
        Json::String(_) if lot.below(8) > 0 => Json::from(words[lot.below(words.len())]),
        Json::Number(_) if lot.below(4) > 0 => Json::from(lot.below(70_000)),
        _ => Json::Null,
    }
}

/// All that a review says, sorted, without places in the text.
fn told(analysis: &Analysis) -> Vec<String> {
    let exposures = analysis.exposures.iter().map(|one| {
        let id = &analysis.resource_of(one).unwrap().id;
        let door = analysis.door_name(one);
        format!(
            "{id} {door} {:?} {:?} {:?}",
            one.verdict, one.open_to, one.arriving
        )
    });
    let findings = analysis.findings.iter().map(|one| {
        // The oracle's writer sorts the members of objects, and with them what is said in a row.
        let mut words: Vec<&str> = one.message.split([' ', ';', ',']).collect();
        words.sort_unstable();
        format!(
            "{} {:?} {:?} {words:?}",
            one.rule.id, one.severity, one.status
        )
    });
    let all = exposures.chain(findings);
    let mut told: Vec<String> = all.map(|one| without_offsets(&one)).collect();
    told.sort();
    told
}

/// `text` without the offsets that tell values apart which are new each time, `{0:462:utcNow('y')}`.
fn without_offsets(text: &str) -> String {
    let mut parts = text.split("{0:");
    let mut out = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        out.push_str("{0:");
        out.push_str(part.trim_start_matches(|letter: char| letter.is_ascii_digit()));
    }
    out
}

#[test]
fn an_edit_tried_is_the_edited_text_reviewed() {
    let mut lot = Lot(2026);
    let templates: Vec<_> = templates()
        .into_iter()
        .filter_map(|path| {
            let text = fs::read_to_string(&path).unwrap();
            let value: Json = serde_json::from_str(&text).ok()?;
            let mut found = Vec::new();
            places(&value["resources"], "/resources", false, &mut found);
            (!found.is_empty()).then_some((path, text, value, found))
        })
        .collect();
    let public = templates
        .iter()
        .filter(|(path, ..)| path.starts_with("../shared"));
    let count = public.count();
    let each = EDITS.div_ceil(if count == 0 { templates.len() } else { count });
    let mut changed = 0;
    for (path, text, value, found) in &templates {
        let before = analyse(
            vec![RawFile::new("t.json", text.as_bytes())],
            &Options::default(),
        );
        for _ in 0..each {
            let pointer = &found[lot.below(found.len())];
            let mut edited = value.clone();
            let place = edited.pointer_mut(pointer).unwrap();
            *place = other(place, &mut lot);
            let edit = TextEdit {
                file: before.documents[0].file,
                pointer: pointer.clone(),
                change: TextChange::Set(place.clone()),
            };
            let tried = told(&review_with(&before, &[edit]).unwrap());
            let text = serde_json::to_string(&edited).unwrap();
            let files = vec![RawFile::new("t.json", text.into_bytes())];
            let reviewed = told(&analyse(files, &Options::default()));
            changed += usize::from(tried != told(&before));
            let differing: Vec<_> = tried
                .iter()
                .filter(|one| !reviewed.contains(one))
                .chain(reviewed.iter().filter(|one| !tried.contains(one)))
                .collect();
            assert!(
                differing.is_empty(),
                "{}: {pointer}: {differing:#?}",
                path.display()
            );
        }
    }
    assert!(changed > each, "only {changed} edits changed anything");
}
