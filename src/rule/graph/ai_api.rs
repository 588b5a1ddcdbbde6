//! Which APIs of a gateway lead to models.

use crate::rule::host::host_in;
use crate::rule::prelude::*;
use crate::rule::property::gateway_policy::policies_in_effect;
use crate::source::Span;

/// Where an API leads.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Leads {
    /// To a model of Azure OpenAI, which filters by itself.
    ToAzureOpenAi,
    /// To another model.
    ToModel,
}

/// Hosts of Azure OpenAI and the AI services.
const AZURE: [&str; 3] = [
    ".openai.azure.com",
    ".cognitiveservices.azure.com",
    ".services.ai.azure.com",
];
/// Hosts of other models, by their ends.
const OTHERS: [&str; 14] = [
    ".inference.ml.azure.com",
    ".models.ai.azure.com",
    "models.inference.ai.azure.com",
    "api.openai.com",
    "api.anthropic.com",
    "api.mistral.ai",
    "api.cohere.com",
    "api.cohere.ai",
    "generativelanguage.googleapis.com",
    "aiplatform.googleapis.com",
    "api.groq.com",
    "api.together.xyz",
    "api-inference.huggingface.co",
    "api.deepseek.com",
];

/// Where the API leads, with the place that says so; `None` where it leads to no model.
///
/// Its own address counts, then the backends that a policy in effect names, then policies that only
/// make sense before a model.
pub(super) fn leads_to(scene: &Scene<'_>) -> Option<(Leads, Span)> {
    let own = scene.properties().at("serviceUrl").symbol();
    if let Some(leads) = own.stated().and_then(|url| by_address(url)) {
        return Some((leads, own.span()));
    }
    let policies = policies_in_effect(scene);
    let texts: Vec<(&str, Span)> = policies
        .iter()
        .filter_map(|policy| Some((policy.text.as_deref().ok()?, policy.span)))
        .collect();
    if let Some((_, gateway)) = scene.ancestor("Microsoft.ApiManagement/service") {
        for (_, backend) in scene.context.inventory.child_resources(gateway, "backends") {
            let name = backend.short_name();
            let is_used = texts.iter().any(|(text, _)| {
                text.contains(&format!("\"{name}\"")) || text.contains(&format!("'{name}'"))
            });
            let url = backend.properties().at("url").symbol();
            if is_used && let Some(leads) = url.stated().and_then(|url| by_address(url)) {
                return Some((leads, url.span()));
            }
        }
    }
    let made_for_models = |text: &str| {
        let mut marks = ["<azure-openai-", "<llm-"].into_iter();
        marks.find(|mark| text.contains(mark))
    };
    texts.iter().find_map(|(text, span)| {
        let leads = match made_for_models(text)? {
            "<azure-openai-" => Leads::ToAzureOpenAi,
            _ => Leads::ToModel,
        };
        Some((leads, *span))
    })
}

fn by_address(url: &str) -> Option<Leads> {
    let host = host_in(url);
    let ends = |ends: &[&str]| ends.iter().any(|end| host.ends_with(end));
    if ends(&AZURE) {
        Some(Leads::ToAzureOpenAi)
    } else if ends(&OTHERS) {
        Some(Leads::ToModel)
    } else {
        None
    }
}
