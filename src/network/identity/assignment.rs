//! Role assignments, in every form that templates write them.

use super::principal::{NamedPrincipal, Principals};
use super::role::{Role, definition_name};
use super::scope::{Scope, Scopes};
use crate::evidence::{Doubt, Evidence};
use crate::input::Mode;
use crate::resource::{Inventory, Presence, Resource, ResourceIndex, Setting};
use crate::value::{Text, Unknown};
use std::collections::BTreeMap;
use std::sync::Arc;

/// Somebody's role over something.
#[derive(Clone, Debug)]
pub struct Assignment {
    /// The resource that says so.
    pub declared: ResourceIndex,
    /// Who holds it.
    pub holder: NamedPrincipal,
    /// What the holder may do.
    pub role: Arc<Role>,
    /// What tells the role from another.
    pub role_key: Text,
    /// What it covers.
    pub scope: Scope,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Why it may not hold, or not give what the role does; all of them have to fall its way.
    pub doubts: Vec<Doubt>,
}

const ASSIGNMENT: &str = "Microsoft.Authorization/roleAssignments";
const DEFINITION: &str = "Microsoft.Authorization/roleDefinitions";
/// How an assignment is typed that stands under what it covers.
const NESTED: &str = "/providers/roleassignments";
const MARK: &str = "/providers/microsoft.authorization/roleassignments/";

/// The role assignments of the inputs, in order.
///
/// Takes an extension resource with `scope`, a type nested under that of the resource covered, a
/// child of it, and one of the resource group or wider ("Add Azure role assignments using Azure
/// Resource Manager templates").
pub fn read_assignments(
    inventory: &Inventory,
    principals: &Principals<'_>,
    scopes: &Scopes<'_>,
) -> Vec<Assignment> {
    let mut roles = Roles {
        inventory,
        known: BTreeMap::new(),
    };
    let mut found = Vec::new();
    for (index, resource) in inventory.iter() {
        if is_assignment(resource) && !resource.is_not_deployed() {
            read(index, resource, principals, scopes, &mut roles, &mut found);
        }
    }
    found
}

/// Whether `resource` is a role assignment.
pub(super) fn is_assignment(resource: &Resource) -> bool {
    let kind = resource.resource_type.as_str();
    resource.resource_type.is(ASSIGNMENT) || kind.to_ascii_lowercase().ends_with(NESTED)
}

fn read(
    index: ResourceIndex,
    resource: &Resource,
    principals: &Principals<'_>,
    scopes: &Scopes<'_>,
    roles: &mut Roles<'_>,
    found: &mut Vec<Assignment>,
) {
    let properties = resource.properties();
    let kind = properties.at("principalType").text();
    let Some(holder) = principals.resolve(properties.at("principalId"), &kind) else {
        return;
    };
    let scope_text = scope_text(resource);
    let scope = scopes.read(&scope_text, resource.file);
    let mut doubts = Vec::new();
    doubts.extend(presence_doubt(resource));
    doubts.extend(condition_doubt(resource));
    let definition = properties.at("roleDefinitionId");
    let where_to = scope_text.rsplit('/').next().unwrap_or(&scope_text);
    for (role, role_key, doubt) in roles.of(resource) {
        let says = format!("the role `{}` is assigned on `{where_to}`", role.name);
        let holder_says = "it is assigned to this principal";
        let mut evidence = vec![
            Evidence::stated(definition.span(), says),
            Evidence::stated(properties.at("principalId").span(), holder_says),
        ];
        evidence.extend(holder.proof.clone());
        evidence.extend(role.proof.clone());
        found.push(Assignment {
            declared: index,
            holder: holder.clone(),
            role,
            role_key,
            scope: scope.clone(),
            evidence,
            doubts: doubts.iter().cloned().chain(doubt).collect(),
        });
    }
}

/// What the assignment covers: what it says, else what its identifier stands under.
fn scope_text(resource: &Resource) -> Text {
    let stated = resource.properties().at("scope").symbol();
    if let (Mode::Export, Setting::Stated(scope, _)) = (resource.mode, stated) {
        return scope;
    }
    // The name may itself hold identifiers, so the first mark counts.
    let id = resource.id.as_str();
    let end = id.to_ascii_lowercase().find(MARK);
    end.and_then(|end| id.get(..end)).unwrap_or("").into()
}

/// Why `resource` may not be there, where its condition is not known.
pub(super) fn presence_doubt(resource: &Resource) -> Option<Doubt> {
    if let Presence::Unknown(span, unknown) = &resource.presence {
        let outcomes = vec![("true".into(), true), ("false".into(), false)];
        return Some(Doubt::of(unknown, *span, "is true").with_outcomes(outcomes));
    }
    None
}

