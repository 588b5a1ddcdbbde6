//! The selected path, hop by hop.

use super::{to_source, to_switch};
use crate::ui::command;
use crate::ui::component::{PhraseView, ProofView, in_backticks};
use crate::ui::state::UiState;
use crate::view::{HopCard, PathCard, PlaceRef, Selection, Switch};
use leptos::prelude::*;

/// The hops with what lets each through, and a packet that takes the path.
#[component]
pub(super) fn Hops(state: UiState, path: PathCard) -> impl IntoView {
    let witness = path.witness.clone();
    let note = path.assumes_compromise.then_some(
        "This path begins with breaking into something that is reached. It does not change the \
         verdict about the door.",
    );
    let hangs_on = path
        .hangs_on
        .iter()
        .map(|why| view! { <li>{in_backticks(why)}</li> })
        .collect_view();
    let is_open = !path.hangs_on.is_empty();
    let hops = path
        .hops
        .into_iter()
        .map(|hop| view! { <Hop state hop /> })
        .collect_view();
    view! {
        <section class="card-part" aria-label="Hops">
            {note.map(|note| view! { <p class="callout">{note}</p> })}
            <ol class="hops" aria-label="Hops">{hops}</ol>
            {(!witness.is_empty()).then(|| view! {
                <p class="witness"><span class="hint">"For example"</span> <code>{witness}</code></p>
            })}
            {is_open.then(|| view! {
                <div class="hangs-on">
                    <h3>"Hangs on"</h3>
                    <ul class="bullets">{hangs_on}</ul>
                </div>
            })}
        </section>
    }
}

#[component]
fn Hop(state: UiState, hop: HopCard) -> impl IntoView {
    let HopCard {
        number,
        from,
        to,
        step,
        sentence,
        proofs,
        packet,
        after_compromise,
        leave_out,
    } = hop;
    let said = sentence.clone();
    let title = format!("{step}, {packet}");
    view! {
        <li class="hop">
            <span class="hop-number" aria-hidden="true">{number}</span>
            <div class="hop-body">
                <h3 title=title.trim_end_matches(", ").to_owned()>
                    <span class="visually-hidden">{format!("Hop {number}: ")}</span>
                    <PlaceName state place=from />
                    <span class="hop-arrow">" → "</span>
                    <PlaceName state place=to />
                </h3>
                {after_compromise.then(|| view! { <p class="hint">"After a break-in"</p> })}
                <p class="hop-sentence"><PhraseView phrases=sentence /></p>
                <ProofView proofs sentence=said on_source=to_source(state)
                    on_switch=to_switch(state) />
                {leave_out.map(|switch| view! { <LeaveOut state switch words="Leave it out" /> })}
            </div>
        </li>
    }
}

/// What asks again without a step or a control.
#[component]
pub(super) fn LeaveOut(state: UiState, switch: Switch, words: &'static str) -> impl IntoView {
    let label = format!("{words}: what if {}", switch.label.replace('`', ""));
    let on_switch = to_switch(state);
    view! {
        <button type="button" class="link-button what-if-button" title=label.clone()
            aria-label=label on:click=move |_| on_switch.run(switch.clone())>{words}</button>
    }
}

/// The name of an end of a hop, which selects it where it is a resource.
#[component]
pub(super) fn PlaceName(state: UiState, place: PlaceRef) -> impl IntoView {
    let is_resource = place.id.starts_with('/');
    let kind = place.kind.clone();
    if is_resource {
        let select = move |_| command::select(state, Selection::Resource(place.id.clone()));
        view! {
            <button type="button" class="place-name" title=kind on:click=select>{place.name}</button>
        }
        .into_any()
    } else {
        view! { <span title=kind>{place.name}</span> }.into_any()
    }
}
