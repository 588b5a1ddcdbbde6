//! How wide everything is and stands.

use super::arrangement::Arrangement;
use super::caption::{Caption, Host};
use super::cell::{add, at, put, px, raise};
use super::chain::{Chains, Kind, Side};
use super::compose::BAND_HEADING;
use super::estimate::CLEAR_GUTTER;
use super::model::Model;
use super::size::{PADDING, Sizes};
use crate::diagram::scene::Scene;

/// Between two tracks of a gutter.
const PITCH: i32 = 8;
/// Tracks move closer to each other where they would take more than this.
pub(super) const MOST_TRACKS_WIDTH: i32 = 420;
/// The least distance of two tracks.
const LEAST_PITCH: i32 = 3;
/// The distance of the tracks of a gutter that has `tracks` of them.
pub(super) fn pitch(tracks: i32) -> i32 {
    (MOST_TRACKS_WIDTH / tracks.max(1)).clamp(LEAST_PITCH, PITCH)
}

/// Between a column and the first track.
const CLEARANCE: i32 = 12;
/// For an arrow and the number of a hop between the last track and a column of the picture.
const ENTRY: i32 = 30;
/// For an arrow in a container.
const INNER_ENTRY: i32 = 16;
/// Between two zones without lines.
const ZONE_GUTTER: i32 = 44;
/// Between two columns of one zone without lines.
const COLUMN_GUTTER: i32 = 28;
/// Left and right of all columns.
pub(super) const MARGIN: i32 = 24;
/// Boxes are widened to their column up to this width.
const BOX_CAP: i32 = 190;

/// Widths, in pixels.
#[derive(Clone, Debug, Default)]
pub(super) struct Spans {
    /// The width of each item.
    pub(super) width: Vec<i32>,
    /// The left border of each item.
    pub(super) left: Vec<i32>,
    /// The left end of each gutter.
    pub(super) gutter_left: Vec<i32>,
    /// The width of each gutter.
    pub(super) gutter_width: Vec<i32>,
    /// From the left end of each gutter to its first track.
    pub(super) first_track: Vec<i32>,
    /// The width of each column, by the gutter left of it.
    pub(super) column_width: Vec<i32>,
    /// The width of all columns of the picture with their gutters.
    pub(super) whole: i32,
}

/// What widths follow from.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    /// The scene.
    pub(super) scene: &'a Scene,
    /// The items.
    pub(super) model: &'a Model,
    /// Their least sizes.
    pub(super) sizes: &'a Sizes,
    /// Their order.
    pub(super) order: &'a Arrangement,
    /// The ways of lines.
    pub(super) chains: &'a Chains,
    /// The texts on lines.
    pub(super) captions: &'a [Caption],
    /// How many tracks each gutter has.
    pub(super) tracks: &'a [i32],
}

