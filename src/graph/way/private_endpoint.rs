//! From private endpoints to the doors of the services that they lead to.

use super::service::listening;
use crate::evidence::Evidence;
use crate::flow::AccessList;
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Edge, EdgeKind, Node};
use crate::network::{Fact, PrivateLinkConnection};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Adds the ways from every private endpoint to the doors behind it. What comes by an endpoint does
/// not meet the service's firewall ("What is a private endpoint?").
pub(in crate::graph) fn add_private_endpoints(model: &mut Model, estate: &Estate<'_>) {
    let mut doors: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, entry) in model.doors.iter().enumerate() {
        doors.entry(entry.resource).or_default().push(at);
    }
    for endpoint in &estate.topology.private_endpoints {
        let from = model.add_node(Node::Resource(endpoint.index));
        for connection in &endpoint.connections {
            let Some(target) = connection.target.resource() else {
                continue;
            };
            for at in doors.get(&target).into_iter().flatten() {
                let Some(entry) = model.doors.get(*at) else {
                    continue;
                };
                let is_led_to = entry.door.group_ids.iter().any(|group| {
                    connection
                        .group_ids
                        .iter()
                        .any(|id| id.eq_ignore_ascii_case(group))
                });
                if is_led_to {
                    let edge = connected(connection).through(listening(&entry.door));
                    let to = model.add_node(Node::Door(*at));
                    model.add_edge(from, to, edge);
                }
            }
        }
    }
}

/// The way by a private endpoint's connection, which carries what its other end has approved.
pub(super) fn connected(connection: &PrivateLinkConnection) -> Edge {
    let mut edge = Edge::new(EdgeKind::PrivateLink, connection.evidence.clone());
    match &connection.approved {
        Fact::Known(true) => {}
        Fact::Known(false) => {
            let says = "the connection is not approved";
            let span = connection
                .evidence
                .last()
                .map_or(connection.target.span, |one| one.span);
            edge = edge.through(AccessList::closed(vec![Evidence::stated(span, says)]));
        }
        Fact::Open(doubt) => edge.doubt = Some(Arc::clone(doubt)),
    }
    edge
}
