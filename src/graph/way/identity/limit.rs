//! What service endpoint policies hold a subnet to.

use crate::evidence::{Doubt, Evidence};
use crate::network::{Subnet, endpoint_limit};
use crate::resource::{Inventory, Resource, ResourceIndex};

/// What service endpoint policies say of an account.
pub(super) enum Limit {
    /// There are none.
    None,
    /// They list it.
    Lists(Vec<Evidence>),
    /// They list others only.
    LeavesOut,
    /// It is not known whether they list it.
    Open(Doubt),
}

/// What the service endpoint policies of the subnet at `subnet` say of `target`. There are such
/// policies for storage accounts only ("Virtual network service endpoint policies").
pub(super) fn limit(
    inventory: &Inventory,
    subnet: Option<ResourceIndex>,
    target: &Resource,
) -> Limit {
    if !target.resource_type.is("Microsoft.Storage/storageAccounts") {
        return Limit::None;
    }
    let subnet = subnet.and_then(|index| Subnet::read(inventory, index));
    let limit = subnet.and_then(|subnet| endpoint_limit(inventory, &subnet));
    let Some(limit) = limit else {
        return Limit::None;
    };
    match (limit.covers(&target.id), &limit.open) {
        (Some(true), _) => Limit::Lists(limit.evidence),
        (None, Some(doubt)) => Limit::Open((**doubt).clone()),
        (Some(false) | None, _) => Limit::LeavesOut,
    }
}
