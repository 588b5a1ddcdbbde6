//! One search over everything that has a name.

use super::{Appearance, Assets, Findings, Selection};
use crate::analysis::Analysis;
use crate::diagram::Icon;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Where a hit leads.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Target {
    /// To a selection.
    Select(Selection),
    /// To the assets of this type.
    Kind(String),
    /// To a line of a file.
    Source {
        /// The file.
        file: String,
        /// The line, from 1.
        line: u32,
    },
    /// To a parameter.
    Parameter(String),
    /// To a rule.
    Rule(String),
}

/// Something that was found.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hit {
    /// Its name.
    pub title: String,
    /// What it is.
    pub detail: String,
    /// Its picture.
    pub icon: Icon,
    /// Where it leads.
    pub target: Target,
}

/// What a search found.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Hits {
    /// The best, at most [`Hits::COUNT`].
    pub hits: Vec<Hit>,
    /// How many there are.
    pub total: usize,
}

impl Hits {
    /// The most hits that are handed out.
    pub const COUNT: usize = 40;
}

/// Everything that can be found.
#[derive(Clone, Debug, Default)]
pub struct SearchIndex {
    entries: Vec<(String, String, Hit)>,
}

impl SearchIndex {
    /// The index of `analysis`: doors first, then resources, types, rules, parameters and files.
    /// O(resources log resources).
    pub fn new(analysis: &Analysis, assets: &Assets, findings: &Findings) -> Self {
        let mut index = Self::default();
        let mut kinds: BTreeSet<&str> = BTreeSet::new();
        let mut doors: BTreeSet<&str> = BTreeSet::new();
        for row in assets.rows() {
            kinds.insert(&row.kind);
            doors.insert(&row.resource);
            let door = row
                .door
                .as_ref()
                .map_or(String::new(), |door| format!(" ({door})"));
            index.add(
                &format!("{}{door}", row.name),
                &format!("{} · {}", row.kind, row.standing.text),
                (row.icon, &row.why),
                Target::Select(Selection::Exposure(row.key.clone())),
            );
        }
        for resource in analysis.inventory.resources() {
            let id = resource.id.as_str();
            if !doors.contains(id) {
                let appearance = Appearance::of(resource);
                index.add(
                    &resource.name,
                    &appearance.kind,
                    (appearance.icon, resource.resource_type.as_str()),
                    Target::Select(Selection::Resource(id.to_owned())),
                );
            }
        }
        for kind in kinds {
            index.add(
                kind,
                "all assets of this type",
                (Icon::Group, ""),
                Target::Kind(kind.to_owned()),
            );
        }
        index.add_others(analysis, findings);
        index
    }

    /// Adds rules, parameters and files.
    fn add_others(&mut self, analysis: &Analysis, findings: &Findings) {
        let mut rules: BTreeSet<&str> = BTreeSet::new();
        for row in findings.rows() {
            if rules.insert(&row.rule) {
                let target = Target::Rule(row.rule.clone());
                self.add(&row.rule, &row.title, (Icon::Generic, "rule"), target);
            }
        }
        for (parameter, _) in analysis.parameters() {
            let target = Target::Parameter(parameter.name.to_string());
            self.add(
                &parameter.name,
                "parameter",
                (Icon::Generic, &parameter.type_name),
                target,
            );
        }
        for (_, file) in analysis.sources.iter() {
            let target = Target::Source {
                file: file.name().to_string(),
                line: 1,
            };
            self.add(file.name(), "file", (Icon::Generic, ""), target);
        }
    }

    fn add(&mut self, title: &str, detail: &str, (icon, more): (Icon, &str), target: Target) {
        let text = format!("{title} {detail} {more}").to_lowercase();
        let hit = Hit {
            title: title.to_owned(),
            detail: detail.to_owned(),
            icon,
            target,
        };
        self.entries.push((title.to_lowercase(), text, hit));
    }

    /// What holds every word of `query`: those whose name begins with it first, then those with the
    /// words in the name, then the rest; within these, in the order of the index. An empty query
    /// finds the first entries. O(entries).
    pub fn find(&self, query: &str) -> Hits {
        let query = query.to_lowercase();
        let words: Vec<&str> = query.split_whitespace().collect();
        let whole = words.join(" ");
        let mut found: Vec<(u8, &Hit)> = self
            .entries
            .iter()
            .filter(|(_, text, _)| words.iter().all(|word| text.contains(word)))
            .map(|(title, _, hit)| (rank(title, &whole, &words), hit))
            .collect();
        found.sort_by_key(|(rank, _)| *rank);
        Hits {
            total: found.len(),
            hits: found
                .into_iter()
                .take(Hits::COUNT)
                .map(|(_, hit)| hit.clone())
                .collect(),
        }
    }
}

/// How well `title` fits: the smaller the better.
fn rank(title: &str, whole: &str, words: &[&str]) -> u8 {
    let last = title.rsplit('/').next().unwrap_or(title);
    if title == whole || last == whole {
        0
    } else if title.starts_with(whole) || last.starts_with(whole) {
        1
    } else if words.iter().all(|word| starts_a_word(title, word)) {
        2
    } else if words.iter().all(|word| title.contains(word)) {
        3
    } else {
        4
    }
}

/// Whether `word` stands in `title` at the beginning of a part of it.
fn starts_a_word(title: &str, word: &str) -> bool {
    title.match_indices(word).any(|(at, _)| {
        let before = title
            .get(..at)
            .and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric())
    })
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::Estate;
    use super::*;

    fn index(name: &str) -> SearchIndex {
        let analysis = Estate::example(name).analysis;
        let findings = Findings::default();
        SearchIndex::new(&analysis, &Assets::new(&analysis, &findings), &findings)
    }

    fn titles(hits: &Hits) -> Vec<&str> {
        hits.hits.iter().map(|hit| hit.title.as_str()).collect()
    }

    #[test]
    fn the_name_that_is_typed_comes_first() {
        let index = index("private-hub-and-spoke");
        for name in ["vm-app", "kv-assist", "vnet-hub", "nsg-app"] {
            let hits = index.find(name);
            assert_eq!(titles(&hits).first(), Some(&name), "{:?}", titles(&hits));
        }
        let hits = index.find("KEY  vault blocked");
        assert_eq!(titles(&hits), ["kv-assist"]);
        assert_eq!(index.find("no such thing").total, 0);
    }

    #[test]
    fn files_parameters_and_types_are_found() {
        let index = index("open-parameters");
        let has = |query: &str, want: fn(&Target) -> bool| {
            index.find(query).hits.iter().any(|hit| want(&hit.target))
        };
        assert!(has("open-parameters.json", |one| matches!(
            one,
            Target::Source { .. }
        )));
        assert!(has("defaultAction", |one| matches!(
            one,
            Target::Parameter(_)
        )));
        assert!(has("storage account", |one| matches!(one, Target::Kind(_))));
    }

    #[test]
    fn every_entry_is_found_by_its_own_name() {
        let index = index("exposed-workspace-fixed");
        for (_, _, hit) in &index.entries {
            let hits = index.find(&hit.title);
            assert!(hits.total >= 1);
            let names = titles(&hits);
            assert!(
                names.contains(&hit.title.as_str()) || hits.total > Hits::COUNT,
                "{}",
                hit.title
            );
        }
    }
}
