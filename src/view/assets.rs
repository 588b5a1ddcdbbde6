//! The table of assets: a row for each exposure, worst first.

use super::appearance::Appearance;
use super::findings::Findings;
use super::reason::reason_of;
use super::standing::{Outcome, Standing, all_paths};
use crate::analysis::Analysis;
use crate::diagram::{Icon, Mark};
use crate::reachability::Exposure;
use serde::{Deserialize, Serialize};
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// A row: one door of one resource.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetRow {
    /// The identity of the exposure, to select it by.
    pub key: String,
    /// The identifier of the resource, which is that of its box in the picture.
    pub resource: String,
    /// The resource's name.
    pub name: String,
    /// The door, where the resource has more than the one.
    pub door: Option<String>,
    /// What people call the resource's type.
    pub kind: String,
    /// Its picture.
    pub icon: Icon,
    /// The verdict.
    pub standing: Standing,
    /// The one word why: `tcp 22`, `public access off`.
    pub why: String,
    /// What it takes as proof of who is calling.
    pub authentication: Vec<String>,
    /// What it may take.
    pub authentication_unknown: Vec<String>,
    /// The ways that are listed for it.
    pub paths: usize,
    /// The findings about the resource.
    pub findings: usize,
    /// The worst of those that are sure.
    pub finding_mark: Option<Mark>,
}

/// By what rows are sorted.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum AssetSort {
    /// Severity, then verdict and to whom.
    #[default]
    Worst,
    /// Name.
    Name,
    /// Type, then severity.
    Kind,
    /// Verdict, then severity.
    Verdict,
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct AssetQuery {
    /// Words that must all occur in the name, type, verdict, reason or authentication.
    pub text: String,
    /// Only these verdicts; all where empty.
    pub outcomes: Vec<Outcome>,
    /// Only these types, as rows call them; all where empty.
    pub kinds: Vec<String>,
    /// The order.
    pub sort: AssetSort,
    /// Whether the order is turned round.
    pub reverse: bool,
    /// The first row wanted, from 0.
    pub first: usize,
    /// How many rows are wanted; at most [`AssetQuery::ROWS`] are given.
    pub count: usize,
    /// A row whose place is wanted, by its key.
    pub locate: Option<String>,
}

impl AssetQuery {
    /// The most rows that one window holds.
    pub const ROWS: usize = 200;
}

/// The rows of a window, and what there is around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssetWindow {
    /// All rows.
    pub total: usize,
    /// The rows that match.
    pub matching: usize,
    /// The place of the first row given, from 0.
    pub first: usize,
    /// The rows.
    pub rows: Vec<AssetRow>,
    /// The place of the row asked for among those that match.
    pub located: Option<usize>,
    /// How many of all rows have each verdict, the most open first.
    pub outcomes: Vec<(Outcome, usize)>,
    /// How many of all rows are of each type, by name.
    pub kinds: Vec<(String, usize)>,
}

/// All rows of a review.
#[derive(Clone, Debug, Default)]
pub struct Assets {
    rows: Vec<AssetRow>,
    /// What is searched, row by row.
    texts: Vec<String>,
}

/// The identity of an exposure.
pub fn key_of(analysis: &Analysis, exposure: &Exposure) -> String {
    let id = analysis
        .resource_of(exposure)
        .map_or("", |resource| resource.id.as_str());
    format!("{id}#{}", analysis.door_name(exposure))
}

impl Assets {
    /// The rows of `analysis`, worst first. O(exposures).
    pub fn new(analysis: &Analysis, findings: &Findings) -> Self {
        let by_resource = findings.by_resource();
        let mut doors: BTreeMap<_, usize> = BTreeMap::new();
        for exposure in &analysis.exposures {
            *doors.entry(exposure.resource).or_default() += 1;
        }
        let mut rows: Vec<AssetRow> = analysis
            .exposures
            .iter()
            .map(|exposure| {
                let many = doors
                    .get(&exposure.resource)
                    .is_some_and(|count| *count > 1);
                let mut row = row_of(analysis, exposure, many);
                let found = by_resource.get(row.resource.as_str()).copied();
                (row.findings, row.finding_mark) = found.unwrap_or_default();
                row
            })
            .collect();
        // Within a severity the order of the review stays.
        rows.sort_by_key(worst);
        let texts = rows.iter().map(text_of).collect();
        Self { rows, texts }
    }

    /// All rows, worst first.
    pub fn rows(&self) -> &[AssetRow] {
        &self.rows
    }

    /// The row of the exposure `key`.
    pub fn find(&self, key: &str) -> Option<&AssetRow> {
        self.rows.iter().find(|row| row.key == key)
    }

