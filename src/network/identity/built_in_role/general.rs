//! General, privileged and identity roles.

use super::BuiltInRole;

pub(super) static ROLES: &[BuiltInRole] = &[
    BuiltInRole::new("8e3af657-a8ff-443c-a75c-2fe8c4bcb635", "Owner").control(&["*"]),
    BuiltInRole::new("b24988ac-6180-42a0-ab88-20f7382dd24c", "Contributor")
        .control(&["*"])
        .except(&[
            "Microsoft.Authorization/*/Delete",
            "Microsoft.Authorization/*/Write",
            "Microsoft.Authorization/elevateAccess/Action",
            "Microsoft.Blueprint/blueprintAssignments/write",
            "Microsoft.Blueprint/blueprintAssignments/delete",
            "Microsoft.Compute/galleries/share/action",
            "Microsoft.Purview/consents/write",
            "Microsoft.Purview/consents/delete",
            "Microsoft.Resources/deploymentStacks/manageDenySetting/action",
            "Microsoft.Subscription/cancel/action",
            "Microsoft.Subscription/enable/action",
        ]),
    BuiltInRole::new("acdd72a7-3385-48ef-bd42-f606fba81ae7", "Reader").control(&["*/read"]),
    BuiltInRole::new(
        "18d7d88d-d35e-4fb5-a5c3-7773c20a72d9",
        "User Access Administrator",
    )
    .control(&["*/read", "Microsoft.Authorization/*", "Microsoft.Support/*"]),
    BuiltInRole::new(
        "f58310d9-a9f6-439a-9e8d-f62e7b41a168",
        "Role Based Access Control Administrator",
    )
    .control(&[
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleAssignments/delete",
        "*/read",
        "Microsoft.Support/*",
    ]),
    BuiltInRole::new(
        "f1a07417-d97a-45cb-824c-7a7467783830",
        "Managed Identity Operator",
    )
    .control(&[
        "Microsoft.ManagedIdentity/userAssignedIdentities/*/read",
        "Microsoft.ManagedIdentity/userAssignedIdentities/*/assign/action",
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
    ]),
    BuiltInRole::new(
        "e40ec5ca-96e0-45a2-b4ff-59039f2c2b59",
        "Managed Identity Contributor",
    )
    .control(&[
        "Microsoft.ManagedIdentity/userAssignedIdentities/read",
        "Microsoft.ManagedIdentity/userAssignedIdentities/write",
        "Microsoft.ManagedIdentity/userAssignedIdentities/delete",
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/read",
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/delete",
    ]),
    BuiltInRole::new(
        "00482a5a-887f-4fb3-b363-3b7fe8e74483",
        "Key Vault Administrator",
    )
    .control(&["Microsoft.KeyVault/vaults/*/read"])
    .data(&["Microsoft.KeyVault/vaults/*"]),
    BuiltInRole::new(
        "4633458b-17de-408a-b874-0445c86b69e6",
        "Key Vault Secrets User",
    )
    .data(&[
        "Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
    ]),
    BuiltInRole::new(
        "b86a8fe4-44ce-4948-aee5-eccb2c155cd7",
        "Key Vault Secrets Officer",
    )
    .control(&["Microsoft.KeyVault/vaults/*/read"])
    .data(&["Microsoft.KeyVault/vaults/secrets/*"]),
    BuiltInRole::new("21090545-7ca7-4776-b22c-e363652d74d2", "Key Vault Reader")
        .control(&["Microsoft.KeyVault/vaults/*/read"])
        .data(&[
            "Microsoft.KeyVault/vaults/*/read",
            "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
        ]),
    BuiltInRole::new(
        "14b46e9e-c2b7-41b4-b07b-48a6ebf60603",
        "Key Vault Crypto Officer",
    )
    .control(&["Microsoft.KeyVault/vaults/*/read"])
    .data(&[
        "Microsoft.KeyVault/vaults/keys/*",
        "Microsoft.KeyVault/vaults/keyrotationpolicies/*",
    ]),
    BuiltInRole::new(
        "12338af0-0e69-4776-bea7-57ae8d297424",
        "Key Vault Crypto User",
    )
    .data(&[
        "Microsoft.KeyVault/vaults/keys/read",
        "Microsoft.KeyVault/vaults/keys/update/action",
        "Microsoft.KeyVault/vaults/keys/backup/action",
        "Microsoft.KeyVault/vaults/keys/encrypt/action",
        "Microsoft.KeyVault/vaults/keys/decrypt/action",
        "Microsoft.KeyVault/vaults/keys/wrap/action",
        "Microsoft.KeyVault/vaults/keys/unwrap/action",
        "Microsoft.KeyVault/vaults/keys/sign/action",
        "Microsoft.KeyVault/vaults/keys/verify/action",
    ]),
    BuiltInRole::new(
        "e147488a-f6f5-4113-8e2d-b22465e65bf6",
        "Key Vault Crypto Service Encryption User",
    )
    .data(&[
        "Microsoft.KeyVault/vaults/keys/read",
        "Microsoft.KeyVault/vaults/keys/wrap/action",
        "Microsoft.KeyVault/vaults/keys/unwrap/action",
    ]),
    BuiltInRole::new(
        "a4417e6f-fecd-4de8-b567-7b0420556985",
        "Key Vault Certificates Officer",
    )
    .control(&["Microsoft.KeyVault/vaults/*/read"])
    .data(&[
        "Microsoft.KeyVault/vaults/certificatecas/*",
        "Microsoft.KeyVault/vaults/certificates/*",
        "Microsoft.KeyVault/vaults/certificatecontacts/write",
    ]),
    BuiltInRole::new(
        "db79e9a7-68ee-4b58-9aeb-b90e7c24fcba",
        "Key Vault Certificate User",
    )
    .data(&[
        "Microsoft.KeyVault/vaults/certificates/read",
        "Microsoft.KeyVault/vaults/secrets/getSecret/action",
        "Microsoft.KeyVault/vaults/secrets/readMetadata/action",
        "Microsoft.KeyVault/vaults/keys/read",
    ]),
    BuiltInRole::new(
        "8b54135c-b56d-4d72-a534-26097cfdc8d8",
        "Key Vault Data Access Administrator",
    )
    .control(&[
        "Microsoft.Authorization/roleAssignments/write",
        "Microsoft.Authorization/roleAssignments/delete",
        "Microsoft.KeyVault/vaults/*/read",
    ])
    .assigning(&["00482a5a-887f-4fb3-b363-3b7fe8e74483"]),
    BuiltInRole::new(
        "f25e0fa2-a7c8-4377-a976-54943a77a395",
        "Key Vault Contributor",
    )
    .control(&["Microsoft.KeyVault/*"])
    .except(&[
        "Microsoft.KeyVault/locations/deletedVaults/purge/action",
        "Microsoft.KeyVault/hsmPools/*",
        "Microsoft.KeyVault/managedHsms/*",
    ]),
];
