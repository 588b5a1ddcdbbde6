//! Kinds at the edge of the network, which pass traffic on: balancers, gateways, firewalls, Front
//! Doors. Their behaviour is modelled in the network rooms.
//!
//! Template reference: `Microsoft.Network/…`, `Microsoft.Cdn/profiles`.
//! Not modelled: of partial kinds, what only Azure knows while it runs (learned routes, virtual
//! WAN's own routing, the other ends of tunnels); of shown kinds, everything.

use super::{Asset, Coverage, Kind, Zone};

pub(super) static KINDS: &[Kind] = &[
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
    gateway(
        "Microsoft.Network/networkVirtualAppliances",
        "Network appliance",
        "firewall",
        Coverage::Shown,
    ),
];

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
        resource_type,
        display,
        icon,
        zone: Zone::Edge,
        ..Kind::SHOWN
    }
}

const fn hidden(resource_type: &'static str, display: &'static str, coverage: Coverage) -> Kind {
    Kind {
        coverage,
        ..Kind::part(resource_type, display)
    }
}
