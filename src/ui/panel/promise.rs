//! The promise that nothing leaves the page, and how to check it.

use crate::ui::browser::page;
use crate::ui::component::{Icon, IconName};
use crate::ui::state::UiState;
use leptos::prelude::*;

/// The promise in a line, which opens the policy in force, the program's hash, the requests so far
/// and how to check all that without trusting the page.
#[component]
pub fn Promise() -> impl IntoView {
    let state = expect_context::<UiState>();
    let policy = page::policy();
    let hash = policy
        .as_deref()
        .and_then(page::program_hash)
        .map(str::to_owned);
    view! {
        <details class="promise">
            <summary>
                <Icon name=IconName::Lock />
                <span>"Nothing you load leaves this page."</span>
                <span class="promise-more">"How to check"</span>
            </summary>
            <dl>
                <dt>"Requests since load"</dt>
                <dd>{state.requests}</dd>
                <dt>"Policy in force"</dt>
                <dd><code>{policy.unwrap_or_else(|| "none: this is a development build".to_owned())}</code></dd>
                <dt>"Program"</dt>
                <dd><code>{hash.unwrap_or_else(|| "not hashed in a development build".to_owned())}</code></dd>
            </dl>
            <p>
                "The policy names no address at all, so the browser itself refuses every request, \
                 and it runs no program but the one with this hash. What it cannot stop \
                 is going to another page and, in some browsers, WebRTC: the program does neither, and \
                 every build is searched for both."
            </p>
            <ol>
                <li>"Switch the network off, or open the saved file from disk: everything still works."</li>
                <li>"Open the browser's developer tools, choose Network, and review a template: the list stays empty."</li>
                <li>"Read the policy in the file's first lines. Two builds of the same sources give the same bytes."</li>
            </ol>
        </details>
    }
}
