//! Virtual networks and their subnets.
//!
//! Template reference: `Microsoft.Network/virtualNetworks`, `…/subnets`.

use super::prefix_list::read_prefixes;
use super::{AddressBounds, Reference};
use crate::flow::AddressSet;
use crate::input::Mode;
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;

/// A virtual network, read.
#[derive(Clone, Debug)]
pub struct VirtualNetwork {
    /// The resource.
    pub index: ResourceIndex,
    /// The address space.
    pub space: AddressBounds,
    /// The place of the address space.
    pub span: Span,
    /// The addresses of name servers of its own; none where Azure's are used.
    pub name_servers: Vec<Text>,
}

/// What a subnet is kept for, which its name decides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SubnetPurpose {
    /// Anything.
    Ordinary,
    /// Virtual network gateways: `GatewaySubnet`.
    Gateway,
    /// A firewall: `AzureFirewallSubnet`.
    Firewall,
    /// A firewall's management: `AzureFirewallManagementSubnet`.
    FirewallManagement,
    /// Bastion hosts: `AzureBastionSubnet`.
    Bastion,
    /// Route servers: `RouteServerSubnet`.
    RouteServer,
}

/// A service endpoint of a subnet.
#[derive(Clone, Debug)]
pub struct ServiceEndpoint {
    /// The service: `Microsoft.Storage`.
    pub service: Text,
    /// The place.
    pub span: Span,
}

/// A subnet, read.
#[derive(Clone, Debug)]
pub struct Subnet {
    /// The resource.
    pub index: ResourceIndex,
    /// The virtual network that holds it, where that is in the inputs.
    pub network: Option<ResourceIndex>,
    /// The short name.
    pub name: Text,
    /// The text of the subnet.
    pub span: Span,
    /// The API version of its declaration.
    pub api_version: Option<Text>,
    /// How its template is to be read.
    pub mode: Mode,
    /// What it is kept for.
    pub purpose: SubnetPurpose,
    /// The addresses.
    pub prefixes: AddressBounds,
    /// The security group.
    pub network_security_group: Option<Reference>,
    /// The route table.
    pub route_table: Option<Reference>,
    /// The NAT gateway.
    pub nat_gateway: Option<Reference>,
    /// The service endpoints.
    pub service_endpoints: Vec<ServiceEndpoint>,
    /// The policies that limit what the service endpoints reach.
    pub service_endpoint_policies: Vec<Reference>,
    /// The services that it is delegated to: `Microsoft.Web/serverFarms`.
    pub delegations: Vec<(Text, Span)>,
    /// Which policies apply to private endpoints: `Enabled`, `Disabled`,
    /// `NetworkSecurityGroupEnabled` or `RouteTableEnabled`.
    pub private_endpoint_network_policies: Setting<Text>,
    /// Whether policies apply to private link services.
    pub private_link_service_network_policies: Setting<Text>,
    /// Whether machines without a public way out get an address of the platform's.
    pub default_outbound_access: Setting<bool>,
}

/// The type of a virtual network.
pub(super) const VIRTUAL_NETWORK: &str = "Microsoft.Network/virtualNetworks";
/// The type of a subnet.
pub(super) const SUBNET: &str = "Microsoft.Network/virtualNetworks/subnets";

impl VirtualNetwork {
    /// Reads the virtual network at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let space = properties.path("addressSpace.addressPrefixes");
        let servers = properties.path("dhcpOptions.dnsServers");
        let mut bounds = read_prefixes(&[space], &AddressSet::private());
        if bounds.is_empty() {
            // A network that is only referred to, or whose space a pool allots.
            bounds.add_doubtful(
                AddressSet::private(),
                super::doubts::address_space(resource, space.span()),
            );
        }
        Some(Self {
            index,
            space: bounds,
            span: space.span(),
            name_servers: servers
                .items()
                .iter()
                .filter_map(|item| item.symbol().stated().cloned())
                .collect(),
        })
    }
}

