//! Who is in a backend pool: interfaces that name it, and addresses that it names.

use super::{
    ForwardTarget, Forwarding, Interface, InterfaceConfiguration, LoadBalancer, PartReference,
    Reference, Topology,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::ResourceIndex;
use crate::source::Span;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An address of an interface that something is forwarded to.
#[derive(Clone, Debug)]
pub struct Member<'a> {
    /// The interface.
    pub interface: &'a Interface,
    /// The address.
    pub configuration: &'a InterfaceConfiguration,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Why it may be none, where it may.
    pub doubt: Option<Arc<Doubt>>,
}

/// Everything that is forwarded to.
#[derive(Clone, Debug, Default)]
pub struct Members<'a> {
    /// Addresses of interfaces.
    pub interfaces: Vec<Member<'a>>,
    /// Addresses that belong to no interface in the inputs, each with its place.
    pub addresses: Vec<(AddressSet, Span)>,
}

/// Where an interface's address stands: its owner, its interface, its place in that.
type Place = (ResourceIndex, usize, usize);

/// What kind of part an interface names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Part {
    BalancerPool,
    InboundNat,
    GatewayPool,
}

/// Who names a part, where, and why it may not.
type Naming = (Place, Span, Option<Arc<Doubt>>);

/// Who names which part, and who has which address.
#[derive(Debug, Default)]
pub(super) struct MemberIndex {
    by_part: BTreeMap<(ResourceIndex, Part, String), Vec<Naming>>,
    by_address: BTreeMap<AddressSet, Vec<Place>>,
}

impl MemberIndex {
    /// The index of `interfaces`. O(n log n).
    pub(super) fn build(interfaces: &BTreeMap<ResourceIndex, Vec<Interface>>) -> Self {
        let mut index = Self::default();
        for (owner, list) in interfaces {
            for (at, interface) in list.iter().enumerate() {
                for (number, configuration) in interface.configurations.iter().enumerate() {
                    index.add((*owner, at, number), configuration);
                }
            }
        }
        index
    }

    fn add(&mut self, place: Place, configuration: &InterfaceConfiguration) {
        let named = [
            (Part::BalancerPool, &configuration.load_balancer_pools),
            (Part::InboundNat, &configuration.inbound_nat),
            (Part::GatewayPool, &configuration.application_gateway_pools),
        ];
        for (part, references) in named {
            for reference in references {
                if let Some(owner) = reference.owner {
                    let key = (owner, part, reference.name().to_ascii_lowercase());
                    let entry = (place, reference.span, reference.doubt.clone());
                    self.by_part.entry(key).or_default().push(entry);
                }
            }
        }
        if let Some((address, _)) = &configuration.address {
            let key = address.clone();
            self.by_address.entry(key).or_default().push(place);
        }
    }
}

