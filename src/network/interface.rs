//! Network interfaces: of their own, and as machines and scale sets configure them.
//!
//! Template reference: `Microsoft.Network/networkInterfaces`,
//! `Microsoft.Compute/virtualMachines`, `Microsoft.Compute/virtualMachineScaleSets`.

use super::public_address;
use super::{Fact, PartReference, PublicAddressSku, Reference};
use crate::evidence::{Doubt, Evidence};
use crate::flow::{AddressSet, parse_prefix};
use crate::resource::{Inventory, Reader, Resource, ResourceId, ResourceIndex, Setting};
use crate::source::{FileId, Span};
use crate::value::Text;
use std::collections::BTreeMap;
use std::sync::Arc;

/// An interface, read.
#[derive(Clone, Debug)]
pub struct Interface {
    /// The resource that declares it: an interface, a machine, a scale set.
    pub owner: ResourceIndex,
    /// The short name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// Whether a machine or scale set configures it, so that it is no resource of its own.
    pub is_configured: bool,
    /// Whether each instance of a scale set has one like it.
    pub is_per_instance: bool,
    /// The security group.
    pub network_security_group: Option<Reference>,
    /// Whether it passes on packets that are not for it.
    pub ip_forwarding: Setting<bool>,
    /// Its addresses.
    pub configurations: Vec<InterfaceConfiguration>,
}

/// One address of an interface.
#[derive(Clone, Debug)]
pub struct InterfaceConfiguration {
    /// What tells it from every other: the owner's identifier and the names on the way.
    pub key: Text,
    /// The name.
    pub name: Text,
    /// Its text.
    pub span: Span,
    /// The subnet.
    pub subnet: Option<Reference>,
    /// The private address, where the inputs tell it, and its place.
    pub address: Option<(AddressSet, Span)>,
    /// Whether it is an address of IPv6; `None` where that is not known.
    pub is_v6: Option<bool>,
    /// The public address at it.
    pub public_address: Option<PublicAttachment>,
    /// The application security groups by the key of their identifiers: a member for sure, or if a
    /// doubt holds.
    pub groups: BTreeMap<Text, Option<Arc<Doubt>>>,
    /// Why it can be a member of any other group, where it can.
    pub other_groups: Option<Arc<Doubt>>,
    /// The backend pools of load balancers that it is in.
    pub load_balancer_pools: Vec<PartReference>,
    /// The inbound NAT rules, or, of a scale set, pools that lead to it.
    pub inbound_nat: Vec<PartReference>,
    /// The backend pools of application gateways that it is in.
    pub application_gateway_pools: Vec<PartReference>,
}

/// A public address at an interface.
#[derive(Clone, Debug)]
pub enum PublicAttachment {
    /// A resource.
    Address(Reference),
    /// One that each instance of a scale set gets for itself.
    Configured {
        /// The SKU.
        sku: Fact<PublicAddressSku>,
        /// What shows the SKU.
        sku_evidence: Evidence,
        /// The place of the configuration.
        span: Span,
    },
}

/// The type of an interface.
pub(super) const INTERFACE: &str = "Microsoft.Network/networkInterfaces";
/// The type of a machine.
pub(super) const MACHINE: &str = "Microsoft.Compute/virtualMachines";
/// The type of a scale set.
pub(super) const SCALE_SET: &str = "Microsoft.Compute/virtualMachineScaleSets";

impl Interface {
    /// Reads the interface at `index`. `None` where that is no resource.
    pub fn read(inventory: &Inventory, index: ResourceIndex) -> Option<Self> {
        let resource = inventory.get(index)?;
        let name = Text::from(resource.short_name());
        let context = Context {
            inventory,
            owner: index,
            resource,
            is_configured: false,
            is_per_instance: false,
        };
        Some(context.interface(name, resource.span, resource.properties()))
    }

    /// The interfaces that the machine or scale set at `index` configures itself, in order.
    pub fn read_configured(inventory: &Inventory, index: ResourceIndex) -> Vec<Self> {
        let Some(resource) = inventory.get(index) else {
            return Vec::new();
        };
        let is_per_instance = resource.resource_type.is(SCALE_SET);
        let profile = if is_per_instance {
            "virtualMachineProfile.networkProfile"
        } else {
            "networkProfile"
        };
        let context = Context {
            inventory,
            owner: index,
            resource,
            is_configured: true,
            is_per_instance,
        };
        let list = resource
            .properties()
            .path(profile)
            .at("networkInterfaceConfigurations");
        list.items()
            .into_iter()
            .map(|item| {
                let name = item.at("name").symbol();
                let name = name.stated().cloned().unwrap_or_else(|| "interface".into());
                context.interface(name, item.span(), item.at("properties"))
            })
            .collect()
    }

