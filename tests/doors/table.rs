//! Tables of fragments and answers, asked as vectors and reviewed as templates.

use serde_json::{Map, Value, json};
use sightline::analysis::{Options, analyse};
use sightline::arm::Environment;
use sightline::conformance::service_door;
use sightline::input::{Mode, RawFile};
use sightline::reachability::{OpenTo, Verdict};
use std::collections::BTreeSet;

/// One row: what is declared, who calls, `net`, and the modes, sure ones before a `|`.
///
/// The declaration's members are `p` (properties), `v` (API version), `k` (kind), `s` (SKU), `c`
/// (children, each `[type, name, properties]` with an API version behind where it matters) and `x`
/// (context).
pub(crate) type Row = (&'static str, &'static str, &'static str, &'static str);

/// Checks every row of resource type `resource_type`, each with `api_version` unless it says
/// another, as a vector and, where a template can say the same, in a review.
pub(crate) fn check(resource_type: &str, api_version: &str, rows: &[Row]) {
    let mut problems = Vec::new();
    for row @ (fragment, source, net, modes) in rows {
        let line = vector(resource_type, api_version, fragment, source);
        let answer = service_door::answer(&line, &Environment::default());
        let (sure, maybe) = modes.split_once('|').unwrap_or((modes, ""));
        let agrees = answer["net"] == json!(net)
            && words(&answer["auth"]) == words_of(sure)
            && words(&answer["authUnknown"]) == words_of(maybe);
        if !agrees {
            problems.push(format!("{row:?}\n    as a vector: {answer}"));
        }
        if let Some(verdict) = review(&line)
            && verdict != *net
        {
            problems.push(format!("{row:?}\n    in a review: {verdict}"));
        }
    }
    assert!(
        problems.is_empty(),
        "\n{resource_type}\n{}\n",
        problems.join("\n")
    );
}

fn words(list: &Value) -> BTreeSet<String> {
    list.as_array()
        .into_iter()
        .flatten()
        .map(|word| word.as_str().unwrap().to_owned())
        .collect()
}

fn words_of(text: &str) -> BTreeSet<String> {
    text.split_whitespace().map(str::to_owned).collect()
}

fn vector(resource_type: &str, api_version: &str, fragment: &str, source: &str) -> Value {
    let fragment: Value =
        serde_json::from_str(fragment).unwrap_or_else(|error| panic!("{fragment}: {error}"));
    let known = ["p", "v", "k", "s", "c", "x"];
    let members = fragment.as_object().unwrap();
    assert!(
        members.keys().all(|key| known.contains(&key.as_str())),
        "{fragment}"
    );
    let or = |name: &str, default: Value| members.get(name).cloned().unwrap_or(default);
    let version = or("v", json!(api_version));
    let mut resource = Map::new();
    resource.insert("type".into(), json!(resource_type));
    resource.insert("apiVersion".into(), version.clone());
    resource.insert("properties".into(), or("p", json!({})));
    if let Some(kind) = members.get("k") {
        resource.insert("kind".into(), kind.clone());
    }
    if let Some(sku) = members.get("s") {
        resource.insert("sku".into(), json!({ "name": sku }));
    }
    let children: Vec<Value> = or("c", json!([]))
        .as_array()
        .unwrap()
        .iter()
        .map(|child| {
            json!({
                "type": format!("{resource_type}/{}", child[0].as_str().unwrap()),
                "apiVersion": child.get(3).unwrap_or(&version),
                "name": child[1],
                "properties": child[2],
            })
        })
        .collect();
    json!({
        "id": "row", "kind": "paas", "resource": resource, "children": children,
        "context": or("x", json!({})), "source": source,
    })
}

