//! Credentials for other resources that a resource keeps.
//!
//! Connections and datastores name what they open; a setting that a template fills with `listKeys`
//! names it too. What other settings and secrets open is not known, and nothing is said of it.

use super::assignment::presence_doubt;
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use crate::source::FileId;
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

pub(super) const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const STORAGE: &str = "Microsoft.Storage/storageAccounts";
const CONNECTIONS: [&str; 3] = [
    "Microsoft.MachineLearningServices/workspaces/connections",
    "Microsoft.CognitiveServices/accounts/connections",
    "Microsoft.CognitiveServices/accounts/projects/connections",
];
const DATASTORES: &str = "Microsoft.MachineLearningServices/workspaces/datastores";
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
/// Ways to authenticate that keep no credential.
const WITHOUT_CREDENTIAL: [&str; 4] = ["AAD", "ManagedIdentity", "None", "UserEntraToken"];

/// The credentials that resources keep, in order; `runs_code` says of which the settings count.
pub fn read_credentials(
    inventory: &Inventory,
    runs_code: impl Fn(&Resource) -> bool,
) -> Vec<StoredCredential> {
    let mut found = Vec::new();
    for (index, resource) in inventory.iter() {
        if resource.is_not_deployed() {
            continue;
        }
        let is = |kind: &str| resource.resource_type.is(kind);
        if CONNECTIONS.iter().any(|kind| is(kind)) {
            found.extend(connection(inventory, resource));
        } else if is(DATASTORES) {
            found.extend(datastore(inventory, resource));
        } else if is(SECRETS) {
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

/// A connection of a workspace, an account or a project.
fn connection(inventory: &Inventory, resource: &Resource) -> Option<StoredCredential> {
    let holder = parent_of(inventory, resource)?;
    let properties = resource.properties();
    let kind = properties.at("authType").text();
    let mut doubts: Vec<Doubt> = presence_doubt(resource).into_iter().collect();
    match &kind {
        Setting::Stated(word, _)
            if WITHOUT_CREDENTIAL
                .iter()
                .any(|one| one.eq_ignore_ascii_case(word)) =>
        {
            return None;
        }
        Setting::Stated(..) => {}
        Setting::Absent(_) => return None,
        Setting::Unknown(unknown, span) => {
            doubts.push(Doubt::of(unknown, *span, "keeps a credential"));
        }
    }
    let named = ["metadata.ResourceId", "metadata.resourceId", "target"]
        .iter()
        .find_map(|path| properties.path(path).symbol().stated().cloned())?;
    let name = resource.short_name();
    let word = kind.stated().map_or("a credential", |word| word);
    Some(StoredCredential {
        holder,
        opens: target(inventory, &named, resource.file),
        evidence: vec![Evidence::stated(
            kind.span(),
            format!("connection `{name}` keeps a credential: authType is {word}"),
        )],
        doubts,
    })
}

/// The resource that `named`, an identifier or an address, means.
fn target(inventory: &Inventory, named: &str, file: FileId) -> Opens {
    if let Some(index) = inventory.find_text(named, file) {
        return Opens::KeyOf(index);
    }
    by_host(inventory, named).map_or_else(|| Opens::Outside(named.into()), Opens::KeyOf)
}

/// The resource at the address `named`: of the platform's host names, the first label is a name.
fn by_host(inventory: &Inventory, named: &str) -> Option<ResourceIndex> {
    const HOSTS: [(&str, &str); 9] = [
        (".openai.azure.com", "Microsoft.CognitiveServices/accounts"),
        (
            ".cognitiveservices.azure.com",
            "Microsoft.CognitiveServices/accounts",
        ),
        (
            ".services.ai.azure.com",
            "Microsoft.CognitiveServices/accounts",
        ),
        (".search.windows.net", "Microsoft.Search/searchServices"),
        (".core.windows.net", STORAGE),
        (
            ".documents.azure.com",
            "Microsoft.DocumentDB/databaseAccounts",
        ),
        (".azurecr.io", "Microsoft.ContainerRegistry/registries"),
        (".redis.cache.windows.net", "Microsoft.Cache/Redis"),
        (".vault.azure.net", "Microsoft.KeyVault/vaults"),
    ];
    let rest = named.split_once("://").map_or(named, |(_, rest)| rest);
    let host = rest.split(['/', ':']).next()?.to_ascii_lowercase();
    let (_, kind) = HOSTS.iter().find(|(end, _)| host.ends_with(end))?;
    let label = host.split('.').next()?;
    let mut called = inventory.of_type(kind).filter(|(_, resource)| {
        let own = resource.properties().at("customSubDomainName").text();
        own.is(label) == Some(true) || resource.short_name().eq_ignore_ascii_case(label)
    });
    called.next().map(|(index, _)| index)
}

/// A datastore of a workspace, with the key of the account that it names.
fn datastore(inventory: &Inventory, resource: &Resource) -> Option<StoredCredential> {
    let holder = parent_of(inventory, resource)?;
    let properties = resource.properties();
    let kind = properties.path("credentials.credentialsType").text();
    let mut doubts: Vec<Doubt> = presence_doubt(resource).into_iter().collect();
    match &kind {
        Setting::Stated(word, _)
            if ["AccountKey", "Sas"]
                .iter()
                .any(|one| one.eq_ignore_ascii_case(word)) => {}
        Setting::Unknown(unknown, span) => {
            doubts.push(Doubt::of(unknown, *span, "is AccountKey"));
        }
        Setting::Stated(..) | Setting::Absent(_) => return None,
    }
    let account = properties.at("accountName").symbol();
    let account = account.stated()?;
    let found = inventory
        .of_type(STORAGE)
        .find(|(_, storage)| storage.name.eq_ignore_ascii_case(account));
    let word = kind.stated().map_or("not known", |word| word);
    Some(StoredCredential {
        holder,
        opens: match found {
            Some((index, _)) => Opens::KeyOf(index),
            None => Opens::Outside(Text::clone(account)),
        },
        evidence: vec![Evidence::stated(
            kind.span(),
            format!(
                "datastore `{}` keeps a credential: credentialsType is {word}",
                resource.short_name()
            ),
        )],
        doubts,
    })
}

/// What a workspace keeps of its own storage and registry, and what a project has of its hub.
fn own_resources(
    inventory: &Inventory,
    (index, workspace): (ResourceIndex, &Resource),
) -> Vec<StoredCredential> {
    let properties = workspace.properties();
    let mut found = Vec::new();
    let mut keep = |opens: Opens, evidence: Evidence, doubt: Option<Doubt>| {
        found.push(StoredCredential {
            holder: index,
            opens,
            evidence: vec![evidence],
            doubts: doubt.into_iter().collect(),
        });
    };
    let named = |name: &str| -> Option<(ResourceIndex, crate::source::Span)> {
        let id = properties.at(name).symbol();
        let target = inventory.find_text(id.stated()?, workspace.file)?;
        Some((target, id.span()))
    };
    let mode = properties.at("systemDatastoresAuthMode").text();
    if let Some((storage, span)) = named("storageAccount") {
        match &mode {
            Setting::Absent(_) => keep(
                Opens::KeyOf(storage),
                Evidence::default(
                    span,
                    "systemDatastoresAuthMode is absent, so the default datastores keep the key",
                ),
                None,
            ),
            Setting::Stated(word, at) if word.eq_ignore_ascii_case("accessKey") => keep(
                Opens::KeyOf(storage),
                Evidence::stated(*at, "systemDatastoresAuthMode is accessKey"),
                None,
            ),
            Setting::Stated(..) => {}
            Setting::Unknown(unknown, at) => keep(
                Opens::KeyOf(storage),
                Evidence::stated(*at, "systemDatastoresAuthMode is not known"),
                Some(Doubt::of(unknown, *at, "is accessKey")),
            ),
        }
    }
    if let Some((registry, span)) = named("containerRegistry") {
        let says = "a workspace uses its registry's administrator where that is enabled";
        keep(Opens::KeyOf(registry), Evidence::platform(span, says), None);
    }
    if let Some((hub, span)) = named("hubResourceId") {
        let says = "a project has the connections of its hub";
        keep(Opens::StoredBy(hub), Evidence::platform(span, says), None);
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
