//! Severity by shape, letter and colour; verdict by word and colour.

use crate::diagram::{Mark, Point, Tone, shape};
use crate::view::Standing;
use leptos::prelude::*;

/// The middle of a mark in its drawing.
const MIDDLE: Point = Point { x: 11, y: 11 };

/// The mark of a severity; its word is there for assistive technology.
#[component]
pub fn MarkView(mark: Mark) -> impl IntoView {
    view! {
        <span class="mark-cell">
            <svg class=format!("mark {}", mark_class(mark)) viewBox="0 0 22 22" aria-hidden="true"
                focusable="false">
                <path d=shape::mark(mark, MIDDLE) />
                <text x="11" y=11 + shape::mark_letter(mark).1 text-anchor="middle">
                    {shape::mark_letter(mark).0}
                </text>
            </svg>
            <span class="visually-hidden">{mark.title()}</span>
        </span>
    }
}

/// The verdict with to whom it is open, in its colour.
#[component]
pub fn StandingView(standing: Standing) -> impl IntoView {
    view! { <span class=format!("standing {}", tone_class(standing.tone))>{standing.text}</span> }
}

/// The class that gives `mark` its colour.
pub fn mark_class(mark: Mark) -> &'static str {
    match mark {
        Mark::Critical => "mark-critical",
        Mark::High => "mark-high",
        Mark::Medium => "mark-medium",
        Mark::Low => "mark-low",
        Mark::Note => "mark-note",
        Mark::Undetermined => "mark-undetermined",
    }
}

/// The class that gives `tone` its colour.
pub fn tone_class(tone: Tone) -> &'static str {
    match tone {
        Tone::Anyone => "tone-anyone",
        Tone::Tenants => "tone-tenants",
        Tone::Listed => "tone-listed",
        Tone::Conditional => "tone-conditional",
        Tone::Undetermined => "tone-undetermined",
        Tone::Blocked => "tone-blocked",
        Tone::Neutral => "tone-neutral",
    }
}
