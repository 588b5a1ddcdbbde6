//! Load balancers, as facts of forwarding.
//!
//! Template reference: `Microsoft.Network/loadBalancers`, `…/backendAddressPools`,
//! `…/inboundNatRules`.
//! The sender's address is kept, and filters behind see the backend port ("Network security
//! groups"). Probes are taken to find everything healthy; outbound rules let nothing in.

use super::prefix_list::read_prefixes;
use super::{Fact, PartReference, PublicAddressSku, Reference};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, PortSet, Protocol};
use crate::resource::{Child, Inventory, Presence, Reader, Resource, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// A load balancer, read.
#[derive(Clone, Debug)]
pub struct LoadBalancer {
    /// The resource.
    pub index: ResourceIndex,
    /// The SKU, which decides what reaches the backends without a security group.
    pub sku: Fact<PublicAddressSku>,
    /// What shows the SKU.
    pub sku_evidence: Evidence,
    /// The addresses at which it takes packets.
    pub frontends: Vec<Frontend>,
    /// The backend pools.
    pub pools: Vec<BackendPool>,
    /// What it forwards.
    pub forwardings: Vec<Forwarding>,
    /// The pools that outbound rules give a way out, each with the rule's place.
    pub outbound_pools: Vec<(Text, Span)>,
}

/// An address at which a load balancer or gateway takes packets.
#[derive(Clone, Debug)]
pub struct Frontend {
    /// The name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// The public address.
    pub public_address: Option<Reference>,
    /// The block of public addresses that one is taken from.
    pub public_prefix: Option<Reference>,
    /// The subnet of a private address.
    pub subnet: Option<Reference>,
    /// The private address, where it is stated, with its place.
    pub private_address: Option<(AddressSet, Span)>,
}

/// A backend pool.
#[derive(Clone, Debug)]
pub struct BackendPool {
    /// The name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// The members that are named by address, each with the network that the address is in.
    pub addresses: Vec<PoolAddress>,
}

/// A member of a pool that is named by its address.
#[derive(Clone, Debug)]
pub struct PoolAddress {
    /// The address.
    pub address: AddressSet,
    /// The virtual network, where it is named.
    pub network: Option<Reference>,
    /// The place.
    pub span: Span,
}

/// To whom something is forwarded.
#[derive(Clone, Debug)]
pub enum ForwardTarget {
    /// Every member of these pools.
    Pools(Vec<PartReference>),
    /// The interfaces that name the rule themselves.
    NamedByInterface,
    /// The interface configuration with this identifier.
    Configuration(PartReference),
    /// The instances of the scale sets that name the pool themselves, one port each.
    NamedByScaleSet,
}

/// One rule by which packets are forwarded.
#[derive(Clone, Debug)]
pub struct Forwarding {
    /// The rule's name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// The frontend.
    pub frontend: Option<PartReference>,
    /// The protocol; `None` for TCP and UDP both.
    pub protocol: Option<Protocol>,
    /// The ports in front.
    pub from: PortSet,
    /// The port behind; `None` where ports stay.
    pub to: Option<PortSet>,
    /// Whether the packets keep the frontend's address as their destination.
    pub floating: Setting<bool>,
    /// Whether its backends may send by its frontend too.
    pub outbound: Setting<bool>,
    /// To whom.
    pub target: ForwardTarget,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
    /// Why it may not be as read, where it may not.
    pub doubt: Option<Arc<Doubt>>,
}

/// The type of a load balancer.
pub(super) const LOAD_BALANCER: &str = "Microsoft.Network/loadBalancers";

impl LoadBalancer {
    /// Reads the load balancer at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let sku = resource.reader().path("sku.name").text();
        let (sku, sku_evidence) = super::public_address::sku(&sku, "load balancer");
        let children = |property: &str| inventory.children_of(resource, property, property);
        let reading = Reading {
            inventory,
            resource,
        };
        let mut forwardings = Vec::new();
        for (property, kind) in [
            ("loadBalancingRules", RuleKind::Balancing),
            ("inboundNatRules", RuleKind::Nat),
            ("inboundNatPools", RuleKind::NatPool),
        ] {
            let rules = children(property);
            forwardings.extend(rules.iter().map(|rule| reading.forwarding(rule, kind)));
        }
        let outbound = children("outboundRules");
        let outbound_pools = outbound.iter().filter_map(|rule| {
            let pool = rule.properties().at("backendAddressPool");
            let pool = PartReference::read(inventory, resource.file, pool)?;
            Some((Text::from(pool.name()), rule.body.span))
        });
        Some(Self {
            index,
            sku,
            sku_evidence,
            frontends: frontends(inventory, resource, "frontendIPConfigurations"),
            pools: children("backendAddressPools")
                .iter()
                .map(|pool| reading.pool(pool))
                .collect(),
            forwardings,
            outbound_pools: outbound_pools.collect(),
        })
    }

    /// Whether a frontend has a public address.
    pub fn is_public(&self) -> bool {
        self.frontends
            .iter()
            .any(|one| one.public_address.is_some() || one.public_prefix.is_some())
    }

    /// The pool called `name`, in any case.
    pub fn pool(&self, name: &str) -> Option<&BackendPool> {
        self.pools
            .iter()
            .find(|pool| pool.name.eq_ignore_ascii_case(name))
    }

    /// The frontend called `name`, in any case.
    pub fn frontend(&self, name: &str) -> Option<&Frontend> {
        self.frontends
            .iter()
            .find(|one| one.name.eq_ignore_ascii_case(name))
    }
}

