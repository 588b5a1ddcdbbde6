//! What stands in which subnet and network.

use super::Relations;
use crate::network::{Reference, Topology};
use crate::resource::{Inventory, ResourceIndex};
use std::collections::BTreeMap;

/// The resources in each subnet of the inputs.
#[derive(Debug, Default)]
pub struct Neighbours {
    in_subnet: BTreeMap<ResourceIndex, Vec<ResourceIndex>>,
    endpoints: BTreeMap<ResourceIndex, Vec<ResourceIndex>>,
}

impl Neighbours {
    /// Reads who stands where. O(n log n).
    pub fn read(inventory: &Inventory, topology: &Topology, relations: &Relations) -> Self {
        let mut neighbours = Self::default();
        for (owner, interfaces) in &topology.interfaces {
            let tenant = topology.machines.get(owner).unwrap_or(owner);
            for configuration in interfaces.iter().flat_map(|one| &one.configurations) {
                let subnet = configuration.subnet.as_ref().and_then(Reference::resource);
                if let Some(subnet) = subnet {
                    neighbours.settle(subnet, *tenant);
                }
            }
        }
        for (subnet, _) in inventory.of_type("Microsoft.Network/virtualNetworks/subnets") {
            for (host, _) in relations.model_hosts_in(subnet) {
                neighbours.settle(subnet, *host);
            }
        }
        for endpoint in &topology.private_endpoints {
            let subnet = endpoint.subnet.as_ref().and_then(Reference::resource);
            if let Some(subnet) = subnet {
                neighbours
                    .endpoints
                    .entry(subnet)
                    .or_default()
                    .push(endpoint.index);
            }
        }
        neighbours
    }

    fn settle(&mut self, subnet: ResourceIndex, tenant: ResourceIndex) {
        let tenants = self.in_subnet.entry(subnet).or_default();
        if !tenants.contains(&tenant) {
            tenants.push(tenant);
        }
    }

    /// The machines, clusters, computes and environments in `subnet`, in order.
    pub fn in_subnet(&self, subnet: ResourceIndex) -> &[ResourceIndex] {
        self.in_subnet.get(&subnet).map_or(&[], Vec::as_slice)
    }

    /// The private endpoints in `subnet`, in order.
    pub fn endpoints_in(&self, subnet: ResourceIndex) -> &[ResourceIndex] {
        self.endpoints.get(&subnet).map_or(&[], Vec::as_slice)
    }
}
