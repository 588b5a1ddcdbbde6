//! The right panel: the selected path, hop by hop.

use crate::ui::component::{EmptyState, IconName};
use leptos::prelude::*;

/// The region of the path.
#[component]
pub fn Inspector() -> impl IntoView {
    view! {
        <section class="path" aria-label="Path">
            <EmptyState icon=IconName::Path title="No path selected"
                next="Select an asset to see how it is reached, or what blocks the way." />
        </section>
    }
}
