//! What is selected, in every panel at once.

use super::show_source;
use crate::ui::state::{Pane, Tab, UiState};
use crate::view::{Card, Selection, Target};
use leptos::prelude::*;
use std::sync::Arc;

/// Selects `selection`, and its first path.
pub fn select(state: UiState, selection: Selection) {
    select_path(state, selection, 0);
}

/// Selects `selection`, and of the paths to it the one at `index`.
pub fn select_path(state: UiState, selection: Selection, index: usize) {
    state.path.set(index);
    if state
        .selection
        .with_untracked(|known| known.as_ref() != Some(&selection))
    {
        state.selection.set(Some(selection));
    }
}

/// Selects nothing.
pub fn clear_selection(state: UiState) {
    state.selection.set(None);
    state.path.set(0);
    state.card.set(None);
}

/// Follows the path at `index` to what is selected.
pub fn follow_path(state: UiState, index: usize) {
    state.path.set(index);
}

/// Follows the next path to what is selected, or the one before; from the last on to the first.
pub fn step_path(state: UiState, forward: bool) {
    let count = state
        .card
        .with_untracked(|card| card.as_ref().map_or(0, |card| card.paths.len()));
    if count < 2 {
        return;
    }
    let now = state.path.get_untracked();
    let next = if forward { now + 1 } else { now + count - 1 };
    follow_path(state, next % count);
}

/// Goes where something that was found leads.
pub fn show_target(state: UiState, target: Target) {
    match target {
        Target::Select(selection) => select(state, selection),
        Target::Kind(kind) => {
            state.lists.assets.update(|filter| {
                filter.text = String::new();
                filter.outcomes.clear();
                filter.kinds = [kind].into();
            });
            super::show_tab(state, Tab::Assets);
        }
        Target::Source { file, line } => show_source(state, &file, line),
        Target::Parameter(_) => super::show_tab(state, Tab::Parameters),
        Target::Rule(rule) => {
            state.lists.findings.update(|filter| {
                filter.text = rule;
                filter.marks.clear();
            });
            super::show_tab(state, Tab::Findings);
        }
    }
}

/// Shows `card` as that of what is selected, and says so.
pub(super) fn show_card(state: UiState, card: &Card) {
    state.said.set(words(card));
    state.card.set(Some(Arc::new(card.clone())));
}

/// The selection in a sentence to be read out.
fn words(card: &Card) -> String {
    let mut parts = vec![card.title.clone()];
    parts.extend(card.standing.as_ref().map(|standing| standing.text.clone()));
    if let Some(path) = &card.path {
        let hops = path.hops.len();
        let plural = if hops == 1 { "" } else { "s" };
        parts.push(format!(
            "path {} of {}, {hops} hop{plural}",
            path.index + 1,
            card.paths.len()
        ));
    }
    parts.join(", ")
}

/// Shows the selection where there is room for one pane only.
pub(in crate::ui) fn show_inspector(state: UiState) {
    state.pane.set(Pane::Inspector);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{PathCard, PathTab, Standing};

    #[test]
    fn a_selection_is_read_out_with_verdict_and_path() {
        let card = Card {
            title: "vm-jump".to_owned(),
            standing: Some(Standing {
                text: "Reachable · anyone".to_owned(),
                ..Standing::default()
            }),
            paths: vec![PathTab::default(), PathTab::default()],
            path: Some(PathCard {
                index: 1,
                ..PathCard::default()
            }),
            ..Card::default()
        };
        assert_eq!(
            words(&card),
            "vm-jump, Reachable · anyone, path 2 of 2, 0 hops"
        );
        assert_eq!(words(&Card::default()), "");
    }
}
