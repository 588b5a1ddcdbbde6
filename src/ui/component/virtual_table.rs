//! A table of any length, of which only a window is in the page.

use crate::ui::browser::scroll;
use leptos::html::Div;
use leptos::prelude::*;
use std::sync::Arc;
use web_sys::KeyboardEvent;

/// Rows up to this count are all in the page.
const WHOLE: usize = 200;
/// Rows asked for at a time above that.
const WINDOW: usize = 90;
/// Rows kept above the first that is seen.
const ABOVE: usize = 30;
/// The window moves by this many rows at once.
const STEP: usize = 20;

/// The rows that are in the page, and how many there are.
#[derive(Clone, Debug, PartialEq)]
pub struct TableWindow<R> {
    /// The rows of the whole table.
    pub total: usize,
    /// The place of the first row here, from 0.
    pub first: usize,
    /// The rows here.
    pub rows: Vec<R>,
}

/// How a table reads and shows its rows.
pub struct RowKind<R: 'static> {
    /// The identity of a row.
    pub key: fn(&R) -> String,
    /// The cells of a row but for the first, each an element with a role.
    pub cells: fn(R) -> AnyView,
    /// The first cell: what names the row. It stands in the row's button.
    pub name: fn(&R) -> AnyView,
    /// The height of a row, in rem.
    pub height_rem: f64,
    /// A class of the rows.
    pub class: &'static str,
}

impl<R> Clone for RowKind<R> {
    fn clone(&self) -> Self {
        *self
    }
}

impl<R> Copy for RowKind<R> {}

/// The table called `label`. It sets `wanted` to the first row and the count that it needs; `window`
/// follows. The row at `reveal` is brought into sight; the row whose key is `current` is marked.
#[component]
pub fn VirtualTable<R: Clone + Send + Sync + 'static>(
    label: &'static str,
    columns: &'static [&'static str],
    kind: RowKind<R>,
    window: Signal<Option<Arc<TableWindow<R>>>>,
    wanted: RwSignal<(usize, usize)>,
    reveal: Signal<Option<usize>>,
    current: Signal<String>,
    on_select: Callback<R>,
) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    let active = RwSignal::new(0_usize);
    let focus_later = StoredValue::new(false);
    let total = Memo::new(move |_| window.with(|window| window.as_ref().map_or(0, |w| w.total)));
    let first = Memo::new(move |_| window.with(|window| window.as_ref().map_or(0, |w| w.first)));
    let row_px = move || kind.height_rem * scroll::rem_px();
    let on_scroll = move |_| {
        if let Some(element) = scroller.get_untracked() {
            want(
                wanted,
                total.get_untracked(),
                element.scroll_top(),
                row_px(),
            );
        }
    };
    Effect::new(move || {
        let total = total.get();
        if let Some(element) = scroller.get_untracked() {
            want(wanted, total, element.scroll_top(), row_px());
        }
    });
    Effect::new(move || {
        if let (Some(at), Some(element)) = (reveal.get(), scroller.get()) {
            active.set(at);
            scroll::reveal_row(&element, at, row_px());
        }
    });
    Effect::new(move || {
        window.track();
        if focus_later.get_value() {
            focus_later.set_value(!focus_row(scroller, active.get_untracked()));
        }
    });
    let on_key = move |event: KeyboardEvent| {
        let Some(to) = step(&event.key(), active.get_untracked(), total.get_untracked()) else {
            return;
        };
        event.prevent_default();
        active.set(to);
        if let Some(element) = scroller.get_untracked() {
            scroll::reveal_row(&element, to, row_px());
        }
        focus_later.set_value(!focus_row(scroller, to));
    };
    let rows = move || {
        let first = first.get();
        let rows = window.with(|window| window.as_ref().map_or_else(Vec::new, |w| w.rows.clone()));
        (first..).zip(rows).collect::<Vec<_>>()
    };
    let row = move |(at, row): (usize, R)| {
        view! { <Row at row kind active current on_select /> }
    };
    view! {
        <div class="table-scroller" node_ref=scroller on:scroll=on_scroll on:keydown=on_key>
            <div role="table" class=format!("table {}", kind.class) aria-label=label
                aria-rowcount=move || total.get() + 1>
                <div role="rowgroup" class="table-head">
                    <div role="row" aria-rowindex="1">
                        {columns.iter().map(|name| view! {
                            <div role="columnheader">{*name}</div>
                        }).collect_view()}
                    </div>
                </div>
                <div role="rowgroup" class="table-body"
                    style:height=move || format!("{}rem", rem(total.get(), kind.height_rem))>
                    <div role="presentation" class="table-window"
                        style:transform=move || {
                            format!("translateY({}rem)", rem(first.get(), kind.height_rem))
                        }>
                        <For each=rows key=move |(at, row)| (*at, (kind.key)(row)) children=row />
                    </div>
                </div>
            </div>
        </div>
    }
}

