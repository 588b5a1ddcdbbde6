//! Pointers, wheels and sizes.

use js_sys::Array;
use leptos::prelude::{StoredValue, WithValue, on_cleanup};
use wasm_bindgen::JsCast;
use wasm_bindgen::prelude::Closure;
use web_sys::{Element, MouseEvent, PointerEvent, ResizeObserver, ResizeObserverEntry, WheelEvent};

/// Pixels that a pointer may move and still click.
const STILL: f64 = 4.0;
/// Pixels of a line of text, for wheels that count in lines.
const LINE: f64 = 16.0;
/// Pixels of a page, for wheels that count in pages.
const PAGE: f64 = 400.0;

/// A drag of the main button.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::ui) struct Drag {
    /// Where the pointer was last, while it is down.
    at: Option<(f64, f64)>,
    /// How far it has come, until that is more than a click allows.
    slack: f64,
    moved: bool,
}

impl Drag {
    /// Takes up a pointer that was pressed.
    pub(in crate::ui) fn begin(&mut self, event: &PointerEvent) {
        if event.button() == 0 || event.button() == 1 {
            *self = Self {
                at: Some(place(event)),
                ..Self::default()
            };
        }
    }

    /// How far the pointer has moved since it was last asked, once that is more than a click.
    pub(in crate::ui) fn go_on(&mut self, event: &PointerEvent) -> Option<(f64, f64)> {
        let before = self.at?;
        if event.buttons() == 0 {
            self.end();
            return None;
        }
        let now = place(event);
        let (x, y) = (now.0 - before.0, now.1 - before.1);
        if !self.moved {
            self.slack = x.hypot(y);
            if self.slack < STILL {
                return None;
            }
            self.moved = true;
            capture(event);
        }
        self.at = Some(now);
        Some((x, y))
    }

    /// The pointer was released.
    pub(in crate::ui) fn end(&mut self) {
        self.at = None;
    }

    /// Whether the click that follows ends a drag; it does so once.
    pub(in crate::ui) fn take_moved(&mut self) -> bool {
        std::mem::take(&mut self.moved)
    }
}

fn place(event: &PointerEvent) -> (f64, f64) {
    (f64::from(event.client_x()), f64::from(event.client_y()))
}

fn capture(event: &PointerEvent) {
    let target = event.current_target();
    if let Some(element) = target.and_then(|target| target.dyn_into::<Element>().ok()) {
        // A pointer that has gone meanwhile cannot be captured, and need not be.
        let _ = element.set_pointer_capture(event.pointer_id());
    }
}

/// Where `event` is, from the corner of `element`.
pub(in crate::ui) fn place_in(element: &Element, event: &MouseEvent) -> (f64, f64) {
    let rect = element.get_bounding_client_rect();
    (
        f64::from(event.client_x()) - rect.left(),
        f64::from(event.client_y()) - rect.top(),
    )
}

/// How far the wheel was turned, in pixels.
pub(in crate::ui) fn wheel_px(event: &WheelEvent) -> (f64, f64) {
    let unit = match event.delta_mode() {
        WheelEvent::DOM_DELTA_LINE => LINE,
        WheelEvent::DOM_DELTA_PAGE => PAGE,
        _ => 1.0,
    };
    let (x, y) = (event.delta_x() * unit, event.delta_y() * unit);
    // Shift turns a wheel that only goes up and down.
    if event.shift_key() && x == 0.0 {
        (y, 0.0)
    } else {
        (x, y)
    }
}

/// Tells `on_size` the width and the height of `element`, now and whenever they change, as long as
/// the part of the page lives that asks.
pub(in crate::ui) fn watch_size(element: &Element, on_size: impl Fn(f64, f64) + 'static) {
    let on_entries = Closure::<dyn FnMut(Array)>::new(move |entries: Array| {
        let last = entries.iter().last();
        if let Some(entry) = last.and_then(|entry| entry.dyn_into::<ResizeObserverEntry>().ok()) {
            let rect = entry.content_rect();
            on_size(rect.width(), rect.height());
        }
    });
    let Ok(observer) = ResizeObserver::new(on_entries.as_ref().unchecked_ref()) else {
        return;
    };
    observer.observe(element);
    let held = StoredValue::new_local((observer, on_entries));
    on_cleanup(move || {
        held.try_with_value(|(observer, _)| observer.disconnect());
    });
}
