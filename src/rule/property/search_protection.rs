//! How a search service keeps and serves what it holds.

use crate::rule::prelude::*;

/// SL-SRCH-005.
pub(in crate::rule) static SEARCH_KEY_NOT_ENFORCED: Rule = Rule {
    id: "SL-SRCH-005",
    name: "search-key-not-enforced",
    title: "Search index keys not customer-managed",
    topic: Topic::AiSearch,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["DP-5"],
    references: "azure-policy: 76a56461-9dc0-40f0-82f5-2453283afa2f, \
        356da939-f20a-4bb9-86f8-5db445b0e354",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether every index must be encrypted under a key of your own vault.",
        matters: "Without enforcement each index decides for itself, and new ones come without.",
        pass: "`encryptionWithCmk.enforcement` is `Enabled`.",
        fail: "It is `Disabled` or `Unspecified`, or absent, which means not enforced.",
        unknown: "A parameter decides the enforcement.",
    },
    remedy: Remedy {
        text: "Set `encryptionWithCmk.enforcement` to `Enabled` and give every index a key.",
        edits: &[set(
            "properties.encryptionWithCmk.enforcement",
            r#""Enabled""#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "standard"},
            "properties": {"encryptionWithCmk": {"enforcement": "Unspecified"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "not-enforced",
            "keys of your own are not enforced",
            property(
                "properties.encryptionWithCmk.enforcement",
                IsNot(&["Enabled"]),
                Means("Unspecified"),
            ),
        )],
    }),
    question: None,
};

/// SL-SRCH-006.
pub(in crate::rule) static SEARCH_WITHOUT_IDENTITY: Rule = Rule {
    id: "SL-SRCH-006",
    name: "search-without-identity",
    title: "Search has no managed identity for its data sources",
    topic: Topic::AiSearch,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["IM-3"],
    references: "psrule: Azure.Search.ManagedIdentity (AZR-000175)",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether the search service has an identity with which to read its sources.",
        matters: "Without one, indexers keep connection strings with keys inside the service.",
        pass: "`identity.type` names a system-assigned or a user-assigned identity.",
        fail: "`identity.type` is absent or `None`.",
        unknown: "A parameter decides the identity.",
    },
    remedy: Remedy {
        text: "Give the service an identity and that identity read roles on its sources.",
        edits: &[set("identity", r#"{"type": "SystemAssigned"}"#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "standard"}, "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-identity",
            "it has no identity for its data sources",
            property("identity.type", Is(&["None"]), Means("None")),
        )],
    }),
    question: None,
};

/// SL-SRCH-009.
pub(in crate::rule) static SEARCH_FREE_TIER: Rule = Rule {
    id: "SL-SRCH-009",
    name: "search-free-tier",
    title: "Search tier cannot be isolated",
    topic: Topic::AiSearch,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["NS-2"],
    references: "azure-policy: a049bf77-880b-470f-ba6d-9f21c530cf83; psrule: Azure.Search.SKU \
        (AZR-000172); eu-ai-act: 15.5, 55.1d; nist: AC-4, AC-17, AC-17(1)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the search service has a tier that can be isolated.",
        matters: "The free tier runs on shared hardware and knows neither private endpoints nor \
            address rules nor identities.",
        pass: "`sku.name` is `basic` or higher.",
        fail: "`sku.name` is `free`.",
        unknown: "A parameter decides the tier.",
    },
    remedy: Remedy {
        text: "Make the service again as `basic` or higher; the tier cannot be changed from free.",
        edits: &[set("sku.name", r#""basic""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "free"}, "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "free",
            "its tier cannot be isolated",
            property("sku.name", Is(&["free"]), Not),
        )],
    }),
    question: None,
};

/// SL-SRCH-010.
pub(in crate::rule) static SEARCH_FEW_REPLICAS: Rule = Rule {
    id: "SL-SRCH-010",
    name: "search-few-replicas",
    title: "Search replicas below the service guarantee",
    topic: Topic::AiSearch,
    severity: Info,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["BR-1"],
    references: "psrule: Azure.Search.QuerySLA (AZR-000173), Azure.Search.IndexSLA (AZR-000174); \
        checkov: CKV_AZURE_208, CKV_AZURE_209",
    safeguard: Some(Safeguard::Recovery),
    page: Page {
        checks: "Whether the search service has the replicas that the service guarantee takes.",
        matters: "With one replica, a restart of one machine takes grounding away from every \
            answer.",
        pass: "There are three replicas or more.",
        fail: "There are fewer than two, absent meaning one, so that queries are not guaranteed, \
            or fewer than three, so that updates are not.",
        unknown: "A parameter decides the number.",
    },
    remedy: Remedy {
        text: "Set `replicaCount` to three, or two where the index is only read.",
        edits: &[set("properties.replicaCount", "3")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "sku": {"name": "standard"}, "properties": {"replicaCount": 1}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "queries",
                "queries are not guaranteed",
                property("properties.replicaCount", Below(2), Means("1")),
            ),
            part(
                "updates",
                "updates are not guaranteed",
                property("properties.replicaCount", Below(3), Means("1")),
            ),
        ],
    }),
    question: None,
};
