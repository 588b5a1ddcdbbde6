//! Who gets to ML computes: `Microsoft.MachineLearningServices/workspaces/computes`.

use super::managed_network::workspace_isolates;
use crate::rule::prelude::*;

/// SL-AML-013.
pub(in crate::rule) static COMPUTE_NODES_WITH_PUBLIC_ADDRESS: Rule = Rule {
    id: "SL-AML-013",
    name: "compute-nodes-with-public-address",
    title: "Compute instance or cluster nodes get public IPs",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["NS-2"],
    references: "atlas: AML.T0049",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the nodes of an instance or a cluster get public addresses.",
        matters: "A node with a public address can be scanned and, through an open port, entered \
            from outside. Training does not need one.",
        pass: "`enableNodePublicIp` is false, or the workspace has a managed network, in which \
            nodes have none.",
        fail: "`enableNodePublicIp` is true or absent, which means true, and the workspace has no \
            managed network.",
        unknown: "The workspace is not in the inputs, or a parameter decides.",
    },
    remedy: Remedy {
        text: "Set `enableNodePublicIp` to false, with the subnet or managed network that this \
            takes.",
        edits: &[set("properties.properties.enableNodePublicIp", "false")],
        cli: "az ml compute create --name <compute> --type amlcompute --enable-node-public-ip \
            false --workspace-name <workspace> --resource-group <group>",
    },
    example: Example {
        fails: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"vmSize": "STANDARD_NC6S_V3",
            "subnet": {"id": "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.Network/virtualNetworks/net/subnets/train"}}}},
            {"type": "Microsoft.MachineLearningServices/workspaces", "apiVersion": "2024-10-01",
            "name": "ml", "properties": {"publicNetworkAccess": "Disabled"}}]"#,
        passes: r#"[{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"vmSize": "STANDARD_NC6S_V3", "enableNodePublicIp": false,
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
            "public-nodes",
            "its nodes get public addresses",
            All(&[
                property(
                    "properties.properties.enableNodePublicIp",
                    IsNot(&["false"]),
                    Means("true"),
                ),
                Unless(&Custom(workspace_isolates)),
            ]),
        )],
    }),
    question: None,
};

/// SL-AML-014.
pub(in crate::rule) static COMPUTE_INSTANCE_SSH_OPEN: Rule = Rule {
    id: "SL-AML-014",
    name: "compute-instance-ssh-open",
    title: "Compute instance SSH open to the internet",
    topic: Topic::AzureMl,
    severity: Critical,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["NS-2", "PA-6"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the instance's SSH port is opened to the outside.",
        matters: "An instance holds a data scientist's tokens, notebooks and mounted data. Its \
            SSH port open to the internet is tried by robots within minutes.",
        pass: "`sshSettings.sshPublicAccess` is `Disabled` or absent, which means that.",
        fail: "`sshSettings.sshPublicAccess` is `Enabled`.",
        unknown: "A parameter decides it, or the kind of compute is not stated.",
    },
    remedy: Remedy {
        text: "Set `sshPublicAccess` to `Disabled` and use the workspace's own terminal.",
        edits: &[set(
            "properties.properties.sshSettings.sshPublicAccess",
            r#""Disabled""#,
        )],
        cli: "az ml compute create --name <instance> --type computeinstance \
            --ssh-public-access-enabled false --workspace-name <workspace> --resource-group \
            <group>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "ComputeInstance",
            "properties": {"vmSize": "STANDARD_DS3_V2",
            "sshSettings": {"sshPublicAccess": "Enabled"}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "ssh",
            "its SSH port is opened to the outside",
            property(
                "properties.properties.sshSettings.sshPublicAccess",
                Is(&["Enabled"]),
                Means("Disabled"),
            ),
        )],
    }),
    question: None,
};

