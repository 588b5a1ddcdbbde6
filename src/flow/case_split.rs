//! Lists in series whose doubts come up more than once.
//!
//! One by one, lists keep each packet's bounds exact only while every doubt comes up once. A tag
//! that two rules name, or the rules of a subnet and those of an interface, is one fact all the
//! same: it holds in both places or in neither. So such doubts are settled both ways in turn, and
//! the outcomes are joined ("Incomplete templates and three-valued logic", case split).

use super::{AccessList, Assumption, Bounds, Decision, FlowSet};
use crate::evidence::Doubt;
use crate::value::Text;
use std::sync::Arc;

/// How many doubts are settled in turn; what comes up beyond that only widens the bounds.
const SPLIT_LIMIT: usize = 6;

/// What lists in series let through, and which entries decide.
#[derive(Clone, Debug, Default)]
pub struct SeriesDecision {
    /// The packets that pass all of them.
    pub allowed: Bounds,
    /// For each list, in order, what it does with the packets that can get to it.
    pub lists: Vec<Decision>,
}

impl SeriesDecision {
    /// Whether list number `at` surely refuses everything that gets to it, and something does.
    pub fn surely_refuses(&self, at: usize) -> bool {
        self.lists.get(at).is_some_and(|list| {
            list.allowed.may.is_empty() && list.first_matches.iter().any(|first| !first.is_empty())
        })
    }
}

/// What of `packets` passes all of `lists`, one after the other.
///
/// Exact for each packet while no more than six doubts come up more than once; sound beyond. A
/// doubt that [implies](Doubt::implies) another is never taken to hold without it.
/// O(2^k · entries · set size) for k such doubts, and k is nought for most lists.
pub fn decide_series(lists: &[&AccessList], packets: &FlowSet) -> SeriesDecision {
    decide_series_under(lists, packets, &[])
}

/// As [`decide_series`], with the doubts of `settled` settled.
pub(super) fn decide_series_under(
    lists: &[&AccessList],
    packets: &FlowSet,
    settled: &Assumption,
) -> SeriesDecision {
    let plain = decide_under(lists, packets, settled);
    let repeated = repeated_doubts(lists, &plain, settled);
    if repeated.is_empty() {
        return plain;
    }
    let mut joined: Option<SeriesDecision> = None;
    for choice in 0..1_u32 << repeated.len() {
        let assumption: Vec<(Text, bool)> = repeated
            .iter()
            .enumerate()
            .map(|(bit, doubt)| (Text::clone(&doubt.key), choice >> bit & 1 == 1))
            .collect();
        if is_possible(&repeated, &assumption) {
            let assumption = [&assumption, settled].concat();
            let one = decide_under(lists, packets, &assumption);
            joined = Some(match joined {
                Some(sum) => join(&sum, &one),
                None => one,
            });
        }
    }
    joined.unwrap_or(plain)
}

/// Whether no doubt that holds implies one that does not.
fn is_possible(doubts: &[&Arc<Doubt>], assumption: &[(Text, bool)]) -> bool {
    let fails = |key: &Text| {
        assumption
            .iter()
            .any(|(other, holds)| other == key && !holds)
    };
    doubts
        .iter()
        .zip(assumption)
        .all(|(doubt, (_, holds))| !holds || !doubt.implies.iter().any(fails))
}

fn decide_under(
    lists: &[&AccessList],
    packets: &FlowSet,
    assumption: &[(Text, bool)],
) -> SeriesDecision {
    let mut here = packets.clone();
    let mut must = packets.clone();
    let mut decisions = Vec::with_capacity(lists.len());
    for list in lists {
        let decision = list.decide(&here, assumption);
        must = must.intersect(&decision.allowed.must);
        here.clone_from(&decision.allowed.may);
        decisions.push(decision);
    }
    SeriesDecision {
        allowed: Bounds { must, may: here },
        lists: decisions,
    }
}

/// What holds in both of two cases, and what can in either.
fn join(a: &SeriesDecision, b: &SeriesDecision) -> SeriesDecision {
    let lists = a.lists.iter().zip(&b.lists).map(|(a, b)| {
        let firsts = a.first_matches.iter().zip(&b.first_matches);
        Decision {
            allowed: join_bounds(&a.allowed, &b.allowed),
            first_matches: firsts.map(|(a, b)| a.union(b)).collect(),
        }
    });
    SeriesDecision {
        allowed: join_bounds(&a.allowed, &b.allowed),
        lists: lists.collect(),
    }
}

fn join_bounds(a: &Bounds, b: &Bounds) -> Bounds {
    Bounds {
        must: a.must.intersect(&b.must),
        may: a.may.union(&b.may),
    }
}

