//! Who gets to Azure's control plane.

use super::gate::packets;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, Place};
use crate::resource::ResourceIndex;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The command that lists what decides about ways out of networks.
const NETWORKS_COMMAND: &str = "az graph query -q \"resources | where type in~ \
    ('microsoft.network/virtualnetworks', 'microsoft.network/routetables', \
    'microsoft.network/networksecuritygroups', 'microsoft.network/natgateways')\" -o json";

/// Of how many senders at the most what lets each out is cited: every packet is asked of the list, so
/// that it is to be short where there are many.
const PROVED: usize = 16;

/// The control plane answers at public addresses, to everybody: so it takes a way out. What a key
/// got there opens is used from wherever its holder stands, so the filter tells by the sender that
/// stands inside whether it has such a way as well.
pub(super) fn control_plane(outgoing: &BTreeMap<ResourceIndex, Arc<AccessList>>) -> AccessList {
    let inside = packets(&AddressSet::subnets());
    let mut gets_out: BTreeMap<Place, (bool, bool)> = BTreeMap::new();
    let mut proofs: BTreeMap<Place, Vec<Evidence>> = BTreeMap::new();
    for list in outgoing.values() {
        let allowed = list.decide(&FlowSet::all(), &[]).allowed;
        let surely = !allowed.must.subtract(&inside).is_empty();
        let perhaps = !allowed.may.subtract(&inside).is_empty();
        for place in allowed.may.intersect(&inside).sources().named_places() {
            let known = gets_out.entry(place).or_insert((true, false));
            *known = (known.0 && surely, known.1 || perhaps);
            if surely && outgoing.len() <= PROVED {
                let asked = allowed.must.subtract(&inside);
                let entries = list.deciding(&asked, Access::Allow).into_iter();
                let proof = entries.flat_map(|entry| entry.evidence.iter().cloned());
                proofs.insert(place, proof.collect());
            }
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
    )
    .with_command(NETWORKS_COMMAND);
    let proved = proofs
        .into_iter()
        .filter(|(place, _)| gets_out.get(place) == Some(&(true, true)))
        .map(|(place, proof)| {
            Entry::exact(Access::Allow, packets(&AddressSet::place(place)), proof)
        });
    let mut entries: Vec<Entry> = proved.collect();
    entries.extend([
        Entry::exact(Access::Allow, packets(&places((true, true))), Vec::new()),
        Entry::doubtful(
            Access::Allow,
            packets(&places((false, true))),
            doubt,
            Vec::new(),
        ),
        Entry::exact(Access::Deny, inside, Vec::new()),
        Entry::exact(Access::Allow, FlowSet::all(), Vec::new()),
    ]);
    AccessList::new(entries)
}
