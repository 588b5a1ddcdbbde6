//! Figures of the page itself.

use gloo::storage::{LocalStorage, Storage};
use js_sys::Array;
use leptos::prelude::document;
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{
    PerformanceEntry, PerformanceObserver, PerformanceObserverEntryList, PerformanceObserverInit,
};

/// Milliseconds since the page was opened.
pub(in crate::ui) fn now_ms() -> f64 {
    web_sys::window()
        .and_then(|window| window.performance())
        .map_or(0.0, |performance| performance.now())
}

/// Today where the reader is, `YYYY-MM-DD`.
pub(in crate::ui) fn today() -> String {
    let now = js_sys::Date::new_0();
    let (year, month, day) = (now.get_full_year(), now.get_month() + 1, now.get_date());
    format!("{year:04}-{month:02}-{day:02}")
}

/// Where the browser keeps whether single letters are shortcuts.
const LETTER_KEYS: &str = "sightline.letter-keys";

/// Whether single letters are shortcuts: yes, unless they were switched off in an earlier visit.
pub(in crate::ui) fn letter_keys() -> bool {
    LocalStorage::get::<String>(LETTER_KEYS).map_or(true, |kept| kept != "off")
}

/// Keeps whether single letters are shortcuts.
pub(in crate::ui) fn remember_letter_keys(on: bool) {
    if on {
        LocalStorage::delete(LETTER_KEYS);
    } else {
        // Where the browser keeps nothing, the choice holds until the page is closed.
        let _ = LocalStorage::set(LETTER_KEYS, "off");
    }
}

/// The policy that the page is under, or `None` where it is served without one.
pub(in crate::ui) fn policy() -> Option<String> {
    document()
        .query_selector("meta[http-equiv='Content-Security-Policy']")
        .ok()
        .flatten()
        .and_then(|meta| meta.get_attribute("content"))
}

/// The hash of the page's program as the policy names it.
pub(in crate::ui) fn program_hash(policy: &str) -> Option<&str> {
    let rule = policy
        .split(';')
        .map(str::trim)
        .find(|rule| rule.starts_with("script-src"))?;
    rule.split('\'')
        .find(|source| source.starts_with("sha256-"))
}

/// Tells `on_count` the number of requests of the page since it was loaded, now and on each more.
pub(in crate::ui) fn watch_requests(on_count: impl Fn(usize) + 'static) {
    let Some(performance) = web_sys::window().and_then(|window| window.performance()) else {
        return;
    };
    let mut count = count_requests(&performance.get_entries_by_type("resource"));
    on_count(count);
    let on_entries = Closure::<dyn FnMut(PerformanceObserverEntryList)>::new(
        move |entries: PerformanceObserverEntryList| {
            count += count_requests(&entries.get_entries());
            on_count(count);
        },
    );
    let Ok(observer) = PerformanceObserver::new(on_entries.as_ref().unchecked_ref()) else {
        return;
    };
    let options = PerformanceObserverInit::new(&Array::of1(&"resource".into()));
    observer.observe(&options);
    // The observer lives as long as the page.
    on_entries.forget();
}

/// How many of `entries` left the page; texts and images that the page made itself do not.
fn count_requests(entries: &Array) -> usize {
    entries
        .iter()
        .filter_map(|entry| Some(entry.dyn_ref::<PerformanceEntry>()?.name()))
        .filter(|name| !name.starts_with("blob:") && !name.starts_with("data:"))
        .count()
}

/// Shows the page's own notice should the page itself panic: nothing else works then.
pub(in crate::ui) fn show_panics() {
    std::panic::set_hook(Box::new(|panic| {
        console_error_panic_hook::hook(panic);
        if let Some(root) = document().document_element() {
            let _ = root.set_attribute("data-stopped", "crash");
        }
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_hash_is_read_from_the_policy() {
        let policy = "default-src 'none'; script-src 'sha256-AbC=' 'wasm-unsafe-eval'; x";
        assert_eq!(program_hash(policy), Some("sha256-AbC="));
        assert_eq!(program_hash("default-src 'none'"), None);
    }
}
