//! Sets of addresses of which parts are in doubt.

use crate::evidence::Doubt;
use crate::flow::AddressSet;
use ipnet::IpNet;
use std::sync::Arc;

/// A set of addresses that is known but for some parts.
#[derive(Clone, Debug, Default)]
pub struct AddressBounds {
    /// What surely is in it.
    pub sure: AddressSet,
    /// The prefixes that make up what is sure, where it was stated as prefixes.
    pub prefixes: Vec<IpNet>,
    /// What is in it if a doubt holds; parts may overlap.
    pub doubtful: Vec<(AddressSet, Arc<Doubt>)>,
}

impl AddressBounds {
    /// Just `set`.
    pub fn exact(set: AddressSet) -> Self {
        Self {
            sure: set,
            prefixes: Vec::new(),
            doubtful: Vec::new(),
        }
    }

    /// `set` if `doubt` holds, else nothing.
    pub fn if_holds(set: AddressSet, doubt: Arc<Doubt>) -> Self {
        let mut bounds = Self::default();
        bounds.add_doubtful(set, doubt);
        bounds
    }

    /// Everything that can be in it.
    pub fn may(&self) -> AddressSet {
        self.doubtful
            .iter()
            .fold(self.sure.clone(), |set, (part, _)| set.union(part))
    }

    /// Whether nothing can be in it.
    pub fn is_empty(&self) -> bool {
        self.sure.is_empty() && self.doubtful.is_empty()
    }

    /// Whether no part of it is in doubt.
    pub fn is_exact(&self) -> bool {
        self.doubtful.is_empty()
    }

    /// Adds `set` for sure.
    pub fn add(&mut self, set: &AddressSet) {
        self.sure = self.sure.union(set);
    }

    /// Adds the prefix `net` for sure.
    pub fn add_prefix(&mut self, net: IpNet) {
        self.add(&AddressSet::prefix(net));
        self.prefixes.push(net);
    }

    /// Adds `set` if `doubt` holds.
    pub fn add_doubtful(&mut self, set: AddressSet, doubt: Arc<Doubt>) {
        if !set.is_empty() {
            self.doubtful.push((set, doubt));
        }
    }

    /// Adds everything in `other`, in doubt where it is there.
    pub fn join(&mut self, other: &Self) {
        self.add(&other.sure);
        self.prefixes.extend_from_slice(&other.prefixes);
        self.doubtful.extend(other.doubtful.iter().cloned());
    }
}
