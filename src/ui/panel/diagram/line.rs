//! The lines of the picture, their labels and the numbers of hops.

use super::frame::text_view;
use crate::diagram::{Edge, EdgePlace, EdgeStyle, LabelPlace, NodeId, Point, shape};
use crate::ui::command;
use crate::ui::state::UiState;
use crate::view::{Selection, TrailStep};
use crate::worker::protocol::Drawing;
use leptos::prelude::*;
use std::cmp::Reverse;
use std::collections::BTreeSet;

/// The class that gives a line its colour and pattern.
pub(super) fn style_class(style: EdgeStyle) -> &'static str {
    match style {
        EdgeStyle::Reachable => "edge-reachable",
        EdgeStyle::Tenants => "edge-tenants",
        EdgeStyle::Listed => "edge-listed",
        EdgeStyle::Conditional => "edge-conditional",
        EdgeStyle::Undetermined => "edge-undetermined",
        EdgeStyle::Blocked => "edge-blocked",
        EdgeStyle::Identity => "edge-identity",
        EdgeStyle::Plumbing => "edge-plumbing",
    }
}

/// How loud the lines are.
#[derive(Clone, Debug)]
pub(super) struct Loudness {
    /// Whether a path is selected.
    has_path: bool,
    /// What the selection is about; nothing where nothing is selected.
    lit: BTreeSet<NodeId>,
    /// The line that is selected.
    chosen: Option<(NodeId, NodeId)>,
}

impl Loudness {
    pub(super) fn new(drawing: &Drawing, selection: Option<&Selection>) -> Self {
        let chosen = match selection {
            Some(Selection::Edge { from, to }) => {
                Some((NodeId::from(from.as_str()), NodeId::from(to.as_str())))
            }
            _ => None,
        };
        Self {
            has_path: drawing
                .view
                .scene
                .edges
                .iter()
                .any(|edge| edge.hop.is_some()),
            lit: drawing.view.lit.iter().cloned().collect(),
            chosen,
        }
    }

    /// Whether `edge` is the one that is selected.
    fn is_chosen(&self, edge: &Edge) -> bool {
        let ends = self.chosen.as_ref();
        ends.is_some_and(|(from, to)| edge.from == *from && edge.to == *to)
    }

    fn is_quiet(&self, edge: &Edge) -> bool {
        if edge.hop.is_some() || self.is_chosen(edge) {
            return false;
        }
        let is_lit = || self.lit.contains(&edge.from) && self.lit.contains(&edge.to);
        self.has_path || (!self.lit.is_empty() && !is_lit())
    }
}

/// All lines, those that matter most on top.
pub(super) fn lines(
    state: UiState,
    drawing: &Drawing,
    loudness: &Loudness,
) -> impl IntoView + use<> {
    let mut drawn: Vec<(&EdgePlace, &Edge)> = drawing
        .layout
        .edges
        .iter()
        .filter_map(|place| Some((place, drawing.view.scene.edges.get(place.edge)?)))
        .collect();
    drawn.sort_by_key(|(_, edge)| {
        let is_on_path = edge.hop.is_some();
        (is_on_path, !loudness.is_quiet(edge), Reverse(edge.style))
    });
    drawn
        .into_iter()
        .map(|(place, edge)| line(state, place, edge, loudness))
        .collect_view()
}

fn line(
    state: UiState,
    place: &EdgePlace,
    edge: &Edge,
    loudness: &Loudness,
) -> impl IntoView + use<> {
    let is_on_path = edge.hop.is_some();
    let is_blocked = edge.style == EdgeStyle::Blocked;
    let way = if place.backwards {
        let back: Vec<Point> = place.points.iter().rev().copied().collect();
        shape::line(&back, 0)
    } else {
        shape::line(&place.points, if is_blocked { 6 } else { 7 })
    };
    let end = if is_blocked {
        view! { <path class="edge-bar" d=shape::bar(&place.points) /> }.into_any()
    } else {
        view! { <path class="edge-arrow" d=shape::arrow(&place.points) /> }.into_any()
    };
    let (from, to) = (edge.from.0.clone(), edge.to.0.clone());
    let class = format!("edge {}", style_class(edge.style));
    view! {
        <g class=class class:hop-line=is_on_path class:chosen=loudness.is_chosen(edge)
            class:quiet=loudness.is_quiet(edge)
            on:click=move |event| {
                event.stop_propagation();
                let (from, to) = (from.clone(), to.clone());
                command::select(state, Selection::Edge { from, to });
                command::show_inspector(state);
            }>
            <title>{edge.description.clone()}</title>
            <path class="edge-hit" d=way.clone() />
            <path class="edge-line" d=way />
            {end}
        </g>
    }
}

/// The pills on lines, and the numbers of the hops of the selected path.
pub(super) fn labels(drawing: &Drawing, loudness: &Loudness) -> impl IntoView + use<> {
    let edges = &drawing.view.scene.edges;
    let of_edge = |place: &EdgePlace| edges.get(place.edge);
    let own = drawing.layout.edges.iter().filter_map(|place| {
        let quiet = of_edge(place).is_some_and(|edge| loudness.is_quiet(edge));
        Some((place.label.as_ref()?, quiet))
    });
    let shared = drawing.layout.bundles.iter().filter_map(|bundle| {
        let mut members = bundle
            .edges
            .iter()
            .filter_map(|at| of_edge(drawing.layout.edges.get(*at)?));
        let quiet = members.all(|edge| loudness.is_quiet(edge));
        Some((bundle.label.as_ref()?, quiet))
    });
    let pills = own
        .chain(shared)
        .map(|(label, quiet)| pill(label, quiet))
        .collect_view();
    let numbers = drawing
        .layout
        .edges
        .iter()
        .filter_map(|place| {
            let edge = of_edge(place)?;
            edge.hop?;
            Some(number(&numbers_of(drawing, edge), edge.style, place.marker))
        })
        .collect_view();
    view! { <g class="labels">{pills}</g> <g class="numbers">{numbers}</g> }
}

fn pill(label: &LabelPlace, quiet: bool) -> impl IntoView + use<> {
    let rect = label.rect;
    view! {
        <g class="pill" class:quiet=quiet>
            <rect x=rect.x y=rect.y width=rect.width height=rect.height rx=rect.height / 2 />
            {text_view(&label.text, "pill-text")}
        </g>
    }
}

/// The numbers of the hops that `edge` shows: `2`, or `1–2` where a line stands for several.
fn numbers_of(drawing: &Drawing, edge: &Edge) -> String {
    let shows =
        |step: &&TrailStep| step.boxes.contains(&edge.from) && step.boxes.contains(&edge.to);
    let mut steps = drawing.view.trail.iter().filter(shows).map(|step| step.hop);
    let first = steps.next().or(edge.hop).unwrap_or_default();
    match steps.next_back() {
        Some(last) => format!("{first}–{last}"),
        None => first.to_string(),
    }
}

fn number(words: &str, style: EdgeStyle, at: Point) -> impl IntoView + use<> {
    let width = if words.len() > 2 { 32 } else { 18 };
    view! {
        <g class=format!("edge number {}", style_class(style))>
            <rect x=at.x - width / 2 y=at.y - 9 width=width height="18" rx="9" />
            <text x=at.x y=at.y + 4 text-anchor="middle">{words.to_owned()}</text>
        </g>
    }
}
