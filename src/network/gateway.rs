//! Virtual network gateways: VPN and ExpressRoute, and what lies behind them.
//!
//! Template reference: `Microsoft.Network/virtualNetworkGateways`, `…/connections`,
//! `…/localNetworkGateways`.
//! What a gateway learns by BGP is in no template, so behind one that takes routes, any private
//! address may lie.

use super::prefix_list::read_prefixes;
use super::{AddressBounds, Fact, Reference};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, PortSet, Protocol, ServiceSet};
use crate::resource::{
    AuthenticationMode, Inventory, Reader, Resource, ResourceId, ResourceIndex, Setting,
};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// What a gateway connects by.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum GatewayKind {
    /// Encrypted tunnels over the internet.
    Vpn,
    /// Private circuits.
    ExpressRoute,
}

/// A gateway, read.
#[derive(Clone, Debug)]
pub struct Gateway {
    /// The resource.
    pub index: ResourceIndex,
    /// What it connects by.
    pub kind: Fact<GatewayKind>,
    /// The gateway subnets that it stands in.
    pub subnets: Vec<Reference>,
    /// Its public addresses.
    pub public_addresses: Vec<Reference>,
    /// The way in for single clients, where it is configured.
    pub point_to_site: Option<PointToSite>,
    /// The networks at the other end of its connections.
    pub remotes: Vec<RemoteNetwork>,
    /// Why it may lead to more than its connections say, where it may.
    pub learned: Option<Arc<Doubt>>,
}

/// The way in for single clients over the internet.
#[derive(Clone, Debug)]
pub struct PointToSite {
    /// The addresses that clients get.
    pub pool: AddressBounds,
    /// The protocols and ports at which clients dial in.
    pub services: ServiceSet,
    /// What a client must show, each with what proves it.
    pub authentication: Vec<(AuthenticationMode, Evidence)>,
    /// The place of the configuration.
    pub span: Span,
}

/// A network at the other end of a connection.
#[derive(Clone, Debug)]
pub struct RemoteNetwork {
    /// The connection.
    pub connection: ResourceIndex,
    /// Its addresses.
    pub space: AddressBounds,
    /// The local network gateway, circuit or gateway that stands for it, where one is named.
    pub remote: Option<Reference>,
    /// What proves that it is there.
    pub evidence: Vec<Evidence>,
}

/// The type of a gateway.
pub(super) const GATEWAY: &str = "Microsoft.Network/virtualNetworkGateways";
const CONNECTION: &str = "Microsoft.Network/connections";
/// The command that lists what gateways connect to.
const CONNECTIONS_COMMAND: &str = "az graph query -q \"resources | where type in~ \
    ('microsoft.network/connections', 'microsoft.network/localnetworkgateways')\" -o json";

impl Gateway {
    /// Reads the gateway at `index`. `None` where that is no resource. O(connections).
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let configurations = properties.at("ipConfigurations").items();
        let refer = |member: &str| {
            configurations
                .iter()
                .map(|item| item.at("properties").at(member))
                .filter_map(|named| Reference::read(inventory, resource.file, named))
                .collect()
        };
        let kind = kind(&properties.at("gatewayType").text());
        let remotes = remotes(inventory, index);
        let learned = learned(resource, &kind, &remotes);
        Some(Self {
            index,
            subnets: refer("subnet"),
            public_addresses: refer("publicIPAddress"),
            point_to_site: point_to_site(properties.at("vpnClientConfiguration")),
            kind,
            remotes,
            learned,
        })
    }

    /// Everything that lies behind it.
    pub fn on_premises(&self) -> AddressBounds {
        let mut bounds = AddressBounds::default();
        for remote in &self.remotes {
            bounds.join(&remote.space);
        }
        if let Some(point_to_site) = &self.point_to_site {
            bounds.join(&point_to_site.pool);
        }
        if let Some(doubt) = &self.learned {
            bounds.add_doubtful(AddressSet::private(), Arc::clone(doubt));
        }
        bounds
    }
}

