//! Help inside the page.

use super::export_help::ExportHelp;
use super::promise::Promise;
use crate::ui::command;
use crate::ui::component::Modal;
use crate::ui::state::{Over, UiState};
use leptos::prelude::*;

/// The verdicts with their class and meaning.
const VERDICTS: [(&str, &str, &str); 6] = [
    (
        "tone-anyone",
        "Reachable · anyone",
        "Some packet from any public address is surely admitted.",
    ),
    (
        "tone-tenants",
        "Reachable · any Azure customer",
        "Only addresses that Azure owns are admitted, and every customer can rent one.",
    ),
    (
        "tone-listed",
        "Reachable · listed",
        "Only addresses that the template names are admitted.",
    ),
    (
        "tone-conditional",
        "Conditional",
        "A value that the template leaves open can alone settle it: a parameter, a condition.",
    ),
    (
        "tone-undetermined",
        "Undetermined",
        "What decides is not in the inputs. It may be open; it is not guessed.",
    ),
    ("tone-blocked", "Blocked", "No packet can be admitted."),
];

/// What the verdicts mean, how to export, how to check that nothing leaves the page, and limits.
#[component]
pub fn Help() -> impl IntoView {
    let state = expect_context::<UiState>();
    let is_open = Signal::derive(move || state.over.get() == Over::Help);
    view! {
        <Modal id="help" title="Help" is_open class="help"
            on_close=Callback::new(move |()| command::close_over(state, Over::Help))>
            <section>
                <h3>"What the verdicts mean"</h3>
                <dl class="facts verdicts">
                    {VERDICTS.map(|(class, word, meaning)| view! {
                        <div class="fact">
                            <dt><span class=format!("standing {class}")>{word}</span></dt>
                            <dd>{meaning}</dd>
                        </div>
                    }).collect_view()}
                </dl>
                <p class="hint">
                    "A path “after a break-in” begins with breaking into something that is reached, \
                     and goes on with the rights of its identity. It does not change a verdict."
                </p>
            </section>
            <ExportHelp />
            <Promise />
            <section>
                <h3>"Limits"</h3>
                <ul class="bullets">
                    <li>
                        "What was exported is read, not what runs. What an export leaves out is \
                         undetermined, never safe."
                    </li>
                    <li>"Each type is modelled in full, in part, or only shown; the coverage list says which."</li>
                    <li>"Reachable does not mean weak, and blocked does not mean safe from someone inside."</li>
                </ul>
            </section>
            <p>
                <button type="button" class="button"
                    on:click=move |_| command::open(state, Over::Keys)>"Keys"</button>
            </p>
        </Modal>
    }
}
