//! The finished layout: rectangles and texts from widths and heights.

use super::arrangement::Arrangement;
use super::cell::at;
use super::model::Model;
use super::size::{
    self, BADGE_LINE, BOX_PADDING, DETAIL_LINE, ICON, ICON_GAP, PADDING, PILL_HEIGHT, PILL_PADDING,
    TITLE_LINE,
};
use crate::diagram::layout::{
    Anchor, BadgePlace, BoxPlace, ContainerPlace, Point, Rect, TextPlace, ZonePlace,
};
use crate::diagram::scene::{Container, Scene, SceneBox, Zone};
use crate::diagram::text::Font;

/// From the top of the picture to its zones.
pub(super) const ZONE_TOP: i32 = 12;
/// From the top of the picture to its columns.
pub(super) const COLUMNS_TOP: i32 = 52;
/// Between the lowest column and the lower border of the zones.
pub(super) const ZONE_PADDING: i32 = 14;
/// The width of the band's heading.
pub(super) const BAND_HEADING: i32 = 104;

/// Places of boxes and containers in the picture.
pub(super) struct Composer<'a> {
    /// The scene.
    pub(super) scene: &'a Scene,
    /// The items.
    pub(super) model: &'a Model,
    /// Their order.
    pub(super) order: &'a Arrangement,
    /// Their rectangles.
    pub(super) rects: &'a [Rect],
    /// The heights of headers.
    pub(super) headers: &'a [i32],
}

fn text((text, cut): (String, bool), x: i32, y: i32, anchor: Anchor) -> TextPlace {
    TextPlace {
        text,
        at: Point { x, y },
        anchor,
        cut,
    }
}

