//! The form of the reviewer's file.

use super::intent::Reach;
use crate::rule::{Attested, Reason, Settings, Severity};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// The version of the file's form, the value of its member `sightline`.
pub const FILE_VERSION: u32 = 1;

/// The reviewer's file as it is saved and opened.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct ReviewerFile {
    /// Marks the file as a reviewer's, and says in which form it is written.
    pub sightline: u32,
    /// The settings for rules.
    pub settings: Option<Settings>,
    /// The findings that may stand.
    pub waivers: Vec<WaiverEntry>,
    /// Who may reach what.
    pub intent: Option<IntentEntry>,
    /// The answers to questions, by rule.
    pub answers: BTreeMap<String, Attested>,
    /// What was noted about resources.
    pub notes: Vec<Note>,
    /// Values for parameters that are no secrets, by name.
    pub parameters: BTreeMap<String, serde_json::Value>,
    /// Changes to try.
    pub edits: Vec<PropertyEdit>,
    /// The templates, where the reviewer asked for them to be kept.
    pub files: Vec<KeptFile>,
}

/// A waiver.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct WaiverEntry {
    /// The rule's identifier or name.
    pub rule: String,
    /// The finding's fingerprint.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub fingerprint: Option<String>,
    /// The resource's name or identifier, `*` for any text.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub resource: Option<String>,
    /// Why.
    pub reason: Reason,
    /// Why, in words.
    pub text: String,
    /// Who answers for it.
    pub owner: String,
    /// The last day on which it holds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub expires: Option<String>,
}

/// The intent.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", default, deny_unknown_fields)]
pub struct IntentEntry {
    /// What holds sensitive data.
    pub sensitive: Vec<SensitiveMark>,
    /// From where nothing but what is listed may be reached; `internet` where there is no list.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub closed: Option<Vec<String>>,
    /// Who may, must or must not reach what.
    pub expect: Vec<ExpectationEntry>,
}

/// A mark of sensitive data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum SensitiveMark {
    /// A resource's name or identifier, `*` for any text.
    Name(String),
    /// A tag.
    Tag(TagMark),
}

/// A tag with the values that mark sensitive data.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct TagMark {
    /// The tag's name.
    pub tag: String,
    /// The values, `*` for any text.
    pub values: Vec<String>,
}

/// An expectation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ExpectationEntry {
    /// What the expectation is called.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// Where the caller stands, as `--from` takes it; `internet` where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<String>,
    /// The resource's name or identifier, `*` for any text.
    pub to: String,
    /// The door; every door where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub door: Option<String>,
    /// The ports, as `443`, `22, 3389` or `8000-9000`, with `udp` in front for UDP; every port
    /// where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ports: Option<String>,
    /// To whom it may be open at most: `anyone`, `azureTenants` or `listed`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub open_to: Option<String>,
    /// What callers may show to come in, as the report names it; anything where there is nothing.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub with: Option<Vec<String>>,
    /// Whether it may, must or must not be reached.
    pub reach: Reach,
    /// How much a deviation matters, where that differs from the usual.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub severity: Option<Severity>,
    /// Why, in words.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub why: Option<String>,
}

/// A note.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Note {
    /// The resource's name or identifier.
    pub about: String,
    /// What is noted.
    pub text: String,
    /// By whom.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// On which day, `YYYY-MM-DD`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub on: Option<String>,
}

/// A change to try: a property of a resource gets another value.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct PropertyEdit {
    /// The resource's name or identifier.
    pub resource: String,
    /// The way from the resource to the property, with dots: `properties.publicNetworkAccess`; a
    /// number is a place in a list.
    pub property: String,
    /// The value; the property is taken out where there is none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub value: Option<serde_json::Value>,
}

/// A template that is kept with the file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct KeptFile {
    /// Its name.
    pub name: String,
    /// Its text.
    pub text: String,
}

impl ReviewerFile {
    /// The file as JSON text, indented, with a line break at its end.
    pub fn write(&self) -> String {
        let mut whole = serde_json::to_value(self).unwrap_or_default();
        if let Some(members) = whole.as_object_mut() {
            members.insert("sightline".to_owned(), FILE_VERSION.into());
            members.retain(|_, value| !is_nothing(value));
        }
        let mut text = serde_json::to_string_pretty(&whole).unwrap_or_default();
        text.push('\n');
        text
    }
}

fn is_nothing(value: &serde_json::Value) -> bool {
    match value {
        serde_json::Value::Null => true,
        serde_json::Value::Array(items) => items.is_empty(),
        serde_json::Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

/// Whether `text` is a day, `YYYY-MM-DD`.
pub fn is_date(text: &str) -> bool {
    let number = |part: Option<&str>, length: usize| {
        part.filter(|part| part.len() == length && part.bytes().all(|one| one.is_ascii_digit()))
            .and_then(|part| part.parse::<u16>().ok())
    };
    let mut parts = text.split('-');
    let (year, month, day) = (
        number(parts.next(), 4),
        number(parts.next(), 2),
        number(parts.next(), 2),
    );
    let (Some(year), Some(month), Some(day), None) = (year, month, day, parts.next()) else {
        return false;
    };
    let month = u8::try_from(month)
        .ok()
        .and_then(|month| time::Month::try_from(month).ok());
    let day = u8::try_from(day).unwrap_or(0);
    month.is_some_and(|month| time::Date::from_calendar_date(year.into(), month, day).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_are_days_of_the_calendar() {
        for day in ["2026-11-24", "2024-02-29", "0001-01-01"] {
            assert!(is_date(day), "{day}");
        }
        for no_day in [
            "2026-02-29",
            "2026-1-1",
            "2026-13-01",
            "",
            "2026-11-24T00:00",
            "x",
        ] {
            assert!(!is_date(no_day), "{no_day}");
        }
    }
}
