//! Through application gateways.

use super::backend::{Asking, ask_holder, ask_host, ask_interface};
use super::destination::holders;
use super::front::front;
use super::host::Hosts;
use super::private::Origin;
use super::service::presence_filter;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{
    Access, AccessList, AddressSet, Entry, FlowSet, Place, PortSet, Protocol, ServiceSet,
};
use crate::graph::build::Estate;
use crate::graph::model::Model;
use crate::graph::{Edge, EdgeKind, Node, NodeId};
use crate::network::{
    ApplicationGateway, BackendAddress, Direction, Frontend, GatewayBackend, GatewayRoute,
    Reference,
};
use std::sync::Arc;

/// Adds the ways through every application gateway.
pub(in crate::graph) fn add_application_gateways(
    model: &mut Model,
    estate: &Estate<'_>,
    hosts: &Hosts,
) {
    for gateway in estate.topology.application_gateways.values() {
        for frontend in &gateway.frontends {
            let Some(at) = add_frontend(model, estate, gateway, frontend) else {
                continue;
            };
            for route in &gateway.routes {
                let named = route.frontend.as_ref();
                if named.is_some_and(|one| one.is(gateway.index, &frontend.name)) {
                    add_route(model, estate, hosts, (gateway, frontend, at), route);
                }
            }
        }
    }
}

/// The place of a frontend behind its address and the security group of the gateway's subnet; `None`
/// for one without an address. Unlike machines, a gateway without a group is open.
fn add_frontend(
    model: &mut Model,
    estate: &Estate<'_>,
    gateway: &ApplicationGateway,
    frontend: &Frontend,
) -> Option<NodeId> {
    let resource = estate.inventory.get(gateway.index)?;
    let name = resource.short_name();
    let (from, span, says) = if let Some(named) = &frontend.public_address {
        let address = named.id.display_name();
        let says = format!("`{name}` takes requests at `{address}`");
        (front(model, estate, named).node, named.span, says)
    } else if frontend.is_private() {
        let says = format!("`{name}` takes requests at an address of its subnet");
        let place = private_place(model, gateway, frontend);
        (place, frontend.span, says)
    } else {
        return None;
    };
    let at = model.add_node(Node::Part(gateway.index, frontend.name.clone()));
    let mut edge = Edge::new(EdgeKind::Filter, vec![Evidence::stated(span, says)]);
    if let Some(filter) = presence_filter(resource) {
        edge = edge.through(filter);
    }
    let topology = estate.topology;
    let subnet = gateway.subnet.as_ref();
    let local = topology.local_in(resource.id.text().clone(), subnet);
    let filter = topology.subnet_filter(subnet, &local, Direction::Inbound, None);
    let edge = filter.access_lists().into_iter().fold(edge, Edge::through);
    model.add_edge(from, at, edge);
    Some(at)
}

/// The place of a private frontend in front of the security group of the gateway's subnet.
pub(super) fn private_place(
    model: &mut Model,
    gateway: &ApplicationGateway,
    frontend: &Frontend,
) -> NodeId {
    let name = format!("{}, private address", frontend.name);
    model.add_node(Node::Part(gateway.index, name.into()))
}

fn add_route(
    model: &mut Model,
    estate: &Estate<'_>,
    hosts: &Hosts,
    (gateway, frontend, at): (&ApplicationGateway, &Frontend, NodeId),
    route: &GatewayRoute,
) {
    for backend in &route.backends {
        let asking = asking(estate, (gateway, frontend, at), route, backend);
        let pool = &backend.pool;
        for member in estate.topology.in_gateway_pool(gateway.index, pool) {
            let place = (member.interface, member.configuration);
            let asking = asking.doubting(member.doubt);
            ask_interface(model, estate, &asking, place, &member.evidence);
        }
        for address in &backend.members {
            match address {
                BackendAddress::Address(set, span) => {
                    for holder in holders(model, estate, set) {
                        let verb = if holder.doubt.is_some() {
                            "may hold"
                        } else {
                            "holds"
                        };
                        let says = format!("backend pool `{pool}` {verb} `{}`", holder.name);
                        let evidence = [Evidence::stated(*span, says)];
                        ask_holder(model, estate, &asking, &holder, &evidence);
                    }
                }
                BackendAddress::Name(name, span) => {
                    let says = format!("backend pool `{pool}` names this host");
                    let evidence = [Evidence::stated(*span, says)];
                    let doors = hosts.find(model, estate, name);
                    ask_host(model, estate, &asking, &doors, name, &evidence);
                }
            }
        }
    }
}

fn asking<'a>(
    estate: &Estate<'a>,
    (gateway, frontend, at): (&ApplicationGateway, &Frontend, NodeId),
    route: &GatewayRoute,
    backend: &GatewayBackend,
) -> Asking<'a> {
    let tcp = |ports: &PortSet| ServiceSet::of(Protocol::Tcp, ports.clone());
    let taken = FlowSet::new(&AddressSet::all(), tcp(&route.ports));
    let subnet = gateway.subnet.as_ref();
    let elsewhere = subnet.filter(|subnet| subnet.resource().is_none());
    let origin = subnet.map(|reference| Origin {
        node: at,
        subnet: reference.resource(),
        addresses: estate
            .topology
            .subnet(subnet)
            .map_or_else(AddressSet::private, |subnet| subnet.prefixes.may()),
        interface: None,
        evidence: Vec::new(),
        assumes_compromise: false,
        doubt: None,
    });
    let mut evidence = route.evidence.clone();
    let firewall = route.web_application_firewall.as_ref();
    let firewall = firewall.or(gateway.web_application_firewall.as_ref());
    evidence.extend(
        firewall
            .into_iter()
            .flat_map(|one| one.evidence.iter().cloned()),
    );
    Asking {
        from: at,
        taken: AccessList::new(vec![Entry::exact(Access::Allow, taken, Vec::new())]),
        services: tcp(&backend.ports),
        origin,
        public: own_address(estate, frontend),
        evidence,
        doubt: None,
        elsewhere: elsewhere.map(|subnet| Arc::new(outside_subnet(estate, gateway, subnet))),
    }
}

/// Whether a gateway whose subnet is not in the inputs gets to private addresses.
fn outside_subnet(estate: &Estate<'_>, gateway: &ApplicationGateway, subnet: &Reference) -> Doubt {
    let own = estate.inventory.get(gateway.index);
    let own = own.map_or("", |one| one.short_name());
    let name = subnet.id.display_name();
    Doubt::outside(
        "subnet-outside",
        format!("{}|leads to private addresses", subnet.id.key()),
        format!(
            "where `{own}` gets to from subnet `{name}`, which is not in the inputs, is not known"
        ),
        format!("an export with subnet `{name}`"),
        subnet.span,
    )
}

/// The public address with which a gateway asks services outside its network: its own, or some
/// address of Azure.
fn own_address(estate: &Estate<'_>, frontend: &Frontend) -> AddressSet {
    let address = frontend
        .public_address
        .as_ref()
        .and_then(Reference::resource)
        .and_then(|index| estate.topology.public_addresses.get(&index))
        .and_then(|one| one.address);
    address.map_or_else(|| AddressSet::place(Place::AzureTenant), AddressSet::single)
}
