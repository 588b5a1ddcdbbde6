//! What a right makes of ways.

use super::condition::{accepts, doubted, narrow_by_vault};
use super::gate::Gates;
use super::sign_in;
use crate::evidence::{Doubt, Evidence};
use crate::flow::AccessList;
use crate::graph::{Edge, EdgeKind, Model, Node, NodeId};
use crate::network::Topology;
use crate::network::identity::{Grant, Power, Principal, Through, VAULT};
use crate::resource::{AuthenticationMode, ResourceIndex};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Adds the ways that identities and rights open.
pub(in crate::graph) struct Ways<'m, 'a> {
    pub(in crate::graph) model: &'m mut Model,
    pub(super) gates: Gates<'a>,
    topology: &'a Topology,
    /// The doors of each resource, by their places in the model.
    doors: BTreeMap<ResourceIndex, Vec<usize>>,
}

/// Why a right holds, and why it may not.
#[derive(Clone, Debug, Default)]
pub(in crate::graph) struct Why {
    pub(in crate::graph) evidence: Vec<Evidence>,
    pub(in crate::graph) doubts: Vec<Doubt>,
}

impl Why {
    fn and(&self, evidence: Option<Evidence>, doubt: Option<Doubt>) -> Self {
        let mut why = self.clone();
        why.evidence.extend(evidence);
        why.doubts.extend(doubt);
        why
    }
}

/// The modes that a key, a password or a certificate of the resource itself satisfies.
const KEY_MODES: [AuthenticationMode; 8] = [
    AuthenticationMode::SharedKey,
    AuthenticationMode::Sas,
    AuthenticationMode::AdminKey,
    AuthenticationMode::FunctionKey,
    AuthenticationMode::Password,
    AuthenticationMode::Cert,
    AuthenticationMode::AmlToken,
    AuthenticationMode::Pat,
];
const OPEN_MODES: [AuthenticationMode; 2] = [
    AuthenticationMode::Anonymous,
    AuthenticationMode::NetworkOnly,
];

impl<'m, 'a> Ways<'m, 'a> {
    pub(super) fn new(model: &'m mut Model, gates: Gates<'a>, topology: &'a Topology) -> Self {
        let mut doors: BTreeMap<ResourceIndex, Vec<usize>> = BTreeMap::new();
        for (at, entry) in model.doors.iter().enumerate() {
            doors.entry(entry.resource).or_default().push(at);
        }
        Self {
            model,
            gates,
            topology,
            doors,
        }
    }

    /// The place of `principal`.
    pub(in crate::graph) fn place(&mut self, principal: &Principal) -> NodeId {
        self.model.add_node(match principal {
            Principal::Of(index) => Node::Identity(*index),
            Principal::Part(index, part) => Node::Part(*index, part.clone()),
            Principal::Outside(id) => Node::External(id.clone()),
        })
    }

    /// The doors of a resource, in order.
    pub(super) fn doors_of(&self, resource: ResourceIndex) -> Vec<usize> {
        self.doors.get(&resource).cloned().unwrap_or_default()
    }

    /// The places at which somebody breaks into a resource: its doors, or else itself.
    pub(in crate::graph) fn entered(&mut self, resource: ResourceIndex) -> Vec<NodeId> {
        let doors: Vec<NodeId> = self
            .doors_of(resource)
            .into_iter()
            .filter_map(|at| self.model.find(&Node::Door(at)))
            .collect();
        if doors.is_empty() {
            vec![self.model.add_node(Node::Resource(resource))]
        } else {
            doors
        }
    }

    /// Adds a way of `kind` that takes breaking into where it starts.
    pub(in crate::graph) fn connect_broken_into(
        &mut self,
        from: NodeId,
        to: NodeId,
        kind: EdgeKind,
        why: &Why,
    ) {
        let edge = Edge::new(kind, why.evidence.clone()).assuming_compromise();
        self.model.add_edge(from, to, doubted(edge, &why.doubts));
    }

