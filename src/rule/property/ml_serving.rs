//! Endpoints that serve models, and the registry that models come from.

use super::managed_network::workspace_approves;
use crate::rule::prelude::*;

/// SL-AML-023.
pub(in crate::rule) static ENDPOINT_SIGNS_IN_BY_KEY: Rule = Rule {
    id: "SL-AML-023",
    name: "endpoint-signs-in-by-key",
    title: "Online or batch endpoint signs callers in by key",
    topic: Topic::SecureServing,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
        "Microsoft.MachineLearningServices/workspaces/batchEndpoints",
        "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints",
    ],
    controls: &["IM-1"],
    references: "atlas: AML.T0040; owasp-llm: LLM10",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "How callers of a model endpoint prove who they are.",
        matters: "A key is shared by all callers, names none of them and does not expire. Whoever \
            finds it uses the model at your cost, or copies it answer by answer.",
        pass: "`authMode` is `AADToken`.",
        fail: "`authMode` is `Key`; `AMLToken`, which expires but is not Entra's, counts as low.",
        unknown: "`authMode` is absent, though required, or a parameter decides it.",
    },
    remedy: Remedy {
        text: "Make the endpoint with `authMode` `AADToken` and give callers the role to score.",
        edits: &[set("properties.authMode", r#""AADToken""#)],
        cli: "az ml online-endpoint create --name <endpoint> --auth-mode aad_token \
            --workspace-name <workspace> --resource-group <group>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            "apiVersion": "2024-10-01", "name": "ml/scoring", "properties": {"authMode": "Key"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "key",
                "callers sign in by key",
                property(
                    "properties.authMode",
                    Is(&["Key"]),
                    Open("authMode is required and not there"),
                ),
            ),
            part(
                "token",
                "callers sign in by a token of the workspace",
                property("properties.authMode", Is(&["AMLToken"]), Not),
            )
            .at(Low),
        ],
    }),
    question: None,
};

/// SL-AML-024.
pub(in crate::rule) static ENDPOINT_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-AML-024",
    name: "endpoint-open-to-internet",
    title: "Online endpoint reachable from the internet",
    topic: Topic::SecureServing,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/onlineEndpoints"],
    controls: &["NS-2"],
    references: "atlas: AML.T0040, AML.T0024",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an online endpoint takes requests from the internet. The endpoint has a \
            switch of its own, beside the workspace's.",
        matters: "A private workspace does not make its endpoints private. An open one can be \
            called, probed and, with a key, copied from anywhere.",
        pass: "The endpoint's `publicNetworkAccess` is `Disabled`.",
        fail: "It is `Enabled` or absent, which means that; it counts as critical where callers \
            sign in by key.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` and call the endpoint through the \
            workspace's private endpoint.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az ml online-endpoint update --name <endpoint> --set public_network_access=disabled \
            --workspace-name <workspace> --resource-group <group>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            "apiVersion": "2024-10-01", "name": "ml/scoring",
            "properties": {"authMode": "AADToken", "publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "public",
                "it takes requests from the internet",
                All(&[
                    property(
                        "properties.publicNetworkAccess",
                        IsNot(&["Disabled"]),
                        Means("Enabled"),
                    ),
                    property("properties.authMode", IsNot(&["Key"]), AbsentHolds),
                ]),
            ),
            part(
                "public-with-key",
                "it takes requests from the internet with a key",
                All(&[
                    property(
                        "properties.publicNetworkAccess",
                        IsNot(&["Disabled"]),
                        Means("Enabled"),
                    ),
                    property("properties.authMode", Is(&["Key"]), Not),
                ]),
            )
            .at(Critical),
        ],
    }),
    question: None,
};

