//! The roles that Azure comes with, by their identifiers.
//!
//! "Azure built-in roles": what each allows, as its definition writes it. Left out of the lists is
//! what bears on no access: alert rules, health, support tickets, deployments of what is allowed
//! anyway. A role that is not here is one whose powers are not known.

mod general;
mod platform;
mod storage;

/// One of Azure's own roles.
#[derive(Debug)]
pub(super) struct BuiltInRole {
    /// The last segment of its identifier.
    pub(super) guid: &'static str,
    /// What people call it.
    pub(super) name: &'static str,
    pub(super) actions: &'static [&'static str],
    pub(super) not_actions: &'static [&'static str],
    pub(super) data_actions: &'static [&'static str],
    pub(super) not_data_actions: &'static [&'static str],
    /// The roles that it can assign, where a condition of its own says which.
    pub(super) assignable: &'static [&'static str],
}

impl BuiltInRole {
    const fn new(guid: &'static str, name: &'static str) -> Self {
        Self {
            guid,
            name,
            actions: &[],
            not_actions: &[],
            data_actions: &[],
            not_data_actions: &[],
            assignable: &[],
        }
    }

    const fn control(mut self, actions: &'static [&'static str]) -> Self {
        self.actions = actions;
        self
    }

    const fn except(mut self, actions: &'static [&'static str]) -> Self {
        self.not_actions = actions;
        self
    }

    const fn data(mut self, actions: &'static [&'static str]) -> Self {
        self.data_actions = actions;
        self
    }

    const fn assigning(mut self, roles: &'static [&'static str]) -> Self {
        self.assignable = roles;
        self
    }

    const fn except_data(mut self, actions: &'static [&'static str]) -> Self {
        self.not_data_actions = actions;
        self
    }
}

/// Names that roles went by before or go by now, each with the name above.
const OTHER_NAMES: [(&str, &str); 4] = [
    ("Foundry User", "Azure AI User"),
    ("Foundry Project Manager", "Azure AI Project Manager"),
    ("Foundry Account Owner", "Azure AI Account Owner"),
    ("Foundry Owner", "Azure AI Owner"),
];

fn all() -> impl Iterator<Item = &'static BuiltInRole> {
    general::ROLES
        .iter()
        .chain(storage::ROLES)
        .chain(platform::ROLES)
}

/// The role whose identifier ends in `guid`, in any case.
pub(super) fn find(guid: &str) -> Option<&'static BuiltInRole> {
    all().find(|role| role.guid.eq_ignore_ascii_case(guid))
}

/// The role that people call `name`, in any case.
pub(super) fn find_by_name(name: &str) -> Option<&'static BuiltInRole> {
    let name = OTHER_NAMES
        .iter()
        .find(|(other, _)| other.eq_ignore_ascii_case(name))
        .map_or(name, |(_, name)| name);
    all().find(|role| role.name.eq_ignore_ascii_case(name))
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::BTreeSet;

    #[test]
    fn identifiers_and_names_are_told_apart() {
        let guids: BTreeSet<_> = all().map(|role| role.guid).collect();
        let names: BTreeSet<_> = all().map(|role| role.name).collect();
        assert_eq!(guids.len(), all().count());
        assert_eq!(names.len(), all().count());
        for guid in guids {
            let lengths: Vec<_> = guid.split('-').map(str::len).collect();
            assert_eq!(lengths, [8, 4, 4, 4, 12], "{guid}");
            assert!(
                guid.bytes().all(|byte| byte == b'-'
                    || byte.is_ascii_digit()
                    || (b'a'..=b'f').contains(&byte)),
                "{guid}"
            );
        }
    }
}
