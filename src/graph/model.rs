//! The graph and its index.

use super::{Edge, Foothold, Node};
use crate::evidence::Doubt;
use crate::flow::AccessList;
use crate::resource::{Door, ResourceIndex};
use crate::value::Text;
use indexmap::IndexMap;
use petgraph::Direction;
use petgraph::stable_graph::{EdgeIndex, NodeIndex, StableDiGraph};
use petgraph::visit::{EdgeRef, IntoEdgeReferences};
use std::sync::Arc;

/// A place's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct NodeId(NodeIndex);

impl NodeId {
    /// The number, for tables beside the graph.
    pub fn index(self) -> usize {
        self.0.index()
    }
}

/// A way's number.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct EdgeId(EdgeIndex);

/// A door with the resource that it belongs to.
#[derive(Clone, Debug)]
pub struct DoorEntry {
    /// The resource.
    pub resource: ResourceIndex,
    /// The door.
    pub door: Door,
}

/// The estate as places and ways.
#[derive(Clone, Debug, Default)]
pub struct Model {
    graph: StableDiGraph<Node, Edge>,
    nodes: IndexMap<Node, NodeId>,
    /// Every door, in the order of resources.
    pub doors: Vec<DoorEntry>,
}

impl Model {
    /// An empty model.
    pub fn new() -> Self {
        Self::default()
    }

    /// The number of `node`, which is added where it is new.
    pub fn add_node(&mut self, node: Node) -> NodeId {
        if let Some(known) = self.nodes.get(&node) {
            return *known;
        }
        let id = NodeId(self.graph.add_node(node.clone()));
        self.nodes.insert(node, id);
        id
    }

    /// Adds a way.
    pub fn add_edge(&mut self, from: NodeId, to: NodeId, edge: Edge) -> EdgeId {
        EdgeId(self.graph.add_edge(from.0, to.0, edge))
    }

    /// Takes a way out.
    pub fn remove_edge(&mut self, edge: EdgeId) {
        self.graph.remove_edge(edge.0);
    }

    /// Makes a way that surely is there one that may not be, because of `doubt`; one that is in
    /// doubt already stays so.
    pub fn doubt_edge(&mut self, edge: EdgeId, doubt: &Arc<Doubt>) {
        if let Some(edge) = self.graph.edge_weight_mut(edge.0) {
            edge.doubt.get_or_insert_with(|| Arc::clone(doubt));
        }
    }

    /// Puts in the place of each filter of a way what `change` makes of it, where it makes anything.
    pub fn change_filters(
        &mut self,
        edge: EdgeId,
        change: impl Fn(&AccessList) -> Option<AccessList>,
    ) {
        if let Some(edge) = self.graph.edge_weight_mut(edge.0) {
            edge.filters.change(&change);
            edge.filters_after.change(&change);
        }
    }

    /// Adds a door and returns its place.
    pub fn add_door(&mut self, entry: DoorEntry) -> NodeId {
        self.doors.push(entry);
        self.add_node(Node::Door(self.doors.len() - 1))
    }

    /// The number of `node`, where it is in the model.
    pub fn find(&self, node: &Node) -> Option<NodeId> {
        self.nodes.get(node).copied()
    }

    /// The number of the place where a caller at `foothold` starts.
    pub fn source(&self, foothold: &Foothold) -> Option<NodeId> {
        let nodes = match foothold {
            Foothold::AzureTenant => vec![Node::Source(Foothold::Internet)],
            Foothold::At(index) => vec![
                Node::Code(*index),
                Node::Identity(*index),
                Node::Resource(*index),
            ],
            Foothold::Identity(index) => vec![Node::Identity(*index)],
            Foothold::KeyOf(index) => vec![Node::Key(*index)],
            Foothold::Principal(id) => vec![Node::External(Text::clone(id))],
            Foothold::Internet | Foothold::OnPremises => Vec::new(),
        };
        self.find(&Node::Source(foothold.clone()))
            .or_else(|| nodes.iter().find_map(|node| self.find(node)))
    }

    /// The place, or `None` for a number of another model.
    pub fn node(&self, id: NodeId) -> Option<&Node> {
        self.graph.node_weight(id.0)
    }

    /// The way, or `None` where it was taken out.
    pub fn edge(&self, id: EdgeId) -> Option<&Edge> {
        self.graph.edge_weight(id.0)
    }

    /// The places between which a way runs.
    pub fn ends(&self, id: EdgeId) -> Option<(NodeId, NodeId)> {
        self.graph
            .edge_endpoints(id.0)
            .map(|(from, to)| (NodeId(from), NodeId(to)))
    }

    /// The ways that leave `node`, in the order in which they were added.
    pub fn leaving(&self, node: NodeId) -> Vec<(EdgeId, NodeId, &Edge)> {
        let mut ways: Vec<_> = self
            .graph
            .edges_directed(node.0, Direction::Outgoing)
            .map(|way| (EdgeId(way.id()), NodeId(way.target()), way.weight()))
            .collect();
        ways.sort_by_key(|(id, _, _)| *id);
        ways
    }

    /// Whether a way leads straight from one place to another.
    pub fn has_way(&self, from: NodeId, to: NodeId) -> bool {
        self.graph.contains_edge(from.0, to.0)
    }

    /// The ways that arrive at `node`, in the order in which they were added.
    pub fn arriving(&self, node: NodeId) -> Vec<(EdgeId, NodeId, &Edge)> {
        let mut ways: Vec<_> = self
            .graph
            .edges_directed(node.0, Direction::Incoming)
            .map(|way| (EdgeId(way.id()), NodeId(way.source()), way.weight()))
            .collect();
        ways.sort_by_key(|(id, _, _)| *id);
        ways
    }

    /// Every way with its ends, in the order in which they were added.
    pub fn edges(&self) -> impl Iterator<Item = (EdgeId, NodeId, NodeId, &Edge)> {
        self.graph.edge_references().map(|way| {
            (
                EdgeId(way.id()),
                NodeId(way.source()),
                NodeId(way.target()),
                way.weight(),
            )
        })
    }

    /// Where each way starts that was added since the model had `count` of them; none may have been
    /// taken out.
    pub fn starts_since(&self, count: usize) -> impl Iterator<Item = NodeId> {
        let added = (count..self.graph.edge_count()).map(EdgeIndex::new);
        added.filter_map(|id| Some(self.ends(EdgeId(id))?.0))
    }

    /// How many ways there are.
    pub fn edge_count(&self) -> usize {
        self.graph.edge_count()
    }

    /// Every place, in the order in which they were added.
    pub fn nodes(&self) -> impl Iterator<Item = (NodeId, &Node)> {
        self.nodes.iter().map(|(node, id)| (*id, node))
    }

    /// One more than the largest number of a place.
    pub fn node_bound(&self) -> usize {
        self.nodes.len()
    }

    /// The resource that a place belongs to.
    pub fn resource_of(&self, node: NodeId) -> Option<ResourceIndex> {
        match self.node(node)? {
            Node::Door(at) | Node::Inside(at) => self.doors.get(*at).map(|entry| entry.resource),
            other => other.resource(),
        }
    }

    /// The door at a place, or before it.
    pub fn door_of(&self, node: NodeId) -> Option<&DoorEntry> {
        if let Node::Door(at) | Node::Inside(at) = self.node(node)? {
            self.doors.get(*at)
        } else {
            None
        }
    }
}
