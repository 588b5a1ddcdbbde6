//! Key vaults and managed HSMs.
//!
//! Template reference: `Microsoft.KeyVault/vaults`, `Microsoft.KeyVault/managedHSMs`.
//! Read: `publicNetworkAccess`, `networkAcls`; for who may read what, `enableRbacAuthorization`.
//! Absent: the public side is open to every network; `networkAcls.bypass` means `AzureServices`;
//! `enableRbacAuthorization` means access policies, and role assignments where a template of API
//! version 2026-02-01 or newer creates the vault.
//! Not modelled: nothing that bears on the network.

use super::account_firewall::AccountFirewall;
use super::host::own_host;
use super::proof::Proof;
use super::{Asset, Coverage, Kind, Zone, door};
use crate::flow::ServiceSet;
use crate::input::Mode;
use crate::resource::{AuthenticationMode, Door, DoorContext, Resource};

pub(super) static KINDS: &[Kind] = &[
    Kind {
        resource_type: "Microsoft.KeyVault/vaults",
        display: "Key vault",
        doors: Some(vault_doors),
        ..VAULT
    },
    Kind {
        resource_type: "Microsoft.KeyVault/managedHSMs",
        display: "Managed HSM",
        doors: Some(module_doors),
        ..VAULT
    },
    Kind::part("Microsoft.KeyVault/vaults/secrets", "Secret"),
    Kind::part("Microsoft.KeyVault/vaults/keys", "Key"),
    Kind::part(
        "Microsoft.KeyVault/vaults/accessPolicies",
        "Access policies",
    ),
    Kind::part(
        "Microsoft.KeyVault/vaults/privateEndpointConnections",
        "Private endpoint connection",
    ),
];

const VAULT: Kind = Kind {
    icon: "key-vault",
    zone: Zone::Data,
    asset: Asset::Secret,
    coverage: Coverage::Modelled,
    ..Kind::SHOWN
};

/// How a vault says who may do what.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PermissionModel {
    /// By role assignments.
    RoleAssignments,
    /// By the vault's own `accessPolicies`.
    AccessPolicies,
}

/// How the vault `vault` says who may do what; `None` where that is not known.
///
/// "Prepare for Key Vault API version 2026-02-01 and later": null stays access policies for vaults
/// that exist, and is role assignments where that version or a newer one creates the vault.
pub fn permission_model(vault: &Resource) -> Option<PermissionModel> {
    let by_roles = vault
        .properties()
        .at("enableRbacAuthorization")
        .boolean()
        .truth(
            vault.mode == Mode::Deployment
                && vault
                    .api_version
                    .as_deref()
                    .and_then(|version| version.get(..10))
                    .is_some_and(|date| date >= "2026-02-01"),
        )?;
    Some(if by_roles {
        PermissionModel::RoleAssignments
    } else {
        PermissionModel::AccessPolicies
    })
}

fn vault_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let hosts = own_host(
        context,
        [
            "vault.azure.net",
            "vault.usgovcloudapi.net",
            "vault.azure.cn",
        ],
    );
    vec![main_door(context, hosts, "vault")]
}

fn module_doors(context: &DoorContext<'_>) -> Vec<Door> {
    let hosts = own_host(
        context,
        [
            "managedhsm.azure.net",
            "managedhsm.usgovcloudapi.net",
            "managedhsm.azure.cn",
        ],
    );
    vec![main_door(context, hosts, "managedhsm")]
}

fn main_door(context: &DoorContext<'_>, hosts: Vec<String>, group: &'static str) -> Door {
    let firewall = AccountFirewall {
        bypass_when_absent: Some(true),
        misses_own_region: false,
    };
    let proof =
        Proof::new(context).always(AuthenticationMode::Entra, "a vault takes Entra tokens only");
    door(
        "main",
        hosts,
        ServiceSet::tcp(443),
        firewall.of(context),
        &[group],
        proof.finish(),
    )
}

#[cfg(test)]
mod tests {
    use super::super::tests::resource_of;
    use super::*;

    #[test]
    fn the_permission_model_follows_the_switch_then_the_version_and_mode() {
        use PermissionModel::{AccessPolicies, RoleAssignments};
        for (text, version, mode, want) in [
            ("true", "2023-07-01", Mode::Export, Some(RoleAssignments)),
            (
                "false",
                "2026-02-01",
                Mode::Deployment,
                Some(AccessPolicies),
            ),
            ("null", "2023-07-01", Mode::Deployment, Some(AccessPolicies)),
            ("null", "2023-07-01", Mode::Export, Some(AccessPolicies)),
            (
                "null",
                "2026-02-01",
                Mode::Deployment,
                Some(RoleAssignments),
            ),
            (
                "null",
                "2026-03-01-preview",
                Mode::Deployment,
                Some(RoleAssignments),
            ),
            ("null", "2026-02-01", Mode::Export, Some(AccessPolicies)),
        ] {
            let text = format!(r#"{{"properties": {{"enableRbacAuthorization": {text}}}}}"#);
            let vault = Resource {
                api_version: Some(version.into()),
                mode,
                ..resource_of("Microsoft.KeyVault/vaults", &text)
            };
            assert_eq!(permission_model(&vault), want, "{text} {version} {mode:?}");
        }
    }
}