    /// The rows about the resource `id`, worst first.
    pub fn of_resource<'a>(&'a self, id: &'a str) -> impl Iterator<Item = &'a AssetRow> {
        self.rows
            .iter()
            .filter(move |row| row.resource.eq_ignore_ascii_case(id))
    }

    /// The window that `query` asks for. O(rows log rows).
    pub fn window(&self, query: &AssetQuery) -> AssetWindow {
        let words: Vec<String> = query
            .text
            .split_whitespace()
            .map(str::to_lowercase)
            .collect();
        let mut found: Vec<&AssetRow> = self
            .rows
            .iter()
            .zip(&self.texts)
            .filter(|(row, text)| {
                words.iter().all(|word| text.contains(word))
                    && (query.outcomes.is_empty() || query.outcomes.contains(&row.standing.outcome))
                    && (query.kinds.is_empty() || query.kinds.contains(&row.kind))
            })
            .map(|(row, _)| row)
            .collect();
        match query.sort {
            AssetSort::Worst => {}
            AssetSort::Name => found.sort_by_key(|row| (row.name.to_lowercase(), row.door.clone())),
            AssetSort::Kind => found.sort_by(|a, b| a.kind.cmp(&b.kind)),
            AssetSort::Verdict => {
                found.sort_by_key(|row| (row.standing.outcome, row.standing.tone));
            }
        }
        if query.reverse {
            found.reverse();
        }
        let located = query
            .locate
            .as_ref()
            .and_then(|key| found.iter().position(|row| row.key == *key));
        AssetWindow {
            total: self.rows.len(),
            matching: found.len(),
            first: query.first.min(found.len()),
            rows: found
                .iter()
                .skip(query.first)
                .take(query.count.min(AssetQuery::ROWS))
                .map(|row| (*row).clone())
                .collect(),
            located,
            outcomes: self.outcomes(),
            kinds: self.kinds(),
        }
    }

    /// How many rows have each verdict, the most open first.
    pub fn outcomes(&self) -> Vec<(Outcome, usize)> {
        let count = |outcome| {
            let rows = self.rows.iter();
            rows.filter(|row| row.standing.outcome == outcome).count()
        };
        Outcome::ALL
            .map(|outcome| (outcome, count(outcome)))
            .to_vec()
    }

    fn kinds(&self) -> Vec<(String, usize)> {
        let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
        for row in &self.rows {
            *kinds.entry(&row.kind).or_default() += 1;
        }
        kinds
            .into_iter()
            .map(|(kind, count)| (kind.to_owned(), count))
            .collect()
    }
}

fn worst(
    row: &AssetRow,
) -> (
    bool,
    Option<Mark>,
    Outcome,
    crate::diagram::Tone,
    Reverse<usize>,
) {
    let standing = &row.standing;
    (
        standing.mark.is_none(),
        standing.mark,
        standing.outcome,
        standing.tone,
        Reverse(row.findings),
    )
}

fn row_of(analysis: &Analysis, exposure: &Exposure, many_doors: bool) -> AssetRow {
    let resource = analysis.resource_of(exposure);
    let appearance = resource.map(Appearance::of);
    let door = analysis.door_name(exposure);
    let authentication = analysis
        .model
        .doors
        .get(exposure.door)
        .map(|entry| &entry.door.authentication);
    let words = |mut modes: Vec<crate::resource::AuthenticationMode>| -> Vec<String> {
        modes.sort_unstable();
        modes.dedup();
        modes
            .into_iter()
            .map(|mode| mode.as_str().to_owned())
            .collect()
    };
    let accepted = authentication.map(|all| all.accepted.iter().map(|one| one.0).collect());
    let uncertain = authentication.map(|all| all.uncertain.iter().map(|one| one.0).collect());
    AssetRow {
        key: key_of(analysis, exposure),
        resource: resource.map_or_else(String::new, |one| one.id.to_string()),
        name: resource.map_or_else(String::new, |one| one.name.to_string()),
        door: (many_doors || door != "main").then(|| door.to_owned()),
        kind: appearance
            .as_ref()
            .map_or_else(String::new, |one| one.kind.clone()),
        icon: appearance.map_or_else(Icon::default, |one| one.icon),
        standing: Standing::of(analysis, exposure),
        why: reason_of(analysis, exposure),
        authentication: words(accepted.unwrap_or_default()),
        authentication_unknown: words(uncertain.unwrap_or_default()),
        paths: all_paths(exposure).count(),
        findings: 0,
        finding_mark: None,
    }
}

