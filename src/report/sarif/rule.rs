//! The rules that results refer to.

use super::form::{Configuration, Descriptor, Message, RuleProperties};
use crate::reviewer::DeviationKind;
use crate::rule::{self, DecidedFrom, Rule};
use indexmap::IndexMap;

/// The widest line of a rule's help in plain text.
const WIDTH: usize = 88;

/// The rules met so far, in the order of meeting.
#[derive(Default)]
pub(super) struct Rules(IndexMap<String, Descriptor>);

impl Rules {
    /// The place of the rule `id`, which is added where it is new.
    pub(super) fn index_of(&mut self, id: &str) -> usize {
        if let Some(known) = self.0.get_index_of(id) {
            return known;
        }
        let descriptor = match rule::find(id) {
            Some(rule) => describe(rule),
            None => describe_deviation(id),
        };
        self.0.insert(id.to_owned(), descriptor);
        self.0.len() - 1
    }

    pub(super) fn into_descriptors(self) -> Vec<Descriptor> {
        self.0.into_values().collect()
    }
}

/// SARIF's level: `error`, `warning` or `note`; `none` for what cannot be told.
pub(super) fn level_of(severity: &str, status: &str) -> &'static str {
    match (status, severity) {
        ("fail", "critical" | "high") => "error",
        ("fail", "medium") => "warning",
        ("fail", _) => "note",
        _ => "none",
    }
}

/// The number by which code scanning orders security results.
fn security_severity(severity: &str) -> &'static str {
    match severity {
        "critical" => "9.5",
        "high" => "8.0",
        "medium" => "5.5",
        "low" => "3.0",
        _ => "1.0",
    }
}

fn text(text: &str) -> Message {
    Message {
        text: text.to_owned(),
        markdown: None,
    }
}

fn describe(rule: &Rule) -> Descriptor {
    let severity = rule.severity.as_str();
    let mut tags = vec!["security".to_owned(), rule.topic.as_str().to_owned()];
    tags.extend(
        rule.controls
            .iter()
            .map(|control| format!("MCSB {control}")),
    );
    tags.dedup();
    Descriptor {
        id: rule.id.to_owned(),
        name: rule.name.to_owned(),
        short_description: text(rule.title),
        full_description: text(rule.page.checks),
        help: Message {
            text: rule::page::plain(rule, WIDTH),
            markdown: Some(rule::page::markdown(rule)),
        },
        default_configuration: Configuration {
            level: level_of(severity, "fail"),
        },
        properties: RuleProperties {
            tags,
            precision: match rule.decided_from {
                DecidedFrom::Template => "very-high",
                DecidedFrom::Graph => "high",
                DecidedFrom::Attestation => "medium",
            },
            security_severity: security_severity(severity),
        },
    }
}

fn describe_deviation(id: &str) -> Descriptor {
    let (title, says, severity) = match id.strip_prefix("intent/") {
        Some(kind) if kind == DeviationKind::Forbidden.as_str() => (
            "Reached although it must not be",
            "The intent says that something must not be reached, and it is.",
            "high",
        ),
        Some(kind) if kind == DeviationKind::Unexpected.as_str() => (
            "Reached although nobody meant it",
            "Something is reached, and no line of the intent allows it.",
            "high",
        ),
        Some(kind) if kind == DeviationKind::Wider.as_str() => (
            "Open wider than meant",
            "Something is open to more callers, on more ports or by other proof than the intent allows.",
            "medium",
        ),
        _ => (
            "Not reached although it must be",
            "The intent says that something must be reached, and it is not.",
            "medium",
        ),
    };
    Descriptor {
        id: id.to_owned(),
        name: id.replace('/', "-"),
        short_description: text(title),
        full_description: text(says),
        help: text(says),
        default_configuration: Configuration {
            level: level_of(severity, "fail"),
        },
        properties: RuleProperties {
            tags: vec!["security".to_owned(), "intent".to_owned()],
            precision: "very-high",
            security_severity: security_severity(severity),
        },
    }
}
