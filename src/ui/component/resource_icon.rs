//! The drawing of a type of resource.

use crate::diagram::Icon;
use leptos::prelude::*;

/// The drawing `icon`; assistive technology passes over it.
#[component]
pub fn ResourceIcon(icon: Icon) -> impl IntoView {
    view! {
        <svg class="icon" viewBox="0 0 24 24" aria-hidden="true" focusable="false">
            <path d=icon.path() />
        </svg>
    }
}
