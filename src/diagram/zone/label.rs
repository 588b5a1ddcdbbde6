//! Where the texts on lines and the numbers of hops stand.

use super::caption::{Caption, Host};
use super::chain::{Kind, Side};
use super::horizontal;
use super::path::Ways;
use super::size::{PILL_HEIGHT, PILL_PADDING};
use crate::diagram::layout::{Anchor, LabelPlace, Point, Rect, TextPlace};

/// From the tip of an arrow to the middle of a hop's number.
const MARKER_BACK: i32 = 20;

/// The pill of a caption, in the room that was kept for it.
pub(super) fn place(
    caption: &Caption,
    ways: &Ways<'_>,
    plan: horizontal::Plan<'_>,
) -> Option<LabelPlace> {
    let (middle, y) = match caption.host {
        Host::Port { post, gutter, side } => {
            let room = plan.entry_room(gutter, post) + 3;
            let left = super::cell::at(&ways.spans.gutter_left, gutter);
            let x = match side {
                Side::Left => left + room + caption.width / 2,
                Side::Right => {
                    let right = left + super::cell::at(&ways.spans.gutter_width, gutter);
                    right - room - caption.width / 2
                }
            };
            (x, ways.y(post))
        }
        Host::Lane(post) => {
            let Some(Kind::Lane(container, column)) = ways.chains.post(post).map(|post| post.kind)
            else {
                return None;
            };
            let gutter = ways.chains.gutter(container, column);
            let width = super::cell::at(&ways.spans.column_width, gutter);
            if width < caption.width {
                return None;
            }
            let left = super::cell::at(&ways.spans.gutter_left, gutter)
                + super::cell::at(&ways.spans.gutter_width, gutter);
            (left + width / 2, ways.y(post))
        }
    };
    let rect = Rect::new(
        middle - caption.width / 2,
        y - PILL_HEIGHT / 2,
        caption.width,
        PILL_HEIGHT,
    );
    Some(LabelPlace {
        rect,
        text: TextPlace {
            text: caption.text.clone(),
            at: Point {
                x: rect.x + PILL_PADDING,
                y: rect.y + 12,
            },
            anchor: Anchor::Start,
            cut: caption.cut,
        },
    })
}

/// Where the number of a hop stands: before the arrow, else in the middle of the longest piece.
pub(super) fn marker(points: &[Point], labels: &[Rect]) -> Point {
    let pieces = || points.iter().zip(points.iter().skip(1));
    if let Some((before, tip)) = pieces().next_back()
        && (tip.x - before.x).abs() >= MARKER_BACK + 9
    {
        let back = MARKER_BACK * (tip.x - before.x).signum();
        let spot = Point {
            x: tip.x - back,
            y: tip.y,
        };
        let around = Rect::new(spot.x - 9, spot.y - 9, 18, 18);
        if !labels.iter().any(|label| label.overlaps(around)) {
            return spot;
        }
    }
    let length =
        |(one, other): &(&Point, &Point)| (one.x - other.x).abs() + (one.y - other.y).abs();
    let longest = pieces().max_by_key(length);
    longest.map_or_else(
        || points.first().copied().unwrap_or_default(),
        |(one, other)| Point {
            x: i32::midpoint(one.x, other.x),
            y: i32::midpoint(one.y, other.y),
        },
    )
}
