//! The container registry of a workspace.

use crate::evidence::Doubt;
use crate::rule::Ruling;
use crate::rule::prelude::*;

/// SL-AML-029.
pub(in crate::rule) static WORKSPACE_REGISTRY_ADMIN_USER: Rule = Rule {
    id: "SL-AML-029",
    name: "workspace-registry-admin-user",
    title: "Workspace registry still allows its admin user",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["IM-1"],
    references: "atlas: AML.T0010.004",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether the container registry of a workspace still has its shared admin user.",
        matters: "Environments and models are built into that registry. With the admin user's \
            password, anyone pushes an image that every job then runs.",
        pass: "`adminUserEnabled` of the registry is false or absent, which means off.",
        fail: "`adminUserEnabled` of the registry that the workspace names is true.",
        unknown: "The registry is not in the inputs, or a parameter decides.",
    },
    remedy: Remedy {
        text: "Set `adminUserEnabled` to false and let computes pull by identity.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"containerRegistry": "[resourceId('Microsoft.ContainerRegistry/registries', 'images')]"}},
            {"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "sku": {"name": "Premium"},
            "properties": {"adminUserEnabled": true}}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"containerRegistry": "[resourceId('Microsoft.ContainerRegistry/registries', 'images')]"}},
            {"type": "Microsoft.ContainerRegistry/registries", "apiVersion": "2023-07-01",
            "name": "images", "sku": {"name": "Premium"},
            "properties": {"adminUserEnabled": false}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const ADMIN_USER_ON: Condition =
    property("properties.adminUserEnabled", Is(&["true"]), Means("false"));

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let id = scene.properties().at("containerRegistry").symbol();
    let Some(text) = id.stated() else {
        ruling.skip();
        return;
    };
    let inventory = scene.context.inventory;
    let found = inventory.find_text(text, scene.resource.file);
    let answer = match found.and_then(|index| Some((index, inventory.get(index)?))) {
        Some((index, registry)) => ADMIN_USER_ON.ask(&Scene::new(scene.context, index, registry)),
        None => Answer::open(Doubt::outside(
            "registry-outside",
            format!("{}|containerRegistry", scene.resource.id),
            format!(
                "the registry of `{}` is not in the inputs",
                scene.resource.name
            ),
            format!("the template of the registry of `{}`", scene.resource.name),
            id.span(),
        )),
    };
    ruling.judge(
        "admin-user",
        "its container registry has its admin user on",
        answer,
    );
}
