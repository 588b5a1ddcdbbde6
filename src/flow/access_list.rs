//! First-match lists whose entries may be in doubt.
//!
//! Everything that admits or refuses packets is one of these: a security group, a service's
//! firewall, an app's access restrictions, the platform's own default.

use super::{AddressSet, Bounds, FlowSet, ServiceSet};
use crate::evidence::{Doubt, Evidence, Remedy};
use crate::value::Text;
use std::borrow::Cow;
use std::sync::{Arc, OnceLock};

/// What an entry does with the packets that it matches first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Access {
    /// Lets them pass.
    Allow,
    /// Refuses them.
    Deny,
}

/// One entry of a list.
#[derive(Clone, Debug)]
pub struct Entry {
    /// What it does.
    pub access: Access,
    /// What it surely matches, and what it can match.
    pub matches: Bounds,
    /// Why the two differ; without any they are equal. Where all of these hold the entry matches
    /// `may`, where one does not, `must`; each holds or not for each packet by itself.
    pub doubts: Vec<Arc<Doubt>>,
    /// What proves it; the first is the deciding line.
    pub evidence: Vec<Evidence>,
}

impl Entry {
    /// An entry that matches just `packets`.
    pub fn exact(access: Access, packets: FlowSet, evidence: Vec<Evidence>) -> Self {
        Self {
            access,
            matches: Bounds::exact(packets),
            doubts: Vec::new(),
            evidence,
        }
    }

    /// An entry that matches `packets`, or, if the doubt falls the other way, nothing.
    pub fn doubtful(
        access: Access,
        packets: FlowSet,
        doubt: Doubt,
        evidence: Vec<Evidence>,
    ) -> Self {
        Self {
            access,
            matches: Bounds {
                must: FlowSet::empty(),
                may: packets,
            },
            doubts: vec![Arc::new(doubt)],
            evidence,
        }
    }

    /// Whether the remedies that `is_applied` make it refuse what it admits.
    fn is_undone_by(&self, is_applied: &impl Fn(&Remedy) -> bool) -> bool {
        let mut remedies = self.evidence.iter().filter_map(|one| one.remedy.as_ref());
        self.access == Access::Allow && remedies.any(|remedy| is_applied(remedy))
    }

    /// What it matches for sure and what it can match, with the doubts of `assumption` settled.
    pub fn bounds(&self, assumption: &Assumption) -> (&FlowSet, &FlowSet) {
        let (must, may) = (&self.matches.must, &self.matches.may);
        if self.doubts.is_empty() || assumption.is_empty() {
            return (must, may);
        }
        let mut open = false;
        for doubt in &self.doubts {
            match assumption.iter().find(|(key, _)| *key == doubt.key) {
                Some((_, true)) => {}
                Some((_, false)) => return (must, must),
                None => open = true,
            }
        }
        if open { (must, may) } else { (may, may) }
    }
}

/// Doubts settled for the sake of argument: the key and whether the entry matches all it can.
pub type Assumption = [(Text, bool)];

/// A list of entries of which the first that matches decides; what none matches is refused.
#[derive(Clone, Debug, Default)]
pub struct AccessList {
    /// The entries in the order in which they are tried.
    entries: Vec<Entry>,
    whole: Whole,
    is_security_group: bool,
}

/// What a list lets through of all packets, once it was asked for. What becomes of one packet never
/// hangs on others, so whatever is asked is a part of this.
#[derive(Debug, Default)]
pub(super) struct Whole(OnceLock<Bounds>);

impl Whole {
    /// The bounds, by `decide` where they were not asked for before.
    pub(super) fn get_or_init(&self, decide: impl FnOnce() -> Bounds) -> &Bounds {
        self.0.get_or_init(decide)
    }
}

impl Clone for Whole {
    /// Nothing: a list is cloned to be changed.
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// What a list lets through, and which entries decide.
#[derive(Clone, Debug, Default)]
pub struct Decision {
    /// The packets let through.
    pub allowed: Bounds,
    /// For each entry, in order, the packets that it can be the first to match.
    pub first_matches: Vec<FlowSet>,
}

/// What a list of `entries` would do with `packets`, as [`AccessList::decide`] tells: for a list
/// without some of its entries, which need not be made for it.
pub fn decide_entries<'a>(
    entries: impl IntoIterator<Item = &'a Entry>,
    packets: &FlowSet,
    assumption: &Assumption,
) -> Decision {
    let mut open = packets.clone();
    let (mut may_allow, mut may_deny) = (FlowSet::empty(), FlowSet::empty());
    let mut first_matches = Vec::new();
    for entry in entries {
        if open.is_empty() {
            first_matches.push(FlowSet::empty());
            continue;
        }
        let (must, may) = entry.bounds(assumption);
        let (maybe, rest) = open.split(may);
        if !maybe.is_empty() {
            // Where nothing is in doubt, what can match does.
            open = if must.is_same(may) {
                rest
            } else {
                open.subtract(must)
            };
            match entry.access {
                Access::Allow => may_allow = may_allow.union(&maybe),
                Access::Deny => may_deny = may_deny.union(&maybe),
            }
        }
        first_matches.push(maybe);
    }
    let must = packets.subtract(&may_deny).subtract(&open);
    Decision {
        allowed: Bounds {
            must,
            may: may_allow,
        },
        first_matches,
    }
}

