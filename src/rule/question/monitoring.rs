//! Questions about plans and logs of the subscription.

use crate::rule::attestation::{Group, Question};
use crate::rule::prelude::*;

/// SL-MON-005.
pub(in crate::rule) static AI_DEFENDER_PLAN_OFF: Rule = Rule {
    id: "SL-MON-005",
    name: "ai-defender-plan-off",
    title: "Defender plan for AI services off",
    topic: Topic::Monitoring,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["Microsoft.Security/pricings"],
    controls: &["LT-1", "AI-6"],
    references: "azure-policy: c2c0c6d8-007b-4a48-8d9b-3539bddd8e87, \
        7e92882a-2f8a-4991-9bc4-d3147d40abb0, 359a48a3-351a-4618-bb32-f1628645694b; atlas: \
        AML.M0024",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether attacks on models, such as jailbreaks, leaked credentials and data theft \
            by prompts, raise alerts. A plan in the inputs answers by itself.",
        matters: "Without the plan the service blocks what its filters know and tells nobody.",
        pass: "The reviewer answers yes, or a plan named `AI` in the inputs is `Standard`.",
        fail: "The reviewer answers no, or a plan named `AI` in the inputs is not `Standard`.",
        unknown: "The question has not been answered and no plan named `AI` is in the inputs.",
    },
    remedy: Remedy {
        text: "Set the plan `AI` to `Standard` on the subscription.",
        edits: &[set("properties.pricingTier", r#""Standard""#)],
        cli: "az security pricing create --name AI --tier Standard",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Security/pricings", "apiVersion": "2024-01-01", "name": "AI",
            "properties": {"pricingTier": "Free"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_ai_plan),
        parts: &[part(
            "plan-off",
            "the plan is not on",
            property(
                "properties.pricingTier",
                IsNot(&["Standard"]),
                Means("Free"),
            ),
        )],
    }),
    question: Some(Question {
        group: Group::Monitoring,
        asks: "Is Defender for AI services on for the subscription?",
        evidence: "the subscription's Defender plans",
    }),
};

/// SL-MON-006.
pub(in crate::rule) static DEFENDER_PLANS_OFF: Rule = Rule {
    id: "SL-MON-006",
    name: "defender-plans-off",
    title: "Defender plans for storage, vault, containers, APIs, Resource Manager, CSPM",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Security/pricings",
        "Microsoft.Security/defenderForStorageSettings",
    ],
    controls: &["LT-1", "LT-2", "DP-2", "DP-8", "DP-1"],
    references: "azure-policy: 640d2586-54d2-465f-877f-9ffc1d2109f4, \
        0e6763cc-5078-4e64-889d-ff4d9a839047, 1c988dd6-ade4-430f-a608-2a3e5b0a6d38, \
        7926a6d1-b268-4586-8197-e8ae90c877d7, c3d20c29-b36d-48fe-808b-99a87530ad99, \
        1f90fc71-a595-4066-8974-d4d0802e8ef0; checkov: CKV_AZURE_84, CKV_AZURE_87, CKV_AZURE_85, \
        CKV_AZURE_19; psrule: Azure.Defender.Storage (AZR-000296), Azure.Defender.KeyVault \
        (AZR-000352), Azure.Defender.Cspm (AZR-000372), Azure.Storage.DefenderCloud; kics: \
        2081c7d6-2851-4cce-bda5-cb49d462da42; cis: 3.1.8.1, 3.1.4.1, 3.1.9.1; eu-ai-act: 15.5, \
        55.1d; nist: AC-2(12), AU-6, AU-6(4)",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether attacks on what stands around the models raise alerts. Plans and \
            per-account settings in the inputs answer by themselves.",
        matters: "Most intrusions into AI workloads begin at a store, a vault or a cluster.",
        pass: "The reviewer answers yes, and no plan or setting in the inputs says otherwise.",
        fail: "The reviewer answers no, a plan for one of these in the inputs is not `Standard`, \
            or a storage account's Defender setting is off.",
        unknown: "The question has not been answered, and the inputs hold no plans.",
    },
    remedy: Remedy {
        text: "Set the plans to `Standard`, and do not take accounts out of them.",
        edits: &[set("properties.pricingTier", r#""Standard""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Security/pricings", "apiVersion": "2024-01-01",
            "name": "StorageAccounts", "properties": {"pricingTier": "Free"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_other_plan),
        parts: &[
            part(
                "plan-off",
                "the plan is not on",
                property(
                    "properties.pricingTier",
                    IsNot(&["Standard"]),
                    Means("Free"),
                ),
            )
            .on(&["Microsoft.Security/pricings"]),
            part(
                "account-off",
                "Defender is off for its account",
                property("properties.isEnabled", Is(&["false"]), Not),
            )
            .on(&["Microsoft.Security/defenderForStorageSettings"]),
        ],
    }),
    question: Some(Question {
        group: Group::Monitoring,
        asks: "Are Defender plans on for storage, key vaults, containers, APIs, Resource Manager \
            and posture management?",
        evidence: "the subscription's Defender plans",
    }),
};

/// SL-MON-008.
pub(in crate::rule) static ACTIVITY_LOG_NOT_KEPT: Rule = Rule {
    id: "SL-MON-008",
    name: "activity-log-not-kept",
    title: "Activity log exported, kept a year, and alerted on",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Attestation,
    responsibility: Customer,
    resource_types: &["(subscription)"],
    controls: &["LT-3", "LT-6"],
    references: "azure-policy: b02aacc0-b073-424e-8298-42b22829ee0a, \
        b954148f-4c11-4c38-8221-be76711e194a, c5447c04-a4d7-4ba8-a263-c9ee321a6858, \
        3b980d31-7904-4bb7-8575-5665739a8052; checkov: CKV_AZURE_37, CKV_AZURE_38; kics: \
        25684eac-daaa-4c2c-94b4-8d2dbb627909, 4d522e7b-f938-4d51-a3b1-974ada528bd3; cis: 6.2.1, \
        6.2.2",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether changes to the estate itself are recorded for long and noticed.",
        matters: "Azure keeps the activity log ninety days. Who opened the door last winter is \
            then nobody.",
        pass: "The reviewer answers yes, and says what bears it out.",
        fail: "The reviewer answers no.",
        unknown: "The question has not been answered; no template shows it.",
    },
    remedy: Remedy {
        text: "Export the activity log to a workspace with a year's retention, and alert on \
            policy, security group and security solution changes.",
        edits: &[],
        cli: "az monitor diagnostic-settings subscription list",
    },
    example: Example {
        fails: "",
        passes: "",
    },
    check: Check::Answer,
    question: Some(Question {
        group: Group::Monitoring,
        asks: "Is the subscription's activity log exported, kept for a year, and alerted on for \
            policy, network and security changes?",
        evidence: "the subscription's diagnostic setting and the alert rules",
    }),
};

fn is_called(scene: &Scene<'_>, names: &[&str]) -> Answer {
    let name = scene.resource.short_name();
    if names.iter().any(|other| name.eq_ignore_ascii_case(other)) {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}

fn is_ai_plan(scene: &Scene<'_>) -> Answer {
    is_called(scene, &["AI"])
}

/// The plans for what stands around models, and settings of single accounts.
fn is_other_plan(scene: &Scene<'_>) -> Answer {
    if !scene
        .resource
        .resource_type
        .is("Microsoft.Security/pricings")
    {
        return Answer::Yes(Vec::new());
    }
    is_called(
        scene,
        &[
            "StorageAccounts",
            "KeyVaults",
            "Containers",
            "KubernetesService",
            "Api",
            "Arm",
            "CloudPosture",
        ],
    )
}
