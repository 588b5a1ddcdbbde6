//! Bastion hosts: from a browser to RDP and SSH of machines, after Entra and the rights to do so.
//!
//! Template reference: `Microsoft.Network/bastionHosts`.
//! A host reaches the private addresses of its own network and its peers. Shareable links let in
//! whoever holds one, without Entra.

use super::gateway::network_of_subnet;
use super::{Fact, Reference};
use crate::evidence::Evidence;
use crate::flow::ServiceSet;
use crate::resource::{Inventory, ResourceIndex, Setting};
use crate::source::Span;

/// A bastion host, read.
#[derive(Clone, Debug)]
pub struct Bastion {
    /// The resource.
    pub index: ResourceIndex,
    /// Its text.
    pub span: Span,
    /// The network that it stands in, where that is in the inputs.
    pub network: Option<ResourceIndex>,
    /// The subnet that it stands in; none for the shared kind.
    pub subnet: Option<Reference>,
    /// The public address.
    pub public_address: Option<Reference>,
    /// Whether it answers on private addresses only.
    pub private_only: Setting<bool>,
    /// Whether links can be made that need no Entra sign-in.
    pub shareable_link: Fact<bool>,
    /// What shows that.
    pub shareable_link_evidence: Evidence,
    /// Whether native clients can open tunnels to any port.
    pub tunneling: Setting<bool>,
}

impl Bastion {
    /// Reads the bastion host at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let configuration = properties.at("ipConfigurations").items().into_iter().next();
        let refer = |member: &str| {
            let named = configuration?.at("properties").at(member);
            Reference::read(inventory, resource.file, named)
        };
        let subnet = refer("subnet");
        let shared = Reference::read(inventory, resource.file, properties.at("virtualNetwork"));
        let network = shared
            .as_ref()
            .and_then(Reference::resource)
            .or_else(|| network_of_subnet(inventory, resource, subnet.as_ref()?));
        let links = properties.at("enableShareableLink").boolean();
        Some(Self {
            index,
            span: resource.span,
            network,
            public_address: refer("publicIPAddress"),
            subnet,
            private_only: properties.at("enablePrivateOnlyBastion").boolean(),
            shareable_link: Fact::of(&links, false, "is true"),
            shareable_link_evidence: match &links {
                Setting::Stated(on, span) => {
                    Evidence::stated(*span, format!("enableShareableLink is {on}"))
                }
                Setting::Absent(span) => {
                    Evidence::default(*span, "enableShareableLink is absent, which means false")
                }
                Setting::Unknown(_, span) => {
                    Evidence::stated(*span, "enableShareableLink is not known")
                }
            },
            tunneling: properties.at("enableTunneling").boolean(),
        })
    }

    /// What it opens at machines: RDP and SSH, or, with tunnels, any TCP port.
    pub fn services(&self) -> ServiceSet {
        if self.tunneling.truth(false) == Some(false) {
            ServiceSet::tcp(22).union(&ServiceSet::tcp(3389))
        } else {
            ServiceSet::of(crate::flow::Protocol::Tcp, crate::flow::PortSet::all())
        }
    }
}
