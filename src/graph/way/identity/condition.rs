//! What a right hangs on beside the network.

use super::right::Why;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, Entry, FlowSet};
use crate::graph::Edge;
use crate::network::identity::{Power, VaultAccess, vault_access};
use crate::resource::{Authentication, AuthenticationMode, Resource};

/// Whether `power` over the vault `resource` counts in its model of access; adds what proves it.
pub(super) fn narrow_by_vault(resource: &Resource, power: Power, why: &mut Why) -> bool {
    let by_policy = power == Power::GrantItself;
    match vault_access(resource) {
        VaultAccess::Roles(evidence) if !by_policy => why.evidence.push(evidence),
        VaultAccess::Policies(evidence) if by_policy => why.evidence.push(evidence),
        VaultAccess::Roles(_) | VaultAccess::Policies(_) => return false,
        VaultAccess::Open(mut doubt) => {
            if by_policy {
                doubt.key = format!("{}|not", doubt.key).into();
            }
            why.doubts.push(doubt);
        }
    }
    true
}

/// Why a signature may be taken although keys are not: one that its maker's own rights bound, so
/// that no key opens anything by it.
const DELEGATED: &str = "user-delegation-signature";

/// The first of `modes` that a door accepts: what proves it, or why it may.
pub(super) fn accepts(
    authentication: &Authentication,
    modes: &[AuthenticationMode],
) -> Option<(Option<Evidence>, Option<Doubt>)> {
    let sure = authentication
        .accepted
        .iter()
        .find(|(mode, _)| modes.contains(mode));
    if let Some((_, evidence)) = sure {
        return Some((Some(evidence.clone()), None));
    }
    authentication
        .uncertain
        .iter()
        .find(|(mode, doubt)| modes.contains(mode) && doubt.code != DELEGATED)
        .map(|(_, doubt)| (None, Some(doubt.clone())))
}

/// `edge` if all of `doubts` fall its way.
pub(super) fn doubted(edge: Edge, doubts: &[Doubt]) -> Edge {
    let mut edge = edge;
    for doubt in doubts {
        if edge.doubt.is_none() {
            edge = edge.doubted(Some(doubt.clone()));
        } else {
            edge = edge.through(holds(doubt));
        }
    }
    edge
}

/// A filter that lets everything pass if `doubt` falls its way, and nothing otherwise.
pub(super) fn holds(doubt: &Doubt) -> AccessList {
    AccessList::new(vec![Entry::doubtful(
        Access::Allow,
        FlowSet::all(),
        doubt.clone(),
        Vec::new(),
    )])
}
