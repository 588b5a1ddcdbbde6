//! Application security groups: names for the private addresses of interfaces.

use super::{AddressBounds, Vicinity};
use crate::evidence::{Doubt, Evidence};
use crate::resource::ResourceId;
use crate::source::Span;
use crate::value::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// The members of the groups whose members the inputs tell.
#[derive(Clone, Debug, Default)]
pub struct ApplicationSecurityGroups {
    /// By the key of the group's identifier.
    members: BTreeMap<Text, AddressBounds>,
    /// What states that they are members, by the same: a few lines each.
    proofs: BTreeMap<Text, Vec<Evidence>>,
}

/// The command that lists the groups and the interfaces that can be members.
const MEMBERS_COMMAND: &str = "az graph query -q \"resources | where type in~ \
    ('microsoft.network/applicationsecuritygroups', 'microsoft.network/networkinterfaces')\" -o json";

/// The most members of a group that are cited.
const MEMBER_LINES: usize = 4;

impl ApplicationSecurityGroups {
    /// States that the group `id` is in the inputs, with no member yet.
    pub fn declare(&mut self, id: &ResourceId) {
        self.members.entry(Text::clone(id.key())).or_default();
    }

    /// Whether the group `id` is in the inputs.
    pub fn is_declared(&self, id: &ResourceId) -> bool {
        self.members.contains_key(id.key())
    }

    /// The members of the group `id`, where the inputs tell them.
    pub(super) fn known_members(&self, id: &ResourceId) -> Option<&AddressBounds> {
        self.members.get(id.key())
    }

    /// What states the members of the group `id`: the first few of them.
    pub(super) fn proof(&self, id: &ResourceId) -> &[Evidence] {
        self.proofs.get(id.key()).map_or(&[], |proofs| proofs)
    }

    /// Adds members to the group `id`, and so states that it is in the inputs.
    pub fn add(&mut self, id: &ResourceId, addresses: &AddressBounds, proof: Option<Evidence>) {
        let proofs = self.proofs.entry(Text::clone(id.key())).or_default();
        if proofs.len() < MEMBER_LINES {
            proofs.extend(proof);
        }
        self.members
            .entry(Text::clone(id.key()))
            .or_default()
            .join(addresses);
    }

    /// The addresses of the members of the group `id`, which is named at `span`. Members of a group
    /// outside the inputs can be anywhere in the virtual network and its peers. `side` tells the
    /// two ends of a packet apart.
    pub fn addresses(
        &self,
        id: &ResourceId,
        vicinity: &Vicinity,
        side: &str,
        span: Span,
    ) -> AddressBounds {
        if let Some(members) = self.members.get(id.key()) {
            return members.clone();
        }
        let name = id.display_name();
        AddressBounds::if_holds(
            vicinity.member_space.clone(),
            Arc::new(
                Doubt::outside(
                    "application-security-group-outside",
                    format!("application security group|{}|{side}", id.key()),
                    format!(
                        "the members of application security group `{name}` are not in the inputs"
                    ),
                    format!(
                        "an export with application security group `{name}` and its interfaces"
                    ),
                    span,
                )
                .with_command(MEMBERS_COMMAND),
            ),
        )
    }
}
