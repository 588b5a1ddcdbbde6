//! Messaging.

use super::table::check;

#[test]
fn a_namespace_is_public_while_its_rules_are_empty() {
    const BOTH: &str = "SAS Entra";
    check(
        "Microsoft.EventHub/namespaces",
        "2022-10-01-preview",
        &[
            (r#"{"s": "Standard"}"#, "internet", "open", BOTH),
            (
                r#"{"s": "Standard", "p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"publicNetworkAccess": "Disabled"}]]}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "p": {"publicNetworkAccess": "Enabled"}, "c": [["networkRuleSets", "default", {"publicNetworkAccess": "Disabled"}]]}"#,
                "internet",
                "unknown",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "p": {"publicNetworkAccess": "Disabled"}, "c": [["networkRuleSets", "default", {"publicNetworkAccess": "Enabled"}]]}"#,
                "internet",
                "unknown",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "p": {"publicNetworkAccess": "Disabled"}, "c": [["networkRuleSets", "default", {"publicNetworkAccess": "Disabled"}]]}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [], "virtualNetworkRules": []}]]}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}]]}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}]]}"#,
                "198.51.100.9",
                "open",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "virtualNetworkRules": [{"subnet": {"id": "/s/subnets/a"}}]}]]}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Allow", "ipRules": [{"ipMask": "198.51.100.0/24"}]}]]}"#,
                "internet",
                "open",
                BOTH,
            ),
            // The default action's default changed in June 2021.
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"ipRules": [{"ipMask": "198.51.100.0/24"}]}]]}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"ipRules": [{"ipMask": "198.51.100.0/24"}]}, "2021-06-01-preview"]]}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"ipRules": [{"ipMask": "198.51.100.0/24"}]}, "2021-01-01-preview"]]}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"ipRules": []}, "2018-01-01-preview"]]}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24"}], "trustedServiceAccessEnabled": true}]]}"#,
                "AzureTrusted",
                "open",
                "Entra",
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24"}]}]]}"#,
                "AzureTrusted",
                "closed",
                "Entra",
            ),
            (
                r#"{"s": "Standard", "p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra",
            ),
            (
                r#"{"s": "Standard", "x": {"nsp": {"accessMode": "Enforced", "inboundPrefixes": []}}}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "x": {"hasPrivateEndpoint": true}}"#,
                "internet",
                "open",
                BOTH,
            ),
        ],
    );
    check(
        "Microsoft.ServiceBus/namespaces",
        "2022-10-01-preview",
        &[
            (r#"{"s": "Standard"}"#, "internet", "open", BOTH),
            (
                r#"{"s": "Premium", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24"}]}]]}"#,
                "internet",
                "closed",
                BOTH,
            ),
            (
                r#"{"s": "Premium", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": []}]]}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"s": "Standard", "c": [["networkRuleSets", "default", {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24"}]}]]}"#,
                "internet",
                "open",
                BOTH,
            ),
            (
                r#"{"s": "Premium", "p": {"publicNetworkAccess": "Disabled", "disableLocalAuth": true}}"#,
                "internet",
                "closed",
                "Entra",
            ),
        ],
    );
}

#[test]
fn topics_hubs_and_sockets_follow_their_lists() {
    check(
        "Microsoft.EventGrid/topics",
        "2022-06-15",
        &[
            ("{}", "internet", "open", "SharedKey SAS Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"inboundIpRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}}"#,
                "internet",
                "closed",
                "SharedKey SAS Entra",
            ),
            (
                r#"{"p": {"inboundIpRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}}"#,
                "198.51.100.7",
                "open",
                "SharedKey SAS Entra",
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
        "Microsoft.Devices/IotHubs",
        "2021-07-02",
        &[
            ("{}", "internet", "open", "SAS Entra Cert"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SAS Entra Cert",
            ),
            (
                r#"{"p": {"networkRuleSets": {"defaultAction": "Deny", "ipRules": [{"ipMask": "198.51.100.0/24", "action": "Allow"}]}}}"#,
                "internet",
                "closed",
                "SAS Entra Cert",
            ),
            (
                r#"{"p": {"networkRuleSets": {"defaultAction": "Allow", "ipRules": []}}}"#,
                "internet",
                "open",
                "SAS Entra Cert",
            ),
            (
                r#"{"p": {"ipFilterRules": [{"action": "Accept", "ipMask": "198.51.100.0/24"}, {"action": "Reject", "ipMask": "0.0.0.0/0"}]}}"#,
                "internet",
                "closed",
                "SAS Entra Cert",
            ),
            (
                r#"{"p": {"ipFilterRules": [{"action": "Accept", "ipMask": "198.51.100.0/24"}, {"action": "Reject", "ipMask": "0.0.0.0/0"}]}}"#,
                "198.51.100.7",
                "open",
                "SAS Entra Cert",
            ),
            (
                r#"{"p": {"disableLocalAuth": true}}"#,
                "internet",
                "open",
                "Entra Cert",
            ),
        ],
    );
    check(
        "Microsoft.SignalRService/SignalR",
        "2023-02-01",
        &[
            ("{}", "internet", "open", "SharedKey Entra"),
            (
                r#"{"p": {"publicNetworkAccess": "Disabled"}}"#,
                "internet",
                "closed",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"networkACLs": {"defaultAction": "Deny", "publicNetwork": {"allow": []}}}}"#,
                "internet",
                "closed",
                "SharedKey Entra",
            ),
            (
                r#"{"p": {"networkACLs": {"defaultAction": "Deny", "publicNetwork": {"allow": ["ClientConnection"]}}}}"#,
                "internet",
                "open",
                "SharedKey Entra",
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
        "Microsoft.Logic/workflows",
        "2019-05-01",
        &[
            (
                r#"{"p": {"definition": {"triggers": {"every": {"type": "Recurrence"}}}}}"#,
                "internet",
                "closed",
                "",
            ),
            (
                r#"{"p": {"definition": {"triggers": {"manual": {"type": "Request"}}}}}"#,
                "internet",
                "open",
                "SAS",
            ),
            (
                r#"{"p": {"state": "Disabled", "definition": {"triggers": {"manual": {"type": "Request"}}}}}"#,
                "internet",
                "closed",
                "SAS",
            ),
            (
                r#"{"p": {"definition": {"triggers": {"manual": {"type": "Request"}}}, "accessControl": {"triggers": {"allowedCallerIpAddresses": []}}}}"#,
                "internet",
                "closed",
                "SAS",
            ),
            (
                r#"{"p": {"definition": {"triggers": {"manual": {"type": "Request"}}}, "accessControl": {"triggers": {"allowedCallerIpAddresses": [{"addressRange": "198.51.100.0/24"}]}}}}"#,
                "198.51.100.9",
                "open",
                "SAS",
            ),
            (
                r#"{"p": {"definition": {"triggers": {"manual": {"type": "Request"}}}, "accessControl": {"triggers": {"sasAuthenticationPolicy": {"state": "Disabled"}, "openAuthenticationPolicies": {"policies": {"a": {}}}}}}}"#,
                "internet",
                "open",
                "Entra",
            ),
        ],
    );
}
