//! Names, ports and places of doors, which settings decide that open and close nothing.

use serde_json::{Value, json};
use sightline::analysis::{Options, analyse};
use sightline::input::RawFile;

/// The doors of the resource `one` in a template of `resources`: each with its names, its ports and
/// where it stands.
fn doors(resources: &Value) -> Vec<String> {
    let template = json!({ "resources": resources });
    let bytes = template.to_string().into_bytes();
    let analysis = analyse(vec![RawFile::new("t.json", bytes)], &Options::default());
    let own = analysis.model.doors.iter().filter(|entry| {
        let resource = analysis.inventory.get(entry.resource).unwrap();
        resource.name.split('/').next() == Some("one")
    });
    own.map(|entry| {
        let door = &entry.door;
        let mut proof: Vec<&str> = door
            .authentication
            .accepted
            .iter()
            .map(|(mode, _)| mode.as_str())
            .collect();
        proof.sort_unstable();
        format!(
            "{} {:?} {:?} {:?} {proof:?}",
            door.name, door.hosts, door.services, door.placement
        )
    })
    .collect()
}

/// A resource called `one`.
fn one(resource_type: &str, more: &Value) -> Value {
    let mut resource = json!({ "type": resource_type, "apiVersion": "2023-09-01", "name": "one", "location": "westeurope", "properties": {} });
    for (name, value) in more.as_object().unwrap() {
        resource[name] = value.clone();
    }
    resource
}

