//! Sets of packets.

use super::{AddressSet, PortSet, Protocol, ServiceSet};
use indexmap::IndexMap;
use std::sync::Arc;

/// A set of packets: for each source address the protocols and destination ports.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowSet {
    /// Inclusive source intervals, sorted and apart, each with what it may send, never nothing;
    /// neighbours that touch differ in it.
    cells: Vec<(u128, u128, Arc<ServiceSet>)>,
}

/// A set of packets that is known only between two bounds: `must` is surely in it, and nothing
/// outside `may` is. `must` is within `may`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Bounds {
    /// What is surely in it.
    pub must: FlowSet,
    /// What can be in it.
    pub may: FlowSet,
}

impl Bounds {
    /// The set `exactly`, known for sure.
    pub fn exact(exactly: FlowSet) -> Self {
        Self {
            must: exactly.clone(),
            may: exactly,
        }
    }

    /// Nothing.
    pub fn empty() -> Self {
        Self::default()
    }

    /// What is in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self {
            must: self.must.intersect(&other.must),
            may: self.may.intersect(&other.may),
        }
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self {
            must: self.must.union(&other.must),
            may: self.may.union(&other.may),
        }
    }
}

impl FlowSet {
    /// No packet.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every packet.
    pub fn all() -> Self {
        Self::new(&AddressSet::all(), ServiceSet::all())
    }

    /// What `sources` may send of `services`.
    pub fn new(sources: &AddressSet, services: ServiceSet) -> Self {
        if services.is_empty() {
            return Self::empty();
        }
        let services = Arc::new(services);
        let cells = sources
            .ranges()
            .iter()
            .map(|&(first, last)| (first, last, Arc::clone(&services)))
            .collect();
        Self { cells }
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.cells.is_empty()
    }

