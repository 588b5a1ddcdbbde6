//! Zone groups without every zone that their service needs.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Resource;
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-NET-010.
pub(in crate::rule) static ZONE_GROUP_WRONG_ZONE: Rule = Rule {
    id: "SL-NET-010",
    name: "zone-group-wrong-zone",
    title: "Zone group names the wrong zone for its group id",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/privateEndpoints/privateDnsZoneGroups"],
    controls: &["NS-10"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a zone group holds every zone under which its service is called.",
        matters: "An AI account answers under three names. With a zone for one of them, the other \
            two go on over the internet.",
        pass: "Each group of the endpoint has its zones. Groups that are not known are left out.",
        fail: "A zone that the service needs is missing.",
        unknown: "The groups of the endpoint, or a zone, are a parameter.",
    },
    remedy: Remedy {
        text: "Add the missing zones to the group.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]",
            "groupIds": ["account"]}}]}},
            {"type": "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            "apiVersion": "2024-05-01", "name": "endpoint/default",
            "properties": {"privateDnsZoneConfigs": [{"name": "privatelink-cognitiveservices-azure-com",
            "properties": {"privateDnsZoneId": "[resourceId('Microsoft.Network/privateDnsZones', 'privatelink.cognitiveservices.azure.com')]"}}]}}]"#,
        passes: r#"[{"type": "Microsoft.Network/privateEndpoints", "apiVersion": "2024-05-01",
            "name": "endpoint",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'endpoints')]"},
            "privateLinkServiceConnections": [{"name": "link",
            "properties": {"privateLinkServiceId": "[resourceId('Microsoft.CognitiveServices/accounts', 'ai')]",
            "groupIds": ["account"]}}]}},
            {"type": "Microsoft.Network/privateEndpoints/privateDnsZoneGroups",
            "apiVersion": "2024-05-01", "name": "endpoint/default",
            "properties": {"privateDnsZoneConfigs": [{"name": "privatelink-cognitiveservices-azure-com",
            "properties": {"privateDnsZoneId": "[resourceId('Microsoft.Network/privateDnsZones', 'privatelink.cognitiveservices.azure.com')]"}},
            {"name": "privatelink-openai-azure-com",
            "properties": {"privateDnsZoneId": "[resourceId('Microsoft.Network/privateDnsZones', 'privatelink.openai.azure.com')]"}},
            {"name": "privatelink-services-ai-azure-com",
            "properties": {"privateDnsZoneId": "[resourceId('Microsoft.Network/privateDnsZones', 'privatelink.services.ai.azure.com')]"}}]}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// The zones of each private link group, by their first two labels, which are the same in every
/// cloud ("Azure Private Endpoint private DNS zone values"). Groups whose name several services
/// share are left out.
const ZONES: [(&str, &[&str]); 24] = [
    ("blob", &["privatelink.blob"]),
    ("file", &["privatelink.file"]),
    ("queue", &["privatelink.queue"]),
    ("table", &["privatelink.table"]),
    ("dfs", &["privatelink.dfs"]),
    ("web", &["privatelink.web"]),
    ("vault", &["privatelink.vaultcore"]),
    (
        "account",
        &[
            "privatelink.cognitiveservices",
            "privatelink.openai",
            "privatelink.services",
        ],
    ),
    (
        "amlworkspace",
        &["privatelink.api", "privatelink.notebooks"],
    ),
    ("amlregistry", &["privatelink.api"]),
    ("searchService", &["privatelink.search"]),
    ("registry", &["privatelink.azurecr"]),
    ("sqlServer", &["privatelink.database"]),
    ("sites", &["privatelink.azurewebsites"]),
    ("namespace", &["privatelink.servicebus"]),
    ("postgresqlServer", &["privatelink.postgres"]),
    ("mysqlServer", &["privatelink.mysql"]),
    ("redisCache", &["privatelink.redis"]),
    ("databricks_ui_api", &["privatelink.azuredatabricks"]),
    ("Gateway", &["privatelink.azure-api"]),
    ("configurationStores", &["privatelink.azconfig"]),
    ("MongoDB", &["privatelink.mongo"]),
    ("Bot", &["privatelink.directline"]),
    ("Token", &["privatelink.token"]),
];

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let Some((index, endpoint)) = scene.parent() else {
        ruling.skip();
        return;
    };
    let endpoints = &scene.context.topology.private_endpoints;
    let read = endpoints.iter().find(|one| one.index == index);
    let Some(read) = read else { return };
    let zones = zones_of(scene);
    for connection in &read.connections {
        let target = connection.target.resource();
        let target = target.and_then(|index| scene.context.inventory.get(index));
        for group in &connection.group_ids {
            for wanted in wanted(group, target) {
                let says = format!("the zone `{wanted}…` for `{group}` is missing");
                ruling.judge(
                    &format!("{group} {wanted}"),
                    says,
                    is_missing(scene, &zones, wanted),
                );
            }
        }
    }
    if let Some(doubt) = open_groups(endpoint) {
        ruling.judge("groups", "a zone is missing", Answer::open(doubt));
    }
}

