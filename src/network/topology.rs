//! Everything of networking that is read once for a run.

use super::application_gateway::APPLICATION_GATEWAY;
use super::azure_firewall::FIREWALL;
use super::front_door::{CLASSIC, PROFILE};
use super::load_balancer::LOAD_BALANCER;
use super::member::MemberIndex;
use super::network_security_group::outside_group;
use super::private_endpoint::PRIVATE_ENDPOINT;
use super::private_link_service::PRIVATE_LINK_SERVICE;
use super::route_table::ROUTE_TABLE;
use super::surroundings::Connections;
use super::topology_read::read_connections;
use super::traffic_manager::TRAFFIC_MANAGER;
use super::virtual_network::SUBNET;
use super::{
    AddressBounds, ApplicationGateway, ApplicationSecurityGroups, AzureFirewall, Bastion, Crossing,
    Direction, Fact, FrontDoor, Gateway, GroupAt, Hub, Interface, InterfaceConfiguration,
    LoadBalancer, Local, NatGateway, NetworkSecurityGroup, PacketFilter, PrivateEndpoint,
    PrivateLinkService, PrivateZone, PublicAddress, PublicAddressSku, Reference, RouteTable,
    ServiceTags, Site, Subnet, TrafficManager, Vicinity, VirtualNetwork, family, read_perimeters,
    read_private_zones,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, PortSet};
use crate::resource::{Inventory, Perimeter, ResourceId, ResourceIndex};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The type of a security group.
/// The most lines that are cited of what lies behind gateways.
const REMOTE_LINES: usize = 8;
const SECURITY_GROUP: &str = "Microsoft.Network/networkSecurityGroups";
/// The type of a public address.
const PUBLIC_ADDRESS: &str = "Microsoft.Network/publicIPAddresses";
/// The type of a NAT gateway.
const NAT_GATEWAY: &str = "Microsoft.Network/natGateways";
/// The type of a bastion host.
const BASTION: &str = "Microsoft.Network/bastionHosts";

/// Networks, subnets, filters, routes and interfaces of a run.
#[derive(Debug, Default)]
pub struct Topology {
    pub(super) connections: Connections,
    /// The subnets.
    pub subnets: BTreeMap<ResourceIndex, Subnet>,
    /// The security groups.
    pub security_groups: BTreeMap<ResourceIndex, NetworkSecurityGroup>,
    /// The route tables.
    pub route_tables: BTreeMap<ResourceIndex, RouteTable>,
    /// The public addresses.
    pub public_addresses: BTreeMap<ResourceIndex, PublicAddress>,
    /// The interfaces by the resource that declares them: an interface, a machine, a scale set.
    pub interfaces: BTreeMap<ResourceIndex, Vec<Interface>>,
    /// The machine that each interface belongs to.
    pub machines: BTreeMap<ResourceIndex, ResourceIndex>,
    /// Who names which backend pool, and who has which address.
    pub(super) members: MemberIndex,
    /// The load balancers.
    pub load_balancers: BTreeMap<ResourceIndex, LoadBalancer>,
    /// The firewalls.
    pub firewalls: BTreeMap<ResourceIndex, AzureFirewall>,
    /// The application gateways.
    pub application_gateways: BTreeMap<ResourceIndex, ApplicationGateway>,
    /// The Front Doors of both generations.
    pub front_doors: BTreeMap<ResourceIndex, FrontDoor>,
    /// The Traffic Manager profiles.
    pub traffic_managers: BTreeMap<ResourceIndex, TrafficManager>,
    /// The private link services.
    pub private_link_services: BTreeMap<ResourceIndex, PrivateLinkService>,
    /// The private zones.
    pub private_zones: BTreeMap<ResourceIndex, PrivateZone>,
    /// The network security perimeter around each resource that has one.
    pub perimeters: BTreeMap<ResourceIndex, Perimeter>,
    /// The NAT gateways.
    pub nat_gateways: BTreeMap<ResourceIndex, NatGateway>,
    /// The bastion hosts.
    pub bastions: BTreeMap<ResourceIndex, Bastion>,
    /// The private endpoints.
    pub private_endpoints: Vec<PrivateEndpoint>,
    /// The places in that list of the endpoints of each network.
    pub(super) endpoints_by_network: BTreeMap<ResourceIndex, Vec<usize>>,
    /// The application security groups' members.
    pub application_security_groups: ApplicationSecurityGroups,
    /// The service tags' content.
    pub service_tags: ServiceTags,
    /// What the address tags mean on each subnet.
    pub(super) vicinities: BTreeMap<ResourceIndex, Arc<Vicinity>>,
    /// What they mean where nothing is known of the subnet.
    pub(super) elsewhere: Arc<Vicinity>,
    /// The keys of the identifiers of networks, hubs and what routes lead to.
    pub(super) keys: BTreeMap<ResourceIndex, Text>,
    /// Whether appliances whose rules no input shows are taken to let nothing pass; otherwise it is
    /// open what they do.
    pub(super) appliances_unseen_refuse: bool,
}