/// "Conditions for role assignments": they narrow what the role gives, by what no template shows.
fn condition_doubt(resource: &Resource) -> Option<Doubt> {
    match resource.properties().at("condition").text() {
        Setting::Absent(_) => None,
        Setting::Stated(_, span) => Some(Doubt::outside(
            "assignment-condition",
            format!("{span:?}|condition holds"),
            "the role assignment has a condition, which narrows what the role gives",
            "what the condition leaves of the role",
            span,
        )),
        Setting::Unknown(unknown, span) => Some(Doubt::of(&unknown, span, "is no condition")),
    }
}

struct Roles<'a> {
    inventory: &'a Inventory,
    known: BTreeMap<Text, Arc<Role>>,
}

impl Roles<'_> {
    /// The roles that the assignment `resource` may give, each with its key and, where there are
    /// several, why it may be another.
    fn of(&mut self, resource: &Resource) -> Vec<(Arc<Role>, Text, Option<Doubt>)> {
        let properties = resource.properties();
        let reader = properties.at("roleDefinitionId");
        match reader.text() {
            Setting::Absent(span) => {
                // Answers name the role even where they leave the identifier out.
                let name = properties.at("roleDefinitionName").text();
                let Some(role) = name.stated().and_then(|name| Role::built_in_by_name(name)) else {
                    let doubt = Doubt::outside(
                        "role-not-known",
                        format!("{span:?}|role"),
                        "the role assignment names no role that is known",
                        "the role definition of the assignment",
                        span,
                    );
                    return vec![(Arc::new(Role::unknown("a role", doubt)), "?".into(), None)];
                };
                let key = Text::from(role.name.as_ref());
                vec![(Arc::new(role), key, None)]
            }
            Setting::Stated(id, _) => {
                let (role, key) = self.find(&id, resource);
                vec![(role, key, None)]
            }
            Setting::Unknown(unknown, _) => self.of_unknown(&unknown, resource),
        }
    }

    fn of_unknown(
        &mut self,
        unknown: &Arc<Unknown>,
        resource: &Resource,
    ) -> Vec<(Arc<Role>, Text, Option<Doubt>)> {
        let span = resource.properties().at("roleDefinitionId").span();
        // Of `…/roleDefinitions/<guid>` with a hole before, the end is known all the same.
        let name = definition_name(&unknown.symbol);
        if Role::built_in(&name).is_some() || self.custom(&unknown.symbol, resource).is_some() {
            let (role, key) = self.find(&unknown.symbol, resource);
            return vec![(role, key, None)];
        }
        let alternatives: Option<Vec<&str>> = unknown
            .alternatives
            .iter()
            .map(crate::value::Value::as_str)
            .collect();
        match alternatives {
            Some(ids) if !ids.is_empty() => {
                let mut found = Vec::with_capacity(ids.len());
                for id in ids {
                    let (role, key) = self.find(id, resource);
                    let doubt = Doubt::of(unknown, span, &format!("is {}", role.name));
                    found.push((role, key, Some(doubt)));
                }
                found
            }
            _ => {
                let doubt = Doubt::of(unknown, span, "allows it");
                let role = Role::unknown("a role that is left open", doubt);
                vec![(Arc::new(role), Text::clone(&unknown.symbol), None)]
            }
        }
    }

    /// The role whose definition has the identifier `id`, and its key.
    fn find(&mut self, id: &str, resource: &Resource) -> (Arc<Role>, Text) {
        let key = definition_name(id);
        if let Some(role) = self.known.get(&key) {
            return (Arc::clone(role), key);
        }
        let role = Role::built_in(&key).or_else(|| self.custom(id, resource));
        let role = Arc::new(role.unwrap_or_else(|| {
            let span = resource.properties().at("roleDefinitionId").span();
            let doubt = Doubt::outside(
                "role-not-known",
                format!("{key}|allows it"),
                format!("the role definition `{key}` is not in the inputs"),
                format!("the role definition `{key}`"),
                span,
            )
            .with_command(format!("az role definition list --name {key} -o json"));
            Role::unknown(key.to_string(), doubt)
        }));
        self.known.insert(Text::clone(&key), Arc::clone(&role));
        (role, key)
    }

    /// The customer's role with the identifier `id`, or whose name is its end.
    fn custom(&self, id: &str, resource: &Resource) -> Option<Role> {
        let key = definition_name(id);
        let by_id = self
            .inventory
            .find_text(id, resource.file)
            .and_then(|index| self.inventory.get(index))
            .filter(|found| found.resource_type.is(DEFINITION));
        let by_name = || {
            self.inventory
                .of_type(DEFINITION)
                .map(|(_, found)| found)
                .find(|found| *definition_name(found.id.as_str()) == *key)
        };
        by_id.or_else(by_name).map(Role::custom)
    }
}
