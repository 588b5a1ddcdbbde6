//! What lets calls out of a subnet: security groups and routes.

use super::super::appliance::DEVICES_COMMAND;
use super::standing::Standing;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, FlowSet, ServiceSet, decide_series};
use crate::network::{Appliance, Direction, NextHop, RoutePart, Subnet, Topology};
use crate::resource::ResourceIndex;
use crate::source::Span;
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

/// What proves that the appliance to which `part` leads lets nothing pass, where its rules are in no
/// input and that is taken for granted.
fn refusal(topology: &Topology, subnet: &Subnet, part: &RoutePart) -> Option<Evidence> {
    let NextHop::Appliance(address) = &part.next_hop else {
        return None;
    };
    let span = part.evidence.first()?.span;
    let is_known = matches!(
        topology.appliance(address, subnet.network, span),
        Appliance::Firewall(..)
    );
    topology.refusal_unseen(span).filter(|_| !is_known)
}

/// How the routes of a subnet lead to the internet.
pub(super) enum Routed {
    /// Straight, or by a service endpoint.
    Straight,
    /// Through a firewall of Azure's, if all doubts fall its way, with what proves it.
    Firewall(ResourceIndex, Vec<Arc<Doubt>>, Vec<Evidence>),
    /// Through something else, if all doubts fall its way.
    Elsewhere(Vec<Arc<Doubt>>),
    /// Not at all.
    Closed(Vec<Evidence>),
}

/// How the routes of `subnet` lead what `own` addresses send to the internet.
pub(super) fn routed(topology: &Topology, subnet: &Subnet, own: &AddressSet) -> Routed {
    let v4 = numbered().intersect(&AddressSet::all_v4());
    let parts = topology.routes(subnet.index).select(&v4);
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
    let refusals: Vec<Evidence> = main
        .iter()
        .filter(|part| part.doubts.is_empty())
        .filter_map(|part| refusal(topology, subnet, part))
        .collect();
    if !main.is_empty() && refusals.len() == main.len() {
        return Routed::Closed(refusals);
    }
    if main.iter().all(is_direct) {
        return Routed::Straight;
    }
    if main
        .iter()
        .all(|part| is_dead(part) && part.doubts.is_empty())
    {
        return Routed::Closed(main.iter().flat_map(|part| part.evidence.clone()).collect());
    }
    let device = main.iter().find(|part| !is_direct(part));
    let mut doubts: Vec<Arc<Doubt>> = device.map_or_else(Vec::new, |part| part.doubts.clone());
    let alone = main.iter().filter(|part| !is_direct(part)).count() == 1;
    if let Some(part) = device.filter(|_| alone)
        && let Some((index, evidence)) = firewall_on(topology, subnet, part)
    {
        return through_firewall(topology, (index, evidence), (part, own), doubts);
    }
    let span = device
        .and_then(|part| part.evidence.first())
        .map(|evidence| evidence.span);
    doubts.push(Arc::new(device_doubt(span)));
    Routed::Elsewhere(doubts)
}

/// The doubt what the device on the route with evidence at `span` does.
fn device_doubt(span: Option<Span>) -> Doubt {
    Doubt::outside(
        "egress-through-device",
        format!("{span:?}|lets out"),
        "what leaves the subnet goes through another device",
        "what the device on the route lets out, and from which address",
        span,
    )
    .with_command(DEVICES_COMMAND)
}

/// The firewall of Azure's that the route of `part` names, with what shows that it is that one.
fn firewall_on(
    topology: &Topology,
    subnet: &Subnet,
    part: &RoutePart,
) -> Option<(ResourceIndex, Evidence)> {
    let NextHop::Appliance(address) = &part.next_hop else {
        return None;
    };
    let span = part.evidence.first().map_or(subnet.span, |one| one.span);
    match topology.appliance(address, subnet.network, span) {
        Appliance::Firewall(index, evidence) => Some((index, evidence)),
        _ => None,
    }
}

/// What the firewall lets out on port 443 of what `own` addresses send to the internet.
fn through_firewall(
    topology: &Topology,
    (index, found): (ResourceIndex, Evidence),
    (part, own): (&RoutePart, &AddressSet),
    mut doubts: Vec<Arc<Doubt>>,
) -> Routed {
    let Some(firewall) = topology.firewalls.get(&index) else {
        return Routed::Elsewhere(doubts);
    };
    let list = firewall.transit_from(own);
    let packets = FlowSet::new(&numbered(), ServiceSet::tcp(443));
    let allowed = list.decide(&packets, &[]).allowed;
    let decides = |access| {
        let entries = list.deciding(&packets, access).into_iter();
        entries.flat_map(|entry| entry.evidence.iter().cloned())
    };
    let mut evidence = part.evidence.clone();
    evidence.push(found);
    if allowed.may.is_empty() && part.doubts.is_empty() {
        evidence.extend(decides(Access::Deny));
        return Routed::Closed(evidence);
    }
    evidence.extend(decides(Access::Allow));
    if !allowed.must.contains(&packets) {
        let open = list.doubts(&packets);
        doubts.extend(open.iter().map(|doubt| Arc::clone(doubt)));
        if open.is_empty() {
            // Some is let out, and the target's address is told at the time of the call.
            let span = part.evidence.first().map(|one| one.span);
            let what = Doubt::outside(
                "outbound-filter",
                format!("{span:?}|firewall lets the call out"),
                "the firewall lets out some calls, and the target's address is not known",
                "the addresses at which the target answers",
                span,
            );
            doubts.push(Arc::new(what));
        }
    }
    Routed::Firewall(index, doubts, evidence)
}