impl Topology {
    /// Reads everything in `inventory` that bears on networking. O(n log n).
    pub fn read(inventory: &Inventory) -> Self {
        let mut topology = Self {
            security_groups: read_all(inventory, SECURITY_GROUP, NetworkSecurityGroup::read),
            route_tables: read_all(inventory, ROUTE_TABLE, RouteTable::read),
            public_addresses: read_all(inventory, PUBLIC_ADDRESS, PublicAddress::read),
            subnets: read_all(inventory, SUBNET, Subnet::read),
            load_balancers: read_all(inventory, LOAD_BALANCER, LoadBalancer::read),
            application_gateways: read_all(
                inventory,
                APPLICATION_GATEWAY,
                ApplicationGateway::read,
            ),
            private_link_services: read_all(
                inventory,
                PRIVATE_LINK_SERVICE,
                PrivateLinkService::read,
            ),
            private_zones: read_private_zones(inventory),
            front_doors: read_all(inventory, PROFILE, FrontDoor::read),
            traffic_managers: read_all(inventory, TRAFFIC_MANAGER, TrafficManager::read),
            nat_gateways: read_all(inventory, NAT_GATEWAY, NatGateway::read),
            bastions: read_all(inventory, BASTION, Bastion::read),
            private_endpoints: read_all(inventory, PRIVATE_ENDPOINT, PrivateEndpoint::read)
                .into_values()
                .collect(),
            service_tags: ServiceTags::read(inventory),
            ..Self::default()
        };
        topology.firewalls = read_all(inventory, FIREWALL, |inventory, index| {
            AzureFirewall::read(inventory, index, &topology.service_tags)
        });
        let classic = read_all(inventory, CLASSIC, FrontDoor::read);
        topology.front_doors.extend(classic);
        topology.perimeters = read_perimeters(inventory, &topology.service_tags);
        topology.connections = read_connections(inventory);
        topology.read_interfaces(inventory);
        topology.place_endpoints();
        topology.read_memberships(inventory);
        topology.read_vicinities(inventory);
        topology
    }

    /// The virtual networks.
    pub fn virtual_networks(&self) -> &BTreeMap<ResourceIndex, VirtualNetwork> {
        &self.connections.networks
    }

    /// The peerings of `network`, in order.
    pub fn peerings(&self, network: ResourceIndex) -> &[super::Peering] {
        self.connections.peerings_of(network)
    }

    /// The gateways by the network that they stand in.
    pub fn gateways(&self) -> &BTreeMap<ResourceIndex, Vec<Gateway>> {
        &self.connections.gateways
    }

    /// The hubs of virtual WANs.
    pub fn hubs(&self) -> &[Hub] {
        &self.connections.hubs
    }

    /// What lies behind the gateways that serve `network`.
    pub fn on_premises(&self, network: ResourceIndex) -> AddressBounds {
        self.connections.on_premises(network)
    }

    /// What proves that some of `addresses` lie behind the gateways that serve `network`: a few lines
    /// at most.
    pub fn behind_gateways(&self, network: ResourceIndex, addresses: &AddressSet) -> Vec<Evidence> {
        let gateways = self.connections.serving(network).into_iter();
        let remotes = gateways.flat_map(|gateway| &gateway.remotes);
        remotes
            .filter(|remote| remote.space.sure.meets(addresses))
            .flat_map(|remote| remote.evidence.iter().cloned())
            .take(REMOTE_LINES)
            .collect()
    }

