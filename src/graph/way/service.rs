//! From the internet to the public doors of services.

use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, Entry, FlowSet};
use crate::graph::build::Estate;
use crate::graph::model::{DoorEntry, Model};
use crate::graph::{Edge, EdgeKind, Foothold, Node};
use crate::network::{Direction, Fact, PublicAddressSku, Reference};
use crate::resource::{
    Door, DoorContext, Governing, Inventory, Placement, Presence, Resource, ResourceIndex, Setting,
};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// Adds every door of every service, with the way from the internet to it.
pub(in crate::graph) fn add_doors(model: &mut Model, estate: &Estate<'_>) {
    for (index, resource) in estate.inventory.iter() {
        let Some(doors) = resource.kind().and_then(|kind| kind.doors) else {
            continue;
        };
        // What another template deploys is judged there; here it is only named.
        if matches!(resource.presence, Presence::Existing) {
            continue;
        }
        let context = context_of(estate, (index, resource), GOVERNED_DEPTH);
        for door in doors(&context) {
            let entry = DoorEntry {
                resource: index,
                door,
            };
            let edge = from_internet(estate, &entry);
            let at = model.add_door(entry);
            let internet = model.add_node(Node::Source(Foothold::Internet));
            model.add_edge(internet, at, edge);
        }
    }
}

/// What stands between callers and a door.
pub(in crate::graph) struct Admitting {
    /// What everybody meets: whether the resource is there, and what the door listens to.
    pub(in crate::graph) inside: Vec<Arc<AccessList>>,
    /// What only callers with a public address meet: where the door stands, the filters of its
    /// subnet, the service's own firewall.
    pub(in crate::graph) public: Vec<Arc<AccessList>>,
}

/// What stands between callers and the door of `entry`.
pub(in crate::graph) fn admitting(estate: &Estate<'_>, entry: &DoorEntry) -> Admitting {
    let resource = estate.inventory.get(entry.resource);
    let door = &entry.door;
    let presence = resource.and_then(presence_filter).map(Arc::new);
    let mut inside: Vec<Arc<AccessList>> = presence.into_iter().collect();
    inside.push(Arc::new(listening(door)));
    let mut public = Vec::new();
    match &door.placement {
        Placement::Public => {}
        Placement::PublicInSubnet(id, span) => {
            let filters = subnet_filters(estate, entry, (id, *span));
            public.extend(filters.into_iter().map(Arc::new));
        }
        Placement::Subnet(_, span) => {
            let says = "it has an address in the virtual network only";
            public.push(AccessList::closed(vec![Evidence::stated(*span, says)]).into());
        }
        Placement::ManagedNetwork => {
            let says = "it stands in a network that the service manages";
            let evidence = resource.map(|one| Evidence::platform(one.span, says));
            public.push(AccessList::closed(evidence.into_iter().collect()).into());
        }
    }
    public.push(Arc::clone(&door.admission));
    Admitting { inside, public }
}

/// The services that stand behind a Standard load balancer of their own, which admits nothing
/// without a security group ("Virtual network configuration reference: API Management").
const BEHIND_STANDARD: [&str; 1] = ["Microsoft.ApiManagement/service"];

/// The filters of the subnet with identifier `id` for what comes to a service in it from outside.
fn subnet_filters(
    estate: &Estate<'_>,
    entry: &DoorEntry,
    (id, span): (&str, Span),
) -> Vec<AccessList> {
    let Some(resource) = estate.inventory.get(entry.resource) else {
        return Vec::new();
    };
    let topology = estate.topology;
    let reference = Reference::to(estate.inventory, resource.file, &Text::from(id), span);
    let local = topology.local_in(resource.id.text().clone(), Some(&reference));
    let is_standard = BEHIND_STANDARD
        .iter()
        .any(|one| resource.resource_type.is(one));
    let public = is_standard.then_some((Fact::Known(PublicAddressSku::Standard), span));
    topology
        .subnet_filter(Some(&reference), &local, Direction::Inbound, public)
        .access_lists()
}

