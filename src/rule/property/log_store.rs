//! Stores of logs and what watches uploads.

use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-MON-003.
pub(in crate::rule) static LOGS_KEPT_TOO_SHORT: Rule = Rule {
    id: "SL-MON-003",
    name: "logs-kept-too-short",
    title: "Log workspace keeps too little",
    topic: Topic::Monitoring,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.OperationalInsights/workspaces"],
    controls: &["LT-6"],
    references: "",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "How long the log workspace keeps what it gets, and whether a daily cap drops \
            part of it.",
        matters: "Intrusions are found after months. Logs that are gone by then, or were never \
            taken in because someone made noise first, answer nothing.",
        pass: "`retentionInDays` is 90 or more, or what the reviewer has laid down, and there is \
            no daily cap.",
        fail: "The retention is shorter, absent meaning 30 days, or `dailyQuotaGb` is set.",
        unknown: "A parameter decides the retention or the cap.",
    },
    remedy: Remedy {
        text: "Set `retentionInDays` to 90 or more and take the cap away, or alert on it.",
        edits: &[
            set("properties.retentionInDays", "90"),
            set("properties.workspaceCapping.dailyQuotaGb", "-1"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.OperationalInsights/workspaces", "apiVersion": "2023-09-01",
            "name": "logs", "properties": {"retentionInDays": 30,
            "workspaceCapping": {"dailyQuotaGb": 1}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part("short", "it keeps logs too short", Custom(keeps_too_short)),
            part(
                "capped",
                "a daily cap drops logs",
                property(
                    "properties.workspaceCapping.dailyQuotaGb",
                    Such(is_cap),
                    Not,
                ),
            ),
        ],
    }),
    question: None,
};

/// SL-MON-004.
pub(in crate::rule) static LOG_STORE_PUBLIC_OR_KEYED: Rule = Rule {
    id: "SL-MON-004",
    name: "log-store-public-or-keyed",
    title: "Log stores accept public or key-based ingestion",
    topic: Topic::Monitoring,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.OperationalInsights/workspaces",
        "Microsoft.Insights/components",
    ],
    controls: &["NS-2", "IM-1"],
    references: "azure-policy: 6c53d030-cc64-46f0-906d-2bc061cd1334, \
        1bc02227-0cb6-4e11-8f53-eb0b22eab7e8, 199d5677-e4d9-4264-9465-efe1839c06bd, \
        e15effd4-2278-4c65-a0da-4d6f6d1890e2; psrule: Azure.AppInsights.LocalAuth",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether logs and telemetry can be written and read over the public network, and \
            written with a key.",
        matters: "Whoever has the key of an application's telemetry can bury an attack in noise; \
            whoever can query reads prompts that were logged.",
        pass: "Public ingestion and query are off, and local authentication is off.",
        fail: "`publicNetworkAccessForIngestion` or `publicNetworkAccessForQuery` is not \
            `Disabled`, absent meaning on, or local authentication is not turned off.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Use a private link scope, turn public access off, and turn local authentication \
            off.",
        edits: &[
            set(
                "properties.publicNetworkAccessForIngestion",
                r#""Disabled""#,
            ),
            set("properties.publicNetworkAccessForQuery", r#""Disabled""#),
            set("properties.features.disableLocalAuth", "true"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.OperationalInsights/workspaces", "apiVersion": "2023-09-01",
            "name": "logs", "properties": {"retentionInDays": 90}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "ingestion",
                "logs are taken over the public network",
                property(
                    "properties.publicNetworkAccessForIngestion",
                    IsNot(&["Disabled", "SecuredByPerimeter"]),
                    Means("Enabled"),
                ),
            ),
            part(
                "query",
                "logs are read over the public network",
                property(
                    "properties.publicNetworkAccessForQuery",
                    IsNot(&["Disabled", "SecuredByPerimeter"]),
                    Means("Enabled"),
                ),
            ),
            part(
                "keys",
                "its key is accepted",
                property(
                    "properties.features.disableLocalAuth",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            )
            .on(&["Microsoft.OperationalInsights/workspaces"]),
            part(
                "keys",
                "its key is accepted",
                property(
                    "properties.DisableLocalAuth",
                    IsNot(&["true"]),
                    Means("false"),
                ),
            )
            .on(&["Microsoft.Insights/components"]),
        ],
    }),
    question: None,
};

/// SL-MON-007.
pub(in crate::rule) static UPLOADS_NOT_SCANNED: Rule = Rule {
    id: "SL-MON-007",
    name: "uploads-not-scanned",
    title: "Malware and sensitive-data scan on upload stores",
    topic: Topic::Monitoring,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Security/defenderForStorageSettings"],
    controls: &["LT-1", "DP-2"],
    references: "psrule: Azure.Storage.Defender.MalwareScan, Azure.Storage.Defender.DataScan; \
        atlas: AML.T0018.002, AML.T0011.000",
    safeguard: Some(Safeguard::Detection),
    page: Page {
        checks: "Whether what is uploaded to a store is scanned for malware.",
        matters: "Files that people upload for a model to read, and models that people upload to \
            be run, are the easiest way to bring code in.",
        pass: "`malwareScanning.onUpload.isEnabled` is true.",
        fail: "It is false or absent in a Defender setting of a storage account.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Turn on malware scanning on upload.",
        edits: &[set("properties.malwareScanning.onUpload.isEnabled", "true")],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Security/defenderForStorageSettings",
            "apiVersion": "2022-12-01-preview", "name": "current",
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'models')]",
            "properties": {"isEnabled": true,
            "malwareScanning": {"onUpload": {"isEnabled": false}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "not-scanned",
            "uploads are not scanned for malware",
            property(
                "properties.malwareScanning.onUpload.isEnabled",
                IsNot(&["true"]),
                Means("false"),
            ),
        )],
    }),
    question: None,
};

/// Whether the retention, which is thirty days where none is stated, is under what is laid down.
fn keeps_too_short(scene: &Scene<'_>) -> Answer {
    let wanted = scene.context.settings.retention_days;
    let retention = scene.properties().at("retentionInDays").integer();
    match (retention.stated(), retention.unknown()) {
        (Some(days), _) => Answer::of(*days < wanted, || {
            Evidence::stated(retention.span(), format!("retentionInDays is {days}"))
        }),
        (None, Some(unknown)) => {
            Answer::open(Doubt::of(unknown, retention.span(), "retentionInDays"))
        }
        (None, None) => Answer::of(30 < wanted, || {
            Evidence::default(
                retention.span(),
                "retentionInDays is absent, which means 30",
            )
        }),
    }
}

/// Whether a daily quota caps anything; minus one means no cap.
fn is_cap(quota: &str) -> bool {
    quota.trim().parse::<f64>().is_ok_and(|quota| quota >= 0.0)
}
