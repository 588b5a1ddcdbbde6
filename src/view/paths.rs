//! The table of paths: a row for each way to a resource, worst first.

use super::standing::all_paths;
use super::{AssetRow, Assets, Ground, Standing, key_of};
use crate::diagram::Icon;
use crate::reachability::Exposure;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// A row: one way, and the doors of one resource to which it leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PathRow {
    /// The first of its doors, by the key of its row in the table of assets.
    pub key: String,
    /// Its place among the ways to that door, from 0.
    pub index: usize,
    /// The identifier of the resource.
    pub resource: String,
    /// The resource's name.
    pub name: String,
    /// The doors, where the resource has more than the one.
    pub doors: Vec<String>,
    /// The resource's picture.
    pub icon: Icon,
    /// How the first door stands.
    pub standing: Standing,
    /// The places on it: `Internet → pip-jump → vm-jump`.
    pub title: String,
    /// How many steps it has.
    pub hops: usize,
    /// Whether something on the way is broken into first.
    pub assumes_compromise: bool,
    /// Whether some packet surely takes it.
    pub sure: bool,
}

/// Which rows are wanted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default)]
pub struct PathQuery {
    /// Words that must all occur in the places on it, or in what it leads to.
    pub text: String,
    /// The first row wanted, from 0.
    pub first: usize,
    /// How many rows are wanted; at most [`PathQuery::ROWS`] are given.
    pub count: usize,
    /// A row whose place is wanted, by its key and its place among the ways.
    pub locate: Option<(String, usize)>,
}

impl PathQuery {
    /// The most rows that one window holds.
    pub const ROWS: usize = 200;
}

/// The rows of a window, and what there is around it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PathWindow {
    /// All rows.
    pub total: usize,
    /// The rows that match.
    pub matching: usize,
    /// The place of the first row given, from 0.
    pub first: usize,
    /// The rows.
    pub rows: Vec<PathRow>,
    /// The place of the row asked for among those that match.
    pub located: Option<usize>,
}

/// All ways of a review.
#[derive(Clone, Debug, Default)]
pub struct Paths {
    rows: Vec<PathRow>,
    /// What is searched, row by row.
    texts: Vec<String>,
}

impl Paths {
    /// The ways of the review behind `ground`, in the order of the assets. Doors of one resource
    /// to which the same places lead share a row. O(hops log rows).
    pub(super) fn new(ground: Ground<'_>, assets: &Assets) -> Self {
        let by_key: BTreeMap<String, &Exposure> = ground
            .analysis
            .exposures
            .iter()
            .map(|exposure| (key_of(ground.analysis, exposure), exposure))
            .collect();
        let mut rows: Vec<PathRow> = Vec::new();
        let mut known: BTreeMap<(String, String, bool), usize> = BTreeMap::new();
        for asset in assets.rows() {
            let Some(exposure) = by_key.get(&asset.key) else {
                continue;
            };
            for row in rows_of(ground, asset, exposure) {
                let same = (
                    row.resource.clone(),
                    row.title.clone(),
                    row.assumes_compromise,
                );
                if let Some(first) = known.get(&same).and_then(|at| rows.get_mut(*at)) {
                    first.doors.extend(row.doors);
                } else {
                    known.insert(same, rows.len());
                    rows.push(row);
                }
            }
        }
        let texts = rows
            .iter()
            .map(|row| format!("{} {} {}", row.name, row.title, row.standing.text).to_lowercase())
            .collect();
        Self { rows, texts }
    }

    /// How many rows there are.
    pub fn count(&self) -> usize {
        self.rows.len()
    }

    /// The window that `query` asks for. O(rows).
    pub fn window(&self, query: &PathQuery) -> PathWindow {
        let text = query.text.to_lowercase();
        let words: Vec<&str> = text.split_whitespace().collect();
        let found: Vec<&PathRow> = self
            .rows
            .iter()
            .zip(&self.texts)
            .filter(|(_, text)| words.iter().all(|word| text.contains(word)))
            .map(|(row, _)| row)
            .collect();
        let located = query.locate.as_ref().and_then(|(key, index)| {
            found
                .iter()
                .position(|row| row.key == *key && row.index == *index)
        });
        PathWindow {
            total: self.rows.len(),
            matching: found.len(),
            first: query.first.min(found.len()),
            rows: found
                .iter()
                .skip(query.first)
                .take(query.count.min(PathQuery::ROWS))
                .map(|row| (*row).clone())
                .collect(),
            located,
        }
    }
}

/// The ways to the door of `asset`.
fn rows_of<'a>(
    ground: Ground<'a>,
    asset: &'a AssetRow,
    exposure: &'a Exposure,
) -> impl Iterator<Item = PathRow> + 'a {
    all_paths(exposure).enumerate().map(move |(index, path)| {
        let tab = ground.path_tab(path);
        PathRow {
            key: asset.key.clone(),
            index,
            resource: asset.resource.clone(),
            name: asset.name.clone(),
            doors: asset.door.iter().cloned().collect(),
            icon: asset.icon,
            standing: asset.standing.clone(),
            title: tab.title,
            hops: tab.hops,
            assumes_compromise: tab.assumes_compromise,
            sure: tab.sure,
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::analysis::Analysis;
    use crate::view::Findings;
    use crate::view::test_estate::{EXAMPLES, Estate};

    fn paths(estate: &Estate) -> Paths {
        let findings = Findings::new(&estate.analysis);
        let assets = Assets::new(&estate.analysis, &findings);
        Paths::new(estate.ground(), &assets)
    }

    fn count_ways(analysis: &Analysis) -> usize {
        let ways = |exposure: &Exposure| all_paths(exposure).count();
        analysis.exposures.iter().map(ways).sum()
    }

    #[test]
    fn every_way_to_every_door_is_in_a_row_once() {
        for name in EXAMPLES {
            let estate = Estate::example(name);
            let paths = paths(&estate);
            let doors: usize = paths.rows.iter().map(|row| row.doors.len().max(1)).sum();
            assert_eq!(doors, count_ways(&estate.analysis), "{name}");
        }
    }

    #[test]
    fn a_way_is_found_by_the_places_on_it() {
        let estate = Estate::example("storage-selected-networks");
        let paths = paths(&estate);
        let all = paths.window(&PathQuery {
            count: 50,
            ..PathQuery::default()
        });
        assert_eq!(all.total, all.matching);
        let found = paths.window(&PathQuery {
            text: "vm-jump sttraining".to_owned(),
            count: 50,
            ..PathQuery::default()
        });
        assert!(found.matching > 0 && found.matching < all.matching);
        assert!(found.rows.iter().all(|row| row.title.contains("vm-jump")));
        let first = found.rows.first().unwrap();
        let located = paths.window(&PathQuery {
            locate: Some((first.key.clone(), first.index)),
            ..PathQuery::default()
        });
        let row = all.rows.get(located.located.unwrap()).unwrap();
        assert_eq!(row, first);
    }
}
