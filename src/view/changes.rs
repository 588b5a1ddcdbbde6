//! What would close what is open, and whether the estate is as it is meant to be.

use super::{Difference, Secrets, key_of};
use crate::analysis::{Analysis, Flip, Omission, cut_together};
use crate::edit::{ChangeError, TextEdit, edits_of};
use crate::evidence::Remedy;
use crate::reachability::Cut;
use crate::resource::{Resource, ResourceIndex};
use crate::value::{TextChange, Value, to_json};
use serde::{Deserialize, Serialize};

/// Everything that the panel of changes shows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct ChangesView {
    /// The fewest changes for everything that can be closed; `None` where that is one thing or
    /// nothing, or no set was found within the bound of steps.
    pub together: Option<CutCard>,
    /// The fewest changes target by target, in the order of the assets.
    pub cuts: Vec<CutCard>,
    /// How many targets the list leaves out.
    pub more: usize,
    /// What the switches that are set have changed.
    pub what_if: Option<Difference>,
    /// What has changed since the earlier version.
    pub earlier: Option<Difference>,
    /// How the estate stands to the intent; `None` where none is laid down.
    pub intent: Option<IntentView>,
    /// What the review takes for granted.
    pub assumptions: Vec<AssumptionRow>,
}

/// Something that is taken for granted.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct AssumptionRow {
    /// Its stable name.
    pub id: String,
    /// What is taken for granted, as a sentence.
    pub says: String,
    /// Whether the reviewer grants it.
    pub granted: bool,
    /// The doors that would stand otherwise with it switched: name and key.
    pub flips: Vec<(String, String)>,
    /// How many the list leaves out.
    pub more: usize,
    /// How many resources would get out otherwise.
    pub egress: usize,
}

/// The fewest changes that close something.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct CutCard {
    /// The names of what they close.
    pub closes: Vec<String>,
    /// Whether no cheaper set does, as far as the model tells.
    pub optimal: bool,
    /// The changes.
    pub changes: Vec<Switch>,
}

/// A change that can be tried.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Switch {
    /// What it changes, in words.
    pub label: String,
    /// The places of the texts that it changes.
    pub edits: Vec<SwitchEdit>,
    /// What it leaves out of the paths and blockers, the texts staying as they are.
    #[serde(default)]
    pub omits: Option<Omission>,
}

/// A change at one place of one file.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct SwitchEdit {
    /// The file.
    pub file: String,
    /// The JSON pointer into it.
    pub pointer: String,
    /// The new value as JSON; `None` takes the property away.
    pub value: Option<String>,
}

/// How the estate stands to what is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct IntentView {
    /// How many lines say who is meant to reach what.
    pub lines: usize,
    /// Where the estate differs, the worst first.
    pub deviations: Vec<DeviationRow>,
    /// How many deviations the list leaves out.
    pub more: usize,
}

/// One difference from what is meant.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DeviationRow {
    /// `forbidden`, `unexpected`, `wider` or `missing`.
    pub kind: String,
    /// How much it matters.
    pub severity: String,
    /// What differs, as a sentence.
    pub message: String,
    /// The line of the intent that it is about, where there is one.
    pub expectation: Option<String>,
    /// The key of the door's row; empty where there is none.
    pub key: String,
}

/// The most doors that are named for one assumption.
const FLIP_LIMIT: usize = 12;
/// The most targets and deviations that are listed.
const LIST_LIMIT: usize = 60;

impl ChangesView {
    /// What would close what is open in `analysis`, and how it stands to the intent.
    pub fn new(
        analysis: &Analysis,
        what_if: Option<Difference>,
        earlier: Option<Difference>,
    ) -> Self {
        let secrets = Secrets::find(analysis);
        let targets: Vec<ResourceIndex> = analysis.cuts.iter().map(|cut| cut.resource).collect();
        let together = (targets.len() > 1)
            .then(|| cut_together(analysis, &targets))
            .flatten()
            .filter(|cut| !cut.remedies.is_empty())
            .map(|cut| card(analysis, &secrets, &targets, &cut));
        let cuts = analysis.cuts.iter().take(LIST_LIMIT);
        Self {
            together,
            cuts: cuts
                .map(|one| card(analysis, &secrets, &[one.resource], &one.cut))
                .collect(),
            more: analysis.cuts.len().saturating_sub(LIST_LIMIT),
            what_if,
            earlier,
            intent: intent(analysis),
            assumptions: assumptions(analysis),
        }
    }
}

