//! Rights that a resource gives by itself, beside role assignments.

use super::assignment::presence_doubt;
use super::power::{Grant, Power, Through};
use super::principal::{NamedPrincipal, Principals};
use super::role::{Plane, Role};
use super::vault;
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use crate::value::Text;

/// A right that stands on the resource itself.
#[derive(Clone, Debug)]
pub struct DirectRight {
    /// Who holds it.
    pub holder: NamedPrincipal,
    /// The resource.
    pub target: ResourceIndex,
    /// What it opens.
    pub grant: Grant,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Why it may not hold; all of them have to fall its way.
    pub doubts: Vec<Doubt>,
}

/// The rights of access policies, data roles and database administrators, in order.
pub fn read_direct_rights(inventory: &Inventory, principals: &Principals<'_>) -> Vec<DirectRight> {
    let mut found = vault::read_policies(inventory, principals);
    for (_, resource) in inventory.iter() {
        if resource.is_not_deployed() {
            continue;
        }
        if resource.resource_type.is(COSMOS_ASSIGNMENT)
            || resource.resource_type.is(COSMOS_TABLE_ASSIGNMENT)
        {
            found.extend(cosmos(inventory, resource, principals));
        }
        for form in ADMINISTRATORS {
            if resource.resource_type.is(form.resource_type) {
                found.extend(administrator(inventory, resource, form, principals));
            }
        }
    }
    found
}

const COSMOS_ASSIGNMENT: &str = "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments";
const COSMOS_TABLE_ASSIGNMENT: &str = "Microsoft.DocumentDB/databaseAccounts/tableRoleAssignments";
const ITEMS: &str = "Microsoft.DocumentDB/databaseAccounts/sqlDatabases/containers/items/*";
const ENTITIES: &str = "Microsoft.DocumentDB/databaseAccounts/tables/containers/entities/*";

/// "Azure Cosmos DB data plane access": roles of its own, of which two are built in.
fn cosmos(
    inventory: &Inventory,
    resource: &Resource,
    principals: &Principals<'_>,
) -> Option<DirectRight> {
    let properties = resource.properties();
    let kind = Setting::<Text>::Absent(resource.span);
    let holder = principals.resolve(properties.at("principalId"), &kind)?;
    let account = holder_of(inventory, resource)?;
    let definition = properties.at("roleDefinitionId").symbol();
    let id = definition.stated().cloned().unwrap_or_default();
    let end = id.rsplit('/').next().unwrap_or(&id);
    let mut doubts: Vec<Doubt> = presence_doubt(resource).into_iter().collect();
    let says = match end {
        "00000000-0000-0000-0000-000000000001" => "may read items",
        "00000000-0000-0000-0000-000000000002" => "may read and write items",
        _ => {
            match inventory
                .find_text(&id, resource.file)
                .and_then(|index| inventory.get(index))
            {
                Some(found) => {
                    let role = Role::custom(found);
                    let allows =
                        role.allows(Plane::Data, ITEMS) || role.allows(Plane::Data, ENTITIES);
                    if !allows && role.open.is_none() {
                        return None;
                    }
                    doubts.extend(role.open.filter(|_| !allows));
                }
                None => doubts.push(Doubt::outside(
                    "role-not-known",
                    format!("{id}|allows it"),
                    format!("the data role `{end}` is not in the inputs"),
                    format!("the data role `{end}`"),
                    definition.span(),
                )),
            }
            "may use items"
        }
    };
    Some(DirectRight {
        holder,
        target: account,
        grant: data(says),
        evidence: vec![Evidence::stated(
            definition.span(),
            format!("a data role of the account is assigned, which {says}"),
        )],
        doubts,
    })
}

/// How a type of resource names somebody who administers the one that holds it.
struct AdministratorForm {
    resource_type: &'static str,
    /// The path of the object identifier below the body.
    principal: &'static str,
    /// The path of what says whether it is a person, a group or a service.
    kind: &'static str,
    says: &'static str,
}

const ADMINISTRATORS: &[AdministratorForm] = &[
    AdministratorForm {
        resource_type: "Microsoft.Sql/servers",
        principal: "properties.administrators.sid",
        kind: "properties.administrators.principalType",
        says: "is the server's administrator",
    },
    AdministratorForm {
        resource_type: "Microsoft.Sql/servers/administrators",
        principal: "properties.sid",
        kind: "properties.principalType",
        says: "is the server's administrator",
    },
    AdministratorForm {
        resource_type: "Microsoft.DBforPostgreSQL/flexibleServers/administrators",
        principal: "name",
        kind: "properties.principalType",
        says: "is the server's administrator",
    },
    AdministratorForm {
        resource_type: "Microsoft.DBforMySQL/flexibleServers/administrators",
        principal: "properties.sid",
        kind: "properties.principalType",
        says: "is the server's administrator",
    },
    AdministratorForm {
        resource_type: "Microsoft.Synapse/workspaces/administrators",
        principal: "properties.sid",
        kind: "properties.administratorType",
        says: "is the workspace's administrator",
    },
    AdministratorForm {
        resource_type: "Microsoft.Cache/Redis/accessPolicyAssignments",
        principal: "properties.objectId",
        kind: "properties.principalType",
        says: "may use the cache",
    },
    AdministratorForm {
        resource_type: "Microsoft.Kusto/clusters/principalAssignments",
        principal: "properties.principalId",
        kind: "properties.principalKind",
        says: "may use the cluster's databases",
    },
];

fn administrator(
    inventory: &Inventory,
    resource: &Resource,
    form: &AdministratorForm,
    principals: &Principals<'_>,
) -> Option<DirectRight> {
    let reader = resource.reader().path(form.principal);
    // A name is spelled in full, and its last segment is the object identifier.
    let short = crate::value::Value::string(reader.span(), resource.short_name());
    let principal = if form.principal == "name" && reader.text().stated().is_some() {
        Reader::new(&short)
    } else {
        reader
    };
    let kind = match resource.reader().path(form.kind).text() {
        Setting::Stated(word, span) if word.eq_ignore_ascii_case("Application") => {
            Setting::Stated(Text::from("ServicePrincipal"), span)
        }
        other => other,
    };
    let holder = principals.resolve(principal, &kind)?;
    let is_child = form.resource_type.matches('/').count() > 1;
    let target = if is_child {
        holder_of(inventory, resource)?
    } else {
        inventory.find(&resource.id, resource.file)?
    };
    Some(DirectRight {
        holder,
        target,
        grant: data(form.says),
        evidence: vec![Evidence::stated(
            reader.span(),
            format!("this principal {}", form.says),
        )],
        doubts: presence_doubt(resource).into_iter().collect(),
    })
}

fn data(says: &'static str) -> Grant {
    Grant {
        power: Power::UseData,
        through: Through::Doors(&[]),
        says,
    }
}

/// The resource that holds `resource`.
fn holder_of(inventory: &Inventory, resource: &Resource) -> Option<ResourceIndex> {
    resource.parent.or_else(|| {
        let parent = resource.id.parent()?;
        inventory.find(&parent, resource.file)
    })
}
