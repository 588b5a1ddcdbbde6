//! Who holds which role, as rules ask for it.

use super::Answer;
use crate::evidence::{Doubt, Evidence};
use crate::network::identity::{
    Assignment, Carrier, Grant, Power, Principal, Principals, Scope, Scopes, powers,
    read_assignments, read_carriers,
};
use crate::resource::{Inventory, Resource, ResourceIndex};
use crate::value::Text;
use std::collections::{BTreeMap, BTreeSet};

/// The role assignments and identities of the inputs, found by who and by what.
#[derive(Debug, Default)]
pub struct Rights {
    assignments: Vec<Assignment>,
    carriers: Vec<Carrier>,
    declared: BTreeMap<ResourceIndex, Vec<usize>>,
    held: BTreeMap<Principal, Vec<usize>>,
    carried: BTreeMap<Principal, Vec<usize>>,
    carrier_of: BTreeMap<ResourceIndex, usize>,
    /// The assignments by the key of what they are given over, without a slash at its end.
    given_over: BTreeMap<Text, Vec<usize>>,
}

impl Rights {
    /// The rights that `inventory` tells. O(n log n).
    pub fn read(inventory: &Inventory) -> Self {
        let principals = Principals::read(inventory);
        let scopes = Scopes::new(inventory);
        let mut rights = Self {
            assignments: read_assignments(inventory, &principals, &scopes),
            carriers: read_carriers(inventory, &principals),
            ..Self::default()
        };
        for (at, assignment) in rights.assignments.iter().enumerate() {
            rights
                .declared
                .entry(assignment.declared)
                .or_default()
                .push(at);
            let holder = assignment.holder.principal.clone();
            rights.held.entry(holder).or_default().push(at);
            let key = match &assignment.scope {
                Scope::Resource(index) | Scope::PartOf(index, _) => {
                    inventory.get(*index).map(|one| one.id.key().clone())
                }
                Scope::Wide(key) => Some(key.trim_end_matches('/').into()),
                Scope::Outside(_) => None,
            };
            if let Some(key) = key {
                rights.given_over.entry(key).or_default().push(at);
            }
        }
        for (at, carrier) in rights.carriers.iter().enumerate() {
            rights.carrier_of.insert(carrier.resource, at);
            for carried in &carrier.identities {
                rights
                    .carried
                    .entry(carried.principal.clone())
                    .or_default()
                    .push(at);
            }
        }
        rights
    }

    /// Every assignment, in order.
    pub fn assignments(&self) -> &[Assignment] {
        &self.assignments
    }

    /// Every resource with an identity, in order.
    pub fn carriers(&self) -> &[Carrier] {
        &self.carriers
    }

    /// The assignments that the resource `declared` states; several where it leaves open which role.
    pub fn stated_by(&self, declared: ResourceIndex) -> impl Iterator<Item = &Assignment> {
        let places = self.declared.get(&declared).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.assignments.get(*at))
    }

    /// The assignments that `principal` holds.
    pub fn held_by(&self, principal: &Principal) -> impl Iterator<Item = &Assignment> {
        let places = self.held.get(principal).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.assignments.get(*at))
    }

    /// The resources that act as `principal`.
    pub fn carriers_of(&self, principal: &Principal) -> impl Iterator<Item = &Carrier> {
        let places = self.carried.get(principal).map_or(&[][..], Vec::as_slice);
        places.iter().filter_map(|at| self.carriers.get(*at))
    }

    /// The resources, in order, whose identities hold an assignment over `target` or over something
    /// that holds it: all of those of which [`Rights::over`] can tell more than no.
    /// O(segments · log n) besides what is found.
    pub fn carriers_over(
        &self,
        inventory: &Inventory,
        target: ResourceIndex,
    ) -> impl Iterator<Item = &Carrier> {
        let key = inventory.get(target).map_or("", |one| &**one.id.key());
        let ends = key.match_indices('/').map(|(at, _)| at).chain([key.len()]);
        let around = ends.filter_map(|end| self.given_over.get(key.get(..end)?));
        let holders = around
            .flatten()
            .filter_map(|at| self.assignments.get(*at))
            .filter_map(|assignment| self.carried.get(&assignment.holder.principal));
        let found: BTreeSet<usize> = holders.flatten().copied().collect();
        found.into_iter().filter_map(|at| self.carriers.get(at))
    }

    /// What `resource` acts as, where it has an identity.
    pub fn carrier(&self, resource: ResourceIndex) -> Option<&Carrier> {
        self.carriers.get(*self.carrier_of.get(&resource)?)
    }

    /// The assignments that `resource`, by any of its identities, holds over `target` and that open
    /// one of `wanted` there.
    pub fn over(
        &self,
        inventory: &Inventory,
        resource: ResourceIndex,
        target: ResourceIndex,
        wanted: &[Power],
    ) -> Answer {
        let Some(carrier) = self.carrier(resource) else {
            return Answer::No;
        };
        Answer::any(carrier.identities.iter().flat_map(|carried| {
            self.held_by(&carried.principal).map(|assignment| {
                gives(inventory, assignment, target, wanted)
                    .and(|| unless_doubtful(&carried.doubts, carried.evidence.clone()))
            })
        }))
    }
}

/// Whether `assignment` covers `target` and opens one of `wanted` there.
pub(super) fn gives(
    inventory: &Inventory,
    assignment: &Assignment,
    target: ResourceIndex,
    wanted: &[Power],
) -> Answer {
    let Some(resource) = inventory.get(target) else {
        return Answer::No;
    };
    if !covers(inventory, &assignment.scope, target, resource) {
        return Answer::No;
    }
    let narrow = matches!(assignment.scope, Scope::PartOf(..));
    let grants: Vec<Grant> = powers(&assignment.role, &resource.resource_type, narrow);
    if !grants.iter().any(|grant| wanted.contains(&grant.power)) {
        return Answer::No;
    }
    if let Some(doubt) = &assignment.role.open {
        return Answer::open(doubt.clone());
    }
    unless_doubtful(&assignment.doubts, assignment.evidence.clone())
}

/// Whether `scope` covers the resource `target`.
pub(super) fn covers(
    inventory: &Inventory,
    scope: &Scope,
    target: ResourceIndex,
    resource: &Resource,
) -> bool {
    let within = |key: &str| {
        let own: &str = resource.id.key();
        own.strip_prefix(key.trim_end_matches('/'))
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    match scope {
        Scope::Resource(index) => {
            *index == target
                || inventory
                    .get(*index)
                    .is_some_and(|holder| within(holder.id.key()))
        }
        Scope::PartOf(index, _) => *index == target,
        Scope::Wide(key) => within(key),
        Scope::Outside(_) => false,
    }
}

/// Yes with `evidence`, unless something in `doubts` has to fall its way first.
pub(super) fn unless_doubtful(doubts: &[Doubt], evidence: Vec<Evidence>) -> Answer {
    if doubts.is_empty() {
        Answer::Yes(evidence)
    } else {
        Answer::Open(doubts.to_vec())
    }
}
