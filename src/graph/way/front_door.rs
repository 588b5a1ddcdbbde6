//! Through Front Doors of both generations.

use super::backend::{Asking, ask_host, ask_over_link};
use super::host::Hosts;
use super::service::presence_filter;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, Place};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Edge, EdgeKind, Foothold, Node};
use crate::network::{Fact, FrontDoor, FrontDoorRoute, Origin, OriginPrivateLink};
use crate::resource::{ResourceId, ResourceIndex};
use std::sync::Arc;

/// Adds the ways through every Front Door.
pub(in crate::graph) fn add_front_doors(model: &mut Model, estate: &Estate<'_>, hosts: &Hosts) {
    for door in estate.topology.front_doors.values() {
        let Some(resource) = estate.inventory.get(door.index) else {
            continue;
        };
        let from = model.add_node(Node::Source(Foothold::Internet));
        let at = model.add_node(Node::Resource(door.index));
        let says = format!("`{}` answers the internet", resource.short_name());
        let mut edge = Edge::new(EdgeKind::Attach, vec![Evidence::platform(door.span, says)]);
        if let Some(filter) = presence_filter(resource) {
            edge = edge.through(filter);
        }
        model.add_edge(from, at, edge);
        for route in &door.routes {
            for origin in &route.origins {
                add_origin(model, estate, hosts, door, (route, origin));
            }
        }
    }
}

fn add_origin(
    model: &mut Model,
    estate: &Estate<'_>,
    hosts: &Hosts,
    door: &FrontDoor,
    (route, origin): (&FrontDoorRoute, &Origin),
) {
    let mut doubt = None;
    for fact in [&route.enabled, &origin.enabled] {
        match fact {
            Fact::Known(true) => {}
            Fact::Known(false) => return,
            Fact::Open(open) => doubt = Some(Arc::clone(open)),
        }
    }
    let taken = FlowSet::new(&AddressSet::all(), route.services.clone());
    let mut evidence = route.evidence.clone();
    let firewall = route.web_application_firewall.as_ref();
    evidence.extend(
        firewall
            .into_iter()
            .flat_map(|one| one.evidence.iter().cloned()),
    );
    let (public, open, proof) = senders(estate, door.index);
    evidence.extend(proof);
    let mut asking = Asking {
        from: model.add_node(Node::Resource(door.index)),
        taken: AccessList::new(vec![Entry::exact(Access::Allow, taken, Vec::new())]),
        services: origin.services.clone(),
        origin: None,
        public,
        evidence,
        doubt: doubt.clone(),
        elsewhere: None,
    };
    if let Some(link) = &origin.private_link {
        add_link(model, estate, asking, link, &origin.evidence);
        return;
    }
    let doors = hosts.find(model, estate, &origin.host_name);
    ask_host(
        model,
        estate,
        &asking,
        &doors,
        &origin.host_name,
        &origin.evidence,
    );
    // Restrictions may list this profile by an identifier that the inputs do not tie to it.
    if let Some((listed, open)) = open {
        asking.public = listed;
        asking.doubt = doubt.or(Some(Arc::new(open)));
        ask_host(
            model,
            estate,
            &asking,
            &doors,
            &origin.host_name,
            &origin.evidence,
        );
    }
}

/// The way over a private link, which the owner of the origin approves.
fn add_link(
    model: &mut Model,
    estate: &Estate<'_>,
    mut asking: Asking<'_>,
    link: &OriginPrivateLink,
    evidence: &[Evidence],
) {
    let Some(target) = link.target.resource() else {
        return;
    };
    match &link.approved {
        Fact::Known(true) => {}
        Fact::Known(false) => return,
        Fact::Open(doubt) => asking.doubt = Some(Arc::clone(doubt)),
    }
    let mut proofs = evidence.to_vec();
    let says = format!("private link to `{}`", link.target.id.display_name());
    proofs.push(Evidence::stated(link.target.span, says));
    for door in 0..model.doors.len() {
        let Some(entry) = model.doors.get(door) else {
            continue;
        };
        let is_below = entry.resource == target || is_inside(estate, entry.resource, target);
        let group = link.group_id.as_deref();
        let is_led_to = group.is_none_or(|group| {
            entry.door.group_ids.is_empty()
                || entry
                    .door
                    .group_ids
                    .iter()
                    .any(|one| one.eq_ignore_ascii_case(group))
        });
        if is_below && is_led_to {
            ask_over_link(model, estate, &asking, door, &proofs);
        }
    }
}

/// Whether the resource at `index` lies inside the one at `outer`.
fn is_inside(estate: &Estate<'_>, index: ResourceIndex, outer: ResourceIndex) -> bool {
    let mut here = estate.inventory.get(index);
    while let Some(resource) = here {
        if resource.parent == Some(outer) {
            return true;
        }
        here = resource
            .parent
            .and_then(|parent| estate.inventory.get(parent));
    }
    false
}

/// The senders that origins see: any Front Door's, and this profile where restrictions list it by
/// its identifier; then those that may be this profile; then what states the identifier, where they
/// list it.
fn senders(
    estate: &Estate<'_>,
    profile: ResourceIndex,
) -> (AddressSet, Option<(AddressSet, Doubt)>, Option<Evidence>) {
    let mut sure = AddressSet::place(Place::FrontDoor);
    let mut open = AddressSet::empty();
    let Some(resource) = estate.inventory.get(profile) else {
        return (sure, None, None);
    };
    let mut proof = None;
    let own = resource.properties().at("frontDoorId").text();
    for key in estate.places.named_instances() {
        let Some(id) = key.strip_prefix("x-azure-fdid/") else {
            continue;
        };
        let place = AddressSet::place(estate.places.named_instance(&ResourceId::new(&*key)));
        let is_told = own.stated().is_some_and(|own| own.eq_ignore_ascii_case(id));
        if is_told {
            let says = format!("frontDoorId of `{}` is {id}", resource.short_name());
            proof = Some(Evidence::stated(own.span(), says));
        }
        if is_told || id.contains(&**resource.id.key()) {
            sure = sure.union(&place);
        } else if own.stated().is_none() {
            open = open.union(&place);
        }
    }
    if open.is_empty() {
        return (sure, None, proof);
    }
    let name = resource.short_name();
    let doubt = Doubt::outside(
        "front-door-id",
        format!("front door|{}|is listed", resource.id.key()),
        format!("whether the listed Front Door is `{name}` is not in the inputs"),
        format!("the identifier of Front Door `{name}`"),
        own.span(),
    )
    .with_command(resource.show_command());
    (sure, Some((open, doubt)), proof)
}
