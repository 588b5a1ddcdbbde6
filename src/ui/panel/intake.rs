//! Where templates come in.

use crate::ui::browser::files;
use crate::ui::command;
use crate::ui::component::{Icon, IconName};
use crate::ui::state::{Run, UiState};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

/// The drop zone with its file button, and the text box with its review button.
///
/// Dropping and pasting work anywhere on the page; the zone only says so.
#[component]
pub fn Intake() -> impl IntoView {
    let state = expect_context::<UiState>();
    let choose = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let chosen = files::take_chosen(&input);
        spawn_local(async move {
            match files::read(chosen).await {
                Ok(read) => command::add_files(state, read),
                Err(reason) => command::refuse_files(state, &reason),
            }
        });
    };
    view! {
        <div class="intake">
            <div class="drop-zone">
                <Icon name=IconName::Drop />
                <p class="drop-title">"Drop exported templates here"</p>
                <p>"or paste one anywhere on this page"</p>
                <label class="button primary">
                    <Icon name=IconName::File />
                    "Template files"
                    <input class="file-input" type="file" multiple
                        accept=".json,.jsonc,.zip,application/json,application/zip"
                        on:change=choose />
                </label>
                <p class="hint">
                    "JSON or JSONC, several at once, with parameter files, or the portal's zip"
                </p>
            </div>
            <TextIntake state />
        </div>
    }
}

#[component]
fn TextIntake(state: UiState) -> impl IntoView {
    let working = move || state.run.get() != Run::Idle;
    let review = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        command::add_text(state, &state.draft.get_untracked());
    };
    view! {
        <form class="text-intake" on:submit=review>
            <label for="template-text">"Template"</label>
            <textarea id="template-text" rows="6" spellcheck="false" autocomplete="off"
                autocapitalize="off" wrap="off"
                placeholder="Paste or type a template's JSON"
                prop:value=state.draft
                on:input=move |event| state.draft.set(event_target_value(&event))></textarea>
            <div class="text-intake-actions">
                <button class="button" type="submit">"Review"</button>
                <Show when=working>
                    <button class="button quiet" type="button" on:click=move |_| command::stop(state)>
                        <Icon name=IconName::Stop />
                        "Stop"
                    </button>
                </Show>
            </div>
        </form>
    }
}
