//! As whom code calls out: the senders that a door sees.
//!
//! Behind a subnet stand two kinds of sender: the subnet itself, as private endpoints and service
//! endpoints know it, and the public addresses that its packets leave from.

use super::carrier::{Carrier, Code};
use super::outbound::{Outbound, Routed, numbered, outbound, routed};
use super::standing::{Place as Stand, Standing, place_of};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{Access, AccessList, AddressSet, Entry, FlowSet, Place, ServiceSet};
use crate::input::Mode;
use crate::network::{PublicAttachment, Subnet, Topology};
use crate::resource::{Inventory, Places, Resource, ResourceId, ResourceIndex, Setting};
use crate::source::{FileId, Span};
use std::sync::Arc;

/// The type of services that share private links.
const SEARCH: &str = "Microsoft.Search/searchServices";

/// The senders as which the code of `carrier` calls out: an entry a sender, closed at the end.
///
/// "Use Azure default outbound access", "Azure NAT Gateway and availability": a NAT gateway wins
/// over an address of one's own, which wins over default outbound access.
pub fn senders(
    inventory: &Inventory,
    topology: &Topology,
    places: &Places,
    carrier: &Carrier,
) -> AccessList {
    let Some(resource) = inventory.get(carrier.resource) else {
        return AccessList::default();
    };
    let mut list = Senders {
        inventory,
        topology,
        places,
        file: resource.file,
        entries: Vec::new(),
        closed: Vec::new(),
    };
    match place_of(inventory, topology, (carrier.resource, resource)) {
        Stand::OnSubnets(standings) => {
            for standing in &standings {
                list.inside(standing);
                list.outside(standing);
            }
            if standings.is_empty() {
                list.nowhere(resource);
            }
        }
        Stand::WithPlatform(standings) => {
            for standing in &standings {
                list.inside(standing);
            }
            list.platform(resource);
            // "Make outbound connections through a shared private link".
            if resource.resource_type.is(SEARCH) {
                let says = "it calls by the private links that it shares";
                list.allow(
                    &AddressSet::place(own_network(places, &resource.id)),
                    Evidence::platform(resource.span, says),
                );
            }
        }
        Stand::Managed(workspace) => list.managed(workspace, resource),
    }
    // Services that act by themselves are known to others by name.
    if carrier.code != Code::Answers {
        let instance = places.named_instance(&resource.id);
        let says = "the service calls with the identity of this very resource";
        list.allow(
            &AddressSet::place(instance),
            Evidence::platform(resource.span, says),
        );
    }
    let closed = list.closed.into_iter();
    list.entries
        .extend(closed.map(|why| Entry::exact(Access::Deny, FlowSet::all(), why)));
    AccessList::new(list.entries)
}

/// The sender that stands for the network which the resource `id` has to itself: that of a
/// workspace, or the private links of a search service.
pub fn own_network(places: &Places, id: &ResourceId) -> Place {
    places.subnet(id)
}

/// The sender that stands for the subnet `id`, named in `file`: one for all ways to write it.
pub fn subnet_place(inventory: &Inventory, places: &Places, id: &str, file: FileId) -> Place {
    let found = inventory
        .find_text(id, file)
        .and_then(|index| inventory.get(index));
    match found {
        Some(subnet) => places.subnet(&subnet.id),
        None => places.subnet(&ResourceId::new(id)),
    }
}

pub(super) struct Senders<'a> {
    pub(super) inventory: &'a Inventory,
    pub(super) topology: &'a Topology,
    pub(super) places: &'a Places,
    pub(super) file: FileId,
    pub(super) entries: Vec<Entry>,
    /// Why there are no more; they stand behind all others, which are alternatives.
    pub(super) closed: Vec<Vec<Evidence>>,
}

fn from(addresses: &AddressSet) -> FlowSet {
    FlowSet::new(addresses, ServiceSet::all())
}