    /// What the address tags mean on `subnet`, or where nothing is known of the subnet.
    pub fn vicinity(&self, subnet: Option<ResourceIndex>) -> &Arc<Vicinity> {
        subnet
            .and_then(|index| self.vicinities.get(&index))
            .unwrap_or(&self.elsewhere)
    }

    /// The subnet that `reference` leads to, where it is in the inputs.
    pub fn subnet(&self, reference: Option<&Reference>) -> Option<&Subnet> {
        self.subnets.get(&reference?.resource()?)
    }

    /// Whether the machine or scale set at `index` has interfaces in the inputs.
    pub fn has_interfaces(&self, index: ResourceIndex) -> bool {
        self.interfaces.contains_key(&index) || self.machines.values().any(|one| *one == index)
    }

    /// A reference to the subnet at `index`, as a resource of the inputs would make it.
    pub fn reference_to(&self, index: ResourceIndex) -> Option<Reference> {
        let subnet = self.subnets.get(&index)?;
        Some(Reference {
            target: super::Target::Resource(index),
            id: ResourceId::new(Text::clone(&subnet.name)),
            span: subnet.span,
            doubt: None,
        })
    }

    /// The near end of flows to and from an address of an interface.
    pub fn local(&self, configuration: &InterfaceConfiguration) -> Local {
        Local {
            key: Text::clone(&configuration.key),
            addresses: self.addresses(configuration).may(),
            address_proof: configuration.address.as_ref().map(|(address, span)| {
                let shown = address.describe().join(", ");
                let says = format!("privateIPAddress of `{}` is {shown}", configuration.name);
                Evidence::stated(*span, says)
            }),
            in_network: true,
            groups: configuration.groups.clone(),
            other_groups: configuration.other_groups.clone(),
            ..Local::default()
        }
    }

    /// The private addresses that an interface can have at `configuration`: the stated one, or any
    /// of its subnet's.
    pub fn addresses(&self, configuration: &InterfaceConfiguration) -> AddressBounds {
        if let Some((address, _)) = &configuration.address {
            return AddressBounds::exact(address.clone());
        }
        let space = self
            .subnet(configuration.subnet.as_ref())
            .map_or_else(AddressSet::private, |subnet| subnet.prefixes.may());
        let family = family(configuration.is_v6);
        let name = &configuration.name;
        let doubt = Doubt::outside(
            "private-address",
            format!("private address|{}", configuration.key),
            format!("which private address `{name}` gets is not in the inputs"),
            format!("the private address of `{name}`"),
            configuration.span,
        );
        AddressBounds::if_holds(space.intersect(&family), Arc::new(doubt))
    }

