//! From code to identities, and from identities to what their rights open.
//!
//! The packets on these ways are those that the holder of an identity can send: a way to data lets
//! pass what the network of the target lets in, so that the right and the network both count.

mod cluster;
mod condition;
mod control_plane;
pub(in crate::graph) mod gate;
mod limit;
mod right;
mod sign_in;
mod unlisted;

use crate::evidence::{Doubt, Evidence};
use crate::flow::{AccessList, FlowSet};
use crate::graph::build::Estate;
use crate::graph::way::coupling;
use crate::graph::{Change, Edge, EdgeKind, Model, Node, NodeId};
use crate::network::identity::{
    Assignment, Carried, Carrier, Code, DirectRight, Federation, Grant, Issuer, NamedPrincipal,
    Power, Principal, Principals, Scope, Scopes, Through, may_make_machine, powers,
    read_assignments, read_carriers, read_direct_rights, read_entrances, read_federations, senders,
};
use crate::resource::{Inventory, ResourceIndex};
use gate::{Gates, Services};
pub(in crate::graph) use right::{Ways, Why};
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

/// The doors past which one runs code on what stands behind: the type, or any, and the door.
const CODE_DOORS: [(&str, &str); 6] = [
    ("", "scm"),
    ("", "ssh"),
    ("", "rdp"),
    ("", "ftp"),
    ("Microsoft.ContainerService/managedClusters", "main"),
    ("Microsoft.ContainerService/managedClusters", "api"),
];

/// Adds every way of identities and rights. The doors are to be there already.
pub(in crate::graph) fn add_identities(model: &mut Model, estate: &Estate<'_>) {
    let (inventory, topology, places) = (estate.inventory, estate.topology, estate.places);
    let principals = Principals::read(inventory);
    let scopes = Scopes::new(inventory);
    let carriers = read_carriers(inventory, &principals);
    let assignments = read_assignments(inventory, &principals, &scopes);
    let direct = read_direct_rights(inventory, &principals);
    let federations = read_federations(inventory);
    let entrances = read_entrances(inventory, topology, places);
    let services = Services::number(inventory, places, &carriers);
    let outgoing: BTreeMap<ResourceIndex, Arc<AccessList>> = carriers
        .iter()
        .map(|carrier| {
            let list = senders(inventory, topology, places, carrier);
            (carrier.resource, Arc::new(list))
        })
        .collect();
    let gates = Gates::new(inventory, places, services, entrances, &outgoing);
    let mut ways = Ways::new(model, gates, topology);
    ways.add_open_doors();
    ways.add_keys();
    for carrier in &carriers {
        let outgoing = outgoing.get(&carrier.resource).cloned().unwrap_or_default();
        add_carrier(&mut ways, inventory, carrier, &outgoing);
    }
    add_assignments(&mut ways, inventory, &scopes, &assignments);
    for right in &direct {
        add_direct(&mut ways, right);
    }
    for federation in &federations {
        add_federation(&mut ways, federation, &outgoing);
    }
    coupling::add_couplings(&mut ways, inventory, &carriers);
    unlisted::add_unplaced(&mut ways, &principals, &carriers, &assignments, &direct);
    unlisted::add_unlisted(&mut ways, inventory, &carriers, &assignments);
}

/// Adds the ways from a resource to the identities that it carries: for whoever breaks into it at a
/// place where it answers, and for whoever runs code on it.
fn add_carrier(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    carrier: &Carrier,
    outgoing: &Arc<AccessList>,
) {
    let index = carrier.resource;
    let entered = if carrier.code == Code::Answers {
        ways.entered(index)
    } else {
        Vec::new()
    };
    let code = ways.model.add_node(Node::Code(index));
    for carried in &carrier.identities {
        let identity = ways.place(&carried.principal);
        for node in &entered {
            let edge = runs_as(carried, outgoing).assuming_compromise();
            ways.model.add_edge(*node, identity, edge);
        }
        if carrier.code.may_run() {
            let edge = runs_as(carried, outgoing);
            ways.model.add_edge(code, identity, edge);
        }
    }
    let Some(resource) = inventory.get(index) else {
        return;
    };
    // Who runs code on a machine sends from it.
    if carrier.code == Code::Answers
        && let Some(machine) = ways.model.find(&Node::Resource(index))
    {
        let edge = Edge::new(EdgeKind::Attach, Vec::new());
        ways.model.add_edge(code, machine, edge);
    }
    for at in ways.doors_of(index) {
        let runs = ways.model.doors.get(at).is_some_and(|entry| {
            CODE_DOORS.iter().any(|(kind, name)| {
                *name == entry.door.name && (kind.is_empty() || resource.resource_type.is(kind))
            })
        });
        if runs && carrier.code.may_run() {
            let Some(inside) = ways.inside(at) else {
                continue;
            };
            let says = "past this door one runs code";
            let edge = Edge::new(
                EdgeKind::RunsCodeOn,
                vec![Evidence::platform(resource.span, says)],
            );
            ways.model.add_edge(inside, code, edge);
        }
    }
}

