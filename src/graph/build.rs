//! From the inventory to the model.

use super::way::{firewall, load_balancer, machine, service};
use super::{Foothold, Model, Node};
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
    machine::close_unreached(&mut model, &estate);
    model
}
