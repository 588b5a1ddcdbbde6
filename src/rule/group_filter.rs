//! What one network security group lets through, wherever it is attached.

use super::{Answer, Context};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AddressSet, FlowSet, PortSet, Protocol, ServiceSet};
use crate::network::{
    Crossing, Direction, GroupAt, Local, NetworkSecurityGroup, PacketFilter, Site,
};
use crate::reachability::{OpenTo, classify};
use crate::resource::ResourceIndex;

/// What a group lets through.
#[derive(Clone, Debug)]
pub(super) struct Admitted {
    /// What it lets to some address behind it, nothing open being needed.
    pub(super) sure: FlowSet,
    /// What it may let.
    pub(super) possible: FlowSet,
    /// What the difference hangs on.
    pub(super) doubts: Vec<Doubt>,
    /// The rules that let it, the deciding line of each.
    pub(super) evidence: Vec<Evidence>,
}

impl Admitted {
    /// Whether anyone gets through, and not only listed addresses.
    pub(super) fn anyone(&self) -> Answer {
        let open = |set: &FlowSet| classify(set) == Some(OpenTo::Anyone);
        if open(&self.sure) {
            Answer::Yes(self.evidence.clone())
        } else if open(&self.possible) && !self.doubts.is_empty() {
            Answer::Open(self.doubts.clone())
        } else {
            Answer::No
        }
    }
}

/// What of `packets`, which come in, `group` by itself lets to some address behind it.
pub(super) fn admitted(
    context: &Context<'_>,
    group: &NetworkSecurityGroup,
    packets: &FlowSet,
) -> Admitted {
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
        direction: Direction::Inbound,
        subnet: GroupAt::Group(group),
        interface: GroupAt::None,
        public_address: None,
        source_ports: PortSet::all(),
    };
    let decision = PacketFilter::new(&crossing, &site).decide(packets);
    let doubts: Vec<Doubt> = decision
        .doubts()
        .into_iter()
        .map(|doubt| (**doubt).clone())
        .collect();
    // Where nothing is open, what only some addresses behind it get is let through all the same.
    let sure = if doubts.is_empty() {
        decision.allowed.may.clone()
    } else {
        decision.allowed.must.clone()
    };
    let allowing = decision
        .levels
        .iter()
        .flat_map(|level| &level.rules)
        .filter(|rule| rule.access == Access::Allow && rule.packets.meets(&decision.allowed.may));
    let evidence = allowing.filter_map(|rule| rule.evidence.first().cloned());
    Admitted {
        sure,
        possible: decision.allowed.may.clone(),
        evidence: evidence.take(2).collect(),
        doubts,
    }
}

/// Packets of `services` from anywhere on the internet.
pub(super) fn from_internet(services: ServiceSet) -> FlowSet {
    FlowSet::new(&AddressSet::internet(), services)
}

/// The TCP port `port`.
pub(super) fn tcp(port: u16) -> ServiceSet {
    ServiceSet::of(Protocol::Tcp, PortSet::single(port))
}

/// Whether a subnet or an interface of the inputs, or the group's own list in an export, uses
/// `group`.
pub(super) fn is_attached(context: &Context<'_>, group: ResourceIndex) -> bool {
    let topology = context.topology;
    let leads = |reference: Option<&crate::network::Reference>| {
        reference.and_then(crate::network::Reference::resource) == Some(group)
    };
    let by_subnet = topology
        .subnets
        .values()
        .any(|subnet| leads(subnet.network_security_group.as_ref()));
    let by_interface = topology
        .interfaces
        .values()
        .flatten()
        .any(|one| leads(one.network_security_group.as_ref()));
    let listed = context.inventory.get(group).is_some_and(|resource| {
        ["subnets", "networkInterfaces"]
            .iter()
            .any(|list| !resource.properties().at(list).items().is_empty())
    });
    by_subnet || by_interface || listed
}
