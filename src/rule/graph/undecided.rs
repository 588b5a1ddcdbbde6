//! What the inputs leave open, told once for all rules.

use crate::evidence::{Doubt, Evidence};
use crate::resource::ResourceIndex;
use crate::rule::Context;
use crate::rule::finding::{Finding, without_holes};
use crate::rule::prelude::*;
use crate::rule::ruling::{Failing, Ruling};
use crate::source::FileId;
use crate::value::Text;
use indexmap::IndexMap;
use std::collections::BTreeSet;

/// SL-ENG-001.
pub(in crate::rule) static UNDECIDED: Rule = Rule {
    id: "SL-ENG-001",
    name: "undecided",
    title: "Rule could not be decided from this export",
    topic: Topic::DataQuality,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["*"],
    controls: &[],
    references: "",
    safeguard: None,
    page: Page {
        checks: "What the inputs leave open, and which rules hang on it.",
        matters: "A check that could not be made is not a check that passed. Most of what is open \
            is settled by one more file or one value.",
        pass: "Every rule that looked at something decided it.",
        fail: "At least one rule could not decide: a parameter has no value, a resource lies \
            outside the inputs, or only Azure knows. Each such fact is told once, with the rules \
            that hang on it and what settles it.",
        unknown: "This never happens: the rule is about what is unknown.",
    },
    remedy: Remedy {
        text: "Export again with parameters included, add parameter files or the templates of \
            other groups, or type the value.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"publicNetworkAccess": "[parameters('access')]",
            "minimumTlsVersion": "TLS1_2"}}"#,
        passes: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "kind": "FileStorage",
            "properties": {"publicNetworkAccess": "Disabled", "minimumTlsVersion": "TLS1_2",
            "allowSharedKeyAccess": false}}"#,
    },
    check: Check::Undecided,
    question: None,
};

/// A fact that is open, and what hangs on it.
struct Open<'a> {
    doubt: &'a Doubt,
    first: Option<ResourceIndex>,
    file: FileId,
    rules: BTreeSet<&'static str>,
    resources: BTreeSet<Option<ResourceIndex>>,
}

/// One ruling for each fact on which findings hang, in the order in which they come up. It is about
/// the first resource by name, wherever that stands in the template.
pub(in crate::rule) fn sum_up(context: &Context<'_>, findings: &[Finding]) -> Vec<Ruling> {
    let name = |resource: Option<ResourceIndex>| {
        let resource = resource.and_then(|index| context.inventory.get(index));
        resource.map(|one| without_holes(one.id.tail()))
    };
    let mut open: IndexMap<Text, Open<'_>> = IndexMap::new();
    for finding in findings {
        for doubt in &finding.doubts {
            let fact: Text = doubt.settle.as_str().into();
            let entry = open.entry(fact).or_insert_with(|| Open {
                doubt,
                first: finding.resource,
                file: finding.file,
                rules: BTreeSet::new(),
                resources: BTreeSet::new(),
            });
            if name(finding.resource) < name(entry.first) {
                (entry.doubt, entry.first, entry.file) = (doubt, finding.resource, finding.file);
            }
            entry.rules.insert(finding.rule.id);
            entry.resources.insert(finding.resource);
        }
    }
    open.into_values().map(|open| tell(&open)).collect()
}

fn tell(open: &Open<'_>) -> Ruling {
    let mut ruling = match open.first {
        Some(index) => Ruling::about(index),
        None => Ruling::about_file(open.file),
    };
    let count = |number: usize, word: &str| match number {
        1 => format!("1 {word}"),
        _ => format!("{number} {word}s"),
    };
    let rules: Vec<&str> = open.rules.iter().copied().collect();
    let says = format!(
        "{} would decide {} on {}: {}",
        open.doubt.settle,
        count(rules.len(), "rule"),
        count(open.resources.len(), "resource"),
        rules.join(", ")
    );
    let evidence = open
        .doubt
        .span
        .map(|span| Evidence::stated(span, open.doubt.why.clone()));
    ruling.failing.push(Failing {
        key: rules.join("+").into(),
        says: says.into(),
        evidence: evidence.into_iter().collect(),
        severity: None,
    });
    ruling
}
