//! Identities, what they may do, and what governs deployments.
//!
//! Template reference: `Microsoft.ManagedIdentity/…`, `Microsoft.Authorization/…`,
//! `Microsoft.Resources/…`.
//! Not modelled: policies' effects; deny assignments, which only Azure makes.

use super::{Coverage, Kind, Zone};

pub(super) static KINDS: &[Kind] = &[
    identity(
        "Microsoft.ManagedIdentity/userAssignedIdentities",
        "Managed identity",
        Coverage::Modelled,
    ),
    Kind::modelled_part(
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials",
        "Federated credential",
    ),
    identity(
        "Microsoft.Authorization/roleAssignments",
        "Role assignment",
        Coverage::Modelled,
    ),
    identity(
        "Microsoft.Authorization/roleDefinitions",
        "Role definition",
        Coverage::Modelled,
    ),
    identity(
        "Microsoft.AAD/domainServices",
        "Domain services",
        Coverage::Shown,
    ),
    Kind::part("Microsoft.Authorization/locks", "Lock"),
    Kind::part(
        "Microsoft.Authorization/policyAssignments",
        "Policy assignment",
    ),
    Kind::part(
        "Microsoft.Authorization/policyDefinitions",
        "Policy definition",
    ),
    Kind::part("Microsoft.Authorization/policySetDefinitions", "Policy set"),
    Kind::part(
        "Microsoft.Authorization/policyExemptions",
        "Policy exemption",
    ),
    Kind::part("Microsoft.Resources/deployments", "Nested deployment"),
    Kind::part("Microsoft.Resources/resourceGroups", "Resource group"),
    Kind::part("Microsoft.Resources/tags", "Tags"),
    Kind::part("Microsoft.Resources/templateSpecs", "Template spec"),
    identity(
        "Microsoft.Resources/deploymentScripts",
        "Deployment script",
        Coverage::Shown,
    ),
    Kind::part("Microsoft.Management/managementGroups", "Management group"),
    Kind::part(
        "Microsoft.ManagedServices/registrationDefinitions",
        "Delegation",
    ),
    Kind::part(
        "Microsoft.ManagedServices/registrationAssignments",
        "Delegation",
    ),
    Kind::part("Microsoft.Portal/dashboards", "Dashboard"),
    Kind::part(
        "Microsoft.Features/featureProviders/subscriptionFeatureRegistrations",
        "Feature",
    ),
];

const fn identity(resource_type: &'static str, display: &'static str, coverage: Coverage) -> Kind {
    Kind {
        resource_type,
        display,
        icon: "managed-identity",
        zone: Zone::Identity,
        coverage,
        ..Kind::SHOWN
    }
}
