//! From the value of a reviewer's file to what it lays down.

use super::Reviewer;
use super::file::{
    ExpectationEntry, FILE_VERSION, IntentEntry, KeptFile, Note, PropertyEdit, SensitiveMark,
    WaiverEntry, is_date,
};
use super::intent::{Expectation, Intent};
use crate::diagnostic::Diagnostic;
use crate::flow::{PortSet, Protocol, ServiceSet};
use crate::reachability::OpenTo;
use crate::resource::AuthenticationMode;
use crate::rule::{self, Attested, Settings, Waiver};
use crate::source::{SourceFile, Span};
use crate::value::{Member, Text, Value, read_form};
use serde::de::DeserializeOwned;
use std::collections::BTreeMap;

/// What the file `source`, whose value is `root`, lays down; and what is wrong with it, each at its
/// place. What is wrong is left out.
pub fn read_reviewer(root: &Value, source: &SourceFile) -> (Reviewer, Vec<Diagnostic>) {
    let mut reading = Reading {
        source,
        reviewer: Reviewer::default(),
        problems: Vec::new(),
    };
    for member in root.members() {
        reading.member(member);
    }
    if root.as_object().is_none() {
        reading.wrong(root.span, "a reviewer's file holds an object");
    }
    (reading.reviewer, reading.problems)
}

struct Reading<'a> {
    source: &'a SourceFile,
    reviewer: Reviewer,
    problems: Vec<Diagnostic>,
}

