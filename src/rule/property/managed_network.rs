//! What a workspace's managed network does for the resources in the workspace.

use crate::evidence::Doubt;
use crate::resource::{Resource, ResourceIndex};
use crate::rule::prelude::*;

const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";

/// The managed network keeps computes off the internet, whatever it lets them call.
const ISOLATES: Condition = property(
    "properties.managedNetwork.isolationMode",
    Is(&["AllowInternetOutbound", "AllowOnlyApprovedOutbound"]),
    Means("Disabled"),
);

/// The managed network lets computes call approved destinations only.
const APPROVES: Condition = property(
    "properties.managedNetwork.isolationMode",
    Is(&["AllowOnlyApprovedOutbound"]),
    Means("Disabled"),
);

/// Whether the resource's workspace has a managed network.
pub(in crate::rule) fn workspace_isolates(scene: &Scene<'_>) -> Answer {
    ask_workspace(scene, &ISOLATES)
}

/// Whether the resource's workspace lets out to approved destinations only.
pub(in crate::rule) fn workspace_approves(scene: &Scene<'_>) -> Answer {
    ask_workspace(scene, &APPROVES)
}

fn ask_workspace(scene: &Scene<'_>, condition: &Condition) -> Answer {
    match governing_workspace(scene) {
        Some((index, workspace)) => condition.ask(&Scene::new(scene.context, index, workspace)),
        None => Answer::open(Doubt::outside(
            "workspace-outside",
            format!("{}|workspace", scene.resource.id),
            format!(
                "the workspace of `{}` is not in the inputs",
                scene.resource.name
            ),
            format!("the template of the workspace of `{}`", scene.resource.name),
            scene.resource.span,
        )),
    }
}

/// The workspace above the resource; of a project its hub, whose network it shares.
fn governing_workspace<'a>(scene: &Scene<'a>) -> Option<(ResourceIndex, &'a Resource)> {
    let (index, workspace) = scene.ancestor(WORKSPACE)?;
    if workspace.reader().at("kind").text().is("Project") != Some(true) {
        return Some((index, workspace));
    }
    let hub = workspace.properties().at("hubResourceId").symbol();
    let inventory = scene.context.inventory;
    let index = inventory.find_text(hub.stated()?, workspace.file)?;
    Some((index, inventory.get(index)?))
}
