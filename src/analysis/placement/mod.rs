//! Where resources stand in the networks of the estate, as their own properties say.
//!
//! This is for pictures and panels; what packets may do is the graph's business. Which properties
//! refer to what is one table.

mod property;

use self::property::PROPERTIES;
use crate::resource::{Inventory, Reader, Resource, ResourceId, ResourceIndex, fold_case};
use crate::source::Span;
use std::collections::BTreeMap;

/// What one resource is to another that it names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Relation {
    /// It has an address in the subnet.
    Subnet,
    /// It uses the network interface.
    NetworkInterface,
    /// The public address is its own.
    PublicAddress,
    /// It is a private endpoint of the service.
    PrivateLink,
    /// The security group filters it.
    SecurityGroup,
    /// The route table steers it.
    RouteTable,
    /// The NAT gateway sends for it.
    NatGateway,
    /// It is peered with, or linked to, the virtual network.
    VirtualNetwork,
    /// It is at the other end of a connection.
    Connection,
    /// It spreads over the members of the pool.
    Backend,
    /// It writes its logs there.
    Logs,
    /// It is about the resource: an alert, a setting, a record.
    Concerns,
    /// It sends what it sends out through the subnet, and does not stand there.
    Sends,
    /// The policy holds its rules.
    Policy,
}

/// The resource that a reference leads to.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum End {
    /// One of the inputs.
    Resource(ResourceIndex),
    /// One that is not in the inputs.
    Outside(ResourceId),
}

/// A reference from one resource to another.
#[derive(Clone, Debug)]
pub struct Reference {
    /// The resource that names the other.
    pub from: ResourceIndex,
    /// What the other is to it.
    pub relation: Relation,
    /// The other.
    pub to: End,
    /// Where it is named.
    pub span: Span,
}

/// All references that bear on where things stand, both ways.
#[derive(Debug, Default)]
pub struct Placement {
    references: Vec<Reference>,
    leaving: BTreeMap<(ResourceIndex, Relation), Vec<usize>>,
    arriving: BTreeMap<(ResourceIndex, Relation), Vec<usize>>,
}

impl Placement {
    /// The references of every resource in `inventory` that is or may be deployed, in order.
    /// O(resources · properties of their type).
    pub fn read(inventory: &Inventory) -> Self {
        let mut placement = Self::default();
        for (index, resource) in inventory.iter() {
            if resource.is_not_deployed() {
                continue;
            }
            let name = fold_case(resource.resource_type.as_str());
            for (_, relation, path) in PROPERTIES.iter().filter(|(of, _, _)| *of == name) {
                placement.note(inventory, (index, resource), *relation, path);
            }
            if name.ends_with("/diagnosticsettings") {
                let path = "workspaceId";
                placement.note(inventory, (index, resource), Relation::Logs, path);
            }
        }
        placement.link();
        placement
    }

    /// What `resource` names as its `relation`, in order, each once.
    pub fn of(&self, resource: ResourceIndex, relation: Relation) -> impl Iterator<Item = &End> {
        self.leaving
            .get(&(resource, relation))
            .into_iter()
            .flatten()
            .filter_map(|at| self.references.get(*at))
            .map(|reference| &reference.to)
    }

    /// The resources of the inputs that `resource` names as its `relation`, in order, each once.
    pub fn resources_of(
        &self,
        resource: ResourceIndex,
        relation: Relation,
    ) -> impl Iterator<Item = ResourceIndex> {
        self.of(resource, relation).filter_map(End::resource)
    }

    /// The resources that name `resource` as their `relation`, in order, each once.
    pub fn naming(
        &self,
        resource: ResourceIndex,
        relation: Relation,
    ) -> impl Iterator<Item = ResourceIndex> {
        self.arriving
            .get(&(resource, relation))
            .into_iter()
            .flatten()
            .filter_map(|at| self.references.get(*at))
            .map(|reference| reference.from)
    }

    /// Every reference, in the order of resources.
    pub fn references(&self) -> &[Reference] {
        &self.references
    }

    /// The subnets in which `resource` has an address: its own, else those of its interfaces.
    pub fn subnets(&self, resource: ResourceIndex) -> Vec<&End> {
        let own: Vec<&End> = self.of(resource, Relation::Subnet).collect();
        if !own.is_empty() {
            return own;
        }
        let mut found: Vec<&End> = Vec::new();
        for interface in self.resources_of(resource, Relation::NetworkInterface) {
            for end in self.of(interface, Relation::Subnet) {
                if !found.contains(&end) {
                    found.push(end);
                }
            }
        }
        found
    }