/// SL-AML-025.
pub(in crate::rule) static MODEL_CONTAINER_EGRESS_OPEN: Rule = Rule {
    id: "SL-AML-025",
    name: "model-container-egress-open",
    title: "Model container may call out freely",
    topic: Topic::SecureServing,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments"],
    controls: &["NS-3", "DP-2"],
    references: "atlas: AML.T0025, AML.T0072",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the container that serves a model may call the internet.",
        matters: "A model file can carry code. Free egress lets it report what it is asked, or \
            what the endpoint's identity may read, to anyone.",
        pass: "`egressPublicNetworkAccess` is `Disabled`, or the workspace's managed network lets \
            out to approved destinations only.",
        fail: "`egressPublicNetworkAccess` is `Enabled` or absent, which means that, and the \
            workspace does not approve destinations.",
        unknown: "The workspace is not in the inputs, or a parameter decides.",
    },
    remedy: Remedy {
        text: "Set `egressPublicNetworkAccess` to `Disabled`, or give the workspace a managed \
            network with approved outbound only.",
        edits: &[set("properties.egressPublicNetworkAccess", r#""Disabled""#)],
        cli: "az ml online-deployment create --name <deployment> --endpoint <endpoint> --file \
            deployment.yml --workspace-name <workspace> --resource-group <group>  # with \
            egress_public_network_access: disabled",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "apiVersion": "2024-10-01", "name": "ml/scoring/blue",
            "properties": {"endpointComputeType": "Managed", "model": "azureml:credit:3"}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled"}}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "apiVersion": "2024-10-01", "name": "ml/scoring/blue",
            "properties": {"endpointComputeType": "Managed", "model": "azureml:credit:3",
            "egressPublicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "free-egress",
            "its container may call the internet",
            All(&[
                property(
                    "properties.egressPublicNetworkAccess",
                    IsNot(&["Disabled"]),
                    Means("Enabled"),
                ),
                Unless(&Custom(workspace_approves)),
            ]),
        )],
    }),
    question: None,
};

/// SL-AML-026.
pub(in crate::rule) static SERVERLESS_CONTENT_SAFETY_OFF: Rule = Rule {
    id: "SL-AML-026",
    name: "serverless-content-safety-off",
    title: "Serverless model endpoint with content safety off",
    topic: Topic::ContentSafety,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/serverlessEndpoints"],
    controls: &["AI-2"],
    references: "owasp-llm: LLM01, LLM05",
    safeguard: None,
    page: Page {
        checks: "Whether a serverless model endpoint has its content filter switched off.",
        matters: "Models from the catalogue come without filters of their own. Without the \
            service's filter, harmful prompts reach them and harmful answers leave.",
        pass: "`contentSafety.contentSafetyStatus` is `Enabled`, or absent, so that the service's \
            default for the model holds.",
        fail: "`contentSafety.contentSafetyStatus` is `Disabled`.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `contentSafety.contentSafetyStatus` to `Enabled`.",
        edits: &[set(
            "properties.contentSafety.contentSafetyStatus",
            r#""Enabled""#,
        )],
        cli: "az ml serverless-endpoint create --file endpoint.yml --workspace-name <workspace> \
            --resource-group <group>  # with content_safety enabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/serverlessEndpoints",
            "apiVersion": "2024-10-01", "name": "ml/llama", "properties": {"authMode": "Key",
            "modelSettings": {"modelId": "azureml://registries/azureml-meta/models/Llama-3.3-70B-Instruct"},
            "contentSafety": {"contentSafetyStatus": "Disabled"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "off",
            "its content filter is off",
            property(
                "properties.contentSafety.contentSafetyStatus",
                Is(&["Disabled"]),
                Not,
            ),
        )],
    }),
    question: None,
};

/// SL-AML-027.
pub(in crate::rule) static MODEL_REGISTRY_OPEN_TO_INTERNET: Rule = Rule {
    id: "SL-AML-027",
    name: "model-registry-open-to-internet",
    title: "ML model registry reachable from the internet",
    topic: Topic::ModelGovernance,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/registries"],
    controls: &["NS-2", "DS-6"],
    references: "atlas: AML.T0010.003, AML.T0048.004",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the registry that models and environments are shared from answers the \
            internet.",
        matters: "The registry feeds every workspace. Whoever gets a writer's token from outside \
            replaces the model that all of them serve next.",
        pass: "`publicNetworkAccess` is `Disabled`.",
        fail: "It is `Enabled` or absent, which means that.",
        unknown: "A parameter decides it.",
    },
    remedy: Remedy {
        text: "Set `publicNetworkAccess` to `Disabled` and reach the registry by private \
            endpoints for `amlregistry`.",
        edits: &[set("properties.publicNetworkAccess", r#""Disabled""#)],
        cli: "az ml registry update --name <registry> --resource-group <group> --set \
            public_network_access=Disabled",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/registries", "apiVersion": "2024-10-01",
            "name": "model-registry", "properties": {"publicNetworkAccess": "Enabled"}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[part(
            "public",
            "it answers the internet",
            property(
                "properties.publicNetworkAccess",
                IsNot(&["Disabled"]),
                Means("Enabled"),
            ),
        )],
    }),
    question: None,
};
