//! The program of the worker.

use super::codec::{decode_request, encode_reply};
use super::handler::Handler;
use super::protocol::{News, Reply, WorkerError};
use std::cell::{Cell, RefCell};
use std::panic::PanicHookInfo;
use wasm_bindgen::prelude::Closure;
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{DedicatedWorkerGlobalScope, MessageEvent};

thread_local! {
    /// The number of the question in work, for the panic hook.
    static IN_WORK: Cell<u32> = const { Cell::new(0) };
}

/// Answers the page's questions for as long as the worker lives.
pub fn serve(scope: &DedicatedWorkerGlobalScope) {
    std::panic::set_hook(Box::new(report_panic));
    let handler = RefCell::new(Handler::new());
    let here = scope.clone();
    let on_message = Closure::<dyn FnMut(MessageEvent)>::new(move |event: MessageEvent| {
        if let Err(error) = answer(&here, &mut handler.borrow_mut(), &event.data()) {
            // The page learns of it as of any failure of the worker.
            wasm_bindgen::throw_str(&error.to_string());
        }
    });
    scope.set_onmessage(Some(on_message.as_ref().unchecked_ref()));
    // The worker ends by being ended, never by itself.
    on_message.forget();
    // A worker that cannot say so is as good as none: the page takes the silence for it.
    let _ = post(scope, 0, News::Ready);
}

fn answer(
    scope: &DedicatedWorkerGlobalScope,
    handler: &mut Handler,
    message: &JsValue,
) -> Result<(), WorkerError> {
    let request = decode_request(message)?;
    let number = request.number;
    IN_WORK.set(number);
    let answer = handler.answer(request, &mut |stage| {
        // A stage that is lost is only a word less on the screen.
        let _ = post(scope, number, News::Stage(stage));
    });
    post(scope, number, News::Answer(answer))
}

fn post(scope: &DedicatedWorkerGlobalScope, number: u32, news: News) -> Result<(), WorkerError> {
    let message = encode_reply(&Reply { number, news })?;
    scope
        .post_message(&message)
        .map_err(|error| WorkerError::Message(format!("{error:?}")))
}

/// Tells the page of the panic before the worker is lost.
fn report_panic(panic: &PanicHookInfo<'_>) {
    console_error_panic_hook::hook(panic);
    let scope: Result<DedicatedWorkerGlobalScope, _> = js_sys::global().dyn_into();
    if let Ok(scope) = scope {
        let message = panic.payload_as_str().unwrap_or("no reason given");
        let _ = post(&scope, IN_WORK.get(), News::Panicked(message.to_owned()));
    }
}
