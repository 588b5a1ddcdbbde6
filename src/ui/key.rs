//! Keys that work wherever the focus is.

use super::browser::keys::{self, Pressed};
use super::command::{self, command_of};
use super::state::{Over, UiState};
use leptos::prelude::*;

/// Hears of every key that is pressed on the page.
pub(super) fn watch(state: UiState) {
    keys::watch(move |pressed| act(state, pressed));
}

/// Does what `pressed` stands for; whether it stands for anything.
fn act(state: UiState, pressed: &Pressed) -> bool {
    let has_review = state.review.with_untracked(Option::is_some);
    let key = pressed.key.as_str();
    if pressed.with_control {
        if key.eq_ignore_ascii_case("k") && has_review {
            command::open(state, Over::Palette);
            return true;
        }
        return false;
    }
    let over = state.over.get_untracked();
    if over != Over::Nothing {
        return false;
    }
    if key == "Escape" && !pressed.in_text {
        return step_back(state);
    }
    if pressed.in_text || !has_review || !state.letter_keys.get_untracked() {
        return false;
    }
    if key == "/" {
        command::open(state, Over::Palette);
        return true;
    }
    match command_of(key) {
        Some(command) => {
            command.run(state);
            true
        }
        None => false,
    }
}

/// Closes the template view, or else the selection; whether there was either.
fn step_back(state: UiState) -> bool {
    if state.source.with_untracked(Option::is_some) {
        command::hide_source(state);
        true
    } else if state.selection.with_untracked(Option::is_some) {
        command::clear_selection(state);
        true
    } else {
        false
    }
}