/// The doubt that open groups of a connection of `endpoint` cast.
fn open_groups(endpoint: &Resource) -> Option<Doubt> {
    let connections = endpoint
        .properties()
        .at("privateLinkServiceConnections")
        .items();
    connections.iter().find_map(|connection| {
        let groups = connection.path("properties.groupIds");
        let unknown = groups.value()?.as_unknown()?;
        Some(Doubt::of(unknown, groups.span(), "groupIds"))
    })
}

/// The zones that `group` needs: of an AI account those of its kind, where that is known.
fn wanted(group: &str, target: Option<&Resource>) -> Vec<&'static str> {
    let listed = ZONES
        .iter()
        .find(|(name, _)| name.eq_ignore_ascii_case(group));
    let Some((name, zones)) = listed else {
        return Vec::new();
    };
    let kind = target.map(|account| account.reader().at("kind").text());
    let kind = kind.as_ref().and_then(|kind| kind.stated());
    match (*name, kind.map(|kind| kind.to_ascii_lowercase()).as_deref()) {
        ("account", Some("openai")) => vec!["privatelink.openai"],
        ("account", Some(other)) if other != "aiservices" => vec!["privatelink.cognitiveservices"],
        _ => zones.to_vec(),
    }
}

/// The zones that the group names, in lower case, with what is open about them.
fn zones_of(scene: &Scene<'_>) -> (Vec<String>, Option<Doubt>) {
    let configurations = scene.properties().at("privateDnsZoneConfigs");
    if let Some(unknown) = configurations.value().and_then(|value| value.as_unknown()) {
        let doubt = Doubt::of(unknown, configurations.span(), "privateDnsZoneConfigs");
        return (Vec::new(), Some(doubt));
    }
    let mut names = Vec::new();
    let mut doubt = None;
    for configuration in configurations.items() {
        let id = configuration.path("properties.privateDnsZoneId");
        let symbol = id.symbol();
        let name = symbol
            .stated()
            .map_or("", |id| id.rsplit('/').next().unwrap_or(""));
        if name.is_empty() || name.contains('{') {
            let unknown = id.text();
            doubt = unknown
                .unknown()
                .map(|one| Doubt::of(one, id.span(), "privateDnsZoneId"));
        }
        names.push(name.to_ascii_lowercase());
    }
    (names, doubt)
}

fn is_missing(scene: &Scene<'_>, zones: &(Vec<String>, Option<Doubt>), wanted: &str) -> Answer {
    let (names, doubt) = zones;
    if names
        .iter()
        .any(|name| name.starts_with(&format!("{wanted}.")))
    {
        return Answer::No;
    }
    if let Some(doubt) = doubt {
        return Answer::open(doubt.clone());
    }
    let place = scene.properties().at("privateDnsZoneConfigs").span();
    Answer::yes(Evidence::stated(
        place,
        format!("it names {}", names.join(", ")),
    ))
}
