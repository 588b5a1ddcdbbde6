//! Roles as assignments name them.

use crate::evidence::{Doubt, Evidence};
use crate::resource::{Resource, Setting};
use crate::rule::prelude::*;
use crate::value::Text;

/// Owner ("Azure built-in roles").
pub(in crate::rule) const OWNER: &str = "8e3af657-a8ff-443c-a75c-2fe8c4bcb635";
/// User Access Administrator.
pub(in crate::rule) const USER_ACCESS_ADMINISTRATOR: &str = "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9";
/// Role Based Access Control Administrator.
pub(in crate::rule) const RBAC_ADMINISTRATOR: &str = "f58310d9-a9f6-439a-9e8d-f62e7b41a168";
/// Contributor.
pub(in crate::rule) const CONTRIBUTOR: &str = "b24988ac-6180-42a0-ab88-20f7382dd24c";

/// Roles that can hand out roles.
pub(in crate::rule) const ASSIGNING: [&str; 3] =
    [OWNER, USER_ACCESS_ADMINISTRATOR, RBAC_ADMINISTRATOR];

/// The identifier of the role that `assignment` grants, in lower case: a GUID. Unknown where the
/// template leaves it open.
pub(in crate::rule) fn role_of(assignment: &Resource) -> Setting<Text> {
    let role = assignment.properties().at("roleDefinitionId").text();
    match role {
        Setting::Stated(text, span) => Setting::Stated(last_segment(&text), span),
        // Only the subscription in front of it is open, the role is not.
        Setting::Unknown(unknown, span) => {
            let role = last_segment(&unknown.symbol);
            if role.contains(['{', '}']) || role.len() != OWNER.len() {
                Setting::Unknown(unknown, span)
            } else {
                Setting::Stated(role, span)
            }
        }
        absent @ Setting::Absent(_) => absent,
    }
}

fn last_segment(id: &str) -> Text {
    id.rsplit('/')
        .next()
        .unwrap_or(id)
        .to_ascii_lowercase()
        .into()
}

/// Whether `assignment` grants one of `roles`.
pub(in crate::rule) fn grants(assignment: &Resource, roles: &[&str]) -> Answer {
    let role = role_of(assignment);
    match (role.stated(), role.unknown()) {
        (Some(id), _) => Answer::of(roles.contains(&&**id), || {
            Evidence::stated(role.span(), format!("the role is {}", name_of(id)))
        }),
        (None, Some(unknown)) => Answer::open(Doubt::of(unknown, role.span(), "roleDefinitionId")),
        (None, None) => Answer::No,
    }
}

/// Whether `assignment` holds for one resource only, and not for a group or more.
pub(in crate::rule) fn is_on_resource(assignment: &Resource) -> bool {
    assignment.id.head().contains("/providers/")
        && !assignment
            .id
            .head()
            .contains("/providers/microsoft.management/managementgroups/")
}

/// The name of a built-in role; its identifier for one that is not listed here.
pub(in crate::rule) fn name_of(role: &str) -> &str {
    NAMES
        .iter()
        .find(|(id, _)| *id == role)
        .map_or(role, |(_, name)| name)
}

const NAMES: [(&str, &str); 22] = [
    (OWNER, "Owner"),
    (USER_ACCESS_ADMINISTRATOR, "User Access Administrator"),
    (
        RBAC_ADMINISTRATOR,
        "Role Based Access Control Administrator",
    ),
    (CONTRIBUTOR, "Contributor"),
    (
        "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        "Storage Blob Data Reader",
    ),
    (
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        "Storage Blob Data Contributor",
    ),
    (
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        "Storage Blob Data Owner",
    ),
    (
        "17d1049b-9a84-46fb-8f53-869881c3d3ab",
        "Storage Account Contributor",
    ),
    (
        "81a9662b-bebf-436f-a333-f67b29880f12",
        "Storage Account Key Operator Service Role",
    ),
    (
        "c12c1c16-33a1-487b-954d-41c89c60f349",
        "Reader and Data Access",
    ),
    (
        "00482a5a-887f-4fb3-b363-3b7fe8e74483",
        "Key Vault Administrator",
    ),
    (
        "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        "Key Vault Secrets Officer",
    ),
    (
        "f25e0fa2-a7c8-4377-a976-54943a77a395",
        "Key Vault Contributor",
    ),
    (
        "f6c7c914-8db3-469d-8ca1-694a8f32e121",
        "AzureML Data Scientist",
    ),
    (
        "1823dd4f-9b8c-4ab6-ab4e-7397a3684615",
        "AzureML Registry User",
    ),
    (
        "a001fd3d-188f-4b5d-821b-7da978bf7442",
        "Cognitive Services OpenAI Contributor",
    ),
    (
        "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68",
        "Cognitive Services Contributor",
    ),
    (
        "a97b65f3-24c7-4388-baec-2e87135dc908",
        "Cognitive Services User",
    ),
    (
        "8ebe5a00-799e-43f5-93ac-243d3dce84a7",
        "Search Index Data Contributor",
    ),
    (
        "7ca78c08-252a-4471-8644-bb5ff32d4ba0",
        "Search Service Contributor",
    ),
    ("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull"),
    ("8311e382-0749-4cb8-b61a-304f252e45ec", "AcrPush"),
];
