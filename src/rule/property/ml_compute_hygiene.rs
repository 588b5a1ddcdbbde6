//! How ML computes are kept.

use crate::rule::prelude::*;

/// SL-AML-018.
pub(in crate::rule) static COMPUTE_INSTANCE_APPS_SHARED: Rule = Rule {
    id: "SL-AML-018",
    name: "compute-instance-apps-shared",
    title: "Compute instance apps shared with the whole workspace",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["PA-7", "IM-6"],
    references: "",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether every user of the workspace may open the apps on a person's instance.",
        matters: "Notebooks on the instance run with its owner's sign-in and the instance's \
            identity. Shared, a colleague's mistake runs as the owner.",
        pass: "`applicationSharingPolicy` is `Personal`.",
        fail: "It is `Shared` or absent, which means that.",
        unknown: "A parameter decides it, or the kind of compute is not stated.",
    },
    remedy: Remedy {
        text: "Set `applicationSharingPolicy` to `Personal` and name the owner in \
            `personalComputeInstanceSettings`.",
        edits: &[set(
            "properties.properties.applicationSharingPolicy",
            r#""Personal""#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "ComputeInstance",
            "properties": {"vmSize": "STANDARD_DS3_V2", "applicationSharingPolicy": "Shared"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "shared",
            "its apps are shared with the whole workspace",
            property(
                "properties.properties.applicationSharingPolicy",
                IsNot(&["Personal"]),
                Means("Shared"),
            ),
        )],
    }),
    question: None,
};

/// SL-AML-019.
pub(in crate::rule) static COMPUTE_INSTANCE_NEVER_IDLES: Rule = Rule {
    id: "SL-AML-019",
    name: "compute-instance-never-idles",
    title: "Compute instance never idles down",
    topic: Topic::AzureMl,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["AM-4"],
    references: "azure-policy: 679ddf89-ab8f-48a5-9029-e76054077449; psrule: \
        Azure.ML.ComputeIdleShutdown (AZR-000403); atlas: AML.T0034",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Whether an instance shuts down after a time without use.",
        matters: "A forgotten instance costs money and stays a signed-in foothold, unpatched, for \
            months.",
        pass: "`idleTimeBeforeShutdown` is set.",
        fail: "It is absent or empty, which means never.",
        unknown: "A parameter decides it, or the kind of compute is not stated.",
    },
    remedy: Remedy {
        text: "Set `idleTimeBeforeShutdown`, for example to `PT1H`.",
        edits: &[set(
            "properties.properties.idleTimeBeforeShutdown",
            r#""PT1H""#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "ComputeInstance",
            "properties": {"vmSize": "STANDARD_DS3_V2"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "never",
            "it never shuts down by itself",
            property(
                "properties.properties.idleTimeBeforeShutdown",
                Empty,
                AbsentHolds,
            ),
        )],
    }),
    question: None,
};

/// SL-AML-020.
pub(in crate::rule) static COMPUTE_INSTANCE_IMAGE_BEHIND: Rule = Rule {
    id: "SL-AML-020",
    name: "compute-instance-image-behind",
    title: "Compute instance image behind",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["PV-6", "PV-2"],
    references: "azure-policy: f110a506-2dcb-422e-bcea-d533fc8c35e2",
    safeguard: Some(Safeguard::Configuration),
    page: Page {
        checks: "Whether a running instance uses the latest image of its operating system.",
        matters: "Instances are not patched in place; an old image keeps the holes that newer \
            ones have closed.",
        pass: "`osImageMetadata.isLatestOsImageVersion` is true. A template to be deployed gets \
            the latest image and passes.",
        fail: "An export reports `osImageMetadata.isLatestOsImageVersion` as false.",
        unknown: "The export does not report it; the studio and the list of computes do.",
    },
    remedy: Remedy {
        text: "Recreate the instance; its files live in the workspace's storage and stay.",
        edits: &[set(
            "properties.properties.osImageMetadata.isLatestOsImageVersion",
            "true",
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "ComputeInstance",
            "properties": {"vmSize": "STANDARD_DS3_V2",
            "osImageMetadata": {"currentImageVersion": "23.01.01",
            "latestImageVersion": "24.06.01", "isLatestOsImageVersion": false}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "behind",
            "its image is behind",
            property(
                "properties.properties.osImageMetadata.isLatestOsImageVersion",
                Is(&["false"]),
                InExport(&Open("the export does not report the image"), &Not),
            ),
        )],
    }),
    question: None,
};

