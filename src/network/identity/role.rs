//! Role definitions: what their holder may do.

use super::action::{covers, covers_all, meets};
use super::built_in_role::{self, BuiltInRole};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Reader, Resource, Setting};
use crate::value::Text;
use std::borrow::Cow;

/// Which half of a role definition an action belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Plane {
    /// `actions` and `notActions`.
    Control,
    /// `dataActions` and `notDataActions`.
    Data,
}

/// One block of permissions.
#[derive(Clone, Debug, Default)]
pub struct Permissions {
    /// Patterns of what is allowed, by plane.
    allowed: [Vec<Cow<'static, str>>; 2],
    /// Patterns of what is taken away again, by plane.
    excepted: [Vec<Cow<'static, str>>; 2],
}

/// A role definition.
#[derive(Clone, Debug)]
pub struct Role {
    /// What people call it.
    pub name: Cow<'static, str>,
    /// Its blocks of permissions; what any of them allows is allowed.
    pub permissions: Vec<Permissions>,
    /// The GUIDs of the roles that it can assign, where a condition of its own says which.
    pub assignable: &'static [&'static str],
    /// Why it may allow anything, where it is not known.
    pub open: Option<Doubt>,
    /// What states a role of the customer's.
    pub proof: Option<Evidence>,
}

impl Permissions {
    fn of(&self, plane: Plane) -> (&[Cow<'static, str>], &[Cow<'static, str>]) {
        let [control, data] = &self.allowed;
        let [not_control, not_data] = &self.excepted;
        match plane {
            Plane::Control => (control, not_control),
            Plane::Data => (data, not_data),
        }
    }

    fn allows(&self, plane: Plane, action: &str) -> bool {
        let (allowed, excepted) = self.of(plane);
        match action.strip_suffix('*') {
            None => {
                allowed.iter().any(|pattern| covers(pattern, action))
                    && !excepted.iter().any(|pattern| covers(pattern, action))
            }
            Some(prefix) => {
                allowed.iter().any(|pattern| meets(pattern, prefix))
                    && !excepted.iter().any(|pattern| covers_all(pattern, prefix))
            }
        }
    }
}

impl Role {
    /// The built-in role whose identifier ends in `guid`.
    pub fn built_in(guid: &str) -> Option<Self> {
        built_in_role::find(guid).map(Self::from)
    }

    /// The built-in role that people call `name`.
    pub fn built_in_by_name(name: &str) -> Option<Self> {
        built_in_role::find_by_name(name).map(Self::from)
    }

    /// The role that `resource`, a role definition of the customer's, defines.
    pub fn custom(resource: &Resource) -> Self {
        let properties = resource.properties();
        let name = properties.at("roleName").symbol();
        let mut role = Self {
            name: match name {
                Setting::Stated(name, _) => Cow::Owned(name.to_string()),
                _ => Cow::Owned(resource.short_name().to_owned()),
            },
            permissions: Vec::new(),
            assignable: &[],
            open: None,
            proof: None,
        };
        match properties.at("permissions").list() {
            Setting::Stated(blocks, span) => {
                let says = format!("permissions of the role `{}`", role.name);
                role.proof = Some(Evidence::stated(span, says));
                for block in blocks {
                    let one = read_permissions(block, &mut role.open);
                    role.permissions.push(one);
                }
            }
            Setting::Absent(_) => {}
            Setting::Unknown(unknown, span) => {
                role.open = Some(Doubt::of(&unknown, span, "allows it"));
            }
        }
        role
    }

    /// A role of which nothing is known, because of `doubt`.
    pub fn unknown(name: impl Into<Cow<'static, str>>, doubt: Doubt) -> Self {
        Self {
            name: name.into(),
            permissions: Vec::new(),
            assignable: &[],
            open: Some(doubt),
            proof: None,
        }
    }

