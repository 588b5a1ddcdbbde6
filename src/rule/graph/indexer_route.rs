//! Indexers that read closed sources over the public side.

use crate::network::identity::Power;
use crate::resource::{Resource, ResourceIndex};
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-SRCH-011.
pub(in crate::rule) static INDEXER_OVER_PUBLIC_SIDE: Rule = Rule {
    id: "SL-SRCH-011",
    name: "indexer-over-public-side",
    title: "Indexer reaches storage over the public side",
    topic: Topic::AiSearch,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Search/searchServices"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a search service reads a closed source over a shared private link or \
            past its firewall.",
        matters: "Without the link, the source has to let trusted services by, or stays open, for \
            the indexer to work at all.",
        pass: "A shared private link leads to each closed source that the service's identity may \
            read.",
        fail: "The identity of the service may read a storage account, database or SQL server \
            whose public side is closed, and no shared private link leads there.",
        unknown: "The assignment, its scope, or whether the source is closed is open.",
    },
    remedy: Remedy {
        text: "Add a `sharedPrivateLinkResources` for each source, and approve it there.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "identity": {"type": "SystemAssigned"},
            "sku": {"name": "standard"}, "properties": {"publicNetworkAccess": "disabled"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.Search/searchServices', 'search'), '2025-05-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}]"#,
        passes: r#"[{"type": "Microsoft.Search/searchServices", "apiVersion": "2025-05-01",
            "name": "search", "identity": {"type": "SystemAssigned"},
            "sku": {"name": "standard"}, "properties": {"publicNetworkAccess": "disabled"}},
            {"type": "Microsoft.Search/searchServices/sharedPrivateLinkResources",
            "apiVersion": "2025-05-01", "name": "search/acct",
            "properties": {"privateLinkResourceId": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "groupId": "blob", "requestMessage": "index"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.Search/searchServices', 'search'), '2025-05-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// Types that indexers read.
pub(in crate::rule) const SOURCES: [&str; 3] = [
    "Microsoft.Storage/storageAccounts",
    "Microsoft.DocumentDB/databaseAccounts",
    "Microsoft.Sql/servers",
];

/// Its public side is closed, wholly or to all but listed callers.
const IS_CLOSED: Condition = Any(&[
    property("properties.publicNetworkAccess", Is(&["Disabled"]), Not),
    property("properties.networkAcls.defaultAction", Is(&["Deny"]), Not),
]);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let inventory = scene.context.inventory;
    for kind in SOURCES {
        for (index, source) in inventory.of_type(kind) {
            let rights = &scene.context.rights;
            let wanted = [Power::UseData, Power::ListKeys];
            let reads = rights.over(inventory, scene.index, index, &wanted);
            if reads.is_no() || links(scene, source).any(|link| link == index) {
                continue;
            }
            let closed = IS_CLOSED.ask(&Scene::new(scene.context, index, source));
            let says = format!(
                "it reads `{}`, which is closed, without a shared private link",
                source.name
            );
            ruling.judge(source.short_name(), says, closed.and(|| reads));
        }
    }
}

/// The resources that shared private links of the service lead to.
fn links<'a>(
    scene: &'a Scene<'a>,
    source: &'a Resource,
) -> impl Iterator<Item = ResourceIndex> + 'a {
    scene
        .children("sharedPrivateLinkResources")
        .filter_map(|link| {
            let id = link.properties().at("privateLinkResourceId").symbol();
            scene.context.inventory.find_text(id.stated()?, source.file)
        })
}
