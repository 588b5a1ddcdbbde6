//! The addresses of frontends.

use super::{AddressBounds, Frontend, PublicAddress, Reference, Topology};
use crate::evidence::Doubt;
use crate::flow::AddressSet;
use std::sync::Arc;

impl Topology {
    /// The addresses that `frontend` can have: the known one, else all public ones, or those of its
    /// subnet.
    pub fn frontend_addresses(&self, frontend: &Frontend) -> AddressBounds {
        let doubt = || {
            Arc::new(Doubt::outside(
                "frontend-address",
                format!("frontend address|{:?}", frontend.span),
                format!(
                    "which address frontend `{}` has is not in the inputs",
                    frontend.name
                ),
                format!("the address of frontend `{}`", frontend.name),
                frontend.span,
            ))
        };
        if let Some(reference) = &frontend.public_address {
            let known = reference
                .resource()
                .and_then(|index| self.public_addresses.get(&index));
            let addresses = known.map_or_else(AddressSet::internet, PublicAddress::addresses);
            return if known.is_some_and(|public| public.address.is_some()) {
                AddressBounds::exact(addresses)
            } else {
                AddressBounds::if_holds(addresses, doubt())
            };
        }
        if frontend.public_prefix.is_some() {
            return AddressBounds::if_holds(AddressSet::internet(), doubt());
        }
        if let Some(address) = &frontend.private_address {
            return AddressBounds::exact(address.clone());
        }
        let space = self
            .subnet(frontend.subnet.as_ref())
            .map_or_else(AddressSet::private, |subnet| subnet.prefixes.may());
        AddressBounds::if_holds(space, doubt())
    }
}

impl Frontend {
    /// Whether it takes packets at an address of a subnet, and at no public one.
    pub fn is_private(&self) -> bool {
        self.public_address.is_none() && self.public_prefix.is_none() && self.subnet.is_some()
    }

    /// The subnet, where it is in the inputs.
    pub fn own_subnet(&self) -> Option<crate::resource::ResourceIndex> {
        self.subnet.as_ref().and_then(Reference::resource)
    }
}