/// SL-AML-021.
pub(in crate::rule) static COMPUTE_INSTANCE_UNREVIEWED_SCRIPT: Rule = Rule {
    id: "SL-AML-021",
    name: "compute-instance-unreviewed-script",
    title: "Compute instance start-up script runs inline or remote code",
    topic: Topic::AzureMl,
    severity: Low,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["PV-3"],
    references: "atlas: AML.T0011.000",
    safeguard: Some(Safeguard::ModelIntegrity),
    page: Page {
        checks: "Whether a script that runs at an instance's creation or start stands in the \
            template or comes from elsewhere.",
        matters: "It runs with root rights at each start. Inline it is reviewed by nobody who \
            reviews code; from an outside address it is whatever that address serves today.",
        pass: "The scripts come from the workspace's own storage, or there are none.",
        fail: "A script's source is `inline` or anything but `workspaceStorage`.",
        unknown: "The scripts, or a source, are a parameter.",
    },
    remedy: Remedy {
        text: "Keep the script under review in the workspace's storage and refer to it.",
        edits: &[set(
            "properties.properties.setupScripts.scripts.startupScript",
            r#"{"scriptSource": "workspaceStorage", "scriptData": "Users/admin/setup.sh"}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "ComputeInstance",
            "properties": {"setupScripts": {"scripts": {"startupScript": {"scriptSource": "inline",
            "scriptData": "Y3VybCBodHRwczovL2V4YW1wbGUub3JnL3NldHVwLnNo"}}}}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "unreviewed",
            "a script runs on it that does not come from the workspace",
            AnyItem(
                "properties.properties.setupScripts.scripts",
                &property("scriptSource", IsNot(&["workspaceStorage"]), Not),
            ),
        )],
    }),
    question: None,
};

/// SL-AML-022.
pub(in crate::rule) static COMPUTE_WITHOUT_IDENTITY: Rule = Rule {
    id: "SL-AML-022",
    name: "compute-without-identity",
    title: "Compute has no managed identity, so jobs borrow keys",
    topic: Topic::AzureMl,
    severity: Medium,
    follows: Follows::Nothing,
    decided_from: Template,
    responsibility: Customer,
    resource_types: &["Microsoft.MachineLearningServices/workspaces/computes"],
    controls: &["IM-3"],
    references: "",
    safeguard: Some(Safeguard::LeastPrivilege),
    page: Page {
        checks: "Whether an instance or a cluster has an identity of its own.",
        matters: "Without one, jobs reach data with stored keys or with the rights of whoever \
            started them.",
        pass: "`identity.type` names a system-assigned or a user-assigned identity.",
        fail: "`identity.type` is absent or `None`.",
        unknown: "A parameter decides it, or the kind of compute is not stated.",
    },
    remedy: Remedy {
        text: "Give the compute a user-assigned identity with the roles that its jobs need.",
        edits: &[set(
            "identity",
            r#"{"type": "UserAssigned", "userAssignedIdentities": {"/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rg/providers/Microsoft.ManagedIdentity/userAssignedIdentities/train": {}}}"#,
        )],
        cli: "",
    },
    example: Example {
        fails: r#"{"type": "Microsoft.MachineLearningServices/workspaces/computes",
            "apiVersion": "2024-10-01", "name": "ml/trainer",
            "properties": {"computeType": "AmlCompute",
            "properties": {"vmSize": "STANDARD_NC6S_V3"}}}"#,
        passes: "",
    },
    check: Check::Property(&PropertyCheck {
        applies: property(
            "properties.computeType",
            Is(&["ComputeInstance", "AmlCompute"]),
            Open("computeType is required and not there"),
        ),
        parts: &[part(
            "no-identity",
            "it has no identity",
            property("identity.type", Is(&["None"]), Means("None")),
        )],
    }),
    question: None,
};
