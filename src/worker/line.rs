//! A worker that runs the page's own module.

use super::codec::{buffers, decode_reply, encode_request};
use super::protocol::{Reply, Request, WorkerError};
use gloo::events::EventListener;
use js_sys::{Array, JsString, Reflect};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Blob, BlobPropertyBag, ErrorEvent, MessageEvent, Url, Worker};

/// What the worker runs after the glue: it takes the module as its first message.
const FIRST_MESSAGE: &str =
    "\nonmessage = ({ data }) => { onmessage = null; wasm_bindgen.initSync({ module: data }); };";

/// An open line to a worker; dropping it ends the worker at once.
pub(super) struct Line {
    worker: Worker,
    _listeners: [EventListener; 3],
}

impl Line {
    /// Starts a worker. `on_reply` hears what it says, `on_failure` hears, with a reason, that it
    /// could not start or has stopped working.
    pub(super) fn open(
        on_reply: impl Fn(Reply) + 'static,
        on_failure: impl Fn(String) + Clone + 'static,
    ) -> Result<Self, String> {
        let worker = start().map_err(|error| reason(&error))?;
        let unreadable = on_failure.clone();
        let unknown = on_failure.clone();
        let listeners = [
            EventListener::new(&worker, "message", move |event| {
                let message = event.dyn_ref::<MessageEvent>().map(MessageEvent::data);
                match decode_reply(&message.unwrap_or_default()) {
                    Ok(reply) => on_reply(reply),
                    Err(error) => unreadable(error.to_string()),
                }
            }),
            EventListener::new(&worker, "error", move |event| {
                // Where the browser refuses the worker, the event carries no message.
                let message = event.dyn_ref::<ErrorEvent>().map(ErrorEvent::message);
                on_failure(message.unwrap_or_else(|| "the browser refused the worker".to_owned()));
            }),
            EventListener::new(&worker, "messageerror", move |_| {
                unknown("a message was lost".to_owned());
            }),
        ];
        Ok(Self {
            worker,
            _listeners: listeners,
        })
    }

    /// Sends `request`; the bytes of its files are handed over, not copied twice.
    pub(super) fn send(&self, request: &Request) -> Result<(), WorkerError> {
        let message = encode_request(request)?;
        self.worker
            .post_message_with_transfer(&message, &buffers(&message))
            .map_err(|error| WorkerError::Message(reason(&error)))
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.worker.terminate();
    }
}

fn start() -> Result<Worker, JsValue> {
    let glue: JsString = Reflect::get(&js_sys::global(), &"sightlineGlue".into())?.dyn_into()?;
    let parts = Array::of2(&glue, &FIRST_MESSAGE.into());
    let kind = BlobPropertyBag::new();
    kind.set_type("text/javascript");
    let script = Blob::new_with_str_sequence_and_options(&parts, &kind)?;
    let url = Url::create_object_url_with_blob(&script)?;
    let worker = Worker::new(&url);
    if let Ok(worker) = &worker {
        worker.post_message(&wasm_bindgen::module())?;
    }
    worker
}

fn reason(error: &JsValue) -> String {
    error.dyn_ref::<js_sys::Error>().map_or_else(
        || format!("{error:?}"),
        |error| String::from(error.message()),
    )
}
