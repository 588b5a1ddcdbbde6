//! What gets out of the estate, in words.

use super::{Analysis, outside_name};
use crate::network::{
    ApplianceAddress, EgressSource, EgressVerdict, EgressWay, NextHop, Reference, ResourceEgress,
    Topology,
};
use crate::resource::{Inventory, ResourceIndex};
use std::collections::BTreeMap;

/// What gets out of every resource that runs something or calls others, subnets included.
/// O(resources · rules).
pub(super) fn find_egress(
    inventory: &Inventory,
    topology: &Topology,
) -> BTreeMap<ResourceIndex, ResourceEgress> {
    let deployed = inventory.iter().filter(|(_, one)| !one.is_not_deployed());
    let found =
        deployed.filter_map(|(index, _)| Some((index, topology.egress_of(inventory, index)?)));
    found.collect()
}

/// The sentence about `egress`, without full stop.
pub fn summarise_egress(analysis: &Analysis, egress: &ResourceEgress) -> String {
    let resource = analysis.inventory.get(egress.index);
    let name = resource.map_or("", |resource| &resource.name);
    let mut text = match egress.verdict {
        EgressVerdict::Open => format!("Everything gets out of `{name}`"),
        EgressVerdict::Filtered => format!("Some of what calls out of `{name}` gets out"),
        EgressVerdict::Closed => format!("Nothing gets out of `{name}`"),
        EgressVerdict::Unknown => format!("The inputs do not tell what gets out of `{name}`"),
    };
    let is_out = matches!(
        egress.verdict,
        EgressVerdict::Open | EgressVerdict::Filtered
    );
    let main = egress
        .ways
        .iter()
        .filter(|way| is_out && !way.allowed.may.is_empty());
    if let Some(way) = main.max_by_key(|way| way.destinations.v4_count())
        && let Some(source) = source_words(analysis, &way.source)
    {
        text.push_str(&source);
    }
    let ways = egress.ways.iter().filter_map(|way| way.evidence.first());
    let mut says: Vec<&str> = Vec::new();
    let doubts = egress.doubts.iter().map(|doubt| doubt.why.as_str());
    let proofs = egress.evidence.iter().chain(ways).map(|one| &*one.says);
    let reasons: Vec<&str> = if egress.verdict == EgressVerdict::Unknown {
        doubts.chain(proofs).collect()
    } else {
        proofs.collect()
    };
    for one in reasons {
        if !says.contains(&one) && says.len() < 2 {
            says.push(one);
        }
    }
    if !says.is_empty() {
        text.push_str(": ");
        text.push_str(&says.join(", and "));
    }
    text
}

/// By whose address packets leave, as the end of a clause; `None` where by nobody's.
fn source_words(analysis: &Analysis, source: &EgressSource) -> Option<String> {
    let name = |index: &ResourceIndex| {
        let resource = analysis.inventory.get(*index);
        resource.map_or_else(String::new, |one| format!("`{}`", one.short_name()))
    };
    Some(match source {
        EgressSource::NatGateway(index) => format!(" from NAT gateway {}", name(index)),
        EgressSource::LoadBalancer(index) => format!(" from load balancer {}", name(index)),
        EgressSource::Firewall(index) => format!(" through firewall {}", name(index)),
        EgressSource::PublicAddress(reference) => {
            format!(" from public address `{}`", reference.id.short_name())
        }
        EgressSource::Instance => " from an address of each instance".to_owned(),
        EgressSource::Platform => " from an address that the platform lends".to_owned(),
        EgressSource::Appliance => " through what is not in the inputs".to_owned(),
        EgressSource::Nobody => return None,
    })
}

/// Whose address packets have on the internet, as programs name it: the kind of source, the
/// identifier of the resource, and its addresses where the inputs tell them.
pub fn egress_source<'a>(
    analysis: &'a Analysis,
    source: &'a EgressSource,
) -> (&'static str, Option<&'a str>, Vec<String>) {
    let topology = &analysis.topology;
    let id = |index: &ResourceIndex| analysis.inventory.get(*index).map(|one| one.id.as_str());
    let known = |references: &[Reference]| -> Vec<String> {
        let found = references.iter().filter_map(Reference::resource);
        let found = found.filter_map(|index| topology.public_addresses.get(&index));
        found
            .filter_map(|address| address.address.map(|address| address.to_string()))
            .collect()
    };
    match source {
        EgressSource::NatGateway(index) => {
            let gateway = topology.nat_gateways.get(index);
            let references = gateway.map_or(&[][..], |gateway| &gateway.public_addresses);
            ("natGateway", id(index), known(references))
        }
        EgressSource::LoadBalancer(index) => {
            let balancer = topology.load_balancers.get(index);
            let frontends = balancer.map_or(&[][..], |balancer| &balancer.frontends);
            let public = frontends
                .iter()
                .filter_map(|one| one.public_address.clone());
            let references: Vec<Reference> = public.collect();
            ("loadBalancer", id(index), known(&references))
        }
        EgressSource::Firewall(index) => {
            let firewall = topology.firewalls.get(index);
            let references = firewall.map_or(&[][..], |firewall| &firewall.public_addresses);
            ("firewall", id(index), known(references))
        }
        EgressSource::PublicAddress(reference) => {
            let found = reference.resource().and_then(|index| id(&index));
            let id = found.unwrap_or(reference.id.as_str());
            (
                "publicAddress",
                Some(id),
                known(std::slice::from_ref(reference)),
            )
        }
        EgressSource::Instance => ("instance", None, Vec::new()),
        EgressSource::Platform => ("platform", None, Vec::new()),
        EgressSource::Appliance => ("outside", None, Vec::new()),
        EgressSource::Nobody => ("none", None, Vec::new()),
    }
}

/// Where the route of `way` leads, in ARM's words for next hops where it has one: the kind, and the
/// address or name of the device.
pub fn egress_next_hop(way: &EgressWay) -> (&'static str, Option<String>) {
    match &way.next_hop {
        NextHop::Internet => ("Internet", None),
        NextHop::None => ("None", None),
        NextHop::VirtualNetwork => ("VnetLocal", None),
        NextHop::Peering(key) => ("VirtualNetworkPeering", Some(outside_name(key))),
        NextHop::Gateway => ("VirtualNetworkGateway", None),
        NextHop::Appliance(ApplianceAddress::Address(address)) => {
            ("VirtualAppliance", Some(address.to_string()))
        }
        NextHop::Appliance(ApplianceAddress::Of(id)) => {
            ("VirtualAppliance", Some(outside_name(id)))
        }
        NextHop::Appliance(ApplianceAddress::Unknown) => ("VirtualAppliance", None),
        NextHop::ServiceEndpoint(service) => {
            ("VirtualNetworkServiceEndpoint", Some(service.to_string()))
        }
        NextHop::PrivateEndpoint(_) => ("InterfaceEndpoint", None),
        NextHop::Hub(key) => ("VirtualHub", Some(outside_name(key))),
        NextHop::Unknown => ("Unknown", None),
    }
}
