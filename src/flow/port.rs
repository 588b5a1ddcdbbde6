//! Sets of ports.

use std::fmt;

/// A set of ports from 0 to 65535.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct PortSet {
    /// Inclusive intervals, sorted, neither touching nor overlapping.
    ranges: Vec<(u16, u16)>,
}

impl PortSet {
    /// No port.
    pub fn empty() -> Self {
        Self::default()
    }

    /// Every port.
    pub fn all() -> Self {
        Self {
            ranges: vec![(0, u16::MAX)],
        }
    }

    /// The one port `port`.
    pub fn single(port: u16) -> Self {
        Self {
            ranges: vec![(port, port)],
        }
    }

    /// The ports from `first` to `last`; none where they stand in the wrong order.
    pub fn range(first: u16, last: u16) -> Self {
        if first <= last {
            Self {
                ranges: vec![(first, last)],
            }
        } else {
            Self::empty()
        }
    }

    /// The ports that `text` names: `*`, `n` or `a-b`; `None` where it names none.
    pub fn parse(text: &str) -> Option<Self> {
        let text = text.trim();
        if text == "*" {
            return Some(Self::all());
        }
        if let Some((first, last)) = text.split_once('-') {
            let set = Self::range(first.trim().parse().ok()?, last.trim().parse().ok()?);
            return (!set.is_empty()).then_some(set);
        }
        text.parse().ok().map(Self::single)
    }

