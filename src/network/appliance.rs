//! What stands at the address that a route names as its appliance.

use super::{ApplianceAddress, Fact, Interface, InterfaceConfiguration, Topology};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::{ResourceId, ResourceIndex};
use crate::source::Span;
use crate::value::Text;
use std::net::IpAddr;
use std::sync::Arc;

/// The command that lists what can stand on a route.
pub(super) const DEVICES_COMMAND: &str = "az graph query -q \"resources | where type in~ \
    ('microsoft.network/azurefirewalls', 'microsoft.network/firewallpolicies', \
    'microsoft.network/networkinterfaces', 'microsoft.network/loadbalancers')\" -o json";

/// What an appliance's address leads to.
#[derive(Clone, Debug)]
pub enum Appliance<'a> {
    /// A firewall of Azure's.
    Firewall(ResourceIndex, Evidence),
    /// An interface, and whether it passes on packets that are not for it.
    Interface(&'a Interface, &'a InterfaceConfiguration, Fact<bool>),
    /// The load balancer at this index, with the name of its frontend.
    LoadBalancer(ResourceIndex, Text),
    /// Something that is not in the inputs.
    Outside(Arc<Doubt>),
}

impl Topology {
    /// What stands at `address`, which a route at `span` of a subnet in `network` names.
    ///
    /// A firewall whose own address is not stated is taken to be at any address of its subnet,
    /// which holds nothing else.
    pub fn appliance(
        &self,
        address: &ApplianceAddress,
        network: Option<ResourceIndex>,
        span: Span,
    ) -> Appliance<'_> {
        let found = match address {
            ApplianceAddress::Address(address) => self.appliance_at(*address, network),
            ApplianceAddress::Of(text) => self.appliance_named(text, span),
            ApplianceAddress::Unknown => None,
        };
        found.unwrap_or_else(|| {
            let shown = match address {
                ApplianceAddress::Address(address) => address.to_string(),
                ApplianceAddress::Of(text) => text.to_string(),
                ApplianceAddress::Unknown => "a route's appliance".to_owned(),
            };
            Appliance::Outside(Arc::new(
                Doubt::outside(
                    "appliance-outside",
                    format!("appliance|{shown}"),
                    format!("what stands at `{shown}` and lets pass is not in the inputs"),
                    format!("an export with the appliance at `{shown}`"),
                    span,
                )
                .with_command(DEVICES_COMMAND),
            ))
        })
    }

    /// Takes appliances whose rules no input shows to let nothing pass.
    pub fn refuse_unseen_appliances(&mut self) {
        self.appliances_unseen_refuse = true;
        for firewall in self.firewalls.values_mut() {
            firewall.refuse_unseen();
        }
    }

    /// What proves that nothing passes an appliance whose rules no input shows, to which the route
    /// at `span` leads, where that is taken for granted.
    pub fn refusal_unseen(&self, span: Span) -> Option<Evidence> {
        let says = "the appliance, whose rules no input shows, is taken to let nothing pass";
        self.appliances_unseen_refuse
            .then(|| Evidence::assumed(span, says))
    }

    /// The networks from which something in `network` can be reached: its own and its peers.
    fn near(&self, network: Option<ResourceIndex>) -> Option<Vec<ResourceIndex>> {
        let network = network?;
        let peers = self.peerings(network).iter();
        Some(
            peers
                .filter_map(super::Peering::remote_network)
                .chain([network])
                .collect(),
        )
    }

    fn appliance_at(
        &self,
        address: IpAddr,
        network: Option<ResourceIndex>,
    ) -> Option<Appliance<'_>> {
        let set = AddressSet::single(address);
        let near = self.near(network);
        let is_near = |home: Option<ResourceIndex>| match (&near, home) {
            (Some(near), Some(home)) => near.contains(&home),
            _ => true,
        };
        for (index, firewall) in &self.firewalls {
            if let Some((own, span)) = &firewall.private_address {
                if *own == set && is_near(firewall.network) {
                    let says = "privateIPAddress of the firewall";
                    return Some(Appliance::Firewall(*index, Evidence::stated(*span, says)));
                }
            } else if let Some(subnet) = self.subnet(firewall.subnet.as_ref())
                && subnet.prefixes.sure.contains(&set)
                && is_near(firewall.network)
            {
                let says = format!("{address} is in the firewall's subnet, which is its alone");
                let evidence = Evidence::assumed(subnet.span, says);
                return Some(Appliance::Firewall(*index, evidence));
            }
        }
        let mut interfaces = self.interfaces_at(&set, None).into_iter();
        let interface = interfaces.find(|(_, configuration)| {
            let subnet = self.subnet(configuration.subnet.as_ref());
            is_near(subnet.and_then(|subnet| subnet.network))
        });
        if let Some((interface, configuration)) = interface {
            let passes = forwarding(interface);
            return Some(Appliance::Interface(interface, configuration, passes));
        }
        self.balancer_at(&set)
    }

    fn balancer_at(&self, address: &AddressSet) -> Option<Appliance<'_>> {
        let balancers = self.load_balancers.values();
        balancers
            .flat_map(|balancer| {
                let frontends = balancer.frontends.iter();
                frontends.map(move |frontend| (balancer, frontend))
            })
            .find(|(_, frontend)| {
                let own = frontend.private_address.as_ref();
                own.is_some_and(|(own, _)| own == address)
            })
            .map(|(balancer, frontend)| {
                Appliance::LoadBalancer(balancer.index, Text::clone(&frontend.name))
            })
    }

    /// The resource that a run-time function asks for its address, by identifier or name.
    fn appliance_named(&self, text: &Text, span: Span) -> Option<Appliance<'_>> {
        let id = ResourceId::new(Text::clone(text));
        let is_it = |index: &ResourceIndex| {
            self.keys.get(index).is_some_and(|key| {
                let short = key.rsplit('/').next().unwrap_or(key);
                key == id.key() || short == &**id.key()
            })
        };
        if let Some(index) = self.firewalls.keys().find(|index| is_it(index)) {
            let says = "the route names the firewall's address";
            return Some(Appliance::Firewall(*index, Evidence::stated(span, says)));
        }
        if let Some((index, balancer)) = self.load_balancers.iter().find(|(index, _)| is_it(index))
        {
            let frontend = balancer.frontends.first()?;
            return Some(Appliance::LoadBalancer(*index, Text::clone(&frontend.name)));
        }
        let (_, interfaces) = self.interfaces.iter().find(|(index, _)| is_it(index))?;
        let interface = interfaces.first()?;
        let configuration = interface.configurations.first()?;
        Some(Appliance::Interface(
            interface,
            configuration,
            forwarding(interface),
        ))
    }
}

/// Whether an interface passes on packets that are not for it: it does not where nothing says so.
fn forwarding(interface: &Interface) -> Fact<bool> {
    Fact::of(&interface.ip_forwarding, false, "is true")
}
