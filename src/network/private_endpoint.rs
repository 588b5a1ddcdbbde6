//! Private endpoints.
//!
//! Template reference: `Microsoft.Network/privateEndpoints`, `…/privateDnsZoneGroups`.
//! Only an approved connection carries packets. One that asks for approval by hand and shows no
//! state may wait for it still. Security groups and route tables govern the way to an endpoint only
//! where its subnet's `privateEndpointNetworkPolicies` says so ("Manage network policies for
//! private endpoints"); an absent one is taken for `Disabled`.

use super::interface::memberships;
use super::prefix_list::read_prefixes;
use super::{AddressBounds, Fact, Reference, Subnet};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::{Inventory, PrivateEndpointState, Reader, Resource, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// A private endpoint, read.
#[derive(Clone, Debug)]
pub struct PrivateEndpoint {
    /// The resource.
    pub index: ResourceIndex,
    /// The short name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// The subnet that it has addresses of.
    pub subnet: Option<Reference>,
    /// What it connects to.
    pub connections: Vec<PrivateLinkConnection>,
    /// Its addresses.
    pub addresses: AddressBounds,
    /// The application security groups, as an interface has them.
    pub groups: BTreeMap<Text, Option<Arc<Doubt>>>,
    /// Why it can be a member of any other group, where it can.
    pub other_groups: Option<Arc<Doubt>>,
    /// The private zones that its zone groups register it in.
    pub zones: Vec<Reference>,
}

/// A connection of a private endpoint to a service.
#[derive(Clone, Debug)]
pub struct PrivateLinkConnection {
    /// The service: a resource that answers, or a private link service.
    pub target: Reference,
    /// The parts of the service that it leads to: `blob`; none for a private link service.
    pub group_ids: Vec<Text>,
    /// Whether it carries packets.
    pub approved: Fact<bool>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
}

/// Which rules of the customer's govern the way to private endpoints of a subnet.
#[derive(Clone, Debug)]
pub struct EndpointPolicies {
    /// Whether security groups do.
    pub security_groups: Fact<bool>,
    /// Whether route tables do.
    pub route_tables: Fact<bool>,
    /// What proves it.
    pub evidence: Evidence,
}

/// The type of a private endpoint.
pub(super) const PRIVATE_ENDPOINT: &str = "Microsoft.Network/privateEndpoints";

impl PrivateEndpoint {
    /// Reads the private endpoint at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let subnet = Reference::read(inventory, resource.file, properties.at("subnet"));
        let mut connections = Vec::new();
        for (member, is_manual) in [
            ("privateLinkServiceConnections", false),
            ("manualPrivateLinkServiceConnections", true),
        ] {
            for item in properties.at(member).items() {
                connections.extend(connection(inventory, resource, item, is_manual));
            }
        }
        let (groups, other_groups) = memberships(
            inventory,
            resource.file,
            properties.at("applicationSecurityGroups"),
        );
        Some(Self {
            index,
            name: resource.short_name().into(),
            span: resource.span,
            addresses: addresses(inventory, resource, subnet.as_ref()),
            connections,
            groups,
            other_groups,
            zones: zones(inventory, resource),
            subnet,
        })
    }

    /// The connections to the resource at `target`.
    pub fn connections_to(
        &self,
        target: ResourceIndex,
    ) -> impl Iterator<Item = &PrivateLinkConnection> {
        self.connections
            .iter()
            .filter(move |one| one.target.resource() == Some(target))
    }
}

impl PrivateLinkConnection {
    /// Whether it leads to the slot `slot`, or, without one, to the resource itself.
    fn leads_to_slot(&self, slot: Option<&str>) -> bool {
        let slot_of = |group: &Text| {
            group
                .to_ascii_lowercase()
                .strip_prefix("sites-")
                .map(str::to_owned)
        };
        match slot {
            Some(slot) => self
                .group_ids
                .iter()
                .any(|group| slot_of(group).is_some_and(|name| name.eq_ignore_ascii_case(slot))),
            None => {
                self.group_ids.is_empty()
                    || self.group_ids.iter().any(|group| slot_of(group).is_none())
            }
        }
    }
}

