//! Rules of load balancers that leave the frontend's address in the packet.
//!
//! With a floating address the destination stays the frontend's, and the guest answers at it
//! ("Azure Load Balancer Floating IP configuration"). A security rule that names private
//! destinations may or may not be meant by such a packet: no document says so. One that names every
//! address, or the virtual network, is.

use super::Fact;
use super::{
    Direction, Forwarding, Frontend, Interface, InterfaceConfiguration, Local, PacketFilter,
    PublicAddressSku, Topology,
};
use crate::evidence::Doubt;
use crate::flow::AddressSet;
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// A destination that stays the frontend's, or may.
#[derive(Clone, Debug)]
pub struct Floating {
    /// The name of the rule that makes it so.
    pub rule: Text,
    /// Whether the template says so for sure.
    pub is_sure: bool,
    /// The addresses that the frontend can have.
    pub addresses: AddressSet,
    /// The place of the property.
    pub span: Span,
}

impl Floating {
    /// What of its own destination a rule leaves to packets at `frontend`; `None` where it surely
    /// gives them the backend's.
    pub fn of(topology: &Topology, forwarding: &Forwarding, frontend: &Frontend) -> Option<Self> {
        let is_sure = match forwarding.floating.truth(false) {
            Some(false) => return None,
            truth => truth.is_some(),
        };
        Some(Self {
            rule: Text::clone(&forwarding.name),
            is_sure,
            addresses: topology.frontend_addresses(frontend),
            span: forwarding.floating.span(),
        })
    }

    /// The addresses that are of the family of `own`, where those are all of one.
    pub(super) fn like(&self, own: &AddressSet) -> AddressSet {
        let families = [AddressSet::all_v4(), AddressSet::all_v6()];
        let family = families.iter().find(|family| family.contains(own));
        family.map_or_else(
            || self.addresses.clone(),
            |family| self.addresses.intersect(family),
        )
    }

    /// The doubt whether a security rule that names `what` is meant by packets to `local`.
    pub(super) fn doubt(&self, local: &Text, what: &str) -> Arc<Doubt> {
        let Self { rule, span, .. } = self;
        let why = if self.is_sure {
            format!(
                "`{rule}` keeps the frontend's address as the destination, and whether a security rule that names `{what}` then matches is not known"
            )
        } else {
            format!(
                "whether `{rule}` keeps the frontend's address as the destination is not known, and a security rule names `{what}`"
            )
        };
        Arc::new(Doubt::outside(
            "floating-destination",
            format!("{local}|floats by {span:?}|is in {what}"),
            why,
            "the effective security rules for the frontend's address",
            *span,
        ))
    }
}

impl Topology {
    /// As [`Topology::interface_filter`] for what comes in, where a load balancer may leave its
    /// frontend's address in the packet.
    pub fn forwarded_filter(
        &self,
        interface: &Interface,
        configuration: &InterfaceConfiguration,
        public_address: Option<(Fact<PublicAddressSku>, Span)>,
        floating: Option<Floating>,
    ) -> PacketFilter {
        let local = Local {
            floating,
            ..self.local(configuration)
        };
        let at = (interface, configuration);
        self.filter_of(at, &local, Direction::Inbound, public_address)
    }
}
