//! The left panel: what there is, worst first.

use super::assets::AssetsPanel;
use super::changes::ChangesPanel;
use super::coverage::Coverage;
use super::findings::FindingsPanel;
use super::parameters::ParametersPanel;
use super::paths::PathsPanel;
use super::questions::QuestionsPanel;
use crate::ui::command;
use crate::ui::component::{IconName, TabItem, Tabs};
use crate::ui::state::{Review, Tab, UiState};
use leptos::prelude::*;

/// The lists, one at a time.
#[component]
pub fn Lists() -> impl IntoView {
    let state = expect_context::<UiState>();
    let count = move |number: fn(&Review) -> usize| {
        Some(Signal::derive(move || {
            state
                .review
                .with(|review| review.as_ref().map_or(0, |review| number(&review.0)))
        }))
    };
    let tab = |value, icon, count| TabItem {
        value,
        label: name(value),
        panel: "list",
        icon: Some(icon),
        count,
    };
    let items = vec![
        tab(
            Tab::Assets,
            IconName::Diagram,
            count(|review| review.summary.doors),
        ),
        tab(
            Tab::Findings,
            IconName::Warning,
            count(|review| review.summary.findings),
        ),
        tab(
            Tab::Paths,
            IconName::Path,
            count(|review| review.summary.paths),
        ),
        tab(
            Tab::Questions,
            IconName::Question,
            count(|review| review.summary.status.unknowns),
        ),
        tab(Tab::Parameters, IconName::Sliders, None),
        tab(
            Tab::Coverage,
            IconName::Layers,
            count(|review| review.estate.problem_count),
        ),
        tab(
            Tab::Changes,
            IconName::Forward,
            Some(Signal::derive(move || {
                state.switches.with(|tried| tried.len())
            })),
        ),
    ];
    view! {
        <Tabs label="Lists" items selected=state.tab.into() class="rail"
            on_select=Callback::new(move |tab| command::show_tab(state, tab)) />
        <div class="list" id="list" role="tabpanel" aria-label=move || name(state.tab.get())>
            {move || match state.tab.get() {
                Tab::Assets => view! { <AssetsPanel /> }.into_any(),
                Tab::Findings => view! { <FindingsPanel /> }.into_any(),
                Tab::Paths => view! { <PathsPanel /> }.into_any(),
                Tab::Questions => scrolled(view! { <QuestionsPanel /> }.into_any()),
                Tab::Parameters => scrolled(view! { <ParametersPanel /> }.into_any()),
                Tab::Coverage => scrolled(view! { <Coverage /> }.into_any()),
                Tab::Changes => scrolled(view! { <ChangesPanel /> }.into_any()),
            }}
        </div>
    }
}

/// `content` in a part that scrolls, and can be scrolled by keys.
fn scrolled(content: AnyView) -> AnyView {
    view! { <div class="list-scroller" tabindex="0" role="group" aria-label="List">{content}</div> }
        .into_any()
}

fn name(tab: Tab) -> &'static str {
    match tab {
        Tab::Assets => "Assets",
        Tab::Findings => "Findings",
        Tab::Paths => "Paths",
        Tab::Questions => "Questions",
        Tab::Parameters => "Parameters",
        Tab::Coverage => "Coverage",
        Tab::Changes => "Changes",
    }
}
