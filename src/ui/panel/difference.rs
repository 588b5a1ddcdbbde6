//! Two versions side by side.

use crate::ui::command;
use crate::ui::component::in_backticks;
use crate::ui::state::UiState;
use crate::view::{Difference, DoorChange, PropertyRow, Selection};
use leptos::prelude::*;

/// What opened, closed, came and went.
#[component]
pub(super) fn DifferenceView(state: UiState, difference: Difference) -> impl IntoView {
    let Difference {
        headline,
        doors,
        came,
        went,
        properties,
        added,
        removed,
        more,
    } = difference;
    let doors = doors
        .into_iter()
        .map(|door| view! { <DoorItem state door /> })
        .collect_view();
    let rows = properties
        .into_iter()
        .map(|row| view! { <li>{in_backticks(&told(&row))}</li> })
        .collect_view();
    view! {
        <p class="difference-headline">{headline}</p>
        <ul class="door-changes" aria-label="Ways in that changed">{doors}</ul>
        {texts("Findings that came", came)}
        {texts("Findings that went", went)}
        {texts("Resources that are new", added)}
        {texts("Resources that are gone", removed)}
        <details class="more-proofs">
            <summary>"Properties"</summary>
            <ul class="bullets">{rows}</ul>
        </details>
        {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
    }
}

#[component]
fn DoorItem(state: UiState, door: DoorChange) -> impl IntoView {
    let DoorChange {
        what,
        now,
        before,
        key,
    } = door;
    let tone = match what.as_str() {
        "opened" => "tone-anyone",
        "closed" => "tone-neutral",
        _ => "tone-listed",
    };
    view! {
        <li class=format!("door-change {tone}")>
            <p><b class="standing">{what}</b>" "{in_backticks(&now)}</p>
            {before.map(|text| view! { <p class="hint">"Before: "{in_backticks(&text)}</p> })}
            <ShowDoor state key />
        </li>
    }
}

/// A button that selects the door `key`, where there is one.
#[component]
pub(super) fn ShowDoor(state: UiState, key: String) -> impl IntoView {
    (!key.is_empty()).then(|| {
        view! {
            <button type="button" class="link-button" on:click=move |_| {
                command::select(state, Selection::Exposure(key.clone()));
            }>"Show"</button>
        }
    })
}

fn texts(title: &'static str, list: Vec<String>) -> Option<impl IntoView> {
    (!list.is_empty()).then(|| {
        let summary = format!("{title} ({})", list.len());
        let rows = list
            .into_iter()
            .map(|text| view! { <li>{in_backticks(&text)}</li> })
            .collect_view();
        view! {
            <details class="more-proofs">
                <summary>{summary}</summary>
                <ul class="bullets">{rows}</ul>
            </details>
        }
    })
}

fn told(row: &PropertyRow) -> String {
    let old = row.old.as_deref().unwrap_or("absent");
    let new = row.new.as_deref().unwrap_or("absent");
    format!("`{}` of `{}`: {old} → {new}", row.path, row.resource)
}
