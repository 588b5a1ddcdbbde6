//! Hubs of a virtual WAN.
//!
//! Template reference: `Microsoft.Network/virtualHubs`, `…/hubVirtualNetworkConnections`,
//! `…/routingIntent`, and the gateways in a hub.
//! Networks connected to a hub, and to hubs of the same WAN, reach one another while they use the
//! default route table; with other tables, who reaches whom is not known here. A routing intent
//! sends private packets, internet packets or both through a firewall in the hub.

use super::prefix_list::read_prefixes;
use super::{AddressBounds, Fact, Reference};
use crate::evidence::{Doubt, Evidence};
use crate::flow::AddressSet;
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use crate::source::Span;
use crate::value::Text;
use std::sync::Arc;

/// A hub, read.
#[derive(Clone, Debug)]
pub struct Hub {
    /// The resource.
    pub index: ResourceIndex,
    /// The WAN that it belongs to.
    pub wan: Option<Reference>,
    /// The hub's own addresses.
    pub space: AddressBounds,
    /// The connected networks.
    pub connections: Vec<HubConnection>,
    /// The firewall that private packets pass, where a routing intent says so.
    pub private_firewall: Option<Reference>,
    /// The firewall that packets to the internet pass, where a routing intent says so.
    pub internet_firewall: Option<Reference>,
    /// The firewall in the hub, where there is one.
    pub firewall: Option<Reference>,
    /// The addresses that clients of a way in for single clients get.
    pub client_pool: AddressBounds,
    /// Why anything may lie behind the hub's gateways, where it has any.
    pub learned: Option<Arc<Doubt>>,
    /// Its text.
    pub span: Span,
}

/// A network connected to a hub.
#[derive(Clone, Debug)]
pub struct HubConnection {
    /// The network.
    pub network: Reference,
    /// Whether it uses the hub's default route table, so that it reaches the others.
    pub default_routing: Fact<bool>,
    /// Whether the hub's way to the internet is its own too.
    pub internet_security: Fact<bool>,
    /// What proves it.
    pub evidence: Vec<Evidence>,
}

/// The type of a hub.
pub(super) const HUB: &str = "Microsoft.Network/virtualHubs";

impl Hub {
    /// Reads the hub at `index`. `None` where that is no resource. O(gateways).
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let properties = resource.properties();
        let refer = |member: &str| Reference::read(inventory, resource.file, properties.at(member));
        let connections = inventory
            .children_of(
                resource,
                "virtualNetworkConnections",
                "hubVirtualNetworkConnections",
            )
            .iter()
            .filter_map(|child| connection(inventory, resource, &child.name, child.properties()))
            .collect();
        let intent = |destination: &str| routing_intent(inventory, resource, destination);
        Some(Self {
            index,
            wan: refer("virtualWan"),
            space: read_prefixes(&[properties.at("addressPrefix")], &AddressSet::private()),
            connections,
            private_firewall: intent("PrivateTraffic"),
            internet_firewall: intent("Internet"),
            firewall: refer("azureFirewall"),
            client_pool: client_pool(inventory, index),
            learned: learned(inventory, resource, index),
            span: resource.span,
        })
    }
}

fn connection(
    inventory: &Inventory,
    hub: &Resource,
    name: &str,
    properties: Reader<'_>,
) -> Option<HubConnection> {
    let network = Reference::read(inventory, hub.file, properties.at("remoteVirtualNetwork"))?;
    let says = format!(
        "connection `{name}` joins `{}` to hub `{}`",
        network.id.display_name(),
        hub.short_name()
    );
    let security = properties.at("enableInternetSecurity").boolean();
    Some(HubConnection {
        default_routing: default_routing(properties.at("routingConfiguration"), name),
        internet_security: match (security.truth(true), &security) {
            (Some(known), Setting::Stated(..) | Setting::Unknown(..)) => Fact::Known(known),
            (None, Setting::Unknown(unknown, span)) => {
                Fact::Open(Arc::new(Doubt::of(unknown, *span, "is true")))
            }
            _ => Fact::Open(Arc::new(Doubt::outside(
                "undocumented-default",
                format!("{:?}|enableInternetSecurity", security.span()),
                format!("what an absent enableInternetSecurity of `{name}` means is not certain"),
                "enableInternetSecurity as Azure reports it",
                security.span(),
            ))),
        },
        evidence: vec![Evidence::stated(network.span, says)],
        network,
    })
}

