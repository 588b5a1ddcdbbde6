//! What a resource is called and drawn as.

use crate::diagram::{Icon, Zone};
use crate::resource::{self, Resource};
use serde::{Deserialize, Serialize};

/// How a resource's type appears.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Appearance {
    /// What people call the type: `Storage account`.
    pub kind: String,
    /// Its picture.
    pub icon: Icon,
    /// Its column or band; `None` for what is not drawn for itself.
    pub zone: Option<Zone>,
}

/// The names by which kinds speak of icons.
#[rustfmt::skip]
const ICONS: &[(&str, Icon)] = &[
    ("internet", Icon::Internet),
    ("on-premises", Icon::OnPremises),
    ("public-ip", Icon::PublicIp),
    ("load-balancer", Icon::LoadBalancer),
    ("application-gateway", Icon::ApplicationGateway),
    ("front-door", Icon::FrontDoor),
    ("firewall", Icon::Firewall),
    ("bastion", Icon::Bastion),
    ("gateway", Icon::Gateway),
    ("nat-gateway", Icon::NatGateway),
    ("virtual-network", Icon::VirtualNetwork),
    ("subnet", Icon::Subnet),
    ("security-group", Icon::SecurityGroup),
    ("network-security-group", Icon::SecurityGroup),
    ("route-table", Icon::RouteTable),
    ("dns-zone", Icon::DnsZone),
    ("virtual-machine", Icon::VirtualMachine),
    ("scale-set", Icon::ScaleSet),
    ("network-interface", Icon::NetworkInterface),
    ("private-endpoint", Icon::PrivateEndpoint),
    ("ml-workspace", Icon::MlWorkspace),
    ("online-endpoint", Icon::OnlineEndpoint),
    ("compute", Icon::Compute),
    ("ml-registry", Icon::MlRegistry),
    ("ai-services", Icon::AiServices),
    ("search", Icon::Search),
    ("bot", Icon::Bot),
    ("storage", Icon::Storage),
    ("key-vault", Icon::KeyVault),
    ("container-registry", Icon::ContainerRegistry),
    ("kubernetes", Icon::Kubernetes),
    ("web-app", Icon::WebApp),
    ("function-app", Icon::FunctionApp),
    ("api-management", Icon::ApiManagement),
    ("cosmos-db", Icon::CosmosDb),
    ("sql", Icon::Sql),
    ("event-hub", Icon::EventHub),
    ("service-bus", Icon::ServiceBus),
    ("redis", Icon::Redis),
    ("databricks", Icon::Databricks),
    ("synapse", Icon::Synapse),
    ("data-factory", Icon::DataFactory),
    ("app-configuration", Icon::AppConfiguration),
    ("monitor", Icon::Monitor),
    ("purview", Icon::Purview),
    ("managed-identity", Icon::ManagedIdentity),
    ("identity", Icon::ManagedIdentity),
    ("user", Icon::User),
    ("group", Icon::Group),
];

impl Appearance {
    /// How `resource` appears.
    pub fn of(resource: &Resource) -> Self {
        let type_name = resource.resource_type.as_str();
        if let Some(kind) = resource.kind() {
            return Self {
                kind: kind.display.to_owned(),
                icon: icon_called(kind.icon),
                zone: zone_of(kind.zone),
            };
        }
        Self::of_type(type_name)
    }

    /// How a resource of type `type_name` appears whose kind has no file.
    pub fn of_type(type_name: &str) -> Self {
        let name = type_name.to_ascii_lowercase();
        // A child is part of what holds it; of a whole we at least know that it is there.
        let is_whole = type_name.matches('/').count() == 1;
        Self {
            kind: words_of(type_name),
            icon: Icon::Generic,
            zone: is_whole
                .then_some(Zone::Platform)
                .filter(|_| is_worth_a_box(&name)),
        }
    }
}

/// The icon that kinds call `name`.
pub(super) fn icon_called(name: &str) -> Icon {
    let found = ICONS.iter().find(|(known, _)| *known == name);
    found.map_or(Icon::Generic, |(_, icon)| *icon)
}

fn zone_of(zone: resource::Zone) -> Option<Zone> {
    match zone {
        resource::Zone::Edge => Some(Zone::Edge),
        resource::Zone::Network => Some(Zone::Network),
        resource::Zone::Platform => Some(Zone::Platform),
        resource::Zone::Data => Some(Zone::Data),
        resource::Zone::Identity | resource::Zone::Monitoring => Some(Zone::Band),
        resource::Zone::Hidden => None,
    }
}

/// Whether a type that we do not know can be something that runs: not settings and paperwork.
fn is_worth_a_box(name: &str) -> bool {
    const PAPERWORK: [&str; 12] = [
        "microsoft.authorization/",
        "microsoft.insights/",
        "microsoft.alertsmanagement/",
        "microsoft.policyinsights/",
        "microsoft.security/",
        "microsoft.portal/",
        "microsoft.resources/",
        "microsoft.network/",
        "microsoft.compute/",
        "microsoft.operationsmanagement/",
        "microsoft.advisor/",
        "microsoft.consumption/",
    ];
    !PAPERWORK.iter().any(|start| name.starts_with(start))
}

/// The last part of a type in words: `registrationAssignments` becomes `Registration assignments`.
fn words_of(type_name: &str) -> String {
    let last = type_name.rsplit('/').next().unwrap_or(type_name);
    let mut words = String::new();
    let mut before_is_lower = false;
    for letter in last.chars() {
        if letter.is_ascii_uppercase() && before_is_lower {
            words.push(' ');
        }
        before_is_lower = letter.is_ascii_lowercase();
        if words.is_empty() {
            words.push(letter.to_ascii_uppercase());
        } else {
            words.push(letter.to_ascii_lowercase());
        }
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::resource::kind;

    #[test]
    fn every_kind_has_a_drawing() {
        for kind in kind::all() {
            let known = ICONS.iter().any(|(name, _)| *name == kind.icon);
            assert!(
                known || kind.icon == "generic" || kind.zone == resource::Zone::Hidden,
                "{}",
                kind.icon
            );
        }
    }

    #[test]
    fn a_type_that_nobody_knows_is_put_in_words() {
        let appearance = Appearance::of_type("Contoso.Things/tinyThings");
        assert_eq!(appearance.kind, "Tiny things");
        assert_eq!(appearance.zone, Some(Zone::Platform));
        assert_eq!(Appearance::of_type("A.B/c/dElf").zone, None);
    }
}
