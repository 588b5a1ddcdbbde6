//! Moving ports and lanes a little, so that lines do not run over each other.

use super::cell::{at, push, put, row};
use super::chain::{Chains, Kind, Leg, Side};
use super::track::{Overlap, TOUCHING};
use super::vertical::CLEARANCE;
use std::collections::BTreeMap;

/// The least distance of a port from the corners of its box.
const CORNER: i32 = 9;

/// Heights of posts that may be changed.
pub(super) struct Nudge<'a> {
    chains: &'a Chains,
    heights: &'a mut [i32],
    /// Half of the height that each post needs.
    half: &'a [i32],
    /// For each post the lowest and the highest place that it may have.
    ranges: Vec<(i32, i32)>,
    /// The posts that stand beside one another: the ports on a side of an item, the lanes of a
    /// column.
    beside: BTreeMap<Kind, Vec<usize>>,
    /// The legs of each gutter.
    gutters: BTreeMap<usize, &'a [Leg]>,
    /// The gutters that each post is in.
    gutters_of: Vec<Vec<usize>>,
}

/// Upper and lower ends of items.
pub(super) trait Extents {
    /// Those of the side that may have ports.
    fn side(&self, item: usize) -> (i32, i32);

    /// Those of the whole.
    fn whole(&self, item: usize) -> (i32, i32);

    /// The items in a column of a container, where its lanes may move by themselves.
    fn column(&self, container: usize, column: usize) -> Option<&[usize]>;
}

impl<'a> Nudge<'a> {
    /// The posts at `heights`, which need `half` of their own height, among items at `extents`.
    pub(super) fn new(
        chains: &'a Chains,
        legs: &'a [Leg],
        (heights, half): (&'a mut [i32], &'a [i32]),
        extents: &impl Extents,
    ) -> Self {
        let mut beside: BTreeMap<Kind, Vec<usize>> = BTreeMap::new();
        let mut ranges = vec![(0, 0); chains.posts.len()];
        for (place, post) in chains.posts.iter().enumerate() {
            let range = match post.kind {
                Kind::Port(item, _) => {
                    let (top, bottom) = extents.side(item);
                    (top + CORNER, bottom - CORNER)
                }
                Kind::Lane(container, column) => {
                    let Some(column) = extents.column(container, column) else {
                        continue;
                    };
                    let items = column.iter().map(|item| extents.whole(*item));
                    between(items, at(heights, place), at(half, place))
                }
                Kind::Band(..) => continue,
            };
            put(&mut ranges, place, range);
            beside.entry(post.kind).or_default().push(place);
        }
        let mut gutters = BTreeMap::new();
        let mut gutters_of = vec![Vec::new(); chains.posts.len()];
        for legs in legs.chunk_by(|one, other| one.gutter == other.gutter) {
            for leg in legs {
                gutters.insert(leg.gutter, legs);
                push(&mut gutters_of, leg.from.0, leg.gutter);
                push(&mut gutters_of, leg.to.0, leg.gutter);
            }
        }
        for gutters in &mut gutters_of {
            gutters.sort_unstable();
            gutters.dedup();
        }
        Self {
            chains,
            heights,
            half,
            ranges,
            beside,
            gutters,
            gutters_of,
        }
    }

    /// The heights of all posts.
    pub(super) fn heights(&self) -> &[i32] {
        self.heights
    }