    /// What is in either. O(n + m).
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        self.merge(other, |a, b| match (a, b) {
            (Some(a), Some(b)) if a == b => Some(Arc::clone(a)),
            (Some(a), Some(b)) => Some(Arc::new(a.union(b))),
            (Some(one), None) | (None, Some(one)) => Some(Arc::clone(one)),
            (None, None) => None,
        })
    }

    /// What is in both. O(n + m).
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return Self::empty();
        }
        self.merge(other, both)
    }

    /// What is in this but not in `other`. O(n + m).
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.clone();
        }
        self.merge(other, first_only)
    }

    /// Whether every packet of `other` is in this.
    pub fn contains(&self, other: &Self) -> bool {
        other.subtract(self).is_empty()
    }

    /// Whether the two share a packet.
    pub fn meets(&self, other: &Self) -> bool {
        !self.intersect(other).is_empty()
    }

    /// The senders of any packet in it.
    pub fn sources(&self) -> AddressSet {
        AddressSet::from_sorted(
            self.cells
                .iter()
                .map(|&(first, last, _)| (first, last))
                .collect(),
        )
    }

    /// What any sender may send.
    pub fn services(&self) -> ServiceSet {
        self.cells
            .iter()
            .fold(ServiceSet::empty(), |services, (_, _, here)| {
                services.union(here)
            })
    }

    /// The packets whose senders are in `sources`.
    #[must_use]
    pub fn from_sources(&self, sources: &AddressSet) -> Self {
        self.intersect(&Self::new(sources, ServiceSet::all()))
    }

    /// The same senders, each with its services changed by `change`.
    #[must_use]
    pub fn map_services(&self, change: impl Fn(&ServiceSet) -> ServiceSet) -> Self {
        let mut out = Self::empty();
        for (first, last, services) in &self.cells {
            out.push(*first, *last, Arc::new(change(services)));
        }
        out
    }

    /// The services in it, each with all its senders: groups that report the same ports together.
    pub fn by_services(&self) -> Vec<(ServiceSet, AddressSet)> {
        let mut groups: IndexMap<Arc<ServiceSet>, Vec<(u128, u128)>> = IndexMap::new();
        for (first, last, services) in &self.cells {
            groups
                .entry(Arc::clone(services))
                .or_default()
                .push((*first, *last));
        }
        groups
            .into_iter()
            .map(|(services, ranges)| ((*services).clone(), AddressSet::from_sorted(ranges)))
            .collect()
    }

    /// One packet of it as a set of its own: from a telling sender where there is one, to the
    /// first port of the first protocol. `None` where it is empty.
    pub fn witness(&self) -> Option<(super::address::Witness, Protocol, u16)> {
        let sender = self.sources().witness()?;
        let point = match sender {
            super::address::Witness::Address(address) => AddressSet::single(address),
            super::address::Witness::Place(place) => AddressSet::place(place),
        };
        let services = self.from_sources(&point).services();
        let (protocol, ports) = services.parts().next()?;
        let port = ports.ranges().first().map_or(0, |&(first, _)| first);
        Some((sender, protocol, port))
    }

    /// One packet of it, the one that [`FlowSet::witness`] tells, as a set. `None` where it is
    /// empty.
    pub fn single(&self) -> Option<Self> {
        let (sender, protocol, port) = self.witness()?;
        let sender = match sender {
            super::address::Witness::Address(address) => AddressSet::single(address),
            super::address::Witness::Place(place) => AddressSet::place(place),
        };
        Some(Self::new(
            &sender,
            ServiceSet::of(protocol, PortSet::single(port)),
        ))
    }

    /// Adds an interval behind all others.
    fn push(&mut self, first: u128, last: u128, services: Arc<ServiceSet>) {
        if services.is_empty() {
            return;
        }
        if let Some(previous) = self.cells.last_mut()
            && previous.1.checked_add(1) == Some(first)
            && previous.2 == services
        {
            previous.1 = last;
            return;
        }
        self.cells.push((first, last, services));
    }

    /// What is in both, and what is in this but not in `other`. O(n + m).
    pub fn split(&self, other: &Self) -> (Self, Self) {
        if self.is_empty() || other.is_empty() {
            return (Self::empty(), self.clone());
        }
        let mut inside = Self {
            cells: Vec::with_capacity(self.cells.len() + other.cells.len()),
        };
        let mut outside = Self {
            cells: Vec::with_capacity(self.cells.len() + other.cells.len()),
        };
        let (mut common, mut rest) = (Joined::default(), Joined::default());
        self.sweep(other, |first, last, a, b| {
            if let (Some(_), Some(_)) = (a, b) {
                if let Some(services) = common.of(a, b, both) {
                    inside.push(first, last, services);
                }
                if let Some(services) = rest.of(a, b, first_only) {
                    outside.push(first, last, services);
                }
            } else if let Some(services) = a {
                outside.push(first, last, Arc::clone(services));
            }
        });
        (inside, outside)
    }

    /// Joins what stands at each stretch of addresses.
    fn merge(
        &self,
        other: &Self,
        join: impl Fn(Here<'_>, Here<'_>) -> Option<Arc<ServiceSet>>,
    ) -> Self {
        let mut out = Self {
            cells: Vec::with_capacity(self.cells.len() + other.cells.len()),
        };
        let mut joined = Joined::default();
        self.sweep(other, |first, last, a, b| {
            if let Some(services) = joined.of(a, b, &join) {
                out.push(first, last, services);
            }
        });
        out
    }

    /// Goes along the line of addresses and shows what stands at each stretch where anything does.
    fn sweep(&self, other: &Self, mut visit: impl FnMut(u128, u128, Here<'_>, Here<'_>)) {
        let (mut a, mut b) = (self.cells.iter().peekable(), other.cells.iter().peekable());
        let mut at = 0_u128;
        loop {
            // The stretch from `at` on: what covers it, and where that changes.
            let here_a = a.peek().filter(|cell| cell.0 <= at).map(|cell| &cell.2);
            let here_b = b.peek().filter(|cell| cell.0 <= at).map(|cell| &cell.2);
            let edge = |cell: Option<&&(u128, u128, Arc<ServiceSet>)>| match cell {
                Some(cell) if cell.0 > at => cell.0 - 1,
                Some(cell) => cell.1,
                None => u128::MAX,
            };
            let last = edge(a.peek()).min(edge(b.peek()));
            if here_a.is_some() || here_b.is_some() {
                visit(at, last, here_a, here_b);
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
}

/// What is in both.
fn both(a: Here<'_>, b: Here<'_>) -> Option<Arc<ServiceSet>> {
    match (a, b) {
        (Some(a), Some(b)) if a == b => Some(Arc::clone(a)),
        (Some(a), Some(b)) => Some(Arc::new(a.intersect(b))),
        _ => None,
    }
}

/// What is in the first only.
fn first_only(a: Here<'_>, b: Here<'_>) -> Option<Arc<ServiceSet>> {
    match (a, b) {
        (Some(a), Some(b)) if a == b => None,
        (Some(a), Some(b)) => Some(Arc::new(a.subtract(b))),
        (Some(a), None) => Some(Arc::clone(a)),
        _ => None,
    }
}

/// What stands at a stretch of addresses: nothing, or services.
type Here<'a> = Option<&'a Arc<ServiceSet>>;

/// Two sets of services and what they make together.
type Pair = (
    *const ServiceSet,
    *const ServiceSet,
    Option<Arc<ServiceSet>>,
);

/// Pairs of services that a sweep has joined before, which come again and again: most stretches of
/// a set share their services.
#[derive(Default)]
struct Joined {
    pairs: [Option<Pair>; 4],
    next: usize,
}

impl Joined {
    fn of(
        &mut self,
        a: Here<'_>,
        b: Here<'_>,
        join: impl Fn(Here<'_>, Here<'_>) -> Option<Arc<ServiceSet>>,
    ) -> Option<Arc<ServiceSet>> {
        let (Some(one), Some(other)) = (a, b) else {
            return join(a, b);
        };
        let (one, other) = (Arc::as_ptr(one), Arc::as_ptr(other));
        for (first, second, joined) in self.pairs.iter().flatten() {
            if *first == one && *second == other {
                return joined.clone();
            }
        }
        let joined = join(a, b).filter(|services| !services.is_empty());
        if let Some(place) = self.pairs.get_mut(self.next) {
            *place = Some((one, other, joined.clone()));
        }
        self.next = (self.next + 1) % self.pairs.len();
        joined
    }
}

#[cfg(test)]
mod tests {
    use super::super::parse_prefix;
    use super::*;
    use proptest::prelude::*;

    /// A toy box: a block of the 256 addresses 10.0.0.0/24 and a block of ports 0 to 15.
    type Toy = (u8, u8, u16, u16, bool);

    fn build(boxes: &[Toy]) -> FlowSet {
        boxes
            .iter()
            .fold(FlowSet::empty(), |set, &(a, b, p, q, udp)| {
                let (a, b, p, q) = (a.min(b), a.max(b), p.min(q), p.max(q));
                let sources = parse_prefix(&format!("10.0.0.{a}-10.0.0.{b}")).unwrap();
                let protocol = if udp { Protocol::Udp } else { Protocol::Tcp };
                set.union(&FlowSet::new(
                    &sources,
                    ServiceSet::of(protocol, PortSet::range(p, q)),
                ))
            })
    }

    fn holds(boxes: &[Toy], address: u8, port: u16, udp: bool) -> bool {
        boxes.iter().any(|&(a, b, p, q, u)| {
            (a.min(b)..=a.max(b)).contains(&address)
                && (p.min(q)..=p.max(q)).contains(&port)
                && u == udp
        })
    }

    fn has(set: &FlowSet, address: u8, port: u16, udp: bool) -> bool {
        let protocol = if udp { Protocol::Udp } else { Protocol::Tcp };
        let one = FlowSet::new(
            &parse_prefix(&format!("10.0.0.{address}")).unwrap(),
            ServiceSet::of(protocol, PortSet::single(port)),
        );
        set.contains(&one)
    }

    fn boxes() -> impl Strategy<Value = Vec<Toy>> {
        prop::collection::vec((0u8..12, 0u8..12, 0u16..6, 0u16..6, any::<bool>()), 0..5)
    }

    proptest! {
        #[test]
        fn algebra_agrees_with_packets_one_by_one(a in boxes(), b in boxes()) {
            let (x, y) = (build(&a), build(&b));
            let (union, intersection, difference) = (x.union(&y), x.intersect(&y), x.subtract(&y));
            for address in 0..13 {
                for port in 0..7 {
                    for udp in [false, true] {
                        let (in_a, in_b) = (holds(&a, address, port, udp), holds(&b, address, port, udp));
                        prop_assert_eq!(has(&union, address, port, udp), in_a || in_b);
                        prop_assert_eq!(has(&intersection, address, port, udp), in_a && in_b);
                        prop_assert_eq!(has(&difference, address, port, udp), in_a && !in_b);
                    }
                }
            }
            // Canonical: the same set made another way is equal.
            prop_assert_eq!(difference.union(&intersection), x);
        }
    }
}
