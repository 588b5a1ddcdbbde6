//! Lines of a template with the part that matters marked.

use crate::view::{Excerpt, ExcerptLine};
use leptos::prelude::*;

/// The lines of `excerpt`; with `caret`, a caret stands under the place.
#[component]
pub fn ExcerptView(excerpt: Excerpt, #[prop(optional)] caret: bool) -> impl IntoView {
    let lines = excerpt
        .lines
        .into_iter()
        .map(|line| line_view(line, caret))
        .collect_view();
    view! {
        <pre class="excerpt" tabindex="0" role="group" aria-label="Template excerpt">{lines}</pre>
    }
}

fn line_view(line: ExcerptLine, caret: bool) -> impl IntoView {
    let ExcerptLine {
        number,
        before,
        marked,
        after,
    } = line;
    let is_marked = marked.is_some();
    // The caret stands after the same text, unseen, so that it fits whatever the font.
    let under = (caret && is_marked).then(|| {
        view! {
            <span class="excerpt-line caret" aria-hidden="true">
                <span class="number"></span>
                <span><span class="unseen">{before.clone()}</span>"^"</span>
            </span>
        }
    });
    view! {
        <span class="excerpt-line" class:marked=is_marked>
            <span class="number">{number}</span>
            <span>{before}{marked.map(|text| view! { <mark>{text}</mark> })}{after}</span>
        </span>
        {under}
    }
}
