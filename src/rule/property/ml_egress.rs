//! What may leave an ML workspace.

use crate::evidence::{Doubt, Evidence};
use crate::resource::Reader;
use crate::rule::prelude::*;

/// SL-AML-004.
pub(in crate::rule) static WORKSPACE_EGRESS_OPEN: Rule = Rule {
    id: "SL-AML-004",
    name: "workspace-egress-open",
    title: "Workspace managed network off or free to the internet",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["NS-1", "NS-2", "NS-3"],
    references: "azure-policy: 6ddb1705-c8cf-450e-aa4b-19ad6703c440; atlas: AML.T0025",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the workspace's managed network exists and lets computes call approved \
            destinations only.",
        matters: "Training code is other people's code. Where computes may call anything, one \
            poisoned package is enough to carry a dataset or the workspace's tokens out.",
        pass: "`managedNetwork.isolationMode` is `AllowOnlyApprovedOutbound`, or every compute of \
            the workspace stands in a subnet of its own network. Projects share their hub's.",
        fail: "It is `Disabled` or absent, which means off; `AllowInternetOutbound` counts as \
            medium.",
        unknown: "An export at an API version before 2023-04-01 cannot show it, or a parameter \
            decides it.",
    },
    remedy: Remedy {
        text: "Set `managedNetwork.isolationMode` to `AllowOnlyApprovedOutbound` and list the \
            destinations that jobs need.",
        edits: &[set(
            "properties.managedNetwork.isolationMode",
            r#""AllowOnlyApprovedOutbound""#,
        )],
        cli: "az ml workspace update --name <workspace> --resource-group <group> \
            --managed-network allow_only_approved_outbound",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled",
            "managedNetwork": {"isolationMode": "Disabled"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Unless(&property("kind", Is(&["Project"]), Not)),
        parts: &[
            part(
                "off",
                "its managed network is off",
                All(&[
                    property(
                        "properties.managedNetwork.isolationMode",
                        Is(&["Disabled"]),
                        InExport(
                            &Since(
                                "2023-04-01",
                                &Means("Disabled"),
                                &Open(
                                    "API versions before 2023-04-01 do not show the managed network",
                                ),
                            ),
                            &Means("Disabled"),
                        ),
                    ),
                    Unless(&Custom(computes_have_subnets)),
                ]),
            ),
            part(
                "internet-outbound",
                "its managed network lets everything out",
                property(
                    "properties.managedNetwork.isolationMode",
                    Is(&["AllowInternetOutbound"]),
                    Not,
                ),
            )
            .at(Medium),
        ],
    }),
    question: None,
};

/// SL-AML-005.
pub(in crate::rule) static WORKSPACE_OUTBOUND_RULE_TOO_WIDE: Rule = Rule {
    id: "SL-AML-005",
    name: "workspace-outbound-rule-too-wide",
    title: "Approved-outbound rule is wide enough to carry data out",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.MachineLearningServices/workspaces",
        "Microsoft.MachineLearningServices/workspaces/outboundRules",
    ],
    controls: &["NS-3", "DP-2"],
    references: "atlas: AML.T0025; owasp-llm: LLM02",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an outbound rule of the managed network opens a destination that other \
            tenants share.",
        matters: "`*.blob.core.windows.net` is everyone's storage: an attacker's account answers \
            there as well as yours. A rule for the tag `Storage` without a region does the same \
            for every account in Azure.",
        pass: "FQDN rules name hosts of your own, and tag rules name a region and ports.",
        fail: "An FQDN rule's destination is `*` or a suffix that tenants share, or a rule opens \
            `Internet`, `Storage` or `AzureCloud` without a region or without port limits. Rules \
            that the platform requires are left out.",
        unknown: "The rules, or a destination, are a parameter.",
    },
    remedy: Remedy {
        text: "Name the hosts, or use a `PrivateEndpoint` rule to your own account.",
        edits: &[set(
            "properties.managedNetwork.outboundRules.packages.destination",
            r#""packages.contoso.com""#,
        )],
        cli: "az ml workspace outbound-rule set --workspace-name <workspace> --resource-group \
            <group> --rule <rule> --type fqdn --destination <host>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml",
            "properties": {"managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound",
            "outboundRules": {"packages": {"type": "FQDN", "category": "UserDefined",
            "destination": "*.blob.core.windows.net"}}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: Always,
        parts: &[
            part(
                "wide-rule",
                "an outbound rule opens what other tenants share",
                AnyItem(
                    "properties.managedNetwork.outboundRules",
                    &Custom(is_wide_rule),
                ),
            )
            .on(&["Microsoft.MachineLearningServices/workspaces"]),
            part(
                "wide-rule",
                "it opens what other tenants share",
                Custom(has_wide_destination),
            )
            .on(&["Microsoft.MachineLearningServices/workspaces/outboundRules"]),
        ],
    }),
    question: None,
};

