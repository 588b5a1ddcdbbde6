//! What lets calls out of a subnet: security groups and routes.

use super::standing::Standing;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, FlowSet, ServiceSet, decide_series};
use crate::network::{Direction, NextHop, RoutePart, Topology};
use crate::resource::ResourceIndex;
use std::sync::Arc;

/// What a filter does with calls to services.
pub(super) enum Outbound {
    Open,
    Closed(Vec<Evidence>),
    Partly(Doubt),
}

/// Every public address with a number.
pub(super) fn numbered() -> AddressSet {
    AddressSet::internet().subtract(&AddressSet::azure_public())
}

/// What the security groups do with calls on port 443 to `addresses`.
pub(super) fn outbound(
    topology: &Topology,
    standing: &Standing<'_>,
    addresses: &AddressSet,
) -> Outbound {
    let filter = match standing {
        Standing::Interface(interface, configuration) => {
            topology.interface_filter(interface, configuration, Direction::Outbound, None)
        }
        Standing::Subnet(reference) => {
            let local =
                topology.local_in(format!("calls out|{}", reference.id.key()), Some(reference));
            topology.subnet_filter(Some(reference), &local, Direction::Outbound, None)
        }
    };
    let lists = filter.access_lists();
    let packets = FlowSet::new(addresses, ServiceSet::tcp(443));
    if lists.is_empty() || packets.is_empty() {
        return Outbound::Open;
    }
    let lists: Vec<&AccessList> = lists.iter().collect();
    let decision = decide_series(&lists, &packets);
    if decision.allowed.may.is_empty() {
        let refusing = (0..lists.len()).find(|at| decision.surely_refuses(*at));
        let list = refusing.and_then(|at| lists.get(at));
        let evidence = list
            .into_iter()
            .flat_map(|list| list.deciding(&packets, Access::Deny))
            .flat_map(|entry| entry.evidence.iter().cloned());
        return Outbound::Closed(evidence.collect());
    }
    if decision.allowed.must.contains(&packets) {
        return Outbound::Open;
    }
    let span = standing.subnet().map(|reference| reference.span);
    Outbound::Partly(Doubt::outside(
        "outbound-filter",
        format!("{span:?}|lets the call out"),
        "the security groups let out some calls, and the target's address is not known",
        "the addresses at which the target answers",
        span,
    ))
}

/// Whether the routes of a subnet lead to the internet: with what is in doubt, or what stops
/// it.
pub(super) fn routed(
    topology: &Topology,
    subnet: ResourceIndex,
) -> Result<Vec<Arc<Doubt>>, Vec<Evidence>> {
    let v4 = numbered().intersect(&AddressSet::all_v4());
    let parts = topology.routes(subnet).select(&v4);
    let is_direct = |part: &&RoutePart| {
        matches!(
            part.next_hop,
            NextHop::Internet | NextHop::ServiceEndpoint(_)
        )
    };
    let is_dead = |part: &&RoutePart| part.next_hop == NextHop::None;
    let main: Vec<&RoutePart> = parts
        .iter()
        .filter(|part| part.addresses.v4_count() >= 1 << 28)
        .collect();
    if main.iter().all(is_direct) {
        return Ok(Vec::new());
    }
    if main
        .iter()
        .all(|part| is_dead(part) && part.doubts.is_empty())
    {
        return Err(main.iter().flat_map(|part| part.evidence.clone()).collect());
    }
    let device = main.iter().find(|part| !is_direct(part));
    let mut doubts: Vec<Arc<Doubt>> = device.map_or_else(Vec::new, |part| part.doubts.clone());
    let span = device
        .and_then(|part| part.evidence.first())
        .map(|evidence| evidence.span);
    doubts.push(Arc::new(Doubt::outside(
        "egress-through-device",
        format!("{span:?}|lets out"),
        "what leaves the subnet goes through another device",
        "what the device on the route lets out, and from which address",
        span,
    )));
    Ok(doubts)
}
