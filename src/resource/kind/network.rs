//! Kinds of virtual networks and what stands in them, whose behaviour the network rooms model.
//!
//! Template reference: `Microsoft.Network/…`.
//! Not modelled: of shown kinds, everything; flow logs and managers' rules bear on other scopes.

use super::{Coverage, Kind, Zone};

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
    modelled(
        "Microsoft.Network/privateEndpoints",
        "Private endpoint",
        "private-endpoint",
        Zone::Network,
    ),
    modelled(
        "Microsoft.Network/privateLinkServices",
        "Private link service",
        "private-endpoint",
        Zone::Network,
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

const fn hidden(resource_type: &'static str, display: &'static str, coverage: Coverage) -> Kind {
    Kind {
        coverage,
        ..Kind::part(resource_type, display)
    }
}
