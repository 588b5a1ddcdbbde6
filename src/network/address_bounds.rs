//! Sets of addresses of which parts are in doubt.

use crate::evidence::Doubt;
use crate::flow::AddressSet;
use std::sync::Arc;

/// A set of addresses that is known but for some parts.
#[derive(Clone, Debug, Default)]
pub struct AddressBounds {
    /// What surely is in it.
    pub sure: AddressSet,
    /// What is in it if a doubt holds; parts may overlap.
    pub doubtful: Vec<(AddressSet, Arc<Doubt>)>,
}

impl AddressBounds {
    /// Just `set`.
    pub fn exact(set: AddressSet) -> Self {
        Self {
            sure: set,
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

    /// Whether no part of it is in doubt.
    pub fn is_exact(&self) -> bool {
        self.doubtful.is_empty()
    }

    /// Adds `set` for sure.
    pub fn add(&mut self, set: &AddressSet) {
        self.sure = self.sure.union(set);
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
        self.doubtful.extend(other.doubtful.iter().cloned());
    }
}
