//! Sets of source addresses.

use super::place::{PLACE_FIRST, PLACE_LAST, Place};
use ipnet::IpNet;
use std::fmt;
use std::net::{IpAddr, Ipv4Addr, Ipv6Addr};

/// The IPv4 addresses' place on the line: the IPv4-mapped block of IPv6 (RFC 4291).
pub(super) const V4_FIRST: u128 = 0xffff_0000_0000;
pub(super) const V4_LAST: u128 = 0xffff_ffff_ffff;
/// The addresses of IPv6 that are routed in public (RFC 4291, `2000::/3`).
pub(super) const V6_PUBLIC_FIRST: u128 = 0x2000_0000_0000_0000_0000_0000_0000_0000;
pub(super) const V6_PUBLIC_LAST: u128 = 0x3fff_ffff_ffff_ffff_ffff_ffff_ffff_ffff;

/// A set of source addresses and places.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct AddressSet {
    /// Inclusive intervals, sorted, neither touching nor overlapping.
    ranges: Vec<(u128, u128)>,
}

impl AddressSet {
    /// No address.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every address and place.
    pub fn all() -> Self {
        Self {
            ranges: vec![(0, u128::MAX)],
        }
    }

    /// Every IPv4 address, with the places that have one.
    pub fn all_v4() -> Self {
        Self::from_ranges(vec![(V4_FIRST, V4_LAST), (PLACE_FIRST, PLACE_LAST)])
    }

    /// Every IPv6 address that is no mapped IPv4 address.
    pub fn all_v6() -> Self {
        Self::all().subtract(&Self::all_v4())
    }

    /// The one sender `place`.
    pub fn place(place: Place) -> Self {
        Self {
            ranges: vec![(place.point(), place.point())],
        }
    }

    /// The senders `places`.
    pub fn places(places: impl IntoIterator<Item = Place>) -> Self {
        let points = places.into_iter().map(Place::point);
        Self::from_ranges(points.map(|point| (point, point)).collect())
    }

    /// The one address `address`.
    pub fn single(address: IpAddr) -> Self {
        let point = to_point(address);
        Self {
            ranges: vec![(point, point)],
        }
    }

    /// The addresses from `first` to `last`, which are of one family; empty where they are not or
    /// stand in the wrong order. `0.0.0.0` to `255.255.255.255` holds the places too, as every
    /// prefix of length nought does.
    pub fn range(first: IpAddr, last: IpAddr) -> Self {
        if first.is_ipv4() != last.is_ipv4() || to_point(first) > to_point(last) {
            return Self::empty();
        }
        let ends = (to_point(first), to_point(last));
        if ends == (V4_FIRST, V4_LAST) {
            return Self::all_v4();
        }
        Self { ranges: vec![ends] }
    }

    /// The addresses of a prefix. One of length nought holds the places too: a sender without a
    /// known address has one all the same.
    pub fn prefix(prefix: IpNet) -> Self {
        match prefix {
            IpNet::V4(net) if net.prefix_len() == 0 => Self::all_v4(),
            IpNet::V6(net) if net.prefix_len() == 0 => Self::all_v6(),
            net => Self {
                ranges: vec![(to_point(net.network()), to_point(net.broadcast()))],
            },
        }
    }

