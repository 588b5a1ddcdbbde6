//! The packets that a security rule matches at one place.

use super::local::Holds;
use super::selector::{AddressSelector, PortSelector};
use super::{
    AddressBounds, AddressTerm, ApplicationSecurityGroups, Direction, Fact, Local, SecurityRule,
    ServiceTags, Vicinity,
};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, PortSet, Protocol, ServiceSet};
use crate::source::Span;
use std::sync::Arc;

/// The place at which a group is evaluated, and what its names mean there.
#[derive(Clone, Copy, Debug)]
pub struct Site<'a> {
    /// What lies around the subnet.
    pub vicinity: &'a Vicinity,
    /// The near end.
    pub local: &'a Local,
    /// The application security groups' members.
    pub application_security_groups: &'a ApplicationSecurityGroups,
    /// The service tags' content.
    pub service_tags: &'a ServiceTags,
}

/// Packets that a rule matches if all of some doubts hold.
#[derive(Clone, Debug)]
pub(super) struct Piece {
    pub(super) addresses: AddressSet,
    pub(super) services: ServiceSet,
    pub(super) doubts: Vec<Arc<Doubt>>,
}

impl Site<'_> {
    /// The addresses of a service tag that is named at `span` in a rule that does `access`.
    pub fn tag(&self, tag: &str, access: Access, side: &str, span: Span) -> AddressBounds {
        let is = |name: &str| tag.eq_ignore_ascii_case(name);
        if is("VirtualNetwork") {
            self.vicinity.virtual_network.clone()
        } else if is("Internet") {
            self.vicinity.internet.clone()
        } else if is("AzureLoadBalancer") {
            AddressBounds::exact(self.vicinity.load_balancer.clone())
        } else if let Some((set, _)) = super::host_service::host_tag(tag) {
            AddressBounds::exact(set)
        } else {
            self.service_tags.addresses(tag, access, side, span)
        }
    }

    /// The addresses that `term`, which stands at `span`, selects.
    fn term(&self, term: &AddressTerm, access: Access, side: &str, span: Span) -> AddressBounds {
        match term {
            AddressTerm::Addresses(set) => AddressBounds::exact(set.clone()),
            AddressTerm::Tag(tag) => self.tag(tag, access, side, span),
            AddressTerm::Group(id) => {
                self.application_security_groups
                    .addresses(id, self.vicinity, side, span)
            }
            AddressTerm::Open(set, doubt) => AddressBounds::if_holds(
                set.clone(),
                Arc::new(Doubt {
                    key: format!("{}|{side}", doubt.key).into(),
                    ..(**doubt).clone()
                }),
            ),
        }
    }

    /// What proves that `rule` selects what it does, besides its own text: the members of the groups
    /// that it names at the far end, and the near end's own address where it names addresses there.
    pub(super) fn proof_of(&self, rule: &SecurityRule, direction: Direction) -> Vec<Evidence> {
        let (far, near) = rule.ends(direction);
        let groups = far.terms.iter().filter_map(|(term, _)| match term {
            AddressTerm::Group(id) => Some(id),
            _ => None,
        });
        let mut proof: Vec<Evidence> = groups
            .flat_map(|id| self.application_security_groups.proof(id))
            .cloned()
            .collect();
        let names_addresses = !Self::selects_all(near)
            && near
                .terms
                .iter()
                .any(|(term, _)| matches!(term, AddressTerm::Addresses(_)));
        if names_addresses {
            proof.extend(self.local.address_proof.clone());
        }
        proof
    }

    /// The addresses that `selector` selects at the far end.
    pub(super) fn far(
        &self,
        selector: &AddressSelector,
        access: Access,
        direction: Direction,
    ) -> AddressBounds {
        let side = match direction {
            Direction::Inbound => "source",
            Direction::Outbound => "destination",
        };
        if let [(term, span)] = &selector.terms[..] {
            return self.term(term, access, side, *span);
        }
        let mut bounds = AddressBounds::default();
        for (term, span) in &selector.terms {
            bounds.join(&self.term(term, access, side, *span));
        }
        bounds
    }

    /// Whether `selector` selects every address, as most do at the near end.
    fn selects_all(selector: &AddressSelector) -> bool {
        matches!(
            &selector.terms[..],
            [(AddressTerm::Addresses(set), _)] if set.is_all()
        )
    }

    /// The addresses that `selector` selects at the near end wherever it is.
    pub(super) fn sure_near(&self, selector: &AddressSelector) -> AddressSet {
        if Self::selects_all(selector) {
            return AddressSet::all();
        }
        let mut sure = AddressSet::empty();
        for (term, span) in &selector.terms {
            if self.local.in_network && is_network_tag(term) {
                return AddressSet::all();
            }
            if !matches!(term, AddressTerm::Group(_)) {
                let bounds = self.term(term, Access::Allow, "near end", *span);
                sure = sure.union(&bounds.sure);
            }
        }
        sure
    }

    /// The ways in which `selector` can select the near end: in each, all doubts must hold. None
    /// where it does not; one without doubts where it surely does.
    fn near(&self, selector: &AddressSelector, access: Access) -> Vec<Vec<Arc<Doubt>>> {
        if Self::selects_all(selector) {
            return vec![Vec::new()];
        }
        let mut sure = AddressSet::empty();
        let mut ways = Vec::new();
        for (term, span) in &selector.terms {
            if let AddressTerm::Group(id) = term {
                match self.local.is_member(id) {
                    Holds::Surely => return vec![Vec::new()],
                    Holds::If(doubts) => ways.push(doubts),
                    Holds::Not => {}
                }
                continue;
            }
            if self.local.in_network && is_network_tag(term) {
                return vec![Vec::new()];
            }
            let bounds = self.term(term, access, "near end", *span);
            sure = sure.union(&bounds.sure);
            for (part, doubt) in &bounds.doubtful {
                match self.local.is_in(part) {
                    Holds::Surely => ways.push(vec![Arc::clone(doubt)]),
                    Holds::If(mut doubts) => {
                        doubts.push(Arc::clone(doubt));
                        ways.push(doubts);
                    }
                    Holds::Not => {}
                }
            }
        }
        match self.local.is_in(&sure) {
            Holds::Surely => return vec![Vec::new()],
            Holds::If(doubts) => ways.push(doubts),
            Holds::Not => {}
        }
        ways
    }
}

