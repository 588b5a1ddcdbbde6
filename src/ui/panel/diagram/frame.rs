//! Zones, frames and boxes of the picture.

use crate::diagram::{
    Anchor, BoxPlace, Change, ContainerKind, ContainerPlace, Layout, Mark, NodeId, Point,
    TextPlace, shape,
};
use crate::ui::component::{mark_class, tone_class};
use crate::worker::protocol::Drawing;
use leptos::prelude::*;
use std::collections::BTreeSet;

/// What the selection is about, and what the keys are at.
#[derive(Clone, Debug)]
pub(super) struct Lights {
    /// What is not dimmed; all where empty.
    lit: BTreeSet<NodeId>,
    /// The box or frame that is selected.
    chosen: Memo<String>,
    /// What the keys are at.
    pub(super) focus: RwSignal<Option<NodeId>>,
    /// Hears what was clicked.
    pub(super) on_click: Callback<NodeId>,
}

impl Lights {
    /// The lights of `drawing`, where the box or frame called `chosen` is selected. What holds
    /// something lit is lit as well.
    pub(super) fn new(
        drawing: &Drawing,
        chosen: Memo<String>,
        focus: RwSignal<Option<NodeId>>,
        on_click: Callback<NodeId>,
    ) -> Self {
        let scene = &drawing.view.scene;
        let mut lit: BTreeSet<NodeId> = drawing.view.lit.iter().cloned().collect();
        let holders = scene
            .boxes
            .iter()
            .filter(|one| lit.contains(&one.id))
            .filter_map(|one| one.container.clone());
        lit.extend(holders.collect::<Vec<_>>());
        // Inner frames come after outer ones in the layout: from the inside out.
        for place in drawing.layout.containers.iter().rev() {
            let Some(one) = scene.containers.get(place.container) else {
                continue;
            };
            if lit.contains(&one.id)
                && let Some(parent) = &one.parent
            {
                lit.insert(parent.clone());
            }
        }
        Self {
            lit,
            chosen,
            focus,
            on_click,
        }
    }

    fn is_dim(&self, id: &NodeId) -> bool {
        !self.lit.is_empty() && !self.lit.contains(id)
    }
}

/// The identifier of the element of the frame at `at` in the scene.
pub(super) fn frame_id(at: usize) -> String {
    format!("frame-{at}")
}

/// The identifier of the element of the box at `at` in the scene.
pub(super) fn box_id(at: usize) -> String {
    format!("box-{at}")
}

/// A line of text.
pub(super) fn text_view(place: &TextPlace, class: &'static str) -> impl IntoView + use<> {
    let anchor = match place.anchor {
        Anchor::Start => "start",
        Anchor::Middle => "middle",
        Anchor::End => "end",
    };
    view! {
        <text class=class x=place.at.x y=place.at.y text-anchor=anchor>{place.text.clone()}</text>
    }
}

/// The panels of the zones with their headings.
pub(super) fn zones(layout: &Layout) -> impl IntoView + use<> {
    layout
        .zones
        .iter()
        .map(|place| {
            let rect = place.rect;
            let heading = place
                .heading
                .iter()
                .map(|line| text_view(line, "zone-heading"))
                .collect_view();
            view! {
                <rect class="zone" x=rect.x y=rect.y width=rect.width height=rect.height rx="10" />
                {heading}
            }
        })
        .collect_view()
}

/// A network, a subnet, a managed network or a group.
pub(super) fn frame(
    drawing: &Drawing,
    place: &ContainerPlace,
    lights: &Lights,
) -> impl IntoView + use<> {
    let one = drawing.view.scene.containers.get(place.container)?;
    let kind = match one.kind {
        ContainerKind::VirtualNetwork => "frame network",
        ContainerKind::Subnet => "frame subnet",
        ContainerKind::ManagedNetwork => "frame managed",
        ContainerKind::Group => "frame group",
    };
    let rect = place.rect;
    let badges = place
        .badges
        .iter()
        .filter_map(|badge| {
            let about = one.badges.get(badge.badge)?;
            let rect = badge.rect;
            Some(view! {
                <g class=format!("pill {}", tone_class(about.tone))>
                    <title>{about.description.clone()}</title>
                    <rect x=rect.x y=rect.y width=rect.width height=rect.height
                        rx=rect.height / 2 />
                    {text_view(&badge.text, "pill-text")}
                </g>
            })
        })
        .collect_view();
    let details = place
        .prefix
        .iter()
        .chain(&place.subtitle)
        .map(|line| text_view(line, "detail"))
        .collect_view();
    let inside = view! {
        <rect class="frame-rect" x=rect.x y=rect.y width=rect.width height=rect.height rx="8" />
        {text_view(&place.title, "title")}
        {details}
        {badges}
        {marks(one.mark.zip(place.mark), one.change.zip(place.change))}
    };
    let about = About {
        id: one.id.clone(),
        element: frame_id(place.container),
        class: kind.to_owned(),
        description: one.description.clone(),
    };
    Some(node(about, lights, inside.into_any()))
}