    pub(super) fn from_ranges(mut ranges: Vec<(u128, u128)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u128, u128)> = Vec::with_capacity(ranges.len());
        for (first, last) in ranges {
            match merged.last_mut() {
                Some(previous) if first <= previous.1.saturating_add(1) => {
                    previous.1 = previous.1.max(last);
                }
                _ => merged.push((first, last)),
            }
        }
        Self { ranges: merged }
    }

    /// Whether it holds everything.
    pub fn is_all(&self) -> bool {
        self.ranges == [(0, u128::MAX)]
    }

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The inclusive intervals, sorted and apart.
    pub(super) fn ranges(&self) -> &[(u128, u128)] {
        &self.ranges
    }

    pub(super) fn from_sorted(ranges: Vec<(u128, u128)>) -> Self {
        Self::from_ranges(ranges)
    }

    /// What is in either. O(n + m).
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        if self.is_empty() {
            return other.clone();
        }
        Self::from_ranges(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    /// What is in both. O(n + m).
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        let (mut a, mut b) = (
            self.ranges.iter().peekable(),
            other.ranges.iter().peekable(),
        );
        let mut ranges = Vec::new();
        while let (Some(&&(a_first, a_last)), Some(&&(b_first, b_last))) = (a.peek(), b.peek()) {
            let (first, last) = (a_first.max(b_first), a_last.min(b_last));
            if first <= last {
                ranges.push((first, last));
            }
            if a_last < b_last {
                a.next();
            } else {
                b.next();
            }
        }
        Self { ranges }
    }

    /// What is in this but not in `other`. O(n + m).
    #[must_use]
    pub fn subtract(&self, other: &Self) -> Self {
        self.intersect(&other.complement())
    }

    /// What is not in this.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len() + 1);
        let mut next = Some(0);
        for &(first, last) in &self.ranges {
            if let Some(start) = next
                && start < first
            {
                ranges.push((start, first - 1));
            }
            next = last.checked_add(1);
        }
        if let Some(start) = next {
            ranges.push((start, u128::MAX));
        }
        Self { ranges }
    }

    /// Whether every member of `other` is in this. O(n + m).
    pub fn contains(&self, other: &Self) -> bool {
        let mut own = self.ranges.iter().peekable();
        other.ranges.iter().all(|&(first, last)| {
            while own.next_if(|range| range.1 < first).is_some() {}
            own.peek()
                .is_some_and(|range| range.0 <= first && last <= range.1)
        })
    }

    /// Whether the two share a member. O(n + m).
    pub fn meets(&self, other: &Self) -> bool {
        let mut own = self.ranges.iter().peekable();
        other.ranges.iter().any(|&(first, last)| {
            while own.next_if(|range| range.1 < first).is_some() {}
            own.peek().is_some_and(|range| range.0 <= last)
        })
    }

    /// The number of numeric IPv4 addresses in it.
    pub fn v4_count(&self) -> u64 {
        let v4 = self.intersect(&Self {
            ranges: vec![(V4_FIRST, V4_LAST)],
        });
        v4.ranges
            .iter()
            .map(|(first, last)| u64::try_from(last - first + 1).unwrap_or(u64::MAX))
            .sum()
    }

    /// The number of /32 blocks of public IPv6 that it covers, rounded up.
    pub fn v6_blocks(&self) -> u64 {
        let v6 = self.intersect(&Self {
            ranges: vec![(V6_PUBLIC_FIRST, V6_PUBLIC_LAST)],
        });
        v6.ranges
            .iter()
            .map(|(first, last)| u64::try_from(((last - first) >> 96) + 1).unwrap_or(u64::MAX))
            .sum()
    }

    /// A member, numeric where there is one: the first public one outside Azure that is no
    /// network's first address if possible.
    pub fn witness(&self) -> Option<Witness> {
        // An address of a block set aside for examples (RFC 5737) says what it is.
        let example = IpAddr::V4(Ipv4Addr::new(203, 0, 113, 10));
        if self.contains(&Self::single(example)) {
            return Some(Witness::Address(example));
        }
        let numeric = self.subtract(&Self {
            ranges: vec![(PLACE_FIRST, PLACE_LAST)],
        });
        let public = numeric.intersect(&Self::internet());
        let pick = if public.is_empty() { numeric } else { public };
        if let Some(&(first, last)) = pick.ranges.first() {
            let point = if first < last && first.trailing_zeros() >= 8 {
                first + 1
            } else {
                first
            };
            return Some(Witness::Address(to_address(point)));
        }
        self.ranges
            .first()
            .and_then(|&(first, _)| Place::at(first))
            .map(Witness::Place)
    }

    /// The members as short texts: prefixes, ranges and the names of places, in order.
    pub fn describe(&self) -> Vec<String> {
        if *self == Self::all() {
            return vec!["*".to_owned()];
        }
        let mut out = Vec::new();
        let places = Self {
            ranges: vec![(PLACE_FIRST, PLACE_LAST)],
        };
        let mut rest = self.clone();
        for (name, whole) in [("0.0.0.0/0", Self::all_v4()), ("::/0", Self::all_v6())] {
            if rest.contains(&whole) {
                out.push(name.to_owned());
                rest = rest.subtract(&whole);
            }
        }
        if rest == Self::internet() {
            return vec!["Internet".to_owned()];
        }
        for &(first, last) in &rest.subtract(&places).ranges {
            out.push(describe_range(first, last));
        }
        let azure = rest.intersect(&places).intersect(&Self::azure_public());
        if azure.contains(&Self::place(Place::AzureTenant)) {
            out.push("AzureCloud".to_owned());
        } else if !azure.is_empty() {
            out.push("AzureFrontDoor.Backend".to_owned());
        }
        out
    }
}

/// A member of a set, to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Witness {
    /// A numeric address.
    Address(IpAddr),
    /// A place without one.
    Place(Place),
}

impl Witness {
    /// Its place on the line of addresses.
    pub(super) fn point(self) -> u128 {
        match self {
            Self::Address(address) => to_point(address),
            Self::Place(place) => place.point(),
        }
    }
}

impl fmt::Display for Witness {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Address(address) => address.fmt(formatter),
            Self::Place(Place::AzureTenant | Place::AzureTenantSameRegion) => {
                formatter.write_str("an Azure address of another tenant")
            }
            Self::Place(Place::FrontDoor) => formatter.write_str("another tenant's Front Door"),
            Self::Place(Place::TrustedService) => formatter.write_str("a trusted Azure service"),
            Self::Place(Place::NamedInstance(_)) => {
                formatter.write_str("a resource listed by name")
            }
            Self::Place(Place::Subnet(_)) => formatter.write_str("a listed subnet"),
        }
    }
}

