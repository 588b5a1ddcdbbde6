//! What code on a resource may call.

use super::prelude::*;
use super::property::managed_network::workspace_approves;
use super::{Answer, Condition, Context, Scene};
use crate::evidence::{Doubt, Evidence};
use crate::network::{Egress, EgressVerdict, EgressWay, NextHop};
use crate::resource::{Reader, Resource, ResourceIndex};

/// Whether code on `resource` may call any address on the internet. Of types that run no code of
/// the customer's nothing is said.
pub(super) fn calls_anywhere(context: &Context<'_>, index: ResourceIndex) -> Answer {
    let Some(resource) = context.inventory.get(index) else {
        return Answer::No;
    };
    let scene = Scene::new(context, index, resource);
    match &*resource.resource_type.as_str().to_ascii_lowercase() {
        "microsoft.compute/virtualmachines" => of_machine(context, index),
        "microsoft.machinelearningservices/workspaces/computes" => of_compute(&scene),
        "microsoft.machinelearningservices/workspaces/onlineendpoints" => of_endpoint(&scene),
        "microsoft.web/sites" | "microsoft.web/sites/slots" => of_web_app(&scene),
        "microsoft.app/containerapps" => of_container_app(&scene),
        "microsoft.containerservice/managedclusters" => of_cluster(&scene),
        _ => Answer::No,
    }
}

/// What `egress` says of calling anywhere. What a route leads to an appliance or to a gateway does
/// not leave straight, even where their own rules are not in the inputs.
pub(super) fn is_open(egress: &Egress, resource: &Resource) -> Answer {
    match egress.verdict {
        EgressVerdict::Open => {
            let ways = egress.ways.iter().filter_map(|way| way.evidence.first());
            let mut evidence: Vec<Evidence> = ways.chain(egress.rules.first()).cloned().collect();
            evidence.truncate(2);
            Answer::Yes(evidence)
        }
        EgressVerdict::Filtered | EgressVerdict::Closed => Answer::No,
        EgressVerdict::Unknown if egress.ways.iter().all(is_led_elsewhere) => Answer::No,
        EgressVerdict::Unknown => {
            let mut doubts: Vec<Doubt> = egress.doubts.iter().map(|one| (**one).clone()).collect();
            if doubts.is_empty() {
                doubts.push(outside(resource, resource.reader()));
            }
            Answer::Open(doubts)
        }
    }
}

/// Whether nothing leaves straight by `way`.
fn is_led_elsewhere(way: &EgressWay) -> bool {
    let led = matches!(way.next_hop, NextHop::Appliance(_) | NextHop::Gateway);
    led || way.allowed.may.is_empty()
}

fn of_subnet(scene: &Scene<'_>, place: Reader<'_>) -> Answer {
    let id = place.symbol();
    let found = id
        .stated()
        .and_then(|id| scene.context.inventory.find_text(id, scene.resource.file));
    match found.and_then(|index| scene.context.topology.egress_of_subnet(index)) {
        Some(egress) => is_open(&egress, scene.resource),
        None => Answer::open(outside(scene.resource, place)),
    }
}

fn outside(resource: &Resource, place: Reader<'_>) -> Doubt {
    Doubt::outside(
        "egress-outside",
        format!("{}|egress", resource.id),
        format!(
            "what `{}` may call is decided outside the inputs",
            resource.name
        ),
        format!(
            "the template of the network that `{}` calls through",
            resource.name
        ),
        place.span(),
    )
}

fn free(scene: &Scene<'_>, says: &'static str) -> Answer {
    Answer::yes(Evidence::default(scene.resource.span, says))
}

fn of_machine(context: &Context<'_>, machine: ResourceIndex) -> Answer {
    let topology = context.topology;
    let own = topology.machines.iter().filter(|(_, of)| **of == machine);
    let interfaces = own
        .map(|(interface, _)| interface)
        .chain([&machine])
        .filter_map(|owner| topology.interfaces.get(owner))
        .flatten();
    let Some(resource) = context.inventory.get(machine) else {
        return Answer::No;
    };
    Answer::any(interfaces.flat_map(|interface| {
        interface.configurations.iter().map(|configuration| {
            is_open(
                &topology.egress_of_interface(interface, configuration),
                resource,
            )
        })
    }))
}

fn of_compute(scene: &Scene<'_>) -> Answer {
    let subnet = scene.properties().path("properties.subnet.id");
    if subnet.value().is_some() {
        return of_subnet(scene, subnet);
    }
    unless_approved(
        scene,
        "it stands in no network, so that it may call anywhere",
    )
}

fn of_endpoint(scene: &Scene<'_>) -> Answer {
    let closed = property(
        "properties.egressPublicNetworkAccess",
        Is(&["Disabled"]),
        Not,
    );
    let deployments: Vec<_> = scene.children("deployments").collect();
    let all_closed = !deployments.is_empty()
        && deployments
            .iter()
            .all(|one| closed.ask(&scene.at(one.reader())).is_yes());
    if all_closed {
        return Answer::No;
    }
    unless_approved(scene, "its containers may call anywhere")
}

fn unless_approved(scene: &Scene<'_>, says: &'static str) -> Answer {
    match workspace_approves(scene) {
        Answer::Yes(_) => Answer::No,
        Answer::No => free(scene, says),
        open @ Answer::Open(_) => open,
    }
}

/// Everything that the app calls goes through its subnet.
const ALL_ROUTED: Condition = Any(&[
    property("properties.vnetRouteAllEnabled", Is(&["true"]), Not),
    property(
        "properties.siteConfig.vnetRouteAllEnabled",
        Is(&["true"]),
        Not,
    ),
    property(
        "properties.outboundVnetRouting.allTraffic",
        Is(&["true"]),
        Not,
    ),
]);

fn of_web_app(scene: &Scene<'_>) -> Answer {
    let subnet = scene.properties().at("virtualNetworkSubnetId");
    if subnet.value().is_none() {
        return free(
            scene,
            "it is joined to no network, so that it may call anywhere",
        );
    }
    match ALL_ROUTED.ask(scene) {
        Answer::Yes(_) => of_subnet(scene, subnet),
        Answer::No => free(scene, "not all it calls goes through its network"),
        open @ Answer::Open(_) => open,
    }
}

fn of_container_app(scene: &Scene<'_>) -> Answer {
    let properties = scene.properties();
    let (old, new) = (
        properties.at("managedEnvironmentId"),
        properties.at("environmentId"),
    );
    let id = if old.value().is_some() { old } else { new };
    let inventory = scene.context.inventory;
    let found = id
        .symbol()
        .stated()
        .and_then(|id| inventory.find_text(id, scene.resource.file));
    let Some(environment) = found.and_then(|index| inventory.get(index)) else {
        return Answer::open(outside(scene.resource, id));
    };
    let subnet = environment
        .properties()
        .path("vnetConfiguration.infrastructureSubnetId");
    if subnet.value().is_none() {
        return free(
            scene,
            "its environment stands in no network, so that it may call anywhere",
        );
    }
    of_subnet(scene, subnet)
}

fn of_cluster(scene: &Scene<'_>) -> Answer {
    let pools = scene.properties().at("agentPoolProfiles").items();
    let subnets: Vec<_> = pools
        .into_iter()
        .map(|pool| pool.at("vnetSubnetID"))
        .filter(|subnet| subnet.value().is_some())
        .collect();
    if subnets.is_empty() {
        return free(
            scene,
            "its nodes stand in a network of the platform, and may call anywhere",
        );
    }
    Answer::any(subnets.into_iter().map(|subnet| of_subnet(scene, subnet)))
}
