//! Model deployments of an AI services account.

use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-AOAI-016.
pub(in crate::rule) static DEPLOYMENT_VERSION_DRIFTS: Rule = Rule {
    id: "SL-AOAI-016",
    name: "deployment-version-drifts",
    title: "Model version changes under the application",
    topic: Topic::ModelGovernance,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.CognitiveServices/accounts/deployments"],
    controls: &["AI-1", "PV-3"],
    references: "owasp-llm: LLM03",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether the version of the deployed model can change under the application.",
        matters: "An upgrade changes answers, refusals and output formats overnight, after your \
            tests. A retired version, on the other hand, stops answering.",
        pass: "`versionUpgradeOption` is `OnceCurrentVersionExpired`, or `NoAutoUpgrade` with a \
            version that is in service.",
        fail: "`versionUpgradeOption` is `OnceNewDefaultVersionAvailable` or absent, which means \
            that; or `NoAutoUpgrade` with a retired version, which counts as medium.",
        unknown: "A parameter decides the option or the version.",
    },
    remedy: Remedy {
        text: "Set `versionUpgradeOption` to `OnceCurrentVersionExpired` and upgrade on purpose \
            before that.",
        edits: &[set(
            "properties.versionUpgradeOption",
            r#""OnceCurrentVersionExpired""#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.CognitiveServices/accounts/deployments",
            "apiVersion": "2025-06-01", "name": "ai/gpt-4o", "sku": {"name": "Standard",
            "capacity": 30}, "properties": {"model": {"format": "OpenAI", "name": "gpt-4o",
            "version": "2024-11-20"}, "versionUpgradeOption": "OnceNewDefaultVersionAvailable"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "drifts",
                "its model is upgraded by itself",
                property(
                    "properties.versionUpgradeOption",
                    Is(&["OnceNewDefaultVersionAvailable"]),
                    Means("OnceNewDefaultVersionAvailable"),
                ),
            ),
            part(
                "retired",
                "its model version is retired",
                All(&[
                    property(
                        "properties.versionUpgradeOption",
                        Is(&["NoAutoUpgrade"]),
                        Not,
                    ),
                    Custom(is_retired),
                ]),
            )
            .at(Medium),
        ],
    }),
    question: None,
};

/// Versions that no longer answer ("Azure OpenAI model deprecations and retirements").
const RETIRED: [(&str, &[&str]); 4] = [
    ("gpt-35-turbo", &["0301", "0613"]),
    ("gpt-35-turbo-16k", &["0613"]),
    (
        "gpt-4",
        &[
            "0314",
            "0613",
            "1106-Preview",
            "0125-Preview",
            "vision-preview",
        ],
    ),
    ("gpt-4-32k", &["0314", "0613"]),
];

fn is_retired(scene: &Scene<'_>) -> Answer {
    let model = scene.properties().at("model");
    let (name, version) = (model.at("name").text(), model.at("version").text());
    let (Some(name), Some(stated)) = (name.stated(), version.stated()) else {
        return Answer::No;
    };
    let is_retired = RETIRED.iter().any(|(model, versions)| {
        name.eq_ignore_ascii_case(model)
            && versions
                .iter()
                .any(|retired| stated.eq_ignore_ascii_case(retired))
    });
    Answer::of(is_retired, || {
        Evidence::stated(version.span(), format!("version is {stated}"))
    })
}