/// The doubts that come up twice for some packet, or beside one that they imply; the first six.
fn repeated_doubts<'a>(
    lists: &[&'a AccessList],
    plain: &SeriesDecision,
    settled: &Assumption,
) -> Vec<&'a Arc<Doubt>> {
    let is_open = |doubt: &&Arc<Doubt>| settled.iter().all(|(key, _)| *key != doubt.key);
    let mut seen: Vec<(&'a Arc<Doubt>, FlowSet)> = Vec::new();
    let mut repeated: Vec<&'a Arc<Doubt>> = Vec::new();
    for (list, decision) in lists.iter().zip(&plain.lists) {
        for (entry, first) in list.entries().iter().zip(&decision.first_matches) {
            if entry.doubts.is_empty() || first.is_empty() {
                continue;
            }
            let region = first.subtract(&entry.matches.must);
            for doubt in entry.doubts.iter().filter(is_open) {
                for (other, elsewhere) in &seen {
                    if is_linked(doubt, other) && region.meets(elsewhere) {
                        add_once(&mut repeated, other);
                        add_once(&mut repeated, doubt);
                    }
                }
            }
            let open = entry.doubts.iter().filter(is_open);
            seen.extend(open.map(|doubt| (doubt, region.clone())));
        }
    }
    repeated.truncate(SPLIT_LIMIT);
    repeated
}

fn add_once<'a>(doubts: &mut Vec<&'a Arc<Doubt>>, doubt: &'a Arc<Doubt>) {
    if !doubts.iter().any(|known| known.key == doubt.key) {
        doubts.push(doubt);
    }
}

fn is_linked(a: &Doubt, b: &Doubt) -> bool {
    a.key == b.key || a.implies.contains(&b.key) || b.implies.contains(&a.key)
}

#[cfg(test)]
mod tests {
    use super::super::{Access, AddressSet, Entry, PortSet, Protocol, ServiceSet, parse_prefix};
    use super::*;
    use proptest::prelude::*;

    fn set(bits: u8) -> FlowSet {
        let sources = (0..4)
            .filter(|bit| bits >> bit & 1 == 1)
            .fold(AddressSet::empty(), |set, bit| {
                set.union(&parse_prefix(&format!("10.0.0.{bit}")).unwrap())
            });
        FlowSet::new(&sources, ServiceSet::of(Protocol::Tcp, PortSet::single(80)))
    }

    /// Doubt `n` implies doubt `n - 1` where the bit says so.
    fn doubt(n: u8, implies: u8) -> Arc<Doubt> {
        let mut others = Vec::new();
        let mut at = n;
        while at > 0 && implies >> at & 1 == 1 {
            at -= 1;
            others.push(Text::from(format!("{at}")));
        }
        Arc::new(Doubt::outside("test", format!("{n}"), "", "", None).implying(others))
    }

    /// An entry: allows, what it surely matches, what it can match, up to two doubts.
    type Toy = (bool, u8, u8, u8, Option<u8>);

    fn toys() -> impl Strategy<Value = Vec<Toy>> {
        let toy = (
            any::<bool>(),
            0_u8..16,
            0_u8..16,
            0_u8..5,
            prop::option::of(0_u8..5),
        );
        prop::collection::vec(toy, 0..5)
    }

    fn list(toys: &[Toy], implies: u8) -> AccessList {
        let entries = toys.iter().map(|&(allow, a, b, first, second)| Entry {
            access: if allow { Access::Allow } else { Access::Deny },
            matches: Bounds {
                must: set(a & b),
                may: set(a | b),
            },
            doubts: std::iter::once(first)
                .chain(second)
                .map(|n| doubt(n, implies))
                .collect(),
            evidence: Vec::new(),
        });
        AccessList::new(entries.collect())
    }

    fn passes(toys: &[Toy], bit: u8, settled: u8) -> bool {
        let holds = |n: u8| settled >> n & 1 == 1;
        toys.iter()
            .find(|(_, a, b, first, second)| {
                let all = holds(*first) && second.is_none_or(holds);
                let bits = if all { a | b } else { a & b };
                bits >> bit & 1 == 1
            })
            .is_some_and(|(allow, ..)| *allow)
    }

    proptest! {
        /// Every way of settling the five doubts that keeps the implications is tried by hand.
        #[test]
        fn shared_doubts_are_one_fact(a in toys(), b in toys(), implies in any::<u8>()) {
            let (x, y) = (list(&a, implies), list(&b, implies));
            let decision = decide_series(&[&x, &y], &set(0xf));
            for bit in 0..4 {
                let outcomes: Vec<bool> = (0..32_u8)
                    .filter(|settled| (1..5).all(|n| {
                        implies >> n & 1 == 0 || settled >> n & 1 == 0 || settled >> (n - 1) & 1 == 1
                    }))
                    .map(|settled| passes(&a, bit, settled) && passes(&b, bit, settled))
                    .collect();
                let packet = set(1 << bit);
                prop_assert_eq!(decision.allowed.must.contains(&packet), outcomes.iter().all(|open| *open));
                prop_assert_eq!(decision.allowed.may.contains(&packet), outcomes.iter().any(|open| *open));
            }
        }
    }
}