fn kind(word: &Setting<Text>) -> Fact<GatewayKind> {
    match word {
        Setting::Stated(text, _) if text.eq_ignore_ascii_case("ExpressRoute") => {
            Fact::Known(GatewayKind::ExpressRoute)
        }
        Setting::Stated(..) | Setting::Absent(_) => Fact::Known(GatewayKind::Vpn),
        Setting::Unknown(unknown, span) => {
            Fact::Open(Arc::new(Doubt::of(unknown, *span, "is ExpressRoute")))
        }
    }
}

/// Why a gateway may lead to more than its connections say: it takes routes by BGP, or no
/// connection of it is in the inputs.
fn learned(
    resource: &Resource,
    kind: &Fact<GatewayKind>,
    remotes: &[RemoteNetwork],
) -> Option<Arc<Doubt>> {
    let name = resource.short_name();
    let bgp = resource.properties().at("enableBgp").boolean();
    let by_tunnel = kind.known() == Some(&GatewayKind::Vpn) && bgp.truth(false) == Some(false);
    let is_remote_known = remotes.iter().any(|remote| {
        let space = &remote.space;
        !space.is_empty()
    });
    let has_clients = resource
        .properties()
        .at("vpnClientConfiguration")
        .value()
        .is_some();
    if by_tunnel && (is_remote_known || has_clients) {
        return None;
    }
    let doubt = Doubt::outside(
        "learned-routes",
        format!("learned routes|{}", resource.id.key()),
        format!("what gateway `{name}` connects to is not in the inputs"),
        format!("the routes that gateway `{name}` has learned"),
        resource.span,
    );
    Some(Arc::new(doubt.with_command(CONNECTIONS_COMMAND)))
}

fn point_to_site(configuration: Reader<'_>) -> Option<PointToSite> {
    configuration.value()?;
    let pool = configuration.path("vpnClientAddressPool.addressPrefixes");
    let pool = read_prefixes(&[pool], &AddressSet::private());
    if pool.is_empty() {
        return None;
    }
    Some(PointToSite {
        pool,
        services: services(configuration),
        authentication: authentication(configuration),
        span: configuration.span(),
    })
}

/// Where clients dial in: TLS at 443, `IkeV2` at 500 and 4500; any of them where the template does not
/// choose.
fn services(configuration: Reader<'_>) -> ServiceSet {
    let ike = ServiceSet::of(
        Protocol::Udp,
        PortSet::single(500).union(&PortSet::single(4500)),
    );
    let tls = ServiceSet::tcp(443);
    let protocols = configuration.at("vpnClientProtocols").items();
    let chosen = protocols
        .into_iter()
        .fold(ServiceSet::empty(), |all, item| {
            let protocol = item.text();
            let known = protocol.stated();
            match known {
                Some(word) if word.eq_ignore_ascii_case("IkeV2") => all.union(&ike),
                Some(_) => all.union(&tls),
                None => all.union(&ike).union(&tls),
            }
        });
    if chosen.is_empty() {
        ike.union(&tls)
    } else {
        chosen
    }
}

/// What a client must show: `vpnAuthenticationTypes`, or, where that is absent, what the rest of
/// the configuration is made for.
fn authentication(configuration: Reader<'_>) -> Vec<(AuthenticationMode, Evidence)> {
    let words = configuration.at("vpnAuthenticationTypes");
    let mut modes = Vec::new();
    for item in words.items() {
        let mode = match item.text() {
            Setting::Stated(word, _) if word.eq_ignore_ascii_case("AAD") => {
                AuthenticationMode::Entra
            }
            Setting::Stated(word, _) if word.eq_ignore_ascii_case("Radius") => {
                AuthenticationMode::Password
            }
            Setting::Stated(word, _) if word.eq_ignore_ascii_case("Certificate") => {
                AuthenticationMode::Cert
            }
            _ => continue,
        };
        let says = format!("vpnAuthenticationTypes holds {}", mode.as_str());
        modes.push((mode, Evidence::stated(item.span(), says)));
    }
    if !modes.is_empty() {
        return modes;
    }
    let made_for = [
        ("aadTenant", AuthenticationMode::Entra),
        ("radiusServerAddress", AuthenticationMode::Password),
        ("vpnClientRootCertificates", AuthenticationMode::Cert),
    ];
    for (member, mode) in made_for {
        let reader = configuration.at(member);
        if reader.value().is_some() {
            let says = format!("{member} is set");
            modes.push((mode, Evidence::stated(reader.span(), says)));
        }
    }
    modes
}

