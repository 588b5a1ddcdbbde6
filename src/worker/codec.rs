//! Messages as the browser carries them: JSON text, and the bytes of files beside it.

use super::protocol::{Ask, Reply, Request, WorkerError};
use js_sys::{Array, JsString, Uint8Array};
use wasm_bindgen::{JsCast, JsValue};

/// `request` as a JavaScript array: its JSON text, then the bytes of each file.
pub(super) fn encode_request(request: &Request) -> Result<Array, WorkerError> {
    let message = Array::of1(&to_text(request)?.into());
    if let Ask::Review(review) = &request.ask {
        for file in review.files.iter().chain(&review.earlier) {
            message.push(&Uint8Array::from(&*file.bytes));
        }
    }
    Ok(message)
}

/// The buffers of an encoded request, which can be handed over instead of copied.
pub(super) fn buffers(message: &Array) -> Array {
    message
        .iter()
        .filter_map(|part| Some(part.dyn_ref::<Uint8Array>()?.buffer()))
        .collect()
}

/// The request that `message` carries.
pub(super) fn decode_request(message: &JsValue) -> Result<Request, WorkerError> {
    let parts: &Array = message
        .dyn_ref()
        .ok_or_else(|| WorkerError::Message("it is no array".to_owned()))?;
    let mut request: Request = from_text(&parts.get(0))?;
    if let Ask::Review(review) = &mut request.ask {
        let files = review.files.iter_mut().chain(&mut review.earlier);
        for (file, part) in files.zip(parts.iter().skip(1)) {
            if let Some(bytes) = part.dyn_ref::<Uint8Array>() {
                file.bytes = bytes.to_vec().into();
            }
        }
    }
    Ok(request)
}

/// `reply` as JSON text.
pub(super) fn encode_reply(reply: &Reply) -> Result<JsString, WorkerError> {
    to_text(reply)
}

/// The reply that `message` carries.
pub(super) fn decode_reply(message: &JsValue) -> Result<Reply, WorkerError> {
    from_text(message)
}

fn to_text(message: &impl serde::Serialize) -> Result<JsString, WorkerError> {
    serde_json::to_string(message)
        .map(JsString::from)
        .map_err(|error| WorkerError::Message(error.to_string()))
}

fn from_text<T: serde::de::DeserializeOwned>(text: &JsValue) -> Result<T, WorkerError> {
    let text = text
        .as_string()
        .ok_or_else(|| WorkerError::Message("it is no text".to_owned()))?;
    serde_json::from_str(&text).map_err(|error| WorkerError::Message(error.to_string()))
}