/// The way from code to an identity: whoever comes, the code's own senders go on.
fn runs_as(carried: &Carried, outgoing: &Arc<AccessList>) -> Edge {
    let mut edge = Edge::new(EdgeKind::RunsAs, carried.evidence.clone())
        .changing(Change::Restart(FlowSet::all()))
        .then_through(Arc::clone(outgoing));
    let mut doubts = carried.doubts.iter();
    edge = edge.doubted(doubts.next().cloned());
    for doubt in doubts {
        edge = edge.through(condition::holds(doubt));
    }
    edge
}

/// Who holds what, with the machine makers among the holders.
fn add_assignments(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    scopes: &Scopes<'_>,
    assignments: &[Assignment],
) {
    let makers: BTreeSet<&Principal> = assignments
        .iter()
        .filter(|one| may_make_machine(&one.role))
        .map(|one| &one.holder.principal)
        .collect();
    let mut roles: BTreeSet<NodeId> = BTreeSet::new();
    for assignment in assignments {
        let why = Why {
            evidence: assignment.evidence.clone(),
            doubts: assignment.doubts.clone(),
        };
        let holder = ways.place(&assignment.holder.principal);
        let is_maker = makers.contains(&assignment.holder.principal);
        match &assignment.scope {
            Scope::Outside(id) => {
                let target = ways.model.add_node(Node::External(id.clone()));
                ways.connect(holder, target, EdgeKind::HasRole, &why, &[]);
            }
            Scope::Resource(_) | Scope::PartOf(..) => {
                add_covered(ways, inventory, scopes, assignment, holder, &why, is_maker);
            }
            Scope::Wide(key) => {
                let node = Node::Role(key.clone(), assignment.role_key.clone());
                let role = ways.model.add_node(node);
                ways.connect(holder, role, EdgeKind::HasRole, &why, &[]);
                let own = Why {
                    evidence: assignment.evidence.iter().take(1).cloned().collect(),
                    doubts: Vec::new(),
                };
                let role_makes = may_make_machine(&assignment.role);
                if roles.insert(role) {
                    add_covered(ways, inventory, scopes, assignment, role, &own, role_makes);
                }
                if is_maker && !role_makes {
                    add_attaching(ways, inventory, scopes, assignment, holder, &why);
                }
            }
        }
    }
}

/// Adds what the role of `assignment` opens on everything that its scope covers.
fn add_covered(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    scopes: &Scopes<'_>,
    assignment: &Assignment,
    from: NodeId,
    why: &Why,
    makes_machines: bool,
) {
    let span = why.evidence.first().map(|one| one.span);
    let Some(span) = span else { return };
    for covered in scopes.covered(&assignment.scope, span) {
        let Some(resource) = inventory.get(covered.resource) else {
            continue;
        };
        if resource.is_not_deployed() {
            continue;
        }
        let mut why = why.clone();
        if let (Scope::Wide(_), Some(row)) =
            (&assignment.scope, inventory.reported(covered.resource))
        {
            let says = format!("Azure reports where `{}` lies", resource.short_name());
            why.evidence.push(Evidence::stated(row, says));
        }
        why.doubts.extend(covered.doubt.clone());
        why.doubts.extend(assignment.role.open.clone());
        for grant in granted(assignment, covered.resource, resource) {
            let is_command = grant.power == Power::RunCode
                && grant.through == Through::ControlPlane
                && resource.resource_type.is(cluster::CLUSTER);
            if is_command {
                let mut own = why.clone();
                if cluster::lets_run_code(&assignment.role, resource, &mut own) {
                    ways.add_grant(from, covered.resource, &grant, &own);
                }
                continue;
            }
            if grant.power != Power::AttachIdentity || makes_machines {
                ways.add_grant(from, covered.resource, &grant, &why);
            }
        }
    }
}

