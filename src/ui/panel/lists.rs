//! The left panel: what there is, worst first.

use super::coverage::Coverage;
use crate::ui::command;
use crate::ui::component::{EmptyState, IconName, TabItem, Tabs};
use crate::ui::state::{Tab, UiState};
use leptos::prelude::*;

/// The lists, one at a time.
#[component]
pub fn Lists() -> impl IntoView {
    let state = expect_context::<UiState>();
    let problems = Signal::derive(move || {
        state.review.with(|review| {
            review
                .as_ref()
                .map_or(0, |review| review.0.estate.problem_count)
        })
    });
    let tab = |value, label, count| TabItem {
        value,
        label,
        panel: "list",
        count,
    };
    let items = vec![
        tab(Tab::Assets, "Assets", None),
        tab(Tab::Findings, "Findings", None),
        tab(Tab::Coverage, "Coverage", Some(problems)),
    ];
    view! {
        <Tabs label="Lists" items selected=state.tab.into()
            on_select=Callback::new(move |tab| command::show_tab(state, tab)) />
        <div class="list" id="list" role="tabpanel" tabindex="0" aria-label=move || name(state.tab.get())>
            {move || match state.tab.get() {
                Tab::Assets => view! {
                    <EmptyState icon=IconName::Diagram title="No assets yet"
                        next="This build reads templates; it does not yet say what is exposed." />
                }.into_any(),
                Tab::Findings => view! {
                    <EmptyState icon=IconName::Check title="No findings yet"
                        next="This build reads templates; it does not yet apply rules." />
                }.into_any(),
                Tab::Coverage => view! { <Coverage /> }.into_any(),
            }}
        </div>
    }
}

fn name(tab: Tab) -> &'static str {
    match tab {
        Tab::Assets => "Assets",
        Tab::Findings => "Findings",
        Tab::Coverage => "Coverage",
    }
}
