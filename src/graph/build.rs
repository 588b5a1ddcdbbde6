//! From the inventory to the model.

use super::way::host::Hosts;
use super::way::private::{Origin, add_ways_from, add_ways_from_interface, add_ways_to};
use super::way::{
    application_gateway, bastion, client_gateway, firewall, front_door, identity, load_balancer,
    machine, private_endpoint, private_link_service, service, way_out,
};
use super::{Edge, EdgeKind, Foothold, Model, Node, NodeId};
use crate::evidence::{Doubt, Evidence};
use crate::network::{PrivateEndpoint, Topology, private_endpoint_state};
use crate::resource::{Inventory, Places, PrivateEndpointState, Resource, ResourceIndex};
use crate::value::Text;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// What the ways are built from.
pub(super) struct Estate<'a> {
    /// Every resource once.
    pub(super) inventory: &'a Inventory,
    /// What the networks are.
    pub(super) topology: &'a Topology,
    /// Numbers for senders without an address.
    pub(super) places: &'a Places,
    /// The private endpoints by the resources that they lead to.
    endpoints: BTreeMap<ResourceIndex, Vec<PrivateEndpoint>>,
}

impl<'a> Estate<'a> {
    fn new(inventory: &'a Inventory, topology: &'a Topology, places: &'a Places) -> Self {
        let mut endpoints: BTreeMap<ResourceIndex, Vec<PrivateEndpoint>> = BTreeMap::new();
        for endpoint in &topology.private_endpoints {
            for connection in &endpoint.connections {
                if let Some(target) = connection.target.resource() {
                    endpoints.entry(target).or_default().push(endpoint.clone());
                }
            }
        }
        Self {
            inventory,
            topology,
            places,
            endpoints,
        }
    }

    /// Whether a private endpoint leads to the resource at `target`.
    pub(super) fn private_endpoint_state(&self, target: ResourceIndex) -> PrivateEndpointState {
        // The private endpoints of a slot are its app's.
        let slot = self
            .inventory
            .get(target)
            .filter(|resource| resource.resource_type.is("Microsoft.Web/sites/slots"));
        let target = slot.and_then(|slot| slot.parent).unwrap_or(target);
        let endpoints = self.endpoints.get(&target).map_or(&[][..], |list| list);
        private_endpoint_state(endpoints, target, slot.map(Resource::short_name))
    }
}

/// The model of all resources in `inventory`, whose networks `topology` tells.
/// Ways are added in the order of resources, so that the same inventory gives the same model.
pub fn build_model(inventory: &Inventory, topology: &Topology, places: &Places) -> Model {
    let estate = Estate::new(inventory, topology, places);
    let mut model = Model::new();
    model.add_node(Node::Source(Foothold::Internet));
    model.add_node(Node::Source(Foothold::OnPremises));
    service::add_doors(&mut model, &estate);
    machine::add_machines(&mut model, &estate);
    bastion::add_bastions(&mut model, &estate);
    client_gateway::add_client_gateways(&mut model, &estate);
    load_balancer::add_load_balancers(&mut model, &estate);
    firewall::add_firewalls(&mut model, &estate);
    let hosts = Hosts::of(&model, &estate);
    application_gateway::add_application_gateways(&mut model, &estate, &hosts);
    front_door::add_front_doors(&mut model, &estate, &hosts);
    private_endpoint::add_private_endpoints(&mut model, &estate);
    machine::close_unreached(&mut model, &estate);
    load_balancer::add_private_frontends(&mut model, &estate);
    private_link_service::add_private_link_services(&mut model, &estate);
    identity::add_identities(&mut model, &estate);
    bastion::add_behind(&mut model, &estate);
    model
}

/// Adds the ways that whoever stands at each of `footholds` has within networks: from machines and
/// subnets, and from on-premises. Of machines, whoever broke in has them too.
/// O(footholds · destinations).
pub fn add_private_ways(
    model: &mut Model,
    (inventory, topology, places): (&Inventory, &Topology, &Places),
    footholds: &[Foothold],
) {
    let estate = Estate::new(inventory, topology, places);
    for foothold in footholds {
        match foothold {
            Foothold::At(index) if topology.subnets.contains_key(index) => {
                add_ways_from_subnet(model, &estate, *index);
            }
            Foothold::At(index) if topology.bastions.contains_key(index) => {
                bastion::add_ways_from_bastion(model, &estate, *index);
            }
            Foothold::At(index) if client_gateway::is_client_gateway(&estate, *index) => {
                client_gateway::add_ways_from_client(model, &estate, *index);
            }
            Foothold::At(index) => add_ways_from_machine(model, &estate, *index),
            Foothold::OnPremises => add_ways_from_outside(model, &estate),
            _ => {}
        }
    }
}

