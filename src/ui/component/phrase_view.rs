//! Sentences with names set off.

use crate::view::{Phrase, phrases};
use leptos::prelude::*;

/// The sentence `phrases`, in line.
#[component]
pub fn PhraseView(phrases: Vec<Phrase>) -> impl IntoView {
    phrases
        .into_iter()
        .map(|phrase| {
            if phrase.strong {
                view! { <b class="name">{phrase.text}</b> }.into_any()
            } else {
                phrase.text.into_any()
            }
        })
        .collect_view()
}

/// `text` with what stands in backticks set off.
pub fn in_backticks(text: &str) -> impl IntoView + use<> {
    view! { <PhraseView phrases=phrases(text) /> }
}
