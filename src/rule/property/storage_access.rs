//! Who gets to a storage account: `Microsoft.Storage/storageAccounts`.

use super::ask::is_whole_internet;
use crate::evidence::Evidence;
use crate::resource::Resource;
use crate::rule::prelude::*;
use crate::source::Span;

/// SL-STG-001.
pub(in crate::rule) static ANONYMOUS_BLOB_ACCESS: Rule = Rule {
    id: "SL-STG-001",
    name: "anonymous-blob-access",
    title: "Account allows anonymous blob access",
    topic: Topic::Storage,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-2", "DP-2"],
    references: "azure-policy: 4fa4b6c0-31ca-4c0d-b10d-24b96f62a751, \
        13502221-8df0-4414-9937-de9c5c4e396b; psrule: Azure.Storage.BlobPublicAccess \
        (AZR-000198); atlas: AML.T0035; cis: 4.6; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the account lets its containers be opened to readers who show nothing at \
            all.",
        matters: "With this switch on, one container set to `Blob` or `Container`, by whoever may \
            write to the account, publishes training data or models to anyone who guesses an \
            address. With it off no container can.",
        pass: "`allowBlobPublicAccess` is false, or absent in a template that deploys with API \
            version 2023-01-01 or newer.",
        fail: "`allowBlobPublicAccess` is true.",
        unknown: "It is absent at an older API version, where it meant true for old accounts and \
            false for new ones, or absent in an export; `az storage account show --query \
            allowBlobPublicAccess` tells.",
    },
    remedy: Remedy {
        text: "Set `allowBlobPublicAccess` to false and hand out access by role or by user \
            delegation signature.",
        edits: &[set("properties.allowBlobPublicAccess", "false")],
        cli: "az storage account update --name <account> --resource-group <group> \
            --allow-blob-public-access false",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"allowBlobPublicAccess": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "anonymous-allowed",
            "containers may be opened to anonymous readers",
            property(
                "properties.allowBlobPublicAccess",
                Is(&["true"]),
                InExport(
                    &Open("an absent allowBlobPublicAccess meant true before 2023 and false since"),
                    &Since(
                        "2023-01-01",
                        &Means("false"),
                        &Open(
                            "an absent allowBlobPublicAccess meant true before 2023 and false since",
                        ),
                    ),
                ),
            ),
        )],
    }),
    question: None,
};

/// SL-STG-003.
pub(in crate::rule) static STORAGE_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-STG-003",
    name: "storage-open-to-internet",
    title: "Storage reachable from the internet",
    topic: Topic::Storage,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-2"],
    references: "azure-policy: b2982f36-99f2-4db5-8eff-283140c09693, \
        34c877ad-507e-4c82-993e-3452a6e0ad3c, a06d0189-92e8-4dba-b0c4-08d7669fce7d, \
        2a1a9cdf-e04d-429a-8416-3bfb72a1b26f; checkov: CKV_AZURE_35, CKV_AZURE_59; psrule: \
        Azure.Storage.Firewall (AZR-000202); kics: d855ced8-6157-448f-9f1d-f05a41d046f7, \
        9073f073-5d60-4b46-b569-0d6baa80ed95; atlas: AML.T0036; cis: 4.7; nist: AC-4, SC-7, \
        SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the account's own firewall lets any address on the internet reach its \
            endpoints.",
        matters: "An open account is one leaked key, signature or token away from losing what it \
            holds, and its endpoints can be probed by anyone. A private endpoint beside it \
            changes nothing about that.",
        pass: "`publicNetworkAccess` is `Disabled` or `SecuredByPerimeter`, or \
            `networkAcls.defaultAction` is `Deny` and no address rule lets the whole internet in.",
        fail: "Public access is on and the default action is not `Deny`. Both absent mean \
            `Enabled` and `Allow`, at every API version.",
        unknown: "A parameter or a run-time value decides either property.",
    },
    remedy: Remedy {
        text: "Close the public side and reach the account by private endpoints; where callers \
            outside the network remain, set the default action to `Deny` and list them.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az storage account update --name <account> --resource-group <group> \
            --public-network-access Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"networkAcls": {"defaultAction": "Allow"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "public",
            "its public endpoint admits any address",
            IS_OPEN,
        )],
    }),
    question: None,
};