impl AccessList {
    /// A list of `entries`.
    pub fn new(entries: Vec<Entry>) -> Self {
        Self {
            entries,
            whole: Whole::default(),
            is_security_group: false,
        }
    }

    /// The same list as one of a security group.
    #[must_use]
    pub fn of_security_group(mut self) -> Self {
        self.is_security_group = true;
        self
    }

    /// Whether it is a security group's, so that an administrator's rules come before it.
    pub fn is_security_group(&self) -> bool {
        self.is_security_group
    }

    /// The entries in the order in which they are tried.
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// The entries, to be changed.
    pub fn entries_mut(&mut self) -> &mut Vec<Entry> {
        self.whole = Whole::default();
        &mut self.entries
    }

    /// What of `packets` is let through, with the doubts of `assumption` settled. As
    /// [`AccessList::decide`], but without telling by which entries. O(set size) from the second
    /// time on, where no doubt of the list is settled.
    pub fn allowed(&self, packets: &Bounds, assumption: &Assumption) -> Bounds {
        if self.is_settled_by(assumption) {
            let allowed = self.decide(&packets.may, assumption).allowed;
            return Bounds {
                must: packets.must.intersect(&allowed.must),
                may: allowed.may,
            };
        }
        let all = || self.decide(&FlowSet::all(), &[]).allowed;
        packets.intersect(self.whole.get_or_init(all))
    }

    /// Whether `assumption` settles a doubt of the list.
    pub(super) fn is_settled_by(&self, assumption: &Assumption) -> bool {
        let mut doubts = self.entries.iter().flat_map(|entry| &entry.doubts);
        !assumption.is_empty()
            && doubts.any(|doubt| assumption.iter().any(|(key, _)| *key == doubt.key))
    }

    /// Whether entries of the list hang on more doubts than one.
    pub(super) fn repeats_doubts(&self) -> bool {
        let doubtful = self.entries.iter().filter(|entry| !entry.doubts.is_empty());
        doubtful.count() > 1
    }

    /// A list that lets everything through because of `evidence`.
    pub fn open(evidence: Vec<Evidence>) -> Self {
        Self::new(vec![Entry::exact(Access::Allow, FlowSet::all(), evidence)])
    }

    /// A list that refuses everything because of `evidence`.
    pub fn closed(evidence: Vec<Evidence>) -> Self {
        Self::new(vec![Entry::exact(Access::Deny, FlowSet::all(), evidence)])
    }

    /// What of `packets` is let through, with the doubts of `assumption` settled.
    ///
    /// Exact for each packet while no doubt stands in two entries; where one does, the bounds are
    /// sound but wider than need be: [`decide_series`](super::decide_series) settles such doubts
    /// both ways in turn.
    /// O(entries · set size).
    pub fn decide(&self, packets: &FlowSet, assumption: &Assumption) -> Decision {
        decide_entries(&self.entries, packets, assumption)
    }

    /// The list with no way to change it.
    #[must_use]
    pub fn without_remedies(mut self) -> Self {
        for evidence in self
            .entries
            .iter_mut()
            .flat_map(|entry| &mut entry.evidence)
        {
            evidence.remedy = None;
        }
        self
    }

