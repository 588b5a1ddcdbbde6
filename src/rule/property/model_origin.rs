//! Where models and images come from.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Reader;
use crate::rule::prelude::*;

/// SL-GOV-001.
pub(in crate::rule) static MODEL_FROM_UNAPPROVED_SOURCE: Rule = Rule {
    id: "SL-GOV-001",
    name: "model-from-unapproved-source",
    title: "Deployment model comes from an unapproved publisher or registry",
    topic: Topic::ModelGovernance,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.CognitiveServices/accounts/deployments",
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
        "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints",
    ],
    controls: &["AI-1", "DS-6"],
    references: "azure-policy: aafe3651-cb78-4f68-9f81-e7e41509110f, \
        12e5dd16-d201-47ff-849b-8454061c293d, 19539b54-c61e-4196-9a38-67598701be90; owasp-llm: \
        LLM03; atlas: AML.T0010.003, AML.M0014",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether deployed models come from publishers and registries that are approved.",
        matters: "A model is code and data of someone else. Without an approved list, the most \
            convenient download decides.",
        pass: "The publisher or the registry is in the reviewer's list. Nothing is said where \
            there is no list.",
        fail: "The model's publisher (`model.format` or `model.publisher`), or the registry in \
            its identifier, is not in the list.",
        unknown: "The model is a parameter.",
    },
    remedy: Remedy {
        text: "Deploy a model of an approved publisher, from an approved registry.",
        edits: &[set("properties.model.format", r#""OpenAI""#)],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o", "sku": {"name": "GlobalStandard",
            "capacity": 1}, "properties": {"model": {"format": "Unknown Labs", "name": "chat-1",
            "version": "1"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_list_declared),
        parts: &[
            part(
                "publisher",
                "its model's publisher is not approved",
                Custom(has_unapproved_publisher),
            )
            .on(&["Microsoft.CognitiveServices/accounts/deployments"]),
            part(
                "registry",
                "its model's registry is not approved",
                Custom(has_unapproved_registry),
            )
            .on(&[
                "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
                "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints",
            ]),
        ],
    }),
    question: None,
};

/// SL-GOV-002.
pub(in crate::rule) static IMAGE_FROM_PUBLIC_REGISTRY: Rule = Rule {
    id: "SL-GOV-002",
    name: "image-from-public-registry",
    title: "Serving image pulled from a public registry",
    topic: Topic::ModelGovernance,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.MachineLearningServices/workspaces/environments/versions",
        "Microsoft.App/containerApps",
    ],
    controls: &["DS-6"],
    references: "azure-policy: 5853517a-63de-11ea-bc55-0242ac130003; owasp-llm: LLM03; atlas: \
        AML.T0010.001",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Where the image of a serving environment or container app comes from, and \
            whether it is pinned.",
        matters: "A tag is whatever its owner last pushed. From a public registry that owner is a \
            stranger.",
        pass: "The image comes from a container registry of Azure or from `mcr.microsoft.com`, \
            pinned by digest.",
        fail: "The image's host is another registry, its tag is `latest` or missing, or there is \
            no digest.",
        unknown: "The image is a parameter.",
    },
    remedy: Remedy {
        text: "Import the image into your own registry and refer to it by digest.",
        edits: &[set(
            "properties.image",
            r#""images.azurecr.io/serving@sha256:0f9a3b8f0d7f1f0c9c6a6b4c1d2e3f405162738495a6b7c8d9e0f1a2b3c4d5e6""#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/environments/versions",
            "apiVersion": "2024-10-01", "name": "ml/serving/1",
            "properties": {"image": "docker.io/acme/serving:latest"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public-registry",
                "its image comes from a public registry",
                property("properties.image", Such(is_foreign_image), Not),
            )
            .on(&["Microsoft.MachineLearningServices/workspaces/environments/versions"]),
            part(
                "not-pinned",
                "its image is not pinned by digest",
                property("properties.image", Such(is_not_pinned), Not),
            )
            .on(&["Microsoft.MachineLearningServices/workspaces/environments/versions"]),
            part(
                "public-registry",
                "an image comes from a public registry",
                AnyItem(
                    "properties.template.containers",
                    &property("image", Such(is_foreign_image), Not),
                ),
            )
            .on(&["Microsoft.App/containerApps"]),
            part(
                "not-pinned",
                "an image is not pinned by digest",
                AnyItem(
                    "properties.template.containers",
                    &property("image", Such(is_not_pinned), Not),
                ),
            )
            .on(&["Microsoft.App/containerApps"]),
        ],
    }),
    question: None,
};

fn is_list_declared(scene: &Scene<'_>) -> Answer {
    let settings = scene.context.settings;
    let declared = if scene
        .resource
        .resource_type
        .is("Microsoft.CognitiveServices/accounts/deployments")
    {
        !settings.approved_publishers.is_empty()
    } else {
        !settings.approved_registries.is_empty()
    };
    if declared {
        Answer::Yes(Vec::new())
    } else {
        Answer::No
    }
}

fn has_unapproved_publisher(scene: &Scene<'_>) -> Answer {
    let model = scene.properties().at("model");
    let named = model.at("publisher");
    let place = if named.value().is_some() {
        named
    } else {
        model.at("format")
    };
    judge(place, &scene.context.settings.approved_publishers, |text| {
        Some(text)
    })
}

fn has_unapproved_registry(scene: &Scene<'_>) -> Answer {
    let properties = scene.properties();
    let settings = properties.path("modelSettings.modelId");
    let place = if settings.value().is_some() {
        settings
    } else {
        properties.at("model")
    };
    judge(
        place,
        &scene.context.settings.approved_registries,
        registry_in,
    )
}

/// The registry in a model's identifier; `None` for a model of the workspace's own.
fn registry_in(id: &str) -> Option<&str> {
    id.split_once("registries/")?.1.split('/').next()
}

/// Whether what `take` takes from the text at `place` is not in `approved`.
fn judge(place: Reader<'_>, approved: &[String], take: fn(&str) -> Option<&str>) -> Answer {
    let text = place.text();
    if let Some(unknown) = text.unknown() {
        return Answer::open(Doubt::of(unknown, text.span(), "model"));
    }
    let Some(origin) = text.stated().and_then(|text| take(text)) else {
        return Answer::No;
    };
    let is_approved = approved
        .iter()
        .any(|name| name.eq_ignore_ascii_case(origin));
    Answer::of(!is_approved, || {
        Evidence::stated(text.span(), format!("it comes from {origin}"))
    })
}

/// Whether `image` comes from a registry that is neither Azure's nor Microsoft's.
fn is_foreign_image(image: &str) -> bool {
    let host = image.split('/').next().unwrap_or("").to_ascii_lowercase();
    let is_host = image.contains('/') && (host.contains('.') || host.contains(':'));
    let is_own = host.ends_with(".azurecr.io") || host == "mcr.microsoft.com";
    !is_host || !is_own
}

/// Whether `image` names no digest.
fn is_not_pinned(image: &str) -> bool {
    !image.contains("@sha256:")
}
