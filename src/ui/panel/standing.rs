//! Where the caller and the estate stand, as the reviewer says.

use crate::ui::command;
use crate::ui::state::UiState;
use crate::worker::protocol::Standing;
use leptos::prelude::*;

/// Where the attacker starts: outside, or at a place of the estate.
#[component]
pub fn FromField() -> impl IntoView {
    let state = expect_context::<UiState>();
    let names = move || {
        let names = state.footholds.get();
        let options = names
            .iter()
            .map(|name| view! { <option value=name.clone() /> });
        options.collect_view()
    };
    let change = move |event| {
        let from = event_target_value(&event).trim().to_owned();
        command::set_standing(
            state,
            Standing {
                from,
                ..state.standing.get_untracked()
            },
        );
    };
    view! {
        <label class="standing-field">
            <span>"Attacker starts at"</span>
            <input class="field" list="footholds" placeholder="internet" autocomplete="off"
                spellcheck="false" prop:value=move || state.standing.get().from on:change=change />
        </label>
        <datalist id="footholds">{names}</datalist>
    }
}

/// The subscription, resource group and tenant that the templates go to.
#[component]
pub fn TargetFields() -> impl IntoView {
    view! {
        <details class="standing-target">
            <summary>"Where it is deployed"</summary>
            <p class="hint">
                "Placeholders stand in where nothing is typed. Templates that name each other's \
                 resources meet whatever the subscription is."
            </p>
            <Field label="Subscription" placeholder="11111111-2222-3333-4444-555555555555"
                part=|standing| &mut standing.subscription />
            <Field label="Resource group" placeholder="rg-example"
                part=|standing| &mut standing.resource_group />
            <Field label="Tenant" placeholder="99999999-8888-7777-6666-555555555555"
                part=|standing| &mut standing.tenant />
        </details>
    }
}

/// The text of one part of where things stand.
#[component]
fn Field(
    label: &'static str,
    placeholder: &'static str,
    part: fn(&mut Standing) -> &mut String,
) -> impl IntoView {
    let state = expect_context::<UiState>();
    let value = move || std::mem::take(part(&mut state.standing.get()));
    let change = move |event| {
        let mut standing = state.standing.get_untracked();
        event_target_value(&event)
            .trim()
            .clone_into(part(&mut standing));
        command::set_standing(state, standing);
    };
    view! {
        <label class="standing-field">
            <span>{label}</span>
            <input class="field" placeholder=placeholder autocomplete="off" spellcheck="false"
                prop:value=value on:change=change />
        </label>
    }
}
