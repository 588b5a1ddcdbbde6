//! What is open, and what would settle it.

use super::door::SourceLink;
use super::to_source;
use crate::ui::component::{CopyLine, PhraseView};
use crate::ui::state::UiState;
use crate::view::{Outcome, QuestionCard};
use leptos::prelude::*;

/// The open questions about a door.
#[component]
pub(super) fn Questions(state: UiState, questions: Vec<QuestionCard>) -> impl IntoView {
    let items = questions
        .into_iter()
        .map(|question| view! { <li><QuestionView state question /></li> })
        .collect_view();
    view! {
        <section class="card-part" aria-labelledby="questions-title">
            <h3 class="part-title" id="questions-title">"What is open"</h3>
            <ul class="questions">{items}</ul>
        </section>
    }
}

/// One question: why it is open, what settles it, and what each answer would mean.
#[component]
pub(in crate::ui::panel) fn QuestionView(state: UiState, question: QuestionCard) -> impl IntoView {
    let QuestionCard {
        why,
        settle,
        command,
        outcomes,
        passage,
        ..
    } = question;
    let place = passage.map(|passage| (passage.file, passage.line));
    let outcomes = outcomes
        .into_iter()
        .map(|(value, outcome)| {
            view! {
                <div class="fact">
                    <dt><code>{value}</code></dt>
                    <dd class=outcome_class(outcome)>{outcome.title()}</dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <div class="question">
            <p class="question-why"><PhraseView phrases=why /></p>
            <p class="hint">
                "Settled by "<PhraseView phrases=settle />
                {place.map(|(file, line)| view! {
                    " · " <SourceLink file line go=to_source(state) />
                })}
            </p>
            <dl class="facts">{outcomes}</dl>
            {(!command.is_empty()).then(|| view! {
                <CopyLine label="the command that settles it" text=command />
            })}
        </div>
    }
}

fn outcome_class(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Reachable => "standing tone-anyone",
        Outcome::Conditional => "standing tone-conditional",
        Outcome::Undetermined => "standing tone-undetermined",
        Outcome::Blocked => "standing tone-blocked",
    }
}
