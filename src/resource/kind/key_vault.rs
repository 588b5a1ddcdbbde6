//! Key vaults.
//!
//! Template reference: `Microsoft.KeyVault/vaults`.
//! Read: `publicNetworkAccess`, `networkAcls`. The firewall is off by default ("Configure Azure Key
//! Vault networking settings"), and trusted services pass it even where public access is off.
//! Not modelled here: who may do what in the vault, which is identity's business.

use super::{Asset, Coverage, Kind, Zone, firewall};
use crate::evidence::Evidence;
use crate::flow::ServiceSet;
use crate::resource::{Authentication, AuthenticationMode, Door, DoorContext, Placement};

pub(super) static KIND: Kind = Kind {
    resource_type: "Microsoft.KeyVault/vaults",
    display: "Key vault",
    icon: "key-vault",
    zone: Zone::Data,
    asset: Asset::Secret,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    governed_by: None,
};

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    let mut authentication = Authentication::new();
    authentication.accept(
        AuthenticationMode::Entra,
        Evidence::platform(
            context.properties().span(),
            "a vault takes Entra tokens only",
        ),
    );
    vec![Door {
        name: "main".into(),
        hosts: vec![format!("{}.vault.azure.net", context.resource.short_name())],
        services: ServiceSet::tcp(443),
        placement: Placement::Public,
        admission: firewall::account_firewall(context, Some(true)),
        group_ids: vec!["vault".into()],
        authentication,
    }]
}
