//! Roles given and roles made: `Microsoft.Authorization`.

use super::role::{ASSIGNING, CONTRIBUTOR, grants, is_on_resource};
use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-IAM-001.
pub(in crate::rule) static BROAD_ROLE_AT_GROUP: Rule = Rule {
    id: "SL-IAM-001",
    name: "broad-role-at-group",
    title: "Owner, User Access Administrator or Contributor granted at group or subscription scope",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-1", "PA-7"],
    references: "azure-policy: 4f11b553-d42e-4e3a-89be-32ca364cad4c; psrule: \
        Azure.RBAC.LimitOwner (AZR-000204); atlas: AML.T0012; nist: AC-2, AC-6, AC-6(7)",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether a role that hands out roles, or that manages everything, is granted for \
            a whole resource group or subscription.",
        matters: "Owner and the access administrators can give anyone anything; Contributor can \
            read keys and run code on every machine. Granted this wide, one stolen sign-in is the \
            whole workload.",
        pass: "The role is a narrower one, or holds for a single resource.",
        fail: "Owner, User Access Administrator or Role Based Access Control Administrator, which \
            count as high, or Contributor, which counts as medium, is granted at group or \
            subscription scope. A condition on the assignment makes it one step milder.",
        unknown: "The role's identifier is a parameter without a value.",
    },
    remedy: Remedy {
        text: "Grant the role that the work needs, on the resource that it needs it on.",
        edits: &[set(
            "properties.roleDefinitionId",
            r#""/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/5e0bd9bd-7b93-4f28-af87-19fc36ad61bd""#,
        )],
        cli: "az role assignment delete --assignee <principal> --role Owner --scope <scope>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/8e3af657-a8ff-443c-a75c-2fe8c4bcb635",
            "principalId": "33333333-3333-3333-3333-333333333333", "principalType": "Group"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_wide),
        parts: &[
            part(
                "assigns-roles",
                "it lets its holder hand out roles",
                All(&[Custom(grants_assigning), NO_CONDITION]),
            ),
            part(
                "assigns-roles-conditionally",
                "it lets its holder hand out roles under a condition",
                All(&[Custom(grants_assigning), Unless(&NO_CONDITION)]),
            )
            .at(Medium),
            part(
                "manages-everything",
                "it lets its holder manage everything and read keys",
                All(&[Custom(grants_contributor), NO_CONDITION]),
            )
            .at(Medium),
            part(
                "manages-everything-conditionally",
                "it lets its holder manage everything under a condition",
                All(&[Custom(grants_contributor), Unless(&NO_CONDITION)]),
            )
            .at(Low),
        ],
    }),
    question: None,
};

/// SL-IAM-003.
pub(in crate::rule) static CUSTOM_ROLE_TOO_WIDE: Rule = Rule {
    id: "SL-IAM-003",
    name: "custom-role-too-wide",
    title: "Custom role with wildcard actions or role-write",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleDefinitions"],
    controls: &["PA-7"],
    references: "azure-policy: a451c1ef-c6ca-483d-87ed-f49761e3ffb5; checkov: CKV_AZURE_39; kics: \
        8fa9ceea-881f-4ef0-b0b8-728f589699a7; template-analyzer: TA-000020; nist: AC-2, AC-2(7), \
        AC-6",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether a custom role grants everything, the right to hand out roles, or the \
            right to read any key.",
        matters: "A custom role is made to be narrow. One with a wildcard is an Owner under \
            another name, which reviews overlook.",
        pass: "The role lists the actions that it needs, and none hands out roles or lists keys \
            of any service.",
        fail: "`actions` or `dataActions` holds `*`, an action that covers writing role \
            assignments or definitions, or a wildcard that covers listing keys.",
        unknown: "The permissions, or a list of actions, are a parameter.",
    },
    remedy: Remedy {
        text: "List the actions that the work needs.",
        edits: &[set(
            "properties.permissions.0.actions",
            r#"["Microsoft.MachineLearningServices/workspaces/read"]"#,
        )],
        cli: "az role definition update --role-definition @role.json",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Authorization/roleDefinitions", "apiVersion": "2022-04-01",
            "name": "22222222-2222-2222-2222-222222222222",
            "properties": {"roleName": "ML operator", "type": "CustomRole",
            "assignableScopes": ["[resourceGroup().id]"], "permissions": [{"actions": ["*"],
            "notActions": [], "dataActions": []}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "too-wide",
            "it grants far more than a custom role should",
            AnyItem("properties.permissions", &Custom(is_too_wide)),
        )],
    }),
    question: None,
};

