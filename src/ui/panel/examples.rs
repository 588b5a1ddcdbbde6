//! The bundled examples.

use crate::ui::command;
use crate::ui::component::{Icon, IconName};
use crate::ui::example::EXAMPLES;
use crate::ui::state::UiState;
use leptos::prelude::*;

/// A card for each example, which opens it.
#[component]
pub fn Examples() -> impl IntoView {
    let state = expect_context::<UiState>();
    let cards = EXAMPLES
        .iter()
        .map(|example| {
            let open = move |_| command::open_example(state, example);
            view! {
                <li>
                    <button class="example" type="button" on:click=open>
                        <span class="example-title">{example.title}</span>
                        <span class="example-shows">{example.shows}</span>
                        <Icon name=IconName::Forward />
                    </button>
                </li>
            }
        })
        .collect_view();
    view! {
        <section aria-labelledby="examples-title">
            <h2 id="examples-title">"Or open an example"</h2>
            <ul class="examples">{cards}</ul>
        </section>
    }
}