impl Senders<'_> {
    pub(super) fn allow(&mut self, senders: &AddressSet, evidence: Evidence) {
        self.entries
            .push(Entry::exact(Access::Allow, from(senders), vec![evidence]));
    }

    fn may_allow(&mut self, senders: &AddressSet, doubt: Doubt, evidence: Evidence) {
        self.entries.push(Entry::doubtful(
            Access::Allow,
            from(senders),
            doubt,
            vec![evidence],
        ));
    }

    fn subnet_of(&self, standing: &Standing<'_>) -> Option<&Subnet> {
        self.topology.subnet(standing.subnet())
    }

    /// The subnet as a sender to private endpoints and by service endpoints.
    fn inside(&mut self, standing: &Standing<'_>) {
        let Some(reference) = standing.subnet() else {
            return;
        };
        let id = reference.id.as_str();
        let place = AddressSet::place(subnet_place(self.inventory, self.places, id, self.file));
        let says = format!("it stands on subnet `{}`", reference.id.display_name());
        let evidence = Evidence::stated(reference.span, says);
        let network = self.topology.vicinity(reference.resource());
        let near = network.virtual_network.may();
        match outbound(self.topology, standing, &near) {
            Outbound::Open => self.allow(&place, evidence),
            Outbound::Partly(doubt) => self.may_allow(&place, doubt, evidence),
            Outbound::Closed(why) => self.closed.push(why),
        }
    }

    fn nowhere(&mut self, resource: &Resource) {
        let doubt = Doubt::outside(
            "network-not-known",
            format!("{}|calls out", resource.id.key()),
            format!(
                "the inputs do not tell on which subnet `{}` stands",
                resource.name
            ),
            format!("the network interfaces of `{}`", resource.name),
            resource.span,
        )
        .with_command(resource.show_command());
        let says = "the subnet on which it stands is not in the inputs";
        let evidence = Evidence::stated(resource.span, says);
        self.may_allow(&AddressSet::internet(), doubt, evidence);
    }

    /// What leaves for public addresses.
    fn outside(&mut self, standing: &Standing<'_>) {
        let Some(reference) = standing.subnet() else {
            return;
        };
        let Some(subnet) = self.subnet_of(standing).cloned() else {
            let doubt = Doubt::outside(
                "subnet-outside",
                format!("{}|calls out", reference.id.key()),
                format!(
                    "subnet `{}` is not in the inputs",
                    reference.id.display_name()
                ),
                format!("an export with subnet `{}`", reference.id.display_name()),
                reference.span,
            )
            .with_command(reference.id.show_command());
            let says = "what leaves its subnet for the internet is not known";
            let evidence = Evidence::stated(reference.span, says);
            self.may_allow(&AddressSet::internet(), doubt, evidence);
            return;
        };
        let mut doubts: Vec<Arc<Doubt>> = Vec::new();
        match outbound(self.topology, standing, &numbered()) {
            Outbound::Open => {}
            Outbound::Partly(doubt) => doubts.push(Arc::new(doubt)),
            Outbound::Closed(why) => {
                self.closed.push(why);
                return;
            }
        }
        let own = match standing {
            Standing::Interface(_, configuration) => self.topology.addresses(configuration).may(),
            Standing::Subnet(_) => subnet.prefixes.may(),
        };
        let before = self.entries.len();
        match routed(self.topology, &subnet, &own) {
            Routed::Straight => self.leave(standing, &subnet, reference.span),
            Routed::Elsewhere(more) => {
                doubts.extend(more);
                self.leave(standing, &subnet, reference.span);
            }
            Routed::Firewall(index, more, evidence) => {
                doubts.extend(more);
                self.through_firewall(index, &evidence);
            }
            Routed::Closed(why) => {
                self.closed.push(why);
                return;
            }
        }
        // Whatever leaves passes the filters and the routes first.
        for entry in self.entries.iter_mut().skip(before) {
            if !doubts.is_empty() {
                entry.matches.must = FlowSet::empty();
                entry.doubts.extend(doubts.iter().cloned());
            }
        }
    }

    /// The address from which it leaves.
    fn leave(&mut self, standing: &Standing<'_>, subnet: &Subnet, span: Span) {
        if let Some(gateway) = &subnet.nat_gateway {
            self.through_gateway(gateway);
            return;
        }
        let own = match standing {
            Standing::Interface(_, configuration) => configuration.public_address.as_ref(),
            Standing::Subnet(_) => None,
        };
        let says = "it has a public address of its own";
        match own {
            Some(PublicAttachment::Address(reference)) => self.address(Some(reference), span, says),
            Some(PublicAttachment::Configured { span, .. }) => self.azure(*span, says),
            None => self.default_access(subnet, span),
        }
    }

    /// "Default outbound access": there unless the subnet is private.
    fn default_access(&mut self, subnet: &Subnet, span: Span) {
        let setting = &subnet.default_outbound_access;
        let resource = self.inventory.get(subnet.index);
        let mode = resource.map_or(Mode::Export, |resource| resource.mode);
        let newer = resource
            .and_then(|resource| resource.api_version.as_deref())
            .is_some_and(|version| version >= "2025-07-01");
        let says = "nothing gives it an address to the outside but default outbound access";
        match (setting, mode) {
            (Setting::Stated(false, at), _) => {
                let says = "defaultOutboundAccess is false, and nothing else lets it out";
                self.closed.push(vec![Evidence::stated(*at, says)]);
            }
            (Setting::Absent(at), Mode::Deployment) if newer => {
                let says =
                    "defaultOutboundAccess is absent, which means false from this version on";
                self.closed.push(vec![Evidence::default(*at, says)]);
            }
            (Setting::Stated(true, at), _) | (Setting::Absent(at), Mode::Deployment) => {
                self.azure(*at, says);
            }
            (Setting::Unknown(unknown, at), _) => {
                let doubt = Doubt::of(unknown, *at, "is true");
                self.may_allow(
                    &AddressSet::internet(),
                    doubt,
                    Evidence::assumed(span, says),
                );
            }
            (Setting::Absent(_), Mode::Export) => {
                let mut doubt = Doubt::outside(
                    "default-outbound-access",
                    format!("subnet|{}|has default outbound access", subnet.name),
                    "whether the subnet has default outbound access depends on when it was made",
                    format!("defaultOutboundAccess of subnet `{}`", subnet.name),
                    setting.span(),
                )
                .with_outcomes(vec![("true".into(), true), ("false".into(), false)]);
                doubt.command = resource.map(Resource::show_command);
                let evidence = Evidence::assumed(span, says);
                self.may_allow(&AddressSet::internet(), doubt, evidence);
            }
        }
    }

    /// What the platform sends for the customer.
    fn platform(&mut self, resource: &Resource) {
        let listed = resource.properties().at("outboundIpAddresses").text();
        if let Setting::Stated(addresses, span) = &listed {
            let mut set = AddressSet::empty();
            for address in addresses.split(',') {
                if let Some(one) = crate::flow::parse_prefix(address.trim()) {
                    set = set.union(&one);
                }
            }
            if !set.is_empty() {
                let says = "it calls out from the addresses in outboundIpAddresses";
                self.allow(&set, Evidence::stated(*span, says));
                return;
            }
        }
        let says = "it calls out from addresses of the platform's";
        self.azure(resource.span, says);
    }

    /// What leaves the network that a workspace manages.
    fn managed(&mut self, workspace: ResourceIndex, resource: &Resource) {
        let Some(workspace) = self.inventory.get(workspace) else {
            return;
        };
        let place = own_network(self.places, &workspace.id);
        let network = workspace.properties().at("managedNetwork");
        let mode = network.at("isolationMode").text();
        if mode.is("Disabled") == Some(true) || mode.is_absent() {
            self.platform(resource);
            return;
        }
        let says = "it stands in the workspace's managed network";
        self.allow(
            &AddressSet::place(place),
            Evidence::stated(mode.span(), says),
        );
        match mode.is("AllowOnlyApprovedOutbound") {
            Some(true) => {
                let says = "isolationMode is AllowOnlyApprovedOutbound";
                self.closed.push(vec![Evidence::stated(mode.span(), says)]);
            }
            Some(false) => self.platform(resource),
            None => {
                let doubt = mode
                    .unknown()
                    .map(|unknown| Doubt::of(unknown, mode.span(), "is AllowInternetOutbound"));
                if let Some(doubt) = doubt {
                    let says = "isolationMode is not known";
                    let evidence = Evidence::stated(mode.span(), says);
                    self.may_allow(&AddressSet::internet(), doubt, evidence);
                }
            }
        }
    }
}
