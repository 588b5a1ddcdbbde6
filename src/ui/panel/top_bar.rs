//! The bar at the top.

use crate::ui::command;
use crate::ui::component::{Icon, IconName, PhraseView};
use crate::ui::state::{Over, Run, UiState};
use leptos::prelude::*;

/// The brand, the files of the review, its answer in a sentence, and what to do with it.
#[component]
pub fn TopBar() -> impl IntoView {
    let state = expect_context::<UiState>();
    let reviewed = Memo::new(move |_| state.review.with(Option::is_some));
    let working = move || state.run.get() != Run::Idle;
    let theme = move || format!("Theme: {}", state.theme.get().as_str());
    view! {
        <header class="top-bar">
            <p class="brand"><Icon name=IconName::Brand />"Sightline"</p>
            <Show when=move || reviewed.get()>
                <FileChips state />
                <p class="answer">{move || state.review.get().map(|review| {
                    view! { <PhraseView phrases=review.0.summary.sentence.clone() /> }
                })}</p>
            </Show>
            <div class="top-actions">
                <Show when=move || reviewed.get() && working()>
                    <button class="button" type="button" on:click=move |_| command::stop(state)>
                        <Icon name=IconName::Stop />
                        "Stop"
                    </button>
                </Show>
                <Show when=move || reviewed.get()>
                    <button class="button" type="button" title="Search and commands (/ or Ctrl+K)"
                        on:click=move |_| command::open(state, Over::Palette)>
                        <Icon name=IconName::Search />
                        "Search"
                    </button>
                    <button class="button" type="button" on:click=move |_| command::start_over(state)>
                        "New review"
                    </button>
                </Show>
                <button class="button icon-only" type="button" aria-label="Help" title="Help"
                    on:click=move |_| command::open(state, Over::Help)>
                    <Icon name=IconName::Question />
                </button>
                <button class="button icon-only" type="button" aria-label=theme title=theme
                    on:click=move |_| command::next_theme(state)>
                    <Icon name=IconName::Theme />
                </button>
            </div>
        </header>
    }
}

#[component]
fn FileChips(state: UiState) -> impl IntoView {
    let names = Memo::new(move |_| {
        state.sources.with(|files| {
            files
                .iter()
                .map(|file| file.name.clone())
                .collect::<Vec<_>>()
        })
    });
    let chip = move |name: String| {
        let remove = name.clone();
        view! {
            <li class="chip" title=name.clone()>
                <span class="chip-name">{name.clone()}</span>
                <button type="button" aria-label=format!("Remove {name}")
                    on:click=move |_| command::remove_file(state, &remove)>
                    <Icon name=IconName::Cross />
                </button>
            </li>
        }
    };
    view! {
        <ul class="chips" aria-label="Files">
            <For each=move || names.get() key=Clone::clone children=chip />
            <li>
                <button class="chip add" type="button"
                    on:click=move |_| command::open(state, Over::Adding)>
                    <Icon name=IconName::Plus />
                    "Add"
                </button>
            </li>
        </ul>
    }
}

/// `3 resources`, `1 resource`.
pub(super) fn counted(count: usize, noun: &str) -> String {
    let plural = if count == 1 { "" } else { "s" };
    format!("{count} {noun}{plural}")
}