fn text_of(row: &AssetRow) -> String {
    let door = row.door.as_deref().unwrap_or("");
    let modes = row.authentication.join(" ");
    let text = format!(
        "{} {door} {} {} {} {modes} {}",
        row.name, row.kind, row.standing.text, row.why, row.resource
    );
    text.to_lowercase()
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{EXAMPLES, Estate};
    use super::*;

    fn keys(window: &AssetWindow) -> Vec<&str> {
        window.rows.iter().map(|row| row.key.as_str()).collect()
    }

    fn all() -> AssetQuery {
        AssetQuery {
            count: AssetQuery::ROWS,
            ..AssetQuery::default()
        }
    }

    #[test]
    fn there_is_a_row_for_each_exposure_with_its_verdict() {
        for name in EXAMPLES {
            let analysis = Estate::example(name).analysis;
            let assets = Assets::new(&analysis, &Findings::default());
            let mut rows: Vec<_> = assets
                .rows()
                .iter()
                .map(|row| (row.key.clone(), row.standing.outcome))
                .collect();
            let mut exposures: Vec<_> = analysis
                .exposures
                .iter()
                .map(|one| (key_of(&analysis, one), Outcome::of(one.verdict)))
                .collect();
            rows.sort();
            exposures.sort();
            assert_eq!(rows, exposures, "{name}");
            rows.dedup_by(|a, b| a.0 == b.0);
            assert_eq!(rows.len(), exposures.len(), "keys differ in {name}");
            assert!(!rows.is_empty());
        }
    }

    #[test]
    fn rows_come_worst_first_and_say_why_in_few_words() {
        for name in EXAMPLES {
            let assets = Assets::new(&Estate::example(name).analysis, &Findings::default());
            let marks: Vec<_> = assets
                .rows()
                .iter()
                .map(|row| row.standing.mark.unwrap_or(Mark::Undetermined))
                .collect();
            assert!(marks.is_sorted(), "{name}: {marks:?}");
            for row in assets.rows() {
                let length = row.why.chars().count();
                assert!((2..=32).contains(&length), "{name}: {}", row.why);
            }
        }
    }

    #[test]
    fn windows_together_are_the_whole_list() {
        let assets = Assets::new(
            &Estate::example("exposed-workspace").analysis,
            &Findings::default(),
        );
        for sort in [
            AssetSort::Worst,
            AssetSort::Name,
            AssetSort::Kind,
            AssetSort::Verdict,
        ] {
            for reverse in [false, true] {
                let query = AssetQuery {
                    sort,
                    reverse,
                    ..all()
                };
                let whole = assets.window(&query);
                assert_eq!(whole.matching, assets.rows().len());
                let mut pieces = Vec::new();
                for first in 0..whole.total {
                    let query = AssetQuery {
                        first,
                        count: 1,
                        ..query.clone()
                    };
                    pieces.extend(assets.window(&query).rows);
                }
                assert_eq!(pieces, whole.rows);
            }
        }
    }

    #[test]
    fn a_filter_keeps_the_rows_that_hold_every_word() {
        let assets = Assets::new(
            &Estate::example("exposed-workspace").analysis,
            &Findings::default(),
        );
        let query = AssetQuery {
            text: "KEY vault anyone".to_owned(),
            ..all()
        };
        let window = assets.window(&query);
        assert!(!window.rows.is_empty());
        assert!(window.rows.iter().all(|row| row.kind == "Key vault"));
        let query = AssetQuery {
            kinds: vec!["Key vault".to_owned()],
            ..all()
        };
        assert_eq!(keys(&assets.window(&query)), keys(&window));
        let query = AssetQuery {
            text: "no such thing".to_owned(),
            ..all()
        };
        assert_eq!(assets.window(&query).matching, 0);
        let key = assets.rows().last().unwrap().key.clone();
        let query = AssetQuery {
            locate: Some(key),
            count: 0,
            ..all()
        };
        assert_eq!(assets.window(&query).located, Some(assets.rows().len() - 1));
    }

    #[test]
    fn counts_are_of_all_rows() {
        let assets = Assets::new(
            &Estate::example("exposed-workspace-fixed").analysis,
            &Findings::default(),
        );
        let window = assets.window(&AssetQuery {
            text: "vault".to_owned(),
            ..all()
        });
        let sum = |counts: &mut dyn Iterator<Item = usize>| counts.sum::<usize>();
        assert_eq!(
            sum(&mut window.outcomes.iter().map(|one| one.1)),
            window.total
        );
        assert_eq!(sum(&mut window.kinds.iter().map(|one| one.1)), window.total);
    }
}
