//! The part of the pane that is drawn on: it is panned, zoomed and walked through.

use super::frame::{Lights, box_id, frame, frame_id, scene_box, zones};
use super::keys::{act, choose};
use super::line::{Loudness, labels, lines};
use super::minimap::Minimap;
use super::toolbar::move_to;
use super::walk::Walk;
use super::{Fit, Picture, camera};
use crate::diagram::{NodeId, Rect};
use crate::ui::browser::pointer::{self, Drag};
use crate::ui::command;
use crate::ui::state::{Camera, View};
use crate::worker::protocol::Drawing;
use leptos::html::Div;
use leptos::prelude::*;
use web_sys::{KeyboardEvent, MouseEvent, WheelEvent};

/// The picture itself.
#[component]
pub(super) fn Canvas(picture: Picture) -> impl IntoView {
    let state = picture.state;
    let canvas = NodeRef::<Div>::new();
    let last_step = StoredValue::new(None);
    watch_size(picture, canvas);
    keep_in_sight(picture);
    let on_key = move |event: KeyboardEvent| {
        if act(picture, last_step, &event) {
            event.prevent_default();
            event.stop_propagation();
        }
    };
    // The focus stays on the canvas, since what is drawn may be drawn anew at any time.
    let on_focus = move |_| {
        let is_new = state.diagram.focus.with_untracked(Option::is_none);
        let first = picture
            .drawing
            .with_untracked(|drawing| Walk::new(drawing.as_ref()?).first().cloned());
        if let (true, Some(first)) = (is_new, first) {
            state.diagram.focus.set(Some(first));
        }
    };
    let drag = StoredValue::new_local(Drag::default());
    let on_wheel = move |event: WheelEvent| {
        let Some(canvas) = canvas.get_untracked() else {
            return;
        };
        let at = pointer::place_in(&canvas, &event);
        event.prevent_default();
        let (x, y) = pointer::wheel_px(&event);
        if event.ctrl_key() || event.meta_key() {
            move_to(picture, |now| camera::zoom(now, (-y / 240.0).exp2(), at));
        } else {
            move_to(picture, |now| camera::pan(now, -x, -y));
        }
    };
    let active = move || {
        let focus = state.diagram.focus.get()?;
        picture
            .drawing
            .with(|drawing| element_of(drawing.as_ref()?, &focus))
    };
    view! {
        <div class="canvas" node_ref=canvas role="application" tabindex="0"
            aria-label="Network picture" aria-describedby="canvas-hint"
            aria-activedescendant=active
            on:keydown=on_key on:focus=on_focus on:wheel=on_wheel
            on:pointerdown=move |event| drag.update_value(|drag| drag.begin(&event))
            on:pointermove=move |event| {
                let moved = drag.try_update_value(|drag| drag.go_on(&event)).flatten();
                if let Some((x, y)) = moved {
                    move_to(picture, |now| camera::pan(now, x, y));
                }
            }
            on:pointerup=move |_| drag.update_value(Drag::end)
            on:pointercancel=move |_| drag.update_value(Drag::end)
            on:click=move |_: MouseEvent| {
                if !drag.try_update_value(Drag::take_moved).unwrap_or_default() {
                    command::clear_selection(state);
                }
            }>
            <p class="visually-hidden" id="canvas-hint">
                "Arrow keys move, Enter selects, Space collapses and expands, F fits all."
            </p>
            <Drawn picture drag />
            <Trail picture />
            <Minimap picture />
        </div>
    }
}

/// What is drawn, as it is seen from the camera.
#[component]
fn Drawn(picture: Picture, drag: StoredValue<Drag, LocalStorage>) -> impl IntoView {
    let state = picture.state;
    let on_click = Callback::new(move |id: NodeId| {
        if !drag.try_update_value(Drag::take_moved).unwrap_or_default() {
            choose(picture, &id);
        }
    });
    let chosen = Memo::new(move |_| {
        state.card.with(|card| {
            card.as_ref()
                .map_or_else(String::new, |card| card.id.clone())
        })
    });
    let content = move || {
        picture.drawing.get().map(|drawing| {
            let lights = Lights::new(&drawing, chosen, state.diagram.focus, on_click);
            // A selection that changes brings a picture with it.
            let loudness = state
                .selection
                .with_untracked(|selection| Loudness::new(&drawing, selection.as_ref()));
            let frames = drawing.layout.containers.iter();
            let frames = frames
                .map(|place| frame(&drawing, place, &lights))
                .collect_view();
            let boxes = drawing.layout.boxes.iter();
            let boxes = boxes
                .map(|place| scene_box(&drawing, place, &lights))
                .collect_view();
            view! {
                {zones(&drawing.layout)}
                {frames}
                {lines(state, &drawing, &loudness)}
                {boxes}
                {labels(&drawing, &loudness)}
            }
        })
    };
    let transform = move || {
        let Camera { left, top, scale } = state.diagram.camera.get();
        format!("translate({left:.2} {top:.2}) scale({scale:.4})")
    };
    view! { <svg class="drawn" focusable="false"><g transform=transform>{content}</g></svg> }
}

