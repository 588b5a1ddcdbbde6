//! Keys that are pressed anywhere on the page.

use gloo::events::{EventListener, EventListenerOptions};
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use web_sys::{Element, KeyboardEvent};

/// A key that was pressed.
pub(in crate::ui) struct Pressed {
    /// The key, as the browser calls it.
    pub(in crate::ui) key: String,
    /// Whether control or command was held.
    pub(in crate::ui) with_control: bool,
    /// Whether the focus is where text is typed.
    pub(in crate::ui) in_text: bool,
}

/// Hears of every key that no part of the page has used; `act` says whether it uses it.
pub(in crate::ui) fn watch(act: impl Fn(&Pressed) -> bool + 'static) {
    let active = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "keydown", active, move |event| {
        let Some(pressed) = event.dyn_ref::<KeyboardEvent>() else {
            return;
        };
        if event.default_prevented() || pressed.alt_key() || pressed.is_composing() {
            return;
        }
        let pressed = Pressed {
            key: pressed.key(),
            with_control: pressed.ctrl_key() || pressed.meta_key(),
            in_text: is_typed_into(event.target().and_then(|it| it.dyn_into().ok())),
        };
        if act(&pressed) {
            event.prevent_default();
        }
    })
    .forget();
}

fn is_typed_into(target: Option<Element>) -> bool {
    target.is_some_and(|target| match target.tag_name().as_str() {
        "TEXTAREA" | "SELECT" => true,
        "INPUT" => !matches!(
            target.get_attribute("type").as_deref(),
            Some("checkbox" | "file" | "button")
        ),
        _ => false,
    })
}
