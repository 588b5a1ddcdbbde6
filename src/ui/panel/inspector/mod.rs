//! The right panel: what is selected, how it is reached or what blocks the way, and where the
//! template says so.

mod door;
mod fact;
mod finding;
mod hop;
mod overview;
mod question;

pub(super) use question::QuestionView;

use crate::ui::command;
use crate::ui::component::{Icon, IconName, MarkView, PhraseView, ResourceIcon, StandingView};
use crate::ui::state::UiState;
use crate::view::{AssetRow, Card, Selection, Switch};
use door::{Authentication, Blockers, Flows};
use fact::{Facts, Findings, Members};
use finding::FindingView;
use hop::Hops;
use leptos::prelude::*;
use overview::Overview;
use question::Questions;
use std::sync::Arc;

/// The region of the path.
#[component]
pub fn Inspector() -> impl IntoView {
    let state = expect_context::<UiState>();
    let card = state.card;
    view! {
        <section class="path" aria-label="Path" tabindex="-1" id="path">
            {move || match card.get() {
                None => view! { <Overview /> }.into_any(),
                Some(card) => view! { <CardView state card /> }.into_any(),
            }}
        </section>
    }
}

/// Goes to a line of a file.
pub(super) fn to_source(state: UiState) -> Callback<(String, u32)> {
    Callback::new(move |(file, line): (String, u32)| command::show_source(state, &file, line))
}

/// Tries a change, as a callback for those who know no state.
pub(super) fn to_switch(state: UiState) -> Callback<Switch> {
    Callback::new(move |switch: Switch| command::try_switches(state, vec![switch]))
}

#[component]
fn CardView(state: UiState, card: Arc<Card>) -> impl IntoView {
    let Card {
        sentence,
        path,
        blockers,
        questions,
        authentication,
        hosts,
        flows,
        facts,
        members,
        concerned,
        findings,
        finding,
        ..
    } = Arc::unwrap_or_clone(card.clone());
    let leads_round = path.as_ref().is_some_and(|path| path.assumes_compromise);
    view! {
        <Head state card=card.clone() />
        <p class="sentence"><PhraseView phrases=sentence /></p>
        <Doors state doors=card.doors.clone() exposure=card.exposure.clone() />
        {finding.map(|finding| view! { <FindingView state finding /> })}
        {path.map(|path| view! { <Hops state path /> })}
        {(!blockers.is_empty()).then(|| view! { <Blockers state blockers leads_round /> })}
        {(!questions.is_empty()).then(|| view! { <Questions state questions /> })}
        {(!authentication.is_empty()).then(|| view! { <Authentication state authentication /> })}
        {(!flows.is_empty() || !hosts.is_empty()).then(|| view! { <Flows flows hosts /> })}
        {(!concerned.is_empty() || !members.is_empty())
            .then(|| view! { <Members state members concerned /> })}
        {(!findings.is_empty()).then(|| view! { <Findings state findings /> })}
        {(!facts.is_empty()).then(|| view! { <Facts state facts /> })}
    }
}

/// What is selected, how it stands, and the way through its paths.
#[component]
fn Head(state: UiState, card: Arc<Card>) -> impl IntoView {
    let (holder, name) = card
        .title
        .rsplit_once('/')
        .map_or((String::new(), card.title.clone()), |(holder, name)| {
            (format!("{holder}/"), name.to_owned())
        });
    let door = card
        .exposure
        .rsplit_once('#')
        .map(|(_, door)| door.to_owned());
    let door = door.filter(|door| door != "main");
    let mark = card.standing.as_ref().and_then(|standing| standing.mark);
    view! {
        <header class="path-head">
            <PathSteps state card=card.clone() />
            <button type="button" class="button icon-only quiet" aria-label="Close selection"
                title="Close selection (Esc)" on:click=move |_| command::clear_selection(state)>
                <Icon name=IconName::Cross />
            </button>
        </header>
        <div class="path-title">
            <ResourceIcon icon=card.icon />
            <div>
                <h2>
                    <span class="holder">{holder}</span>{name}
                    {door.map(|door| view! { " " <span class="door">{door}</span> })}
                </h2>
                <p class="hint">{card.subtitle.clone()}</p>
            </div>
            {mark.map(|mark| view! { <MarkView mark /> })}
        </div>
        {card.standing.clone().map(|standing| view! {
            <p class="path-standing">
                <StandingView standing />
                <span class="hint">{card.meaning.clone()}</span>
            </p>
        })}
    }
}

/// Which path is shown, with the ones before and after it.
#[component]
fn PathSteps(state: UiState, card: Arc<Card>) -> impl IntoView {
    let count = card.paths.len();
    let Some(index) = card.path.as_ref().map(|path| path.index) else {
        return view! { <p class="path-count">{if card.standing.is_some() { "No path" } else { "" }}</p> }
            .into_any();
    };
    let kind = if card
        .paths
        .get(index)
        .is_some_and(|path| path.assumes_compromise)
    {
        "after a break-in"
    } else if card.paths.get(index).is_some_and(|path| path.sure) {
        "open"
    } else {
        "may be open"
    };
    let alone = count < 2;
    view! {
        <div class="path-steps">
            <button type="button" class="button icon-only" aria-label="Previous path"
                title="Previous path ([)" disabled=alone
                on:click=move |_| command::step_path(state, false)>
                <Icon name=IconName::Back />
            </button>
            <p class="path-count">
                <b>{format!("Path {} of {count}", index + 1)}</b>
                <span class="hint">{kind}</span>
            </p>
            <button type="button" class="button icon-only" aria-label="Next path"
                title="Next path (])" disabled=alone
                on:click=move |_| command::step_path(state, true)>
                <Icon name=IconName::Forward />
            </button>
        </div>
    }
    .into_any()
}

/// The doors of the resource, where it has more than one.
#[component]
fn Doors(state: UiState, doors: Vec<AssetRow>, exposure: String) -> impl IntoView {
    (doors.len() > 1).then(|| {
        let buttons = doors
            .into_iter()
            .map(|row| {
                let is_shown = row.key == exposure;
                let tone = crate::ui::component::tone_class(row.standing.tone);
                let name = row.door.clone().unwrap_or_else(|| "main".to_owned());
                let words = format!("{name}: {}", row.standing.text);
                let key = row.key;
                view! {
                    <button type="button" class=format!("door-button {tone}")
                        aria-pressed=is_shown.to_string() aria-label=words.clone() title=words
                        on:click=move |_| {
                            command::select(state, Selection::Exposure(key.clone()));
                        }>{name}</button>
                }
            })
            .collect_view();
        view! { <div class="doors-row" role="group" aria-label="Doors">{buttons}</div> }
    })
}
