//! Applications: web sites, containers, clusters, gateways.

use super::table::check;
use serde_json::json;
use sightline::analysis::{Options, analyse};
use sightline::input::RawFile;
use sightline::reachability::Verdict;

#[test]
fn a_web_app_is_open_unless_a_private_endpoint_or_a_rule_closes_it() {
    const NONE: &str = "Anonymous";
    check(
        "Microsoft.Web/sites",
        "2023-12-01",
        &[
            (r#"{"k": "app"}"#, "internet", "open", NONE),
            (
                r#"{"k": "app", "x": {"mode": "export"}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"publicNetworkAccess": ""}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"publicNetworkAccess": "Enabled"}, "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "c": [["config", "web", {"publicNetworkAccess": "Disabled"}]]}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"publicNetworkAccess": "[parameters('a')]"}}"#,
                "internet",
                "unknown",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": []}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "Any", "action": "Allow", "priority": 2147483647}]}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}]}}}"#,
                "198.51.100.9",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}]}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Deny", "priority": 100}]}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictionsDefaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictionsDefaultAction": "Allow", "ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Deny", "priority": 100}]}}}"#,
                "198.51.100.9",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictionsDefaultAction": "Allow", "ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Deny", "priority": 100}]}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictionsDefaultAction": "[parameters('a')]"}}}"#,
                "internet",
                "unknown",
                NONE,
            ),
            // The rule of the lower number decides, wherever it stands.
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 200}, {"ipAddress": "198.51.100.9/32", "action": "Deny", "priority": 100}]}}}"#,
                "198.51.100.9",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.9/32", "action": "Deny", "priority": 300}, {"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 200}]}}}"#,
                "198.51.100.9",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24,203.0.113.0/24", "action": "Allow", "priority": 100}]}}}"#,
                "203.0.113.9",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0", "subnetMask": "255.255.255.0", "action": "Allow", "priority": 100}]}}}"#,
                "198.51.100.9",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "[parameters('a')]", "action": "Allow", "priority": 100}]}}}"#,
                "internet",
                "unknown",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": "[parameters('a')]"}}}"#,
                "internet",
                "unknown",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"vnetSubnetResourceId": "/s/subnets/a", "action": "Allow", "priority": 100}]}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "AnyVnets", "action": "Allow", "priority": 100}]}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            // The child counts where both say something.
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": []}}, "c": [["config", "web", {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}]}]]}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"virtualNetworkSubnetId": "/s/subnets/a"}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"k": "app", "p": {"hostingEnvironmentProfile": {"id": "/s/ase"}}}"#,
                "internet",
                "unknown",
                NONE,
            ),
        ],
    );
}

#[test]
fn service_tags_and_headers_of_a_web_app_tell_front_doors_apart() {
    const NONE: &str = "Anonymous";
    const TAG: &str = r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "AzureFrontDoor.Backend", "tag": "ServiceTag", "action": "Allow", "priority": 100}]}}}"#;
    const TAG_AND_ID: &str = r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "AzureFrontDoor.Backend", "tag": "ServiceTag", "action": "Allow", "priority": 100, "headers": {"x-azure-fdid": ["11111111-2222-3333-4444-555555555555"]}}]}}}"#;
    const CLOUD: &str = r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "AzureCloud", "tag": "ServiceTag", "action": "Allow", "priority": 100}]}}}"#;
    const OTHER: &str = r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "ActionGroup", "tag": "ServiceTag", "action": "Allow", "priority": 100}]}}}"#;
    check(
        "Microsoft.Web/sites",
        "2023-12-01",
        &[
            (TAG, "AzureFrontDoorOtherProfile", "open", NONE),
            (TAG, "internet", "closed", NONE),
            (TAG, "203.0.113.7", "closed", NONE),
            (TAG_AND_ID, "AzureFrontDoorOtherProfile", "closed", NONE),
            (TAG_AND_ID, "internet", "closed", NONE),
            (CLOUD, "AzureOtherTenant", "open", NONE),
            (CLOUD, "AzureSameRegion", "open", NONE),
            (CLOUD, "internet", "closed", NONE),
            (OTHER, "AzureOtherTenant", "unknown", NONE),
            (OTHER, "203.0.113.7", "closed", NONE),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "Any", "action": "Allow", "priority": 100, "headers": {"x-azure-fdid": ["1"]}}]}}}"#,
                "internet",
                "unknown",
                NONE,
            ),
            (
                r#"{"k": "app"}"#,
                "AzureFrontDoorOtherProfile",
                "open",
                NONE,
            ),
        ],
    );
}

