//! How large boxes and headers are, from their texts; the fixed measures of the picture.

use super::cell::{at, put, px};
use super::model::Model;
use crate::diagram::scene::{Container, ContainerKind, Scene, SceneBox, Zone};
use crate::diagram::text::Font;

/// The height of a box with one or two lines.
pub(super) const BOX_HEIGHT: i32 = 46;
/// The height of a box docked on a border.
pub(super) const DOCKED_HEIGHT: i32 = 34;
/// The least height of a box with its icon above its title.
pub(super) const UPRIGHT_HEIGHT: i32 = 64;
/// The side of an icon.
pub(super) const ICON: i32 = 20;
/// Between the border of a box and what is in it.
pub(super) const BOX_PADDING: i32 = 10;
/// Between an icon and the text right of it.
pub(super) const ICON_GAP: i32 = 8;
/// The widest text of a box before it is cut.
const TEXT_CAP: i32 = 132;
/// The least width of a box.
const BOX_LEAST: i32 = 104;
/// Between the border of a container and what is in it.
pub(super) const PADDING: i32 = 12;
/// Between two things in a column.
pub(super) const GAP: i32 = 14;
/// The first line of a header.
pub(super) const TITLE_LINE: i32 = 18;
/// A further line of a header.
pub(super) const DETAIL_LINE: i32 = 16;
/// A row of badges.
pub(super) const BADGE_LINE: i32 = 22;
/// The height of a badge and of a label.
pub(super) const PILL_HEIGHT: i32 = 16;
/// Between the text of a pill and its ends.
pub(super) const PILL_PADDING: i32 = 6;
/// The widest title of a container before it is cut.
const CONTAINER_TITLE_CAP: i32 = 190;

/// The least sizes of all items, in pixels.
#[derive(Debug, Default)]
pub(super) struct Sizes {
    /// The width of each box; the least width of each container's header.
    pub(super) width: Vec<i32>,
    /// The height of each box; 0 for containers.
    pub(super) height: Vec<i32>,
}

impl Sizes {
    /// The sizes that the texts of `scene` ask for.
    pub(super) fn new(scene: &Scene, model: &Model) -> Self {
        let mut sizes = Self {
            width: vec![0; model.root + 2],
            height: vec![0; model.root + 2],
        };
        for (item, one) in scene.boxes.iter().enumerate() {
            let (width, height) = box_size(one, is_upright(one, model, item));
            put(&mut sizes.width, item, width);
            put(&mut sizes.height, item, height);
        }
        for (place, one) in scene.containers.iter().enumerate() {
            put(
                &mut sizes.width,
                model.boxes + place,
                least_header_width(one),
            );
        }
        sizes
    }

    /// The width of an item.
    pub(super) fn width(&self, item: usize) -> i32 {
        at(&self.width, item)
    }

    /// The height of a box.
    pub(super) fn height(&self, item: usize) -> i32 {
        at(&self.height, item)
    }
}

/// Whether a box has its icon above its title, as the internet has.
pub(super) fn is_upright(one: &SceneBox, model: &Model, item: usize) -> bool {
    at(&model.zone, item) == Zone::Outside
        && model.is_root(model.parent(item))
        && Font::TITLE.width_px(&one.title) <= 84
        && Font::NOTE.width_px(&one.note) <= 84
}

fn box_size(one: &SceneBox, upright: bool) -> (i32, i32) {
    let text = Font::TITLE
        .width_px(&one.title)
        .max(Font::NOTE.width_px(&one.note));
    if upright {
        let note = if one.note.is_empty() { 0 } else { 14 };
        return (
            (text + 2 * BOX_PADDING).max(UPRIGHT_HEIGHT),
            UPRIGHT_HEIGHT + note,
        );
    }
    let width = 2 * BOX_PADDING + ICON + ICON_GAP + text.min(TEXT_CAP);
    let height = if one.docked && one.note.is_empty() {
        DOCKED_HEIGHT
    } else {
        BOX_HEIGHT
    };
    (width.max(BOX_LEAST), height)
}

/// The width of a badge's pill.
pub(super) fn pill_width(text: &str) -> i32 {
    Font::PILL.width_px(text) + 2 * PILL_PADDING
}

