//! Search and commands in one field.

use crate::ui::answer::answered;
use crate::ui::browser::scroll;
use crate::ui::command::{self, Command};
use crate::ui::component::{Icon, IconName, Modal, ResourceIcon};
use crate::ui::state::{Over, UiState};
use crate::view::Hit;
use crate::worker::protocol::{Answer, Ask};
use leptos::html::Input;
use leptos::prelude::*;
use web_sys::KeyboardEvent;

/// The most entries shown.
const SHOWN: usize = 30;

/// An entry: a command, or something that was found.
#[derive(Clone, Debug, PartialEq)]
enum Entry {
    Command(Command),
    Hit(Hit),
}

/// The search with the commands.
#[component]
pub fn Palette() -> impl IntoView {
    let state = expect_context::<UiState>();
    let is_open = Signal::derive(move || state.over.get() == Over::Palette);
    view! {
        <Modal id="palette" title="Search and commands" is_open class="palette" bare=true
            on_close=Callback::new(move |()| command::close_over(state, Over::Palette))>
            <Search state />
        </Modal>
    }
}

#[component]
fn Search(state: UiState) -> impl IntoView {
    let text = RwSignal::new(String::new());
    let at = RwSignal::new(0_usize);
    let field = NodeRef::<Input>::new();
    let hits = answered(
        state,
        move || Some(Ask::Search(text.get())),
        |answer| match answer {
            Answer::Hits(hits) => Some(hits),
            _ => None,
        },
    );
    let entries = Memo::new(move |_| {
        let found = hits.with(|hits| hits.as_ref().map(|hits| hits.hits.clone()));
        text.with(|text| entries(text, found.unwrap_or_default()))
    });
    Effect::new(move || {
        if let Some(field) = field.get() {
            scroll::focus(Some(field.into()));
        }
    });
    Effect::new(move || {
        scroll::show_id(&option_id(at.get()));
    });
    let run = move |entry: Entry| {
        command::close_over(state, Over::Palette);
        match entry {
            Entry::Command(command) => command.run(state),
            Entry::Hit(hit) => command::show_target(state, hit.target),
        }
    };
    let on_key = move |event: KeyboardEvent| {
        let count = entries.with_untracked(Vec::len);
        match event.key().as_str() {
            "ArrowDown" => at.update(|at| *at = (*at + 1).min(count.saturating_sub(1))),
            "ArrowUp" => at.update(|at| *at = at.saturating_sub(1)),
            "Enter" => {
                let chosen = entries.with_untracked(|all| all.get(at.get_untracked()).cloned());
                if let Some(entry) = chosen {
                    run(entry);
                }
            }
            _ => return,
        }
        event.prevent_default();
    };
    let option = move |(place, entry): (usize, Entry)| {
        let chosen = entry.clone();
        view! {
            <li role="option" id=option_id(place) class="option"
                aria-selected=move || (at.get() == place).to_string()
                on:mousemove=move |_| at.set(place)
                on:click=move |_| run(chosen.clone())>
                {entry_view(entry)}
            </li>
        }
    };
    view! {
        <div class="palette-field">
            <Icon name=IconName::Search />
            <input node_ref=field type="text" role="combobox" aria-label="Search and commands"
                aria-expanded="true" aria-controls="palette-options" aria-autocomplete="list"
                aria-activedescendant=move || {
                    (!entries.with(Vec::is_empty)).then(|| option_id(at.get()))
                }
                placeholder="Find a resource, type, rule, parameter, file or command"
                autocomplete="off" spellcheck="false"
                prop:value=text on:keydown=on_key
                on:input=move |event| {
                    text.set(event_target_value(&event));
                    at.set(0);
                } />
        </div>
        <ul role="listbox" id="palette-options" class="options" aria-label="Found">
            {move || entries.get().into_iter().enumerate().map(option).collect_view()}
        </ul>
        <Show when=move || entries.with(Vec::is_empty)>
            <p class="palette-empty">"Nothing has these words in its name."</p>
        </Show>
    }
}

/// What was found, with the commands whose words fit: commands last, but first where nothing is
/// searched for.
fn entries(text: &str, hits: Vec<Hit>) -> Vec<Entry> {
    let words = text.to_lowercase();
    let fits = |command: &&Command| {
        let title = command.title().to_lowercase();
        words.split_whitespace().all(|word| title.contains(word))
    };
    let commands = Command::ALL
        .iter()
        .filter(fits)
        .copied()
        .map(Entry::Command);
    let hits = hits.into_iter().map(Entry::Hit);
    if words.trim().is_empty() {
        commands.chain(hits).take(SHOWN).collect()
    } else {
        hits.take(SHOWN).chain(commands).collect()
    }
}

fn option_id(place: usize) -> String {
    format!("palette-option-{place}")
}

fn entry_view(entry: Entry) -> AnyView {
    match entry {
        Entry::Command(command) => view! {
            <Icon name=command.icon() />
            <span class="option-title">{command.title()}</span>
            <kbd>{command.key()}</kbd>
        }
        .into_any(),
        Entry::Hit(hit) => view! {
            <ResourceIcon icon=hit.icon />
            <span class="option-title">{hit.title}</span>
            <span class="hint">{hit.detail}</span>
        }
        .into_any(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_come_first_where_nothing_is_searched_for() {
        let all = entries(" ", Vec::new());
        assert_eq!(all.len(), Command::ALL.len().min(SHOWN));
        let found = entries("fit", Vec::new());
        assert!(!found.is_empty() && found.len() < all.len());
        assert!(entries("no such thing", Vec::new()).is_empty());
    }
}
