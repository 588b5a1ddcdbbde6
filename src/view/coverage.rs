//! What was read, what could not be, and what that caps.

use super::inspector::SourcePlace;
use super::summary::doubts;
use super::{Appearance, Ground, Phrase, QuestionCard, phrases};
use crate::analysis::{Analysis, End};
use crate::resource::Resource;
use crate::resource::kind::Coverage as KindCoverage;
use crate::value::Cause;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// How much of a type is understood.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
pub enum Level {
    /// Nothing is known about it.
    #[default]
    Unrecognised,
    /// It is listed and drawn, and nothing more.
    Shown,
    /// Some of what bears on reachability.
    Partial,
    /// All that bears on reachability.
    Modelled,
}

impl Level {
    /// All levels, the least understood first.
    pub const ALL: [Self; 4] = [
        Self::Unrecognised,
        Self::Shown,
        Self::Partial,
        Self::Modelled,
    ];

    /// How much of `resource` is understood.
    pub fn of(resource: &Resource) -> Self {
        match resource.kind().map(|kind| kind.coverage) {
            Some(KindCoverage::Modelled) => Self::Modelled,
            Some(KindCoverage::Partial) => Self::Partial,
            Some(KindCoverage::Shown) => Self::Shown,
            None => Self::Unrecognised,
        }
    }

    /// The words for it.
    pub fn title(self) -> &'static str {
        match self {
            Self::Unrecognised => "Not recognised",
            Self::Shown => "Shown only",
            Self::Partial => "Partly modelled",
            Self::Modelled => "Modelled",
        }
    }
}

/// One type of resource.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct TypeRow {
    /// The type, as first spelled.
    pub resource_type: String,
    /// What people call it.
    pub kind: String,
    /// How much of it is understood.
    pub level: Level,
    /// How many resources are of it.
    pub count: usize,
    /// The identifier of the first, to select it by.
    pub first: String,
}

/// A fact that is open, and the verdicts that hang on it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct OpenFact {
    /// What is open, and what settles it.
    pub question: QuestionCard,
    /// The names and keys of exposures that hang on it, at most [`CoverageView::NAMES`].
    pub caps: Vec<(String, String)>,
    /// How many exposures hang on it.
    pub cap_count: usize,
}

/// Something that the inputs refer to and do not hold.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Gap {
    /// What kind of thing is missing: `outside resource`, `missing file`, `known to Azure only`.
    pub what: String,
    /// What it is.
    pub name: String,
    /// What can be done about it.
    pub advice: Vec<Phrase>,
    /// How many places refer to it.
    pub uses: usize,
    /// The first of them.
    pub place: Option<SourcePlace>,
}

/// The panel of coverage.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CoverageView {
    /// How many resources there are of each level, the least understood first.
    pub levels: Vec<(Level, usize)>,
    /// The types, the least understood first, then by count.
    pub types: Vec<TypeRow>,
    /// What verdicts hang on, that with most of them first.
    pub facts: Vec<OpenFact>,
    /// What the inputs refer to and do not hold, at most [`CoverageView::GAPS`].
    pub gaps: Vec<Gap>,
    /// How many gaps there are.
    pub gap_count: usize,
}

impl CoverageView {
    /// The most names that a fact lists.
    pub const NAMES: usize = 12;
    /// The most gaps that are handed out.
    pub const GAPS: usize = 200;

    /// What the review behind `ground` covers. O(values).
    pub(super) fn new(ground: Ground<'_>) -> Self {
        let types = types(ground.analysis);
        let mut levels: BTreeMap<Level, usize> = BTreeMap::new();
        for row in &types {
            *levels.entry(row.level).or_default() += row.count;
        }
        let mut gaps = gaps(ground);
        let gap_count = gaps.len();
        gaps.truncate(Self::GAPS);
        Self {
            levels: levels.into_iter().collect(),
            types,
            facts: facts(ground),
            gaps,
            gap_count,
        }
    }
}

fn types(analysis: &Analysis) -> Vec<TypeRow> {
    let mut rows: BTreeMap<String, TypeRow> = BTreeMap::new();
    for resource in analysis.inventory.resources() {
        let row = rows
            .entry(resource.resource_type.as_str().to_ascii_lowercase())
            .or_insert_with(|| TypeRow {
                resource_type: resource.resource_type.to_string(),
                kind: Appearance::of(resource).kind,
                level: Level::of(resource),
                count: 0,
                first: resource.id.to_string(),
            });
        row.count += 1;
    }
    let mut rows: Vec<TypeRow> = rows.into_values().collect();
    rows.sort_by_key(|row| (row.level, std::cmp::Reverse(row.count)));
    rows
}

