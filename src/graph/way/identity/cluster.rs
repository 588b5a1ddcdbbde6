//! What a cluster's own settings leave of rights to run code on it.

use super::right::Why;
use crate::evidence::Doubt;
use crate::network::identity::{Plane, Role};
use crate::resource::{Resource, Setting};

/// The type of clusters.
pub(super) const CLUSTER: &str = "Microsoft.ContainerService/managedClusters";

/// The actions that run code through the control plane, each with the switch that refuses it: "Use
/// command invoke to access a private cluster", "Manage local accounts".
const REFUSED: [(&str, &str); 2] = [
    (
        "Microsoft.ContainerService/managedClusters/runcommand/action",
        "apiServerAccessProfile.disableRunCommand",
    ),
    (
        "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
        "disableLocalAccounts",
    ),
];
/// The actions whose holder undoes the switches.
const UNDOING: [&str; 2] = [
    "Microsoft.ContainerService/managedClusters/write",
    "Microsoft.Authorization/roleAssignments/write",
];

/// Whether the holder of `role` runs code on `cluster` through the control plane; where that hangs on
/// a switch that is not known, `why` gets the doubt.
pub(super) fn lets_run_code(role: &Role, cluster: &Resource, why: &mut Why) -> bool {
    let allows = |action: &str| role.allows(Plane::Control, action);
    if role.open.is_some() || UNDOING.iter().any(|action| allows(action)) {
        return true;
    }
    let mut open = None;
    for (_, switch) in REFUSED.iter().filter(|(action, _)| allows(action)) {
        let refused = cluster.properties().path(switch).boolean();
        match (&refused, refused.truth(false)) {
            (_, Some(false)) => return true,
            (Setting::Unknown(unknown, span), _) => {
                open = Some(Doubt::of(unknown, *span, "is false"));
            }
            _ => {}
        }
    }
    let runs = open.is_some();
    why.doubts.extend(open);
    runs
}
