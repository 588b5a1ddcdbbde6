//! Private zones, by which clients find private endpoints by the services' usual names.
//!
//! Template reference: `Microsoft.Network/privateDnsZones`, `…/virtualNetworkLinks`.
//! Names decide nothing about reachability: without a private zone linked to its network, a client
//! gets the public address and so goes around the private endpoint.

use super::Reference;
use crate::resource::{Inventory, ResourceIndex};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;

/// A private zone, read.
#[derive(Clone, Debug)]
pub struct PrivateZone {
    /// The resource.
    pub index: ResourceIndex,
    /// The zone: `privatelink.blob.core.windows.net`.
    pub name: Text,
    /// The networks that see it, each with the place of the link.
    pub links: Vec<(Reference, Span)>,
    /// The names and addresses of its address records, each with its place.
    pub records: Vec<(Text, Text, Span)>,
    /// Its text.
    pub span: Span,
}

const ZONE: &str = "Microsoft.Network/privateDnsZones";

/// The private zones of the inputs. O(zones · links).
pub fn read_private_zones(inventory: &Inventory) -> BTreeMap<ResourceIndex, PrivateZone> {
    let mut out = BTreeMap::new();
    for (index, zone) in inventory.of_type(ZONE) {
        if zone.is_not_deployed() {
            continue;
        }
        let mut links = Vec::new();
        for (_, link) in inventory.child_resources(zone, "virtualNetworkLinks") {
            let named = link.properties().at("virtualNetwork");
            if let Some(network) = Reference::read(inventory, link.file, named) {
                let span = network.span;
                links.push((network, span));
            }
        }
        let mut records = Vec::new();
        for (_, record) in inventory.child_resources(zone, "A") {
            let properties = record.properties();
            let list = match properties.at("aRecords") {
                list if list.value().is_some() => list,
                _ => properties.at("ARecords"),
            };
            for item in list.items() {
                if let Some(address) = item.at("ipv4Address").symbol().stated() {
                    let name = Text::from(record.short_name());
                    records.push((name, Text::clone(address), item.span()));
                }
            }
        }
        let zone = PrivateZone {
            index,
            name: zone.short_name().into(),
            links,
            records,
            span: zone.span,
        };
        out.insert(index, zone);
    }
    out
}
