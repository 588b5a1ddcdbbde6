//! From what a resource keeps, or is given by the platform, to what that opens.

use super::identity::{Ways, Why};
use crate::evidence::Evidence;
use crate::graph::{EdgeKind, Node};
use crate::network::identity::{
    Carrier, Code, Opens, Principal, Role, VAULT, powers, read_credentials,
};
use crate::resource::{Inventory, Resource, ResourceIndex};
use crate::source::Span;
use std::collections::BTreeMap;

const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const ONLINE: &str = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";

/// Adds the ways of kept credentials, and the rights that Azure assigns by itself.
pub(in crate::graph) fn add_couplings(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    carriers: &[Carrier],
) {
    add_credentials(ways, inventory, carriers);
    for carrier in carriers {
        let Some(resource) = inventory.get(carrier.resource) else {
            continue;
        };
        let own = Principal::Of(carrier.resource);
        if !carrier.identities.iter().any(|one| one.principal == own) {
            continue;
        }
        if resource.resource_type.is(WORKSPACE) {
            add_workspace_rights(ways, inventory, carrier.resource, resource);
        } else if resource.resource_type.is(ONLINE) {
            add_endpoint_rights(ways, inventory, carrier.resource, resource);
        }
    }
    for (index, workspace) in inventory.of_type(WORKSPACE) {
        add_vault_of_workspace(ways, inventory, index, workspace);
    }
}

fn add_credentials(ways: &mut Ways<'_, '_>, inventory: &Inventory, carriers: &[Carrier]) {
    let runs_code = |resource: &Resource| crate::network::identity::code_of(resource).may_run();
    // Whoever answers under a name: the resource of the first door that has it.
    let mut hosts: BTreeMap<String, ResourceIndex> = BTreeMap::new();
    for entry in &ways.model.doors {
        for host in &entry.door.hosts {
            hosts
                .entry(host.to_ascii_lowercase())
                .or_insert(entry.resource);
        }
    }
    let by_host = |host: &str| hosts.get(host).copied();
    for credential in read_credentials(inventory, runs_code, by_host) {
        let holder = inventory.get(credential.holder);
        let is_vault = holder.is_some_and(|holder| holder.resource_type.is(VAULT));
        let from = ways.model.add_node(if is_vault {
            Node::Data(credential.holder)
        } else {
            Node::Stored(credential.holder)
        });
        let to = ways.model.add_node(match &credential.opens {
            Opens::KeyOf(index) => Node::Key(*index),
            Opens::StoredBy(index) => Node::Stored(*index),
            Opens::Outside(id) => Node::External(id.clone()),
        });
        let kind = if is_vault {
            EdgeKind::ReadsSecret
        } else {
            EdgeKind::StoredCredential
        };
        let why = Why {
            evidence: credential.evidence.clone(),
            doubts: credential.doubts.clone(),
        };
        ways.connect(from, to, kind, &why, &[]);
    }
    // Code reads the settings that it runs with; a service's own code is not the customer's.
    for carrier in carriers.iter().filter(|one| one.code == Code::Answers) {
        let (Some(stored), Some(resource)) = (
            ways.model.find(&Node::Stored(carrier.resource)),
            inventory.get(carrier.resource),
        ) else {
            continue;
        };
        let code = ways.model.add_node(Node::Code(carrier.resource));
        let says = "code reads the settings that it runs with";
        let why = Why {
            evidence: vec![Evidence::platform(resource.span, says)],
            doubts: Vec::new(),
        };
        for node in ways.entered(carrier.resource) {
            ways.connect_broken_into(node, stored, EdgeKind::StoredCredential, &why);
        }
        ways.connect(code, stored, EdgeKind::StoredCredential, &why, &[]);
    }
}

/// The resource that a property of `resource` names, with the place.
fn named(
    inventory: &Inventory,
    resource: &Resource,
    property: &str,
) -> Option<(ResourceIndex, Span)> {
    let id = resource.properties().at(property).symbol();
    let found = inventory.find_text(id.stated()?, resource.file)?;
    Some((found, id.span()))
}

/// "Set up authentication between Azure Machine Learning and other services": the rights of a
/// workspace's system-assigned identity on the workspace's own resources are Azure's to assign.
fn add_workspace_rights(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    index: ResourceIndex,
    workspace: &Resource,
) {
    let says = "Azure assigns it to the identity of a workspace over the workspace's own resources";
    for (property, roles) in [
        (
            "storageAccount",
            &["Contributor", "Storage Blob Data Contributor"][..],
        ),
        ("keyVault", &["Contributor", "Key Vault Administrator"]),
        ("containerRegistry", &["Contributor"]),
    ] {
        if let Some(target) = named(inventory, workspace, property) {
            add_roles(ways, inventory, index, target, roles, says);
        }
    }
}

/// "Authentication for managed online endpoints", automatic role assignment for endpoint identity.
fn add_endpoint_rights(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    index: ResourceIndex,
    endpoint: &Resource,
) {
    let workspace = endpoint.parent.and_then(|parent| inventory.get(parent));
    let Some(workspace) = workspace else { return };
    let says = "Azure assigns it to the identity of an endpoint over its workspace's resources";
    for (property, role) in [
        ("storageAccount", "Storage Blob Data Reader"),
        ("containerRegistry", "AcrPull"),
    ] {
        if let Some(target) = named(inventory, workspace, property) {
            add_roles(ways, inventory, index, target, &[role], says);
        }
    }
}

fn add_roles(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    holder: ResourceIndex,
    (target, span): (ResourceIndex, Span),
    roles: &[&str],
    says: &'static str,
) {
    let Some(resource) = inventory.get(target) else {
        return;
    };
    let from = ways.place(&Principal::Of(holder));
    for role in roles.iter().filter_map(|name| Role::built_in_by_name(name)) {
        let why = Why {
            evidence: vec![Evidence::platform(
                span,
                format!("the role `{}`: {says}", role.name),
            )],
            doubts: Vec::new(),
        };
        for grant in powers(&role, &resource.resource_type, true) {
            ways.add_grant(from, target, &grant, &why);
        }
    }
}

/// A workspace keeps the credentials of its connections and datastores in its vault.
fn add_vault_of_workspace(
    ways: &mut Ways<'_, '_>,
    inventory: &Inventory,
    index: ResourceIndex,
    workspace: &Resource,
) {
    let (Some(stored), Some((vault, span))) = (
        ways.model.find(&Node::Stored(index)),
        named(inventory, workspace, "keyVault"),
    ) else {
        return;
    };
    let data = ways.model.add_node(Node::Data(vault));
    let says = "a workspace keeps the credentials of its connections and datastores in its vault";
    let why = Why {
        evidence: vec![Evidence::platform(span, says)],
        doubts: Vec::new(),
    };
    ways.connect(data, stored, EdgeKind::ReadsSecret, &why, &[]);
}
