//! What gets out to the internet, by which way, from which address.
//!
//! First the route decides, then the security groups, then what the sender's address is changed to:
//! a NAT gateway's, the interface's own public one, a load balancer's, or, where there is none of
//! these, one that the platform lends ("Default outbound access in Azure"). An appliance in the way
//! comes before all of them.

use super::doubts::appliance_rules;
use super::egress_source::{Source, subnet_reference};
use super::egress_verdict::{join, verdict};
use super::subnet_routes::SERVICE_ADDRESSES;
use super::{
    Appliance, Direction, Interface, InterfaceConfiguration, Local, NextHop, PacketFilter,
    Reference, RoutePart, Subnet, Topology,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Bounds, FlowSet, ServiceSet};
use crate::resource::ResourceIndex;
use std::sync::Arc;

/// How much gets out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum EgressVerdict {
    /// Nothing holds anything back.
    Open,
    /// Only some of it: a firewall or rules choose.
    Filtered,
    /// Nothing does.
    Closed,
    /// It is not known.
    Unknown,
}

impl EgressVerdict {
    /// The word of the report.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Filtered => "filtered",
            Self::Closed => "closed",
            Self::Unknown => "unknown",
        }
    }
}

/// Whose address packets have on the internet.
#[derive(Clone, Debug)]
pub enum EgressSource {
    /// A NAT gateway's.
    NatGateway(ResourceIndex),
    /// The interface's own public one.
    PublicAddress(Reference),
    /// One that the scale set gives each instance.
    Instance,
    /// A load balancer's.
    LoadBalancer(ResourceIndex),
    /// One that the platform lends.
    Platform,
    /// A firewall's.
    Firewall(ResourceIndex),
    /// That of something which is not in the inputs, or of an appliance's own choosing.
    Appliance,
    /// Nobody's: nothing gets out this way.
    Nobody,
}

/// One way out.
#[derive(Clone, Debug)]
pub struct EgressWay {
    /// The destinations that it is for.
    pub destinations: AddressSet,
    /// Where the route leads.
    pub next_hop: NextHop,
    /// Whose address packets then have; where that hangs on a doubt, [`EgressSource::Nobody`]
    /// otherwise.
    pub source: EgressSource,
    /// What gets through on this way.
    pub allowed: Bounds,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
    /// What must hold for this way to be taken.
    pub doubts: Vec<Arc<Doubt>>,
}

/// What gets out from one place.
#[derive(Clone, Debug)]
pub struct Egress {
    /// How much.
    pub verdict: EgressVerdict,
    /// What gets out, by destination.
    pub allowed: Bounds,
    /// The most that the security groups let out, whatever the routes do.
    pub filtered: FlowSet,
    /// The ways, in the order in which they are tried for a destination.
    pub ways: Vec<EgressWay>,
    /// What decides in the security groups, the deciding line first.
    pub rules: Vec<Evidence>,
    /// Everything that is open.
    pub doubts: Vec<Arc<Doubt>>,
}

/// The most lines that are cited of a firewall's rules.
const FIREWALL_LINES: usize = 8;

impl Topology {
    /// What gets out to the internet from the address at `configuration` of `interface`.
    pub fn egress_of_interface(
        &self,
        interface: &Interface,
        configuration: &InterfaceConfiguration,
    ) -> Egress {
        let filter = self.interface_filter(interface, configuration, Direction::Outbound, None);
        let local = self.local(configuration);
        let subnet = self.subnet(configuration.subnet.as_ref());
        let source = self.interface_source(interface, configuration, subnet);
        self.egress(subnet, &local, &filter, &source)
    }

    /// What gets out to the internet from an address of the subnet at `index` that belongs to
    /// nothing in particular. `None` where that is no subnet.
    pub fn egress_of_subnet(&self, index: ResourceIndex) -> Option<Egress> {
        let subnet = self.subnets.get(&index)?;
        let local = Local {
            in_network: true,
            ..Local::new(subnet.name.clone(), subnet.prefixes.may())
        };
        let reference = subnet_reference(subnet);
        let filter = self.subnet_filter(Some(&reference), &local, Direction::Outbound, None);
        let source = self.subnet_source(subnet);
        Some(self.egress(Some(subnet), &local, &filter, &source))
    }

