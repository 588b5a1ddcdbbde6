//! Networks whose flows nobody logs.

use crate::evidence::{Doubt, Evidence};
use crate::resource::{Resource, ResourceIndex};
use crate::rule::prelude::*;
use crate::rule::{Ruling, Severity};

/// SL-NET-026.
pub(in crate::rule) static FLOW_LOGS_MISSING: Rule = Rule {
    id: "SL-NET-026",
    name: "flow-logs-missing",
    title: "Vnet or NSG flow logs absent or short-lived",
    topic: Topic::Monitoring,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &[
        "Microsoft.Network/networkWatchers/flowLogs",
        "Microsoft.Network/virtualNetworks",
    ],
    controls: &["LT-4"],
    references: "azure-policy: c251913d-7d24-4958-af87-478ed3b9ba41, \
        4c3c6c5f-0d47-4402-99b8-aa543dd8bcee, 27960feb-a23c-4577-8d36-ef8b5f35e0be, \
        b6e2945c-0b7b-40f5-9233-7a5323b5cdc6; checkov: CKV_AZURE_12; kics: \
        564b70f8-41cd-4690-aff8-bb53add86bc9; cis: 7.6; nist: AU-6, AU-6(4), AU-6(5)",
    safeguard: Some(Safeguard::AuditLogs),
    page: Page {
        checks: "Whether flows of a network are logged, and kept for ninety days.",
        matters: "Flow logs tell who talked to whom after something went wrong. They live in a \
            group of their own, so that an export of the workload often does not hold them.",
        pass: "An enabled flow log in the inputs is about the network, one of its subnets or \
            security groups, and keeps for ninety days or for good.",
        fail: "A flow log is off or keeps shorter; or, where the inputs hold other flow logs, \
            none is about the network. Where they hold none at all, that is a note.",
        unknown: "The target, or the retention, is a parameter.",
    },
    remedy: Remedy {
        text: "Turn on virtual network flow logs with ninety days or more.",
        edits: &[],
        cli: "",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "a", "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
            {"type": "Microsoft.Network/networkWatchers/flowLogs", "apiVersion": "2024-05-01",
            "name": "watcher/net", "location": "westeurope",
            "properties": {"targetResourceId": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]",
            "storageId": "/s", "enabled": true, "retentionPolicy": {"days": 7,
            "enabled": true}}}]"#,
        passes: r#"[{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2024-05-01",
            "name": "net", "location": "westeurope",
            "properties": {"addressSpace": {"addressPrefixes": ["10.0.0.0/16"]},
            "subnets": [{"name": "a", "properties": {"addressPrefix": "10.0.1.0/24"}}]}},
            {"type": "Microsoft.Network/networkWatchers/flowLogs", "apiVersion": "2024-05-01",
            "name": "watcher/net", "location": "westeurope",
            "properties": {"targetResourceId": "[resourceId('Microsoft.Network/virtualNetworks', 'net')]",
            "storageId": "/s", "enabled": true, "retentionPolicy": {"days": 90,
            "enabled": true}}}]"#,
    },
    check: Check::Resource(check),
    question: None,
};

const FLOW_LOG: &str = "Microsoft.Network/networkWatchers/flowLogs";
const IS_OFF: Condition = property("properties.enabled", IsNot(&["true"]), Means("false"));
/// Kept for less than ninety days; zero keeps for good.
const IS_SHORT: Condition = All(&[
    property(
        "properties.retentionPolicy.enabled",
        Is(&["true"]),
        Means("false"),
    ),
    property("properties.retentionPolicy.days", Below(90), Means("0")),
    property("properties.retentionPolicy.days", Above(0), Means("0")),
]);

fn check(scene: &Scene<'_>, ruling: &mut Ruling) {
    if scene.resource.resource_type.is(FLOW_LOG) {
        ruling.judge("off", "it is switched off", IS_OFF.ask(scene));
        ruling.judge(
            "short",
            "it is kept for less than ninety days",
            IS_SHORT.ask(scene),
        );
        return;
    }
    let inventory = scene.context.inventory;
    if inventory.of_type(FLOW_LOG).next().is_none() {
        let says = "no flow log is in the inputs; they live in a group of their own";
        let answer = Answer::yes(Evidence::default(scene.resource.span, says));
        let says = "no flow log in view covers it";
        ruling.judge_at("none-in-view", says, Some(Severity::Info), answer);
        return;
    }
    ruling.judge("not-logged", "no flow log covers it", is_unlogged(scene));
}

fn is_unlogged(scene: &Scene<'_>) -> Answer {
    let inventory = scene.context.inventory;
    let mut doubts = Vec::new();
    for (_, log) in inventory.of_type(FLOW_LOG) {
        let target = log.properties().at("targetResourceId");
        let id = target.symbol();
        let found = id.stated().and_then(|id| inventory.find_text(id, log.file));
        match (found, target.text().unknown()) {
            (Some(found), _) if covers(scene, found) => return Answer::No,
            (None, Some(unknown)) => {
                doubts.push(Doubt::of(unknown, target.span(), "targetResourceId"));
            }
            _ => {}
        }
    }
    if doubts.is_empty() {
        let says = "no flow log in the inputs is about it";
        Answer::yes(Evidence::default(scene.resource.span, says))
    } else {
        Answer::Open(doubts)
    }
}

/// Whether a flow log about `target` tells of the network: about itself, a subnet of it, or a
/// security group of a subnet.
fn covers(scene: &Scene<'_>, target: ResourceIndex) -> bool {
    let resource: Option<&Resource> = scene.context.inventory.get(target);
    let within = resource.is_some_and(|one| one.parent == Some(scene.index));
    let by_group = scene.context.topology.subnets.values().any(|subnet| {
        subnet.network == Some(scene.index)
            && subnet
                .network_security_group
                .as_ref()
                .and_then(crate::network::Reference::resource)
                == Some(target)
    });
    target == scene.index || within || by_group
}
