//! The storage account's firewall, rule by rule.

use super::ask::{has_wildcard, is_marked_sensitive, is_of_other_tenant, is_wide_prefix};
use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-STG-006.
pub(in crate::rule) static STORAGE_TRUSTED_SERVICES_BYPASS: Rule = Rule {
    id: "SL-STG-006",
    name: "storage-trusted-services-bypass",
    title: "Trusted-services bypass on a closed account",
    topic: Topic::Storage,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-2"],
    references: "checkov: CKV_AZURE_36; kics: e25b56cd-a4d6-498f-ab92-e6296a082097; azure-policy: \
        c9d007d0-c057-4772-b18c-01e546713bcd; cis: 4.8",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an account whose firewall denies by default still lets Microsoft's \
            trusted services past it, and whether anything in the inputs needs that.",
        matters: "The bypass admits a list of services, not a list of your resources; what they \
            may do then hangs on roles alone. Rules for single resource instances do the same job \
            with names. The CIS benchmark wants the bypass on so that backup and logging work, \
            which is why this is a note.",
        pass: "The default action is not `Deny`, so that the bypass changes nothing, or `bypass` \
            does not hold `AzureServices`.",
        fail: "The default action is `Deny` and `bypass` holds `AzureServices`, or is absent, \
            which means `AzureServices`. It counts as medium where no resource instance is listed \
            and nothing in the inputs would come in by the bypass.",
        unknown: "A parameter decides `bypass` or the default action.",
    },
    remedy: Remedy {
        text: "List the instances that need the account in `networkAcls.resourceAccessRules` and \
            set `bypass` to `None`, or record why the bypass stays.",
        edits: &[set("properties.networkAcls.bypass", r#""None""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"networkAcls": {"defaultAction": "Deny",
            "bypass": "AzureServices",
            "resourceAccessRules": [{"tenantId": "11111111-1111-1111-1111-111111111111",
            "resourceId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ml"}]}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.networkAcls.defaultAction",
            Is(&["Deny"]),
            Means("Allow"),
        ),
        parts: &[
            part(
                "bypass",
                "trusted services pass its firewall",
                All(&[
                    property(
                        "properties.networkAcls.bypass",
                        Holds(&["AzureServices"]),
                        Means("AzureServices"),
                    ),
                    Any(&[
                        property("properties.networkAcls.resourceAccessRules", Filled, Not),
                        Custom(needs_trusted_services),
                    ]),
                ]),
            ),
            part(
                "unneeded-bypass",
                "trusted services pass its firewall though nothing here needs it",
                All(&[
                    property(
                        "properties.networkAcls.bypass",
                        Holds(&["AzureServices"]),
                        Means("AzureServices"),
                    ),
                    property(
                        "properties.networkAcls.resourceAccessRules",
                        Empty,
                        AbsentHolds,
                    ),
                    Unless(&Custom(needs_trusted_services)),
                ]),
            )
            .at(Medium),
        ],
    }),
    question: None,
};

/// SL-STG-007.
pub(in crate::rule) static STORAGE_INSTANCE_RULE_TOO_WIDE: Rule = Rule {
    id: "SL-STG-007",
    name: "storage-instance-rule-too-wide",
    title: "Resource-instance rule is tenant-wide",
    topic: Topic::Storage,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a resource instance rule of the account's firewall names more than one \
            resource, or one of another tenant.",
        matters: "A rule for `*/workspaces/*` admits every workspace that anyone creates in the \
            subscription or tenant, present and future, past the firewall.",
        pass: "Every rule names one resource in full, of the own tenant.",
        fail: "A rule's `resourceId` holds `*`, or its `tenantId` is another than the one laid \
            down for the estate.",
        unknown: "A rule's identifier is a parameter.",
    },
    remedy: Remedy {
        text: "Name each resource that needs the account by its full identifier.",
        edits: &[set(
            "properties.networkAcls.resourceAccessRules.0.resourceId",
            r#""/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.MachineLearningServices/workspaces/ml""#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"networkAcls": {"defaultAction": "Deny",
            "resourceAccessRules": [{"tenantId": "11111111-1111-1111-1111-111111111111",
            "resourceId": "/subscriptions/00000000-0000-0000-0000-000000000000/resourcegroups/*/providers/Microsoft.MachineLearningServices/workspaces/*"}]}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "wildcard",
                "an instance rule admits a whole class of resources",
                AnyItem(
                    "properties.networkAcls.resourceAccessRules",
                    &property("resourceId", Such(has_wildcard), Not),
                ),
            ),
            part(
                "other-tenant",
                "an instance rule admits resources of another tenant",
                AnyItem(
                    "properties.networkAcls.resourceAccessRules",
                    &Custom(is_of_other_tenant),
                ),
            ),
        ],
    }),
    question: None,
};

