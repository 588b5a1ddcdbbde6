//! Networks around ML computes.

use super::managed_network::workspace_isolates;
use crate::evidence::Evidence;
use crate::rule::prelude::*;

/// SL-AML-017.
pub(in crate::rule) static COMPUTE_OUTSIDE_NETWORK: Rule = Rule {
    id: "SL-AML-017",
    name: "compute-outside-network",
    title: "ML compute outside any vnet",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["NS-1", "NS-2"],
    references: "azure-policy: 7804b5c7-01dc-4723-969b-ae300cc07ff1; psrule: Azure.ML.ComputeVnet \
        (AZR-000405)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether an instance or a cluster stands in a subnet of yours or in the \
            workspace's managed network.",
        matters: "Outside both, nodes talk to storage and to the world over addresses that \
            nothing filters. Other tools report every compute without a subnet, also those that a \
            managed network isolates; this rule does not.",
        pass: "`subnet.id` is set, or the workspace has a managed network.",
        fail: "There is no subnet and the workspace's managed network is off.",
        unknown: "The workspace is not in the inputs, or a parameter decides.",
    },
    remedy: Remedy {
        text: "Give the workspace a managed network, or the compute a subnet.",
        edits: &[set(
            "properties.properties.subnet.id",
            r#""/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/train""#,
        )],
        cli: "az ml compute create --name <compute> --type amlcompute --vnet-name <network> \
            --subnet <subnet> --workspace-name <workspace> --resource-group <group>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"vmSize": "STANDARD_NC6S_V3"}}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled"}}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"vmSize": "STANDARD_NC6S_V3",
            "subnet": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/train"}}}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled"}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance", "AmlCompute"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "outside",
            "it stands in no network",
            All(&[
                property("properties.properties.subnet.id", Empty, AbsentHolds),
                Unless(&Custom(workspace_isolates)),
            ]),
        )],
    }),
    question: None,
};

/// SL-AML-030.
pub(in crate::rule) static ML_SUBNET_WITHOUT_SECURITY_GROUP: Rule = Rule {
    id: "SL-AML-030",
    name: "ml-subnet-without-security-group",
    title: "ML compute or inference subnet has no NSG",
    topic: Topic::Network,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Graph,
    responsibility: Customer,
    resource_types: &["Microsoft.Network/virtualNetworks/subnets"],
    controls: &["NS-1"],
    references: "azure-policy: e71308d3-144b-4262-b144-efdc3cc90517; psrule: Azure.VNET.UseNSGs \
        (AZR-000263); nist: AC-4, SC-7, SC-7(3)",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether a subnet in which models are trained or served has a security group.",
        matters: "Training code and model servers are the least trusted code in the network; \
            without a security group they reach all of it, and all of it reaches them.",
        pass: "`networkSecurityGroup.id` is set. Only subnets that ML computes, Kubernetes \
            clusters, container app environments or Foundry agents use are asked.",
        fail: "There is no security group on such a subnet.",
        unknown: "A parameter decides whether there is one.",
    },
    remedy: Remedy {
        text: "Attach a security group that allows what the service needs.",
        edits: &[],
        cli: "az network vnet subnet update --vnet-name <network> --resource-group <group> --name \
            <subnet> --network-security-group <security group>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2024-05-01",
            "name": "net/train", "properties": {"addressPrefix": "10.0.2.0/24"}},
            {"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'train')]"}}}}]"#,
        passes: r#"[{"type": "Microsoft.Network/virtualNetworks/subnets", "apiVersion": "2024-05-01",
            "name": "net/train", "properties": {"addressPrefix": "10.0.2.0/24",
            "networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'train')]"}}},
            {"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'train')]"}}}}]"#,
    },
    check: Check::Property(&PropertyCheck {
        applies: Custom(is_used_for_models),
        parts: &[part(
            "none",
            "models run in it and it has no security group",
            property("properties.networkSecurityGroup.id", Empty, AbsentHolds),
        )],
    }),
    question: None,
};

/// Whether models are trained or served in the subnet.
fn is_used_for_models(scene: &Scene<'_>) -> Answer {
    match scene.context.relations.model_hosts_in(scene.index).first() {
        Some((host, span)) => {
            let name = scene
                .context
                .inventory
                .get(*host)
                .map_or("", |host| &host.name);
            Answer::yes(Evidence::stated(*span, format!("`{name}` stands in it")))
        }
        None => Answer::No,
    }
}
