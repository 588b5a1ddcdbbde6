//! The routes that Azure itself and gateways make for a subnet.

use super::route_table::prefix_length;
use super::subnet_routes::{LONGEST, RouteSources};
use super::{AddressBounds, Fact, NextHop, Route, RouteOrigin, RoutePrefix, UserRoute};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, parse_prefix};
use crate::resource::Setting;
use crate::source::Span;
use crate::value::Text;
use ipnet::IpNet;
use std::sync::Arc;

/// The private blocks that Azure drops unless a route says otherwise.
const DROPPED: [&str; 4] = [
    "10.0.0.0/8",
    "172.16.0.0/12",
    "192.168.0.0/16",
    "100.64.0.0/10",
];

fn platform(span: Span, says: String) -> Vec<Evidence> {
    vec![Evidence::platform(span, says)]
}

/// The ways within the network and to its peers, one for each prefix.
pub(super) fn network_routes(sources: &RouteSources<'_>, routes: &mut Vec<Route>) {
    let (own, span) = sources.own;
    let says = "what is in the virtual network's address space stays in it";
    let nothing = AddressSet::empty();
    let maker = Maker {
        hop: NextHop::VirtualNetwork,
        origin: RouteOrigin::System,
        evidence: &|| platform(span, says.to_owned()),
        except: &nothing,
    };
    push_space(routes, own, &maker);
    for peering in sources.peerings {
        let maker = Maker {
            hop: NextHop::Peering(Text::clone(peering.remote.id.key())),
            evidence: &|| peering.evidence.clone(),
            origin: RouteOrigin::System,
            except: &nothing,
        };
        push_space(routes, &peering.reachable_space(), &maker);
    }
}

/// Who makes routes to a space, and where they lead.
struct Maker<'a> {
    hop: NextHop,
    origin: RouteOrigin,
    evidence: &'a dyn Fn() -> Vec<Evidence>,
    /// The addresses to which other routes are preferred whatever their length.
    except: &'a AddressSet,
}

/// One route for each prefix of `space`, one for each part that is no prefix or in doubt.
fn push_space(routes: &mut Vec<Route>, space: &AddressBounds, maker: &Maker<'_>) {
    let mut rest = space.sure.clone();
    let mut push = |addresses: &AddressSet, length: u8, doubt: Option<&Arc<Doubt>>| {
        let addresses = addresses.subtract(maker.except);
        if !addresses.is_empty() {
            routes.push(Route {
                addresses,
                length,
                origin: maker.origin,
                next_hop: maker.hop.clone(),
                evidence: (maker.evidence)(),
                doubts: doubt.cloned().into_iter().collect(),
            });
        }
    };
    for net in &space.prefixes {
        let set = AddressSet::prefix(*net);
        rest = rest.subtract(&set);
        push(&set, prefix_length(*net), None);
    }
    push(&rest, LONGEST, None);
    for (part, doubt) in &space.doubtful {
        push(part, LONGEST, Some(doubt));
    }
}

/// The ways to what lies behind gateways and hubs. Nothing that is learned counts within the
/// network or at its peers.
pub(super) fn learned_routes(sources: &RouteSources<'_>, routes: &mut Vec<Route>) {
    let mut known = sources.own.0.sure.clone();
    for peering in sources.peerings {
        known = known.union(&peering.reachable_space().sure);
    }
    let keeps_out = match &sources.table {
        Some(Fact::Known(table)) => Some(&table.disable_gateway_routes),
        _ => None,
    };
    let span = sources.own.1;
    if keeps_out.is_none_or(|switch| switch.truth(false) != Some(true)) {
        let gateway = match keeps_out {
            Some(Setting::Unknown(unknown, at)) => {
                let doubt = Doubt::of(unknown, *at, "is false");
                AddressBounds::if_holds(sources.gateway.may(), Arc::new(doubt))
            }
            _ => sources.gateway.clone(),
        };
        let maker = Maker {
            hop: NextHop::Gateway,
            origin: RouteOrigin::Learned,
            evidence: &|| platform(span, "a gateway leads there".to_owned()),
            except: &known,
        };
        push_space(routes, &gateway, &maker);
        if let Some(doubt) = &sources.learned_default {
            routes.push(Route {
                addresses: AddressSet::all_v4(),
                length: 0,
                origin: RouteOrigin::Learned,
                next_hop: NextHop::Gateway,
                evidence: platform(span, "a gateway may announce a default route".to_owned()),
                doubts: vec![Arc::clone(doubt)],
            });
        }
    }
    for (key, space, evidence) in &sources.hubs {
        let maker = Maker {
            hop: NextHop::Hub(Text::clone(key)),
            origin: RouteOrigin::Learned,
            evidence: &|| evidence.clone(),
            except: &known,
        };
        push_space(routes, space, &maker);
    }
}

/// The system's way to the internet, and the private blocks that it drops.
pub(super) fn default_routes(sources: &RouteSources<'_>, routes: &mut Vec<Route>) {
    let (own, span) = sources.own;
    let is_default = |route: &UserRoute| matches!(&route.prefix, RoutePrefix::Addresses(set, 0) if *set == AddressSet::all_v4());
    let mut replaced: Vec<Arc<Doubt>> = Vec::new();
    let mut is_replaced = false;
    if let Some(Fact::Known(table)) = &sources.table {
        for route in table.routes.iter().filter(|route| is_default(route)) {
            match &route.doubt {
                None => is_replaced = true,
                Some(doubt) => {
                    let mut stays = (**doubt).clone();
                    stays.key = format!("{}|stays", doubt.key).into();
                    replaced.push(Arc::new(stays));
                }
            }
        }
    }
    if !is_replaced {
        for text in DROPPED {
            let (Ok(net), Some(set)) = (text.parse::<IpNet>(), parse_prefix(text)) else {
                continue;
            };
            if !own.sure.contains(&set) {
                routes.push(Route {
                    addresses: set,
                    length: prefix_length(net),
                    origin: RouteOrigin::System,
                    next_hop: NextHop::None,
                    evidence: platform(
                        span,
                        format!("{text} is dropped where no other route leads there"),
                    ),
                    doubts: replaced.clone(),
                });
            }
        }
    }
    for whole in [AddressSet::all_v4(), AddressSet::all_v6()] {
        routes.push(Route {
            addresses: whole,
            length: 0,
            origin: RouteOrigin::System,
            next_hop: NextHop::Internet,
            evidence: platform(
                span,
                "what no other route names goes to the internet".to_owned(),
            ),
            doubts: Vec::new(),
        });
    }
}