impl Plan<'_> {
    /// The widths of everything: containers from the inside to the outside, then places from the
    /// outside to the inside.
    pub(super) fn spans(self) -> Spans {
        let mut spans = Spans {
            width: self.sizes.width.clone(),
            left: vec![0; self.model.root + 2],
            gutter_left: vec![0; self.chains.gutters],
            gutter_width: vec![0; self.chains.gutters],
            first_track: vec![0; self.chains.gutters],
            column_width: vec![0; self.chains.gutters],
            whole: 0,
        };
        self.size_gutters(&mut spans);
        for item in &self.model.inner_first {
            let inside = self.measure_columns(*item, &mut spans);
            raise(&mut spans.width, *item, inside);
        }
        for root in [self.model.root, self.model.band] {
            let whole = self.measure_columns(root, &mut spans);
            put(&mut spans.width, root, whole);
        }
        let band = at(&spans.width, self.model.band) + BAND_HEADING;
        spans.whole = at(&spans.width, self.model.root).max(band);
        put(&mut spans.left, self.model.band, BAND_HEADING);
        for root in [self.model.root, self.model.band] {
            self.place(root, &mut spans);
        }
        for item in self.model.inner_first.iter().rev() {
            self.place(*item, &mut spans);
        }
        spans
    }

    /// The room on both sides of the tracks, and the width of each gutter.
    fn size_gutters(self, spans: &mut Spans) {
        let mut left = vec![0; self.chains.gutters];
        let mut right = vec![0; self.chains.gutters];
        for legs in &self.chains.legs {
            if let Some(leg) = legs.last() {
                let room = self.entry_room(leg.gutter, leg.to.0);
                let side = if leg.to.1 == Side::Left {
                    &mut left
                } else {
                    &mut right
                };
                raise(side, leg.gutter, room);
            }
        }
        for caption in self.captions {
            if let Host::Port { post, gutter, side } = caption.host {
                let room = self.entry_room(gutter, post) + caption.width + 6;
                let list = if side == Side::Left {
                    &mut left
                } else {
                    &mut right
                };
                raise(list, gutter, room);
            }
        }
        for container in self.model.boxes..self.model.root + 2 {
            let columns = self.order.columns(container).len();
            for column in 0..=columns {
                let gutter = self.chains.gutter(container, column);
                let tracks = at(self.tracks, gutter);
                let (left, right) = (at(&left, gutter), at(&right, gutter));
                let least = self.least_gutter(container, column);
                let (mut before, mut width) = (left.max(CLEARANCE), left + right);
                if tracks > 0 {
                    width = before + (tracks - 1) * pitch(tracks) + right.max(CLEARANCE);
                    // Spare room goes to both sides of the tracks, more of it to the left, since
                    // arrows mostly point right.
                    before += (least - width).max(0) / 2;
                }
                put(&mut spans.first_track, gutter, before);
                put(&mut spans.gutter_width, gutter, width.max(least));
            }
        }
    }

    /// What the end of a line needs beside a port: more in the picture's own gutters, where the
    /// number of a hop may stand.
    pub(super) fn entry_room(self, gutter: usize, post: usize) -> i32 {
        let Some(Kind::Port(item, _)) = self.chains.post(post).map(|post| post.kind) else {
            return 0;
        };
        let root_gutters = self.chains.gutter(self.model.root, 0);
        match (
            gutter >= root_gutters,
            self.model.is_root(self.model.parent(item)),
        ) {
            (true, true) => ENTRY,
            (true, false) => ENTRY - PADDING,
            (false, _) => INNER_ENTRY,
        }
    }

    fn least_gutter(self, container: usize, column: usize) -> i32 {
        let columns = self.order.columns(container).len();
        if container == self.model.root {
            if column == 0 || column == columns {
                return MARGIN;
            }
            let zone = |column: usize| self.order.zones.get(column);
            return if zone(column - 1) == zone(column) {
                COLUMN_GUTTER
            } else {
                ZONE_GUTTER
            };
        }
        if container == self.model.band {
            return if column == 0 || column == columns {
                MARGIN
            } else {
                COLUMN_GUTTER
            };
        }
        if column == 0 || column == columns {
            PADDING
        } else {
            CLEAR_GUTTER
        }
    }

    /// Sets the columns' widths and returns the width of all columns and gutters.
    fn measure_columns(self, container: usize, spans: &mut Spans) -> i32 {
        let columns = self.order.columns(container);
        let mut whole = at(
            &spans.gutter_width,
            self.chains.gutter(container, columns.len()),
        );
        for (place, column) in columns.iter().enumerate() {
            let gutter = self.chains.gutter(container, place);
            let widest = column
                .iter()
                .map(|item| at(&spans.width, *item))
                .max()
                .unwrap_or(0);
            let widest = widest.max(self.heading_width(container, place));
            put(&mut spans.column_width, gutter, widest);
            whole += at(&spans.gutter_width, gutter) + widest;
        }
        if columns.is_empty() {
            2 * PADDING
        } else {
            whole
        }
    }

    /// A zone's heading needs its width too, where the zone has one column.
    fn heading_width(self, container: usize, column: usize) -> i32 {
        if container != self.model.root {
            return 0;
        }
        let zone = self.order.zones.get(column);
        let alone = self
            .order
            .zones
            .iter()
            .filter(|other| Some(*other) == zone)
            .count()
            == 1;
        match zone {
            Some(zone) if alone => super::size::least_heading(self.scene, *zone),
            _ => 0,
        }
    }

    /// Places the columns of a container whose own place and width are known.
    fn place(self, container: usize, spans: &mut Spans) {
        let columns = self.order.columns(container);
        let all: i32 = (0..columns.len())
            .map(|place| self.chains.gutter(container, place))
            .map(|gutter| at(&spans.gutter_width, gutter) + at(&spans.column_width, gutter))
            .sum();
        let last = self.chains.gutter(container, columns.len());
        let spare = at(&spans.width, container) - all - at(&spans.gutter_width, last);
        let mut spare = if self.model.is_root(container) {
            0
        } else {
            spare.max(0)
        };
        let mut x = at(&spans.left, container);
        for (place, column) in columns.iter().enumerate() {
            let gutter = self.chains.gutter(container, place);
            let wider = self.share(
                container,
                spare,
                columns.len() - place,
                at(&spans.column_width, gutter),
            );
            spare -= wider;
            add(&mut spans.column_width, gutter, wider);
            put(&mut spans.gutter_left, gutter, x);
            x += at(&spans.gutter_width, gutter);
            self.place_column(column, x, at(&spans.column_width, gutter), spans);
            x += at(&spans.column_width, gutter);
        }
        put(&mut spans.gutter_left, last, x);
        add(&mut spans.gutter_width, last, spare);
        self.dock(container, spans);
    }

    /// How much wider a column gets, of what is left for `columns` columns.
    fn share(self, container: usize, spare: i32, columns: usize, width: i32) -> i32 {
        let even = spare / px(columns.max(1));
        if self.model.is_grid(container) {
            even.min((BOX_CAP - width).max(0))
        } else {
            even
        }
    }

    fn place_column(self, column: &[usize], x: i32, width: i32, spans: &mut Spans) {
        for item in column {
            let own = at(&spans.width, *item);
            let wide = if self.model.is_container(*item) {
                width
            } else {
                width.min(BOX_CAP).max(own)
            };
            put(&mut spans.width, *item, wide);
            // Small things stand in the middle of a wide column of the picture.
            let aside = if self.model.parent(*item) == self.model.root {
                (width - wide) / 2
            } else {
                0
            };
            put(&mut spans.left, *item, x + aside);
        }
    }

    /// Docked boxes of the last column reach to the right border of their container.
    fn dock(self, container: usize, spans: &mut Spans) {
        if self.model.is_root(container) {
            return;
        }
        let border = at(&spans.left, container) + at(&spans.width, container);
        for item in self.order.columns(container).last().into_iter().flatten() {
            if self.scene.boxes.get(*item).is_some_and(|one| one.docked) {
                let width = (border - at(&spans.left, *item)).min(BOX_CAP + PADDING);
                put(&mut spans.width, *item, width);
                put(&mut spans.left, *item, border - width);
            }
        }
    }
}
