//! On which protocols and how safely a storage account answers.

use crate::rule::prelude::*;

/// SL-STG-009.
pub(in crate::rule) static STORAGE_OLD_TLS: Rule = Rule {
    id: "SL-STG-009",
    name: "storage-old-tls",
    title: "Storage TLS below 1.2",
    topic: Topic::Storage,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Platform,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["DP-3"],
    references: "azure-policy: fe83a0eb-a853-422d-aac2-1bffd182c5d0; checkov: CKV_AZURE_44; \
        psrule: Azure.Storage.MinTLS (AZR-000200); cis: 4.15",
    safeguard: Some(Safeguard::EncryptionInTransit),
    page: Page {
        checks: "Whether the account asks for TLS 1.2 or newer.",
        matters: "The service itself has refused TLS 1.0 and 1.1 since 2026, so this is the \
            record of the intent rather than an open hole; older clouds and audits still read the \
            property.",
        pass: "`minimumTlsVersion` is `TLS1_2` or `TLS1_3`.",
        fail: "It is `TLS1_0` or `TLS1_1`, or absent, which the property reads as `TLS1_0`.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `minimumTlsVersion` to `TLS1_2`.",
        edits: &[set("properties.minimumTlsVersion", r#""TLS1_2""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"minimumTlsVersion": "TLS1_0"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "old-tls",
            "it takes TLS below 1.2",
            property(
                "properties.minimumTlsVersion",
                Is(&["TLS1_0", "TLS1_1"]),
                Means("TLS1_0"),
            ),
        )],
    }),
    question: None,
};

/// SL-STG-010.
pub(in crate::rule) static STORAGE_PLAIN_HTTP: Rule = Rule {
    id: "SL-STG-010",
    name: "storage-plain-http",
    title: "Storage accepts plain http",
    topic: Topic::Storage,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["DP-3"],
    references: "azure-policy: 404c3081-a854-4457-ae30-26a93ef643f9, \
        f81e3117-0093-4b17-8a60-82363134f0eb; checkov: CKV_AZURE_3; psrule: \
        Azure.Storage.SecureTransfer (AZR-000196); kics: 1367dd13-2c90-4020-80b7-e4339a3dc2c4; \
        cis: 4.1; nist: SC-8, SC-8(1)",
    safeguard: Some(Safeguard::EncryptionInTransit),
    page: Page {
        checks: "Whether the account answers requests that are not encrypted.",
        matters: "Over http, keys in signatures and the data itself can be read on the way.",
        pass: "`supportsHttpsTrafficOnly` is true, or absent at API version 2019-04-01 or newer.",
        fail: "It is false, or absent at an older API version, where it means false.",
        unknown: "A parameter decides it, or the API version is not known and the property is \
            absent.",
    },
    remedy: Remedy {
        text: "Set `supportsHttpsTrafficOnly` to true.",
        edits: &[set("properties.supportsHttpsTrafficOnly", "true")],
        cli: "az storage account update --name <account> --resource-group <group> --https-only \
            true",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"supportsHttpsTrafficOnly": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "plain-http",
            "it answers over plain http",
            property(
                "properties.supportsHttpsTrafficOnly",
                Is(&["false"]),
                Since("2019-04-01", &Means("true"), &Means("false")),
            ),
        )],
    }),
    question: None,
};

/// SL-STG-019.
pub(in crate::rule) static STORAGE_OTHER_PROTOCOLS: Rule = Rule {
    id: "SL-STG-019",
    name: "storage-other-protocols",
    title: "SFTP, NFS or local users on",
    topic: Topic::Storage,
    severity: Medium,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Storage/storageAccounts"],
    controls: &["IM-1"],
    references: "",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether SFTP, NFS or local users are switched on.",
        matters: "SFTP signs local users in by password or SSH key, outside Entra; NFS knows no \
            users at all and trusts the network. Both are further doors with weaker locks.",
        pass: "`isSftpEnabled`, `isNfsV3Enabled` and `isLocalUserEnabled` are false or absent.",
        fail: "Any of the three is true.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Turn off what is not used; use Entra and the REST endpoint for what is.",
        edits: &[
            set("properties.isSftpEnabled", "false"),
            set("properties.isNfsV3Enabled", "false"),
            set("properties.isLocalUserEnabled", "false"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "models", "properties": {"isHnsEnabled": true, "isSftpEnabled": true,
            "isNfsV3Enabled": true, "isLocalUserEnabled": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "sftp",
                "SFTP is on",
                property("properties.isSftpEnabled", Is(&["true"]), Means("false")),
            ),
            part(
                "nfs",
                "NFS is on",
                property("properties.isNfsV3Enabled", Is(&["true"]), Means("false")),
            ),
            part(
                "local-users",
                "local users are allowed",
                property("properties.isLocalUserEnabled", Is(&["true"]), Not),
            ),
        ],
    }),
    question: None,
};
