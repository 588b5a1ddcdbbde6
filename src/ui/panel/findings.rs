//! The table of findings.

use super::assets::asset_name;
use crate::diagram::Mark;
use crate::ui::answer::answered;
use crate::ui::command;
use crate::ui::component::{
    EmptyState, IconName, MarkView, RowKind, SearchField, TableWindow, Toggle, ToggleRow,
    VirtualTable, in_backticks, mark_class,
};
use crate::ui::state::{FindingFilter, UiState};
use crate::view::{FindingQuery, FindingRow, FindingWindow, Selection};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;
use std::sync::Arc;

const COLUMNS: &[&str] = &["Finding", "Severity", "Resource", "Rule", "What is wrong"];

const ROWS: RowKind<FindingRow> = RowKind {
    key: |row| row.fingerprint.clone(),
    name: |row| row.title.clone().into_any(),
    cells: |row| cells(row).into_any(),
    height_rem: 4.25,
    class: "findings",
};

/// Every finding, worst first, with filters.
#[component]
pub fn FindingsPanel() -> impl IntoView {
    let state = expect_context::<UiState>();
    let wanted = RwSignal::new((0, FindingQuery::ROWS));
    let selected = Memo::new(move |_| match state.selection.get() {
        Some(Selection::Finding(fingerprint)) => Some(fingerprint),
        _ => None,
    });
    let window = answered(
        state,
        move || {
            let (first, count) = wanted.get();
            let filter = state.lists.findings.get();
            Some(Ask::Findings(FindingQuery {
                text: filter.text,
                marks: filter.marks.into_iter().collect(),
                resource: None,
                waived: true,
                first,
                count,
                locate: selected.get(),
            }))
        },
        |answer| match answer {
            Answer::Findings(window) => Some(window),
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
    let current = Signal::derive(move || selected.get().unwrap_or_default());
    let on_select = Callback::new(move |row: FindingRow| {
        command::select(state, Selection::Finding(row.fingerprint));
        command::show_inspector(state);
    });
    let is_empty =
        move || window.with(|window| window.as_ref().is_some_and(|window| window.matching == 0));
    view! {
        <Filters state window />
        <Show when=is_empty><Nothing state /></Show>
        <VirtualTable label="Findings" columns=COLUMNS kind=ROWS window=rows wanted
            reveal=reveal.into() current on_select />
    }
}

#[component]
fn Filters(state: UiState, window: RwSignal<Option<Arc<FindingWindow>>>) -> impl IntoView {
    let filter = state.lists.findings;
    let text = Signal::derive(move || filter.with(|filter| filter.text.clone()));
    let marks = Memo::new(move |_| {
        window.with(|window| {
            let marks = window.as_ref().map(|window| window.marks.clone());
            marks.unwrap_or_default()
        })
    });
    let toggles = Signal::derive(move || marks.get().into_iter().map(toggle).collect::<Vec<_>>());
    let is_on = Callback::new(move |mark| filter.with(|filter| filter.marks.contains(&mark)));
    let on_toggle = Callback::new(move |mark| {
        filter.update(|filter| {
            if !filter.marks.remove(&mark) {
                filter.marks.insert(mark);
            }
        });
    });
    view! {
        <div class="filters">
            <div class="filter-line">
                <SearchField id="finding-filter" label="Filter findings" value=text
                    on_input=Callback::new(move |text| filter.update(|filter| filter.text = text)) />
            </div>
            <ToggleRow label="Severities" toggles is_on on_toggle />
        </div>
    }
}

#[component]
fn Nothing(state: UiState) -> impl IntoView {
    let is_filtered = move || {
        state
            .lists
            .findings
            .with(|filter| *filter != FindingFilter::default())
    };
    view! {
        <Show when=is_filtered fallback=|| view! {
            <EmptyState icon=IconName::Check title="No findings"
                next="No rule has anything to say about these resources." />
        }>
            <EmptyState icon=IconName::Search title="No finding matches"
                next="Take a filter off to see the others." />
            <p class="empty-action">
                <button type="button" class="button" on:click=move |_| {
                    state.lists.findings.set(FindingFilter::default());
                }>"Show all findings"</button>
            </p>
        </Show>
    }
}

fn toggle((mark, count): (Mark, usize)) -> Toggle<Mark> {
    Toggle {
        value: mark,
        label: mark.title().to_owned(),
        count,
        class: mark_class(mark),
    }
}

fn cells(row: FindingRow) -> impl IntoView {
    let open = row.undetermined.then(|| {
        view! { <span class="tag tone-undetermined">"cannot be told"</span> }
    });
    // The list says whom it is about already.
    let about = format!("`{}`: ", row.name);
    let message = row.message.strip_prefix(&about).unwrap_or(&row.message);
    view! {
        <div role="cell" class="cell-mark"><MarkView mark=row.mark /></div>
        <div role="cell" class="cell-name">{asset_name(&row.name, None)}</div>
        <div role="cell" class="cell-rule">{row.rule}{open}</div>
        <div role="cell" class="cell-message">{in_backticks(message)}</div>
    }
}
