//! The routes in force on one subnet, gathered from all that make routes.

use super::route_table::UserHop;
use super::service_tag::TAGS_COMMAND;
use super::system_routes::{default_routes, learned_routes, network_routes};
use super::{
    AddressBounds, EffectiveRoutes, Fact, NextHop, Peering, Route, RouteOrigin, RoutePrefix,
    RouteTable, ServiceEndpoint, ServiceTags, UserRoute,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet};
use crate::resource::ResourceIndex;
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// The code of the doubt which addresses a service has.
pub(super) const SERVICE_ADDRESSES: &str = "service-addresses";

/// The longest prefix there is.
pub(super) const LONGEST: u8 = 128;

/// A private endpoint whose address a subnet's routes lead to.
#[derive(Clone, Debug)]
pub struct EndpointRoute {
    /// The endpoint.
    pub index: ResourceIndex,
    /// Its addresses.
    pub addresses: AddressBounds,
    /// Whether its subnet lets route tables override the way to it.
    pub yields_to_routes: Fact<bool>,
    /// The length of the shortest prefix of its network's space, below which no route overrides.
    pub space_length: u8,
    /// What proves it.
    pub evidence: Vec<Evidence>,
}

/// Everything that makes routes for a subnet.
#[derive(Debug)]
pub struct RouteSources<'a> {
    /// The network's address space, and its place.
    pub own: (&'a AddressBounds, Span),
    /// The network's peerings.
    pub peerings: &'a [Peering],
    /// What lies behind the gateways that serve the network, with whether it was learned.
    pub gateway: AddressBounds,
    /// Why a gateway may have learned a default route, where it may.
    pub learned_default: Option<Arc<Doubt>>,
    /// The networks reached over hubs of a virtual WAN, each by the key of the hub.
    pub hubs: Vec<(Text, AddressBounds, Vec<Evidence>)>,
    /// The subnet's service endpoints.
    pub service_endpoints: &'a [ServiceEndpoint],
    /// The private endpoints of the network and its peers.
    pub private_endpoints: Vec<EndpointRoute>,
    /// The subnet's route table: read, or why it is not known.
    pub table: Option<Fact<&'a RouteTable>>,
    /// The tags' content.
    pub service_tags: &'a ServiceTags,
}

/// The routes that `sources` make together. O(routes log routes).
pub fn effective_routes(sources: &RouteSources<'_>) -> EffectiveRoutes {
    let mut routes = Vec::new();
    user_routes(sources, &mut routes);
    endpoint_routes(sources, &mut routes);
    service_routes(sources, &mut routes);
    network_routes(sources, &mut routes);
    learned_routes(sources, &mut routes);
    default_routes(sources, &mut routes);
    EffectiveRoutes::new(routes)
}

fn user_routes(sources: &RouteSources<'_>, routes: &mut Vec<Route>) {
    let table = match &sources.table {
        None => return,
        Some(Fact::Open(doubt)) => return routes.push(unknown_routes(doubt, sources.own.1)),
        Some(Fact::Known(table)) => table,
    };
    if let Some(doubt) = &table.open {
        routes.push(unknown_routes(doubt, table.span));
    }
    let tag_rank = |route: &UserRoute| match &route.prefix {
        RoutePrefix::Addresses(..) | RoutePrefix::Open(_) => 0,
        RoutePrefix::Tag(tag, _) => {
            let tag = tag.to_ascii_lowercase();
            match (tag.starts_with("azurecloud"), tag.contains('.')) {
                (false, true) => 1,
                (false, false) => 2,
                (true, true) => 3,
                (true, false) => 4,
            }
        }
    };
    let mut ordered: Vec<&UserRoute> = table.routes.iter().collect();
    ordered.sort_by_key(|route| tag_rank(route));
    for route in ordered {
        push_user_route(sources, route, routes);
    }
}

/// A table of which nothing is known can send everything anywhere.
fn unknown_routes(doubt: &Arc<Doubt>, span: Span) -> Route {
    Route {
        addresses: AddressSet::all(),
        length: LONGEST,
        origin: RouteOrigin::User,
        next_hop: NextHop::Unknown,
        evidence: vec![Evidence::stated(
            span,
            "the subnet's route table is not in the inputs",
        )],
        doubts: vec![Arc::clone(doubt)],
    }
}

fn push_user_route(sources: &RouteSources<'_>, route: &UserRoute, routes: &mut Vec<Route>) {
    let destinations: Vec<(AddressSet, u8, Option<Arc<Doubt>>)> = match &route.prefix {
        RoutePrefix::Addresses(set, length) => vec![(set.clone(), *length, None)],
        RoutePrefix::Open(doubt) => {
            vec![(AddressSet::all(), LONGEST, Some(Arc::clone(doubt)))]
        }
        RoutePrefix::Tag(tag, span) => {
            // The tag's own prefixes are longer than most that a customer writes.
            let bounds = sources
                .service_tags
                .addresses(tag, Access::Allow, "destination", *span);
            let doubtful = bounds.doubtful.into_iter();
            std::iter::once((bounds.sure, LONGEST, None))
                .chain(doubtful.map(|(set, doubt)| (set, LONGEST, Some(doubt))))
                .collect()
        }
    };
    for (addresses, length, doubt) in destinations {
        if addresses.is_empty() {
            continue;
        }
        let mut doubts: Vec<Arc<Doubt>> = route.doubt.iter().cloned().collect();
        doubts.extend(doubt);
        let mut push = |next_hop: NextHop, more: Option<&Arc<Doubt>>| {
            let mut doubts = doubts.clone();
            doubts.extend(more.cloned());
            routes.push(Route {
                addresses: addresses.clone(),
                length,
                origin: RouteOrigin::User,
                next_hop,
                evidence: route.evidence.clone(),
                doubts,
            });
        };
        match &route.next_hop {
            Fact::Known(hop) => push(next_hop(hop), None),
            Fact::Open(doubt) => {
                push(NextHop::Internet, Some(doubt));
                push(NextHop::Unknown, None);
            }
        }
    }
}

