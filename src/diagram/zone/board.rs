//! Exchanging things in one container, judged by the straight lines between middles.

use super::arrangement::Arrangement;
use super::cell::{add, at, put, row};
use super::crossing::{Line, Lines, Spot};
use super::estimate::Middles;
use super::model::Model;

/// Everything at its middle, with the straight lines between.
pub(super) struct Board<'a> {
    model: &'a Model,
    order: &'a mut Arrangement,
    /// What is inside each item, itself included.
    below: &'a [Vec<usize>],
    middles: Middles,
    lines: Lines,
    /// How many lines cross each line; empty until it is needed.
    counts: Vec<i32>,
    /// The links that an exchange on trial moves, and their lines before and after.
    touched: Vec<usize>,
    before: Lines,
    after: Lines,
    partners: Vec<usize>,
}

/// How far an exchange moves two items.
#[derive(Clone, Copy)]
struct Exchange {
    one: usize,
    other: usize,
    /// How far the first one moves; the second one moves as far the other way.
    way: Spot,
}

impl<'a> Board<'a> {
    /// A board of `order` with everything at `middles`.
    pub(super) fn new(
        model: &'a Model,
        below: &'a [Vec<usize>],
        middles: Middles,
        order: &'a mut Arrangement,
    ) -> Self {
        let spot = |item: usize| (at(&middles.x, item), at(&middles.y, item));
        let line = |link: &super::model::Link| Line {
            from: spot(link.from),
            to: spot(link.to),
        };
        Self {
            lines: model.links.iter().map(line).collect(),
            model,
            order,
            below,
            middles,
            counts: Vec::new(),
            touched: Vec::new(),
            before: Lines::default(),
            after: Lines::default(),
            partners: Vec::new(),
        }
    }

    /// How many pairs of lines cross.
    pub(super) fn crossings(&mut self) -> i32 {
        self.count();
        self.counts.iter().sum::<i32>() / 2
    }

    /// The order with the exchanges that were kept.
    pub(super) fn order(&self) -> &Arrangement {
        self.order
    }

    /// Exchanges each item with the best of its partners if that makes lines shorter; returns how
    /// many exchanges there were.
    pub(super) fn shorten(&mut self, items: &[usize]) -> usize {
        let mut exchanged = 0;
        for one in items {
            self.find_partners(*one);
            let mut best: Option<(f32, Exchange)> = None;
            for place in 0..self.partners.len() {
                let exchange = self.exchange(*one, at(&self.partners, place));
                let longer = self.longer(exchange);
                if longer < best.map_or(-0.5, |(least, _)| least) {
                    best = Some((longer, exchange));
                }
            }
            if let Some((_, exchange)) = best {
                self.touch(exchange);
                self.keep(exchange);
                exchanged += 1;
            }
        }
        exchanged
    }

    /// Exchanges items with their partners if fewer lines cross then and none of them makes lines
    /// longer than `longest`; returns how many exchanges there were. `steps` is reduced by the number of pairs of lines that were compared, and ends
    /// the search when it is used up.
    pub(super) fn untangle(&mut self, items: &[usize], longest: f32, steps: &mut i64) -> usize {
        self.count();
        let mut exchanged = 0;
        for one in items {
            self.find_partners(*one);
            for place in 0..self.partners.len() {
                if *steps < 0 {
                    return exchanged;
                }
                let exchange = self.exchange(*one, at(&self.partners, place));
                if self.longer(exchange) > longest {
                    continue;
                }
                self.touch(exchange);
                let compared = self.touched.len() * self.lines.len();
                *steps -= i64::try_from(compared).unwrap_or(i64::MAX);
                if self.more_crossings() < 0 {
                    self.recount(-1);
                    self.keep(exchange);
                    self.recount(1);
                    exchanged += 1;
                    break;
                }
            }
        }
        exchanged
    }

    fn middle(&self, item: usize) -> Spot {
        (at(&self.middles.x, item), at(&self.middles.y, item))
    }

    fn exchange(&self, one: usize, other: usize) -> Exchange {
        let (here, there) = (self.middle(one), self.middle(other));
        Exchange {
            one,
            other,
            way: (there.0 - here.0, there.1 - here.1),
        }
    }

    /// The items that `one` may best be exchanged with: in each column those at the height of what
    /// it is joined to, and its neighbours.
    fn find_partners(&mut self, one: usize) {
        self.partners.clear();
        let Some(wish) = self.wish(one) else { return };
        let container = self.model.parent(one);
        let same = |other: &usize| {
            *other != one
                && at(&self.model.zone, one) == at(&self.model.zone, *other)
                && self.model.is_container(one) == self.model.is_container(*other)
        };
        for (place, column) in self.order.columns(container).iter().enumerate() {
            let near = column.partition_point(|item| at(&self.middles.y, *item) < wish);
            let window = column.iter().skip(near.saturating_sub(1)).take(2);
            self.partners.extend(window.filter(|other| same(other)));
            if place == self.order.column(one) {
                let here = self.order.row(one);
                let beside = column.iter().skip(here.saturating_sub(1)).take(3);
                self.partners.extend(beside.filter(|other| same(other)));
            }
        }
    }

