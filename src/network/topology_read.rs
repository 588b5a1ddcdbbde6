//! How the parts of a [`Topology`] that rest on one another are read.

use super::gateway::{GATEWAY, gateway_network};
use super::interface::{INTERFACE, MACHINE, SCALE_SET};
use super::member::MemberIndex;
use super::surroundings::{Connections, with_routes};
use super::topology::read_all;
use super::virtual_network::VIRTUAL_NETWORK;
use super::virtual_wan::HUB;
use super::{
    AddressBounds, EffectiveRoutes, EndpointPolicies, EndpointRoute, Fact, Gateway, Hub, Interface,
    RouteSources, RouteTable, Subnet, Surroundings, Topology, Vicinity, VirtualNetwork,
    effective_routes, read_peerings,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::{Inventory, ResourceId, ResourceIndex};
use crate::value::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The type of an application security group.
const APPLICATION_SECURITY_GROUP: &str = "Microsoft.Network/applicationSecurityGroups";

pub(super) fn read_connections(inventory: &Inventory) -> Connections {
    let mut gateways: BTreeMap<ResourceIndex, Vec<Gateway>> = BTreeMap::new();
    for (index, gateway) in read_all(inventory, GATEWAY, Gateway::read) {
        let network = inventory
            .get(index)
            .and_then(|resource| gateway_network(inventory, resource));
        if let Some(network) = network {
            gateways.entry(network).or_default().push(gateway);
        }
    }
    let mut connections = Connections {
        networks: read_all(inventory, VIRTUAL_NETWORK, VirtualNetwork::read),
        peerings: read_peerings(inventory),
        gateways,
        hubs: read_all(inventory, HUB, Hub::read).into_values().collect(),
        ..Connections::default()
    };
    connections.join_hubs();
    connections
}

impl Topology {
    pub(super) fn read_interfaces(&mut self, inventory: &Inventory) {
        self.interfaces = read_all(inventory, INTERFACE, |inventory, index| {
            Some(vec![Interface::read(inventory, index)?])
        });
        for resource_type in [MACHINE, SCALE_SET] {
            let configured = read_all(inventory, resource_type, |inventory, index| {
                Some(Interface::read_configured(inventory, index))
            });
            for (index, interfaces) in configured {
                for reference in Interface::of_machine(inventory, index) {
                    if let Some(interface) = reference.resource() {
                        self.machines.insert(interface, index);
                    }
                }
                if !interfaces.is_empty() {
                    self.interfaces.insert(index, interfaces);
                }
            }
        }
        self.members = MemberIndex::build(&self.interfaces);
    }

    pub(super) fn read_memberships(&mut self, inventory: &Inventory) {
        for (_, group) in inventory.of_type(APPLICATION_SECURITY_GROUP) {
            self.application_security_groups.declare(&group.id);
        }
        let mut members: Vec<(Text, AddressBounds, Evidence)> = Vec::new();
        let joins =
            |name: &str, span| Evidence::stated(span, format!("`{name}` is a member of the group"));
        let interfaces = self.interfaces.values().flatten();
        for configuration in interfaces.flat_map(|interface| &interface.configurations) {
            for (group, doubt) in &configuration.groups {
                let addresses = in_doubt(self.addresses(configuration), doubt.as_ref());
                let proof = joins(&configuration.name, configuration.span);
                members.push((Text::clone(group), addresses, proof));
            }
        }
        for endpoint in &self.private_endpoints {
            for (group, doubt) in &endpoint.groups {
                let addresses = in_doubt(endpoint.addresses.clone(), doubt.as_ref());
                let proof = joins(&endpoint.name, endpoint.span);
                members.push((Text::clone(group), addresses, proof));
            }
        }
        for (group, addresses, proof) in members {
            let id = ResourceId::new(group);
            // Of a group that is not in the inputs there can be members elsewhere.
            if self.application_security_groups.is_declared(&id) {
                self.application_security_groups
                    .add(&id, &addresses, Some(proof));
            }
        }
    }

    pub(super) fn place_endpoints(&mut self) {
        for (at, endpoint) in self.private_endpoints.iter().enumerate() {
            let subnet = self.subnet(endpoint.subnet.as_ref());
            if let Some(network) = subnet.and_then(|subnet| subnet.network) {
                self.endpoints_by_network
                    .entry(network)
                    .or_default()
                    .push(at);
            }
        }
    }

    pub(super) fn read_vicinities(&mut self, inventory: &Inventory) {
        let doubt = Arc::new(Doubt::outside(
            "subnet-outside",
            "address space|of a subnet outside the inputs",
            "the subnet is not in the inputs",
            "an export with the subnet's virtual network",
            None,
        ));
        self.elsewhere = Arc::new(Vicinity::new(&Surroundings {
            own: AddressBounds::if_holds(AddressSet::private(), doubt),
            ..Surroundings::default()
        }));
        let hubs = self.connections.hubs.iter().map(|hub| hub.index);
        let keys = self
            .connections
            .networks
            .keys()
            .chain(self.firewalls.keys())
            .chain(self.load_balancers.keys())
            .chain(self.interfaces.keys())
            .copied()
            .chain(hubs);
        self.keys = keys
            .filter_map(|index| Some((index, Text::clone(inventory.get(index)?.id.key()))))
            .collect();
        let mut around: BTreeMap<ResourceIndex, (Surroundings, Arc<Vicinity>)> = BTreeMap::new();
        for index in self.connections.networks.keys() {
            let surroundings = self.surroundings(*index);
            let vicinity = Arc::new(Vicinity::new(&surroundings));
            around.insert(*index, (surroundings, vicinity));
        }
        for (index, subnet) in &self.subnets {
            let Some((surroundings, vicinity)) =
                subnet.network.and_then(|network| around.get(&network))
            else {
                continue;
            };
            let table = self
                .known_table(subnet)
                .filter(|table| !table.routes.is_empty());
            let vicinity = match table {
                None => Arc::clone(vicinity),
                Some(table) => Arc::new(Vicinity::new(&with_routes(surroundings, Some(table)))),
            };
            self.vicinities.insert(*index, vicinity);
        }
    }

    /// What lies around `network`, routes not counted.
    fn surroundings(&self, network: ResourceIndex) -> Surroundings {
        let mut surroundings = Surroundings {
            on_premises: self.connections.on_premises(network),
            ..Surroundings::default()
        };
        if let Some(network) = self.connections.networks.get(&network) {
            surroundings.own = network.space.clone();
        }
        for peering in self.connections.peerings_of(network) {
            surroundings.peers.join(&peering.tagged_space());
        }
        for (_, space, _) in self.over_hubs(network) {
            surroundings.on_premises.join(&space);
        }
        surroundings
    }

    fn over_hubs(&self, network: ResourceIndex) -> Vec<super::surroundings::HubSpace> {
        self.connections.over_hubs(network, |hub| {
            self.keys.get(&hub).cloned().unwrap_or_default()
        })
    }

    fn known_table(&self, subnet: &Subnet) -> Option<&RouteTable> {
        let reference = subnet.route_table.as_ref()?;
        self.route_tables.get(&reference.resource()?)
    }

    /// The routes in force on the subnet at `index`. Of a subnet outside the inputs nothing is
    /// known. O(routes log routes).
    pub fn routes(&self, index: ResourceIndex) -> EffectiveRoutes {
        let Some(subnet) = self.subnets.get(&index) else {
            return EffectiveRoutes::default();
        };
        let network = subnet.network;
        let space = network.and_then(|network| self.connections.networks.get(&network));
        let unknown = AddressBounds::default();
        let own = space.map_or((&unknown, subnet.span), |network| {
            (&network.space, network.span)
        });
        effective_routes(&RouteSources {
            own,
            peerings: network.map_or(&[], |network| self.connections.peerings_of(network)),
            gateway: network.map_or_else(AddressBounds::default, |network| {
                self.connections.on_premises(network)
            }),
            learned_default: network.and_then(|network| self.connections.learned_default(network)),
            hubs: network.map_or_else(Vec::new, |network| self.over_hubs(network)),
            service_endpoints: &subnet.service_endpoints,
            private_endpoints: network
                .map_or_else(Vec::new, |network| self.endpoint_routes(network)),
            table: self.table(subnet),
            service_tags: &self.service_tags,
        })
    }

    fn table(&self, subnet: &Subnet) -> Option<Fact<&RouteTable>> {
        let reference = subnet.route_table.as_ref()?;
        let doubt = match (self.known_table(subnet), &reference.doubt) {
            (Some(table), None) => return Some(Fact::Known(table)),
            (_, Some(doubt)) => Arc::clone(doubt),
            (None, None) => Arc::new(super::route_table::outside_table(
                reference.id.key(),
                &reference.id.display_name(),
                reference.span,
            )),
        };
        Some(Fact::Open(doubt))
    }

    /// The private endpoints in `network` and its peers, whose addresses it has routes to.
    fn endpoint_routes(&self, network: ResourceIndex) -> Vec<EndpointRoute> {
        let peers = self.connections.peerings_of(network).iter();
        let near: BTreeSet<ResourceIndex> = peers
            .filter_map(super::Peering::remote_network)
            .chain([network])
            .collect();
        let endpoints = near
            .iter()
            .filter_map(|home| Some((*home, self.endpoints_by_network.get(home)?)));
        let mut out = Vec::new();
        for (home, endpoint) in
            endpoints.flat_map(|(home, list)| list.iter().map(move |at| (home, *at)))
        {
            let Some(endpoint) = self.private_endpoints.get(endpoint) else {
                continue;
            };
            let Some(subnet) = self.subnet(endpoint.subnet.as_ref()) else {
                continue;
            };
            let space = self.connections.networks.get(&home);
            let lengths = space
                .into_iter()
                .flat_map(|network| &network.space.prefixes);
            let policies = EndpointPolicies::of(subnet);
            out.push(EndpointRoute {
                index: endpoint.index,
                addresses: endpoint.addresses.clone(),
                yields_to_routes: policies.route_tables,
                space_length: lengths
                    .map(|net| super::route_table::prefix_length(*net))
                    .min()
                    .unwrap_or(0),
                evidence: vec![policies.evidence],
            });
        }
        out
    }
}

fn in_doubt(addresses: AddressBounds, doubt: Option<&Arc<Doubt>>) -> AddressBounds {
    match doubt {
        Some(doubt) => AddressBounds::if_holds(addresses.may(), Arc::clone(doubt)),
        None => addresses,
    }
}
