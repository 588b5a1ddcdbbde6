//! The picture: zones, networks and the ways through them.
//!
//! The picture is one tab stop. The focus stays on the canvas; which box or frame the keys are at
//! is told to assistive technology by `aria-activedescendant`.

mod camera;
mod canvas;
mod frame;
mod keys;
mod legend;
mod line;
mod minimap;
mod toolbar;
mod walk;

use super::source::SourceView;
use crate::ui::answer::answered;
use crate::ui::component::{EmptyState, IconName};
use crate::ui::state::UiState;
use crate::view::SceneOptions;
use crate::worker::protocol::{Answer, Ask, Drawing, PictureAsk};
use canvas::Canvas;
use legend::Legend;
use leptos::prelude::*;
use std::sync::Arc;
use toolbar::Toolbar;

/// What the parts of the picture share.
#[derive(Clone, Copy)]
struct Picture {
    state: UiState,
    /// What is drawn.
    drawing: RwSignal<Option<Arc<Drawing>>>,
    /// The size of the canvas, in pixels.
    size: RwSignal<camera::Size>,
    /// What keeps being fitted into the canvas.
    fitted: RwSignal<Fit>,
}

/// What keeps being fitted into the canvas as it or the picture changes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
enum Fit {
    /// All of it; or what is selected, where all of it would be too small to read.
    #[default]
    Readable,
    /// All of it.
    Whole,
    /// Nothing: it was moved by hand.
    Nothing,
}

/// The region of the diagram, or in its place the template.
#[component]
pub fn DiagramPane() -> impl IntoView {
    let state = expect_context::<UiState>();
    let size = RwSignal::new((0.0, 0.0));
    let aspect = Memo::new(move |_| aspect_of(size.get()));
    let drawing = answered(
        state,
        move || {
            let aspect = aspect.get()?;
            let options = SceneOptions {
                layers: state.diagram.layers.get(),
                selection: state.selection.get(),
                path: state.path.get(),
                collapsed: state.diagram.collapsed.get(),
                expanded: state.diagram.expanded.get(),
            };
            Some(Ask::Picture(PictureAsk { options, aspect }))
        },
        |answer| match answer {
            Answer::Picture(drawing) => Some(*drawing),
            _ => None,
        },
    );
    let picture = Picture {
        state,
        drawing,
        size,
        fitted: RwSignal::new(Fit::default()),
    };
    let has_source = Memo::new(move |_| state.source.with(Option::is_some));
    let is_empty = move || {
        drawing.with(|drawing| {
            drawing.as_ref().is_some_and(|drawing| {
                drawing.layout.boxes.is_empty() && drawing.layout.containers.is_empty()
            })
        })
    };
    view! {
        <Show when=move || has_source.get()><SourceView /></Show>
        <section class="diagram" aria-label="Diagram" hidden=move || has_source.get()>
            <Toolbar picture />
            <Canvas picture />
            <Show when=is_empty>
                <EmptyState icon=IconName::Diagram title="Nothing to draw"
                    next="None of these resources stands in a network or answers on one." />
            </Show>
            <Legend picture />
        </section>
    }
}

/// The wished width of the picture for a height of 100, in steps, so that a pane that changes a
/// little moves nothing; `None` before the pane has a size.
#[expect(
    clippy::cast_possible_truncation,
    reason = "a ratio that is clamped to three digits"
)]
fn aspect_of((width, height): camera::Size) -> Option<i32> {
    if width < 1.0 || height < 1.0 {
        return None;
    }
    let ratio = (width / height * 100.0).clamp(60.0, 240.0) as i32;
    Some(ratio / 20 * 20)
}
