//! What was read, and what could not be.

use super::top_bar::counted;
use crate::ui::component::{Icon, IconName, ProblemCard};
use crate::ui::state::UiState;
use crate::view::EstateFile;
use leptos::prelude::*;

/// The files with their roles, and everything there is to say about them.
#[component]
pub fn Coverage() -> impl IntoView {
    let state = expect_context::<UiState>();
    move || {
        state.review.get().map(|review| {
            let estate = review.0.estate.clone();
            let more = estate.problem_count.saturating_sub(estate.problems.len());
            let files = estate.files.into_iter().map(file_row).collect_view();
            let problems = estate
                .problems
                .into_iter()
                .map(|problem| view! { <ProblemCard problem /> })
                .collect_view();
            view! {
                <section class="coverage" aria-label="Coverage">
                    <h2>"Files"</h2>
                    <ul class="files">{files}</ul>
                    <h2>"Remarks about the input"</h2>
                    {(estate.problem_count == 0).then(|| view! { <p class="hint">"None."</p> })}
                    {problems}
                    {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
                </section>
            }
        })
    }
}

fn file_row(file: EstateFile) -> impl IntoView {
    let resources = file
        .mode
        .is_some()
        .then(|| counted(file.resources, "resource"));
    let mode = file
        .mode
        .map(|(mode, because)| format!("read as {mode}: {because}"));
    let what: Vec<_> = [Some(file.role), resources].into_iter().flatten().collect();
    view! {
        <li class="file-row">
            <Icon name=IconName::File />
            <div>
                <p class="file-name">{file.name}</p>
                <p class="hint">{what.join(", ")}</p>
                {mode.map(|mode| view! { <p class="hint">{mode}</p> })}
            </div>
        </li>
    }
}
