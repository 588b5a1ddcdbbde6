//! Platform services around the workloads.

use super::table::check;

#[test]
fn a_configuration_store_closes_once_a_private_endpoint_leads_to_it() {
    const BOTH: &str = "SharedKey Entra";
    check(
        "Microsoft.AppConfiguration/configurationStores",
        "2023-03-01",
        &[
            ("{}", "internet", "open", BOTH),
            (r#"{"x": {"mode": "export"}}"#, "internet", "open", BOTH),
            (
                r#"{"x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled"}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
}

#[test]
fn log_stores_have_a_door_each_way() {
    check(
        "Microsoft.OperationalInsights/workspaces",
        "2022-10-01",
        &[
            (r#"{"x": {"door": "query"}}"#, "internet", "open", "Entra"),
            (
                r#"{"x": {"door": "ingestion"}}"#,
                "internet",
                "open",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccessForIngestion": "Disabled"}, "x": {"door": "ingestion"}}"#,
                "internet",
                "closed",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccessForIngestion": "Disabled"}, "x": {"door": "query"}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccessForQuery": "Disabled"}, "x": {"door": "query"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"features": {"disableLocalAuth": true}}, "x": {"door": "ingestion"}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"x": {"door": "query", "nsp": {"accessMode": "Enforced", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.Insights/components",
        "2020-02-02",
        &[
            (
                r#"{"p": {"publicNetworkAccessForQuery": "Disabled"}, "x": {"door": "query"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"DisableLocalAuth": true}, "x": {"door": "ingestion"}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
}

#[test]
fn plain_services_follow_their_switch() {
    check(
        "Microsoft.Purview/accounts",
        "2021-12-01",
        &[
            ("{}", "internet", "open", "Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "NotSpecified"}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"ingestionStorage": {"publicNetworkAccess": "Disabled"}}, "x": {"door": "ingestion"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.Automation/automationAccounts",
        "2023-11-01",
        &[
            ("{}", "internet", "open", "SharedKey Entra"),
            (
                r#"{"p": {"publicNetworkAccess": false}}"#,
                "internet",
                "closed",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.Batch/batchAccounts",
        "2023-11-01",
        &[
            ("{}", "internet", "open", "SharedKey Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"networkProfile": {"accountAccess": {"defaultAction": "Deny", "ipRules": [{"action": "Allow", "value": "198.51.100.0/24"}]}}}}"#,
                "198.51.100.9",
                "open",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"networkProfile": {"accountAccess": {"defaultAction": "Deny"}}}}"#,
                "internet",
                "closed",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"allowedAuthenticationModes": ["AAD"]}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.DigitalTwins/digitalTwinsInstances",
        "2023-01-31",
        &[
            ("{}", "internet", "open", "Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.Maps/accounts",
        "2023-06-01",
        &[
            ("{}", "internet", "open", "SharedKey Entra"),
            (
                r#"{"p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
}
