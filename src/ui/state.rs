//! The signals that the page is drawn from.

mod diagram;
mod list;

pub use diagram::{Camera, DiagramState, Movement, View};
pub use list::{AssetFilter, FindingFilter, Lists};

use super::browser::theme::Theme;
use crate::view::{Card, Estate, Problem, Selection, Summary, Switch};
use crate::worker::client::Client;
use crate::worker::protocol::{InputFile, Stage, Standing, TypedValue};
use leptos::prelude::*;
use std::ops::Deref;
use std::sync::Arc;

/// A finished review as the page knows it; two are the same where they are one.
#[derive(Clone, Debug)]
pub struct ReviewRef(pub Arc<Review>);

impl PartialEq for ReviewRef {
    fn eq(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

/// What the page holds of a finished review.
#[derive(Clone, Debug)]
pub struct Review {
    /// The files and what is to say about them.
    pub estate: Estate,
    /// The whole in a few words and numbers.
    pub summary: Summary,
    /// Milliseconds from the question to the answer.
    pub elapsed_ms: f64,
}

/// What the engine is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Run {
    /// Nothing.
    #[default]
    Idle,
    /// A review, which has come to this stage.
    Working(Option<Stage>),
}

/// Why the last attempt gave no review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What happened, as a sentence.
    pub title: String,
    /// What is wrong with which file.
    pub problems: Vec<Problem>,
}

/// The list shown in the left panel.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Tab {
    /// The exposures.
    #[default]
    Assets,
    /// The findings.
    Findings,
    /// The ways in.
    Paths,
    /// What the inputs do not tell.
    Questions,
    /// The declared parameters.
    Parameters,
    /// What was read, and what could not be.
    Coverage,
    /// What would close what is open, what is tried, and what changed.
    Changes,
}

/// The part of the workspace shown where there is room for one.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pane {
    /// The picture.
    #[default]
    Diagram,
    /// The lists.
    Lists,
    /// The path.
    Inspector,
}

/// What lies over the page, at most one at a time.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Over {
    /// Nothing.
    #[default]
    Nothing,
    /// The dialog for more files.
    Adding,
    /// The search with the commands.
    Palette,
    /// The sheet of keys.
    Keys,
    /// The help.
    Help,
}

/// A place in a file that the template view shows.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SourceAt {
    /// The file.
    pub file: String,
    /// The line, from 1.
    pub line: u32,
}

/// Everything the page is drawn from, at hand wherever it is passed to.
#[derive(Clone, Copy)]
pub struct UiState(&'static Signals);

impl Deref for UiState {
    type Target = Signals;

    fn deref(&self) -> &Signals {
        self.0
    }
}

/// The signals. [`command`](super::command) changes them, nothing else does.
pub struct Signals {
    /// The review that is shown.
    pub review: RwSignal<Option<ReviewRef>>,
    /// What the engine is doing.
    pub run: RwSignal<Run>,
    /// Why the last attempt gave no review.
    pub failure: RwSignal<Option<Failure>>,
    /// What the engine had to say unasked, as a sentence.
    pub notice: RwSignal<Option<String>>,
    /// The files of the review that is shown.
    pub sources: RwSignal<Arc<Vec<InputFile>>>,
    /// The parameter values that were typed.
    pub values: RwSignal<Arc<Vec<TypedValue>>>,
    /// The changes that are tried.
    pub switches: RwSignal<Arc<Vec<Switch>>>,
    /// The names of the assumptions that are not granted.
    pub switched: RwSignal<Arc<Vec<String>>>,
    /// The files of an earlier version to compare with.
    pub earlier: RwSignal<Arc<Vec<InputFile>>>,
    /// Where the estate and the caller stand, as the reviewer says.
    pub standing: RwSignal<Standing>,
    /// Places that a caller can start from.
    pub footholds: RwSignal<Arc<Vec<String>>>,
    /// What stands in the text box.
    pub draft: RwSignal<String>,
    /// What is selected.
    pub selection: RwSignal<Option<Selection>>,
    /// Which of the paths to the selected door is followed, from 0.
    pub path: RwSignal<usize>,
    /// The card of what is selected.
    pub card: RwSignal<Option<Arc<Card>>>,
    /// What is to be read out.
    pub said: RwSignal<String>,
    /// What lies over the page.
    pub over: RwSignal<Over>,
    /// The place that the template view shows, in place of the picture.
    pub source: RwSignal<Option<SourceAt>>,
    /// The list in the left panel.
    pub tab: RwSignal<Tab>,
    /// What the lists are narrowed to.
    pub lists: Lists,
    /// The picture.
    pub diagram: DiagramState,
    /// The part shown on a narrow screen.
    pub pane: RwSignal<Pane>,
    /// The theme.
    pub theme: RwSignal<Theme>,
    /// Whether single letters are shortcuts.
    pub letter_keys: RwSignal<bool>,
    /// Requests of the page since it was loaded.
    pub requests: RwSignal<usize>,
    /// Counts the attempts: only the last one's answer counts.
    pub(super) attempt: StoredValue<u32>,
    pub(super) client: StoredValue<Option<Client>, LocalStorage>,
}

impl UiState {
    /// The state of a page that was just opened, with no engine yet.
    pub fn new() -> Self {
        // It lives as long as the page.
        Self(Box::leak(Box::new(Signals {
            review: RwSignal::new(None),
            run: RwSignal::new(Run::Idle),
            failure: RwSignal::new(None),
            notice: RwSignal::new(None),
            sources: RwSignal::new(Arc::default()),
            values: RwSignal::new(Arc::default()),
            switches: RwSignal::new(Arc::default()),
            switched: RwSignal::new(Arc::default()),
            earlier: RwSignal::new(Arc::default()),
            standing: RwSignal::new(Standing::default()),
            footholds: RwSignal::new(Arc::default()),
            draft: RwSignal::new(String::new()),
            selection: RwSignal::new(None),
            path: RwSignal::new(0),
            card: RwSignal::new(None),
            said: RwSignal::new(String::new()),
            over: RwSignal::new(Over::default()),
            source: RwSignal::new(None),
            tab: RwSignal::new(Tab::default()),
            lists: Lists::new(),
            diagram: DiagramState::new(),
            pane: RwSignal::new(Pane::default()),
            theme: RwSignal::new(Theme::default()),
            letter_keys: RwSignal::new(true),
            requests: RwSignal::new(0),
            attempt: StoredValue::new(0),
            client: StoredValue::new_local(None),
        })))
    }
}

impl Default for UiState {
    fn default() -> Self {
        Self::new()
    }
}
