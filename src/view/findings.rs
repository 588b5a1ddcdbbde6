//! The table of findings.

use super::appearance::Appearance;
use crate::analysis::Analysis;
use crate::diagram::Mark;
use crate::rule::{Severity, Status};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row: what one rule says of one resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingRow {
    /// The identity of the finding, to select it by.
    pub fingerprint: String,
    /// The rule's identifier: `SL-STG-001`.
    pub rule: String,
    /// The bad state as a headline.
    pub title: String,
    /// How much it matters here.
    pub mark: Mark,
    /// Whether the inputs do not tell that the rule fails.
    pub undetermined: bool,
    /// Whether the reviewer has waived it.
    pub waived: bool,
    /// The identifier of the resource; empty where it is about none.
    pub resource: String,
    /// The resource's name.
    pub name: String,
    /// What people call the resource's type.
    pub kind: String,
    /// What is wrong.
    pub message: String,
    /// The file of the line to show.
    pub file: String,
    /// The line to show, from 1.
    pub line: u32,
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct FindingQuery {
    /// Words that must all occur in the rule, title, name, type or message.
    pub text: String,
    /// Only these severities; all where empty.
    pub marks: Vec<Mark>,
    /// Only findings about this resource.
    pub resource: Option<String>,
    /// Whether waived findings are wanted as well.
    pub waived: bool,
    /// The first row wanted, from 0.
    pub first: usize,
    /// How many rows are wanted; at most [`FindingQuery::ROWS`] are given.
    pub count: usize,
    /// A row whose place is wanted, by its fingerprint.
    pub locate: Option<String>,
}

impl FindingQuery {
    /// The most rows that one window holds.
    pub const ROWS: usize = 200;
}

/// The rows of a window, and what there is around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct FindingWindow {
    /// All findings.
    pub total: usize,
    /// Those that match.
    pub matching: usize,
    /// The place of the first row given, from 0.
    pub first: usize,
    /// The rows.
    pub rows: Vec<FindingRow>,
    /// The place of the row asked for among those that match.
    pub located: Option<usize>,
    /// How many of all findings have each severity, the worst first.
    pub marks: Vec<(Mark, usize)>,
}

/// All findings of a review.
#[derive(Clone, Debug, Default)]
pub struct Findings {
    rows: Vec<FindingRow>,
    texts: Vec<String>,
}

impl Findings {
    /// The findings of `analysis`, worst first.
    pub fn new(analysis: &Analysis) -> Self {
        Self::of(rows_of(analysis))
    }

    fn of(mut rows: Vec<FindingRow>) -> Self {
        rows.sort_by_key(|row| (row.undetermined, row.mark));
        let texts = rows.iter().map(text_of).collect();
        Self { rows, texts }
    }

    /// All rows, worst first.
    pub fn rows(&self) -> &[FindingRow] {
        &self.rows
    }

    /// The finding called `fingerprint`.
    pub fn find(&self, fingerprint: &str) -> Option<&FindingRow> {
        self.rows.iter().find(|row| row.fingerprint == fingerprint)
    }

    /// The findings about the resource `id`, worst first.
    pub fn of_resource<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a FindingRow> {
        self.rows
            .iter()
            .filter(move |row| row.resource.eq_ignore_ascii_case(id))
    }

    /// How many findings there are about each resource, by identifier, and the worst of those that
    /// are sure. O(rows log rows).
    pub fn by_resource(&self) -> BTreeMap<&str, (usize, Option<Mark>)> {
        let mut found: BTreeMap<&str, (usize, Option<Mark>)> = BTreeMap::new();
        for row in &self.rows {
            let (count, worst) = found.entry(&row.resource).or_default();
            *count += 1;
            if !row.undetermined && !row.waived {
                *worst = Some(worst.map_or(row.mark, |known| known.min(row.mark)));
            }
        }
        found
    }