/// SL-STG-008.
pub(in crate::rule) static STORAGE_ALLOW_LIST_TOO_WIDE: Rule = Rule {
    id: "SL-STG-008",
    name: "storage-allow-list-too-wide",
    title: "Storage allow list too wide",
    topic: Topic::Storage,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-2"],
    references: "azure-policy: 2a1a9cdf-e04d-429a-8416-3bfb72a1b26f; cis: 4.7; nist: AC-4, SC-7, \
        SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the addresses that the account's firewall lets in are few, and whether a \
            sensitive account lists any at all.",
        matters: "A /16 of a provider is tens of thousands of strangers; and an account that is \
            meant to be private has no use for public addresses.",
        pass: "Every address rule is a /24 or narrower, and a sensitive account has none.",
        fail: "An address rule is shorter than /24, or the account is marked sensitive and lists \
            any.",
        unknown: "An address rule is a parameter.",
    },
    remedy: Remedy {
        text: "List single addresses or small ranges, or drop them and use a private endpoint.",
        edits: &[set("properties.networkAcls.ipRules", "[]")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"networkAcls": {"defaultAction": "Deny",
            "ipRules": [{"value": "203.0.112.0/20", "action": "Allow"}]}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: All(&[
            property(
                "properties.networkAcls.defaultAction",
                Is(&["Deny"]),
                Means("Allow"),
            ),
            property(
                "properties.publicNetworkAccess",
                IsNot(&["Disabled", "SecuredByPerimeter"]),
                Means("Enabled"),
            ),
        ]),
        parts: &[
            part(
                "wide-range",
                "an address rule lets in more than a /24",
                AnyItem(
                    "properties.networkAcls.ipRules",
                    &property("value", Such(is_wide_prefix), Not),
                ),
            ),
            part(
                "listed-on-sensitive",
                "it is marked sensitive and lists public addresses",
                All(&[
                    property("properties.networkAcls.ipRules", Filled, Not),
                    Custom(is_marked_sensitive),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-STG-020.
pub(in crate::rule) static STORAGE_WILDCARD_CORS: Rule = Rule {
    id: "SL-STG-020",
    name: "storage-wildcard-cors",
    title: "Wildcard CORS on blob or file service",
    topic: Topic::Storage,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Storage/storageAccounts/blobServices",
        "Microsoft.Storage/storageAccounts/fileServices",
    ],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether pages of any origin may write to the blob or file service from a \
            visitor's browser.",
        matters: "With a signature or a token in the browser, any site that the visitor opens can \
            overwrite objects in their name.",
        pass: "No rule joins the origin `*` with a method that writes.",
        fail: "A CORS rule lists `*` as origin and allows `PUT`, `POST`, `DELETE`, `MERGE` or \
            `PATCH`.",
        unknown: "The rules, or the origins of one, are a parameter.",
    },
    remedy: Remedy {
        text: "Name the origins that need to write.",
        edits: &[set(
            "properties.cors.corsRules.0.allowedOrigins",
            r#"["https://portal.contoso.com"]"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts/blobServices",
            "apiVersion": "2023-05-01", "name": "models/default",
            "properties": {"cors": {"corsRules": [{"allowedOrigins": ["*"],
            "allowedMethods": ["GET", "PUT"], "allowedHeaders": ["*"], "exposedHeaders": ["*"],
            "maxAgeInSeconds": 3600}]}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "any-origin-writes",
            "pages of any origin may write",
            AnyItem(
                "properties.cors.corsRules",
                &All(&[
                    property("allowedOrigins", Holds(&["*"]), Not),
                    property(
                        "allowedMethods",
                        Holds(&["PUT", "POST", "DELETE", "MERGE", "PATCH"]),
                        Not,
                    ),
                ]),
            ),
        )],
    }),
    question: None,
};

/// Services that come in by the bypass of a storage account ("Trusted access for resources
/// registered in your Microsoft Entra tenant") and that an AI workload has.
const TRUSTED: [&str; 8] = [
    "Microsoft.MachineLearningServices/workspaces",
    "Microsoft.MachineLearningServices/registries",
    "Microsoft.Search/searchServices",
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.DataFactory/factories",
    "Microsoft.Synapse/workspaces",
    "Microsoft.RecoveryServices/vaults",
    "Microsoft.DataProtection/backupVaults",
];

/// Whether the estate holds a service that would come in by the bypass.
fn needs_trusted_services(scene: &Scene<'_>) -> Answer {
    let mut found = TRUSTED
        .iter()
        .flat_map(|kind| scene.context.inventory.of_type(kind));
    match found.find(|(_, resource)| !resource.is_not_deployed()) {
        Some((_, resource)) => Answer::yes(Evidence::stated(
            resource.span,
            format!("`{}` may come in by it", resource.name),
        )),
        None => Answer::No,
    }
}
