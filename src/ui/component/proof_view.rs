//! What proves a statement: the lines of the template, with the words that matter marked.

use super::{ExcerptView, PhraseView};
use crate::view::{Excerpt, Phrase, Proof, Switch, phrases};
use leptos::prelude::*;

/// Quotations shown at once; the rest opens.
const SHOWN: usize = 2;

/// Statements whose lines stand together, with these lines.
#[derive(Clone, Debug, PartialEq)]
struct Quotation {
    file: String,
    line: u32,
    says: Vec<Says>,
    excerpt: Excerpt,
    switches: Vec<Switch>,
}

/// One statement.
#[derive(Clone, Debug, PartialEq)]
struct Says {
    text: String,
    note: String,
}

/// The quotations behind `proofs`. What `sentence` says already is not said again; `on_source`
/// hears of a file and a line to go to, and `on_switch` of a change to try.
#[component]
pub fn ProofView(
    proofs: Vec<Proof>,
    sentence: Vec<Phrase>,
    on_source: Callback<(String, u32)>,
    on_switch: Callback<Switch>,
) -> impl IntoView {
    let said: String = sentence.into_iter().map(|phrase| phrase.text).collect();
    let mut quotations = quotations(proofs, &said);
    let more = quotations.split_off(SHOWN.min(quotations.len()));
    let count = more.len();
    let show = move |quotation| view! { <QuotationView quotation on_source on_switch /> };
    view! {
        {quotations.into_iter().map(show).collect_view()}
        {(count > 0).then(|| view! {
            <details class="more-proofs">
                <summary>{if count == 1 {
                    "1 more place".to_owned()
                } else {
                    format!("{count} more places")
                }}</summary>
                {more.into_iter().map(show).collect_view()}
            </details>
        })}
    }
}

#[component]
fn QuotationView(
    quotation: Quotation,
    on_source: Callback<(String, u32)>,
    on_switch: Callback<Switch>,
) -> impl IntoView {
    let Quotation {
        file,
        line,
        says,
        excerpt,
        switches,
    } = quotation;
    let switches = switches
        .into_iter()
        .map(|switch| {
            let label = format!("What if: {}", switch.label.replace('`', ""));
            view! {
                <button type="button" class="link-button what-if-button"
                    on:click=move |_| on_switch.run(switch.clone())>{label}</button>
            }
        })
        .collect_view();
    let place = format!("{file}:{line}");
    let go = move |_| on_source.run((file.clone(), line));
    let says = says
        .into_iter()
        .map(|one| {
            let note = (!one.note.is_empty()).then(|| {
                view! { <span class="basis">{one.note}</span> }
            });
            view! { <p class="says"><PhraseView phrases=phrases(&one.text) />{note}</p> }
        })
        .collect_view();
    view! {
        <div class="quotation">
            {says}
            <div class="quote">
                <button type="button" class="source-link" title="Show in the template"
                    on:click=go>{place}</button>
                <ExcerptView excerpt />
            </div>
            {switches}
        </div>
    }
}

/// The proofs by places that stand together, in order.
fn quotations(proofs: Vec<Proof>, said: &str) -> Vec<Quotation> {
    let mut found: Vec<Quotation> = Vec::new();
    for proof in proofs {
        let is_said = said.contains(&proof.says.replace('`', ""));
        let says = Says {
            text: if is_said { String::new() } else { proof.says },
            note: proof.basis_note,
        };
        let mut excerpt = Some(proof.passage.excerpt);
        let mut switch = proof.switch;
        for known in found
            .iter_mut()
            .filter(|known| known.file == proof.passage.file)
        {
            let Some(other) = excerpt.take() else { break };
            match std::mem::take(&mut known.excerpt).join(other) {
                Ok(joined) => {
                    known.excerpt = joined;
                    known.say(says.clone());
                    known.offer(switch.take());
                }
                Err((mine, other)) => {
                    known.excerpt = mine;
                    excerpt = Some(other);
                }
            }
        }
        if let Some(excerpt) = excerpt {
            let mut quotation = Quotation {
                file: proof.passage.file,
                line: proof.passage.line,
                says: Vec::new(),
                excerpt,
                switches: Vec::new(),
            };
            quotation.say(says);
            quotation.offer(switch.take());
            found.push(quotation);
        }
    }
    found
}

impl Quotation {
    fn offer(&mut self, switch: Option<Switch>) {
        if let Some(switch) = switch
            && !self.switches.contains(&switch)
        {
            self.switches.push(switch);
        }
    }

    fn say(&mut self, says: Says) {
        let is_empty = says.text.is_empty() && says.note.is_empty();
        if !is_empty && !self.says.contains(&says) {
            self.says.push(says);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::{ExcerptLine, Passage};

    fn proof(says: &str, line: u32) -> Proof {
        let excerpt = Excerpt {
            lines: vec![ExcerptLine {
                number: line,
                before: String::new(),
                marked: Some("x".to_owned()),
                after: String::new(),
            }],
            indent: 0,
        };
        Proof {
            says: says.to_owned(),
            passage: Passage {
                file: "a.json".to_owned(),
                line,
                excerpt,
                ..Passage::default()
            },
            ..Proof::default()
        }
    }

    #[test]
    fn lines_that_stand_together_are_quoted_together() {
        let proofs = vec![proof("one `x`", 4), proof("far", 90), proof("two", 5)];
        let found = quotations(proofs, "one x, and more");
        let lines: Vec<usize> = found.iter().map(|one| one.excerpt.lines.len()).collect();
        assert_eq!(lines, [2, 1]);
        let says: Vec<usize> = found.iter().map(|one| one.says.len()).collect();
        assert_eq!(says, [1, 1], "what is said already is left out");
    }
}
