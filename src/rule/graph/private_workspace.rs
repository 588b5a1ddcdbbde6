//! Closed workspaces over open stores.

use crate::evidence::Doubt;
use crate::rule::Ruling;
use crate::rule::exposed::internet_reaches;
use crate::rule::prelude::*;

/// SL-AML-028.
pub(in crate::rule) static PRIVATE_WORKSPACE_PUBLIC_HELPERS: Rule = Rule {
    id: "SL-AML-028",
    name: "private-workspace-public-helpers",
    title: "Private workspace, public helpers",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces"],
    controls: &["NS-2"],
    references: "atlas: AML.T0035",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether what a private workspace rests on, its storage, vault, registry and \
            telemetry, is private too.",
        matters: "The workspace's data is in its storage and its secrets in its vault. A closed \
            workspace over an open account is a locked door beside an open window.",
        pass: "The internet reaches none of the resources that the workspace names. Only \
            workspaces with public access off are asked.",
        fail: "The internet, or every customer of Azure, reaches one of them.",
        unknown: "One of them is not in the inputs, or whether it is reached hangs on an open \
            value.",
    },
    remedy: Remedy {
        text: "Close the linked resource, and give it a private endpoint.",
        edits: &[],
        cli: "az storage account update --name <account> --resource-group <group> \
            --public-network-access Disabled",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"publicNetworkAccess": "Disabled",
            "storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"networkAcls": {"defaultAction": "Allow"}}}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces",
            "apiVersion": "2024-10-01", "name": "ml",
            "properties": {"publicNetworkAccess": "Disabled",
            "storageAccount": "[resourceId('Microsoft.Storage/storageAccounts', 'acct')]"}},
            {"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-05-01",
            "name": "acct", "properties": {"publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

/// What a workspace rests on: the property that names it, and what it is called.
const HELPERS: [(&str, &str); 4] = [
    ("storageAccount", "storage account"),
    ("keyVault", "key vault"),
    ("containerRegistry", "container registry"),
    ("applicationInsights", "telemetry"),
];

const IS_PRIVATE: Condition = property("properties.publicNetworkAccess", Is(&["Disabled"]), Not);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    let private = IS_PRIVATE.ask(scene);
    if private.is_no() {
        ruling.skip();
        return;
    }
    for (name, called) in HELPERS {
        let id = scene.properties().at(name).symbol();
        let Some(text) = id.stated() else { continue };
        let inventory = scene.context.inventory;
        let found = inventory.find_text(text, scene.resource.file);
        let reached = match found {
            Some(index) => internet_reaches(scene.context, index),
            None => Answer::open(Doubt::outside(
                "helper-outside",
                format!("{}|{name}", scene.resource.id),
                format!(
                    "the {called} of `{}` is not in the inputs",
                    scene.resource.name
                ),
                format!("the template of the {called} of `{}`", scene.resource.name),
                id.span(),
            )),
        };
        let helper = found.and_then(|index| inventory.get(index));
        let helper = helper.map_or_else(String::new, |helper| format!(" `{}`", helper.name));
        let says = format!("the internet reaches its {called}{helper}");
        ruling.judge(name, says, private.clone().and(|| reached));
    }
}
