//! The near end of a flow: the interface at which a security group is evaluated.

use super::Floating;
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::ResourceId;
use crate::value::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// One private address and the application security groups that it is a member of.
#[derive(Clone, Debug, Default)]
pub struct Local {
    /// What tells it from another.
    pub key: Text,
    /// The addresses of which it has one; a single one where it is known.
    pub addresses: AddressSet,
    /// What states its address, where something does.
    pub address_proof: Option<Evidence>,
    /// Whether it surely is in its virtual network's space, whatever its address.
    pub in_network: bool,
    /// The groups by the key of their identifiers: a member for sure, or if a doubt holds.
    pub groups: BTreeMap<Text, Option<Arc<Doubt>>>,
    /// The groups, by key, that it surely is no member of.
    pub absent_groups: BTreeSet<Text>,
    /// Why it can be a member of any other group, where it can.
    pub other_groups: Option<Arc<Doubt>>,
    /// The other address to which packets may be sent here, where a load balancer leaves it in them.
    pub floating: Option<Floating>,
}

/// Whether something holds: surely, if all of some doubts do, or not.
#[derive(Clone, Debug)]
pub(super) enum Holds {
    Surely,
    If(Vec<Arc<Doubt>>),
    Not,
}

impl Local {
    /// An interface with the one address in `addresses` that the template does not tell apart.
    pub fn new(key: impl Into<Text>, addresses: AddressSet) -> Self {
        Self {
            key: key.into(),
            addresses,
            ..Self::default()
        }
    }

    /// Whether it is a member of the application security group `id`.
    pub(super) fn is_member(&self, id: &ResourceId) -> Holds {
        let holds = self.has_joined(id);
        match (&self.floating, holds) {
            (None, holds) => holds,
            (_, Holds::Not) => Holds::Not,
            // The group is of private addresses.
            (Some(floating), holds) => {
                let mut doubts = vec![floating.doubt(&self.key, &id.display_name())];
                if let Holds::If(more) = holds {
                    doubts.extend(more);
                }
                Holds::If(doubts)
            }
        }
    }

    fn has_joined(&self, id: &ResourceId) -> Holds {
        match (self.groups.get(id.key()), &self.other_groups) {
            (Some(None), _) => Holds::Surely,
            (Some(Some(doubt)), _) => Holds::If(vec![Arc::clone(doubt)]),
            (None, Some(doubt)) if !self.absent_groups.contains(id.key()) => {
                // Each group is a fact of its own.
                let mut doubt = (**doubt).clone();
                doubt.key = format!("{}|{}", doubt.key, id.key()).into();
                Holds::If(vec![Arc::new(doubt)])
            }
            (None, _) => Holds::Not,
        }
    }

    /// Whether its address is in `set`.
    pub(super) fn is_in(&self, set: &AddressSet) -> Holds {
        let Some(floating) = &self.floating else {
            return self.stands_in(set);
        };
        let (own, other) = (&self.addresses, floating.like(&self.addresses));
        if set.contains(own) && set.contains(&other) {
            Holds::Surely
        } else if set.meets(own) || set.meets(&other) {
            let shown = set.describe().join(", ");
            Holds::If(vec![floating.doubt(&self.key, &shown)])
        } else {
            Holds::Not
        }
    }

    fn stands_in(&self, set: &AddressSet) -> Holds {
        if !set.meets(&self.addresses) {
            Holds::Not
        } else if set.contains(&self.addresses) {
            Holds::Surely
        } else {
            let shown = set.intersect(&self.addresses).describe().join(", ");
            Holds::If(vec![Arc::new(Doubt::outside(
                "private-address",
                format!("{}|is in {shown}", self.key),
                format!(
                    "which private address `{}` gets is not in the inputs",
                    self.key
                ),
                format!("the private address of `{}`", self.key),
                None,
            ))])
        }
    }

    /// The same interface with its address narrowed to `addresses`.
    #[must_use]
    pub(super) fn narrowed(&self, addresses: AddressSet) -> Self {
        Self {
            addresses,
            ..self.clone()
        }
    }
}
