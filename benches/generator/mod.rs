//! Estates of any size, the same at each run: hubs with firewalls, and spokes behind them with
//! networks, security groups, machines, private endpoints, stores, ML workspaces, AI services,
//! identities, roles and diagnostics.
//!
//! They are written as exports are: names are parameters with a default, identifiers are made by
//! `resourceId`, what Azure fills in is there.

mod network;
mod platform;
mod workload;

use serde_json::{Map, Value, json};

/// The spokes that one hub serves.
const SPOKES_OF_HUB: usize = 200;

/// A template that is being made.
pub(crate) struct Estate {
    parameters: Map<String, Value>,
    resources: Vec<Value>,
    state: u64,
}

/// The template of an estate with at least `count` resources, fewer than fifty more.
pub(crate) fn write_estate(count: usize) -> String {
    let mut estate = Estate {
        parameters: Map::new(),
        resources: Vec::new(),
        state: 0x2545_f491_4f6c_dd1d,
    };
    let mut spoke: usize = 0;
    while estate.resources.len() < count {
        if spoke.is_multiple_of(SPOKES_OF_HUB) {
            network::add_hub(&mut estate, spoke / SPOKES_OF_HUB);
        }
        network::add_spoke(&mut estate, spoke, spoke / SPOKES_OF_HUB);
        workload::add_machines(&mut estate, spoke);
        platform::add_services(&mut estate, spoke);
        spoke += 1;
    }
    let template = json!({
        "$schema": "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
        "contentVersion": "1.0.0.0",
        "parameters": estate.parameters,
        "variables": {},
        "resources": estate.resources,
    });
    serde_json::to_string_pretty(&template).unwrap_or_default()
}

impl Estate {
    /// Adds a resource of `kind` with a parameter for its name, and returns nothing: others name it
    /// by [`id`].
    fn add(&mut self, kind: &str, name: &str, version: &str, rest: Value) {
        self.parameters.insert(
            parameter(kind, name),
            json!({"defaultValue": name, "type": "String"}),
        );
        let name = format!("[parameters('{}')]", parameter(kind, name));
        self.push(kind, &name, version, rest);
    }

    /// Adds a child of the `kind` with the names of `parent` and its own.
    fn add_child(&mut self, kind: &str, parent: (&str, &str), name: &str, rest: Value) {
        let whole = format!(
            "[concat(parameters('{}'), '/{name}')]",
            parameter(parent.0, parent.1)
        );
        self.push(kind, &whole, "2024-05-01", rest);
    }

    fn push(&mut self, kind: &str, name: &str, version: &str, rest: Value) {
        let mut body = Map::new();
        body.insert("type".into(), kind.into());
        body.insert("apiVersion".into(), version.into());
        body.insert("name".into(), name.into());
        body.insert("location".into(), "westeurope".into());
        if let Value::Object(rest) = rest {
            body.extend(rest);
        }
        self.resources.push(Value::Object(body));
    }

    /// The next number below `bound`, the same at each run.
    fn pick(&mut self, bound: u64) -> u64 {
        self.state = self
            .state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.state >> 33) % bound.max(1)
    }

    /// Whether the next number in a hundred is below `share`.
    fn chance(&mut self, share: u64) -> bool {
        self.pick(100) < share
    }
}

fn parameter(kind: &str, name: &str) -> String {
    let short = kind.rsplit('/').next().unwrap_or(kind);
    format!("{short}_{}_name", name.replace('-', "_"))
}

/// The identifier of the `kind` called `name`, as an export writes it.
fn id(kind: &str, name: &str) -> Value {
    json!({"id": id_text(kind, name, "")})
}

/// The identifier of what is called `child` in the `kind` called `name`.
fn child_id(kind: &str, name: &str, segment: &str, child: &str) -> Value {
    json!({"id": child_id_text(kind, name, segment, child)})
}

fn child_id_text(kind: &str, name: &str, segment: &str, child: &str) -> String {
    let parameter = parameter(kind, name);
    format!("[resourceId('{kind}/{segment}', parameters('{parameter}'), '{child}')]")
}

/// The expression for an identifier, with `more` behind it.
fn id_text(kind: &str, name: &str, more: &str) -> String {
    let id = format!(
        "resourceId('{kind}', parameters('{}'))",
        parameter(kind, name)
    );
    if more.is_empty() {
        format!("[{id}]")
    } else {
        format!("[concat({id}, '{more}')]")
    }
}
