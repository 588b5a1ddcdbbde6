//! Stores of data, secrets, images and messages.

use super::{ANY_DOOR, Capability, at_door, control, data};
use crate::network::identity::power::{Power, Through};

const STORAGE: &str = "Microsoft.Storage/storageAccounts";
const VAULT: &str = "Microsoft.KeyVault/vaults";
const SEARCH: &str = "Microsoft.Search/searchServices";
const REGISTRY: &str = "Microsoft.ContainerRegistry/registries";
const TASK: &str = "Microsoft.ContainerRegistry/registries/tasks";
const COSMOS: &str = "Microsoft.DocumentDB/databaseAccounts";
const SQL: &str = "Microsoft.Sql/servers";
const POSTGRES: &str = "Microsoft.DBforPostgreSQL/flexibleServers";
const MYSQL: &str = "Microsoft.DBforMySQL/flexibleServers";
const SYNAPSE: &str = "Microsoft.Synapse/workspaces";
const EVENT_HUB: &str = "Microsoft.EventHub/namespaces";
const SERVICE_BUS: &str = "Microsoft.ServiceBus/namespaces";
const REDIS: &str = "Microsoft.Cache/Redis";
const REDIS_ENTERPRISE: &str = "Microsoft.Cache/redisEnterprise";
const CONFIGURATION: &str = "Microsoft.AppConfiguration/configurationStores";
const LOGS: &str = "Microsoft.OperationalInsights/workspaces";
const BLOB: Through = Through::Doors(&["blob", "dfs"]);
const FILE: Through = Through::Doors(&["file"]);
const QUEUE: Through = Through::Doors(&["queue"]);
const TABLE_DOOR: Through = Through::Doors(&["table"]);

