//! Route tables as the customer writes them.
//!
//! Template reference: `Microsoft.Network/routeTables`, `…/routes`.

use super::Fact;
use super::service_tag::is_service_tag;
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, parse_prefix};
use crate::resource::{Child, Inventory, Presence, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::{Atom, Text};
use ipnet::IpNet;
use std::net::IpAddr;
use std::sync::Arc;

/// A route table, read.
#[derive(Clone, Debug)]
pub struct RouteTable {
    /// The resource.
    pub index: ResourceIndex,
    /// The place of its routes.
    pub span: Span,
    /// The routes, in order.
    pub routes: Vec<UserRoute>,
    /// Whether routes that gateways learn stay out.
    pub disable_gateway_routes: Setting<bool>,
    /// Why the routes as a whole are not known, where they are not.
    pub open: Option<Arc<Doubt>>,
}

/// One route of a table.
#[derive(Clone, Debug)]
pub struct UserRoute {
    /// The name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// Where it applies.
    pub prefix: RoutePrefix,
    /// What it does with packets.
    pub next_hop: Fact<UserHop>,
    /// Why it may not be there, where it may not.
    pub doubt: Option<Arc<Doubt>>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// The destinations of a route.
#[derive(Clone, Debug)]
pub enum RoutePrefix {
    /// These addresses, with the length of the prefix counted in IPv6's 128 bits.
    Addresses(AddressSet, u8),
    /// The addresses of a service tag.
    Tag(Text, Span),
    /// Any, if the doubt holds.
    Open(Arc<Doubt>),
}

/// What a route of a table does with packets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum UserHop {
    /// To the virtual network gateway.
    Gateway,
    /// Within the virtual network.
    Local,
    /// To the internet.
    Internet,
    /// To an appliance.
    Appliance(ApplianceAddress),
    /// Nowhere.
    None,
}

/// How a route names an appliance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ApplianceAddress {
    /// By its address.
    Address(IpAddr),
    /// By a run-time function that asks this resource, by identifier or name, for its address.
    Of(Text),
    /// Not at all that can be known.
    Unknown,
}

/// The type of a route table.
pub(super) const ROUTE_TABLE: &str = "Microsoft.Network/routeTables";

impl RouteTable {
    /// Reads the route table at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let list = properties.at("routes");
        let routes = inventory
            .children_of(resource, "routes", "routes")
            .iter()
            .map(UserRoute::read)
            .collect();
        let open = match (list.list(), &resource.presence) {
            (Setting::Unknown(unknown, span), _) => {
                Some(Doubt::of(&unknown, span, "sends it elsewhere"))
            }
            (_, Presence::Existing) => Some(outside_table(
                resource.id.key(),
                resource.short_name(),
                resource.span,
            )),
            _ => None,
        };
        Some(Self {
            index,
            span: list.span(),
            routes,
            disable_gateway_routes: properties.at("disableBgpRoutePropagation").boolean(),
            open: open.map(Arc::new),
        })
    }
}

/// The doubt about a route table that is not in the inputs.
pub(super) fn outside_table(key: &str, name: &str, span: Span) -> Doubt {
    Doubt::outside(
        "route-table-outside",
        format!("route table|{key}"),
        format!("route table `{name}` is not in the inputs"),
        format!("an export of the resource group that holds route table `{name}`"),
        span,
    )
}

impl UserRoute {
    fn read(child: &Child) -> Self {
        let properties = child.properties();
        let name = Text::clone(&child.name);
        let prefix = properties.at("addressPrefix").text();
        let hop = properties.at("nextHopType").text();
        let word = hop.stated().map_or("not known", |word| word);
        let evidence = vec![
            Evidence::stated(
                hop.span(),
                format!("nextHopType of route `{name}` is {word}"),
            ),
            Evidence::stated(prefix.span(), format!("addressPrefix of route `{name}`")),
        ];
        let doubt = match &child.presence {
            Presence::Unknown(span, unknown) => {
                Some(Arc::new(Doubt::of(unknown, *span, "is true")))
            }
            _ => None,
        };
        let address = properties.at("nextHopIpAddress").text();
        Self {
            span: child.body.span,
            prefix: route_prefix(&prefix),
            next_hop: next_hop(&hop, &address, &name),
            name,
            doubt,
            evidence,
        }
    }
}