#[test]
fn signing_in_to_a_web_app_follows_its_settings() {
    check(
        "Microsoft.Web/sites",
        "2023-12-01",
        &[
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"platform": {"enabled": true}, "globalValidation": {"requireAuthentication": true, "unauthenticatedClientAction": "RedirectToLoginPage"}}]]}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"platform": {"enabled": true}, "globalValidation": {"requireAuthentication": true, "unauthenticatedClientAction": "Return401"}}]]}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"platform": {"enabled": true}, "globalValidation": {"requireAuthentication": true, "unauthenticatedClientAction": "AllowAnonymous"}}]]}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"platform": {"enabled": true}, "globalValidation": {"requireAuthentication": false}}]]}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"platform": {"enabled": false}, "globalValidation": {"requireAuthentication": true}}]]}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"globalValidation": {"requireAuthentication": true, "unauthenticatedClientAction": "RedirectToLoginPage"}}]]}"#,
                "internet",
                "open",
                "Entra | Anonymous",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"platform": {"enabled": "[parameters('a')]"}, "globalValidation": {"requireAuthentication": true}}]]}"#,
                "internet",
                "open",
                "| Entra Anonymous",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettingsV2", {"platform": {"enabled": true}, "globalValidation": {"requireAuthentication": true, "excludedPaths": ["/public"]}}]]}"#,
                "internet",
                "open",
                "Entra | Anonymous",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettings", {"enabled": true, "unauthenticatedClientAction": "RedirectToLoginPage"}]]}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "app", "c": [["config", "authsettings", {"enabled": false}]]}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "p": {"clientCertEnabled": true, "clientCertMode": "Required"}}"#,
                "internet",
                "open",
                "Cert",
            ),
            (
                r#"{"k": "app", "p": {"clientCertEnabled": true}}"#,
                "internet",
                "open",
                "Cert",
            ),
            (
                r#"{"k": "app", "p": {"clientCertEnabled": true, "clientCertMode": "Optional"}}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"k": "functionapp,linux"}"#,
                "internet",
                "open",
                "| Anonymous FunctionKey",
            ),
            (
                r#"{"k": "functionapp", "c": [["functions", "f", {"config": {"bindings": [{"type": "httpTrigger", "authLevel": "anonymous"}]}}]]}"#,
                "internet",
                "open",
                "Anonymous | FunctionKey",
            ),
            (
                r#"{"k": "functionapp", "c": [["functions", "f", {"config": {"bindings": [{"type": "httpTrigger", "authLevel": "function"}]}}]]}"#,
                "internet",
                "open",
                "FunctionKey | Anonymous",
            ),
        ],
    );
}

#[test]
fn the_advanced_tools_have_rules_of_their_own() {
    const BOTH: &str = "Password Entra";
    check(
        "Microsoft.Web/sites",
        "2023-12-01",
        &[
            (
                r#"{"k": "app", "x": {"door": "scm"}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}]}}, "x": {"door": "scm"}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}], "scmIpSecurityRestrictionsUseMain": true}}, "x": {"door": "scm"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"scmIpSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}]}}, "x": {"door": "scm"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"scmIpSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}]}}}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"scmIpSecurityRestrictionsDefaultAction": "Deny"}}, "x": {"door": "scm"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "app", "p": {"publicNetworkAccess": "Disabled"}, "x": {"door": "scm"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "app", "x": {"door": "scm", "hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"k": "app", "c": [["basicPublishingCredentialsPolicies", "scm", {"allow": false}]], "x": {"door": "scm"}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"k": "app", "c": [["basicPublishingCredentialsPolicies", "ftp", {"allow": false}]], "x": {"door": "scm"}}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"k": "app", "x": {"door": "ftp"}}"#,
                "internet",
                "open",
                "Password",
            ),
            (
                r#"{"k": "app", "c": [["basicPublishingCredentialsPolicies", "ftp", {"allow": false}]], "x": {"door": "ftp"}}"#,
                "internet",
                "open",
                "",
            ),
            (
                r#"{"k": "app", "p": {"publicNetworkAccess": "Disabled"}, "x": {"door": "ftp"}}"#,
                "internet",
                "closed",
                "Password",
            ),
        ],
    );
    check(
        "Microsoft.Web/sites/slots",
        "2023-12-01",
        &[
            (r#"{"k": "app"}"#, "internet", "open", "Anonymous"),
            (
                r#"{"k": "app", "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "p": {"siteConfig": {"ipSecurityRestrictions": [{"ipAddress": "198.51.100.0/24", "action": "Allow", "priority": 100}]}}}"#,
                "internet",
                "closed",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "c": [["config", "web", {"ipSecurityRestrictionsDefaultAction": "Deny"}]]}"#,
                "internet",
                "closed",
                "Anonymous",
            ),
            (
                r#"{"k": "app", "x": {"door": "scm"}}"#,
                "internet",
                "open",
                "Password Entra",
            ),
        ],
    );
}

