//! From posts and tracks to lines of points.

use super::cell::{add, at, put, row};
use super::chain::{Chains, Kind, Leg, Side};
use super::horizontal::{Spans, pitch};
use super::nudge::Nudge;
use super::track::{self, Assignment, Strand};
use super::vertical::Levels;
use crate::diagram::layout::Point;
use std::collections::BTreeSet;

/// Further down than any picture: where lines to the band leave a gutter.
const BELOW: i32 = i32::MAX / 4;

/// The tracks of all gutters.
#[derive(Debug, Default)]
pub(super) struct Tracks {
    /// For each gutter the nets that have a track in it, ascending.
    of_gutter: Vec<Vec<(usize, i32)>>,
    /// How many tracks each gutter has.
    pub(super) count: Vec<i32>,
}

/// How often posts of a gutter are moved to keep lines from running over each other.
const NUDGES: usize = 3;

impl Tracks {
    /// The tracks for lines between posts at these heights; ports are moved a little along their
    /// boxes, and lanes in their gaps, where lines would run over each other.
    pub(super) fn new(chains: &Chains, nudge: &mut Nudge<'_>) -> Self {
        let mut tracks = Self {
            of_gutter: vec![Vec::new(); chains.gutters],
            count: vec![0; chains.gutters],
        };
        let mut waiting: BTreeSet<usize> = nudge.gutters().keys().copied().collect();
        let mut nudged = vec![0; chains.gutters];
        // A lane is in two gutters, so one that moves sends the other back to be done again.
        while let Some(gutter) = waiting.pop_first() {
            let Some(legs) = nudge.gutters().get(&gutter).copied() else {
                continue;
            };
            let (strands, assignment) = assigned(chains, legs, nudge.heights());
            if at(&nudged, gutter) < NUDGES {
                let overlaps = track::overlaps(&strands, &assignment);
                let moved = nudge.part(gutter, &overlaps);
                if !moved.is_empty() {
                    add(&mut nudged, gutter, 1);
                    waiting.extend(moved);
                    continue;
                }
            }
            let nets = strands.iter().map(|strand| strand.net);
            let mut list: Vec<_> = nets.zip(assignment.tracks).collect();
            list.sort_unstable();
            put(&mut tracks.of_gutter, gutter, list);
            put(&mut tracks.count, gutter, assignment.count);
        }
        tracks
    }

    fn track(&self, gutter: usize, net: usize) -> Option<i32> {
        let list = row(&self.of_gutter, gutter);
        let place = list.binary_search_by_key(&net, |track| track.0).ok()?;
        list.get(place).map(|track| track.1)
    }
}

/// Everything that lines are drawn from.
pub(super) struct Ways<'a> {
    /// The ways without numbers.
    pub(super) chains: &'a Chains,
    /// The tracks.
    pub(super) tracks: &'a Tracks,
    /// Heights.
    pub(super) levels: &'a Levels,
    /// Widths.
    pub(super) spans: &'a Spans,
    /// For each net that goes to the band the height of its line above the band.
    pub(super) corridor: Vec<i32>,
}

