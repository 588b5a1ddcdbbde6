//! Who is meant to reach what.

use crate::evidence::Evidence;
use crate::flow::ServiceSet;
use crate::reachability::OpenTo;
use crate::resource::{AuthenticationMode, ResourceIndex};
use crate::rule::{Severity, Status};
use crate::source::Position;
use crate::value::Text;
use serde::{Deserialize, Serialize};

/// Whether something may, must or must not be reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Reach {
    /// It may be, and need not.
    May,
    /// It must be: where it is not, something does not work.
    Must,
    /// It must not be.
    MustNot,
}

impl Reach {
    /// The words of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::May => "may",
            Self::Must => "must",
            Self::MustNot => "must not",
        }
    }
}

/// One line of the intent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Expectation {
    /// What it is called; empty where it has no name.
    pub id: String,
    /// Where the caller stands.
    pub from: String,
    /// The resource's name or identifier, `*` for any text.
    pub to: String,
    /// The door; `None` for every one.
    pub door: Option<String>,
    /// The services meant.
    pub services: ServiceSet,
    /// To whom it may be open at most.
    pub open_to: OpenTo,
    /// What callers may show to come in; `None` for anything.
    pub with: Option<Vec<AuthenticationMode>>,
    /// Whether it may, must or must not be reached.
    pub reach: Reach,
    /// How much a deviation matters, where that differs from the usual.
    pub severity: Option<Severity>,
    /// Why, in the reviewer's own words.
    pub why: String,
    /// The file, line and column where it is written.
    pub place: (Text, Position),
}

impl Expectation {
    /// What people call it: its name, or else what it says.
    pub fn title(&self) -> String {
        if !self.id.is_empty() {
            return format!("`{}`", self.id);
        }
        format!(
            "`{}` {} reach `{}`",
            self.from,
            self.reach.as_str(),
            self.to
        )
    }
}

/// Who is meant to reach what.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Intent {
    /// The lines, in the order written.
    pub expectations: Vec<Expectation>,
    /// From where nothing but what is listed may be reached.
    pub closed: Vec<String>,
}

impl Intent {
    /// Whether nothing is laid down.
    pub fn is_empty(&self) -> bool {
        self.expectations.is_empty() && self.closed.is_empty()
    }

    /// Adds the lines of `other`.
    pub fn add(&mut self, other: Self) {
        self.expectations.extend(other.expectations);
        for place in other.closed {
            if !self.closed.contains(&place) {
                self.closed.push(place);
            }
        }
    }

    /// The footholds that it speaks of, each once, in order.
    pub fn footholds(&self) -> Vec<&str> {
        let mut footholds: Vec<&str> = Vec::new();
        let named = self.expectations.iter().map(|one| one.from.as_str());
        for name in self.closed.iter().map(String::as_str).chain(named) {
            if !footholds
                .iter()
                .any(|known| known.eq_ignore_ascii_case(name))
            {
                footholds.push(name);
            }
        }
        footholds
    }
}

/// How the estate differs from the intent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeviationKind {
    /// Something that must not be reached is.
    Forbidden,
    /// Something is reached that nobody meant to be.
    Unexpected,
    /// Something is open to more callers, on more ports or by weaker proof than meant.
    Wider,
    /// Something that must be reached is not.
    Missing,
}

impl DeviationKind {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Forbidden => "forbidden",
            Self::Unexpected => "unexpected",
            Self::Wider => "wider",
            Self::Missing => "missing",
        }
    }
}

/// One difference between the estate and the intent.
#[derive(Clone, Debug)]
pub struct Deviation {
    /// How they differ.
    pub kind: DeviationKind,
    /// How much it matters.
    pub severity: Severity,
    /// Whether it is sure.
    pub status: Status,
    /// The line of the intent; `None` where no line is about it.
    pub expectation: Option<usize>,
    /// Where the caller stands, in the words of the intent.
    pub from: String,
    /// The resource; `None` where none is called so.
    pub resource: Option<ResourceIndex>,
    /// The door's name; empty where there is none.
    pub door: String,
    /// What differs, as a sentence without full stop.
    pub message: String,
    /// What proves it; the first is the line to show.
    pub evidence: Vec<Evidence>,
    /// A number that stays the same when the template is written differently.
    pub fingerprint: String,
}
