//! A finding in full.

use super::question::QuestionView;
use super::{to_source, to_switch};
use crate::ui::component::{CopyLine, PhraseView, ProofView, in_backticks};
use crate::ui::state::UiState;
use crate::view::{FindingCard, PageBlock, PageSection};
use leptos::prelude::*;

/// What is wrong, where, and how to put it right; the rule's page opens below.
#[component]
pub(super) fn FindingView(state: UiState, finding: FindingCard) -> impl IntoView {
    let FindingCard {
        rule,
        title,
        severity,
        moved,
        undetermined,
        message,
        proofs,
        questions,
        remedy,
        edits,
        command,
        controls,
        page,
        ..
    } = finding;
    let said = message.clone();
    let open = undetermined.then_some(" · cannot be told");
    let questions = questions
        .into_iter()
        .map(|question| view! { <QuestionView state question /> })
        .collect_view();
    let page = page.into_iter().map(page_section).collect_view();
    view! {
        <section class="card-part finding-card" aria-label="Finding">
            <p class="hint">{rule}" · "{severity}{open}</p>
            <h3 class="finding-title">{title}</h3>
            <p><PhraseView phrases=message /></p>
            {(!moved.is_empty()).then(|| view! { <p class="hint">{moved}</p> })}
            <ProofView proofs sentence=said on_source=to_source(state)
                    on_switch=to_switch(state) />
            {questions}
            <h4>"What to do"</h4>
            <p>{in_backticks(&remedy)}</p>
            <Edits edits />
            {(!command.is_empty()).then(|| view! {
                <CopyLine label="the command that puts it right" text=command />
            })}
            {(!controls.is_empty()).then(|| view! {
                <p class="hint">"Benchmark: "{controls.join(", ")}</p>
            })}
            <details class="rule-page">
                <summary>"About this rule"</summary>
                {page}
            </details>
        </section>
    }
}

#[component]
fn Edits(edits: Vec<(String, String)>) -> impl IntoView {
    let rows = edits
        .into_iter()
        .map(|(path, value)| {
            let value = if value.is_empty() {
                "take it out".into_any()
            } else {
                view! { <code>{value}</code> }.into_any()
            };
            view! { <div class="fact"><dt><code>{path}</code></dt><dd>{value}</dd></div> }
        })
        .collect_view();
    view! { <dl class="facts">{rows}</dl> }
}

fn page_section(section: PageSection) -> impl IntoView {
    let blocks = section.blocks.into_iter().map(page_block).collect_view();
    view! { <h4>{section.heading}</h4> {blocks} }
}

fn page_block(block: PageBlock) -> AnyView {
    match block {
        PageBlock::Prose(phrases) => view! { <p><PhraseView phrases /></p> }.into_any(),
        PageBlock::List(entries) => {
            let items = entries
                .into_iter()
                .map(|(word, phrases)| {
                    let word = (!word.is_empty()).then(|| view! { <b>{word}": "</b> });
                    view! { <li>{word}<PhraseView phrases /></li> }
                })
                .collect_view();
            view! { <ul class="bullets">{items}</ul> }.into_any()
        }
        PageBlock::Code(_, text) => {
            view! { <pre class="code-block" tabindex="0">{text}</pre> }.into_any()
        }
    }
}
