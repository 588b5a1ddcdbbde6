//! What runs code, and identities.

use super::{ANY_DOOR, Capability, control, data};
use crate::network::identity::power::Power;

const MACHINE: &str = "Microsoft.Compute/virtualMachines";
const SCALE_SET: &str = "Microsoft.Compute/virtualMachineScaleSets";
const SITE: &str = "Microsoft.Web/sites";
const SLOT: &str = "Microsoft.Web/sites/slots";
const APP: &str = "Microsoft.App/containerApps";
const JOB: &str = "Microsoft.App/jobs";
const CONTAINER_GROUP: &str = "Microsoft.ContainerInstance/containerGroups";
const CLUSTER: &str = "Microsoft.ContainerService/managedClusters";
const AUTOMATION: &str = "Microsoft.Automation/automationAccounts";
const FACTORY: &str = "Microsoft.DataFactory/factories";
const BATCH: &str = "Microsoft.Batch/batchAccounts";
const WORKFLOW: &str = "Microsoft.Logic/workflows";
const GATEWAY: &str = "Microsoft.ApiManagement/service";
const SCRIPT: &str = "Microsoft.Resources/deploymentScripts";
const STREAM: &str = "Microsoft.StreamAnalytics/streamingjobs";
const IDENTITY: &str = "Microsoft.ManagedIdentity/userAssignedIdentities";

pub(super) static TABLE: &[Capability] = &[
    control(
        MACHINE,
        "Microsoft.Compute/virtualMachines/runCommand/action",
        Power::RunCode,
        "may run commands on it",
    ),
    control(
        MACHINE,
        "Microsoft.Compute/virtualMachines/runCommands/write",
        Power::RunCode,
        "may run commands on it",
    ),
    control(
        MACHINE,
        "Microsoft.Compute/virtualMachines/extensions/write",
        Power::RunCode,
        "may install extensions on it",
    ),
    data(
        MACHINE,
        "Microsoft.Compute/virtualMachines/login/action",
        Power::SignIn,
        ANY_DOOR,
        "may sign in to it",
    ),
    data(
        MACHINE,
        "Microsoft.Compute/virtualMachines/loginAsAdmin/action",
        Power::SignIn,
        ANY_DOOR,
        "may sign in to it as administrator",
    ),
    control(
        SCALE_SET,
        "Microsoft.Compute/virtualMachineScaleSets/virtualMachines/runCommand/action",
        Power::RunCode,
        "may run commands on it",
    ),
    control(
        SCALE_SET,
        "Microsoft.Compute/virtualMachineScaleSets/extensions/write",
        Power::RunCode,
        "may install extensions on it",
    ),
    control(
        SCALE_SET,
        "Microsoft.Compute/virtualMachineScaleSets/write",
        Power::RunCode,
        "may change it",
    ),
    control(
        SITE,
        "Microsoft.Web/sites/publish/Action",
        Power::RunCode,
        "may deploy code to it",
    ),
    control(
        SITE,
        "Microsoft.Web/sites/write",
        Power::RunCode,
        "may change what it runs",
    ),
    control(
        SITE,
        "Microsoft.Web/sites/config/write",
        Power::RunCode,
        "may change what it runs",
    ),
    control(
        SITE,
        "Microsoft.Web/sites/publishxml/action",
        Power::ListKeys,
        "may read its publishing credentials",
    ),
    control(
        SITE,
        "Microsoft.Web/sites/host/listkeys/action",
        Power::ListKeys,
        "may list its function keys",
    ),
    control(
        SITE,
        "Microsoft.Web/sites/config/list/action",
        Power::ReadStored,
        "may read its settings",
    ),
    control(
        SLOT,
        "Microsoft.Web/sites/slots/publish/Action",
        Power::RunCode,
        "may deploy code to it",
    ),
    control(
        SLOT,
        "Microsoft.Web/sites/slots/write",
        Power::RunCode,
        "may change what it runs",
    ),
    control(
        SLOT,
        "Microsoft.Web/sites/slots/config/list/action",
        Power::ReadStored,
        "may read its settings",
    ),
    control(
        APP,
        "Microsoft.App/containerApps/write",
        Power::RunCode,
        "may change what it runs",
    ),
    control(
        APP,
        "Microsoft.App/containerApps/listSecrets/action",
        Power::ReadStored,
        "may read its secrets",
    ),
    control(
        JOB,
        "Microsoft.App/jobs/write",
        Power::RunCode,
        "may change what it runs",
    ),
    control(
        JOB,
        "Microsoft.App/jobs/listSecrets/action",
        Power::ReadStored,
        "may read its secrets",
    ),
    control(
        CONTAINER_GROUP,
        "Microsoft.ContainerInstance/containerGroups/write",
        Power::RunCode,
        "may change what it runs",
    ),
    control(
        CONTAINER_GROUP,
        "Microsoft.ContainerInstance/containerGroups/containers/exec/action",
        Power::RunCode,
        "may run commands on it",
    ),
    control(
        CLUSTER,
        "Microsoft.ContainerService/managedClusters/runcommand/action",
        Power::RunCode,
        "may run commands on it",
    ),
    control(
        CLUSTER,
        "Microsoft.ContainerService/managedClusters/listClusterAdminCredential/action",
        Power::RunCode,
        "may get the cluster administrator's certificate",
    ),
    data(
        CLUSTER,
        "Microsoft.ContainerService/managedClusters/pods/write",
        Power::RunCode,
        ANY_DOOR,
        "may run pods on it",
    ),
    control(
        AUTOMATION,
        "Microsoft.Automation/automationAccounts/runbooks/write",
        Power::RunCode,
        "may change its runbooks",
    ),
    control(
        AUTOMATION,
        "Microsoft.Automation/automationAccounts/jobs/write",
        Power::RunCode,
        "may run its runbooks",
    ),
    control(
        FACTORY,
        "Microsoft.DataFactory/factories/pipelines/write",
        Power::RunCode,
        "may change its pipelines",
    ),
    control(
        BATCH,
        "Microsoft.Batch/batchAccounts/listKeys/action",
        Power::RunCode,
        "may list its keys and run tasks",
    ),
    control(
        BATCH,
        "Microsoft.Batch/batchAccounts/pools/write",
        Power::RunCode,
        "may change its pools",
    ),
    control(
        WORKFLOW,
        "Microsoft.Logic/workflows/write",
        Power::RunCode,
        "may change its steps",
    ),
    control(
        GATEWAY,
        "Microsoft.ApiManagement/service/policies/write",
        Power::RunCode,
        "may change its policies",
    ),
    control(
        GATEWAY,
        "Microsoft.ApiManagement/service/apis/policies/write",
        Power::RunCode,
        "may change its policies",
    ),
    control(
        SCRIPT,
        "Microsoft.Resources/deploymentScripts/write",
        Power::RunCode,
        "may change what it runs",
    ),
    control(
        STREAM,
        "Microsoft.StreamAnalytics/streamingjobs/write",
        Power::RunCode,
        "may change its query",
    ),
    control(
        IDENTITY,
        "Microsoft.ManagedIdentity/userAssignedIdentities/assign/action",
        Power::AttachIdentity,
        "may attach it to a machine",
    ),
    control(
        IDENTITY,
        "Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials/write",
        Power::TrustIssuer,
        "may have it trust an issuer",
    ),
];