/// The frontends in the list `property` of `resource`.
pub(super) fn frontends(
    inventory: &Inventory,
    resource: &Resource,
    property: &str,
) -> Vec<Frontend> {
    inventory
        .children_of(resource, property, property)
        .iter()
        .map(|child| {
            let properties = child.properties();
            let refer =
                |member: &str| Reference::read(inventory, resource.file, properties.at(member));
            let stated = properties.at("privateIPAddress");
            let address = read_prefixes(&[stated], &AddressSet::private()).sure;
            Frontend {
                name: Text::clone(&child.name),
                span: child.body.span,
                public_address: refer("publicIPAddress"),
                public_prefix: refer("publicIPPrefix"),
                subnet: refer("subnet"),
                private_address: (!address.is_empty()).then(|| (address, stated.span())),
            }
        })
        .collect()
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum RuleKind {
    Balancing,
    Nat,
    NatPool,
}

struct Reading<'a> {
    inventory: &'a Inventory,
    resource: &'a Resource,
}

impl Reading<'_> {
    fn pool(&self, child: &Child) -> BackendPool {
        let properties = child.properties();
        let refer =
            |reader: Reader<'_>| Reference::read(self.inventory, self.resource.file, reader);
        let shared = refer(properties.at("virtualNetwork"));
        let items = properties.at("loadBalancerBackendAddresses").items();
        let addresses = items.into_iter().filter_map(|item| {
            let member = item.at("properties");
            let address = member.at("ipAddress");
            let set = read_prefixes(&[address], &AddressSet::private());
            if set.is_empty() {
                return None;
            }
            Some(PoolAddress {
                address: set.may(),
                network: refer(member.at("virtualNetwork")).or_else(|| shared.clone()),
                span: address.span(),
            })
        });
        BackendPool {
            name: Text::clone(&child.name),
            span: child.body.span,
            addresses: addresses.collect(),
        }
    }

    fn forwarding(&self, child: &Child, kind: RuleKind) -> Forwarding {
        let properties = child.properties();
        let file = self.resource.file;
        let part = |member: &str| PartReference::read(self.inventory, file, properties.at(member));
        let front = front_ports(properties);
        let back = properties.at("backendPort").integer();
        let protocol = properties.at("protocol").text();
        let mut doubt = None;
        let mut known = |ports: Fact<PortSet>| match ports {
            Fact::Known(ports) => ports,
            Fact::Open(why) => {
                doubt = Some(why);
                PortSet::all()
            }
        };
        let mut from = known(front);
        let mut to = Some(known(port_fact(&back)));
        let is_all = protocol.is("All") == Some(true);
        let zero = PortSet::single(0);
        if from == zero && (is_all || to.as_ref() == Some(&zero)) {
            // Port nought stands for every port ("High availability ports overview").
            from = PortSet::all();
            to = None;
        }
        let named = Protocol::parse(protocol.stated().map_or("", |word| word));
        if let (Presence::Unknown(span, unknown), None) = (&child.presence, &doubt) {
            doubt = Some(Arc::new(Doubt::of(unknown, *span, "is true")));
        }
        if let (Setting::Unknown(unknown, span), None) = (&protocol, &doubt) {
            doubt = Some(Arc::new(Doubt::of(unknown, *span, "covers the protocol")));
        }
        Forwarding {
            target: self.target(properties, kind),
            evidence: self.prove(child, properties, kind),
            name: Text::clone(&child.name),
            span: child.body.span,
            frontend: part("frontendIPConfiguration"),
            protocol: named,
            from,
            to,
            floating: properties.at("enableFloatingIP").boolean(),
            outbound: properties
                .at("disableOutboundSnat")
                .boolean()
                .map(|off| !off),
            doubt,
        }
    }

    fn target(&self, properties: Reader<'_>, kind: RuleKind) -> ForwardTarget {
        let file = self.resource.file;
        let mut pools =
            PartReference::read_list(self.inventory, file, properties.at("backendAddressPools"));
        let single = PartReference::read(self.inventory, file, properties.at("backendAddressPool"));
        let new = single.filter(|one| !pools.iter().any(|known| known.id == one.id));
        pools.extend(new);
        let configuration = PartReference::read(
            self.inventory,
            file,
            properties.at("backendIPConfiguration"),
        );
        match kind {
            RuleKind::NatPool => ForwardTarget::NamedByScaleSet,
            _ if !pools.is_empty() => ForwardTarget::Pools(pools),
            RuleKind::Balancing => ForwardTarget::Pools(pools),
            RuleKind::Nat => configuration.map_or(
                ForwardTarget::NamedByInterface,
                ForwardTarget::Configuration,
            ),
        }
    }

    fn prove(&self, child: &Child, properties: Reader<'_>, kind: RuleKind) -> Vec<Evidence> {
        let what = match kind {
            RuleKind::Balancing => "load balancing rule",
            RuleKind::Nat => "inbound NAT rule",
            RuleKind::NatPool => "inbound NAT pool",
        };
        let port = ["frontendPort", "frontendPortRangeStart"]
            .into_iter()
            .map(|member| (member, properties.at(member)))
            .find(|(_, reader)| reader.value().is_some());
        let (member, span) = port.map_or(("frontendPort", child.body.span), |(member, reader)| {
            (member, reader.span())
        });
        let says = format!(
            "{member} of {what} `{}` of `{}`",
            child.name,
            self.resource.short_name()
        );
        vec![Evidence::stated(span, says)]
    }
}

