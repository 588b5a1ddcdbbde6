//! Changes are tried, and versions compared.

use super::review::{choices, review_against};
use crate::ui::state::UiState;
use crate::view::Switch;
use crate::worker::protocol::{Choices, InputFile};
use leptos::prelude::*;

/// Tries `switches` besides those that are set already, and reviews again.
pub fn try_switches(state: UiState, switches: Vec<Switch>) {
    let mut all = state.switches.with_untracked(|kept| kept.to_vec());
    all.retain(|kept| !switches.iter().any(|one| one.is_same(kept)));
    all.extend(switches);
    set_switches(state, all);
}

/// Takes back the switch at `at`.
pub fn take_back(state: UiState, at: usize) {
    let mut all = state.switches.with_untracked(|kept| kept.to_vec());
    if at < all.len() {
        all.remove(at);
        set_switches(state, all);
    }
}

/// Takes back every switch.
pub fn reset_switches(state: UiState) {
    set_switches(state, Vec::new());
}

fn set_switches(state: UiState, switches: Vec<Switch>) {
    let files = state.sources.with_untracked(|files| files.to_vec());
    let earlier = state.earlier.with_untracked(|files| files.to_vec());
    let choices = Choices {
        switches,
        ..choices(state)
    };
    review_against(state, files, earlier, choices);
}

/// Compares with `earlier`, or with nothing where it is empty.
pub fn set_earlier(state: UiState, earlier: Vec<InputFile>) {
    let files = state.sources.with_untracked(|files| files.to_vec());
    review_against(state, files, earlier, choices(state));
}

/// Grants the assumption called `id` where it is not granted, else does not, and reviews again.
pub fn switch_assumption(state: UiState, id: &str) {
    let mut switched = state.switched.with_untracked(|switched| switched.to_vec());
    let before = switched.len();
    switched.retain(|one| one != id);
    if switched.len() == before {
        switched.push(id.to_owned());
    }
    let files = state.sources.with_untracked(|files| files.to_vec());
    let earlier = state.earlier.with_untracked(|files| files.to_vec());
    let choices = Choices {
        switched,
        ..choices(state)
    };
    review_against(state, files, earlier, choices);
}
