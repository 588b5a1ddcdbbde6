//! What lies around each virtual network: peers, what is behind gateways, hubs.

use super::peering::is_on;
use super::vicinity::Surroundings;
use super::{
    AddressBounds, Fact, Gateway, Hub, HubConnection, Peering, RoutePrefix, RouteTable, UserHop,
    VirtualNetwork,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::ResourceIndex;
use crate::value::Text;
use ipnet::IpNet;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The code of the doubt whether a gateway announces a default route.
pub(super) const LEARNED_DEFAULT: &str = "learned-default-route";

/// The command that lists networks, their gateways and what those connect to.
const GATEWAYS_COMMAND: &str = "az graph query -q \"resources | where type in~ \
    ('microsoft.network/virtualnetworks', 'microsoft.network/virtualnetworkgateways', \
    'microsoft.network/connections', 'microsoft.network/localnetworkgateways')\" -o json";

/// What is known of networks and their connections.
#[derive(Debug, Default)]
pub(super) struct Connections {
    pub(super) networks: BTreeMap<ResourceIndex, VirtualNetwork>,
    pub(super) peerings: BTreeMap<ResourceIndex, Vec<Peering>>,
    /// The gateways by the network that they stand in.
    pub(super) gateways: BTreeMap<ResourceIndex, Vec<Gateway>>,
    pub(super) hubs: Vec<Hub>,
    /// What is reached over each hub.
    pub(super) hub_spaces: BTreeMap<ResourceIndex, AddressBounds>,
}

/// A space reached over a hub, by the key of the hub's identifier, with what proves it.
pub(super) type HubSpace = (Text, AddressBounds, Vec<Evidence>);

impl Connections {
    pub(super) fn peerings_of(&self, network: ResourceIndex) -> &[Peering] {
        self.peerings.get(&network).map_or(&[], |list| list)
    }

    fn gateways_in(&self, network: ResourceIndex) -> &[Gateway] {
        self.gateways.get(&network).map_or(&[], |list| list)
    }

    /// The gateways that may serve `network`: its own, and those of peers that it may use.
    pub(super) fn serving(&self, network: ResourceIndex) -> Vec<&Gateway> {
        let peers = self.peerings_of(network).iter();
        let used = peers.filter(|peering| is_on(&peering.remote_gateways) != Some(false));
        let remote = used.filter_map(Peering::remote_network);
        std::iter::once(network)
            .chain(remote)
            .flat_map(|network| self.gateways_in(network))
            .collect()
    }

    /// What lies behind the gateways that serve `network`: its own, and those of peers that it
    /// uses.
    pub(super) fn on_premises(&self, network: ResourceIndex) -> AddressBounds {
        let mut bounds = AddressBounds::default();
        for gateway in self.gateways_in(network) {
            bounds.join(&gateway.on_premises());
        }
        for peering in self.peerings_of(network) {
            if is_on(&peering.remote_gateways) != Some(false) {
                bounds.join(&self.transit(network, peering));
            }
        }
        bounds
    }

    /// What lies behind the gateways of the peer at `peering`, which `network` uses.
    fn transit(&self, network: ResourceIndex, peering: &Peering) -> AddressBounds {
        let Some(remote) = peering.remote_network() else {
            return AddressBounds::if_holds(AddressSet::private(), Arc::new(unseen(peering)));
        };
        let back = self
            .peerings_of(remote)
            .iter()
            .find(|back| back.remote_network() == Some(network));
        if back.is_some_and(|back| is_on(&back.gateway_transit) == Some(false)) {
            return AddressBounds::default();
        }
        let mut bounds = AddressBounds::default();
        for gateway in self.gateways_in(remote) {
            bounds.join(&gateway.on_premises());
        }
        if self.gateways_in(remote).is_empty() {
            bounds.add_doubtful(AddressSet::private(), Arc::new(unseen(peering)));
        }
        match &peering.connected {
            Fact::Known(true) => bounds,
            Fact::Known(false) => AddressBounds::default(),
            Fact::Open(doubt) => AddressBounds::if_holds(bounds.may(), Arc::clone(doubt)),
        }
    }

    /// Why a gateway that serves `network` may announce a default route, where it may.
    pub(super) fn learned_default(&self, network: ResourceIndex) -> Option<Arc<Doubt>> {
        let own = self.gateways_in(network).iter();
        let remote = self.peerings_of(network).iter().filter_map(|peering| {
            let uses = is_on(&peering.remote_gateways) == Some(true);
            uses.then(|| peering.remote_network()).flatten()
        });
        let doubt = own
            .chain(remote.flat_map(|remote| self.gateways_in(remote)))
            .find_map(|gateway| gateway.learned.as_ref())?;
        let mut default = (**doubt).clone();
        default.key = format!("{}|default route", doubt.key).into();
        default.code = LEARNED_DEFAULT;
        Some(Arc::new(default))
    }

    /// The spaces that `network` reaches over hubs, its own among them, and the hub's way to the
    /// internet.
    pub(super) fn over_hubs(
        &self,
        network: ResourceIndex,
        key_of: impl Fn(ResourceIndex) -> Text,
    ) -> Vec<HubSpace> {
        let mut out = Vec::new();
        for hub in &self.hubs {
            for own in hub.connections.iter().filter(|one| joins(one, network)) {
                let space = self.hub_spaces.get(&hub.index).cloned().unwrap_or_default();
                let mut space = match &own.default_routing {
                    Fact::Known(_) => space,
                    Fact::Open(doubt) => AddressBounds::if_holds(space.may(), Arc::clone(doubt)),
                };
                add_default(&mut space, hub, own);
                out.push((key_of(hub.index), space, own.evidence.clone()));
            }
        }
        out
    }

    /// Works out what is reached over each hub: what is connected to it and to the other hubs of
    /// its WAN.
    pub(super) fn join_hubs(&mut self) {
        let mut wans: BTreeMap<Text, AddressBounds> = BTreeMap::new();
        let wan = |hub: &Hub| hub.wan.as_ref().map(|wan| Text::clone(wan.id.key()));
        let single: Vec<AddressBounds> = self.hubs.iter().map(|hub| self.hub_space(hub)).collect();
        for (hub, space) in self.hubs.iter().zip(&single) {
            if let Some(wan) = wan(hub) {
                wans.entry(wan).or_default().join(space);
            }
        }
        let joined = self.hubs.iter().zip(single).map(|(hub, space)| {
            let whole = wan(hub).and_then(|wan| wans.get(&wan).cloned());
            (hub.index, whole.unwrap_or(space))
        });
        self.hub_spaces = joined.collect();
    }

    fn hub_space(&self, hub: &Hub) -> AddressBounds {
        let mut bounds = hub.space.clone();
        for connection in &hub.connections {
            bounds.join(&self.connected_space(connection));
        }
        bounds.join(&hub.client_pool);
        if let Some(doubt) = &hub.learned {
            bounds.add_doubtful(AddressSet::private(), Arc::clone(doubt));
        }
        bounds
    }

    fn connected_space(&self, connection: &HubConnection) -> AddressBounds {
        let space = connection
            .network
            .resource()
            .and_then(|index| self.networks.get(&index))
            .map(|network| network.space.clone());
        let space = space.unwrap_or_else(|| {
            let name = connection.network.id.display_name();
            let doubt = Doubt::outside(
                "peer-outside",
                format!("address space|{}", connection.network.id.key()),
                format!("virtual network `{name}` is not in the inputs"),
                format!("an export with virtual network `{name}`"),
                connection.network.span,
            );
            AddressBounds::if_holds(AddressSet::private(), Arc::new(doubt))
        });
        match &connection.default_routing {
            Fact::Known(_) => space,
            Fact::Open(doubt) => AddressBounds::if_holds(space.may(), Arc::clone(doubt)),
        }
    }
}

/// The default route that a routing intent for the internet announces.
fn add_default(bounds: &mut AddressBounds, hub: &Hub, own: &HubConnection) {
    if hub.internet_firewall.is_none() {
        return;
    }
    match &own.internet_security {
        Fact::Known(true) => bounds.prefixes.extend("0.0.0.0/0".parse::<IpNet>()),
        Fact::Known(false) => {}
        Fact::Open(doubt) => bounds.add_doubtful(AddressSet::internet(), Arc::clone(doubt)),
    }
}

fn joins(connection: &HubConnection, network: ResourceIndex) -> bool {
    connection.network.resource() == Some(network)
}

fn unseen(peering: &Peering) -> Doubt {
    let name = peering.remote.id.display_name();
    Doubt::outside(
        "remote-gateway",
        format!("gateways of {}", peering.remote.id.key()),
        format!("what lies behind the gateway of peer `{name}` is not in the inputs"),
        format!("an export with the gateway of `{name}`"),
        peering.span,
    )
    .with_command(GATEWAYS_COMMAND)
}

/// What lies around a subnet of the network whose surroundings are `network`, with the routes that
/// its table sets.
///
/// A default route joins the tag `VirtualNetwork` too where it leads to an appliance or a gateway,
/// which is known from the field; whether it does otherwise is not.
pub(super) fn with_routes(network: &Surroundings, table: Option<&RouteTable>) -> Surroundings {
    let mut surroundings = network.clone();
    let Some(table) = table else {
        return surroundings;
    };
    for route in &table.routes {
        let (set, length) = match &route.prefix {
            RoutePrefix::Addresses(set, length) => (set.clone(), *length),
            RoutePrefix::Tag(..) | RoutePrefix::Open(_) => continue,
        };
        let leads_away = matches!(
            route.next_hop.known(),
            Some(UserHop::Appliance(_) | UserHop::Gateway)
        );
        let routes = &mut surroundings.routes;
        match &route.doubt {
            Some(doubt) => routes.add_doubtful(set, Arc::clone(doubt)),
            None if length > 0 || leads_away => routes.add(&set),
            None => routes.add_doubtful(set, Arc::new(default_in_tag(route.span))),
        }
    }
    surroundings
}

fn default_in_tag(span: crate::source::Span) -> Doubt {
    Doubt::outside(
        "default-route-in-tag",
        format!("{span:?}|default route joins VirtualNetwork"),
        "whether this default route joins the tag `VirtualNetwork` is not documented",
        "the effective security rules of the interface",
        span,
    )
    .with_command("az network nic list-effective-nsg --ids <interface>")
}
