//! The templates as given, with the lines marked that paths, blockers, questions and findings
//! point at.

use crate::diagram::Tone;
use crate::ui::answer::answered;
use crate::ui::browser::scroll;
use crate::ui::command;
use crate::ui::component::{Icon, IconName, tone_class};
use crate::ui::state::{SourceAt, UiState};
use crate::view::{LineMark, MarkKind, SourceLine, SourceWindow};
use crate::worker::protocol::{Answer, Ask, SourceAsk};
use leptos::html::Div;
use leptos::prelude::*;
use std::sync::Arc;

/// The height of a line, in rem.
const LINE_REM: f64 = 1.25;
/// The window moves by this many lines at once.
const STEP: usize = 50;
/// Lines kept above the first that is seen.
const ABOVE: usize = 100;

type Window = RwSignal<Option<Arc<SourceWindow>>>;

/// The region of the template.
#[component]
pub fn SourceView() -> impl IntoView {
    let state = expect_context::<UiState>();
    // The first line that is wanted, from 0.
    let wanted = RwSignal::new(first_for(state.source.get_untracked().as_ref()));
    Effect::new(move || {
        let at = state.source.get();
        wanted.set(first_for(at.as_ref()));
    });
    let window = answered(
        state,
        move || {
            let file = state.source.get()?.file;
            Some(Ask::Source(SourceAsk {
                file,
                first: u32::try_from(wanted.get())
                    .unwrap_or(u32::MAX)
                    .saturating_add(1),
                count: SourceWindow::LINES,
            }))
        },
        |answer| match answer {
            Answer::Source(window) => window,
            _ => None,
        },
    );
    view! {
        <section class="source" aria-label="Template source">
            <Head state window />
            <Lines state window wanted />
        </section>
    }
}

/// The first line to have for the place that is shown, from 0.
fn first_for(at: Option<&SourceAt>) -> usize {
    let line = at.map_or(1, |at| at.line);
    let line = usize::try_from(line).unwrap_or(1);
    line.saturating_sub(1 + ABOVE) / STEP * STEP
}

/// The file, the marked line before and after, and the way back.
#[component]
fn Head(state: UiState, window: Window) -> impl IntoView {
    let files = answered(
        state,
        || Some(Ask::Sources),
        |answer| match answer {
            Answer::Sources(files) => Some(files),
            _ => None,
        },
    );
    let at = state.source;
    let options = move || {
        let files = files.get().map_or_else(Vec::new, |files| files.to_vec());
        files
            .into_iter()
            .map(|row| {
                let name = row.file.clone();
                let is_shown = move || {
                    at.with(|at| at.as_ref().is_some_and(|at| at.file == name))
                };
                view! { <option value=row.file.clone() prop:selected=is_shown>{row.file.clone()}</option> }
            })
            .collect_view()
    };
    let stop = move |forward: bool| {
        let line = at.with_untracked(|at| at.as_ref().map_or(1, |at| at.line));
        window.with_untracked(|window| {
            let Some(window) = window else { return };
            let stops = window.stops.iter().copied();
            let next = if forward {
                stops.clone().find(|stop| *stop > line)
            } else {
                stops.clone().rfind(|stop| *stop < line)
            };
            if let Some(next) = next {
                command::show_source(state, &window.file, next);
            }
        });
    };
    view! {
        <header class="source-head">
            <button type="button" class="button" on:click=move |_| command::hide_source(state)>
                <Icon name=IconName::Back />"Diagram"
            </button>
            <select class="select" aria-label="File"
                on:change=move |event| command::show_source(state, &event_target_value(&event), 1)>
                {options}
            </select>
            <p class="hint">{move || at.with(|at| {
                at.as_ref().map(|at| format!("line {}", at.line))
            })}</p>
            <div class="segments" role="group" aria-label="Marked lines">
                <button type="button" on:click=move |_| stop(false)>"Previous mark"</button>
                <button type="button" on:click=move |_| stop(true)>"Next mark"</button>
            </div>
        </header>
    }
}

