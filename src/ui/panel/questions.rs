//! What the inputs do not tell, and what would settle it.

use super::door_tags::DoorTags;
use super::inspector::QuestionView;
use crate::ui::answer::answered;
use crate::ui::component::{EmptyState, IconName};
use crate::ui::state::UiState;
use crate::view::{CoverageView, OpenFact};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;
use std::sync::Arc;

/// The coverage of the review.
pub(super) fn coverage(state: UiState) -> RwSignal<Option<Arc<CoverageView>>> {
    answered(
        state,
        || Some(Ask::Coverage),
        |answer| match answer {
            Answer::Coverage(view) => Some(*view),
            _ => None,
        },
    )
}

/// Every fact that a verdict hangs on, that with most verdicts first.
#[component]
pub fn QuestionsPanel() -> impl IntoView {
    let state = expect_context::<UiState>();
    let coverage = coverage(state);
    move || {
        coverage.get().map(|view| {
            if view.facts.is_empty() {
                return view! {
                    <EmptyState icon=IconName::Check title="Nothing is left open"
                        next="The inputs settle every verdict." />
                }
                .into_any();
            }
            let items = view
                .facts
                .iter()
                .cloned()
                .map(|fact| view! { <Item state fact /> })
                .collect_view();
            view! {
                <section class="panel-body" aria-label="Questions">
                    <p class="hint">
                        "Facts that are not in the inputs, and the doors whose verdicts hang on them."
                    </p>
                    <ul class="question-list">{items}</ul>
                </section>
            }
            .into_any()
        })
    }
}

#[component]
fn Item(state: UiState, fact: OpenFact) -> impl IntoView {
    let more = fact.cap_count.saturating_sub(fact.caps.len());
    view! {
        <li class="question-card">
            <QuestionView state question=fact.question />
            <DoorTags state doors=fact.caps more />
        </li>
    }
}
