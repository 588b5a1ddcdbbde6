//! Kinds that a switch or one list decides about.

use super::table::{Row, check};
use serde_json::json;
use sightline::analysis::{Options, analyse};
use sightline::input::RawFile;
use sightline::reachability::Verdict;

/// The rows of a service that `publicNetworkAccess` alone closes, in both modes and however it is
/// written, with what it takes.
fn check_switch(resource_type: &str, modes: &'static str) {
    let rows: Vec<Row> = [
        ("{}", "open"),
        (r#"{"x": {"mode": "export"}}"#, "open"),
        (r#"{"p": {"publicNetworkAccess": "Enabled"}}"#, "open"),
        (r#"{"p": {"publicNetworkAccess": "Disabled"}}"#, "closed"),
        (
            r#"{"p": {"publicNetworkAccess": "disabled"}, "x": {"mode": "export"}}"#,
            "closed",
        ),
        (
            r#"{"p": {"publicNetworkAccess": "[parameters('a')]"}}"#,
            "unknown",
        ),
    ]
    .into_iter()
    .map(|(fragment, net)| (fragment, "internet", net, modes))
    .collect();
    check(resource_type, "2024-01-01", &rows);
}

#[test]
fn one_switch_closes_a_plain_service() {
    for (resource_type, modes) in [
        ("Microsoft.Bing/accounts", "SharedKey"),
        (
            "Microsoft.Communication/communicationServices",
            "SharedKey Entra",
        ),
        ("Microsoft.Dashboard/grafana", "Entra"),
        ("Microsoft.DataLakeStore/accounts", "Entra"),
        ("Microsoft.DesktopVirtualization/hostpools", "Entra"),
        ("Microsoft.DesktopVirtualization/workspaces", "Entra"),
        ("Microsoft.HealthBot/healthBots", "SharedKey"),
        ("Microsoft.HealthcareApis/services", "Entra"),
        ("Microsoft.HealthcareApis/workspaces", "Entra"),
        ("Microsoft.HealthcareApis/workspaces/dicomservices", "Entra"),
        ("Microsoft.HealthcareApis/workspaces/fhirservices", "Entra"),
        ("Microsoft.IoTCentral/iotApps", "SAS Entra"),
        ("Microsoft.LoadTestService/loadTests", "Entra"),
        ("Microsoft.MachineLearning/webServices", "SharedKey"),
        ("Microsoft.Media/mediaservices", "Entra"),
        ("Microsoft.Monitor/accounts", "Entra"),
        ("Microsoft.NotificationHubs/namespaces", "SAS"),
        ("Microsoft.TimeSeriesInsights/environments", "Entra"),
        ("Microsoft.VideoIndexer/accounts", "Entra"),
    ] {
        check_switch(resource_type, modes);
    }
}

#[test]
fn keys_of_a_plain_service_are_switched_off() {
    const OFF: &str = r#"{"p": {"disableLocalAuth": true}}"#;
    const OPEN: &str = r#"{"p": {"disableLocalAuth": "[parameters('a')]"}}"#;
    check(
        "Microsoft.Communication/communicationServices",
        "2023-04-01",
        &[
            (OFF, "internet", "open", "Entra"),
            (OPEN, "internet", "open", "Entra|SharedKey"),
        ],
    );
    check(
        "Microsoft.IoTCentral/iotApps",
        "2021-11-01-preview",
        &[
            (OFF, "internet", "open", "Entra"),
            (OPEN, "internet", "open", "Entra|SAS"),
        ],
    );
}

#[test]
fn older_databases_take_whom_their_rules_list() {
    const ALL: &str = r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#;
    const AZURE: &str = r#"{"c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "0.0.0.0"}]]}"#;
    const ONE: &str = r#"{"c": [["firewallRules", "a", {"startIpAddress": "198.51.100.7", "endIpAddress": "198.51.100.7"}]]}"#;
    for resource_type in [
        "Microsoft.DBforMariaDB/servers",
        "Microsoft.DBforMySQL/servers",
        "Microsoft.DBforPostgreSQL/serverGroupsv2",
    ] {
        check(
            resource_type,
            "2018-06-01",
            &[
                ("{}", "internet", "closed", "Password"),
                (
                    r#"{"x": {"mode": "export"}}"#,
                    "internet",
                    "closed",
                    "Password",
                ),
                (ALL, "internet", "open", "Password"),
                (AZURE, "internet", "closed", "Password"),
                (AZURE, "AzureOtherTenant", "open", "Password"),
                (ONE, "198.51.100.7", "open", "Password"),
                (ONE, "198.51.100.8", "closed", "Password"),
            ],
        );
    }
    for resource_type in [
        "Microsoft.DBforMariaDB/servers",
        "Microsoft.DBforMySQL/servers",
    ] {
        check(
            resource_type,
            "2018-06-01",
            &[(
                r#"{"p": {"publicNetworkAccess": "Disabled"}, "c": [["firewallRules", "a", {"startIpAddress": "0.0.0.0", "endIpAddress": "255.255.255.255"}]]}"#,
                "internet",
                "closed",
                "Password",
            )],
        );
    }
}

#[test]
fn lists_of_addresses_narrow_topics_and_provisioning() {
    const DEVICES: &str = "SAS Entra Cert";
    const HUB: &str = r#"{"p": {"ipFilterRules": [{"action": "Accept", "ipMask": "198.51.100.0/24", "filterName": "a"}, {"action": "Reject", "ipMask": "0.0.0.0/0", "filterName": "b"}]}}"#;
    const LISTED: &str =
        r#"{"p": {"inboundIpRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}}"#;
    const OFF: &str = r#"{"p": {"disableLocalAuth": true}}"#;
    const CLOSED: &str = r#"{"p": {"publicNetworkAccess": "Disabled"}}"#;
    for (resource_type, modes, tokens) in [
        (
            "Microsoft.EventGrid/domains",
            "SharedKey SAS Entra",
            "Entra",
        ),
        (
            "Microsoft.EventGrid/partnerNamespaces",
            "SharedKey SAS Entra",
            "Entra",
        ),
    ] {
        check(
            resource_type,
            "2022-06-15",
            &[
                ("{}", "internet", "open", modes),
                (r#"{"x": {"mode": "export"}}"#, "internet", "open", modes),
                (CLOSED, "internet", "closed", modes),
                (LISTED, "internet", "closed", modes),
                (LISTED, "198.51.100.7", "open", modes),
                (OFF, "internet", "open", tokens),
            ],
        );
    }
    check(
        "Microsoft.Devices/provisioningServices",
        "2022-12-12",
        &[
            ("{}", "internet", "open", DEVICES),
            (r#"{"x": {"mode": "export"}}"#, "internet", "open", DEVICES),
            (CLOSED, "internet", "closed", DEVICES),
            (HUB, "internet", "closed", DEVICES),
            (HUB, "198.51.100.7", "open", DEVICES),
        ],
    );
}

#[test]
fn relays_and_sockets_and_collection_are_closed_by_their_own_lists() {
    const BOTH: &str = "SharedKey Entra";
    const KEYS: &str = "SAS Entra";
    check(
        "Microsoft.Relay/namespaces",
        "2021-11-01",
        &[
            (r#"{"s": "Standard"}"#, "internet", "open", KEYS),
            (
                r#"{"s": "Standard", "p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}]]}"#,
                "internet",
                "closed",
                KEYS,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}]]}"#,
                "198.51.100.7",
                "open",
                KEYS,
            ),
        ],
    );
    check(
        "Microsoft.SignalRService/WebPubSub",
        "2023-02-01",
        &[
            ("{}", "internet", "open", BOTH),
            (r#"{"x": {"mode": "export"}}"#, "internet", "open", BOTH),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"p": {"networkACLs": {"defaultAction": "Deny", "publicNetwork": {"allow": []}}}}"#,
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
            (
                r#"{"p": {"disableAadAuth": true}}"#,
                "internet",
                "open",
                "SharedKey",
            ),
        ],
    );
    check(
        "Microsoft.Insights/dataCollectionEndpoints",
        "2022-06-01",
        &[
            ("{}", "internet", "open", "Entra"),
            (r#"{"x": {"mode": "export"}}"#, "internet", "open", "Entra"),
            (
                r#"{"p": {"networkAcls": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"p": {"networkAcls": {"publicNetworkAccess": "Enabled"}}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
    check(
        "Microsoft.EventGrid/namespaces",
        "2023-12-15-preview",
        &[
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"publicNetworkAccess": "Enabled"}}"#,
                "internet",
                "open",
                "SharedKey SAS Entra",
            ),
        ],
    );
}

/// The verdict about the main door of the last resource of a template.
fn verdict(resources: &serde_json::Value) -> Verdict {
    let template = json!({ "parameters": { "a": { "type": "string" } }, "resources": resources });
    let bytes = template.to_string().into_bytes();
    let analysis = analyse(vec![RawFile::new("t.json", bytes)], &Options::default());
    let found = analysis.exposures.iter().find(|exposure| {
        analysis.resource_of(exposure).unwrap().short_name() == "app"
            && ["main", "ssh"].contains(&analysis.door_name(exposure))
    });
    found.unwrap().verdict
}

#[test]
fn an_environment_decides_about_its_apps() {
    let service_environment = |mode: &str| {
        let environment = "Microsoft.Web/hostingEnvironments";
        verdict(&json!([
            { "type": environment, "apiVersion": "2023-12-01", "name": "env", "kind": "ASEV3",
              "properties": { "internalLoadBalancingMode": mode } },
            { "type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "app", "kind": "app",
              "properties": { "hostingEnvironmentProfile": {
                  "id": format!("[resourceId('{environment}', 'env')]") } } },
        ]))
    };
    assert_eq!(service_environment("None"), Verdict::Reachable);
    assert_eq!(service_environment("Web, Publishing"), Verdict::Blocked);
    assert_eq!(
        service_environment("[parameters('a')]"),
        Verdict::Conditional
    );
    // Both names of the property lead to the environment.
    for member in ["environmentId", "managedEnvironmentId"] {
        let environment = "Microsoft.App/managedEnvironments";
        for (internal, want) in [(true, Verdict::Blocked), (false, Verdict::Reachable)] {
            let found = verdict(&json!([
                { "type": environment, "apiVersion": "2023-05-01", "name": "env",
                  "properties": { "vnetConfiguration": { "internal": internal } } },
                { "type": "Microsoft.App/containerApps", "apiVersion": "2023-05-01", "name": "app",
                  "properties": {
                      member: format!("[resourceId('{environment}', 'env')]"),
                      "configuration": { "ingress": { "external": true, "targetPort": 80 } } } },
            ]));
            assert_eq!(found, want, "{member} {internal}");
        }
    }
}

#[test]
fn a_compute_in_a_managed_network_reports_where_it_answers() {
    let workspace = "Microsoft.MachineLearningServices/workspaces";
    let compute = |reported: serde_json::Value| {
        verdict(&json!([
            { "type": workspace, "apiVersion": "2024-04-01", "name": "ws",
              "properties": { "managedNetwork": { "isolationMode": "AllowInternetOutbound" } } },
            { "type": format!("{workspace}/computes"), "apiVersion": "2024-04-01", "name": "ws/app",
              "properties": { "computeType": "ComputeInstance", "properties": {
                  "sshSettings": { "sshPublicAccess": "Enabled", "adminPublicKey": "ssh-rsa A" },
                  "connectivityEndpoints": reported } } },
        ]))
    };
    assert_eq!(
        compute(json!({ "publicIpAddress": "20.1.2.3", "privateIpAddress": "10.0.0.4" })),
        Verdict::Reachable
    );
    assert_eq!(
        compute(json!({ "privateIpAddress": "10.0.0.4" })),
        Verdict::Blocked
    );
    assert_eq!(compute(json!({})), Verdict::Undetermined);
}
