//! Ways from the internet to models.

use crate::evidence::Evidence;
use crate::reachability::{Exposure, Path};
use crate::resource::ResourceIndex;
use crate::rule::exposed::is_open;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};
use std::collections::BTreeMap;

/// SL-NET-007.
pub(in crate::rule) static INTERNET_PATH_TO_MODEL: Rule = Rule {
    id: "SL-NET-007",
    name: "internet-path-to-model",
    title: "Internet path to an ML or OpenAI endpoint",
    topic: Topic::Network,
    severity: Critical,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["*"],
    controls: &["NS-1", "NS-2"],
    references: "atlas: AML.T0040, AML.T0049",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether there is a way from the internet to an ML workspace, a model endpoint, \
            an AI account or a search service, directly or through gateways, balancers and \
            firewalls.",
        matters: "This is what the review is about: somebody outside gets to the model. The \
            finding names the way hop by hop, with the lines that let each hop through.",
        pass: "Nobody on the internet gets there, or only addresses that the template lists.",
        fail: "Anyone, or any customer of Azure, does.",
        unknown: "Whether they do hangs on something that is open.",
    },
    remedy: Remedy {
        text: "Break the way at the hop that is named.",
        edits: &[],
        cli: "sightline cut --to <name> <template>  # the fewest changes that close it",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"customSubDomainName": "ai"}}]"#,
        passes: r#"[{"type": "Microsoft.CognitiveServices/accounts", "apiVersion": "2025-06-01",
            "name": "ai", "kind": "OpenAI", "properties": {"customSubDomainName": "ai",
            "publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

const MODELS: [&str; 4] = [
    "Microsoft.MachineLearningServices/workspaces",
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    "Microsoft.CognitiveServices/accounts",
    "Microsoft.Search/searchServices",
];

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let mut rulings: BTreeMap<ResourceIndex, Ruling> = BTreeMap::new();
    for exposure in context.exposures {
        let Some(resource) = context.inventory.get(exposure.resource) else {
            continue;
        };
        if !MODELS.iter().any(|kind| resource.resource_type.is(kind)) {
            continue;
        }
        let ruling = rulings
            .entry(exposure.resource)
            .or_insert_with(|| Ruling::about(exposure.resource));
        let answer = match is_open(context, exposure) {
            Answer::Yes(evidence) => Answer::Yes(whole_way(exposure, evidence)),
            other => other,
        };
        ruling.judge(door_of(context, exposure), told(context, exposure), answer);
    }
    rulings.into_values().collect()
}

fn door_of<'a>(context: &Context<'a>, exposure: &Exposure) -> &'a str {
    let door = context.model.doors.get(exposure.door);
    door.map_or("main", |entry| &entry.door.name)
}

/// The evidence of every hop of the first path; of a path without any, `evidence`.
fn whole_way(exposure: &Exposure, evidence: Vec<Evidence>) -> Vec<Evidence> {
    let hops = exposure.paths.first().map_or(&[][..], |path| &path.hops);
    let along: Vec<Evidence> = hops
        .iter()
        .rev()
        .flat_map(|hop| hop.evidence.clone())
        .collect();
    if along.is_empty() { evidence } else { along }
}

/// The clause: over which resources the way leads.
fn told(context: &Context<'_>, exposure: &Exposure) -> String {
    let via = exposure
        .paths
        .first()
        .map_or_else(Vec::new, |path| stations(context, path));
    if via.is_empty() {
        "the internet reaches it directly".to_owned()
    } else {
        format!("the internet reaches it through {}", via.join(", "))
    }
}

/// The names of what stands on the way, without its ends.
fn stations(context: &Context<'_>, path: &Path) -> Vec<String> {
    let between = path
        .hops
        .iter()
        .skip(1)
        .filter_map(|hop| context.model.resource_of(hop.from));
    let mut names: Vec<String> = Vec::new();
    for resource in between.filter_map(|index| context.inventory.get(index)) {
        let name = format!("`{}`", resource.short_name());
        if !names.contains(&name) {
            names.push(name);
        }
    }
    names
}