impl Subnet {
    /// Reads the subnet at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let file = resource.file;
        let refer = |member: &str| Reference::read(inventory, file, properties.at(member));
        let name = Text::from(resource.short_name());
        Some(Self {
            index,
            network: network_of(inventory, resource),
            purpose: SubnetPurpose::of(&name),
            prefixes: subnet_prefixes(inventory, resource),
            name,
            span: resource.span,
            api_version: resource.api_version.clone(),
            mode: resource.mode,
            network_security_group: refer("networkSecurityGroup"),
            route_table: refer("routeTable"),
            nat_gateway: refer("natGateway"),
            service_endpoints: service_endpoints(properties.at("serviceEndpoints")),
            service_endpoint_policies: Reference::read_list(
                inventory,
                file,
                properties.at("serviceEndpointPolicies"),
            ),
            delegations: properties
                .at("delegations")
                .items()
                .iter()
                .map(|item| item.path("properties.serviceName").symbol())
                .filter_map(|service| Some((service.stated()?.clone(), service.span())))
                .collect(),
            private_endpoint_network_policies: properties
                .at("privateEndpointNetworkPolicies")
                .text(),
            private_link_service_network_policies: properties
                .at("privateLinkServiceNetworkPolicies")
                .text(),
            default_outbound_access: properties.at("defaultOutboundAccess").boolean(),
        })
    }

    /// Whether it is delegated to `service`, in any case.
    pub fn is_delegated_to(&self, service: &str) -> bool {
        self.delegations
            .iter()
            .any(|(name, _)| name.eq_ignore_ascii_case(service))
    }
}

impl SubnetPurpose {
    /// What a subnet called `name` is kept for.
    pub fn of(name: &str) -> Self {
        let named = [
            ("GatewaySubnet", Self::Gateway),
            ("AzureFirewallSubnet", Self::Firewall),
            ("AzureFirewallManagementSubnet", Self::FirewallManagement),
            ("AzureBastionSubnet", Self::Bastion),
            ("RouteServerSubnet", Self::RouteServer),
        ];
        named
            .iter()
            .find(|(one, _)| one.eq_ignore_ascii_case(name))
            .map_or(Self::Ordinary, |(_, purpose)| *purpose)
    }

    /// Whether Azure takes a security group on it ("Network security groups", VPN gateway and
    /// firewall documents).
    pub fn takes_security_group(self) -> bool {
        matches!(self, Self::Ordinary | Self::Bastion)
    }
}

/// The network that holds a subnet.
fn network_of(inventory: &Inventory, subnet: &Resource) -> Option<ResourceIndex> {
    subnet
        .parent
        .or_else(|| inventory.find(&subnet.id.parent()?, subnet.file))
}

/// The addresses of a subnet; where it states none, it has some of its network's.
fn subnet_prefixes(inventory: &Inventory, subnet: &Resource) -> AddressBounds {
    let properties = subnet.properties();
    let readers = [
        properties.at("addressPrefix"),
        properties.at("addressPrefixes"),
    ];
    let space = || {
        network_of(inventory, subnet)
            .and_then(|network| VirtualNetwork::read(inventory, network))
            .map_or_else(AddressSet::private, |network| network.space.may())
    };
    let stated = read_prefixes(&readers, &AddressSet::private());
    if stated.is_exact() && !stated.sure.is_empty() {
        return stated;
    }
    let space = space();
    let mut bounds = read_prefixes(&readers, &space);
    if bounds.is_empty() {
        bounds.add_doubtful(space, super::doubts::address_space(subnet, subnet.span));
    }
    bounds
}

fn service_endpoints(list: Reader<'_>) -> Vec<ServiceEndpoint> {
    let services = list.items().into_iter().map(|item| item.at("service"));
    services
        .filter_map(|service| {
            Some(ServiceEndpoint {
                service: service.symbol().stated()?.clone(),
                span: service.span(),
            })
        })
        .collect()
}
