//! Files that people choose, drop or paste.

use crate::worker::protocol::InputFile;
use futures_channel::oneshot;
use gloo::events::{EventListener, EventListenerOptions};
use gloo::file::callbacks::read_as_bytes;
use gloo::file::{File, FileList};
use leptos::prelude::{document, window};
use wasm_bindgen::JsCast;
use web_sys::{ClipboardEvent, DataTransfer, DragEvent, Event, HtmlInputElement};

/// Pasted text of more characters than this is taken as a file: a text box would stand still.
const LARGE_PASTE: usize = 200_000;

/// What was dropped or pasted.
pub(in crate::ui) enum Taken {
    /// Files, still to be read.
    Files(Vec<File>),
    /// Text.
    Text(String),
}

/// The files that `input` holds; the input forgets them, so that the same can be chosen again.
pub(in crate::ui) fn take_chosen(input: &HtmlInputElement) -> Vec<File> {
    let files = input.files().map_or_else(Vec::new, |list| listed(&list));
    input.set_value("");
    files
}

/// The content of `files`, in order.
pub(in crate::ui) async fn read(files: Vec<File>) -> Result<Vec<InputFile>, String> {
    let mut read = Vec::with_capacity(files.len());
    for file in files {
        let (sender, bytes) = oneshot::channel();
        let reader = read_as_bytes(&file, move |result| {
            // Nobody waits any more where the page has moved on.
            let _ = sender.send(result);
        });
        let bytes = bytes.await;
        drop(reader);
        match bytes {
            Ok(Ok(bytes)) => read.push(InputFile::new(file.name(), bytes)),
            Ok(Err(error)) => return Err(format!("`{}` could not be read: {error}", file.name())),
            Err(_) => return Err(format!("`{}` could not be read", file.name())),
        }
    }
    Ok(read)
}

/// Hears of everything that is dropped anywhere on the page, and whether something hovers over it.
pub(in crate::ui) fn watch_drops(
    on_hover: impl Fn(bool) + 'static,
    on_drop: impl Fn(Taken) + 'static,
) {
    let active = EventListenerOptions::enable_prevent_default();
    let on_hover = std::rc::Rc::new(on_hover);
    let hover = on_hover.clone();
    let leave = on_hover.clone();
    EventListener::new_with_options(&window(), "dragover", active, move |event| {
        // Without this the browser would open the file in place of the page.
        event.prevent_default();
        hover(true);
    })
    .forget();
    EventListener::new(&window(), "dragleave", move |event| {
        let event = event.dyn_ref::<DragEvent>();
        if event.is_some_and(|event| event.related_target().is_none()) {
            leave(false);
        }
    })
    .forget();
    EventListener::new_with_options(&window(), "drop", active, move |event| {
        event.prevent_default();
        on_hover(false);
        let transfer = event
            .dyn_ref::<DragEvent>()
            .and_then(DragEvent::data_transfer);
        if let Some(taken) = transfer.and_then(|transfer| taken(&transfer)) {
            on_drop(taken);
        }
    })
    .forget();
}

/// Hears of everything that is pasted anywhere but as text into a text box.
pub(in crate::ui) fn watch_pastes(on_paste: impl Fn(Taken) + 'static) {
    let active = EventListenerOptions::enable_prevent_default();
    EventListener::new_with_options(&document(), "paste", active, move |event| {
        let data = event
            .dyn_ref::<ClipboardEvent>()
            .and_then(ClipboardEvent::clipboard_data);
        let Some(taken) = data.and_then(|data| taken(&data)) else {
            return;
        };
        let for_text_box = match &taken {
            Taken::Files(_) => false,
            Taken::Text(text) => is_text_box(event) && text.len() < LARGE_PASTE,
        };
        if !for_text_box {
            event.prevent_default();
            on_paste(taken);
        }
    })
    .forget();
}

fn is_text_box(event: &Event) -> bool {
    event
        .target()
        .and_then(|target| target.dyn_into::<web_sys::Element>().ok())
        .is_some_and(|target| matches!(target.tag_name().as_str(), "TEXTAREA" | "INPUT"))
}

fn taken(transfer: &DataTransfer) -> Option<Taken> {
    let files = transfer.files().map_or_else(Vec::new, |list| listed(&list));
    if !files.is_empty() {
        return Some(Taken::Files(files));
    }
    let text = transfer.get_data("text/plain").ok()?;
    (!text.trim().is_empty()).then_some(Taken::Text(text))
}

fn listed(list: &web_sys::FileList) -> Vec<File> {
    FileList::from(list.clone()).to_vec()
}
