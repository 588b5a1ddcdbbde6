//! Controls that close a way two by two.
//!
//! Packets are followed along the way with the controls that they would need to be gone: where one
//! refuses them, they go on as packets that need it gone, up to two of them.

use super::blocker::Blocker;
use super::search::Question;
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, Entry, FlowSet};
use crate::graph::{EdgeId, EdgeKind, Model};

/// The most sets of controls that are followed along one way.
const SET_LIMIT: usize = 24;

/// Packets by the numbers of the controls that they need to be gone, in the order in which they
/// were met.
type Needs = Vec<(Vec<usize>, FlowSet)>;

/// The controls of which two together, and neither by itself, close the way along `edges` to some
/// packets. O(filters · entries · sets).
pub(super) fn pairs_on(model: &Model, question: &Question, edges: &[EdgeId]) -> Vec<Blocker> {
    let mut follower = Follower {
        question,
        controls: Vec::new(),
    };
    let mut here: Needs = vec![(Vec::new(), question.packets.clone())];
    for id in edges {
        let Some(edge) = model.edge(*id).filter(|edge| edge.kind != EdgeKind::Absent) else {
            return Vec::new();
        };
        for filter in edge.filters.iter() {
            here = follower.pass(filter, here, *id);
        }
        let changed = here
            .into_iter()
            .map(|(gone, packets)| (gone, edge.change.apply(&packets)));
        here = changed.filter(|(_, packets)| !packets.is_empty()).collect();
        for filter in edge.filters_after.iter() {
            here = follower.pass(filter, here, *id);
        }
    }
    let alone = |control: &usize| here.iter().any(|(gone, _)| **gone == [*control]);
    let pairs = here.iter().filter(|(gone, _)| gone.len() == 2);
    let mut told: Vec<usize> = Vec::new();
    for (gone, _) in pairs.filter(|(gone, _)| !gone.iter().any(alone)) {
        for control in gone {
            if !told.contains(control) {
                told.push(*control);
            }
        }
    }
    let told = told.iter().filter_map(|at| follower.controls.get(*at));
    told.map(|(edge, evidence)| Blocker {
        edge: *edge,
        evidence: evidence.to_vec(),
        alone: false,
    })
    .collect()
}

struct Follower<'a> {
    question: &'a Question,
    /// The controls met, each with the way on which it was first.
    controls: Vec<(EdgeId, &'a [Evidence])>,
}

/// Packets on their way through one filter.
struct Inside {
    /// The controls that they need to be gone.
    gone: Vec<usize>,
    /// Those that no entry decided about yet.
    here: FlowSet,
    /// Of these, those that an entry would have refused which is taken to be gone: they pass where
    /// no other matches them.
    freed: FlowSet,
}

impl<'a> Follower<'a> {
    /// What comes through `filter` of `packets`.
    fn pass(&mut self, filter: &'a AccessList, packets: Needs, edge: EdgeId) -> Needs {
        let mut out: Needs = Vec::new();
        let mut inside: Vec<Inside> = packets
            .into_iter()
            .map(|(gone, here)| Inside {
                gone,
                here,
                freed: FlowSet::empty(),
            })
            .collect();
        for entry in filter.entries() {
            let mut more: Vec<Inside> = Vec::new();
            for one in &mut inside {
                match entry.access {
                    Access::Allow => self.admit(entry, one, &mut out),
                    Access::Deny => more.extend(self.refuse(entry, one, edge)),
                }
            }
            for new in more {
                add_inside(&mut inside, new);
            }
            inside.retain(|one| !one.here.is_empty());
        }
        for one in inside {
            add(&mut out, &one.gone, &one.freed);
        }
        out
    }

    fn admit(&self, entry: &Entry, one: &mut Inside, out: &mut Needs) {
        let (must, may) = entry.bounds(&self.question.assumption);
        if one.here.meets(may) {
            add(out, &one.gone, &one.here.intersect(may));
            one.leave(must);
        }
    }

    /// Takes what `entry` surely refuses out of `one`, and returns it as what needs it gone.
    fn refuse(&mut self, entry: &'a Entry, one: &mut Inside, edge: EdgeId) -> Option<Inside> {
        let (must, _) = entry.bounds(&self.question.assumption);
        if !one.here.meets(must) {
            return None;
        }
        let hit = one.here.intersect(must);
        let control = self.number_of(entry, edge);
        if control.is_some_and(|control| one.gone.contains(&control)) {
            one.freed = one.freed.union(&hit);
            return None;
        }
        one.leave(must);
        let control = control.filter(|_| one.gone.len() < 2)?;
        let mut gone = one.gone.clone();
        gone.push(control);
        gone.sort_unstable();
        Some(Inside {
            gone,
            freed: hit.clone(),
            here: hit,
        })
    }

    /// The number of the control that `entry` is; `None` for one that nothing proves.
    fn number_of(&mut self, entry: &'a Entry, edge: EdgeId) -> Option<usize> {
        if entry.evidence.is_empty() {
            return None;
        }
        let mut known = self.controls.iter();
        if let Some(at) = known.position(|(_, evidence)| *evidence == entry.evidence) {
            return Some(at);
        }
        self.controls.push((edge, &entry.evidence));
        Some(self.controls.len() - 1)
    }
}

impl Inside {
    fn leave(&mut self, decided: &FlowSet) {
        self.here = self.here.subtract(decided);
        self.freed = self.freed.subtract(decided);
    }
}

fn add_inside(inside: &mut Vec<Inside>, new: Inside) {
    let is_full = inside.len() >= SET_LIMIT;
    match inside.iter_mut().find(|one| one.gone == new.gone) {
        Some(one) => {
            one.here = one.here.union(&new.here);
            one.freed = one.freed.union(&new.freed);
        }
        None if is_full => {}
        None => inside.push(new),
    }
}

fn add(out: &mut Needs, gone: &[usize], packets: &FlowSet) {
    if packets.is_empty() {
        return;
    }
    let is_full = out.len() >= SET_LIMIT;
    match out.iter_mut().find(|(known, _)| known == gone) {
        Some((_, all)) => *all = all.union(packets),
        None if is_full => {}
        None => out.push((gone.to_vec(), packets.clone())),
    }
}
