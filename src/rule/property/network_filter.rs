//! Web application firewalls, firewalls and their rules.

use crate::rule::prelude::*;

/// SL-NET-017.
pub(in crate::rule) static FIREWALL_DOES_NOT_DENY_THREATS: Rule = Rule {
    id: "SL-NET-017",
    name: "firewall-does-not-deny-threats",
    title: "Firewall threat intelligence not denying",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Network/azureFirewalls",
        "Microsoft.Network/firewallPolicies",
    ],
    controls: &["NS-3"],
    references: "checkov: CKV_AZURE_216; psrule: Azure.Firewall.Mode (AZR-000105), \
        Azure.Firewall.PolicyMode; azure-policy: da79a7e2-8aa1-45ed-af81-ba050c153564, \
        7c591a93-c34c-464c-94ac-8f9f9a46e3d6",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the firewall stops traffic to and from addresses that Microsoft knows as \
            malicious.",
        matters: "In alert mode the firewall tells afterwards that data went to a known command \
            server.",
        pass: "`threatIntelMode` is `Deny`. A firewall that a policy governs is judged by the \
            policy.",
        fail: "`threatIntelMode` is `Alert` or `Off`, or absent, which means `Alert`.",
        unknown: "A parameter decides the mode.",
    },
    remedy: Remedy {
        text: "Set `threatIntelMode` to `Deny`.",
        edits: &[set("properties.threatIntelMode", r#""Deny""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/firewallPolicies", "apiVersion": "2024-05-01",
            "name": "firewall-policy", "properties": {"threatIntelMode": "Alert"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property("properties.firewallPolicy.id", Empty, AbsentHolds),
        parts: &[part(
            "not-denying",
            "it does not stop known malicious addresses",
            property(
                "properties.threatIntelMode",
                IsNot(&["Deny"]),
                Means("Alert"),
            ),
        )],
    }),
    question: None,
};

/// SL-NET-018.
pub(in crate::rule) static FIREWALL_LETS_EVERYTHING_OUT: Rule = Rule {
    id: "SL-NET-018",
    name: "firewall-lets-everything-out",
    title: "Firewall rule lets everything out",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/firewallPolicies/ruleCollectionGroups"],
    controls: &["NS-3", "DP-2"],
    references: "atlas: AML.T0025",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a rule of the firewall policy lets out to anywhere.",
        matters: "Such a rule makes the firewall a router: data leaves to any host on any port, \
            and the routes to the firewall protect nothing.",
        pass: "Rules that allow name hosts, or name ports and destinations.",
        fail: "An application rule that allows has the target `*`, or a network rule that allows \
            has any destination on any port.",
        unknown: "The collections, or a list in a rule, are a parameter.",
    },
    remedy: Remedy {
        text: "Name the hosts that the workload needs.",
        edits: &[set(
            "properties.ruleCollections.0.rules.0.targetFqdns",
            r#"["pypi.org", "files.pythonhosted.org"]"#,
        )],
        cli: "az network firewall policy rule-collection-group collection rule update \
            --policy-name <policy> --resource-group <group> --rule-collection-group-name <group> \
            --collection-name <collection> --name <rule> --target-fqdns <hosts>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/firewallPolicies/ruleCollectionGroups",
            "apiVersion": "2024-05-01", "name": "firewall-policy/out",
            "properties": {"priority": 200,
            "ruleCollections": [{"ruleCollectionType": "FirewallPolicyFilterRuleCollection",
            "name": "out", "priority": 100, "action": {"type": "Allow"},
            "rules": [{"ruleType": "ApplicationRule", "name": "any",
            "protocols": [{"protocolType": "Https", "port": 443}],
            "sourceAddresses": ["10.0.0.0/16"], "targetFqdns": ["*"]}]}]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "any-destination",
            "a rule lets out to anywhere",
            AnyItem(
                "properties.ruleCollections",
                &All(&[
                    property("action.type", Is(&["Allow"]), Not),
                    AnyItem(
                        "rules",
                        &Any(&[
                            property("targetFqdns", Holds(&["*"]), Not),
                            All(&[
                                property(
                                    "destinationAddresses",
                                    Holds(&["*", "0.0.0.0/0", "Internet"]),
                                    Not,
                                ),
                                property(
                                    "destinationPorts",
                                    Holds(&["*", "0-65535", "1-65535"]),
                                    Not,
                                ),
                            ]),
                        ]),
                    ),
                ]),
            ),
        )],
    }),
    question: None,
};

/// SL-NET-022.
pub(in crate::rule) static WAF_ONLY_WATCHES: Rule = Rule {
    id: "SL-NET-022",
    name: "waf-only-watches",
    title: "WAF only watches or is switched off",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
        "Microsoft.Network/frontdoorWebApplicationFirewallPolicies",
    ],
    controls: &["NS-6"],
    references: "azure-policy: 12430be1-6cc8-4527-a9a8-e3d38f250096, \
        425bea59-a659-4cbb-8d31-34499bd030b8; checkov: CKV_AZURE_123; psrule: \
        Azure.AppGwWAF.PreventionMode (AZR-000302), Azure.FrontDoorWAF.PreventionMode \
        (AZR-000306), Azure.AppGwWAF.Enabled (AZR-000309)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a web application firewall policy blocks.",
        matters: "In detection mode attacks are logged and let through; switched off they are not \
            even that.",
        pass: "The mode is `Prevention` and the policy is not disabled.",
        fail: "`policySettings.mode` is `Detection` or absent, or `state` or `enabledState` is \
            `Disabled`.",
        unknown: "A parameter decides the mode or the state.",
    },
    remedy: Remedy {
        text: "Set `policySettings.mode` to `Prevention` once the log shows no false hits.",
        edits: &[set("properties.policySettings.mode", r#""Prevention""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/ApplicationGatewayWebApplicationFirewallPolicies",
            "apiVersion": "2024-05-01", "name": "models",
            "properties": {"policySettings": {"mode": "Detection", "state": "Enabled"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "detection",
                "it does not block",
                property(
                    "properties.policySettings.mode",
                    IsNot(&["Prevention"]),
                    AbsentHolds,
                ),
            ),
            part(
                "disabled",
                "it is switched off",
                Any(&[
                    property("properties.policySettings.state", Is(&["Disabled"]), Not),
                    property(
                        "properties.policySettings.enabledState",
                        Is(&["Disabled"]),
                        Not,
                    ),
                ]),
            ),
        ],
    }),
    question: None,
};
