//! What an empty place says to do next.

use super::{Icon, IconName};
use leptos::prelude::*;

/// A drawing, a line that says what is missing, and one that says what to do next.
#[component]
pub fn EmptyState(icon: IconName, title: &'static str, next: &'static str) -> impl IntoView {
    view! {
        <div class="empty">
            <Icon name=icon />
            <p class="empty-title">{title}</p>
            <p>{next}</p>
        </div>
    }
}