/// Adds only the identities that a maker of machines may attach.
fn add_attaching(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    scopes: &Scopes<'_>,
    assignment: &Assignment,
    holder: NodeId,
    why: &Why,
) {
    let Some(span) = why.evidence.first().map(|one| one.span) else {
        return;
    };
    for covered in scopes.covered(&assignment.scope, span) {
        let Some(resource) = inventory.get(covered.resource) else {
            continue;
        };
        let mut why = why.clone();
        why.doubts.extend(covered.doubt.clone());
        for grant in granted(assignment, covered.resource, resource) {
            if grant.power == Power::AttachIdentity && !resource.is_not_deployed() {
                ways.add_grant(holder, covered.resource, &grant, &why);
            }
        }
    }
}

/// The powers of `assignment` over the resource at `index`, which its scope covers.
fn granted(
    assignment: &Assignment,
    index: ResourceIndex,
    resource: &crate::resource::Resource,
) -> Vec<Grant> {
    let narrow = match &assignment.scope {
        Scope::Resource(own) => *own == index,
        Scope::PartOf(..) => true,
        Scope::Wide(_) | Scope::Outside(_) => false,
    };
    let grants = powers(&assignment.role, &resource.resource_type, narrow);
    let part = matches!(assignment.scope, Scope::PartOf(..));
    grants
        .into_iter()
        .filter(|grant| !part || matches!(grant.power, Power::UseData | Power::ReadSecrets))
        .collect()
}

fn add_direct(ways: &mut Ways<'_, '_>, right: &DirectRight) {
    let holder = ways.place(&right.holder.principal);
    let why = Why {
        evidence: right.evidence.clone(),
        doubts: right.doubts.clone(),
    };
    ways.add_own_grant(holder, right.target, &right.grant, &why);
}

fn add_federation(
    ways: &mut Ways<'_, '_>,
    federation: &Federation,
    outgoing: &BTreeMap<ResourceIndex, Arc<AccessList>>,
) {
    let identity = ways.place(&Principal::Of(federation.identity));
    match &federation.issuer {
        Issuer::Cluster(index) => {
            let carried = Carried {
                principal: Principal::Of(federation.identity),
                evidence: federation.evidence.clone(),
                doubts: federation.doubts.clone(),
            };
            let outgoing = outgoing.get(index).cloned().unwrap_or_default();
            let code = ways.model.add_node(Node::Code(*index));
            ways.model
                .add_edge(code, identity, runs_as(&carried, &outgoing));
            let cluster = ways.model.add_node(Node::Resource(*index));
            let edge = runs_as(&carried, &outgoing).assuming_compromise();
            ways.model.add_edge(cluster, identity, edge);
        }
        Issuer::Outside(id) => {
            let issuer = ways.model.add_node(Node::External(id.clone()));
            let why = Why {
                evidence: federation.evidence.clone(),
                doubts: federation.doubts.clone(),
            };
            ways.connect(issuer, identity, EdgeKind::Federates, &why, &[]);
        }
    }
}

/// Every principal that holds a right, with why it may be one of ours.
fn holders<'h>(
    assignments: &'h [Assignment],
    direct: &'h [DirectRight],
) -> impl Iterator<Item = &'h NamedPrincipal> {
    assignments
        .iter()
        .map(|one| &one.holder)
        .chain(direct.iter().map(|one| &one.holder))
}

/// The identities of the estate, each once, in order.
fn identities(carriers: &[Carrier]) -> BTreeSet<&Principal> {
    carriers
        .iter()
        .flat_map(|carrier| &carrier.identities)
        .map(|carried| &carried.principal)
        .collect()
}

/// A doubt about an identity that hangs on what no input tells.
fn outside(code: &'static str, key: String, why: String, settle: String) -> Doubt {
    Doubt::outside(code, key, why, settle, None)
}
