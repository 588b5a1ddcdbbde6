//! Customer-managed keys: who uses which key of which vault.

use crate::resource::{Inventory, Reader, Resource, ResourceIndex};
use crate::source::Span;
use crate::value::Value;

/// One resource's use of a customer-managed key.
#[derive(Clone, Debug)]
pub struct KeyUse {
    /// The resource whose data the key encrypts.
    pub by: ResourceIndex,
    /// Its name.
    pub name: String,
    /// The vault, where it is in the inputs.
    pub vault: Option<ResourceIndex>,
    /// Whether it names a fixed version of the key; `None` where that is not known.
    pub pinned: Option<bool>,
    /// The place that names the key.
    pub span: Span,
}

impl KeyUse {
    /// The statement that the place makes.
    pub fn says(&self) -> String {
        format!("a key in it encrypts `{}`", self.name)
    }
}

/// How a resource type names its key.
enum Naming {
    /// The address of the key, at this path.
    Address(&'static str),
    /// The address of the vault and the key's version, as these members of the object at the path.
    Parts(&'static str, &'static str, &'static str),
    /// The key's address and the vault's identifier, at these paths.
    Vault(&'static str, &'static str),
}

use Naming::{Address, Parts, Vault};

/// Where each type names its key, by its template reference.
const NAMED: [(&str, Naming); 17] = [
    (
        "Microsoft.Storage/storageAccounts",
        Parts("encryption.keyvaultproperties", "keyvaulturi", "keyversion"),
    ),
    (
        "Microsoft.MachineLearningServices/workspaces",
        Vault(
            "encryption.keyVaultProperties.keyIdentifier",
            "encryption.keyVaultProperties.keyVaultArmId",
        ),
    ),
    (
        "Microsoft.CognitiveServices/accounts",
        Parts("encryption.keyVaultProperties", "keyVaultUri", "keyVersion"),
    ),
    (
        "Microsoft.ContainerRegistry/registries",
        Address("encryption.keyVaultProperties.keyIdentifier"),
    ),
    (
        "Microsoft.DocumentDB/databaseAccounts",
        Address("keyVaultKeyUri"),
    ),
    ("Microsoft.Sql/servers", Address("keyId")),
    ("Microsoft.Sql/servers/keys", Address("uri")),
    (
        "Microsoft.BotService/botServices",
        Address("cmekKeyVaultUrl"),
    ),
    (
        "Microsoft.Compute/diskEncryptionSets",
        Vault("activeKey.keyUrl", "activeKey.sourceVault.id"),
    ),
    (
        "Microsoft.DBforPostgreSQL/flexibleServers",
        Address("dataEncryption.primaryKeyURI"),
    ),
    (
        "Microsoft.Databricks/workspaces",
        Parts(
            "encryption.entities.managedServices.keyVaultProperties",
            "keyVaultUri",
            "keyVersion",
        ),
    ),
    (
        "Microsoft.EventHub/namespaces",
        Parts("encryption.keyVaultProperties", "keyVaultUri", "keyVersion"),
    ),
    (
        "Microsoft.ServiceBus/namespaces",
        Parts("encryption.keyVaultProperties", "keyVaultUri", "keyVersion"),
    ),
    (
        "Microsoft.OperationalInsights/clusters",
        Parts("keyVaultProperties", "keyVaultUri", "keyVersion"),
    ),
    (
        "Microsoft.Synapse/workspaces",
        Address("encryption.cmk.key.keyVaultUrl"),
    ),
    (
        "Microsoft.DataFactory/factories",
        Parts("encryption", "vaultBaseUrl", "keyVersion"),
    ),
    (
        "Microsoft.AppConfiguration/configurationStores",
        Address("encryption.keyVaultProperties.keyIdentifier"),
    ),
];

/// Every use of a customer-managed key, in the order of the table and of resources.
pub(super) fn find_key_uses(inventory: &Inventory) -> Vec<KeyUse> {
    let mut uses = Vec::new();
    for (resource_type, naming) in &NAMED {
        for (index, resource) in inventory.of_type(resource_type) {
            if !resource.is_not_deployed() {
                uses.extend(read(inventory, index, resource, naming));
            }
        }
    }
    uses
}

fn read(
    inventory: &Inventory,
    index: ResourceIndex,
    resource: &Resource,
    naming: &Naming,
) -> Option<KeyUse> {
    let properties = resource.properties();
    let (place, pinned, vault) = match naming {
        Address(path) => {
            let place = properties.path(path);
            (place, is_pinned_address(place), None)
        }
        Parts(object, path, version) => {
            // Some types hold a list of keys, of which the first counts.
            let object = properties.path(object);
            let object = object.items().first().copied().unwrap_or(object);
            let version = object.path(version).text();
            let pinned = (!version.is_unknown()).then_some(!version.is_absent());
            (object.path(path), pinned, None)
        }
        Vault(path, vault) => {
            let place = properties.path(path);
            let vault = properties.path(vault).symbol();
            let vault = vault
                .stated()
                .and_then(|id| inventory.find_text(id, resource.file));
            (place, is_pinned_address(place), vault)
        }
    };
    let value = place.value()?;
    Some(KeyUse {
        by: index,
        name: resource.name.to_string(),
        vault: vault.or_else(|| find_vault(inventory, value, resource)),
        pinned,
        span: value.span,
    })
}

/// Whether an address `https://vault/keys/name/version` names a version.
fn is_pinned_address(place: Reader<'_>) -> Option<bool> {
    let address = place.text();
    let text = address.stated()?;
    let path = text.trim_end_matches('/').split("/keys/").nth(1)?;
    Some(path.contains('/'))
}

/// The vault that the address in `value` names.
fn find_vault(inventory: &Inventory, value: &Value, resource: &Resource) -> Option<ResourceIndex> {
    if let Some(unknown) = value.as_unknown() {
        return unknown
            .atoms
            .iter()
            .find_map(|atom| inventory.find_text(&atom.refers_to, resource.file))
            .or_else(|| named_in(inventory, &unknown.symbol, resource));
    }
    named_in(inventory, value.as_str()?, resource)
}

/// The vault whose name is the first label of the host in `text`.
fn named_in(inventory: &Inventory, text: &str, resource: &Resource) -> Option<ResourceIndex> {
    let host = text.split("//").nth(1)?;
    let name = host.split('.').next()?;
    let id = format!("/providers/Microsoft.KeyVault/vaults/{name}");
    inventory.find_text(&id, resource.file)
}