    fn egress(
        &self,
        subnet: Option<&Subnet>,
        local: &Local,
        filter: &PacketFilter,
        source: &Source,
    ) -> Egress {
        let internet = AddressSet::internet().intersect(&AddressSet::all_v4());
        let packets = FlowSet::new(&internet, ServiceSet::all());
        let decision = filter.decide(&packets);
        let parts = subnet.map_or_else(Vec::new, |subnet| {
            self.routes(subnet.index).select(&internet)
        });
        let mut ways: Vec<EgressWay> = parts
            .into_iter()
            .map(|part| self.way(part, subnet, local, &decision.allowed, source))
            .collect();
        if ways.is_empty() {
            ways.push(unknown_way(&internet, &decision.allowed, local));
        }
        let allowed = join(&packets, &ways);
        let mut doubts: Vec<Arc<Doubt>> = Vec::new();
        let open = decision.doubts().into_iter().cloned();
        for doubt in open.chain(ways.iter().flat_map(|way| way.doubts.iter().cloned())) {
            if !doubts.iter().any(|known| known.key == doubt.key) {
                doubts.push(doubt);
            }
        }
        let verdict = verdict(&packets, &allowed, &doubts);
        if verdict == EgressVerdict::Open {
            doubts.retain(|doubt| doubt.code != SERVICE_ADDRESSES);
        }
        let levels = decision.deciding().iter().flat_map(|level| &level.rules);
        Egress {
            verdict,
            rules: levels.flat_map(|rule| rule.evidence.clone()).collect(),
            allowed,
            filtered: decision.allowed.may.clone(),
            ways,
            doubts,
        }
    }

    fn way(
        &self,
        part: RoutePart,
        subnet: Option<&Subnet>,
        local: &Local,
        filtered: &Bounds,
        source: &Source,
    ) -> EgressWay {
        let here = FlowSet::new(&part.addresses, ServiceSet::all());
        let within = filtered.intersect(&Bounds::exact(here));
        let mut way = EgressWay {
            destinations: part.addresses,
            source: EgressSource::Nobody,
            allowed: Bounds::empty(),
            evidence: part.evidence,
            doubts: part.doubts,
            next_hop: part.next_hop,
        };
        match way.next_hop.clone() {
            NextHop::Internet => source.apply(&mut way, within),
            NextHop::Appliance(address) => {
                let network = subnet.and_then(|subnet| subnet.network);
                let span = way.evidence.first().map(|one| one.span);
                let span = span.or(subnet.map(|subnet| subnet.span));
                if let Some(span) = span {
                    let appliance = self.appliance(&address, network, span);
                    self.through(&mut way, &appliance, local, &within);
                }
            }
            NextHop::Hub(key) => self.through_hub(&mut way, &key, local, &within),
            NextHop::Gateway | NextHop::Unknown => {
                let doubt = elsewhere(&way);
                way.source = EgressSource::Appliance;
                open_if(&mut way, &within, doubt);
            }
            // Straight to the service's public side, with the subnet's identity.
            NextHop::ServiceEndpoint(_) => {
                way.source = EgressSource::Platform;
                way.allowed = if way.doubts.is_empty() {
                    within
                } else {
                    Bounds {
                        must: FlowSet::empty(),
                        may: within.may,
                    }
                };
            }
            NextHop::VirtualNetwork
            | NextHop::Peering(_)
            | NextHop::PrivateEndpoint(_)
            | NextHop::None => {}
        }
        way
    }

    /// What an appliance in the way lets out.
    fn through(
        &self,
        way: &mut EgressWay,
        appliance: &Appliance<'_>,
        local: &Local,
        within: &Bounds,
    ) {
        match appliance {
            Appliance::Firewall(index, evidence) => {
                way.evidence.push(evidence.clone());
                self.through_firewall(way, *index, local, within);
            }
            Appliance::Interface(interface, _, passes) => {
                way.source = EgressSource::Appliance;
                if passes.known() == Some(&false) {
                    let span = interface.ip_forwarding.span();
                    let says = format!(
                        "`{}` passes nothing on: enableIPForwarding is not true",
                        interface.name
                    );
                    way.evidence.insert(0, Evidence::stated(span, says));
                    return;
                }
                let doubt = appliance_rules(&interface.name, interface.span);
                self.through_unseen(way, within, doubt);
            }
            Appliance::LoadBalancer(_, frontend) => {
                way.source = EgressSource::Appliance;
                let span = way.evidence.first().map(|one| one.span);
                if let Some(span) = span {
                    let doubt = appliance_rules(frontend, span);
                    self.through_unseen(way, within, doubt);
                }
            }
            Appliance::Outside(doubt) => {
                way.source = EgressSource::Appliance;
                self.through_unseen(way, within, (**doubt).clone());
            }
        }
    }

