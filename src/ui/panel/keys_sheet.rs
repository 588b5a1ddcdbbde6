//! The sheet of keys.

use crate::ui::command;
use crate::ui::component::Modal;
use crate::ui::state::{Over, UiState};
use leptos::prelude::*;

/// Keys by where they work: what to press, and what it does.
const KEYS: &[(&str, &[(&str, &str)])] = &[
    (
        "Anywhere",
        &[
            ("Ctrl+K  or  /", "search and commands"),
            ("?", "this sheet"),
            (
                "1 … 6",
                "assets, findings, paths, questions, parameters, coverage",
            ),
            ("[   ]", "previous, next path"),
            ("Esc", "close what is open, then the selection"),
            ("Ctrl+V", "review what is on the clipboard"),
        ],
    ),
    (
        "In the diagram",
        &[
            ("Arrows", "move: within frames, or along lines"),
            ("M", "frames or lines"),
            ("Enter", "select"),
            ("Space", "expand or collapse"),
            ("F   Shift+F", "fit all, fit the selection"),
            ("+   −   0", "larger, smaller, full size"),
            ("Shift+arrows", "pan"),
            ("Ctrl+wheel", "zoom"),
        ],
    ),
    (
        "In lists",
        &[
            ("↑   ↓", "move"),
            ("Home   End", "first, last"),
            ("Enter", "select"),
        ],
    ),
];

/// Every key, and the switch for shortcuts of single letters.
#[component]
pub fn KeysSheet() -> impl IntoView {
    let state = expect_context::<UiState>();
    let is_open = Signal::derive(move || state.over.get() == Over::Keys);
    view! {
        <Modal id="keys" title="Keys" is_open class="keys-sheet"
            on_close=Callback::new(move |()| command::close_over(state, Over::Keys))>
            <div class="key-groups">
                {KEYS.iter().map(|(title, keys)| view! {
                    <section>
                        <h3>{*title}</h3>
                        <dl class="keys">
                            {keys.iter().map(|(key, does)| view! {
                                <div><dt><kbd>{*key}</kbd></dt><dd>{*does}</dd></div>
                            }).collect_view()}
                        </dl>
                    </section>
                }).collect_view()}
            </div>
            <label class="check">
                <input type="checkbox" prop:checked=state.letter_keys
                    on:change=move |_| command::toggle_letter_keys(state) />
                "Shortcuts of a single character"
            </label>
        </Modal>
    }
}
