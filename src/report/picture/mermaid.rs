//! The picture in Mermaid's language.

use super::nest::{Nest, Step};
use super::{COLOURS, colour, label};
use crate::diagram::{Container, EdgeStyle, Scene, SceneBox, Tone};
use crate::report::plain::plain;
use std::collections::BTreeMap;
use std::fmt::{self, Display, Formatter, Write};

/// The picture of `scene` as a Mermaid flowchart with nested subgraphs.
pub fn write_mermaid(scene: &Scene) -> String {
    let nest = Nest::of(scene);
    let mut out = String::new();
    if !scene.title.is_empty() {
        let _ = writeln!(out, "---\ntitle: {}\n---", Title(&scene.title));
    }
    out.push_str("flowchart LR\n");
    let mut depth = 1;
    let mut zones = 0;
    let mut tones: BTreeMap<Tone, Vec<usize>> = BTreeMap::new();
    for step in nest.walk() {
        match step {
            Step::Zone(title) => {
                zones += 1;
                line(
                    &mut out,
                    depth,
                    &format!("subgraph z{zones}[\"{}\"]", Escaped(title)),
                );
                depth += 1;
            }
            Step::Frame(item) => {
                let text = frame_text(item.what);
                let (number, text) = (item.number, Escaped(&text));
                line(&mut out, depth, &format!("subgraph n{number}[\"{text}\"]"));
                depth += 1;
            }
            Step::Box(item) => {
                let text = box_text(item.what);
                let (number, text) = (item.number, Escaped(&text));
                line(&mut out, depth, &format!("n{number}[\"{text}\"]"));
                if item.what.tone != Tone::Neutral {
                    tones.entry(item.what.tone).or_default().push(item.number);
                }
            }
            Step::End => {
                depth -= 1;
                line(&mut out, depth, "end");
            }
        }
    }
    write_edges(&mut out, &nest);
    for (tone, boxes) in tones {
        let name = format!("{tone:?}").to_lowercase();
        let colour = COLOURS.tone(tone);
        line(
            &mut out,
            1,
            &format!("classDef {name} stroke:{colour},color:{colour}"),
        );
        let boxes: Vec<String> = boxes.iter().map(|number| format!("n{number}")).collect();
        line(&mut out, 1, &format!("class {} {name}", boxes.join(",")));
    }
    out
}

fn line(out: &mut String, depth: usize, text: &str) {
    let _ = writeln!(out, "{}{text}", "  ".repeat(depth));
}

fn write_edges(out: &mut String, nest: &Nest<'_>) {
    for (at, (from, to, edge)) in nest.edges().enumerate() {
        let arrow = match edge.style {
            EdgeStyle::Reachable | EdgeStyle::Tenants | EdgeStyle::Listed => "-->",
            EdgeStyle::Conditional | EdgeStyle::Undetermined => "-.->",
            EdgeStyle::Blocked => "-.-x",
            EdgeStyle::Identity => "==>",
            EdgeStyle::Plumbing => "---",
        };
        let text = label(edge);
        let text = if text.is_empty() {
            String::new()
        } else {
            format!("|\"{}\"|", Escaped(&text))
        };
        line(out, 1, &format!("n{from} {arrow}{text} n{to}"));
        let colour = colour(edge.style);
        line(out, 1, &format!("linkStyle {at} stroke:{colour}"));
    }
}

fn frame_text(frame: &Container) -> String {
    let parts = [&frame.title, &frame.prefix, &frame.subtitle];
    let parts: Vec<&str> = parts.into_iter().map(String::as_str).collect();
    join(&parts)
}

fn box_text(one: &SceneBox) -> String {
    join(&[&one.title, &one.kind, &one.note])
}

/// The parts that are there, each on a line of its own.
fn join(parts: &[&str]) -> String {
    let parts = parts.iter().filter(|part| !part.is_empty());
    let parts: Vec<String> = parts.map(|part| plain(part).into_owned()).collect();
    parts.join("\n")
}

/// A text that is harmless in a quoted label of Mermaid: everything but letters, digits and a few
/// signs is written as its number, as Mermaid has it; line breaks are breaks.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '\n' => formatter.write_str("<br/>")?,
                ' ' | '-' | '.' | '/' | ',' | ':' | '_' | '(' | ')' | '+' | '*' => {
                    formatter.write_char(letter)?;
                }
                letter if letter.is_alphanumeric() => formatter.write_char(letter)?,
                other => write!(formatter, "#{};", u32::from(other))?,
            }
        }
        Ok(())
    }
}

/// A title as a quoted scalar of YAML.
struct Title<'a>(&'a str);

impl Display for Title<'_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        let text = plain(self.0).replace('\\', "\\\\").replace('"', "\\\"");
        write!(formatter, "\"{text}\"")
    }
}