#[component]
fn Row<R: Clone + Send + Sync + 'static>(
    at: usize,
    row: R,
    kind: RowKind<R>,
    active: RwSignal<usize>,
    current: Signal<String>,
    on_select: Callback<R>,
) -> impl IntoView {
    let key = (kind.key)(&row);
    let is_current = Memo::new(move |_| current.with(|current| !key.is_empty() && *current == key));
    let name = (kind.name)(&row);
    let chosen = row.clone();
    view! {
        <div role="row" class="table-row" class:current=is_current aria-rowindex=at + 2>
            <div role="rowheader" class="row-name">
                <button type="button" class="row-button" data-row=at
                    aria-current=move || is_current.get().then_some("true")
                    tabindex=move || if active.get() == at { "0" } else { "-1" }
                    on:focus=move |_| active.set(at)
                    on:click=move |_| on_select.run(chosen.clone())>
                    {name}
                </button>
            </div>
            {(kind.cells)(row)}
        </div>
    }
}

/// Sets what is wanted for a table of `total` rows that is scrolled to `top_px`.
fn want(wanted: RwSignal<(usize, usize)>, total: usize, top_px: i32, row_px: f64) {
    let next = window_at(total, top_px, row_px);
    if wanted.get_untracked() != next {
        wanted.set(next);
    }
}

/// The first row and the count to have in the page.
fn window_at(total: usize, top_px: i32, row_px: f64) -> (usize, usize) {
    if total <= WHOLE {
        return (0, WHOLE);
    }
    let seen = scroll::rows_above(top_px, row_px);
    let first = seen.saturating_sub(ABOVE) / STEP * STEP;
    (first, WINDOW)
}

/// The height of `count` rows.
#[expect(
    clippy::cast_precision_loss,
    reason = "no table has more rows than a float can count"
)]
fn rem(count: usize, height_rem: f64) -> f64 {
    count as f64 * height_rem
}

/// The row that `key` leads to from row `at` of `total`.
fn step(key: &str, at: usize, total: usize) -> Option<usize> {
    let last = total.checked_sub(1)?;
    match key {
        "ArrowDown" => Some((at + 1).min(last)),
        "ArrowUp" => Some(at.saturating_sub(1)),
        "PageDown" => Some((at + 10).min(last)),
        "PageUp" => Some(at.saturating_sub(10)),
        "Home" => Some(0),
        "End" => Some(last),
        _ => None,
    }
}

/// Puts the focus on the row at `at`; whether it is in the page.
fn focus_row(scroller: NodeRef<Div>, at: usize) -> bool {
    let found = scroller
        .get_untracked()
        .and_then(|element| element.query_selector(&format!("[data-row='{at}']")).ok());
    scroll::focus(found.flatten())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_short_table_is_whole_and_a_long_one_moves_in_steps() {
        assert_eq!(window_at(200, 9_000, 50.0), (0, 200));
        assert_eq!(window_at(5_000, 0, 50.0), (0, 90));
        assert_eq!(window_at(5_000, 50 * 95, 50.0), (60, 90));
    }

    #[test]
    fn keys_lead_through_the_rows_and_not_past_them() {
        assert_eq!(step("ArrowDown", 4, 5), Some(4));
        assert_eq!(step("PageUp", 4, 5), Some(0));
        assert_eq!(step("End", 0, 5), Some(4));
        assert_eq!(step("ArrowDown", 0, 0), None);
        assert_eq!(step("x", 0, 5), None);
    }
}
