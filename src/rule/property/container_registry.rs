//! Container registries: `Microsoft.ContainerRegistry/registries`.

use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-ACR-001.
pub(in crate::rule) static REGISTRY_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-ACR-001",
    name: "registry-open-to-internet",
    title: "Registry reachable from the internet",
    topic: Topic::ContainerRegistry,
    severity: Medium,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerRegistry/registries"],
    controls: &["NS-2"],
    references: "azure-policy: d0793b48-0edc-4296-a390-4c75d1bdfd71, \
        0fdf0491-d080-4575-b627-ad0e843cba0f, a3701552-92ea-433e-9d17-33b7f1208fc9, \
        bd560fc0-3c69-498a-ae9f-aa8eb7de0e13; checkov: CKV_AZURE_139; psrule: Azure.ACR.Firewall \
        (AZR-000402); atlas: AML.T0010.004; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the registry lets any address on the internet reach it.",
        matters: "Images hold code, and often models. An open registry takes any leaked token \
            from anywhere, for pulling and for pushing.",
        pass: "`publicNetworkAccess` is `Disabled`, or `networkRuleSet.defaultAction` is `Deny`.",
        fail: "Neither; both absent mean `Enabled` and `Allow`. The tiers Basic and Standard \
            cannot be closed and fail until they are upgraded.",
        unknown: "A parameter or a run-time value decides either property.",
    },
    remedy: Remedy {
        text: "Raise the registry to `Premium`, set `publicNetworkAccess` to `Disabled` and reach \
            it by a private endpoint.",
        edits: &[
            set("sku.name", r#""Premium""#),
            set("properties.publicNetworkAccess", r#""Disabled""#),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "sku": {"name": "Standard"}, "properties": {}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "it admits any address",
                All(&[
                    property(
                        "properties.publicNetworkAccess",
                        IsNot(&["Disabled"]),
                        Means("Enabled"),
                    ),
                    property(
                        "properties.networkRuleSet.defaultAction",
                        IsNot(&["Deny"]),
                        Means("Allow"),
                    ),
                ]),
            ),
            part(
                "tier",
                "its tier cannot be closed to the internet",
                property("sku.name", Is(&["Basic", "Standard", "Classic"]), Not),
            ),
        ],
    }),
    question: None,
};

/// SL-ACR-002.
pub(in crate::rule) static REGISTRY_SHARED_OR_ANONYMOUS: Rule = Rule {
    id: "SL-ACR-002",
    name: "registry-shared-or-anonymous",
    title: "Registry admin user or anonymous pull",
    topic: Topic::ContainerRegistry,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerRegistry/registries"],
    controls: &["IM-1"],
    references: "azure-policy: dc921057-6b28-4fbe-9b83-f7bec05db6c2, \
        9f2dea28-e834-476c-99c5-3507b4728395; checkov: CKV_AZURE_137, CKV_AZURE_138; psrule: \
        Azure.ACR.AdminUser (AZR-000005), Azure.ACR.AnonymousAccess (AZR-000401); atlas: \
        AML.T0010.004",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the registry has its one shared password on, or gives images to anyone.",
        matters: "The admin user pushes and pulls everything with one password. Anonymous pull \
            covers every repository, the private ones too.",
        pass: "`adminUserEnabled` and `anonymousPullEnabled` are false or absent, which means off.",
        fail: "Either is true. Anonymous pull does nothing on the tier Basic and is not reported \
            there.",
        unknown: "A parameter decides either.",
    },
    remedy: Remedy {
        text: "Set both to false; pull by identity.",
        edits: &[
            set("properties.adminUserEnabled", "false"),
            set("properties.anonymousPullEnabled", "false"),
        ],
        cli: "az acr update --name <registry> --admin-enabled false --anonymous-pull-enabled false",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "sku": {"name": "Standard"},
            "properties": {"adminUserEnabled": true, "anonymousPullEnabled": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "admin-user",
                "its admin user is on",
                property("properties.adminUserEnabled", Is(&["true"]), Means("false")),
            ),
            part(
                "anonymous-pull",
                "anyone may pull every image",
                All(&[
                    property(
                        "properties.anonymousPullEnabled",
                        Is(&["true"]),
                        Means("false"),
                    ),
                    property("sku.name", IsNot(&["Basic"]), AbsentHolds),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-ACR-003.
pub(in crate::rule) static REGISTRY_IMAGES_UNCHECKED: Rule = Rule {
    id: "SL-ACR-003",
    name: "registry-images-unchecked",
    title: "Registry images not signed, quarantined or scanned",
    topic: Topic::ModelGovernance,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerRegistry/registries"],
    controls: &["DS-6", "PV-5", "PV-6"],
    references: "azure-policy: 090c7b07-b4ed-4561-ad20-e9075f3ccaff; checkov: CKV_AZURE_166, \
        CKV_AZURE_163; psrule: Azure.ACR.ContentTrust (AZR-000009), Azure.ACR.Quarantine \
        (AZR-000008); atlas: AML.T0010.004; owasp-llm: LLM03",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether images are held back until scanned, signed, and scanned by Defender.",
        matters: "Every node pulls what the tag names. One poisoned image is a poisoned cluster.",
        pass: "Quarantine and content trust are on and a Defender plan for containers is in the \
            inputs.",
        fail: "Quarantine or content trust is off or absent, or plans are in the inputs and none \
            of them is for containers.",
        unknown: "No Defender plan of any kind is in the inputs, which says nothing about the \
            subscription.",
    },
    remedy: Remedy {
        text: "Turn on quarantine and signing, and Defender for Containers on the subscription.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "sku": {"name": "Premium"},
            "properties": {"policies": {"quarantinePolicy": {"status": "disabled"},
            "trustPolicy": {"status": "disabled"}}}}, {"type": "Microsoft.Security/pricings",
            "apiVersion": "2024-01-01", "name": "Containers",
            "properties": {"pricingTier": "Standard"}}]"#,
        passes: r#"[{"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "sku": {"name": "Premium"},
            "properties": {"policies": {"quarantinePolicy": {"status": "enabled"},
            "trustPolicy": {"type": "Notary", "status": "enabled"}}}},
            {"type": "Microsoft.Security/pricings", "apiVersion": "2024-01-01",
            "name": "Containers", "properties": {"pricingTier": "Standard"}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "no-quarantine",
                "images are not quarantined",
                property(
                    "properties.policies.quarantinePolicy.status",
                    IsNot(&["enabled"]),
                    Means("disabled"),
                ),
            ),
            part(
                "no-signing",
                "images are not signed",
                property(
                    "properties.policies.trustPolicy.status",
                    IsNot(&["enabled"]),
                    Means("disabled"),
                ),
            ),
            part(
                "no-scan",
                "no Defender plan scans images",
                Custom(lacks_container_plan),
            ),
        ],
    }),
    question: None,
};

