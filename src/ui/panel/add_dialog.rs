//! The dialog that takes more files into the review.

use super::failure::FailureCard;
use super::intake::Intake;
use crate::ui::command;
use crate::ui::component::Modal;
use crate::ui::state::{Over, UiState};
use leptos::prelude::*;

/// The intake in a dialog.
#[component]
pub fn AddDialog() -> impl IntoView {
    let state = expect_context::<UiState>();
    let is_open = Signal::derive(move || state.over.get() == Over::Adding);
    view! {
        <Modal id="add" title="Add to the review" is_open
            on_close=Callback::new(move |()| command::close_over(state, Over::Adding))>
            <Intake />
            <FailureCard />
        </Modal>
    }
}