/// Whether one of `endpoints` leads to the resource at `target`, or, with `slot`, to that slot of
/// the web app at `target`. An endpoint to a slot names the app and the group `sites-<slot>`, and
/// does not lead to the app itself. O(endpoints).
pub fn private_endpoint_state(
    endpoints: &[PrivateEndpoint],
    target: ResourceIndex,
    slot: Option<&str>,
) -> PrivateEndpointState {
    let mut open = None;
    let connections = endpoints
        .iter()
        .flat_map(|one| one.connections_to(target))
        .filter(|connection| connection.leads_to_slot(slot));
    for connection in connections {
        match &connection.approved {
            Fact::Known(true) => {
                if let Some(evidence) = connection.evidence.first() {
                    return PrivateEndpointState::Approved(evidence.clone());
                }
            }
            Fact::Known(false) => {}
            Fact::Open(doubt) => {
                open.get_or_insert_with(|| Box::new((**doubt).clone()));
            }
        }
    }
    open.map_or(PrivateEndpointState::None, PrivateEndpointState::Unknown)
}

fn connection(
    inventory: &Inventory,
    resource: &Resource,
    item: Reader<'_>,
    is_manual: bool,
) -> Option<PrivateLinkConnection> {
    let properties = item.at("properties");
    let service = properties.at("privateLinkServiceId");
    let target = Reference::read_text(inventory, resource.file, service)?;
    let own = properties
        .path("privateLinkServiceConnectionState.status")
        .text();
    let status = state_at_service(inventory, resource, &target).unwrap_or(own);
    let name = resource.short_name();
    let short = target.id.display_name();
    let says = format!("private endpoint `{name}` leads to `{short}`");
    let mut evidence = vec![Evidence::stated(target.span, says)];
    if let Setting::Stated(word, span) = &status {
        let says = format!("status of the connection of `{name}` is {word}");
        evidence.push(Evidence::stated(*span, says));
    }
    let approved = match (status.is("Approved"), &status) {
        (_, Setting::Absent(_)) if !is_manual => Fact::Known(true),
        (Some(known), Setting::Stated(..) | Setting::Unknown(..)) => Fact::Known(known),
        (_, other) => Fact::Open(Arc::new(unapproved(resource, item.span(), other))),
    };
    Some(PrivateLinkConnection {
        target,
        group_ids: properties
            .at("groupIds")
            .items()
            .iter()
            .filter_map(|group| group.symbol().stated().cloned())
            .collect(),
        approved: presence(resource, approved),
        evidence,
    })
}

/// The state of the connection of `endpoint` as the service at `target` reports it.
fn state_at_service(
    inventory: &Inventory,
    endpoint: &Resource,
    target: &Reference,
) -> Option<Setting<Text>> {
    let service = inventory.get(target.resource()?)?;
    let own = inventory.find(&endpoint.id, endpoint.file)?;
    inventory
        .child_resources(service, "privateEndpointConnections")
        .find(|(_, connection)| {
            let id = connection.properties().at("privateEndpoint").id();
            let leads = id
                .stated()
                .and_then(|id| inventory.find_text(id, connection.file));
            leads == Some(own)
        })
        .map(|(_, connection)| {
            connection
                .properties()
                .path("privateLinkServiceConnectionState.status")
                .text()
        })
        .filter(|state| state.stated().is_some())
}

/// An endpoint whose own presence is in doubt is no surer than that.
fn presence(resource: &Resource, approved: Fact<bool>) -> Fact<bool> {
    match &resource.presence {
        crate::resource::Presence::Unknown(span, unknown)
            if matches!(approved, Fact::Known(true)) =>
        {
            Fact::Open(Arc::new(Doubt::of(unknown, *span, "is true")))
        }
        crate::resource::Presence::NotDeployed(_) => Fact::Known(false),
        _ => approved,
    }
}

