//! A command to copy.

use super::{Icon, IconName};
use crate::ui::browser::clipboard;
use gloo::timers::callback::Timeout;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// Milliseconds for which the button says that the text was copied.
const SAID_MS: u32 = 1_600;

/// `text` in one line, with a button that copies it; `label` says what it is.
#[component]
pub fn CopyLine(#[prop(into)] label: String, #[prop(into)] text: String) -> impl IntoView {
    let copied = RwSignal::new(false);
    let shown = text.clone();
    let copy = move |_| {
        let text = text.clone();
        spawn_local(async move {
            if clipboard::copy(&text).await {
                copied.set(true);
                Timeout::new(SAID_MS, move || copied.set(false)).forget();
            }
        });
    };
    view! {
        <div class="copy-line">
            <code>{shown}</code>
            <button class="button quiet" type="button" aria-label=format!("Copy {label}") on:click=copy>
                {move || {
                    let name = if copied.get() { IconName::Check } else { IconName::Copy };
                    view! { <Icon name /> }
                }}
                <span>{move || if copied.get() { "Copied" } else { "Copy" }}</span>
            </button>
        </div>
    }
}