/// Adds the ways that whoever stands at `foothold`, a machine or a subnet, has to what answers at
/// public addresses. The ways from the internet are to be there already.
pub fn add_ways_out(
    model: &mut Model,
    (inventory, topology, places): (&Inventory, &Topology, &Places),
    foothold: &Foothold,
) {
    if let Foothold::At(index) = foothold {
        let estate = Estate::new(inventory, topology, places);
        way_out::add_ways_out(model, &estate, *index);
    }
}

/// Adds the ways that the internet has if `doubt` holds into networks with a peer that is not in the
/// inputs: by what may stand there, which sends on with an address of its own. Whether there are
/// any. O(such peerings · destinations).
pub fn add_ways_from_peers_outside(
    model: &mut Model,
    (inventory, topology, places): (&Inventory, &Topology, &Places),
    doubt: &Arc<Doubt>,
) -> bool {
    let estate = Estate::new(inventory, topology, places);
    let internet = model.add_node(Node::Source(Foothold::Internet));
    let before = model.edge_count();
    for network in topology.virtual_networks().keys() {
        let outside = topology.peerings(*network).iter();
        for peering in outside.filter(|one| one.remote_network().is_none()) {
            let addresses = peering.reachable_space().may();
            if addresses.is_empty() {
                continue;
            }
            let node = model.add_node(Node::External(Text::clone(peering.remote.id.key())));
            let mut edge = Edge::new(EdgeKind::Proxy, peering.evidence.clone());
            edge.doubt = Some(Arc::clone(doubt));
            model.add_edge(internet, node, edge);
            let origin = Origin {
                node,
                subnet: None,
                addresses,
                interface: None,
                evidence: peering.evidence.clone(),
                assumes_compromise: false,
                doubt: None,
            };
            add_ways_to(model, &estate, &origin, &BTreeSet::from([*network]));
        }
    }
    model.edge_count() > before
}

fn add_ways_from_subnet(model: &mut Model, estate: &Estate<'_>, index: ResourceIndex) {
    let Some(subnet) = estate.topology.subnets.get(&index) else {
        return;
    };
    let says = format!("somebody has an address of `{}`", subnet.name);
    let origin = Origin {
        node: model.add_node(Node::Resource(index)),
        subnet: Some(index),
        addresses: subnet.prefixes.may(),
        interface: None,
        evidence: vec![Evidence::stated(subnet.span, says)],
        assumes_compromise: false,
        doubt: None,
    };
    add_ways_from(model, estate, &origin);
}

fn add_ways_from_machine(model: &mut Model, estate: &Estate<'_>, machine: ResourceIndex) {
    let topology = estate.topology;
    let code = model.add_node(Node::Code(machine));
    let doors: Vec<NodeId> = (0..model.doors.len())
        .filter(|at| {
            model
                .doors
                .get(*at)
                .is_some_and(|entry| entry.resource == machine)
        })
        .filter_map(|at| model.find(&Node::Door(at)))
        .collect();
    let own = topology.interfaces.get(&machine).into_iter().flatten();
    let attached = topology
        .machines
        .iter()
        .filter(|(_, owner)| **owner == machine)
        .filter_map(|(interface, _)| topology.interfaces.get(interface))
        .flatten();
    for interface in own.chain(attached) {
        for configuration in &interface.configurations {
            let Some(subnet) = configuration.subnet.as_ref() else {
                continue;
            };
            let says = format!("`{}` is in `{}`", interface.name, subnet.id.display_name());
            let origin = Origin {
                node: code,
                subnet: subnet.resource(),
                addresses: topology.addresses(configuration).may(),
                interface: Some((interface, configuration)),
                evidence: vec![Evidence::stated(subnet.span, says)],
                assumes_compromise: false,
                doubt: None,
            };
            add_ways_from_interface(model, estate, &origin, subnet);
            for door in &doors {
                let origin = Origin {
                    node: *door,
                    assumes_compromise: true,
                    ..origin.clone()
                };
                add_ways_from_interface(model, estate, &origin, subnet);
            }
        }
    }
}

fn add_ways_from_outside(model: &mut Model, estate: &Estate<'_>) {
    let node = model.add_node(Node::Source(Foothold::OnPremises));
    for (index, network) in estate.topology.virtual_networks() {
        let space = estate.topology.on_premises(*index);
        let sure = std::iter::once((space.sure, None));
        let doubtful = space.doubtful.into_iter();
        for (set, doubt) in sure.chain(doubtful.map(|(set, doubt)| (set, Some(doubt)))) {
            // Nothing that a gateway leads to counts within the network.
            let addresses = set.subtract(&network.space.sure);
            if addresses.is_empty() {
                continue;
            }
            let says = "a gateway ties the network to what lies on-premises";
            let mut evidence = vec![Evidence::stated(network.span, says)];
            evidence.extend(estate.topology.behind_gateways(*index, &addresses));
            let origin = Origin {
                node,
                subnet: None,
                addresses,
                interface: None,
                evidence,
                assumes_compromise: false,
                doubt,
            };
            add_ways_to(model, estate, &origin, &BTreeSet::from([*index]));
        }
    }
}
