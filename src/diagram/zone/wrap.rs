//! How many columns everything gets, so that the picture keeps a readable proportion.

use super::arrangement::Arrangement;
use super::cell::{at, put, px};
use super::estimate;
use super::model::Model;
use super::size::{self, GAP, PADDING, Sizes};
use crate::diagram::scene::{Scene, Zone};

/// Most columns of boxes in one container.
const MOST_BOX_COLUMNS: usize = 6;
/// Most columns of containers in one container.
const MOST_CONTAINER_COLUMNS: usize = 5;
/// Between two columns in a container, with room for a few lines.
const INNER_GUTTER: i32 = 30;
/// What a line takes of a column's height, on average: many share a lane, and some gaps were there.
const LANE_SHARE: i32 = 5;
/// Between two columns of the picture, without lines.
const OUTER_GUTTER: i32 = 46;

/// The columns of a container, by how many columns its boxes and its containers may have.
#[derive(Clone, Copy, Debug)]
struct Limit {
    boxes: usize,
    containers: usize,
}

/// An arrangement of the whole picture in the scene's order.
///
/// Tries every number of columns in containers with a range of heights, and keeps what can be drawn
/// largest in a window that is `aspect` wide where it is 100 high.
pub(super) fn wrap(scene: &Scene, model: &Model, sizes: &Sizes, aspect: i32) -> Arrangement {
    let packer = Packer {
        scene,
        model,
        sizes,
        traffic: traffic(model),
    };
    let mut best: Option<(i64, Limit, i32)> = None;
    for boxes in 1..=MOST_BOX_COLUMNS {
        for containers in 1..=MOST_CONTAINER_COLUMNS {
            let limit = Limit { boxes, containers };
            let shapes = packer.shapes(limit);
            for height in heights(&shapes, model) {
                let cost = packer.cost(&shapes, limit, height, aspect);
                if best.is_none_or(|(least, _, _)| cost < least) {
                    best = Some((cost, limit, height));
                }
            }
        }
    }
    let mut arrangement = Arrangement::new(model);
    if let Some((_, limit, height)) = best {
        packer.arrange(&mut arrangement, limit, height);
    }
    arrangement
}

/// Heights worth trying: a geometric row from the tallest thing to all things on each other.
fn heights(shapes: &[(i32, i32)], model: &Model) -> impl Iterator<Item = i32> + use<> {
    let tops = model.children(model.root);
    let tallest = tops
        .iter()
        .map(|item| at(shapes, *item).1)
        .max()
        .unwrap_or(0)
        .max(200);
    let all: i32 = tops
        .iter()
        .map(|item| at(shapes, *item).1 + GAP)
        .fold(0, i32::saturating_add);
    let next = move |height: &i32| Some(height + height / 8).filter(|height| *height < all * 2);
    std::iter::successors(Some(tallest), next).take(40)
}

struct Packer<'a> {
    scene: &'a Scene,
    model: &'a Model,
    sizes: &'a Sizes,
    /// The lines about each zone.
    traffic: [Traffic; 5],
}

