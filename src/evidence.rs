//! What proves a statement.

use crate::source::Span;
use crate::value::{Atom, Cause, Text, Unknown, symbol};
use std::borrow::Cow;
use std::fmt;
use std::ops::Deref;
use std::sync::Arc;

/// On what a statement rests, the firmest first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Basis {
    /// The template says so.
    Stated,
    /// The property is absent and Azure documents its default.
    Default,
    /// Azure's platform always does so.
    Platform,
    /// Known from experience only, or taken for granted.
    Assumed,
}

impl Basis {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Stated => "stated",
            Self::Default => "default",
            Self::Platform => "platform",
            Self::Assumed => "assumed",
        }
    }
}

/// The words of a statement. Evidence is handed on at every step, so copies share the text.
#[derive(Clone, Debug)]
pub enum Wording {
    /// The same for every template.
    Fixed(&'static str),
    /// Made for this one.
    Made(Arc<str>),
}

impl Deref for Wording {
    type Target = str;

    fn deref(&self) -> &str {
        match self {
            Self::Fixed(text) => text,
            Self::Made(text) => text,
        }
    }
}

impl PartialEq for Wording {
    fn eq(&self, other: &Self) -> bool {
        **self == **other
    }
}

impl Eq for Wording {}

impl PartialOrd for Wording {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Wording {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        (**self).cmp(&**other)
    }
}

impl fmt::Display for Wording {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.pad(self)
    }
}

impl From<&'static str> for Wording {
    fn from(text: &'static str) -> Self {
        Self::Fixed(text)
    }
}

impl From<String> for Wording {
    fn from(text: String) -> Self {
        Self::Made(text.into())
    }
}

impl From<Cow<'static, str>> for Wording {
    fn from(text: Cow<'static, str>) -> Self {
        match text {
            Cow::Borrowed(text) => Self::Fixed(text),
            Cow::Owned(text) => text.into(),
        }
    }
}

/// A statement about the template and the text that bears it out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Evidence {
    /// The text: the property's value, or, where a property is absent, what would hold it.
    pub span: Span,
    /// The statement: `publicNetworkAccess is Enabled`.
    pub says: Wording,
    /// On what it rests.
    pub basis: Basis,
    /// What would make it otherwise, where the template can.
    pub remedy: Option<Arc<Remedy>>,
}

/// A change of one property with which a control refuses what it lets through.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Remedy {
    /// The property's value, or, where it is absent, the nearest value that would hold it.
    pub span: Span,
    /// Whether the property stands at the span.
    pub is_stated: bool,
    /// The property's path below the resource's `properties`: `networkAcls.defaultAction`.
    pub property: Text,
    /// The value that refuses.
    pub value: RemedyValue,
    /// How much it disrupts, from 1; what closes a whole service costs more than one rule.
    pub cost: u8,
}

/// The value that a property is to get.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RemedyValue {
    /// A word.
    Word(Text),
    /// A truth value.
    Truth(bool),
}

impl Evidence {
    /// A statement that the text at `span` makes.
    pub fn stated(span: Span, says: impl Into<Wording>) -> Self {
        Self {
            span,
            says: says.into(),
            basis: Basis::Stated,
            remedy: None,
        }
    }

    /// A statement that follows from what is absent at `span`.
    pub fn default(span: Span, says: impl Into<Wording>) -> Self {
        Self {
            span,
            says: says.into(),
            basis: Basis::Default,
            remedy: None,
        }
    }

    /// A statement about the platform, tied to the resource at `span`.
    pub fn platform(span: Span, says: impl Into<Wording>) -> Self {
        Self {
            span,
            says: says.into(),
            basis: Basis::Platform,
            remedy: None,
        }
    }

    /// The same statement with what would make it otherwise.
    #[must_use]
    pub fn with_remedy(mut self, remedy: Remedy) -> Self {
        self.remedy = Some(Arc::new(remedy));
        self
    }

    /// A statement that is taken for granted.
    pub fn assumed(span: Span, says: impl Into<Wording>) -> Self {
        Self {
            span,
            says: says.into(),
            basis: Basis::Assumed,
            remedy: None,
        }
    }
}

