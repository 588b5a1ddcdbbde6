//! The table of paths.

use crate::ui::answer::answered;
use crate::ui::command;
use crate::ui::component::{
    EmptyState, IconName, MarkView, RowKind, SearchField, TableWindow, VirtualTable,
};
use crate::ui::panel::assets::asset_name;
use crate::ui::panel::standing::FromField;
use crate::ui::state::UiState;
use crate::view::{PathQuery, PathRow, Selection};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;
use std::sync::Arc;

const COLUMNS: &[&str] = &["Target", "Severity", "Places", "Hops"];

const ROWS: RowKind<PathRow> = RowKind {
    key: |row| key(&row.key, row.index),
    name: |row| asset_name(&row.name, None).into_any(),
    cells: |row| cells(row).into_any(),
    height_rem: 4.25,
    class: "paths",
};

/// Every way to every door, worst first, with a filter.
#[component]
pub fn PathsPanel() -> impl IntoView {
    let state = expect_context::<UiState>();
    let wanted = RwSignal::new((0, PathQuery::ROWS));
    let selected = Memo::new(move |_| {
        let key = state
            .card
            .with(|card| Some(card.as_ref()?.exposure.clone()))?;
        Some((key, state.path.get()))
    });
    let window = answered(
        state,
        move || {
            let (first, count) = wanted.get();
            Some(Ask::Paths(PathQuery {
                text: state.lists.paths.get(),
                first,
                count,
                locate: selected.get(),
            }))
        },
        |answer| match answer {
            Answer::Paths(window) => Some(window),
            _ => None,
        },
    );
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
    let current = Signal::derive(move || {
        let selected = selected.get();
        selected.map_or_else(String::new, |(door, index)| key(&door, index))
    });
    let on_select = Callback::new(move |row: PathRow| {
        command::select_path(state, Selection::Exposure(row.key), row.index);
        command::show_inspector(state);
    });
    let filter = state.lists.paths;
    let is_empty =
        move || window.with(|window| window.as_ref().is_some_and(|window| window.matching == 0));
    view! {
        <div class="filters">
            <FromField />
            <div class="filter-line">
                <SearchField id="path-filter" label="Filter paths" value=filter.into()
                    on_input=Callback::new(move |text| filter.set(text)) />
            </div>
        </div>
        <Show when=is_empty>
            <EmptyState icon=IconName::Path title="No paths"
                next="No way leads in that is open, may be open, or begins with a break-in." />
        </Show>
        <VirtualTable label="Paths" columns=COLUMNS kind=ROWS window=rows wanted
            reveal=reveal.into() current on_select />
    }
}

fn key(door: &str, index: usize) -> String {
    format!("{door}#{index}")
}

fn cells(row: PathRow) -> impl IntoView {
    let hops = if row.hops == 1 {
        "1 hop".to_owned()
    } else {
        format!("{} hops", row.hops)
    };
    let kind = if row.assumes_compromise {
        "after a break-in"
    } else if row.sure {
        "open"
    } else {
        "may be open"
    };
    let doors = (!row.doors.is_empty()).then(|| row.doors.join(", "));
    view! {
        <div role="cell" class="cell-mark">
            {row.standing.mark.map(|mark| view! { <MarkView mark /> })}
        </div>
        <div role="cell" class="cell-places">{row.title}</div>
        <div role="cell" class="cell-hops">
            {hops}", "{kind}
            {doors.map(|doors| view! { <span class="doors">" · "{doors}</span> })}
        </div>
    }
}
