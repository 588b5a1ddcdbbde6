//! API gateways: `Microsoft.ApiManagement/service`.

use super::gateway_policy::{holds_any, own_policy, policies_in_effect};
use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-APIM-003.
pub(in crate::rule) static API_WITHOUT_CALLER_CHECK: Rule = Rule {
    id: "SL-APIM-003",
    name: "api-without-caller-check",
    title: "API needs neither subscription nor token",
    topic: Topic::ApiManagement,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.ApiManagement/service/apis",
        "Microsoft.ApiManagement/service/products",
    ],
    controls: &["IM-4"],
    references: "azure-policy: 8ac833bd-f505-48d5-887e-c993a1d3eea0; psrule: \
        Azure.APIM.ProductSubscription (AZR-000046); owasp-llm: LLM10",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether callers of an API or product must show a subscription key or a token.",
        matters: "An API that asks for nothing gives the model behind it to anyone, at your cost.",
        pass: "`subscriptionRequired` is true or absent, which means true, or a policy in effect \
            validates a token.",
        fail: "`subscriptionRequired` is false and no policy in effect holds `validate-jwt`, \
            `validate-azure-ad-token` or a client certificate check.",
        unknown: "A policy in effect is a parameter or a link, or `subscriptionRequired` is a \
            parameter.",
    },
    remedy: Remedy {
        text: "Set `subscriptionRequired` to true and validate tokens in the policy.",
        edits: &[set("properties.subscriptionRequired", "true")],
        cli: "az apim api update --service-name <gateway> --resource-group <group> --api-id <api> \
            --subscription-required true",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ApiManagement/service/apis", "apiVersion": "2024-05-01",
            "name": "gateway/chat", "properties": {"displayName": "Chat", "path": "chat",
            "protocols": ["https"], "subscriptionRequired": false}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "no-check",
            "callers need neither a subscription nor a token",
            All(&[
                property(
                    "properties.subscriptionRequired",
                    Is(&["false"]),
                    Means("true"),
                ),
                Unless(&Custom(validates_callers)),
            ]),
        )],
    }),
    question: None,
};

/// SL-APIM-004.
pub(in crate::rule) static GATEWAY_HOLDS_MODEL_KEY: Rule = Rule {
    id: "SL-APIM-004",
    name: "gateway-holds-model-key",
    title: "Gateway calls the model with a stored key",
    topic: Topic::ApiManagement,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.ApiManagement/service/backends",
        "Microsoft.ApiManagement/service/namedValues",
        "Microsoft.ApiManagement/service/apis/policies",
        "Microsoft.ApiManagement/service/policies",
    ],
    controls: &["IM-3", "IM-8", "IM-4", "DP-6"],
    references: "azure-policy: c15dcc82-b93c-4dcb-9332-fbf121685b54, \
        f1cc7827-022c-473e-836e-5a51cae0b249; psrule: Azure.APIM.EncryptValues (AZR-000045); \
        template-analyzer: TA-000035, TA-000038; atlas: AML.T0055",
    safeguard: Some(Safeguard::Secrets),
    page: Page {
        checks: "Whether the gateway signs in to a model with a stored key instead of its \
            identity.",
        matters: "The key sits in the gateway's configuration, readable by whoever may read named \
            values, and works from anywhere.",
        pass: "Backends and policies use `authentication-managed-identity`, and named values that \
            are secret refer to a key vault.",
        fail: "A backend has stored credentials, a policy sets a key header from a named value \
            without authenticating by identity, or a secret named value is not in a vault.",
        unknown: "A policy or a named value's reference is a parameter or a link.",
    },
    remedy: Remedy {
        text: "Give the gateway's identity the role to call the model, authenticate by it in the \
            policy, and take the key out.",
        edits: &[set(
            "properties.keyVault",
            r#"{"secretIdentifier": "https://vault.vault.azure.net/secrets/model-key"}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ApiManagement/service/namedValues", "apiVersion": "2024-05-01",
            "name": "gateway/model-key", "properties": {"displayName": "model-key",
            "secret": true, "value": "[parameters('modelKey')]"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "named-value",
                "a secret named value is not kept in a vault",
                All(&[
                    property("properties.secret", Is(&["true"]), Means("false")),
                    property("properties.keyVault.secretIdentifier", Empty, AbsentHolds),
                ]),
            )
            .on(&["Microsoft.ApiManagement/service/namedValues"]),
            part(
                "backend-credential",
                "it signs in with stored credentials",
                All(&[
                    Any(&[
                        property("properties.credentials.header", Filled, Not),
                        property("properties.credentials.query", Filled, Not),
                        property(
                            "properties.credentials.authorization.parameter",
                            Filled,
                            Not,
                        ),
                    ]),
                    property("properties.credentials.managedIdentity", Empty, AbsentHolds),
                ]),
            )
            .on(&["Microsoft.ApiManagement/service/backends"]),
            part(
                "key-header",
                "a policy sends a stored key",
                Custom(sends_stored_key),
            )
            .on(&[
                "Microsoft.ApiManagement/service/apis/policies",
                "Microsoft.ApiManagement/service/policies",
            ]),
        ],
    }),
    question: None,
};

