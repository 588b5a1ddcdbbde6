//! What a role lets its holder do to a resource.

use super::capability::{self, Capability};
use super::role::{Plane, Role};
use crate::resource::ResourceType;

/// A step that a right opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Power {
    /// Reading, using or changing what the resource holds.
    UseData,
    /// Reading the secrets of a vault.
    ReadSecrets,
    /// Getting a key of the resource.
    ListKeys,
    /// Getting the credentials that the resource keeps for others.
    ReadStored,
    /// Running code on the resource.
    RunCode,
    /// Signing in to the machine, given a way to it.
    SignIn,
    /// Giving itself what it likes on the resource, by the resource's own rights.
    GrantItself,
    /// Attaching the identity to a machine of its own.
    AttachIdentity,
    /// Having tokens of its own issuer taken for the identity.
    TrustIssuer,
}

/// Where a power is used.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Through {
    /// At Azure's control plane, which no setting of the resource closes.
    ControlPlane,
    /// At the doors of these names; at every door where there is none.
    Doors(&'static [&'static str]),
}

/// A power with where it is used and what says so.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Grant {
    /// The step that it opens.
    pub power: Power,
    /// Where it is used.
    pub through: Through,
    /// What its holder may do, as the end of a sentence: "may read blobs".
    pub says: &'static str,
}

const ASSIGN: &str = "Microsoft.Authorization/roleAssignments/write";

/// The powers that `role` gives over a resource of type `resource_type`, each once, in order; with
/// `narrow` where it is assigned on that resource alone, so that actions on what holds the resource
/// are not meant.
pub fn powers(role: &Role, resource_type: &ResourceType, narrow: bool) -> Vec<Grant> {
    if role.open.is_some() {
        return every_power(resource_type);
    }
    let mut grants = Vec::new();
    if role.allows(Plane::Control, ASSIGN) {
        if role.assignable.is_empty() {
            let mut all = every_power(resource_type);
            for grant in &mut all {
                grant.says = "may assign itself any role";
            }
            return all;
        }
        for assigned in role
            .assignable
            .iter()
            .filter_map(|guid| Role::built_in(guid))
        {
            add_allowed(&assigned, resource_type, narrow, &mut grants);
        }
        for grant in &mut grants {
            grant.says = "may assign itself a role that lets it";
        }
    }
    add_allowed(role, resource_type, narrow, &mut grants);
    grants
}

/// Whether `role` lets its holder make a machine, so that it can attach an identity to it.
pub fn may_make_machine(role: &Role) -> bool {
    const MACHINES: [&str; 6] = [
        "Microsoft.Compute/virtualMachines/write",
        "Microsoft.Compute/virtualMachineScaleSets/write",
        "Microsoft.ContainerInstance/containerGroups/write",
        "Microsoft.Web/sites/write",
        "Microsoft.App/containerApps/write",
        "Microsoft.Resources/deploymentScripts/write",
    ];
    MACHINES
        .iter()
        .any(|action| role.allows(Plane::Control, action))
}

fn add_allowed(role: &Role, resource_type: &ResourceType, narrow: bool, grants: &mut Vec<Grant>) {
    for one in capability::of_type(resource_type) {
        let own = one
            .action
            .get(..one.resource_type.len())
            .is_some_and(|start| resource_type.is(start));
        let counts = own || !narrow || one.plane == Plane::Data;
        if counts && role.allows(one.plane, one.action) {
            add(grants, one);
        }
    }
    if !capability::is_listed(resource_type) {
        let below = format!("{resource_type}/*");
        if role.allows(Plane::Data, &below) {
            grants.push(Grant {
                power: Power::UseData,
                through: Through::Doors(&[]),
                says: "may use its data",
            });
        }
    }
}

fn every_power(resource_type: &ResourceType) -> Vec<Grant> {
    let mut grants = Vec::new();
    for one in capability::of_type(resource_type) {
        add(&mut grants, one);
    }
    if !capability::is_listed(resource_type) {
        grants.push(Grant {
            power: Power::UseData,
            through: Through::Doors(&[]),
            says: "may use its data",
        });
    }
    grants
}