    /// The window that `query` asks for. O(rows).
    pub fn window(&self, query: &FindingQuery) -> FindingWindow {
        let words: Vec<String> = query
            .text
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let found: Vec<&FindingRow> = self
            .rows
            .iter()
            .zip(&self.texts)
            .filter(|(row, text)| {
                words.iter().all(|word| text.contains(word))
                    && (query.marks.is_empty() || query.marks.contains(&row.mark))
                    && (query.waived || !row.waived)
                    && query
                        .resource
                        .as_ref()
                        .is_none_or(|id| row.resource.eq_ignore_ascii_case(id))
            })
            .map(|(row, _)| row)
            .collect();
        let located = query
            .locate
            .as_ref()
            .and_then(|key| found.iter().position(|row| row.fingerprint == *key));
        FindingWindow {
            total: self.rows.len(),
            matching: found.len(),
            first: query.first.min(found.len()),
            rows: found
                .iter()
                .skip(query.first)
                .take(query.count.min(FindingQuery::ROWS))
                .map(|row| (*row).clone())
                .collect(),
            located,
            marks: self.marks(),
        }
    }

    /// How many findings have each severity, the worst first; severities without any are left out.
    pub fn marks(&self) -> Vec<(Mark, usize)> {
        let mut marks: BTreeMap<Mark, usize> = BTreeMap::new();
        for row in &self.rows {
            *marks.entry(row.mark).or_default() += 1;
        }
        marks.into_iter().collect()
    }
}

/// A row for each finding, in the order of the review.
fn rows_of(analysis: &Analysis) -> Vec<FindingRow> {
    analysis
        .findings
        .iter()
        .map(|finding| {
            let resource = finding.resource.and_then(|at| analysis.inventory.get(at));
            let span = finding.evidence.first().map(|one| one.span);
            let place = span.and_then(|span| analysis.sources.locate(span));
            let file = analysis.sources.get(finding.file);
            FindingRow {
                fingerprint: finding.fingerprint.clone(),
                rule: finding.rule.id.to_owned(),
                title: finding.rule.title.to_owned(),
                mark: mark_of(finding.severity),
                undetermined: finding.status == Status::Undetermined,
                waived: finding.waived.is_some(),
                resource: resource.map_or_else(String::new, |one| one.id.to_string()),
                name: resource.map_or_else(String::new, |one| one.name.to_string()),
                kind: resource.map_or_else(String::new, |one| Appearance::of(one).kind),
                message: finding.message.clone(),
                file: place.map_or_else(
                    || file.map_or_else(String::new, |file| file.name().to_string()),
                    |(file, _)| file.to_owned(),
                ),
                line: place.map_or(1, |(_, position)| position.line),
            }
        })
        .collect()
}

/// The mark of a severity.
fn mark_of(severity: Severity) -> Mark {
    match severity {
        Severity::Critical => Mark::Critical,
        Severity::High => Mark::High,
        Severity::Medium => Mark::Medium,
        Severity::Low => Mark::Low,
        Severity::Info => Mark::Note,
    }
}

fn text_of(row: &FindingRow) -> String {
    let text = format!(
        "{} {} {} {} {}",
        row.rule, row.title, row.name, row.kind, row.message
    );
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn row(at: u32, mark: Mark, undetermined: bool) -> FindingRow {
        FindingRow {
            fingerprint: format!("f{at}"),
            rule: format!("SL-TST-{at:03}"),
            title: "Something is open".to_owned(),
            mark,
            undetermined,
            waived: at == 3,
            resource: format!("/r/{}", at % 2),
            name: "thing".to_owned(),
            kind: "Thing".to_owned(),
            message: "`thing`: it is open".to_owned(),
            file: "a.json".to_owned(),
            line: at,
        }
    }

    fn names(window: &FindingWindow) -> Vec<&str> {
        window
            .rows
            .iter()
            .map(|row| row.fingerprint.as_str())
            .collect()
    }

    #[test]
    fn sure_findings_come_first_and_worse_before_milder() {
        let rows = vec![
            row(1, Mark::Low, false),
            row(2, Mark::Critical, true),
            row(3, Mark::High, false),
            row(4, Mark::Critical, false),
        ];
        let findings = Findings::of(rows);
        let mut query = FindingQuery {
            count: 9,
            ..FindingQuery::default()
        };
        assert_eq!(names(&findings.window(&query)), ["f4", "f1", "f2"]);
        query.waived = true;
        assert_eq!(names(&findings.window(&query)), ["f4", "f3", "f1", "f2"]);
        query.marks = vec![Mark::Critical];
        assert_eq!(names(&findings.window(&query)), ["f4", "f2"]);
        query.resource = Some("/R/1".to_owned());
        assert_eq!(findings.window(&query).matching, 0);
        assert_eq!(
            findings.marks(),
            [(Mark::Critical, 2), (Mark::High, 1), (Mark::Low, 1)]
        );
    }
}
