//! The dialog that takes more files into the review.

use super::failure::FailureCard;
use super::intake::Intake;
use crate::ui::component::{Icon, IconName};
use crate::ui::state::UiState;
use leptos::html::Dialog;
use leptos::prelude::*;

/// The intake in a dialog, open while the state says so.
#[component]
pub fn AddDialog() -> impl IntoView {
    let state = expect_context::<UiState>();
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let adding = state.adding.get();
        if let Some(dialog) = dialog.get().filter(|dialog| dialog.open() != adding) {
            if adding {
                // It is closed and in the page, so it opens.
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    view! {
        <dialog class="dialog" aria-labelledby="add-title" node_ref=dialog
            on:close=move |_| state.adding.set(false)>
            <header class="dialog-head">
                <h2 id="add-title">"Add to the review"</h2>
                <button class="button icon-only quiet" type="button" aria-label="Close"
                    on:click=move |_| state.adding.set(false)>
                    <Icon name=IconName::Cross />
                </button>
            </header>
            <Show when=move || state.adding.get()>
                <Intake />
                <FailureCard />
            </Show>
        </dialog>
    }
}
