//! Which resource of the old version is which of the new one.

use super::property::statements;
use super::renaming::Renaming;
use crate::analysis::Analysis;
use crate::resource::{Resource, ResourceIndex, fold_case};
use std::collections::{BTreeMap, BTreeSet};

/// Two versions of one resource.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pair {
    /// In the old version.
    pub old: ResourceIndex,
    /// In the new version.
    pub new: ResourceIndex,
    /// What shows that they are one.
    pub by: MatchedBy,
}

/// What shows that two resources are versions of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum MatchedBy {
    /// The same identifier.
    Identifier,
    /// The same type and name, the only ones of them.
    Name,
    /// The same type and much the same statements; a reviewer may disagree.
    Likeness,
}

/// The outcome of matching.
pub(super) struct Matched {
    pub(super) pairs: Vec<Pair>,
    pub(super) added: Vec<ResourceIndex>,
    pub(super) removed: Vec<ResourceIndex>,
}

/// The share of statements in common from which two resources count as one.
const LIKENESS: f64 = 0.6;
/// The most resources of one type, on either side, that are compared for likeness.
const CANDIDATES: usize = 200;

pub(super) fn match_resources(old: &Analysis, new: &Analysis, renaming: &mut Renaming) -> Matched {
    let mut pairs = Vec::new();
    let mut old_left: BTreeSet<ResourceIndex> =
        old.inventory.iter().map(|(index, _)| index).collect();
    let mut new_left: BTreeSet<ResourceIndex> =
        new.inventory.iter().map(|(index, _)| index).collect();
    let mut take = |old: ResourceIndex,
                    new: ResourceIndex,
                    by,
                    left: &mut (&mut BTreeSet<_>, &mut BTreeSet<_>)| {
        left.0.remove(&old);
        left.1.remove(&new);
        pairs.push(Pair { old, new, by });
    };
    let by_id: BTreeMap<&str, ResourceIndex> = old
        .inventory
        .iter()
        .map(|(index, one)| (&**one.id.key(), index))
        .collect();
    for (index, resource) in new.inventory.iter() {
        if let Some(other) = by_id.get(&**resource.id.key()) {
            take(
                *other,
                index,
                MatchedBy::Identifier,
                &mut (&mut old_left, &mut new_left),
            );
        }
    }
    let named = by_name(old, &old_left);
    for (name, new_ones) in by_name(new, &new_left) {
        if let (Some([old]), [new]) = (named.get(&name).map(Vec::as_slice), new_ones.as_slice()) {
            take(
                *old,
                *new,
                MatchedBy::Name,
                &mut (&mut old_left, &mut new_left),
            );
        }
    }
    for (old, new) in alike(old, new, (&old_left, &new_left), renaming) {
        take(
            old,
            new,
            MatchedBy::Likeness,
            &mut (&mut old_left, &mut new_left),
        );
    }
    pairs.sort_by_key(|pair| pair.new);
    Matched {
        pairs,
        added: new_left.into_iter().collect(),
        removed: old_left.into_iter().collect(),
    }
}

/// The resources `left` by type and name.
fn by_name(
    analysis: &Analysis,
    left: &BTreeSet<ResourceIndex>,
) -> BTreeMap<(String, String), Vec<ResourceIndex>> {
    let mut named: BTreeMap<_, Vec<ResourceIndex>> = BTreeMap::new();
    for index in left {
        if let Some(resource) = analysis.inventory.get(*index) {
            let key = (type_of(resource), fold_case(&resource.name).into_owned());
            named.entry(key).or_default().push(*index);
        }
    }
    named
}

fn type_of(resource: &Resource) -> String {
    fold_case(resource.resource_type.as_str()).into_owned()
}

/// Pairs of the same type with the most statements in common, the likest first.
fn alike(
    old: &Analysis,
    new: &Analysis,
    (old_left, new_left): (&BTreeSet<ResourceIndex>, &BTreeSet<ResourceIndex>),
    renaming: &mut Renaming,
) -> Vec<(ResourceIndex, ResourceIndex)> {
    let group = |analysis: &Analysis, left: &BTreeSet<ResourceIndex>| {
        let mut groups: BTreeMap<String, Vec<ResourceIndex>> = BTreeMap::new();
        for index in left {
            if let Some(resource) = analysis.inventory.get(*index) {
                groups.entry(type_of(resource)).or_default().push(*index);
            }
        }
        groups
    };
    let (old_groups, new_groups) = (group(old, old_left), group(new, new_left));
    let mut scored: Vec<(f64, ResourceIndex, ResourceIndex)> = Vec::new();
    for (resource_type, old_ones) in &old_groups {
        let Some(new_ones) = new_groups.get(resource_type) else {
            continue;
        };
        for old_index in old_ones.iter().take(CANDIDATES) {
            for new_index in new_ones.iter().take(CANDIDATES) {
                let (Some(a), Some(b)) =
                    (old.inventory.get(*old_index), new.inventory.get(*new_index))
                else {
                    continue;
                };
                // Names that differ in a parameter's name only are the best sign.
                let same_name = renaming.clone().unify(a.id.tail(), b.id.tail());
                let likeness = if same_name { 2.0 } else { likeness(a, b) };
                if likeness >= LIKENESS {
                    scored.push((likeness, *old_index, *new_index));
                }
            }
        }
    }
    scored.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)).then(a.2.cmp(&b.2)));
    let (mut used_old, mut used_new) = (BTreeSet::new(), BTreeSet::new());
    let mut pairs = Vec::new();
    for (_, old_index, new_index) in scored {
        if !used_old.contains(&old_index) && !used_new.contains(&new_index) {
            used_old.insert(old_index);
            used_new.insert(new_index);
            if let (Some(a), Some(b)) = (old.inventory.get(old_index), new.inventory.get(new_index))
            {
                renaming.unify(a.id.tail(), b.id.tail());
            }
            pairs.push((old_index, new_index));
        }
    }
    pairs
}

/// The share of statements that two resources have in common; of two that say nothing, none.
fn likeness(a: &Resource, b: &Resource) -> f64 {
    let set = |resource| -> BTreeSet<(String, String)> {
        statements(resource)
            .into_iter()
            .map(|one| (one.path, one.text))
            .collect()
    };
    let (a, b) = (set(a), set(b));
    let all = a.union(&b).count();
    if all == 0 {
        return 0.0;
    }
    let count = |number: usize| f64::from(u32::try_from(number).unwrap_or(u32::MAX));
    count(a.intersection(&b).count()) / count(all)
}