    /// The security group that `reference` leads to.
    pub fn group_at(&self, reference: Option<&Reference>) -> GroupAt<'_> {
        let Some(reference) = reference else {
            return GroupAt::None;
        };
        let group = reference
            .resource()
            .and_then(|index| self.security_groups.get(&index));
        match (group, &reference.doubt) {
            (Some(group), None) => GroupAt::Group(group),
            (Some(group), Some(doubt)) => GroupAt::If(group, Arc::clone(doubt)),
            (None, condition) => {
                let doubt = Arc::new(outside_group(&reference.id, reference.span));
                match condition {
                    None => GroupAt::Outside(doubt, reference.span),
                    Some(condition) => {
                        GroupAt::OutsideIf(Arc::clone(condition), doubt, reference.span)
                    }
                }
            }
        }
    }

    /// The security group on the subnet that `reference` leads to. Of a subnet outside the inputs
    /// neither the group is known nor whether there is one.
    pub fn subnet_group_at(&self, reference: Option<&Reference>) -> GroupAt<'_> {
        let Some(reference) = reference else {
            return GroupAt::None;
        };
        match self.subnet(Some(reference)) {
            Some(subnet) if subnet.purpose.takes_security_group() => {
                self.group_at(subnet.network_security_group.as_ref())
            }
            Some(_) => GroupAt::None,
            None => {
                let (has, passes) = outside_subnet(&reference.id, reference.span);
                GroupAt::OutsideIf(Arc::new(has), Arc::new(passes), reference.span)
            }
        }
    }

    /// What stands between the address at `configuration` of `interface` and its network for
    /// packets in `direction`, which come by a public address of the SKU given where they do.
    pub fn interface_filter(
        &self,
        interface: &Interface,
        configuration: &InterfaceConfiguration,
        direction: Direction,
        public_address: Option<(Fact<PublicAddressSku>, Span)>,
    ) -> PacketFilter {
        let local = self.local(configuration);
        self.filter_of(
            (interface, configuration),
            &local,
            direction,
            public_address,
        )
    }

    /// The same where the near end is `local`.
    pub(super) fn filter_of(
        &self,
        (interface, configuration): (&Interface, &InterfaceConfiguration),
        local: &Local,
        direction: Direction,
        public_address: Option<(Fact<PublicAddressSku>, Span)>,
    ) -> PacketFilter {
        let crossing = Crossing {
            direction,
            subnet: self.subnet_group_at(configuration.subnet.as_ref()),
            interface: self.group_at(interface.network_security_group.as_ref()),
            public_address,
            source_ports: PortSet::all(),
        };
        let subnet = configuration.subnet.as_ref().and_then(Reference::resource);
        PacketFilter::new(&crossing, &self.site(subnet, local))
    }

    /// What stands between `local` on the subnet that `reference` leads to and the network, where
    /// no interface of the customer's is: a service in the subnet, a private endpoint.
    pub fn subnet_filter(
        &self,
        reference: Option<&Reference>,
        local: &Local,
        direction: Direction,
        public_address: Option<(Fact<PublicAddressSku>, Span)>,
    ) -> PacketFilter {
        let crossing = Crossing {
            direction,
            subnet: self.subnet_group_at(reference),
            interface: GroupAt::None,
            public_address,
            source_ports: PortSet::all(),
        };
        let subnet = reference.and_then(Reference::resource);
        PacketFilter::new(&crossing, &self.site(subnet, local))
    }

    /// A near end that can have any address of the subnet that `reference` leads to.
    pub fn local_in(&self, key: impl Into<Text>, reference: Option<&Reference>) -> Local {
        let space = self
            .subnet(reference)
            .map_or_else(AddressSet::private, |subnet| subnet.prefixes.may());
        Local {
            in_network: true,
            ..Local::new(key, space)
        }
    }

    fn site<'a>(&'a self, subnet: Option<ResourceIndex>, local: &'a Local) -> Site<'a> {
        Site {
            vicinity: self.vicinity(subnet),
            local,
            application_security_groups: &self.application_security_groups,
            service_tags: &self.service_tags,
        }
    }
}

/// The doubts about a subnet outside the inputs: whether it has a security group, and what that
/// lets through.
fn outside_subnet(id: &ResourceId, span: Span) -> (Doubt, Doubt) {
    let name = id.display_name();
    let doubt = |about: &str| {
        Doubt::outside(
            "subnet-outside",
            format!("subnet|{}|{about}", id.key()),
            format!("subnet `{name}` is not in the inputs"),
            format!("an export with subnet `{name}`"),
            span,
        )
        .with_command(id.show_command())
    };
    (doubt("has a security group"), doubt("lets it pass"))
}

