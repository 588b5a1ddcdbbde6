//! Kinds that give names to addresses.
//!
//! Template reference: `Microsoft.Network/privateDnsZones`, `…/dnsZones`, `…/dnsResolvers`.
//! Not modelled: public zones and resolvers, which decide no reachability of their own.

use super::{Coverage, Kind, Zone};

pub(super) static KINDS: &[Kind] = &[
    Kind::modelled_part(
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "DNS zone group",
    ),
    modelled(
        "Microsoft.Network/privateDnsZones",
        "Private DNS zone",
        "dns-zone",
        Zone::Network,
    ),
    Kind::modelled_part(
        "Microsoft.Network/privateDnsZones/virtualNetworkLinks",
        "DNS zone link",
    ),
    Kind::modelled_part("Microsoft.Network/privateDnsZones/A", "DNS record"),
    Kind::part("Microsoft.Network/privateDnsZones/AAAA", "DNS record"),
    Kind::part("Microsoft.Network/privateDnsZones/CNAME", "DNS record"),
    Kind::part("Microsoft.Network/privateDnsZones/MX", "DNS record"),
    Kind::part("Microsoft.Network/privateDnsZones/PTR", "DNS record"),
    Kind::part("Microsoft.Network/privateDnsZones/SOA", "DNS record"),
    Kind::part("Microsoft.Network/privateDnsZones/SRV", "DNS record"),
    Kind::part("Microsoft.Network/privateDnsZones/TXT", "DNS record"),
    shown(
        "Microsoft.Network/dnsZones",
        "Public DNS zone",
        "dns-zone",
        Zone::Edge,
    ),
    Kind::part("Microsoft.Network/dnsZones/A", "DNS record"),
    Kind::part("Microsoft.Network/dnsZones/CNAME", "DNS record"),
    Kind::part("Microsoft.Network/dnsZones/NS", "DNS record"),
    Kind::part("Microsoft.Network/dnsZones/SOA", "DNS record"),
    Kind::part("Microsoft.Network/dnsZones/TXT", "DNS record"),
    shown(
        "Microsoft.Network/dnsResolvers",
        "DNS resolver",
        "dns-zone",
        Zone::Network,
    ),
    Kind::part(
        "Microsoft.Network/dnsResolvers/inboundEndpoints",
        "DNS resolver endpoint",
    ),
    Kind::part(
        "Microsoft.Network/dnsResolvers/outboundEndpoints",
        "DNS resolver endpoint",
    ),
    shown(
        "Microsoft.Network/dnsForwardingRulesets",
        "DNS forwarding rules",
        "dns-zone",
        Zone::Network,
    ),
    Kind::part(
        "Microsoft.Network/dnsForwardingRulesets/forwardingRules",
        "DNS forwarding rule",
    ),
    Kind::part(
        "Microsoft.Network/dnsForwardingRulesets/virtualNetworkLinks",
        "DNS forwarding link",
    ),
];

/// A kind of which everything that bears on reachability is modelled.
const fn modelled(
    resource_type: &'static str,
    display: &'static str,
    icon: &'static str,
    zone: Zone,
) -> Kind {
    Kind {
        coverage: Coverage::Modelled,
        ..shown(resource_type, display, icon, zone)
    }
}

const fn shown(
    resource_type: &'static str,
    display: &'static str,
    icon: &'static str,
    zone: Zone,
) -> Kind {
    Kind {
        resource_type,
        display,
        icon,
        zone,
        ..Kind::SHOWN
    }
}
