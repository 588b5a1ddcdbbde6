//! `sightline cut`: the fewest changes that close every way to one target, or to all.

use super::review::ReviewOptions;
use super::{exit_code, input, message, output};
use crate::analysis::{Analysis, analyse, cut_together, summarise};
use crate::edit::{TextEdit, edits_of, review_with};
use crate::reachability::{Cut, Verdict};
use crate::report::{TextStyle, write_cut};
use crate::resource::kind::Asset;
use crate::resource::{Resource, ResourceIndex};
use clap::Args;
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::io;
use std::path::PathBuf;

/// The options of `cut`.
#[derive(Debug, Args)]
pub struct Options {
    /// The resource to close: its name, the last part of its name, or its identifier (default:
    /// everything that holds models or data)
    #[arg(long, value_name = "NAME")]
    to: Option<String>,
    /// Files, directories (searched for *.json), or - for standard input
    #[arg(value_name = "INPUT", required = true)]
    inputs: Vec<PathBuf>,
    #[command(flatten)]
    review: ReviewOptions,
    /// Write the result to this file instead of standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,
}

/// Prints the changes, and whether the inputs with the changes made prove closed.
pub(super) fn run(options: &Options) -> io::Result<u8> {
    let files = input::read_files(&options.inputs)?;
    let analysis = analyse(files, &options.review.read()?);
    let code = options.review.say(&analysis);
    let targets = targets(&analysis, options.to.as_deref());
    if let (Some(name), true) = (&options.to, targets.is_empty()) {
        message::say(&format!(
            "error: nothing called `{name}` has a door in the inputs"
        ));
        return Ok(code.max(exit_code::USAGE));
    }
    let style = TextStyle {
        colour: options.output.is_none() && output::wants_colour(),
    };
    output::write(options.output.as_deref(), &tell(&analysis, &targets, style))?;
    Ok(code)
}

/// The resources that are to be closed, in the order of exposures, each once.
fn targets(analysis: &Analysis, name: Option<&str>) -> Vec<ResourceIndex> {
    let mut seen = BTreeSet::new();
    let wanted: Vec<_> = if let Some(name) = name {
        analysis.exposures_called(name).collect()
    } else {
        let all = analysis.exposures.iter();
        all.filter(|one| analysis.resource_of(one).is_some_and(holds_models_or_data))
            .collect()
    };
    let indices = wanted.iter().map(|exposure| exposure.resource);
    indices.filter(|index| seen.insert(*index)).collect()
}

fn holds_models_or_data(resource: &Resource) -> bool {
    let asset = resource.kind().map(|kind| kind.asset);
    matches!(
        asset,
        Some(Asset::MachineLearning | Asset::Data | Asset::Secret | Asset::Registry)
    )
}

fn tell(analysis: &Analysis, targets: &[ResourceIndex], style: TextStyle) -> String {
    let (open, closed): (Vec<ResourceIndex>, Vec<ResourceIndex>) =
        targets.iter().partition(|index| is_open(analysis, **index));
    if open.is_empty() {
        return match closed.len() {
            0 => "Nothing in the inputs holds models or data.\n".to_owned(),
            _ => "Every way is closed already.\n".to_owned(),
        };
    }
    let (can, cannot): (Vec<ResourceIndex>, Vec<ResourceIndex>) = open
        .iter()
        .partition(|index| analysis.cuts.iter().any(|cut| cut.resource == **index));
    let mut out = String::new();
    match cut_together(analysis, &can).filter(|cut| !cut.remedies.is_empty()) {
        Some(cut) => {
            out.push_str(&write_cut(analysis, &can, &cut, style));
            out.push_str(prove(analysis, &can, &cut));
        }
        None if can.is_empty() => {}
        None => out.push_str("No set of changes was found within the bound of steps.\n"),
    }
    for index in cannot {
        let name = analysis.inventory.get(index).map_or("", |one| &*one.name);
        let _ = writeln!(
            out,
            "No change of properties in the inputs closes `{name}`."
        );
        let doors = analysis
            .exposures
            .iter()
            .filter(|one| one.resource == index && one.verdict != Verdict::Blocked);
        for exposure in doors {
            let _ = writeln!(out, "  {}", summarise(analysis, exposure));
        }
    }
    out
}

/// Whether somebody gets, or may get, to a door of the resource or past one.
fn is_open(analysis: &Analysis, index: ResourceIndex) -> bool {
    let exposures = analysis.exposures.iter();
    exposures
        .filter(|one| one.resource == index)
        .any(|one| one.verdict != Verdict::Blocked || !one.inner_paths.is_empty())
}

/// What the review of the inputs with the changes made says of `closes`.
fn prove(analysis: &Analysis, closes: &[ResourceIndex], cut: &Cut) -> &'static str {
    let mut edits: Vec<TextEdit> = Vec::new();
    for edit in cut
        .remedies
        .iter()
        .filter_map(|one| edits_of(analysis, one).ok())
        .flatten()
    {
        if !edits.contains(&edit) {
            edits.push(edit);
        }
    }
    let Ok(after) = review_with(analysis, &edits) else {
        return "  The changes could not be made in the text.\n";
    };
    let ids: BTreeSet<&str> = closes
        .iter()
        .filter_map(|index| analysis.inventory.get(*index))
        .map(|resource| resource.id.as_str())
        .collect();
    let still = after
        .inventory
        .iter()
        .any(|(index, resource)| ids.contains(resource.id.as_str()) && is_open(&after, index));
    if still {
        "  Made in the text and reviewed again: a way is still open.\n"
    } else {
        "  Made in the text and reviewed again: closed.\n"
    }
}
