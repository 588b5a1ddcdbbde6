//! Small estates and questions about them.

use crate::common::{errors, inputs, template};
use sightline::arm::{Environment, TypedParameters, evaluate_inputs};
use sightline::graph::{Foothold, Model, Node, NodeId, build_model};
use sightline::network::Topology;
use sightline::reachability::{Path, Question, find_paths, search};
use sightline::resource::{Inventory, Places, ResourceIndex};

/// An estate as the engine sees it.
pub(crate) struct Estate {
    pub(crate) inventory: Inventory,
    pub(crate) model: Model,
}

/// Whether something is surely, perhaps or surely not reached.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Reached {
    Surely,
    Perhaps,
    Not,
}

/// The estate of the files.
pub(crate) fn estate(files: &[(&str, &str)]) -> Estate {
    let inputs = inputs(files);
    assert!(inputs.rejected.is_empty(), "{:?}", inputs.rejected);
    let evaluation = evaluate_inputs(&inputs, &Environment::default(), &TypedParameters::new());
    assert_eq!(errors(&evaluation), [""; 0]);
    let inventory = Inventory::build(&inputs, &evaluation);
    let topology = Topology::read(&inventory);
    let model = build_model(&inventory, &topology, &Places::default());
    Estate { inventory, model }
}

/// The estate of one template with these resources and parameters.
pub(crate) fn of(parameters: &str, resources: &str) -> Estate {
    let text = template(&format!(
        r#""parameters": {{{parameters}}}, "resources": [{resources}]"#
    ));
    estate(&[("t.json", &text)])
}

impl Estate {
    /// The resource whose full name is `name`.
    pub(crate) fn index(&self, name: &str) -> ResourceIndex {
        let found: Vec<_> = self
            .inventory
            .iter()
            .filter(|(_, resource)| &*resource.name == name)
            .map(|(index, _)| index)
            .collect();
        assert_eq!(found.len(), 1, "{name}");
        found[0]
    }

    pub(crate) fn node(&self, node: &Node) -> Option<NodeId> {
        self.model.find(node)
    }

    /// How `to` is reached by whoever runs code on `from`.
    pub(crate) fn by_code(&self, from: &str, to: &str) -> Reached {
        self.reached(Foothold::At(self.index(from)), &Node::Data(self.index(to)))
    }

    pub(crate) fn reached(&self, from: Foothold, to: &Node) -> Reached {
        let Some(target) = self.node(to) else {
            return Reached::Not;
        };
        let bounds = search(&self.model, &Question::from_foothold(from)).at(target);
        match (bounds.must.is_empty(), bounds.may.is_empty()) {
            (false, _) => Reached::Surely,
            (true, false) => Reached::Perhaps,
            (true, true) => Reached::Not,
        }
    }

    pub(crate) fn paths(&self, from: Foothold, to: &Node) -> Vec<Path> {
        let target = self.node(to).unwrap();
        find_paths(&self.model, &Question::from_foothold(from), target)
    }

    /// The codes of the doubts on which the ways from code on `from` to the data of `to` hang.
    pub(crate) fn doubts(&self, from: &str, to: &str) -> Vec<&'static str> {
        let paths = self.paths(Foothold::At(self.index(from)), &Node::Data(self.index(to)));
        let mut codes: Vec<_> = paths
            .iter()
            .flat_map(|path| &path.doubts)
            .map(|doubt| doubt.code)
            .collect();
        codes.sort_unstable();
        codes.dedup();
        codes
    }
}

/// A network `net` with subnets `a` (10.0.1.0/24) and `b` (10.0.2.0/24).
pub(crate) fn network(name: &str, a: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.Network/virtualNetworks", "apiVersion": "2023-05-01", "name": "{name}",
        "location": "x", "properties": {{"addressSpace": {{"addressPrefixes": ["10.0.0.0/16"]}},
        "subnets": [{{"name": "a", "properties": {{"addressPrefix": "10.0.1.0/24"{a}}}}},
                    {{"name": "b", "properties": {{"addressPrefix": "10.0.2.0/24"}}}}]}}}}"#
    )
}

/// A machine on a subnet, with `identity`, a member of its declaration with a comma behind.
pub(crate) fn machine(name: &str, net: &str, subnet: &str, identity: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.Network/networkInterfaces", "apiVersion": "2023-05-01", "name": "{name}-nic",
        "location": "x", "properties": {{"ipConfigurations": [{{"name": "c", "properties": {{
            "subnet": {{"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', '{net}', '{subnet}')]"}}}}}}]}}}},
        {{"type": "Microsoft.Compute/virtualMachines", "apiVersion": "2023-03-01", "name": "{name}",
        "location": "x", {identity} "properties": {{"networkProfile": {{"networkInterfaces": [
            {{"id": "[resourceId('Microsoft.Network/networkInterfaces', '{name}-nic')]"}}]}}}}}}"#
    )
}

pub(crate) const SYSTEM: &str = r#""identity": {"type": "SystemAssigned"},"#;

/// A storage account with these properties.
pub(crate) fn storage(name: &str, properties: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.Storage/storageAccounts", "apiVersion": "2023-01-01", "name": "{name}",
        "location": "x", "kind": "StorageV2", "sku": {{"name": "Standard_LRS"}},
        "properties": {{{properties}}}}}"#
    )
}

/// A role on a resource: the expression of its scope, that of the principal, and the role's GUID.
pub(crate) fn role(name: &str, scope: &str, principal: &str, guid: &str) -> String {
    format!(
        r#"{{"type": "Microsoft.Authorization/roleAssignments", "apiVersion": "2022-04-01",
        "name": "{name}", "scope": "{scope}", "properties": {{"principalId": "{principal}",
        "roleDefinitionId": "[subscriptionResourceId('Microsoft.Authorization/roleDefinitions', '{guid}')]"}}}}"#
    )
}

/// The expression of the object identifier of a machine's own identity.
pub(crate) fn own(machine: &str) -> String {
    format!(
        "[reference(resourceId('Microsoft.Compute/virtualMachines', '{machine}'), '2023-03-01', 'Full').identity.principalId]"
    )
}

/// The expression of the identifier of a storage account.
pub(crate) fn account(name: &str) -> String {
    format!("[resourceId('Microsoft.Storage/storageAccounts', '{name}')]")
}

pub(crate) const BLOB_READER: &str = "2a2b9908-6ea1-4ae2-8e65-a410df84e7d1";
