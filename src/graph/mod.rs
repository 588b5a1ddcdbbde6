//! The model of the estate: a graph of places and the ways between them.
//!
//! In: the inventory and what the network's rules say of it. Out: a [`Model`] over petgraph, which
//! is all that reachability reads.
//!
//! **Invariant.** A closed way is in the graph as well as an open one, with the filter that closes
//! it; so what blocks a target is found on the graph and nowhere else.
//! **Invariant.** Nobody outside this room indexes the graph; nodes and edges are asked for.

mod build;
mod edge;
mod foothold;
mod model;
mod node;
mod way;

pub use build::{add_private_ways, add_ways_from_peers_outside, add_ways_out, build_model};
pub use edge::{Change, Edge, EdgeKind, PortChange};
pub use foothold::{FootholdError, list_footholds, parse_foothold};
pub use model::{DoorEntry, EdgeId, Model, NodeId};
pub use node::{Foothold, Node};
