//! Which code runs as which identity.

use super::assignment::presence_doubt;
use super::principal::{Principal, Principals};
use crate::evidence::{Doubt, Evidence};
use crate::resource::{Inventory, Reader, Resource, ResourceIndex, Setting};
use crate::value::Value;

/// A resource with an identity.
#[derive(Clone, Debug)]
pub struct Carrier {
    /// The resource.
    pub resource: ResourceIndex,
    /// Whose code runs on it.
    pub code: Code,
    /// The identities that the code can act as, in order.
    pub identities: Vec<Carried>,
}

/// An identity that a resource carries.
#[derive(Clone, Debug)]
pub struct Carried {
    /// Whose identity it is.
    pub principal: Principal,
    /// What proves it.
    pub evidence: Vec<Evidence>,
    /// Why it may not be there; all of them have to fall its way.
    pub doubts: Vec<Doubt>,
}

/// Whose code a resource runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Code {
    /// Code of the customer's answers whoever gets to its doors, so breaking into it there means
    /// acting as its identity.
    Answers,
    /// Code of the customer's runs on it, and only who has a right gets to say which.
    Runs,
    /// The service's own code alone.
    None,
}

impl Code {
    /// Whether code of the customer's can run there.
    pub fn may_run(self) -> bool {
        self != Self::None
    }
}

/// The types that run code of the customer's, and whose.
const CODE: &[(&str, Code)] = &[
    ("Microsoft.Compute/virtualMachines", Code::Answers),
    ("Microsoft.Compute/virtualMachineScaleSets", Code::Answers),
    ("Microsoft.HybridCompute/machines", Code::Answers),
    (CLUSTER, Code::Answers),
    ("Microsoft.App/containerApps", Code::Answers),
    ("Microsoft.App/jobs", Code::Runs),
    ("Microsoft.ContainerInstance/containerGroups", Code::Answers),
    ("Microsoft.Web/sites", Code::Answers),
    ("Microsoft.Web/sites/slots", Code::Answers),
    (
        "Microsoft.MachineLearningServices/workspaces/computes",
        Code::Answers,
    ),
    (
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
        Code::Answers,
    ),
    (
        "Microsoft.MachineLearningServices/workspaces/batchEndpoints",
        Code::Runs,
    ),
    ("Microsoft.MachineLearningServices/workspaces", Code::Runs),
    ("Microsoft.Batch/batchAccounts", Code::Runs),
    ("Microsoft.Batch/batchAccounts/pools", Code::Answers),
    ("Microsoft.Databricks/accessConnectors", Code::Runs),
    ("Microsoft.Databricks/workspaces", Code::Runs),
    ("Microsoft.Synapse/workspaces", Code::Runs),
    ("Microsoft.DataFactory/factories", Code::Runs),
    ("Microsoft.ApiManagement/service", Code::Runs),
    ("Microsoft.Automation/automationAccounts", Code::Runs),
    ("Microsoft.Search/searchServices", Code::Runs),
    ("Microsoft.CognitiveServices/accounts", Code::Runs),
    ("Microsoft.CognitiveServices/accounts/projects", Code::Runs),
    ("Microsoft.StreamAnalytics/streamingjobs", Code::Runs),
    ("Microsoft.ContainerRegistry/registries/tasks", Code::Runs),
    ("Microsoft.Logic/workflows", Code::Runs),
    ("Microsoft.Resources/deploymentScripts", Code::Runs),
    ("Microsoft.Kusto/clusters", Code::Runs),
];

const CLUSTER: &str = "Microsoft.ContainerService/managedClusters";

/// Whose code a resource of this type runs.
pub fn code_of(resource: &Resource) -> Code {
    CODE.iter()
        .find(|(resource_type, _)| resource.resource_type.is(resource_type))
        .map_or(Code::None, |(_, code)| *code)
}

