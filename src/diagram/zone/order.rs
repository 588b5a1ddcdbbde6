//! Orders that make lines short and let few of them cross.

use super::arrangement::Arrangement;
use super::board::Board;
use super::cell::{add, at};
use super::estimate::{self, Frames, Middles};
use super::model::Model;
use super::size::Sizes;

/// What an order is judged by.
#[derive(Clone, Copy, Debug)]
pub(super) struct Ground<'a> {
    /// The items.
    pub(super) model: &'a Model,
    /// Their sizes.
    pub(super) sizes: &'a Sizes,
    /// The heights of headers.
    pub(super) headers: &'a [i32],
}

impl Ground<'_> {
    /// The middles of all items in `order`.
    fn middles(&self, order: &Arrangement) -> Middles {
        let frames = Frames::new(self.model, self.sizes, self.headers, order);
        estimate::middles(self.model, &frames, order, None, SWEEPS).0
    }
}

/// Times that estimated heights follow their neighbours.
const SWEEPS: usize = 2;
/// Times that columns are sorted by where lines go.
const SORTS: usize = 2;
/// Times that heights are estimated anew while lines get shorter.
const SHORTENINGS: usize = 3;
/// Pairs of lines that may be compared to find crossings: this many for each item, and never fewer
/// than [`LEAST_COMPARISONS`]. Bounds the time of large pictures.
const COMPARISONS: usize = 3_000;
const LEAST_COMPARISONS: i64 = 600_000;
/// How much longer lines may get for fewer crossings, in pixels for each exchange.
const LONGER: f32 = 30.0;

/// Improves `order` in place.
pub(super) fn improve(ground: Ground<'_>, order: &mut Arrangement) {
    let model = ground.model;
    let below = below(model);
    let items: Vec<usize> = (model.boxes..model.root).chain(0..model.boxes).collect();
    for _ in 0..SORTS {
        let middles = ground.middles(order);
        reorder(model, order, &barycentres(model, &middles));
    }
    for _ in 0..SHORTENINGS {
        let middles = ground.middles(order);
        let mut board = Board::new(model, &below, middles, order);
        if board.shorten(&items) == 0 || board.shorten(&items) == 0 {
            break;
        }
    }
    untangle(ground, &below, &items, order);
}

/// Exchanges things until no exchange makes fewer lines cross, or the time for it is used up.
///
/// Every exchange moves what stands below it, so heights are estimated anew after each pass, and
/// the best order seen wins.
fn untangle(ground: Ground<'_>, below: &[Vec<usize>], items: &[usize], order: &mut Arrangement) {
    let model = ground.model;
    let count = |number: usize| i64::try_from(number).unwrap_or(i64::MAX);
    let mut left = count(model.root.saturating_mul(COMPARISONS)).max(LEAST_COMPARISONS);
    let pass = count(model.links.len().saturating_mul(model.links.len()));
    let mut best = (i32::MAX, order.clone());
    loop {
        let middles = ground.middles(order);
        let mut board = Board::new(model, below, middles, order);
        let crossings = board.crossings();
        if crossings < best.0 {
            best = (crossings, board.order().clone());
        }
        left -= pass;
        if left <= 0 || board.untangle(items, LONGER, &mut left) == 0 {
            break;
        }
    }
    *order = best.1;
}

/// What is inside each item, itself included.
fn below(model: &Model) -> Vec<Vec<usize>> {
    let mut below = vec![Vec::new(); model.root + 2];
    for item in 0..model.root {
        let mut outer = item;
        while !model.is_root(outer) {
            super::cell::push(&mut below, outer, item);
            outer = model.parent(outer);
        }
    }
    below
}

/// The mean height of the neighbours of each item, its own height where it has none.
fn barycentres(model: &Model, middles: &Middles) -> Vec<f32> {
    let mut sum = vec![0.0; model.root + 2];
    let mut count = vec![0.0f32; model.root + 2];
    for link in &model.links {
        for (here, there) in [(link.from, link.to), (link.to, link.from)] {
            let mut item = here;
            while !model.is_root(item) && !model.contains(item, there) {
                add(&mut sum, item, at(&middles.y, there));
                add(&mut count, item, 1.0);
                item = model.parent(item);
            }
        }
    }
    let mean = |item| {
        if at(&count, item) > 0.0 {
            at(&sum, item) / at(&count, item)
        } else {
            at(&middles.y, item)
        }
    };
    (0..model.root + 2).map(mean).collect()
}

/// Sorts each column by `wish`; boxes in rows are sorted over all rows.
fn reorder(model: &Model, order: &mut Arrangement, wish: &[f32]) {
    let by_wish = |one: &usize, other: &usize| at(wish, *one).total_cmp(&at(wish, *other));
    for container in model.boxes..=model.root {
        let mut columns = order.columns(container).to_vec();
        if model.is_grid(container) {
            let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
            let cell = |row: usize| {
                let columns = &columns;
                (0..columns.len()).filter_map(move |column| columns.get(column)?.get(row).copied())
            };
            let mut sorted: Vec<usize> = (0..rows).flat_map(cell).collect();
            sorted.sort_by(by_wish);
            let mut sorted = sorted.into_iter();
            for row in 0..rows {
                for cell in columns.iter_mut().filter_map(|column| column.get_mut(row)) {
                    *cell = sorted.next().unwrap_or(*cell);
                }
            }
        } else {
            for column in &mut columns {
                column.sort_by(by_wish);
            }
        }
        order.set(container, columns);
    }
}
