//! NAT gateways: a way out, never in.
//!
//! Template reference: `Microsoft.Network/natGateways`.

use super::Reference;
use crate::resource::{Inventory, ResourceIndex};
use crate::source::Span;

/// A NAT gateway, read.
#[derive(Clone, Debug)]
pub struct NatGateway {
    /// The resource.
    pub index: ResourceIndex,
    /// Its text.
    pub span: Span,
    /// The public addresses that it sends from.
    pub public_addresses: Vec<Reference>,
    /// The blocks of public addresses that it sends from.
    pub public_prefixes: Vec<Reference>,
    /// The virtual network that it serves as a whole, where it does.
    pub network: Option<Reference>,
}

impl NatGateway {
    /// Reads the NAT gateway at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let list = |members: [&str; 2]| {
            members
                .iter()
                .flat_map(|member| {
                    Reference::read_list(inventory, resource.file, properties.at(member))
                })
                .collect()
        };
        Some(Self {
            index,
            span: resource.span,
            public_addresses: list(["publicIpAddresses", "publicIpAddressesV6"]),
            public_prefixes: list(["publicIpPrefixes", "publicIpPrefixesV6"]),
            network: Reference::read(
                inventory,
                resource.file,
                properties.at("sourceVirtualNetwork"),
            ),
        })
    }

    /// Whether it has an address to send from; without one it carries nothing.
    pub fn has_address(&self) -> bool {
        !self.public_addresses.is_empty() || !self.public_prefixes.is_empty()
    }
}
