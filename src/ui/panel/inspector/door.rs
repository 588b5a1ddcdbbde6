//! What blocks a door, what it takes as proof, and what gets through.

use super::hop::{LeaveOut, PlaceName};
use super::{to_source, to_switch};
use crate::ui::component::{PhraseView, ProofView};
use crate::ui::state::UiState;
use crate::view::{AuthenticationCard, BlockerCard, FlowRow};
use leptos::prelude::*;

/// What keeps it closed, each with the line that decides.
#[component]
pub(super) fn Blockers(
    state: UiState,
    blockers: Vec<BlockerCard>,
    leads_round: bool,
) -> impl IntoView {
    let count = blockers.len();
    let is_alone = blockers.iter().all(|blocker| blocker.alone);
    let items = blockers
        .into_iter()
        .map(|blocker| view! { <BlockerItem state blocker /> })
        .collect_view();
    let note = if leads_round {
        "These close the door itself; the path above goes round them."
    } else if count == 1 && is_alone {
        "This control alone keeps it closed: without it, a way would be open."
    } else {
        "Each of these stops what would otherwise come through."
    };
    view! {
        <section class="card-part" aria-labelledby="blockers-title">
            <h3 class="part-title" id="blockers-title">"What blocks it"</h3>
            <p class="hint">{note}</p>
            <ol class="blockers" aria-label="Blockers">{items}</ol>
        </section>
    }
}

#[component]
fn BlockerItem(state: UiState, blocker: BlockerCard) -> impl IntoView {
    let BlockerCard {
        number,
        owner,
        from,
        to,
        sentence,
        proofs,
        protects,
        alone,
        leave_out,
    } = blocker;
    let said = sentence.clone();
    let has_owner = !owner.name.is_empty();
    let owner_is_end = owner.id == to.id;
    let mut relied = Vec::new();
    if alone {
        relied.push("nothing else does: without it alone, it is reached".to_owned());
    }
    if protects > 1 {
        relied.push(format!("keeps {protects} doors closed"));
    }
    let relied = relied.join("; ");
    view! {
        <li class="hop blocker">
            <span class="hop-number" aria-hidden="true">{number}</span>
            <div class="hop-body">
                <h3>
                    <PlaceName state place=from />
                    <span class="hop-arrow">" ⊣ "</span>
                    <span class="visually-hidden">"is stopped before "</span>
                    <PlaceName state place=to />
                </h3>
                <p class="hop-sentence">
                    {(has_owner && !owner_is_end).then(|| view! {
                        <PlaceName state place=owner />": "
                    })}
                    <PhraseView phrases=sentence />
                </p>
                {(!relied.is_empty()).then(|| view! { <p class="hint">{relied}</p> })}
                <ProofView proofs sentence=said on_source=to_source(state)
                    on_switch=to_switch(state) />
                {leave_out.map(|switch| view! { <LeaveOut state switch words="Ignore it" /> })}
            </div>
        </li>
    }
}

/// What the door takes as proof of who is calling.
#[component]
pub(super) fn Authentication(
    state: UiState,
    authentication: Vec<AuthenticationCard>,
) -> impl IntoView {
    let go = to_source(state);
    let items = authentication
        .into_iter()
        .map(|one| {
            let place = one
                .passage
                .as_ref()
                .map(|passage| (passage.file.clone(), passage.line));
            let says = one.says.clone();
            let mode = if one.sure {
                one.mode
            } else {
                format!("{}?", one.mode)
            };
            view! {
                <div class="fact">
                    <dt><code>{mode}</code></dt>
                    <dd>
                        {one.meaning}
                        <span class="hint"><PhraseView phrases=says />
                            {place.map(|(file, line)| view! { " " <SourceLink file line go /> })}
                        </span>
                    </dd>
                </div>
            }
        })
        .collect_view();
    view! {
        <section class="card-part" aria-labelledby="authentication-title">
            <h3 class="part-title" id="authentication-title">"What a caller needs"</h3>
            <dl class="facts">{items}</dl>
        </section>
    }
}

/// A place in a file, which leads to it.
#[component]
pub(super) fn SourceLink(file: String, line: u32, go: Callback<(String, u32)>) -> impl IntoView {
    let words = format!("{file}:{line}");
    view! {
        <button type="button" class="source-link" title="Show in the template"
            on:click=move |_| go.run((file.clone(), line))>{words}</button>
    }
}

/// Protocols and ports, senders, and the names under which the door answers.
#[component]
pub(super) fn Flows(flows: Vec<FlowRow>, hosts: Vec<String>) -> impl IntoView {
    let rows = flows
        .into_iter()
        .map(|flow| {
            let more = flow.source_count.saturating_sub(flow.sources.len());
            let more = (more > 0).then(|| format!(" and {more} more"));
            view! {
                <div class="fact">
                    <dt><code>{flow.protocol}" "{flow.ports}</code></dt>
                    <dd>{flow.sources.join(", ")}{more}</dd>
                </div>
            }
        })
        .collect_view();
    let names = hosts
        .into_iter()
        .map(|host| view! { <div class="fact"><dt>"Host"</dt><dd><code>{host}</code></dd></div> })
        .collect_view();
    view! {
        <section class="card-part" aria-labelledby="flows-title">
            <h3 class="part-title" id="flows-title">"What arrives"</h3>
            <dl class="facts">{rows}{names}</dl>
        </section>
    }
}
