//! Files come in, and reviews come back.

use super::select::clear_selection;
use crate::ui::browser::page;
use crate::ui::example::{Example, INTENT_FILE};
use crate::ui::state::{Failure, Over, Review, ReviewRef, Run, Tab, UiState};
use crate::view::{Estate, Problem, ProblemLevel, Selection};
use crate::worker::protocol::{
    Answer, Ask, Choices, InputFile, ReviewAsk, Reviewed, Standing, TypedValue, WorkerError,
};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The name of a template that was pasted or typed.
const PASTED: &str = "pasted.json";

/// Reviews `files` together with those that are reviewed already; a name that is there already is
/// replaced.
pub fn add_files(state: UiState, files: Vec<InputFile>) {
    if files.is_empty() {
        return;
    }
    let mut all: Vec<InputFile> = state.sources.with_untracked(|kept| kept.to_vec());
    all.retain(|kept| files.iter().all(|file| file.name != kept.name));
    all.extend(files);
    review(state, all, choices(state));
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

/// Reviews an example with its intent.
pub(in crate::ui) fn open_example(state: UiState, example: &Example) {
    let files = vec![
        InputFile::new(example.file, example.text.as_bytes()),
        InputFile::new(INTENT_FILE, example.intent.as_bytes()),
    ];
    review_against(state, files, Vec::new(), Choices::default());
}

/// Takes one file out of the review.
pub fn remove_file(state: UiState, name: &str) {
    let mut all: Vec<InputFile> = state.sources.with_untracked(|kept| kept.to_vec());
    all.retain(|file| file.name != name);
    if all.is_empty() {
        start_over(state);
    } else {
        let mut choices = choices(state);
        choices.switches.retain(|switch| {
            switch.edits.iter().all(|edit| edit.file != name) && switch.omits.is_none()
        });
        review(state, all, choices);
    }
}

/// Takes `text` as the value of parameter `name` of the template in `file`, or takes its value
/// away, and reviews again.
pub fn set_value(state: UiState, file: &str, name: &str, text: Option<String>) {
    let mut values = state.values.with_untracked(|values| values.to_vec());
    values.retain(|value| value.file != file || value.name != name);
    values.extend(text.map(|text| TypedValue {
        file: file.to_owned(),
        name: name.to_owned(),
        text,
    }));
    review_again(
        state,
        Choices {
            values,
            ..choices(state)
        },
    );
}

/// Takes `standing` as where the estate and the caller stand, and reviews again.
pub fn set_standing(state: UiState, standing: Standing) {
    if standing != state.standing.get_untracked() {
        review_again(
            state,
            Choices {
                standing,
                ..choices(state)
            },
        );
    }
}

/// What the reviewer chose for the review that is shown.
pub(super) fn choices(state: UiState) -> Choices {
    Choices {
        switches: state.switches.with_untracked(|switches| switches.to_vec()),
        switched: state.switched.with_untracked(|switched| switched.to_vec()),
        values: state.values.with_untracked(|values| values.to_vec()),
        standing: state.standing.get_untracked(),
        as_of: None,
    }
}

fn review_again(state: UiState, choices: Choices) {
    let files = state.sources.with_untracked(|files| files.to_vec());
    review(state, files, choices);
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
    state.values.set(Arc::default());
    state.switches.set(Arc::default());
    state.switched.set(Arc::default());
    state.earlier.set(Arc::default());
    state.standing.set(Standing::default());
    state.review.set(None);
    state.failure.set(None);
    state.over.set(Over::Nothing);
    state.source.set(None);
    state.lists.clear();
    state.diagram.reset();
    clear_selection(state);
}

/// Closes the message about the last attempt.
pub fn dismiss_failure(state: UiState) {
    state.failure.set(None);
}

/// Closes the engine's notice.
pub fn dismiss_notice(state: UiState) {
    state.notice.set(None);
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

fn review(state: UiState, files: Vec<InputFile>, choices: Choices) {
    let earlier = state.earlier.with_untracked(|files| files.to_vec());
    review_against(state, files, earlier, choices);
}

/// Reviews `files` and compares them with `earlier`, where there is anything in it.
pub(super) fn review_against(
    state: UiState,
    files: Vec<InputFile>,
    earlier: Vec<InputFile>,
    choices: Choices,
) {
    let Some(client) = state.client.get_value() else {
        return;
    };
    // The last attempt counts: what still runs is about files that nobody waits for.
    client.stop();
    let attempt = next_attempt(state);
    state.run.set(Run::Working(None));
    state.failure.set(None);
    let begun = page::now_ms();
    let asked = ReviewAsk {
        files,
        earlier,
        choices: Choices {
            as_of: Some(page::today()),
            ..choices
        },
    };
    spawn_local(async move {
        let answer = client.ask(Ask::Review(asked.clone())).await;
        if attempt == state.attempt.get_value() {
            state.run.set(Run::Idle);
            finish(state, asked, (answer, page::now_ms() - begun));
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
    ReviewAsk {
        files,
        earlier,
        choices,
    }: ReviewAsk,
    (answer, elapsed_ms): (Result<Answer, WorkerError>, f64),
) {
    match answer {
        Ok(Answer::Reviewed(reviewed)) => {
            let Reviewed {
                estate,
                summary,
                footholds,
            } = *reviewed;
            let is_fresh = state.review.with_untracked(Option::is_none);
            if estate.files.len() < files.len() {
                // What could not be used is told in the coverage list.
                state.tab.set(Tab::Coverage);
            } else if is_fresh {
                state.tab.set(Tab::Assets);
            }
            state.sources.set(Arc::new(files));
            state.values.set(Arc::new(choices.values));
            state.switches.set(Arc::new(choices.switches));
            state.switched.set(Arc::new(choices.switched));
            state.earlier.set(Arc::new(earlier));
            state.standing.set(choices.standing);
            state.footholds.set(Arc::new(footholds));
            state.over.set(Over::Nothing);
            let worst = Some(summary.worst.clone()).filter(|key| !key.is_empty());
            let review = Review {
                estate,
                summary,
                elapsed_ms,
            };
            state.review.set(Some(ReviewRef(Arc::new(review))));
            if is_fresh {
                // The answer to the question that everybody comes with.
                state.selection.set(worst.map(Selection::Exposure));
                state.path.set(0);
            }
        }
        Ok(Answer::Refused(estate)) => state.failure.set(Some(refusal(estate))),
        Ok(Answer::NoFoothold(why)) => state.failure.set(Some(Failure {
            title: format!("The attacker cannot start there: {}.", why.replace('`', "")),
            problems: Vec::new(),
        })),
        Ok(Answer::NoSwitch(why)) => state.failure.set(Some(Failure {
            title: format!("The change cannot be made: {}.", why.replace('`', "")),
            problems: Vec::new(),
        })),
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
