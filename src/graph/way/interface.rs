//! Into an interface: the security groups in front of it, and the way back.

use crate::evidence::Basis;
use crate::flow::{Access, AccessList, AddressSet};
use crate::graph::model::Model;
use crate::graph::{Edge, Node, NodeId};
use crate::network::{
    Direction, Fact, Floating, Interface, InterfaceConfiguration, PublicAddressSku, Reference,
    Topology,
};
use crate::resource::ResourceIndex;
use crate::source::Span;

/// An address of an interface.
pub(in crate::graph) type At<'a> = (&'a Interface, &'a InterfaceConfiguration);

/// The place of an interface in the model: the resource, or a part of the machine or scale set that
/// configures it.
pub(in crate::graph) fn node_of(model: &mut Model, interface: &Interface) -> NodeId {
    model.add_node(if interface.is_configured {
        Node::Part(interface.owner, interface.name.clone())
    } else {
        Node::Resource(interface.owner)
    })
}

/// The filters that packets meet which come by a public address of the SKU given: the way back,
/// then the security groups.
///
/// Where the subnet's routes send answers to the internet elsewhere, nothing gets an answer that
/// comes in directly ("Virtual network traffic routing").
pub(in crate::graph) fn public_filters(
    topology: &Topology,
    (interface, configuration): At<'_>,
    public: (Fact<PublicAddressSku>, Span),
) -> Vec<AccessList> {
    forwarded_filters(topology, (interface, configuration), (Some(public), None))
}

/// The filters that packets meet which come through a load balancer: by a public address of the SKU
/// given where there is one, with the frontend's address as their destination where that floats.
pub(in crate::graph) fn forwarded_filters(
    topology: &Topology,
    (interface, configuration): At<'_>,
    (public, floating): (Option<(Fact<PublicAddressSku>, Span)>, Option<Floating>),
) -> Vec<AccessList> {
    let subnet = configuration.subnet.as_ref().and_then(Reference::resource);
    let mut filters: Vec<AccessList> = subnet
        .filter(|_| public.is_some())
        .map(|subnet| way_back(topology, subnet))
        .into_iter()
        .collect();
    let groups = topology.forwarded_filter(interface, configuration, public, floating);
    filters.extend(groups.access_lists());
    filters
}

/// The filters that packets meet which come from within the network.
pub(in crate::graph) fn private_filters(
    topology: &Topology,
    (interface, configuration): At<'_>,
) -> Vec<AccessList> {
    topology
        .interface_filter(interface, configuration, Direction::Inbound, None)
        .access_lists()
}

/// `edge` with `filters` before its change.
pub(in crate::graph) fn through(edge: Edge, filters: Vec<AccessList>) -> Edge {
    filters.into_iter().fold(edge, Edge::through)
}

/// `edge` with `filters` behind its change.
pub(in crate::graph) fn then_through(edge: Edge, filters: Vec<AccessList>) -> Edge {
    filters.into_iter().fold(edge, Edge::then_through)
}

/// The filter of packets whose answers do not leave straight to the internet. That the platform
/// sends them there needs no proof; what sends them elsewhere does.
fn way_back(topology: &Topology, subnet: ResourceIndex) -> AccessList {
    let mut filter = topology.routes(subnet).reply_to(&AddressSet::internet());
    for entry in filter.entries_mut() {
        if entry.access == Access::Allow {
            entry
                .evidence
                .retain(|evidence| evidence.basis != Basis::Platform);
        }
    }
    filter
}