    /// The place past the door at `at`, which leads on to what the resource holds.
    pub(super) fn inside(&mut self, at: usize) -> Option<NodeId> {
        if let Some(known) = self.model.find(&Node::Inside(at)) {
            return Some(known);
        }
        let resource = self.model.doors.get(at)?.resource;
        let inside = self.model.add_node(Node::Inside(at));
        let data = self.model.add_node(Node::Data(resource));
        let edge = Edge::new(EdgeKind::Attach, Vec::new());
        self.model.add_edge(inside, data, edge);
        Some(inside)
    }

    /// Adds a way of `kind` that holds where all doubts of `why` fall its way, behind `filters`.
    pub(in crate::graph) fn connect(
        &mut self,
        from: NodeId,
        to: NodeId,
        kind: EdgeKind,
        why: &Why,
        filters: &[Arc<AccessList>],
    ) {
        let edge = Edge::new(kind, why.evidence.clone());
        let edge = doubted(edge, &why.doubts);
        let edge = filters
            .iter()
            .fold(edge, |edge, filter| edge.through(Arc::clone(filter)));
        self.model.add_edge(from, to, edge);
    }

    /// What anybody who gets to a door may do without showing anything.
    pub(super) fn add_open_doors(&mut self) {
        for at in 0..self.model.doors.len() {
            let Some(entry) = self.model.doors.get(at) else {
                continue;
            };
            let accepted = accepts(&entry.door.authentication, &OPEN_MODES);
            let (Some(door), Some((evidence, doubt))) =
                (self.model.find(&Node::Door(at)), accepted)
            else {
                continue;
            };
            if let Some(inside) = self.inside(at) {
                let why = Why::default().and(evidence, doubt);
                self.connect(door, inside, EdgeKind::Authenticate, &why, &[]);
            }
        }
    }

    /// What the key of a resource opens.
    pub(super) fn add_keys(&mut self) {
        for at in 0..self.model.doors.len() {
            let Some(entry) = self.model.doors.get(at) else {
                continue;
            };
            let resource = entry.resource;
            let Some((evidence, doubt)) = accepts(&entry.door.authentication, &KEY_MODES) else {
                continue;
            };
            let gate = self.gates.of_door(self.model, at);
            let key = self.model.add_node(Node::Key(resource));
            if let Some(inside) = self.inside(at) {
                let why = Why::default().and(evidence, doubt);
                self.connect(key, inside, EdgeKind::Authenticate, &why, &gate);
            }
        }
    }

    /// Adds what a role's `grant` over `target` opens to whoever is at `from`.
    pub(in crate::graph) fn add_grant(
        &mut self,
        from: NodeId,
        target: ResourceIndex,
        grant: &Grant,
        why: &Why,
    ) {
        let Some(resource) = self.gates.inventory.get(target) else {
            return;
        };
        let span = why.evidence.first().map_or(resource.span, |one| one.span);
        let says = format!("the role's holder {}", grant.says);
        let mut why = why.and(Some(Evidence::platform(span, says)), None);
        if resource.resource_type.is(VAULT) && !narrow_by_vault(resource, grant.power, &mut why) {
            return;
        }
        self.add_own_grant(from, target, grant, &why);
    }

