//! What if a step of a path, or a control, were not there: the paths are asked for again without.
//!
//! A control that is left out is never told as one that admits: what passes where it stood says
//! that it would be refused.

use super::{Analysis, rank};
use crate::evidence::Evidence;
use crate::flow::{Access, AccessList, Bounds, Entry};
use crate::graph::{EdgeId, EdgeKind};
use crate::reachability::{Blocker, Question, find_exposures};
use crate::source::Span;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Something that is left out of the paths.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Omission {
    /// A step: `FROM -> TO` by the names of its ends; or every step to and from what has this name.
    Step(String),
    /// The control that stands at this place: `FILE:LINE`, `FILE:LINE:COLUMN`, or `FILE#POINTER`,
    /// which stays the same where lines before it change.
    Control(String),
}

impl Omission {
    /// The step from `from` to `to`.
    pub fn step(from: &str, to: &str) -> Self {
        Self::Step(format!("{from} -> {to}"))
    }
}

impl Analysis {
    /// The control that makes the statement `evidence`; `None` where its place is not known.
    pub fn control_at(&self, evidence: &Evidence) -> Option<Omission> {
        let place = self.locate(evidence.span)?;
        Some(Omission::Control(format!(
            "{}#{}",
            place.file, place.pointer
        )))
    }

    /// The control that `blocker` is; `None` where no control but a missing way blocks.
    pub fn control_of(&self, blocker: &Blocker) -> Option<Omission> {
        let kind = self.model.edge(blocker.edge)?.kind;
        let evidence = blocker.evidence.first()?;
        (kind != EdgeKind::Absent).then(|| self.control_at(evidence))?
    }

    /// Leaves `omissions` out of the paths and blockers, and returns those that name nothing there
    /// is. Findings and cuts stay as they are: they are about the estate as it is.
    pub fn leave_out(&mut self, omissions: &[Omission]) -> Vec<Omission> {
        let mut unknown = Vec::new();
        for omission in omissions {
            let found = match omission {
                Omission::Step(name) => self.leave_out_steps(name),
                Omission::Control(place) => self.leave_out_control(place),
            };
            if !found {
                unknown.push(omission.clone());
            }
        }
        if let Ok(foothold) = self.from.clone() {
            let question = Question::from_foothold(foothold);
            self.exposures = find_exposures(&self.model, &question);
            let (inventory, model) = (&self.inventory, &self.model);
            self.exposures
                .sort_by_key(|one| (rank(inventory, model, one), one.door));
        }
        unknown
    }

    /// Takes the steps called `name` out; whether there are any.
    fn leave_out_steps(&mut self, name: &str) -> bool {
        let ends = name.split_once(" -> ");
        let is_at = |node, name: &str| {
            let full = self
                .model
                .resource_of(node)
                .and_then(|index| self.inventory.get(index));
            self.place_name(node).eq_ignore_ascii_case(name)
                || full.is_some_and(|one| one.name.eq_ignore_ascii_case(name))
        };
        let taken: Vec<EdgeId> = self
            .model
            .edges()
            .filter(|(_, from, to, _)| match ends {
                Some((first, last)) => is_at(*from, first.trim()) && is_at(*to, last.trim()),
                // What lies within it stays together.
                None => is_at(*from, name) != is_at(*to, name),
            })
            .map(|(id, ..)| id)
            .collect();
        for id in &taken {
            self.model.remove_edge(*id);
        }
        !taken.is_empty()
    }

    /// Takes the control at `place` away from every way; whether it stands on any.
    fn leave_out_control(&mut self, place: &str) -> bool {
        let controls = self.controls_at(place);
        let is_left_out = |entry: &Entry| {
            let span = entry.evidence.first().map(|one| one.span);
            span.is_some_and(|span| controls.contains(&span))
        };
        let ways: Vec<EdgeId> = self
            .model
            .edges()
            .filter(|(.., edge)| edge.kind != EdgeKind::Absent)
            .filter(|(.., edge)| {
                let mut entries = edge.all_filters().flat_map(|filter| filter.entries());
                entries.any(|entry| entry.access == Access::Deny && is_left_out(entry))
            })
            .map(|(id, ..)| id)
            .collect();
        for id in &ways {
            let without = |filter: &AccessList| without(filter, is_left_out);
            self.model.change_filters(*id, without);
        }
        !ways.is_empty()
    }

