//! The doors of storage accounts that speak something else than HTTP: SFTP and NFS.

use super::door;
use super::doubt::{doubt_about, perhaps_refused};
use super::host::suffix;
use super::proof::Proof;
use super::shown::shows;
use super::storage_account::CORE;
use crate::flow::{AccessList, ServiceSet};
use crate::resource::{AuthenticationMode, Door, DoorContext, Setting};
use std::sync::Arc;

/// The door for local users over SFTP, where `isSftpEnabled` opens it or may.
pub(super) fn sftp_door(context: &DoorContext<'_>, admission: &Arc<AccessList>) -> Option<Door> {
    let properties = context.properties();
    let switch = properties.at("isSftpEnabled").boolean();
    if switch.truth(false) == Some(false) {
        return None;
    }
    let users = properties.at("isLocalUserEnabled").boolean();
    let mut proof = Proof::new(context);
    for (mode, property) in [
        (AuthenticationMode::Password, "hasSshPassword"),
        (AuthenticationMode::SshKey, "hasSshKey"),
    ] {
        if users.truth(true) == Some(false) {
            break;
        }
        let has = context
            .of_segment("localUsers")
            .map(|user| user.properties().at(property).boolean())
            .find(|has| has.truth(false) == Some(true));
        proof = match has {
            Some(has) => proof.accept(mode, shows(property, &has, "false")),
            None => proof.perhaps(
                mode,
                "local-users",
                "which local users the account has is not in the inputs",
                "the account's local users",
            ),
        };
    }
    let account = context.resource.short_name();
    Some(door(
        "sftp",
        vec![format!("{account}.blob.{}", suffix(context, CORE))],
        ServiceSet::tcp(22),
        with_switch(context, admission, "isSftpEnabled", &switch),
        &["blob"],
        proof.finish(),
    ))
}

/// The door of NFS 3.0, which knows no other proof than the network.
pub(super) fn nfs_door(context: &DoorContext<'_>, admission: &Arc<AccessList>) -> Option<Door> {
    let switch = context.properties().at("isNfsV3Enabled").boolean();
    if switch.truth(false) == Some(false) {
        return None;
    }
    let proof = Proof::new(context).always(
        AuthenticationMode::NetworkOnly,
        "NFS 3.0 asks for no other proof than the network",
    );
    let account = context.resource.short_name();
    Some(door(
        "nfs",
        vec![format!("{account}.blob.{}", suffix(context, CORE))],
        ServiceSet::tcp(111).union(&ServiceSet::tcp(2048)),
        with_switch(context, admission, "isNfsV3Enabled", &switch),
        &["blob"],
        proof.finish(),
    ))
}

/// `admission`, with everyone perhaps refused before it where `switch` is not known.
fn with_switch(
    context: &DoorContext<'_>,
    admission: &Arc<AccessList>,
    name: &str,
    switch: &Setting<bool>,
) -> Arc<AccessList> {
    if !switch.is_unknown() {
        return Arc::clone(admission);
    }
    let closes = |word: &str| word.eq_ignore_ascii_case("false");
    let doubt = doubt_about(context, switch, name, &["true", "false"], closes);
    perhaps_refused(context, admission, doubt, &shows(name, switch, "false")).into()
}
