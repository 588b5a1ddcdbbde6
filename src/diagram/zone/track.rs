//! Which lines go up and down on which track of a gutter.

use super::cell::{add, at, push, row};
use super::chain::Side;
use std::collections::BTreeSet;

/// Two pieces on the same track keep at least this distance.
const APART: i32 = 9;
/// Two pieces that leave a gutter's two sides nearer to each other than this must not pass each
/// other.
pub(super) const TOUCHING: i32 = 5;
/// What passing each other costs, in crossings.
const OVERLAP: usize = 1000;
/// How often neighbours are compared, at most.
const PASSES: usize = 40;

/// The lines of one net in one gutter.
#[derive(Clone, Debug, Default)]
pub(super) struct Strand {
    /// Whose lines.
    pub(super) net: usize,
    /// The upper end.
    pub(super) low: i32,
    /// The lower end.
    pub(super) high: i32,
    /// The heights of its ends on the left side, ascending.
    left: Vec<i32>,
    /// The heights of its ends on the right side, ascending.
    right: Vec<i32>,
    /// Whether an end lies outside of the gutter, above or below.
    open: bool,
}

impl Strand {
    /// A strand without ends.
    pub(super) fn new(net: usize) -> Self {
        Self {
            net,
            low: i32::MAX,
            high: i32::MIN,
            ..Self::default()
        }
    }

    /// Adds an end on a side.
    pub(super) fn end(&mut self, y: i32, side: Side) {
        let list = match side {
            Side::Left => &mut self.left,
            Side::Right => &mut self.right,
        };
        if let Err(place) = list.binary_search(&y) {
            list.insert(place, y);
        }
        self.reach(y);
    }

    /// Adds an end above or below everything in the gutter.
    pub(super) fn open_end(&mut self, y: i32) {
        self.open = true;
        self.reach(y);
    }

    fn reach(&mut self, y: i32) {
        self.low = self.low.min(y);
        self.high = self.high.max(y);
    }

    /// Whether it runs straight through and needs no track.
    pub(super) fn is_straight(&self) -> bool {
        self.low == self.high && !self.open
    }

    /// How many crossings there are where this strand is left of `other`.
    fn crossings_before(&self, other: &Self) -> usize {
        if !self.meets(other) {
            return 0;
        }
        let crossed =
            within(&self.right, other.low, other.high) + within(&other.left, self.low, self.high);
        let overlaps = self
            .right
            .iter()
            .any(|y| within(&other.left, y - TOUCHING + 1, y + TOUCHING - 1) > 0);
        crossed + if overlaps { OVERLAP } else { 0 }
    }

    /// Whether both may not be on one track.
    fn overlaps(&self, other: &Self) -> bool {
        self.low < other.high.saturating_add(APART) && other.low < self.high.saturating_add(APART)
    }

    /// Whether it matters which of them is further left.
    fn meets(&self, other: &Self) -> bool {
        self.low <= other.high.saturating_add(APART) && other.low <= self.high.saturating_add(APART)
    }

    /// The side to begin with: lines that go down start further left the lower they begin, lines
    /// that go up the higher they begin.
    fn start(&self) -> (bool, i32) {
        let mean = |list: &[i32]| {
            list.iter()
                .sum::<i32>()
                .checked_div(super::cell::px(list.len()))
        };
        let left = mean(&self.left).unwrap_or(self.low);
        let right = mean(&self.right).unwrap_or(if self.open { self.high } else { self.low });
        if right > left {
            (true, -left)
        } else {
            (false, left)
        }
    }
}

/// How many of the ascending heights are from `low` to `high`.
fn within(list: &[i32], low: i32, high: i32) -> usize {
    if let [only] = list {
        return usize::from((low..=high).contains(only));
    }
    list.partition_point(|y| *y <= high) - list.partition_point(|y| *y < low)
}