/// The selected path as a list, for those who do not see it.
#[component]
fn Trail(picture: Picture) -> impl IntoView {
    move || {
        picture
            .drawing
            .get()
            .filter(|drawing| !drawing.view.trail.is_empty())
            .map(|drawing| {
                let steps = drawing.view.trail.iter();
                let steps = steps
                    .map(|step| view! { <li>{step.text.clone()}</li> })
                    .collect_view();
                view! { <ol class="visually-hidden" aria-label="Selected path">{steps}</ol> }
            })
    }
}

fn element_of(drawing: &Drawing, id: &NodeId) -> Option<String> {
    let scene = &drawing.view.scene;
    let mut boxes = scene.boxes.iter();
    let mut frames = scene.containers.iter();
    let of_box = boxes.position(|one| one.id == *id).map(box_id);
    of_box.or_else(|| frames.position(|one| one.id == *id).map(frame_id))
}

fn watch_size(picture: Picture, canvas: NodeRef<Div>) {
    Effect::new(move || {
        if let Some(canvas) = canvas.get() {
            pointer::watch_size(&canvas, move |width, height| {
                // A pane that is hidden keeps the size that it had.
                if width > 0.0 && height > 0.0 {
                    picture.size.try_set((width, height));
                }
            });
        }
    });
}

/// Fits the picture while nobody has moved it, brings the selection into sight, and does what is
/// asked of the view.
fn keep_in_sight(picture: Picture) {
    let camera = picture.state.diagram.camera;
    Effect::new(move || {
        let size = picture.size.get();
        let Some(drawing) = picture.drawing.get() else {
            return;
        };
        let (whole, lit) = (whole(&drawing), lit(&drawing));
        match picture.fitted.get_untracked() {
            Fit::Readable => camera.set(camera::fit_readable(size, whole, lit)),
            Fit::Whole => camera.set(camera::fit(size, whole)),
            Fit::Nothing => {
                if let Some(rect) = lit {
                    camera.update(|now| *now = camera::reveal(*now, size, rect));
                }
            }
        }
    });
    Effect::new(move || {
        let Some(view) = picture.state.diagram.asked.get() else {
            return;
        };
        picture.state.diagram.asked.set(None);
        let Some(drawing) = picture.drawing.get_untracked() else {
            return;
        };
        let size = picture.size.get_untracked();
        let selected = lit(&drawing).filter(|_| view == View::Selection);
        let fitted = if selected.is_some() {
            Fit::Nothing
        } else {
            Fit::Whole
        };
        camera.set(camera::fit(
            size,
            selected.unwrap_or_else(|| whole(&drawing)),
        ));
        picture.fitted.set(fitted);
    });
    // What the keys are at may go when frames collapse.
    Effect::new(move || {
        let drawing = picture.drawing.get();
        let focus = picture.state.diagram.focus.get_untracked();
        if let (Some(drawing), Some(focus)) = (drawing, focus)
            && !Walk::new(&drawing).has(&focus)
        {
            let holder = holder_of(&drawing, &focus);
            picture.state.diagram.focus.set(holder);
        }
    });
}

/// The box that stands for `gone` now: of the trail's, or none.
fn holder_of(drawing: &Drawing, gone: &NodeId) -> Option<NodeId> {
    let collapsed = drawing.view.collapsed.iter();
    collapsed
        .filter(|id| gone.0.starts_with(&id.0))
        .max_by_key(|id| id.0.len())
        .cloned()
}

fn whole(drawing: &Drawing) -> Rect {
    Rect::new(0, 0, drawing.layout.width, drawing.layout.height)
}

/// What holds everything that is lit.
fn lit(drawing: &Drawing) -> Option<Rect> {
    let walk = Walk::new(drawing);
    let rects = drawing.view.lit.iter().filter_map(|id| walk.rect(id));
    rects.reduce(|one, other| {
        let (x, y) = (one.x.min(other.x), one.y.min(other.y));
        let right = one.right().max(other.right());
        let bottom = one.bottom().max(other.bottom());
        Rect::new(x, y, right - x, bottom - y)
    })
}