    /// The list with the remedies that `is_applied` applied, so that what they undo refuses instead
    /// of admitting. The list itself where none of them is in it.
    pub fn with_remedies(&self, is_applied: impl Fn(&Remedy) -> bool) -> Cow<'_, Self> {
        if !self.is_changed_by(&is_applied) {
            return Cow::Borrowed(self);
        }
        let mut list = self.clone();
        let entries = list.entries.iter_mut();
        for entry in entries.filter(|entry| entry.is_undone_by(&is_applied)) {
            entry.access = Access::Deny;
        }
        Cow::Owned(list)
    }

    /// Whether the remedies that `is_applied` undo an entry of the list.
    pub(super) fn is_changed_by(&self, is_applied: &impl Fn(&Remedy) -> bool) -> bool {
        self.entries
            .iter()
            .any(|entry| entry.is_undone_by(is_applied))
    }

    /// The list as packets to `destinations` meet it, where its addresses are those of
    /// destinations: a list that treats every sender alike.
    ///
    /// Where the destination's true address is one of several, what matches some of them is in
    /// doubt. O(entries · set size).
    #[must_use]
    pub fn towards(&self, destinations: &AddressSet) -> Self {
        let alike = |services: ServiceSet| FlowSet::new(&AddressSet::all(), services);
        let entries = self.entries.iter().filter_map(|entry| {
            let may = entry.matches.may.from_sources(destinations).services();
            if may.is_empty() {
                return None;
            }
            let sure = entry.matches.must.by_services();
            let must = sure
                .into_iter()
                .filter(|(_, addresses)| addresses.contains(destinations))
                .fold(ServiceSet::empty(), |all, (services, _)| {
                    all.union(&services)
                });
            Some(Entry {
                access: entry.access,
                matches: Bounds {
                    must: alike(must),
                    may: alike(may),
                },
                doubts: entry.doubts.clone(),
                evidence: entry.evidence.clone(),
            })
        });
        Self {
            is_security_group: self.is_security_group,
            ..Self::new(entries.collect())
        }
    }

    /// The doubts on which the decision about `packets` can hang, in order.
    pub fn doubts(&self, packets: &FlowSet) -> Vec<&Arc<Doubt>> {
        if self.entries.iter().all(|entry| entry.doubts.is_empty()) {
            return Vec::new();
        }
        let decision = self.decide(packets, &[]);
        self.entries
            .iter()
            .zip(&decision.first_matches)
            .filter(|(_, first)| !first.is_empty())
            .flat_map(|(entry, _)| &entry.doubts)
            .collect()
    }

    /// The entries that decide about `packets` by `access`, in order. Where one surely matches them
    /// all, those before it that may are left out: they make no difference.
    pub fn deciding(&self, packets: &FlowSet, access: Access) -> Vec<&Entry> {
        let decision = self.decide(packets, &[]);
        let matching: Vec<&Entry> = self
            .entries
            .iter()
            .zip(&decision.first_matches)
            .filter(|(_, first)| !first.is_empty())
            .map(|(entry, _)| entry)
            .collect();
        let sure = matching
            .iter()
            .copied()
            .find(|entry| entry.matches.must.contains(packets));
        match sure {
            Some(sure) if matching.iter().all(|entry| entry.access == access) => vec![sure],
            _ => matching
                .into_iter()
                .filter(|entry| entry.access == access)
                .collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{AddressSet, PortSet, Protocol, ServiceSet, parse_prefix};
    use super::*;
    use proptest::prelude::*;

    /// An entry over eight toy addresses: what it surely matches and what it can match, by bit.
    type Toy = (bool, u8, u8);

    fn set(bits: u8) -> FlowSet {
        let sources = (0..8)
            .filter(|bit| bits >> bit & 1 == 1)
            .fold(AddressSet::empty(), |set, bit| {
                set.union(&parse_prefix(&format!("10.0.0.{bit}")).unwrap())
            });
        FlowSet::new(&sources, ServiceSet::of(Protocol::Tcp, PortSet::single(80)))
    }

    proptest! {
        /// Every entry's doubt is its own here, so for each packet the bounds are exact: it is in
        /// `must` when every way of settling lets it through, and in `may` when some way does.
        #[test]
        fn bounds_agree_with_every_way_of_settling(
            toys in prop::collection::vec((any::<bool>(), any::<u8>(), any::<u8>()), 0..5)
        ) {
            let toys: Vec<Toy> = toys.into_iter().map(|(allow, a, b)| (allow, a & b, a | b)).collect();
            let list = AccessList::new(toys.iter().enumerate().map(|(at, &(allow, must, may))| Entry {
                access: if allow { Access::Allow } else { Access::Deny },
                matches: Bounds { must: set(must), may: set(may) },
                doubts: vec![Arc::new(Doubt::outside("test", format!("{at}"), "", "", None))],
                evidence: Vec::new(),
            }).collect());
            let decision = list.decide(&set(0xff), &[]);
            for bit in 0..8 {
                let mut outcomes = Vec::new();
                for settled in 0..1_u32 << toys.len() {
                    let first = toys.iter().enumerate().find(|(at, (_, must, may))| {
                        let bits = if settled >> at & 1 == 1 { may } else { must };
                        bits >> bit & 1 == 1
                    });
                    outcomes.push(first.is_some_and(|(_, (allow, _, _))| *allow));
                    // With the doubts settled the list says just that.
                    let assumption: Vec<(Text, bool)> = (0..toys.len())
                        .map(|at| (Text::from(format!("{at}")), settled >> at & 1 == 1))
                        .collect();
                    let settled = list.decide(&set(1 << bit), &assumption).allowed;
                    prop_assert_eq!(&settled.must, &settled.may);
                    prop_assert_eq!(!settled.must.is_empty(), *outcomes.last().unwrap());
                }
                let packet = set(1 << bit);
                prop_assert_eq!(decision.allowed.must.contains(&packet), outcomes.iter().all(|open| *open));
                prop_assert_eq!(decision.allowed.may.contains(&packet), outcomes.iter().any(|open| *open));
            }
        }
    }
}
