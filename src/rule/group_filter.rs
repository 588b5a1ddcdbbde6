//! What one network security group lets through, wherever it is attached.

use super::{Answer, Context};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, FlowSet, PortSet, ServiceSet};
use crate::network::{
    Crossing, Direction, GroupAt, Local, NetworkSecurityGroup, PacketFilter, Site,
};

/// Whether `group` by itself lets some of `packets` through in `direction`, to or from some address
/// that the near end may have.
pub(super) fn lets_through(
    context: &Context<'_>,
    group: &NetworkSecurityGroup,
    direction: Direction,
    packets: &FlowSet,
) -> Answer {
    let topology = context.topology;
    let local = Local {
        in_network: true,
        ..Local::new("any", AddressSet::private())
    };
    let site = Site {
        vicinity: topology.vicinity(None),
        local: &local,
        application_security_groups: &topology.application_security_groups,
        service_tags: &topology.service_tags,
    };
    let crossing = Crossing {
        direction,
        subnet: GroupAt::Group(group),
        interface: GroupAt::None,
        public_address: None,
        source_ports: PortSet::all(),
    };
    let decision = PacketFilter::new(&crossing, &site).decide(packets);
    if decision.allowed.may.is_empty() {
        return Answer::No;
    }
    let doubts: Vec<Doubt> = decision
        .doubts()
        .into_iter()
        .map(|doubt| (**doubt).clone())
        .collect();
    if decision.allowed.must.is_empty() && !doubts.is_empty() {
        return Answer::Open(doubts);
    }
    let allowing = decision
        .levels
        .iter()
        .flat_map(|level| &level.rules)
        .filter(|rule| rule.access == Access::Allow && rule.packets.meets(packets));
    let evidence: Vec<Evidence> = allowing
        .filter_map(|rule| rule.evidence.first().cloned())
        .take(2)
        .collect();
    Answer::Yes(evidence)
}

/// Packets of `services` from anywhere on the internet.
pub(super) fn from_internet(services: ServiceSet) -> FlowSet {
    FlowSet::new(&AddressSet::internet(), services)
}