impl Reading<'_> {
    fn wrong(&mut self, span: Span, message: impl Into<String>) {
        self.problems
            .push(Diagnostic::error("reviewer-file", message, span));
    }

    fn form<T: DeserializeOwned>(&mut self, value: &Value) -> Option<T> {
        match read_form(value) {
            Ok(form) => Some(form),
            Err(error) => {
                self.wrong(error.span, error.message);
                None
            }
        }
    }

    /// The items of a list, each with its place.
    fn items<T: DeserializeOwned>(&mut self, value: &Value) -> Vec<(T, Span)> {
        if value.as_array().is_none() {
            self.wrong(
                value.span,
                format!("this is no list: it is a {}", value.type_name()),
            );
        }
        let items = value.items().iter();
        items
            .filter_map(|item| Some((self.form(item)?, item.span)))
            .collect()
    }

    fn member(&mut self, member: &Member) {
        let value = &member.value;
        match &*member.name {
            "sightline" => self.version(value),
            "settings" => self.settings(value),
            "waivers" => self.waivers(value),
            "intent" => self.intent(value),
            "answers" => self.answers(value),
            "notes" => {
                let notes = self.items::<Note>(value);
                self.reviewer.notes = notes.into_iter().map(|(note, _)| note).collect();
            }
            "parameters" => self.parameters(value),
            "edits" => {
                let edits = self.items::<PropertyEdit>(value);
                self.reviewer.edits = edits.into_iter().map(|(edit, _)| edit).collect();
            }
            // The page opens them; a review reads its inputs alone.
            "files" => {
                self.items::<KeptFile>(value);
            }
            "$schema" => {}
            other => self.wrong(
                member.name_span,
                format!(
                    "unknown member `{other}`: a reviewer's file holds `settings`, `waivers`, \
                     `intent`, `answers`, `notes`, `parameters`, `edits` and `files`"
                ),
            ),
        }
    }

    fn version(&mut self, value: &Value) {
        if value.as_integer() != Some(i64::from(FILE_VERSION)) {
            self.wrong(
                value.span,
                format!("this is no version of the file that can be read: only {FILE_VERSION} is"),
            );
        }
    }

    fn settings(&mut self, value: &Value) {
        let Some(mut settings) = self.form::<Settings>(value) else {
            return;
        };
        let named = value.get("rules").map_or(&[][..], Value::members);
        for member in named {
            self.check_rule(&member.name, member.name_span);
        }
        // What stands elsewhere in the file came first or comes later; both count.
        if let Some(known) = self.reviewer.settings.take() {
            settings.keep_marks(known);
        }
        self.reviewer.settings = Some(settings);
    }

    fn answers(&mut self, value: &Value) {
        let Some(answers) = self.form::<BTreeMap<String, Attested>>(value) else {
            return;
        };
        for member in value.members() {
            self.check_rule(&member.name, member.name_span);
        }
        let settings = self.reviewer.settings.get_or_insert_default();
        settings.answers.extend(answers);
    }

    fn check_rule(&mut self, name: &str, span: Span) -> bool {
        let known = rule::find(name).is_some();
        if !known {
            self.wrong(span, format!("there is no rule `{name}`"));
        }
        known
    }

    fn waivers(&mut self, value: &Value) {
        for (entry, span) in self.items::<WaiverEntry>(value) {
            let place = (self.source.name().clone(), self.source.position(span.start));
            let named = self.check_rule(&entry.rule, span);
            let about = entry.fingerprint.is_some() || entry.resource.is_some();
            if !about {
                let says = "a waiver names a finding by `fingerprint` or resources by `resource`";
                self.wrong(span, says);
            }
            let day = entry.expires.as_deref().is_none_or(is_date);
            if !day {
                self.wrong(span, "`expires` is no day of the form `2026-12-31`");
            }
            let worded = ![&entry.text, &entry.owner]
                .iter()
                .any(|one| one.trim().is_empty());
            if !worded {
                self.wrong(
                    span,
                    "a waiver says why in `text` and who answers for it in `owner`",
                );
            }
            if named && about && day && worded {
                self.reviewer.waivers.push(Waiver {
                    rule: entry.rule,
                    fingerprint: entry.fingerprint,
                    resource: entry.resource,
                    reason: entry.reason,
                    text: entry.text,
                    owner: entry.owner,
                    expires: entry.expires,
                    place,
                });
            }
        }
    }

    fn intent(&mut self, value: &Value) {
        // The lines are read one by one, so that one that is wrong does not lose the others.
        let lines = value.get("expect").cloned();
        let rest = without(value, "expect");
        let Some(entry) = self.form::<IntentEntry>(&rest) else {
            return;
        };
        let mut intent = Intent {
            closed: entry.closed.unwrap_or_else(|| vec!["internet".to_owned()]),
            expectations: Vec::new(),
        };
        if let Some(lines) = lines {
            for (line, span) in self.items::<ExpectationEntry>(&lines) {
                intent.expectations.extend(self.expectation(line, span));
            }
        }
        self.reviewer.intent = intent;
        if entry.sensitive.is_empty() {
            return;
        }
        let settings = self.reviewer.settings.get_or_insert_default();
        for mark in entry.sensitive {
            match mark {
                SensitiveMark::Name(name) => settings.sensitive.push(name),
                SensitiveMark::Tag(tag) => {
                    settings
                        .sensitive_tags
                        .entry(tag.tag)
                        .or_default()
                        .extend(tag.values);
                }
            }
        }
    }

    fn expectation(&mut self, entry: ExpectationEntry, span: Span) -> Option<Expectation> {
        let services = match entry.ports.as_deref().map(parse_services) {
            None => ServiceSet::all(),
            Some(Some(services)) => services,
            Some(None) => {
                self.wrong(
                    span,
                    "`ports` is no list of ports like `443`, `22, 3389` or `udp 53`",
                );
                return None;
            }
        };
        let open_to = match entry.open_to.as_deref() {
            None => OpenTo::Anyone,
            Some(word) => {
                let known = [OpenTo::Anyone, OpenTo::AzureTenants, OpenTo::Listed];
                let Some(open_to) = known.into_iter().find(|one| one.as_str() == word) else {
                    self.wrong(span, "`openTo` is `anyone`, `azureTenants` or `listed`");
                    return None;
                };
                open_to
            }
        };
        let mut with = None;
        if let Some(words) = &entry.with {
            let modes: Option<Vec<_>> = words.iter().map(|word| parse_mode(word)).collect();
            if modes.is_none() {
                let all = AuthenticationMode::ALL
                    .map(AuthenticationMode::as_str)
                    .join("`, `");
                self.wrong(span, format!("`with` names what is none of `{all}`"));
                return None;
            }
            with = modes;
        }
        Some(Expectation {
            id: entry.id.unwrap_or_default(),
            from: entry.from.unwrap_or_else(|| "internet".to_owned()),
            to: entry.to,
            door: entry.door,
            services,
            open_to,
            with,
            reach: entry.reach,
            severity: entry.severity,
            why: entry.why.unwrap_or_default(),
            place: (self.source.name().clone(), self.source.position(span.start)),
        })
    }

    fn parameters(&mut self, value: &Value) {
        if value.as_object().is_none() {
            self.wrong(value.span, "`parameters` is an object of values by name");
            return;
        }
        let given = value.members().iter().map(|member| Member {
            name: Text::clone(&member.name),
            name_span: member.name_span,
            value: Value::object(
                member.value.span,
                vec![Member {
                    name: "value".into(),
                    name_span: member.name_span,
                    value: member.value.clone(),
                }],
            ),
        });
        let all = Value::object(value.span, given.collect());
        self.reviewer.parameters = Some(Value::object(
            value.span,
            vec![Member {
                name: "parameters".into(),
                name_span: value.span,
                value: all,
            }],
        ));
    }
}

/// `value` without its member `name`.
fn without(value: &Value, name: &str) -> Value {
    if value.as_object().is_none() {
        return value.clone();
    }
    let others = value
        .members()
        .iter()
        .filter(|member| &*member.name != name);
    Value::object(value.span, others.cloned().collect())
}

/// The services in `443`, `22, 3389`, `8000-9000`, `udp 53` or `icmp`, separated by commas.
fn parse_services(text: &str) -> Option<ServiceSet> {
    let mut all = ServiceSet::empty();
    for part in text.split(',') {
        let part = part.trim();
        let (word, ports) = part.split_once(' ').unwrap_or(("", part));
        let services = match Protocol::parse(word.trim()) {
            Some(protocol) => ServiceSet::of(protocol, PortSet::parse(ports)?),
            None if word.is_empty() && part == "*" => ServiceSet::all(),
            None if word.is_empty() => match Protocol::parse(part) {
                Some(protocol) => ServiceSet::of(protocol, PortSet::all()),
                None => ServiceSet::of(Protocol::Tcp, PortSet::parse(ports)?),
            },
            None => return None,
        };
        all = all.union(&services);
    }
    Some(all)
}

fn parse_mode(word: &str) -> Option<AuthenticationMode> {
    let mut modes = AuthenticationMode::ALL.into_iter();
    modes.find(|mode| mode.as_str().eq_ignore_ascii_case(word))
}
