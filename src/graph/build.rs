//! From the inventory to the model.

use super::way::backend::Hosts;
use super::way::private::{Origin, add_ways_from};
use super::way::{
    application_gateway, firewall, front_door, identity, load_balancer, machine, private_endpoint,
    service,
};
use super::{Foothold, Model, Node};
use crate::evidence::Evidence;
use crate::network::{PrivateEndpoint, Topology, private_endpoint_state};
use crate::resource::{Inventory, Places, PrivateEndpointState, Resource, ResourceIndex};
use std::collections::BTreeMap;

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
    load_balancer::add_load_balancers(&mut model, &estate);
    firewall::add_firewalls(&mut model, &estate);
    let hosts = Hosts::of(&model);
    application_gateway::add_application_gateways(&mut model, &estate, &hosts);
    front_door::add_front_doors(&mut model, &estate, &hosts);
    private_endpoint::add_private_endpoints(&mut model, &estate);
    machine::close_unreached(&mut model, &estate);
    identity::add_identities(&mut model, &estate);
    model
}

/// Adds the ways that somebody has who broke into one of `machines`: from each of its addresses to
/// everything that its network leads to. O(machines · destinations).
pub fn add_ways_from_machines(
    model: &mut Model,
    (inventory, topology, places): (&Inventory, &Topology, &Places),
    machines: &[ResourceIndex],
) {
    let estate = Estate::new(inventory, topology, places);
    for machine in machines {
        let node = model.add_node(Node::Resource(*machine));
        let own = topology.interfaces.get(machine).into_iter().flatten();
        let attached = topology
            .machines
            .iter()
            .filter(|(_, owner)| *owner == machine)
            .filter_map(|(interface, _)| topology.interfaces.get(interface))
            .flatten();
        for interface in own.chain(attached) {
            for configuration in &interface.configurations {
                let Some(subnet) = configuration.subnet.as_ref() else {
                    continue;
                };
                let Some(index) = subnet.resource() else {
                    continue;
                };
                let says = format!("`{}` is in `{}`", interface.name, subnet.id.short_name());
                let origin = Origin {
                    node,
                    subnet: index,
                    addresses: topology.addresses(configuration).may(),
                    interface: Some((interface, configuration)),
                    evidence: vec![Evidence::stated(subnet.span, says)],
                    assumes_compromise: true,
                };
                add_ways_from(model, &estate, &origin);
            }
        }
    }
}
