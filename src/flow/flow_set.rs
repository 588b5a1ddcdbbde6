//! Sets of packets.

use super::sweep::{Building, Cell, Here, Joined, both, either, first_only, meet, sweep};
use super::{AddressSet, PortSet, Protocol, ServiceSet};
use indexmap::IndexMap;
use std::sync::{Arc, LazyLock};

/// A set of packets: for each source address the protocols and destination ports.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FlowSet {
    /// Inclusive source intervals, sorted and apart, each with what it may send, never nothing;
    /// neighbours that touch differ in it. Shared, since most sets are handed on as they are.
    cells: Arc<[Cell]>,
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
        // In nearly every filter, so all share one.
        static ALL: LazyLock<FlowSet> =
            LazyLock::new(|| FlowSet::new(&AddressSet::all(), ServiceSet::all()));
        ALL.clone()
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
        if self.is_empty() || self.is_same(other) {
            return other.clone();
        }
        if other.is_empty() {
            return self.clone();
        }
        let mut out = Building::of(self.cells.len() + other.cells.len());
        let mut joined = Joined::default();
        sweep(&self.cells, &other.cells, |first, last, here| {
            let services = match here {
                Here::Both(a, b) => joined.of(a, b, |a, b| Some(either(a, b))),
                Here::First(one) | Here::Second(one) => Some(Arc::clone(one)),
            };
            out.push(first, last, services);
        });
        Self {
            cells: out.finish(),
        }
    }

    /// What is in both. O(n + m), or O(n log m) where one is much smaller.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        if self.is_same(other) {
            return self.clone();
        }
        let (few, many) = if self.cells.len() <= other.cells.len() {
            (&self.cells, &other.cells)
        } else {
            (&other.cells, &self.cells)
        };
        let mut out = Building::of(few.len());
        let mut joined = Joined::default();
        meet(few, many, |first, last, a, b| {
            out.push(first, last, joined.of(a, b, |a, b| Some(both(a, b))));
            true
        });
        Self {
            cells: out.finish(),
        }
    }

    /// What is in this but not in `other`. O(n + m).
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        if self.is_empty() || other.is_empty() {
            return self.clone();
        }
        if self.is_same(other) {
            return Self::empty();
        }
        let mut out = Building::of(self.cells.len());
        let mut joined = Joined::default();
        sweep(&self.cells, &other.cells, |first, last, here| match here {
            Here::Both(a, b) => out.push(first, last, joined.of(a, b, first_only)),
            Here::First(one) => out.push(first, last, Some(Arc::clone(one))),
            Here::Second(_) => {}
        });
        Self {
            cells: out.finish(),
        }
    }

    /// What is in both, and what is in this but not in `other`. O(n + m).
    pub fn split(&self, other: &Self) -> (Self, Self) {
        if self.is_empty() || other.is_empty() {
            return (Self::empty(), self.clone());
        }
        let mut inside = Building::of(self.cells.len());
        let mut outside = Building::of(self.cells.len());
        let (mut common, mut rest) = (Joined::default(), Joined::default());
        sweep(&self.cells, &other.cells, |first, last, here| match here {
            Here::Both(a, b) => {
                inside.push(first, last, common.of(a, b, |a, b| Some(both(a, b))));
                outside.push(first, last, rest.of(a, b, first_only));
            }
            Here::First(one) => outside.push(first, last, Some(Arc::clone(one))),
            Here::Second(_) => {}
        });
        let (inside, outside) = (inside.finish(), outside.finish());
        (Self { cells: inside }, Self { cells: outside })
    }

    /// Whether every packet of `other` is in this. O(n + m).
    pub fn contains(&self, other: &Self) -> bool {
        if self.is_same(other) {
            return true;
        }
        let mut own = self.cells.iter().peekable();
        other.cells.iter().all(|(first, last, wanted)| {
            let mut at = *first;
            loop {
                while own.next_if(|cell| cell.1 < at).is_some() {}
                let Some((start, end, here)) = own.peek() else {
                    return false;
                };
                if *start > at || !(here == wanted || here.contains(wanted)) {
                    return false;
                }
                if *end >= *last {
                    return true;
                }
                at = *end + 1;
            }
        })
    }

    /// Whether the two share a packet. O(n + m), or O(n log m) where one is much smaller.
    pub fn meets(&self, other: &Self) -> bool {
        let (few, many) = if self.cells.len() <= other.cells.len() {
            (&self.cells, &other.cells)
        } else {
            (&other.cells, &self.cells)
        };
        !meet(few, many, |_, _, a, b| !a.meets(b))
    }

    /// What the one at `point` may send; `None` where nothing.
    fn services_of(&self, point: u128) -> Option<&ServiceSet> {
        let at = self.cells.partition_point(|cell| cell.1 < point);
        let (first, _, services) = self.cells.get(at)?;
        (*first <= point).then_some(services)
    }

    /// Whether the two are one and the same set in memory.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.cells, &other.cells)
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
        let mut out = Building::of(self.cells.len());
        for (first, last, services) in self.cells.iter() {
            out.push(*first, *last, Some(Arc::new(change(services))));
        }
        Self {
            cells: out.finish(),
        }
    }

    /// The services in it, each with all its senders: groups that report the same ports together.
    pub fn by_services(&self) -> Vec<(ServiceSet, AddressSet)> {
        let mut groups: IndexMap<Arc<ServiceSet>, Vec<(u128, u128)>> = IndexMap::new();
        for (first, last, services) in self.cells.iter() {
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
        let services = self.services_of(sender.point())?;
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
            prop_assert_eq!(x.split(&y), (intersection.clone(), difference.clone()));
            prop_assert_eq!(x.contains(&y), y.subtract(&x).is_empty());
            prop_assert_eq!(x.meets(&y), !intersection.is_empty());
            prop_assert!(union.contains(&y) && x.contains(&intersection));
            // Canonical: the same set made another way is equal.
            prop_assert_eq!(difference.union(&intersection), x);
        }
    }
}