impl Packer<'_> {
    /// The width and height of every item under `limit`.
    fn shapes(&self, limit: Limit) -> Vec<(i32, i32)> {
        let mut shapes = vec![(0, 0); self.model.root + 2];
        for item in 0..self.model.boxes {
            put(
                &mut shapes,
                item,
                (self.sizes.width(item), self.sizes.height(item)),
            );
        }
        for item in &self.model.inner_first {
            let columns = self.columns_of(*item, limit, &shapes);
            let shape = self.shape_of(*item, &columns, &shapes);
            put(&mut shapes, *item, shape);
        }
        shapes
    }

    fn shape_of(&self, item: usize, columns: &[Vec<usize>], shapes: &[(i32, i32)]) -> (i32, i32) {
        let widest = |column: &Vec<usize>| column.iter().map(|child| at(shapes, *child).0).max();
        let inside: i32 = columns.iter().filter_map(widest).sum::<i32>()
            + INNER_GUTTER * px(columns.len().saturating_sub(1));
        let width = (inside + 2 * PADDING).max(self.sizes.width(item));
        let header = (self.scene.containers.get(item - self.model.boxes))
            .map_or(0, |one| size::header(one, width).height);
        let content = if self.model.is_grid(item) {
            size::stacked(row_heights(columns, |child| at(shapes, child).1).into_iter())
        } else {
            let tall = |column: &Vec<usize>| {
                size::stacked(column.iter().map(|child| at(shapes, *child).1))
            };
            columns.iter().map(tall).max().unwrap_or(0)
        };
        (width, header + content + PADDING)
    }

    /// The columns of one container.
    fn columns_of(&self, item: usize, limit: Limit, shapes: &[(i32, i32)]) -> Vec<Vec<usize>> {
        let children = self.model.children(item);
        if self.model.is_grid(item) {
            return self.grid(children, limit.boxes);
        }
        let heights: Vec<i32> = children.iter().map(|child| at(shapes, *child).1).collect();
        split(children, &heights, limit.containers)
    }

    /// Boxes in rows of at most `most`; docked ones in a last column of their own.
    fn grid(&self, children: &[usize], most: usize) -> Vec<Vec<usize>> {
        let is_docked = |item: &usize| self.scene.boxes.get(*item).is_some_and(|one| one.docked);
        let (docked, free): (Vec<usize>, Vec<usize>) =
            children.iter().partition(|item| is_docked(item));
        if docked.is_empty() || free.is_empty() || most == 1 {
            let mut all = free;
            all.extend(docked);
            return rows(&all, most);
        }
        let rows_needed = docked.len().max(free.len().div_ceil(most - 1));
        let mut columns = rows(&free, free.len().div_ceil(rows_needed));
        columns.push(docked);
        columns
    }

    /// What the picture costs at `height`: the side of the window that it needs, with a surcharge
    /// for every column that was not necessary.
    fn cost(&self, shapes: &[(i32, i32)], limit: Limit, height: i32, aspect: i32) -> i64 {
        let (mut width, mut tallest, mut extra) = (OUTER_GUTTER, 0, 0);
        for (zone, traffic) in Zone::COLUMNS.into_iter().zip(self.traffic) {
            let items = self.items(zone);
            let tall: Vec<i32> = items.iter().map(|item| at(shapes, *item).1).collect();
            let columns = groups(&tall, height);
            let widest = items
                .iter()
                .map(|item| at(shapes, *item).0)
                .max()
                .unwrap_or(0);
            width += px(columns) * (widest + OUTER_GUTTER + traffic.width());
            let all = size::stacked(tall.iter().copied()) / px(columns.max(1));
            let lanes = traffic.height(columns);
            let highest = tall.iter().copied().max().unwrap_or(0);
            tallest = tallest.max(all.max(highest) + lanes);
            extra += columns.saturating_sub(1);
        }
        let side = (i64::from(width) * 100 / i64::from(aspect.max(1))).max(i64::from(tallest) + 60);
        let surcharge = 200 + 6 * (limit.boxes - 1) + 6 * (limit.containers - 1) + 2 * extra;
        side * i64::from(px(surcharge))
    }

    fn items(&self, zone: Zone) -> Vec<usize> {
        let tops = self.model.children(self.model.root).iter().copied();
        tops.filter(|item| at(&self.model.zone, *item) == zone)
            .collect()
    }

    fn arrange(&self, arrangement: &mut Arrangement, limit: Limit, height: i32) {
        let shapes = self.shapes(limit);
        for item in &self.model.inner_first {
            arrangement.set(*item, self.columns_of(*item, limit, &shapes));
        }
        let mut columns = Vec::new();
        for zone in Zone::COLUMNS {
            let items = self.items(zone);
            let tall: Vec<i32> = items.iter().map(|item| at(&shapes, *item).1).collect();
            for column in split(&items, &tall, groups(&tall, height)) {
                columns.push(column);
                arrangement.zones.push(zone);
            }
        }
        arrangement.set(self.model.root, columns);
        self.arrange_band(arrangement, &shapes);
    }

    /// The band: rows as wide as the columns above.
    fn arrange_band(&self, arrangement: &mut Arrangement, shapes: &[(i32, i32)]) {
        let items = self.model.children(self.model.band);
        let width_of = |column: &Vec<usize>| {
            column
                .iter()
                .map(|item| at(shapes, *item).0)
                .max()
                .unwrap_or(0)
                + OUTER_GUTTER
        };
        let above: i32 = arrangement
            .columns(self.model.root)
            .iter()
            .map(width_of)
            .sum();
        let widest = items
            .iter()
            .map(|item| at(shapes, *item).0)
            .max()
            .unwrap_or(0);
        let most = usize::try_from(above / (widest + OUTER_GUTTER))
            .unwrap_or(1)
            .max(4);
        arrangement.set(self.model.band, rows(items, most));
    }
}