fn describe_range(first: u128, last: u128) -> String {
    let (from, to) = (to_address(first), to_address(last));
    if first == last {
        return from.to_string();
    }
    let size = last - first;
    let bits = (size + 1).trailing_zeros();
    if (size + 1).is_power_of_two() && first & size == 0 {
        let length = if from.is_ipv4() { 32 } else { 128 } - bits;
        return format!("{from}/{length}");
    }
    format!("{from}-{to}")
}

fn to_point(address: IpAddr) -> u128 {
    match address {
        IpAddr::V4(v4) => V4_FIRST + u128::from(v4.to_bits()),
        IpAddr::V6(v6) => v6.to_bits(),
    }
}

fn to_address(point: u128) -> IpAddr {
    match point.checked_sub(V4_FIRST).map(u32::try_from) {
        Some(Ok(v4)) => IpAddr::V4(Ipv4Addr::from_bits(v4)),
        _ => IpAddr::V6(Ipv6Addr::from_bits(point)),
    }
}

/// The addresses that `text` names: `*`, a prefix in CIDR form with or without host bits set, a
/// single address, or `first-last`. `None` where it is none of these.
pub fn parse_prefix(text: &str) -> Option<AddressSet> {
    let text = text.trim();
    if text == "*" {
        return Some(AddressSet::all());
    }
    if let Ok(net) = text.parse::<IpNet>() {
        return Some(AddressSet::prefix(net));
    }
    if let Ok(address) = text.parse::<IpAddr>() {
        return Some(AddressSet::single(address));
    }
    let (first, last) = text.split_once('-')?;
    let (first, last) = (first.trim().parse().ok()?, last.trim().parse().ok()?);
    Some(AddressSet::range(first, last)).filter(|set| !set.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn set(texts: &[&str]) -> AddressSet {
        texts.iter().fold(AddressSet::empty(), |set, text| {
            set.union(&parse_prefix(text).unwrap())
        })
    }

    #[test]
    fn two_halves_are_the_whole_of_ipv4_but_for_the_places() {
        let halves = set(&["0.0.0.0/1", "128.0.0.0/1"]);
        assert_eq!(halves, AddressSet::all_v4().subtract(&set_of_places()));
        assert_eq!(set(&["0.0.0.0-255.255.255.255"]), AddressSet::all_v4());
    }

    fn set_of_places() -> AddressSet {
        AddressSet {
            ranges: vec![(PLACE_FIRST, PLACE_LAST)],
        }
    }

    #[test]
    fn the_internet_is_public_only() {
        let internet = AddressSet::internet();
        for inside in ["8.8.8.8", "20.38.98.5", "2001:db8::1", "203.0.113.10"] {
            assert!(internet.contains(&set(&[inside])), "{inside}");
        }
        for outside in [
            "10.1.2.3",
            "172.31.0.1",
            "192.168.1.1",
            "168.63.129.16",
            "fc00::1",
            "127.0.0.1",
        ] {
            assert!(!internet.meets(&set(&[outside])), "{outside}");
        }
        assert!(internet.contains(&AddressSet::azure_public()));
        assert!(!internet.meets(&AddressSet::place(Place::TrustedService)));
    }

    #[test]
    fn families_do_not_mix() {
        assert!(!AddressSet::all_v4().meets(&set(&["2001:db8::/32"])));
        assert!(!AddressSet::all_v6().meets(&set(&["10.0.0.0/8"])));
        assert_eq!(
            AddressSet::all_v4().union(&AddressSet::all_v6()),
            AddressSet::all()
        );
    }

    #[test]
    fn what_is_no_address_is_refused() {
        for text in [
            "",
            "Internet",
            "10.0.0.0/33",
            "1.2.3",
            "5.6.7.8-1.2.3.4",
            "::1-1.2.3.4",
        ] {
            assert_eq!(parse_prefix(text), None, "{text}");
        }
    }

    #[test]
    fn sets_are_described_shortly() {
        assert_eq!(
            set(&["10.0.0.0/9", "10.128.0.0/9"]).describe(),
            ["10.0.0.0/8"]
        );
        assert_eq!(set(&["1.2.3.4-1.2.3.6"]).describe(), ["1.2.3.4-1.2.3.6"]);
        assert_eq!(AddressSet::internet().describe(), ["Internet"]);
        assert_eq!(AddressSet::azure_public().describe(), ["AzureCloud"]);
        assert_eq!(AddressSet::all_v4().describe(), ["0.0.0.0/0"]);
    }

    #[test]
    fn a_witness_is_a_member() {
        for one in [
            AddressSet::internet(),
            set(&["10.0.0.0/8"]),
            AddressSet::azure_public(),
        ] {
            match one.witness().unwrap() {
                Witness::Address(address) => assert!(one.contains(&AddressSet::single(address))),
                Witness::Place(place) => assert!(one.contains(&AddressSet::place(place))),
            }
        }
    }
}