#[test]
fn a_private_endpoint_to_a_slot_closes_the_slot_and_not_its_app() {
    for (group, app, slot) in [
        ("sites", Verdict::Blocked, Verdict::Reachable),
        ("sites-stage", Verdict::Reachable, Verdict::Blocked),
    ] {
        let template = json!({ "resources": [
            { "type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "app", "kind": "app" },
            { "type": "Microsoft.Web/sites/slots", "apiVersion": "2023-12-01", "name": "app/stage" },
            { "type": "Microsoft.Network/privateEndpoints", "apiVersion": "2023-09-01", "name": "end",
              "properties": { "privateLinkServiceConnections": [{ "name": "end", "properties": {
                  "privateLinkServiceId": "[resourceId('Microsoft.Web/sites', 'app')]",
                  "groupIds": [group],
              } }] } },
        ] });
        let bytes = template.to_string().into_bytes();
        let analysis = analyse(vec![RawFile::new("t.json", bytes)], &Options::default());
        for exposure in &analysis.exposures {
            let name = &*analysis.resource_of(exposure).unwrap().name;
            let want = if name == "app" { app } else { slot };
            assert_eq!(exposure.verdict, want, "{group}: {name}");
        }
        assert_eq!(analysis.exposures.len(), 6);
    }
}

#[test]
fn static_sites_are_open_without_private_endpoint() {
    check(
        "Microsoft.Web/staticSites",
        "2023-12-01",
        &[
            ("{}", "internet", "open", "Anonymous"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Anonymous",
            ),
            (
                r#"{"x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "closed",
                "Anonymous",
            ),
            (
                r#"{"c": [["basicAuth", "default", {"applicableEnvironmentsMode": "AllEnvironments"}]]}"#,
                "internet",
                "open",
                "Password",
            ),
        ],
    );
}

#[test]
fn a_container_app_listens_as_its_ingress_and_environment_say() {
    const NONE: &str = "Anonymous";
    check(
        "Microsoft.App/containerApps",
        "2024-03-01",
        &[
            (
                r#"{"p": {"configuration": {}}, "x": {"environment": {}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": null}}, "x": {"environment": {}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "x": {"environment": {}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": false}}}, "x": {"environment": {}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {}}}, "x": {"environment": {}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": "[parameters('a')]"}}}, "x": {"environment": {}}}"#,
                "internet",
                "unknown",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "x": {"environment": {"vnetConfiguration": {"internal": true}}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "x": {"environment": {"vnetConfiguration": {"internal": false}}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "x": {"environment": {"publicNetworkAccess": "Disabled"}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "x": {"environment": {"publicNetworkAccess": "Enabled"}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"environmentId": "/s/environment", "configuration": {"ingress": {"external": true}}}}"#,
                "internet",
                "unknown",
                NONE,
            ),
            (
                r#"{"p": {"environmentId": "/s/environment", "configuration": {"ingress": {"external": false}}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true, "ipSecurityRestrictions": [{"action": "Allow", "ipAddressRange": "198.51.100.0/24"}]}}}, "x": {"environment": {}}}"#,
                "198.51.100.9",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true, "ipSecurityRestrictions": [{"action": "Allow", "ipAddressRange": "198.51.100.0/24"}]}}}, "x": {"environment": {}}}"#,
                "internet",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true, "ipSecurityRestrictions": [{"action": "Deny", "ipAddressRange": "198.51.100.0/24"}]}}}, "x": {"environment": {}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true, "ipSecurityRestrictions": [{"action": "Deny", "ipAddressRange": "198.51.100.0/24"}]}}}, "x": {"environment": {}}}"#,
                "198.51.100.9",
                "closed",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true, "clientCertificateMode": "Require"}}}, "x": {"environment": {}}}"#,
                "internet",
                "open",
                "Cert",
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true, "clientCertificateMode": "Accept"}}}, "x": {"environment": {}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "c": [["authConfigs", "current", {"platform": {"enabled": true}, "globalValidation": {"unauthenticatedClientAction": "RedirectToLoginPage"}}]], "x": {"environment": {}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "c": [["authConfigs", "current", {"platform": {"enabled": true}, "globalValidation": {"unauthenticatedClientAction": "AllowAnonymous"}}]], "x": {"environment": {}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": true}}}, "c": [["authConfigs", "current", {"platform": {"enabled": false}}]], "x": {"environment": {}}}"#,
                "internet",
                "open",
                NONE,
            ),
            (
                r#"{"p": {"configuration": {"ingress": {"external": false, "additionalPortMappings": [{"external": true, "targetPort": 9000}]}}}, "x": {"environment": {}, "door": "port-9000"}}"#,
                "internet",
                "open",
                NONE,
            ),
        ],
    );
}