/// SL-APIM-005.
pub(in crate::rule) static GATEWAY_PUBLIC: Rule = Rule {
    id: "SL-APIM-005",
    name: "gateway-public",
    title: "Gateway public and outside a vnet",
    topic: Topic::ApiManagement,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.ApiManagement/service"],
    controls: &["NS-2"],
    references: "azure-policy: ef619a2c-cc4d-4d03-b2ba-8c94a834d85b; checkov: CKV_AZURE_174, \
        CKV_AZURE_107; template-analyzer: TA-000036; nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the gateway answers the internet without a network of its own.",
        matters: "The gateway holds the way to every model behind it. Outside a network it \
            reaches them over public addresses, and so can others.",
        pass: "`virtualNetworkType` is `Internal`, or `publicNetworkAccess` is `Disabled`.",
        fail: "Public access is on, absent meaning on, and `virtualNetworkType` is `None` or \
            absent. `External` fails too; with a web application firewall in the inputs it counts \
            as low.",
        unknown: "A parameter decides either.",
    },
    remedy: Remedy {
        text: "Put the gateway into a network as `Internal`, behind a gateway with a web \
            application firewall where the internet must reach it.",
        edits: &[set("properties.virtualNetworkType", r#""Internal""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ApiManagement/service", "apiVersion": "2024-05-01",
            "name": "gateway", "sku": {"name": "Developer", "capacity": 1},
            "properties": {"publisherEmail": "api@contoso.com", "publisherName": "Contoso",
            "virtualNetworkType": "None"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "outside",
                "it is public and outside any network",
                All(&[
                    IS_PUBLIC,
                    property(
                        "properties.virtualNetworkType",
                        Is(&["None"]),
                        Means("None"),
                    ),
                ]),
            ),
            part(
                "external",
                "it is public from inside a network",
                All(&[
                    IS_PUBLIC,
                    property("properties.virtualNetworkType", Is(&["External"]), Not),
                    Unless(&Custom(has_firewall_in_front)),
                ]),
            ),
            part(
                "external-behind-firewall",
                "it is public from inside a network, with a web application firewall in the inputs",
                All(&[
                    IS_PUBLIC,
                    property("properties.virtualNetworkType", Is(&["External"]), Not),
                    Custom(has_firewall_in_front),
                ]),
            )
            .at(Low),
        ],
    }),
    question: None,
};

/// Public access is not turned off.
const IS_PUBLIC: Condition = property(
    "properties.publicNetworkAccess",
    IsNot(&["Disabled"]),
    Means("Enabled"),
);

/// Whether a policy in effect for the API or product checks who calls.
fn validates_callers(scene: &Scene<'_>) -> Answer {
    let checks = [
        "validate-jwt",
        "validate-azure-ad-token",
        "validate-client-certificate",
    ];
    holds_any(&policies_in_effect(scene), &checks)
}

/// Whether the policy sets a key header from a named value and does not sign in by identity.
fn sends_stored_key(scene: &Scene<'_>) -> Answer {
    let policy = own_policy(scene.resource);
    let signs_in = holds_any(
        std::slice::from_ref(&policy),
        &["authentication-managed-identity"],
    );
    let sends = match &policy.text {
        Ok(text) => {
            let text = text.to_ascii_lowercase();
            let mut headers = text.split("<set-header").skip(1);
            let sends = headers.any(|header| {
                let header = header.split("</set-header").next().unwrap_or(header);
                header.contains("{{")
                    && ["api-key", "authorization", "ocp-apim-subscription-key"]
                        .iter()
                        .any(|name| header.contains(name))
            });
            Answer::of(sends, || {
                Evidence::stated(policy.span, "it sets a key header from a named value")
            })
        }
        Err(doubt) => Answer::open(doubt.clone()),
    };
    sends.and(|| match signs_in {
        Answer::Yes(_) => Answer::No,
        Answer::No => Answer::Yes(Vec::new()),
        open @ Answer::Open(_) => open,
    })
}

/// Whether the estate has a gateway or front with a web application firewall.
fn has_firewall_in_front(scene: &Scene<'_>) -> Answer {
    let inventory = scene.context.inventory;
    let gateway = inventory
        .of_type("Microsoft.Network/applicationGateways")
        .find(|(_, gateway)| {
            let tier = gateway.properties().path("sku.tier").text();
            tier.stated()
                .is_some_and(|tier| tier.to_ascii_uppercase().starts_with("WAF"))
        });
    let policy = || {
        inventory
            .of_type("Microsoft.Network/frontdoorWebApplicationFirewallPolicies")
            .next()
    };
    match gateway.or_else(policy) {
        Some((_, found)) => Answer::yes(Evidence::stated(
            found.span,
            format!("`{}` is a web application firewall", found.name),
        )),
        None => Answer::No,
    }
}
