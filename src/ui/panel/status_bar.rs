//! The bar at the bottom.

use super::top_bar::counted;
use crate::ui::command;
use crate::ui::state::{Failure, Review, ReviewRef, Run, Tab, UiState};
use leptos::prelude::*;

/// The state of the review, announced as it changes, and the requests of the page.
#[component]
pub fn StatusBar() -> impl IntoView {
    let state = expect_context::<UiState>();
    let status = Memo::new(move |_| {
        let run = state.run.get();
        state.failure.with(|failure| {
            state
                .review
                .with(|review| words(run, failure.as_ref(), review.as_ref()))
        })
    });
    view! {
        <footer class="status-bar">
            <p role="status" aria-label="Review status" aria-live="polite">{status}</p>
            {move || state.review.get().map(|review| view! { <Facts state review /> })}
            <p class="requests">
                {move || format!("{} since load", counted(state.requests.get(), "request"))}
            </p>
        </footer>
    }
}

/// How much is understood and what is open, each leading to its list.
#[component]
fn Facts(state: UiState, review: ReviewRef) -> impl IntoView {
    let status = review.0.summary.status.clone();
    view! {
        <button type="button" class="status-button"
            on:click=move |_| command::show_tab(state, Tab::Coverage)>
            {status.resources_text}
        </button>
        <button type="button" class="status-button"
            on:click=move |_| command::show_tab(state, Tab::Questions)>
            {status.unknowns_text}
        </button>
    }
}

fn words(run: Run, failure: Option<&Failure>, review: Option<&ReviewRef>) -> String {
    match (run, failure, review) {
        (Run::Working(Some(stage)), _, _) => format!("Reviewing: {}", stage.as_str()),
        (Run::Working(None), _, _) => "Reviewing".to_owned(),
        (Run::Idle, Some(failure), _) => refused(failure),
        (Run::Idle, None, Some(ReviewRef(review))) => reviewed(review),
        (Run::Idle, None, None) => "Ready for a template".to_owned(),
    }
}

fn reviewed(review: &Review) -> String {
    let problems = match review.estate.remark_count {
        0 => String::new(),
        count => format!(", {} about the input", counted(count, "remark")),
    };
    format!(
        "Reviewed {} with {} in {}{problems}",
        counted(review.estate.files.len(), "file"),
        counted(review.summary.status.resources, "resource"),
        lasted(review.elapsed_ms)
    )
}

/// How long something took, as exactly as anyone wants to know.
fn lasted(elapsed_ms: f64) -> String {
    if elapsed_ms < 100.0 {
        "under 0.1 s".to_owned()
    } else {
        format!("{:.1} s", elapsed_ms / 1_000.0)
    }
}

fn refused(failure: &Failure) -> String {
    let Some(problem) = failure.problems.first() else {
        return failure.title.clone();
    };
    let file = problem.file.as_deref().unwrap_or_default();
    let place = problem.place.as_ref().map_or_else(String::new, |place| {
        format!(", line {}, column {}", place.line, place.column)
    });
    let separator = if file.is_empty() { "" } else { ": " };
    format!("Not reviewed. {file}{place}{separator}{}", problem.message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{Problem, ProblemLevel};

    #[test]
    fn durations_are_rounded() {
        assert_eq!(lasted(12.3), "under 0.1 s");
        assert_eq!(lasted(1_449.0), "1.4 s");
    }

    #[test]
    fn the_status_says_what_is_the_matter() {
        let failure = Failure {
            title: "This cannot be reviewed.".to_owned(),
            problems: vec![Problem {
                level: ProblemLevel::Error,
                file: Some("a.json".to_owned()),
                message: "no value".to_owned(),
                place: None,
            }],
        };
        assert_eq!(
            words(Run::Idle, Some(&failure), None),
            "Not reviewed. a.json: no value"
        );
        assert_eq!(words(Run::Working(None), Some(&failure), None), "Reviewing");
        assert_eq!(words(Run::Idle, None, None), "Ready for a template");
    }
}