/// The track of each net that needs one, from 0 at the left, and how many tracks there are.
///
/// Strands are put in an order in which few cross, then each takes the track where it crosses the
/// fewest of those before it, among the tracks that are free over its whole length (interval
/// colouring with costs). A gutter gets at most a quarter more tracks than the most strands at one
/// height, where that can be.
/// Takes n² steps for n strands.
pub(super) fn assign(strands: &mut Vec<Strand>) -> Assignment {
    strands.retain(|strand| !strand.is_straight());
    strands.sort_by_key(|strand| (strand.start(), strand.net));
    for _ in 0..PASSES {
        let mut changed = false;
        for place in 1..strands.len() {
            if let Some([one, other]) = strands.get_mut(place - 1..=place)
                && other.crossings_before(one) < one.crossings_before(other)
            {
                std::mem::swap(one, other);
                changed = true;
            }
        }
        if !changed {
            break;
        }
    }
    respect_overlaps(strands);
    let density = density(strands);
    let limit = density + (density / 4).max(1);
    let mut tracks: Vec<usize> = Vec::with_capacity(strands.len());
    let mut costs = Vec::new();
    for strand in strands.iter() {
        costs.clear();
        let before = strands.iter().zip(&tracks);
        for (other, track) in before.filter(|(other, _)| strand.meets(other)) {
            if costs.len() <= *track {
                costs.resize(track + 1, Cost::default());
            }
            if let Some(cost) = costs.get_mut(*track) {
                cost.taken |= strand.overlaps(other);
                cost.left += strand.crossings_before(other);
                cost.right += other.crossings_before(strand);
            }
        }
        tracks.push(best_track(&costs, limit));
    }
    Assignment {
        count: super::cell::px(tracks.iter().max().map_or(0, |last| last + 1)),
        tracks: tracks.into_iter().map(super::cell::px).collect(),
    }
}

/// The tracks of a gutter's strands.
#[derive(Clone, Debug, Default)]
pub(super) struct Assignment {
    /// The track of each strand, in their order.
    pub(super) tracks: Vec<i32>,
    /// How many tracks there are.
    pub(super) count: i32,
}

/// Two lines that run over each other on their way to their tracks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Overlap {
    /// The net that comes from the left side, and the height.
    pub(super) left: (usize, i32),
    /// The net that comes from the right side, and the height.
    pub(super) right: (usize, i32),
}

/// All pairs of lines that run over each other.
pub(super) fn overlaps(strands: &[Strand], assignment: &Assignment) -> Vec<Overlap> {
    let mut starts: Vec<(i32, usize, i32)> = Vec::new();
    let placed = || strands.iter().zip(&assignment.tracks);
    for (strand, track) in placed() {
        starts.extend(strand.right.iter().map(|y| (*y, strand.net, *track)));
    }
    starts.sort_unstable();
    let mut found = Vec::new();
    for (strand, track) in placed() {
        for y in &strand.left {
            let first = starts.partition_point(|start| start.0 <= y - TOUCHING);
            let near = starts
                .iter()
                .skip(first)
                .take_while(|start| start.0 < y + TOUCHING);
            let crossing = near.filter(|start| start.1 != strand.net && start.2 <= *track);
            found.extend(crossing.map(|start| Overlap {
                left: (strand.net, *y),
                right: (start.1, start.0),
            }));
        }
    }
    found
}

/// Reorders strands so that of two that would run over each other the right one comes first, and
/// leaves the order as it is otherwise. Where this goes round in a circle, the order decides.
fn respect_overlaps(strands: &mut Vec<Strand>) {
    let mut starts: Vec<(i32, usize)> = Vec::new();
    for (place, strand) in strands.iter().enumerate() {
        starts.extend(strand.right.iter().map(|y| (*y, place)));
    }
    starts.sort_unstable();
    // A strand that comes from the left must be left of those that leave to the right beside it.
    let mut after = vec![Vec::new(); strands.len()];
    let mut waiting = vec![0; strands.len()];
    for (place, strand) in strands.iter().enumerate() {
        for y in &strand.left {
            let first = starts.partition_point(|start| start.0 <= y - TOUCHING);
            let near = starts
                .iter()
                .skip(first)
                .take_while(|start| start.0 < y + TOUCHING);
            for (_, other) in near.filter(|start| start.1 != place) {
                push(&mut after, place, *other);
                add(&mut waiting, *other, 1);
            }
        }
    }
    let mut ready: BTreeSet<usize> = (0..strands.len())
        .filter(|place| at(&waiting, *place) == 0)
        .collect();
    let mut left: BTreeSet<usize> = (0..strands.len()).collect();
    let mut sorted = Vec::with_capacity(strands.len());
    while let Some(place) = ready.pop_first().or_else(|| left.first().copied()) {
        if !left.remove(&place) {
            continue;
        }
        sorted.extend(strands.get_mut(place).map(std::mem::take));
        for other in row(&after, place) {
            add(&mut waiting, *other, -1);
            if at(&waiting, *other) == 0 {
                ready.insert(*other);
            }
        }
    }
    *strands = sorted;
}

