//! What gets out by several ways together.

use super::subnet_routes::SERVICE_ADDRESSES;
use super::{EgressVerdict, EgressWay, NextHop};
use crate::evidence::Doubt;
use crate::flow::{AddressSet, Bounds, FlowSet, PortSet, Protocol, ServiceSet};
use std::sync::Arc;

/// The doubts about what a list of names or a tag holds: it chooses, whatever it holds.
const CONTENT: [&str; 3] = ["service-tag", "names-of-destinations", SERVICE_ADDRESSES];

/// What gets out by all ways together: surely, what every way that may be taken surely lets out.
pub(super) fn join(packets: &FlowSet, ways: &[EgressWay]) -> Bounds {
    let mut may = FlowSet::empty();
    let mut held = FlowSet::empty();
    for way in ways {
        let here = packets.from_sources(&way.destinations);
        may = may.union(&way.allowed.may);
        // What may go by a service endpoint goes by another way where it does not.
        if matches!(way.next_hop, NextHop::ServiceEndpoint(_)) && !way.doubts.is_empty() {
            continue;
        }
        held = held.union(&here.subtract(&way.allowed.must));
    }
    let ways = ways.iter().filter(|way| {
        !matches!(way.next_hop, NextHop::ServiceEndpoint(_)) || way.doubts.is_empty()
    });
    let covered = ways.fold(AddressSet::empty(), |all, way| all.union(&way.destinations));
    Bounds {
        must: packets.from_sources(&covered).subtract(&held),
        may,
    }
}

/// How much gets out, of `packets`, where `allowed` do and `doubts` are open.
pub(super) fn verdict(packets: &FlowSet, allowed: &Bounds, doubts: &[Arc<Doubt>]) -> EgressVerdict {
    let everything = packets.intersect(&FlowSet::new(
        &AddressSet::all(),
        ServiceSet::of(Protocol::Tcp, PortSet::all()),
    ));
    if allowed.may.is_empty() {
        EgressVerdict::Closed
    } else if allowed.must.contains(&everything) {
        EgressVerdict::Open
    } else if !allowed.must.is_empty() || doubts.iter().all(|doubt| CONTENT.contains(&doubt.code)) {
        EgressVerdict::Filtered
    } else {
        EgressVerdict::Unknown
    }
}