    /// Whether it allows `action`; an action that ends in `*` stands for any that starts so.
    pub fn allows(&self, plane: Plane, action: &str) -> bool {
        self.permissions
            .iter()
            .any(|block| block.allows(plane, action))
    }
}

impl From<&'static BuiltInRole> for Role {
    fn from(role: &'static BuiltInRole) -> Self {
        let list = |patterns: &'static [&'static str]| {
            patterns.iter().copied().map(Cow::Borrowed).collect()
        };
        Self {
            name: Cow::Borrowed(role.name),
            permissions: vec![Permissions {
                allowed: [list(role.actions), list(role.data_actions)],
                excepted: [list(role.not_actions), list(role.not_data_actions)],
            }],
            assignable: role.assignable,
            open: None,
            proof: None,
        }
    }
}

/// The block that `reader` holds; where a list is not known, anything may be allowed.
fn read_permissions(reader: Reader<'_>, open: &mut Option<Doubt>) -> Permissions {
    let mut list = |name: &str| -> Vec<Cow<'static, str>> {
        let items = match reader.at(name).list() {
            Setting::Stated(items, _) => items,
            Setting::Absent(_) => return Vec::new(),
            Setting::Unknown(unknown, span) => {
                open.get_or_insert_with(|| Doubt::of(&unknown, span, "allows it"));
                return Vec::new();
            }
        };
        let mut patterns = Vec::with_capacity(items.len());
        for item in items {
            match item.text() {
                Setting::Stated(pattern, _) => patterns.push(Cow::Owned(pattern.to_string())),
                Setting::Absent(_) => {}
                Setting::Unknown(unknown, span) => {
                    open.get_or_insert_with(|| Doubt::of(&unknown, span, "allows it"));
                }
            }
        }
        patterns
    };
    Permissions {
        allowed: [list("actions"), list("dataActions")],
        excepted: [list("notActions"), list("notDataActions")],
    }
}

/// The GUID or name at the end of a role definition's identifier, which may have any prefix.
pub(super) fn definition_name(id: &str) -> Text {
    const MARK: &str = "/roledefinitions/";
    let lower = id.to_ascii_lowercase();
    let name = lower
        .find(MARK)
        .and_then(|at| lower.get(at + MARK.len()..))
        .unwrap_or(&lower);
    name.trim_matches('/').into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_definition_is_named_by_the_end_of_its_identifier() {
        let guid = "b24988ac-6180-42a0-ab88-20f7382dd24c";
        for id in [
            guid.to_owned(),
            format!("/providers/Microsoft.Authorization/roleDefinitions/{guid}"),
            format!("/subscriptions/s/providers/Microsoft.Authorization/roleDefinitions/{guid}"),
            format!(
                "/subscriptions/{{x}}/PROVIDERS/microsoft.authorization/ROLEDEFINITIONS/{}",
                guid.to_uppercase()
            ),
            format!(
                "/subscriptions/s/resourceGroups/r/providers/Microsoft.Authorization/roleDefinitions/{guid}/"
            ),
        ] {
            assert_eq!(&*definition_name(&id), guid, "{id}");
            assert_eq!(
                Role::built_in(&definition_name(&id)).unwrap().name,
                "Contributor"
            );
        }
    }

    #[test]
    fn exceptions_take_away() {
        let contributor = Role::built_in_by_name("Contributor").unwrap();
        let assign = "Microsoft.Authorization/roleAssignments/write";
        assert!(!contributor.allows(Plane::Control, assign));
        assert!(contributor.allows(
            Plane::Control,
            "Microsoft.Storage/storageAccounts/listKeys/action"
        ));
        assert!(!contributor.allows(
            Plane::Data,
            "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"
        ));
        let owner = Role::built_in_by_name("owner").unwrap();
        assert!(owner.allows(Plane::Control, assign));
        assert!(!owner.allows(Plane::Data, "Microsoft.CognitiveServices/accounts/*"));
    }
}
