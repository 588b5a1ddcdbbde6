//! Which resource is drawn, and what stands for one that is not.

use super::{Layer, SceneOptions};
use crate::analysis::{Analysis, Landmark, Relation};
use crate::diagram::{NodeId, Zone};
use crate::reachability::{Path, Verdict};
use crate::resource::kind::Coverage;
use crate::resource::{self, Resource, ResourceIndex, fold_case};
use crate::view::Appearance;
use std::collections::BTreeSet;

/// What a resource is in the picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Role {
    /// A box, in a column or the band unless a subnet holds it.
    Box(Zone),
    /// A frame: a virtual network or a subnet.
    Frame,
    /// Part of another resource, which stands for it.
    In(ResourceIndex),
    /// Not drawn, and why not.
    Hidden(Hidden),
}

/// Why a resource is not drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Hidden {
    /// It stands on the header of a subnet, or in a description.
    Badge,
    /// Its layer is off.
    Identity,
    /// Its layer is off.
    Monitoring,
    /// Its layer is off.
    Dns,
    /// Its layer is off.
    Egress,
    /// It is not deployed.
    NotDeployed,
    /// It is a part, a setting or a record of something.
    Part,
}

/// The role of every resource.
#[derive(Debug)]
pub(super) struct Cast<'a> {
    pub(super) analysis: &'a Analysis,
    roles: Vec<Role>,
    /// The resources on paths that are drawn.
    on_path: BTreeSet<ResourceIndex>,
}

/// How many resources stand for one another in a row: an address for an interface for a machine.
const DEPTH: usize = 6;

/// Types on headers, in lower case.
const BADGES: [&str; 4] = [
    "microsoft.network/networksecuritygroups",
    "microsoft.network/routetables",
    "microsoft.network/applicationsecuritygroups",
    "microsoft.network/networksecurityperimeters",
];

/// Types that are drawn by what they do, in lower case: policies, connections, prefixes.
const PAPERWORK: [&str; 6] = [
    "microsoft.network/firewallpolicies",
    "microsoft.network/publicipprefixes",
    "microsoft.network/localnetworkgateways",
    "microsoft.network/connections",
    "microsoft.network/virtualwans",
    "microsoft.insights/privatelinkscopes",
];

impl<'a> Cast<'a> {
    /// The roles in `analysis` under `options`. O(resources + hops).
    pub(super) fn new(analysis: &'a Analysis, options: &SceneOptions, paths: &[&Path]) -> Self {
        let mut cast = Self {
            analysis,
            roles: vec![Role::Hidden(Hidden::Part); analysis.inventory.resources().len()],
            on_path: on_paths(analysis, paths),
        };
        for (index, resource) in analysis.inventory.iter() {
            let role = cast.role_of(index, resource, options);
            if let Some(slot) = cast.roles.get_mut(index.index()) {
                *slot = role;
            }
        }
        cast
    }

    /// The role of `index`.
    pub(super) fn role(&self, index: ResourceIndex) -> Role {
        let role = self.roles.get(index.index());
        role.copied().unwrap_or(Role::Hidden(Hidden::Part))
    }

    /// Every resource with its role, in order.
    pub(super) fn iter(&self) -> impl Iterator<Item = (ResourceIndex, &'a Resource, Role)> {
        let roles = self.roles.clone();
        self.analysis
            .inventory
            .iter()
            .zip(roles)
            .map(|((index, resource), role)| (index, resource, role))
    }

    /// The box or frame that stands for `index`; `None` where nothing does.
    pub(super) fn stand_in(&self, index: ResourceIndex) -> Option<ResourceIndex> {
        let mut here = index;
        for _ in 0..DEPTH {
            match self.role(here) {
                Role::Box(_) | Role::Frame => return Some(here),
                Role::In(other) => here = other,
                Role::Hidden(_) => return None,
            }
        }
        None
    }

    /// The identity of the box or frame that stands for `landmark`.
    pub(super) fn node_of(&self, landmark: Option<Landmark<'_>>) -> Option<NodeId> {
        match landmark? {
            Landmark::Internet => Some(NodeId::from("internet")),
            Landmark::OnPremises => Some(NodeId::from("on-premises")),
            Landmark::Outside(id) => Some(NodeId::from(id)),
            Landmark::Resource(index) => self.node(self.stand_in(index)?),
        }
    }

    /// The identity of the box or frame of `index`.
    pub(super) fn node(&self, index: ResourceIndex) -> Option<NodeId> {
        let resource = self.analysis.inventory.get(index)?;
        Some(NodeId::from(resource.id.as_str()))
    }

    fn role_of(&self, index: ResourceIndex, resource: &Resource, options: &SceneOptions) -> Role {
        let name = fold_case(resource.resource_type.as_str());
        let forced = self.on_path.contains(&index);
        if resource.is_not_deployed() {
            return Role::Hidden(Hidden::NotDeployed);
        }
        match &*name {
            "microsoft.network/virtualnetworks" | "microsoft.network/virtualnetworks/subnets" => {
                return Role::Frame;
            }
            "microsoft.network/networkinterfaces" => return self.interface(index, forced),
            "microsoft.network/publicipaddresses" => return self.public_address(index, forced),
            "microsoft.network/natgateways" => {
                return if options.shows(Layer::Egress) || forced {
                    Role::Box(Zone::Edge)
                } else {
                    Role::Hidden(Hidden::Egress)
                };
            }
            "microsoft.network/privatednszones" => {
                return if options.shows(Layer::Dns) || forced {
                    Role::Box(Zone::Band)
                } else {
                    Role::Hidden(Hidden::Dns)
                };
            }
            "microsoft.network/loadbalancers" if self.is_internal(index) => {
                return Role::Box(Zone::Network);
            }
            other if BADGES.contains(&other) => return Role::Hidden(Hidden::Badge),
            other if PAPERWORK.contains(&other) => return Role::Hidden(Hidden::Part),
            other if other.contains("/privatednszones/") || other.ends_with("dnszonegroups") => {
                return Role::Hidden(Hidden::Dns);
            }
            other if other.starts_with("microsoft.authorization/") => {
                return Role::Hidden(Hidden::Identity);
            }
            _ => {}
        }
        self.by_kind(index, resource, options)
    }

