//! Settings below SQL servers, databases and Synapse pools that watch and encrypt.
//!
//! Template reference: `Microsoft.Sql/servers/…`, `Microsoft.Synapse/workspaces/…`.
//! Not modelled: none of them bears on who reaches what.

use super::Kind;

pub(super) static KINDS: &[Kind] = &[
    Kind::part(
        "Microsoft.Sql/servers/advancedThreatProtectionSettings",
        "Threat detection",
    ),
    Kind::part("Microsoft.Sql/servers/advisors", "Advisor"),
    Kind::part("Microsoft.Sql/servers/auditingPolicies", "Auditing"),
    Kind::part("Microsoft.Sql/servers/auditingSettings", "Auditing"),
    Kind::part("Microsoft.Sql/servers/devOpsAuditingSettings", "Auditing"),
    Kind::part("Microsoft.Sql/servers/extendedAuditingSettings", "Auditing"),
    Kind::part(
        "Microsoft.Sql/servers/securityAlertPolicies",
        "Threat detection",
    ),
    Kind::part(
        "Microsoft.Sql/servers/sqlVulnerabilityAssessments",
        "Vulnerability assessment",
    ),
    Kind::part(
        "Microsoft.Sql/servers/vulnerabilityAssessments",
        "Vulnerability assessment",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/advancedThreatProtectionSettings",
        "Threat detection",
    ),
    Kind::part("Microsoft.Sql/servers/databases/advisors", "Advisor"),
    Kind::part(
        "Microsoft.Sql/servers/databases/auditingPolicies",
        "Auditing",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/auditingSettings",
        "Auditing",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/backupLongTermRetentionPolicies",
        "Backup",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/backupShortTermRetentionPolicies",
        "Backup",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/extendedAuditingSettings",
        "Auditing",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/geoBackupPolicies",
        "Backup",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/ledgerDigestUploads",
        "Ledger digest",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/securityAlertPolicies",
        "Threat detection",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/transparentDataEncryption",
        "Encryption",
    ),
    Kind::part(
        "Microsoft.Sql/servers/databases/vulnerabilityAssessments",
        "Vulnerability assessment",
    ),
    Kind::part("Microsoft.Synapse/workspaces/auditingSettings", "Auditing"),
    Kind::part(
        "Microsoft.Synapse/workspaces/extendedAuditingSettings",
        "Auditing",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/securityAlertPolicies",
        "Threat detection",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/vulnerabilityAssessments",
        "Vulnerability assessment",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/sqlPools/auditingSettings",
        "Auditing",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/sqlPools/extendedAuditingSettings",
        "Auditing",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/sqlPools/geoBackupPolicies",
        "Backup",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/sqlPools/securityAlertPolicies",
        "Threat detection",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/sqlPools/transparentDataEncryption",
        "Encryption",
    ),
    Kind::part(
        "Microsoft.Synapse/workspaces/sqlPools/vulnerabilityAssessments",
        "Vulnerability assessment",
    ),
];
