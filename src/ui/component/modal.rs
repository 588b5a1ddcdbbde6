//! A dialog over the page.

use super::{Icon, IconName};
use leptos::html::Dialog;
use leptos::prelude::*;

/// A dialog called `title`, in the page while `is_open`; the browser keeps the focus in it, and
/// gives it back when it closes.
#[component]
pub fn Modal(
    id: &'static str,
    title: &'static str,
    is_open: Signal<bool>,
    on_close: Callback<()>,
    #[prop(optional)] class: &'static str,
    #[prop(optional)] bare: bool,
    children: ChildrenFn,
) -> impl IntoView {
    let dialog = NodeRef::<Dialog>::new();
    Effect::new(move || {
        let open = is_open.get();
        if let Some(dialog) = dialog.get().filter(|dialog| dialog.open() != open) {
            if open {
                // It is closed and in the page, so it opens.
                let _ = dialog.show_modal();
            } else {
                dialog.close();
            }
        }
    });
    // A press on the dialog itself, and on nothing in it, is one beside what it holds.
    let on_press = move |event: web_sys::MouseEvent| {
        let beside = dialog
            .get_untracked()
            .is_some_and(|dialog| event.target().as_ref() == Some(dialog.as_ref()));
        if beside {
            on_close.run(());
        }
    };
    let title_id = format!("{id}-title");
    let children = StoredValue::new(children);
    view! {
        <dialog class=format!("dialog {class}") id=id aria-labelledby=title_id.clone() node_ref=dialog
            on:close=move |_| on_close.run(()) on:mousedown=on_press>
            <div class="dialog-body">
                <header class="dialog-head" class:visually-hidden=bare>
                    <h2 id=title_id.clone()>{title}</h2>
                    {(!bare).then(|| view! {
                        <button class="button icon-only quiet" type="button" aria-label="Close"
                            on:click=move |_| on_close.run(())>
                            <Icon name=IconName::Cross />
                        </button>
                    })}
                </header>
                <Show when=move || is_open.get()>{children.with_value(|children| children())}</Show>
            </div>
        </dialog>
    }
}
