//! How apps are reached, and how they reach out.

use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-APP-004.
pub(in crate::rule) static APP_WEAK_TRANSPORT: Rule = Rule {
    id: "SL-APP-004",
    name: "app-weak-transport",
    title: "App http, old TLS, FTP, remote debug or SCM basic auth",
    topic: Topic::AppHosting,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Web/sites", "Microsoft.Web/sites/slots"],
    controls: &["DP-3", "IM-1", "NS-8", "PV-2"],
    references: "azure-policy: a4af4a39-4135-47fb-b175-47fbdf85311d, \
        f0e6e85b-9b9f-4a4b-b67b-f730d42f1b0b, 4d24b6d4-5e53-4a4f-a7f4-618fa573ee4b, \
        cb510bfd-1cba-4d9f-a230-cb0976f4bb71, aede300b-d67f-480a-ae26-4b3dfb1a1fdc; checkov: \
        CKV_AZURE_14, CKV_AZURE_15, CKV_AZURE_78, CKV_AZURE_72; psrule: Azure.AppService.UseHTTPS \
        (AZR-000084), Azure.AppService.MinTLS (AZR-000073); kics: \
        488847ff-6031-487c-bf42-98fd6ac5c9a0; template-analyzer: TA-000016, TA-000017; cis: 9.1, \
        9.4, 9.3, 9.12; nist: SC-8, SC-8(1), AC-17",
    safeguard: Some(Safeguard::EncryptionInTransit),
    page: Page {
        checks: "Whether an app takes plain http, old TLS or plain FTP, lets debuggers attach, or \
            lets publishing sign in by password.",
        matters: "Each is a way in, or a way to read along, that Azure offers for convenience and \
            attackers try first.",
        pass: "`httpsOnly` is true, TLS is 1.2 or newer, FTP is off or encrypted, remote \
            debugging is off and publishing passwords are off.",
        fail: "`httpsOnly` is false or absent; `minTlsVersion` is below 1.2; `ftpsState` is \
            `AllAllowed`; `remoteDebuggingEnabled` is true; or a publishing policy allows \
            passwords. Absent TLS and FTP settings are safe on new sites and not reported.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Set `httpsOnly` true, `minTlsVersion` 1.2, `ftpsState` `Disabled`, \
            `remoteDebuggingEnabled` false and the publishing policies to not allow.",
        edits: &[
            set("properties.httpsOnly", "true"),
            set("properties.siteConfig.minTlsVersion", r#""1.2""#),
            set("properties.siteConfig.ftpsState", r#""Disabled""#),
            set("properties.siteConfig.remoteDebuggingEnabled", "false"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat-web",
            "kind": "app", "properties": {"httpsOnly": false,
            "siteConfig": {"minTlsVersion": "1.0", "ftpsState": "AllAllowed",
            "remoteDebuggingEnabled": true}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "plain-http",
                "it answers over plain http",
                property("properties.httpsOnly", IsNot(&["true"]), Means("false")),
            ),
            part(
                "old-tls",
                "it takes TLS below 1.2",
                property_or(
                    "properties.siteConfig.minTlsVersion",
                    &[web_config("properties.minTlsVersion")],
                    Is(&["1.0", "1.1"]),
                    Not,
                ),
            ),
            part(
                "plain-ftp",
                "it takes plain FTP",
                property_or(
                    "properties.siteConfig.ftpsState",
                    &[web_config("properties.ftpsState")],
                    Is(&["AllAllowed"]),
                    Not,
                ),
            ),
            part(
                "remote-debugging",
                "debuggers may attach from outside",
                property_or(
                    "properties.siteConfig.remoteDebuggingEnabled",
                    &[web_config("properties.remoteDebuggingEnabled")],
                    Is(&["true"]),
                    Means("false"),
                ),
            ),
            part(
                "publishing-password",
                "publishing signs in by password",
                Custom(allows_publishing_passwords),
            ),
        ],
    }),
    question: None,
};

/// SL-APP-005.
pub(in crate::rule) static APP_EGRESS_OUTSIDE_NETWORK: Rule = Rule {
    id: "SL-APP-005",
    name: "app-egress-outside-network",
    title: "App egress does not pass the vnet",
    topic: Topic::AppHosting,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Web/sites", "Microsoft.Web/sites/slots"],
    controls: &["NS-3", "NS-1"],
    references: "azure-policy: a691eacb-474d-47e4-b287-b4813ca44222, \
        72d04c29-f87d-4575-9731-419ff16a2757",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether everything that an app calls goes through a network of your own.",
        matters: "Calls outside the network pass no firewall, are not logged there, and carry \
            addresses that others share.",
        pass: "`virtualNetworkSubnetId` is set and all traffic is routed through it.",
        fail: "The app is not joined to a subnet, or `vnetRouteAllEnabled` is not true, absent \
            meaning false, in any of the places where it can stand.",
        unknown: "A parameter decides either.",
    },
    remedy: Remedy {
        text: "Join the app to a subnet and set `vnetRouteAllEnabled` to true.",
        edits: &[
            set(
                "properties.virtualNetworkSubnetId",
                r#""/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/apps""#,
            ),
            set("properties.vnetRouteAllEnabled", "true"),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat-web",
            "kind": "app", "properties": {"httpsOnly": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "not-joined",
                "it is not joined to a network",
                All(&[
                    property("properties.virtualNetworkSubnetId", Empty, AbsentHolds),
                    Custom(lacks_network_child),
                ]),
            ),
            part(
                "not-routed",
                "not all it calls goes through the network",
                All(&[
                    property(
                        "properties.vnetRouteAllEnabled",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    property_or(
                        "properties.siteConfig.vnetRouteAllEnabled",
                        &[web_config("properties.vnetRouteAllEnabled")],
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                    property(
                        "properties.outboundVnetRouting.allTraffic",
                        IsNot(&["true"]),
                        Means("false"),
                    ),
                ]),
            ),
        ],
    }),
    question: None,
};

/// SL-APP-006.
pub(in crate::rule) static APP_WILDCARD_CORS: Rule = Rule {
    id: "SL-APP-006",
    name: "app-wildcard-cors",
    title: "Wildcard CORS on an AI front",
    topic: Topic::AppHosting,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Web/sites",
        "Microsoft.Web/sites/slots",
        "Microsoft.App/containerApps",
    ],
    controls: &["NS-6", "PV-2"],
    references: "azure-policy: 5744710e-cc2f-4ee8-8809-3b11e89f4bc9; checkov: CKV_AZURE_57; \
        template-analyzer: TA-000018; nist: AC-4, CM-6",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether pages of any origin may call the app from a visitor's browser.",
        matters: "Any site that someone visits can then talk to your chat in their name and read \
            the answers.",
        pass: "`cors.allowedOrigins` names origins, or there is no CORS at all.",
        fail: "`cors.allowedOrigins` holds `*`.",
        unknown: "The origins are a parameter.",
    },
    remedy: Remedy {
        text: "Name the origins that your pages have.",
        edits: &[set(
            "properties.siteConfig.cors.allowedOrigins",
            r#"["https://www.contoso.com"]"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Web/sites", "apiVersion": "2023-12-01", "name": "chat-web",
            "kind": "app", "properties": {"siteConfig": {"cors": {"allowedOrigins": ["*"]}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "any-origin",
                "pages of any origin may call it",
                property_or(
                    "properties.siteConfig.cors.allowedOrigins",
                    &[web_config("properties.cors.allowedOrigins")],
                    Holds(&["*"]),
                    Not,
                ),
            )
            .on(&["Microsoft.Web/sites", "Microsoft.Web/sites/slots"]),
            part(
                "any-origin",
                "pages of any origin may call it",
                property(
                    "properties.configuration.ingress.corsPolicy.allowedOrigins",
                    Holds(&["*"]),
                    Not,
                ),
            )
            .on(&["Microsoft.App/containerApps"]),
        ],
    }),
    question: None,
};

/// The app's `web` configuration, which may stand beside it and then wins.
const fn web_config(path: &'static str) -> Elsewhere {
    Elsewhere {
        segment: "config",
        name: "web",
        path,
    }
}

/// Whether a publishing policy beside the app allows passwords.
fn allows_publishing_passwords(scene: &Scene<'_>) -> Answer {
    let policies = scene.children("basicPublishingCredentialsPolicies");
    Answer::any(policies.map(|policy| {
        let allow = property("properties.allow", Is(&["true"]), Not);
        allow.ask(&scene.at(policy.reader())).and(|| {
            Answer::yes(Evidence::stated(
                policy.span,
                format!("`{}` is its policy", policy.name),
            ))
        })
    }))
}

/// Whether no child resource joins the app to a network either.
fn lacks_network_child(scene: &Scene<'_>) -> Answer {
    if scene.children("networkConfig").next().is_some() {
        Answer::No
    } else {
        Answer::Yes(Vec::new())
    }
}
