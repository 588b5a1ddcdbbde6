//! What can be shown, and from how near.

use super::{Fit, Picture, camera};
use crate::ui::command;
use crate::ui::component::{Icon, IconName};
use crate::ui::state::{Camera, View};
use crate::view::Layer;
use leptos::prelude::*;

/// One step nearer.
pub(super) const STEP: f64 = 1.25;

/// The layers, and the zoom.
#[component]
pub(super) fn Toolbar(picture: Picture) -> impl IntoView {
    let state = picture.state;
    let layers = Layer::ALL
        .map(|layer| {
            let is_on = move || state.diagram.layers.with(|layers| layers.contains(&layer));
            view! {
                <button type="button" aria-pressed=move || is_on().to_string()
                    on:click=move |_| command::toggle_layer(state, layer)>{layer.title()}</button>
            }
        })
        .collect_view();
    let percent = move || format!("{:.0}%", state.diagram.camera.get().scale * 100.0);
    view! {
        <div class="diagram-tools">
            <div class="segments" role="group" aria-label="Layers">{layers}</div>
            <div class="segments" role="group" aria-label="Zoom">
                <button type="button" aria-label="Smaller" title="Smaller (−)"
                    on:click=move |_| zoom(picture, 1.0 / STEP)>
                    <Icon name=IconName::Minus />
                </button>
                <button type="button" class="percent" title="Full size (0)"
                    aria-label=move || format!("Full size, now {}", percent())
                    on:click=move |_| full_size(picture)>{percent}</button>
                <button type="button" aria-label="Larger" title="Larger (+)"
                    on:click=move |_| zoom(picture, STEP)>
                    <Icon name=IconName::Plus />
                </button>
                <button type="button" title="Fit all (F)"
                    on:click=move |_| state.diagram.ask(View::All)>"Fit"</button>
            </div>
        </div>
    }
}

/// Nearer by the factor `by`, about the middle of the canvas.
pub(super) fn zoom(picture: Picture, by: f64) {
    let (width, height) = picture.size.get_untracked();
    move_to(picture, |now| {
        camera::zoom(now, by, (width / 2.0, height / 2.0))
    });
}

/// As large as it was drawn for.
pub(super) fn full_size(picture: Picture) {
    let scale = picture.state.diagram.camera.get_untracked().scale;
    zoom(picture, 1.0 / scale);
}

/// Looks from somewhere else, by hand.
pub(super) fn move_to(picture: Picture, to: impl FnOnce(Camera) -> Camera) {
    picture.fitted.set(Fit::Nothing);
    picture
        .state
        .diagram
        .camera
        .update(|camera| *camera = to(*camera));
}