    fn note(
        &mut self,
        inventory: &Inventory,
        (index, resource): (ResourceIndex, &Resource),
        relation: Relation,
        path: &str,
    ) {
        for reader in follow(resource.properties(), path) {
            let symbol = reader.symbol();
            let Some(id) = symbol.stated() else {
                continue;
            };
            let to = find(inventory, &ResourceId::new(id.clone()), resource);
            let known = self.references.iter().rev();
            let mut own = known.take_while(|one| one.from == index);
            if to == End::Resource(index) || own.any(|one| one.relation == relation && one.to == to)
            {
                continue;
            }
            self.references.push(Reference {
                from: index,
                relation,
                to,
                span: symbol.span(),
            });
        }
    }

    fn link(&mut self) {
        for (at, reference) in self.references.iter().enumerate() {
            let key = (reference.from, reference.relation);
            self.leaving.entry(key).or_default().push(at);
            if let End::Resource(to) = reference.to {
                let key = (to, reference.relation);
                self.arriving.entry(key).or_default().push(at);
            }
        }
    }
}

impl End {
    /// The resource, where it is in the inputs.
    pub fn resource(&self) -> Option<ResourceIndex> {
        match self {
            Self::Resource(index) => Some(*index),
            Self::Outside(_) => None,
        }
    }
}

/// The resource that `id` names, or the nearest one that holds it: of a load balancer's pool, the
/// load balancer.
fn find(inventory: &Inventory, id: &ResourceId, named_by: &Resource) -> End {
    let mut here = Some(id.clone());
    while let Some(id) = here {
        if let Some(index) = inventory.find(&id, named_by.file) {
            return End::Resource(index);
        }
        here = id.parent();
    }
    End::Outside(id.clone())
}

/// What stands at the end of `path`; `[]` behind a name takes every item of the list there.
fn follow<'a>(start: Reader<'a>, path: &str) -> Vec<Reader<'a>> {
    let mut here = vec![start];
    for step in path.split('.') {
        here = match step.strip_suffix("[]") {
            None => here.iter().map(|reader| reader.at(step)).collect(),
            Some(name) => here
                .iter()
                .flat_map(|reader| reader.at(name).items())
                .collect(),
        };
    }
    here.retain(|reader| reader.value().is_some());
    here
}

#[cfg(test)]
mod tests {
    use super::super::{Options, analyse};
    use super::*;
    use crate::input::RawFile;

    const TEMPLATE: &str = r#"{"resources": [
        {"type": "Microsoft.Network/virtualNetworks", "name": "net", "properties": {"subnets": [
            {"name": "a", "properties": {"networkSecurityGroup": {"id": "[resourceId('Microsoft.Network/networkSecurityGroups', 'guard')]"}}}]}},
        {"type": "Microsoft.Network/networkSecurityGroups", "name": "guard"},
        {"type": "Microsoft.Network/networkInterfaces", "name": "card", "properties": {"ipConfigurations": [
            {"properties": {"subnet": {"id": "[resourceId('Microsoft.Network/virtualNetworks/subnets', 'net', 'a')]"}}}]}},
        {"type": "Microsoft.Compute/virtualMachines", "name": "vm", "properties": {"networkProfile": {
            "networkInterfaces": [{"id": "[resourceId('Microsoft.Network/networkInterfaces', 'card')]"}]}}},
        {"type": "Microsoft.Network/privateEndpoints", "name": "pe", "properties": {
            "subnet": {"id": "/subscriptions/s/resourceGroups/r/providers/Microsoft.Network/virtualNetworks/far/subnets/b"},
            "privateLinkServiceConnections": [{"properties": {"privateLinkServiceId": "[resourceId('Microsoft.Network/loadBalancers', 'lb')]"}}]}},
        {"type": "Microsoft.Network/loadBalancers", "name": "lb"}
    ]}"#;

    #[test]
    fn machines_stand_where_their_interfaces_do() {
        let file = RawFile::new("a.json", TEMPLATE.as_bytes());
        let analysis = analyse(vec![file], &Options::default());
        let find = |name: &str| {
            let mut all = analysis.inventory.iter();
            all.find(|(_, one)| one.short_name() == name).unwrap().0
        };
        let placement = &analysis.placement;
        assert_eq!(placement.subnets(find("vm")), [&End::Resource(find("a"))]);
        let guards: Vec<_> = placement
            .naming(find("guard"), Relation::SecurityGroup)
            .collect();
        assert_eq!(guards, [find("a")]);
        let targets: Vec<_> = placement
            .resources_of(find("pe"), Relation::PrivateLink)
            .collect();
        assert_eq!(targets, [find("lb")]);
        let far = placement.subnets(find("pe"));
        let End::Outside(far) = far.first().unwrap() else {
            panic!("it is not in the inputs");
        };
        assert_eq!(far.name().unwrap(), "far/b");
    }

    #[test]
    fn the_table_is_in_lower_case_and_knows_its_order() {
        for (of, _, path) in PROPERTIES {
            assert_eq!(*of, of.to_ascii_lowercase());
            assert!(path.split('.').all(|step| !step.is_empty()), "{path}");
        }
    }
}
