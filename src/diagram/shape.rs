//! The small shapes of a picture as the `d` of an SVG path: lines with round corners, arrows, bars,
//! and the outlines of marks.

use super::layout::Point;
use super::scene::Mark;
use std::fmt::Write;

/// The radius of a line's corners.
const CORNER: i32 = 6;
/// The length of an arrow.
const ARROW: i32 = 9;
/// Half of its width.
const ARROW_HALF: i32 = 4;

/// A line through `points` with round corners, ending `short` before the last one.
pub fn line(points: &[Point], short: i32) -> String {
    let mut d = String::new();
    let mut points = points.to_vec();
    if let [.., before, last] = points.as_mut_slice() {
        let (dx, dy) = direction(*before, *last);
        let length = (last.x - before.x).abs() + (last.y - before.y).abs();
        let short = short.min(length / 2);
        last.x -= dx * short;
        last.y -= dy * short;
    }
    let corners = points
        .iter()
        .zip(points.iter().skip(1))
        .zip(points.iter().skip(2));
    if let Some(first) = points.first() {
        let _ = write!(d, "M{} {}", first.x, first.y);
    }
    for ((before, corner), after) in corners {
        let half = |one: Point, other: Point| {
            i32::midpoint((one.x - other.x).abs(), (one.y - other.y).abs())
        };
        let radius = CORNER
            .min(half(*before, *corner))
            .min(half(*corner, *after));
        let (from_x, from_y) = direction(*before, *corner);
        let (to_x, to_y) = direction(*corner, *after);
        let _ = write!(
            d,
            "L{} {}Q{} {} {} {}",
            corner.x - from_x * radius,
            corner.y - from_y * radius,
            corner.x,
            corner.y,
            corner.x + to_x * radius,
            corner.y + to_y * radius
        );
    }
    if let [_, .., last] = points.as_slice() {
        let _ = write!(d, "L{} {}", last.x, last.y);
    }
    d
}

/// The arrow at the end of a line: a filled triangle with its tip on the last point.
pub fn arrow(points: &[Point]) -> String {
    let [.., before, tip] = points else {
        return String::new();
    };
    let (dx, dy) = direction(*before, *tip);
    let (base_x, base_y) = (tip.x - dx * ARROW, tip.y - dy * ARROW);
    format!(
        "M{} {}L{} {}L{} {}z",
        tip.x,
        tip.y,
        base_x - dy * ARROW_HALF,
        base_y + dx * ARROW_HALF,
        base_x + dy * ARROW_HALF,
        base_y - dx * ARROW_HALF
    )
}

/// The bar at the end of a line that nothing passes, a little before the last point.
pub fn bar(points: &[Point]) -> String {
    let [.., before, tip] = points else {
        return String::new();
    };
    let (dx, dy) = direction(*before, *tip);
    let (x, y) = (tip.x - dx * 5, tip.y - dy * 5);
    format!(
        "M{} {}L{} {}",
        x - dy * 5,
        y - dx * 5,
        x + dy * 5,
        y + dx * 5
    )
}

/// The outline of a mark around its middle, 18 pixels wide.
pub fn mark(mark: Mark, at: Point) -> String {
    let start = |x: i32, y: i32| format!("M{} {}", at.x + x, at.y + y);
    match mark {
        Mark::Critical => start(-4, -9) + "h8l5 5v8l-5 5h-8l-5-5v-8z",
        Mark::High => start(0, -10) + "l10 17h-20z",
        Mark::Medium => start(0, -10) + "l10 10-10 10-10-10z",
        Mark::Low | Mark::Undetermined => start(-9, 0) + "a9 9 0 1 0 18 0a9 9 0 1 0-18 0z",
        Mark::Note => start(-8, -8) + "h16v16h-16z",
    }
}

/// The letter of a mark, and how far below the mark's middle its baseline is.
pub fn mark_letter(mark: Mark) -> (&'static str, i32) {
    match mark {
        Mark::Critical => ("C", 4),
        Mark::High => ("H", 5),
        Mark::Medium => ("M", 4),
        Mark::Low => ("L", 4),
        Mark::Note => ("i", 4),
        Mark::Undetermined => ("?", 4),
    }
}

fn direction(from: Point, to: Point) -> (i32, i32) {
    ((to.x - from.x).signum(), (to.y - from.y).signum())
}
