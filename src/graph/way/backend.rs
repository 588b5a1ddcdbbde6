//! From a proxy to what it asks: interfaces by address, services by host name.
//!
//! A proxy ends the flow and starts another, with a sender of its own.

use super::destination::Holder;
use super::host::Led;
use super::interface::{At, node_of};
use super::private::{
    Origin, filters_to, filters_to_endpoint, filters_to_interface, filters_to_subnet,
};
use super::service::admitting;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, AddressSet, FlowSet, ServiceSet};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Change, Edge, EdgeKind, Node, NodeId};
use crate::resource::Placement;
use crate::value::Text;
use crate::value::symbol;
use std::sync::Arc;

/// A proxy as it asks its backends.
#[derive(Clone)]
pub(in crate::graph) struct Asking<'a> {
    /// Its place in the model.
    pub(in crate::graph) from: NodeId,
    /// What it takes in front, before it asks.
    pub(in crate::graph) taken: AccessList,
    /// The ports at which it asks.
    pub(in crate::graph) services: ServiceSet,
    /// Where it stands in the customer's network, if it does.
    pub(in crate::graph) origin: Option<Origin<'a>>,
    /// The senders that public doors see.
    pub(in crate::graph) public: AddressSet,
    /// What proves that it asks.
    pub(in crate::graph) evidence: Vec<Evidence>,
    /// Why it may not.
    pub(in crate::graph) doubt: Option<Arc<Doubt>>,
    /// Why it may not get to private addresses.
    pub(in crate::graph) elsewhere: Option<Arc<Doubt>>,
}

impl Asking<'_> {
    /// The same, if `doubt` holds as well; of two doubts the first is told.
    pub(in crate::graph) fn doubting(&self, doubt: Option<Arc<Doubt>>) -> Self {
        Self {
            doubt: self.doubt.clone().or(doubt),
            ..self.clone()
        }
    }
}

/// Adds the way to an address of an interface.
pub(in crate::graph) fn ask_interface(
    model: &mut Model,
    estate: &Estate<'_>,
    asking: &Asking<'_>,
    at: At<'_>,
    evidence: &[Evidence],
) {
    let asking = &asking.doubting(asking.elsewhere.clone());
    let Some(origin) = &asking.origin else { return };
    let to = node_of(model, at.0);
    let filters = shared(filters_to_interface(estate, origin, at));
    add(model, asking, to, (&origin.addresses, filters), evidence);
}

/// Adds the way to who has an address.
pub(super) fn ask_holder(
    model: &mut Model,
    estate: &Estate<'_>,
    asking: &Asking<'_>,
    holder: &Holder<'_>,
    evidence: &[Evidence],
) {
    let asking = asking.doubting(holder.doubt.clone());
    let asking = &asking.doubting(asking.elsewhere.clone());
    let Some(origin) = &asking.origin else { return };
    let to = holder.destination.node;
    let filters = shared(filters_to(estate, origin, &holder.destination));
    add(model, asking, to, (&origin.addresses, filters), evidence);
}

/// Adds the ways to the doors that the host name `name` leads to.
pub(in crate::graph) fn ask_host(
    model: &mut Model,
    estate: &Estate<'_>,
    asking: &Asking<'_>,
    doors: &[Led],
    name: &Text,
    evidence: &[Evidence],
) {
    if doors.is_empty() {
        let shown: Text = symbol::display(name).into();
        let outside = model.add_node(Node::External(shown));
        add(
            model,
            asking,
            outside,
            (&asking.public, Vec::new()),
            evidence,
        );
    }
    for Led { door: at, doubt } in doors {
        let Some(entry) = model.doors.get(*at).cloned() else {
            continue;
        };
        let asking = &asking.doubting(doubt.clone());
        let to = model.add_node(Node::Door(*at));
        let admitting = admitting(estate, &entry);
        let placed = (&entry.door.placement, &asking.origin);
        if let (Placement::Subnet(id, span), Some(origin)) = placed {
            let mut filters = shared(filters_to_subnet(estate, origin, (id, *span), &entry.door));
            filters.extend(admitting.inside);
            let asking = &asking.doubting(asking.elsewhere.clone());
            add(model, asking, to, (&origin.addresses, filters), evidence);
        } else {
            let mut filters = admitting.inside;
            filters.extend(admitting.public);
            add(model, asking, to, (&asking.public, filters), evidence);
        }
        ask_endpoints(model, estate, asking, *at, evidence);
    }
}

/// Adds the ways to a door's private endpoints that the proxy's own network leads to. Which of the
/// door's two faces its name stands for, private zones decide; each is a way.
fn ask_endpoints(
    model: &mut Model,
    estate: &Estate<'_>,
    asking: &Asking<'_>,
    door: usize,
    evidence: &[Evidence],
) {
    let Some(origin) = &asking.origin else { return };
    let Some(entry) = model.doors.get(door).cloned() else {
        return;
    };
    for endpoint in &estate.topology.private_endpoints {
        let leads = endpoint.connections_to(entry.resource).any(|connection| {
            connection.group_ids.iter().any(|id| {
                entry
                    .door
                    .group_ids
                    .iter()
                    .any(|group| id.eq_ignore_ascii_case(group))
            })
        });
        if let (true, Some(filters)) = (leads, filters_to_endpoint(estate, origin, endpoint)) {
            let to = model.add_node(Node::Resource(endpoint.index));
            let filters = shared(filters);
            add(model, asking, to, (&origin.addresses, filters), evidence);
        }
    }
}

/// Adds the way to a door over a private link of the proxy's own.
pub(in crate::graph) fn ask_over_link(
    model: &mut Model,
    estate: &Estate<'_>,
    asking: &Asking<'_>,
    door: usize,
    evidence: &[Evidence],
) {
    let Some(entry) = model.doors.get(door).cloned() else {
        return;
    };
    let to = model.add_node(Node::Door(door));
    let filters = admitting(estate, &entry).inside;
    add(model, asking, to, (&asking.public, filters), evidence);
}

fn shared(filters: Vec<AccessList>) -> Vec<Arc<AccessList>> {
    filters.into_iter().map(Arc::new).collect()
}

fn add(
    model: &mut Model,
    asking: &Asking<'_>,
    to: NodeId,
    (senders, filters): (&AddressSet, Vec<Arc<AccessList>>),
    evidence: &[Evidence],
) {
    let mut proofs = asking.evidence.clone();
    proofs.extend(evidence.iter().cloned());
    let flows = FlowSet::new(senders, asking.services.clone());
    let mut edge = Edge::new(EdgeKind::Proxy, proofs)
        .through(asking.taken.clone())
        .changing(Change::Restart(flows));
    edge.doubt.clone_from(&asking.doubt);
    let edge = filters.into_iter().fold(edge, Edge::then_through);
    model.add_edge(asking.from, to, edge);
}
