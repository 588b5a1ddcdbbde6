//! The signals that the page is drawn from.

use super::browser::theme::Theme;
use crate::view::{Estate, Problem};
use crate::worker::client::Client;
use crate::worker::protocol::{InputFile, Stage};
use leptos::prelude::*;
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
    /// What was read, and what could not be.
    Coverage,
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

/// Everything the page is drawn from. [`command`](super::command) changes it, nothing else does.
#[derive(Clone, Copy)]
pub struct UiState {
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
    /// What stands in the text box.
    pub draft: RwSignal<String>,
    /// Whether the dialog for more files is open.
    pub adding: RwSignal<bool>,
    /// The list in the left panel.
    pub tab: RwSignal<Tab>,
    /// The part shown on a narrow screen.
    pub pane: RwSignal<Pane>,
    /// The theme.
    pub theme: RwSignal<Theme>,
    /// Requests of the page since it was loaded.
    pub requests: RwSignal<usize>,
    /// Counts the attempts: only the last one's answer counts.
    pub(super) attempt: StoredValue<u32>,
    pub(super) client: StoredValue<Option<Client>, LocalStorage>,
}

impl UiState {
    /// The state of a page that was just opened, with no engine yet.
    pub fn new() -> Self {
        Self {
            review: RwSignal::new(None),
            run: RwSignal::new(Run::Idle),
            failure: RwSignal::new(None),
            notice: RwSignal::new(None),
            sources: RwSignal::new(Arc::default()),
            draft: RwSignal::new(String::new()),
            adding: RwSignal::new(false),
            tab: RwSignal::new(Tab::default()),
            pane: RwSignal::new(Pane::default()),
            theme: RwSignal::new(Theme::default()),
            requests: RwSignal::new(0),
            attempt: StoredValue::new(0),
            client: StoredValue::new_local(None),
        }
    }
}

impl Default for UiState {
    fn default() -> Self {
        Self::new()
    }
}
