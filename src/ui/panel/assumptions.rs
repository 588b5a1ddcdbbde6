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
                "No input shows these. What is ticked is taken for granted; without it, what rests on \
                 it is not certain."
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
        egress,
    } = row;
    let count = flips.len() + more;
    let hint = if granted {
        "Otherwise without it:"
    } else {
        "Otherwise with it:"
    };
    let egress = match egress {
        0 => None,
        1 => Some("What gets out of 1 resource is then told otherwise.".to_owned()),
        count => Some(format!(
            "What gets out of {count} resources is then told otherwise."
        )),
    };
    view! {
        <li>
            <div>
                <label class="assumption">
                    <input type="checkbox" prop:checked=granted on:change=move |_| {
                        command::switch_assumption(state, &id);
                    } />
                    <span>{says}</span>
                </label>
                {(count > 0).then(|| view! {
                    <p class="hint">{hint}</p>
                    <DoorTags state doors=flips more />
                })}
                {egress.map(|words| view! { <p class="hint">{words}</p> })}
            </div>
        </li>
    }
}
