//! Credentials for other resources that a resource keeps.
//!
//! Connections and datastores name what they open; a setting that a template fills with `listKeys`
//! names it too. What other settings and secrets open is not known, and nothing is said of it.

use super::assignment::presence_doubt;
use crate::evidence::{Doubt, Evidence};
use crate::resource::kind::couplings;
use crate::resource::{CouplingTarget, Credential, Inventory, Reader, Resource, ResourceIndex};
use crate::value::{Cause, Text, Unknown};

/// What a kept credential opens.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Opens {
    /// This resource, whose key it is.
    KeyOf(ResourceIndex),
    /// Something outside the inputs, by its address or identifier.
    Outside(Text),
    /// Whatever the credentials that the resource keeps open.
    StoredBy(ResourceIndex),
}

/// A credential that a resource keeps.
#[derive(Clone, Debug)]
pub struct StoredCredential {
    /// The resource that keeps it.
    pub holder: ResourceIndex,
    /// What it opens.
    pub opens: Opens,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Why it may not be there; all of them have to fall its way.
    pub doubts: Vec<Doubt>,
}

const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const PROJECT: &str = "Microsoft.CognitiveServices/accounts/projects";
const SECRETS: &str = "Microsoft.KeyVault/vaults/secrets";
/// Children of what runs code that hold its settings.
const SETTINGS: [&str; 6] = [
    "config",
    "extensions",
    "deployments",
    "namedValues",
    "linkedServices",
    "environments",
];
/// Children that keep credentials for what holds them.
const FOR_PARENT: [&str; 2] = ["connections", "datastores"];

/// The credentials that resources keep, in order; `runs_code` says of which the settings count, and
/// `by_host` which resource answers under a host name.
pub fn read_credentials(
    inventory: &Inventory,
    runs_code: impl Fn(&Resource) -> bool,
    by_host: impl Fn(&str) -> Option<ResourceIndex>,
) -> Vec<StoredCredential> {
    let mut found = Vec::new();
    for (index, resource) in inventory.iter() {
        if resource.is_not_deployed() {
            continue;
        }
        let is = |kind: &str| resource.resource_type.is(kind);
        found.extend(stated(inventory, (index, resource), &by_host));
        if is(SECRETS) {
            found.extend(secret(inventory, resource));
        } else if is(WORKSPACE) {
            found.extend(own_resources(inventory, (index, resource)));
        } else if is(PROJECT) {
            found.extend(shared(inventory, (index, resource)));
        }
        if runs_code(resource) {
            found.extend(settings(inventory, (index, resource)));
        }
    }
    found
}

fn parent_of(inventory: &Inventory, resource: &Resource) -> Option<ResourceIndex> {
    resource.parent.or_else(|| {
        let parent = resource.id.parent()?;
        inventory.find(&parent, resource.file)
    })
}

/// What a declaration says that it keeps for another service. A connection or datastore keeps it for
/// the resource that holds it.
fn stated(
    inventory: &Inventory,
    (index, resource): (ResourceIndex, &Resource),
    by_host: &impl Fn(&str) -> Option<ResourceIndex>,
) -> Vec<StoredCredential> {
    let is_for_parent = FOR_PARENT
        .iter()
        .any(|segment| segment.eq_ignore_ascii_case(resource.resource_type.last_segment()));
    let holder = if is_for_parent {
        parent_of(inventory, resource)
    } else {
        Some(index)
    };
    let Some(holder) = holder else {
        return Vec::new();
    };
    let mut found = Vec::new();
    for coupling in couplings(resource) {
        let mut doubts: Vec<Doubt> = presence_doubt(resource).into_iter().collect();
        match coupling.credential {
            Credential::Stored(_) => {}
            Credential::Unknown(doubt) => doubts.push(*doubt),
            Credential::OwnIdentity | Credential::Callers | Credential::None => continue,
        }
        let opens = match coupling.target {
            CouplingTarget::Resource(id) => inventory
                .find_text(&id, resource.file)
                .map_or_else(|| Opens::Outside(id.clone()), Opens::KeyOf),
            CouplingTarget::Host(host) => {
                by_host(&host).map_or_else(|| Opens::Outside(host.clone()), Opens::KeyOf)
            }
            CouplingTarget::Unknown(_) => continue,
        };
        let says = format!("{} keeps a credential", coupling.purpose);
        found.push(StoredCredential {
            holder,
            opens,
            evidence: vec![Evidence::stated(coupling.evidence.span, says)],
            doubts,
        });
    }
    found
}

