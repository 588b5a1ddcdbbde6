//! Kinds of the network, whose behaviour the network rooms model.
//!
//! Template reference: `Microsoft.Network/…`, `Microsoft.Cdn/profiles`.
//! Not modelled: of partial kinds, what only Azure knows while it runs (learned routes, virtual
//! WAN's own routing, tunnels' other ends); of shown kinds, everything.

use super::{Asset, Coverage, Kind, Zone};

pub(super) static KINDS: &[Kind] = &[
    modelled(
        "Microsoft.Network/virtualNetworks",
        "Virtual network",
        "virtual-network",
        Zone::Network,
    ),
    modelled(
        "Microsoft.Network/virtualNetworks/subnets",
        "Subnet",
        "subnet",
        Zone::Network,
    ),
    Kind::modelled_part(
        "Microsoft.Network/virtualNetworks/virtualNetworkPeerings",
        "Network peering",
    ),
    Kind::part(
        "Microsoft.Network/virtualNetworks/subnets/delegations",
        "Subnet delegation",
    ),
    modelled(
        "Microsoft.Network/networkSecurityGroups",
        "Network security group",
        "security-group",
        Zone::Network,
    ),
    Kind::modelled_part(
        "Microsoft.Network/networkSecurityGroups/securityRules",
        "Security rule",
    ),
    modelled(
        "Microsoft.Network/applicationSecurityGroups",
        "Application security group",
        "security-group",
        Zone::Network,
    ),
    modelled(
        "Microsoft.Network/routeTables",
        "Route table",
        "route-table",
        Zone::Network,
    ),
    Kind::modelled_part("Microsoft.Network/routeTables/routes", "Route"),
    modelled(
        "Microsoft.Network/publicIPAddresses",
        "Public address",
        "public-ip",
        Zone::Edge,
    ),
    modelled(
        "Microsoft.Network/publicIPPrefixes",
        "Public address prefix",
        "public-ip",
        Zone::Edge,
    ),
    modelled(
        "Microsoft.Network/networkInterfaces",
        "Network interface",
        "network-interface",
        Zone::Network,
    ),
    gateway(
        "Microsoft.Network/loadBalancers",
        "Load balancer",
        "load-balancer",
        Coverage::Modelled,
    ),
    Kind::modelled_part(
        "Microsoft.Network/loadBalancers/inboundNatRules",
        "Inbound address translation",
    ),
    Kind::modelled_part(
        "Microsoft.Network/loadBalancers/backendAddressPools",
        "Backend pool",
    ),
    gateway(
        "Microsoft.Network/applicationGateways",
        "Application gateway",
        "application-gateway",
        Coverage::Modelled,
    ),
    hidden(
        "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
        "Web application firewall policy",
        Coverage::Partial,
    ),
    gateway(
        "Microsoft.Network/azureFirewalls",
        "Azure Firewall",
        "firewall",
        Coverage::Modelled,
    ),
    gateway(
        "Microsoft.Network/firewallPolicies",
        "Firewall policy",
        "firewall",
        Coverage::Modelled,
    ),
    Kind::modelled_part(
        "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
        "Rule collection group",
    ),
    Kind::modelled_part(
        "Microsoft.Network/firewallPolicies/ruleGroups",
        "Rule group",
    ),
    hidden(
        "Microsoft.Network/ipGroups",
        "Address group",
        Coverage::Modelled,
    ),
    gateway(
        "Microsoft.Network/frontDoors",
        "Front Door (classic)",
        "front-door",
        Coverage::Modelled,
    ),
    hidden(
        "Microsoft.Network/frontDoors/providers/diagnosticsettings",
        "Diagnostic setting",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/FrontDoorWebApplicationFirewallPolicies",
        "Web application firewall policy",
        Coverage::Partial,
    ),
    gateway(
        "Microsoft.Cdn/profiles",
        "Front Door",
        "front-door",
        Coverage::Modelled,
    ),
    Kind::modelled_part("Microsoft.Cdn/profiles/afdEndpoints", "Front Door endpoint"),
    Kind::modelled_part(
        "Microsoft.Cdn/profiles/afdEndpoints/routes",
        "Front Door route",
    ),
    Kind::modelled_part("Microsoft.Cdn/profiles/originGroups", "Origin group"),
    Kind::modelled_part("Microsoft.Cdn/profiles/originGroups/origins", "Origin"),
    Kind::part("Microsoft.Cdn/profiles/ruleSets", "Front Door rule set"),
    Kind::part("Microsoft.Cdn/profiles/ruleSets/rules", "Front Door rule"),
    Kind::part(
        "Microsoft.Cdn/profiles/customDomains",
        "Front Door host name",
    ),
    Kind::part("Microsoft.Cdn/profiles/secrets", "Front Door certificate"),
    Kind::part(
        "Microsoft.Cdn/profiles/securityPolicies",
        "Front Door security policy",
    ),
    Kind::part("Microsoft.Cdn/profiles/endpoints", "CDN endpoint"),
    hidden(
        "Microsoft.Cdn/cdnWebApplicationFirewallPolicies",
        "Web application firewall policy",
        Coverage::Shown,
    ),
    gateway(
        "Microsoft.Network/trafficManagerProfiles",
        "Traffic Manager",
        "gateway",
        Coverage::Partial,
    ),
    gateway(
        "Microsoft.Network/bastionHosts",
        "Bastion",
        "bastion",
        Coverage::Partial,
    ),
    gateway(
        "Microsoft.Network/natGateways",
        "NAT gateway",
        "nat-gateway",
        Coverage::Modelled,
    ),
    gateway(
        "Microsoft.Network/virtualNetworkGateways",
        "Network gateway",
        "gateway",
        Coverage::Partial,
    ),
    gateway(
        "Microsoft.Network/localNetworkGateways",
        "Local network gateway",
        "on-premises",
        Coverage::Partial,
    ),
    gateway(
        "Microsoft.Network/connections",
        "Gateway connection",
        "gateway",
        Coverage::Partial,
    ),
    gateway(
        "Microsoft.Network/expressRouteCircuits",
        "ExpressRoute circuit",
        "gateway",
        Coverage::Shown,
    ),
    gateway(
        "Microsoft.Network/expressRouteGateways",
        "ExpressRoute gateway",
        "gateway",
        Coverage::Shown,
    ),
    gateway(
        "Microsoft.Network/vpnGateways",
        "VPN gateway",
        "gateway",
        Coverage::Shown,
    ),
    gateway(
        "Microsoft.Network/p2sVpnGateways",
        "Point-to-site gateway",
        "gateway",
        Coverage::Shown,
    ),
    gateway(
        "Microsoft.Network/vpnSites",
        "VPN site",
        "on-premises",
        Coverage::Shown,
    ),
    gateway(
        "Microsoft.Network/virtualWans",
        "Virtual WAN",
        "virtual-network",
        Coverage::Shown,
    ),
    gateway(
        "Microsoft.Network/virtualHubs",
        "Virtual hub",
        "virtual-network",
        Coverage::Partial,
    ),
    Kind::part(
        "Microsoft.Network/virtualHubs/hubVirtualNetworkConnections",
        "Hub connection",
    ),
    Kind::part(
        "Microsoft.Network/virtualHubs/hubRouteTables",
        "Hub route table",
    ),
    Kind::part(
        "Microsoft.Network/virtualHubs/routingIntent",
        "Routing intent",
    ),
    Kind::part(
        "Microsoft.Network/virtualHubs/ipConfigurations",
        "Route server address",
    ),
    modelled(
        "Microsoft.Network/privateEndpoints",
        "Private endpoint",
        "private-endpoint",
        Zone::Network,
    ),
    Kind::modelled_part(
        "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
        "DNS zone group",
    ),
    modelled(
        "Microsoft.Network/privateLinkServices",
        "Private link service",
        "private-endpoint",
        Zone::Network,
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
    hidden(
        "Microsoft.Network/serviceEndpointPolicies",
        "Service endpoint policy",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/ddosProtectionPlans",
        "DDoS protection plan",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/ddosCustomPolicies",
        "DDoS policy",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkProfiles",
        "Network profile",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkWatchers",
        "Network Watcher",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkWatchers/flowLogs",
        "Flow log",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkWatchers/connectionMonitors",
        "Connection monitor",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkManagers",
        "Network manager",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkManagers/securityAdminConfigurations",
        "Security admin configuration",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections",
        "Security admin rules",
        Coverage::Shown,
    ),
    hidden(
        "Microsoft.Network/networkManagers/securityAdminConfigurations/ruleCollections/rules",
        "Security admin rule",
        Coverage::Shown,
    ),
    modelled(
        "Microsoft.Network/networkSecurityPerimeters",
        "Network security perimeter",
        "security-group",
        Zone::Network,
    ),
    Kind::modelled_part(
        "Microsoft.Network/networkSecurityPerimeters/profiles",
        "Perimeter profile",
    ),
    Kind::modelled_part(
        "Microsoft.Network/networkSecurityPerimeters/profiles/accessRules",
        "Perimeter rule",
    ),
    Kind::modelled_part(
        "Microsoft.Network/networkSecurityPerimeters/resourceAssociations",
        "Perimeter association",
    ),
    shown(
        "Microsoft.Network/networkVirtualAppliances",
        "Network appliance",
        "firewall",
        Zone::Edge,
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

/// A kind at the edge that passes traffic on.
const fn gateway(
    resource_type: &'static str,
    display: &'static str,
    icon: &'static str,
    coverage: Coverage,
) -> Kind {
    Kind {
        asset: Asset::Gateway,
        coverage,
        ..shown(resource_type, display, icon, Zone::Edge)
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

const fn hidden(resource_type: &'static str, display: &'static str, coverage: Coverage) -> Kind {
    Kind {
        coverage,
        ..Kind::part(resource_type, display)
    }
}