impl Ways<'_> {
    /// Where a net goes up and down in a gutter.
    pub(super) fn track_x(&self, gutter: usize, net: usize) -> Option<i32> {
        let track = self.tracks.track(gutter, net)?;
        let step = pitch(at(&self.tracks.count, gutter));
        Some(
            at(&self.spans.gutter_left, gutter)
                + at(&self.spans.first_track, gutter)
                + track * step,
        )
    }

    /// The height of a post.
    pub(super) fn y(&self, post: usize) -> i32 {
        match self.chains.post(post) {
            Some(post) if matches!(post.kind, Kind::Band(..)) => at(&self.corridor, post.net),
            _ => at(&self.levels.post, post),
        }
    }

    /// Where a port is on the border of its item.
    pub(super) fn port_x(&self, post: usize) -> i32 {
        match self.chains.post(post).map(|post| post.kind) {
            Some(Kind::Port(item, Side::Left)) => at(&self.spans.left, item),
            Some(Kind::Port(item, Side::Right)) => {
                at(&self.spans.left, item) + at(&self.spans.width, item)
            }
            _ => 0,
        }
    }

    /// The corners of a link's line.
    pub(super) fn points(&self, link: usize, net: usize) -> Vec<Point> {
        let legs = self.chains.legs(link);
        let (Some(first), Some(last)) = (legs.first(), legs.last()) else {
            return Vec::new();
        };
        let mut points = vec![Point {
            x: self.port_x(first.from.0),
            y: self.y(first.from.0),
        }];
        for leg in legs {
            let (from, to) = (self.y(leg.from.0), self.y(leg.to.0));
            if let Some(x) = self.track_x(leg.gutter, net).filter(|_| from != to) {
                points.push(Point { x, y: from });
                points.push(Point { x, y: to });
            }
        }
        points.push(Point {
            x: self.port_x(last.to.0),
            y: self.y(last.to.0),
        });
        straightened(points)
    }

    /// The heights of lines between the columns and the band, and the height of all of them.
    pub(super) fn corridor(&mut self, nets: usize, top: i32) -> i32 {
        let mut ends: Vec<(usize, i32, Side)> = Vec::new();
        for leg in self.chains.legs.iter().flatten() {
            for post in [leg.from.0, leg.to.0] {
                let Some(post) = self.chains.post(post) else {
                    continue;
                };
                let Kind::Band(root, _) = post.kind else {
                    continue;
                };
                let side = if root == self.chains.root {
                    Side::Left
                } else {
                    Side::Right
                };
                let x = self.track_x(leg.gutter, post.net);
                ends.extend(x.map(|x| (post.net, x, side)));
            }
        }
        ends.sort_unstable();
        let mut strands: Vec<Strand> = Vec::new();
        for ends in ends.chunk_by(|one, other| one.0 == other.0) {
            let Some((net, _, _)) = ends.first() else {
                continue;
            };
            let mut strand = Strand::new(*net);
            for (_, x, side) in ends {
                strand.end(*x, *side);
            }
            strands.push(strand);
        }
        let assignment = track::assign(&mut strands);
        self.corridor = vec![top; nets];
        for (strand, track) in strands.iter().zip(assignment.tracks) {
            put(
                &mut self.corridor,
                strand.net,
                top + track * pitch(assignment.count),
            );
        }
        (assignment.count - 1).max(0) * pitch(assignment.count)
    }
}

/// The strands of the legs of one gutter, and their tracks.
fn assigned(chains: &Chains, legs: &[Leg], heights: &[i32]) -> (Vec<Strand>, Assignment) {
    let mut ends: Vec<(usize, usize, Side)> = Vec::with_capacity(2 * legs.len());
    for leg in legs {
        for (post, side) in [leg.from, leg.to] {
            ends.extend(chains.post(post).map(|about| (about.net, post, side)));
        }
    }
    ends.sort_unstable();
    ends.dedup();
    let mut strands: Vec<Strand> = Vec::new();
    for ends in ends.chunk_by(|one, other| one.0 == other.0) {
        let Some((net, _, _)) = ends.first() else {
            continue;
        };
        let mut strand = Strand::new(*net);
        for (_, post, side) in ends {
            match chains.post(*post).map(|post| post.kind) {
                Some(Kind::Band(root, _)) if root == chains.root => strand.open_end(BELOW),
                Some(Kind::Band(..)) => strand.open_end(-BELOW),
                _ => strand.end(at(heights, *post), *side),
            }
        }
        strands.push(strand);
    }
    let assignment = track::assign(&mut strands);
    (strands, assignment)
}

/// The points without those between two others on one straight line.
fn straightened(points: Vec<Point>) -> Vec<Point> {
    let mut kept: Vec<Point> = Vec::with_capacity(points.len());
    for point in points {
        if kept.last() == Some(&point) {
            continue;
        }
        if let [.., before, last] = kept.as_slice()
            && ((before.x == last.x && last.x == point.x)
                || (before.y == last.y && last.y == point.y))
        {
            kept.pop();
        }
        kept.push(point);
    }
    kept
}
