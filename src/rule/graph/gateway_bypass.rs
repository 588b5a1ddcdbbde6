//! Models that answer past their gateway.

use crate::rule::Ruling;
use crate::rule::exposed::internet_reaches;
use crate::rule::host::resource_at;
use crate::rule::prelude::*;

/// SL-APIM-001.
pub(in crate::rule) static GATEWAY_CAN_BE_BYPASSED: Rule = Rule {
    id: "SL-APIM-001",
    name: "gateway-can-be-bypassed",
    title: "API gateway bypass: the OpenAI backend is itself public",
    topic: Topic::ApiManagement,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.ApiManagement/service/backends"],
    controls: &["NS-2", "NS-6"],
    references: "owasp-llm: LLM10; atlas: AML.T0040",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the model behind a gateway can also be called past the gateway.",
        matters: "Limits, logs and checks of the gateway count for nothing while the model's own \
            address answers the internet.",
        pass: "The internet does not reach the resource that the backend names. Backends outside \
            the inputs are left out.",
        fail: "The backend's `url` names an AI account, an endpoint or an app in the inputs that \
            the internet reaches.",
        unknown: "Whether that resource is reached is open.",
    },
    remedy: Remedy {
        text: "Close the backend's public side, and reach it from the gateway's network.",
        edits: &[],
        cli: "az resource update --ids <account id> --set properties.publicNetworkAccess=Disabled",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.ApiManagement/service/backends", "apiVersion": "2024-05-01",
            "name": "gateway/model", "properties": {"protocol": "http",
            "url": "https://ai.openai.azure.com/openai"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"customSubDomainName": "ai"}}]"#,
        passes: r#"[{"type": "Microsoft.ApiManagement/service/backends", "apiVersion": "2024-05-01",
            "name": "gateway/model", "properties": {"protocol": "http",
            "url": "https://ai.openai.azure.com/openai"}},
            {"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"customSubDomainName": "ai",
            "publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let url = scene.properties().at("url");
    let Some(target) = resource_at(scene.context, url, scene.resource.file) else {
        ruling.skip();
        return;
    };
    let name = scene
        .context
        .inventory
        .get(target)
        .map_or("", |target| &*target.name);
    let says = format!("`{name}` behind it also answers the internet directly");
    ruling.judge("bypass", says, internet_reaches(scene.context, target));
}