/// SL-ACR-004.
pub(in crate::rule) static REGISTRY_EXPORT_AND_PLATFORM_KEY: Rule = Rule {
    id: "SL-ACR-004",
    name: "registry-export-and-platform-key",
    title: "Registry export allowed, tokens on, or no CMK",
    topic: Topic::ContainerRegistry,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ContainerRegistry/registries"],
    controls: &["DP-2", "DP-5"],
    references: "azure-policy: 524b0254-c285-4903-bee6-bb8126cde579, \
        ff05e24e-195c-447e-b322-5e90c9f9f366, 5b9159ae-1701-4a6f-9a7a-aa9c8ddd0580; psrule: \
        Azure.ACR.ExportPolicy; nist: SC-12",
    safeguard: Some(Safeguard::EncryptionAtRest),
    page: Page {
        checks: "Whether images may be exported to other registries, and under whose key they \
            rest.",
        matters: "With export on, whoever may read can copy the whole registry to one of their \
            own, inside Azure, past egress controls.",
        pass: "`policies.exportPolicy.status` is `disabled` and `encryption.status` is `enabled`.",
        fail: "Export is not disabled, absent meaning allowed, or the registry is under a key of \
            the platform.",
        unknown: "A parameter decides either.",
    },
    remedy: Remedy {
        text: "Set the export policy to `disabled`, which takes a private registry; choose a key \
            of your own when the registry is made.",
        edits: &[
            set("properties.policies.exportPolicy.status", r#""disabled""#),
            set(
                "properties.encryption",
                r#"{"status": "enabled", "keyVaultProperties": {"keyIdentifier": "https://vault.vault.azure.net/keys/images", "identity": "11111111-1111-1111-1111-111111111111"}}"#,
            ),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "sku": {"name": "Premium"},
            "properties": {"policies": {"exportPolicy": {"status": "enabled"}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "export",
                "images may be exported",
                property(
                    "properties.policies.exportPolicy.status",
                    IsNot(&["disabled"]),
                    Means("enabled"),
                ),
            ),
            part(
                "platform-key",
                "images are under a key of the platform",
                property(
                    "properties.encryption.status",
                    IsNot(&["enabled"]),
                    Means("disabled"),
                ),
            ),
        ],
    }),
    question: None,
};

/// Whether Defender plans are in the estate and none of them is for containers.
fn lacks_container_plan(scene: &Scene<'_>) -> Answer {
    let mut plans = scene
        .context
        .inventory
        .of_type("Microsoft.Security/pricings")
        .peekable();
    let Some((_, first)) = plans.peek() else {
        return Answer::open(
            Doubt::outside(
                "plan-outside",
                "Microsoft.Security/pricings",
                "Defender plans belong to the subscription and none is in the inputs",
                "the subscription's Defender plans",
                scene.resource.span,
            )
            .with_command("az security pricing list"),
        );
    };
    let span = first.span;
    let on = plans.any(|(_, plan)| {
        let is_for_containers = ["Containers", "ContainerRegistry", "KubernetesService"]
            .iter()
            .any(|name| plan.name.eq_ignore_ascii_case(name));
        is_for_containers && plan.properties().at("pricingTier").text().is("Standard") == Some(true)
    });
    Answer::of(!on, || {
        Evidence::stated(span, "no plan in the inputs is for containers")
    })
}