/// What a review says of the same, in the words of a vector; `None` for what a template alone
/// cannot say.
pub(crate) fn review(line: &Value) -> Option<&'static str> {
    let context = line["context"].as_object().unwrap();
    let expressible = [
        "workspace",
        "account",
        "environment",
        "door",
        "mode",
        "hasPrivateEndpoint",
        "nsp",
    ];
    if line["source"] != json!("internet")
        || !context
            .keys()
            .all(|key| expressible.contains(&key.as_str()))
    {
        return None;
    }
    let resource_type = line["resource"]["type"].as_str().unwrap();
    let segments = resource_type.split('/').count() - 1;
    let own_name = vec!["one"; segments].join("/");
    let mut own = line["resource"].clone();
    own["name"] = json!(own_name);
    let mut resources = vec![own];
    for child in line["children"].as_array().unwrap() {
        let mut child = child.clone();
        let depth = child["type"].as_str().unwrap().split('/').count() - segments - 1;
        let name: Vec<&str> = child["name"].as_str().unwrap().split('/').collect();
        let name = name[name.len() - depth..].join("/");
        child["name"] = json!(format!("{own_name}/{name}"));
        resources.push(child);
    }
    add_governor(&mut resources, context);
    if context.get("hasPrivateEndpoint") == Some(&json!(true)) {
        add_private_endpoint(&mut resources)?;
    }
    if let Some(perimeter) = context.get("nsp") {
        add_perimeter(&mut resources, perimeter);
    }
    let text = line.to_string();
    let parameters: Map<String, Value> = text
        .split("parameters('")
        .skip(1)
        .map(|rest| {
            (
                rest.split('\'').next().unwrap().to_owned(),
                json!({ "type": "object" }),
            )
        })
        .collect();
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0", "parameters": parameters, "resources": resources,
    });
    let options = Options {
        mode: Some(match context.get("mode") {
            Some(mode) if mode == "export" => Mode::Export,
            _ => Mode::Deployment,
        }),
        ..Options::default()
    };
    let bytes = template.to_string().into_bytes();
    let analysis = analyse(vec![RawFile::new("template.json", bytes)], &options);
    let asked = context
        .get("door")
        .and_then(Value::as_str)
        .unwrap_or("main");
    let own: Vec<_> = analysis
        .exposures
        .iter()
        .filter(|exposure| {
            let resource = analysis.resource_of(exposure).unwrap();
            *resource.name == *own_name && resource.resource_type.is(resource_type)
        })
        .collect();
    let mut in_order = own.clone();
    in_order.sort_by_key(|exposure| exposure.door);
    let found = in_order
        .iter()
        .find(|exposure| analysis.door_name(exposure) == asked)
        .or_else(|| in_order.first().filter(|_| asked == "main"));
    let Some(exposure) = found else {
        return Some(if asked == "main" { "closed" } else { "unknown" });
    };
    Some(match (exposure.verdict, exposure.open_to) {
        (Verdict::Reachable, Some(OpenTo::Anyone)) => "open",
        (Verdict::Reachable | Verdict::Blocked, _) => "closed",
        (Verdict::Conditional | Verdict::Undetermined, _) => "unknown",
    })
}

/// Adds a perimeter around the first of `resources`.
fn add_perimeter(resources: &mut Vec<Value>, perimeter: &Value) {
    let target = format!(
        "[resourceId('{}', 'one')]",
        resources[0]["type"].as_str().unwrap()
    );
    let own = "Microsoft.Network/networkSecurityPerimeters";
    let mut association = json!({
        "privateLinkResource": { "id": target },
        "profile": { "id": format!("[resourceId('{own}/profiles', 'around', 'rules')]") },
    });
    if let Some(mode) = perimeter.get("accessMode") {
        association["accessMode"] = mode.clone();
    }
    let prefixes = perimeter
        .get("inboundPrefixes")
        .cloned()
        .unwrap_or(json!([]));
    let rule = json!({ "direction": "Inbound", "addressPrefixes": prefixes });
    for (segment, name, properties) in [
        ("", "around", json!({})),
        ("/profiles", "around/rules", json!({})),
        ("/profiles/accessRules", "around/rules/in", rule),
        ("/resourceAssociations", "around/one", association),
    ] {
        resources.push(json!({
            "type": format!("{own}{segment}"), "apiVersion": "2024-07-01", "name": name,
            "properties": properties,
        }));
    }
}

/// Adds a private endpoint to the first of `resources`, or to what holds it; `None` for one whose
/// holder is not there.
fn add_private_endpoint(resources: &mut Vec<Value>) -> Option<()> {
    let segments: Vec<&str> = resources[0]["type"].as_str().unwrap().split('/').collect();
    let top = segments[..2].join("/");
    let is_there = |one: &Value| one["type"].as_str() == Some(&top);
    resources.iter().any(is_there).then_some(())?;
    resources.push(json!({
        "type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-09-01", "name": "net",
        "properties": {
            "addressSpace": { "addressPrefixes": ["10.0.0.0/16"] },
            "subnets": [{ "name": "ends", "properties": { "addressPrefix": "10.0.1.0/24" } }],
        },
    }));
    resources.push(json!({
        "type": "Microsoft.Network/privateEndpoints", "apiVersion": "2023-09-01", "name": "end",
        "properties": {
            "subnet": { "id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'ends')]" },
            "privateLinkServiceConnections": [{ "name": "end", "properties": {
                "privateLinkServiceId": format!("[resourceId('{top}', 'one')]"),
                "groupIds": ["any"],
            } }],
        },
    }));
    Some(())
}

/// Adds what governs the first of `resources`.
fn add_governor(resources: &mut Vec<Value>, context: &Map<String, Value>) {
    let own_type = resources[0]["type"].as_str().unwrap().to_owned();
    let parent = own_type.split('/').take(2).collect::<Vec<_>>().join("/");
    let is_nested = own_type.split('/').count() > 2;
    for (member, governor_type) in [
        ("workspace", "Microsoft.MachineLearningServices/workspaces"),
        ("environment", "Microsoft.App/managedEnvironments"),
        ("account", parent.as_str()),
    ] {
        let Some(properties) = context.get(member) else {
            continue;
        };
        let version = resources[0]["apiVersion"].clone();
        let name = if is_nested { "one" } else { "governor" };
        let id = format!("[resourceId('{governor_type}', '{name}')]");
        resources.push(json!({
            "type": governor_type, "apiVersion": version, "name": name, "properties": properties,
        }));
        let own = &mut resources[0]["properties"];
        match member {
            "environment" => own["environmentId"] = json!(id),
            "workspace" if !is_nested => own["hubResourceId"] = json!(id),
            _ => {}
        }
    }
}
