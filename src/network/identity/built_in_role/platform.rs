//! Roles for AI, compute, messaging and applications.

use super::BuiltInRole;

pub(super) static ROLES: &[BuiltInRole] = &[
    BuiltInRole::new(
        "f6c7c914-8db3-469d-8ca1-694a8f32e121",
        "AzureML Data Scientist",
    )
    .control(&[
        "Microsoft.MachineLearningServices/workspaces/*/read",
        "Microsoft.MachineLearningServices/workspaces/*/action",
        "Microsoft.MachineLearningServices/workspaces/*/delete",
        "Microsoft.MachineLearningServices/workspaces/*/write",
    ])
    .except(&[
        "Microsoft.MachineLearningServices/workspaces/delete",
        "Microsoft.MachineLearningServices/workspaces/write",
        "Microsoft.MachineLearningServices/workspaces/computes/*/write",
        "Microsoft.MachineLearningServices/workspaces/computes/*/delete",
        "Microsoft.MachineLearningServices/workspaces/computes/listKeys/action",
        "Microsoft.MachineLearningServices/workspaces/listKeys/action",
        "Microsoft.MachineLearningServices/workspaces/hubs/write",
        "Microsoft.MachineLearningServices/workspaces/hubs/delete",
        "Microsoft.MachineLearningServices/workspaces/featurestores/write",
        "Microsoft.MachineLearningServices/workspaces/featurestores/delete",
    ]),
    BuiltInRole::new(
        "e503ece1-11d0-4e8e-8e2c-7a6c3bf38815",
        "AzureML Compute Operator",
    )
    .control(&[
        "Microsoft.MachineLearningServices/workspaces/computes/*",
        "Microsoft.MachineLearningServices/workspaces/notebooks/vm/*",
    ]),
    BuiltInRole::new(
        "1823dd4f-9b8c-4ab6-ab4e-7397a3684615",
        "AzureML Registry User",
    )
    .control(&[
        "Microsoft.MachineLearningServices/registries/read",
        "Microsoft.MachineLearningServices/registries/assets/*",
    ]),
    BuiltInRole::new(
        "ea01e6af-a1c1-4350-9563-ad00f8c72ec5",
        "Azure Machine Learning Workspace Connection Secrets Reader",
    )
    .control(&[
        "Microsoft.MachineLearningServices/workspaces/connections/listsecrets/action",
        "Microsoft.MachineLearningServices/workspaces/metadata/secrets/read",
    ]),
    BuiltInRole::new(
        "635dd51f-9968-44d3-b7fb-6d9a6bd613ae",
        "AzureML Metrics Writer (preview)",
    )
    .control(&["Microsoft.MachineLearningServices/workspaces/metrics/*/write"]),
    BuiltInRole::new("64702f94-c441-49e6-a78b-ef80e0188fee", "Azure AI Developer")
        .control(&[
            "Microsoft.MachineLearningServices/workspaces/*/read",
            "Microsoft.MachineLearningServices/workspaces/*/action",
            "Microsoft.MachineLearningServices/workspaces/*/delete",
            "Microsoft.MachineLearningServices/workspaces/*/write",
        ])
        .except(&[
            "Microsoft.MachineLearningServices/workspaces/delete",
            "Microsoft.MachineLearningServices/workspaces/write",
            "Microsoft.MachineLearningServices/workspaces/listKeys/action",
            "Microsoft.MachineLearningServices/workspaces/hubs/write",
            "Microsoft.MachineLearningServices/workspaces/hubs/delete",
            "Microsoft.MachineLearningServices/workspaces/featurestores/write",
            "Microsoft.MachineLearningServices/workspaces/featurestores/delete",
        ])
        .data(&[
            "Microsoft.CognitiveServices/accounts/OpenAI/*",
            "Microsoft.CognitiveServices/accounts/SpeechServices/*",
            "Microsoft.CognitiveServices/accounts/ContentSafety/*",
        ]),
    BuiltInRole::new(
        "b78c5d69-af96-48a3-bf8d-a8b4d589de94",
        "Azure AI Administrator",
    )
    .control(&[
        "Microsoft.CognitiveServices/*",
        "Microsoft.ContainerRegistry/registries/*",
        "Microsoft.DocumentDb/databaseAccounts/*",
        "Microsoft.KeyVault/*",
        "Microsoft.MachineLearningServices/workspaces/*",
        "Microsoft.MachineLearningServices/registries/*",
        "Microsoft.Search/searchServices/*",
        "Microsoft.Storage/storageAccounts/*",
    ])
    .except(&[
        "Microsoft.KeyVault/locations/deletedVaults/purge/action",
        "Microsoft.KeyVault/hsmPools/*",
        "Microsoft.KeyVault/managedHsms/*",
    ]),
    BuiltInRole::new(
        "b556d68e-0be0-4f35-a333-ad7ee1ce17ea",
        "Azure AI Enterprise Network Connection Approver",
    )
    .control(&[
        "Microsoft.ContainerRegistry/registries/privateEndpointConnectionsApproval/action",
        "Microsoft.KeyVault/vaults/privateEndpointConnectionsApproval/action",
        "Microsoft.MachineLearningServices/workspaces/privateEndpointConnectionsApproval/action",
        "Microsoft.Storage/storageAccounts/privateEndpointConnections/write",
        "Microsoft.CognitiveServices/accounts/privateEndpointConnections/write",
        "Microsoft.DocumentDB/databaseAccounts/privateEndpointConnectionsApproval/action",
        "Microsoft.Sql/servers/privateEndpointConnectionsApproval/action",
    ]),
    BuiltInRole::new("53ca6127-db72-4b80-b1b0-d745d6d5456d", "Azure AI User")
        .control(&[
            "Microsoft.CognitiveServices/*/read",
            "Microsoft.CognitiveServices/accounts/listkeys/action",
        ])
        .data(&["Microsoft.CognitiveServices/*"]),
    BuiltInRole::new(
        "eadc314b-1a2d-4efa-be10-5d325db5065e",
        "Azure AI Project Manager",
    )
    .control(&[
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleAssignments/delete",
        "Microsoft.CognitiveServices/accounts/*/write",
        "Microsoft.CognitiveServices/accounts/projects/*",
        "Microsoft.CognitiveServices/*/read",
    ])
    .data(&["Microsoft.CognitiveServices/*"])
    .assigning(&["53ca6127-db72-4b80-b1b0-d745d6d5456d"]),
    BuiltInRole::new(
        "e47c6f54-e4a2-4754-9501-8e0985b135e1",
        "Azure AI Account Owner",
    )
    .control(&[
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleAssignments/delete",
        "Microsoft.CognitiveServices/*",
    ])
    .assigning(&["53ca6127-db72-4b80-b1b0-d745d6d5456d"]),
    BuiltInRole::new("c883944f-8b7b-4483-af10-35834be79c4a", "Azure AI Owner")
        .control(&[
            "Microsoft.Authorization/roleAssignments/write",
            "Microsoft.Authorization/roleAssignments/delete",
            "Microsoft.CognitiveServices/*",
        ])
        .data(&["Microsoft.CognitiveServices/*"])
        .assigning(&["53ca6127-db72-4b80-b1b0-d745d6d5456d"]),
    BuiltInRole::new(
        "5e0bd9bd-7b93-4f28-af87-19fc36ad61bd",
        "Cognitive Services OpenAI User",
    )
    .control(&["Microsoft.CognitiveServices/*/read"])
    .data(&[
        "Microsoft.CognitiveServices/accounts/OpenAI/*/read",
        "Microsoft.CognitiveServices/accounts/OpenAI/engines/completions/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/completions/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/chat/completions/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/embeddings/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/deployments/search/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/images/generations/action",
        "Microsoft.CognitiveServices/accounts/OpenAI/assistants/write",
    ])
    .except_data(&["Microsoft.CognitiveServices/accounts/OpenAI/stored-completions/read"]),
    BuiltInRole::new(
        "a001fd3d-188f-4b5d-821b-7da978bf7442",
        "Cognitive Services OpenAI Contributor",
    )
    .control(&[
        "Microsoft.CognitiveServices/*/read",
        "Microsoft.CognitiveServices/accounts/deployments/write",
        "Microsoft.CognitiveServices/accounts/deployments/delete",
    ])
    .data(&["Microsoft.CognitiveServices/accounts/OpenAI/*"]),
    BuiltInRole::new(
        "a97b65f3-24c7-4388-baec-2e87135dc908",
        "Cognitive Services User",
    )
    .control(&[
        "Microsoft.CognitiveServices/*/read",
        "Microsoft.CognitiveServices/accounts/listkeys/action",
    ])
    .data(&["Microsoft.CognitiveServices/*"]),
    BuiltInRole::new(
        "25fbc0a9-bd7c-42a3-aa1a-3b75d497ee68",
        "Cognitive Services Contributor",
    )
    .control(&["Microsoft.CognitiveServices/*"]),
    BuiltInRole::new(
        "b59867f0-fa02-499b-be73-45a86b5b3e1c",
        "Cognitive Services Data Reader",
    )
    .data(&["Microsoft.CognitiveServices/*/read"]),
    BuiltInRole::new(
        "1407120a-92aa-4202-b7e9-c0e197c71c8f",
        "Search Index Data Reader",
    )
    .data(&["Microsoft.Search/searchServices/indexes/documents/read"]),
    BuiltInRole::new(
        "8ebe5a00-799e-43f5-93ac-243d3dce84a7",
        "Search Index Data Contributor",
    )
    .data(&["Microsoft.Search/searchServices/indexes/documents/*"]),
    BuiltInRole::new(
        "7ca78c08-252a-4471-8644-bb5ff32d4ba0",
        "Search Service Contributor",
    )
    .control(&["Microsoft.Search/searchServices/*"]),
    BuiltInRole::new(
        "f526a384-b230-433a-b45c-95f59c4a2dec",
        "Azure Event Hubs Data Owner",
    )
    .control(&["Microsoft.EventHub/*"])
    .data(&["Microsoft.EventHub/*"]),
    BuiltInRole::new(
        "a638d3c7-ab3a-418d-83e6-5f17a39d4fde",
        "Azure Event Hubs Data Receiver",
    )
    .control(&["Microsoft.EventHub/*/eventhubs/consumergroups/read"])
    .data(&["Microsoft.EventHub/*/receive/action"]),
    BuiltInRole::new(
        "2b629674-e913-4c01-ae53-ef4638d8f975",
        "Azure Event Hubs Data Sender",
    )
    .control(&["Microsoft.EventHub/*/eventhubs/read"])
    .data(&["Microsoft.EventHub/*/send/action"]),
    BuiltInRole::new(
        "090c5cfd-751d-490a-894a-3ce6f1109419",
        "Azure Service Bus Data Owner",
    )
    .control(&["Microsoft.ServiceBus/*"])
    .data(&["Microsoft.ServiceBus/*"]),
    BuiltInRole::new(
        "4f6d3b9b-027b-4f4c-9142-0e5a2a2247e0",
        "Azure Service Bus Data Receiver",
    )
    .control(&[
        "Microsoft.ServiceBus/*/queues/read",
        "Microsoft.ServiceBus/*/topics/read",
    ])
    .data(&["Microsoft.ServiceBus/*/receive/action"]),
    BuiltInRole::new(
        "69a216fc-b8fb-44d8-bc22-1f3c2cd27a39",
        "Azure Service Bus Data Sender",
    )
    .control(&[
        "Microsoft.ServiceBus/*/queues/read",
        "Microsoft.ServiceBus/*/topics/read",
    ])
    .data(&["Microsoft.ServiceBus/*/send/action"]),
    BuiltInRole::new(
        "5ae67dd6-50cb-40e7-96ff-dc2bfa4b606b",
        "App Configuration Data Owner",
    )
    .data(&[
        "Microsoft.AppConfiguration/configurationStores/*/read",
        "Microsoft.AppConfiguration/configurationStores/*/write",
        "Microsoft.AppConfiguration/configurationStores/*/delete",
    ]),
    BuiltInRole::new(
        "516239f1-63e1-4d78-a4de-a74fb236a071",
        "App Configuration Data Reader",
    )
    .data(&["Microsoft.AppConfiguration/configurationStores/*/read"]),
    BuiltInRole::new(
        "9980e02c-c2be-4d73-94e8-173b1dc7cf3c",
        "Virtual Machine Contributor",
    )
    .control(&[
        "Microsoft.Compute/virtualMachines/*",
        "Microsoft.Compute/virtualMachineScaleSets/*",
        "Microsoft.Compute/disks/read",
        "Microsoft.Compute/disks/write",
        "Microsoft.Network/networkInterfaces/*",
        "Microsoft.Storage/storageAccounts/listKeys/action",
        "Microsoft.Storage/storageAccounts/read",
    ]),
    BuiltInRole::new(
        "1c0163c0-47e6-4577-8991-ea5c82e286e4",
        "Virtual Machine Administrator Login",
    )
    .control(&["Microsoft.Compute/virtualMachines/*/read"])
    .data(&[
        "Microsoft.Compute/virtualMachines/login/action",
        "Microsoft.Compute/virtualMachines/loginAsAdmin/action",
    ]),
    BuiltInRole::new(
        "fb879df8-f326-4884-b1cf-06f3ad86be52",
        "Virtual Machine User Login",
    )
    .control(&["Microsoft.Compute/virtualMachines/*/read"])
    .data(&["Microsoft.Compute/virtualMachines/login/action"]),
    BuiltInRole::new(
        "de139f84-1756-47ae-9be6-808fbbe84772",
        "Website Contributor",
    )
    .control(&[
        "Microsoft.Web/sites/*",
        "Microsoft.Web/serverFarms/join/action",
        "Microsoft.Web/serverFarms/read",
    ]),
    BuiltInRole::new(
        "358470bc-b998-42bd-ab17-a7e34c199c0f",
        "Container Apps Contributor",
    )
    .control(&[
        "Microsoft.App/containerApps/*/read",
        "Microsoft.App/containerApps/*/action",
        "Microsoft.App/containerApps/*/write",
        "Microsoft.App/containerApps/*/delete",
        "Microsoft.App/containerApps/read",
        "Microsoft.App/containerApps/write",
        "Microsoft.App/containerApps/delete",
        "Microsoft.App/managedEnvironments/join/action",
    ]),
    BuiltInRole::new(
        "0ab0b1a8-8aac-4efd-b8c2-3ee1fb270be8",
        "Azure Kubernetes Service Cluster Admin Role",
    )
    .control(&[
        "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
        "Microsoft.ContainerService/managedClusters/accessProfiles/listCredential/action",
        "Microsoft.ContainerService/managedClusters/read",
        "Microsoft.ContainerService/managedClusters/runcommand/action",
    ]),
    BuiltInRole::new(
        "4abbcc35-e782-43d8-92c5-2c6d3bd2bd7d",
        "Azure Kubernetes Service Cluster User Role",
    )
    .control(&[
        "Microsoft.ContainerService/managedClusters/listClusterUserCredential/action",
        "Microsoft.ContainerService/managedClusters/read",
    ]),
    BuiltInRole::new(
        "ed7f3fbd-7b88-4dd4-9017-9adb7ce333f8",
        "Azure Kubernetes Service Contributor Role",
    )
    .control(&[
        "Microsoft.ContainerService/locations/*",
        "Microsoft.ContainerService/managedClusters/read",
        "Microsoft.ContainerService/managedClusters/write",
    ]),
    BuiltInRole::new(
        "b1ff04bb-8a4e-4dc4-8eb5-8693973ce19b",
        "Azure Kubernetes Service RBAC Cluster Admin",
    )
    .control(&["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"])
    .data(&["Microsoft.ContainerService/managedClusters/*"]),
    BuiltInRole::new(
        "3498e952-d568-435e-9b2c-8d77e338d7f7",
        "Azure Kubernetes Service RBAC Admin",
    )
    .control(&["Microsoft.ContainerService/managedClusters/listClusterUserCredential/action"])
    .data(&["Microsoft.ContainerService/managedClusters/*"])
    .except_data(&[
        "Microsoft.ContainerService/managedClusters/resourcequotas/write",
        "Microsoft.ContainerService/managedClusters/resourcequotas/delete",
        "Microsoft.ContainerService/managedClusters/namespaces/write",
        "Microsoft.ContainerService/managedClusters/namespaces/delete",
    ]),
    BuiltInRole::new(
        "a7ffa36f-339b-4b5c-8bdf-e2c188b2c0eb",
        "Azure Kubernetes Service RBAC Writer",
    )
    .data(&[
        "Microsoft.ContainerService/managedClusters/pods/*",
        "Microsoft.ContainerService/managedClusters/secrets/*",
        "Microsoft.ContainerService/managedClusters/apps/deployments/*",
    ]),
    BuiltInRole::new(
        "673868aa-7521-48a0-acc6-0f60742d39f5",
        "Data Factory Contributor",
    )
    .control(&[
        "Microsoft.DataFactory/dataFactories/*",
        "Microsoft.DataFactory/factories/*",
    ]),
    BuiltInRole::new(
        "73c42c96-874c-492b-b04d-ab87d138a893",
        "Log Analytics Reader",
    )
    .control(&[
        "*/read",
        "Microsoft.OperationalInsights/workspaces/analytics/query/action",
        "Microsoft.OperationalInsights/workspaces/search/action",
    ])
    .except(&["Microsoft.OperationalInsights/workspaces/sharedKeys/read"]),
    BuiltInRole::new(
        "92aaf0da-9dab-42b6-94a3-d43ce8d16293",
        "Log Analytics Contributor",
    )
    .control(&[
        "*/read",
        "Microsoft.OperationalInsights/*",
        "Microsoft.Compute/virtualMachines/extensions/*",
        "Microsoft.Storage/storageAccounts/listKeys/action",
    ]),
];
