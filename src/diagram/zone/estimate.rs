//! Where everything would stand if lines needed no room: what the order is judged by.

use super::align::{Stacks, Tie};
use super::arrangement::Arrangement;
use super::cell::{add, at, put};
use super::model::Model;
use super::size::{self, GAP, PADDING, Sizes};
use super::wrap::row_heights;
use crate::diagram::scene::Scene;

/// Between two columns of a container where no line runs.
pub(super) const CLEAR_GUTTER: i32 = 14;
/// Between two columns of the picture without lines.
const OUTER_GUTTER: i32 = 44;

/// How much wider a gutter gets that this many lines pass: many pass straight or share a track.
pub(super) fn tracks_width(lines: i32) -> i32 {
    (lines * 5 / 2).min(super::horizontal::MOST_TRACKS_WIDTH)
}

/// The least frames of containers, and where their children stand in them.
#[derive(Debug)]
pub(super) struct Frames {
    /// The width of each item.
    pub(super) width: Vec<i32>,
    /// The height of each item.
    pub(super) height: Vec<i32>,
    /// From the left border of the container.
    pub(super) x: Vec<i32>,
    /// From the top border of the container.
    pub(super) y: Vec<i32>,
}

/// The height of each container's header, at the least width of its frame.
pub(super) fn headers(
    scene: &Scene,
    model: &Model,
    sizes: &Sizes,
    order: &Arrangement,
) -> Vec<i32> {
    let mut headers = vec![0; model.root + 2];
    let mut width = sizes.width.clone();
    for item in &model.inner_first {
        let widest = |column: &Vec<usize>| column.iter().map(|child| at(&width, *child)).max();
        let columns = order.columns(*item);
        let inside: i32 = columns.iter().filter_map(widest).sum();
        let gutters = CLEAR_GUTTER * super::cell::px(columns.len().saturating_sub(1));
        let whole = (inside + gutters + 2 * PADDING).max(at(&width, *item));
        put(&mut width, *item, whole);
        if let Some(one) = scene.containers.get(item - model.boxes) {
            put(&mut headers, *item, size::header(one, whole).height);
        }
    }
    headers
}

impl Frames {
    /// The frames of everything in `order`.
    pub(super) fn new(model: &Model, sizes: &Sizes, headers: &[i32], order: &Arrangement) -> Self {
        let mut frames = Self {
            width: sizes.width.clone(),
            height: sizes.height.clone(),
            x: vec![0; model.root + 2],
            y: vec![0; model.root + 2],
        };
        for item in &model.inner_first {
            frames.fill(*item, model.is_grid(*item), at(headers, *item), order);
        }
        frames
    }

    fn fill(&mut self, item: usize, grid: bool, header: i32, order: &Arrangement) {
        let columns = order.columns(item);
        let rows = if grid {
            row_heights(columns, |child| at(&self.height, child))
        } else {
            Vec::new()
        };
        let (mut x, mut bottom) = (PADDING, header);
        for column in columns {
            let mut y = header;
            let mut widest = 0;
            for (place, child) in column.iter().enumerate() {
                put(&mut self.x, *child, x);
                put(&mut self.y, *child, y);
                widest = widest.max(at(&self.width, *child));
                y += rows.get(place).copied().unwrap_or(at(&self.height, *child)) + GAP;
            }
            x += widest + CLEAR_GUTTER;
            bottom = bottom.max(y - GAP);
        }
        put(&mut self.height, item, bottom + PADDING);
        let wide = (x - CLEAR_GUTTER + PADDING).max(at(&self.width, item));
        put(&mut self.width, item, wide);
    }
}

/// The middles of all items.
#[derive(Clone, Debug, Default)]
pub(super) struct Middles {
    /// From the left.
    pub(super) x: Vec<f32>,
    /// From the top.
    pub(super) y: Vec<f32>,
}

/// The middles of all items in `order`; `tops` are the tops of the items in the root to start from.
///
/// Returns the tops too, for the next estimate.
pub(super) fn middles(
    model: &Model,
    frames: &Frames,
    order: &Arrangement,
    tops: Option<Vec<i32>>,
    sweeps: usize,
) -> (Middles, Vec<i32>) {
    let tops = stacks(model, frames, order).align(tops, sweeps);
    let mut x = frames.x.clone();
    let mut y = frames.y.clone();
    let mut left = 0;
    let lines = lines_in_gutters(model, order);
    for (place, column) in order.columns(model.root).iter().enumerate() {
        let widest = column
            .iter()
            .map(|item| at(&frames.width, *item))
            .max()
            .unwrap_or(0);
        for item in column {
            put(&mut x, *item, left);
            put(&mut y, *item, at(&tops, *item));
        }
        left += widest + OUTER_GUTTER + tracks_width(at(&lines, place + 1));
    }
    let below = tops.iter().copied().max().unwrap_or(0) + 400;
    for (place, column) in order.columns(model.band).iter().enumerate() {
        for (row, item) in column.iter().enumerate() {
            put(&mut x, *item, super::cell::px(place) * 180);
            put(&mut y, *item, below + super::cell::px(row) * 60);
        }
    }
    // Outer containers first: what is in them moves with them.
    for outer in model.inner_first.iter().rev() {
        for child in model.children(*outer) {
            let (outer_x, outer_y) = (at(&x, *outer), at(&y, *outer));
            add(&mut x, *child, outer_x);
            add(&mut y, *child, outer_y);
        }
    }
    let middle = |start: &[i32], length: &[i32]| {
        #[expect(
            clippy::cast_precision_loss,
            reason = "a picture is smaller than 2^24 pixels"
        )]
        let half = |(start, length): (&i32, &i32)| (2 * start + length) as f32 / 2.0;
        start.iter().zip(length).map(half).collect()
    };
    let middles = Middles {
        x: middle(&x, &frames.width),
        y: middle(&y, &frames.height),
    };
    (middles, tops)
}

/// For each gutter of the picture how many links pass it.
fn lines_in_gutters(model: &Model, order: &Arrangement) -> Vec<i32> {
    let mut lines = vec![0; order.columns(model.root).len() + 1];
    for link in &model.links {
        let column = |item: usize| order.column(model.top(item));
        let (from, to) = (column(link.from), column(link.to));
        for gutter in from.min(to) + 1..=from.max(to) {
            add(&mut lines, gutter, 1);
        }
    }
    lines
}

/// The columns of the root with a tie for every edge between two of them.
fn stacks(model: &Model, frames: &Frames, order: &Arrangement) -> Stacks {
    let mut inside = vec![0; model.root + 2];
    for outer in model.inner_first.iter().rev() {
        for child in model.children(*outer) {
            let level = at(&inside, *outer) + at(&frames.y, *child);
            put(&mut inside, *child, level);
        }
    }
    let mut stacks = Stacks {
        columns: order.columns(model.root).to_vec(),
        height: frames.height.clone(),
        gap: vec![GAP; model.root + 2],
        ties: Vec::new(),
    };
    for link in &model.links {
        let (from, to) = (model.top(link.from), model.top(link.to));
        let both_in_root = model.parent(from) == model.root && model.parent(to) == model.root;
        if from != to && both_in_root && order.column(from) != order.column(to) {
            let level = |item: usize| at(&inside, item) + at(&frames.height, item) / 2;
            stacks.ties.push(Tie {
                one: from,
                other: to,
                offset: level(link.to) - level(link.from),
                weight: 1,
            });
        }
    }
    stacks
}