fn next_hop(hop: &UserHop) -> NextHop {
    match hop {
        UserHop::Gateway => NextHop::Gateway,
        UserHop::Local => NextHop::VirtualNetwork,
        UserHop::Internet => NextHop::Internet,
        UserHop::Appliance(address) => NextHop::Appliance(address.clone()),
        UserHop::None => NextHop::None,
    }
}

/// The ways to private endpoints, but for those that a route of the table overrides: its subnet
/// must let it, and the route's prefix must be at least as long as the network's ("Manage network
/// policies for private endpoints").
fn endpoint_routes(sources: &RouteSources<'_>, routes: &mut Vec<Route>) {
    for endpoint in &sources.private_endpoints {
        let mut doubts = Vec::new();
        let overriding = overriding_routes(sources, endpoint);
        match &endpoint.yields_to_routes {
            Fact::Known(true) if !overriding.is_empty() => continue,
            Fact::Open(doubt) if !overriding.is_empty() => {
                let mut stays = (**doubt).clone();
                stays.key = format!("{}|not overridden", doubt.key).into();
                doubts.push(Arc::new(stays));
            }
            _ => {}
        }
        let sure = std::iter::once((endpoint.addresses.sure.clone(), None));
        let doubtful = endpoint.addresses.doubtful.iter();
        for (addresses, doubt) in
            sure.chain(doubtful.map(|(set, doubt)| (set.clone(), Some(Arc::clone(doubt)))))
        {
            if !addresses.is_empty() {
                let mut doubts = doubts.clone();
                doubts.extend(doubt);
                routes.push(Route {
                    addresses,
                    length: LONGEST,
                    origin: RouteOrigin::System,
                    next_hop: NextHop::PrivateEndpoint(endpoint.index),
                    evidence: endpoint.evidence.clone(),
                    doubts,
                });
            }
        }
    }
}

fn overriding_routes<'a>(
    sources: &RouteSources<'a>,
    endpoint: &EndpointRoute,
) -> Vec<&'a UserRoute> {
    let Some(Fact::Known(table)) = sources.table else {
        return Vec::new();
    };
    let target = endpoint.addresses.may();
    table
        .routes
        .iter()
        .filter(|route| {
            matches!(
                &route.prefix,
                RoutePrefix::Addresses(set, length)
                    if *length >= endpoint.space_length && set.meets(&target)
            )
        })
        .collect()
}

/// The service tags of services that have service endpoints, each with the service ("Virtual network
/// service tags", "Virtual network service endpoints").
const SERVICE_TAGS: [(&str, &str); 8] = [
    ("Microsoft.AzureCosmosDB", "AzureCosmosDB"),
    ("Microsoft.ContainerRegistry", "AzureContainerRegistry"),
    ("Microsoft.EventHub", "EventHub"),
    ("Microsoft.KeyVault", "AzureKeyVault"),
    ("Microsoft.ServiceBus", "ServiceBus"),
    ("Microsoft.Sql", "Sql"),
    ("Microsoft.Storage", "Storage"),
    ("Microsoft.Web", "AppService"),
];

/// The addresses of `service`, where the inputs list its tag, with what lists them.
fn service_addresses(tags: &ServiceTags, service: &str) -> Option<(AddressSet, Evidence)> {
    let own = service.to_ascii_lowercase();
    let own = own.strip_suffix(".global").unwrap_or(&own);
    let known = |entry: &&(&str, &str)| entry.0.eq_ignore_ascii_case(own);
    let (_, tag) = SERVICE_TAGS.iter().find(known)?;
    let set = tags.resolved(&tag.to_ascii_lowercase())?;
    let says = format!("the addresses of service tag {tag}");
    Some((set.clone(), Evidence::stated(tags.listed(tag)?, says)))
}

/// The ways to services with the subnet's identity. Which addresses a service has is in no
/// template, only in the lists of service tags.
fn service_routes(sources: &RouteSources<'_>, routes: &mut Vec<Route>) {
    for endpoint in sources.service_endpoints {
        let service = &endpoint.service;
        let stated = Evidence::stated(endpoint.span, format!("serviceEndpoints holds {service}"));
        if let Some((addresses, listed)) = service_addresses(sources.service_tags, service) {
            routes.push(Route {
                addresses,
                length: LONGEST,
                origin: RouteOrigin::System,
                next_hop: NextHop::ServiceEndpoint(Text::clone(service)),
                evidence: vec![stated, listed],
                doubts: Vec::new(),
            });
            continue;
        }
        let doubt = Doubt::outside(
            SERVICE_ADDRESSES,
            format!("addresses of {service}|destination"),
            format!("which addresses `{service}` has is not in the inputs"),
            format!("the addresses of `{service}`"),
            endpoint.span,
        )
        .with_command(TAGS_COMMAND);
        routes.push(Route {
            addresses: AddressSet::internet(),
            length: LONGEST,
            origin: RouteOrigin::System,
            next_hop: NextHop::ServiceEndpoint(Text::clone(service)),
            evidence: vec![stated],
            doubts: vec![Arc::new(doubt)],
        });
    }
}
