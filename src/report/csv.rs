//! The review as one list for a spreadsheet or a backlog.

use super::form::{Report, ReportEvidence};
use super::plain::plain;
use crate::rule;
use std::borrow::Cow;
use std::collections::BTreeMap;

/// The columns.
const COLUMNS: [&str; 16] = [
    "kind",
    "severity",
    "status",
    "rule",
    "title",
    "name",
    "type",
    "door",
    "message",
    "remedy",
    "file",
    "line",
    "column",
    "waived",
    "resource",
    "fingerprint",
];

/// The exposures, findings and deviations of `reports`, a row each, below a head; CRLF ends a row,
/// as RFC 4180 has it. No cell begins a formula.
pub fn write_csv(reports: &[Report]) -> String {
    let mut writer = ::csv::WriterBuilder::new()
        .terminator(::csv::Terminator::CRLF)
        .from_writer(Vec::new());
    let mut write = |row: [&str; 16]| {
        let cells = row.map(|cell| without_formula(cell).into_owned());
        // Memory takes every row.
        let _ = writer.write_record(&cells);
    };
    write(COLUMNS);
    for report in reports {
        write_report(report, &mut write);
    }
    let bytes = writer.into_inner().unwrap_or_default();
    String::from_utf8(bytes).unwrap_or_default()
}

/// The name and type of every resource by its identifier.
type Names<'a> = BTreeMap<&'a str, (&'a str, &'a str)>;

fn write_report(report: &Report, write: &mut impl FnMut([&str; 16])) {
    let resources = report.resources.iter();
    let names: Names<'_> = resources
        .map(|one| (&*one.id, (&*one.name, &*one.resource_type)))
        .collect();
    write_exposures(report, write);
    write_findings(report, &names, write);
    write_deviations(report, &names, write);
}

fn about<'a>(names: &Names<'a>, id: Option<&str>) -> (&'a str, &'a str) {
    id.and_then(|id| names.get(id)).copied().unwrap_or_default()
}

fn write_exposures(report: &Report, write: &mut impl FnMut([&str; 16])) {
    for one in &report.exposures {
        let evidence = one.paths.first().and_then(|path| {
            let hops = path.hops.iter().rev();
            hops.flat_map(|hop| &hop.evidence).next()
        });
        let blocker = one.blockers.first().and_then(|one| one.evidence.first());
        let (file, line, column) = place(evidence.or(blocker));
        let open_to = one.open_to.as_deref().unwrap_or_default();
        write([
            "exposure",
            open_to,
            &one.verdict,
            "",
            "",
            &one.name,
            &one.resource_type,
            &one.door,
            &one.summary,
            "",
            &file,
            &line,
            &column,
            "",
            &one.resource,
            "",
        ]);
    }
}

fn write_findings(report: &Report, names: &Names<'_>, write: &mut impl FnMut([&str; 16])) {
    for one in &report.findings {
        let (name, kind) = about(names, one.resource.as_deref());
        let (file, line, column) = place(one.evidence.first());
        let rule = rule::find(&one.rule);
        let title = rule.map_or("", |rule| rule.title);
        let remedy = rule.map_or("", |rule| rule.remedy.text);
        let waived = if one.waived { "yes" } else { "no" };
        let id = one.resource.as_deref().unwrap_or_default();
        write([
            "finding",
            &one.severity,
            &one.status,
            &one.rule,
            title,
            name,
            kind,
            "",
            &one.message,
            remedy,
            &file,
            &line,
            &column,
            waived,
            id,
            &one.fingerprint,
        ]);
    }
}

fn write_deviations(report: &Report, names: &Names<'_>, write: &mut impl FnMut([&str; 16])) {
    for one in &report.deviations {
        let (name, kind) = about(names, one.resource.as_deref());
        let (file, line, column) = place(one.evidence.first());
        let title = one.expectation.as_deref().unwrap_or_default();
        let id = one.resource.as_deref().unwrap_or_default();
        write([
            "deviation",
            &one.severity,
            &one.status,
            &one.kind,
            title,
            name,
            kind,
            &one.door,
            &one.message,
            "",
            &file,
            &line,
            &column,
            "no",
            id,
            &one.fingerprint,
        ]);
    }
}

fn place(evidence: Option<&ReportEvidence>) -> (String, String, String) {
    evidence.map_or_else(Default::default, |one| {
        (
            one.file.clone(),
            one.line.to_string(),
            one.column.to_string(),
        )
    })
}

/// `cell` with an apostrophe before it where a spreadsheet would take it for a formula.
fn without_formula(cell: &str) -> Cow<'_, str> {
    let cell = plain(cell);
    // Spreadsheets look past spaces, and take full-width signs for the plain ones.
    let first = cell.trim_start().chars().next();
    match first {
        Some('=' | '+' | '-' | '@' | '|' | '%' | '＝' | '＋' | '－' | '＠') => {
            Cow::Owned(format!("'{cell}"))
        }
        _ => cell,
    }
}

#[cfg(test)]
mod tests {
    use super::without_formula;

    #[test]
    fn no_cell_begins_a_formula() {
        for text in ["=1+1", "+1", "-1", "@x", " =1", "\t=1", "＝1", "|x"] {
            assert!(without_formula(text).starts_with('\''), "{text}");
        }
        assert_eq!(without_formula("kv-prod"), "kv-prod");
    }
}