/// Everything of type `resource_type` that is deployed, as `read` reads it.
pub(super) fn read_all<T>(
    inventory: &Inventory,
    resource_type: &str,
    read: impl Fn(&Inventory, ResourceIndex) -> Option<T>,
) -> BTreeMap<ResourceIndex, T> {
    inventory
        .of_type(resource_type)
        .filter(|(_, resource)| !resource.is_not_deployed())
        .filter_map(|(index, _)| Some((index, read(inventory, index)?)))
        .collect()
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find, set};
    use super::*;
    use crate::flow::{FlowSet, ServiceSet};

    /// Two networks, `hub` 10.0.0.0/16 and `spoke` 10.1.0.0/16, with the peerings given.
    fn networks(hub: &str, spoke: &str) -> String {
        let network = |name: &str, prefix: &str, peerings: &str| {
            format!(
                r#"{{"type": "Microsoft.Network/virtualNetworks", "name": "{name}", "properties": {{
                "addressSpace": {{"addressPrefixes": ["{prefix}.0.0/16"]}},
                "subnets": [{{"name": "a", "properties": {{"addressPrefix": "{prefix}.1.0/24"}}}}],
                "virtualNetworkPeerings": [{peerings}]}}}}"#
            )
        };
        format!(
            "[{}, {}]",
            network("hub", "10.0", hub),
            network("spoke", "10.1", spoke)
        )
    }

    fn peering(to: &str, more: &str) -> String {
        format!(
            r#"{{"name": "to-{to}", "properties": {{
                "remoteVirtualNetwork": {{"id": "@virtualNetworks:{to}"}}, {more}}}}}"#
        )
    }

    const OPEN: &str = r#""allowVirtualNetworkAccess": true"#;

    /// What the tag `VirtualNetwork` surely holds and can hold on the hub's subnet.
    fn tag(hub: &str, spoke: &str) -> (AddressSet, AddressSet) {
        let (inventory, topology) = estate(&networks(hub, spoke));
        let subnet = find(&inventory, "virtualNetworks/subnets", "hub/a");
        let bounds = &topology.vicinity(Some(subnet)).virtual_network;
        (bounds.sure.clone(), bounds.may())
    }

    #[test]
    fn a_peer_joins_the_tag_where_both_sides_peer() {
        let both = tag(&peering("spoke", OPEN), &peering("hub", OPEN));
        assert!(both.0.contains(&set("10.1.0.0/16")));
        let one = tag(&peering("spoke", OPEN), "");
        assert!(!one.1.meets(&set("10.1.0.0/16")));
        let shut = r#""allowVirtualNetworkAccess": false"#;
        let kept_out = tag(&peering("spoke", shut), &peering("hub", OPEN));
        assert!(!kept_out.1.meets(&set("10.1.0.0/16")));
    }

    #[test]
    fn a_peer_outside_may_be_anywhere_unless_its_space_is_declared() {
        let unknown = tag(&peering("far", OPEN), "");
        assert!(unknown.1.contains(&set("172.16.0.0/12")));
        assert!(!unknown.0.meets(&set("172.16.0.0/12")));
        assert!(!unknown.1.meets(&set("8.8.8.8")));
        let declared = format!(
            r#"{OPEN}, "peeringState": "Connected",
            "remoteAddressSpace": {{"addressPrefixes": ["10.9.0.0/16"]}}"#
        );
        let known = tag(&peering("far", &declared), "");
        assert!(known.0.contains(&set("10.9.0.0/16")));
        assert!(!known.1.meets(&set("172.16.0.0/12")));
    }

    #[test]
    fn an_interface_without_a_known_address_is_still_in_its_network() {
        let (inventory, topology) = estate(
            r#"[{"type": "Microsoft.Network/networkSecurityGroups", "name": "g", "properties": {}},
            {"type": "Microsoft.Network/networkInterfaces", "name": "nic", "properties": {
                "networkSecurityGroup": {"id": "@networkSecurityGroups:g"},
                "ipConfigurations": [{"name": "c", "properties": {
                    "subnet": {"id": "@virtualNetworks/subnets:far/a"}}}]}}]"#,
        );
        let interface = &topology.interfaces[&find(&inventory, "networkInterfaces", "nic")][0];
        let filter = topology.interface_filter(
            interface,
            &interface.configurations[0],
            Direction::Inbound,
            None,
        );
        let decide =
            |address: &str| filter.decide(&FlowSet::new(&set(address), ServiceSet::tcp(22)));
        // The own group's default rules refuse the internet, whatever the subnet's group does.
        assert!(decide("8.8.8.8").allowed.may.is_empty());
        let private = decide("10.0.0.1").allowed;
        assert!(private.must.is_empty() && !private.may.is_empty());
    }
}
