//! Every rule against its own examples and the cases under `cases/rule`.

#![allow(
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test says by panicking what it cannot do"
)]

#[path = "common/estate.rs"]
mod estate;

use estate::Estate;
use serde::Deserialize;
use serde_json::{Map, Value, json};
use sightline::input::Mode;
use sightline::rule::{
    self, Absent, Check, Condition, Context, Finding, Review, Rule, Settings, Tally,
};
use std::collections::{BTreeMap, BTreeSet};

/// One line of a case file. Everything is optional but what is wanted.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
struct Case {
    /// `fail`, `pass`, `undetermined`, or `skip` where the rule is not about the resource.
    want: String,
    /// Why the case is there.
    #[allow(dead_code, reason = "it is for readers of the file")]
    note: Option<String>,
    /// The API version of the resource.
    api: Option<String>,
    /// The resource's type, where it is not the rule's first.
    r#type: Option<String>,
    /// The resource's name.
    name: Option<String>,
    /// Members of the resource beside its properties.
    body: Map<String, Value>,
    /// The resource's properties.
    properties: Option<Value>,
    /// Resources beside it, or, without properties and body, all there are.
    with: Vec<Value>,
    /// `export` or, by default, `deployment`.
    mode: Option<String>,
    /// The severity of the worst finding.
    severity: Option<String>,
    /// The parts that the findings name.
    parts: Option<BTreeSet<String>>,
    /// The reviewer's settings.
    settings: Settings,
    /// Top-level members of the template.
    template: Map<String, Value>,
}

struct Row {
    rule: &'static Rule,
    case: Case,
}

fn rows() -> Vec<Row> {
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/cases/rule");
    let mut files: Vec<_> = std::fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    files.sort();
    let mut rows = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let table: BTreeMap<String, Vec<Case>> =
            serde_json::from_str(&text).unwrap_or_else(|e| panic!("{}: {e}", file.display()));
        for (id, cases) in table {
            let rule =
                rule::find(&id).unwrap_or_else(|| panic!("{}: no rule {id}", file.display()));
            rows.extend(cases.into_iter().map(|case| Row { rule, case }));
        }
    }
    rows
}

/// API versions at which the properties that rules read are all there.
fn newest(resource_type: &str) -> &'static str {
    const NEWEST: &str = "2025-06-01";
    let known = [
        ("Microsoft.Storage", "2023-05-01"),
        ("Microsoft.KeyVault", "2023-07-01"),
    ];
    let found = known
        .iter()
        .find(|(start, _)| resource_type.starts_with(start));
    found.map_or(NEWEST, |(_, version)| version)
}

impl Row {
    fn resources(&self) -> Vec<Value> {
        let mut resources = Vec::new();
        let case = &self.case;
        if case.properties.is_some() || !case.body.is_empty() || case.with.is_empty() {
            let kind = case
                .r#type
                .clone()
                .unwrap_or_else(|| self.rule.resource_types[0].into());
            let segments = kind.matches('/').count();
            let name = case
                .name
                .clone()
                .unwrap_or_else(|| vec!["thing"; segments].join("/"));
            let mut resource = Map::new();
            resource.insert(
                "apiVersion".into(),
                json!(case.api.as_deref().unwrap_or(newest(&kind))),
            );
            resource.insert("type".into(), json!(kind));
            resource.insert("name".into(), json!(name));
            resource.extend(case.body.clone());
            if let Some(properties) = &case.properties {
                resource.insert("properties".into(), properties.clone());
            }
            resources.push(Value::Object(resource));
        }
        resources.extend(case.with.iter().cloned());
        resources
    }

    fn template(&self) -> Value {
        let mut template = template(&self.resources());
        if let Some(object) = template.as_object_mut() {
            object.extend(self.case.template.clone());
        }
        template
    }

    fn mode(&self) -> Mode {
        match self.case.mode.as_deref() {
            Some("export") => Mode::Export,
            _ => Mode::Deployment,
        }
    }
}

