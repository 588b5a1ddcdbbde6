//! Signing in to machines: a right that takes a way to their SSH or RDP port.

use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, PortSet, Protocol, ServiceSet};
use crate::graph::way::interface::public_filters;
use crate::network::{Interface, PublicAttachment, Topology};
use crate::resource::{Inventory, Resource, ResourceIndex};
use std::sync::Arc;

/// The ports at which people sign in to machines.
const PORTS: [u16; 2] = [22, 3389];

/// What callers from public addresses meet on each way to the ports of the machine at `machine`,
/// with what shows that the way is there.
pub(super) fn public_ways(
    inventory: &Inventory,
    topology: &Topology,
    machine: ResourceIndex,
) -> Vec<(Evidence, Vec<Arc<AccessList>>)> {
    let own = Interface::of_machine(inventory, machine).into_iter();
    let owners = own
        .filter_map(|reference| reference.resource())
        .chain([machine]);
    let interfaces = owners.flat_map(|owner| topology.interfaces.get(&owner).into_iter().flatten());
    let places = interfaces.flat_map(|interface| {
        let configurations = interface.configurations.iter();
        configurations.map(move |configuration| (interface, configuration))
    });
    let mut found = Vec::new();
    for (interface, configuration) in places {
        let Some(PublicAttachment::Address(reference)) = &configuration.public_address else {
            continue;
        };
        let known = reference
            .resource()
            .and_then(|index| topology.public_addresses.get(&index));
        let Some(address) = known.filter(|_| reference.doubt.is_none()) else {
            continue;
        };
        let sku = (address.sku.clone(), address.sku_evidence.span);
        let mut filters = vec![Arc::new(at_ports())];
        let met = public_filters(topology, (interface, configuration), sku);
        filters.extend(met.into_iter().map(Arc::new));
        let says = format!(
            "`{}` has public address `{}`",
            interface.name,
            reference.id.display_name()
        );
        found.push((Evidence::stated(reference.span, says), filters));
    }
    found
}

fn at_ports() -> AccessList {
    let ports = PORTS.iter().fold(PortSet::empty(), |all, port| {
        all.union(&PortSet::single(*port))
    });
    let services = ServiceSet::of(Protocol::Tcp, ports);
    let packets = FlowSet::new(&AddressSet::all(), services);
    AccessList::new(vec![Entry::exact(Access::Allow, packets, Vec::new())])
}

/// The doubt whether there is a way by private addresses.
pub(super) fn doubt(resource: &Resource) -> Doubt {
    Doubt::outside(
        "sign-in-way-not-known",
        format!("{}|is signed in to", resource.id.key()),
        format!(
            "signing in to `{}` takes a way to its SSH or RDP port",
            resource.name
        ),
        format!("a way to the SSH or RDP port of `{}`", resource.name),
        resource.span,
    )
    .with_command(WAYS_COMMAND)
}

/// The command that lists what decides about ways to machines.
const WAYS_COMMAND: &str = "az graph query -q \"resources | where type in~ \
    ('microsoft.network/networkinterfaces', 'microsoft.network/publicipaddresses', \
    'microsoft.network/networksecuritygroups', 'microsoft.network/virtualnetworks')\" -o json";
