//! The page: draws reviews and takes inputs; everything else is asked of the engine.
//!
//! | module | holds |
//! | --- | --- |
//! | [`state`] | the signals that the page is drawn from |
//! | [`command`] | everything that changes them, by name |
//! | `answer` | answers of the engine as signals |
//! | `key` | keys that work wherever the focus is |
//! | [`app`] | the whole page |
//! | [`panel`] | its parts, which know the state |
//! | [`component`] | small parts that take values and know no state |
//! | `browser` | the only code that touches the browser: files, theme, figures of the page |
//!
//! **Invariant.** The page holds no `style=` attribute and no link: its policy blocks the first,
//! and the second could carry something away.

#![expect(
    clippy::needless_pass_by_value,
    unreachable_pub,
    reason = "components are used by markup, take their properties by value, and are made public \
              by their macro"
)]

mod answer;
pub mod app;
mod browser;
pub mod command;
pub mod component;
mod example;
mod key;
pub mod panel;
pub mod state;

use wasm_bindgen::JsCast;
use web_sys::DedicatedWorkerGlobalScope;

/// Runs the program: the engine's end where this is a worker, the page otherwise.
pub fn start() {
    if let Ok(scope) = js_sys::global().dyn_into::<DedicatedWorkerGlobalScope>() {
        crate::worker::serve(&scope);
    } else {
        browser::page::show_panics();
        leptos::mount::mount_to_body(app::App);
    }
}