fn unapproved(resource: &Resource, span: Span, status: &Setting<Text>) -> Doubt {
    let outcomes = vec![("Approved".into(), true), ("Pending".into(), false)];
    let name = resource.short_name();
    match status.unknown() {
        Some(unknown) => Doubt::of(unknown, status.span(), "is Approved"),
        None => Doubt::outside(
            "connection-approval",
            format!("{span:?}|connection is approved"),
            format!("whether the connection of private endpoint `{name}` is approved is not in the inputs"),
            format!("the connection state of private endpoint `{name}`"),
            span,
        )
        .with_command(resource.show_command()),
    }
    .with_outcomes(outcomes)
}

/// The addresses that the endpoint states, those that an export shows in its name records, or any
/// of its subnet's.
fn addresses(
    inventory: &Inventory,
    resource: &Resource,
    subnet: Option<&Reference>,
) -> AddressBounds {
    let properties = resource.properties();
    let mut readers: Vec<Reader<'_>> = properties
        .at("ipConfigurations")
        .items()
        .into_iter()
        .map(|item| item.path("properties.privateIPAddress"))
        .collect();
    let records = properties.at("customDnsConfigs").items();
    readers.extend(records.into_iter().map(|item| item.at("ipAddresses")));
    let stated = read_prefixes(&readers, &AddressSet::private());
    if !stated.sure.is_empty() && stated.is_exact() {
        return stated;
    }
    let space = subnet
        .and_then(Reference::resource)
        .and_then(|index| Subnet::read(inventory, index))
        .map_or_else(AddressSet::private, |subnet| subnet.prefixes.may());
    let name = resource.short_name();
    let doubt = Doubt::outside(
        "private-address",
        format!("private address|{}", resource.id.key()),
        format!("which private address `{name}` has is not in the inputs"),
        format!("the private address of `{name}`"),
        resource.span,
    );
    let mut bounds = AddressBounds::exact(stated.sure);
    bounds.add_doubtful(space, Arc::new(doubt));
    bounds
}

fn zones(inventory: &Inventory, resource: &Resource) -> Vec<Reference> {
    let groups = inventory.children_of(resource, "privateDnsZoneGroups", "privateDnsZoneGroups");
    let mut out = Vec::new();
    for group in &groups {
        for item in group.properties().at("privateDnsZoneConfigs").items() {
            let zone = item.path("properties.privateDnsZoneId");
            out.extend(Reference::read_text(inventory, resource.file, zone));
        }
    }
    out
}

impl EndpointPolicies {
    /// The policies for private endpoints in `subnet`.
    pub fn of(subnet: &Subnet) -> Self {
        let setting = &subnet.private_endpoint_network_policies;
        let name = "privateEndpointNetworkPolicies";
        let fact = |alone: &str| {
            if setting.is_absent() {
                return Fact::Known(false);
            }
            let on = |word: &str| {
                word.eq_ignore_ascii_case("Enabled") || word.eq_ignore_ascii_case(alone)
            };
            match (setting.satisfies(on), setting.unknown()) {
                (Some(known), _) => Fact::Known(known),
                (None, Some(unknown)) => {
                    Fact::Open(Arc::new(Doubt::of(unknown, setting.span(), alone)))
                }
                (None, None) => Fact::Known(false),
            }
        };
        let evidence = match setting {
            Setting::Stated(word, span) => Evidence::stated(*span, format!("{name} is {word}")),
            Setting::Absent(span) => {
                Evidence::assumed(*span, format!("{name} is absent, which means Disabled"))
            }
            Setting::Unknown(_, span) => Evidence::stated(*span, format!("{name} is not known")),
        };
        Self {
            security_groups: fact("NetworkSecurityGroupEnabled"),
            route_tables: fact("RouteTableEnabled"),
            evidence,
        }
    }
}