/// Whether the workspace has computes and each of them stands in a subnet.
fn computes_have_subnets(scene: &Scene<'_>) -> Answer {
    let mut computes = scene.children("computes").peekable();
    if computes.peek().is_none() {
        return Answer::No;
    }
    Answer::all(computes.map(|compute| {
        let subnet = compute.properties().path("properties.subnet.id").symbol();
        Answer::of(subnet.stated().is_some(), || {
            Evidence::stated(
                subnet.span(),
                format!("`{}` stands in a subnet", compute.name),
            )
        })
    }))
}

/// Host suffixes under which any tenant can have a name.
const SHARED_SUFFIXES: [&str; 20] = [
    "blob.core.windows.net",
    "file.core.windows.net",
    "dfs.core.windows.net",
    "queue.core.windows.net",
    "table.core.windows.net",
    "web.core.windows.net",
    "core.windows.net",
    "azurewebsites.net",
    "azurecontainerapps.io",
    "azure-api.net",
    "azurefd.net",
    "azureedge.net",
    "cloudapp.azure.com",
    "cloudapp.net",
    "database.windows.net",
    "documents.azure.com",
    "servicebus.windows.net",
    "vault.azure.net",
    "azurecr.io",
    "trafficmanager.net",
];

/// Tags whose addresses other tenants share.
const SHARED_TAGS: [&str; 3] = ["Internet", "Storage", "AzureCloud"];

fn has_wide_destination(scene: &Scene<'_>) -> Answer {
    judge_rule(scene.properties())
}

fn is_wide_rule(scene: &Scene<'_>) -> Answer {
    judge_rule(scene.here)
}

/// Whether the outbound rule `rule` opens what other tenants share.
fn judge_rule(rule: Reader<'_>) -> Answer {
    let category = rule.at("category").text();
    if category.is("Required") == Some(true) || category.is("Dependency") == Some(true) {
        return Answer::No;
    }
    let kind = rule.at("type").text();
    if kind.is("PrivateEndpoint") == Some(true) {
        return Answer::No;
    }
    let destination = rule.at("destination");
    if let Some(unknown) = destination.value().and_then(|value| value.as_unknown()) {
        return Answer::open(Doubt::of(unknown, destination.span(), "destination"));
    }
    let host = destination.text();
    if let Some(host_name) = host.stated() {
        return Answer::of(is_shared_host(host_name), || {
            Evidence::stated(host.span(), format!("destination is {host_name}"))
        });
    }
    let tag = destination.at("serviceTag").text();
    let ports = destination.at("portRanges").text();
    let Some(tag_name) = tag.stated() else {
        return tag.unknown().map_or(Answer::No, |unknown| {
            Answer::open(Doubt::of(unknown, tag.span(), "serviceTag"))
        });
    };
    let (base, region) = tag_name.split_once('.').unwrap_or((tag_name, ""));
    let is_shared = SHARED_TAGS
        .iter()
        .any(|shared| base.eq_ignore_ascii_case(shared));
    if !is_shared {
        return Answer::No;
    }
    if let (Some(unknown), false) = (ports.unknown(), region.is_empty()) {
        return Answer::open(Doubt::of(unknown, ports.span(), "portRanges"));
    }
    let all_ports = ports
        .stated()
        .is_none_or(|text| matches!(text.trim(), "*" | "0-65535" | "1-65535"));
    Answer::of(region.is_empty() || all_ports, || {
        Evidence::stated(tag.span(), format!("serviceTag is {tag_name}"))
    })
}

/// Whether `host` is a wildcard over a name that tenants share, or over everything.
fn is_shared_host(host: &str) -> bool {
    let host = host.trim().to_ascii_lowercase();
    let Some(suffix) = host.strip_prefix('*') else {
        return false;
    };
    let suffix = suffix.trim_start_matches('.');
    suffix.is_empty() || SHARED_SUFFIXES.contains(&suffix)
}
