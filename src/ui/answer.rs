//! Answers of the engine as signals.

use super::state::UiState;
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;
use std::sync::Arc;
use wasm_bindgen_futures::spawn_local;

/// The answer to `ask`, asked anew whenever the question or the review changes.
///
/// The last answer stays until the next has come, and is gone where nothing is asked. `pick` takes
/// the answer out of the engine's; `None` leaves what is there.
pub(super) fn answered<T: Send + Sync + 'static>(
    state: UiState,
    ask: impl Fn() -> Option<Ask> + Send + Sync + 'static,
    pick: impl Fn(Answer) -> Option<T> + Copy + 'static,
) -> RwSignal<Option<Arc<T>>> {
    let found = RwSignal::new(None);
    let last = StoredValue::new(0_u32);
    let question = Memo::new(move |_| {
        let review = state.review.get()?;
        Some((review, ask()?))
    });
    Effect::new(move || {
        let number = last.try_update_value(|last| {
            *last = last.wrapping_add(1);
            *last
        });
        let Some((_, ask)) = question.get() else {
            found.set(None);
            return;
        };
        let Some(client) = state.client.get_value() else {
            return;
        };
        spawn_local(async move {
            // A question that failed is asked again with the next change; what is shown stays.
            let Ok(answer) = client.ask(ask).await else {
                return;
            };
            if last.try_get_value() == number
                && let Some(value) = pick(answer)
            {
                found.try_set(Some(Arc::new(value)));
            }
        });
    });
    found
}
