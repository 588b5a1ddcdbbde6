//! What the reviewer lays down, in one file: settings, waivers, intent, answers, notes, parameter
//! values and changes to try.
//!
//! In: the value of such a file. Out: a [`Reviewer`], and what is wrong with the file, each with
//! its place; and, given how the doors stand, the [`Deviation`]s from the intent.
//!
//! **Invariant.** A part of the file that is wrong is reported and left out; it never turns into
//! another setting.

mod file;
mod intent;
mod judge;
mod openness;
mod part;
mod read;

pub use file::{
    ExpectationEntry, FILE_VERSION, IntentEntry, KeptFile, Note, PropertyEdit, ReviewerFile,
    SensitiveMark, TagMark, WaiverEntry, is_date,
};
pub use intent::{Deviation, DeviationKind, Expectation, Intent, Reach};
pub use judge::{Estate, judge};
pub use openness::mark_intended;
pub use part::Part;
pub use read::read_reviewer;

use crate::rule::{Settings, Waiver};
use crate::value::Value;

/// What a reviewer's file lays down.
#[derive(Clone, Debug, Default)]
pub struct Reviewer {
    /// The settings for rules, with the answers and the marks of sensitive data; `None` where the
    /// file has none of them.
    pub settings: Option<Settings>,
    /// The findings that may stand.
    pub waivers: Vec<Waiver>,
    /// Who may reach what.
    pub intent: Intent,
    /// What was noted about resources.
    pub notes: Vec<Note>,
    /// Values for parameters, in the shape of a parameter file.
    pub parameters: Option<Value>,
    /// Changes to try.
    pub edits: Vec<PropertyEdit>,
}

impl Reviewer {
    /// Adds what `other` lays down; where both say something of one thing, `other` counts.
    pub fn add(&mut self, other: Self) {
        if let Some(mut settings) = other.settings {
            if let Some(known) = self.settings.take() {
                settings.keep_marks(known);
            }
            self.settings = Some(settings);
        }
        self.waivers.extend(other.waivers);
        self.intent.add(other.intent);
        self.notes.extend(other.notes);
        if other.parameters.is_some() {
            self.parameters = other.parameters;
        }
        self.edits.extend(other.edits);
    }

    /// What it lays down in `part` alone.
    #[must_use]
    pub fn only(self, part: Part) -> Self {
        match part {
            Part::Settings => Self {
                waivers: Vec::new(),
                intent: Intent::default(),
                ..self
            },
            Part::Waivers => Self {
                waivers: self.waivers,
                ..Self::default()
            },
            // What is marked sensitive is part of the intent.
            Part::Intent => Self {
                intent: self.intent,
                settings: self.settings,
                ..Self::default()
            },
        }
    }
}
