//! What keys do while the picture has the focus.

use super::toolbar::{STEP, full_size, move_to, zoom};
use super::walk::{Walk, Way, way_of};
use super::{Picture, camera};
use crate::diagram::NodeId;
use crate::ui::command;
use crate::ui::state::{Movement, View};
use crate::view::Selection;
use crate::worker::protocol::Drawing;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// Pixels that an arrow key pans.
const PAN: f64 = 60.0;

/// The last step along a line: from where, and in which direction.
pub(super) type LastStep = StoredValue<Option<(NodeId, Way)>>;

/// Does what the key stands for in the picture; whether it stands for anything.
pub(super) fn act(picture: Picture, last: LastStep, event: &KeyboardEvent) -> bool {
    if event.ctrl_key() || event.meta_key() || event.alt_key() {
        return false;
    }
    let state = picture.state;
    let key = event.key();
    if let Some(way) = way_of(&key) {
        if event.shift_key() {
            pan(picture, way);
        } else {
            step(picture, last, way);
        }
        return true;
    }
    match key.as_str() {
        "Enter" => {
            if let Some(id) = state.diagram.focus.get_untracked() {
                choose(picture, &id);
            }
        }
        " " => toggle(picture),
        "Home" => picture.drawing.with_untracked(|drawing| {
            if let Some(first) = drawing
                .as_ref()
                .and_then(|drawing| Walk::new(drawing).first())
            {
                go(picture, first.clone());
            }
        }),
        _ if state.letter_keys.get_untracked() => return letter(picture, &key),
        _ => return false,
    }
    true
}

fn letter(picture: Picture, key: &str) -> bool {
    let state = picture.state;
    match key {
        "f" => state.diagram.ask(View::All),
        "F" => state.diagram.ask(View::Selection),
        "m" | "M" => command::toggle_movement(state),
        "+" | "=" => zoom(picture, STEP),
        "-" | "−" => zoom(picture, 1.0 / STEP),
        "0" => full_size(picture),
        _ => return false,
    }
    true
}

fn pan(picture: Picture, way: Way) {
    let (x, y) = match way {
        Way::Up => (0.0, PAN),
        Way::Down => (0.0, -PAN),
        Way::Left => (PAN, 0.0),
        Way::Right => (-PAN, 0.0),
    };
    move_to(picture, |now| camera::pan(now, x, y));
}

fn step(picture: Picture, last: LastStep, way: Way) {
    let state = picture.state;
    let at = state.diagram.focus.get_untracked();
    picture.drawing.with_untracked(|drawing| {
        let Some(drawing) = drawing else { return };
        let walk = Walk::new(drawing);
        let Some(at) = at.filter(|at| walk.has(at)) else {
            if let Some(first) = walk.first() {
                go(picture, first.clone());
            }
            return;
        };
        let to = match state.diagram.movement.get_untracked() {
            Movement::Structure => walk.structure(&at, way),
            Movement::Flow => last.with_value(|last| walk.flow(&at, last.as_ref(), way)),
        };
        let Some(to) = to.cloned() else { return };
        if matches!(way, Way::Left | Way::Right) {
            last.set_value(Some((at, way)));
        }
        go(picture, to);
    });
}

/// Puts the keys at `id`, and brings it into sight.
pub(super) fn go(picture: Picture, id: NodeId) {
    let size = picture.size.get_untracked();
    let rect = picture
        .drawing
        .with_untracked(|drawing| Walk::new(drawing.as_ref()?).rect(&id));
    let now = picture.state.diagram.camera.get_untracked();
    if let Some(rect) = rect {
        let next = camera::reveal(now, size, rect);
        if next != now {
            move_to(picture, |_| next);
        }
    }
    picture.state.diagram.focus.set(Some(id));
}

/// Selects `id`, or opens it where it stands for several.
pub(super) fn choose(picture: Picture, id: &NodeId) {
    let state = picture.state;
    let is_group = picture.drawing.with_untracked(|drawing| {
        let one = drawing.as_ref().and_then(|drawing| stands_for(drawing, id));
        one.is_some() && !id.0.starts_with('/')
    });
    state.diagram.focus.set(Some(id.clone()));
    if is_group {
        command::expand(state, id.clone());
    } else {
        command::select(state, Selection::Resource(id.0.clone()));
        command::show_inspector(state);
    }
}

/// How many boxes `id` stands for, where it is drawn as one for several.
fn stands_for(drawing: &Drawing, id: &NodeId) -> Option<u32> {
    let mut boxes = drawing.view.scene.boxes.iter();
    let one = boxes.find(|one| one.id == *id)?;
    (one.stands_for > 1).then_some(one.stands_for)
}

/// Expands or collapses what the keys are at.
fn toggle(picture: Picture) {
    let state = picture.state;
    let Some(id) = state.diagram.focus.get_untracked() else {
        return;
    };
    let (is_one_box, is_frame) = picture.drawing.with_untracked(|drawing| {
        drawing.as_ref().map_or((false, false), |drawing| {
            let view = &drawing.view;
            let mut frames = view.scene.containers.iter();
            (view.collapsed.contains(&id), frames.any(|one| one.id == id))
        })
    });
    if is_one_box || is_frame {
        command::toggle_open(state, id, is_one_box);
    }
}
