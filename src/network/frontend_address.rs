//! The addresses of frontends.

use super::{AddressBounds, Frontend, PublicAddress, Reference, Topology};
use crate::evidence::Doubt;
use crate::flow::AddressSet;
use std::sync::Arc;

impl Topology {
    /// The addresses of which `frontend` has one: the known one, else all public ones, or those of its
    /// subnet.
    pub fn frontend_addresses(&self, frontend: &Frontend) -> AddressSet {
        if let Some(reference) = &frontend.public_address {
            let known = reference
                .resource()
                .and_then(|index| self.public_addresses.get(&index));
            return known.map_or_else(AddressSet::internet, PublicAddress::addresses);
        }
        if frontend.public_prefix.is_some() {
            return AddressSet::internet();
        }
        if let Some((address, _)) = &frontend.private_address {
            return address.clone();
        }
        self.subnet(frontend.subnet.as_ref())
            .map_or_else(AddressSet::private, |subnet| subnet.prefixes.may())
    }

    /// The addresses of which the private `frontend` has one, in doubt where it is not stated.
    pub fn private_frontend_addresses(&self, frontend: &Frontend) -> AddressBounds {
        let addresses = self.frontend_addresses(frontend);
        if frontend.private_address.is_some() {
            return AddressBounds::exact(addresses);
        }
        let doubt = Doubt::outside(
            "frontend-address",
            format!("frontend address|{:?}", frontend.span),
            format!(
                "which address frontend `{}` has is not in the inputs",
                frontend.name
            ),
            format!("the address of frontend `{}`", frontend.name),
            frontend.span,
        );
        AddressBounds::if_holds(addresses, Arc::new(doubt))
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
