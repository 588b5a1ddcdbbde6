//! Peerings between virtual networks.
//!
//! Template reference: `Microsoft.Network/virtualNetworks/virtualNetworkPeerings`.
//! A peering works when both networks have one to the other; it is not transitive. Without
//! `allowVirtualNetworkAccess` the peer leaves the tag `VirtualNetwork`, and an explicit rule still
//! admits it. `allowForwardedTraffic` is documented as a filter of forwarded packets, but tests in
//! the field show that it is none to rely on, so its state is told and nothing is closed by it.

use super::prefix_list::read_prefixes;
use super::virtual_network::VIRTUAL_NETWORK;
use super::{AddressBounds, Fact, Reference, Subnet, VirtualNetwork};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::{Child, Inventory, Presence, Resource, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// One network's side of a peering.
#[derive(Clone, Debug)]
pub struct Peering {
    /// The network whose side it is.
    pub network: ResourceIndex,
    /// The name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// The network at the other end.
    pub remote: Reference,
    /// The addresses at the other end that it leads to.
    pub space: AddressBounds,
    /// Whether both sides are there and connected.
    pub connected: Fact<bool>,
    /// Whether the other end belongs to the tag `VirtualNetwork` here.
    pub access: Fact<bool>,
    /// Whether packets that the other end merely forwards are let in.
    pub forwarded_traffic: Setting<bool>,
    /// Whether the other end may use this network's gateways.
    pub gateway_transit: Setting<bool>,
    /// Whether this network uses the other end's gateways.
    pub remote_gateways: Setting<bool>,
    /// What proves that it is there.
    pub evidence: Vec<Evidence>,
}

impl Peering {
    /// The other end's network, where it is in the inputs.
    pub fn remote_network(&self) -> Option<ResourceIndex> {
        self.remote.resource()
    }

    /// The addresses at the other end that can be reached: none where it surely is not connected.
    pub fn reachable_space(&self) -> AddressBounds {
        if_fact(&self.connected, &self.space)
    }

    /// The addresses at the other end that belong to the tag `VirtualNetwork` here.
    pub fn tagged_space(&self) -> AddressBounds {
        if_fact(&self.access, &self.reachable_space())
    }
}

/// `space` where `fact` holds: in doubt where that is open.
fn if_fact(fact: &Fact<bool>, space: &AddressBounds) -> AddressBounds {
    match fact {
        Fact::Known(true) => space.clone(),
        Fact::Known(false) => AddressBounds::default(),
        Fact::Open(doubt) => AddressBounds::if_holds(space.may(), Arc::clone(doubt)),
    }
}

/// The peerings of each network, in order. O(networks · peerings).
pub fn read_peerings(inventory: &Inventory) -> BTreeMap<ResourceIndex, Vec<Peering>> {
    let mut sides: BTreeMap<ResourceIndex, Vec<Side>> = BTreeMap::new();
    for (index, network) in inventory.of_type(VIRTUAL_NETWORK) {
        let children =
            inventory.children_of(network, "virtualNetworkPeerings", "virtualNetworkPeerings");
        let own = children
            .into_iter()
            .filter_map(|child| Side::read(inventory, network, child))
            .collect();
        sides.insert(index, own);
    }
    sides
        .iter()
        .map(|(index, own)| {
            let peerings = own
                .iter()
                .map(|side| side.peering(inventory, *index, &sides))
                .collect();
            (*index, peerings)
        })
        .collect()
}

/// A peering with the network it leads to, before its counterpart is looked for.
struct Side {
    child: Child,
    remote: Reference,
}

impl Side {
    fn read(inventory: &Inventory, network: &Resource, child: Child) -> Option<Self> {
        let named = child.properties().at("remoteVirtualNetwork");
        let remote = Reference::read(inventory, network.file, named)?;
        Some(Self { child, remote })
    }

    fn peering(
        &self,
        inventory: &Inventory,
        network: ResourceIndex,
        sides: &BTreeMap<ResourceIndex, Vec<Self>>,
    ) -> Peering {
        let properties = self.child.properties();
        let access = properties.at("allowVirtualNetworkAccess").boolean();
        let name = Text::clone(&self.child.name);
        let says = format!(
            "peering `{name}` leads to `{}`",
            self.remote.id.display_name()
        );
        let mut evidence = vec![Evidence::stated(self.remote.span, says)];
        if let Some(back) = self.remote.resource().and_then(|remote| {
            let theirs = sides.get(&remote)?.iter();
            theirs
                .into_iter()
                .find(|side| side.remote.resource() == Some(network))
        }) {
            let says = format!("peering `{}` leads back", back.child.name);
            evidence.push(Evidence::stated(back.remote.span, says));
        }
        let (space, stated) = self.space(inventory);
        evidence.extend(stated);
        Peering {
            network,
            span: self.child.body.span,
            space,
            connected: self.connected(inventory, network, sides),
            access: access_fact(&access, &name),
            forwarded_traffic: properties.at("allowForwardedTraffic").boolean(),
            gateway_transit: properties.at("allowGatewayTransit").boolean(),
            remote_gateways: properties.at("useRemoteGateways").boolean(),
            evidence,
            remote: self.remote.clone(),
            name,
        }
    }

    /// The addresses at the other end, and what states them: the network's own space where it is in
    /// the inputs, else what the peering says of it, else any private address.
    fn space(&self, inventory: &Inventory) -> (AddressBounds, Option<Evidence>) {
        let properties = self.child.properties();
        let declared = [
            properties.path("remoteVirtualNetworkAddressSpace.addressPrefixes"),
            properties.path("remoteAddressSpace.addressPrefixes"),
        ];
        let remote = self.remote.resource();
        if let Some(subnets) = self.peered_subnets(inventory, remote) {
            return (subnets, None);
        }
        let known = remote
            .and_then(|index| VirtualNetwork::read(inventory, index))
            .filter(|network| !network.space.sure.is_empty());
        if let Some(network) = known {
            let says = format!("the address space of `{}`", self.remote.id.display_name());
            return (network.space, Some(Evidence::stated(network.span, says)));
        }
        let bounds = read_prefixes(&declared, &AddressSet::private());
        if !bounds.is_empty() {
            return (bounds, None);
        }
        let doubt = Arc::new(self.unknown_space());
        (AddressBounds::if_holds(AddressSet::private(), doubt), None)
    }

    fn unknown_space(&self) -> Doubt {
        let name = self.remote.id.display_name();
        Doubt::outside(
            "peer-outside",
            format!("address space|{}", self.remote.id.key()),
            format!("peered virtual network `{name}` is not in the inputs"),
            format!("an export with virtual network `{name}`"),
            self.remote.span,
        )
        .with_command(self.remote.id.show_command())
    }

    /// The space of a peering of single subnets; `None` where whole networks are peered.
    fn peered_subnets(
        &self,
        inventory: &Inventory,
        remote: Option<ResourceIndex>,
    ) -> Option<AddressBounds> {
        let properties = self.child.properties();
        if properties.at("peerCompleteVnets").boolean().stated() != Some(&false) {
            return None;
        }
        let names = properties.at("remoteSubnetNames").items();
        let network = remote.and_then(|index| inventory.get(index));
        let Some(network) = network else {
            let doubt = Arc::new(self.unknown_space());
            return Some(AddressBounds::if_holds(AddressSet::private(), doubt));
        };
        let mut bounds = AddressBounds::default();
        for (index, subnet) in inventory.child_resources(network, "subnets") {
            let is_named = names
                .iter()
                .any(|name| name.text().is(subnet.short_name()) != Some(false));
            if is_named && let Some(subnet) = Subnet::read(inventory, index) {
                bounds.join(&subnet.prefixes);
            }
        }
        Some(bounds)
    }

    fn connected(
        &self,
        inventory: &Inventory,
        network: ResourceIndex,
        sides: &BTreeMap<ResourceIndex, Vec<Self>>,
    ) -> Fact<bool> {
        if let Presence::Unknown(span, unknown) = &self.child.presence {
            return Fact::Open(Arc::new(Doubt::of(unknown, *span, "is true")));
        }
        let state = self.child.properties().at("peeringState").text();
        match state.is("Connected") {
            Some(true) => return Fact::Known(true),
            Some(false) if state.is("Disconnected") == Some(true) => return Fact::Known(false),
            _ => {}
        }
        let remote = self.remote.resource();
        let is_declared = remote
            .and_then(|index| inventory.get(index))
            .is_some_and(|one| !matches!(one.presence, Presence::Existing));
        let answer = remote
            .and_then(|index| sides.get(&index))
            .and_then(|theirs| {
                theirs
                    .iter()
                    .find(|side| side.remote.resource() == Some(network))
            });
        match answer.map(|side| &side.child.presence) {
            Some(Presence::Unknown(span, unknown)) => {
                Fact::Open(Arc::new(Doubt::of(unknown, *span, "is true")))
            }
            Some(_) => Fact::Known(true),
            None if is_declared => Fact::Known(false),
            None => Fact::Open(Arc::new(self.one_sided())),
        }
    }

    fn one_sided(&self) -> Doubt {
        let name = self.remote.id.display_name();
        Doubt::outside(
            "peering-state",
            format!("{:?}|is connected", self.child.body.span),
            format!("whether `{name}` peers back is not in the inputs"),
            format!("an export with virtual network `{name}`"),
            self.remote.span,
        )
        .with_command(self.remote.id.show_command())
        .with_outcomes(vec![
            ("Connected".into(), true),
            ("Initiated".into(), false),
        ])
    }
}

fn access_fact(access: &Setting<bool>, name: &Text) -> Fact<bool> {
    let outcomes = vec![("true".into(), true), ("false".into(), false)];
    match (access.truth(true), access) {
        (_, Setting::Absent(span)) => Fact::Open(Arc::new(
            Doubt::outside(
                "undocumented-default",
                format!("{span:?}|{name}|allows virtual network access"),
                format!(
                    "what an absent allowVirtualNetworkAccess of `{name}` means is not certain"
                ),
                "allowVirtualNetworkAccess as Azure reports it",
                *span,
            )
            .with_outcomes(outcomes),
        )),
        (Some(known), _) => Fact::Known(known),
        (None, Setting::Unknown(unknown, span)) => Fact::Open(Arc::new(
            Doubt::of(unknown, *span, "is true").with_outcomes(outcomes),
        )),
        (None, Setting::Stated(..)) => Fact::Known(true),
    }
}

/// The value of a switch that is off where it is absent; `None` where it is not known.
pub(super) fn is_on(switch: &Setting<bool>) -> Option<bool> {
    switch.truth(false)
}
