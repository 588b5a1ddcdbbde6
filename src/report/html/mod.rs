//! The review as one HTML file that needs nothing else: no script, no request, printable.

use super::document::{Block, Cell, Document, DocumentOptions, Section, Table};
use super::form::Report;
use super::plain::plain;
use crate::diagram::palette::{DARK, LIGHT, Palette};
use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use maud::{DOCTYPE, Markup, PreEscaped, html};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

const STYLE: &str = include_str!("report.css");

/// The document about `report` as HTML.
pub fn write_html(report: &Report, options: &DocumentOptions) -> String {
    let document = Document::of(report, options);
    let style = format!("{}{STYLE}", colours());
    let page = html! {
        (DOCTYPE)
        html lang="en" {
            head {
                meta charset="utf-8";
                meta http-equiv="Content-Security-Policy" content=(policy(&style));
                meta name="viewport" content="width=device-width, initial-scale=1";
                meta name="color-scheme" content="light dark";
                meta name="referrer" content="no-referrer";
                title { (without_marks(&document.title)) }
                style { (PreEscaped(&style)) }
            }
            body {
                header {
                    h1 { (words(&document.title)) }
                    p.lead { (words(&document.lead)) }
                    nav aria-label="Sections" {
                        ul {
                            @for (section, _) in &document.sections {
                                li { a href={ "#" (section.as_str()) } { (section.title()) } }
                            }
                        }
                    }
                }
                main {
                    @for (section, blocks) in &document.sections {
                        section.picture[*section == Section::Picture] id=(section.as_str())
                            aria-labelledby={ (section.as_str()) "-title" } {
                            h2 id={ (section.as_str()) "-title" } { (section.title()) }
                            @for block in blocks { (write_block(block, section.title(), options)) }
                        }
                    }
                }
            }
        }
    };
    page.into_string()
}

/// A policy as strict as the page's: nothing but the style here, and no request of any kind.
fn policy(style: &str) -> String {
    let hash = STANDARD.encode(Sha256::digest(style.as_bytes()));
    format!(
        "default-src 'none'; style-src 'sha256-{hash}'; img-src data:; form-action 'none'; \
         base-uri 'none'"
    )
}

/// The colours of both themes as variables.
fn colours() -> String {
    let list = |palette: &Palette| {
        let named = [
            ("background", palette.background),
            ("surface", palette.surface),
            ("zone", palette.zone),
            ("border", palette.border),
            ("strong-border", palette.strong_border),
            ("text", palette.text),
            ("secondary", palette.secondary),
            ("accent", palette.accent),
            ("critical", palette.critical),
            ("high", palette.high),
            ("medium", palette.medium),
            ("low", palette.low),
            ("note", palette.note),
            ("blocked", palette.blocked),
            ("undetermined", palette.undetermined),
        ];
        named.iter().fold(String::new(), |mut out, (name, colour)| {
            let _ = write!(out, " --{name}: {colour};");
            out
        })
    };
    format!(
        ":root {{{} }}\n@media screen and (prefers-color-scheme: dark) {{ :root {{{} }} }}\n",
        list(&LIGHT),
        list(&DARK)
    )
}

fn write_block(block: &Block, title: &str, options: &DocumentOptions) -> Markup {
    match block {
        Block::Prose(text) => html! { p { (words(text)) } },
        Block::List(items) => html! {
            ul { @for item in items { li { (words(item)) } } }
        },
        Block::Table(table) => write_table(table, title),
        Block::Group(heading, inner) => html! {
            h3 { (words(heading)) }
            @for block in inner {
                // A group holds no groups.
                @match block {
                    Block::Table(table) => (write_table(table, &without_marks(heading))),
                    Block::Prose(text) => p { (words(text)) },
                    Block::List(items) => ul { @for item in items { li { (words(item)) } } },
                    Block::Group(..) | Block::Picture => "",
                }
            }
        },
        // Written by our own drawing code, which escapes what it is given.
        Block::Picture => html! {
            @if let Some(picture) = &options.picture { figure { (PreEscaped(picture)) } }
        },
    }
}

fn write_table(table: &Table, title: &str) -> Markup {
    html! {
        // What scrolls can be reached by the keyboard.
        div.scroll tabindex="0" role="region" aria-label=(title) {
            table {
                thead { tr { @for column in table.columns { th scope="col" { (column) } } } }
                tbody { @for row in &table.rows { tr { @for cell in row { (write_cell(cell)) } } } }
            }
        }
    }
}

fn write_cell(cell: &Cell) -> Markup {
    html! {
        td {
            @if let Some(tone) = cell.tone {
                span.{ "tone " (tone.as_str()) } { (words(&cell.text)) }
            } @else { (words(&cell.text)) }
        }
    }
}

/// `text` with what stands in backticks as code; where they do not pair, as it is.
fn words(text: &str) -> Markup {
    let text = plain(text);
    let pairs = text.matches('`').count().is_multiple_of(2);
    html! {
        @if pairs {
            @for (at, part) in text.split('`').enumerate() {
                @if at % 2 == 1 { code { (part) } } @else { (part) }
            }
        } @else { (text) }
    }
}

fn without_marks(text: &str) -> String {
    plain(text).replace('`', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::document::Tone;

    #[test]
    fn every_tone_has_a_colour() {
        for tone in Tone::ALL {
            assert!(STYLE.contains(&format!(".{} {{ color: var(--", tone.as_str())));
        }
    }

    #[test]
    fn markup_in_names_is_text() {
        let shown = words("`<b>`: <script>\u{202e}").into_string();
        assert_eq!(
            shown,
            "<code>&lt;b&gt;</code>: &lt;script&gt;&lt;U+202E&gt;"
        );
    }
}