/// The networks behind the connections of the gateway at `index`.
fn remotes(inventory: &Inventory, index: ResourceIndex) -> Vec<RemoteNetwork> {
    let mut out = Vec::new();
    for (at, connection) in inventory.of_type(CONNECTION) {
        if connection.is_not_deployed() {
            continue;
        }
        let properties = connection.properties();
        let end = |member: &str| Reference::read(inventory, connection.file, properties.at(member));
        let (first, second) = (end("virtualNetworkGateway1"), end("virtualNetworkGateway2"));
        let is_own =
            |end: &Option<Reference>| end.as_ref().and_then(Reference::resource) == Some(index);
        let remote = if is_own(&first) {
            second
                .or_else(|| end("localNetworkGateway2"))
                .or_else(|| end("peer"))
        } else if is_own(&second) {
            first
        } else {
            continue;
        };
        let says = format!("connection `{}` leads there", connection.short_name());
        let mut evidence = vec![Evidence::stated(connection.span, says)];
        let (space, stated) = remote_space(inventory, connection, remote.as_ref());
        evidence.extend(stated);
        out.push(RemoteNetwork {
            connection: at,
            space,
            remote,
            evidence,
        });
    }
    out
}

/// The addresses at the other end of a connection, and what states them.
fn remote_space(
    inventory: &Inventory,
    connection: &Resource,
    remote: Option<&Reference>,
) -> (AddressBounds, Option<Evidence>) {
    let resource = remote
        .and_then(Reference::resource)
        .and_then(|index| inventory.get(index));
    if let Some(resource) = resource {
        let prefixes = resource
            .properties()
            .path("localNetworkAddressSpace.addressPrefixes");
        let span = prefixes.span();
        let space = read_prefixes(&[prefixes], &AddressSet::private());
        let says = format!("these addresses lie behind `{}`", resource.short_name());
        if !space.is_empty() {
            return (space, Some(Evidence::stated(span, says)));
        }
        if resource.resource_type.is(GATEWAY)
            && let Some(network) = gateway_network(inventory, resource)
            && let Some(network) = super::VirtualNetwork::read(inventory, network)
        {
            return (network.space, Some(Evidence::stated(network.span, says)));
        }
    }
    let id = remote.map_or_else(|| connection.id.clone(), |remote| remote.id.clone());
    let doubt = Arc::new(unknown_end(&id, connection));
    (AddressBounds::if_holds(AddressSet::private(), doubt), None)
}

fn unknown_end(id: &ResourceId, connection: &Resource) -> Doubt {
    let name = id.display_name();
    Doubt::outside(
        "remote-network",
        format!("address space|{}", id.key()),
        format!("which addresses lie behind `{name}` is not in the inputs"),
        format!("the address space behind `{name}`"),
        connection.span,
    )
    .with_command(id.show_command())
}

/// The virtual network that a gateway stands in, where its subnet is in the inputs.
pub(super) fn gateway_network(inventory: &Inventory, gateway: &Resource) -> Option<ResourceIndex> {
    gateway
        .properties()
        .at("ipConfigurations")
        .items()
        .into_iter()
        .find_map(|item| {
            let named = item.path("properties.subnet");
            let subnet = Reference::read(inventory, gateway.file, named)?;
            network_of_subnet(inventory, gateway, &subnet)
        })
}

/// The network of a subnet that `resource` refers to, whether or not the subnet is declared.
pub(super) fn network_of_subnet(
    inventory: &Inventory,
    resource: &Resource,
    subnet: &Reference,
) -> Option<ResourceIndex> {
    let declared = subnet
        .resource()
        .and_then(|index| inventory.get(index)?.parent);
    declared.or_else(|| inventory.find(&subnet.id.parent()?, resource.file))
}