/// The ports in front: one, or a range.
fn front_ports(properties: Reader<'_>) -> Fact<PortSet> {
    let single = properties.at("frontendPort").integer();
    let (first, last) = (
        properties.at("frontendPortRangeStart").integer(),
        properties.at("frontendPortRangeEnd").integer(),
    );
    let has_range = first.stated().is_some_and(|port| *port > 0) || first.is_unknown();
    if !has_range {
        return port_fact(&single);
    }
    match (port(&first), port(&last)) {
        (Some(first), Some(last)) => Fact::Known(PortSet::range(first, last)),
        _ => port_fact(if first.is_unknown() { &first } else { &last }),
    }
}

fn port(setting: &Setting<i64>) -> Option<u16> {
    setting
        .stated()
        .and_then(|number| u16::try_from(*number).ok())
}

fn port_fact(setting: &Setting<i64>) -> Fact<PortSet> {
    match (port(setting), setting.unknown()) {
        (Some(port), _) => Fact::Known(PortSet::single(port)),
        (None, Some(unknown)) => {
            Fact::Open(Arc::new(Doubt::of(unknown, setting.span(), "is the port")))
        }
        (None, None) => Fact::Open(Arc::new(Doubt::outside(
            "port-not-understood",
            format!("{:?}|port", setting.span()),
            "a forwarding rule states no valid port",
            "the port as Azure reports it",
            setting.span(),
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find};

    const ESTATE: &str = r#"[
        {"type": "Microsoft.Network/loadBalancers", "name": "lb", "sku": {"name": "Standard"},
         "properties": {
            "frontendIPConfigurations": [{"name": "front", "properties": {
                "publicIPAddress": {"id": "@publicIPAddresses:pip"}}}],
            "backendAddressPools": [{"name": "pool"}, {"name": "byAddress", "properties": {
                "loadBalancerBackendAddresses": [
                    {"properties": {"ipAddress": "10.0.1.4"}},
                    {"properties": {"ipAddress": "10.0.1.99"}}]}}],
            "loadBalancingRules": [
                {"name": "web", "properties": {
                    "frontendIPConfiguration": {"id": "@loadBalancers/frontendIPConfigurations:lb/front"},
                    "backendAddressPool": {"id": "@loadBalancers/backendAddressPools:lb/POOL"},
                    "protocol": "Tcp", "frontendPort": 443, "backendPort": 8443}},
                {"name": "all", "properties": {
                    "backendAddressPools": [{"id": "@loadBalancers/backendAddressPools:lb/byAddress"}],
                    "protocol": "All", "frontendPort": 0, "backendPort": 0}}],
            "inboundNatRules": [{"name": "ssh", "properties": {
                "protocol": "Tcp", "frontendPort": 2222, "backendPort": 22}}]}},
        {"type": "Microsoft.Network/loadBalancers/inboundNatRules", "name": "lb/range",
         "properties": {"protocol": "Tcp", "frontendPortRangeStart": 5000, "frontendPortRangeEnd": 5009,
            "backendPort": 3389,
            "backendAddressPool": {"id": "@loadBalancers/backendAddressPools:lb/pool"}}},
        {"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {
            "ipConfigurations": [{"name": "c", "properties": {
                "privateIPAddress": "10.0.1.4",
                "loadBalancerBackendAddressPools": [{"id": "@loadBalancers/backendAddressPools:lb/pool"}],
                "loadBalancerInboundNatRules": [{"id": "@loadBalancers/inboundNatRules:lb/ssh"}]}}]}}]"#;

    fn members(rule: &str) -> (Vec<String>, usize) {
        let (inventory, topology) = estate(ESTATE);
        let balancer = &topology.load_balancers[&find(&inventory, "loadBalancers", "lb")];
        let forwarding = balancer
            .forwardings
            .iter()
            .find(|one| &*one.name == rule)
            .unwrap();
        let members = topology.forwarded_to(balancer, forwarding);
        let names = members.interfaces.iter();
        (
            names.map(|one| one.interface.name.to_string()).collect(),
            members.addresses.len(),
        )
    }

    #[test]
    fn rules_lead_to_the_members_of_their_pools() {
        assert_eq!(members("web"), (vec!["nic".to_owned()], 0));
        assert_eq!(members("range"), (vec!["nic".to_owned()], 0));
        assert_eq!(members("ssh"), (vec!["nic".to_owned()], 0));
        // One address is the interface's, the other nobody's in the inputs.
        assert_eq!(members("all"), (vec!["nic".to_owned()], 1));
    }

    #[test]
    fn ports_in_front_and_behind_are_read() {
        let (inventory, topology) = estate(ESTATE);
        let balancer = &topology.load_balancers[&find(&inventory, "loadBalancers", "lb")];
        assert!(balancer.is_public());
        let ports: Vec<_> = balancer
            .forwardings
            .iter()
            .map(|one| {
                let to = one
                    .to
                    .as_ref()
                    .map_or("same".to_owned(), ToString::to_string);
                format!("{} {} -> {to}", one.name, one.from)
            })
            .collect();
        assert_eq!(
            ports,
            [
                "web 443 -> 8443",
                "all * -> same",
                "ssh 2222 -> 22",
                "range 5000-5009 -> 3389"
            ]
        );
    }
}
