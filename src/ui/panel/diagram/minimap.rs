//! The whole picture in a corner, while only a part of it is in sight.

use super::toolbar::move_to;
use super::{Picture, camera};
use crate::diagram::Rect;
use crate::ui::browser::pointer;
use crate::worker::protocol::Drawing;
use leptos::prelude::*;
use leptos::svg::Svg;
use web_sys::MouseEvent;

/// The longest side, in pixels.
const SIDE: f64 = 116.0;

/// The whole picture with the part in sight; a click looks there.
#[component]
pub(super) fn Minimap(picture: Picture) -> impl IntoView {
    let camera = picture.state.diagram.camera;
    let map = NodeRef::<Svg>::new();
    let is_needed = Memo::new(move |_| {
        let (now, size) = (camera.get(), picture.size.get());
        picture.drawing.with(|drawing| {
            let Some(drawing) = drawing else { return false };
            !camera::sees(now, size, whole(drawing))
        })
    });
    let look = move |event: MouseEvent| {
        event.stop_propagation();
        let (Some(map), Some(drawing)) = (map.get_untracked(), picture.drawing.get_untracked())
        else {
            return;
        };
        let (x, y) = pointer::place_in(&map, &event);
        let scale = scale_of(&drawing);
        let size = picture.size.get_untracked();
        move_to(picture, |now| {
            camera::center(now, size, (x / scale, y / scale))
        });
    };
    let content = move || {
        picture.drawing.get().map(|drawing| {
            let scale = scale_of(&drawing);
            let frames = drawing.layout.containers.iter();
            let frames = frames.map(|place| view! { <Block rect=place.rect class="frame" /> });
            let boxes = drawing.layout.boxes.iter();
            let boxes = boxes.map(|place| view! { <Block rect=place.rect class="box" /> });
            let (frames, boxes) = (frames.collect_view(), boxes.collect_view());
            view! { <g transform=format!("scale({scale})")>{frames}{boxes}<Sight picture /></g> }
        })
    };
    let side = move |of: fn(&Drawing) -> i32| {
        picture.drawing.with(|drawing| {
            drawing
                .as_ref()
                .map_or(0.0, |drawing| f64::from(of(drawing)) * scale_of(drawing))
        })
    };
    view! {
        <Show when=move || is_needed.get()>
            <svg class="minimap" aria-hidden="true" focusable="false" node_ref=map
                width=move || side(|drawing| drawing.layout.width)
                height=move || side(|drawing| drawing.layout.height)
                on:pointerdown=|event| event.stop_propagation() on:click=look>
                {content}
            </svg>
        </Show>
    }
}

#[component]
fn Block(rect: Rect, class: &'static str) -> impl IntoView {
    view! { <rect class=class x=rect.x y=rect.y width=rect.width height=rect.height rx="6" /> }
}

/// The part in sight.
#[component]
fn Sight(picture: Picture) -> impl IntoView {
    let camera = picture.state.diagram.camera;
    let side = move |length: fn(camera::Size) -> f64| {
        move || length(picture.size.get()) / camera.get().scale
    };
    view! {
        <rect class="sight" x=move || -camera.get().left / camera.get().scale
            y=move || -camera.get().top / camera.get().scale
            width=side(|size| size.0) height=side(|size| size.1) />
    }
}

fn whole(drawing: &Drawing) -> Rect {
    Rect::new(0, 0, drawing.layout.width, drawing.layout.height)
}

fn scale_of(drawing: &Drawing) -> f64 {
    SIDE / f64::from(drawing.layout.width.max(drawing.layout.height).max(1))
}
