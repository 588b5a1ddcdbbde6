//! The table of assets.

use crate::diagram::Tone;
use crate::ui::answer::answered;
use crate::ui::command;
use crate::ui::component::{
    EmptyState, IconName, MarkView, RowKind, SearchField, TableWindow, Toggle, ToggleRow,
    VirtualTable, tone_class,
};
use crate::ui::state::{AssetFilter, UiState};
use crate::view::{AssetQuery, AssetRow, AssetSort, AssetWindow, Outcome, Selection};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;
use std::sync::Arc;

/// The columns, for assistive technology and wide panels.
const COLUMNS: &[&str] = &[
    "Asset",
    "Severity",
    "Type",
    "Verdict",
    "Why",
    "Authentication",
];

const ROWS: RowKind<AssetRow> = RowKind {
    key: |row| row.key.clone(),
    name: |row| asset_name(&row.name, row.door.as_deref()).into_any(),
    cells: |row| cells(row).into_any(),
    height_rem: 3.25,
    class: "assets",
};

/// The orders with their words.
const SORTS: [(AssetSort, &str, &str); 4] = [
    (AssetSort::Worst, "worst", "Worst first"),
    (AssetSort::Verdict, "verdict", "By verdict"),
    (AssetSort::Name, "name", "By name"),
    (AssetSort::Kind, "kind", "By type"),
];

/// Every door, worst first, with filters.
#[component]
pub fn AssetsPanel() -> impl IntoView {
    let state = expect_context::<UiState>();
    let wanted = RwSignal::new((0, AssetQuery::ROWS));
    let window = assets_window(state, wanted);
    let rows = Signal::derive(move || {
        window.with(|window| {
            window.as_ref().map(|window| {
                Arc::new(TableWindow {
                    total: window.matching,
                    first: window.first,
                    rows: window.rows.clone(),
                })
            })
        })
    });
    let reveal = Memo::new(move |_| window.with(|window| window.as_ref()?.located));
    let current = Memo::new(move |_| {
        state.card.with(|card| {
            card.as_ref()
                .map_or_else(String::new, |card| card.exposure.clone())
        })
    });
    let on_select = Callback::new(move |row: AssetRow| {
        command::select(state, Selection::Exposure(row.key));
        command::show_inspector(state);
    });
    let is_empty =
        move || window.with(|window| window.as_ref().is_some_and(|window| window.matching == 0));
    view! {
        <Filters state window />
        <Show when=is_empty>
            <Nothing state />
        </Show>
        <VirtualTable label="Assets" columns=COLUMNS kind=ROWS window=rows wanted
            reveal=reveal.into() current=current.into() on_select />
    }
}

/// The window of rows that the filter and `wanted` ask for.
fn assets_window(
    state: UiState,
    wanted: RwSignal<(usize, usize)>,
) -> RwSignal<Option<Arc<AssetWindow>>> {
    let selected = Memo::new(move |_| {
        state
            .card
            .with(|card| Some(card.as_ref()?.exposure.clone()))
            .filter(|key| !key.is_empty())
    });
    answered(
        state,
        move || {
            let (first, count) = wanted.get();
            let filter = state.lists.assets.get();
            Some(Ask::Assets(AssetQuery {
                text: filter.text,
                outcomes: filter.outcomes.into_iter().collect(),
                kinds: filter.kinds.into_iter().collect(),
                sort: filter.sort,
                reverse: false,
                first,
                count,
                locate: selected.get(),
            }))
        },
        |answer| match answer {
            Answer::Assets(window) => Some(window),
            _ => None,
        },
    )
}

#[component]
fn Filters(state: UiState, window: RwSignal<Option<Arc<AssetWindow>>>) -> impl IntoView {
    let filter = state.lists.assets;
    let text = Signal::derive(move || filter.with(|filter| filter.text.clone()));
    let toggles = Memo::new(move |_| {
        window.with(|window| {
            let outcomes = window.as_ref().map(|window| window.outcomes.clone());
            outcomes.unwrap_or_default()
        })
    });
    let toggles = Signal::derive(move || {
        let pressed = filter.with(|filter| filter.outcomes.clone());
        toggles
            .get()
            .into_iter()
            .filter(|(outcome, count)| *count > 0 || pressed.contains(outcome))
            .map(toggle)
            .collect::<Vec<_>>()
    });
    let is_on =
        Callback::new(move |outcome| filter.with(|filter| filter.outcomes.contains(&outcome)));
    let on_toggle = Callback::new(move |outcome| {
        filter.update(|filter| {
            if !filter.outcomes.remove(&outcome) {
                filter.outcomes.insert(outcome);
            }
        });
    });
    let kinds = move || filter.with(|filter| filter.kinds.iter().cloned().collect::<Vec<_>>());
    view! {
        <div class="filters">
            <div class="filter-line">
                <SearchField id="asset-filter" label="Filter assets" value=text
                    on_input=Callback::new(move |text| filter.update(|filter| filter.text = text)) />
                <SortChoice state />
            </div>
            <ToggleRow label="Verdicts" toggles is_on on_toggle />
            <For each=kinds key=Clone::clone children=move |kind| {
                view! {
                    <button type="button" class="toggle kind" aria-pressed="true"
                        on:click=move |_| filter.update(|filter| filter.kinds.clear())>
                        {kind}" ×"
                    </button>
                }
            } />
        </div>
    }
}

