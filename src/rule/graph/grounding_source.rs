//! What feeds an index, and who may change it.

use super::indexer_route::SOURCES;
use crate::network::identity::{Code, Power};
use crate::resource::{Resource, ResourceIndex};
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-SRCH-012.
pub(in crate::rule) static GROUNDING_DATA_OPEN_TO_OUTSIDERS: Rule = Rule {
    id: "SL-SRCH-012",
    name: "grounding-data-open-to-outsiders",
    title: "Grounding data can be poisoned from outside",
    topic: Topic::AiSearch,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["DP-2", "AI-4"],
    references: "owasp-llm: LLM04, LLM08; atlas: AML.T0070, AML.T0020",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether what feeds an index can be changed by outsiders.",
        matters: "Whoever can put a document into the source writes what the assistant says to \
            everyone, and the instructions hidden in it.",
        pass: "The sources that the service reads are closed, or take no keys, and no host that \
            the internet reaches may write to them.",
        fail: "A source is open to anyone and accepts its key, or the identity of a host that the \
            internet reaches may write to it.",
        unknown: "Who feeds the index, whether a door is reached, or a right is open.",
    },
    remedy: Remedy {
        text: "Close the source, turn its keys off, and give writing to an identity that stands \
            on no public host.",
        edits: &[],
        cli: "az storage account update --name <account> --resource-group <group> \
            --public-network-access Disabled --allow-shared-key-access false",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "identity": {"type": "SystemAssigned"},
            "sku": {"name": "standard"}, "properties": {"publicNetworkAccess": "disabled"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"networkAcls": {"defaultAction": "Allow"}}},
            {"type": "Microsoft.Search/searchServices/sharedPrivateLinkResources",
            "apiVersion": "2025-05-01", "name": "search/acct",
            "properties": {"privateLinkResourceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupId": "blob", "requestMessage": "index"}}]"#,
        passes: r#"[{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "identity": {"type": "SystemAssigned"},
            "sku": {"name": "standard"}, "properties": {"publicNetworkAccess": "disabled"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Search/searchServices/sharedPrivateLinkResources",
            "apiVersion": "2025-05-01", "name": "search/acct",
            "properties": {"privateLinkResourceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupId": "blob", "requestMessage": "index"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Its keys are accepted; the two types that feed indexes name it differently.
const KEYS_WORK: Condition = All(&[
    property(
        "properties.allowSharedKeyAccess",
        IsNot(&["false"]),
        Means("true"),
    ),
    property(
        "properties.disableLocalAuth",
        IsNot(&["true"]),
        Means("false"),
    ),
]);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let context = scene.context;
    for kind in SOURCES {
        for (index, source) in context.inventory.of_type(kind) {
            let feeds = feeds(scene, index, source);
            if feeds.is_no() {
                continue;
            }
            let keys = KEYS_WORK.ask(&Scene::new(context, index, source));
            let open = internet_reaches(context, index).and(|| keys);
            let says = format!("its source `{}` is open to anyone with a key", source.name);
            ruling.judge("open-source", says, feeds.clone().and(|| open));
            let says = format!(
                "a host on the internet may write to its source `{}`",
                source.name
            );
            let written = feeds.and(|| exposed_writer(context, index, scene.index));
            ruling.judge("exposed-writer", says, written);
        }
    }
}

/// Whether the source feeds the search service: a shared private link leads to it, or the service's
/// identity may read it.
fn feeds(scene: &Scene<'_>, index: ResourceIndex, source: &Resource) -> Answer {
    let inventory = scene.context.inventory;
    for link in scene.children("sharedPrivateLinkResources") {
        let id = link.properties().at("privateLinkResourceId").symbol();
        let found = id
            .stated()
            .and_then(|id| inventory.find_text(id, source.file));
        if found == Some(index) {
            let says = format!("`{}` links to it", link.name);
            return Answer::yes(crate::evidence::Evidence::stated(link.span, says));
        }
    }
    scene
        .context
        .rights
        .over(inventory, scene.index, index, &[Power::UseData])
}

/// Whether a host that the internet reaches holds a role over `source` that writes.
fn exposed_writer(context: &Context<'_>, source: ResourceIndex, reader: ResourceIndex) -> Answer {
    let carriers = context.rights.carriers_over(context.inventory, source);
    let hosts =
        carriers.filter(|carrier| carrier.code == Code::Answers && carrier.resource != reader);
    Answer::any(hosts.map(|host| {
        let rights = &context.rights;
        let wanted = [Power::UseData, Power::ListKeys];
        let holds = rights.over(context.inventory, host.resource, source, &wanted);
        if holds.is_no() || !may_write(context, host.resource) {
            return Answer::No;
        }
        holds.and(|| internet_reaches(context, host.resource))
    }))
}

/// Roles that only read blobs, files, queues or tables.
const READING: [&str; 4] = [
    "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
    "b8eda974-7b85-4f76-af95-65846b26df6d",
    "19e7f393-937e-4f77-808e-94535e297925",
    "76199698-9eea-4c19-bc75-cec21354c6b6",
];

/// Whether some role of the host does more than read.
fn may_write(context: &Context<'_>, host: ResourceIndex) -> bool {
    let Some(carrier) = context.rights.carrier(host) else {
        return false;
    };
    carrier.identities.iter().any(|carried| {
        let mut held = context.rights.held_by(&carried.principal);
        held.any(|assignment| !READING.contains(&&*assignment.role_key))
    })
}
