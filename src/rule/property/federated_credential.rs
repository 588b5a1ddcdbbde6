//! Credentials of outside issuers that are taken for a managed identity.

use crate::evidence::{Doubt, Evidence};
use crate::rule::prelude::*;

/// SL-IAM-006.
pub(in crate::rule) static FEDERATED_CREDENTIAL_TOO_TRUSTING: Rule = Rule {
    id: "SL-IAM-006",
    name: "federated-credential-too-trusting",
    title: "Federated credential trusts too much",
    topic: Topic::Identity,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
    ],
    controls: &["IM-3"],
    references: "azure-policy: 2571b7c3-3056-4a61-b00a-9bc5232234f5, \
        fd1a8e20-2c4f-4a6c-9354-b58d786d9a1f, ae62c456-33de-4dc8-b100-7ce9028a7d99",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whose tokens are taken for a managed identity.",
        matters: "A federated credential lets a workflow elsewhere be your identity. With a \
            wildcard, or for pull requests, that workflow can be anyone's fork.",
        pass: "The issuer is a well-known one and the subject names one repository and branch, \
            environment, or service account.",
        fail: "The issuer is not a known one, or the subject or expression holds a wildcard or \
            `pull_request`.",
        unknown: "The issuer or the subject is a run-time value or a parameter, as a cluster's \
            own issuer is in a template.",
    },
    remedy: Remedy {
        text: "Name the exact subject, down to the branch or environment, and a trusted issuer.",
        edits: &[set(
            "properties.subject",
            r#""repo:contoso/models:environment:production""#,
        )],
        cli: "az identity federated-credential update --name <credential> --identity-name \
            <identity> --resource-group <group> --issuer \
            https://token.actions.githubusercontent.com --subject \
            repo:<owner>/<repository>:environment:<environment> --audiences \
            api://AzureADTokenExchange",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
            "apiVersion": "2023-01-31", "name": "deployer/github",
            "properties": {"issuer": "https://token.actions.githubusercontent.com",
            "subject": "repo:contoso/models:pull_request",
            "audiences": ["api://AzureADTokenExchange"]}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "issuer",
                "its issuer is not a known one",
                Custom(has_unknown_issuer),
            ),
            part(
                "subject",
                "its subject lets in more than one workload",
                Any(&[
                    property("properties.subject", Such(is_loose_subject), Not),
                    property(
                        "properties.claimsMatchingExpression.value",
                        Such(is_loose_expression),
                        Not,
                    ),
                ]),
            ),
        ],
    }),
    question: None,
};

/// Issuers that are well known, by how their address starts.
const KNOWN_STARTS: [&str; 7] = [
    "https://token.actions.githubusercontent.com",
    "https://gitlab.com",
    "https://vstoken.dev.azure.com/",
    "https://login.microsoftonline.com/",
    "https://sts.windows.net/",
    "https://accounts.google.com",
    "https://app.terraform.io",
];
/// The host of a Kubernetes cluster's issuer ends so.
const CLUSTER_HOST: &str = ".oic.prod-aks.azure.com";

fn has_unknown_issuer(scene: &Scene<'_>) -> Answer {
    let issuer = scene.properties().at("issuer").text();
    if let Some(unknown) = issuer.unknown() {
        return Answer::open(Doubt::of(unknown, issuer.span(), "issuer"));
    }
    let Some(stated) = issuer.stated() else {
        return Answer::No;
    };
    let address = stated.to_ascii_lowercase();
    let host = address
        .trim_start_matches("https://")
        .split('/')
        .next()
        .unwrap_or("");
    let trusted = &scene.context.settings.trusted_issuers;
    let plain = |text: &str| text.trim_end_matches('/').to_ascii_lowercase();
    let is_known = KNOWN_STARTS.iter().any(|start| address.starts_with(start))
        || host.ends_with(CLUSTER_HOST)
        || trusted.iter().any(|issuer| plain(issuer) == plain(stated));
    Answer::of(!is_known, || {
        Evidence::stated(issuer.span(), format!("issuer is {stated}"))
    })
}

fn is_loose_subject(subject: &str) -> bool {
    subject.contains('*') || subject.to_ascii_lowercase().ends_with(":pull_request")
}

fn is_loose_expression(expression: &str) -> bool {
    expression.contains('*') || expression.to_ascii_lowercase().contains("pull_request")
}
