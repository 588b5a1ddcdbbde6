//! Logs, alerts and the services that watch.
//!
//! Template reference: `Microsoft.Insights/…`, `Microsoft.Security/…`,
//! `Microsoft.SecurityInsights/…` and others.
//! Not modelled: none of them bears on who reaches what.

use super::{Kind, Zone};

pub(super) static KINDS: &[Kind] = &[
    watch("Microsoft.Insights/actionGroups", "Action group"),
    watch(
        "Microsoft.Insights/privateLinkScopes",
        "Monitor private link scope",
    ),
    Kind::part(
        "Microsoft.Insights/privateLinkScopes/scopedResources",
        "Scoped resource",
    ),
    watch("Microsoft.Insights/workbooks", "Workbook"),
    watch(
        "Microsoft.Insights/dataCollectionRules",
        "Data collection rule",
    ),
    Kind::part(
        "Microsoft.Insights/dataCollectionRuleAssociations",
        "Data collection association",
    ),
    Kind::part(
        "Microsoft.Insights/diagnosticSettings",
        "Diagnostic setting",
    ),
    Kind::part("Microsoft.Insights/metricAlerts", "Metric alert"),
    Kind::part("Microsoft.Insights/scheduledQueryRules", "Log alert"),
    Kind::part("Microsoft.Insights/activityLogAlerts", "Activity alert"),
    Kind::part("Microsoft.Insights/alertRules", "Alert rule"),
    Kind::part("Microsoft.Insights/autoscaleSettings", "Autoscale setting"),
    Kind::part("Microsoft.Insights/webtests", "Availability test"),
    Kind::part("Microsoft.Insights/logProfiles", "Log profile"),
    Kind::part(
        "Microsoft.AlertsManagement/smartDetectorAlertRules",
        "Smart alert",
    ),
    Kind::part(
        "Microsoft.AlertsManagement/actionRules",
        "Alert processing rule",
    ),
    Kind::part(
        "Microsoft.AlertsManagement/prometheusRuleGroups",
        "Metric rules",
    ),
    Kind::part("Microsoft.OperationsManagement/solutions", "Log solution"),
    Kind::part("Microsoft.SecurityInsights/onboardingStates", "Sentinel"),
    Kind::part("Microsoft.SecurityInsights/alertRules", "Sentinel rule"),
    Kind::part(
        "Microsoft.SecurityInsights/dataConnectors",
        "Sentinel connector",
    ),
    Kind::part("Microsoft.Security/pricings", "Defender plan"),
    Kind::part("Microsoft.Security/securityContacts", "Defender contact"),
    Kind::part(
        "Microsoft.Security/autoProvisioningSettings",
        "Defender provisioning",
    ),
    Kind::part("Microsoft.Security/settings", "Defender setting"),
    Kind::part("Microsoft.Security/automations", "Defender automation"),
    Kind::part(
        "Microsoft.Security/advancedThreatProtectionSettings",
        "Defender setting",
    ),
    Kind::part(
        "Microsoft.Security/defenderForStorageSettings",
        "Defender setting",
    ),
    Kind::part("Microsoft.Consumption/budgets", "Budget"),
    Kind::part("Microsoft.CostManagement/exports", "Cost export"),
    Kind::part(
        "Microsoft.Maintenance/maintenanceConfigurations",
        "Maintenance window",
    ),
    Kind::part(
        "Microsoft.GuestConfiguration/guestConfigurationAssignments",
        "Guest configuration",
    ),
];

const fn watch(resource_type: &'static str, display: &'static str) -> Kind {
    Kind {
        resource_type,
        display,
        icon: "monitor",
        zone: Zone::Monitoring,
        ..Kind::SHOWN
    }
}
