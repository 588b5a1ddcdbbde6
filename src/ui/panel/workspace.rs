//! The workspace: lists, picture, inspector.

use super::diagram::DiagramPane;
use super::failure::FailureCard;
use super::inspector::Inspector;
use super::lists::Lists;
use crate::ui::command;
use crate::ui::component::{Icon, IconName, TabItem, Tabs};
use crate::ui::state::{Over, Pane, Tab, UiState};
use leptos::prelude::*;

/// The three panes side by side, or one at a time where there is no room.
#[component]
pub fn Workspace() -> impl IntoView {
    let state = expect_context::<UiState>();
    let pane = |value, label, panel| TabItem {
        value,
        label,
        panel,
        icon: None,
        count: None,
    };
    let panes = vec![
        pane(Pane::Diagram, "Diagram", "pane-diagram"),
        pane(Pane::Lists, "Lists", "pane-lists"),
        pane(Pane::Inspector, "Path", "pane-inspector"),
    ];
    let shown = move || match state.pane.get() {
        Pane::Diagram => "diagram",
        Pane::Lists => "lists",
        Pane::Inspector => "inspector",
    };
    view! {
        <main class="workspace" data-pane=shown>
            <h1 class="visually-hidden">"Review"</h1>
            <div class="pane-tabs">
                <Tabs label="Panes" items=panes selected=state.pane.into()
                    on_select=Callback::new(move |pane| state.pane.set(pane)) />
            </div>
            <div class="messages">
                <Notice state />
                <WhatIfBanner state />
                <Show when=move || state.over.get() != Over::Adding><FailureCard /></Show>
            </div>
            <div class="pane lists" id="pane-lists"><Lists /></div>
            <div class="pane picture" id="pane-diagram"><DiagramPane /></div>
            <div class="pane inspector" id="pane-inspector"><Inspector /></div>
        </main>
    }
}

#[component]
fn Notice(state: UiState) -> impl IntoView {
    move || {
        state.notice.get().map(|text| {
            view! {
                <section class="notice-card" aria-label="Notice">
                    <Icon name=IconName::Note />
                    <p>{text}</p>
                    <button class="button icon-only quiet" type="button" aria-label="Close notice"
                        on:click=move |_| command::dismiss_notice(state)>
                        <Icon name=IconName::Cross />
                    </button>
                </section>
            }
        })
    }
}

/// What says that the result is not that of the files as they are.
#[component]
fn WhatIfBanner(state: UiState) -> impl IntoView {
    move || {
        let count = state.switches.with(|tried| tried.len());
        (count > 0).then(|| {
            let text = if count == 1 {
                "What-if: this is the review with 1 change tried.".to_owned()
            } else {
                format!("What-if: this is the review with {count} changes tried.")
            };
            view! {
                <section class="notice-card what-if" aria-label="What-if banner">
                    <Icon name=IconName::Sliders />
                    <p>{text}</p>
                    <button class="button quiet" type="button"
                        on:click=move |_| command::show_tab(state, Tab::Changes)>
                        "Show what changed"
                    </button>
                    <button class="button" type="button"
                        on:click=move |_| command::reset_switches(state)>"Reset"</button>
                </section>
            }
        })
    }
}
