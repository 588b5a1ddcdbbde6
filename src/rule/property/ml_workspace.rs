//! Who gets to an ML workspace: `Microsoft.MachineLearningServices/workspaces`.

use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-AML-001.
pub(in crate::rule) static WORKSPACE_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-AML-001",
    name: "workspace-open-to-internet",
    title: "ML workspace or AI hub answers from the internet",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["NS-2"],
    references: "azure-policy: 438c38d2-3772-465a-a9cc-7a6666a275ce, \
        a10ee784-7409-4941-b091-663697637c0f; psrule: Azure.ML.PublicAccess (AZR-000406); \
        checkov: CKV2_AZURE_49; atlas: AML.T0049, AML.M0019",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the workspace or hub answers requests from the internet.",
        matters: "A workspace that answers anyone lets a stolen token work from anywhere: read \
            datasets, register models, start jobs that run as the workspace. Its notebooks and \
            studio are part of the same door.",
        pass: "`publicNetworkAccess` is `Disabled`. Projects are judged by their hub.",
        fail: "`publicNetworkAccess` is anything else, or both it and a private endpoint are \
            absent. Before API version 2021-07-01 `allowPublicAccessWhenBehindVnet` decides. It \
            counts as medium where an address list narrows it.",
        unknown: "Nothing is stated but a private endpoint leads to it: then the way it was made \
            decides. Or a parameter does.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` and reach the workspace by a private \
            endpoint for `amlworkspace`.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az ml workspace update --name <workspace> --resource-group <group> --set \
            public_network_access=Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "kind": "Default", "properties": {"publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Unless(&property("kind", Is(&["Project"]), Not)),
        parts: &[
            part(
                "public",
                "it answers the whole internet",
                All(&[IS_PUBLIC, Unless(&IS_LISTED)]),
            ),
            part(
                "public-to-list",
                "it answers listed addresses of the internet",
                All(&[IS_PUBLIC, IS_LISTED]),
            )
            .at(Medium),
        ],
    }),
    question: None,
};

/// SL-AML-002.
pub(in crate::rule) static WORKSPACE_LEGACY_PUBLIC_FLAG: Rule = Rule {
    id: "SL-AML-002",
    name: "workspace-legacy-public-flag",
    title: "Legacy flag keeps the workspace public next to its private endpoint",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["NS-2"],
    references: "psrule: Azure.ML.PublicAccess (AZR-000406)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the older flag keeps the workspace public beside its private endpoint.",
        matters: "Of the two flags the last one set wins. A template that closes one and leaves \
            the other open closes nothing on the next deployment.",
        pass: "`allowPublicAccessWhenBehindVnet` is false or absent, which means false.",
        fail: "`allowPublicAccessWhenBehindVnet` is true at any API version.",
        unknown: "A parameter or a run-time value decides the flag.",
    },
    remedy: Remedy {
        text: "Set `allowPublicAccessWhenBehindVnet` to false, or take it out and set \
            `publicNetworkAccess`.",
        edits: &[set("properties.allowPublicAccessWhenBehindVnet", "false")],
        cli: "az ml workspace update --name <workspace> --resource-group <group> --set \
            public_network_access=Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled",
            "allowPublicAccessWhenBehindVnet": true}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "legacy-flag",
            "the older flag keeps it public",
            property(
                "properties.allowPublicAccessWhenBehindVnet",
                Is(&["true"]),
                Means("false"),
            ),
        )],
    }),
    question: None,
};

/// It is open to the internet, to whomever.
const IS_PUBLIC: Condition = Any(&[
    property("properties.publicNetworkAccess", IsNot(&["Disabled"]), Not),
    All(&[
        property("properties.publicNetworkAccess", Empty, AbsentHolds),
        Custom(is_public_without_flag),
    ]),
]);

/// Only listed addresses are let in.
const IS_LISTED: Condition = property("properties.ipAllowlist", Filled, Not);

/// Whether a workspace without `publicNetworkAccess` is public ("Configure a private endpoint for
/// an Azure Machine Learning workspace": each of the two flags overrides the other).
fn is_public_without_flag(scene: &Scene<'_>) -> Answer {
    let flag = scene
        .properties()
        .at("allowPublicAccessWhenBehindVnet")
        .boolean();
    let endpoints = scene.context.relations.endpoints_of(scene.index);
    if let Some(unknown) = flag.unknown()
        && !endpoints.is_empty()
    {
        return Answer::open(Doubt::of(
            unknown,
            flag.span(),
            "allowPublicAccessWhenBehindVnet",
        ));
    }
    if flag.stated() == Some(&true) {
        let says = "allowPublicAccessWhenBehindVnet is true";
        return Answer::yes(Evidence::stated(flag.span(), says));
    }
    let Some(endpoint) = endpoints.first() else {
        let says =
            "publicNetworkAccess is absent and no private endpoint is there, so it is public";
        return Answer::yes(Evidence::default(scene.properties().span(), says));
    };
    if flag.stated() == Some(&false) {
        return Answer::No;
    }
    Answer::open(Doubt::outside(
        "workspace-public-default",
        format!("{}|publicNetworkAccess", scene.resource.id),
        "publicNetworkAccess is absent beside a private endpoint, and then the way the workspace was made decides",
        "`publicNetworkAccess` as Azure reports it",
        endpoint.span,
    ))
}