/// How many lines there are about one zone.
#[derive(Clone, Copy, Debug, Default)]
struct Traffic {
    /// Lines that start or end in it.
    ends: i32,
    /// Lines that pass all its columns.
    passing: i32,
}

/// The lines about each zone.
fn traffic(model: &Model) -> [Traffic; 5] {
    let mut traffic = [Traffic::default(); 5];
    for link in &model.links {
        let zone = |item: usize| {
            let zone = at(&model.zone, item);
            Zone::COLUMNS.iter().position(|other| *other == zone)
        };
        let (Some(from), Some(to)) = (zone(link.from), zone(link.to)) else {
            continue;
        };
        for (place, lines) in traffic.iter_mut().enumerate() {
            if place == from || place == to {
                lines.ends += 1;
            } else if from.min(to) < place && place < from.max(to) {
                lines.passing += 1;
            }
        }
    }
    traffic
}

impl Traffic {
    /// How much wider the gutter beside a column of the zone gets.
    fn width(self) -> i32 {
        estimate::tracks_width(self.passing + self.ends / 2)
    }

    /// How much higher one of the zone's columns gets: lines pass between its things, and those
    /// that end in another column of the zone do too.
    fn height(self, columns: usize) -> i32 {
        let crossing = self.ends / 2 * (px(columns) - 1) / px(columns.max(1));
        (self.passing + crossing) * LANE_SHARE
    }
}

/// The height of each row of a grid.
pub(super) fn row_heights(columns: &[Vec<usize>], height: impl Fn(usize) -> i32) -> Vec<i32> {
    let rows = columns.iter().map(Vec::len).max().unwrap_or(0);
    let tallest = |place: usize| {
        let cells = columns.iter().filter_map(|column| column.get(place));
        cells.map(|item| height(*item)).max().unwrap_or(0)
    };
    (0..rows).map(tallest).collect()
}

/// `items` in rows, as few as `most` columns allow, handed out row by row.
fn rows(items: &[usize], most: usize) -> Vec<Vec<usize>> {
    let count = items.len().div_ceil(most.max(1)).max(1);
    let wide = items.len().div_ceil(count);
    let mut columns = vec![Vec::new(); wide];
    for (place, item) in items.iter().enumerate() {
        super::cell::push(&mut columns, place % wide.max(1), *item);
    }
    columns
}

/// How many columns of at most `limit` things of these heights need in their order.
fn groups(heights: &[i32], limit: i32) -> usize {
    let mut count = usize::from(!heights.is_empty());
    let mut filled = 0;
    for height in heights {
        if filled > 0 && filled + GAP + height > limit {
            count += 1;
            filled = 0;
        }
        filled += height + if filled > 0 { GAP } else { 0 };
    }
    count
}

/// `items` in at most `most` columns in their order, the tallest column as low as possible.
fn split(items: &[usize], heights: &[i32], most: usize) -> Vec<Vec<usize>> {
    let mut low = heights.iter().copied().max().unwrap_or(0);
    let mut high = size::stacked(heights.iter().copied()).max(low);
    while low < high {
        let middle = low + (high - low) / 2;
        if groups(heights, middle) <= most {
            high = middle;
        } else {
            low = middle + 1;
        }
    }
    let mut columns: Vec<Vec<usize>> = Vec::new();
    let mut filled = 0;
    for (item, height) in items.iter().zip(heights) {
        if columns.is_empty() || (filled > 0 && filled + GAP + height > high) {
            columns.push(Vec::new());
            filled = 0;
        }
        filled += height + if filled > 0 { GAP } else { 0 };
        if let Some(column) = columns.last_mut() {
            column.push(*item);
        }
    }
    columns
}
