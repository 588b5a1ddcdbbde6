//! What security groups in series do with packets, and the rules that decide it.

use super::packet_filter::{FilterLevel, FilterList};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, Bounds, Entry, FlowSet, SeriesDecision, decide_series};
use crate::resource::ResourceIndex;
use crate::value::Text;
use std::sync::Arc;

/// What a filter lets through, and what decides.
#[derive(Clone, Debug, Default)]
pub struct FilterDecision {
    /// The packets let through.
    pub allowed: Bounds,
    /// What each list does, in the order of evaluation; empty where nothing stands in the way.
    pub levels: Vec<LevelDecision>,
}

/// What one list on the way does with the packets that get to it.
#[derive(Clone, Debug)]
pub struct LevelDecision {
    /// Where it stands.
    pub level: FilterLevel,
    /// The security group, where it is one in the inputs.
    pub group: Option<ResourceIndex>,
    /// Whether it surely refuses all of them.
    pub refuses: bool,
    /// The rules that can be the first to match, in order.
    pub rules: Vec<DecidingRule>,
}

/// A rule that can be the first to match.
#[derive(Clone, Debug)]
pub struct DecidingRule {
    /// The name.
    pub name: Text,
    /// What it does.
    pub access: Access,
    /// The packets that it can be the first to match.
    pub packets: FlowSet,
    /// Why it may not match, where it may not.
    pub doubts: Vec<Arc<Doubt>>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

impl FilterDecision {
    /// The lists that matter for explaining: where one surely refuses, the first such; else all.
    pub fn deciding(&self) -> &[LevelDecision] {
        match self.levels.iter().position(|level| level.refuses) {
            Some(at) => self.levels.get(at..=at).unwrap_or_default(),
            None => &self.levels,
        }
    }

    /// The doubts on which the outcome can hang, each once, in the order of evaluation.
    pub fn doubts(&self) -> Vec<&Arc<Doubt>> {
        let mut out: Vec<&Arc<Doubt>> = Vec::new();
        let rules = self.deciding().iter().flat_map(|level| &level.rules);
        for doubt in rules.flat_map(|rule| &rule.doubts) {
            if !out.iter().any(|known| known.key == doubt.key) {
                out.push(doubt);
            }
        }
        out
    }
}

/// What gets through from one of the source ports in question, of which the sender picks.
pub(super) fn decide_cells(cells: &[Vec<FilterList>], packets: &FlowSet) -> FilterDecision {
    let mut outcome: Option<FilterDecision> = None;
    for lists in cells {
        let one = decide_lists(lists, packets);
        outcome = Some(match outcome {
            Some(sum) => join(sum, one, Bounds::union),
            None => one,
        });
    }
    outcome.unwrap_or_default()
}

/// A list that lets through what `decision`, which is about all packets, says: what is sure first,
/// then what is in doubt, then nothing.
pub(super) fn joined_list(decision: &FilterDecision) -> AccessList {
    let Bounds { must, may } = &decision.allowed;
    let rules = |access: Access| {
        let rules = decision.levels.iter().flat_map(|level| &level.rules);
        rules.filter(move |rule| rule.access == access)
    };
    let mut entries = Vec::new();
    for rule in rules(Access::Allow) {
        let sure = rule.packets.intersect(must);
        if !sure.is_empty() {
            entries.push(Entry::exact(Access::Allow, sure, rule.evidence.clone()));
        }
    }
    let evidence = |access: Access| -> Vec<Evidence> {
        rules(access)
            .flat_map(|rule| rule.evidence.clone())
            .collect()
    };
    let open = may.subtract(must);
    if !open.is_empty() {
        entries.push(Entry {
            access: Access::Allow,
            matches: Bounds {
                must: FlowSet::empty(),
                may: open,
            },
            doubts: decision.doubts().into_iter().take(1).cloned().collect(),
            evidence: evidence(Access::Allow),
        });
    }
    entries.push(Entry::exact(
        Access::Deny,
        FlowSet::all(),
        evidence(Access::Deny),
    ));
    AccessList::new(entries)
}

fn decide_lists(lists: &[FilterList], packets: &FlowSet) -> FilterDecision {
    let series: Vec<&AccessList> = lists.iter().map(|list| &list.rules.list).collect();
    let decision = decide_series(&series, packets);
    let levels = lists
        .iter()
        .enumerate()
        .map(|(at, list)| level_decision(list, &decision, at))
        .collect();
    FilterDecision {
        allowed: decision.allowed,
        levels,
    }
}

fn level_decision(list: &FilterList, decision: &SeriesDecision, at: usize) -> LevelDecision {
    let mut rules: Vec<DecidingRule> = Vec::new();
    let firsts = decision
        .lists
        .get(at)
        .map_or(&[][..], |one| &one.first_matches);
    for ((entry, name), first) in list
        .rules
        .list
        .entries()
        .iter()
        .zip(&list.rules.names)
        .zip(firsts)
    {
        if first.is_empty() {
            continue;
        }
        add_rule(
            &mut rules,
            DecidingRule {
                name: Text::clone(name),
                access: entry.access,
                packets: first.clone(),
                doubts: entry.doubts.clone(),
                evidence: entry.evidence.clone(),
            },
        );
    }
    LevelDecision {
        level: list.level,
        group: list.group,
        refuses: decision.surely_refuses(at),
        rules,
    }
}

/// Adds a rule, or what it decides to the same rule's earlier entry.
fn add_rule(rules: &mut Vec<DecidingRule>, rule: DecidingRule) {
    let known = rules
        .iter_mut()
        .find(|known| known.name == rule.name && known.access == rule.access);
    match known {
        Some(known) => {
            known.packets = known.packets.union(&rule.packets);
            known.doubts.extend(rule.doubts);
        }
        None => rules.push(rule),
    }
}

pub(super) fn join(
    mut a: FilterDecision,
    b: FilterDecision,
    bounds: impl Fn(&Bounds, &Bounds) -> Bounds,
) -> FilterDecision {
    a.allowed = bounds(&a.allowed, &b.allowed);
    for (level, other) in a.levels.iter_mut().zip(b.levels) {
        level.refuses &= other.refuses;
        for rule in other.rules {
            add_rule(&mut level.rules, rule);
        }
    }
    a
}