#[component]
fn Lines(state: UiState, window: Window, wanted: RwSignal<usize>) -> impl IntoView {
    let scroller = NodeRef::<Div>::new();
    let line_px = || LINE_REM * scroll::rem_px();
    let on_scroll = move |_| {
        if let Some(element) = scroller.get_untracked() {
            let seen = scroll::rows_above(element.scroll_top(), line_px());
            let first = seen.saturating_sub(ABOVE) / STEP * STEP;
            if first != wanted.get_untracked() {
                wanted.set(first);
            }
        }
    };
    let total =
        Memo::new(move |_| window.with(|window| window.as_ref().map_or(0, |one| one.total)));
    // Once the height is there, the line can be scrolled to.
    Effect::new(move || {
        let at = state.source.get();
        let is_there = total.get() > 0;
        if let (Some(at), Some(element), true) = (at, scroller.get(), is_there) {
            let line = usize::try_from(at.line).unwrap_or(1).saturating_sub(1);
            scroll::center_row(&element, line, line_px());
        }
    });
    let current = move || state.source.with(|at| at.as_ref().map_or(0, |at| at.line));
    let lines = move || {
        window.get().map(|window| {
            let lines = window.lines.iter().cloned();
            lines
                .map(|line| view! { <Line state line current=Signal::derive(current) /> })
                .collect_view()
        })
    };
    let top = move || {
        let first = window.with(|window| {
            let line = window.as_ref().and_then(|window| window.lines.first());
            line.map_or(1, |line| line.number)
        });
        format!(
            "translateY({}rem)",
            f64::from(first.saturating_sub(1)) * LINE_REM
        )
    };
    let height = move || {
        let total = u32::try_from(total.get()).unwrap_or(u32::MAX);
        format!("{}rem", f64::from(total) * LINE_REM)
    };
    view! {
        <div class="source-scroller" node_ref=scroller on:scroll=on_scroll tabindex="0"
            role="group" aria-label="Lines">
            <div class="source-body" style:height=height>
                <div class="source-window" style:transform=top>{lines}</div>
            </div>
        </div>
    }
}

#[component]
fn Line(state: UiState, line: SourceLine, current: Signal<u32>) -> impl IntoView {
    let SourceLine {
        number,
        text,
        cut,
        marks,
    } = line;
    let tone = marks
        .iter()
        .map(|mark| mark.tone)
        .min()
        .unwrap_or(Tone::Neutral);
    let is_marked = !marks.is_empty();
    let is_current = move || current.get() == number;
    view! {
        <div class=format!("source-line {}", tone_class(tone)) class:marked=is_marked
            class:current=is_current>
            <span class="number">{number}</span>
            <code>{text}{cut.then_some("…")}</code>
            {first_mark(state, marks)}
        </div>
    }
}

/// What is said about a line: the first in words, the others by number.
fn first_mark(state: UiState, marks: Vec<LineMark>) -> impl IntoView {
    let more = marks.len().saturating_sub(1);
    let all: Vec<&str> = marks.iter().map(|mark| mark.says.as_str()).collect();
    let title = all.join("; ");
    marks.into_iter().next().map(|mark| {
        let word = match mark.kind {
            MarkKind::Hop => "lets through",
            MarkKind::Blocker => "blocks",
            MarkKind::Question => "open",
            MarkKind::Finding => "finding",
        };
        let more = (more > 0).then(|| format!(" +{more}"));
        let selection = mark.selection;
        view! {
            <button type="button" class="source-mark" title=title on:click=move |_| {
                command::select(state, selection.clone());
            }>{word}": "{mark.says}{more}</button>
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_window_begins_well_above_the_line() {
        let at = |line| {
            Some(SourceAt {
                file: String::new(),
                line,
            })
        };
        assert_eq!(first_for(at(1).as_ref()), 0);
        assert_eq!(first_for(at(500).as_ref()), 350);
        assert_eq!(first_for(None), 0);
    }
}
