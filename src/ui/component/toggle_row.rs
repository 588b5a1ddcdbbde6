//! Switches in a row, each with a count.

use leptos::prelude::*;

/// One switch.
#[derive(Clone)]
pub struct Toggle<T> {
    /// What it stands for.
    pub value: T,
    /// The word on it.
    pub label: String,
    /// How many there are.
    pub count: usize,
    /// A class that gives it its colour; none where empty.
    pub class: &'static str,
}

/// The switches `toggles`, called `label` together; those for which `is_on` are pressed.
#[component]
pub fn ToggleRow<T: Clone + Send + Sync + 'static>(
    label: &'static str,
    toggles: Signal<Vec<Toggle<T>>>,
    is_on: Callback<T, bool>,
    on_toggle: Callback<T>,
) -> impl IntoView {
    let button = move |toggle: Toggle<T>| {
        let value = toggle.value.clone();
        let pressed = Memo::new(move |_| is_on.run(value.clone()));
        let value = toggle.value;
        view! {
            <button type="button" class=format!("toggle {}", toggle.class)
                aria-pressed=move || pressed.get().to_string()
                on:click=move |_| on_toggle.run(value.clone())>
                <span class="toggle-label">{toggle.label}</span>
                <span class="toggle-count">{toggle.count}</span>
            </button>
        }
    };
    view! {
        <div class="toggle-row" role="group" aria-label=label>
            {move || toggles.get().into_iter().map(button).collect_view()}
        </div>
    }
}
