//! Scrolling, focus and measures of elements.

use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, SvgElement};

/// The size of the root's type, in pixels.
pub(in crate::ui) fn rem_px() -> f64 {
    document()
        .document_element()
        .and_then(|root| window().get_computed_style(&root).ok().flatten())
        .and_then(|style| style.get_property_value("font-size").ok())
        .and_then(|size| size.trim_end_matches("px").parse().ok())
        .unwrap_or(16.0)
}

/// How many rows of `row_px` are scrolled out at the top.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "the number is not negative and far from the largest"
)]
pub(in crate::ui) fn rows_above(top_px: i32, row_px: f64) -> usize {
    (f64::from(top_px.max(0)) / row_px.max(1.0)) as usize
}

/// Scrolls `scroller` as little as it takes to see the row at `at`.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "no browser scrolls as far as a float or an integer is exact"
)]
pub(in crate::ui) fn reveal_row(scroller: &Element, at: usize, row_px: f64) {
    let top = (at as f64 * row_px) as i32;
    let bottom = ((at + 1) as f64 * row_px) as i32;
    let seen = scroller.scroll_top();
    let height = scroller.client_height();
    if top < seen {
        scroller.set_scroll_top(top);
    } else if bottom > seen + height {
        scroller.set_scroll_top(bottom - height);
    }
}

/// Puts the focus on `element`; whether there is one.
pub(in crate::ui) fn focus(element: Option<Element>) -> bool {
    let Some(element) = element else { return false };
    // An element that has just gone takes no focus.
    if let Some(element) = element.dyn_ref::<HtmlElement>() {
        let _ = element.focus();
    } else if let Some(element) = element.dyn_ref::<SvgElement>() {
        let _ = element.focus();
    }
    true
}

/// Scrolls what holds the element called `id` as little as it takes to see it.
pub(in crate::ui) fn show_id(id: &str) {
    if let Some(element) = document().get_element_by_id(id) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Nearest);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}

/// Scrolls `scroller` so that the row at `at` stands in the middle, unless it is in sight.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_precision_loss,
    reason = "no browser scrolls as far as a float or an integer is exact"
)]
pub(in crate::ui) fn center_row(scroller: &Element, at: usize, row_px: f64) {
    let top = (at as f64 * row_px) as i32;
    let seen = scroller.scroll_top();
    let height = scroller.client_height();
    if top < seen || top + row_px as i32 > seen + height {
        scroller.set_scroll_top(top - height / 2);
    }
}
