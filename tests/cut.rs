//! The fewest changes, proved by making them: the edited text is reviewed again.

#![allow(
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

use sightline::analysis::{Analysis, Options, TargetCut, analyse, cut_together};
use sightline::edit::{TextEdit, edits_of, review_with};
use sightline::input::RawFile;
use sightline::reachability::{Cut, Verdict};
use sightline::resource::Resource;
use sightline::resource::kind::Asset;
use sightline::value::TextChange;
use std::collections::BTreeSet;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

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
    let mut files: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| {
            path.extension()
                .is_some_and(|extension| extension == "json")
        })
        .collect();
    files.sort();
    assert!(!files.is_empty(), "{}", folder.display());
    files
}

fn review(path: &Path) -> Analysis {
    let name = path.file_name().unwrap().to_string_lossy().into_owned();
    analyse(
        vec![RawFile::new(name, fs::read(path).unwrap())],
        &Options::default(),
    )
}

/// What of the target is still open in `after`: doors, and ways to what lies behind them.
fn still_open(before: &Analysis, after: &Analysis, cut: &TargetCut) -> Vec<String> {
    let id = &before.inventory.get(cut.resource).unwrap().id;
    after
        .exposures
        .iter()
        .filter(|exposure| after.resource_of(exposure).unwrap().id == *id)
        .filter(|exposure| exposure.verdict != Verdict::Blocked || !exposure.inner_paths.is_empty())
        .map(|exposure| {
            format!(
                "{id} ({}) {:?}",
                after.door_name(exposure),
                exposure.verdict
            )
        })
        .collect()
}

/// What goes wrong when the changes of `cuts` are made together.
fn prove(before: &Analysis, cuts: &[TargetCut]) -> Vec<String> {
    let remedies = cuts.iter().flat_map(|cut| &cut.cut.remedies);
    let edits: Result<Vec<Vec<TextEdit>>, _> = remedies.map(|one| edits_of(before, one)).collect();
    let after = edits.and_then(|edits| {
        let mut all: Vec<TextEdit> = Vec::new();
        for edit in edits.concat() {
            if !all.contains(&edit) {
                all.push(edit);
            }
        }
        review_with(before, &all)
    });
    match after {
        Ok(after) => cuts
            .iter()
            .flat_map(|cut| still_open(before, &after, cut))
            .collect(),
        Err(error) => vec![error.to_string()],
    }
}

/// One cut for all that has one, as if it were the cut of each.
fn joint(analysis: &Analysis) -> Vec<TargetCut> {
    let targets: Vec<_> = analysis.cuts.iter().map(|cut| cut.resource).collect();
    let cut = cut_together(analysis, &targets).unwrap();
    let own: u32 = cost(analysis.cuts.iter().map(|one| &one.cut));
    assert!(!cut.optimal || cost([&cut]) <= own, "each alone is cheaper");
    targets
        .into_iter()
        .map(|resource| TargetCut {
            resource,
            cut: cut.clone(),
        })
        .collect()
}

/// What all changes of `cuts` cost, each once.
fn cost<'a>(cuts: impl IntoIterator<Item = &'a Cut>) -> u32 {
    let remedies: BTreeSet<_> = cuts.into_iter().flat_map(|cut| &cut.remedies).collect();
    remedies.iter().map(|one| u32::from(one.cost)).sum()
}

/// The switches with which a single property closes a service.
const SWITCHES: [(&str, &str); 2] = [
    ("publicNetworkAccess", "Disabled"),
    ("networkAcls/defaultAction", "Deny"),
];

/// Whether Azure refuses the switches: below Premium a registry has none, and before 2021-07-01 an ML
/// workspace.
fn is_refused(resource: &Resource) -> bool {
    let is = |one: &str| resource.resource_type.is(one);
    let version = resource.api_version.as_deref().unwrap_or_default();
    (is("Microsoft.ContainerRegistry/registries")
        && resource.reader().path("sku.name").text().is("Premium") != Some(true))
        || (is("Microsoft.MachineLearningServices/workspaces") && version < "2021-07-01")
}

/// The open ML and data targets of `before` that have no cut, and yet one switch set in the text
/// closes: what a cut should have found.
fn overlooked(before: &Analysis) -> Vec<String> {
    let cut: BTreeSet<_> = before.cuts.iter().map(|cut| cut.resource).collect();
    let targets: BTreeSet<_> = before
        .exposures
        .iter()
        .filter(|one| one.verdict != Verdict::Blocked && !cut.contains(&one.resource))
        .map(|one| one.resource)
        .collect();
    let mut found = Vec::new();
    for index in targets {
        let resource = before.inventory.get(index).unwrap();
        let holds_something = resource.kind().is_some_and(|kind| {
            matches!(
                kind.asset,
                Asset::MachineLearning | Asset::Data | Asset::Secret | Asset::Registry
            )
        });
        let Some(place) = before.locate(resource.span).filter(|_| holds_something) else {
            continue;
        };
        if is_refused(resource) {
            continue;
        }
        for (switch, word) in SWITCHES {
            let edit = TextEdit {
                file: resource.span.file,
                pointer: format!("{}/properties/{switch}", place.pointer),
                change: TextChange::Set(word.into()),
            };
            let Ok(after) = review_with(before, &[edit]) else {
                continue;
            };
            let is_open = after.exposures.iter().any(|one| {
                after.resource_of(one).unwrap().id == resource.id
                    && (one.verdict != Verdict::Blocked || !one.inner_paths.is_empty())
            });
            let is_there = after.inventory.find(&resource.id, resource.file).is_some();
            if is_there && !is_open {
                found.push(format!(
                    "{}: {switch} closes it, and no cut does",
                    resource.id
                ));
            }
        }
    }
    found
}

#[test]
fn what_one_switch_closes_has_a_cut() {
    let mut wrong = Vec::new();
    for path in templates() {
        let found = overlooked(&review(&path));
        wrong.extend(found.iter().map(|one| format!("{}: {one}", path.display())));
    }
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// The cuts of each template one by one, then all of them together, then the one cut for all.
#[test]
fn every_cut_closes_its_target_in_the_edited_text() {
    let mut proved = 0;
    let mut wrong = Vec::new();
    for path in templates() {
        let before = review(&path);
        let mut note = |cuts: &[TargetCut]| {
            proved += cuts.len();
            let found = prove(&before, cuts);
            wrong.extend(found.iter().map(|one| format!("{}: {one}", path.display())));
        };
        before
            .cuts
            .iter()
            .for_each(|cut| note(std::slice::from_ref(cut)));
        note(&before.cuts);
        note(&joint(&before));
    }
    assert!(proved > 20, "only {proved} cuts were found");
    assert!(
        wrong.is_empty(),
        "{proved} proved, not so:\n{}",
        wrong.join("\n")
    );
}
