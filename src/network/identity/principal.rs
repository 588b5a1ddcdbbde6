//! Who a template means where it names a principal.

use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, Resource, ResourceId, ResourceIndex, Setting};
use crate::source::{FileId, Span};
use crate::value::{Atom, Cause, Text, Unknown};
use std::collections::{BTreeMap, BTreeSet};

/// Somebody who can hold rights.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Principal {
    /// The system-assigned identity of a resource, or the user-assigned identity that it is.
    Of(ResourceIndex),
    /// An identity that the platform keeps for a part of a resource, by the part's name.
    Part(ResourceIndex, Text),
    /// Somebody outside the inputs: by a resource identifier's key, an object identifier, or what
    /// is known of one.
    Outside(Text),
}

/// A principal as some place names it.
#[derive(Clone, Debug)]
pub struct NamedPrincipal {
    /// Who it is.
    pub principal: Principal,
    /// Why it may be any identity of the estate whose object identifier is not known, where it may.
    pub may_be_ours: Option<Doubt>,
    /// What states that the object identifier is its own.
    pub proof: Option<Evidence>,
}

/// The type of user-assigned identities.
pub const USER_ASSIGNED: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";
/// The resource under which old templates ask for a system-assigned identity.
const OLD_SUFFIX: &str = "/providers/microsoft.managedidentity/identities/default";
const ZERO: &str = "00000000-0000-0000-0000-000000000000";

/// Whose object identifier is whose.
#[derive(Debug)]
pub struct Principals<'a> {
    inventory: &'a Inventory,
    by_object_id: BTreeMap<String, (Principal, Span)>,
    placed: BTreeSet<Principal>,
}

impl<'a> Principals<'a> {
    /// The principals that the resources of `inventory` tell. O(resources · size).
    pub fn read(inventory: &'a Inventory) -> Self {
        let mut principals = Self {
            inventory,
            by_object_id: BTreeMap::new(),
            placed: BTreeSet::new(),
        };
        for (index, resource) in inventory.iter() {
            principals.learn(index, resource);
        }
        principals
    }

    /// Whether some place of the inputs tells the object identifier of `principal`.
    pub fn knows_object_id_of(&self, principal: &Principal) -> bool {
        self.placed.contains(principal)
    }

    /// The user-assigned identity that `id` names when it stands in `file`.
    pub fn by_id(&self, id: &str, file: FileId) -> Principal {
        match self.inventory.find_text(id, file) {
            Some(index) => Principal::Of(index),
            None => Principal::Outside(Text::clone(ResourceId::new(id).key())),
        }
    }

    /// The identity that the platform keeps for the part of the cluster at `index` that `profile`
    /// describes.
    pub fn of_profile(&self, index: ResourceIndex, part: &str, profile: Reader<'_>) -> Principal {
        let file = profile.span().file;
        match profile.at("resourceId").symbol() {
            Setting::Stated(id, _) => self.by_id(&id, file),
            _ => Principal::Part(index, part.to_ascii_lowercase().into()),
        }
    }

    /// The principal that `reader` names by its object identifier; `kind` is its `principalType`.
    /// `None` where there is none.
    pub fn resolve(&self, reader: Reader<'_>, kind: &Setting<Text>) -> Option<NamedPrincipal> {
        let certain = |principal| NamedPrincipal {
            principal,
            may_be_ours: None,
            proof: None,
        };
        // Only a service principal can be a managed identity.
        let fits = kind.is("ServicePrincipal") != Some(false) || kind.is_absent();
        match reader.text() {
            Setting::Absent(_) => None,
            Setting::Stated(text, span) => {
                let key = text.trim().to_ascii_lowercase();
                if let Some((known, span)) = self.by_object_id.get(&key) {
                    let says = "this is the principal's object identifier";
                    return Some(NamedPrincipal {
                        proof: Some(Evidence::stated(*span, says)),
                        ..certain(known.clone())
                    });
                }
                let doubt = Doubt::outside(
                    "principal-not-placed",
                    format!("{key}|is ours"),
                    format!("the inputs do not tell whose object identifier `{text}` is"),
                    format!("the resource whose identity has the object identifier `{text}`"),
                    span,
                )
                .with_command(format!(
                    "az graph query -q \"resources | where identity.principalId =~ '{text}' or \
                     properties.principalId =~ '{text}'\" -o json"
                ));
                Some(NamedPrincipal {
                    principal: Principal::Outside(key.into()),
                    may_be_ours: fits.then_some(doubt),
                    proof: None,
                })
            }
            Setting::Unknown(unknown, span) => {
                if let Some(principal) = self.at_run_time(&unknown, span.file) {
                    return Some(certain(principal));
                }
                let doubt = Doubt::of(&unknown, span, "is ours");
                Some(NamedPrincipal {
                    principal: Principal::Outside(Text::clone(&unknown.symbol)),
                    may_be_ours: fits.then_some(doubt),
                    proof: None,
                })
            }
        }
    }

