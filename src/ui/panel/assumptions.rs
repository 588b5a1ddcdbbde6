//! What a review takes for granted.

use super::door_tags::DoorTags;
use crate::ui::command;
use crate::ui::state::UiState;
use crate::view::AssumptionRow;
use leptos::prelude::*;

/// What is taken for granted, each with a box to grant it or not.
#[component]
pub(super) fn Assumptions(state: UiState, assumptions: Vec<AssumptionRow>) -> impl IntoView {
    let rows = assumptions
        .into_iter()
        .map(|row| view! { <AssumptionItem state row /> })
        .collect_view();
    view! {
        <section aria-label="Assumptions">
            <h2>"Assumptions"</h2>
            <p class="hint">
                "No input shows these. Without one, the ways that rest on it are not certain."
            </p>
            <ul class="tried assumptions">{rows}</ul>
        </section>
    }
}

#[component]
fn AssumptionItem(state: UiState, row: AssumptionRow) -> impl IntoView {
    let AssumptionRow {
        id,
        says,
        granted,
        flips,
        more,
    } = row;
    let count = flips.len() + more;
    view! {
        <li>
            <div>
                <label class="assumption">
                    <input type="checkbox" prop:checked=granted on:change=move |event| {
                        command::grant(state, &id, event_target_checked(&event));
                    } />
                    <span>{says}</span>
                </label>
                {(granted && count > 0).then(|| view! {
                    <p class="hint">"Not certain without it:"</p>
                    <DoorTags state doors=flips more />
                })}
            </div>
        </li>
    }
}