fn facts(ground: Ground<'_>) -> Vec<OpenFact> {
    let analysis = ground.analysis;
    let mut facts: Vec<OpenFact> = doubts(analysis)
        .into_iter()
        .map(|doubt| {
            let hanging = analysis.exposures.iter().filter(|exposure| {
                let mut questions = exposure.questions.iter();
                questions.any(|question| question.doubt.key == doubt.key)
            });
            let names: Vec<(String, String)> = hanging
                .map(|exposure| {
                    let resource = analysis.resource_of(exposure);
                    let name = resource.map_or("", |one| one.short_name());
                    (name.to_owned(), super::key_of(analysis, exposure))
                })
                .collect();
            OpenFact {
                question: ground.doubt_card(doubt),
                cap_count: names.len(),
                caps: names.into_iter().take(CoverageView::NAMES).collect(),
            }
        })
        .collect();
    facts.sort_by_key(|fact| std::cmp::Reverse(fact.cap_count));
    facts
}

/// What is missing: resources that others name, then facts that values rest on.
fn gaps(ground: Ground<'_>) -> Vec<Gap> {
    let analysis = ground.analysis;
    let mut gaps: BTreeMap<(u8, String), Gap> = BTreeMap::new();
    for reference in analysis.placement.references() {
        if let End::Outside(id) = &reference.to {
            let gap = gaps
                .entry((0, id.key().to_string()))
                .or_insert_with(|| Gap {
                    what: "outside resource".to_owned(),
                    name: id.to_string(),
                    advice: phrases("export its resource group and add the file"),
                    uses: 0,
                    place: ground.place(reference.span),
                });
            gap.uses += 1;
        }
    }
    for resource in analysis.inventory.resources() {
        resource.body.for_each_unknown(&mut |value, unknown| {
            for atom in &unknown.atoms {
                let Some((rank, what, advice)) = words(atom.cause) else {
                    continue;
                };
                let gap = gaps
                    .entry((rank, atom.refers_to.to_string()))
                    .or_insert_with(|| Gap {
                        what: what.to_owned(),
                        name: atom.refers_to.to_string(),
                        advice: phrases(advice),
                        uses: 0,
                        place: ground.place(atom.span.unwrap_or(value.span)),
                    });
                gap.uses += 1;
            }
        });
    }
    gaps.into_values().collect()
}

/// The rank of a cause, what is missing, and what to do about it. Parameters have a panel of their
/// own.
fn words(cause: Cause) -> Option<(u8, &'static str, &'static str)> {
    match cause {
        Cause::Parameter => None,
        Cause::MissingFile => Some((1, "missing file", "add the file")),
        Cause::Failed => Some((2, "not evaluated", "see what is said about the inputs")),
        Cause::Conflict => Some((3, "contradiction", "see which of the statements holds")),
        Cause::Runtime => Some((4, "known to Azure only", "an export shows it")),
        Cause::KeyVaultSecret => Some((5, "a key vault's secret", "it is never read")),
        Cause::NonDeterministic => Some((6, "new at each deployment", "an export shows it")),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{EXAMPLES, Estate};
    use super::*;

    #[test]
    fn every_resource_is_counted_once() {
        for name in EXAMPLES {
            let estate = Estate::example(name);
            let view = CoverageView::new(estate.ground());
            let total = estate.analysis.inventory.resources().len();
            assert_eq!(view.levels.iter().map(|one| one.1).sum::<usize>(), total);
            assert_eq!(view.types.iter().map(|one| one.count).sum::<usize>(), total);
            assert!(view.types.is_sorted_by_key(|row| row.level));
        }
    }

    #[test]
    fn open_facts_name_the_doors_that_hang_on_them() {
        let estate = Estate::example("open-parameters");
        let view = CoverageView::new(estate.ground());
        let open = estate
            .analysis
            .exposures
            .iter()
            .filter(|one| !one.questions.is_empty());
        let mut keys: Vec<String> = open
            .map(|one| crate::view::key_of(&estate.analysis, one))
            .collect();
        let mut told: Vec<String> = view
            .facts
            .iter()
            .flat_map(|fact| fact.caps.iter().map(|(_, key)| key.clone()))
            .collect();
        keys.sort();
        told.sort();
        told.dedup();
        assert_eq!(told, keys);
        assert!(!keys.is_empty());
    }

    #[test]
    fn what_is_referred_to_and_not_there_is_a_gap() {
        let estate = Estate::template(
            r#"{"resources": [{"type": "Contoso.Things/things", "name": "a", "properties": {"x": "[reference('y').z]"}},
            {"type": "Microsoft.Network/networkInterfaces", "name": "n", "properties": {"ipConfigurations": [
            {"properties": {"subnet": {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/v/subnets/b"}}}]}}]}"#,
        );
        let view = CoverageView::new(estate.ground());
        let whats: Vec<&str> = view.gaps.iter().map(|gap| gap.what.as_str()).collect();
        assert_eq!(whats, ["outside resource", "known to Azure only"]);
        assert!(view.gaps.iter().all(|gap| gap.place.is_some()));
        assert_eq!(view.types.first().unwrap().level, Level::Unrecognised);
    }
}