fn least_header_width(one: &Container) -> i32 {
    let badge = one.badges.iter().map(|badge| pill_width(&badge.text)).max();
    let mark = if one.mark.is_some() { 20 } else { 0 };
    let title = Font::TITLE.width_px(&one.title).min(CONTAINER_TITLE_CAP) + mark;
    let prefix = Font::DETAIL.width_px(&one.prefix);
    let subtitle = Font::DETAIL
        .width_px(&one.subtitle)
        .min(CONTAINER_TITLE_CAP);
    let text = title.max(prefix).max(subtitle).max(badge.unwrap_or(0));
    text.min(CONTAINER_TITLE_CAP + mark).max(80) + 2 * PADDING
}

/// How a header's lines fall at some width.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Header {
    /// Whether the prefix stands at the right end of the first line.
    pub(super) prefix_beside: bool,
    /// How many rows of badges there are, at most 2.
    pub(super) badge_rows: i32,
    /// From the top of the frame to the first thing in it.
    pub(super) height: i32,
}

/// How the header of `one` falls in a frame of `width`.
pub(super) fn header(one: &Container, width: i32) -> Header {
    let room = width - 2 * PADDING;
    let mark = if one.mark.is_some() { 20 } else { 0 };
    let title = Font::TITLE.width_px(&one.title) + mark;
    let prefix = Font::DETAIL.width_px(&one.prefix);
    let network = one.kind != ContainerKind::Subnet && one.kind != ContainerKind::Group;
    let prefix_beside = !one.prefix.is_empty() && !network && title + 12 + prefix <= room;
    let rows = badge_rows(one, room)
        .last()
        .map_or(0, |(row, _, _)| row + 1)
        .min(2);
    let mut height = PADDING + TITLE_LINE + rows * BADGE_LINE;
    if !one.prefix.is_empty() && !prefix_beside {
        height += DETAIL_LINE;
    }
    if !one.subtitle.is_empty() {
        height += DETAIL_LINE;
    }
    Header {
        prefix_beside,
        badge_rows: rows,
        height: height + 6,
    }
}

/// The row, the left end and the width of each badge, from the left end of the header's text.
pub(super) fn badge_rows(one: &Container, room: i32) -> Vec<(i32, i32, i32)> {
    let mut places = Vec::new();
    let (mut row, mut x) = (0, 0);
    for badge in &one.badges {
        let width = pill_width(&badge.text).min(room);
        if x > 0 && x + width > room {
            row += 1;
            x = 0;
        }
        places.push((row, x, width));
        x += width + 6;
    }
    places
}

/// The height of things on top of each other, with the gaps between them.
pub(super) fn stacked(heights: impl Iterator<Item = i32>) -> i32 {
    let (mut total, mut count) = (0, 0);
    for height in heights {
        total += height;
        count += 1;
    }
    total + GAP * px(usize::try_from(count - 1).unwrap_or(0))
}

/// The lines of a zone's heading, at most two, in capitals.
pub(super) fn heading(scene: &Scene, zone: Zone, room: i32) -> Vec<String> {
    let text = scene
        .headings
        .get(&zone)
        .map_or(zone.title(), String::as_str);
    let text = crate::diagram::text::plain(text).to_uppercase();
    if Font::HEADING.width_px(&text) <= room {
        return vec![text];
    }
    let mut lines = vec![String::new()];
    for word in text.split(' ') {
        let count = lines.len();
        let Some(line) = lines.last_mut() else { break };
        let longer = if line.is_empty() {
            word.to_owned()
        } else {
            format!("{line} {word}")
        };
        if count < 2 && !line.is_empty() && Font::HEADING.width_px(&longer) > room {
            lines.push(word.to_owned());
        } else {
            *line = longer;
        }
    }
    lines
}

/// The least width of a column for its zone's heading: its longest word, or half of it.
pub(super) fn least_heading(scene: &Scene, zone: Zone) -> i32 {
    let text = scene
        .headings
        .get(&zone)
        .map_or(zone.title(), String::as_str);
    let text = crate::diagram::text::plain(text).to_uppercase();
    let longest = text
        .split(' ')
        .map(|word| Font::HEADING.width_px(word))
        .max()
        .unwrap_or(0);
    longest.max(Font::HEADING.width_px(&text) / 2 + 12).min(130)
}