/// What a workspace keeps of its registry, and what a project has of its hub.
fn own_resources(
    inventory: &Inventory,
    (index, workspace): (ResourceIndex, &Resource),
) -> Vec<StoredCredential> {
    let properties = workspace.properties();
    let mut found = Vec::new();
    let mut keep = |opens: Opens, evidence: Evidence| {
        found.push(StoredCredential {
            holder: index,
            opens,
            evidence: vec![evidence],
            doubts: Vec::new(),
        });
    };
    let named = |name: &str| -> Option<(ResourceIndex, crate::source::Span)> {
        let id = properties.at(name).symbol();
        let target = inventory.find_text(id.stated()?, workspace.file)?;
        Some((target, id.span()))
    };
    if let Some((registry, span)) = named("containerRegistry") {
        let says = "a workspace uses its registry's administrator where that is enabled";
        keep(Opens::KeyOf(registry), Evidence::platform(span, says));
    }
    if let Some((hub, span)) = named("hubResourceId") {
        let says = "a project has the connections of its hub";
        keep(Opens::StoredBy(hub), Evidence::platform(span, says));
    }
    found
}

/// What a project has of its account.
fn shared(
    inventory: &Inventory,
    (index, project): (ResourceIndex, &Resource),
) -> Option<StoredCredential> {
    let account = parent_of(inventory, project)?;
    let says = "a project has the connections of its account";
    Some(StoredCredential {
        holder: index,
        opens: Opens::StoredBy(account),
        evidence: vec![Evidence::platform(project.span, says)],
        doubts: Vec::new(),
    })
}

/// A secret of a vault that the template fills with a key.
fn secret(inventory: &Inventory, resource: &Resource) -> Vec<StoredCredential> {
    let Some(holder) = parent_of(inventory, resource) else {
        return Vec::new();
    };
    let says = format!("secret `{}` holds a key", resource.short_name());
    keys_in(inventory, resource.properties().at("value"), &says)
        .into_iter()
        .map(|(target, evidence)| StoredCredential {
            holder,
            opens: Opens::KeyOf(target),
            evidence: vec![evidence],
            doubts: presence_doubt(resource).into_iter().collect(),
        })
        .collect()
}

/// Keys in the settings of what runs code.
fn settings(
    inventory: &Inventory,
    (index, resource): (ResourceIndex, &Resource),
) -> Vec<StoredCredential> {
    let children = resource
        .children
        .iter()
        .filter_map(|child| inventory.get(*child))
        .filter(|child| !child.is_not_deployed())
        .filter(|child| {
            SETTINGS
                .iter()
                .any(|segment| segment.eq_ignore_ascii_case(child.resource_type.last_segment()))
        });
    let mut found: Vec<StoredCredential> = Vec::new();
    for one in std::iter::once(resource).chain(children) {
        for (target, evidence) in keys_in(inventory, one.properties(), "a setting holds a key") {
            let opens = Opens::KeyOf(target);
            if target != index && !found.iter().any(|known| known.opens == opens) {
                found.push(StoredCredential {
                    holder: index,
                    opens,
                    evidence: vec![evidence],
                    doubts: presence_doubt(one).into_iter().collect(),
                });
            }
        }
    }
    found
}

/// The resources whose keys a template puts into the values below `reader`, each with its place.
fn keys_in(
    inventory: &Inventory,
    reader: Reader<'_>,
    says: &str,
) -> Vec<(ResourceIndex, Evidence)> {
    let mut found = Vec::new();
    let Some(value) = reader.value() else {
        return found;
    };
    value.for_each_unknown(&mut |place, unknown| {
        for id in listed(unknown) {
            if let Some(index) = inventory.find_text(id, place.span.file)
                && let Some(resource) = inventory.get(index)
            {
                // Of an event hub or a rule of one, the namespace's doors are meant.
                let top = top_of(inventory, index);
                let says = format!("{says} of `{}`", resource.short_name());
                found.push((top, Evidence::stated(place.span, says)));
            }
        }
    });
    found
}

fn top_of(inventory: &Inventory, index: ResourceIndex) -> ResourceIndex {
    let mut top = index;
    while let Some(parent) = inventory.get(top).and_then(|resource| resource.parent) {
        top = parent;
    }
    top
}

/// The resources that `unknown` asks for their keys, by a function whose name starts with `list`.
fn listed(unknown: &Unknown) -> Vec<&str> {
    unknown
        .atoms
        .iter()
        .filter(|atom| atom.cause == Cause::Runtime)
        .filter(|atom| {
            let argument = format!("('{}'", atom.refers_to);
            unknown.symbol.match_indices(&argument).any(|(at, _)| {
                let before = unknown.symbol.get(..at).unwrap_or("");
                let start = before
                    .rfind(|character: char| !character.is_ascii_alphanumeric())
                    .map_or(0, |at| at + 1);
                before
                    .get(start..)
                    .and_then(|name| name.get(..4))
                    .is_some_and(|start| start.eq_ignore_ascii_case("list"))
            })
        })
        .map(|atom| &*atom.refers_to)
        .collect()
}
