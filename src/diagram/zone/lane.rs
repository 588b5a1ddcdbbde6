//! Between which things of a column a line passes.

use super::arrangement::Arrangement;
use super::cell::{add, at, put};
use super::chain::{Chains, Kind, Leg};
use super::estimate::{Frames, Middles};
use super::model::Model;

/// Where the lanes are, by post.
#[derive(Debug, Default)]
pub(super) struct Lanes {
    /// The number of things above the lane in its column; of rows, where boxes stand in rows.
    pub(super) gap: Vec<usize>,
    /// The mean height of the ends of its lines: the order of lanes in one gap.
    pub(super) wish: Vec<f32>,
}

/// How often each lane follows its neighbours.
const PASSES: usize = 3;

/// Chooses the gap of each lane: the one next to where its lines come from and go to.
///
/// In a container of boxes the lanes of one net are in one gap, so that they form a straight line.
pub(super) fn choose(
    model: &Model,
    order: &Arrangement,
    frames: &Frames,
    middles: &Middles,
    chains: &Chains,
    legs: &[Leg],
) -> Lanes {
    let wish = wishes(model, middles, chains);
    let mut chooser = Chooser {
        tops: column_edges(model, order, frames, middles),
        y: wish.clone(),
        gap: vec![0; chains.posts.len()],
        groups: groups(model, chains),
        neighbours: neighbours(chains, legs),
    };
    for _ in 0..PASSES {
        chooser.pass(chains);
    }
    Lanes {
        gap: chooser.gap,
        wish,
    }
}

/// The height of each port's item; of each lane, the mean of the heights of its links' ends.
fn wishes(model: &Model, middles: &Middles, chains: &Chains) -> Vec<f32> {
    let mut sum = vec![0.0; chains.posts.len()];
    let mut count = vec![0.0f32; chains.posts.len()];
    for (place, link) in model.links.iter().enumerate() {
        let ends = at(&middles.y, link.from) + at(&middles.y, link.to);
        for leg in chains.legs(place) {
            for post in [leg.from.0, leg.to.0] {
                add(&mut sum, post, ends);
                add(&mut count, post, 2.0);
            }
        }
    }
    let wish = |(place, post): (usize, &super::chain::Post)| match post.kind {
        Kind::Port(item, _) => at(&middles.y, item),
        Kind::Band(..) => f32::MAX / 4.0,
        Kind::Lane(..) => at(&sum, place) / at(&count, place).max(1.0),
    };
    chains.posts.iter().enumerate().map(wish).collect()
}

/// For each post its neighbours; ports count once, lanes twice, so that lines stay level.
fn neighbours(chains: &Chains, legs: &[Leg]) -> Vec<Vec<usize>> {
    let mut neighbours = vec![Vec::new(); chains.posts.len()];
    for leg in legs {
        for (here, there) in [(leg.from.0, leg.to.0), (leg.to.0, leg.from.0)] {
            super::cell::push(&mut neighbours, here, there);
            if matches!(
                chains.post(there).map(|post| post.kind),
                Some(Kind::Lane(..))
            ) {
                super::cell::push(&mut neighbours, here, there);
            }
        }
    }
    neighbours
}

/// The lanes that must be in one gap: one each, but all of one net in a container of boxes.
fn groups(model: &Model, chains: &Chains) -> Vec<Vec<usize>> {
    let mut lanes: Vec<(usize, usize, usize, usize)> = Vec::new();
    for (place, post) in chains.posts.iter().enumerate() {
        if let Kind::Lane(container, column) = post.kind {
            let column = if model.is_grid(container) { 0 } else { column };
            lanes.push((container, column, post.net, place));
        }
    }
    lanes.sort_unstable();
    let same = |one: &(usize, usize, usize, usize), other: &(usize, usize, usize, usize)| {
        (one.0, one.1, one.2) == (other.0, other.1, other.2)
    };
    lanes
        .chunk_by(same)
        .map(|group| group.iter().map(|lane| lane.3).collect())
        .collect()
}

/// For each container and column the middles of its gaps, from above the first thing to below the
/// last one. Boxes in rows have one list for all columns.
fn column_edges(
    model: &Model,
    order: &Arrangement,
    frames: &Frames,
    middles: &Middles,
) -> Vec<Vec<Vec<f32>>> {
    #[expect(
        clippy::cast_precision_loss,
        reason = "a picture is smaller than 2^24 pixels"
    )]
    let half = |item: usize| at(&frames.height, item) as f32 / 2.0;
    let gaps = |column: &mut dyn Iterator<Item = (f32, f32)>| {
        let mut gaps = Vec::new();
        let mut above = None;
        for (top, bottom) in column {
            gaps.push(above.map_or(top - 8.0, |above: f32| f32::midpoint(above, top)));
            above = Some(bottom);
        }
        gaps.push(above.map_or(0.0, |above| above + 8.0));
        gaps
    };
    let span = |item: &usize| {
        let middle = at(&middles.y, *item);
        (middle - half(*item), middle + half(*item))
    };
    let of_container = |container: usize| -> Vec<Vec<f32>> {
        let columns = order.columns(container);
        if model.is_grid(container) {
            let longest = columns.iter().max_by_key(|column| column.len());
            let column = longest.map(Vec::as_slice).unwrap_or_default();
            return vec![gaps(&mut column.iter().map(span))];
        }
        columns
            .iter()
            .map(|column| gaps(&mut column.iter().map(span)))
            .collect()
    };
    (0..model.root + 2)
        .map(|item| {
            if model.is_container(item) {
                of_container(item)
            } else {
                Vec::new()
            }
        })
        .collect()
}

struct Chooser {
    tops: Vec<Vec<Vec<f32>>>,
    y: Vec<f32>,
    gap: Vec<usize>,
    groups: Vec<Vec<usize>>,
    neighbours: Vec<Vec<usize>>,
}

impl Chooser {
    fn pass(&mut self, chains: &Chains) {
        let groups = std::mem::take(&mut self.groups);
        for group in &groups {
            let mut heights: Vec<f32> = group
                .iter()
                .flat_map(|lane| super::cell::row(&self.neighbours, *lane))
                .filter(|post| !group.contains(post))
                .map(|post| at(&self.y, *post))
                .collect();
            heights.sort_by(f32::total_cmp);
            let wish = heights.get(heights.len() / 2).copied();
            let Some(Kind::Lane(container, column)) = group
                .first()
                .and_then(|lane| chains.post(*lane))
                .map(|post| post.kind)
            else {
                continue;
            };
            let columns = super::cell::row(&self.tops, container);
            let gaps = columns
                .get(column)
                .or(columns.first())
                .map(Vec::as_slice)
                .unwrap_or_default();
            let wish = wish
                .or(group.first().map(|lane| at(&self.y, *lane)))
                .unwrap_or(0.0);
            let nearest = nearest(gaps, wish);
            for lane in group {
                put(&mut self.gap, *lane, nearest);
                put(&mut self.y, *lane, at(gaps, nearest));
            }
        }
        self.groups = groups;
    }
}

/// The place of the number nearest to `wish` in an ascending list.
fn nearest(list: &[f32], wish: f32) -> usize {
    let after = list
        .partition_point(|number| *number < wish)
        .min(list.len().saturating_sub(1));
    let before = after.saturating_sub(1);
    if (at(list, after) - wish).abs() < (wish - at(list, before)).abs() {
        after
    } else {
        before
    }
}
