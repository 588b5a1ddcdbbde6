//! The picture in forms that other programs draw: Mermaid, Graphviz and draw.io.
//!
//! In: the [`Scene`](crate::diagram::Scene) that the page draws. Out: a text in which frames are
//! nested and every name is harmless. Each form has one type that escapes.

mod dot;
mod drawio;
mod mermaid;
mod nest;

pub use dot::write_dot;
pub use drawio::write_drawio;
pub use mermaid::write_mermaid;

use crate::diagram::palette::{LIGHT, Palette};
use crate::diagram::{Edge, EdgeStyle};
use std::fmt::Write as _;

/// Pictures that leave the page are dark on light.
const COLOURS: &Palette = &LIGHT;

/// The colour of a line.
fn colour(style: EdgeStyle) -> &'static str {
    COLOURS.edge(style)
}

/// Whether a line is drawn with gaps, as it is on the page.
fn is_broken(style: EdgeStyle) -> bool {
    matches!(
        style,
        EdgeStyle::Blocked | EdgeStyle::Conditional | EdgeStyle::Undetermined
    )
}

/// The text on a line: its label, with how many lines it stands for.
fn label(edge: &Edge) -> String {
    let mut text = edge.label.clone();
    if edge.count > 1 {
        if !text.is_empty() {
            text.push_str(", ");
        }
        let _ = write!(text, "{} times", edge.count);
    }
    if let Some(hop) = edge.hop {
        text = format!("{hop}. {text}");
    }
    text
}