/// SL-IAM-004.
pub(in crate::rule) static ROLE_GIVEN_TO_PERSON: Rule = Rule {
    id: "SL-IAM-004",
    name: "role-given-to-person",
    title: "Role given straight to a person",
    topic: Topic::Identity,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Authorization/roleAssignments"],
    controls: &["PA-1"],
    references: "psrule: Azure.RBAC.UseGroups (AZR-000203)",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether a role is granted to a person instead of a group.",
        matters: "Direct grants pile up, survive changes of job and are found by nobody who \
            reviews groups.",
        pass: "`principalType` is `Group`, `ServicePrincipal` or another that is no person.",
        fail: "`principalType` is `User`.",
        unknown: "`principalType` is absent, which the template allows; the directory knows.",
    },
    remedy: Remedy {
        text: "Grant the role to a group and put the person in it.",
        edits: &[set("properties.principalType", r#""Group""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
            "principalId": "33333333-3333-3333-3333-333333333333", "principalType": "User"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "person",
                "it goes straight to a person",
                property("properties.principalType", Is(&["User"]), Not),
            ),
            part(
                "person-unknown",
                "it goes straight to a person",
                property(
                    "properties.principalType",
                    Nothing,
                    Open("principalType is absent"),
                ),
            )
            .at(Info),
        ],
    }),
    question: None,
};

/// The assignment has no condition.
const NO_CONDITION: Condition = property("properties.condition", Nothing, AbsentHolds);

/// Whether the assignment holds for a group, a subscription or more.
fn is_wide(scene: &Scene<'_>) -> Answer {
    if is_on_resource(scene.resource) {
        Answer::No
    } else {
        Answer::Yes(Vec::new())
    }
}

fn grants_assigning(scene: &Scene<'_>) -> Answer {
    grants(scene.resource, &ASSIGNING)
}

fn grants_contributor(scene: &Scene<'_>) -> Answer {
    grants(scene.resource, &[CONTRIBUTOR])
}

/// Whether the permission that `scene` looks at grants everything, the right to hand out roles, or
/// by a wildcard the right to list keys.
fn is_too_wide(scene: &Scene<'_>) -> Answer {
    Answer::any(["actions", "dataActions"].map(|list| {
        let actions = scene.here.at(list);
        if let Some(unknown) = actions.value().and_then(|value| value.as_unknown()) {
            return Answer::open(Doubt::of(unknown, actions.span(), list));
        }
        Answer::any(actions.items().into_iter().map(|action| {
            let text = action.text();
            match (text.stated(), text.unknown()) {
                (Some(pattern), _) => Answer::of(is_wide_action(pattern), || {
                    Evidence::stated(text.span(), format!("{list} holds {pattern}"))
                }),
                (None, Some(unknown)) => Answer::open(Doubt::of(unknown, text.span(), list)),
                (None, None) => Answer::No,
            }
        }))
    }))
}

/// Actions with which their holder can give itself any role.
const ROLE_WRITES: [&str; 3] = [
    "microsoft.authorization/roleassignments/write",
    "microsoft.authorization/roledefinitions/write",
    "microsoft.authorization/elevateaccess/action",
];

fn is_wide_action(pattern: &str) -> bool {
    let pattern = pattern.to_ascii_lowercase();
    let lists_any_key = pattern.contains('*') && pattern.ends_with("listkeys/action");
    pattern == "*" || lists_any_key || ROLE_WRITES.iter().any(|action| covers(&pattern, action))
}

/// Whether `pattern`, in which `*` stands for anything, covers `text`.
fn covers(pattern: &str, text: &str) -> bool {
    let mut pieces = pattern.split('*');
    let first = pieces.next().unwrap_or("");
    let Some(mut rest) = text.strip_prefix(first) else {
        return false;
    };
    let mut pieces: Vec<&str> = pieces.collect();
    let Some(last) = pieces.pop() else {
        return rest.is_empty();
    };
    for piece in pieces {
        match rest.find(piece) {
            Some(at) => rest = rest.get(at + piece.len()..).unwrap_or(""),
            None => return false,
        }
    }
    rest.ends_with(last)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn patterns_cover_what_azure_says_they_do() {
        for pattern in [
            "*",
            "*/write",
            "Microsoft.Authorization/*",
            "Microsoft.Authorization/*/write",
        ] {
            assert!(is_wide_action(pattern), "{pattern}");
        }
        for pattern in [
            "*/read",
            "Microsoft.Storage/*",
            "Microsoft.Storage/storageAccounts/listKeys/action",
        ] {
            assert!(!is_wide_action(pattern), "{pattern}");
        }
    }
}
