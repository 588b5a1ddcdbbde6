//! Two versions of an estate, as a panel shows them.

use super::{Secrets, key_of};
use crate::analysis::{Analysis, summarise};
use crate::compare::{Comparison, ExposureChange, PropertyChange, Trend, compare};
use crate::reachability::Exposure;
use crate::rule::Finding;
use crate::source::Span;
use serde::{Deserialize, Serialize};

/// What differs between an earlier version and the one that is shown.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Difference {
    /// All of it in a line.
    pub headline: String,
    /// Ways in that opened, are open in another way, and closed, in this order.
    pub doors: Vec<DoorChange>,
    /// Findings that came, as their messages.
    pub came: Vec<String>,
    /// Findings that went.
    pub went: Vec<String>,
    /// Properties that differ.
    pub properties: Vec<PropertyRow>,
    /// Resources that are new.
    pub added: Vec<String>,
    /// Resources that are gone.
    pub removed: Vec<String>,
    /// How many lines the lists leave out.
    pub more: usize,
}

/// A way in that is not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct DoorChange {
    /// What happened: `opened`, `changed` or `closed`.
    pub what: String,
    /// How it stands now.
    pub now: String,
    /// How it stood, where that reads differently.
    pub before: Option<String>,
    /// The key of its row; empty where it is gone.
    pub key: String,
}

/// A property that is not as it was.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct PropertyRow {
    /// The resource's name.
    pub resource: String,
    /// The property's path.
    pub path: String,
    /// The old value; `None` where it was absent.
    pub old: Option<String>,
    /// The new value; `None` where it is absent.
    pub new: Option<String>,
}

/// The most lines of one list.
const LIST_LIMIT: usize = 60;
/// The longest value that is shown, in characters.
const VALUE_LIMIT: usize = 80;
/// What stands for a value that must not be shown.
const HIDDEN: &str = "a secret";

impl Difference {
    /// What differs between `old` and `new`.
    pub fn of(old: &Analysis, new: &Analysis) -> Self {
        let comparison = compare(old, new);
        let mut difference = Self {
            headline: headline(&comparison),
            ..Self::default()
        };
        for (trend, what) in [
            (Trend::Opened, "opened"),
            (Trend::Changed, "changed"),
            (Trend::Closed, "closed"),
        ] {
            let changes = comparison.exposures.iter();
            let doors = changes
                .filter(|one| one.trend == trend)
                .filter_map(|one| door(old, new, one, what));
            difference.doors.extend(doors);
        }
        for change in &comparison.findings {
            let says = |one: &Finding| format!("{}: {}", one.rule.id, one.message);
            match (change.old, change.new) {
                (None, Some(at)) => difference.came.extend(new.findings.get(at).map(says)),
                (Some(at), None) => difference.went.extend(old.findings.get(at).map(says)),
                _ => {}
            }
        }
        let secrets = (Secrets::find(old), Secrets::find(new));
        let properties = comparison.properties.iter();
        difference.properties = properties.map(|one| property(new, one, &secrets)).collect();
        let name = |analysis: &Analysis, index| {
            let resource = analysis.inventory.get(index);
            resource.map_or_else(String::new, |one| one.name.to_string())
        };
        let added = comparison.added.iter();
        difference.added = added.map(|index| name(new, *index)).collect();
        let removed = comparison.removed.iter();
        difference.removed = removed.map(|index| name(old, *index)).collect();
        difference.shorten();
        difference
    }

    /// Cuts every list to what can be read.
    fn shorten(&mut self) {
        let mut more = self.doors.len().saturating_sub(LIST_LIMIT);
        self.doors.truncate(LIST_LIMIT);
        more += self.properties.len().saturating_sub(LIST_LIMIT);
        self.properties.truncate(LIST_LIMIT);
        for list in [
            &mut self.came,
            &mut self.went,
            &mut self.added,
            &mut self.removed,
        ] {
            more += list.len().saturating_sub(LIST_LIMIT);
            list.truncate(LIST_LIMIT);
        }
        self.more = more;
    }
}

fn headline(comparison: &Comparison) -> String {
    if comparison.is_empty() {
        return "Nothing differs.".to_owned();
    }
    let ways = |trend| {
        let exposures = comparison.exposures.iter();
        exposures.filter(|one| one.trend == trend).count()
    };
    let came = comparison.findings.iter().filter(|one| one.came()).count();
    let went = comparison.findings.iter().filter(|one| one.went()).count();
    let changed = match ways(Trend::Changed) {
        0 => String::new(),
        count => format!(", {count} changed"),
    };
    format!(
        "Ways in: {} opened, {} closed{changed}. Findings: {came} came, {went} went.",
        ways(Trend::Opened),
        ways(Trend::Closed),
    )
}

fn door(old: &Analysis, new: &Analysis, change: &ExposureChange, what: &str) -> Option<DoorChange> {
    let before = change.old.and_then(|at| old.exposures.get(at));
    let after = change.new.and_then(|at| new.exposures.get(at));
    let told = |analysis: &Analysis, one: &Exposure| summarise(analysis, one);
    let change = match (before, after) {
        (before, Some(after)) => {
            let now = told(new, after);
            let before = before.map(|one| told(old, one));
            DoorChange {
                what: what.to_owned(),
                before: before.filter(|before| *before != now),
                now,
                key: key_of(new, after),
            }
        }
        (Some(before), None) => DoorChange {
            what: what.to_owned(),
            now: "It is gone with its resource.".to_owned(),
            before: Some(told(old, before)),
            key: String::new(),
        },
        (None, None) => return None,
    };
    Some(change)
}

fn property(new: &Analysis, change: &PropertyChange, secrets: &(Secrets, Secrets)) -> PropertyRow {
    let shown = |value: &Option<(String, Span)>, secrets: &Secrets| {
        let (text, span) = value.as_ref()?;
        Some(if secrets.touches(*span) {
            HIDDEN.to_owned()
        } else {
            short(text)
        })
    };
    let resource = new.inventory.get(change.resource);
    PropertyRow {
        resource: resource.map_or_else(String::new, |one| one.name.to_string()),
        path: change.path.clone(),
        old: shown(&change.old, &secrets.0),
        new: shown(&change.new, &secrets.1),
    }
}

fn short(text: &str) -> String {
    match text.char_indices().nth(VALUE_LIMIT) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.to_owned(),
    }
}
