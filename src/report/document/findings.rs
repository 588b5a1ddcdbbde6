//! What is wrong, and what that means for catalogues of controls.

use super::{Block, Cell, Table, counted, place};
use crate::report::form::{Report, ReportFinding};
use crate::rule::{self, Source};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;

pub(super) fn findings(report: &Report) -> Vec<Block> {
    let standing = report.findings.iter().filter(|one| !one.waived);
    let rows: Vec<Vec<Cell>> = standing.map(row).collect();
    if rows.is_empty() {
        return vec![Block::Prose("No rule fails.".to_owned())];
    }
    vec![Block::Table(Table {
        columns: &["Severity", "Rule", "What is wrong", "Line", "What to do"],
        rows,
    })]
}

fn row(finding: &ReportFinding) -> Vec<Cell> {
    let mut says = finding.message.clone();
    if let Some(because) = &finding.severity_because {
        let _ = write!(says, " ({because})");
    }
    let remedy = rule::find(&finding.rule).map_or("", |rule| rule.remedy.text);
    vec![
        Cell::severity(&finding.severity, &finding.status),
        Cell::plain(finding.rule.clone()),
        Cell::plain(says),
        Cell::plain(finding.evidence.first().map(place).unwrap_or_default()),
        Cell::plain(remedy),
    ]
}

/// Catalogues of controls that people answer for; those of other programs are left out.
const CATALOGUES: [Source; 8] = [
    Source::Cis,
    Source::Nist,
    Source::Atlas,
    Source::OwaspLlm,
    Source::EuAiAct,
    Source::Gdpr,
    Source::Hipaa,
    Source::Soc2,
];

/// The controls that failing rules speak of.
pub(super) fn compliance(report: &Report) -> Vec<Block> {
    let mut controls: BTreeMap<(&str, String), (usize, BTreeSet<&str>)> = BTreeMap::new();
    let sure = report
        .findings
        .iter()
        .filter(|one| one.status == "fail" && !one.waived);
    for finding in sure {
        let Some(rule) = rule::find(&finding.rule) else {
            continue;
        };
        let mut add = |catalogue: &'static str, id: String| {
            let (count, rules) = controls.entry((catalogue, id)).or_default();
            *count += 1;
            rules.insert(rule.id);
        };
        for control in rule.controls {
            add("Microsoft cloud security benchmark", (*control).to_owned());
        }
        for reference in rule.parsed_references() {
            if CATALOGUES.contains(&reference.source) {
                add(reference.source.label(), reference.id);
            }
        }
    }
    if controls.is_empty() {
        return Vec::new();
    }
    let rows = controls
        .into_iter()
        .map(|((catalogue, id), (count, rules))| {
            let rules: Vec<&str> = rules.into_iter().collect();
            vec![
                Cell::plain(catalogue),
                Cell::plain(id),
                Cell::plain(counted(count, "finding", "findings")),
                Cell::plain(rules.join(", ")),
            ]
        });
    vec![
        Block::Prose(
            "Controls to which a failing rule belongs. What laws say is guidance, not legal \
             advice; a control without a row here is not thereby met."
                .to_owned(),
        ),
        Block::Table(Table {
            columns: &["Catalogue", "Control", "Failing", "Rules"],
            rows: rows.collect(),
        }),
    ]
}