    /// What gets out through something whose rules no input shows: what is in `within` if `doubt`
    /// holds, or nothing where that is taken for granted.
    fn through_unseen(&self, way: &mut EgressWay, within: &Bounds, doubt: Doubt) {
        let span = way.evidence.first().map(|one| one.span).or(doubt.span);
        match span.and_then(|span| self.refusal_unseen(span)) {
            Some(refusal) => way.evidence.insert(0, refusal),
            None => open_if(way, within, doubt),
        }
    }

    fn through_firewall(
        &self,
        way: &mut EgressWay,
        index: ResourceIndex,
        local: &Local,
        within: &Bounds,
    ) {
        let Some(firewall) = self.firewalls.get(&index) else {
            return;
        };
        let list: AccessList = firewall.transit_from(&local.addresses);
        let decision = list.decide(&within.may, &[]);
        way.source = EgressSource::Firewall(index);
        way.allowed = within.intersect(&decision.allowed);
        for doubt in list.doubts(&within.may) {
            way.doubts.push(Arc::clone(doubt));
        }
        let decides = |access| {
            let entries = list.deciding(&within.may, access).into_iter();
            entries
                .flat_map(|entry| entry.evidence.iter().cloned())
                .take(FIREWALL_LINES)
        };
        if way.allowed.may.is_empty() {
            // What holds it back comes first.
            way.evidence.splice(0..0, decides(Access::Deny));
        } else {
            way.evidence.extend(decides(Access::Allow));
        }
    }

    fn through_hub(&self, way: &mut EgressWay, key: &str, local: &Local, within: &Bounds) {
        let hub = self
            .hubs()
            .iter()
            .find(|hub| self.keys.get(&hub.index).is_some_and(|one| **one == *key));
        let firewall = hub.and_then(|hub| hub.internet_firewall.as_ref());
        let known = firewall
            .and_then(Reference::resource)
            .filter(|index| self.firewalls.contains_key(index));
        if let Some(index) = known {
            self.through_firewall(way, index, local, within);
            return;
        }
        let doubt = elsewhere(way);
        way.source = EgressSource::Appliance;
        if hub.is_none() || firewall.is_some() {
            self.through_unseen(way, within, doubt);
        } else {
            open_if(way, within, doubt);
        }
    }
}

/// Lets out what is in `within` if `doubt` holds.
pub(super) fn open_if(way: &mut EgressWay, within: &Bounds, doubt: Doubt) {
    way.allowed = Bounds {
        must: FlowSet::empty(),
        may: within.may.clone(),
    };
    way.doubts.push(Arc::new(doubt));
}

/// The doubt about what lies behind a gateway, a hub or a route that is not known.
fn elsewhere(way: &EgressWay) -> Doubt {
    let span = way.evidence.first().map(|one| one.span);
    let (what, settle) = match way.next_hop {
        NextHop::Gateway => ("the networks behind the gateway let", "what they let out"),
        NextHop::Hub(_) => ("the hub lets", "the hub's firewall"),
        _ => ("the next hop lets", "the route's next hop"),
    };
    Doubt::outside(
        "next-hop-outside",
        format!("{:?}|{span:?}|lets out", way.next_hop),
        format!("what {what} out is not in the inputs"),
        settle,
        span,
    )
}