#[component]
fn SortChoice(state: UiState) -> impl IntoView {
    let filter = state.lists.assets;
    let choose = move |event| {
        let value = event_target_value(&event);
        if let Some((sort, _, _)) = SORTS.iter().find(|(_, name, _)| *name == value) {
            filter.update(|filter| filter.sort = *sort);
        }
    };
    let options = SORTS
        .map(|(sort, name, words)| {
            let is_chosen = move || filter.with(|filter| filter.sort == sort);
            view! { <option value=name prop:selected=is_chosen>{words}</option> }
        })
        .collect_view();
    view! {
        <select class="select" aria-label="Order of assets" on:change=choose>{options}</select>
    }
}

/// What stands in place of rows where none match.
#[component]
fn Nothing(state: UiState) -> impl IntoView {
    let is_filtered = move || {
        state
            .lists
            .assets
            .with(|filter| *filter != AssetFilter::default())
    };
    view! {
        <Show when=is_filtered fallback=|| view! {
            <EmptyState icon=IconName::Diagram title="Nothing answers on a network"
                next="None of the resources in these files has a door that could be reached." />
        }>
            <EmptyState icon=IconName::Search title="No asset matches"
                next="Take a filter off to see the others." />
            <p class="empty-action">
                <button type="button" class="button" on:click=move |_| {
                    state.lists.assets.set(AssetFilter::default());
                }>"Show all assets"</button>
            </p>
        </Show>
    }
}

fn toggle((outcome, count): (Outcome, usize)) -> Toggle<Outcome> {
    Toggle {
        value: outcome,
        label: outcome.title().to_owned(),
        count,
        class: match outcome {
            Outcome::Reachable => "tone-anyone",
            Outcome::Conditional => "tone-conditional",
            Outcome::Undetermined => "tone-undetermined",
            Outcome::Blocked => "tone-blocked",
        },
    }
}

/// The name of an asset with its door: of a child the last part first.
pub(super) fn asset_name(name: &str, door: Option<&str>) -> impl IntoView + use<> {
    let (holder, short) = name
        .rsplit_once('/')
        .map_or(("", name), |(holder, short)| (holder, short));
    let holder = (!holder.is_empty()).then(|| format!("{holder}/"));
    let short = short.to_owned();
    let door = door.map(|door| view! { " " <span class="door">{door.to_owned()}</span> });
    view! {
        <span class="asset-name">
            {holder.map(|holder| view! { <span class="holder">{holder}</span> })}
            <span class="short-name">{short}</span>{door}
        </span>
    }
}

fn cells(row: AssetRow) -> impl IntoView {
    let tone = format!("standing {}", tone_class(row.standing.tone));
    let mut authentication = row.authentication.join(", ");
    if !row.authentication_unknown.is_empty() {
        let more = row.authentication_unknown.join("?, ");
        let separator = if authentication.is_empty() { "" } else { ", " };
        authentication = format!("{authentication}{separator}{more}?");
    }
    let title = row.standing.text.clone();
    // The longest of the verdicts would not fit beside the others.
    let verdict = if row.standing.tone == Tone::Tenants {
        let rest = " (any Azure customer)";
        view! { "Reachable · Azure"<span class="visually-hidden">{rest}</span> }.into_any()
    } else {
        row.standing.text.into_any()
    };
    view! {
        <div role="cell" class="cell-mark">
            {row.standing.mark.map(|mark| view! { <MarkView mark /> })}
        </div>
        <div role="cell" class="cell-kind" title=row.kind.clone()>{row.kind.clone()}</div>
        <div role="cell" class="cell-verdict" title=title><span class=tone>{verdict}</span></div>
        <div role="cell" class="cell-why" title=row.why.clone()>{row.why.clone()}</div>
        <div role="cell" class="cell-authentication">{authentication}</div>
    }
}