    fn by_kind(&self, index: ResourceIndex, resource: &Resource, options: &SceneOptions) -> Role {
        let forced = self.on_path.contains(&index);
        let kind = resource.kind();
        match Appearance::of(resource).zone {
            Some(Zone::Band) => {
                let is_identity = kind.is_some_and(|kind| kind.zone == resource::Zone::Identity);
                let (shown, hidden) = if is_identity {
                    (options.shows(Layer::Identity), Hidden::Identity)
                } else {
                    (options.shows(Layer::Monitoring), Hidden::Monitoring)
                };
                if shown || forced {
                    Role::Box(Zone::Band)
                } else {
                    Role::Hidden(hidden)
                }
            }
            Some(zone) => {
                // What nobody can reach and nothing is known about is on the lists only.
                let is_idle = kind
                    .is_some_and(|kind| kind.doors.is_none() && kind.coverage == Coverage::Shown);
                let stands = zone == Zone::Network || zone == Zone::Edge;
                if is_idle && !forced && !stands {
                    Role::Hidden(Hidden::Part)
                } else {
                    Role::Box(zone)
                }
            }
            None => match resource.parent {
                Some(parent) => Role::In(parent),
                None if forced => Role::Box(Zone::Platform),
                None => Role::Hidden(Hidden::Part),
            },
        }
    }

    /// An interface is part of its machine; one without a machine is drawn where a path needs it.
    fn interface(&self, index: ResourceIndex, forced: bool) -> Role {
        let placement = &self.analysis.placement;
        match placement.naming(index, Relation::NetworkInterface).next() {
            Some(machine) => Role::In(machine),
            None if forced => Role::Box(Zone::Network),
            None => Role::Hidden(Hidden::Part),
        }
    }

    /// A public address is drawn where a machine or a load balancer uses it; that of a device at
    /// the edge is part of the device.
    fn public_address(&self, index: ResourceIndex, forced: bool) -> Role {
        let placement = &self.analysis.placement;
        let mut holders = placement.naming(index, Relation::PublicAddress);
        let Some(holder) = holders.next() else {
            return if forced {
                Role::Box(Zone::Edge)
            } else {
                Role::Hidden(Hidden::Part)
            };
        };
        let resource = self.analysis.inventory.get(holder);
        let is_interface =
            resource.is_some_and(|one| one.resource_type.is("Microsoft.Network/networkInterfaces"));
        if is_interface || holders.next().is_some() {
            Role::Box(Zone::Edge)
        } else {
            Role::In(holder)
        }
    }

    /// Whether a load balancer has addresses in subnets only.
    pub(super) fn is_internal(&self, index: ResourceIndex) -> bool {
        let placement = &self.analysis.placement;
        placement.of(index, Relation::Subnet).next().is_some()
            && placement
                .of(index, Relation::PublicAddress)
                .next()
                .is_none()
    }

    /// How many resources are hidden for each reason, those that another stands for among the parts.
    pub(super) fn hidden(&self) -> Vec<(Hidden, usize)> {
        let mut counts = std::collections::BTreeMap::new();
        for role in &self.roles {
            match role {
                Role::Hidden(reason) => *counts.entry(*reason).or_insert(0) += 1,
                Role::In(_) => *counts.entry(Hidden::Part).or_insert(0) += 1,
                Role::Box(_) | Role::Frame => {}
            }
        }
        counts.into_iter().collect()
    }
}

/// The resources that `paths` lead over.
fn on_paths(analysis: &Analysis, paths: &[&Path]) -> BTreeSet<ResourceIndex> {
    let hops = paths.iter().flat_map(|path| &path.hops);
    hops.flat_map(|hop| [hop.from, hop.to])
        .filter_map(|node| analysis.model.resource_of(node))
        .collect()
}

/// The paths that are drawn without being selected: of each door that may be reached, the worst;
/// of a closed one, the worst by which a stolen identity leads there. Ways to where logs are kept
/// come with the layer of monitoring.
pub(super) fn standing_paths<'a>(
    analysis: &'a Analysis,
    options: &SceneOptions,
) -> Vec<(usize, &'a Path)> {
    let exposures = analysis.exposures.iter().enumerate();
    exposures
        .filter(|(_, exposure)| {
            let kind = analysis.resource_of(exposure).and_then(Resource::kind);
            let keeps_logs = kind.is_some_and(|kind| kind.zone == resource::Zone::Monitoring);
            options.shows(Layer::Monitoring) || !keeps_logs
        })
        .filter_map(|(at, exposure)| {
            let path = match exposure.verdict {
                Verdict::Blocked => exposure.inner_paths.iter().find(|path| path.is_sure()),
                _ => exposure.paths.first(),
            };
            Some((at, path?))
        })
        .collect()
}
