//! What the right panel says where nothing is selected: the whole review at a glance.

use crate::ui::answer::answered;
use crate::ui::command;
use crate::ui::component::{EmptyState, IconName, MarkView, PhraseView, tone_class};
use crate::ui::state::{ReviewRef, Tab, UiState};
use crate::view::{PathQuery, PathRow, Selection};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;

/// The paths listed.
const PATHS: usize = 8;

/// The answer in a sentence, the verdicts by number, and the worst paths to begin with.
#[component]
pub(super) fn Overview() -> impl IntoView {
    let state = expect_context::<UiState>();
    let paths = answered(
        state,
        move || {
            Some(Ask::Paths(PathQuery {
                count: PATHS,
                ..PathQuery::default()
            }))
        },
        |answer| match answer {
            Answer::Paths(window) => Some(window),
            _ => None,
        },
    );
    let rows = move || {
        paths
            .get()
            .map_or_else(Vec::new, |window| window.rows.clone())
    };
    let is_empty = move || paths.with(|paths| paths.as_ref().is_some_and(|all| all.total == 0));
    view! {
        <div class="overview">
            {move || state.review.get().map(|review| view! { <Verdicts state review /> })}
            <Show when=move || !rows().is_empty()>
                <section class="card-part" aria-labelledby="worst-title">
                    <h3 class="part-title" id="worst-title">"Worst paths"</h3>
                    <ol class="list-buttons">
                        {move || rows().into_iter().map(|row| worst(state, row)).collect_view()}
                    </ol>
                    <button type="button" class="button quiet"
                        on:click=move |_| command::show_tab(state, Tab::Paths)>"All paths"</button>
                </section>
            </Show>
            <Show when=is_empty>
                <EmptyState icon=IconName::Path title="No path leads in"
                    next="Select an asset to see what keeps it closed." />
            </Show>
        </div>
    }
}

#[component]
fn Verdicts(state: UiState, review: ReviewRef) -> impl IntoView {
    let summary = review.0.summary.clone();
    let counts = summary
        .outcomes
        .into_iter()
        .map(|(outcome, count)| {
            let show = move |_| {
                state.lists.assets.update(|filter| {
                    filter.outcomes = [outcome].into();
                });
                command::show_tab(state, Tab::Assets);
            };
            view! {
                <li>
                    <button type="button" class=format!("verdict-count outcome-{}", outcome.title())
                        title=outcome.meaning() on:click=show>
                        <b>{count}</b>
                        <span>{outcome.title()}</span>
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <h2 class="overview-title">"The review at a glance"</h2>
        <p class="sentence"><PhraseView phrases=summary.sentence /></p>
        <ul class="verdict-counts" aria-label="Doors by verdict">{counts}</ul>
    }
}

fn worst(state: UiState, row: PathRow) -> impl IntoView {
    let PathRow {
        key,
        index,
        name,
        standing,
        title,
        ..
    } = row;
    let tone = format!("list-title {}", tone_class(standing.tone));
    view! {
        <li>
            <button type="button" class="list-button" on:click=move |_| {
                command::select_path(state, Selection::Exposure(key.clone()), index);
            }>
                {match standing.mark {
                    Some(mark) => view! { <MarkView mark /> }.into_any(),
                    None => view! { <span class="mark-cell"></span> }.into_any(),
                }}
                <span>
                    <span class=tone>{name}</span>
                    <span class="hint">{title}</span>
                </span>
            </button>
        </li>
    }
}