    /// The legs of each gutter that has any.
    pub(super) fn gutters(&self) -> &BTreeMap<usize, &'a [Leg]> {
        &self.gutters
    }

    /// Parts lines of `gutter` that run over each other, where a port or else a lane can move; the
    /// gutters in which lines have moved.
    pub(super) fn part(&mut self, gutter: usize, overlaps: &[Overlap]) -> Vec<usize> {
        let mut moved = Vec::new();
        for overlap in overlaps {
            let ends = [
                (overlap.right, Side::Right, overlap.left.1),
                (overlap.left, Side::Left, overlap.right.1),
            ];
            let is_port = |kind: Kind| matches!(kind, Kind::Port(..));
            let is_lane = |kind: Kind| matches!(kind, Kind::Lane(..));
            let kinds: [&dyn Fn(Kind) -> bool; 2] = [&is_port, &is_lane];
            let tries = kinds
                .into_iter()
                .flat_map(|kind| ends.map(|end| (kind, end)));
            for (is_kind, ((net, y), side, from)) in tries {
                let Some(post) = self.post(gutter, net, (y, side), is_kind) else {
                    continue;
                };
                let posts = self.shift(post, from).or_else(|| self.swap(post));
                if let Some(posts) = posts {
                    let gutters = posts.iter().flat_map(|one| row(&self.gutters_of, *one));
                    moved.extend(gutters);
                    break;
                }
            }
        }
        moved
    }

    /// The post of a net that stands at a height on a side of the gutter.
    fn post(
        &self,
        gutter: usize,
        net: usize,
        end: (i32, Side),
        is_kind: &dyn Fn(Kind) -> bool,
    ) -> Option<usize> {
        let legs = self.gutters.get(&gutter)?;
        let ends = legs.iter().flat_map(|leg| [leg.from, leg.to]);
        ends.filter(|(post, side)| (at(self.heights, *post), *side) == end)
            .map(|(post, _)| post)
            .find(|post| {
                let about = self.chains.post(*post);
                about.is_some_and(|about| about.net == net && is_kind(about.kind))
            })
    }

    /// Moves a post away from the height `from` of a line on the other side, if there is room; what
    /// was moved.
    fn shift(&mut self, post: usize, from: i32) -> Option<Vec<usize>> {
        let now = at(self.heights, post);
        let mut wishes: Vec<i32> = (TOUCHING..TOUCHING + 8)
            .flat_map(|by| [from - by, from + by])
            .collect();
        wishes.sort_by_key(|wish| (wish - now).abs());
        let wish = wishes.into_iter().find(|wish| self.fits(post, *wish))?;
        put(self.heights, post, wish);
        Some(vec![post])
    }

    /// Lets a post change places with the one above or below it, where both then run over nothing;
    /// what was moved. For where all room is taken.
    fn swap(&mut self, post: usize) -> Option<Vec<usize>> {
        let kind = self.chains.post(post)?.kind;
        let now = at(self.heights, post);
        let beside = self.beside.get(&kind)?.iter().copied();
        let height = |other: &usize| at(self.heights, *other);
        let above = beside.clone().filter(|one| height(one) < now);
        let below = beside.filter(|one| height(one) > now);
        let pairs = [
            above.max_by_key(height).map(|other| (other, post)),
            below.min_by_key(height).map(|other| (post, other)),
        ];
        for (upper, lower) in pairs.into_iter().flatten() {
            let top = at(self.heights, upper) - at(self.half, upper);
            let bottom = at(self.heights, lower) + at(self.half, lower);
            let places = [
                (lower, top + at(self.half, lower)),
                (upper, bottom - at(self.half, upper)),
            ];
            let may_stand = |(one, wish): &(usize, i32)| {
                let (low, high) = at(&self.ranges, *one);
                (low..=high).contains(wish) && self.is_free_everywhere(*one, *wish)
            };
            if places.iter().all(may_stand) {
                for (one, wish) in places {
                    put(self.heights, one, wish);
                }
                return Some(vec![upper, lower]);
            }
        }
        None
    }

    /// Whether a post may stand at `wish`: on its box or in its gap, apart from what stands beside
    /// it, and such that it runs over no line that comes from the other side of a gutter.
    fn fits(&self, post: usize, wish: i32) -> bool {
        let Some(about) = self.chains.post(post) else {
            return false;
        };
        let (low, high) = at(&self.ranges, post);
        let beside = self.beside.get(&about.kind).map(Vec::as_slice);
        let mut others = beside
            .unwrap_or_default()
            .iter()
            .filter(|one| **one != post);
        let is_clear = others.all(|other| {
            let apart = at(self.half, *other) + at(self.half, post);
            (at(self.heights, *other) - wish).abs() >= apart
        });
        (low..=high).contains(&wish) && is_clear && self.is_free_everywhere(post, wish)
    }

    /// Whether a post at `wish` runs over no line in any of its gutters.
    fn is_free_everywhere(&self, post: usize, wish: i32) -> bool {
        let net = self.chains.post(post).map(|post| post.net);
        let gutters = row(&self.gutters_of, post).iter();
        let mut legs = gutters.filter_map(|gutter| self.gutters.get(gutter));
        legs.all(|legs| self.is_free(legs, (post, net), wish))
    }

    /// Whether no line of another net ends near `wish` on the side of a gutter where `post` is not.
    fn is_free(&self, legs: &[Leg], (post, net): (usize, Option<usize>), wish: i32) -> bool {
        let ends = || legs.iter().flat_map(|leg| [leg.from, leg.to]);
        let Some((_, side)) = ends().find(|(one, _)| *one == post) else {
            return true;
        };
        ends().all(|(other, other_side)| {
            other_side == side
                || self.chains.post(other).map(|other| other.net) == net
                || (at(self.heights, other) - wish).abs() >= TOUCHING
        })
    }
}

/// The heights that a lane at `now` may have between the items around it; where nothing is above,
/// it goes no higher, and where nothing is below, no lower.
fn between(items: impl Iterator<Item = (i32, i32)>, now: i32, half: i32) -> (i32, i32) {
    let (mut above, mut below) = (None, None);
    for (top, bottom) in items {
        if bottom <= now {
            above = above.max(Some(bottom));
        } else if top >= now && below.is_none_or(|below| top < below) {
            below = Some(top);
        }
    }
    (
        above.map_or(now, |above| above + CLEARANCE + half),
        below.map_or(now, |below| below - CLEARANCE - half),
    )
}
