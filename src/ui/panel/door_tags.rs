//! Doors by name, each to be selected.

use crate::ui::command;
use crate::ui::state::UiState;
use crate::view::Selection;
use leptos::prelude::*;

/// The doors that hang on a fact, by name and key, and how many more there are.
#[component]
pub(super) fn DoorTags(state: UiState, doors: Vec<(String, String)>, more: usize) -> impl IntoView {
    let tags = doors
        .into_iter()
        .map(|(name, key)| {
            let door = key.rsplit_once('#').map(|(_, door)| door);
            let name = match door.filter(|door| *door != "main") {
                Some(door) => format!("{name} {door}"),
                None => name,
            };
            view! {
                <li>
                    <button type="button" class="tag-button" on:click=move |_| {
                        command::select(state, Selection::Exposure(key.clone()));
                    }>{name}</button>
                </li>
            }
        })
        .collect_view();
    view! {
        <ul class="tags" aria-label="Doors that hang on it">
            {tags}
            {(more > 0).then(|| view! { <li class="hint">{format!("and {more} more")}</li> })}
        </ul>
    }
}
