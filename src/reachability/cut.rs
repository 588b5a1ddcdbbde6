//! The fewest changes of the template that close every way to a target.
//!
//! One change can close many ways, so this is a minimum hitting set over ways. It is found by
//! implicit hitting sets: solve for the ways known so far, look for one that is still open, add it,
//! and go on until none is. What stops the loop early is a bound of steps, never of time.

use super::path::{Path, Standing, find_standing};
use super::search::{Question, Reach};
use crate::evidence::Remedy;
use crate::graph::{Model, NodeId};
use indexmap::IndexSet;
use std::collections::BTreeSet;
use std::sync::Arc;

/// Changes that together close what was asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Cut {
    /// The changes, in the order in which the ways to the target meet them.
    pub remedies: Vec<Arc<Remedy>>,
    /// Whether no cheaper set does, as far as the model tells.
    pub optimal: bool,
}

/// The most rounds of looking for ways that are still open.
const ROUND_LIMIT: usize = 40;
/// The most branches that are tried for one smallest set.
const BRANCH_LIMIT: usize = 20_000;

/// The cheapest changes after which the caller of `question` gets to none of `targets`, ways in
/// doubt included, by changes that `is_usable` takes; none where nothing in the template could
/// close one of the ways, and an empty list where all are closed already. `known` are ways that are
/// open, which spares looking for them; `reach` is what arrives where by `question`.
pub fn find_cut(
    model: &Model,
    question: &Question,
    (targets, known): (&[NodeId], &[&Path]),
    reach: &Reach,
    is_usable: impl Fn(&Remedy) -> bool,
) -> Option<Cut> {
    let mut clauses = Clauses::default();
    let mut question = question.clone();
    let before = question.remedies.clone();
    let mut optimal = true;
    if !clauses.add(known, &before, &is_usable) {
        return None;
    }
    for _ in 0..ROUND_LIMIT {
        let solution = smallest(&clauses.clauses);
        optimal &= solution.optimal;
        question.remedies.clone_from(&before);
        question.remedies.extend(
            solution
                .changes
                .iter()
                .map(|change| Arc::clone(&change.remedy)),
        );
        let mut open: Vec<Path> = Vec::new();
        for target in targets {
            match find_standing(model, &question, *target, reach) {
                Standing::Closed => {}
                Standing::Open(mut paths) => open.append(&mut paths),
                // What cannot be followed cannot be closed for sure.
                Standing::Unsearched => return None,
            }
        }
        if open.is_empty() {
            let changes = solution.changes.into_iter();
            let remedies = changes.map(|change| change.remedy).collect();
            return Some(Cut { remedies, optimal });
        }
        let open: Vec<&Path> = open.iter().collect();
        if !clauses.add(&open, &question.remedies, &is_usable) {
            return None;
        }
    }
    None
}

/// For every way that is known, the changes of which one closes it.
#[derive(Default)]
struct Clauses {
    /// Every change of them, in the order in which the ways meet them.
    met: IndexSet<Arc<Remedy>>,
    clauses: Vec<Changes>,
}

impl Clauses {
    /// Adds for each of `paths` the changes that close it, those `made` already left out; whether
    /// each has one.
    fn add(
        &mut self,
        paths: &[&Path],
        made: &BTreeSet<Arc<Remedy>>,
        is_usable: &impl Fn(&Remedy) -> bool,
    ) -> bool {
        for path in paths {
            let evidence = path.hops.iter().flat_map(|hop| &hop.evidence);
            let clause: Changes = evidence
                .filter_map(|evidence| evidence.remedy.clone())
                .filter(|remedy| is_usable(remedy) && !made.contains(remedy))
                .map(|remedy| {
                    let (place, _) = self.met.insert_full(Arc::clone(&remedy));
                    Change { place, remedy }
                })
                .collect();
            if clause.is_empty() {
                return false;
            }
            if !self.clauses.contains(&clause) {
                self.clauses.push(clause);
            }
        }
        true
    }
}

struct Solution {
    changes: Changes,
    optimal: bool,
}

/// The cheapest set that holds a member of every clause; of equally cheap ones the smallest, then
/// the first in order. Branch and bound: the clauses that share no member bound the cost from below.
fn smallest(clauses: &[Changes]) -> Solution {
    let mut search = Branching {
        clauses,
        best: None,
        branches: 0,
    };
    search.branch(&BTreeSet::new(), 0);
    let optimal = search.branches <= BRANCH_LIMIT;
    let changes = search
        .best
        .map(|(_, _, changes)| changes)
        .unwrap_or_default();
    Solution { changes, optimal }
}

/// A change, and when the ways met it first. Of equals the first is taken: by their order in the
/// text, it would hang on where a template happens to list them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    place: usize,
    remedy: Arc<Remedy>,
}

impl Change {
    fn cost(&self) -> u32 {
        u32::from(self.remedy.cost)
    }
}

/// Changes, each once, in the order in which they were met.
type Changes = BTreeSet<Change>;

struct Branching<'a> {
    clauses: &'a [Changes],
    /// What the best set so far costs, how many changes it has, and the set.
    best: Option<(u32, usize, Changes)>,
    branches: usize,
}

