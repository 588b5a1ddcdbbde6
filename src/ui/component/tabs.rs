//! A row of tabs with one tab stop.

use super::{Icon, IconName};
use leptos::html::Div;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{HtmlElement, KeyboardEvent};

/// One tab.
#[derive(Clone)]
pub struct TabItem<T> {
    /// What the tab stands for.
    pub value: T,
    /// Its label.
    pub label: &'static str,
    /// The identifier of the panel that it shows.
    pub panel: &'static str,
    /// A drawing above or beside the label.
    pub icon: Option<IconName>,
    /// A count beside the label; not shown where it is none.
    pub count: Option<Signal<usize>>,
}

/// The tabs `items`, called `label` together, of which `selected` is shown.
#[component]
pub fn Tabs<T>(
    label: &'static str,
    items: Vec<TabItem<T>>,
    selected: Signal<T>,
    on_select: Callback<T>,
    #[prop(optional)] class: &'static str,
) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let row = NodeRef::<Div>::new();
    let values: Vec<T> = items.iter().map(|item| item.value).collect();
    let on_key = move |event: KeyboardEvent| {
        let at = selected.with_untracked(|now| values.iter().position(|value| value == now));
        let Some(to) = at.and_then(|at| step(&event.key(), at, values.len())) else {
            return;
        };
        event.prevent_default();
        if let Some(value) = values.get(to) {
            on_select.run(*value);
            focus_child(row, to);
        }
    };
    let buttons = items
        .into_iter()
        .map(|item| tab(item, selected, on_select))
        .collect_view();
    view! {
        <div class=format!("tabs {class}") role="tablist" aria-label=label node_ref=row
            on:keydown=on_key>
            {buttons}
        </div>
    }
}

fn tab<T>(item: TabItem<T>, selected: Signal<T>, on_select: Callback<T>) -> impl IntoView
where
    T: Copy + PartialEq + Send + Sync + 'static,
{
    let value = item.value;
    let is_selected = move || selected.get() == value;
    view! {
        <button
            type="button"
            role="tab"
            aria-controls=item.panel
            aria-selected=move || is_selected().to_string()
            tabindex=move || if is_selected() { "0" } else { "-1" }
            on:click=move |_| on_select.run(value)
        >
            {item.icon.map(|name| view! { <Icon name /> })}
            <span class="tab-label">{item.label}</span>
            {item.count.map(|count| view! {
                <span class="count" hidden=move || count.get() == 0>{count}</span>
            })}
        </button>
    }
}

/// The tab that `key` leads to from tab `at` of `count`.
fn step(key: &str, at: usize, count: usize) -> Option<usize> {
    match key {
        "ArrowRight" | "ArrowDown" => Some(if at + 1 < count { at + 1 } else { 0 }),
        "ArrowLeft" | "ArrowUp" => Some(at.checked_sub(1).unwrap_or(count.saturating_sub(1))),
        "Home" => Some(0),
        "End" => Some(count.saturating_sub(1)),
        _ => None,
    }
}

fn focus_child(row: NodeRef<Div>, at: usize) {
    let child = u32::try_from(at)
        .ok()
        .and_then(|at| row.get_untracked()?.children().item(at))
        .and_then(|child| child.dyn_into::<HtmlElement>().ok());
    if let Some(child) = child {
        // An element that has just gone takes no focus.
        let _ = child.focus();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn arrows_go_round() {
        assert_eq!(step("ArrowRight", 2, 3), Some(0));
        assert_eq!(step("ArrowLeft", 0, 3), Some(2));
        assert_eq!(step("End", 0, 3), Some(2));
        assert_eq!(step("a", 0, 3), None);
    }
}
