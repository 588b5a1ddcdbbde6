//! Everything that changes the state, by name.

mod change;
mod menu;
mod picture;
mod review;
mod select;

pub use change::{reset_switches, set_earlier, switch_assumption, take_back, try_switches};
pub use menu::Command;
pub use picture::{
    collapse, expand, hide_source, show_source, toggle_layer, toggle_movement, toggle_open,
};
pub use review::{
    add_files, add_text, dismiss_failure, dismiss_notice, refuse_files, remove_file, set_standing,
    set_value, start_over, stop,
};
pub use select::{clear_selection, follow_path, select, select_path, show_target, step_path};

pub(super) use menu::command_of;
pub(super) use review::open_example;
pub(super) use select::show_inspector;

use super::answer::answered;
use super::browser::{page, theme};
use super::state::{Over, Pane, Run, Tab, UiState};
use crate::worker::client::{Client, Event};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;

/// Starts the engine, and takes up what the browser remembers.
pub fn open_page(state: UiState) {
    state.theme.set(theme::remembered());
    state.letter_keys.set(page::letter_keys());
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
    keep_card(state);
}

/// Keeps the card of what is selected.
fn keep_card(state: UiState) {
    let asked = move || Some(Ask::Card(state.selection.get()?, state.path.get()));
    let found = answered(state, asked, |answer| match answer {
        Answer::Card(card) => Some(card),
        _ => None,
    });
    Effect::new(move || match found.get().as_deref() {
        None => state.card.set(None),
        // The review has no such thing any more.
        Some(None) => select::clear_selection(state),
        Some(Some(card)) => select::show_card(state, card),
    });
}

/// Shows the theme that follows the present one: the system's, light, dark.
pub fn next_theme(state: UiState) {
    state.theme.update(|theme| *theme = theme.next());
    theme::remember(state.theme.get_untracked());
}

/// Switches shortcuts of single letters on or off.
pub fn toggle_letter_keys(state: UiState) {
    state.letter_keys.update(|on| *on = !*on);
    page::remember_letter_keys(state.letter_keys.get_untracked());
}

/// Shows `tab` in the left panel.
pub fn show_tab(state: UiState, tab: Tab) {
    state.tab.set(tab);
    state.pane.set(Pane::Lists);
}

/// Shows `pane` where there is room for one.
pub fn show_pane(state: UiState, pane: Pane) {
    state.pane.set(pane);
}

/// Lays `over` over the page.
pub fn open(state: UiState, over: Over) {
    state.over.set(over);
}

/// Takes `over` away where it lies over the page.
pub fn close_over(state: UiState, over: Over) {
    if state.over.get_untracked() == over {
        state.over.set(Over::Nothing);
    }
}
