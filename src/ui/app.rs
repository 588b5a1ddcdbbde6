//! The whole page.

use super::browser::files::{self, Taken};
use super::command;
use super::key;
use super::panel::{AddDialog, Help, KeysSheet, Palette, Start, StatusBar, TopBar, Workspace};
use super::state::UiState;
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;

/// The page: the start screen, or the workspace once there is a review.
#[component]
pub fn App() -> impl IntoView {
    let state = UiState::new();
    provide_context(state);
    let hovered = RwSignal::new(false);
    command::open_page(state);
    key::watch(state);
    files::watch_drops(
        move |over| hovered.set(over),
        move |taken| take(state, taken),
    );
    files::watch_pastes(move |taken| take(state, taken));
    let reviewed = Memo::new(move |_| state.review.with(Option::is_some));
    view! {
        <div class="page" class:hovered=hovered>
            <TopBar />
            <Show when=move || reviewed.get() fallback=|| view! { <Start /> }>
                <Workspace />
            </Show>
            <StatusBar />
            <AddDialog />
            <Palette />
            <KeysSheet />
            <Help />
            <p class="visually-hidden" aria-live="polite">{state.said}</p>
        </div>
    }
}

fn take(state: UiState, taken: Taken) {
    match taken {
        Taken::Text(text) => command::add_text(state, &text),
        Taken::Files(chosen) => spawn_local(async move {
            match files::read(chosen).await {
                Ok(read) => command::add_files(state, read),
                Err(reason) => command::refuse_files(state, &reason),
            }
        }),
    }
}