/// The way from any public address to the door of `entry`.
fn from_internet(estate: &Estate<'_>, entry: &DoorEntry) -> Edge {
    let admitting = admitting(estate, entry);
    let filters = admitting.inside.into_iter().chain(admitting.public);
    filters.fold(Edge::new(EdgeKind::Filter, Vec::new()), Edge::through)
}

/// Lets pass what the door listens to; the rest needs no reason.
pub(in crate::graph) fn listening(door: &Door) -> AccessList {
    let services = FlowSet::new(&crate::flow::AddressSet::all(), door.services.clone());
    AccessList::new(vec![Entry::exact(Access::Allow, services, Vec::new())])
}

/// Refuses everything where `resource` is not deployed, and may where that is not known.
pub(in crate::graph) fn presence_filter(resource: &Resource) -> Option<AccessList> {
    match &resource.presence {
        Presence::Deployed | Presence::Existing => None,
        Presence::NotDeployed(span) => Some(AccessList::closed(vec![Evidence::stated(
            *span,
            "its condition is false, so it is not deployed",
        )])),
        Presence::Unknown(span, unknown) => {
            let doubt = Doubt::of(unknown, *span, "is false")
                .with_outcomes(vec![("true".into(), false), ("false".into(), true)]);
            let evidence = vec![Evidence::stated(*span, "its condition is not known")];
            Some(AccessList::new(vec![
                Entry::doubtful(Access::Deny, FlowSet::all(), doubt, evidence.clone()),
                Entry::exact(Access::Allow, FlowSet::all(), evidence),
            ]))
        }
    }
}

/// Everything below `resource`, at any depth, that may be deployed.
fn descendants<'a>(inventory: &'a Inventory, resource: &'a Resource) -> Vec<&'a Resource> {
    let mut found = Vec::new();
    let mut waiting: Vec<_> = resource.children.iter().rev().copied().collect();
    while let Some(index) = waiting.pop() {
        let Some(child) = inventory.get(index) else {
            continue;
        };
        if !child.is_not_deployed() {
            found.push(child);
        }
        waiting.extend(child.children.iter().rev());
    }
    found
}

/// How many resources govern one another in a row: an endpoint, its project, the project's hub.
const GOVERNED_DEPTH: usize = 3;

/// Everything that decides how the doors of `resource` stand.
fn context_of<'a>(
    estate: &Estate<'a>,
    (index, resource): (ResourceIndex, &'a Resource),
    depth: usize,
) -> DoorContext<'a> {
    DoorContext {
        resource,
        descendants: descendants(estate.inventory, resource),
        governing: governing(estate, resource, depth),
        private_endpoint: estate.private_endpoint_state(index),
        perimeter: estate.topology.perimeters.get(&index).cloned(),
        mode: resource.mode,
        places: estate.places,
    }
}

fn governing<'a>(estate: &Estate<'a>, resource: &'a Resource, depth: usize) -> Governing<'a> {
    let inventory = estate.inventory;
    let (found, named_at) = match resource.kind().and_then(|kind| kind.governed_by) {
        Some(governed_by) => match governed_by(resource) {
            Setting::Stated(id, span) => (inventory.find_text(&id, resource.file), span),
            Setting::Unknown(_, span) => return Governing::Outside(span),
            Setting::Absent(_) => return Governing::Nothing,
        },
        None => match resource.id.parent() {
            Some(id) => {
                let found = resource
                    .parent
                    .or_else(|| inventory.find(&id, resource.file));
                (found, resource.span)
            }
            None => return Governing::Nothing,
        },
    };
    let governor = found.and_then(|index| Some((index, inventory.get(index)?)));
    match (governor, depth.checked_sub(1)) {
        (Some(governor), Some(depth)) => {
            Governing::By(Box::new(context_of(estate, governor, depth)))
        }
        _ => Governing::Outside(named_at),
    }
}