/// What the strands on one track cost another strand.
#[derive(Clone, Copy, Debug, Default)]
struct Cost {
    /// Whether they are in its way.
    taken: bool,
    /// The crossings if it stands left of them.
    left: usize,
    /// The crossings if it stands right of them.
    right: usize,
}

/// The free track with the fewest crossings, the first of them.
fn best_track(costs: &[Cost], limit: usize) -> usize {
    let mut crossings: usize = costs.iter().map(|cost| cost.left).sum();
    let mut best = None;
    for track in 0..=costs.len() {
        let cost = costs.get(track).copied().unwrap_or_default();
        crossings -= cost.left;
        let is_better = best.is_none_or(|(least, _)| crossings < least);
        let may_widen = best.is_none_or(|(least, _)| least >= OVERLAP);
        if !cost.taken && is_better && (track < limit || may_widen) {
            best = Some((crossings, track));
        }
        crossings += cost.right;
    }
    best.map_or(costs.len(), |(_, track)| track)
}

/// The most strands at one height.
fn density(strands: &[Strand]) -> usize {
    let mut ends: Vec<(i32, i32)> = Vec::with_capacity(2 * strands.len());
    for strand in strands {
        ends.push((strand.low, 1));
        ends.push((strand.high.saturating_add(APART), -1));
    }
    ends.sort_unstable();
    let (mut now, mut most) = (0, 0);
    for (_, change) in ends {
        now += change;
        most = most.max(now);
    }
    usize::try_from(most).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strand(net: usize, left: i32, right: i32) -> Strand {
        let mut strand = Strand::new(net);
        strand.end(left, Side::Left);
        strand.end(right, Side::Right);
        strand
    }

    fn tracks(mut strands: Vec<Strand>) -> Vec<(usize, i32)> {
        let assignment = assign(&mut strands);
        let mut tracks: Vec<_> = strands
            .iter()
            .map(|strand| strand.net)
            .zip(assignment.tracks)
            .collect();
        tracks.sort_unstable();
        tracks
    }

    #[test]
    fn parallel_lines_do_not_cross() {
        assert_eq!(
            tracks(vec![strand(0, 0, 50), strand(1, 20, 70)]),
            [(0, 1), (1, 0)]
        );
        assert_eq!(
            tracks(vec![strand(0, 50, 0), strand(1, 70, 20)]),
            [(0, 0), (1, 1)]
        );
    }

    #[test]
    fn straight_lines_take_no_track_and_distant_ones_share_one() {
        let all = vec![strand(0, 10, 10), strand(1, 0, 30), strand(2, 100, 60)];
        assert_eq!(tracks(all), [(1, 0), (2, 0)]);
    }

    #[test]
    fn lines_from_both_sides_at_one_height_do_not_overlap() {
        // Net 0 leaves the left at 100 and net 1 leaves the right at 102.
        let mut all = vec![strand(0, 100, 300), strand(1, 0, 102)];
        let assignment = assign(&mut all);
        assert_eq!(overlaps(&all, &assignment), []);
        // Two that exchange their heights have no order without an overlap.
        let mut all = vec![strand(0, 100, 200), strand(1, 200, 100)];
        let assignment = assign(&mut all);
        assert_eq!(overlaps(&all, &assignment).len(), 1);
    }

    proptest::proptest! {
        #[test]
        fn no_two_strands_on_one_track_meet(
            ends in proptest::collection::vec((0i32..400, 0i32..400), 1..40),
        ) {
            let mut strands: Vec<Strand> = (ends.iter().enumerate())
                .map(|(net, (left, right))| strand(net, *left, *right))
                .collect();
            let assignment = assign(&mut strands);
            for (place, one) in strands.iter().enumerate() {
                for (other_place, other) in strands.iter().enumerate().skip(place + 1) {
                    let same = assignment.tracks[place] == assignment.tracks[other_place];
                    let apart = one.high + APART <= other.low || other.high + APART <= one.low;
                    proptest::prop_assert!(!same || apart);
                }
            }
        }
    }
}