impl Topology {
    /// The interfaces' addresses that a rule of `balancer` forwards to.
    pub fn forwarded_to(&self, balancer: &LoadBalancer, forwarding: &Forwarding) -> Members<'_> {
        match &forwarding.target {
            ForwardTarget::Pools(pools) => {
                let mut members = Members::default();
                for pool in pools {
                    self.add_pool(&mut members, balancer, pool);
                }
                members
            }
            ForwardTarget::NamedByInterface | ForwardTarget::NamedByScaleSet => {
                self.named(balancer.index, Part::InboundNat, &forwarding.name)
            }
            ForwardTarget::Configuration(reference) => {
                let mut members = self.named(balancer.index, Part::InboundNat, &forwarding.name);
                if members.interfaces.is_empty() {
                    members.interfaces.extend(self.configuration(reference));
                }
                members
            }
        }
    }

    /// The interfaces' addresses that are in the backend pool `pool` of the application gateway at
    /// `gateway`.
    pub fn in_gateway_pool(&self, gateway: ResourceIndex, pool: &str) -> Vec<Member<'_>> {
        self.named(gateway, Part::GatewayPool, pool).interfaces
    }

    /// The interfaces' addresses that are `address` for sure, in the virtual network `network`
    /// where one is given.
    pub fn interfaces_at(
        &self,
        address: &AddressSet,
        network: Option<ResourceIndex>,
    ) -> Vec<(&Interface, &InterfaceConfiguration)> {
        let places = self.members.by_address.get(address).into_iter().flatten();
        places
            .filter_map(|place| self.at_place(*place))
            .filter(|(_, configuration)| {
                network.is_none_or(|network| {
                    let subnet = self.subnet(configuration.subnet.as_ref());
                    subnet.is_none_or(|subnet| subnet.network == Some(network))
                })
            })
            .collect()
    }

    /// The interfaces' addresses that are not told and may be `address`, each with why.
    pub fn interfaces_perhaps_at(
        &self,
        address: &AddressSet,
    ) -> Vec<(&Interface, &InterfaceConfiguration, Arc<Doubt>)> {
        let interfaces = self.interfaces.values().flatten();
        let untold = interfaces.flat_map(|interface| {
            let configurations = interface.configurations.iter();
            let untold = configurations.filter(|one| one.address.is_none());
            untold.map(move |configuration| (interface, configuration))
        });
        untold
            .filter_map(|(interface, configuration)| {
                let bounds = self.addresses(configuration);
                let doubt = bounds
                    .doubtful
                    .into_iter()
                    .find(|(may, _)| may.meets(address));
                doubt.map(|(_, doubt)| (interface, configuration, doubt))
            })
            .collect()
    }

    fn add_pool<'a>(
        &'a self,
        members: &mut Members<'a>,
        balancer: &LoadBalancer,
        pool: &PartReference,
    ) {
        let named = self.named(balancer.index, Part::BalancerPool, pool.name());
        members.interfaces.extend(named.interfaces);
        let addresses = balancer.pool(pool.name()).map(|pool| &pool.addresses);
        for address in addresses.into_iter().flatten() {
            let network = address.network.as_ref().and_then(Reference::resource);
            let found = self.interfaces_at(&address.address, network);
            if found.is_empty() {
                members
                    .addresses
                    .push((address.address.clone(), address.span));
                // One whose address is not told may have it.
                let perhaps = self.interfaces_perhaps_at(&address.address).into_iter();
                members
                    .interfaces
                    .extend(perhaps.map(|(interface, configuration, doubt)| {
                        let says = format!(
                            "a backend pool may hold the address of `{}`",
                            interface.name
                        );
                        Member {
                            interface,
                            configuration,
                            evidence: vec![Evidence::stated(address.span, says)],
                            doubt: Some(doubt),
                        }
                    }));
            }
            for (interface, configuration) in found {
                let is_known = members
                    .interfaces
                    .iter()
                    .any(|member| member.configuration.key == configuration.key);
                if !is_known {
                    let says = format!("a backend pool holds the address of `{}`", interface.name);
                    members.interfaces.push(Member {
                        interface,
                        configuration,
                        evidence: vec![Evidence::stated(address.span, says)],
                        doubt: None,
                    });
                }
            }
        }
    }

    fn named(&self, owner: ResourceIndex, part: Part, name: &str) -> Members<'_> {
        let key = (owner, part, name.to_ascii_lowercase());
        let entries = self.members.by_part.get(&key).into_iter().flatten();
        let interfaces = entries.filter_map(|(place, span, doubt)| {
            let (interface, configuration) = self.at_place(*place)?;
            let what = match part {
                Part::InboundNat => "inbound NAT rule",
                Part::BalancerPool | Part::GatewayPool => "backend pool",
            };
            let says = format!("`{}` names {what} `{name}`", interface.name);
            Some(Member {
                interface,
                configuration,
                evidence: vec![Evidence::stated(*span, says)],
                doubt: doubt.clone(),
            })
        });
        Members {
            interfaces: interfaces.collect(),
            addresses: Vec::new(),
        }
    }

    /// The address of an interface that a reference to its configuration leads to.
    fn configuration(&self, reference: &PartReference) -> Option<Member<'_>> {
        let interfaces = self.interfaces.get(&reference.owner?)?;
        let (interface, configuration) = interfaces
            .iter()
            .flat_map(|interface| {
                let list = interface.configurations.iter();
                list.map(move |configuration| (interface, configuration))
            })
            .find(|(_, one)| one.name.eq_ignore_ascii_case(reference.name()))?;
        let says = format!("the rule names `{}`", interface.name);
        Some(Member {
            interface,
            configuration,
            evidence: vec![Evidence::stated(reference.span, says)],
            doubt: reference.doubt.clone(),
        })
    }

    fn at_place(&self, place: Place) -> Option<(&Interface, &InterfaceConfiguration)> {
        let (owner, at, number) = place;
        let interface = self.interfaces.get(&owner)?.get(at)?;
        Some((interface, interface.configurations.get(number)?))
    }
}
