//! What would close what is open, what is tried, what changed, and what is meant.

use super::assumptions::Assumptions;
use super::difference::{DifferenceView, ShowDoor};
use crate::ui::answer::answered;
use crate::ui::browser::files;
use crate::ui::command;
use crate::ui::component::{Icon, IconName, in_backticks};
use crate::ui::state::UiState;
use crate::view::{ChangesView, CutCard, DeviationRow, Difference, IntentView, Switch};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;
use wasm_bindgen_futures::spawn_local;
use web_sys::HtmlInputElement;

/// The fewest changes, what-if, the comparison and the intent, one below the other.
#[component]
pub fn ChangesPanel() -> impl IntoView {
    let state = expect_context::<UiState>();
    let changes = answered(
        state,
        || Some(Ask::Changes),
        |answer| match answer {
            Answer::Changes(view) => Some(*view),
            _ => None,
        },
    );
    view! {
        <div class="panel-body changes">
            {move || changes.get().map(|view| {
                let ChangesView { together, cuts, more, what_if, earlier, intent, assumptions } =
                    (*view).clone();
                view! {
                    <WhatIf state difference=what_if />
                    <Cuts state together cuts more />
                    <Earlier state difference=earlier />
                    <Intent state intent />
                    <Assumptions state assumptions />
                }
            })}
        </div>
    }
}

#[component]
fn Cuts(
    state: UiState,
    together: Option<CutCard>,
    cuts: Vec<CutCard>,
    more: usize,
) -> impl IntoView {
    let is_empty = cuts.is_empty();
    let together = together.map(|cut| {
        let title = format!("All {} together", cut.closes.len());
        view! { <Cut state cut title /> }
    });
    let cuts = cuts
        .into_iter()
        .map(|cut| {
            let title = format!("`{}`", cut.closes.join("`, `"));
            view! { <Cut state cut title /> }
        })
        .collect_view();
    view! {
        <section aria-label="Fewest changes">
            <h2>"Fewest changes"</h2>
            <p class="hint">{if is_empty {
                "Nothing that holds models or data is open and can be closed by a property here."
            } else {
                "What closes every way to what holds models or data, at the least disruption."
            }}</p>
            <ul class="cut-list">{together}{cuts}</ul>
            {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
        </section>
    }
}

#[component]
fn Cut(state: UiState, cut: CutCard, title: String) -> impl IntoView {
    let CutCard {
        optimal, changes, ..
    } = cut;
    let label = format!("Try the changes for {}", title.replace('`', ""));
    let rows = changes
        .iter()
        .map(|switch| view! { <li>{in_backticks(&switch.label)}</li> })
        .collect_view();
    view! {
        <li class="cut-card">
            <h3>{in_backticks(&title)}</h3>
            <ul class="bullets">{rows}</ul>
            {(!optimal).then(|| view! {
                <p class="hint">"There may be fewer: the search was cut short."</p>
            })}
            <button type="button" class="button" aria-label=label
                on:click=move |_| command::try_switches(state, changes.clone())>
                "Try it"
            </button>
        </li>
    }
}

#[component]
fn WhatIf(state: UiState, difference: Option<Difference>) -> impl IntoView {
    let switches = state.switches.get_untracked();
    let rows = switches
        .iter()
        .enumerate()
        .map(|(at, switch)| view! { <Tried state at switch=switch.clone() /> })
        .collect_view();
    let is_empty = switches.is_empty();
    view! {
        <section aria-label="What-if">
            <h2>"What-if"</h2>
            {if is_empty {
                view! {
                    <p class="hint">
                        "Try a change below, or at a line of a path or finding. The files stay as \
                         they are."
                    </p>
                }.into_any()
            } else {
                view! {
                    <ul class="tried" aria-label="Changes tried">{rows}</ul>
                }.into_any()
            }}
            {difference.map(|difference| view! { <DifferenceView state difference /> })}
        </section>
    }
}

#[component]
fn Tried(state: UiState, at: usize, switch: Switch) -> impl IntoView {
    let label = format!("Take back {}", switch.label.replace('`', ""));
    view! {
        <li>
            <span>{in_backticks(&switch.label)}</span>
            <button type="button" class="button icon-only quiet" aria-label=label
                on:click=move |_| command::take_back(state, at)>
                <Icon name=IconName::Cross />
            </button>
        </li>
    }
}

#[component]
fn Earlier(state: UiState, difference: Option<Difference>) -> impl IntoView {
    let choose = move |event| {
        let input: HtmlInputElement = event_target(&event);
        let chosen = files::take_chosen(&input);
        spawn_local(async move {
            match files::read(chosen).await {
                Ok(read) => command::set_earlier(state, read),
                Err(reason) => command::refuse_files(state, &reason),
            }
        });
    };
    let names = state.earlier.with_untracked(|files| {
        let names: Vec<String> = files.iter().map(|file| file.name.clone()).collect();
        names.join(", ")
    });
    let is_set = !names.is_empty();
    view! {
        <section aria-label="Compare">
            <h2>"Compare"</h2>
            <p class="hint">{if is_set {
                format!("Since {names}:")
            } else {
                "Choose the files of an earlier version to see what opened and closed since."
                    .to_owned()
            }}</p>
            {difference.map(|difference| view! { <DifferenceView state difference /> })}
            <p class="change-actions">
                <label class="button">
                    "Earlier version"
                    <input class="file-input" type="file" multiple
                        accept=".json,.jsonc,.zip,application/json,application/zip"
                        on:change=choose />
                </label>
                {is_set.then(|| view! {
                    <button type="button" class="button quiet"
                        on:click=move |_| command::set_earlier(state, Vec::new())>
                        "Compare no more"
                    </button>
                })}
            </p>
        </section>
    }
}

#[component]
fn Intent(state: UiState, intent: Option<IntentView>) -> impl IntoView {
    let content = match intent {
        None => view! {
            <p class="hint">
                "Add a file with an intent, who may reach what, and the estate is held against it."
            </p>
        }
        .into_any(),
        Some(IntentView {
            lines,
            deviations,
            more,
        }) => {
            let verdict = match deviations.len() + more {
                0 => format!("All {lines} lines of the intent hold."),
                1 => "The estate is in 1 point not as it is meant to be.".to_owned(),
                count => format!("The estate is in {count} points not as it is meant to be."),
            };
            let rows = deviations
                .into_iter()
                .map(|row| view! { <DeviationItem state row /> })
                .collect_view();
            view! {
                <p>{verdict}</p>
                <ul class="bullets" aria-label="Deviations">{rows}</ul>
                {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
            }
            .into_any()
        }
    };
    view! {
        <section aria-label="Intent">
            <h2>"Intent"</h2>
            {content}
        </section>
    }
}

#[component]
fn DeviationItem(state: UiState, row: DeviationRow) -> impl IntoView {
    let DeviationRow {
        kind,
        severity,
        message,
        expectation,
        key,
    } = row;
    view! {
        <li>
            <span class=format!("deviation mark-{severity}")>
                <b class="standing">{kind}</b>" "{in_backticks(&message)}
            </span>
            {expectation.map(|line| view! { <p class="hint">{in_backticks(&line)}</p> })}
            <ShowDoor state key />
        </li>
    }
}
