//! Which services and subnets a firewall lets pass by what they are.

use crate::resource::Resource;

/// A type and what goes with it.
type Row = (&'static str, &'static [&'static str]);

/// Services that pass a firewall as trusted ones: of the target's type, the callers' types.
///
/// Per "Trusted Azure services" (storage), "Virtual network service endpoints for Azure Key Vault",
/// "Grant access to trusted Azure services for Azure OpenAI", "Allow trusted services to securely
/// access a network-restricted container registry", "Configure network access" (AI Search).
const TRUSTED: &[Row] = &[
    (
        "Microsoft.Storage/storageAccounts",
        &[
            "Microsoft.ApiManagement/service",
            "Microsoft.Cache/Redis",
            "Microsoft.Search/searchServices",
            "Microsoft.CognitiveServices/accounts",
            "Microsoft.CognitiveServices/accounts/projects",
            "Microsoft.Databricks/accessConnectors",
            "Microsoft.DataFactory/factories",
            "Microsoft.Kusto/clusters",
            "Microsoft.Logic/workflows",
            "Microsoft.MachineLearningServices/workspaces",
            "Microsoft.MachineLearningServices/registries",
            "Microsoft.Purview/accounts",
            "Microsoft.StreamAnalytics/streamingjobs",
            "Microsoft.Synapse/workspaces",
            "Microsoft.EventGrid/systemTopics",
            "Microsoft.EventGrid/topics",
            "Microsoft.DBforPostgreSQL/flexibleServers",
            "Microsoft.HealthcareApis/services",
            "Microsoft.HealthcareApis/workspaces",
        ],
    ),
    (
        "Microsoft.KeyVault/vaults",
        &[
            "Microsoft.DataFactory/factories",
            "Microsoft.Databricks/accessConnectors",
            "Microsoft.Databricks/workspaces",
            "Microsoft.MachineLearningServices/workspaces",
            "Microsoft.Purview/accounts",
        ],
    ),
    (
        "Microsoft.CognitiveServices/accounts",
        &[
            "Microsoft.CognitiveServices/accounts",
            "Microsoft.CognitiveServices/accounts/projects",
            "Microsoft.MachineLearningServices/workspaces",
            "Microsoft.Search/searchServices",
        ],
    ),
    (
        "Microsoft.Search/searchServices",
        &[
            "Microsoft.CognitiveServices/accounts",
            "Microsoft.CognitiveServices/accounts/projects",
            "Microsoft.MachineLearningServices/workspaces",
        ],
    ),
    (
        "Microsoft.ContainerRegistry/registries",
        &[
            "Microsoft.MachineLearningServices/workspaces",
            "Microsoft.ContainerRegistry/registries/tasks",
        ],
    ),
];

/// The service endpoints of subnets, by the type that they lead to.
const SERVICE_ENDPOINTS: &[Row] = &[
    (
        "Microsoft.Storage/storageAccounts",
        &["Microsoft.Storage", "Microsoft.Storage.Global"],
    ),
    ("Microsoft.KeyVault/vaults", &["Microsoft.KeyVault"]),
    (
        "Microsoft.CognitiveServices/accounts",
        &["Microsoft.CognitiveServices"],
    ),
    (
        "Microsoft.CognitiveServices/accounts/projects",
        &["Microsoft.CognitiveServices"],
    ),
    (
        "Microsoft.DocumentDB/databaseAccounts",
        &["Microsoft.AzureCosmosDB"],
    ),
    ("Microsoft.Sql/servers", &["Microsoft.Sql"]),
    ("Microsoft.Synapse/workspaces", &["Microsoft.Sql"]),
    ("Microsoft.EventHub/namespaces", &["Microsoft.EventHub"]),
    ("Microsoft.ServiceBus/namespaces", &["Microsoft.ServiceBus"]),
    (
        "Microsoft.ContainerRegistry/registries",
        &["Microsoft.ContainerRegistry"],
    ),
    ("Microsoft.Web/sites", &["Microsoft.Web"]),
    ("Microsoft.Web/sites/slots", &["Microsoft.Web"]),
];

/// The types of the services that pass the firewall of `resource` as trusted ones.
pub fn trusted_callers(resource: &Resource) -> &'static [&'static str] {
    of_type(TRUSTED, resource)
}

/// The names of the service endpoints that lead from a subnet to `resource`.
pub fn service_endpoints(resource: &Resource) -> &'static [&'static str] {
    of_type(SERVICE_ENDPOINTS, resource)
}

fn of_type(table: &[Row], resource: &Resource) -> &'static [&'static str] {
    table
        .iter()
        .find(|(kind, _)| resource.resource_type.is(kind))
        .map_or(&[], |(_, row)| *row)
}