    /// The places of the statements of refusing entries that people call `place`.
    fn controls_at(&self, place: &str) -> BTreeSet<Span> {
        let entries = self.model.edges().flat_map(|(.., edge)| {
            let filters = edge.all_filters();
            filters
                .flat_map(|filter| filter.entries())
                .collect::<Vec<_>>()
        });
        let refusing = entries.filter(|entry| entry.access == Access::Deny);
        let spans: BTreeSet<Span> = refusing
            .filter_map(|entry| Some(entry.evidence.first()?.span))
            .collect();
        let is_called = |span: &Span| {
            self.locate(*span).is_some_and(|at| {
                let line = format!("{}:{}", at.file, at.position.line);
                place == line
                    || place == format!("{line}:{}", at.position.column)
                    || place == format!("{}#{}", at.file, at.pointer)
            })
        };
        spans.into_iter().filter(is_called).collect()
    }
}

/// `filter` without the refusing entries that are left out: what they refused goes on to the
/// entries behind them, and passes where none matches it. `None` where it has none of them.
fn without(filter: &AccessList, is_left_out: impl Fn(&Entry) -> bool) -> Option<AccessList> {
    let mut gone: Vec<&Entry> = Vec::new();
    let mut left: Vec<Entry> = Vec::new();
    for entry in filter.entries() {
        if entry.access == Access::Deny && is_left_out(entry) {
            gone.push(entry);
            continue;
        }
        if entry.access == Access::Allow {
            let passing = gone.iter().map(|refusing| both(entry, refusing));
            left.extend(passing.filter(|entry| !entry.matches.may.is_empty()));
        }
        left.push(entry.clone());
    }
    if gone.is_empty() {
        return None;
    }
    left.extend(gone.iter().map(|refusing| Entry {
        access: Access::Allow,
        evidence: ignored(refusing),
        ..(*refusing).clone()
    }));
    let mut changed = filter.clone();
    *changed.entries_mut() = left;
    Some(changed)
}

/// What `admitting` admits of what `refusing` would refuse.
fn both(admitting: &Entry, refusing: &Entry) -> Entry {
    let (a, b) = (&admitting.matches, &refusing.matches);
    let mut doubts = admitting.doubts.clone();
    doubts.extend(refusing.doubts.iter().cloned());
    let mut evidence = ignored(refusing);
    evidence.extend(admitting.evidence.iter().cloned());
    Entry {
        access: Access::Allow,
        matches: Bounds {
            must: a.must.intersect(&b.must),
            may: a.may.intersect(&b.may),
        },
        doubts,
        evidence,
    }
}

