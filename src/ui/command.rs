//! Everything that changes the state, by name.

use super::browser::{page, theme};
use super::state::{Failure, Pane, Review, ReviewRef, Run, Tab, UiState};
use crate::view::{Estate, Problem, ProblemLevel};
use crate::worker::client::{Client, Event};
use crate::worker::protocol::{Answer, Ask, InputFile, WorkerError};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The name of a template that was pasted or typed.
const PASTED: &str = "pasted.json";

/// Starts the engine, and takes up what the browser remembers.
pub fn open_page(state: UiState) {
    state.theme.set(theme::remembered());
    page::watch_requests(move |count| state.requests.set(count));
    let client = Client::start(move |event| match event {
        Event::Stage(at) => state.run.set(Run::Working(Some(at))),
        Event::OnPage(reason) => state.notice.set(Some(format!(
            "The browser gave the review no thread of its own ({reason}); it runs on the page's, \
             which may stand still for a moment."
        ))),
        Event::Lost => {
            state.review.set(None);
            state.notice.set(Some(
                "The engine had to be started anew. Review the files again.".to_owned(),
            ));
        }
    });
    state.client.set_value(Some(client));
}

/// Reviews `files` together with those that are reviewed already; a name that is there already is
/// replaced.
pub fn add_files(state: UiState, files: Vec<InputFile>) {
    if files.is_empty() {
        return;
    }
    let mut all: Vec<InputFile> = state.sources.with_untracked(|kept| kept.to_vec());
    all.retain(|kept| files.iter().all(|file| file.name != kept.name));
    all.extend(files);
    review(state, all);
}

/// Reviews `text` as a template that was typed.
pub fn add_text(state: UiState, text: &str) {
    if text.trim().is_empty() {
        state.failure.set(Some(Failure {
            title: "There is no template to review yet.".to_owned(),
            problems: Vec::new(),
        }));
        return;
    }
    add_files(state, vec![InputFile::new(PASTED, text.as_bytes())]);
}

/// Reviews an example by itself.
pub fn open_example(state: UiState, name: &str, text: &str) {
    review(state, vec![InputFile::new(name, text.as_bytes())]);
}

/// Takes one file out of the review.
pub fn remove_file(state: UiState, name: &str) {
    let mut all: Vec<InputFile> = state.sources.with_untracked(|kept| kept.to_vec());
    all.retain(|file| file.name != name);
    if all.is_empty() {
        start_over(state);
    } else {
        review(state, all);
    }
}

/// Ends the review that runs.
pub fn stop(state: UiState) {
    state.client.with_value(|client| {
        if let Some(client) = client {
            client.stop();
        }
    });
}

/// Back to the start screen, without files.
pub fn start_over(state: UiState) {
    stop(state);
    next_attempt(state);
    state.run.set(Run::Idle);
    state.sources.set(Arc::default());
    state.review.set(None);
    state.failure.set(None);
    state.adding.set(false);
}

/// Shows the theme that follows the present one: the system's, light, dark.
pub fn next_theme(state: UiState) {
    state.theme.update(|theme| *theme = theme.next());
    theme::remember(state.theme.get_untracked());
}

/// Closes the message about the last attempt.
pub fn dismiss_failure(state: UiState) {
    state.failure.set(None);
}

/// Closes the engine's notice.
pub fn dismiss_notice(state: UiState) {
    state.notice.set(None);
}

/// Shows `tab` in the left panel.
pub fn show_tab(state: UiState, tab: Tab) {
    state.tab.set(tab);
    state.pane.set(Pane::Lists);
}

/// Says that files could not be taken, and why.
pub fn refuse_files(state: UiState, reason: &str) {
    state.failure.set(Some(Failure {
        title: "The files could not be read.".to_owned(),
        problems: vec![Problem {
            level: ProblemLevel::Error,
            file: None,
            message: reason.to_owned(),
            place: None,
        }],
    }));
}

fn review(state: UiState, files: Vec<InputFile>) {
    let Some(client) = state.client.get_value() else {
        return;
    };
    // The last attempt counts: what still runs is about files that nobody waits for.
    client.stop();
    let attempt = next_attempt(state);
    state.run.set(Run::Working(None));
    state.failure.set(None);
    let begun = page::now_ms();
    spawn_local(async move {
        let answer = client.ask(Ask::Review(files.clone())).await;
        if attempt == state.attempt.get_value() {
            finish(state, files, answer, page::now_ms() - begun);
        }
    });
}

fn next_attempt(state: UiState) -> u32 {
    state
        .attempt
        .update_value(|attempt| *attempt = attempt.wrapping_add(1));
    state.attempt.get_value()
}

fn finish(
    state: UiState,
    files: Vec<InputFile>,
    answer: Result<Answer, WorkerError>,
    elapsed_ms: f64,
) {
    state.run.set(Run::Idle);
    match answer {
        Ok(Answer::Reviewed(estate)) => {
            if estate.files.len() < files.len() {
                // What could not be used is told in the coverage list.
                state.tab.set(Tab::Coverage);
            }
            state.sources.set(Arc::new(files));
            state.adding.set(false);
            let review = Review { estate, elapsed_ms };
            state.review.set(Some(ReviewRef(Arc::new(review))));
        }
        Ok(Answer::Refused(estate)) => state.failure.set(Some(refusal(estate))),
        Ok(_) => {}
        Err(error) => state.failure.set(Some(failure_of(&error))),
    }
}

fn refusal(estate: Estate) -> Failure {
    let title = if estate.problems.is_empty() {
        "None of these files is a template."
    } else if estate.files.is_empty() {
        "This cannot be reviewed."
    } else {
        "None of these files is a template; these come with one."
    };
    Failure {
        title: title.to_owned(),
        problems: estate.problems,
    }
}

fn failure_of(error: &WorkerError) -> Failure {
    let title = match error {
        WorkerError::Stopped => "The review was stopped.".to_owned(),
        WorkerError::Crashed(reason) => format!(
            "The engine failed on these files ({reason}). It has been started anew, and what was \
             shown before is still there."
        ),
        other => format!("The review could not be done: {other}."),
    };
    Failure {
        title,
        problems: Vec::new(),
    }
}