/// A fact that the inputs leave open and on which a decision hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doubt {
    /// What tells one doubt from another: two decisions with the same key fall the same way.
    pub key: Text,
    /// A stable kebab-case name for programs, for example `parameter-without-value`.
    pub code: &'static str,
    /// Why it is open, as a sentence without full stop.
    pub why: String,
    /// What would settle it, as a noun phrase: "a value for parameter `access`".
    pub settle: String,
    /// The read-only command that tells, where there is one.
    pub command: Option<String>,
    /// The place in the template.
    pub span: Option<Span>,
    /// Whether the template names the fact and merely leaves it open; otherwise what decides lies
    /// outside the inputs.
    pub left_open: bool,
    /// The values that the fact can take, where they are few, each with whether the decision it
    /// hangs on then holds.
    pub outcomes: Vec<(String, bool)>,
    /// The keys of the doubts that hold wherever this one does: what is in `Storage.WestEurope` is
    /// in `Storage`.
    pub implies: Vec<Text>,
}

impl Doubt {
    /// The doubt that `unknown`, which stands at `span`, casts on the statement called `about`.
    pub fn of(unknown: &Unknown, span: Span, about: &str) -> Self {
        let refers_to = unknown.refers_to();
        let atom = unknown.atoms.first();
        let cause = atom.map_or(Cause::Failed, |atom| atom.cause);
        let (code, why, settle) = describe(cause, refers_to, atom.map(|atom| &**atom));
        Self {
            key: format!("{}|{about}", unknown.symbol).into(),
            code,
            why,
            settle,
            command: None,
            span: Some(span),
            left_open: unknown.is_left_open(),
            outcomes: Vec::new(),
            implies: Vec::new(),
        }
    }

    /// A doubt about something outside the inputs.
    pub fn outside(
        code: &'static str,
        key: impl Into<Text>,
        why: impl Into<String>,
        settle: impl Into<String>,
        span: impl Into<Option<Span>>,
    ) -> Self {
        Self {
            key: key.into(),
            code,
            why: why.into(),
            settle: settle.into(),
            command: None,
            span: span.into(),
            left_open: false,
            outcomes: Vec::new(),
            implies: Vec::new(),
        }
    }

    /// The same doubt with what each value would mean.
    #[must_use]
    pub fn with_outcomes(mut self, outcomes: Vec<(String, bool)>) -> Self {
        self.outcomes = outcomes;
        self
    }

    /// The same doubt, which never holds without those called `keys`.
    #[must_use]
    pub fn implying(mut self, keys: Vec<Text>) -> Self {
        self.implies = keys;
        self
    }

    /// The same doubt with the command that settles it.
    #[must_use]
    pub fn with_command(mut self, command: impl Into<String>) -> Self {
        self.command = Some(command.into());
        self
    }
}

fn describe(cause: Cause, refers_to: &str, atom: Option<&Atom>) -> (&'static str, String, String) {
    let resource = resource_words(refers_to);
    let path = atom
        .map(|atom| atom.path.join("."))
        .filter(|path| !path.is_empty());
    let of = path.map_or(String::new(), |path| format!("`{path}` of "));
    match cause {
        Cause::Parameter => {
            let name = refers_to
                .strip_prefix("parameters('")
                .and_then(|rest| rest.strip_suffix("')"))
                .unwrap_or(refers_to);
            (
                "parameter-without-value",
                format!("parameter `{name}` has no value"),
                format!("a value for parameter `{name}`"),
            )
        }
        Cause::KeyVaultSecret => (
            "key-vault-secret",
            format!("`{refers_to}` comes from a key vault"),
            format!("the secret that `{refers_to}` names"),
        ),
        Cause::Runtime => (
            "runtime-value",
            format!("only Azure knows {of}`{resource}`"),
            format!("{of}`{resource}` as Azure reports it"),
        ),
        Cause::NonDeterministic => (
            "new-each-time",
            format!("`{refers_to}` differs at each deployment"),
            format!("the value of `{refers_to}` that was used"),
        ),
        Cause::MissingFile => (
            "missing-file",
            format!("`{refers_to}` is not among the inputs"),
            format!("the file `{refers_to}`"),
        ),
        Cause::Failed => (
            "not-evaluated",
            format!("{refers_to} could not be evaluated"),
            "a template that evaluates".to_owned(),
        ),
        Cause::Conflict => (
            "conflicting-statements",
            format!("the inputs contradict each other about {refers_to}"),
            format!("one statement about {refers_to}"),
        ),
    }
}

/// What `refers_to` names, as people read it: of an identifier, the type and name behind the last
/// provider.
fn resource_words(refers_to: &str) -> String {
    let parts = symbol::split_segments(refers_to);
    let from = parts
        .iter()
        .rposition(|part| part.eq_ignore_ascii_case("providers"));
    let named = from
        .and_then(|at| parts.get(at + 1..))
        .filter(|named| named.len() > 1);
    symbol::display(&named.unwrap_or(&parts).join("/"))
}
