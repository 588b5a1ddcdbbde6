//! The ways that rest on assumptions.

use super::Assumption;
use crate::evidence::Basis;
use crate::flow::{Access, AccessList, Entry, FlowSet};
use crate::graph::{Edge, EdgeId, EdgeKind, Model, NodeId, add_ways_from_peers_outside};
use crate::network::Topology;
use crate::resource::{Inventory, Places, Resource};
use std::sync::Arc;

const INTERFACE: &str = "Microsoft.Network/networkInterfaces";
/// What asks its backends for their health.
const BALANCERS: [&str; 6] = [
    "Microsoft.Network/loadBalancers",
    "Microsoft.Network/applicationGateways",
    "Microsoft.Network/frontDoors",
    "Microsoft.Network/trafficManagerProfiles",
    "Microsoft.Cdn/profiles",
    "Microsoft.Cdn/profiles/afdEndpoints",
];

/// Makes the ways of `model` that rest on `assumption`, which is usually granted, doubtful, and
/// adds those that would be there without it; whether there are any.
pub(in crate::analysis) fn doubt(
    model: &mut Model,
    estate: (&Inventory, &Topology, &Places),
    assumption: Assumption,
) -> bool {
    if assumption == Assumption::PeersOutside {
        let fails = Arc::new(assumption.doubt_that_it_fails(""));
        return add_ways_from_peers_outside(model, estate, &fails);
    }
    let ways: Vec<EdgeId> = model
        .edges()
        .filter(|(_, from, to, edge)| carries(assumption, (estate.0, model), (*from, *to), edge))
        .map(|(id, ..)| id)
        .collect();
    let cast = Arc::new(assumption.doubt());
    for id in &ways {
        model.doubt_edge(*id, &cast);
        if assumption == Assumption::AdministratorRules {
            model.change_filters(*id, admitted_past_groups);
        }
    }
    !ways.is_empty()
}

/// What a security group does where a security admin rule may always admit, which comes before it
/// ("Security admin rules in Azure Virtual Network Manager"); `None` for any other filter.
fn admitted_past_groups(filter: &AccessList) -> Option<AccessList> {
    if !filter.is_security_group() {
        return None;
    }
    let doubt = Assumption::AdministratorRules.doubt_that_it_fails("|always allow");
    let first = Entry::doubtful(Access::Allow, FlowSet::all(), doubt, Vec::new());
    let mut changed = filter.clone();
    changed.entries_mut().insert(0, first);
    Some(changed)
}

/// Whether the way `edge` rests on `assumption`.
fn carries(
    assumption: Assumption,
    estate: (&Inventory, &Model),
    ends: (NodeId, NodeId),
    edge: &Edge,
) -> bool {
    let resource = |node| -> Option<&Resource> { estate.0.get(estate.1.resource_of(node)?) };
    match assumption {
        Assumption::HealthProbes => {
            matches!(edge.kind, EdgeKind::Proxy | EdgeKind::Translate)
                && resource(ends.0).is_some_and(|one| is_one_of(one, &BALANCERS))
        }
        Assumption::AdministratorRules => {
            !edge.kind.is_identity()
                && estate.1.resource_of(ends.0) != estate.1.resource_of(ends.1)
                && resource(ends.1).is_some_and(|one| is_one_of(one, &[INTERFACE]))
        }
        Assumption::Experience => edge.evidence.iter().any(|one| one.basis == Basis::Assumed),
        Assumption::PeersOutside | Assumption::AppliancesOutside => false,
    }
}

fn is_one_of(resource: &Resource, types: &[&str]) -> bool {
    types.iter().any(|one| resource.resource_type.is(one))
}