    /// The principal whose object identifier `unknown` is, where it asks a resource for one.
    fn at_run_time(&self, unknown: &Unknown, file: FileId) -> Option<Principal> {
        let [atom] = unknown.atoms.as_slice() else {
            return None;
        };
        if atom.cause != Cause::Runtime {
            return None;
        }
        let path: Vec<String> = atom
            .path
            .iter()
            .map(|step| step.to_ascii_lowercase())
            .collect();
        let path: Vec<&str> = path.iter().map(String::as_str).collect();
        let path = path.strip_prefix(&["properties"][..]).unwrap_or(&path);
        match path {
            ["principalid"] | ["identity", "principalid"] => Some(self.asked(atom, file)),
            ["identity", "userassignedidentities", id, "principalid"] => Some(self.by_id(id, file)),
            ["identityprofile", part, "objectid"]
            | ["addonprofiles", part, "identity", "objectid"] => {
                Some(match self.asked(atom, file) {
                    Principal::Of(index) => self.part(index, path, part),
                    outside => outside,
                })
            }
            _ => None,
        }
    }

    /// The resource that `atom` asks, which it names by identifier or by name alone.
    fn asked(&self, atom: &Atom, file: FileId) -> Principal {
        let id = atom.refers_to.to_ascii_lowercase();
        let id = id.strip_suffix(OLD_SUFFIX).unwrap_or(&id);
        if id.starts_with('/') {
            return self.by_id(id, file);
        }
        // A name alone, or the type before it.
        let mut called = self.inventory.iter().filter(|(_, resource)| {
            resource.name.eq_ignore_ascii_case(id)
                || id
                    .strip_suffix(&*resource.name.to_ascii_lowercase())
                    .is_some_and(|kind| {
                        kind.strip_suffix('/')
                            .is_some_and(|kind| resource.resource_type.is(kind))
                    })
        });
        match (called.next(), called.next()) {
            (Some((index, _)), None) => Principal::Of(index),
            _ => Principal::Outside(id.into()),
        }
    }

    fn part(&self, index: ResourceIndex, path: &[&str], part: &str) -> Principal {
        let Some(resource) = self.inventory.get(index) else {
            return Principal::Part(index, part.into());
        };
        let properties = resource.properties();
        let profile = match path.first() {
            Some(&"identityprofile") => properties.at("identityProfile").at(part),
            _ => properties.at("addonProfiles").at(part).at("identity"),
        };
        self.of_profile(index, part, profile)
    }

    /// Notes every object identifier that `resource` states.
    fn learn(&mut self, index: ResourceIndex, resource: &Resource) {
        let identity = resource.reader().at("identity");
        self.note(identity.at("principalId"), Principal::Of(index));
        for member in identity
            .at("userAssignedIdentities")
            .value()
            .map_or(&[][..], crate::value::Value::members)
        {
            let principal = self.by_id(&member.name, resource.file);
            self.note(Reader::new(&member.value).at("principalId"), principal);
        }
        if resource.resource_type.is(USER_ASSIGNED) {
            let id = resource.properties().at("principalId");
            self.note(id, Principal::Of(index));
        }
        let profiles = resource.properties().at("identityProfile");
        for member in profiles
            .value()
            .map_or(&[][..], crate::value::Value::members)
        {
            let profile = Reader::new(&member.value);
            let principal = self.of_profile(index, &member.name, profile);
            self.note(profile.at("objectId"), principal);
        }
    }

    fn note(&mut self, id: Reader<'_>, principal: Principal) {
        if let Setting::Stated(id, span) = id.text()
            && *id != *ZERO
        {
            self.placed.insert(principal.clone());
            self.by_object_id
                .entry(id.to_ascii_lowercase())
                .or_insert((principal, span));
        }
    }
}
