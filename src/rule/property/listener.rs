//! Listeners that end TLS.

use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-NET-032.
pub(in crate::rule) static LISTENER_WEAK_TLS: Rule = Rule {
    id: "SL-NET-032",
    name: "listener-weak-tls",
    title: "Listener without forward secrecy or TLS 1.2",
    topic: Topic::Network,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/applicationGateways", "Microsoft.Cdn/profiles/customDomains", "Microsoft.Network/frontDoors"],
    controls: &["DP-3"],
    references: "nist: SC-8",
    safeguard: Some(Safeguard::EncryptionInTransit),
    page: Page {
        checks: "Which TLS versions and suites a listener of a gateway or Front Door offers.",
        matters: "Without forward secrecy, whoever gets the certificate's key later reads the \
            traffic recorded today.",
        pass: "The gateway has the predefined policy `AppGwSslPolicy20170401S` or a later one, or \
            a custom one from TLS 1.2 on with ECDHE suites only; custom domains ask for TLS 1.2 \
            or newer.",
        fail: "The policy is an older predefined one, its minimum is below TLS 1.2, a custom list \
            has a suite without ECDHE, or a custom domain asks for less than TLS 1.2. An absent \
            policy fails before API version 2023-02-01.",
        unknown: "The policy is absent from API version 2023-02-01 on, where Azure has changed \
            the default, or in an export; or a parameter decides.",
    },
    remedy: Remedy {
        text: "Set `sslPolicy` to the predefined `AppGwSslPolicy20220101` or later, and \
            `minimumTlsVersion` to TLS 1.2.",
        edits: &[
            set("properties.sslPolicy", r#"{"policyType": "Predefined", "policyName": "AppGwSslPolicy20220101"}"#),
        ],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.Network/applicationGateways", "apiVersion": "2024-05-01",
            "name": "front", "properties": {"sslPolicy": {"policyType": "Predefined",
            "policyName": "AppGwSslPolicy20150501"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part("no-policy", "it offers the default suites", property("properties.sslPolicy", Nothing, InExport(&Open("the default of an absent sslPolicy hangs on when the gateway was made"), &Since("2023-02-01", &Open("from API version 2023-02-01 on the default of an absent sslPolicy is a newer one"), &AbsentHolds)))).on(&["Microsoft.Network/applicationGateways"]),
            part("old-policy", "its policy is an old one", property("properties.sslPolicy.policyName", Is(&["AppGwSslPolicy20150501", "AppGwSslPolicy20170401"]), Not)).on(&["Microsoft.Network/applicationGateways"]),
            part("old-protocol", "it takes TLS below 1.2", property("properties.sslPolicy.minProtocolVersion", Is(&["TLSv1_0", "TLSv1_1"]), Not)).on(&["Microsoft.Network/applicationGateways"]),
            part("no-forward-secrecy", "it offers suites without forward secrecy", Custom(lists_suite_without_ecdhe)).on(&["Microsoft.Network/applicationGateways"]),
            part("old-protocol", "it takes TLS below 1.2", property("properties.tlsSettings.minimumTlsVersion", Is(&["TLS10", "TLS11"]), Not)).on(&["Microsoft.Cdn/profiles/customDomains"]),
            part("old-protocol", "a custom domain takes TLS below 1.2", AnyItem("properties.frontendEndpoints", &property("properties.customHttpsConfiguration.minimumTlsVersion", Is(&["1.0", "1.1"]), Not))).on(&["Microsoft.Network/frontDoors"]),
        ],
    }),
    question: None,
};

/// Whether the gateway's own list of suites holds one without ephemeral keys; those of TLS 1.3, whose
/// names do not say so, all have them.
fn lists_suite_without_ecdhe(scene: &Scene<'_>) -> Answer {
    let suites = scene.properties().path("sslPolicy.cipherSuites");
    if let Some(unknown) = suites.value().and_then(|value| value.as_unknown()) {
        return Answer::open(Doubt::of(unknown, suites.span(), "cipherSuites"));
    }
    Answer::any(suites.items().into_iter().map(|suite| {
        let text = suite.text();
        let without = text.stated().is_some_and(|name| {
            let name = name.to_ascii_uppercase();
            !name.contains("ECDHE") && !name.starts_with("TLS_AES_")
        });
        Answer::of(without, || {
            let name = text.stated().map_or("", |name| name);
            Evidence::stated(text.span(), format!("cipherSuites holds {name}"))
        })
    }))
}
