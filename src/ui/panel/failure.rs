//! Why the last attempt gave no review.

use crate::ui::command;
use crate::ui::component::{Icon, IconName, ProblemCard};
use crate::ui::state::{Failure, UiState};
use leptos::prelude::*;

/// The most problems shown at once.
const SHOWN: usize = 5;

/// What happened and where, until it is closed or the next attempt begins.
#[component]
pub fn FailureCard() -> impl IntoView {
    let state = expect_context::<UiState>();
    move || state.failure.get().map(|failure| card(state, failure))
}

fn card(state: UiState, failure: Failure) -> impl IntoView {
    let more = failure.problems.len().saturating_sub(SHOWN);
    let problems = failure
        .problems
        .into_iter()
        .take(SHOWN)
        .map(|problem| view! { <ProblemCard problem /> })
        .collect_view();
    view! {
        <section class="failure" aria-label="Problem">
            <header>
                <p class="failure-title">{failure.title}</p>
                <button class="button icon-only quiet" type="button" aria-label="Close message"
                    on:click=move |_| command::dismiss_failure(state)>
                    <Icon name=IconName::Cross />
                </button>
            </header>
            {problems}
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        </section>
    }
}