    /// The mean height of what `item` is joined to outside itself.
    fn wish(&self, item: usize) -> Option<f32> {
        let (mut sum, mut count) = (0.0, 0.0);
        for inner in row(self.below, item) {
            for link in row(&self.model.links_of, *inner) {
                let there = self.far_end(*link, *inner);
                if !self.holds(item, there) {
                    sum += at(&self.middles.y, there);
                    count += 1.0;
                }
            }
        }
        (count > 0.0).then(|| sum / count)
    }

    fn far_end(&self, link: usize, item: usize) -> usize {
        let link = self.model.links.get(link).copied().unwrap_or_default();
        if link.from == item {
            link.to
        } else {
            link.from
        }
    }

    /// Whether `item` is or contains `inner`; quick for boxes.
    fn holds(&self, item: usize, inner: usize) -> bool {
        item == inner || (self.model.is_container(item) && self.model.contains(item, inner))
    }

    /// How much longer lines get by an exchange, up and down.
    fn longer(&self, exchange: Exchange) -> f32 {
        let Exchange { one, other, way } = exchange;
        let mut longer = 0.0;
        for (item, mate, way) in [(one, other, way.1), (other, one, -way.1)] {
            for inner in row(self.below, item) {
                let here = at(&self.middles.y, *inner);
                for link in row(&self.model.links_of, *inner) {
                    let far = self.far_end(*link, *inner);
                    let there = at(&self.middles.y, far);
                    if self.holds(item, far) {
                        continue;
                    }
                    if !self.holds(mate, far) {
                        longer += (here + way - there).abs() - (here - there).abs();
                    } else if item == one {
                        longer += (here + 2.0 * way - there).abs() - (here - there).abs();
                    }
                }
            }
        }
        longer
    }

    /// Collects the links that an exchange moves, and their lines.
    fn touch(&mut self, exchange: Exchange) {
        let Exchange { one, other, way } = exchange;
        self.touched.clear();
        self.before.clear();
        self.after.clear();
        for (item, mate, way) in [(one, other, way), (other, one, (-way.0, -way.1))] {
            for inner in row(self.below, item) {
                for link in row(&self.model.links_of, *inner) {
                    let far = self.far_end(*link, *inner);
                    let (with_item, with_mate) = (self.holds(item, far), self.holds(mate, far));
                    let ends = self.model.links.get(*link).copied().unwrap_or_default();
                    // A link with two moving ends is met twice and counts once.
                    if (with_item && ends.to == *inner) || (with_mate && item == other) {
                        continue;
                    }
                    let line = self.lines.line(*link);
                    let far_way = match (with_item, with_mate) {
                        (true, _) => way,
                        (_, true) => (-way.0, -way.1),
                        _ => (0.0, 0.0),
                    };
                    let new = if ends.from == *inner {
                        line.shifted(way, far_way)
                    } else {
                        line.shifted(far_way, way)
                    };
                    self.touched.push(*link);
                    self.before.push(line);
                    self.after.push(new);
                }
            }
        }
    }

    /// How many crossings the exchange on trial adds.
    fn more_crossings(&mut self) -> i32 {
        let old: i32 = self
            .touched
            .iter()
            .map(|link| at(&self.counts, *link))
            .sum();
        self.write(true);
        let new: i32 = self
            .after
            .iter()
            .map(|line| self.lines.crossed_by(line))
            .sum();
        self.write(false);
        // Crossings among the moved lines were counted from both sides.
        (new - self.after.crossings()) - (old - self.before.crossings())
    }

    /// Puts the moved lines on the board, or takes them back.
    fn write(&mut self, moved: bool) {
        let from = if moved { &self.after } else { &self.before };
        for (link, line) in self.touched.iter().zip(from.iter()) {
            self.lines.set(*link, line);
        }
    }

    fn keep(&mut self, exchange: Exchange) {
        self.write(true);
        let Exchange { one, other, way } = exchange;
        for (item, way) in [(one, way), (other, (-way.0, -way.1))] {
            for inner in row(self.below, item) {
                add(&mut self.middles.x, *inner, way.0);
                add(&mut self.middles.y, *inner, way.1);
            }
        }
        self.order.swap(self.model.parent(one), one, other);
    }

    fn count(&mut self) {
        if self.counts.is_empty() {
            let count = |link| self.lines.crossed_by(self.lines.line(link));
            self.counts = (0..self.lines.len()).map(count).collect();
        }
    }

    /// Takes the touched lines out of the counts of all others, or adds them, and counts their own
    /// crossings anew.
    fn recount(&mut self, by: i32) {
        for place in 0..self.touched.len() {
            let line = self.lines.line(at(&self.touched, place));
            self.lines.tally(line, by, &mut self.counts);
        }
        if by > 0 {
            for link in &self.touched {
                let own = self.lines.crossed_by(self.lines.line(*link));
                put(&mut self.counts, *link, own);
            }
        }
    }
}
