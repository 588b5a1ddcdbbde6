//! What was read, what could not be, and what that caps.

use super::questions::coverage;
use super::top_bar::counted;
use crate::ui::command;
use crate::ui::component::{Icon, IconName, PhraseView, ProblemCard};
use crate::ui::state::{ReviewRef, Tab, UiState};
use crate::view::{CoverageView, EstateFile, Gap, Level, Selection, TypeRow};
use leptos::prelude::*;
use std::sync::Arc;

/// How much is understood, the files with their roles, and everything there is to say about them.
#[component]
pub fn Coverage() -> impl IntoView {
    let state = expect_context::<UiState>();
    let coverage = coverage(state);
    view! {
        <section class="coverage" aria-label="Coverage">
            {move || coverage.get().map(|view| view! { <Levels state view /> })}
            {move || state.review.get().map(|review| view! { <Files state review /> })}
            {move || coverage.get().map(|view| view! { <Missing state view /> })}
            {move || state.review.get().map(|review| view! { <Remarks review /> })}
            {move || coverage.get().map(|view| view! { <Types state view /> })}
        </section>
    }
}

fn level_class(level: Level) -> &'static str {
    match level {
        Level::Modelled => "level-modelled",
        Level::Partial => "level-partial",
        Level::Shown => "level-shown",
        Level::Unrecognised => "level-unrecognised",
    }
}

/// The resources by how much of them is understood: a bar, and the numbers.
#[component]
fn Levels(state: UiState, view: Arc<CoverageView>) -> impl IntoView {
    let total: usize = view.levels.iter().map(|(_, count)| count).sum();
    let mut levels = view.levels.clone();
    levels.reverse();
    let mut left = 0;
    let parts = levels
        .iter()
        .map(|(level, count)| {
            let width = count * 1_000 / total.max(1);
            let part = view! {
                <rect class=level_class(*level) x=left y="0" width=width height="10" />
            };
            left += width;
            part
        })
        .collect_view();
    let rows = levels
        .iter()
        .map(|(level, count)| {
            view! {
                <div class="fact">
                    <dt><span class=format!("level-mark {}", level_class(*level))></span>
                        {level.title()}</dt>
                    <dd>{*count}</dd>
                </div>
            }
        })
        .collect_view();
    let caps = view.facts.len();
    view! {
        <h2>{counted(total, "resource")}</h2>
        <svg class="level-bar" viewBox="0 0 1000 10" preserveAspectRatio="none" aria-hidden="true">
            {parts}
        </svg>
        <dl class="facts numbers">{rows}</dl>
        {(caps > 0).then(|| view! {
            <p>
                <button type="button" class="link-button"
                    on:click=move |_| command::show_tab(state, Tab::Questions)>
                    {if caps == 1 {
                        "1 open fact caps verdicts".to_owned()
                    } else {
                        format!("{caps} open facts cap verdicts")
                    }}
                </button>
            </p>
        })}
    }
}

#[component]
fn Files(state: UiState, review: ReviewRef) -> impl IntoView {
    let files = review.0.estate.files.clone();
    let rows = files
        .into_iter()
        .map(|file| file_row(state, file))
        .collect_view();
    view! {
        <h2>"Files"</h2>
        <ul class="files">{rows}</ul>
    }
}

fn file_row(state: UiState, file: EstateFile) -> impl IntoView {
    let resources = file
        .mode
        .is_some()
        .then(|| counted(file.resources, "resource"));
    let mode = file
        .mode
        .map(|(mode, because)| format!("read as {mode}: {because}"));
    let what: Vec<_> = [Some(file.role), resources].into_iter().flatten().collect();
    let name = file.name.clone();
    view! {
        <li class="file-row">
            <Icon name=IconName::File />
            <div>
                <button type="button" class="place-name file-name" title="Show the file"
                    on:click=move |_| command::show_source(state, &name, 1)>{file.name}</button>
                <p class="hint">{what.join(", ")}</p>
                {mode.map(|mode| view! { <p class="hint">{mode}</p> })}
            </div>
        </li>
    }
}

/// What the inputs refer to and do not hold.
#[component]
fn Missing(state: UiState, view: Arc<CoverageView>) -> impl IntoView {
    let more = view.gap_count.saturating_sub(view.gaps.len());
    let items = view
        .gaps
        .iter()
        .cloned()
        .map(|gap| view! { <GapItem state gap /> })
        .collect_view();
    (view.gap_count > 0).then(|| {
        view! {
            <h2>"Not in the inputs" " " <span class="count">{view.gap_count}</span></h2>
            <ul class="gaps">{items}</ul>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        }
    })
}

#[component]
fn GapItem(state: UiState, gap: Gap) -> impl IntoView {
    let short = gap.name.rsplit('/').next().unwrap_or(&gap.name).to_owned();
    let place = gap.place;
    let uses = if gap.uses > 1 {
        format!(" · {} places", gap.uses)
    } else {
        String::new()
    };
    let shown = if gap.name.starts_with('/') {
        short
    } else {
        gap.name.clone()
    };
    view! {
        <li class="gap">
            <p class="gap-name" title=gap.name>
                {match place {
                    Some(place) => view! {
                        <button type="button" class="place-name" on:click=move |_| {
                            command::show_source(state, &place.file, place.line);
                        }>{shown}</button>
                    }.into_any(),
                    None => shown.into_any(),
                }}
            </p>
            <p class="hint">{gap.what}{uses}": "<PhraseView phrases=gap.advice /></p>
        </li>
    }
}

#[component]
fn Remarks(review: ReviewRef) -> impl IntoView {
    let estate = review.0.estate.clone();
    let more = estate.problem_count.saturating_sub(estate.problems.len());
    let problems = estate
        .problems
        .into_iter()
        .map(|problem| view! { <ProblemCard problem /> })
        .collect_view();
    view! {
        <h2>"Remarks about the input"</h2>
        {(estate.problem_count == 0).then(|| view! { <p class="hint">"None."</p> })}
        {problems}
        {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
    }
}

#[component]
fn Types(state: UiState, view: Arc<CoverageView>) -> impl IntoView {
    let rows = view
        .types
        .iter()
        .cloned()
        .map(|row| type_row(state, row))
        .collect_view();
    view! {
        <h2>"Types" " " <span class="count">{view.types.len()}</span></h2>
        <ul class="types">{rows}</ul>
    }
}

fn type_row(state: UiState, row: TypeRow) -> impl IntoView {
    let first = row.first;
    view! {
        <li class="type-row">
            <span class=format!("level-mark {}", level_class(row.level))></span>
            <div>
                <button type="button" class="place-name" on:click=move |_| {
                    command::select(state, Selection::Resource(first.clone()));
                }>{row.kind}</button>
                <p class="hint">{row.resource_type}</p>
            </div>
            <span class="type-level">
                <span class="count">{row.count}</span>
                <span class="hint">{row.level.title()}</span>
            </span>
        </li>
    }
}
