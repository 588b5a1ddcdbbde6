//! What can be reached, by which ways, and what blocks the others.

use super::{Block, Cell, Table, Tone, code, counted, place, sentence, short_name};
use crate::report::form::{Report, ReportExposure, ReportPath};
use std::fmt::Write as _;

/// How many verdicts the summary tells in full sentences.
const SENTENCES: usize = 6;
/// How many paths to one door are told.
const PATH_LIMIT: usize = 3;

/// The review in a few sentences.
pub(super) fn summary(report: &Report) -> Vec<Block> {
    let mut blocks = vec![Block::Prose(sentence(&report.summary))];
    if let Some(text) = weigh(report) {
        blocks.push(Block::Prose(text));
    }
    let open = report
        .exposures
        .iter()
        .filter(|one| one.verdict != "blocked");
    let worst: Vec<String> = open
        .take(SENTENCES)
        .map(|one| sentence(&one.summary))
        .collect();
    if !worst.is_empty() {
        blocks.push(Block::List(worst));
    }
    blocks
}

/// How many findings there are of each weight, and how many stand.
fn weigh(report: &Report) -> Option<String> {
    let sure = || {
        let findings = report.findings.iter();
        findings.filter(|one| one.status == "fail" && !one.waived)
    };
    let mut parts = Vec::new();
    for severity in ["critical", "high", "medium", "low"] {
        let count = sure().filter(|one| one.severity == severity).count();
        if count > 0 {
            parts.push(format!("{count} {severity}"));
        }
    }
    let mut text = match parts.len() {
        0 => return None,
        _ => format!("Findings: {}", parts.join(", ")),
    };
    let waived = report.findings.iter().filter(|one| one.waived).count();
    if waived > 0 {
        let _ = write!(text, "; {waived} let stand");
    }
    let deviations = report.deviations.len();
    if deviations > 0 {
        let words = counted(deviations, "deviation", "deviations");
        let _ = write!(text, "; {words} from the intent");
    }
    text.push('.');
    Some(text)
}

/// How every door stands.
pub(super) fn table(report: &Report) -> Vec<Block> {
    if report.exposures.is_empty() {
        return vec![Block::Prose(
            "Nothing in the inputs answers on a network.".to_owned(),
        )];
    }
    let rows = report.exposures.iter().map(|exposure| {
        vec![
            Cell::plain(title(exposure)),
            Cell::plain(kind(&exposure.resource_type)),
            verdict(exposure),
            Cell::plain(ports(exposure)),
            Cell::plain(exposure.authentication.join(", ")),
        ]
    });
    vec![Block::Table(Table {
        columns: &["Name", "Type", "From the internet", "Ports", "Asks for"],
        rows: rows.collect(),
    })]
}

fn title(exposure: &ReportExposure) -> String {
    match exposure.door.as_str() {
        "main" => code(&exposure.name),
        door => format!("{} {door}", code(&exposure.name)),
    }
}

/// The type without its namespace's first word: `Storage/storageAccounts`.
fn kind(resource_type: &str) -> String {
    let short = resource_type.strip_prefix("Microsoft.");
    short.unwrap_or(resource_type).to_owned()
}

fn verdict(exposure: &ReportExposure) -> Cell {
    match (exposure.verdict.as_str(), exposure.open_to.as_deref()) {
        ("reachable", Some("listed")) => Cell::toned("listed addresses only", Tone::Medium),
        ("reachable", Some("azureTenants")) => Cell::toned("any Azure customer", Tone::High),
        ("reachable", _) => Cell::toned("open to anyone", Tone::Critical),
        ("conditional", _) => Cell::toned("left open by the template", Tone::Low),
        ("undetermined", _) => Cell::toned("cannot be told", Tone::Undetermined),
        _ => Cell::toned("blocked", Tone::Blocked),
    }
}

fn ports(exposure: &ReportExposure) -> String {
    if exposure.verdict == "blocked" {
        return String::new();
    }
    let mut words: Vec<String> = Vec::new();
    for flow in &exposure.flows {
        let word = format!("{} {}", flow.protocol.to_lowercase(), flow.ports);
        if !words.contains(&word) {
            words.push(word);
        }
    }
    words.join(", ")
}

/// The ways to what is open, step by step, and what blocks the rest.
pub(super) fn paths(report: &Report) -> Vec<Block> {
    let mut blocks = Vec::new();
    for exposure in &report.exposures {
        for path in exposure.paths.iter().take(PATH_LIMIT) {
            blocks.push(way(exposure, path));
        }
        let more = exposure.paths.len().saturating_sub(PATH_LIMIT);
        if more > 0 {
            let words = counted(more, "more way leads", "more ways lead");
            blocks.push(Block::Prose(format!("{words} to {}.", title(exposure))));
        }
    }
    let blocked = || {
        report
            .exposures
            .iter()
            .filter(|one| one.verdict == "blocked")
    };
    let rows: Vec<Vec<Cell>> = blocked()
        .map(|exposure| {
            let first = exposure.blockers.first();
            let evidence = first.and_then(|one| one.evidence.first());
            let others = exposure.blockers.len().saturating_sub(1);
            let alone = exposure.blockers.iter().any(|one| one.alone);
            let mut says = first.map_or("no way leads there".to_owned(), |one| one.says.clone());
            if others > 0 {
                let words = counted(others, "control", "controls");
                let _ = write!(says, ", and {words} besides");
            }
            if alone {
                says.push_str("; nothing else stands in the way");
            }
            vec![
                Cell::plain(title(exposure)),
                Cell::plain(says),
                Cell::plain(evidence.map(place).unwrap_or_default()),
            ]
        })
        .collect();
    if !rows.is_empty() {
        let table = Block::Table(Table {
            columns: &["Name", "Blocked by", "Line"],
            rows,
        });
        blocks.push(Block::Group("Blocked".to_owned(), vec![table]));
    }
    blocks
}

fn way(exposure: &ReportExposure, path: &ReportPath) -> Block {
    let mut rows = Vec::new();
    for (at, hop) in path.hops.iter().enumerate() {
        let step = format!(
            "{}. {} to {}",
            at + 1,
            code(short_name(&hop.from)),
            code(short_name(&hop.to))
        );
        if hop.evidence.is_empty() {
            rows.push(vec![Cell::plain(step), Cell::plain(""), Cell::plain("")]);
            continue;
        }
        for (number, evidence) in hop.evidence.iter().enumerate() {
            let step = if number == 0 { step.as_str() } else { "" };
            let says = match evidence.basis.as_str() {
                "stated" => evidence.says.clone(),
                basis => format!("{} ({basis})", evidence.says),
            };
            rows.push(vec![
                Cell::plain(step),
                Cell::plain(says),
                Cell::plain(place(evidence)),
            ]);
        }
    }
    let heading = if path.assumes_compromise {
        format!(
            "If what stands on the way is broken into, {} is reached",
            title(exposure)
        )
    } else {
        exposure.summary.clone()
    };
    let table = Table {
        columns: &["Step", "Because", "Line"],
        rows,
    };
    Block::Group(heading, vec![Block::Table(table)])
}
