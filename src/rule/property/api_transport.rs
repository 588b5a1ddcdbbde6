//! How an API gateway is spoken to, and how it speaks to what is behind it.

use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-APIM-006.
pub(in crate::rule) static GATEWAY_WEAK_TRANSPORT: Rule = Rule {
    id: "SL-APIM-006",
    name: "gateway-weak-transport",
    title: "Plain http, weak TLS or unchecked backend certificate",
    topic: Topic::ApiManagement,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.ApiManagement/service",
        "Microsoft.ApiManagement/service/apis",
        "Microsoft.ApiManagement/service/backends",
    ],
    controls: &["DP-3", "IM-4"],
    references: "azure-policy: ee7495e7-3ba7-40b6-bfee-c29e22cc75d4, \
        92bb331d-ac71-416a-8c91-02f2cb734ce4; checkov: CKV_AZURE_173; psrule: \
        Azure.APIM.Protocols (AZR-000054), Azure.APIM.HTTPEndpoint (AZR-000042); \
        template-analyzer: TA-000029, TA-000032; eu-ai-act: 15.5, 55.1d",
    safeguard: Some(Safeguard::EncryptionInTransit),
    page: Page {
        checks: "Whether the gateway takes plain http or old TLS, and whether it checks whom it \
            calls.",
        matters: "Prompts and tokens can be read on the way in, and a backend whose certificate \
            nobody checks can be anyone.",
        pass: "APIs offer `https` and `wss` only, no custom property turns on an old protocol, \
            and backends' certificates are checked.",
        fail: "An API lists `http` or `ws`, a custom property turns on SSL 3.0, TLS 1.0 or TLS \
            1.1, or a backend has a certificate check turned off.",
        unknown: "A parameter decides one of them.",
    },
    remedy: Remedy {
        text: "Offer https only, set the old protocols to `False`, and check certificates.",
        edits: &[set("properties.protocols", r#"["https"]"#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ApiManagement/service/apis", "apiVersion": "2024-05-01",
            "name": "gateway/chat", "properties": {"displayName": "Chat", "path": "chat",
            "protocols": ["http", "https"]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "plain-http",
                "it is offered over plain http",
                property("properties.protocols", Holds(&["http", "ws"]), Not),
            )
            .on(&["Microsoft.ApiManagement/service/apis"]),
            part(
                "old-protocol",
                "an old protocol is on",
                Custom(turns_on_old_protocol),
            )
            .on(&["Microsoft.ApiManagement/service"]),
            part(
                "unchecked-certificate",
                "its certificate is not checked",
                Any(&[
                    property(
                        "properties.tls.validateCertificateChain",
                        Is(&["false"]),
                        Not,
                    ),
                    property(
                        "properties.tls.validateCertificateName",
                        Is(&["false"]),
                        Not,
                    ),
                ]),
            )
            .on(&["Microsoft.ApiManagement/service/backends"]),
        ],
    }),
    question: None,
};

/// Whether a custom property turns on SSL 3.0, TLS 1.0 or TLS 1.1, in front or behind.
fn turns_on_old_protocol(scene: &Scene<'_>) -> Answer {
    let properties = scene.properties().at("customProperties");
    let Some(value) = properties.value() else {
        return Answer::No;
    };
    if let Some(unknown) = value.as_unknown() {
        return Answer::open(Doubt::of(unknown, value.span, "customProperties"));
    }
    let old = value.members().iter().filter(|member| {
        let name = member.name.to_ascii_lowercase();
        ["ssl30", "tls10", "tls11"]
            .iter()
            .any(|protocol| name.ends_with(protocol))
    });
    Answer::any(old.map(|member| {
        let setting = crate::resource::Reader::new(&member.value).boolean();
        match setting.unknown() {
            Some(unknown) => {
                Answer::open(Doubt::of(unknown, member.value.span, "customProperties"))
            }
            None => Answer::of(setting.stated() == Some(&true), || {
                Evidence::stated(member.value.span, format!("{} is True", member.name))
            }),
        }
    }))
}