fn unknown_way(internet: &AddressSet, filtered: &Bounds, local: &Local) -> EgressWay {
    let doubt = Doubt::outside(
        "subnet-outside",
        format!("{}|routes", local.key),
        "the routes of its subnet are not in the inputs",
        "an export with the subnet",
        None,
    );
    EgressWay {
        destinations: internet.clone(),
        next_hop: NextHop::Unknown,
        source: EgressSource::Appliance,
        allowed: Bounds {
            must: FlowSet::empty(),
            may: filtered.may.clone(),
        },
        evidence: Vec::new(),
        doubts: vec![Arc::new(doubt)],
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find};
    use super::*;

    /// What gets out of a subnet with the `properties` given, in an estate with `more`.
    fn egress(properties: &str, more: &str) -> Egress {
        let (inventory, topology) = estate(&format!(
            r#"[{{"type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {{
                "addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}}, "subnets": [
                {{"name": "a", "properties": {{"addressPrefix": "10.0.1.0/24" {properties}}}}},
                {{"name": "AzureFirewallSubnet", "properties": {{"addressPrefix": "10.0.9.0/26"}}}}]}}}}
            {more}]"#
        ));
        let subnet = find(&inventory, "virtualNetworks/subnets", "net/a");
        topology.egress_of_subnet(subnet).unwrap()
    }

    fn group(rules: &str) -> String {
        format!(
            r#", {{"type": "Microsoft.Network/networkSecurityGroups", "name": "g",
                "properties": {{"securityRules": [{rules}]}}}}"#
        )
    }

    fn rule(name: &str, priority: u32, access: &str, to: &str) -> String {
        format!(
            r#"{{"name": "{name}", "properties": {{"priority": {priority}, "direction": "Outbound",
                "access": "{access}", "protocol": "*", "sourceAddressPrefix": "*",
                "sourcePortRange": "*", "destinationPortRange": "*",
                "destinationAddressPrefix": "{to}"}}}}"#
        )
    }

    const DEFAULT: &str = r#", "defaultOutboundAccess": true"#;
    const GROUP: &str = r#", "defaultOutboundAccess": true,
        "networkSecurityGroup": {"id": "@networkSecurityGroups:g"}"#;

    #[test]
    fn the_platform_lets_out_unless_the_subnet_is_private() {
        let open = egress(DEFAULT, "");
        assert_eq!(open.verdict, EgressVerdict::Open);
        assert!(matches!(open.ways[0].source, EgressSource::Platform));
        let private = egress(r#", "defaultOutboundAccess": false"#, "");
        assert_eq!(private.verdict, EgressVerdict::Closed);
        assert_eq!(
            &*private.ways[0].evidence[0].says,
            "defaultOutboundAccess is false"
        );
    }

    #[test]
    fn a_nat_gateway_comes_before_what_the_platform_lends() {
        let gateway = r#", {"type": "Microsoft.Network/natGateways", "name": "nat",
            "properties": {"publicIpAddresses": [{"id": "@publicIPAddresses:pip"}]}}"#;
        let on = r#", "defaultOutboundAccess": false, "natGateway": {"id": "@natGateways:nat"}"#;
        let open = egress(on, gateway);
        assert_eq!(open.verdict, EgressVerdict::Open);
        assert!(matches!(open.ways[0].source, EgressSource::NatGateway(_)));
    }

    #[test]
    fn groups_close_and_choose() {
        let closed = egress(GROUP, &group(&rule("no", 100, "Deny", "Internet")));
        assert_eq!(closed.verdict, EgressVerdict::Closed);
        assert!(closed.rules[0].says.contains("`no`"));
        let chosen = format!(
            "{},{}",
            rule("storage", 100, "Allow", "Storage.WestEurope"),
            rule("no", 200, "Deny", "Internet")
        );
        assert_eq!(
            egress(GROUP, &group(&chosen)).verdict,
            EgressVerdict::Filtered
        );
    }

    #[test]
    fn a_firewall_in_the_way_chooses_by_its_rules() {
        let table = r#", {"type": "Microsoft.Network/routeTables", "name": "t", "properties": {
            "routes": [{"name": "all", "properties": {"addressPrefix": "0.0.0.0/0",
                "nextHopType": "VirtualAppliance", "nextHopIpAddress": "10.0.9.4"}}]}}"#;
        let on = r#", "routeTable": {"id": "@routeTables:t"}"#;
        let firewall = |rules: &str| {
            format!(
                r#"{table}, {{"type": "Microsoft.Network/azureFirewalls", "name": "fw",
                "properties": {{"ipConfigurations": [{{"properties": {{
                    "subnet": {{"id": "@virtualNetworks/subnets:net/AzureFirewallSubnet"}}}}}}],
                "networkRuleCollections": [{rules}]}}}}"#
            )
        };
        let closed = egress(on, &firewall(""));
        assert_eq!(closed.verdict, EgressVerdict::Closed);
        assert!(matches!(closed.ways[0].source, EgressSource::Firewall(_)));
        let some = r#"{"name": "c", "properties": {"priority": 100, "action": {"type": "Allow"},
            "rules": [{"name": "web", "protocols": ["TCP"], "sourceAddresses": ["10.0.0.0/8"],
                "destinationAddresses": ["*"], "destinationPorts": ["443"]}]}}"#;
        assert_eq!(egress(on, &firewall(some)).verdict, EgressVerdict::Filtered);
        // Nothing is known of an appliance that is not in the inputs.
        assert_eq!(egress(on, table).verdict, EgressVerdict::Unknown);
    }
}
