//! Blob containers, which answer at their account's blob door.
//!
//! Template reference: `Microsoft.Storage/storageAccounts/blobServices/containers`.
//! Read: `publicAccess`, and everything of the account.
//! Absent: `publicAccess` means None.
//! Not modelled: immutability policies, which bear on deleting only.

use super::doubt::{governed_from_outside, undocumented};
use super::proof::Proof;
use super::{Asset, Coverage, Kind, Zone, door, storage_account};
use crate::flow::ServiceSet;
use crate::resource::{
    AuthenticationMode, Door, DoorContext, Governing, Resource, ResourceId, Setting,
};
use crate::value::Text;

pub(super) static KINDS: &[Kind] = &[Kind {
    resource_type: "Microsoft.Storage/storageAccounts/blobServices/containers",
    display: "Blob container",
    icon: "storage",
    zone: Zone::Hidden,
    asset: Asset::Data,
    coverage: Coverage::Modelled,
    doors: Some(doors),
    governed_by: Some(account),
}];

/// The identifier of the account, two steps up.
fn account(container: &Resource) -> Setting<Text> {
    match container.id.parent().and_then(|service| service.parent()) {
        Some(account) => Setting::Stated(ResourceId::text(&account).clone(), container.span),
        None => Setting::Absent(container.span),
    }
}

fn doors(context: &DoorContext<'_>) -> Vec<Door> {
    match &context.governing {
        Governing::By(account) => {
            let admission = storage_account::firewall(account).into();
            vec![Door {
                authentication: storage_account::container_authentication(
                    account,
                    context.resource,
                ),
                ..storage_account::blob_door(account, admission)
            }]
        }
        Governing::Nothing | Governing::Outside(_) => vec![without_account(context)],
    }
}

fn without_account(context: &DoorContext<'_>) -> Door {
    let span = context.resource.span;
    let level = context.properties().at("publicAccess").text();
    let mut proof = Proof::new(context).always(
        AuthenticationMode::Entra,
        "storage always takes Entra tokens",
    );
    let mut modes = vec![AuthenticationMode::SharedKey, AuthenticationMode::Sas];
    if level.is("None") != Some(true) && !level.is_absent() {
        modes.push(AuthenticationMode::Anonymous);
    }
    for mode in modes {
        proof = proof.doubt(mode, undocumented(span, "the storage account's setting"));
    }
    let name = context
        .resource
        .name
        .split('/')
        .next()
        .unwrap_or("{account}");
    door(
        "blob",
        vec![format!("{name}.blob.core.windows.net")],
        ServiceSet::tcp(443),
        governed_from_outside(context, "the storage account", span),
        &["blob", "blob_secondary"],
        proof.finish(),
    )
}
