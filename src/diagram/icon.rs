//! Our own line drawings on a 24-pixel grid: one path each, to be stroked 1.5 pixels wide with
//! round caps and joins, and not filled.

use serde::{Deserialize, Serialize};

/// What a box's picture shows.
#[derive(
    Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize,
)]
#[serde(rename_all = "camelCase")]
#[expect(
    missing_docs,
    reason = "the names say it all, and `Icon::title` has the words"
)]
pub enum Icon {
    Internet,
    OnPremises,
    PublicIp,
    LoadBalancer,
    ApplicationGateway,
    FrontDoor,
    Firewall,
    Bastion,
    Gateway,
    NatGateway,
    VirtualNetwork,
    Subnet,
    SecurityGroup,
    RouteTable,
    DnsZone,
    VirtualMachine,
    ScaleSet,
    NetworkInterface,
    PrivateEndpoint,
    MlWorkspace,
    OnlineEndpoint,
    Compute,
    MlRegistry,
    AiServices,
    Search,
    Bot,
    Storage,
    KeyVault,
    ContainerRegistry,
    Kubernetes,
    WebApp,
    FunctionApp,
    ApiManagement,
    CosmosDb,
    Sql,
    EventHub,
    ServiceBus,
    Redis,
    Databricks,
    Synapse,
    DataFactory,
    AppConfiguration,
    Monitor,
    Purview,
    ManagedIdentity,
    User,
    Group,
    #[default]
    Generic,
}