/// The settings, each with two statements of one resource that differ in it alone.
fn flips() -> Vec<(&'static str, Value, Value)> {
    let flip = |setting, resource_type: &str, first: Value, second: Value| {
        let with = |more| json!([one(resource_type, &more)]);
        (setting, with(first), with(second))
    };
    let properties = |value: Value| json!({ "properties": value });
    let subnet = |name: &str| {
        format!("[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', '{name}')]")
    };
    let ingress = |more: Value| {
        let mut ingress = json!({ "external": true, "targetPort": 80 });
        for (name, value) in more.as_object().unwrap() {
            ingress[name] = value.clone();
        }
        let environment = "Microsoft.App/managedEnvironments";
        json!([
            one("Microsoft.App/containerApps", &json!({ "properties": {
                "environmentId": format!("[resourceId('{environment}', 'env')]"), "configuration": { "ingress": ingress },
            } })),
            { "type": environment, "apiVersion": "2023-05-01", "name": "env", "properties": {} },
        ])
    };
    let standing = |name: &str| {
        let environment = "Microsoft.App/managedEnvironments";
        json!([
            one("Microsoft.App/containerApps", &json!({ "properties": {
                "environmentId": format!("[resourceId('{environment}', 'env')]"),
                "configuration": { "ingress": { "external": true, "targetPort": 80 } },
            } })),
            { "type": environment, "apiVersion": "2023-05-01", "name": "env", "properties": {
                "vnetConfiguration": { "internal": true, "infrastructureSubnetId": subnet(name) },
            } },
        ])
    };
    let policed = |member: &str| {
        let service = "Microsoft.ApiManagement/service";
        json!([
            one(service, &json!({ "sku": { "name": "Developer", "capacity": 1 } })),
            { "type": format!("{service}/apis"), "apiVersion": "2022-08-01", "name": "one/a",
              "properties": { "path": "a", "subscriptionRequired": false } },
            { "type": format!("{service}/apis/policies"), "apiVersion": "2022-08-01", "name": "one/a/policy",
              "properties": { member: "<policies><inbound><validate-jwt header-name=\"Authorization\" /></inbound></policies>" } },
        ])
    };
    let nodes = |name: Option<&str>| {
        let mut properties = json!({ "apiServerAccessProfile": { "enablePrivateCluster": true } });
        if let Some(name) = name {
            properties["agentPoolProfiles"] =
                json!([{ "name": "p", "vnetSubnetID": subnet(name) }]);
        }
        json!([one(
            "Microsoft.ContainerService/managedClusters",
            &json!({ "properties": properties })
        )])
    };
    let storage = "Microsoft.Storage/storageAccounts";
    let cluster = "Microsoft.ContainerService/managedClusters";
    vec![
        flip(
            "supportsHttpsTrafficOnly",
            storage,
            properties(json!({ "supportsHttpsTrafficOnly": true })),
            properties(json!({ "supportsHttpsTrafficOnly": false })),
        ),
        flip(
            "dnsEndpointType",
            storage,
            properties(json!({ "dnsEndpointType": "Standard" })),
            properties(json!({ "dnsEndpointType": "AzureDnsZone" })),
        ),
        flip(
            "httpsOnly",
            "Microsoft.Web/sites",
            properties(json!({ "httpsOnly": true })),
            properties(json!({ "httpsOnly": false })),
        ),
        flip(
            "enableNonSslPort",
            "Microsoft.Cache/Redis",
            properties(json!({ "enableNonSslPort": true })),
            properties(json!({ "enableNonSslPort": false })),
        ),
        flip(
            "dnsPrefix",
            cluster,
            properties(json!({ "dnsPrefix": "a" })),
            properties(json!({ "dnsPrefix": "b" })),
        ),
        flip(
            "hostnameConfigurations",
            "Microsoft.ApiManagement/service",
            properties(json!({})),
            properties(
                json!({ "hostnameConfigurations": [{ "type": "Proxy", "hostName": "api.example.com" }] }),
            ),
        ),
        flip(
            "hostName",
            "Microsoft.ApiManagement/service",
            properties(
                json!({ "hostnameConfigurations": [{ "type": "Proxy", "hostName": "a.example.com" }] }),
            ),
            properties(
                json!({ "hostnameConfigurations": [{ "type": "Proxy", "hostName": "b.example.com" }] }),
            ),
        ),
        flip(
            "dnsNameLabel",
            "Microsoft.ContainerInstance/containerGroups",
            properties(
                json!({ "ipAddress": { "type": "Public", "dnsNameLabel": "a", "ports": [{ "protocol": "TCP", "port": 80 }] } }),
            ),
            properties(
                json!({ "ipAddress": { "type": "Public", "dnsNameLabel": "b", "ports": [{ "protocol": "TCP", "port": 80 }] } }),
            ),
        ),
        flip(
            "location",
            "Microsoft.EventGrid/topics",
            json!({ "location": "westeurope" }),
            json!({ "location": "northeurope" }),
        ),
        (
            "transport",
            ingress(json!({ "transport": "http" })),
            ingress(json!({ "transport": "tcp", "exposedPort": 5000 })),
        ),
        (
            "exposedPort",
            ingress(json!({ "transport": "tcp", "exposedPort": 5000 })),
            ingress(json!({ "transport": "tcp", "exposedPort": 6000 })),
        ),
        (
            "allowInsecure",
            ingress(json!({ "allowInsecure": true })),
            ingress(json!({ "allowInsecure": false })),
        ),
        (
            "customDomains",
            ingress(json!({})),
            ingress(json!({ "customDomains": [{ "name": "www.example.com" }] })),
        ),
        ("infrastructureSubnetId", standing("a"), standing("b")),
        ("vnetSubnetID", nodes(Some("a")), nodes(Some("b"))),
        ("agentPoolProfiles", nodes(Some("a")), nodes(None)),
        ("policyContent", policed("policyContent"), policed("other")),
    ]
}

#[test]
fn settings_of_names_ports_and_places_change_the_door() {
    let mut problems = Vec::new();
    for (setting, first, second) in flips() {
        let (first, second) = (doors(&first), doors(&second));
        if first.is_empty() || first == second {
            problems.push(format!("{setting}: {first:?}"));
        }
    }
    assert!(problems.is_empty(), "\n{}\n", problems.join("\n"));
}