    /// The interfaces that the machine at `index` names, in order.
    pub fn of_machine(inventory: &Inventory, index: ResourceIndex) -> Vec<Reference> {
        inventory.get(index).map_or_else(Vec::new, |machine| {
            let list = machine
                .properties()
                .path("networkProfile.networkInterfaces");
            Reference::read_list(inventory, machine.file, list)
        })
    }
}

/// Whose interface is being read.
struct Context<'a> {
    inventory: &'a Inventory,
    owner: ResourceIndex,
    resource: &'a Resource,
    is_configured: bool,
    is_per_instance: bool,
}

impl Context<'_> {
    fn file(&self) -> FileId {
        self.resource.file
    }

    fn interface(&self, name: Text, span: Span, properties: Reader<'_>) -> Interface {
        let configurations = properties
            .at("ipConfigurations")
            .items()
            .into_iter()
            .enumerate()
            .map(|(at, item)| self.configuration(&name, at, item))
            .collect();
        Interface {
            owner: self.owner,
            network_security_group: Reference::read(
                self.inventory,
                self.file(),
                properties.at("networkSecurityGroup"),
            ),
            ip_forwarding: properties.at("enableIPForwarding").boolean(),
            is_configured: self.is_configured,
            is_per_instance: self.is_per_instance,
            configurations,
            name,
            span,
        }
    }

    fn configuration(
        &self,
        interface: &Text,
        at: usize,
        item: Reader<'_>,
    ) -> InterfaceConfiguration {
        let properties = item.at("properties");
        let name = match item.at("name").symbol() {
            Setting::Stated(name, _) => name,
            _ => format!("ipConfigurations[{at}]").into(),
        };
        let address = properties.at("privateIPAddress").text();
        let version = properties.at("privateIPAddressVersion").text();
        let (groups, other_groups) = memberships(
            self.inventory,
            self.file(),
            properties.at("applicationSecurityGroups"),
        );
        let parts = |member: &str| {
            PartReference::read_list(self.inventory, self.file(), properties.at(member))
        };
        let mut inbound_nat = parts("loadBalancerInboundNatRules");
        inbound_nat.extend(parts("loadBalancerInboundNatPools"));
        InterfaceConfiguration {
            key: format!("{}|{interface}|{name}", self.resource.id.key()).into(),
            name,
            span: item.span(),
            subnet: Reference::read(self.inventory, self.file(), properties.at("subnet")),
            address: address
                .stated()
                .and_then(|text| Some((parse_prefix(text)?, address.span()))),
            is_v6: version.is("IPv6"),
            public_address: self.public_address(properties),
            groups,
            other_groups,
            load_balancer_pools: parts("loadBalancerBackendAddressPools"),
            inbound_nat,
            application_gateway_pools: parts("applicationGatewayBackendAddressPools"),
        }
    }

    fn public_address(&self, properties: Reader<'_>) -> Option<PublicAttachment> {
        let named = properties.at("publicIPAddress");
        if let Some(reference) = Reference::read(self.inventory, self.file(), named) {
            return Some(PublicAttachment::Address(reference));
        }
        let configured = properties.at("publicIPAddressConfiguration");
        configured.value().map(|_| {
            let word = configured.path("sku.name").text();
            let (sku, sku_evidence) = public_address::sku(&word, "public address");
            PublicAttachment::Configured {
                sku,
                sku_evidence,
                span: configured.span(),
            }
        })
    }
}

/// Memberships by the key of the group, and why there may be others.
type Memberships = (BTreeMap<Text, Option<Arc<Doubt>>>, Option<Arc<Doubt>>);

/// The application security groups in a list of objects with an `id`.
pub(super) fn memberships(inventory: &Inventory, file: FileId, list: Reader<'_>) -> Memberships {
    let mut groups = BTreeMap::new();
    let mut other = None;
    match list.list() {
        Setting::Stated(items, _) => {
            for item in items {
                match item.id() {
                    Setting::Stated(id, _) => {
                        let id = inventory.own_id(ResourceId::new(id), file);
                        groups.insert(Text::clone(id.key()), None);
                    }
                    Setting::Absent(_) => {}
                    Setting::Unknown(unknown, span) => {
                        other = Some(Arc::new(Doubt::of(&unknown, span, "names the group")));
                    }
                }
            }
        }
        Setting::Absent(_) => {}
        Setting::Unknown(unknown, span) => {
            other = Some(Arc::new(Doubt::of(&unknown, span, "names the group")));
        }
    }
    (groups, other)
}