/// Icon, words, path.
const DRAWINGS: [(Icon, &str, &str); 48] = [
    (
        Icon::Internet,
        "internet",
        "M3 12a9 9 0 1 0 18 0a9 9 0 1 0-18 0M3.5 9h17M3.5 15h17M12 3c2.5 2.5 3.8 5.6 3.8 9\
         s-1.3 6.5-3.8 9c-2.5-2.5-3.8-5.6-3.8-9s1.3-6.5 3.8-9",
    ),
    (
        Icon::OnPremises,
        "on-premises",
        "M5 21V4h9v17M14 9.5h5V21M3 21h18M8 8h3M8 12h3M8 16h3M16.5 13.5h.01M16.5 17h.01",
    ),
    (
        Icon::PublicIp,
        "public address",
        "M12 21.5c-4.2-4.7-6.5-8.2-6.5-11.5a6.5 6.5 0 1 1 13 0c0 3.3-2.3 6.8-6.5 11.5z\
         M9.5 10a2.5 2.5 0 1 0 5 0a2.5 2.5 0 1 0-5 0",
    ),
    (
        Icon::LoadBalancer,
        "load balancer",
        "M10 5a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 7v10M12 11H5v6M12 11h7v6M3 19a2 2 0 1 0 4 0\
         a2 2 0 1 0-4 0M10 19a2 2 0 1 0 4 0a2 2 0 1 0-4 0M17 19a2 2 0 1 0 4 0a2 2 0 1 0-4 0",
    ),
    (
        Icon::ApplicationGateway,
        "application gateway",
        "M3 12h6M9 12l4.5-5.5H20M9 12l4.5 5.5H20M9 12h11M17.5 4L20 6.5 17.5 9\
         M17.5 9.5L20 12l-2.5 2.5M17.5 15L20 17.5 17.5 20",
    ),
    (
        Icon::FrontDoor,
        "Front Door",
        "M6 21V9.5a6 6 0 0 1 12 0V21M3 21h18M9.5 21v-9.5h5V21M12.8 16.5h.01",
    ),
    (
        Icon::Firewall,
        "firewall",
        "M3 5h18v14H3zM3 9.7h18M3 14.3h18M9 5v4.7M15 5v4.7M6 9.7v4.6M12 9.7v4.6\
         M18 9.7v4.6M9 14.3V19M15 14.3V19",
    ),
    (
        Icon::Bastion,
        "Bastion",
        "M6 21V10L4.5 8V4h3v2H10.5V4h3v2H16.5V4h3v4L18 10v11M3.5 21h17\
         M10 21v-4.5a2 2 0 0 1 4 0V21M6 10h12",
    ),
    (
        Icon::Gateway,
        "network gateway",
        "M12 2.5l9.5 9.5-9.5 9.5L2.5 12zM8 12h8M13.3 9.3L16 12l-2.7 2.7",
    ),
    (
        Icon::NatGateway,
        "NAT gateway",
        "M3 8h15M14 4l4 4-4 4M21 16H6M10 12l-4 4 4 4",
    ),
    (
        Icon::VirtualNetwork,
        "virtual network",
        "M7.5 6.5L2 12l5.5 5.5M16.5 6.5L22 12l-5.5 5.5M8.5 12h.01M12 12h.01\
         M15.5 12h.01",
    ),
    (
        Icon::Subnet,
        "subnet",
        "M4 8.5V4h4.5M15.5 4H20v4.5M20 15.5V20h-4.5M8.5 20H4v-4.5\
         M9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    ),
    (
        Icon::SecurityGroup,
        "network security group",
        "M12 3l8 3v5.5c0 4.5-3 8-8 9.5-5-1.5-8-5-8-9.5V6zM9 12l2.2 2.2 4-4.2",
    ),
    (
        Icon::RouteTable,
        "route table",
        "M12 3v2M12 10v2M12 17v4M5 5h11.5l3 2.5-3 2.5H5zM19 12H7.5l-3 2.5 3 2.5H19z",
    ),
    (
        Icon::DnsZone,
        "private DNS zone",
        "M4 4h16v6H4zM7.5 7h.01M11 7h5.5M12 10v4M6 18v-4h12v4M4 18h4v3H4zM16 18h4v3h-4z",
    ),
    (
        Icon::VirtualMachine,
        "virtual machine",
        "M4.5 4h15A1.5 1.5 0 0 1 21 5.5v9a1.5 1.5 0 0 1-1.5 1.5h-15\
         A1.5 1.5 0 0 1 3 14.5v-9A1.5 1.5 0 0 1 4.5 4zM8.5 20h7M12 16v4",
    ),
    (
        Icon::ScaleSet,
        "scale set",
        "M7 6.5V4h14v10h-3M3 7.5h14v9H3zM7 20.5h6M10 16.5v4",
    ),
    (
        Icon::NetworkInterface,
        "network interface",
        "M3 6h18v10H3zM6 16v3M10 16v3M14 16v3M18 16v3M7 9.5h4v3H7zM15 9.5h2.5M15 12.5h2.5",
    ),
    (
        Icon::PrivateEndpoint,
        "private endpoint",
        "M2.5 12H8M8 7h3.5a5 5 0 0 1 0 10H8zM16.5 10H21M16.5 14H21",
    ),
    (
        Icon::MlWorkspace,
        "ML workspace",
        "M10 3v6.5L4.6 18A2 2 0 0 0 6.3 21h11.4a2 2 0 0 0 1.7-3L14 9.5V3M8 3h8\
         M7.3 15h9.4",
    ),
    (
        Icon::OnlineEndpoint,
        "online endpoint",
        "M3 12a4.5 4.5 0 1 0 9 0a4.5 4.5 0 1 0-9 0M12 12h9M17.5 8.5L21 12l-3.5 3.5\
         M7.5 12h.01",
    ),
    (
        Icon::Compute,
        "compute",
        "M6.5 6.5h11v11h-11zM10 10h4v4h-4zM9.5 3v3.5M14.5 3v3.5M9.5 17.5V21\
         M14.5 17.5V21M3 9.5h3.5M3 14.5h3.5M17.5 9.5H21M17.5 14.5H21",
    ),
    (
        Icon::MlRegistry,
        "ML registry",
        "M3.5 4h4.5v16H3.5zM8 4h4.5v16H8zM14.3 5l4-1.1 3 14.9-4 1.1z",
    ),
    (
        Icon::AiServices,
        "AI services",
        "M10.5 3.5l1.9 5.1 5.1 1.9-5.1 1.9-1.9 5.1-1.9-5.1-5.1-1.9 5.1-1.9z\
         M18 14.5l1 2.5 2.5 1-2.5 1-1 2.5-1-2.5-2.5-1 2.5-1z",
    ),
    (
        Icon::Search,
        "AI Search",
        "M4 10.5a6.5 6.5 0 1 0 13 0a6.5 6.5 0 1 0-13 0M15.3 15.3L21 21",
    ),
    (
        Icon::Bot,
        "bot",
        "M7 8.5h10a2 2 0 0 1 2 2V17a2 2 0 0 1-2 2H7a2 2 0 0 1-2-2v-6.5a2 2 0 0 1 2-2zM12 8.5V5\
         M12 4h.01M9 12.5v2M15 12.5v2M2.5 12v3.5M21.5 12v3.5",
    ),
    (
        Icon::Storage,
        "storage account",
        "M3.5 4.5h17V11h-17zM3.5 13h17v6.5h-17zM6.8 7.8h.01M6.8 16.3h.01M10.5 7.8h6.5\
         M10.5 16.3h6.5",
    ),
    (
        Icon::KeyVault,
        "key vault",
        "M3.5 15.5a5 5 0 1 0 10 0a5 5 0 1 0-10 0M12 12l8.5-8.5M16 8l3 3M19 5l1.8 1.8\
         M8.5 15.5h.01",
    ),
    (
        Icon::ContainerRegistry,
        "container registry",
        "M12 3l8.5 4.5v9L12 21l-8.5-4.5v-9zM3.5 7.5L12 12l8.5-4.5M12 12v9M7.7 5.3L16.2 9.8",
    ),
    (
        Icon::Kubernetes,
        "Kubernetes",
        "M5 12a7 7 0 1 0 14 0a7 7 0 1 0-14 0M10 12a2 2 0 1 0 4 0a2 2 0 1 0-4 0M12 2.5V10\
         M12 14v7.5M13.7 11l6.6-3.8M3.7 16.8l6.6-3.8M10.3 11L3.7 7.2M20.3 16.8L13.7 13",
    ),
    (
        Icon::WebApp,
        "web app",
        "M4.5 4.5h15A1.5 1.5 0 0 1 21 6v12a1.5 1.5 0 0 1-1.5 1.5h-15\
         A1.5 1.5 0 0 1 3 18V6a1.5 1.5 0 0 1 1.5-1.5zM3 9h18M6 6.8h.01M8.5 6.8h.01\
         M10 12l-2.5 2.3L10 16.5M14 12l2.5 2.3-2.5 2.2",
    ),
    (
        Icon::FunctionApp,
        "function app",
        "M13.5 2.5L5.5 13.5h5.5L9.5 21.5l9-12H13z",
    ),
    (
        Icon::ApiManagement,
        "API Management",
        "M8 4C5.5 4 6 7 6 8.5S5 12 3 12c2 0 3 2 3 3.5S5.5 20 8 20M16 4c2.5 0 2 3 2 4.5\
         s1 3.5 3 3.5c-2 0-3 2-3 3.5s.5 4.5-2 4.5M9 12h.01M12 12h.01M15 12h.01",
    ),
    (
        Icon::CosmosDb,
        "Cosmos DB",
        "M6 12a6 6 0 1 0 12 0a6 6 0 1 0-12 0M6.5 9.5C3.3 11.8 1.7 14 2.3 15.3\
         c.9 1.8 6 .9 11.4-1.8s9.1-6.1 8.2-7.9c-.6-1.2-3.1-1.2-6.4-.2",
    ),
    (
        Icon::Sql,
        "database",
        "M5 6c0-1.7 3.1-3 7-3s7 1.3 7 3-3.1 3-7 3-7-1.3-7-3zM5 6v12c0 1.7 3.1 3 7 3\
         s7-1.3 7-3V6M5 12c0 1.7 3.1 3 7 3s7-1.3 7-3",
    ),
    (
        Icon::EventHub,
        "event hub",
        "M3 5.5h5l4 6.5h9M3 18.5h5l4-6.5M3 12h9M18 9l3 3-3 3",
    ),
    (
        Icon::ServiceBus,
        "service bus",
        "M3 7.5h14v10H3zM3 8.5l7 5 7-5M7 4.5h14v9.5",
    ),
    (
        Icon::Redis,
        "Redis",
        "M4.3 17.5a8.7 8.7 0 1 1 15.4 0M12 13.5l3.8-5M7 20.5h10M12 13.5h.01M6.8 13.5h.01\
         M8.3 9.7h.01",
    ),
    (
        Icon::Databricks,
        "Databricks",
        "M3 7.5L12 12l9-4.5L12 3zM3 7.5v4L12 16l9-4.5v-4M3 11.5v4.5L12 20.5 21 16v-4.5",
    ),
    (
        Icon::Synapse,
        "Synapse",
        "M12 2.5l8.5 4.75v9.5L12 21.5l-8.5-4.75v-9.5zM7.5 13.5L10 10.5l3 3.5 3.5-4.5",
    ),
    (
        Icon::DataFactory,
        "Data Factory",
        "M3 20.5V11l5 3.3V11l5 3.3V11l4 2.7V4h4v16.5zM7 17.5h.01M11 17.5h.01M15 17.5h.01",
    ),
    (
        Icon::AppConfiguration,
        "App Configuration",
        "M4 7h9M17 7h3M4 17h3M11 17h9M13 7a2 2 0 1 0 4 0a2 2 0 1 0-4 0M7 17a2 2 0 1 0 4 0\
         a2 2 0 1 0-4 0",
    ),
    (
        Icon::Monitor,
        "monitoring",
        "M4 4v16h16.5M8 15.5l3.5-5 3.5 2.5 5-6.5",
    ),
    (
        Icon::Purview,
        "Purview",
        "M2.5 12C5 7.5 8.2 5.3 12 5.3s7 2.2 9.5 6.7c-2.5 4.5-5.7 6.7-9.5 6.7\
         S5 16.5 2.5 12zM9 12a3 3 0 1 0 6 0a3 3 0 1 0-6 0",
    ),
    (
        Icon::ManagedIdentity,
        "managed identity",
        "M6.5 3.5h11A1.5 1.5 0 0 1 19 5v14.5a1.5 1.5 0 0 1-1.5 1.5h-11\
         A1.5 1.5 0 0 1 5 19.5V5a1.5 1.5 0 0 1 1.5-1.5zM10 6.5h4M9.5 12a2.5 2.5 0 1 0 5 0\
         a2.5 2.5 0 1 0-5 0M8 18.5c.5-2 2-3 4-3s3.5 1 4 3",
    ),
    (
        Icon::User,
        "user",
        "M8 8a4 4 0 1 0 8 0a4 4 0 1 0-8 0M4.5 20.5c.8-4 3.7-6 7.5-6s6.7 2 7.5 6",
    ),
    (
        Icon::Group,
        "group",
        "M3.5 9h11.5v11.5H3.5zM6.5 9V6.2h11.3v11.3H15M9.5 6.2V3.5h11.3v11.3h-3",
    ),
    (Icon::Generic, "resource", "M12 3l8 4.5v9L12 21l-8-4.5v-9z"),
];

impl Icon {
    /// All icons.
    pub fn all() -> impl Iterator<Item = Self> {
        DRAWINGS.iter().map(|(icon, _, _)| *icon)
    }

    /// What it shows, in words.
    pub fn title(self) -> &'static str {
        self.drawing().0
    }

    /// The outline on a 24 by 24 grid, as the `d` of an SVG path.
    pub fn path(self) -> &'static str {
        self.drawing().1
    }

    fn drawing(self) -> (&'static str, &'static str) {
        DRAWINGS
            .iter()
            .find(|(icon, _, _)| *icon == self)
            .map_or(("resource", ""), |(_, title, path)| (title, path))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_icon_has_its_own_drawing() {
        let mut paths: Vec<&str> = DRAWINGS.iter().map(|(_, _, path)| *path).collect();
        paths.sort_unstable();
        paths.dedup();
        assert_eq!(paths.len(), DRAWINGS.len());
        // The last variant of the enumeration: all before it have a row.
        assert_eq!(Icon::Generic as usize + 1, DRAWINGS.len());
        for (place, icon) in Icon::all().enumerate() {
            assert_eq!(icon as usize, place, "rows follow the enumeration");
        }
    }
}
