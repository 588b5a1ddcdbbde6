//! The legend below a picture: what lines and marks mean, and what the view includes.

use super::layout::{Anchor, Point, TextPlace};
use super::scene::{EdgeStyle, Mark, Scene};
use super::svg::{Pen, dash};
use super::text::Font;

/// The height of a row.
const ROW: i32 = 22;
/// Left and right of the rows.
const MARGIN: i32 = 16;
/// The length of a sample line.
const SAMPLE: i32 = 26;

/// A part of the legend.
#[derive(Clone, Debug)]
pub(super) enum Entry {
    /// A line and its meaning.
    Line(EdgeStyle),
    /// A mark and its meaning.
    Mark(Mark),
    /// Words.
    Words(String),
}

impl Entry {
    fn words(&self) -> &str {
        match self {
            Self::Line(style) => style.title(),
            Self::Mark(mark) => mark.title(),
            Self::Words(words) => words,
        }
    }

    fn lead(&self) -> i32 {
        match self {
            Self::Line(_) => SAMPLE + 6,
            Self::Mark(_) => 24,
            Self::Words(_) => 0,
        }
    }

    fn width(&self) -> i32 {
        self.lead() + Font::DETAIL.width_px(self.words())
    }
}

/// The rows of the legend of `scene` in a picture of `width`: what occurs, then what is included.
pub(super) fn rows(scene: &Scene, width: i32) -> Vec<Vec<(i32, Entry)>> {
    let lines = EdgeStyle::ALL
        .into_iter()
        .filter(|style| scene.edges.iter().any(|edge| edge.style == *style));
    let marks = Mark::ALL.into_iter().filter(|mark| {
        scene.boxes.iter().any(|one| one.mark == Some(*mark))
            || scene.containers.iter().any(|one| one.mark == Some(*mark))
    });
    let entries: Vec<Entry> = lines
        .map(Entry::Line)
        .chain(marks.map(Entry::Mark))
        .collect();
    let mut rows = flow(entries, width, 20);
    let words = super::text::plain(&scene.includes);
    let words = words
        .split(' ')
        .filter(|word| !word.is_empty())
        .map(|word| Entry::Words(word.to_owned()));
    rows.extend(flow(words.collect(), width, 4));
    rows
}

fn flow(entries: Vec<Entry>, width: i32, gap: i32) -> Vec<Vec<(i32, Entry)>> {
    let mut rows: Vec<Vec<(i32, Entry)>> = Vec::new();
    let mut x = width;
    for entry in entries {
        let wide = entry.width();
        if rows.is_empty() || x + wide > width - MARGIN {
            rows.push(Vec::new());
            x = MARGIN;
        }
        if let Some(row) = rows.last_mut() {
            row.push((x, entry));
        }
        x += wide + gap;
    }
    rows
}

/// The height of these rows.
pub(super) fn height(rows: &[Vec<(i32, Entry)>]) -> i32 {
    if rows.is_empty() {
        0
    } else {
        i32::try_from(rows.len()).unwrap_or(0) * ROW + 10
    }
}

/// Draws the rows from `top` down.
pub(super) fn write(pen: &mut Pen, rows: &[Vec<(i32, Entry)>], top: i32) {
    let mut y = top + ROW / 2;
    for row in rows {
        for (x, entry) in row {
            match entry {
                Entry::Line(style) => {
                    let d = format!("M{x} {y}h{SAMPLE}");
                    pen.stroke(&d, pen.palette.edge(*style), "1.6", dash(*style));
                }
                Entry::Mark(mark) => pen.mark(*mark, Point { x: x + 9, y }),
                Entry::Words(_) => {}
            }
            let place = TextPlace {
                text: entry.words().to_owned(),
                at: Point {
                    x: x + entry.lead(),
                    y: y + 4,
                },
                anchor: Anchor::Start,
                cut: false,
            };
            pen.text(&place, Font::DETAIL, pen.palette.secondary);
        }
        y += ROW;
    }
}
