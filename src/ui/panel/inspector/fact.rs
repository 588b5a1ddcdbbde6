//! The resource itself: its findings, what stands in it, and its facts.

use super::door::SourceLink;
use super::hop::PlaceName;
use super::to_source;
use crate::ui::command;
use crate::ui::component::{MarkView, tone_class};
use crate::ui::state::UiState;
use crate::view::{AssetRow, Fact, FindingRow, PlaceRef, Selection};
use leptos::prelude::*;

/// The findings about it, each of which can be selected.
#[component]
pub(super) fn Findings(state: UiState, findings: Vec<FindingRow>) -> impl IntoView {
    let count = findings.len();
    let items = findings
        .into_iter()
        .map(|row| {
            let open = row.undetermined.then_some(" · cannot be told");
            let fingerprint = row.fingerprint;
            view! {
                <li>
                    <button type="button" class="list-button" on:click=move |_| {
                        command::select(state, Selection::Finding(fingerprint.clone()));
                    }>
                        <MarkView mark=row.mark />
                        <span>
                            <span class="list-title">{row.title}</span>
                            <span class="hint">{row.rule}{open}</span>
                        </span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="card-part" aria-labelledby="card-findings-title">
            <h3 class="part-title" id="card-findings-title">
                "Findings" <span class="count">{count}</span>
            </h3>
            <ul class="list-buttons">{items}</ul>
        </section>
    }
}

/// What stands in a network, or what a line of the picture concerns.
#[component]
pub(super) fn Members(
    state: UiState,
    members: Vec<PlaceRef>,
    concerned: Vec<AssetRow>,
) -> impl IntoView {
    let has_doors = !concerned.is_empty();
    let places = members
        .into_iter()
        .map(|place| {
            let kind = place.kind.clone();
            view! {
                <div class="fact">
                    <dt><PlaceName state place /></dt>
                    <dd class="hint">{kind}</dd>
                </div>
            }
        })
        .collect_view();
    let doors = concerned
        .into_iter()
        .map(|row| {
            let tone = format!("standing {}", tone_class(row.standing.tone));
            let key = row.key;
            let door = row.door.map(|door| format!(" ({door})"));
            view! {
                <div class="fact">
                    <dt>
                        <button type="button" class="place-name" on:click=move |_| {
                            command::select(state, Selection::Exposure(key.clone()));
                        }>{row.name}{door}</button>
                    </dt>
                    <dd class=tone>{row.standing.text}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card-part" aria-labelledby="members-title">
            <h3 class="part-title" id="members-title">"What belongs to it"</h3>
            <dl class="facts">{places}</dl>
            {has_doors.then(|| view! { <dl class="facts" aria-label="Doors">{doors}</dl> })}
        </section>
    }
}

/// The facts about the resource.
#[component]
pub(super) fn Facts(state: UiState, facts: Vec<Fact>) -> impl IntoView {
    let go = to_source(state);
    let items = facts
        .into_iter()
        .map(|fact| {
            let Fact {
                label,
                value,
                code,
                place,
            } = fact;
            let is_place = place
                .as_ref()
                .is_some_and(|place| value == format!("{}:{}", place.file, place.line));
            let shown = if is_place {
                None
            } else if code {
                Some(view! { <code>{value}</code> }.into_any())
            } else {
                Some(value.into_any())
            };
            let link = place.map(|place| {
                view! { " " <SourceLink file=place.file line=place.line go /> }
            });
            view! { <div class="fact"><dt>{label}</dt><dd>{shown}{link}</dd></div> }
        })
        .collect_view();
    view! {
        <details class="card-part">
            <summary class="part-title">"About the resource"</summary>
            <dl class="facts">{items}</dl>
        </details>
    }
}
