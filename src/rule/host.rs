//! Which resource of the estate answers under an address.

use super::Context;
use crate::resource::{Reader, ResourceIndex};
use crate::source::FileId;
use std::collections::BTreeMap;

/// The resources of the estate by the host names of their doors, in lower case.
#[derive(Debug, Default)]
pub struct Hosts {
    by_name: BTreeMap<String, ResourceIndex>,
}

impl Hosts {
    /// The hosts of every door of `model`.
    pub fn read(model: &crate::graph::Model) -> Self {
        let mut by_name = BTreeMap::new();
        for entry in &model.doors {
            for host in &entry.door.hosts {
                by_name
                    .entry(host.to_ascii_lowercase())
                    .or_insert(entry.resource);
            }
        }
        Self { by_name }
    }
}

/// The resource of the estate at the address that stands at `place` of `file`: by its host name, or
/// because the address is asked of the resource itself.
pub(super) fn resource_at(
    context: &Context<'_>,
    place: Reader<'_>,
    file: FileId,
) -> Option<ResourceIndex> {
    let text = place.text();
    if let Some(address) = text.stated() {
        return resource_called(context, address);
    }
    let unknown = text.unknown()?;
    let asked = unknown
        .atoms
        .iter()
        .find_map(|atom| context.inventory.find_text(&atom.refers_to, file));
    asked.or_else(|| resource_called(context, &unknown.symbol))
}

/// The resource of the estate with the host name in `address`.
pub(super) fn resource_called(context: &Context<'_>, address: &str) -> Option<ResourceIndex> {
    context.hosts.by_name.get(&host_in(address)).copied()
}

/// The host name in `address`, in lower case: what stands between the scheme and the path.
pub(super) fn host_in(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let host = rest.split(['/', '?', '#']).next().unwrap_or(rest);
    let host = host.rsplit('@').next().unwrap_or(host);
    let host = host.split(':').next().unwrap_or(host);
    host.to_ascii_lowercase()
}