pub(super) static TABLE: &[Capability] = &[
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/write",
        Power::UseData,
        BLOB,
        "may read and write blobs",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/blobServices/containers/blobs/read",
        Power::UseData,
        BLOB,
        "may read blobs",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/write",
        Power::UseData,
        FILE,
        "may read and write files",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/fileServices/fileshares/files/read",
        Power::UseData,
        FILE,
        "may read files",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/write",
        Power::UseData,
        QUEUE,
        "may read and write queues",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/read",
        Power::UseData,
        QUEUE,
        "may read queues",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/queueServices/queues/messages/add/action",
        Power::UseData,
        QUEUE,
        "may write to queues",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/tableServices/tables/entities/write",
        Power::UseData,
        TABLE_DOOR,
        "may read and write tables",
    ),
    data(
        STORAGE,
        "Microsoft.Storage/storageAccounts/tableServices/tables/entities/read",
        Power::UseData,
        TABLE_DOOR,
        "may read tables",
    ),
    control(
        STORAGE,
        "Microsoft.Storage/storageAccounts/listKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        STORAGE,
        "Microsoft.Storage/storageAccounts/regenerateKey/action",
        Power::ListKeys,
        "may make new keys and read them",
    ),
    control(
        STORAGE,
        "Microsoft.Storage/storageAccounts/listAccountSas/action",
        Power::ListKeys,
        "may have signatures made with its keys",
    ),
    control(
        STORAGE,
        "Microsoft.Storage/storageAccounts/listServiceSas/action",
        Power::ListKeys,
        "may have signatures made with its keys",
    ),
    data(
        VAULT,
        "Microsoft.KeyVault/vaults/secrets/getSecret/action",
        Power::ReadSecrets,
        ANY_DOOR,
        "may read secrets",
    ),
    data(
        VAULT,
        "Microsoft.KeyVault/vaults/secrets/setSecret/action",
        Power::UseData,
        ANY_DOOR,
        "may write secrets",
    ),
    data(
        VAULT,
        "Microsoft.KeyVault/vaults/keys/decrypt/action",
        Power::UseData,
        ANY_DOOR,
        "may use keys",
    ),
    data(
        VAULT,
        "Microsoft.KeyVault/vaults/keys/unwrap/action",
        Power::UseData,
        ANY_DOOR,
        "may use keys",
    ),
    data(
        VAULT,
        "Microsoft.KeyVault/vaults/keys/sign/action",
        Power::UseData,
        ANY_DOOR,
        "may use keys",
    ),
    control(
        VAULT,
        "Microsoft.KeyVault/vaults/accessPolicies/write",
        Power::GrantItself,
        "may write access policies",
    ),
    control(
        VAULT,
        "Microsoft.KeyVault/vaults/write",
        Power::GrantItself,
        "may write access policies",
    ),
    data(
        SEARCH,
        "Microsoft.Search/searchServices/indexes/documents/write",
        Power::UseData,
        ANY_DOOR,
        "may read and write indexes",
    ),
    data(
        SEARCH,
        "Microsoft.Search/searchServices/indexes/documents/read",
        Power::UseData,
        ANY_DOOR,
        "may read indexes",
    ),
    control(
        SEARCH,
        "Microsoft.Search/searchServices/listAdminKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        SEARCH,
        "Microsoft.Search/searchServices/listQueryKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        SEARCH,
        "Microsoft.Search/searchServices/write",
        Power::RunCode,
        "may have its indexers run",
    ),
    at_door(
        REGISTRY,
        "Microsoft.ContainerRegistry/registries/push/write",
        "may pull and push images",
    ),
    at_door(
        REGISTRY,
        "Microsoft.ContainerRegistry/registries/pull/read",
        "may pull images",
    ),
    data(
        REGISTRY,
        "Microsoft.ContainerRegistry/registries/repositories/content/write",
        Power::UseData,
        ANY_DOOR,
        "may pull and push images",
    ),
    data(
        REGISTRY,
        "Microsoft.ContainerRegistry/registries/repositories/content/read",
        Power::UseData,
        ANY_DOOR,
        "may pull images",
    ),
    control(
        REGISTRY,
        "Microsoft.ContainerRegistry/registries/listCredentials/action",
        Power::ListKeys,
        "may list the administrator's password",
    ),
    control(
        REGISTRY,
        "Microsoft.ContainerRegistry/registries/generateCredentials/action",
        Power::ListKeys,
        "may make passwords",
    ),
    control(
        TASK,
        "Microsoft.ContainerRegistry/registries/tasks/write",
        Power::RunCode,
        "may change the task",
    ),
    control(
        COSMOS,
        "Microsoft.DocumentDB/databaseAccounts/listKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        COSMOS,
        "Microsoft.DocumentDB/databaseAccounts/readonlykeys/action",
        Power::ListKeys,
        "may list its read-only keys",
    ),
    control(
        COSMOS,
        "Microsoft.DocumentDB/databaseAccounts/listConnectionStrings/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        COSMOS,
        "Microsoft.DocumentDB/databaseAccounts/sqlRoleAssignments/write",
        Power::GrantItself,
        "may assign itself a data role",
    ),
    control(
        SQL,
        "Microsoft.Sql/servers/administrators/write",
        Power::GrantItself,
        "may make itself the administrator",
    ),
    control(
        SQL,
        "Microsoft.Sql/servers/write",
        Power::GrantItself,
        "may set the administrator's password",
    ),
    control(
        POSTGRES,
        "Microsoft.DBforPostgreSQL/flexibleServers/administrators/write",
        Power::GrantItself,
        "may make itself the administrator",
    ),
    control(
        POSTGRES,
        "Microsoft.DBforPostgreSQL/flexibleServers/write",
        Power::GrantItself,
        "may set the administrator's password",
    ),
    control(
        MYSQL,
        "Microsoft.DBforMySQL/flexibleServers/administrators/write",
        Power::GrantItself,
        "may make itself the administrator",
    ),
    control(
        MYSQL,
        "Microsoft.DBforMySQL/flexibleServers/write",
        Power::GrantItself,
        "may set the administrator's password",
    ),
    control(
        SYNAPSE,
        "Microsoft.Synapse/workspaces/administrators/write",
        Power::GrantItself,
        "may make itself the administrator",
    ),
    control(
        SYNAPSE,
        "Microsoft.Synapse/workspaces/write",
        Power::GrantItself,
        "may set the administrator's password",
    ),
    data(
        EVENT_HUB,
        "Microsoft.EventHub/namespaces/messages/receive/action",
        Power::UseData,
        ANY_DOOR,
        "may receive events",
    ),
    data(
        EVENT_HUB,
        "Microsoft.EventHub/namespaces/messages/send/action",
        Power::UseData,
        ANY_DOOR,
        "may send events",
    ),
    control(
        EVENT_HUB,
        "Microsoft.EventHub/namespaces/authorizationRules/listkeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    data(
        SERVICE_BUS,
        "Microsoft.ServiceBus/namespaces/messages/receive/action",
        Power::UseData,
        ANY_DOOR,
        "may receive messages",
    ),
    data(
        SERVICE_BUS,
        "Microsoft.ServiceBus/namespaces/messages/send/action",
        Power::UseData,
        ANY_DOOR,
        "may send messages",
    ),
    control(
        SERVICE_BUS,
        "Microsoft.ServiceBus/namespaces/authorizationRules/listkeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        REDIS,
        "Microsoft.Cache/redis/listKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    control(
        REDIS,
        "Microsoft.Cache/redis/accessPolicyAssignments/write",
        Power::GrantItself,
        "may assign itself an access policy",
    ),
    control(
        REDIS_ENTERPRISE,
        "Microsoft.Cache/redisEnterprise/databases/listKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    data(
        CONFIGURATION,
        "Microsoft.AppConfiguration/configurationStores/keyValues/write",
        Power::UseData,
        ANY_DOOR,
        "may read and write settings",
    ),
    data(
        CONFIGURATION,
        "Microsoft.AppConfiguration/configurationStores/keyValues/read",
        Power::UseData,
        ANY_DOOR,
        "may read settings",
    ),
    control(
        CONFIGURATION,
        "Microsoft.AppConfiguration/configurationStores/ListKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
    at_door(
        LOGS,
        "Microsoft.OperationalInsights/workspaces/query/read",
        "may read logs",
    ),
    control(
        LOGS,
        "Microsoft.OperationalInsights/workspaces/sharedKeys/action",
        Power::ListKeys,
        "may list its keys",
    ),
];