/// Every resource that may be deployed and runs code of the customer's or has an identity, in order.
pub fn read_carriers(inventory: &Inventory, principals: &Principals<'_>) -> Vec<Carrier> {
    let mut carriers = Vec::new();
    for (index, resource) in inventory.iter() {
        if resource.is_not_deployed() {
            continue;
        }
        let code = code_of(resource);
        let mut identities = if resource.resource_type.is(CLUSTER) {
            cluster_identities(index, resource, principals)
        } else {
            own_identities(index, resource, principals)
        };
        if let Some(presence) = presence_doubt(resource) {
            for carried in &mut identities {
                carried.doubts.push(presence.clone());
            }
        }
        if code.may_run() || !identities.is_empty() {
            carriers.push(Carrier {
                resource: index,
                code,
                identities,
            });
        }
    }
    carriers
}

/// The identities of the member `identity`: `type` holds `SystemAssigned`, `UserAssigned` or both.
fn own_identities(
    index: ResourceIndex,
    resource: &Resource,
    principals: &Principals<'_>,
) -> Vec<Carried> {
    let identity = resource.reader().at("identity");
    let kind = identity.at("type").text();
    let has = |word: &str| match &kind {
        Setting::Stated(words, _) => Some(
            words
                .split(',')
                .any(|one| one.trim().eq_ignore_ascii_case(word)),
        ),
        Setting::Absent(_) => Some(false),
        Setting::Unknown(..) => None,
    };
    let doubt = |word: &str| {
        kind.unknown()
            .map(|unknown| Doubt::of(unknown, kind.span(), &format!("holds {word}")))
    };
    let mut found = Vec::new();
    if has("SystemAssigned") != Some(false) {
        found.push(Carried {
            principal: Principal::Of(index),
            evidence: vec![Evidence::stated(
                kind.span(),
                "it has a system-assigned identity",
            )],
            doubts: doubt("SystemAssigned").into_iter().collect(),
        });
    }
    let listed = identity.at("userAssignedIdentities");
    if has("UserAssigned") != Some(false) {
        for member in listed.value().map_or(&[][..], Value::members) {
            if member.value.is_null() {
                continue;
            }
            let short = member.name.rsplit('/').next().unwrap_or(&member.name);
            found.push(Carried {
                principal: principals.by_id(&member.name, resource.file),
                evidence: vec![Evidence::stated(
                    member.name_span,
                    format!("it carries the user-assigned identity `{short}`"),
                )],
                doubts: doubt("UserAssigned").into_iter().collect(),
            });
        }
    }
    found
}

/// What pods of a cluster can act as: the kubelets' identity and those of add-ons, which stand on
/// its nodes. The cluster's own identity belongs to its control plane, where no pod runs.
fn cluster_identities(
    index: ResourceIndex,
    resource: &Resource,
    principals: &Principals<'_>,
) -> Vec<Carried> {
    let properties = resource.properties();
    let mut found = Vec::new();
    let kubelet = properties.path("identityProfile.kubeletidentity");
    if resource.reader().at("identity").value().is_some() || kubelet.value().is_some() {
        found.push(Carried {
            principal: principals.of_profile(index, "kubeletidentity", kubelet),
            evidence: vec![Evidence::assumed(
                kubelet.span(),
                "pods get to the kubelets' identity unless something on the cluster blocks it",
            )],
            doubts: Vec::new(),
        });
    }
    let add_ons = properties.at("addonProfiles");
    for member in add_ons.value().map_or(&[][..], Value::members) {
        let profile = Reader::new(&member.value).at("identity");
        if profile.at("resourceId").value().is_some() {
            found.push(Carried {
                principal: principals.of_profile(index, &member.name, profile),
                evidence: vec![Evidence::stated(
                    profile.span(),
                    format!(
                        "the identity of add-on `{}` stands on its nodes",
                        member.name
                    ),
                )],
                doubts: Vec::new(),
            });
        }
    }
    found
}
