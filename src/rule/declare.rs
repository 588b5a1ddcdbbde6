//! What a rule is.

use super::Context;
use super::attestation::Question;
use super::condition::Condition;
use super::ruling::Ruling;
use super::safeguard::Safeguard;
use super::scene::Scene;
use super::severity::{Follows, Severity};
use super::topic::Topic;

/// One rule of the catalogue: what it checks, what it says to people, and how it decides.
///
/// Everything that is said about the rule anywhere (the page, `explain`, the Markdown reference,
/// SARIF help) is made from this one declaration.
#[derive(Debug)]
pub struct Rule {
    /// `SL-STG-001`: never reused.
    pub id: &'static str,
    /// The bad state in kebab case, so that "allow anonymous-blob-access" reads well.
    pub name: &'static str,
    /// The bad state as a headline.
    pub title: &'static str,
    /// The part of practice that it belongs to.
    pub topic: Topic,
    /// How much it matters before anything moves it.
    pub severity: Severity,
    /// What moves that.
    pub follows: Follows,
    /// From what it is decided.
    pub decided_from: DecidedFrom,
    /// Who has to act.
    pub responsibility: Responsibility,
    /// The resource types that it looks at; `*` for any, a text in parentheses for none.
    pub resource_types: &'static [&'static str],
    /// Controls of the Microsoft cloud security benchmark.
    pub controls: &'static [&'static str],
    /// Identifiers of other catalogues: `source: id, id; source: id`.
    pub references: &'static str,
    /// What kind of safeguard it is, which decides what laws say about it.
    pub safeguard: Option<Safeguard>,
    /// The prose of its page.
    pub page: Page,
    /// How to put it right.
    pub remedy: Remedy,
    /// A failing fragment and its correction.
    pub example: Example,
    /// How it decides.
    pub check: Check,
    /// What is asked of the reviewer, where a template cannot tell.
    pub question: Option<Question>,
}

/// From what a rule is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DecidedFrom {
    /// One resource's own text.
    Template,
    /// Several resources, or what can be reached.
    Graph,
    /// The reviewer's answer.
    Attestation,
}

impl DecidedFrom {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Template => "template",
            Self::Graph => "graph",
            Self::Attestation => "attestation",
        }
    }
}

/// Who has to act on a finding, in the shared responsibility of the cloud.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Responsibility {
    /// The customer, by the template or in the tenant.
    Customer,
    /// The platform does it, or does it unless the customer opts out; nothing is left to configure
    /// or only the record of it.
    Platform,
}

impl Responsibility {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Customer => "customer",
            Self::Platform => "platform",
        }
    }
}

/// The prose of a rule's page, in plain sentences.
#[derive(Clone, Copy, Debug)]
pub struct Page {
    /// What it checks.
    pub checks: &'static str,
    /// Why it matters.
    pub matters: &'static str,
    /// When it passes.
    pub pass: &'static str,
    /// When it fails.
    pub fail: &'static str,
    /// When it cannot be decided, and what settles it.
    pub unknown: &'static str,
}

/// How to put a finding right.
#[derive(Clone, Copy, Debug)]
pub struct Remedy {
    /// What to do, in a sentence or two.
    pub text: &'static str,
    /// The properties to set, where that is all there is to do.
    pub edits: &'static [Edit],
    /// The Azure CLI command that does it to a running resource; empty where there is none.
    pub cli: &'static str,
}

/// One property to set.
#[derive(Clone, Copy, Debug)]
pub struct Edit {
    /// The member names from the resource, separated by dots; a number is a place in a list.
    pub path: &'static str,
    /// The value as JSON; empty to take the property out.
    pub value: &'static str,
}

/// The edit that sets `path` to the JSON text `value`.
pub(super) const fn set(path: &'static str, value: &'static str) -> Edit {
    Edit { path, value }
}

/// Template fragments, as JSON: a resource, or a list of resources.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    /// One that the rule fails. Empty for a rule that is only asked.
    pub fails: &'static str,
    /// The same corrected; empty where the remedy's edits correct it.
    pub passes: &'static str,
}

/// How a rule decides.
#[derive(Clone, Copy, Debug)]
pub enum Check {
    /// By what single properties say.
    Property(&'static PropertyCheck),
    /// By a function that looks at one resource of its types and at what is around it.
    Resource(fn(&Scene<'_>, &mut Ruling)),
    /// By a function that looks at the whole estate.
    Estate(fn(&Context<'_>) -> Vec<Ruling>),
    /// By summing up what the other rules could not decide.
    Undecided,
    /// By the reviewer's answer alone.
    Answer,
}

/// A check by single properties: it fails where any part fails.
#[derive(Clone, Copy, Debug)]
pub struct PropertyCheck {
    /// The resources that it is about; of the others nothing is said.
    pub applies: Condition,
    /// What can be wrong.
    pub parts: &'static [Part],
}

/// One thing that can be wrong.
#[derive(Clone, Copy, Debug)]
pub struct Part {
    /// What tells it from the rule's other parts, in kebab case; goes into fingerprints.
    pub key: &'static str,
    /// The clause of the message: "anonymous access to blobs is allowed".
    pub says: &'static str,
    /// The last segments of the types that it is about; empty for all of the rule's types.
    pub types: &'static [&'static str],
    /// When it is wrong.
    pub when: Condition,
    /// How much it matters, where that differs from the rule.
    pub severity: Option<Severity>,
}

/// A part of its rule's own severity, about all of the rule's types.
pub(super) const fn part(key: &'static str, says: &'static str, when: Condition) -> Part {
    Part {
        key,
        says,
        types: &[],
        when,
        severity: None,
    }
}

impl Part {
    /// The same with a severity of its own.
    #[must_use]
    pub const fn at(mut self, severity: Severity) -> Self {
        self.severity = Some(severity);
        self
    }

    /// The same about these of the rule's types only, named in full.
    #[must_use]
    pub const fn on(mut self, types: &'static [&'static str]) -> Self {
        self.types = types;
        self
    }
}

impl Rule {
    /// The references, parsed.
    pub fn parsed_references(&self) -> Vec<super::reference::Reference> {
        super::reference::parse(self.references, self.safeguard)
    }

    /// Whether it looks at resources of any type.
    pub fn is_about_any_type(&self) -> bool {
        self.resource_types.first() == Some(&"*")
    }
}