/// A card.
pub(super) fn scene_box(
    drawing: &Drawing,
    place: &BoxPlace,
    lights: &Lights,
) -> impl IntoView + use<> {
    let one = drawing.view.scene.boxes.get(place.scene_box)?;
    let rect = place.rect;
    let behind = (one.stands_for > 1).then(|| {
        view! {
            <rect class="card-behind" x=rect.x + 3 y=rect.y + 3 width=rect.width
                height=rect.height rx="8" />
        }
    });
    let icon = format!(
        "translate({} {}) scale({})",
        place.icon.x,
        place.icon.y,
        f64::from(place.icon.width) / 24.0
    );
    let note = place.note.as_ref().map(|note| {
        view! { <g class=tone_class(one.tone)>{text_view(note, "note")}</g> }
    });
    let inside = view! {
        {behind}
        <rect class="card-rect" x=rect.x y=rect.y width=rect.width height=rect.height rx="8" />
        <path class="card-icon" d=one.icon.path() transform=icon />
        {text_view(&place.title, "title")}
        {note}
        {marks(one.mark.zip(place.mark), one.change.zip(place.change))}
    };
    let about = About {
        id: one.id.clone(),
        element: box_id(place.scene_box),
        class: if one.ghost {
            "card ghost".to_owned()
        } else {
            "card".to_owned()
        },
        description: one.description.clone(),
    };
    Some(node(about, lights, inside.into_any()))
}

/// What a box or a frame is to those who click and those who listen.
struct About {
    id: NodeId,
    element: String,
    class: String,
    description: String,
}

fn node(about: About, lights: &Lights, inside: AnyView) -> impl IntoView + use<> {
    let About {
        id,
        element,
        class,
        description,
    } = about;
    let is_dim = lights.is_dim(&id);
    let (chosen, focus, on_click) = (lights.chosen, lights.focus, lights.on_click);
    let own = id.clone();
    let is_chosen = Memo::new(move |_| chosen.with(|chosen| *chosen == own.0));
    let here = id.clone();
    let is_focus = move || focus.with(|focus| focus.as_ref() == Some(&here));
    view! {
        <g id=element class=format!("node {class}") class:dim=is_dim class:chosen=is_chosen
            class:focus=is_focus role="button"
            aria-pressed=move || is_chosen.get().to_string()
            on:click=move |event| {
                event.stop_propagation();
                on_click.run(id.clone());
            }>
            <title>{description}</title>
            {inside}
        </g>
    }
}

/// The mark of the worst finding, and the sign of a change.
fn marks(mark: Option<(Mark, Point)>, change: Option<(Change, Point)>) -> impl IntoView {
    let mark = mark.map(|(mark, at)| {
        let (letter, down) = shape::mark_letter(mark);
        view! {
            <g class=format!("mark {}", mark_class(mark))>
                <path d=shape::mark(mark, at) />
                <text x=at.x y=at.y + down text-anchor="middle">{letter}</text>
            </g>
        }
    });
    let change = change.map(|(change, at)| {
        let (letter, class) = match change {
            Change::Added => ("+", "change added"),
            Change::Removed => ("−", "change removed"),
            Change::Altered => ("·", "change altered"),
        };
        view! {
            <g class=class>
                <rect x=at.x - 8 y=at.y - 8 width="16" height="16" rx="4" />
                <text x=at.x y=at.y + 4 text-anchor="middle">{letter}</text>
            </g>
        }
    });
    view! { {mark}{change} }
}
