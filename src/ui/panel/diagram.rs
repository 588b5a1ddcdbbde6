//! The picture.

use crate::ui::component::{EmptyState, IconName};
use leptos::prelude::*;

/// The region of the diagram.
#[component]
pub fn DiagramPane() -> impl IntoView {
    view! {
        <section class="diagram" aria-label="Diagram">
            <EmptyState icon=IconName::Diagram title="No picture yet"
                next="This build reads templates; it does not yet draw their network." />
        </section>
    }
}
