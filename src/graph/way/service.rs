//! From the internet to the public doors of services.

use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, Entry, FlowSet};
use crate::graph::build::Estate;
use crate::graph::model::{DoorEntry, Model};
use crate::graph::{Edge, EdgeKind, Foothold, Node};
use crate::resource::{
    Door, DoorContext, Governing, Inventory, Placement, Presence, Resource, ResourceIndex, Setting,
};

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
            let at = model.add_door(DoorEntry {
                resource: index,
                door: door.clone(),
            });
            let internet = model.add_node(Node::Source(Foothold::Internet));
            model.add_edge(internet, at, from_internet(resource, door));
        }
    }
}

/// The way from any public address to `door`.
fn from_internet(resource: &Resource, door: Door) -> Edge {
    let mut edge = Edge::new(EdgeKind::Filter, Vec::new());
    if let Some(presence) = presence_filter(resource) {
        edge = edge.through(presence);
    }
    match &door.placement {
        Placement::Public | Placement::PublicInSubnet(..) => {}
        Placement::Subnet(_, span) => {
            let says = "it has an address in the virtual network only";
            edge = edge.through(AccessList::closed(vec![Evidence::stated(*span, says)]));
        }
        Placement::ManagedNetwork => {
            let says = "it stands in a network that the service manages";
            edge = edge.through(AccessList::closed(vec![Evidence::platform(
                resource.span,
                says,
            )]));
        }
    }
    edge.through(listening(&door)).through(door.admission)
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
        perimeter: None,
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
