//! Who gets to Azure's control plane.

use super::gate::packets;
use crate::evidence::Doubt;
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, Place};
use crate::resource::ResourceIndex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The control plane answers at public addresses, to everybody: so it takes a way out. What a key
/// got there opens is used from wherever its holder stands, so the filter tells by the sender that
/// stands inside whether it has such a way as well.
pub(super) fn control_plane(outgoing: &BTreeMap<ResourceIndex, Arc<AccessList>>) -> AccessList {
    let inside = packets(&AddressSet::subnets());
    let mut gets_out: BTreeMap<Place, (bool, bool)> = BTreeMap::new();
    for list in outgoing.values() {
        let allowed = list.decide(&FlowSet::all(), &[]).allowed;
        let surely = !allowed.must.subtract(&inside).is_empty();
        let perhaps = !allowed.may.subtract(&inside).is_empty();
        for place in allowed.may.intersect(&inside).sources().named_places() {
            let known = gets_out.entry(place).or_insert((true, false));
            *known = (known.0 && surely, known.1 || perhaps);
        }
    }
    let places = |wanted: (bool, bool)| {
        gets_out
            .iter()
            .filter(|(_, known)| **known == wanted)
            .fold(AddressSet::empty(), |set, (place, _)| {
                set.union(&AddressSet::place(*place))
            })
    };
    let doubt = Doubt::outside(
        "control-plane-way-not-known",
        "control plane|is reached",
        "whether the caller gets out to Azure's control plane is not known",
        "what leaves the caller's subnet for the internet",
        None,
    );
    AccessList::new(vec![
        Entry::exact(Access::Allow, packets(&places((true, true))), Vec::new()),
        Entry::doubtful(
            Access::Allow,
            packets(&places((false, true))),
            doubt,
            Vec::new(),
        ),
        Entry::exact(Access::Deny, inside, Vec::new()),
        Entry::exact(Access::Allow, FlowSet::all(), Vec::new()),
    ])
}
