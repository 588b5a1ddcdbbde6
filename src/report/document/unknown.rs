//! What was looked at, what was taken for granted, and what could not be told.

use super::{Block, Cell, Table, code, counted, sentence};
use crate::report::form::{Report, ReportAssumption, ReportEvidence};
use std::collections::BTreeMap;

pub(super) fn coverage(report: &Report) -> Vec<Block> {
    if report.resources.is_empty() {
        return Vec::new();
    }
    let mut types: BTreeMap<(&str, &str), usize> = BTreeMap::new();
    for resource in &report.resources {
        let key = (resource.coverage.as_str(), resource.resource_type.as_str());
        *types.entry(key).or_default() += 1;
    }
    let count = |coverage: &str| {
        let resources = report.resources.iter();
        resources.filter(|one| one.coverage == coverage).count()
    };
    let total = counted(report.resources.len(), "resource", "resources");
    let text = format!(
        "{total}: {} judged in full, {} in part, {} shown only.",
        count("modelled"),
        count("partial"),
        count("shown")
    );
    let rows: Vec<Vec<Cell>> = types
        .iter()
        .filter(|((coverage, _), _)| *coverage != "modelled")
        .map(|((coverage, resource_type), count)| {
            vec![
                Cell::plain(*resource_type),
                Cell::plain(count.to_string()),
                Cell::plain(match *coverage {
                    "partial" => "judged in part",
                    _ => "shown only",
                }),
            ]
        })
        .collect();
    let mut blocks = vec![Block::Prose(text)];
    if !rows.is_empty() {
        blocks.push(Block::Table(Table {
            columns: &["Type", "Resources", "Coverage"],
            rows,
        }));
    }
    blocks
}

/// What verdicts and findings rest on without proof.
pub(super) fn assumptions(report: &Report) -> Vec<Block> {
    let mut assumed: Vec<String> = Vec::new();
    let mut add = |evidence: &ReportEvidence| {
        if evidence.basis == "assumed" {
            let says = sentence(&evidence.says);
            if !assumed.contains(&says) {
                assumed.push(says);
            }
        }
    };
    for exposure in &report.exposures {
        let hops = exposure.paths.iter().flat_map(|path| &path.hops);
        hops.flat_map(|hop| &hop.evidence).for_each(&mut add);
        let blockers = exposure.blockers.iter();
        blockers.flat_map(|one| &one.evidence).for_each(&mut add);
    }
    let findings = report.findings.iter();
    findings.flat_map(|one| &one.evidence).for_each(&mut add);
    let told = report.assumptions.iter().map(|one| {
        let says = sentence(&one.says);
        let start = if one.granted {
            "Granted"
        } else {
            "Not granted"
        };
        format!("{start}: {says} {}", flip_words(one))
    });
    let mut blocks = vec![
        Block::Prose("What no input shows is taken for granted or not:".to_owned()),
        Block::List(told.collect()),
    ];
    if !assumed.is_empty() {
        blocks.insert(0, Block::List(assumed));
    }
    blocks
}

/// What would be told otherwise with an assumption switched, as sentences.
fn flip_words(assumption: &ReportAssumption) -> String {
    let with = if assumption.granted {
        "Without"
    } else {
        "With"
    };
    let doors = match assumption.flips.len() {
        0 => None,
        1 => Some("1 door would stand otherwise".to_owned()),
        count => Some(format!("{count} doors would stand otherwise")),
    };
    let egress = match assumption.egress.len() {
        0 => None,
        1 => Some("what gets out of 1 resource would be told otherwise".to_owned()),
        count => Some(format!(
            "what gets out of {count} resources would be told otherwise"
        )),
    };
    match (doors, egress) {
        (None, None) => "Nothing here hangs on it.".to_owned(),
        (Some(one), None) | (None, Some(one)) => format!("{with} it {one}."),
        (Some(doors), Some(egress)) => format!("{with} it {doors}, and {egress}."),
    }
}

/// What is to say about the inputs, a row each.
fn message_rows(report: &Report) -> Vec<Vec<Cell>> {
    report
        .diagnostics
        .iter()
        .map(|one| {
            let place = match (&one.file, one.line) {
                (Some(file), Some(line)) => code(&format!("{file}:{line}")),
                (Some(file), None) => code(file),
                _ => String::new(),
            };
            vec![
                Cell::plain(one.level.clone()),
                Cell::plain(one.message.clone()),
                Cell::plain(place),
            ]
        })
        .collect()
}

/// What no input told, with what would tell; and what of the inputs could not be used.
pub(super) fn left_out(report: &Report) -> Vec<Block> {
    let mut open: Vec<(&str, &str, Option<&str>)> = Vec::new();
    for unknown in report.exposures.iter().flat_map(|one| &one.unknowns) {
        let row = (
            unknown.why.as_str(),
            unknown.settle.as_str(),
            unknown.command.as_deref(),
        );
        if !open.contains(&row) {
            open.push(row);
        }
    }
    let mut blocks = Vec::new();
    if !open.is_empty() {
        let rows = open.into_iter().map(|(why, settle, command)| {
            vec![
                Cell::plain(why),
                Cell::plain(settle),
                Cell::plain(command.map(code).unwrap_or_default()),
            ]
        });
        blocks.push(Block::Table(Table {
            columns: &["Open", "Settled by", "Command"],
            rows: rows.collect(),
        }));
    }
    let rows = message_rows(report);
    if !rows.is_empty() {
        let table = Table {
            columns: &["Level", "About the inputs", "Line"],
            rows,
        };
        blocks.push(Block::Group(
            "Messages".to_owned(),
            vec![Block::Table(table)],
        ));
    }
    let idle = report.resources.iter().filter(|one| one.not_deployed);
    let idle: Vec<String> = idle.map(|one| code(&one.name)).collect();
    if !idle.is_empty() {
        let text = format!(
            "Not deployed, by a condition that is false: {}.",
            idle.join(", ")
        );
        blocks.push(Block::Prose(text));
    }
    blocks
}