impl Composer<'_> {
    /// The boxes, in the scene's order.
    pub(super) fn boxes(&self) -> Vec<BoxPlace> {
        let boxes = self.scene.boxes.iter().enumerate();
        boxes
            .map(|(place, one)| self.scene_box(place, one))
            .collect()
    }

    fn scene_box(&self, place: usize, one: &SceneBox) -> BoxPlace {
        let rect = at(self.rects, place);
        let upright = size::is_upright(one, self.model, place);
        let has_note = !one.note.is_empty();
        let middle = rect.y + rect.height / 2;
        let corner = |x: i32| Point { x, y: rect.y };
        let (icon, x, anchor, title_y, room) = if upright {
            let x = rect.x + rect.width / 2;
            let above = if has_note { 26 } else { 20 };
            let icon = Rect::new(x - ICON / 2, middle - above, ICON, ICON);
            let title_y = icon.bottom() + 16;
            (icon, x, Anchor::Middle, title_y, rect.width - BOX_PADDING)
        } else {
            let icon = Rect::new(rect.x + BOX_PADDING, middle - ICON / 2, ICON, ICON);
            let x = icon.right() + ICON_GAP;
            let title_y = if has_note { middle - 4 } else { middle + 4 };
            (
                icon,
                x,
                Anchor::Start,
                title_y,
                rect.right() - BOX_PADDING - x,
            )
        };
        BoxPlace {
            scene_box: place,
            rect,
            icon,
            title: text(Font::TITLE.fit_name(&one.title, room), x, title_y, anchor),
            note: has_note.then(|| text(Font::NOTE.fit(&one.note, room), x, title_y + 15, anchor)),
            mark: one.mark.map(|_| corner(rect.right() - 1)),
            change: one.change.map(|_| corner(rect.x + 1)),
        }
    }

    /// The frames, outer ones first.
    pub(super) fn containers(&self) -> Vec<ContainerPlace> {
        let outer_first = self.model.inner_first.iter().rev();
        outer_first
            .filter_map(|item| {
                let place = item - self.model.boxes;
                Some(self.container(*item, place, self.scene.containers.get(place)?))
            })
            .collect()
    }

    fn container(&self, item: usize, place: usize, one: &Container) -> ContainerPlace {
        let rect = at(self.rects, item);
        let height = at(self.headers, item);
        let header = size::header(one, rect.width);
        let (left, right) = (rect.x + PADDING, rect.right() - PADDING);
        let mark = one.mark.map(|_| Point {
            x: right - 8,
            y: rect.y + PADDING + 7,
        });
        let end = if mark.is_some() { right - 20 } else { right };
        // The header's height was settled for the least width: what stands beside the title there
        // does so here.
        let beside = header.prefix_beside;
        let prefix_width = if beside {
            Font::DETAIL.width_px(&one.prefix) + 10
        } else {
            0
        };
        let mut y = rect.y + PADDING + 11;
        let title = text(
            Font::TITLE.fit_name(&one.title, end - prefix_width - left),
            left,
            y,
            Anchor::Start,
        );
        let mut line = |content: &str| {
            y += DETAIL_LINE;
            text(
                Font::DETAIL.fit(content, right - left),
                left,
                y,
                Anchor::Start,
            )
        };
        let prefix = if one.prefix.is_empty() {
            None
        } else if beside {
            Some(text(
                (crate::diagram::text::plain(&one.prefix), false),
                end,
                rect.y + PADDING + 11,
                Anchor::End,
            ))
        } else {
            Some(line(&one.prefix))
        };
        let subtitle = (!one.subtitle.is_empty()).then(|| line(&one.subtitle));
        ContainerPlace {
            container: place,
            rect,
            header: Rect::new(rect.x, rect.y, rect.width, height.min(rect.height)),
            depth: at(&self.model.depth, item),
            title,
            prefix,
            subtitle,
            badges: badges(one, left, y - 11 + TITLE_LINE, right - left),
            mark,
            change: one.change.map(|_| Point {
                x: rect.x + 1,
                y: rect.y,
            }),
        }
    }

    /// The panels of the columns; `right` and `bottom` end the last column and all of them.
    pub(super) fn zones(&self, bottom: i32) -> Vec<ZonePlace> {
        let mut places: Vec<ZonePlace> = Vec::new();
        let columns = self
            .order
            .columns(self.model.root)
            .iter()
            .zip(&self.order.zones);
        for (column, zone) in columns {
            let rects = || column.iter().map(|item| at(self.rects, *item));
            let left = rects().map(|rect| rect.x).min().unwrap_or(0) - ZONE_PADDING + 2;
            let right = rects().map(Rect::right).max().unwrap_or(0) + ZONE_PADDING - 2;
            let known = places.iter().position(|place| place.zone == *zone);
            if let Some(place) = known.and_then(|known| places.get_mut(known)) {
                place.rect.width = place.rect.width.max(right - place.rect.x);
                continue;
            }
            places.push(ZonePlace {
                zone: *zone,
                rect: Rect::new(left, ZONE_TOP, right - left, bottom - ZONE_TOP),
                heading: Vec::new(),
            });
        }
        for place in &mut places {
            self.head(place);
        }
        places
    }

    /// Writes a column's heading, centred, and makes the panel wide enough for it.
    fn head(&self, place: &mut ZonePlace) {
        let least = size::least_heading(self.scene, place.zone) + 8;
        let missing = (least - place.rect.width).max(0);
        place.rect.x -= missing / 2;
        place.rect.width += missing;
        let lines = size::heading(self.scene, place.zone, place.rect.width - 8);
        let first = ZONE_TOP + if lines.len() > 1 { 17 } else { 23 };
        let x = place.rect.x + place.rect.width / 2;
        for (row, line) in lines.into_iter().enumerate() {
            let y = first + 13 * super::cell::px(row);
            let line = Font::HEADING.fit(&line, place.rect.width - 8);
            place.heading.push(text(line, x, y, Anchor::Middle));
        }
    }

    /// The band's panel, its heading left of its boxes.
    pub(super) fn band(&self, rect: Rect) -> ZonePlace {
        let lines = size::heading(self.scene, Zone::Band, BAND_HEADING - 20);
        let x = rect.x + ZONE_PADDING;
        let first = rect.y + rect.height / 2 + if lines.len() > 1 { -3 } else { 4 };
        let heading = lines.iter().enumerate().map(|(row, line)| {
            let y = first + 13 * super::cell::px(row);
            text(
                Font::HEADING.fit(line, BAND_HEADING - 20),
                x,
                y,
                Anchor::Start,
            )
        });
        ZonePlace {
            zone: Zone::Band,
            rect,
            heading: heading.collect(),
        }
    }
}

/// The pills of a header that stand in its first two rows, from `top` down.
fn badges(one: &Container, left: i32, top: i32, room: i32) -> Vec<BadgePlace> {
    let rows = size::badge_rows(one, room)
        .into_iter()
        .zip(&one.badges)
        .enumerate();
    rows.filter(|(_, ((row, _, _), _))| *row < 2)
        .map(|(place, ((row, x, width), badge))| {
            let rect = Rect::new(left + x, top + row * BADGE_LINE, width, PILL_HEIGHT);
            BadgePlace {
                badge: place,
                rect,
                text: text(
                    Font::PILL.fit(&badge.text, width - 2 * PILL_PADDING),
                    rect.x + PILL_PADDING,
                    rect.y + 12,
                    Anchor::Start,
                ),
            }
        })
        .collect()
}