fn is_network_tag(term: &AddressTerm) -> bool {
    matches!(term, AddressTerm::Tag(tag) if tag.eq_ignore_ascii_case("VirtualNetwork"))
}

/// What `rule` matches of packets in `direction` from the source ports in `cell`, of which each port
/// is matched alike, where it does `access`. The piece without doubts comes first.
pub(super) fn pieces(
    rule: &SecurityRule,
    direction: Direction,
    access: Access,
    site: &Site<'_>,
    cell: &PortSet,
) -> Vec<Piece> {
    let (far, near) = rule.ends(direction);
    let ways = site.near(near, access);
    if ways.is_empty() {
        return Vec::new();
    }
    let mut always = rule.doubts.clone();
    always.extend(rule.direction.doubt().cloned());
    let far = site.far(far, access, direction);
    let services = services(rule, cell);
    let mut out = Vec::new();
    let addresses = std::iter::once((&far.sure, None))
        .chain(far.doubtful.iter().map(|(set, doubt)| (set, Some(doubt))));
    for (set, address_doubt) in addresses {
        if set.is_empty() {
            continue;
        }
        for (service, service_doubts) in &services {
            for way in &ways {
                let mut doubts = always.clone();
                doubts.extend(address_doubt.cloned());
                doubts.extend(service_doubts.iter().cloned());
                doubts.extend(way.iter().cloned());
                out.push(Piece {
                    addresses: set.clone(),
                    services: service.clone(),
                    doubts,
                });
            }
        }
    }
    out
}

/// The services that `rule` matches, each if all doubts beside it hold. Protocols without ports
/// match whatever the port fields say.
fn services(rule: &SecurityRule, cell: &PortSet) -> Vec<(ServiceSet, Vec<Arc<Doubt>>)> {
    if let (Fact::Known(protocol), None) = (&rule.protocol, &rule.destination_ports.open)
        && rule.source_ports.sure == PortSet::all()
    {
        let ports = rule.destination_ports.sure.clone();
        let services = match protocol {
            Some(protocol) => ServiceSet::of(*protocol, ports),
            None => ServiceSet::any_protocol(ports),
        };
        return vec![(services, Vec::new())];
    }
    let matched: Vec<Protocol> = match &rule.protocol {
        Fact::Known(Some(protocol)) => vec![*protocol],
        Fact::Known(None) | Fact::Open(_) => Protocol::ALL.to_vec(),
    };
    let base: Vec<Arc<Doubt>> = rule.protocol.doubt().cloned().into_iter().collect();
    let of = |ports: &PortSet, with_ports: bool| {
        matched
            .iter()
            .filter(|protocol| protocol.has_ports() == with_ports)
            .fold(ServiceSet::empty(), |set, protocol| {
                set.union(&ServiceSet::of(*protocol, ports.clone()))
            })
    };
    let mut out: Vec<(ServiceSet, Vec<Arc<Doubt>>)> = Vec::new();
    let mut add = |set: ServiceSet, doubts: Vec<Arc<Doubt>>| {
        if set.is_empty() {
            return;
        }
        match out.iter_mut().find(|(_, known)| same(known, &doubts)) {
            Some((known, _)) => *known = known.union(&set),
            None => out.push((set, doubts)),
        }
    };
    let mut doubts = base.clone();
    match from_cell(&rule.source_ports, cell) {
        Holds::Surely => {}
        Holds::If(others) => doubts.extend(others),
        Holds::Not => {
            add(of(&PortSet::all(), false), base);
            return out;
        }
    }
    add(of(&rule.destination_ports.sure, true), doubts.clone());
    add(of(&PortSet::all(), false), base);
    if let Some(doubt) = &rule.destination_ports.open {
        doubts.push(Arc::clone(doubt));
        let others = rule.destination_ports.sure.complement();
        add(of(&others, true), doubts);
    }
    out
}

fn same(a: &[Arc<Doubt>], b: &[Arc<Doubt>]) -> bool {
    a.len() == b.len() && a.iter().zip(b).all(|(a, b)| a.key == b.key)
}

/// Whether `selector` selects the source ports in `cell`.
fn from_cell(selector: &PortSelector, cell: &PortSet) -> Holds {
    let common = selector.sure.intersect(cell);
    if common == *cell {
        return Holds::Surely;
    }
    if let Some(doubt) = &selector.open {
        return Holds::If(vec![Arc::clone(doubt)]);
    }
    if common.is_empty() {
        return Holds::Not;
    }
    // The cell was not cut along this selector, so that the caller's ports decide.
    Holds::If(vec![Arc::new(Doubt::outside(
        "source-port",
        format!("source port|{}", selector.sure),
        "which source port the caller uses is not known",
        "the source port",
        selector.span,
    ))])
}
