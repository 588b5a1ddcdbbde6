//! Where code stands: on which subnets, or in a network of the platform's.

use crate::network::{Interface, InterfaceConfiguration, Reference, Topology};
use crate::resource::{Inventory, Resource, ResourceIndex};

/// A place on a subnet where code stands.
#[derive(Clone, Debug)]
pub(super) enum Standing<'a> {
    /// At this address of this interface.
    Interface(&'a Interface, &'a InterfaceConfiguration),
    /// On this subnet, by no interface of the customer's.
    Subnet(Reference),
}

impl Standing<'_> {
    /// The subnet; `None` where an interface names none.
    pub(super) fn subnet(&self) -> Option<&Reference> {
        match self {
            Self::Interface(_, configuration) => configuration.subnet.as_ref(),
            Self::Subnet(reference) => Some(reference),
        }
    }
}

/// Where the code of a resource stands.
#[derive(Clone, Debug)]
pub(super) enum Place<'a> {
    /// On these subnets alone.
    OnSubnets(Vec<Standing<'a>>),
    /// With the platform, and on these subnets as far as it calls private addresses.
    WithPlatform(Vec<Standing<'a>>),
    /// In the network that the ML workspace at the index manages.
    Managed(ResourceIndex),
}

/// Where a property names a subnet: the type, the path of a list, the path of the identifier, and
/// whether everything that the code sends goes through the subnet.
const SUBNETS: &[(&str, &str, &str, bool)] = &[
    (
        "Microsoft.ContainerService/managedClusters",
        "properties.agentPoolProfiles",
        "vnetSubnetID",
        true,
    ),
    (
        "Microsoft.ContainerInstance/containerGroups",
        "properties.subnetIds",
        "id",
        true,
    ),
    (
        "Microsoft.Web/sites",
        "",
        "properties.virtualNetworkSubnetId",
        false,
    ),
    (
        "Microsoft.Web/sites/slots",
        "",
        "properties.virtualNetworkSubnetId",
        false,
    ),
    (
        "Microsoft.ApiManagement/service",
        "",
        "properties.virtualNetworkConfiguration.subnetResourceId",
        true,
    ),
    (COMPUTE, "", "properties.properties.subnet.id", true),
    (
        "Microsoft.Batch/batchAccounts/pools",
        "",
        "properties.networkConfiguration.subnetId",
        true,
    ),
    (
        "Microsoft.CognitiveServices/accounts",
        "properties.networkInjections",
        "subnetArmId",
        false,
    ),
];

const COMPUTE: &str = "Microsoft.MachineLearningServices/workspaces/computes";
const WORKSPACE: &str = "Microsoft.MachineLearningServices/workspaces";
const MANAGED: &[&str] = &[
    COMPUTE,
    "Microsoft.MachineLearningServices/workspaces/onlineEndpoints",
    "Microsoft.MachineLearningServices/workspaces/batchEndpoints",
];

/// Where the code of the resource at `index` stands.
pub(super) fn place_of<'a>(
    inventory: &Inventory,
    topology: &'a Topology,
    (index, resource): (ResourceIndex, &Resource),
) -> Place<'a> {
    let is = |kind: &str| resource.resource_type.is(kind);
    if is("Microsoft.Compute/virtualMachines") || is("Microsoft.Compute/virtualMachineScaleSets") {
        return Place::OnSubnets(interfaces(inventory, topology, index));
    }
    if is("Microsoft.App/containerApps") || is("Microsoft.App/jobs") {
        return of_environment(inventory, resource);
    }
    let mut found = Vec::new();
    let mut wholly = false;
    for (kind, list, path, all) in SUBNETS {
        if !is(kind) {
            continue;
        }
        let readers = if list.is_empty() {
            vec![resource.reader()]
        } else {
            resource.reader().path(list).items()
        };
        for reader in readers {
            let named = Reference::read_text(inventory, resource.file, reader.path(path));
            if let Some(reference) = named {
                found.push(Standing::Subnet(reference));
                wholly |= all;
            }
        }
    }
    let sends_all = SENDS_ALL
        .iter()
        .any(|path| resource.properties().path(path).boolean().stated() == Some(&true));
    if !found.is_empty() && (wholly || sends_all) {
        return Place::OnSubnets(found);
    }
    if found.is_empty() && MANAGED.iter().any(|kind| is(kind)) {
        let workspace = resource.parent.filter(|parent| {
            inventory
                .get(*parent)
                .is_some_and(|parent| parent.resource_type.is(WORKSPACE))
        });
        if let Some(workspace) = workspace {
            return Place::Managed(workspace);
        }
    }
    Place::WithPlatform(found)
}

/// The switches of an app that send everything through its subnet.
const SENDS_ALL: &[&str] = &[
    "vnetRouteAllEnabled",
    "siteConfig.vnetRouteAllEnabled",
    "outboundVnetRouting.allTraffic",
];

fn interfaces<'a>(
    inventory: &Inventory,
    topology: &'a Topology,
    index: ResourceIndex,
) -> Vec<Standing<'a>> {
    let owners = Interface::of_machine(inventory, index)
        .into_iter()
        .filter_map(|reference| reference.resource())
        .chain(std::iter::once(index));
    let mut found = Vec::new();
    for owner in owners {
        for interface in topology.interfaces.get(&owner).into_iter().flatten() {
            for configuration in &interface.configurations {
                found.push(Standing::Interface(interface, configuration));
            }
        }
    }
    found
}

fn of_environment<'a>(inventory: &Inventory, app: &Resource) -> Place<'a> {
    let properties = app.properties();
    let id = ["managedEnvironmentId", "environmentId"]
        .iter()
        .find_map(|name| properties.at(name).symbol().stated().cloned());
    let environment = id
        .and_then(|id| inventory.find_text(&id, app.file))
        .and_then(|index| inventory.get(index));
    let subnet = environment.and_then(|environment| {
        let id = environment
            .properties()
            .path("vnetConfiguration.infrastructureSubnetId");
        Reference::read_text(inventory, environment.file, id)
    });
    match subnet {
        Some(reference) => Place::OnSubnets(vec![Standing::Subnet(reference)]),
        None => Place::WithPlatform(Vec::new()),
    }
}