    fn from_ranges(mut ranges: Vec<(u16, u16)>) -> Self {
        ranges.sort_unstable();
        let mut merged: Vec<(u16, u16)> = Vec::with_capacity(ranges.len());
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

    /// Whether it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The inclusive intervals, sorted and apart.
    pub fn ranges(&self) -> &[(u16, u16)] {
        &self.ranges
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &Self) -> Self {
        Self::from_ranges(self.ranges.iter().chain(&other.ranges).copied().collect())
    }

    /// What is in both.
    #[must_use]
    pub fn intersect(&self, other: &Self) -> Self {
        Self {
            ranges: self.overlaps(other).collect(),
        }
    }

    /// The intervals that both hold, sorted and apart.
    fn overlaps<'a>(&'a self, other: &'a Self) -> impl Iterator<Item = (u16, u16)> + 'a {
        self.ranges.iter().flat_map(|&(a_first, a_last)| {
            other.ranges.iter().filter_map(move |&(b_first, b_last)| {
                let (first, last) = (a_first.max(b_first), a_last.min(b_last));
                (first <= last).then_some((first, last))
            })
        })
    }

    /// Whether the two share a port.
    pub fn meets(&self, other: &Self) -> bool {
        self.overlaps(other).next().is_some()
    }

    /// Whether every port of `other` is in this.
    pub fn contains_all(&self, other: &Self) -> bool {
        other.ranges.iter().all(|&(first, last)| {
            let mut own = self.ranges.iter();
            own.any(|range| range.0 <= first && last <= range.1)
        })
    }

    /// Whether it holds every port.
    pub fn is_all(&self) -> bool {
        self.ranges == [(0, u16::MAX)]
    }

    /// What is not in this.
    #[must_use]
    pub fn complement(&self) -> Self {
        let mut ranges = Vec::new();
        let mut next = Some(0_u16);
        for &(first, last) in &self.ranges {
            if let Some(start) = next
                && start < first
            {
                ranges.push((start, first - 1));
            }
            next = last.checked_add(1);
        }
        if let Some(start) = next {
            ranges.push((start, u16::MAX));
        }
        Self { ranges }
    }

    /// The number of ports in it.
    pub fn len(&self) -> u32 {
        self.ranges
            .iter()
            .map(|(first, last)| u32::from(*last) - u32::from(*first) + 1)
            .sum()
    }

    /// What these ports, which are within `from`, become when `from` is translated to `to`: the
    /// port at the same place of `to` where the two are of one size, else every port of `to`.
    #[must_use]
    pub fn translate(&self, from: &Self, to: &Self) -> Self {
        if from.len() != to.len() {
            return to.clone();
        }
        let mut ranges = Vec::new();
        for (first, last) in &self.ranges {
            for (first, last) in from.places(*first, *last) {
                ranges.extend(to.at_places(first, last));
            }
        }
        Self::from_ranges(ranges)
    }

    /// The places, counted from nought, that the ports `first` to `last` have in this set.
    fn places(&self, first: u16, last: u16) -> Vec<(u32, u32)> {
        let mut before = 0;
        let mut out = Vec::new();
        for &(a, b) in &self.ranges {
            let (from, to) = (first.max(a), last.min(b));
            if from <= to {
                let start = before + u32::from(from - a);
                out.push((start, start + u32::from(to - from)));
            }
            before += u32::from(b) - u32::from(a) + 1;
        }
        out
    }

    /// The ports at the places `first` to `last`.
    fn at_places(&self, first: u32, last: u32) -> Vec<(u16, u16)> {
        let mut before = 0;
        let mut out = Vec::new();
        for &(a, b) in &self.ranges {
            let size = u32::from(b) - u32::from(a) + 1;
            let (from, to) = (first.max(before), last.min(before + size - 1));
            if from <= to {
                let port = |place: u32| u16::try_from(u32::from(a) + place - before).unwrap_or(b);
                out.push((port(from), port(to)));
            }
            before += size;
        }
        out
    }

    /// Whether `port` is in it.
    pub fn contains(&self, port: u16) -> bool {
        self.ranges
            .iter()
            .any(|&(first, last)| first <= port && port <= last)
    }
}

impl fmt::Display for PortSet {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        if *self == Self::all() {
            return formatter.write_str("*");
        }
        for (at, (first, last)) in self.ranges.iter().enumerate() {
            let comma = if at == 0 { "" } else { "," };
            if first == last {
                write!(formatter, "{comma}{first}")?;
            } else {
                write!(formatter, "{comma}{first}-{last}")?;
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ports_are_read_and_shown() {
        assert_eq!(PortSet::parse("80").unwrap().to_string(), "80");
        assert_eq!(
            PortSet::parse(" 8000 - 8080 ").unwrap().to_string(),
            "8000-8080"
        );
        assert_eq!(PortSet::parse("*"), Some(PortSet::all()));
        assert_eq!(PortSet::parse("0-65535"), Some(PortSet::all()));
        for text in ["", "x", "70000", "90-80", "80,81"] {
            assert_eq!(PortSet::parse(text), None, "{text}");
        }
    }

    #[test]
    fn translation_keeps_the_place_of_each_port() {
        let from = PortSet::range(5000, 5003).union(&PortSet::single(6000));
        let to = PortSet::range(80, 82).union(&PortSet::range(90, 91));
        let map = [(5000, 80), (5001, 81), (5002, 82), (5003, 90), (6000, 91)];
        for (port, want) in map {
            assert_eq!(
                PortSet::single(port).translate(&from, &to),
                PortSet::single(want)
            );
        }
        let three = PortSet::range(5002, 6000)
            .intersect(&from)
            .translate(&from, &to);
        assert_eq!(three, PortSet::single(82).union(&PortSet::range(90, 91)));
        // Many to one.
        assert_eq!(
            from.translate(&from, &PortSet::single(22)),
            PortSet::single(22)
        );
    }

    #[test]
    fn port_algebra_agrees_with_ports_one_by_one() {
        let a = PortSet::range(10, 20)
            .union(&PortSet::single(22))
            .union(&PortSet::range(65_000, 65_535));
        let b = PortSet::range(15, 22).union(&PortSet::range(0, 3));
        for port in 0..=u16::MAX {
            assert_eq!(
                a.union(&b).contains(port),
                a.contains(port) || b.contains(port)
            );
            assert_eq!(
                a.intersect(&b).contains(port),
                a.contains(port) && b.contains(port)
            );
            assert_eq!(a.complement().contains(port), !a.contains(port));
        }
    }
}