impl Branching<'_> {
    /// The recursion is as deep as there are clauses that share nothing.
    fn branch(&mut self, chosen: &Changes, cost: u32) {
        self.branches += 1;
        let open: Vec<&Changes> = self
            .clauses
            .iter()
            .filter(|clause| clause.is_disjoint(chosen))
            .collect();
        let rank = (cost, chosen.len());
        let Some(next) = open.iter().min_by_key(|clause| clause.len()) else {
            let best = self.best.as_ref().map(|(cost, count, _)| (*cost, *count));
            if best.is_none_or(|best| rank < best) {
                self.best = Some((cost, chosen.len(), chosen.clone()));
            }
            return;
        };
        let (least, count) = lower_bound(&open);
        let hopeless = self.best.as_ref().is_some_and(|(best, number, _)| {
            (cost + least, chosen.len() + count) >= (*best, *number)
        });
        // Past the bound a first answer is still completed, so that there is one.
        if hopeless || (self.branches > BRANCH_LIMIT && self.best.is_some()) {
            return;
        }
        let mut members: Vec<&Change> = next.iter().collect();
        // Of equals the first in place stays first.
        members.sort_by_cached_key(|change| {
            let closes = open.iter().filter(|clause| clause.contains(*change));
            change.cost() * 1000 / u32::try_from(closes.count()).unwrap_or(1).max(1)
        });
        for change in members {
            let mut chosen = chosen.clone();
            chosen.insert(change.clone());
            self.branch(&chosen, cost + change.cost());
        }
    }
}

/// The least that clauses sharing no member cost together, and how many they are.
fn lower_bound(open: &[&Changes]) -> (u32, usize) {
    let mut used: BTreeSet<&Change> = BTreeSet::new();
    let (mut cost, mut count) = (0, 0);
    for clause in open {
        if clause.iter().all(|change| !used.contains(change)) {
            used.extend(clause.iter());
            cost += clause.iter().map(Change::cost).min().unwrap_or(0);
            count += 1;
        }
    }
    (cost, count)
}

#[cfg(test)]
mod tests {
    use super::super::search::search;
    use super::*;
    use crate::evidence::{Evidence, RemedyValue};
    use crate::flow::{Access, AccessList, Entry, FlowSet};
    use crate::graph::{Edge, EdgeKind, Foothold, Node};
    use crate::source::{FileId, Span};
    use proptest::prelude::*;

    fn remedy(number: usize, cost: u8) -> Arc<Remedy> {
        Arc::new(Remedy {
            span: Span::new(FileId::new(0), number, number + 1),
            is_stated: true,
            property: "p".into(),
            value: RemedyValue::Truth(false),
            cost,
        })
    }

    /// A tangle of more ways than are ever followed, all of which one change closes, and beside it
    /// a way that nothing closes.
    #[test]
    fn a_tangle_of_closed_ways_hides_no_open_one() {
        let plain = || Edge::new(EdgeKind::Attach, Vec::new());
        let name = |layer: usize, at: usize| Node::External(format!("{layer}|{at}").into());
        let mut model = Model::new();
        let internet = model.add_node(Node::Source(Foothold::Internet));
        let target = model.add_node(Node::External("target".into()));
        let mut before = vec![internet];
        for layer in 0..12 {
            let here: Vec<NodeId> = (0..3).map(|at| model.add_node(name(layer, at))).collect();
            for from in &before {
                for to in &here {
                    model.add_edge(*from, *to, plain());
                }
            }
            before = here;
        }
        let mut evidence = Evidence::stated(Span::new(FileId::new(0), 0, 1), "it is open");
        evidence.remedy = Some(remedy(1, 1));
        let entry = Entry::exact(Access::Allow, FlowSet::all(), vec![evidence]);
        for from in &before {
            let closable = plain().through(AccessList::new(vec![entry.clone()]));
            model.add_edge(*from, target, closable);
        }
        let cut = |model: &Model| {
            let asked = (&[target][..], &[][..]);
            let question = Question::internet();
            let reach = search(model, &question);
            find_cut(model, &question, asked, &reach, |_| true)
        };
        let remedies = cut(&model).map(|cut| cut.remedies);
        assert_eq!(remedies, Some(vec![remedy(1, 1)]));
        let aside = model.add_node(Node::External("aside".into()));
        model.add_edge(internet, aside, plain());
        model.add_edge(aside, target, plain());
        assert_eq!(cut(&model), None);
    }

    proptest! {
        /// Every set of at most ten changes is tried by the oracle.
        #[test]
        fn the_smallest_set_is_as_cheap_as_any(
            costs in prop::collection::vec(1u8..5, 1..10),
            clauses in prop::collection::vec(prop::collection::btree_set(0usize..10, 1..4), 0..8),
        ) {
            let clauses: Vec<BTreeSet<usize>> = clauses
                .into_iter()
                .map(|clause| clause.into_iter().map(|one| one % costs.len()).collect())
                .collect();
            let change = |one: usize| Change { place: one, remedy: remedy(one, costs[one]) };
            let as_remedies: Vec<Changes> = clauses
                .iter()
                .map(|clause| clause.iter().map(|one| change(*one)).collect())
                .collect();
            let found = smallest(&as_remedies);
            prop_assert!(found.optimal);
            let cheapest = (0..1_u32 << costs.len())
                .filter(|set| clauses.iter().all(|clause| clause.iter().any(|one| set >> one & 1 == 1)))
                .map(|set| (0..costs.len()).filter(|one| set >> one & 1 == 1).map(|one| u32::from(costs[one])).sum::<u32>())
                .min()
                .unwrap();
            let cost: u32 = found.changes.iter().map(Change::cost).sum();
            prop_assert_eq!(cost, cheapest);
            prop_assert!(as_remedies.iter().all(|clause| !clause.is_disjoint(&found.changes)));
        }
    }
}
