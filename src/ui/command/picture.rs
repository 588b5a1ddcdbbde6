//! What is drawn in the middle.

use crate::diagram::NodeId;
use crate::ui::state::{Movement, Pane, SourceAt, UiState};
use crate::view::Layer;
use leptos::prelude::*;

/// Shows `layer` in the picture, or hides it.
pub fn toggle_layer(state: UiState, layer: Layer) {
    state.diagram.layers.update(|layers| {
        if !layers.remove(&layer) {
            layers.insert(layer);
        }
    });
}

/// Draws the frame or group `id` as one box.
pub fn collapse(state: UiState, id: NodeId) {
    state.diagram.expanded.update(|open| {
        open.remove(&id);
    });
    state.diagram.collapsed.update(|closed| {
        closed.insert(id);
    });
}

/// Draws the frame or group `id` with what it holds.
pub fn expand(state: UiState, id: NodeId) {
    state.diagram.collapsed.update(|closed| {
        closed.remove(&id);
    });
    state.diagram.expanded.update(|open| {
        open.insert(id);
    });
}

/// Expands `id` where it is drawn as one box, and collapses it otherwise.
pub fn toggle_open(state: UiState, id: NodeId, is_one_box: bool) {
    if is_one_box {
        expand(state, id);
    } else {
        collapse(state, id);
    }
}

/// Lets the arrow keys follow lines in place of frames, or the other way round.
pub fn toggle_movement(state: UiState) {
    state.diagram.movement.update(|movement| {
        *movement = match movement {
            Movement::Structure => Movement::Flow,
            Movement::Flow => Movement::Structure,
        };
    });
    state
        .said
        .set(match state.diagram.movement.get_untracked() {
            Movement::Structure => "Arrow keys move within frames".to_owned(),
            Movement::Flow => "Arrow keys follow lines".to_owned(),
        });
}

/// Shows line `line` of `file` in place of the picture.
pub fn show_source(state: UiState, file: &str, line: u32) {
    state.source.set(Some(SourceAt {
        file: file.to_owned(),
        line,
    }));
    state.pane.set(Pane::Diagram);
}

/// Shows the picture again.
pub fn hide_source(state: UiState) {
    state.source.set(None);
}