/// Whether a connection is associated with the default route table and announces itself to it.
fn default_routing(configuration: Reader<'_>, name: &str) -> Fact<bool> {
    let is_default = |id: &Setting<Text>| match id {
        Setting::Stated(id, _) => id
            .trim_end_matches('/')
            .to_ascii_lowercase()
            .ends_with("/defaultroutetable"),
        Setting::Absent(_) => true,
        Setting::Unknown(..) => false,
    };
    let associated = configuration.path("associatedRouteTable.id").text();
    let tables = configuration.path("propagatedRouteTables.ids").items();
    let propagated = tables.is_empty() || tables.iter().any(|table| is_default(&table.id()));
    if is_default(&associated) && propagated {
        return Fact::Known(true);
    }
    Fact::Open(Arc::new(Doubt::outside(
        "hub-route-tables",
        format!("{:?}|default routing", configuration.span()),
        format!("connection `{name}` uses route tables of its own, whose effect is not worked out"),
        format!("the effective routes of connection `{name}`"),
        configuration.span(),
    )))
}

/// The next hop of the routing policy for `destination`.
fn routing_intent(inventory: &Inventory, hub: &Resource, destination: &str) -> Option<Reference> {
    for (_, intent) in inventory.child_resources(hub, "routingIntent") {
        for policy in intent.properties().at("routingPolicies").items() {
            let names = policy.at("destinations").items();
            if names
                .iter()
                .any(|name| name.text().is(destination) == Some(true))
            {
                return Reference::read_text(inventory, intent.file, policy.at("nextHop"));
            }
        }
    }
    None
}

/// The gateways that stand in the hub at `hub`, of type `resource_type`.
fn gateways<'a>(
    inventory: &'a Inventory,
    hub: ResourceIndex,
    resource_type: &'a str,
) -> impl Iterator<Item = &'a Resource> {
    inventory
        .of_type(resource_type)
        .map(|(_, gateway)| gateway)
        .filter(move |gateway| {
            let named = gateway.properties().at("virtualHub");
            let reference = Reference::read(inventory, gateway.file, named);
            reference.and_then(|one| one.resource()) == Some(hub)
        })
}

fn client_pool(inventory: &Inventory, hub: ResourceIndex) -> AddressBounds {
    let mut bounds = AddressBounds::default();
    for gateway in gateways(inventory, hub, "Microsoft.Network/p2sVpnGateways") {
        for item in gateway
            .properties()
            .at("p2SConnectionConfigurations")
            .items()
        {
            let pool = item.path("properties.vpnClientAddressPool.addressPrefixes");
            bounds.join(&read_prefixes(&[pool], &AddressSet::private()));
        }
    }
    bounds
}

fn learned(inventory: &Inventory, resource: &Resource, hub: ResourceIndex) -> Option<Arc<Doubt>> {
    let types = [
        "Microsoft.Network/vpnGateways",
        "Microsoft.Network/expressRouteGateways",
    ];
    let gateway = types
        .iter()
        .find_map(|one| gateways(inventory, hub, one).next())?;
    let name = gateway.short_name();
    let doubt = Doubt::outside(
        "learned-routes",
        format!("learned routes|{}", gateway.id.key()),
        format!(
            "what gateway `{name}` of hub `{}` connects to is not in the inputs",
            resource.short_name()
        ),
        format!("the routes that gateway `{name}` has learned"),
        gateway.span,
    );
    Some(Arc::new(doubt))
}