fn ignored(refusing: &Entry) -> Vec<Evidence> {
    let first = refusing.evidence.first();
    first
        .map(|one| Evidence {
            span: one.span,
            says: format!("would deny (ignored): {}", one.says).into(),
            basis: one.basis,
            remedy: None,
        })
        .into_iter()
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::{Options, analyse};
    use super::*;
    use crate::input::RawFile;
    use crate::reachability::{Exposure, Verdict};

    fn example(name: &str) -> Analysis {
        let text = match name {
            "storage" => include_str!("../../public/examples/storage-selected-networks.json"),
            _ => include_str!("../../public/examples/exposed-workspace-fixed.json"),
        };
        let files = vec![RawFile::new("a.json", text.as_bytes())];
        analyse(files, &Options::default())
    }

    fn verdict(analysis: &Analysis, name: &str) -> Verdict {
        let mut all = analysis.exposures_called(name);
        all.next().unwrap().verdict
    }

    fn says(exposure: &Exposure) -> Vec<String> {
        let hops = exposure.paths.iter().flat_map(|path| &path.hops);
        let says = hops
            .flat_map(|hop| &hop.evidence)
            .map(|one| one.says.to_string());
        says.collect()
    }

    /// Each control that alone keeps something closed, left out, opens just what it protects.
    #[test]
    fn a_control_that_is_left_out_is_said_to_be_ignored() {
        for name in ["storage", "fixed"] {
            let usual = example(name);
            let points = usual.single_points();
            assert!(!points.is_empty());
            for point in points {
                let omission = usual.control_at(point.evidence).unwrap();
                let mut without = example(name);
                assert!(without.leave_out(&[omission]).is_empty());
                for before in &usual.exposures {
                    let is_protected = point.protects.iter().any(|one| one.node == before.node);
                    let mut all = without.exposures.iter();
                    let after = all.find(|one| one.node == before.node).unwrap();
                    let opened =
                        before.verdict == Verdict::Blocked && after.verdict != Verdict::Blocked;
                    assert_eq!(opened, is_protected, "{}", point.evidence.says);
                    if opened {
                        let wanted = format!("would deny (ignored): {}", point.evidence.says);
                        assert!(says(after).contains(&wanted), "{:?}", says(after));
                    }
                }
            }
        }
    }

    #[test]
    fn a_step_that_is_left_out_leads_nowhere() {
        let mut analysis = example("storage");
        assert_eq!(verdict(&analysis, "vm-jump"), Verdict::Reachable);
        let hop = {
            let path = &analysis.exposures_called("vm-jump").next().unwrap().paths[0];
            let hop = &path.hops[0];
            Omission::step(&analysis.place_name(hop.from), &analysis.place_name(hop.to))
        };
        assert!(analysis.leave_out(&[hop]).is_empty());
        assert_eq!(verdict(&analysis, "vm-jump"), Verdict::Blocked);
        assert_eq!(verdict(&analysis, "sttraining"), Verdict::Reachable);
        let mut analysis = example("storage");
        assert!(
            analysis
                .leave_out(&[Omission::Step("nic-jump".to_owned())])
                .is_empty()
        );
        assert_eq!(verdict(&analysis, "vm-jump"), Verdict::Blocked);
    }

    #[test]
    fn what_names_nothing_is_told() {
        let mut analysis = example("storage");
        let wrong = [
            Omission::Step("nothing".to_owned()),
            Omission::Control("a.json:1".to_owned()),
        ];
        assert_eq!(analysis.leave_out(&wrong), wrong);
    }

    /// What a rule that is ignored would refuse is told where a later rule admits it.
    #[test]
    fn a_later_rule_that_admits_says_what_was_ignored() {
        use crate::evidence::Evidence;
        use crate::flow::{AddressSet, FlowSet, ServiceSet, parse_prefix};
        use crate::source::FileId;
        let flows =
            |prefix: &str| FlowSet::new(&parse_prefix(prefix).unwrap(), ServiceSet::tcp(443));
        let proof = |at: usize| {
            vec![Evidence::stated(
                Span::new(FileId::new(0), at, at + 1),
                "rule",
            )]
        };
        let list = AccessList::new(vec![
            Entry::exact(Access::Deny, flows("203.0.113.0/24"), proof(1)),
            Entry::exact(
                Access::Allow,
                FlowSet::new(&AddressSet::all(), ServiceSet::tcp(443)),
                proof(2),
            ),
            Entry::exact(Access::Deny, FlowSet::all(), proof(3)),
        ]);
        let first = |entry: &Entry| entry.evidence[0].span.start == 1;
        let changed = without(&list, first).unwrap();
        let inside = changed.deciding(&flows("203.0.113.7"), Access::Allow);
        assert_eq!(&*inside[0].evidence[0].says, "would deny (ignored): rule");
        let elsewhere = changed.deciding(&flows("198.51.100.7"), Access::Allow);
        assert_eq!(&*elsewhere[0].evidence[0].says, "rule");
        let other = FlowSet::new(&AddressSet::all(), ServiceSet::tcp(22));
        assert!(changed.decide(&other, &[]).allowed.may.is_empty());
        assert!(without(&list, |_| false).is_none());
    }
}