/// SL-STG-004.
pub(in crate::rule) static STORAGE_SHARED_KEY: Rule = Rule {
    id: "SL-STG-004",
    name: "storage-shared-key",
    title: "Shared key works",
    topic: Topic::Storage,
    severity: Medium,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["IM-1"],
    references: "azure-policy: 8c6a50c6-9ffd-4ae7-986f-5fa6111f9a54; psrule: \
        Azure.Storage.LocalAuth; atlas: AML.T0055",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the account still accepts its two account keys and the signatures made \
            with them.",
        matters: "An account key is the whole account: no identity behind it, no condition on it, \
            and no log line that says who used it. Keys end up in settings, notebooks and \
            repositories.",
        pass: "`allowSharedKeyAccess` is false.",
        fail: "`allowSharedKeyAccess` is true, `null` or absent, which means true at every API \
            version.",
        unknown: "A parameter or a run-time value decides it.",
    },
    remedy: Remedy {
        text: "Give callers data roles, set `allowSharedKeyAccess` to false, then watch the logs \
            for refused requests.",
        edits: &[set("properties.allowSharedKeyAccess", "false")],
        cli: "az storage account update --name <account> --resource-group <group> \
            --allow-shared-key-access false",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"allowSharedKeyAccess": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part("shared-key", "account keys are accepted", KEYS_WORK)],
    }),
    question: None,
};

/// SL-STG-005.
pub(in crate::rule) static STORAGE_ONE_KEY_AWAY: Rule = Rule {
    id: "SL-STG-005",
    name: "storage-one-key-away",
    title: "Public endpoint and shared key together",
    topic: Topic::Storage,
    severity: Critical,
    follows: Follows::Exposure,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["NS-2", "IM-1"],
    references: "atlas: AML.T0055, AML.T0035",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an account is open to any address and accepts its keys, so that one \
            leaked key is enough.",
        matters: "Account keys leak by the thousand, and an open account takes them from \
            anywhere. Where a workspace or an index lives in the account, that is the models and \
            what they read.",
        pass: "The account's public side is closed or narrowed, or its keys are off.",
        fail: "Its firewall admits any address and its keys are accepted; critical where an ML \
            workspace or a search service uses it, high for others.",
        unknown: "A parameter or a run-time value decides one side while the other is open.",
    },
    remedy: Remedy {
        text: "Close either side, both preferably.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az storage account update --name <account> --resource-group <group> \
            --public-network-access Disabled --allow-shared-key-access false",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"publicNetworkAccess": "Enabled",
            "allowSharedKeyAccess": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "open-and-keyed",
                "one leaked key is enough, from anywhere",
                All(&[IS_OPEN, KEYS_WORK, Unless(&Custom(feeds_models))]),
            )
            .at(High),
            part(
                "models-open-and-keyed",
                "one leaked key is enough, from anywhere, and models live on it",
                All(&[IS_OPEN, KEYS_WORK, Custom(feeds_models)]),
            ),
        ],
    }),
    question: None,
};

/// Its firewall admits any address.
const IS_OPEN: Condition = All(&[
    property(
        "properties.publicNetworkAccess",
        IsNot(&["Disabled", "SecuredByPerimeter"]),
        Means("Enabled"),
    ),
    Any(&[
        property(
            "properties.networkAcls.defaultAction",
            IsNot(&["Deny"]),
            Means("Allow"),
        ),
        AnyItem(
            "properties.networkAcls.ipRules",
            &property("value", Such(is_whole_internet), Not),
        ),
    ]),
]);

/// Its keys are accepted.
const KEYS_WORK: Condition = property(
    "properties.allowSharedKeyAccess",
    IsNot(&["false"]),
    Means("true"),
);

/// Whether an ML workspace keeps its files in the account, or a search service links to it.
fn feeds_models(scene: &Scene<'_>) -> Answer {
    let inventory = scene.context.inventory;
    let uses = |user: &Resource, span: Span| {
        Answer::yes(Evidence::stated(span, format!("`{}` uses it", user.name)))
    };
    let workspaces = scene.context.workspaces_of(scene.index);
    let mut workspaces = workspaces.iter().filter_map(|at| inventory.get(*at));
    if let Some(workspace) = workspaces.next() {
        let span = workspace.properties().at("storageAccount").span();
        return uses(workspace, span);
    }
    let links = "Microsoft.Search/searchServices/sharedPrivateLinkResources";
    for (_, link) in inventory.of_type(links) {
        let id = link.properties().at("privateLinkResourceId").symbol();
        let found = id
            .stated()
            .and_then(|id| inventory.find_text(id, link.file));
        if found == Some(scene.index) {
            return uses(link, id.span());
        }
    }
    Answer::No
}