fn assumptions(analysis: &Analysis) -> Vec<AssumptionRow> {
    let flip = |flip: &Flip| {
        let exposure = analysis.exposures.get(flip.at)?;
        let name = &analysis.resource_of(exposure)?.name;
        Some((name.to_string(), key_of(analysis, exposure)))
    };
    let all = analysis.assumptions().into_iter();
    all.map(|one| AssumptionRow {
        id: one.assumption.id().to_owned(),
        says: one.assumption.says().to_owned(),
        granted: one.granted,
        more: one.flips.len().saturating_sub(FLIP_LIMIT),
        flips: one.flips.iter().take(FLIP_LIMIT).filter_map(flip).collect(),
        egress: one.egress.len(),
    })
    .collect()
}

fn card(analysis: &Analysis, secrets: &Secrets, closes: &[ResourceIndex], cut: &Cut) -> CutCard {
    let names = closes
        .iter()
        .filter_map(|index| analysis.inventory.get(*index));
    CutCard {
        closes: names.map(|one| one.name.to_string()).collect(),
        optimal: cut.optimal,
        changes: cut
            .remedies
            .iter()
            .filter_map(|one| Switch::of(analysis, secrets, one))
            .collect(),
    }
}

fn intent(analysis: &Analysis) -> Option<IntentView> {
    let reviewed = &analysis.reviewed;
    if reviewed.intent.is_empty() {
        return None;
    }
    let lines = &reviewed.intent.expectations;
    let deviations = reviewed.deviations.iter().take(LIST_LIMIT);
    let row = |one: &crate::reviewer::Deviation| {
        let door = analysis.exposures.iter().find(|exposure| {
            one.resource == Some(exposure.resource)
                && (one.door.is_empty() || one.door == analysis.door_name(exposure))
        });
        DeviationRow {
            kind: one.kind.as_str().to_owned(),
            severity: one.severity.as_str().to_owned(),
            message: one.message.clone(),
            expectation: one
                .expectation
                .and_then(|at| lines.get(at))
                .map(crate::reviewer::Expectation::title),
            key: door.map_or_else(String::new, |exposure| key_of(analysis, exposure)),
        }
    };
    Some(IntentView {
        lines: lines.len() + reviewed.intent.closed.len(),
        deviations: deviations.map(row).collect(),
        more: reviewed.deviations.len().saturating_sub(LIST_LIMIT),
    })
}

/// The name of the innermost list item within `owner` that `edit` changes: of a security group's
/// rules, which one. `None` where it changes none that has a name.
fn item_within<'a>(
    analysis: &'a Analysis,
    secrets: &Secrets,
    owner: Option<&Resource>,
    edit: &TextEdit,
) -> Option<&'a str> {
    let own = analysis.locate(owner?.span)?.pointer;
    let mut pointer = edit.pointer.as_str();
    while let Some((holder, token)) = pointer.rsplit_once('/') {
        if pointer.len() <= own.len() {
            break;
        }
        if token.bytes().all(|byte| byte.is_ascii_digit()) {
            let item = analysis.value_at(edit.file, pointer)?;
            let name = item.get("name").filter(|name| !secrets.touches(name.span));
            let name = name.and_then(Value::as_str);
            if let Some(name) = name.filter(|name| !name.starts_with('[')) {
                return Some(name);
            }
        }
        pointer = holder;
    }
    None
}

impl Switch {
    /// The change that `remedy` is; `None` where the text cannot be changed so.
    pub fn of(analysis: &Analysis, secrets: &Secrets, remedy: &Remedy) -> Option<Self> {
        let found = edits_of(analysis, remedy).ok()?;
        let first = found.first()?;
        let owner = analysis
            .owner(remedy.span)
            .and_then(|index| analysis.inventory.get(index));
        let (property, new) = crate::edit::describe(remedy);
        let old = match analysis.value_at(first.file, &first.pointer) {
            None => "absent".to_owned(),
            Some(value) if secrets.touches(value.span) => "a secret".to_owned(),
            Some(value) => plain(&to_json(value)),
        };
        // What is so already is no change.
        if old.eq_ignore_ascii_case(&new) {
            return None;
        }
        let name = owner.map_or("", |one| &*one.name);
        let whose = match item_within(analysis, secrets, owner, first) {
            Some(item) => format!("`{item}` in `{name}`"),
            None => format!("`{name}`"),
        };
        let label = format!("`{property}` of {whose} from {old} to {new}");
        let edits = found.iter().map(|edit| SwitchEdit {
            file: analysis
                .sources
                .get(edit.file)
                .map_or_else(String::new, |file| file.name().to_string()),
            pointer: edit.pointer.clone(),
            value: match &edit.change {
                TextChange::Set(value) => Some(value.to_string()),
                TextChange::Remove => None,
            },
        });
        Some(Self {
            label,
            edits: edits.collect(),
            omits: None,
        })
    }

