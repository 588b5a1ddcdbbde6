//! A field that narrows a list.

use super::{Icon, IconName};
use leptos::prelude::*;

/// A search field called `label`; `id` is its identifier.
#[component]
pub fn SearchField(
    id: &'static str,
    label: &'static str,
    value: Signal<String>,
    on_input: Callback<String>,
) -> impl IntoView {
    let is_empty = move || value.with(String::is_empty);
    view! {
        <div class="search-field">
            <Icon name=IconName::Search />
            <input id=id type="text" inputmode="search" aria-label=label placeholder=label
                autocomplete="off" autocapitalize="off" spellcheck="false"
                prop:value=value
                on:input=move |event| on_input.run(event_target_value(&event)) />
            <button type="button" class="search-clear" aria-label=format!("Clear: {label}")
                hidden=is_empty on:click=move |_| on_input.run(String::new())>
                <Icon name=IconName::Cross />
            </button>
        </div>
    }
}