    /// Adds what `grant` over `target`, which the resource itself gives, opens to whoever is at
    /// `from`.
    pub(super) fn add_own_grant(
        &mut self,
        from: NodeId,
        target: ResourceIndex,
        grant: &Grant,
        why: &Why,
    ) {
        let Some(resource) = self.gates.inventory.get(target) else {
            return;
        };
        let control = [self.gates.control_plane()];
        match grant.power {
            Power::UseData => self.add_data(from, target, grant, EdgeKind::HasRole, why),
            Power::ReadSecrets => self.add_data(from, target, grant, EdgeKind::ReadsSecret, why),
            Power::GrantItself => {
                self.add_data(from, target, grant, EdgeKind::HasRole, why);
            }
            Power::ListKeys => {
                let key = self.model.add_node(Node::Key(target));
                self.connect(from, key, EdgeKind::ListsKeys, why, &control);
            }
            Power::ReadStored => {
                let stored = self.model.add_node(Node::Stored(target));
                self.connect(from, stored, EdgeKind::ReadsSecret, why, &control);
            }
            Power::RunCode => self.add_code(from, target, grant, why),
            Power::SignIn => {
                let doubt = sign_in::doubt(resource);
                let code = self.model.add_node(Node::Code(target));
                let public = sign_in::public_ways(self.gates.inventory, self.topology, target);
                for (evidence, filters) in public {
                    let why = why.and(Some(evidence), None);
                    self.connect(from, code, EdgeKind::RunsCodeOn, &why, &filters);
                }
                let why = why.and(None, Some(doubt));
                self.connect(from, code, EdgeKind::RunsCodeOn, &why, &[]);
            }
            Power::TrustIssuer | Power::AttachIdentity => {
                let identity = self.model.add_node(Node::Identity(target));
                let kind = if grant.power == Power::TrustIssuer {
                    EdgeKind::Federates
                } else {
                    EdgeKind::RunsAs
                };
                self.connect(from, identity, kind, why, &control);
            }
        }
    }

    fn add_code(&mut self, from: NodeId, target: ResourceIndex, grant: &Grant, why: &Why) {
        let code = self.model.add_node(Node::Code(target));
        match grant.through {
            Through::ControlPlane => {
                let control = [self.gates.control_plane()];
                self.connect(from, code, EdgeKind::RunsCodeOn, why, &control);
            }
            Through::Doors(_) => {
                for at in self.doors_of(target) {
                    let gate = self.gates.of_door(self.model, at);
                    self.connect(from, code, EdgeKind::RunsCodeOn, why, &gate);
                }
            }
        }
    }

    /// The ways to what `target` holds: the right and a network that lets its holder through.
    fn add_data(
        &mut self,
        from: NodeId,
        target: ResourceIndex,
        grant: &Grant,
        kind: EdgeKind,
        why: &Why,
    ) {
        let Through::Doors(names) = grant.through else {
            let data = self.model.add_node(Node::Data(target));
            if grant.power == Power::GrantItself {
                self.add_data_at_doors(from, target, &[], kind, why);
            } else {
                let control = [self.gates.control_plane()];
                self.connect(from, data, kind, why, &control);
            }
            return;
        };
        self.add_data_at_doors(from, target, names, kind, why);
    }

    fn add_data_at_doors(
        &mut self,
        from: NodeId,
        target: ResourceIndex,
        names: &[&str],
        kind: EdgeKind,
        why: &Why,
    ) {
        let doors = self.doors_of(target);
        if doors.is_empty() {
            self.add_data_of_unmodelled(from, target, kind, why);
        }
        for at in doors {
            let Some(entry) = self.model.doors.get(at) else {
                continue;
            };
            let door = &entry.door;
            if !names.is_empty() && !names.contains(&&*door.name) {
                continue;
            }
            let Some((_, doubt)) = accepts(&door.authentication, &[AuthenticationMode::Entra])
            else {
                continue;
            };
            let gate = self.gates.of_door(self.model, at);
            if let Some(inside) = self.inside(at) {
                let why = why.and(None, doubt);
                self.connect(from, inside, kind, &why, &gate);
            }
        }
    }

    /// A right on something whose doors are not known.
    fn add_data_of_unmodelled(
        &mut self,
        from: NodeId,
        target: ResourceIndex,
        kind: EdgeKind,
        why: &Why,
    ) {
        let Some(resource) = self.gates.inventory.get(target) else {
            return;
        };
        let doubt = Doubt::outside(
            "admission-not-known",
            format!("{}|lets the caller in", resource.id.key()),
            format!(
                "whom the network of `{}` lets in is not known",
                resource.name
            ),
            format!("the network settings of `{}`", resource.name),
            resource.span,
        )
        .with_command(resource.show_command());
        let data = self.model.add_node(Node::Data(target));
        let why = why.and(None, Some(doubt));
        self.connect(from, data, kind, &why, &[]);
    }
}
