//! How high everything is and stands.

use super::align::{Stacks, Tie};
use super::arrangement::Arrangement;
use super::cell::{add, at, push, put, row};
use super::chain::{Chains, Kind, Leg};
use super::lane::Lanes;
use super::model::Model;
use super::size::{GAP, PADDING};
use super::wrap::row_heights;
use crate::diagram::scene::EdgeStyle;

/// Between a lane and a box or a container.
pub(super) const CLEARANCE: i32 = 7;

/// What heights follow from.
#[derive(Clone, Copy)]
pub(super) struct Plan<'a> {
    /// The items.
    pub(super) model: &'a Model,
    /// Their order.
    pub(super) order: &'a Arrangement,
    /// The heights of headers.
    pub(super) headers: &'a [i32],
    /// The ways of lines.
    pub(super) chains: &'a Chains,
    /// All legs once.
    pub(super) legs: &'a [Leg],
    /// The gaps that lanes are in.
    pub(super) lanes: &'a Lanes,
    /// Half of the height that each post needs.
    pub(super) half: &'a [i32],
    /// What each net stands for.
    pub(super) styles: &'a [EdgeStyle],
}

/// Heights, in pixels.
#[derive(Clone, Debug, Default)]
pub(super) struct Levels {
    /// The height of each item.
    pub(super) height: Vec<i32>,
    /// From the top of its container to the top of each item; in the roots, from the top of the
    /// first column.
    pub(super) inside: Vec<i32>,
    /// From the top of its container to the middle of each lane; from the top of its item to each
    /// port.
    pub(super) offset: Vec<i32>,
    /// From the top of the picture's columns to the top of each item.
    pub(super) top: Vec<i32>,
    /// From the top of the picture's columns to each post.
    pub(super) post: Vec<i32>,
}

