//! One problem with an input.

use super::{ExcerptView, Icon, IconName, in_backticks};
use crate::view::{Place, Problem, ProblemLevel};
use leptos::prelude::*;

/// The file, line and column, what is the matter, and the lines around it.
#[component]
pub fn ProblemCard(problem: Problem) -> impl IntoView {
    let (class, icon, word) = match problem.level {
        ProblemLevel::Error => ("problem error", IconName::Warning, "Error"),
        ProblemLevel::Warning => ("problem warning", IconName::Warning, "Warning"),
        ProblemLevel::Note => ("problem note", IconName::Note, "Note"),
    };
    let place = place_in_words(problem.file.as_deref(), problem.place.as_ref());
    let excerpt = problem.place.map(|place| place.excerpt);
    view! {
        <article class=class>
            <Icon name=icon />
            <div>
                <p class="problem-place">
                    <span class="problem-level">{word}</span>
                    {place}
                </p>
                <p class="problem-message">{in_backticks(&problem.message)}</p>
                {excerpt.map(|excerpt| view! { <ExcerptView excerpt caret=true /> })}
            </div>
        </article>
    }
}

fn place_in_words(file: Option<&str>, place: Option<&Place>) -> String {
    let place = place.map(|place| format!("line {}, column {}", place.line, place.column));
    [file.map(str::to_owned), place]
        .into_iter()
        .flatten()
        .collect::<Vec<_>>()
        .join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::Excerpt;

    #[test]
    fn a_place_reads_as_file_line_and_column() {
        let place = Place {
            line: 3,
            column: 7,
            excerpt: Excerpt::default(),
        };
        assert_eq!(
            place_in_words(Some("a.json"), Some(&place)),
            "a.json, line 3, column 7"
        );
        assert_eq!(place_in_words(Some("a.json"), None), "a.json");
    }
}
