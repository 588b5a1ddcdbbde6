//! From the internet to public addresses, wherever they are attached.

use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, Entry, FlowSet, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Edge, EdgeKind, Foothold, Node, NodeId};
use crate::network::{Fact, PublicAddressSku, Reference, family};
use crate::source::Span;
use std::sync::Arc;

/// A public address as something in the estate uses it.
pub(in crate::graph) struct Front {
    /// Its place in the model, with the way from the internet to it.
    pub(in crate::graph) node: NodeId,
    /// Its SKU, and the place that shows it.
    pub(in crate::graph) sku: (Fact<PublicAddressSku>, Span),
}

/// The public address that `reference` names. One that is not in the inputs is a place outside.
pub(in crate::graph) fn front(
    model: &mut Model,
    estate: &Estate<'_>,
    reference: &Reference,
) -> Front {
    let internet = model.add_node(Node::Source(Foothold::Internet));
    let addresses = &estate.topology.public_addresses;
    let known = reference.resource().and_then(|index| addresses.get(&index));
    let (node, evidence, sku) = match known {
        Some(address) => (
            Node::Resource(address.index),
            vec![address.sku_evidence.clone()],
            (address.sku.clone(), address.sku_evidence.span),
        ),
        None => (
            Node::External(reference.id.text().clone()),
            Vec::new(),
            (outside_sku(reference), reference.span),
        ),
    };
    let node = model.add_node(node);
    if !model.has_way(internet, node) {
        let edge = Edge::new(EdgeKind::Attach, evidence);
        let is_v6 = known.and_then(|address| address.is_v6);
        model.add_edge(internet, node, of_family(edge, is_v6));
    }
    Front { node, sku }
}

/// Adds an open way between two places unless there is one.
pub(in crate::graph) fn add_once(
    model: &mut Model,
    from: NodeId,
    to: NodeId,
    evidence: impl FnOnce() -> Vec<Evidence>,
) {
    if !model.has_way(from, to) {
        model.add_edge(from, to, Edge::new(EdgeKind::Attach, evidence()));
    }
}

/// `edge` for senders that an address of IPv6, or else of IPv4, can hear from. That they are of its
/// own family needs no reason.
pub(in crate::graph) fn of_family(edge: Edge, is_v6: Option<bool>) -> Edge {
    if is_v6.is_none() {
        return edge;
    }
    let senders = FlowSet::new(&family(is_v6), ServiceSet::all());
    edge.through(AccessList::new(vec![Entry::exact(
        Access::Allow,
        senders,
        Vec::new(),
    )]))
}

fn outside_sku(reference: &Reference) -> Fact<PublicAddressSku> {
    let name = reference.id.display_name();
    let doubt = Doubt::outside(
        "public-address-outside",
        format!("public address|{}|is Basic", reference.id.key()),
        format!("public address `{name}` is not in the inputs"),
        format!("the SKU of public address `{name}`"),
        reference.span,
    )
    .with_command(reference.id.show_command())
    .with_outcomes(vec![("Basic".into(), true), ("Standard".into(), false)]);
    Fact::Open(Arc::new(doubt))
}
