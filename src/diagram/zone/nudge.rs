//! Moving ports a little, so that lines do not run over each other.

use super::cell::{at, put};
use super::chain::{Chains, Kind, Leg, Side};
use super::track::{Overlap, TOUCHING};
use std::collections::BTreeMap;

/// The least distance of a port from the corners of its box.
const CORNER: i32 = 9;

/// Heights of posts that may be changed.
pub(super) struct Nudge<'a> {
    heights: &'a mut [i32],
    /// Half of the height that each post needs.
    half: &'a [i32],
    /// For each port the lowest and the highest place on its box.
    ranges: Vec<(i32, i32)>,
    /// The ports on each side of each item.
    sides: BTreeMap<(usize, Side), Vec<usize>>,
}

impl<'a> Nudge<'a> {
    /// The posts at `heights`, which need `half` of their own height; `span` gives the upper and lower end of the side of an item that may
    /// have ports.
    pub(super) fn new(
        chains: &Chains,
        heights: &'a mut [i32],
        half: &'a [i32],
        span: impl Fn(usize) -> (i32, i32),
    ) -> Self {
        let mut sides: BTreeMap<(usize, Side), Vec<usize>> = BTreeMap::new();
        let mut ranges = vec![(0, 0); chains.posts.len()];
        for (place, post) in chains.posts.iter().enumerate() {
            if let Kind::Port(item, side) = post.kind {
                let (top, bottom) = span(item);
                put(&mut ranges, place, (top + CORNER, bottom - CORNER));
                sides.entry((item, side)).or_default().push(place);
            }
        }
        Self {
            heights,
            half,
            ranges,
            sides,
        }
    }

    /// The heights of all posts.
    pub(super) fn heights(&self) -> &[i32] {
        self.heights
    }

    /// Parts lines of one gutter that run over each other, where a port can move; whether one did.
    pub(super) fn part(&mut self, chains: &Chains, legs: &[Leg], overlaps: &[Overlap]) -> bool {
        let mut moved = false;
        for overlap in overlaps {
            let tries = [
                (overlap.right, Side::Right, overlap.left.1),
                (overlap.left, Side::Left, overlap.right.1),
            ];
            moved |= tries.into_iter().any(|((net, y), side, from)| {
                let port = self.port(chains, legs, net, (y, side));
                port.is_some_and(|port| self.shift(chains, legs, port, (side, from)))
            });
        }
        moved
    }

    /// The port of a net that stands at a height on a side of the gutter.
    fn port(&self, chains: &Chains, legs: &[Leg], net: usize, end: (i32, Side)) -> Option<usize> {
        let ends = legs.iter().flat_map(|leg| [leg.from, leg.to]);
        ends.filter(|(post, side)| (at(self.heights, *post), *side) == end)
            .map(|(post, _)| post)
            .find(|post| {
                chains
                    .post(*post)
                    .is_some_and(|about| about.net == net && matches!(about.kind, Kind::Port(..)))
            })
    }

    /// Moves a port away from the height `from` of a line on the other side, if there is room.
    fn shift(
        &mut self,
        chains: &Chains,
        legs: &[Leg],
        port: usize,
        (side, from): (Side, i32),
    ) -> bool {
        let Some(Kind::Port(item, item_side)) = chains.post(port).map(|post| post.kind) else {
            return false;
        };
        let now = at(self.heights, port);
        let (low, high) = at(&self.ranges, port);
        let mut wishes: Vec<i32> = (TOUCHING..TOUCHING + 8)
            .flat_map(|by| [from - by, from + by])
            .collect();
        wishes.sort_by_key(|wish| (wish - now).abs());
        let siblings = self
            .sides
            .get(&(item, item_side))
            .map(Vec::as_slice)
            .unwrap_or_default();
        let net = chains.post(port).map(|post| post.net);
        let fits = |wish: &i32| {
            let on_box = (low..=high).contains(wish);
            let clear = siblings
                .iter()
                .filter(|other| **other != port)
                .all(|other| {
                    let apart = at(self.half, *other) + at(self.half, port);
                    (at(self.heights, *other) - wish).abs() >= apart
                });
            let opposite =
                legs.iter()
                    .flat_map(|leg| [leg.from, leg.to])
                    .all(|(post, other_side)| {
                        other_side == side
                            || chains.post(post).map(|post| post.net) == net
                            || (at(self.heights, post) - wish).abs() >= TOUCHING
                    });
            on_box && clear && opposite
        };
        let Some(wish) = wishes.iter().find(|wish| fits(wish)).copied() else {
            return false;
        };
        put(self.heights, port, wish);
        true
    }
}
