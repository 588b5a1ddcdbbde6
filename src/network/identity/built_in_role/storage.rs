//! Roles for storage, registries and databases.

use super::BuiltInRole;

pub(super) static ROLES: &[BuiltInRole] = &[
    BuiltInRole::new(
        "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1",
        "Storage Blob Data Reader",
    )
    .control(&[
        "Microsoft.Storage/storageAccounts/blobServices/containers/read",
        "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ])
    .data(&["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read"]),
    BuiltInRole::new(
        "ba92f5b4-2d11-453d-a403-e96b0029c9fe",
        "Storage Blob Data Contributor",
    )
    .control(&[
        "Microsoft.Storage/storageAccounts/blobServices/containers/delete",
        "Microsoft.Storage/storageAccounts/blobServices/containers/read",
        "Microsoft.Storage/storageAccounts/blobServices/containers/write",
        "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ])
    .data(&[
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/delete",
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/move/action",
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/add/action",
    ]),
    BuiltInRole::new(
        "b7e6dc6d-f1e8-4753-8033-0f276bb0955b",
        "Storage Blob Data Owner",
    )
    .control(&[
        "Microsoft.Storage/storageAccounts/blobServices/containers/*",
        "Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action",
    ])
    .data(&["Microsoft.Storage/storageAccounts/blobServices/containers/blobs/*"]),
    BuiltInRole::new(
        "db58b8e5-c6ad-4a2a-8342-4190687cbf4a",
        "Storage Blob Delegator",
    )
    .control(&["Microsoft.Storage/storageAccounts/blobServices/generateUserDelegationKey/action"]),
    BuiltInRole::new(
        "17d1049b-9a84-46fb-8f53-869881c3d3ab",
        "Storage Account Contributor",
    )
    .control(&["Microsoft.Storage/storageAccounts/*"]),
    BuiltInRole::new(
        "81a9662b-bebf-436f-a333-f67b29880f12",
        "Storage Account Key Operator Service Role",
    )
    .control(&[
        "Microsoft.Storage/storageAccounts/listkeys/action",
        "Microsoft.Storage/storageAccounts/regeneratekey/action",
    ]),
    BuiltInRole::new(
        "c12c1c16-33a1-487b-954d-41c89c60f349",
        "Reader and Data Access",
    )
    .control(&[
        "Microsoft.Storage/storageAccounts/listKeys/action",
        "Microsoft.Storage/storageAccounts/ListAccountSas/action",
        "Microsoft.Storage/storageAccounts/read",
    ]),
    BuiltInRole::new(
        "b8eda974-7b85-4f76-af95-65846b26df6d",
        "Storage File Data Privileged Reader",
    )
    .data(&[
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read",
        "Microsoft.Storage/storageAccounts/fileServices/readFileBackupSemantics/action",
    ]),
    BuiltInRole::new(
        "69566ab7-960f-475b-8e7c-b3118f30c6bd",
        "Storage File Data Privileged Contributor",
    )
    .data(&[
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/modifypermissions/action",
        "Microsoft.Storage/storageAccounts/fileServices/readFileBackupSemantics/action",
        "Microsoft.Storage/storageAccounts/fileServices/writeFileBackupSemantics/action",
    ]),
    BuiltInRole::new(
        "aba4ae5f-2193-4029-9191-0cb91df5e314",
        "Storage File Data SMB Share Reader",
    )
    .data(&["Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read"]),
    BuiltInRole::new(
        "0c867c2a-1d8c-454a-a3db-ab2ea1bdc8bb",
        "Storage File Data SMB Share Contributor",
    )
    .data(&[
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete",
    ]),
    BuiltInRole::new(
        "a7264617-510b-434b-a828-9731dc254ea7",
        "Storage File Data SMB Share Elevated Contributor",
    )
    .data(&[
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/delete",
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/modifypermissions/action",
    ]),
    BuiltInRole::new(
        "19e7f393-937e-4f77-808e-94535e297925",
        "Storage Queue Data Reader",
    )
    .control(&["Microsoft.Storage/storageAccounts/queueServices/queues/read"])
    .data(&["Microsoft.Storage/storageAccounts/queueServices/queues/messages/read"]),
    BuiltInRole::new(
        "974c5e8b-45b9-4653-ba55-5f855dd0fb88",
        "Storage Queue Data Contributor",
    )
    .control(&[
        "Microsoft.Storage/storageAccounts/queueServices/queues/delete",
        "Microsoft.Storage/storageAccounts/queueServices/queues/read",
        "Microsoft.Storage/storageAccounts/queueServices/queues/write",
    ])
    .data(&[
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/delete",
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read",
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/write",
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action",
    ]),
    BuiltInRole::new(
        "8a0f0c08-91a1-4084-bc3d-661d67233fed",
        "Storage Queue Data Message Processor",
    )
    .data(&[
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read",
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/process/action",
    ]),
    BuiltInRole::new(
        "c6a89b2d-59bc-44d0-9896-0f6e12d7b80a",
        "Storage Queue Data Message Sender",
    )
    .data(&["Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action"]),
    BuiltInRole::new(
        "76199698-9eea-4c19-bc75-cec21354c6b6",
        "Storage Table Data Reader",
    )
    .control(&["Microsoft.Storage/storageAccounts/tableServices/tables/read"])
    .data(&["Microsoft.Storage/storageAccounts/tableServices/tables/entities/read"]),
    BuiltInRole::new(
        "0a9a7e1f-b9d0-4cc4-a60d-0319b160aaa3",
        "Storage Table Data Contributor",
    )
    .control(&[
        "Microsoft.Storage/storageAccounts/tableServices/tables/read",
        "Microsoft.Storage/storageAccounts/tableServices/tables/write",
        "Microsoft.Storage/storageAccounts/tableServices/tables/delete",
    ])
    .data(&[
        "Microsoft.Storage/storageAccounts/tableServices/tables/entities/read",
        "Microsoft.Storage/storageAccounts/tableServices/tables/entities/write",
        "Microsoft.Storage/storageAccounts/tableServices/tables/entities/delete",
        "Microsoft.Storage/storageAccounts/tableServices/tables/entities/add/action",
        "Microsoft.Storage/storageAccounts/tableServices/tables/entities/update/action",
    ]),
    BuiltInRole::new("7f951dda-4ed3-4680-a7ca-43fe172d538d", "AcrPull")
        .control(&["Microsoft.ContainerRegistry/registries/pull/read"]),
    BuiltInRole::new("8311e382-0749-4cb8-b61a-304f252e45ec", "AcrPush").control(&[
        "Microsoft.ContainerRegistry/registries/pull/read",
        "Microsoft.ContainerRegistry/registries/push/write",
    ]),
    BuiltInRole::new("c2f4ef07-c644-48eb-af81-4b1b4947fb11", "AcrDelete")
        .control(&["Microsoft.ContainerRegistry/registries/artifacts/delete"]),
    BuiltInRole::new(
        "b93aa761-3e63-49ed-ac28-beffa264f7ac",
        "Container Registry Repository Reader",
    )
    .data(&[
        "Microsoft.ContainerRegistry/registries/repositories/metadata/read",
        "Microsoft.ContainerRegistry/registries/repositories/content/read",
    ]),
    BuiltInRole::new(
        "2a1e307c-b015-4ebd-883e-5b7698a07328",
        "Container Registry Repository Writer",
    )
    .data(&[
        "Microsoft.ContainerRegistry/registries/repositories/metadata/read",
        "Microsoft.ContainerRegistry/registries/repositories/content/read",
        "Microsoft.ContainerRegistry/registries/repositories/metadata/write",
        "Microsoft.ContainerRegistry/registries/repositories/content/write",
    ]),
    BuiltInRole::new(
        "2efddaa5-3f1f-4df3-97df-af3f13818f4c",
        "Container Registry Repository Contributor",
    )
    .data(&[
        "Microsoft.ContainerRegistry/registries/repositories/metadata/*",
        "Microsoft.ContainerRegistry/registries/repositories/content/*",
    ]),
    BuiltInRole::new(
        "5bd9cd88-fe45-4216-938b-f97437e15450",
        "DocumentDB Account Contributor",
    )
    .control(&["Microsoft.DocumentDb/databaseAccounts/*"]),
    BuiltInRole::new(
        "fbdf93bf-df7d-467e-a4d2-9458aa1360c8",
        "Cosmos DB Account Reader Role",
    )
    .control(&[
        "Microsoft.DocumentDB/*/read",
        "Microsoft.DocumentDB/databaseAccounts/readonlykeys/action",
    ]),
    BuiltInRole::new("230815da-be43-4aae-9cb4-875f7bd000aa", "Cosmos DB Operator")
        .control(&["Microsoft.DocumentDb/databaseAccounts/*"])
        .except(&[
            "Microsoft.DocumentDB/databaseAccounts/dataTransferJobs/*",
            "Microsoft.DocumentDB/databaseAccounts/readonlyKeys/*",
            "Microsoft.DocumentDB/databaseAccounts/regenerateKey/*",
            "Microsoft.DocumentDB/databaseAccounts/listKeys/*",
            "Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/*",
            "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions/write",
            "Microsoft.DocumentDB/databaseAccounts/sqlRoleDefinitions/delete",
            "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write",
            "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/delete",
            "Microsoft.DocumentDB/databaseAccounts/mongodbRoleDefinitions/write",
            "Microsoft.DocumentDB/databaseAccounts/mongodbRoleDefinitions/delete",
            "Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions/write",
            "Microsoft.DocumentDB/databaseAccounts/mongodbUserDefinitions/delete",
        ]),
    BuiltInRole::new(
        "6d8ee4ec-f05a-4a1d-8b00-a9b17e38b437",
        "SQL Server Contributor",
    )
    .control(&["Microsoft.Sql/servers/*"])
    .except(&[
        "Microsoft.Sql/servers/azureADOnlyAuthentications/delete",
        "Microsoft.Sql/servers/azureADOnlyAuthentications/write",
    ]),
    BuiltInRole::new(
        "e0f68234-74aa-48ed-b826-c38b57376e17",
        "Redis Cache Contributor",
    )
    .control(&["Microsoft.Cache/redis/*"]),
];
