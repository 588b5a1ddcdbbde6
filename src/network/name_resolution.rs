//! Whether a client finds a private endpoint by the service's usual name.
//!
//! Template reference: `Microsoft.Network/privateDnsZones`, `…/virtualNetworkLinks`.
//! Names decide nothing about reachability: without a private zone linked to its network, a client
//! gets the public address and so goes around the private endpoint.

use super::{Fact, PrivateEndpoint, Reference, VirtualNetwork};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Presence, ResourceIndex};
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

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

/// What a client in a network gets for the name of a private endpoint's service.
#[derive(Clone, Debug)]
pub struct Resolution {
    /// Whether it is the private address.
    pub is_private: Fact<bool>,
    /// What proves it, the deciding line first.
    pub evidence: Vec<Evidence>,
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

/// What clients in `client` get for the name of the service behind `endpoint`.
///
/// The private address where the endpoint is registered in a zone that the network sees, by a zone
/// group or a record of its address. With name servers of its own, or where the zone is not in the
/// inputs, it is not known.
pub fn resolve(
    inventory: &Inventory,
    zones: &BTreeMap<ResourceIndex, PrivateZone>,
    endpoint: &PrivateEndpoint,
    client: &VirtualNetwork,
) -> Resolution {
    if let Some(server) = client.name_servers.first() {
        let doubt = Doubt::outside(
            "own-name-servers",
            format!("name servers|{:?}", client.span),
            format!("what name server `{server}` answers is not in the inputs"),
            format!("the answers of name server `{server}`"),
            client.span,
        );
        return open(
            doubt,
            client.span,
            "the network uses name servers of its own",
        );
    }
    let registered = registered_in(zones, endpoint);
    if let Some((zone, span)) = linked(&registered, client) {
        let says = format!("zone `{}` is linked to the network", zone.name);
        return Resolution {
            is_private: Fact::Known(true),
            evidence: vec![Evidence::stated(span, says)],
        };
    }
    let outside = registered.iter().find_map(|zone| zone.err());
    if let Some(reference) = outside {
        let name = reference.id.display_name();
        let doubt = Doubt::outside(
            "private-zone-outside",
            format!("zone|{}|{:?}", reference.id.key(), client.index),
            format!("private zone `{name}` is not in the inputs"),
            format!("an export with private zone `{name}`"),
            reference.span,
        );
        return open(doubt, reference.span, "its zone is not in the inputs");
    }
    let is_whole = inventory
        .get(client.index)
        .is_some_and(|network| !matches!(network.presence, Presence::Existing));
    if !is_whole {
        let doubt = Doubt::outside(
            "private-zone-outside",
            format!("zones|{:?}", client.index),
            "which private zones the network sees is not in the inputs",
            "an export with the network's private zones",
            client.span,
        );
        return open(doubt, client.span, "the network is not in the inputs");
    }
    let says = format!(
        "private endpoint `{}` is in no private zone that the network sees",
        endpoint.name
    );
    Resolution {
        is_private: Fact::Known(false),
        evidence: vec![Evidence::stated(endpoint.span, says)],
    }
}

/// The first of `zones` that is linked to `client`, with the place of the link.
fn linked<'a>(
    zones: &[Result<&'a PrivateZone, &'a Reference>],
    client: &VirtualNetwork,
) -> Option<(&'a PrivateZone, Span)> {
    zones.iter().flatten().find_map(|zone| {
        let link = zone
            .links
            .iter()
            .find(|(network, _)| network.resource() == Some(client.index))?;
        Some((*zone, link.1))
    })
}

fn open(doubt: Doubt, span: Span, says: &'static str) -> Resolution {
    Resolution {
        is_private: Fact::Open(Arc::new(doubt)),
        evidence: vec![Evidence::stated(span, says)],
    }
}

/// The zones that hold the name of `endpoint`; where one is not in the inputs, the reference to it.
fn registered_in<'a>(
    zones: &'a BTreeMap<ResourceIndex, PrivateZone>,
    endpoint: &'a PrivateEndpoint,
) -> Vec<Result<&'a PrivateZone, &'a Reference>> {
    let mut out: Vec<Result<&PrivateZone, &Reference>> = Vec::new();
    for reference in &endpoint.zones {
        let known = reference.resource().and_then(|index| zones.get(&index));
        out.push(known.ok_or(reference));
    }
    for zone in zones.values() {
        let holds = zone.records.iter().any(|(_, address, _)| {
            crate::flow::parse_prefix(address)
                .is_some_and(|set| endpoint.addresses.sure.contains(&set))
        });
        if holds {
            out.push(Ok(zone));
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::test_estate::{estate, find};
    use super::*;

    fn resolution(link: &str, servers: &str) -> Fact<bool> {
        let (inventory, topology) = estate(&format!(
            r#"[{{"type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {{
                "addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}},
                "dhcpOptions": {{"dnsServers": [{servers}]}},
                "subnets": [{{"name": "a", "properties": {{"addressPrefix": "10.0.1.0/24"}}}}]}}}},
            {{"type": "Microsoft.Network/privateEndpoints", "name": "pe", "properties": {{
                "subnet": {{"id": "@virtualNetworks/subnets:net/a"}}}}}},
            {{"type": "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
              "name": "pe/default", "properties": {{"privateDnsZoneConfigs": [{{"properties": {{
                "privateDnsZoneId": "@privateDnsZones:privatelink.vaultcore.azure.net"}}}}]}}}},
            {{"type": "Microsoft.Network/privateDnsZones", "name": "privatelink.vaultcore.azure.net"}}
            {link}]"#
        ));
        let zones = read_private_zones(&inventory);
        let network = find(&inventory, "virtualNetworks", "net");
        resolve(
            &inventory,
            &zones,
            &topology.private_endpoints[0],
            &topology.virtual_networks()[&network],
        )
        .is_private
    }

    #[test]
    fn a_name_is_private_where_its_zone_is_linked() {
        let link = r#", {"type": "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
            "name": "privatelink.vaultcore.azure.net/l",
            "properties": {"virtualNetwork": {"id": "@virtualNetworks:net"}}}"#;
        assert_eq!(resolution(link, "").known(), Some(&true));
        assert_eq!(resolution("", "").known(), Some(&false));
        assert_eq!(resolution(link, "\"10.9.9.9\"").known(), None);
    }
}
