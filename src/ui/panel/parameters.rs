//! The declared parameters, with a place to type their values.

use crate::ui::answer::answered;
use crate::ui::command;
use crate::ui::component::{EmptyState, Icon, IconName};
use crate::ui::panel::standing::TargetFields;
use crate::ui::state::UiState;
use crate::view::{Origin, ParameterRow};
use crate::worker::protocol::{Answer, Ask};
use leptos::prelude::*;
use std::sync::Arc;

/// The most parameters shown at once; the filter finds the others.
const SHOWN: usize = 100;

/// Every parameter, those on which most verdicts hang first.
#[component]
pub fn ParametersPanel() -> impl IntoView {
    let state = expect_context::<UiState>();
    let rows = answered(
        state,
        || Some(Ask::Parameters),
        |answer| match answer {
            Answer::Parameters(rows) => Some(rows),
            _ => None,
        },
    );
    let typed = move || state.values.with(|values| values.len());
    move || {
        rows.get().map(|rows| {
            if rows.is_empty() {
                return view! {
                    <EmptyState icon=IconName::Check title="No parameters"
                        next="These templates declare none: nothing is left for a parameter to decide." />
                    <section class="panel-body" aria-label="Parameters"><TargetFields /></section>
                }
                .into_any();
            }
            view! {
                <section class="panel-body" aria-label="Parameters">
                    <p class="hint">
                        "Type a value and press Enter: everything is reviewed again with it."
                    </p>
                    <Show when=move || { typed() > 0 }>
                        <p class="callout">{move || match typed() {
                            1 => "1 value is typed here and not in the files.".to_owned(),
                            count => format!("{count} values are typed here and not in the files."),
                        }}</p>
                    </Show>
                    <Rows state rows />
                    <TargetFields />
                </section>
            }
            .into_any()
        })
    }
}

#[component]
fn Rows(state: UiState, rows: Arc<Vec<ParameterRow>>) -> impl IntoView {
    let more = rows.len().saturating_sub(SHOWN);
    let items = rows
        .iter()
        .take(SHOWN)
        .cloned()
        .map(|row| view! { <Item state row /> })
        .collect_view();
    view! {
        <ul class="parameters" aria-label="Declared parameters">{items}</ul>
        {(more > 0).then(|| view! { <p class="hint">{format!("and {more} more")}</p> })}
    }
}

#[component]
fn Item(state: UiState, row: ParameterRow) -> impl IntoView {
    let place = row.place.clone();
    let name = row.name.clone();
    let go = move |_| {
        if let Some(place) = &place {
            command::show_source(state, &place.file, place.line);
        }
    };
    let hang = match row.verdicts {
        0 => String::new(),
        1 => "1 verdict hangs on it".to_owned(),
        count => format!("{count} verdicts hang on it"),
    };
    let origin = row.origin.title();
    let missing = row.origin == Origin::Missing;
    view! {
        <li class="parameter" class:missing=missing>
            <p class="parameter-head">
                <button type="button" class="place-name" title="Show in the template"
                    on:click=go>{name}</button>
                <span class="hint">{row.type_name.clone()}</span>
                <span class="tag" class:tone-conditional=missing>{origin}</span>
            </p>
            {(!row.description.is_empty()).then(|| view! {
                <p class="hint">{row.description.clone()}</p>
            })}
            {(!hang.is_empty()).then(|| view! { <p class="standing tone-conditional">{hang}</p> })}
            <ValueField state row />
        </li>
    }
}

/// The value of a parameter, to be typed or chosen.
#[component]
fn ValueField(state: UiState, row: ParameterRow) -> impl IntoView {
    let ParameterRow {
        file,
        name,
        type_name,
        secure,
        origin,
        value,
        choices,
        ..
    } = row;
    let choices = if choices.is_empty() && type_name.eq_ignore_ascii_case("bool") {
        vec!["true".to_owned(), "false".to_owned()]
    } else {
        choices
    };
    let is_text = type_name.to_ascii_lowercase().ends_with("string");
    let shown = if is_text { unquoted(&value) } else { value };
    let label = format!("Value of {name}");
    let before = shown.clone();
    let change = {
        let (file, name) = (file.clone(), name.clone());
        move |event| {
            let text: String = event_target_value(&event);
            if text != before {
                let text = (!text.is_empty()).then_some(text);
                command::set_value(state, &file, &name, text);
            }
        }
    };
    let reset = (origin == Origin::Typed).then(|| {
        let label = format!("Take the typed value of {name} away");
        let reset = move |_| command::set_value(state, &file, &name, None);
        view! {
            <button type="button" class="button icon-only quiet" aria-label=label title="Take it away"
                on:click=reset><Icon name=IconName::Cross /></button>
        }
    });
    let field = if choices.is_empty() || secure {
        let kind = if secure { "password" } else { "text" };
        let placeholder = if secure {
            "secret: never shown or kept"
        } else {
            "no value"
        };
        let shown = if secure { String::new() } else { shown };
        view! {
            <input class="field" type=kind aria-label=label placeholder=placeholder
                autocomplete="off" spellcheck="false" prop:value=shown on:change=change />
        }
        .into_any()
    } else {
        let options = choices
            .into_iter()
            .map(|choice| {
                let choice = if is_text { unquoted(&choice) } else { choice };
                let is_chosen = choice == shown;
                let words = choice.clone();
                view! { <option value=choice selected=is_chosen>{words}</option> }
            })
            .collect_view();
        view! {
            <select class="field" aria-label=label on:change=change>
                <option value="" selected=shown.is_empty()>"no value"</option>
                {options}
            </select>
        }
        .into_any()
    };
    view! { <div class="parameter-value">{field}{reset}</div> }
}

/// The text of a JSON string; anything else as it is.
fn unquoted(json: &str) -> String {
    serde_json::from_str::<String>(json).unwrap_or_else(|_| json.to_owned())
}

#[cfg(test)]
mod tests {
    use super::unquoted;

    #[test]
    fn a_string_loses_its_quotes_and_nothing_else_does() {
        assert_eq!(unquoted(r#""a \"b\"""#), "a \"b\"");
        assert_eq!(unquoted("[1]"), "[1]");
        assert_eq!(unquoted("parameters('x')"), "parameters('x')");
    }
}
