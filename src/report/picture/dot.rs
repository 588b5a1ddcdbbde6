//! The picture in Graphviz's language.

use super::nest::{Nest, Step};
use super::{COLOURS, colour, is_broken, label};
use crate::diagram::{EdgeStyle, Scene};
use crate::report::plain::plain;
use std::fmt::{self, Display, Formatter, Write};

/// The picture of `scene` as a directed graph with nested clusters.
pub fn write_dot(scene: &Scene) -> String {
    let nest = Nest::of(scene);
    let mut out = String::from("digraph estate {\n");
    write_defaults(&mut out, scene);
    let mut depth = 1;
    let mut zones = 0;
    for step in nest.walk() {
        let indent = "  ".repeat(depth);
        let _ = match step {
            Step::Zone(title) => {
                zones += 1;
                depth += 1;
                let (label, fill) = (Escaped(&[title]), COLOURS.zone);
                writeln!(
                    out,
                    "{indent}subgraph cluster_zone_{zones} {{\n{indent}  label={label}; \
                     style=filled; fillcolor=\"{fill}\"; color=\"{}\";",
                    COLOURS.border
                )
            }
            Step::Frame(item) => {
                depth += 1;
                let frame = item.what;
                let label = [&*frame.title, &*frame.prefix, &*frame.subtitle];
                // A cluster without a node is not drawn, and lines need one to end at.
                writeln!(
                    out,
                    "{indent}subgraph cluster_{number} {{\n{indent}  label={}; style=filled; \
                     fillcolor=\"{}\"; color=\"{}\";\n{indent}  n{number} [shape=point, \
                     style=invis, label=\"\"];",
                    Escaped(&label),
                    COLOURS.network,
                    COLOURS.network_border,
                    number = item.number,
                )
            }
            Step::Box(item) => {
                let one = item.what;
                let label = [&*one.title, &*one.kind, &*one.note];
                let (number, label) = (item.number, Escaped(&label));
                let colour = COLOURS.tone(one.tone);
                writeln!(
                    out,
                    "{indent}n{number} [label={label}, color=\"{colour}\"];"
                )
            }
            Step::End => {
                depth -= 1;
                writeln!(out, "{}}}", "  ".repeat(depth))
            }
        };
    }
    write_edges(&mut out, &nest);
    out.push_str("}\n");
    out
}

/// How everything looks that says nothing of its own.
fn write_defaults(out: &mut String, scene: &Scene) {
    let text = COLOURS.text;
    let _ = writeln!(
        out,
        "  graph [compound=true, rankdir=LR, fontname=\"sans-serif\", bgcolor=\"{}\", label={}];\n  \
         node [shape=box, style=\"rounded,filled\", fillcolor=\"{}\", color=\"{}\", \
         fontcolor=\"{text}\", fontname=\"sans-serif\"];\n  \
         edge [fontname=\"sans-serif\", fontsize=10];",
        COLOURS.background,
        Escaped(&[&scene.title]),
        COLOURS.surface,
        COLOURS.strong_border,
    );
}

fn write_edges(out: &mut String, nest: &Nest<'_>) {
    for (from, to, edge) in nest.edges() {
        let style = if is_broken(edge.style) {
            "dashed"
        } else {
            "solid"
        };
        let text = label(edge);
        let _ = write!(
            out,
            "  n{from} -> n{to} [label={}, color=\"{}\", style={style}",
            Escaped(&[&text]),
            colour(edge.style)
        );
        if edge.style == EdgeStyle::Plumbing {
            out.push_str(", dir=none");
        }
        if edge.style == EdgeStyle::Blocked {
            out.push_str(", arrowhead=tee");
        }
        // Lines from and to a frame are cut at its border.
        if nest.is_frame(from) {
            let _ = write!(out, ", ltail=cluster_{from}");
        }
        if nest.is_frame(to) {
            let _ = write!(out, ", lhead=cluster_{to}");
        }
        out.push_str("];\n");
    }
}

/// Lines of text as one quoted string of DOT. Quotes and backslashes are escaped, and `&`, which
/// Graphviz takes for the start of an entity.
struct Escaped<'a, 'b>(&'a [&'b str]);

impl Display for Escaped<'_, '_> {
    fn fmt(&self, formatter: &mut Formatter<'_>) -> fmt::Result {
        formatter.write_char('"')?;
        let parts = self.0.iter().filter(|part| !part.is_empty());
        for (at, part) in parts.enumerate() {
            if at > 0 {
                formatter.write_str("\\n")?;
            }
            for letter in plain(part).chars() {
                match letter {
                    '"' => formatter.write_str("\\\"")?,
                    '\\' => formatter.write_str("\\\\")?,
                    '&' => formatter.write_str("&amp;")?,
                    '<' => formatter.write_str("&lt;")?,
                    '>' => formatter.write_str("&gt;")?,
                    other => formatter.write_char(other)?,
                }
            }
        }
        formatter.write_char('"')
    }
}