/// SL-AML-015.
pub(in crate::rule) static CLUSTER_LOGIN_PORT_OPEN: Rule = Rule {
    id: "SL-AML-015",
    name: "cluster-login-port-open",
    title: "Compute cluster remote-login port reachable",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Exposure,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["NS-2"],
    references: "",
    safeguard: Some(Safeguard::NetworkExposure),
    page: Page {
        checks: "Whether the remote login port of a cluster's nodes is open to the outside.",
        matters: "It leads to a shell on every node, signed in by password or key, past the \
            workspace.",
        pass: "`remoteLoginPortPublicAccess` is `Disabled`, or `NotSpecified` or absent on a \
            cluster in a subnet or a managed network, where the port is then closed.",
        fail: "It is `Enabled`, which counts as critical, or not specified on a cluster outside \
            any network, where the service opens it, which counts as medium.",
        unknown: "A parameter decides it, or the workspace that could isolate the cluster is not \
            in the inputs.",
    },
    remedy: Remedy {
        text: "Set `remoteLoginPortPublicAccess` to `Disabled`. It can be chosen only when the \
            cluster is made.",
        edits: &[set(
            "properties.properties.remoteLoginPortPublicAccess",
            r#""Disabled""#,
        )],
        cli: "az ml compute create --name <cluster> --type amlcompute --ssh-public-access-enabled \
            false --workspace-name <workspace> --resource-group <group>",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"vmSize": "STANDARD_NC6S_V3",
            "remoteLoginPortPublicAccess": "Enabled"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["AmlCompute"]),
            Open("computeType is required and not there"),
        ),
        parts: &[
            part(
                "open",
                "its login port is open to the outside",
                property(
                    "properties.properties.remoteLoginPortPublicAccess",
                    Is(&["Enabled"]),
                    Means("NotSpecified"),
                ),
            )
            .at(Critical),
            part(
                "open-by-default",
                "its login port is opened, since it stands in no network",
                All(&[
                    property(
                        "properties.properties.remoteLoginPortPublicAccess",
                        Is(&["NotSpecified"]),
                        Means("NotSpecified"),
                    ),
                    property("properties.properties.subnet.id", Empty, AbsentHolds),
                    Unless(&Custom(workspace_isolates)),
                ]),
            )
            .at(Medium),
        ],
    }),
    question: None,
};

/// SL-AML-016.
pub(in crate::rule) static COMPUTE_LOCAL_ACCOUNTS: Rule = Rule {
    id: "SL-AML-016",
    name: "compute-local-accounts",
    title: "ML compute keeps local SSH accounts",
    topic: Topic::AzureMl,
    severity: High,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["IM-1"],
    references: "azure-policy: e96a9a5f-07ca-471b-9bc5-6a0f33cbd68f, \
        a6f9a2d0-cff7-4855-83ad-4cd750666512; psrule: Azure.ML.DisableLocalAuth (AZR-000404)",
    safeguard: Some(Safeguard::Authentication),
    page: Page {
        checks: "Whether an instance or a cluster keeps local accounts for SSH.",
        matters: "A local account is not tied to a person, is not covered by multi-factor sign-in \
            and stays when people leave.",
        pass: "`disableLocalAuth` is true. Other kinds of compute have no such accounts.",
        fail: "It is false or absent, which leaves them on.",
        unknown: "A parameter decides it, or the kind of compute is not stated.",
    },
    remedy: Remedy {
        text: "Set `disableLocalAuth` to true when the compute is made.",
        edits: &[set("properties.disableLocalAuth", "true")],
        cli: "az rest --method put --url <compute id>?api-version=2024-10-01 --body @compute.json \
             # with disableLocalAuth true",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "ComputeInstance", "disableLocalAuth": false,
            "properties": {"vmSize": "STANDARD_DS3_V2"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance", "AmlCompute"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "local-accounts",
            "it keeps local accounts",
            property(
                "properties.disableLocalAuth",
                IsNot(&["true"]),
                Means("false"),
            ),
        )],
    }),
    question: None,
};