impl Plan<'_> {
    /// The heights of everything, given the heights of boxes and the offsets of ports.
    ///
    /// Containers are filled from the inside to the outside, then the columns of the picture are
    /// shifted against each other until lines are as straight as they can be.
    pub(super) fn levels(self, box_heights: &[i32], ports: Vec<i32>) -> Levels {
        let mut levels = Levels {
            height: box_heights.to_vec(),
            inside: vec![0; self.model.root + 2],
            offset: ports,
            ..Levels::default()
        };
        let lanes = self.lanes_by_column();
        for item in self.model.inner_first.iter().chain([&self.model.band]) {
            if self.model.is_grid(*item) {
                self.fill_rows(*item, row(&lanes, *item), &mut levels);
            } else {
                self.fill_columns(*item, &lanes, &mut levels, 2);
            }
        }
        self.fill_columns(self.model.root, &lanes, &mut levels, 8);
        self.settle(&mut levels);
        levels
    }

    /// The heights again, with other ports in the same frames.
    pub(super) fn realign(self, levels: &mut Levels, ports: &[i32]) {
        for (place, post) in self.chains.posts.iter().enumerate() {
            if let Kind::Port(..) = post.kind {
                put(&mut levels.offset, place, at(ports, place));
            }
        }
        let lanes = self.lanes_by_column();
        self.fill_columns(self.model.root, &lanes, levels, 8);
        self.settle(levels);
    }

    /// For each container the lanes of its columns, sorted by gap and height; each as (column,
    /// post).
    fn lanes_by_column(self) -> Vec<Vec<(usize, usize)>> {
        let mut lanes = vec![Vec::new(); self.model.root + 2];
        for (place, post) in self.chains.posts.iter().enumerate() {
            if let Kind::Lane(container, column) = post.kind {
                push(&mut lanes, container, (column, place));
            }
        }
        for (container, list) in lanes.iter_mut().enumerate() {
            let by_row = self.model.is_grid(container);
            list.sort_by(|(column, lane), (other_column, other)| {
                let columns = if by_row {
                    std::cmp::Ordering::Equal
                } else {
                    column.cmp(other_column)
                };
                let net = |lane: usize| self.chains.post(lane).map(|post| post.net);
                columns
                    .then(at(&self.lanes.gap, *lane).cmp(&at(&self.lanes.gap, *other)))
                    .then(at(&self.lanes.wish, *lane).total_cmp(&at(&self.lanes.wish, *other)))
                    .then(net(*lane).cmp(&net(*other)))
                    .then(column.cmp(other_column))
            });
        }
        lanes
    }

    /// Boxes in rows: all columns have their gaps at the same heights, and the lanes of one net one
    /// height.
    fn fill_rows(self, item: usize, lanes: &[(usize, usize)], levels: &mut Levels) {
        let columns = self.order.columns(item);
        let rows = row_heights(columns, |child| at(&levels.height, child));
        let mut y = at(self.headers, item);
        for place in 0..=rows.len() {
            let here: Vec<usize> = (lanes.iter())
                .map(|(_, lane)| *lane)
                .filter(|lane| at(&self.lanes.gap, *lane).min(rows.len()) == place)
                .collect();
            let first = place == 0;
            let gap = if here.is_empty() { GAP } else { 2 * CLEARANCE };
            let (before, after) = match (first, place == rows.len()) {
                (true, _) | (_, true) if here.is_empty() => (0, 0),
                (true, _) => (0, CLEARANCE),
                (false, true) => (CLEARANCE, 0),
                (false, false) => (gap / 2, gap / 2),
            };
            y += before;
            let net_of = |lane: &usize| self.chains.post(*lane).map(|post| post.net);
            for group in here.chunk_by(|one, other| net_of(one) == net_of(other)) {
                let half = group
                    .iter()
                    .map(|lane| at(self.half, *lane))
                    .max()
                    .unwrap_or(0);
                for lane in group {
                    put(&mut levels.offset, *lane, y + half);
                }
                y += 2 * half;
            }
            y += after;
            for child in columns.iter().filter_map(|column| column.get(place)) {
                let slack = at(&rows, place) - at(&levels.height, *child);
                put(&mut levels.inside, *child, y + slack / 2);
            }
            y += at(&rows, place);
        }
        put(&mut levels.height, item, y + PADDING);
    }

    /// Containers, boxes and lanes in columns, shifted against each other where columns are lower
    /// than the tallest one.
    fn fill_columns(
        self,
        item: usize,
        lanes: &[Vec<(usize, usize)>],
        levels: &mut Levels,
        sweeps: usize,
    ) {
        let cells = self.cells(item, row(lanes, item));
        let header = at(self.headers, item);
        let mut stacks = Stacks::default();
        let mut entries = Entries {
            of_item: vec![usize::MAX; self.model.root + 2],
            of_lane: vec![usize::MAX; self.chains.posts.len()],
        };
        for column in &cells {
            let mut above: Option<Cell> = None;
            let mut list = Vec::new();
            for cell in column {
                let entry = stacks.height.len();
                let height = match cell {
                    Cell::Item(child) => {
                        put(&mut entries.of_item, *child, entry);
                        at(&levels.height, *child)
                    }
                    Cell::Lane(lane) => {
                        put(&mut entries.of_lane, *lane, entry);
                        2 * at(self.half, *lane)
                    }
                };
                stacks.height.push(height);
                stacks
                    .gap
                    .push(above.map_or(header, |above| above.gap_to(*cell)));
                list.push(entry);
                above = Some(*cell);
            }
            stacks.columns.push(list);
        }
        if stacks.columns.len() > 1 {
            stacks.ties = self.ties(item, &entries, levels);
        }
        // Inside frames everything begins at the top; the picture's columns begin centred.
        let start = (item != self.model.root).then(|| stacks.packed_tops());
        let top = stacks.align(start, sweeps);
        let mut bottom = header;
        for (entry, cell) in cells.iter().flatten().enumerate() {
            let y = at(&top, entry);
            match cell {
                Cell::Item(child) => put(&mut levels.inside, *child, y),
                Cell::Lane(lane) => put(&mut levels.offset, *lane, y + at(self.half, *lane)),
            }
            bottom = bottom.max(y + at(&stacks.height, entry));
        }
        put(&mut levels.height, item, bottom + PADDING);
    }

    /// The things and lanes of each column from top to bottom.
    fn cells(self, item: usize, lanes: &[(usize, usize)]) -> Vec<Vec<Cell>> {
        let mut lanes = lanes.iter().peekable();
        let columns = self.order.columns(item).iter().enumerate();
        columns
            .map(|(place, column)| {
                let mut cells = Vec::new();
                for gap in 0..=column.len() {
                    while let Some((_, lane)) = lanes.next_if(|(of, lane)| {
                        *of == place && at(&self.lanes.gap, *lane).min(column.len()) == gap
                    }) {
                        cells.push(Cell::Lane(*lane));
                    }
                    cells.extend(column.get(gap).map(|child| Cell::Item(*child)));
                }
                cells
            })
            .collect()
    }

    fn ties(self, item: usize, entries: &Entries, levels: &Levels) -> Vec<Tie> {
        let first = self.chains.gutter(item, 0);
        let last = first + self.order.columns(item).len();
        let from = self.legs.partition_point(|leg| leg.gutter < first);
        let legs = self
            .legs
            .iter()
            .skip(from)
            .take_while(|leg| leg.gutter <= last);
        legs.filter(|leg| leg.from.1 != leg.to.1)
            .filter_map(|leg| {
                let (one, one_offset, one_lane) = self.entry(item, leg.from.0, entries, levels)?;
                let (other, other_offset, other_lane) =
                    self.entry(item, leg.to.0, entries, levels)?;
                let net = self.chains.post(leg.from.0)?.net;
                Some(Tie {
                    one,
                    other,
                    offset: other_offset - one_offset,
                    weight: worth(at(self.styles, net))
                        * (1 + one_lane + 2 * other_lane * one_lane + other_lane),
                })
            })
            .collect()
    }

    /// The entry of `container` that a post belongs to, the post's distance from the entry's top,
    /// and 1 where it is a lane.
    fn entry(
        self,
        container: usize,
        post: usize,
        entries: &Entries,
        levels: &Levels,
    ) -> Option<(usize, i32, i32)> {
        let (mut item, mut offset) = match self.chains.post(post)?.kind {
            Kind::Lane(of, _) if of == container => {
                return Some((at(&entries.of_lane, post), at(self.half, post), 1));
            }
            Kind::Lane(of, _) => (of, at(&levels.offset, post)),
            Kind::Port(item, _) => (item, at(&levels.offset, post)),
            Kind::Band(..) => return None,
        };
        while self.model.parent(item) != container {
            if self.model.is_root(item) {
                return None;
            }
            offset += at(&levels.inside, item);
            item = self.model.parent(item);
        }
        Some((at(&entries.of_item, item), offset, 0))
    }

    /// From distances inside containers to heights in the picture.
    fn settle(self, levels: &mut Levels) {
        let mut top = levels.inside.clone();
        for outer in self.model.inner_first.iter().rev() {
            let above = at(&top, *outer);
            for child in self.model.children(*outer) {
                add(&mut top, *child, above);
            }
        }
        let height = |(place, post): (usize, &super::chain::Post)| match post.kind {
            Kind::Port(item, _) | Kind::Lane(item, _) if !self.model.is_root(item) => {
                at(&top, item) + at(&levels.offset, place)
            }
            Kind::Port(..) | Kind::Lane(..) => at(&levels.offset, place),
            Kind::Band(..) => 0,
        };
        levels.post = self.chains.posts.iter().enumerate().map(height).collect();
        levels.top = top;
    }
}

/// How much a straight line of this style is worth.
fn worth(style: EdgeStyle) -> i32 {
    match style {
        EdgeStyle::Reachable
        | EdgeStyle::Tenants
        | EdgeStyle::Listed
        | EdgeStyle::Conditional
        | EdgeStyle::Undetermined => 3,
        EdgeStyle::Identity => 2,
        EdgeStyle::Blocked | EdgeStyle::Plumbing => 1,
    }
}

/// What stands in a column.
#[derive(Clone, Copy)]
enum Cell {
    Item(usize),
    Lane(usize),
}

impl Cell {
    fn gap_to(self, below: Self) -> i32 {
        match (self, below) {
            (Self::Item(_), Self::Item(_)) => GAP,
            (Self::Lane(_), Self::Lane(_)) => 0,
            (Self::Item(_), Self::Lane(_)) | (Self::Lane(_), Self::Item(_)) => CLEARANCE,
        }
    }
}

/// Where in a stack items and lanes are.
struct Entries {
    of_item: Vec<usize>,
    of_lane: Vec<usize>,
}