/// A template of `resources` that declares every parameter that they use, without a value.
fn template(resources: &[Value]) -> Value {
    let text = json!(resources).to_string();
    let mut parameters = Map::new();
    for piece in text.split("parameters('").skip(1) {
        let name = piece.split('\'').next().unwrap();
        let lower = name.to_lowercase();
        let secure = lower.contains("password") || lower.contains("secret");
        let kind = if secure { "securestring" } else { "string" };
        parameters.insert(name.to_owned(), json!({ "type": kind }));
    }
    json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": parameters,
        "resources": resources,
    })
}

/// What one rule says of a template.
struct Outcome {
    tally: Tally,
    findings: Vec<Finding>,
}

impl Outcome {
    fn word(&self) -> &'static str {
        match self.tally {
            Tally { fail: 1.., .. } => "fail",
            Tally {
                undetermined: 1.., ..
            } => "undetermined",
            Tally { pass: 1.., .. } => "pass",
            _ => "skip",
        }
    }

    fn parts(&self) -> BTreeSet<String> {
        let parts = self.findings.iter().flat_map(|finding| &finding.parts);
        parts.map(ToString::to_string).collect()
    }
}

fn review(template: &Value, mode: Mode, settings: &Settings) -> Review {
    let estate = Estate::of(&template.to_string(), mode);
    let context = Context::new(
        &estate.inventory,
        &estate.topology,
        &estate.model,
        &estate.exposures,
        settings,
    )
    .with_inputs(&estate.documents, &estate.outputs);
    rule::review(&context)
}

fn ask(rule: &Rule, template: &Value, mode: Mode, settings: &Settings) -> Outcome {
    let review = review(template, mode, settings);
    let tally = review.tallies.get(rule.id).copied().unwrap_or_default();
    let findings = review
        .findings
        .into_iter()
        .filter(|finding| finding.rule.id == rule.id);
    Outcome {
        tally,
        findings: findings.collect(),
    }
}

/// A fragment of a rule's page as a list of resources.
fn resources_of(fragment: &sightline::value::Value) -> Vec<Value> {
    match serde_json::from_str(&rule::write_json(fragment)).unwrap() {
        Value::Array(items) => items,
        one => vec![one],
    }
}

fn ask_fragment(rule: &Rule, fragment: &sightline::value::Value) -> Outcome {
    let template = template(&resources_of(fragment));
    ask(rule, &template, Mode::Deployment, &example_settings())
}

/// What a reviewer would have laid down for the rules that need it.
fn example_settings() -> Settings {
    Settings {
        allowed_regions: vec!["westeurope".into(), "northeurope".into()],
        residency: Some(rule::Residency::Region),
        approved_publishers: vec!["OpenAI".into()],
        approved_registries: vec!["model-registry".into()],
        sensitive: vec!["sensitive".into()],
        ..Settings::default()
    }
}