fn route_prefix(prefix: &Setting<Text>) -> RoutePrefix {
    match prefix {
        Setting::Stated(text, span) => {
            let text = text.trim();
            if let Ok(net) = text.parse::<IpNet>() {
                return RoutePrefix::Addresses(AddressSet::prefix(net), prefix_length(net));
            }
            if let Ok(address) = text.parse::<IpAddr>() {
                return RoutePrefix::Addresses(AddressSet::single(address), 128);
            }
            if is_service_tag(text) {
                return RoutePrefix::Tag(text.into(), *span);
            }
            RoutePrefix::Open(Arc::new(Doubt::outside(
                "address-not-understood",
                format!("{text}|route"),
                format!("`{text}` is no address prefix"),
                format!("what `{text}` stands for"),
                *span,
            )))
        }
        Setting::Absent(span) => RoutePrefix::Open(Arc::new(Doubt::outside(
            "invalid-route",
            format!("{span:?}|addressPrefix"),
            "a route states no addressPrefix",
            "the route as Azure reports it",
            *span,
        ))),
        Setting::Unknown(unknown, span) => {
            if let Some(known) = single_prefix(unknown) {
                return known;
            }
            RoutePrefix::Open(Arc::new(Doubt::of(unknown, *span, "covers the address")))
        }
    }
}

/// The prefix that all alternatives of an unknown agree on.
fn single_prefix(unknown: &crate::value::Unknown) -> Option<RoutePrefix> {
    let mut sets = unknown
        .alternatives
        .iter()
        .map(|one| parse_prefix(one.as_str()?));
    let first = sets.next()??;
    if !sets.all(|set| set.as_ref() == Some(&first)) {
        return None;
    }
    let net = unknown
        .alternatives
        .first()?
        .as_str()?
        .parse::<IpNet>()
        .ok()?;
    Some(RoutePrefix::Addresses(first, prefix_length(net)))
}

/// The length of a prefix counted in IPv6's 128 bits, so that those of both families compare; one
/// of length nought stays the shortest.
pub(super) fn prefix_length(net: IpNet) -> u8 {
    match net {
        IpNet::V4(net) if net.prefix_len() == 0 => 0,
        IpNet::V4(net) => 96 + net.prefix_len(),
        IpNet::V6(net) => net.prefix_len(),
    }
}

fn next_hop(hop: &Setting<Text>, address: &Setting<Text>, name: &Text) -> Fact<UserHop> {
    let appliance = || {
        UserHop::Appliance(match address {
            Setting::Stated(text, _) => text
                .trim()
                .parse()
                .map_or(ApplianceAddress::Unknown, ApplianceAddress::Address),
            Setting::Absent(_) => ApplianceAddress::Unknown,
            Setting::Unknown(unknown, _) => match &unknown.atoms[..] {
                [atom] if asks_address(atom) => ApplianceAddress::Of(Text::clone(&atom.refers_to)),
                _ => ApplianceAddress::Unknown,
            },
        })
    };
    let words: [(&str, &dyn Fn() -> UserHop); 5] = [
        ("VirtualNetworkGateway", &|| UserHop::Gateway),
        ("VnetLocal", &|| UserHop::Local),
        ("Internet", &|| UserHop::Internet),
        ("VirtualAppliance", &appliance),
        ("None", &|| UserHop::None),
    ];
    match hop {
        Setting::Stated(word, span) => words
            .iter()
            .find(|(one, _)| word.eq_ignore_ascii_case(one))
            .map_or_else(
                || Fact::Open(Arc::new(invalid_hop(name, *span))),
                |(_, hop)| Fact::Known(hop()),
            ),
        Setting::Absent(span) => Fact::Open(Arc::new(invalid_hop(name, *span))),
        Setting::Unknown(unknown, span) => {
            Fact::Open(Arc::new(Doubt::of(unknown, *span, "is Internet")))
        }
    }
}

/// Whether a run-time function asks for a private address.
fn asks_address(atom: &Atom) -> bool {
    atom.path
        .last()
        .is_some_and(|member| member.eq_ignore_ascii_case("privateIPAddress"))
}

fn invalid_hop(name: &Text, span: Span) -> Doubt {
    Doubt::outside(
        "invalid-route",
        format!("{span:?}|{name}|nextHopType"),
        format!("route `{name}` states no valid nextHopType"),
        format!("route `{name}` as Azure reports it"),
        span,
    )
}