    /// Leaving `omission` out, in the words of `label`.
    pub(super) fn leaving_out(label: String, omission: Omission) -> Self {
        Self {
            label,
            edits: Vec::new(),
            omits: Some(omission),
        }
    }

    /// Whether it does the same as `other`.
    pub fn is_same(&self, other: &Self) -> bool {
        self.edits == other.edits && self.omits == other.omits
    }

    /// The changes of `switches` in the texts of `analysis`, each place once.
    ///
    /// # Errors
    ///
    /// Where a file or a place is not there, or a value is no JSON.
    pub fn edits(analysis: &Analysis, switches: &[Self]) -> Result<Vec<TextEdit>, ChangeError> {
        let mut found: Vec<TextEdit> = Vec::new();
        for edit in switches.iter().flat_map(|switch| &switch.edits) {
            let mut files = analysis.sources.iter();
            let (file, _) = files
                .find(|(_, source)| **source.name() == *edit.file)
                .ok_or(ChangeError::NoPlace)?;
            let change = match &edit.value {
                None => TextChange::Remove,
                Some(text) => {
                    TextChange::Set(serde_json::from_str(text).map_err(|_| ChangeError::NoPlace)?)
                }
            };
            // Of two changes of one place the later counts.
            found.retain(|known| known.file != file || known.pointer != edit.pointer);
            found.push(TextEdit {
                file,
                pointer: edit.pointer.clone(),
                change,
            });
        }
        Ok(found)
    }
}

fn plain(value: &serde_json::Value) -> String {
    match value {
        serde_json::Value::String(text) => text.clone(),
        other => other.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::Estate;
    use super::*;
    use crate::edit::review_with;
    use crate::reachability::Verdict;
    use std::collections::BTreeSet;

    #[test]
    fn switches_of_a_cut_close_what_they_say() {
        let estate = Estate::example("exposed-workspace");
        let before = estate.ground().analysis;
        let view = ChangesView::new(before, None, None);
        let all = view.together.unwrap();
        let edits = Switch::edits(before, &all.changes).unwrap();
        let after = review_with(before, &edits).unwrap();
        let difference = Difference::of(before, &after);
        let closed = difference.doors.iter().filter(|one| one.what == "closed");
        assert!(closed.count() > 0, "{}", difference.headline);
        for exposure in &after.exposures {
            let name = after.resource_of(exposure).unwrap().name.to_string();
            let is_target = all.closes.contains(&name);
            assert!(!is_target || exposure.verdict == Verdict::Blocked, "{name}");
        }
    }

    #[test]
    fn no_two_changes_of_a_card_read_the_same() {
        let estate = Estate::example("storage-selected-networks");
        let view = ChangesView::new(estate.ground().analysis, None, None);
        let all = view.together.unwrap();
        let labels: BTreeSet<&str> = all.changes.iter().map(|one| &*one.label).collect();
        assert_eq!(labels.len(), all.changes.len(), "{labels:?}");
        assert!(
            labels.iter().any(|one| one.contains("`AllowSSH` in")),
            "{labels:?}"
        );
    }

    #[test]
    fn what_is_so_already_is_no_change() {
        let estate = Estate::example("exposed-workspace-fixed");
        let analysis = estate.ground().analysis;
        let secrets = Secrets::find(analysis);
        let blockers = analysis.exposures.iter().flat_map(|one| &one.blockers);
        let evidence = blockers.flat_map(|blocker| &blocker.evidence);
        let remedies: Vec<_> = evidence.filter_map(|one| one.remedy.as_ref()).collect();
        assert!(!remedies.is_empty());
        for remedy in remedies {
            let Some(switch) = Switch::of(analysis, &secrets, remedy) else {
                continue;
            };
            let (_, change) = switch.label.rsplit_once(" from ").unwrap();
            let (old, new) = change.split_once(" to ").unwrap();
            assert!(!old.eq_ignore_ascii_case(new), "{}", switch.label);
        }
    }

    #[test]
    fn a_switch_of_no_place_is_refused() {
        let estate = Estate::example("exposed-workspace");
        let switch = Switch {
            label: String::new(),
            edits: vec![SwitchEdit {
                file: "other.json".to_owned(),
                ..SwitchEdit::default()
            }],
            omits: None,
        };
        assert!(Switch::edits(estate.ground().analysis, &[switch]).is_err());
    }
}
