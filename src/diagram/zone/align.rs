//! Heights for stacks of things that keep their order and want to stand level with each other.

use super::cell::{at, put, row};
use std::collections::BinaryHeap;

/// Two entries of different columns that are joined by a line: it is straight where the first
/// stands `offset` below the second.
#[derive(Clone, Copy, Debug)]
pub(super) struct Tie {
    /// One entry.
    pub(super) one: usize,
    /// The other entry.
    pub(super) other: usize,
    /// The top of `one` minus the top of `other` where the line is straight.
    pub(super) offset: i32,
    /// How much a straight line is worth.
    pub(super) weight: i32,
}

/// Columns of entries from top to bottom.
#[derive(Debug, Default)]
pub(super) struct Stacks {
    /// The entries of each column.
    pub(super) columns: Vec<Vec<usize>>,
    /// The height of each entry.
    pub(super) height: Vec<i32>,
    /// The least distance of each entry from the one above it; from the top, for the first.
    pub(super) gap: Vec<i32>,
    /// The lines.
    pub(super) ties: Vec<Tie>,
}

impl Stacks {
    /// The least height of each column.
    fn packed(&self) -> impl Iterator<Item = i32> {
        let cell = |entry: &usize| at(&self.height, *entry) + at(&self.gap, *entry);
        self.columns
            .iter()
            .map(move |column| column.iter().map(cell).sum())
    }

    /// The top of each entry, in a space as high as the tallest column.
    ///
    /// Each column in turn takes the places that are best for its ties while all others stand
    /// still: the exact least sum of weighted deviations under the fixed order. `start` holds the
    /// tops to begin from, which also break ties; without it the columns begin centred.
    /// Takes `sweeps` times n log n steps for n ties.
    pub(super) fn align(&self, start: Option<Vec<i32>>, sweeps: usize) -> Vec<i32> {
        let space = self.packed().max().unwrap_or(0);
        let mut top = start.unwrap_or_else(|| self.centred(space));
        let mut ties_of = vec![Vec::new(); self.height.len()];
        for tie in &self.ties {
            super::cell::push(&mut ties_of, tie.one, (tie.other, tie.offset, tie.weight));
            super::cell::push(&mut ties_of, tie.other, (tie.one, -tie.offset, tie.weight));
        }
        let mut wishes = BinaryHeap::new();
        for sweep in 0..sweeps {
            for place in 0..self.columns.len() {
                let place = if sweep % 2 == 0 {
                    place
                } else {
                    self.columns.len() - 1 - place
                };
                self.settle(
                    row(&self.columns, place),
                    space,
                    &ties_of,
                    &mut top,
                    &mut wishes,
                );
            }
        }
        top
    }

    /// The top of each entry with everything as high up as it can be.
    pub(super) fn packed_tops(&self) -> Vec<i32> {
        let mut top = vec![0; self.height.len()];
        for column in &self.columns {
            let mut y = 0;
            for entry in column {
                y += at(&self.gap, *entry);
                put(&mut top, *entry, y);
                y += at(&self.height, *entry);
            }
        }
        top
    }

    fn centred(&self, space: i32) -> Vec<i32> {
        let mut top = vec![0; self.height.len()];
        for (column, packed) in self.columns.iter().zip(self.packed()) {
            let mut y = (space - packed) / 2;
            for entry in column {
                y += at(&self.gap, *entry);
                put(&mut top, *entry, y);
                y += at(&self.height, *entry);
            }
        }
        top
    }

    /// Gives one column its best places.
    ///
    /// With the things above it packed, an entry is only told how far the whole pile is pushed
    /// down, and this distance must not shrink from one entry to the next. `wishes` holds the
    /// places where the cost of a common distance changes its slope; what rises to the right is
    /// taken off, since a smaller distance stays allowed (the slope trick for isotonic
    /// regression).
    fn settle(
        &self,
        column: &[usize],
        space: i32,
        ties_of: &[Vec<(usize, i32, i32)>],
        top: &mut [i32],
        wishes: &mut BinaryHeap<(i32, i32)>,
    ) {
        wishes.clear();
        let mut above = 0;
        let mut best = Vec::with_capacity(column.len());
        for entry in column {
            above += at(&self.gap, *entry);
            let mut surplus = 1;
            wishes.push((at(top, *entry) - above, 2));
            for (other, offset, weight) in row(ties_of, *entry) {
                wishes.push((at(top, *other) + offset - above, 8 * weight));
                surplus += 4 * weight;
            }
            while let Some((place, weight)) = wishes.pop() {
                if weight > surplus {
                    wishes.push((place, weight - surplus));
                    break;
                }
                surplus -= weight;
                if surplus == 0 {
                    break;
                }
            }
            best.push(wishes.peek().map_or(0, |wish| wish.0));
            above += at(&self.height, *entry);
        }
        let free = (space - above).max(0);
        let mut limit = free;
        for (entry, best) in column.iter().zip(best).rev() {
            above -= at(&self.height, *entry);
            limit = limit.min(best).max(0);
            put(top, *entry, limit + above);
            above -= at(&self.gap, *entry);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn cost(stacks: &Stacks, top: &[i32]) -> i32 {
        let off = |tie: &Tie| (top[tie.one] - top[tie.other] - tie.offset).abs() * tie.weight;
        stacks.ties.iter().map(off).sum()
    }

    proptest! {
        #[test]
        fn one_column_takes_the_best_places_there_are(
            entries in prop::collection::vec((1i32..4, 0i32..2), 1..4),
            wishes in prop::collection::vec((0usize..4, 0i32..8, 1i32..3), 0..6),
        ) {
            // Entry 0 is a fixed post at the top of a first column of height 12.
            let count = entries.len();
            let stacks = Stacks {
                columns: vec![vec![0], (1..=count).collect()],
                height: std::iter::once(12).chain(entries.iter().map(|one| one.0)).collect(),
                gap: std::iter::once(0).chain(entries.iter().map(|one| one.1)).collect(),
                ties: wishes.iter().map(|(entry, offset, weight)| Tie {
                    one: 1 + entry % count, other: 0, offset: *offset, weight: *weight,
                }).collect(),
            };
            let total: i32 = entries.iter().map(|one| one.0 + one.1).sum();
            prop_assume!(total <= 12);
            let top = stacks.align(None, 1);
            // Brute force over all places.
            let mut best = i32::MAX;
            let mut places = vec![0; count];
            'all: loop {
                let mut tops = vec![0];
                let mut fits = true;
                let mut floor = 0;
                for (place, (height, gap)) in places.iter().zip(&entries) {
                    fits &= *place >= floor + gap;
                    floor = place + height;
                    tops.push(*place);
                }
                if fits && floor <= 12 {
                    best = best.min(cost(&stacks, &tops));
                }
                for place in &mut places {
                    *place += 1;
                    if *place <= 12 {
                        continue 'all;
                    }
                    *place = 0;
                }
                break;
            }
            prop_assert_eq!(cost(&stacks, &top), best);
        }
    }
}