/// Adds what `capability` opens; of two actions that open the same step, the first one tells.
fn add(grants: &mut Vec<Grant>, capability: &Capability) {
    let known = grants
        .iter()
        .any(|grant| grant.power == capability.power && grant.through == capability.through);
    if !known {
        grants.push(Grant {
            power: capability.power,
            through: capability.through,
            says: capability.says,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use Power::{
        AttachIdentity, GrantItself, ListKeys, ReadSecrets, RunCode, SignIn, TrustIssuer, UseData,
    };

    fn said(role: &str, resource_type: &str) -> Vec<&'static str> {
        let role = Role::built_in_by_name(role).unwrap();
        powers(&role, &ResourceType::new(resource_type), false)
            .iter()
            .map(|grant| grant.says)
            .collect()
    }

    fn has(role: &str, resource_type: &str, power: Power) -> bool {
        let role = Role::built_in_by_name(role).unwrap();
        powers(&role, &ResourceType::new(resource_type), false)
            .iter()
            .any(|grant| grant.power == power)
    }

    const STORAGE: &str = "microsoft.storage/STORAGEACCOUNTS";
    const VAULT: &str = "Microsoft.KeyVault/vaults";
    const AI: &str = "Microsoft.CognitiveServices/accounts";
    const COSMOS: &str = "Microsoft.DocumentDB/databaseAccounts";
    const MACHINE: &str = "Microsoft.Compute/virtualMachines";

    const IDENTITY: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

    const GIVEN: &[(&str, &str, Power)] = &[
        ("Owner", STORAGE, UseData),
        ("Owner", VAULT, ReadSecrets),
        ("User Access Administrator", STORAGE, UseData),
        (
            "Role Based Access Control Administrator",
            VAULT,
            ReadSecrets,
        ),
        ("Contributor", STORAGE, ListKeys),
        ("Contributor", MACHINE, RunCode),
        ("Contributor", AI, ListKeys),
        ("Contributor", VAULT, GrantItself),
        ("Contributor", COSMOS, GrantItself),
        ("Contributor", IDENTITY, AttachIdentity),
        ("Contributor", IDENTITY, TrustIssuer),
        ("Storage Blob Data Reader", STORAGE, UseData),
        ("Storage Account Contributor", STORAGE, ListKeys),
        (
            "Storage Account Key Operator Service Role",
            STORAGE,
            ListKeys,
        ),
        ("Reader and Data Access", STORAGE, ListKeys),
        ("Storage File Data SMB Share Reader", STORAGE, UseData),
        ("Storage Queue Data Message Sender", STORAGE, UseData),
        ("Key Vault Administrator", VAULT, ReadSecrets),
        ("Key Vault Secrets User", VAULT, ReadSecrets),
        ("Key Vault Certificate User", VAULT, ReadSecrets),
        ("Key Vault Crypto User", VAULT, UseData),
        ("Key Vault Data Access Administrator", VAULT, ReadSecrets),
        ("Key Vault Contributor", VAULT, GrantItself),
        (
            "AzureML Data Scientist",
            "Microsoft.MachineLearningServices/workspaces/computes",
            RunCode,
        ),
        (
            "AzureML Data Scientist",
            "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
            RunCode,
        ),
        (
            "AzureML Compute Operator",
            "Microsoft.MachineLearningServices/workspaces/computes",
            RunCode,
        ),
        ("Azure AI Developer", AI, UseData),
        ("Foundry User", AI, ListKeys),
        ("Azure AI User", AI, UseData),
        ("Azure AI Account Owner", AI, UseData),
        ("Cognitive Services OpenAI User", AI, UseData),
        ("Cognitive Services User", AI, ListKeys),
        ("Cognitive Services Contributor", AI, ListKeys),
        ("Cognitive Services Data Reader", AI, UseData),
        (
            "Search Index Data Reader",
            "Microsoft.Search/searchServices",
            UseData,
        ),
        (
            "Search Service Contributor",
            "Microsoft.Search/searchServices",
            ListKeys,
        ),
        ("AcrPull", "Microsoft.ContainerRegistry/registries", UseData),
        (
            "Container Registry Repository Reader",
            "Microsoft.ContainerRegistry/registries",
            UseData,
        ),
        ("Reader", "Microsoft.ContainerRegistry/registries", UseData),
        ("DocumentDB Account Contributor", COSMOS, ListKeys),
        ("Cosmos DB Account Reader Role", COSMOS, ListKeys),
        (
            "Azure Event Hubs Data Receiver",
            "Microsoft.EventHub/namespaces",
            UseData,
        ),
        (
            "Azure Service Bus Data Sender",
            "Microsoft.ServiceBus/namespaces",
            UseData,
        ),
        (
            "App Configuration Data Reader",
            "Microsoft.AppConfiguration/configurationStores",
            UseData,
        ),
        ("Virtual Machine Contributor", MACHINE, RunCode),
        ("Virtual Machine Administrator Login", MACHINE, SignIn),
        ("Website Contributor", "Microsoft.Web/sites", RunCode),
        (
            "Container Apps Contributor",
            "Microsoft.App/containerApps",
            RunCode,
        ),
        (
            "Azure Kubernetes Service Cluster Admin Role",
            "Microsoft.ContainerService/managedClusters",
            RunCode,
        ),
        (
            "Azure Kubernetes Service RBAC Cluster Admin",
            "Microsoft.ContainerService/managedClusters",
            RunCode,
        ),
        ("Managed Identity Operator", IDENTITY, AttachIdentity),
        ("Managed Identity Contributor", IDENTITY, TrustIssuer),
    ];

    const NOT_GIVEN: &[(&str, &str, Power)] = &[
        ("Contributor", STORAGE, UseData),
        ("Contributor", VAULT, ReadSecrets),
        ("Reader", STORAGE, ListKeys),
        ("Reader", STORAGE, UseData),
        ("Reader", VAULT, ReadSecrets),
        ("Reader", AI, ListKeys),
        ("Storage Blob Delegator", STORAGE, UseData),
        ("Key Vault Reader", VAULT, ReadSecrets),
        ("Key Vault Data Access Administrator", STORAGE, UseData),
        ("Key Vault Contributor", VAULT, ReadSecrets),
        ("Azure AI Account Owner", STORAGE, UseData),
        ("Cosmos DB Operator", COSMOS, ListKeys),
        ("Cosmos DB Operator", COSMOS, GrantItself),
        ("Cognitive Services Contributor", AI, UseData),
        ("Cognitive Services OpenAI User", AI, ListKeys),
        (
            "Search Service Contributor",
            "Microsoft.Search/searchServices",
            UseData,
        ),
        (
            "AcrDelete",
            "Microsoft.ContainerRegistry/registries",
            UseData,
        ),
        ("Virtual Machine User Login", MACHINE, RunCode),
        ("Managed Identity Operator", IDENTITY, TrustIssuer),
        (
            "Azure AI Enterprise Network Connection Approver",
            STORAGE,
            ListKeys,
        ),
    ];

    /// The table "Built-in roles" of the reference, row by row.
    #[test]
    fn built_in_roles_have_the_powers_of_the_table() {
        for (role, resource_type, power) in GIVEN {
            assert!(
                has(role, resource_type, *power),
                "{role} {resource_type} {power:?}"
            );
        }
        for (role, resource_type, power) in NOT_GIVEN {
            assert!(
                !has(role, resource_type, *power),
                "{role} {resource_type} {power:?}"
            );
        }
    }

    #[test]
    fn blobs_are_not_queues() {
        assert_eq!(
            said("Storage Blob Data Reader", STORAGE),
            ["may read blobs"]
        );
        assert_eq!(
            said("Storage Queue Data Reader", STORAGE),
            ["may read queues"]
        );
    }
}
