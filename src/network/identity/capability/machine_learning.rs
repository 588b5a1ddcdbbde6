//! AI accounts and ML workspaces.

use super::{ANY_DOOR, Capability, at_door, control, data};
use crate::network::identity::power::Power;

const AI: &str = "Microsoft.CognitiveServices/accounts";
const PROJECT: &str = "Microsoft.CognitiveServices/accounts/projects";
const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const COMPUTE: &str = "Microsoft.MachineLearningServices/workspaces/computes";
const ONLINE: &str = "Microsoft.MachineLearningServices/workspaces/onlineEndpoints";
const BATCH_ENDPOINT: &str = "Microsoft.MachineLearningServices/workspaces/batchEndpoints";
const ML_REGISTRY: &str = "Microsoft.MachineLearningServices/registries";

pub(super) static TABLE: &[Capability] = &[
    data(
        AI,
        "Microsoft.CognitiveServices/accounts/OpenAI/*",
        Power::UseData,
        ANY_DOOR,
        "may call its models",
    ),
    data(
        AI,
        "Microsoft.CognitiveServices/accounts/*",
        Power::UseData,
        ANY_DOOR,
        "may use its data",
    ),
    data(
        AI,
        "Microsoft.CognitiveServices/accounts/AIServices/agents/write",
        Power::RunCode,
        ANY_DOOR,
        "may have agents run",
    ),
    control(
        AI,
        "Microsoft.CognitiveServices/accounts/listKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        AI,
        "Microsoft.CognitiveServices/accounts/regenerateKey/action",
        Power::ListKeys,
        "may make new keys and read them",
    ),
    control(
        AI,
        "Microsoft.CognitiveServices/accounts/connections/listsecrets/action",
        Power::ReadStored,
        "may read the credentials of its connections",
    ),
    data(
        PROJECT,
        "Microsoft.CognitiveServices/accounts/*",
        Power::UseData,
        ANY_DOOR,
        "may use its data",
    ),
    data(
        PROJECT,
        "Microsoft.CognitiveServices/accounts/AIServices/agents/write",
        Power::RunCode,
        ANY_DOOR,
        "may have agents run",
    ),
    control(
        PROJECT,
        "Microsoft.CognitiveServices/accounts/projects/connections/listsecrets/action",
        Power::ReadStored,
        "may read the credentials of its connections",
    ),
    control(
        WORKSPACE,
        "Microsoft.MachineLearningServices/workspaces/jobs/write",
        Power::UseData,
        "may run jobs and use what it holds",
    ),
    control(
        WORKSPACE,
        "Microsoft.MachineLearningServices/workspaces/connections/listsecrets/action",
        Power::ReadStored,
        "may read the credentials of its connections",
    ),
    control(
        WORKSPACE,
        "Microsoft.MachineLearningServices/workspaces/datastores/listSecrets/action",
        Power::ReadStored,
        "may read the credentials of its datastores",
    ),
    control(
        WORKSPACE,
        "Microsoft.MachineLearningServices/workspaces/listKeys/action",
        Power::ReadStored,
        "may list the keys of its storage and registry",
    ),
    control(
        COMPUTE,
        "Microsoft.MachineLearningServices/workspaces/jobs/write",
        Power::RunCode,
        "may run jobs on it",
    ),
    control(
        COMPUTE,
        "Microsoft.MachineLearningServices/workspaces/computes/write",
        Power::RunCode,
        "may change it",
    ),
    control(
        ONLINE,
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/deployments/write",
        Power::RunCode,
        "may deploy code to it",
    ),
    at_door(
        ONLINE,
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/score/action",
        "may call it",
    ),
    control(
        ONLINE,
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/listKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        ONLINE,
        "Microsoft.MachineLearningServices/workspaces/onlineEndpoints/token/action",
        Power::ListKeys,
        "may get a token for it",
    ),
    control(
        BATCH_ENDPOINT,
        "Microsoft.MachineLearningServices/workspaces/batchEndpoints/deployments/write",
        Power::RunCode,
        "may deploy code to it",
    ),
    at_door(
        BATCH_ENDPOINT,
        "Microsoft.MachineLearningServices/workspaces/batchEndpoints/jobs/write",
        "may call it",
    ),
    at_door(
        ML_REGISTRY,
        "Microsoft.MachineLearningServices/registries/assets/read",
        "may read its models",
    ),
];