#[test]
fn a_container_group_listens_on_its_address() {
    check(
        "Microsoft.ContainerInstance/containerGroups",
        "2023-05-01",
        &[
            ("{}", "internet", "closed", ""),
            (
                r#"{"p": {"ipAddress": {"type": "Public", "ports": [{"port": 80, "protocol": "TCP"}]}}}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"p": {"ipAddress": {"type": "Private", "ports": [{"port": 80}]}}}"#,
                "internet",
                "closed",
                "Anonymous",
            ),
            (
                r#"{"p": {"ipAddress": {"type": "Private", "ports": [{"port": 80}]}, "subnetIds": [{"id": "/s/subnets/a"}]}}"#,
                "internet",
                "closed",
                "Anonymous",
            ),
        ],
    );
}

#[test]
fn a_clusters_server_is_public_unless_private() {
    check(
        "Microsoft.ContainerService/managedClusters",
        "2024-02-01",
        &[
            ("{}", "internet", "open", "Cert"),
            (
                r#"{"p": {"apiServerAccessProfile": {"enablePrivateCluster": true}}}"#,
                "internet",
                "closed",
                "Cert",
            ),
            (
                r#"{"p": {"apiServerAccessProfile": {"enablePrivateCluster": true, "enablePrivateClusterPublicFQDN": true}}}"#,
                "internet",
                "closed",
                "Cert",
            ),
            (
                r#"{"p": {"apiServerAccessProfile": {"enablePrivateCluster": "[parameters('a')]"}}}"#,
                "internet",
                "unknown",
                "Cert",
            ),
            (
                r#"{"p": {"apiServerAccessProfile": {"authorizedIPRanges": []}}}"#,
                "internet",
                "open",
                "Cert",
            ),
            (
                r#"{"p": {"apiServerAccessProfile": {"authorizedIPRanges": ["198.51.100.0/24"]}}}"#,
                "internet",
                "closed",
                "Cert",
            ),
            (
                r#"{"p": {"apiServerAccessProfile": {"authorizedIPRanges": ["198.51.100.0/24"]}}}"#,
                "198.51.100.9",
                "open",
                "Cert",
            ),
            (
                r#"{"p": {"apiServerAccessProfile": {"authorizedIPRanges": ["0.0.0.0/0"]}}}"#,
                "internet",
                "open",
                "Cert",
            ),
            (
                r#"{"p": {"apiServerAccessProfile": {"enablePrivateCluster": true, "authorizedIPRanges": ["198.51.100.0/24"]}}}"#,
                "198.51.100.9",
                "closed",
                "Cert",
            ),
            (
                r#"{"p": {"aadProfile": {"managed": true}}}"#,
                "internet",
                "open",
                "Cert Entra",
            ),
            (
                r#"{"p": {"aadProfile": {"managed": true}, "disableLocalAccounts": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            // What the workloads open is never said to be closed.
            (
                r#"{"p": {"apiServerAccessProfile": {"enablePrivateCluster": true}}, "x": {"door": "ingress"}}"#,
                "internet",
                "unknown",
                "",
            ),
            (
                r#"{"p": {"ingressProfile": {"webAppRouting": {"enabled": true}}}, "x": {"door": "ingress"}}"#,
                "internet",
                "unknown",
                "| Anonymous",
            ),
        ],
    );
}

#[test]
fn a_gateway_of_apis_stands_in_one_of_three_forms() {
    const UNSHOWN: &str = "| SharedKey Anonymous";
    check(
        "Microsoft.ApiManagement/service",
        "2022-08-01",
        &[
            (r#"{"s": "Developer"}"#, "internet", "open", UNSHOWN),
            (
                r#"{"s": "Developer", "p": {"virtualNetworkType": "None"}}"#,
                "internet",
                "open",
                UNSHOWN,
            ),
            (
                r#"{"s": "Developer", "p": {"virtualNetworkType": "External"}}"#,
                "internet",
                "open",
                UNSHOWN,
            ),
            (
                r#"{"s": "Developer", "p": {"virtualNetworkType": "External", "virtualNetworkConfiguration": {"subnetResourceId": "/s/subnets/a"}}}"#,
                "internet",
                "unknown",
                UNSHOWN,
            ),
            (
                r#"{"s": "StandardV2", "p": {"virtualNetworkType": "External", "virtualNetworkConfiguration": {"subnetResourceId": "/s/subnets/a"}}}"#,
                "internet",
                "open",
                UNSHOWN,
            ),
            (
                r#"{"s": "Developer", "p": {"virtualNetworkType": "Internal"}}"#,
                "internet",
                "closed",
                UNSHOWN,
            ),
            (
                r#"{"s": "Developer", "p": {"virtualNetworkType": "Internal", "virtualNetworkConfiguration": {"subnetResourceId": "/s/subnets/a"}}}"#,
                "internet",
                "closed",
                UNSHOWN,
            ),
            (
                r#"{"s": "Developer", "p": {"virtualNetworkType": "[parameters('a')]"}}"#,
                "internet",
                "unknown",
                UNSHOWN,
            ),
            (
                r#"{"s": "Developer", "p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                UNSHOWN,
            ),
            (
                r#"{"s": "Developer", "p": {"virtualNetworkType": "Internal", "virtualNetworkConfiguration": {"subnetResourceId": "/s/subnets/a"}}, "x": {"door": "management"}}"#,
                "internet",
                "closed",
                "Cert",
            ),
            (
                r#"{"s": "Developer", "c": [["apis", "a", {}]]}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"s": "Developer", "c": [["apis", "a", {"subscriptionRequired": true}]]}"#,
                "internet",
                "open",
                "SharedKey",
            ),
            (
                r#"{"s": "Developer", "c": [["apis", "a", {"subscriptionRequired": false}]]}"#,
                "internet",
                "open",
                "Anonymous",
            ),
            (
                r#"{"s": "Developer", "c": [["apis", "a", {"subscriptionRequired": false}], ["apis/policies", "a/policy", {"value": "<policies><inbound><validate-jwt /></inbound></policies>"}]]}"#,
                "internet",
                "open",
                "| Anonymous Entra",
            ),
            (
                r#"{"s": "Developer", "c": [["apis", "a", {"subscriptionRequired": false}], ["policies", "policy", {"value": "<policies><inbound><base /></inbound></policies>"}]]}"#,
                "internet",
                "open",
                "Anonymous",
            ),
        ],
    );
}

#[test]
fn a_registry_has_rules_in_its_premium_tier() {
    check(
        "Microsoft.ContainerRegistry/registries",
        "2023-07-01",
        &[
            (r#"{"s": "Basic"}"#, "internet", "open", "Entra"),
            (
                r#"{"s": "Premium", "p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"networkRuleSet": {"defaultAction": "Deny"}}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"networkRuleSet": {"defaultAction": "Allow", "ipRules": [{"value": "198.51.100.0/24"}]}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"networkRuleSet": {"defaultAction": "Deny", "ipRules": [{"action": "Allow", "value": "198.51.100.0/24"}]}}}"#,
                "198.51.100.9",
                "open",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"networkRuleSet": {"defaultAction": "Deny", "ipRules": [{"action": "Allow", "value": "198.51.100.0/24"}]}}}"#,
                "203.0.113.7",
                "closed",
                "Entra",
            ),
            (
                r#"{"s": "Standard", "p": {"networkRuleSet": {"defaultAction": "Deny"}}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"publicNetworkAccess": "Disabled"}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"networkRuleSet": {"defaultAction": "Deny"}, "networkRuleBypassOptions": "None"}}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"networkRuleSet": {"defaultAction": "Deny"}, "networkRuleBypassOptions": "AzureServices"}}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"adminUserEnabled": true}}"#,
                "internet",
                "open",
                "Password Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"anonymousPullEnabled": true, "publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "Anonymous Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"anonymousPullEnabled": "[parameters('a')]"}}"#,
                "internet",
                "open",
                "Entra | Anonymous",
            ),
            (
                r#"{"s": "Premium", "c": [["tokens", "t", {"status": "enabled"}]]}"#,
                "internet",
                "open",
                "Password Entra",
            ),
            (
                r#"{"s": "Premium", "p": {"dataEndpointEnabled": true, "publicNetworkAccess": "Disabled"}, "x": {"door": "data"}}"#,
                "internet",
                "closed",
                "Entra",
            ),
            (
                r#"{"s": "Premium", "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
}
