//! Sensitive stores that something with open egress reads.

use crate::network::identity::Power;
use crate::resource::{Resource, ResourceIndex};
use crate::rule::egress::calls_anywhere;
use crate::rule::prelude::*;
use crate::rule::{Context, Ruling};

/// SL-NET-030.
pub(in crate::rule) static DATA_CAN_LEAVE: Rule = Rule {
    id: "SL-NET-030",
    name: "data-can-leave",
    title: "Data can leave: store, compute and open egress on one path",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["*"],
    controls: &["NS-3", "DP-2"],
    references: "atlas: AML.T0025, AML.T0086",
    safeguard: Some(Safeguard::Classification),
    page: Page {
        checks: "Whether an identity that reads a sensitive store is carried by something that \
            may call anywhere.",
        matters: "Store, compute and open egress on one way: nothing has to be broken for data to \
            leave, one line of code is enough.",
        pass: "What reads the store lets out to approved destinations only. Without marks, the \
            stores of workspaces and search services count as sensitive.",
        fail: "An identity with a data role on such a store is carried by a compute, endpoint, \
            app or machine whose egress is open.",
        unknown: "Whether egress is open, or whose identity it is, is open.",
    },
    remedy: Remedy {
        text: "Filter the egress of what reads the store.",
        edits: &[],
        cli: "az ml workspace update --name <workspace> --resource-group <group> \
            --managed-network allow_only_approved_outbound",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            "apiVersion": "2024-10-01", "name": "ml/scoring",
            "identity": {"type": "SystemAssigned"}, "properties": {"authMode": "AADToken"}},
            {"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "apiVersion": "2024-10-01", "name": "ml/scoring/blue",
            "properties": {"endpointComputeType": "Managed"}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.MachineLearningServices/workspaces/onlineEndpoints', 'ml', 'scoring'), '2024-10-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]",
            "managedNetwork": {"isolationMode": "AllowOnlyApprovedOutbound"}}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}},
            {"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            "apiVersion": "2024-10-01", "name": "ml/scoring",
            "identity": {"type": "SystemAssigned"}, "properties": {"authMode": "AADToken"}},
            {"type": "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments",
            "apiVersion": "2024-10-01", "name": "ml/scoring/blue",
            "properties": {"endpointComputeType": "Managed"}},
            {"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
            "name": "11111111-1111-1111-1111-111111111111",
            "properties": {"roleDefinitionId": "/subscriptions/00000000-0000-0000-0000-000000000000/providers/Microsoft.Authorization/roleDefinitions/2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
            "principalId": "[reference(resourceId('Microsoft.MachineLearningServices/workspaces/onlineEndpoints', 'ml', 'scoring'), '2024-10-01', 'Full').identity.principalId]",
            "principalType": "ServicePrincipal"},
            "scope": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}]"#,
    },
    check: Check::Estate(check),
    question: None,
};

const STORES: [&str; 3] = [
    "Microsoft.Storage/storageAccounts",
    "Microsoft.DocumentDB/databaseAccounts",
    "Microsoft.Search/searchServices",
];

fn check(context: &Context<'_>) -> Vec<Ruling> {
    let stores = STORES
        .iter()
        .flat_map(|kind| context.inventory.of_type(kind));
    stores
        .filter(|(index, store)| !store.is_not_deployed() && is_sensitive(context, *index, store))
        .map(|(index, _)| judge(context, index))
        .collect()
}

fn judge(context: &Context<'_>, store: ResourceIndex) -> Ruling {
    let mut ruling = Ruling::about(store);
    for carrier in context.rights.carriers_over(context.inventory, store) {
        let wanted = [Power::UseData];
        let reads = context
            .rights
            .over(context.inventory, carrier.resource, store, &wanted);
        if reads.is_no() || carrier.resource == store {
            continue;
        }
        let name = context
            .inventory
            .get(carrier.resource)
            .map_or("", |one| &*one.name);
        let says = format!("`{name}` reads it and may call anywhere");
        ruling.judge(
            name,
            says,
            reads.and(|| calls_anywhere(context, carrier.resource)),
        );
    }
    ruling
}

/// Whether the store is marked sensitive, or a workspace keeps its models in it.
fn is_sensitive(context: &Context<'_>, index: ResourceIndex, store: &Resource) -> bool {
    let is_index = store.resource_type.is("Microsoft.Search/searchServices");
    is_index || !context.workspaces_of(index).is_empty() || context.is_sensitive(index)
}
