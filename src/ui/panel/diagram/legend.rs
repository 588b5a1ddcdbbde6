//! What lines and marks mean, and what the picture includes.

use super::Picture;
use super::line::style_class;
use crate::diagram::{EdgeStyle, Mark};
use crate::ui::component::{MarkView, in_backticks};
use leptos::prelude::*;

/// The legend of what occurs, and the line that says what is shown.
#[component]
pub(super) fn Legend(picture: Picture) -> impl IntoView {
    move || {
        picture.drawing.get().map(|drawing| {
            let scene = &drawing.view.scene;
            let styles = EdgeStyle::ALL
                .into_iter()
                .filter(|style| scene.edges.iter().any(|edge| edge.style == *style))
                .map(sample)
                .collect_view();
            let marks = Mark::ALL
                .into_iter()
                .filter(|mark| {
                    let boxes = scene.boxes.iter().map(|one| one.mark);
                    let frames = scene.containers.iter().map(|one| one.mark);
                    boxes.chain(frames).any(|one| one == Some(*mark))
                })
                .map(|mark| {
                    view! {
                        <li><MarkView mark /><span aria-hidden="true">{mark.title()}</span></li>
                    }
                })
                .collect_view();
            view! {
                <div class="legend">
                    <ul aria-label="Legend">{styles}{marks}</ul>
                    <p>{in_backticks(&scene.includes)}</p>
                </div>
            }
        })
    }
}

fn sample(style: EdgeStyle) -> impl IntoView {
    view! {
        <li>
            <svg class=format!("sample edge {}", style_class(style)) viewBox="0 0 28 10"
                aria-hidden="true" focusable="false">
                <path class="edge-line" d="M1 5H27" />
            </svg>
            {style.title()}
        </li>
    }
}
