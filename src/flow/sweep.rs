//! Two sets of packets side by side, along the line of addresses.

use super::ServiceSet;
use std::sync::Arc;

/// An inclusive interval of sources with what they may send.
pub(super) type Cell = (u128, u128, Arc<ServiceSet>);

/// Goes along the line of addresses and shows what stands at each stretch where anything does.
pub(super) fn sweep(a: &[Cell], b: &[Cell], mut visit: impl FnMut(u128, u128, Here<'_>)) {
    let (mut a, mut b) = (a.iter().peekable(), b.iter().peekable());
    let mut at = 0_u128;
    loop {
        // The stretch from `at` on: what covers it, and where that changes.
        let here_a = a.peek().filter(|cell| cell.0 <= at).map(|cell| &cell.2);
        let here_b = b.peek().filter(|cell| cell.0 <= at).map(|cell| &cell.2);
        let edge = |cell: Option<&&Cell>| match cell {
            Some(cell) if cell.0 > at => cell.0 - 1,
            Some(cell) => cell.1,
            None => u128::MAX,
        };
        let last = edge(a.peek()).min(edge(b.peek()));
        match (here_a, here_b) {
            (Some(a), Some(b)) => visit(at, last, Here::Both(a, b)),
            (Some(one), None) => visit(at, last, Here::First(one)),
            (None, Some(one)) => visit(at, last, Here::Second(one)),
            (None, None) => {}
        }
        if a.peek().is_some_and(|cell| cell.1 == last) {
            a.next();
        }
        if b.peek().is_some_and(|cell| cell.1 == last) {
            b.next();
        }
        if a.peek().is_none() && b.peek().is_none() {
            return;
        }
        let Some(next) = last.checked_add(1) else {
            return;
        };
        at = next;
    }
}

/// Shows each stretch that both cover, until `visit` says that it has seen enough; whether it
/// never did. Of `many` only the part from the first of `few` on is looked at.
pub(super) fn meet(
    few: &[Cell],
    many: &[Cell],
    mut visit: impl FnMut(u128, u128, &Arc<ServiceSet>, &Arc<ServiceSet>) -> bool,
) -> bool {
    let Some((lowest, ..)) = few.first() else {
        return true;
    };
    let skipped = many.partition_point(|cell| cell.1 < *lowest);
    let mut theirs = many.get(skipped..).unwrap_or_default();
    for (first, last, services) in few {
        while let Some(((start, end, here), rest)) = theirs.split_first() {
            let (from, to) = ((*first).max(*start), (*last).min(*end));
            if from <= to && !visit(from, to, services, here) {
                return false;
            }
            if end > last {
                break;
            }
            theirs = rest;
        }
    }
    true
}

/// A set that is being made, cell by cell in order.
pub(super) struct Building {
    cells: Vec<Cell>,
}

impl Building {
    pub(super) fn of(about: usize) -> Self {
        Self {
            cells: Vec::with_capacity(about),
        }
    }

    pub(super) fn push(&mut self, first: u128, last: u128, services: Option<Arc<ServiceSet>>) {
        let Some(services) = services.filter(|services| !services.is_empty()) else {
            return;
        };
        if let Some(previous) = self.cells.last_mut()
            && previous.1.checked_add(1) == Some(first)
            && previous.2 == services
        {
            previous.1 = last;
            return;
        }
        self.cells.push((first, last, services));
    }

    pub(super) fn finish(self) -> Arc<[Cell]> {
        self.cells.into()
    }
}

pub(super) fn either(a: &Arc<ServiceSet>, b: &Arc<ServiceSet>) -> Arc<ServiceSet> {
    if a == b || a.is_all() {
        Arc::clone(a)
    } else if b.is_all() {
        Arc::clone(b)
    } else {
        Arc::new(a.union(b))
    }
}

pub(super) fn both(a: &Arc<ServiceSet>, b: &Arc<ServiceSet>) -> Arc<ServiceSet> {
    if a == b || b.is_all() {
        Arc::clone(a)
    } else if a.is_all() {
        Arc::clone(b)
    } else {
        Arc::new(a.intersect(b))
    }
}

pub(super) fn first_only(a: &Arc<ServiceSet>, b: &Arc<ServiceSet>) -> Option<Arc<ServiceSet>> {
    (a != b && !b.is_all()).then(|| Arc::new(a.subtract(b)))
}

/// What stands at a stretch of addresses, of two sets.
pub(super) enum Here<'a> {
    Both(&'a Arc<ServiceSet>, &'a Arc<ServiceSet>),
    First(&'a Arc<ServiceSet>),
    Second(&'a Arc<ServiceSet>),
}

/// Two sets of services and what they make together.
type Pair = (
    *const ServiceSet,
    *const ServiceSet,
    Option<Arc<ServiceSet>>,
);

/// Pairs of services that a sweep has joined before, which come again and again: most stretches of
/// a set share their services.
#[derive(Default)]
pub(super) struct Joined {
    pairs: [Option<Pair>; 4],
    next: usize,
}

impl Joined {
    pub(super) fn of(
        &mut self,
        a: &Arc<ServiceSet>,
        b: &Arc<ServiceSet>,
        join: impl Fn(&Arc<ServiceSet>, &Arc<ServiceSet>) -> Option<Arc<ServiceSet>>,
    ) -> Option<Arc<ServiceSet>> {
        let (one, other) = (Arc::as_ptr(a), Arc::as_ptr(b));
        for (first, second, joined) in self.pairs.iter().flatten() {
            if *first == one && *second == other {
                return joined.clone();
            }
        }
        let joined = join(a, b);
        if let Some(place) = self.pairs.get_mut(self.next) {
            *place = Some((one, other, joined.clone()));
        }
        self.next = (self.next + 1) % self.pairs.len();
        joined
    }
}