#[test]
fn every_case_comes_out_as_it_says() {
    let mut wrong = Vec::new();
    for row in rows() {
        let template = row.template();
        let outcome = ask(row.rule, &template, row.mode(), &row.case.settings);
        let messages: Vec<_> = outcome.findings.iter().map(|f| f.message.clone()).collect();
        let mut complain = |what: String| {
            wrong.push(format!(
                "{} {what}\n  {}\n  {messages:?}",
                row.rule.id,
                json!(row.resources())
            ));
        };
        if outcome.word() != row.case.want {
            complain(format!("says {}, wanted {}", outcome.word(), row.case.want));
            continue;
        }
        if let Some(parts) = &row.case.parts
            && *parts != outcome.parts()
        {
            complain(format!("names {:?}, wanted {parts:?}", outcome.parts()));
        }
        if let (Some(severity), Some(worst)) = (&row.case.severity, outcome.findings.first())
            && severity != worst.severity.as_str()
        {
            complain(format!("is {}, wanted {severity}", worst.severity.as_str()));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn examples_fail_and_their_corrections_pass() {
    let mut wrong = Vec::new();
    for rule in rule::all() {
        let Some(failing) = rule::failing_fragment(rule) else {
            assert!(rule.question.is_some(), "{} has no example", rule.id);
            continue;
        };
        let outcome = ask_fragment(rule, &failing);
        if outcome.word() != "fail" {
            wrong.push(format!(
                "the example of {} says {}",
                rule.id,
                outcome.word()
            ));
        }
        let corrected = rule::corrected_fragment(rule).unwrap();
        let outcome = ask_fragment(rule, &corrected);
        let messages: Vec<_> = outcome.findings.iter().map(|f| &f.message).collect();
        let want = if outcome.tally == Tally::default() {
            "skip"
        } else {
            "pass"
        };
        if outcome.word() != want {
            let word = outcome.word();
            wrong.push(format!(
                "the correction of {} says {word}: {messages:?}",
                rule.id
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Every value of `value` at `path`, set to `new`; `None` takes it out.
fn put(value: &mut Value, path: &str, new: Option<Value>) {
    let (step, rest) = path
        .split_once('.')
        .map_or((path, None), |(step, rest)| (step, Some(rest)));
    if let (Some(items), Ok(at)) = (value.as_array_mut(), step.parse::<usize>()) {
        match rest {
            Some(rest) => put(&mut items[at], rest, new),
            None => items[at] = new.unwrap_or(Value::Null),
        }
        return;
    }
    if !value.is_object() {
        *value = json!({});
    }
    let object = value.as_object_mut().unwrap();
    match (rest, new) {
        (Some(rest), new) => put(object.entry(step).or_insert(json!({})), rest, new),
        (None, Some(new)) => drop(object.insert(step.to_owned(), new)),
        (None, None) => drop(object.remove(step)),
    }
}

fn get<'v>(value: &'v Value, path: &str) -> Option<&'v Value> {
    path.split('.')
        .try_fold(value, |here, step| match step.parse::<usize>() {
            Ok(at) if here.is_array() => here.get(at),
            _ => here.get(step),
        })
}

/// For each rule whose remedy is an edit: in the corrected template every edited property is set
/// back alone, and the finding comes; it is set right again, and the finding goes.
#[test]
fn flipping_one_property_makes_the_finding_come_and_go() {
    for rule in rule::all() {
        let (Check::Property(_), Some(failing)) = (rule.check, rule::failing_fragment(rule)) else {
            continue;
        };
        let failing = resources_of(&failing);
        let corrected = resources_of(&rule::corrected_fragment(rule).unwrap());
        let settings = example_settings();
        for edit in rule.remedy.edits {
            let mut flipped = corrected.clone();
            put(
                &mut flipped[0],
                edit.path,
                get(&failing[0], edit.path).cloned(),
            );
            let come = ask(rule, &template(&flipped), Mode::Deployment, &settings);
            assert_eq!(
                come.word(),
                "fail",
                "{} with {} set back",
                rule.id,
                edit.path
            );
            put(
                &mut flipped[0],
                edit.path,
                serde_json::from_str(edit.value).ok(),
            );
            let gone = ask(rule, &template(&flipped), Mode::Deployment, &settings);
            assert_ne!(
                gone.word(),
                "fail",
                "{} with {} set right",
                rule.id,
                edit.path
            );
        }
    }
}

/// An open parameter in place of any property that a declaration asks for neither passes nor fails
/// a rule that hangs on it.
#[test]
fn an_open_parameter_is_never_sure() {
    for rule in rule::all() {
        let Check::Property(check) = rule.check else {
            continue;
        };
        let Some(corrected) = rule::corrected_fragment(rule) else {
            continue;
        };
        let corrected = resources_of(&corrected);
        for edit in rule
            .remedy
            .edits
            .iter()
            .filter(|edit| !edit.value.is_empty())
        {
            let mut open = corrected.clone();
            put(&mut open[0], edit.path, Some(json!("[parameters('open')]")));
            let outcome = ask(
                rule,
                &template(&open),
                Mode::Deployment,
                &example_settings(),
            );
            if PRESENCE_IS_ENOUGH.contains(&rule.id) {
                assert_eq!(
                    outcome.word(),
                    "pass",
                    "{} with {} open",
                    rule.id,
                    edit.path
                );
                continue;
            }
            assert_eq!(
                outcome.word(),
                "undetermined",
                "{} with {} open",
                rule.id,
                edit.path
            );
            let finding = &outcome.findings[0];
            assert!(
                finding.doubts.iter().all(|doubt| !doubt.settle.is_empty()),
                "{}",
                rule.id
            );
        }
        assert!(!check.parts.is_empty(), "{} has no parts", rule.id);
    }
}

/// The API versions at which what an absence means changes in `condition`, or which it asks for.
fn versions_of(condition: &Condition, found: &mut BTreeSet<&'static str>) {
    match condition {
        Condition::From(version) => drop(found.insert(version)),
        Condition::Property(property) => versions_of_absence(&property.absent, found),
        Condition::All(parts) | Condition::Any(parts) => {
            parts.iter().for_each(|part| versions_of(part, found));
        }
        Condition::Not(inner) | Condition::AnyItem(_, inner) | Condition::NoItem(_, inner, _) => {
            versions_of(inner, found);
        }
        _ => {}
    }
}

fn versions_of_absence(absent: &Absent, found: &mut BTreeSet<&'static str>) {
    match absent {
        Absent::Since(version, from, before) => {
            found.insert(version);
            versions_of_absence(from, found);
            versions_of_absence(before, found);
        }
        Absent::InExport(export, deployment) => {
            versions_of_absence(export, found);
            versions_of_absence(deployment, found);
        }
        _ => {}
    }
}

#[test]
fn each_version_at_which_an_absence_changes_its_meaning_has_cases_on_both_sides() {
    let mut missing = Vec::new();
    let mut count = 0;
    for rule in rule::all() {
        let Check::Property(check) = rule.check else {
            continue;
        };
        let mut versions = BTreeSet::new();
        versions_of(&check.applies, &mut versions);
        for part in check.parts {
            versions_of(&part.when, &mut versions);
        }
        let asked: BTreeSet<String> = rows()
            .into_iter()
            .filter(|row| row.rule.id == rule.id)
            .flat_map(|row| row.resources())
            .filter(|resource| {
                rule.resource_types
                    .contains(&resource["type"].as_str().unwrap())
            })
            .filter_map(|resource| Some(resource["apiVersion"].as_str()?.get(..10)?.to_owned()))
            .collect();
        for version in versions {
            count += 1;
            let from = asked.iter().any(|one| one.as_str() >= version);
            let before = asked.iter().any(|one| one.as_str() < version);
            if !from || !before {
                missing.push(format!("{} at {version}: {asked:?}", rule.id));
            }
        }
    }
    assert!(count > 5, "only {count} versions");
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn every_rule_has_a_complete_page_and_cases() {
    let mut wanted: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
    for row in rows() {
        wanted.entry(row.rule.id).or_default().insert(row.case.want);
    }
    let mut ids = BTreeSet::new();
    for rule in rule::all() {
        let id = rule.id;
        assert!(
            ids.insert(id) && ids.insert(rule.name),
            "{id} or its name is not the only one"
        );
        let page = rule.page;
        for text in [
            page.checks,
            page.matters,
            page.pass,
            page.fail,
            page.unknown,
            rule.remedy.text,
        ] {
            assert!(text.len() > 20, "{id} says too little: {text:?}");
            assert!(
                text.ends_with('.'),
                "{id} has a sentence without an end: {text:?}"
            );
            assert!(!text.contains("  "), "{id} has a gap: {text:?}");
        }
        let name_is_kebab = rule
            .name
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
        assert!(name_is_kebab, "{id} is called {}", rule.name);
        if rule.question.is_some() && rule::failing_fragment(rule).is_none() {
            continue;
        }
        assert!(
            rule::failing_fragment(rule).is_some(),
            "{id} has no example"
        );
        let cases = wanted.get(id).cloned().unwrap_or_default();
        assert!(
            cases.contains("pass") || cases.contains("skip"),
            "{id} has no passing case"
        );
        assert!(
            cases.contains("undetermined") || DECIDED.contains(&id),
            "{id} has no open case"
        );
        let severe = rule.severity <= rule::Severity::High;
        assert!(
            !severe || !rule.remedy.cli.is_empty() || NO_COMMAND.contains(&id),
            "{id} has no command"
        );
    }
}

/// Rules whose question is always answered by the text of the template.
const DECIDED: [&str; 3] = ["SL-BOT-010", "SL-ENG-001", "SL-SEC-001"];
/// Rules for which whatever is no literal passes.
const PRESENCE_IS_ENOUGH: [&str; 1] = ["SL-BOT-010"];
/// Severe rules for which no Azure CLI command does what is needed.
const NO_COMMAND: [&str; 0] = [];
